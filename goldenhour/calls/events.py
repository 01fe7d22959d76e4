"""What can happen to a call for help."""

from dataclasses import dataclass

from goldenhour.log.event import Event, event, personal


@event("calls.call_received", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallReceived(Event):
    """Somebody asked for help. The envelope's `at` is the first ring."""

    call_id: str  # The call number people read out, such as 26-0001.
    lon: float
    lat: float
    nature: str  # A key of calls.natures.
    priority: int  # 1 is the most urgent, 4 the least.
    patients: int
    address: str = personal()  # Where the caller is: often somebody's home.
    callback: str = personal()


@event("calls.priority_changed")
@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityChanged(Event):
    """The call turned out more, or less, urgent."""

    call_id: str
    priority: int
    reason: str


@event("calls.call_closed")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallClosed(Event):
    """Nobody is needed on this call any more."""

    call_id: str
    outcome: str  # transported, treated_in_place, no_patient, cancelled, ...

"""What can happen to an incident's units beside being sent and cleared: swapped, staged, moved over, retargeted."""

from dataclasses import dataclass

from goldenhour.log.event import Event, event, personal


@event("dispatch.unit_swapped")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSwapped(Event):
    """Another unit took a unit's place on a call. That one's assignment is a fact of its own, of the same command."""

    call_id: str
    unit: str  # Who leaves.
    for_unit: str  # Who comes.
    slot: str  # It is kept.
    reason: str


@event("dispatch.unit_moved_over")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMovedOver(Event):
    """A unit goes on with another incident of the same event. Its assignment there is a fact of its own."""

    unit: str
    from_call_id: str
    to_call_id: str
    reason: str


@event("dispatch.staging_ordered", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class StagingOrdered(Event):
    """The units of a call are to wait away from the scene: those on the way, and those sent from now on."""

    call_id: str
    lon: float
    lat: float
    reason: str  # A key of dispatch.staging.
    note: str = personal()  # What is known of the danger: it may name somebody.
    where: str = personal()  # In words; near somebody's home.


@event("dispatch.entry_cleared")
@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCleared(Event):
    """They may enter the scene."""

    call_id: str
    reason: str  # Who says that it is safe, and why.


@event("dispatch.unit_retargeted")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRetargeted(Event):
    """The call of a unit turned out to be elsewhere: it goes there, and is expected at another time."""

    call_id: str
    unit: str
    expected_arrival_s: float  # Seconds from now, as shown to the dispatcher; below 0: nobody can say.


@event("dispatch.co_responder_asked", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class CoResponderAsked(Event):
    """A service that the house does not run was asked for help on a call."""

    request: str
    call_id: str
    service: str  # A key of dispatch.co_responders, with the task.
    task: str
    makes_safe: bool  # Whether its word that the scene is safe counts.
    proposal: str  # Id of the plan that proposed it, with the day it is in force from; "" for a person's own idea.
    note: str = personal()


@event("dispatch.co_responder_said", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class CoResponderSaid(Event):
    """What it said of that: a value of dispatch.co_responders.Said."""

    request: str
    call_id: str
    service: str  # So that the line speaks for itself.
    said: str
    eta_s: float | None  # Seconds from the envelope's `at`, of one that comes; null: it did not say.
    said_by: str
    words: str = personal()


@event("dispatch.co_responder_cancelled", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class CoResponderCancelled(Event):
    """The desk needs it no longer."""

    request: str
    call_id: str
    service: str
    reason: str = personal()

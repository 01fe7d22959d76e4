"""What can happen in dispatch."""

from dataclasses import dataclass

from goldenhour.log.event import Event, event, personal


@event("dispatch.units_recommended")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsRecommended(Event):
    """The decision kernel was asked who should go. Kept with its reasons, whatever was then done."""

    call_id: str
    policy: str
    chosen: tuple[dict[str, object], ...]  # {slot, unit, arrive_s, from_call_id, reason, runner_up, margin_s}
    passed_over: tuple[dict[str, object], ...]  # {unit, why}
    shortfalls: tuple[dict[str, object], ...]  # {slot, why}
    plan: str  # Id of the response plan, with the date it is in force from.
    rules_hash: str  # Hash of the rule book it was decided under.


@event("dispatch.unit_assigned")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAssigned(Event):
    """A dispatcher (or a policy) sent a unit to a call."""

    call_id: str
    unit: str
    slot: str  # The slot of the response plan that it fills; "" when sent beyond the plan.
    expected_arrival_s: float  # Seconds from the assignment, as shown to the dispatcher.
    reason: str  # Why this one: shown on the desk, kept for review.
    override: bool  # The dispatcher chose otherwise than recommended.


@event("dispatch.unit_diverted")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDiverted(Event):
    """A unit was taken off one call for a more urgent one. Its assignment to the new call is a fact of its own."""

    unit: str
    from_call_id: str
    to_call_id: str
    reason: str


@event("dispatch.unit_cleared")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCleared(Event):
    """A unit is no longer on a call."""

    call_id: str
    unit: str
    reason: str


@event("dispatch.call_queued")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallQueued(Event):
    """Nobody is free for these slots; the call waits by priority, then age."""

    call_id: str
    slots: tuple[str, ...]


# ---------------------------------------------------------------- the hold queue and its alarms


@event("dispatch.call_held")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallHeld(Event):
    """Somebody let a call wait on purpose."""

    call_id: str
    reason: str


@event("dispatch.call_released")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallReleased(Event):
    """It is held no longer."""

    call_id: str
    reason: str


@event("dispatch.alarm_acknowledged")
@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmAcknowledged(Event):
    """Somebody took an alarm: it is silent until its next step. One of call, unit and request says what it is about."""

    quantity: str  # See dispatch.alarms.
    since: str  # Since when that has lasted, ISO: an acknowledgement is of this span of time alone.
    step: int  # The step that had come.
    call_id: str = ""
    unit: str = ""
    request: str = ""  # Of mutual aid or of a co-responder, or a page to those on call; call_id says for which call.


# ---------------------------------------------------------------- mutual aid


@event("dispatch.aid_requested", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class AidRequested(Event):
    """A neighbour was asked for a unit."""

    request: str
    call_id: str
    neighbour: str  # The agency that was asked.
    agreement: str  # Id of the agreement, with the day it is in force from.
    type: str  # Kind of unit, a value of fleet.units.UnitType.
    level: str  # Care level asked for, "" for none in particular.
    scope: str  # Whether their crew of that level may practise here: allow, deny, unknown.
    scope_why: str
    note: str = personal()


@event("dispatch.aid_accepted")
@dataclass(frozen=True, slots=True, kw_only=True)
class AidAccepted(Event):
    """The neighbour said that a unit comes."""

    request: str
    call_id: str
    unit: str  # Qualified by the neighbour's agency.
    eta_s: float  # Seconds from the envelope's `at`, as the neighbour said.
    said_by: str  # Who of the neighbour said so.
    levels: tuple[str, ...]  # Care levels aboard, as the neighbour said.
    left: int | None  # Units of that kind that the neighbour said it has left; null where it did not say.


@event("dispatch.aid_declined")
@dataclass(frozen=True, slots=True, kw_only=True)
class AidDeclined(Event):
    """The neighbour said that nobody comes."""

    request: str
    call_id: str
    reason: str
    said_by: str


@event("dispatch.aid_withdrawn")
@dataclass(frozen=True, slots=True, kw_only=True)
class AidWithdrawn(Event):
    """Nobody is asked for any more."""

    request: str
    call_id: str
    reason: str


@event("dispatch.aid_released")
@dataclass(frozen=True, slots=True, kw_only=True)
class AidReleased(Event):
    """A lent unit goes home: it is on the board no longer."""

    request: str
    call_id: str
    unit: str
    reason: str


# ---------------------------------------------------------------- move-up


@event("dispatch.unit_moved_up")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMovedUp(Event):
    """A free unit was ordered to another post. It stays available while it drives."""

    unit: str
    post: str  # Station.
    wins: float | None  # Share of the expected demand that is covered by it and was not; null: not known.
    costs: float | None  # Share that is no longer.
    drive_s: float | None
    reason: str


@event("dispatch.move_up_declined")
@dataclass(frozen=True, slots=True, kw_only=True)
class MoveUpDeclined(Event):
    """The dispatcher did not follow a proposed move-up. It is not proposed again for a while."""

    unit: str
    post: str
    reason: str

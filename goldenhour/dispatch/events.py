"""What can happen in dispatch."""

from dataclasses import dataclass

from goldenhour.log.event import Event, event


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

"""A page to the people on call of a unit: who is still needed, who comes, when to ask again, when to tell the desk.

Only who has accepted is counted. Enough have when those aboard are a legal crew, where the unit carries patients, and
fill every required seat where it does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from goldenhour.paging.limits import Asking
from goldenhour.workforce.capability import Member, Vehicle, capability
from goldenhour.workforce.credentials import day_at, state_of
from goldenhour.workforce.crews import Seat, legal_crew_on


class Because(StrEnum):
    """Why nobody more is asked."""

    ENOUGH = "enough"
    CALLED_OFF = "called_off"  # By a dispatcher.
    CLEARED = "cleared"  # The unit is no longer on the call.


class State(StrEnum):
    """How far a page has come."""

    OPEN = "open"  # People are asked.
    ENOUGH = "enough"  # Nobody more is asked, unless somebody takes their word back.
    OVER = "over"


class Answer(StrEnum):
    """What somebody answered."""

    NONE = ""
    ACCEPTED = "accepted"
    DECLINED = "declined"


def needed(vehicle: Vehicle, seats: Sequence[Seat], place: str, at: datetime) -> int:
    """Return how many people a unit needs aboard to go: a legal crew, or its required seats."""
    if vehicle.carries:
        return legal_crew_on(state_of(place), day_at(at, place) if place else at.date()).members
    return max(1, sum(seat.required for seat in seats))


def missing(crew: Sequence[Member], vehicle: Vehicle, seats: Sequence[Seat], place: str, at: datetime) -> str:
    """Return what those aboard lack before the unit can go, in words; "" when it can.

    Args:
        crew: who is aboard, those who accepted a page among them. Nobody else counts.
        vehicle: what they sit in.
        seats: the unit's seats.
        place: whose law holds, such as US-CA.
        at: now.
    """
    if vehicle.carries:
        counts = capability(crew, vehicle, place, at)
        return "" if counts.can_transport else f"{vehicle.call_sign} {counts.why_no_transport}"
    lack = needed(vehicle, seats, place, at) - len(crew)
    return f"{vehicle.call_sign} needs {lack} more" if lack > 0 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How far an open page has come."""

    since: datetime  # Of the first page.
    paged_at: datetime  # Of the last one.
    round: int
    escalated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is due now."""

    page_again: bool
    escalate: bool


def due(asked: Asked, at: datetime, rule: Asking) -> Due:
    """Return whether it is time to page again, and to tell the desk that too few come."""
    return Due(
        page_again=asked.round < rule.rounds and at >= asked.paged_at + timedelta(seconds=rule.again_s),
        escalate=not asked.escalated and at >= asked.since + timedelta(seconds=rule.escalate_s),
    )


def coming_words(accepted: int, wanted: int, soonest_s: float | None) -> str:
    """Return how many come, in words.

    >>> coming_words(1, 2, 290.0), coming_words(0, 2, None), coming_words(2, 2, None)
    ('1 of 2 coming, first in 5 min', 'nobody of 2 coming yet', '2 of 2 coming')
    """
    if not accepted:
        return f"nobody of {wanted} coming yet"
    soon = "" if soonest_s is None else f", first in {max(1, round(soonest_s / 60))} min"
    return f"{accepted} of {wanted} coming{soon}"

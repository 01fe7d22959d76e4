"""How far a page to the people on call has come: who is needed, who comes, what is missing."""

from dataclasses import dataclass
from datetime import datetime

from goldenhour.fleet.live import crewing
from goldenhour.paging.alerts import Answer, missing, needed
from goldenhour.paging.live import queries
from goldenhour.paging.live.models import Alert, AskedPerson
from goldenhour.roads.live import region
from goldenhour.workforce.live import crew_queries


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Where a page stands. Only who has accepted is counted."""

    needed: int  # Aboard, for the unit to go.
    aboard: int  # Without a page: on duty before it.
    accepted: int
    declined: int
    unanswered: int
    soonest_s: float | None  # Until the first of those who accepted is there, as they said; None: nobody said.
    missing: str  # What still lacks, in words.


def count(alert: Alert, at: datetime, asked: list[AskedPerson] | None = None) -> Count:
    """Return how far a page has come."""
    rows = queries.list_asked({alert.id}) if asked is None else asked
    coming = [one for one in rows if one.answer == Answer.ACCEPTED]
    left = [
        max(0.0, one.eta_s - (at - one.answered_at).total_seconds())
        for one in coming
        if one.eta_s is not None and one.answered_at is not None
    ]
    vehicle = crewing.vehicle_named(alert.unit)
    seats = crew_queries.list_seats(alert.unit, vehicle)
    aboard = crew_queries.members_of({alert.unit}, at).get(alert.unit, [])
    place = region.jurisdiction()
    own = {one.person for one in coming}
    return Count(
        needed=needed(vehicle, seats, place, at),
        aboard=sum(one.person.id not in own for one in aboard),
        accepted=len(coming),
        declined=sum(one.answer == Answer.DECLINED for one in rows),
        unanswered=sum(one.answer == Answer.NONE for one in rows),
        soonest_s=min(left, default=None),
        missing=missing(aboard, vehicle, seats, place, at),
    )

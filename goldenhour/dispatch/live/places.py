"""Where a unit is counted to be: where its device says, while that is fresh, else where its last status puts it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.dispatch.choose import counted_place
from goldenhour.fleet.live.positions import LatestRow
from goldenhour.fleet.live.queries import UnitRow
from goldenhour.fleet.live.whereabouts import Whereabouts, find_whereabouts
from goldenhour.roads.live import journeys, region


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Where a unit is counted to be."""

    here: Whereabouts | None  # None: nobody knows.
    age_s: float | None  # Of the report it counts on; None: from its last status.


def age_s(fix: LatestRow | None, at: datetime) -> float | None:
    """Return the age of a report that is counted on, in seconds; None for none, or a stale one."""
    if fix is None or not region.is_known():
        return None
    _, age = counted_place(fix, fix.at, None, at=at)
    return None if age is None else max(0.0, age)


def counted(unit: UnitRow, fix: LatestRow | None, at: datetime) -> Counted:
    """Return where a unit is counted to be, for the decision and the map alike."""
    age = age_s(fix, at)
    if fix is None or age is None:
        return Counted(here=find_whereabouts(unit, at), age_s=None)
    place = journeys.road_place(fix.lon, fix.lat)
    here = Whereabouts(
        lon=fix.lon, lat=fix.lat, at=fix.at, node=place.node, left_us=0, place=place, heading=None, journey=None
    )
    return Counted(here=here, age_s=age)


def position_entry(unit: UnitRow, fix: LatestRow | None, at: datetime, estimate: Whereabouts | None) -> Any:
    """Return a unit's position as the board shows it, with how it is known and how old that is; None for none.

    `estimate` is where its last status puts it.
    """
    reported_at = iso(fix.at) if fix else None
    age = age_s(fix, at)
    if fix is not None and age is not None:
        return {
            "lon": fix.lon,
            "lat": fix.lat,
            "at": reported_at,
            "source": "reported",
            "age_s": round(age, 1),
            "accuracy_m": fix.accuracy_m,
            "reported_at": reported_at,
        }
    if estimate is None:
        return None
    since = estimate.started_at or unit.stands_since
    return {
        "lon": estimate.lon,
        "lat": estimate.lat,
        "at": iso(estimate.at),
        "source": "estimated",
        "age_s": round(max(0.0, (at - since).total_seconds()), 1),
        "accuracy_m": None,
        "reported_at": reported_at,
    }

"""Where a unit is: the place it last stood at and the legs since, turned into a position by the roads.

The tables hold only what the log says; nothing here is written while a command holds the log but that. Reading a
position needs the deployment's region; without one a unit is only where it last stood.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypedDict

from goldenhour.fleet.live import queries
from goldenhour.fleet.live.models import Unit
from goldenhour.roads.live import journeys, region
from goldenhour.roads.live.journeys import Journey
from goldenhour.roads.routes import Place as RoadPlace

MICROSECOND = timedelta(microseconds=1)
WITHOUT_LIGHTS = 0  # Instead of a priority: to hospital, back to the station.


class Place(TypedDict):
    """A place a unit can stand at or head for. A station's coordinates come from the region (None here)."""

    kind: str  # station, call, staging, hospital
    id: str
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where a unit is at one instant."""

    lon: float
    lat: float
    at: datetime  # Since when it has been there; for a moving unit, the instant asked for.
    node: int  # The road node it stands at, or reaches next.
    left_us: int  # Microseconds until a moving unit is at that node.
    place: RoadPlace | None  # Where a standing unit stands.
    heading: Place | None  # Where it is going, None when it stands.
    journey: Journey | None
    started_at: datetime | None = None
    metric: int = 0  # Of the journey.

    @property
    def arrive_at(self) -> datetime | None:
        """Return when it should be there."""
        if self.journey is None or self.started_at is None:
            return None
        return self.started_at + timedelta(microseconds=self.journey.total_us)


def place(kind: str, id: str, lon: float | None = None, lat: float | None = None) -> Place:  # noqa: A002 -- Its field.
    """Return a place."""
    return Place(kind=kind, id=id, lon=lon, lat=lat)


def stand(unit: Unit, there: Place | None, at: datetime) -> None:
    """Let a unit stand at a place; None: at the end of its leg. The caller saves. Late news moves nothing."""
    if at < _last_moved(unit):
        return
    there = there or (unit.legs[-1]["to"] if unit.legs else unit.stands)
    unit.stands, unit.stands_since, unit.legs = there, at, []


def head_for(unit: Unit, there: Place, *, priority: int, at: datetime) -> None:
    """Let a unit set off, from wherever it has come to. The caller saves. Late news moves nothing."""
    if at >= _last_moved(unit):
        unit.legs = [*unit.legs, {"to": there, "priority": priority, "at": at.isoformat()}]


def set_off(unit_id: str, there: Place, *, priority: int, at: datetime) -> None:
    """Let a unit set off: what other rooms' projections call."""
    unit = queries.find_unit(unit_id)
    if unit is not None:
        head_for(unit, there, priority=priority, at=at)
        unit.save(update_fields=["legs"])


def _last_moved(unit: Unit) -> datetime:
    return datetime.fromisoformat(unit.legs[-1]["at"]) if unit.legs else unit.stands_since


def find_whereabouts(unit: Unit, at: datetime) -> Whereabouts | None:
    """Return where a unit is, or None when its place is not known (no region, an unknown station)."""
    start = _find_place(unit.stands)
    if start is None:
        return None
    here = Whereabouts(
        lon=start.lon,
        lat=start.lat,
        at=unit.stands_since,
        node=start.node,
        left_us=0,
        place=start,
        heading=None,
        journey=None,
    )
    for i, leg in enumerate(unit.legs):
        end = _find_place(leg["to"])
        began = datetime.fromisoformat(leg["at"])
        mode = region.mode_of_priority(leg["priority"]) if leg["priority"] else region.transport_mode()
        metric = region.metric_at(mode, began)
        if end is None:
            return here
        if here.journey is None:
            journey = journeys.setting_off(start, end, metric)
        else:
            journey = journeys.onward((here.lon, here.lat), here.node, here.left_us, end, metric)
        if journey is None:
            return here
        until = datetime.fromisoformat(unit.legs[i + 1]["at"]) if i + 1 < len(unit.legs) else max(at, began)
        now = journey.position((until - began) // MICROSECOND)
        here = Whereabouts(
            lon=now.lon, lat=now.lat, at=until, node=now.next_node, left_us=now.left_us, place=None,
            heading=leg["to"], journey=journey, started_at=began, metric=metric,
        )  # fmt: skip
    return here


def _find_place(there: dict[str, Any] | Place) -> RoadPlace | None:
    lon, lat = there.get("lon"), there.get("lat")
    if there.get("kind") == "station":
        found = region.find_station(str(there.get("id", "")))
        lon, lat = (found.lon, found.lat) if found else (None, None)
    if lon is None or lat is None or not region.is_known():
        return None
    return journeys.road_place(float(lon), float(lat))

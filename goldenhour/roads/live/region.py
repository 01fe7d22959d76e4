"""The region that this deployment serves: opened once, arrays mapped; its places, journeys and modes of travel."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings

from goldenhour.errors import NotFound

if TYPE_CHECKING:
    from goldenhour.roads.region import Region


def is_known() -> bool:
    """Return whether this deployment has a region."""
    return bool(settings.GOLDENHOUR_REGION)


def get_region() -> "Region":
    """Return the deployment's region (GOLDENHOUR_REGION).

    Raises:
        NotFound: none is set, or there is none at that place.
    """
    if not is_known():
        raise NotFound(
            code="no_region",
            what="This goldenhour has no region: it does not know any road, station or hospital.",
            do="Start it with `goldenhour serve --region REGION`, or with --demo.",
        )
    return _opened(str(settings.GOLDENHOUR_REGION))


@cache
def _opened(folder: str) -> "Region":
    from goldenhour.roads.region import load  # noqa: PLC0415 -- Brings the compiler: a second that only roads need.

    return load(Path(folder))


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A post of the region."""

    id: str
    name: str
    lon: float
    lat: float
    kind: str


def list_stations() -> list[Station]:
    """Return the region's stations, in its own order."""
    return list(_stations(str(settings.GOLDENHOUR_REGION)).values()) if is_known() else []


def find_station(station: str) -> Station | None:
    """Return a station, if the region has one of that id."""
    return _stations(str(settings.GOLDENHOUR_REGION)).get(station) if is_known() else None


@cache
def _stations(folder: str) -> dict[str, Station]:
    return {
        row["id"]: Station(
            id=row["id"], name=row["name"], lon=float(row["lon"]), lat=float(row["lat"]), kind=row.get("kind", "")
        )
        for row in _opened(folder).table("stations")
    }


def time_zone() -> ZoneInfo:
    """Return the place's time zone; UTC without a region."""
    return ZoneInfo(get_region().time_zone) if is_known() else ZoneInfo("UTC")


def jurisdiction() -> str:
    """Return whose law holds in the region, such as "US-CA"; "" when nobody says."""
    return str(_setting("jurisdiction", ""))


def _setting(name: str, default: Any) -> Any:
    return get_region().settings.get(name, default) if is_known() else default


def mode_of_priority(priority: int) -> str:
    """Return the travel mode of a response of that priority."""
    modes = _setting("mode_of_priority", {})
    return str(modes.get(str(priority), modes.get(priority, "normal")))


def transport_mode() -> str:
    """Return the travel mode to hospital, and back to the station."""
    return str(_setting("transport_mode", "normal"))


def metric_at(mode: str, at: datetime) -> int:
    """Return the metric of a travel mode at a moment, by the place's own clock."""
    local = at.astimezone(time_zone())
    hour = local.hour + local.minute / 60 + local.second / 3600
    return get_region().roads.metric_at(mode, local.weekday(), hour)


@cache
def _bounds(folder: str) -> tuple[float, float, float, float]:
    network = _opened(folder).network
    lon, lat = network.node_lon, network.node_lat
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


def bounds() -> tuple[float, float, float, float]:
    """Return the region's west, south, east and north."""
    get_region()
    return _bounds(str(settings.GOLDENHOUR_REGION))


def targets_s() -> dict[int, float]:
    """Return the response targets by priority, in seconds."""
    return {int(priority): float(target) for priority, target in _setting("target_response_s", {}).items()}


def wall_clock(at: datetime) -> str:
    """Return a moment as the clock on the wall of the place shows it, for words to a person."""
    return f"{at.astimezone(time_zone()):%H:%M:%S}"

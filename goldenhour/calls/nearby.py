"""What is near a place: calls that may be the same, calls there before, notes about it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, hypot, radians

KM_PER_DEGREE = 111.2
SAME_PLACE_M = 45.0  # Notes and earlier calls of a place: a house, its garden, the door across the street.
DUPLICATE_M = 400.0  # A second caller names the next corner, or sees it from the window.
DUPLICATE_FOR = timedelta(minutes=90)
EARLIER_FOR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Spot:
    """Something somewhere, at some time."""

    id: str
    lon: float
    lat: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Near:
    """Something near."""

    id: str
    distance_m: float
    minutes: float


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the straight distance between two places, in metres; right within a county.

    >>> round(distance_m(-122.40, 37.79, -122.40, 37.80))
    1112
    """
    narrow = cos(radians((lat + other_lat) / 2))
    return hypot((other_lon - lon) * narrow, other_lat - lat) * KM_PER_DEGREE * 1000


def box(lon: float, lat: float, within_m: float) -> tuple[float, float, float, float]:
    """Return west, south, east and north around a place, to ask a table for what may be near."""
    north = within_m / 1000 / KM_PER_DEGREE
    east = north / max(cos(radians(min(abs(lat) + north, 89.9))), 1e-3)
    return lon - east, lat - north, lon + east, lat + north


def near(lon: float, lat: float, at: datetime, spots: Iterable[Spot], *, within_m: float) -> list[Near]:
    """Return what is within some metres of a place, the nearest in space and time first.

    A minute counts as ten metres: of two calls on a block, the one that just came in is the likelier.
    """
    found = [Near(one.id, distance_m(lon, lat, one.lon, one.lat), (at - one.at).total_seconds() / 60) for one in spots]
    return sorted(
        (one for one in found if one.distance_m <= within_m),
        key=lambda one: (one.distance_m + 10 * max(one.minutes, 0.0), one.id),
    )

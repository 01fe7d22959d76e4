"""Taking a call: where, what, how urgent, how many, and the clock from the first ring.

Nothing holds a call up. Only what cannot be dispatched at all is refused (no place, a nature nobody knows), in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from goldenhour.calls.natures import PRIORITIES, UNKNOWN, natures
from goldenhour.errors import BadInput

MOST_PATIENTS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A call as it was taken, checked."""

    received_at: datetime  # The first ring, with its zone.
    lon: float
    lat: float
    nature: str
    priority: int
    patients: int
    address: str
    callback: str


def take_call(
    *,
    received_at: datetime,
    lon: float,
    lat: float,
    nature: str = UNKNOWN,
    priority: int | None = None,
    patients: int = 1,
    address: str = "",
    callback: str = "",
    bounds: Sequence[float] | None = None,
) -> Intake:
    """Return the call, checked.

    Args:
        received_at: the first ring, with a time zone.
        lon: of the place, degrees.
        lat: of the place, degrees.
        nature: a key of calls.natures.
        priority: 1 to 4; None takes the nature's own.
        patients: 0 when nobody is hurt as far as known.
        address: number, street and municipality, as told.
        callback: where the caller can be reached.
        bounds: west, south, east and north of the region; None accepts any place.

    Raises:
        BadInput: it cannot be dispatched as it is; `where` names the field.
    """
    if received_at.tzinfo is None:
        msg = "received_at needs a time zone."
        raise ValueError(msg)
    refuse_nowhere(lon, lat, bounds)
    known = natures()
    if nature not in known:
        raise BadInput(
            code="unknown_nature",
            what=f'there is no nature "{nature}".',
            do=f'Pick one of the list; "{UNKNOWN}" when nobody knows yet.',
            where="nature",
        )
    if priority is not None and priority not in PRIORITIES:
        raise BadInput(
            code="priority", what=f"{priority} is no priority.", do="Give 1 (most urgent) to 4.", where="priority"
        )
    if not 0 <= patients <= MOST_PATIENTS:
        raise BadInput(
            code="patients",
            what=f"{patients} is not a number of patients.",
            do=f"Give 0 to {MOST_PATIENTS}; 1 when nobody knows.",
            where="patients",
        )
    return Intake(
        received_at=received_at,
        lon=lon,
        lat=lat,
        nature=nature,
        priority=known[nature].priority if priority is None else priority,
        patients=patients,
        address=" ".join(address.split()),
        callback=" ".join(callback.split()),
    )


def refuse_nowhere(lon: float, lat: float, bounds: Sequence[float] | None) -> None:
    """Refuse a place that is not on the globe, or not in the region."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # noqa: PLR2004 -- The globe's own bounds. Also refuses NaN.
        raise BadInput(
            code="place",
            what=f"({lon}, {lat}) is not a place on the globe.",
            do="Give longitude, latitude.",
            where="place",
        )
    if bounds is None:
        return
    west, south, east, north = bounds
    if west <= lon <= east and south <= lat <= north:
        return
    swapped = west <= lat <= east and south <= lon <= north
    raise BadInput(
        code="place_outside",
        what=f"({lon:.5f}, {lat:.5f}) lies outside the region served here.",
        do="Longitude and latitude look swapped."
        if swapped
        else "Check the place, or pass the call on to its own center.",
        where="place",
    )


def next_number(last: str, *, year: int) -> str:
    """Return the number of the next call in that year, given the last one ("" when there is none).

    >>> next_number("26-0001", year=2026), next_number("26-9999", year=2026), next_number("26-0417", year=2027)
    ('26-0002', '26-10000', '27-0001')
    """
    head = f"{year % 100:02}"
    before, _, serial = last.partition("-")
    return f"{head}-{(int(serial) + 1 if before == head else 1):04}"

"""The words of a page: the line a station hears, and what a destination is told of a place. No patient's name."""

import re
from dataclasses import dataclass

from goldenhour.paging.destinations import Detail

_NUMBER = re.compile(r"^\s*\d+[A-Za-z]?(?:\s*-\s*\d+)?(?:\s+1/2)?\s+(?=\S)")
_ROOM = re.compile(
    r"[,\s]+(?:(?:apt|apartment|unit|suite|ste|floor|fl|room|rm|lot|bldg|building)\b\.?\s*#?|#)\s*[^\s,]+",
    re.IGNORECASE,
)
_MODES = {"lights": "lights and siren", "normal": "without lights"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a call is."""

    address: str = ""  # As the caller's place was found or typed.
    cross: tuple[str, ...] = ()  # The streets that cross there.
    lon: float | None = None
    lat: float | None = None


def told(place: Place, detail: Detail) -> Place:
    """Return as much of a place as a destination may know.

    >>> told(Place(address="12 Main St Apt 3, Bigtown", lon=-93.1234, lat=41.5678), Detail.STREET).address
    'Main St, Bigtown'
    """
    if detail is Detail.FULL:
        return place
    if detail is Detail.STREET:
        number = _NUMBER.match(place.address)  # Without one nobody can say that it is a street and not a name.
        street = _ROOM.sub("", place.address[number.end() :]) if number else ""
        return Place(address=street.strip(), cross=place.cross)
    if detail is Detail.AREA and place.lon is not None and place.lat is not None:
        return Place(lon=round(place.lon, 2), lat=round(place.lat, 2))
    return Place()


def place_words(place: Place) -> str:
    """Return a place in words; "" where nothing is told of it.

    >>> place_words(Place(address="12 Main St", cross=("Oak St", "Elm St")))
    '12 Main St, cross Oak St and Elm St'
    """
    cross = f"cross {' and '.join(place.cross)}" if place.cross else ""
    at = place.address or (f"near {place.lat:.5g}, {place.lon:.6g}" if place.lat is not None and not cross else "")
    return ", ".join(one for one in (at, cross) if one)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A unit on its way to a call, as the station hears of it."""

    call_sign: str
    call_id: str
    nature: str  # As people say it.
    priority: int
    mode: str  # A travel mode of the region, such as lights.
    place: Place


def station_line(sent: Sent) -> str:
    """Return what the station hears and prints: who, what, where, how.

    >>> station_line(Sent(call_sign="V1", call_id="26-0041", nature="Cardiac arrest", priority=1, mode="lights",
    ...     place=Place(address="12 Main St", cross=("Oak St",))))
    'V1: Cardiac arrest. 12 Main St, cross Oak St. Priority 1, lights and siren. Call 26-0041.'
    """
    how = f"Priority {sent.priority}" + (f", {_MODES[sent.mode]}" if sent.mode in _MODES else "")
    said = (f"{sent.call_sign}: {sent.nature}", place_words(sent.place), how, f"Call {sent.call_id}")
    return " ".join(f"{one}." for one in said if one)


def cancel_line(call_sign: str, call_id: str) -> str:
    """Return what the station hears when its unit is no longer needed.

    >>> cancel_line("V1", "26-0041")
    'V1: cancelled. Call 26-0041.'
    """
    return f"{call_sign}: cancelled. Call {call_id}."

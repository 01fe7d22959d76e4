"""Names for the invented county: of places, and of streets by what kind of street it is."""

from collections.abc import Iterator

import numpy as np

SEAT = "Kestrel"
COUNTY = "Kestrel County"
SECOND_TOWN = "Amity Grove"
VILLAGES = ("Dunmore Mills", "Saltlick", "Orchard Hill", "New Baltic", "Three Oaks", "Pell", "Wickham", "Larkspur")
RIVER = "Heron River"
CREEK = "Flint Creek"
LAKE = "Lake Tamarack"
SUBURBS = (
    "Northgate",
    "Brickyard",
    "Sunrise Park",
    "Quarry Heights",
    "Meadowbrook",
    "Southfork",
    "Old Mill",
    "Airport Flats",
)
TREES = (
    "Ash", "Aspen", "Beech", "Birch", "Catalpa", "Cedar", "Cherry", "Chestnut", "Cottonwood", "Elm", "Fir", "Hackberry",
    "Hawthorn", "Hazel", "Hickory", "Juniper", "Larch", "Linden", "Locust", "Maple", "Mulberry", "Oak", "Pecan", "Pine",
    "Plum", "Poplar", "Redbud", "Spruce", "Sumac", "Sycamore", "Walnut", "Willow",
)  # fmt: skip
_FIRST = (
    "Amber", "Autumn", "Blue", "Briar", "Bright", "Brook", "Chapel", "Clover", "Copper", "Country", "Crystal", "Deer",
    "Eagle", "Elk", "Fern", "Fox", "Golden", "Goose", "Granite", "Green", "Harvest", "Heather", "Hidden", "High",
    "Indigo", "Iron", "Ivy", "Lark", "Laurel", "Lone", "Maple", "Meadow", "Mill", "Misty", "North", "Orchard", "Owl",
    "Pebble", "Pheasant", "Prairie", "Quail", "Quiet", "Raven", "Red", "River", "Robin", "Rolling", "Rose", "Sage",
    "Silver", "Spring", "Still", "Stone", "Summer", "Sun", "Swan", "Thistle", "Timber", "Violet", "Wheat", "White",
    "Wild", "Wind", "Winter",
)  # fmt: skip
_SECOND = (
    "bend", "bluff", "bridge", "brook", "crest", "field", "ford", "gate", "glen", "grove", "haven", "hill", "hollow",
    "land", "ledge", "meadow", "moor", "ridge", "run", "shore", "side", "stone", "vale", "view", "water", "wood",
)  # fmt: skip
_CURVED = ("Drive", "Lane", "Way", "Trail", "Circle", "Place", "Road")
_SHORT = ("Court", "Place", "Lane")


def ordinal(number: int) -> str:
    """Return a number as it stands on a street sign.

    >>> ordinal(1), ordinal(12), ordinal(22), ordinal(103)
    ('1st', '12th', '22nd', '103rd')
    """
    teens = 10 <= number % 100 <= 20
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def suburban(rng: np.random.Generator) -> Iterator[tuple[str, str]]:
    """Yield street names of new quarters without end, each as (long street, short dead end)."""
    stems = [first + second for first in _FIRST for second in _SECOND]
    while True:
        for at in rng.permutation(len(stems)):
            long, short = _CURVED[int(rng.integers(len(_CURVED)))], _SHORT[int(rng.integers(len(_SHORT)))]
            yield f"{stems[at]} {long}", f"{stems[at]} {short}"

"""What region.toml must hold. It is a file that people may change, so each value is checked before it is used."""

import math
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import available_timezones

from goldenhour.errors import BadInput

_PRIORITIES = frozenset({"1", "2", "3", "4"})


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < math.inf


def _positive(value: Any) -> bool:
    return _number(value) and value > 0


def _count(value: Any) -> bool:
    return isinstance(value, int) and _number(value)


def _hours(value: Any) -> bool:
    return isinstance(value, list) and len(value) == len("ab") and all(map(_number, value))


def _pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == len("ab") and all(_count(one) and 1 <= one <= 4 for one in value)  # noqa: PLR2004 -- Priorities.


# What each value must be: a test of its own with its words, an object by its keys ("*" is any key, "?" may be absent),
# or a list of alike.
Test = tuple[Callable[[Any], bool], str]
TEXT: Test = (_text, "a text")
NUMBER: Test = (_number, "a number, 0 or more")
POSITIVE: Test = (_positive, "a number above 0")
COUNT: Test = (_count, "a whole number, 0 or more")
_SHAPE: dict[str, Any] = {
    "name": TEXT,
    "kind": TEXT,
    "time_zone": (lambda value: value in available_timezones(), "an IANA time zone, such as Europe/Lisbon"),
    "jurisdiction": TEXT,
    "sources": [TEXT],
    "licences": [TEXT],
    "warnings": [TEXT],
    "transport_mode": TEXT,
    "far_from_road_km": NUMBER,
    "scale": {"km_per_lon": POSITIVE, "km_per_lat": POSITIVE},
    "off_road_km_per_h": {"*": POSITIVE},
    "mode_of_priority": {"1": TEXT, "2": TEXT, "3": TEXT, "4": TEXT},
    "target_response_s": {"*": POSITIVE},
    "policy": {
        "default": TEXT,
        "redispatch": [(_pair, "a pair of priorities [from, to]")],
        "?district_margin_s": NUMBER,
        "?book": TEXT,
        "?agreements": TEXT,
    },
    "counts": {
        **dict.fromkeys(("nodes", "arcs", "stations", "hospitals", "units", "demand_points"), COUNT),
        "km": NUMBER,
        "units_by_type": {"*": COUNT},
    },
    "metric": [{"id": TEXT, "mode": TEXT, "?hours": (_hours, "a pair [from, to]"), "?days": TEXT}],
    "?input": [{"name": TEXT, "sha256": TEXT, "bytes": COUNT}],
    "?demand": {"cell_lon": NUMBER, "cell_lat": NUMBER},
    "file": [{"name": TEXT, "sha256": TEXT, "bytes": COUNT}],
}


def check_settings(settings: Mapping[str, Any], where: str) -> None:
    """Refuse a region.toml with a value that is missing or cannot be.

    Raises:
        BadInput: names the first such key.
    """
    _check(settings, _SHAPE, "", where)
    modes = {row["mode"] for row in settings["metric"]}
    used = {"transport_mode": settings["transport_mode"]} | {
        f"mode_of_priority.{priority}": mode for priority, mode in settings["mode_of_priority"].items()
    }
    for key, mode in used.items():
        if mode not in modes or mode not in settings["off_road_km_per_h"]:
            raise _wrong(
                key, mode, f"a mode that has a metric and an off_road_km_per_h ({', '.join(sorted(modes))})", where
            )
    strange = set(settings["target_response_s"]) - _PRIORITIES
    if strange:
        key = "target_response_s"
        raise _wrong(key, min(strange), "by priority, 1 to 4", where)


def _check(value: Any, shape: Any, at: str, where: str) -> None:
    """Refuse a value that does not have its shape."""
    if isinstance(shape, tuple):
        fits, words = shape
        if not fits(value):
            raise _wrong(at, value, words, where)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            raise _wrong(at, value, "a list", where)
        for number, one in enumerate(value, start=1):
            _check(one, shape[0], f"{at}[{number}]", where)
    else:
        if not isinstance(value, Mapping):
            raise _wrong(at, value, "a table", where)
        every = dict.fromkeys(value, shape["*"]) if "*" in shape else shape
        for key, inner in every.items():
            name = key.removeprefix("?")
            if name in value or name == key:
                _check(value.get(name), inner, f"{at}.{name}".removeprefix("."), where)


def _wrong(key: str, value: object, must_be: str, where: str) -> BadInput:
    """Return the refusal of a value."""
    what = f"{key} is missing." if value is None else f"{key} is {str(value)[:40]!r}; it must be {must_be}."
    return BadInput(
        code="region_damaged",
        what=what,
        do="Correct it, or build the region anew (goldenhour region build).",
        where=where,
    )

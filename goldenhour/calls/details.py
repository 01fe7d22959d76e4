"""What is written down of a call while it is taken: which fields there are, and which of them identify somebody. Pure.

A draft keeps what was typed, half words and all: only what could not be stored is refused. The details of a call that
was sent are checked.
"""

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from goldenhour.calls.intake import MOST_PATIENTS
from goldenhour.calls.natures import PRIORITIES
from goldenhour.errors import BadInput

Fields = dict[str, object]

# What identifies a caller or a patient, and what they say in their own words.
PERSONAL = frozenset({"place", "address", "apartment", "callback", "caller", "patient", "note"})
PLAIN = frozenset(
    {"lon", "lat", "nature", "priority", "patients", "age_years", "sex", "language", "origin", "step", "exact"}
)
LONGEST = 2000
_OLDEST = 130.0
SEXES = ("female", "male", "other", "unknown")
_SHORT = {"callback": 60, "caller": 100, "patient": 100, "apartment": 60, "address": 300, "language": 40}


def unreadable(text: str) -> bool:
    """Return whether a text holds what is no text: a null sign, or half of a surrogate pair.

    >>> unreadable("Peña"), unreadable("a" + chr(0)), unreadable(chr(0xD800))
    (False, True, True)
    """
    return any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text)


def is_plain(value: object) -> bool:
    """Return whether a value is nothing, readable text or a finite number."""
    if isinstance(value, str):
        return not unreadable(value)
    return value is None or (isinstance(value, int | float) and isfinite(value))


def typed_place(fields: Mapping[str, Any]) -> tuple[float, float] | None:
    """Return longitude and latitude of what was typed, None until both are numbers."""
    lon, lat = fields.get("lon"), fields.get("lat")
    if not isinstance(lon, int | float) or not isinstance(lat, int | float):
        return None
    return float(lon), float(lat)


def split(fields: Mapping[str, Any]) -> tuple[Fields, Fields]:
    """Return what may stand in the open, and what is to be sealed.

    Raises:
        BadInput: a field that there is not, or a value that is no text or number.
    """
    for name, value in fields.items():
        if name not in PERSONAL | PLAIN:
            raise BadInput(
                code="no_field",
                what=f"a call has no field {name!r}.",
                do=f"Use one of {', '.join(sorted(PERSONAL | PLAIN))}.",
                where="fields",
            )
        if not is_plain(value) or len(str(value)) > LONGEST:
            what = f"{name} must be readable text or a number of at most {LONGEST} signs."
            raise BadInput(code="bad_field", what=what, do="Shorten it.", where="fields")
    return (
        {name: value for name, value in fields.items() if name not in PERSONAL},
        {name: value for name, value in fields.items() if name in PERSONAL},
    )


def merged(before: Mapping[str, object], change: Mapping[str, object]) -> Fields:
    """Return the fields after a change: null empties one."""
    return {name: value for name, value in {**before, **change}.items() if value is not None}


def age_of(fields: Mapping[str, object]) -> float | None:
    """Return the age in years, None where what was typed is none.

    >>> age_of({"age_years": "0.5"}), age_of({"age_years": 71}), age_of({"age_years": "7o"}), age_of({})
    (0.5, 71.0, None, None)
    """
    try:
        years = float(str(fields.get("age_years", "")))
    except ValueError:
        return None
    return years if 0 <= years <= _OLDEST else None


def _whole(low: int, high: int) -> Callable[[object], bool]:
    return lambda value: type(value) is int and low <= value <= high


def _fault(name: str, value: object) -> str:
    """Return what a detail must be, where it is not; "" where it is fine."""
    fine, words = _CHECKED.get(name, (lambda said: isinstance(said, str), "text"))
    longest = _SHORT.get(name, LONGEST)
    if isinstance(value, str) and len(value) > longest:
        return f"at most {longest} signs"
    return "" if fine(value) else words


def carried(fields: Mapping[str, object]) -> Fields:
    """Return the details that a draft's fields give to its call; what was typed and is none goes into the note."""
    found: Fields = {}
    strange = []
    for name in sorted(DETAILS & fields.keys() - {"note", "patients", "callback"}):
        value = age_of(fields) if name == "age_years" else fields[name]
        if value is not None and not _fault(name, value):
            found[name] = value
        else:
            strange.append(f"{name.replace('_', ' ')} as typed: {fields[name]}")
    note = " / ".join([*([str(fields["note"])] if fields.get("note") else []), *strange])
    return found | ({"note": note[:LONGEST]} if note else {})


_CHECKED: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "patients": (_whole(0, MOST_PATIENTS), f"a whole number from 0 to {MOST_PATIENTS}"),
    "priority": (_whole(PRIORITIES[0], PRIORITIES[-1]), "1 (most urgent) to 4"),
    "age_years": (lambda value: age_of({"age_years": value}) is not None, f"years, from 0 to {_OLDEST:g}"),
    "sex": (lambda value: value in SEXES, f"one of {', '.join(SEXES)}"),
}
DETAILS = frozenset({"patients", "age_years", "sex", "language", "callback", "caller", "patient", "apartment", "note"})


def check_details(fields: Mapping[str, Any]) -> Fields:
    """Return details of a call that was sent, checked.

    Raises:
        BadInput: a field that is changed otherwise, or a value that it cannot have.
    """
    split(fields)
    for name, value in fields.items():
        if name not in DETAILS:
            what = f"{name} is no detail of a call that was sent."
            do = "Change its place, nature or priority with their own gestures."
            raise BadInput(code="no_detail", what=what, do=do, where="fields")
        if value is None and name != "patients":
            continue
        fault = _fault(name, value)
        if fault:
            raise BadInput(code="bad_field", what=f"{name} must be {fault}.", do="Correct it.", where=name)
    return {
        name: age_of({name: value}) if name == "age_years" and value is not None else value
        for name, value in fields.items()
    }

"""Natures: what a call is about, keyed to the NEMSIS reasons for dispatch (eDispatch.01)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from goldenhour.dated import read_yaml
from goldenhour.errors import BadInput

PRIORITIES = (1, 2, 3, 4)  # 1 is the most urgent.
UNKNOWN = "unknown_problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nature:
    """One reason for a call."""

    key: str
    code: str  # NEMSIS eDispatch.01
    label: str
    group: str  # What response plans may speak of as one: medical, trauma, arrest, traffic, fire, ...
    priority: int  # What a call starts with until somebody knows better.


@cache
def natures() -> dict[str, Nature]:
    """Return every nature by its key, in the order of their codes."""
    path = Path(__file__).with_name("natures.yaml")
    found = [Nature(**line) for line in read_yaml(path)["natures"]]
    wrong = [one.key for one in found if one.priority not in PRIORITIES]
    if wrong or len({one.key for one in found}) < len(found) or len({one.code for one in found}) < len(found):
        raise BadInput(
            code="natures",
            what=f"a key or code is there twice, or a priority is none ({', '.join(wrong)}).",
            do="Correct it.",
            where=path.name,
        )
    return {one.key: one for one in found}

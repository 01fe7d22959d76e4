"""Levels: what people in EMS are called, and the codes that stand for it. What a level may do stands in rule books."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from goldenhour.dated import read_yaml
from goldenhour.errors import BadInput

GROUPS = ("first_responder", "ems_technician", "paramedic", "other_clinician", "no_care")
CODE_FAMILIES = ("state_cert", "member", "caregiver", "nremt")  # NEMSIS 9917, 9925, 9905, 1529.
_FILE = Path(__file__).with_name("levels.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Another title of a level: a way to look it up, never authority."""

    name: str
    places: tuple[str, ...] = ()  # Empty: anywhere.
    start: date | None = None  # First day the title was used; None: not known.
    end: date | None = None  # First day it no longer was; None: still.
    source: str = ""

    def used_on(self, day: date) -> bool:
        """Return whether the title was in use that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of licence or practice, national or of some states."""

    key: str
    name: str  # As people say it: EMR, EMT-Enhanced.
    title: str  # In full.
    group: str  # One of GROUPS: what reports group by.
    counts_as: str  # The highest of crews.LEVELS that dispatch may count it for; "" for none.
    care: bool
    states: tuple[str, ...] = ()  # Where the title is used; empty: national.
    nemsis: Mapping[str, str]  # Code by family of CODE_FAMILIES; "" where there is none.
    codes_note: str = ""  # Whose codes it borrows.
    note: str = ""
    aliases: tuple[Alias, ...] = field(default=(), repr=False)


@cache
def levels() -> Mapping[str, Level]:
    """Return every level by its key."""
    found = [_level(line) for line in read_yaml(_FILE)["levels"]]
    keys = [one.key for one in found]
    if len(set(keys)) < len(keys) or any(one.group not in GROUPS for one in found):
        raise BadInput(
            code="levels", what="a key is there twice, or a group is none.", do="Correct it.", where=_FILE.name
        )
    return MappingProxyType({one.key: one for one in found})


def level_named(text: str, *, on: date | None = None, place: str = "") -> Level:
    """Return the level of a key, name, title or alias, whatever its case.

    A title of the place itself goes before a national one. Where two levels bore the same title, the day decides; where
    only one did, it is found on any day: an alias is a look-up and says nothing about what was licensed when.

    Raises:
        BadInput: no level is called that, or two are.
    """
    sought = _plain(text)
    table = _by_name()
    found = [(level, alias) for level, alias in table.get(sought, ()) if not alias.places or place in alias.places]
    exact = [level for level, alias in found if not alias.source and alias.name in {level.key, level.name, level.title}]
    local = [level for level, alias in found if alias.places]
    dated = [level for level, alias in found if on is not None and alias.used_on(on)]
    for choice in (local, exact, dated, [level for level, _ in found]):
        keys = {level.key for level in choice}
        if len(keys) == 1:
            return choice[0]
    raise BadInput(code="unknown_level", what=f'There is no level "{text}".', do=_hint(sought, place), where="level")


def _hint(sought: str, place: str) -> str:
    """Return what one may have meant."""
    names = {}
    for pairs in _by_name().values():
        for level, alias in pairs:
            if not alias.places or place in alias.places:
                names[_plain(alias.name)] = level.name
    near = list(dict.fromkeys(names[one] for one in get_close_matches(sought, names, n=4, cutoff=0.5)))
    if near:
        return f"Did you mean {' or '.join(near)}?"
    return "Known are " + ", ".join(level.name for level in levels().values()) + "."


@cache
def _by_name() -> Mapping[str, tuple[tuple[Level, Alias], ...]]:
    """Return the levels by every name they have."""
    table: dict[str, list[tuple[Level, Alias]]] = {}
    for level in levels().values():
        own = [Alias(name=name) for name in dict.fromkeys((level.key, level.name, level.title))]
        for alias in (*own, *level.aliases):
            pairs = table.setdefault(_plain(alias.name), [])
            if level.key not in {known.key for known, other in pairs if other.places == alias.places}:
                pairs.append((level, alias))
    return {name: tuple(pairs) for name, pairs in table.items()}


def _plain(text: str) -> str:
    """Return a name without case, and with hyphens and underscores as spaces."""
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


def _level(line: Mapping[str, Any]) -> Level:
    """Return one line of the file as a level."""
    rest = {name: line[name] for name in ("key", "name", "title", "group", "counts_as")}
    return Level(
        **rest,
        care=line["group"] != "no_care",
        states=tuple(line.get("states", ())),
        nemsis=MappingProxyType({family: str(line["codes"][family]) for family in CODE_FAMILIES}),
        codes_note=line.get("codes_note", ""),
        note=line.get("note", ""),
        aliases=tuple(
            Alias(
                name=one["name"],
                places=tuple(one.get("places", ())),
                start=one.get("from"),
                end=one.get("to"),
                source=one.get("source", ""),
            )
            for one in line.get("aliases", ())
        ),
    )


@cache
def level_of_code(family: str, code: str) -> Level | None:
    """Return the level whose own code this is in a NEMSIS family (see CODE_FAMILIES), None when there is none.

    A title that borrows another's code is never the answer.

    >>> level_of_code("state_cert", "9917003").key
    'emr'
    """
    own = (one for one in levels().values() if code and one.nemsis[family] == code and not one.codes_note)
    return next(own, None)

"""Mutual aid: what neighbours lend by agreement, whether their crews may practise here, and what lending leaves them.

Agreements are dated data. Whether a crew's scope holds across the line is never assumed: the workforce is asked, and
what nobody knows is said as unknown. The neighbour alone decides what it lends.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from goldenhour.dated import Rule, read_rules, refuse_overlaps
from goldenhour.errors import BadInput
from goldenhour.fleet.units import UnitType
from goldenhour.workforce.capability import Capability
from goldenhour.workforce.credentials import state_of
from goldenhour.workforce.crews import LEVELS, level_words
from goldenhour.workforce.rulings import by_the_books

BOOKS = Path(__file__).with_name("agreements")
OWN = "mutual_aid.yaml"  # In a region's folder: with whom it has agreements.
_FIELDS = {"neighbour", "name", "contact", "place", "lends", "costs"}
_LENT = {"type", "has", "keeps", "levels", "crew", "can_transport"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """What a neighbour may lend of one kind of unit."""

    type: UnitType
    has: int  # Units of that kind it has.
    keeps: int  # How many of them it keeps for itself.
    levels: tuple[str, ...]  # Care levels of their usual crew, one a head.
    crew: int
    can_transport: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What was agreed with one neighbour, in force from one day to another."""

    rule: Rule
    neighbour: str  # Its agency, as units' ids name it.
    name: str
    contact: str  # How its desk is reached, in words.
    place: str  # Whose licences its crews hold, such as "NV"; "" where nobody says.
    lends: tuple[Lent, ...]
    costs: str  # What it costs, in words; "" where the agreement says nothing.

    def lent(self, type: str) -> Lent | None:  # noqa: A002 -- Its field.
        """Return what it lends of a kind of unit, if it lends any."""
        return next((one for one in self.lends if one.type == type), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What a neighbour has left of one kind of unit, with those that we have of it now."""

    has: int
    away: int  # With us, or on their way to us.
    keeps: int

    @property
    def left(self) -> int:
        """Return how many it has for its own calls."""
        return self.has - self.away

    @property
    def words(self) -> str:
        """Return what lending one more would cost it, in words."""
        after = self.left - 1
        if after < 0:
            return f"By the agreement none of its {self.has} is left."
        least = f"; it keeps {self.keeps}" if self.keeps else ""
        below = " That is fewer than it keeps." if after < self.keeps else ""
        share = f"{after / self.has:.0%}" if self.has else "nothing"
        return f"One more leaves it {after} of {self.has}, {share} of its own{least}.{below}"


def cover_of(agreement: Agreement, away: Collection[str]) -> dict[str, Cover]:
    """Return what a neighbour has left, by kind of unit. `away` are the kinds of its units that we have now."""
    gone = Counter(away)
    return {str(one.type): Cover(has=one.has, away=gone[str(one.type)], keeps=one.keeps) for one in agreement.lends}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whether a neighbour's crew of a level may practise here."""

    level: str
    verdict: str  # allow, deny, unknown
    why: str  # In words, where it is not allow.


def scope_across(agreement: Agreement, place: str, day: date, levels: Sequence[str]) -> tuple[Scope, ...]:
    """Return whether the neighbour's crews may practise at a place that day, level by level.

    Args:
        agreement: says whose licences they hold.
        place: whose law holds where they would work.
        day: there.
        levels: of the crew, each once.
    """
    return tuple(_across(agreement.place, place, day, level) for level in dict.fromkeys(levels))


def _across(home: str, place: str, day: date, level: str) -> Scope:
    if not home or not place:
        missing = "whose licences its crews hold" if not home else "whose law holds here"
        return Scope(level=level, verdict="unknown", why=f"nobody says {missing}")
    same = state_of(home) == state_of(place)  # No line is crossed: the same office licenses them.
    ruling = by_the_books(level=level, place=state_of(place), on=day, licence="" if same else state_of(home))
    return Scope(level=level, verdict=ruling.verdict, why=ruling.why)


def of_the_crew(found: Sequence[Scope]) -> Scope:
    """Return the scope of a crew as a whole: the best that somebody aboard has; unknown where no level is stated."""
    nobody = Scope(level="", verdict="unknown", why="no care level is stated")
    return min(found, key=lambda one: _BEST_FIRST.index(one.verdict), default=nobody)


_BEST_FIRST = ("allow", "unknown", "deny")


def counted_across(counts: Capability, found: Sequence[Scope]) -> Capability:
    """Return what a lent crew counts for here: what a rule denies is not counted, what is unknown is unconfirmed.

    Args:
        counts: what it counts for by its agency's word.
        found: its scope here, level by level.
    """
    denied = {one.level: one.why for one in found if one.verdict == "deny"}
    kept = tuple(one for one in counts.levels if one not in denied)
    said = (
        *counts.warnings,
        *(f"the {level_words(level)} may not practise here: {why}" for level, why in denied.items()),
    )
    doubts = (
        *counts.unconfirmed,
        *(
            f"whether its {level_words(one.level)} may practise here: {one.why}"
            for one in found
            if one.verdict == "unknown"
        ),
    )
    if kept or not denied:
        return replace(counts, levels=kept, warnings=said, unconfirmed=doubts)
    return replace(
        counts,
        levels=(),
        skills=0,
        presumed=0,
        any_care=False,
        can_transport=False,
        why_no_transport=said[-1],
        warnings=said,
        unconfirmed=doubts,
    )


# ---------------------------------------------------------------- the agreements


@cache
def load_agreements(path: Path) -> tuple[Agreement, ...]:
    """Return the agreements of a file, or of a folder of files.

    Raises:
        BadInput: a line is wrong, or two agreements with one neighbour hold on the same day; it says where.
    """
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    rules, _ = read_rules(files, section="agreements", fields=_FIELDS)
    refuse_overlaps(rules, key=lambda rule: rule.says.get("neighbour"))
    return tuple(_agreement(rule) for rule in rules)


def agreements_on(agreements: Sequence[Agreement], day: date) -> tuple[Agreement, ...]:
    """Return the agreements in force on a day, by the neighbours' names."""
    return tuple(sorted((one for one in agreements if one.rule.in_force(day)), key=lambda one: one.name))


def _agreement(rule: Rule) -> Agreement:
    says = rule.says
    lines = says.get("lends")
    if not says.get("neighbour") or not says.get("contact") or not isinstance(lines, list) or not lines:
        raise BadInput(
            code="agreement",
            what="needs a neighbour, a contact in words, and what it lends.",
            do="See docs/how-to/mutual-aid.md.",
            where=rule.where,
        )
    lends = tuple(_lent(line, rule) for line in lines)
    if len({one.type for one in lends}) < len(lends):
        raise BadInput(code="agreement", what="names a kind of unit twice.", do="Keep one.", where=rule.where)
    return Agreement(
        rule=rule,
        neighbour=str(says["neighbour"]),
        name=str(says.get("name") or says["neighbour"]),
        contact=str(says["contact"]),
        place=str(says.get("place", "")),
        lends=lends,
        costs=str(says.get("costs", "")),
    )


def _lent(line: Any, rule: Rule) -> Lent:
    said: Mapping[str, Any] = line if isinstance(line, Mapping) else {}
    has, keeps, levels = said.get("has"), said.get("keeps", 0), said.get("levels", [])
    counts = all(type(one) is int and one >= 0 for one in (has, keeps, said.get("crew", 2)))
    known = said.get("type") in set(UnitType) and isinstance(levels, list) and not set(levels) - set(LEVELS)
    if set(said) - _LENT or not counts or not known:
        raise BadInput(
            code="agreement",
            what=f"cannot read what it lends: {line!r}.",
            do=f"Give type, has and keeps, and if known levels ({', '.join(LEVELS)}), crew and can_transport.",
            where=rule.where,
        )
    return Lent(
        type=UnitType(said["type"]),
        has=int(said["has"]),
        keeps=int(keeps),
        levels=tuple(levels),
        crew=int(said.get("crew", 2)),
        can_transport=said.get("can_transport", said["type"] == UnitType.AMBULANCE) is True,
    )

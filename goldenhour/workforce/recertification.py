"""Renewing a certificate or licence: hours asked for by whom, hours done, what is missing and what does not count.

A requirement is chosen by the day the certificate or licence ends. Hours count once, within the term, by component
(national, local, individual), and of those without an instructor no more than the cap. Where only a total is recorded,
only the total is counted and the rest is said to be unknown.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from goldenhour.dated import Rule, read_rules
from goldenhour.errors import BadInput
from goldenhour.workforce.levels import level_named, levels
from goldenhour.workforce.training import RULES

FORMATS = ("in_person", "virtual_live", "distributive")  # The last: without an instructor, such as a recorded lecture.
TOTAL = "total"  # The one component of a requirement whose split is not recorded.
_FIELDS = {
    "authority", "model", "levels", "cycle_years", "total", "parts", "distributive_max", "paediatric_of_national",
    "extra_per_year", "first_known", "confidence", "note",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What one authority asks of a level to renew."""

    id: str
    authority: str  # "nremt" or a state.
    model: str
    level: str
    cycle_years: int | None  # None: not recorded.
    total: float
    parts: Mapping[str, float]  # Hours by component; {"total": total} where the split is not recorded.
    distributive_max: float | None  # None: not recorded.
    paediatric_of_national: float  # The least part of the national hours that is about children.
    start: date
    confidence: str
    source: str
    note: str

    @property
    def split_known(self) -> bool:
        """Return whether the split into components is recorded."""
        return TOTAL not in self.parts

    @property
    def unconfirmed(self) -> bool:
        """Return whether it may no longer be what is asked."""
        return self.confidence == "C"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours of education that somebody has on record."""

    id: str
    day: date
    hours: float
    component: str = ""  # national, local, individual, core, elective, ...; "" not said.
    format: str = "in_person"
    topic: str = ""
    about_children: bool = False
    accredited: bool = True  # Whether who gave it is accepted by the authority.

    def __post_init__(self) -> None:
        if not self.hours > 0 or math.isinf(self.hours):  # Also refuses NaN.
            msg = f"Hours {self.id} must be above 0, got {self.hours}."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One component: asked, counted, missing."""

    name: str
    asked: float
    counted: float

    @property
    def missing(self) -> float:
        """Return the hours that are missing."""
        return max(0.0, self.asked - self.counted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far somebody is."""

    requirement: Requirement
    start: date
    end: date  # The first day after the term.
    parts: tuple[Part, ...]
    distributive_counted: float
    about_children: Part | None  # None: nothing is asked of it.
    uncounted: tuple[tuple[str, float, str], ...]  # Id, hours, and why they do not count.
    notes: tuple[str, ...] = field(default=())

    @property
    def counted(self) -> float:
        """Return all hours that count."""
        return sum(one.counted for one in self.parts)

    @property
    def fraction(self) -> float:
        """Return the part that is done, 0 to 1."""
        return self.counted / self.requirement.total

    @property
    def done(self) -> bool:
        """Return whether nothing is missing."""
        children = self.about_children is None or self.about_children.missing <= 0
        return children and all(one.missing <= 0 for one in self.parts)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what is missing, in words."""
        said = [f"{one.name}: {one.missing:g} of {one.asked:g} h are missing." for one in self.parts if one.missing > 0]
        if self.about_children is not None and self.about_children.missing > 0:
            said.append(f"{self.about_children.missing:g} h of the national component must be about children.")
        return tuple(said)


@cache
def _rules() -> tuple[Rule, ...]:
    rules, _ = read_rules([RULES / "recertification.yaml"], section="recertification", fields=_FIELDS)
    for rule in rules:
        says = rule.says
        parts = says.get("parts") or {}
        good = says.get("authority") and says.get("model") and set(says.get("levels") or {"?"}) <= set(levels())
        if not good or not says.get("total", 0) > 0 or (parts and not math.isclose(sum(parts.values()), says["total"])):
            raise BadInput(
                code="rule_line",
                what="authority, model, levels or hours are wrong, or the parts are not the total.",
                do="Correct it.",
                where=rule.where,
            )
    return rules


def requirements(authority: str, level: str, ends: date) -> tuple[Requirement, ...]:
    """Return what an authority asks of those whose term ends on a day: the newest model first, and none where unknown.

    Two models may hold at once: then who renews chooses.

    Args:
        authority: "nremt", or a state's two letters.
        level: key or name.
        ends: the last day of the term.

    >>> [one.model for one in requirements("nremt", "EMT", date(2019, 3, 31))]
    ['NCCP 2016', 'traditional']
    >>> [one.model for one in requirements("nremt", "EMT", date(2019, 4, 1))]
    ['NCCP 2016']
    """
    key = level_named(level, on=ends).key
    wanted = authority.strip().casefold()
    found = [
        _requirement(rule, key)
        for rule in _rules()
        if rule.in_force(ends) and key in rule.says["levels"] and rule.says["authority"].casefold() == wanted
    ]
    return tuple(sorted(found, key=lambda one: (one.start, one.id), reverse=True))


def get_requirement(authority: str, level: str, ends: date, *, model: str = "") -> Requirement:
    """Return what is asked; of two models the one named, else the newest.

    Raises:
        BadInput: nothing is recorded for that authority, level and day, or no such model is.
    """
    found = [
        one for one in requirements(authority, level, ends) if not model or one.model.casefold() == model.casefold()
    ]
    if not found:
        every = sorted({rule.says["authority"] for rule in _rules()})
        raise BadInput(
            code="no_requirement",
            what=f"What {authority} asks of {level} for a term that ends on {ends} is not recorded here.",
            do=f"Ask its office. Recorded are terms of {', '.join(every)}: see training_rules/recertification.yaml.",
            where="authority",
        )
    return found[0]


def _requirement(rule: Rule, level: str) -> Requirement:
    says: Mapping[str, Any] = rule.says
    years = says.get("cycle_years")
    notes = [says.get("note", "")]
    if says.get("extra_per_year"):
        notes.append(f"And {says['extra_per_year']:g} h a year more, which are not in the total.")
    return Requirement(
        id=rule.id,
        authority=says["authority"],
        model=says["model"],
        level=level,
        cycle_years=years,
        total=float(says["total"]),
        parts=MappingProxyType(
            {name: float(count) for name, count in (says.get("parts") or {TOTAL: says["total"]}).items()}
        ),
        distributive_max=None if says.get("distributive_max") is None else float(says["distributive_max"]),
        paediatric_of_national=float(says.get("paediatric_of_national", 0)),
        start=rule.start,
        confidence=says["confidence"],
        source=rule.source,
        note=" ".join(one for one in notes if one),
    )


def term_start(requirement: Requirement, ends: date) -> date:
    """Return the first day of a term that ends (its last day) on a day.

    Raises:
        BadInput: how long a term runs is not recorded.
    """
    if requirement.cycle_years is None:
        raise BadInput(
            code="no_cycle",
            what=f"How long a term of {requirement.model} runs is not recorded here.",
            do="Say the first day of the term.",
            where="start",
        )
    after = date.fromordinal(ends.toordinal() + 1)
    try:
        return after.replace(year=after.year - requirement.cycle_years)
    except ValueError:  # 29 February.
        return date(after.year - requirement.cycle_years, 3, 1)


def progress(requirement: Requirement, hours: Sequence[Hours], *, ends: date, start: date | None = None) -> Progress:
    """Return how far somebody is, and why hours do not count.

    In each component hours with an instructor go first, then those without, as far as the cap goes; the components are
    taken in the order of the requirement. So as many hours count as can.

    Args:
        requirement: what is asked.
        hours: all that is on record.
        ends: the last day of the term.
        start: its first day; by default so many years before as a term runs.

    Raises:
        BadInput: the term's first day is not known, or lies after its end.
    """
    begin = start or term_start(requirement, ends)
    if begin > ends:
        raise BadInput(code="bad_term", what=f"The term begins {begin}, after {ends}.", do="Correct it.", where="start")
    uncounted: list[tuple[str, float, str]] = []
    rest: dict[str, list[Hours]] = {name: [] for name in requirement.parts}
    seen: set[str] = set()
    for one in sorted(hours, key=lambda each: (each.day, each.id)):
        why = _why_not(one, requirement, begin, ends, seen)
        seen.add(one.id)
        if why:
            uncounted.append((one.id, one.hours, why))
        else:
            rest[one.component if requirement.split_known else TOTAL].append(one)
    left = math.inf if requirement.distributive_max is None else requirement.distributive_max
    parts, distributive = [], 0.0
    for name, asked in requirement.parts.items():
        filled = _fill(name, asked, rest[name], left)
        left -= filled.distributive
        distributive += filled.distributive
        uncounted += filled.over
        parts.append(Part(name=name, asked=asked, counted=filled.counted))
    asked_children = requirement.paediatric_of_national * requirement.parts.get("national", 0.0)
    return Progress(
        requirement=requirement,
        start=begin,
        end=date.fromordinal(ends.toordinal() + 1),
        parts=tuple(parts),
        distributive_counted=distributive,
        about_children=_about_children(asked_children, rest.get("national", ()), requirement.distributive_max),
        uncounted=tuple(uncounted),
        notes=_notes(requirement),
    )


def _why_not(one: Hours, requirement: Requirement, start: date, ends: date, seen: set[str]) -> str:
    """Return why hours count for nothing; "" when they count."""
    if one.id in seen:
        return "Entered twice: they count once."
    if one.day < start:
        return f"Before the term began on {start}."
    if one.day > ends:
        return f"After the term ended on {ends}."
    if not one.accredited:
        return "Who gave them is not accepted by the authority."
    if requirement.split_known and one.component not in requirement.parts:
        known = ", ".join(requirement.parts)
        return f"Entered for {one.component or 'no component'}: {requirement.model} knows {known}."
    return ""


@dataclass(slots=True)
class _Filled:
    """How one component was filled."""

    counted: float = 0.0
    distributive: float = 0.0
    over: list[tuple[str, float, str]] = field(default_factory=list)


def _fill(name: str, asked: float, given: Sequence[Hours], cap_left: float) -> _Filled:
    """Fill one component: hours with an instructor first."""
    filled = _Filled()
    for one in sorted(
        given, key=lambda each: (each.format == "distributive", not each.about_children, each.day, each.id)
    ):
        room = asked - filled.counted
        distributive = one.format == "distributive"
        under_cap = cap_left - filled.distributive if distributive else math.inf
        counts = max(0.0, min(one.hours, room, under_cap))
        filled.counted += counts
        filled.distributive += counts if distributive else 0.0
        if counts < one.hours:
            full = room <= under_cap
            why = f"{name} is full with {asked:g} h." if full else "Over the cap on hours without an instructor."
            filled.over.append((one.id, one.hours - counts, why))
    return filled


def _about_children(asked: float, given: Sequence[Hours], cap: float | None) -> Part | None:
    """Return the national hours about children, of which those without an instructor stay under the cap."""
    if not asked:
        return None
    live = sum(one.hours for one in given if one.about_children and one.format != "distributive")
    alone = sum(one.hours for one in given if one.about_children and one.format == "distributive")
    return Part(
        name="about children", asked=asked, counted=min(asked, live + min(alone, math.inf if cap is None else cap))
    )  # fmt: skip


def _notes(requirement: Requirement) -> tuple[str, ...]:
    said = [requirement.note] if requirement.note else []
    if requirement.unconfirmed:
        said.append("UNCONFIRMED: from an older text; another may hold now.")
    return tuple(said)

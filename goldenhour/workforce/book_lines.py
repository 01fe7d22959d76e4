"""The lines that a rule book is made of, and how each is read: strictly, every fault with its file and rule."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from goldenhour.dated import read_yaml
from goldenhour.workforce.levels import levels
from goldenhour.workforce.skills import code_skill, skills

NATION = "US"
ANY = "any"
CONFIDENCES = ("A", "B", "C")  # C: nobody who decides about it was seen to say so; shown as unconfirmed.
ORDERS = ("online", "standing")
SETTINGS = (
    "ambulance",
    "air_ambulance",
    "emergency_department",
    "hospital",
    "clinic",
    "event",
    "home",
    "interfacility",
    "workplace",
)
ROUTES = {
    "et": "endotracheal",
    "id": "intradermal",
    "im": "intramuscular",
    "im_auto": "by auto-injector",
    "in": "intranasal",
    "in_unit_dose": "intranasal, unit dose",
    "inh": "inhaled",
    "io": "intraosseous",
    "iv": "intravenous",
    "neb": "nebulised",
    "ng": "nasogastric",
    "po": "by mouth",
    "pr": "rectal",
    "sc": "subcutaneous",
    "sl": "sublingual",
    "td": "transdermal",
    "top": "topical",
}
_ALWAYS = {"id", "from", "to", "first_known", "source", "confidence", "note", "amends"}
_WHEN = {"endorsement", "order", "declared", "setting", "route", "age_min", "age_max", "director", "programme"}
_WINDOW = {"setting", "route", "age_min", "age_max"}
_OLDEST = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong with a book."""

    file: str
    rule: str  # "" when it is the book as a whole.
    what: str
    do: str

    @property
    def where(self) -> str:
        """Return the file and the rule."""
        return f"{self.file}, {self.rule}" if self.rule else self.file


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Line:
    """One dated line of a book. It holds from `start` until the day before `end`."""

    id: str
    place: str
    file: str
    start: date
    end: date | None
    first_known: bool  # The real start is earlier, on a day nobody here knows.
    source: str
    confidence: str
    note: str
    book_note: str  # What the book says of all its lines.
    amends: str

    def in_force(self, day: date) -> bool:
        """Return whether it holds that day."""
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: "Line") -> bool:
        """Return whether some day has both."""
        return (self.end is None or other.start < self.end) and (other.end is None or self.start < other.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """What an allowance depends on. A field that is empty asks nothing."""

    endorsement: tuple[str, ...] = ()  # Any of them.
    order: tuple[str, ...] = ()
    declared: bool = False  # An emergency must have been declared.
    setting: tuple[str, ...] = ()
    route: tuple[str, ...] = ()
    age_min: float | None = None  # Years of the patient, this age included.
    age_max: float | None = None  # Until the day before the next birthday.
    director: bool = False  # The medical director must approve.
    programme: str = ""

    @property
    def windowed(self) -> bool:
        """Return whether it speaks of some settings, routes or ages only."""
        return bool(self.setting or self.route) or self.age_min is not None or self.age_max is not None

    def apart_from(self, other: "When") -> bool:
        """Return whether no single act can fall under both."""
        for mine, theirs in ((self.setting, other.setting), (self.route, other.route)):
            if mine and theirs and not set(mine) & set(theirs):
                return True
        low = max(self.age_min or 0, other.age_min or 0)
        high = min(one for one in (self.age_max, other.age_max, _OLDEST) if one is not None)
        return low >= high + 1


ALWAYS = When()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SkillLine(Line):
    """Who may, and who may not, do some skills."""

    skills: frozenset[str]  # As named, without what they cover.
    allow: frozenset[str]  # Level keys; "any" is written out.
    deny: frozenset[str]
    named: frozenset[str]  # The levels written by name: evidence that the place knows them.
    when: When
    # The ways of giving that the source names: asked for another, denied; a question that names none is answered all
    # the same. (Where `when: route` sets ways apart, such a question is UNKNOWN.)
    routes: tuple[str, ...]
    provided: str

    def speaks(self, level: str) -> bool:
        """Return whether it says anything of a level."""
        return level in self.allow or level in self.deny

    def limits(self, level: str) -> When:
        """Return what its word on a level depends on. Beside an allowance, a denial holds without conditions."""
        return self.when if level in self.allow or not self.allow else ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LevelLine(Line):
    """Levels that a place recognises, or says it does not."""

    levels: frozenset[str]
    recognised: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Adoption(Line):
    """Which national model stands behind a state's silence."""

    model: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Widening(Line):
    """Whether an agency or its medical director may allow more than the state."""

    allowed: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Visitors(Line):
    """What people licensed elsewhere may do, beside the compact."""

    levels: frozenset[str]
    from_licence: frozenset[str]  # State codes, "any" (state) or "NREMT".
    when: When
    scope: str  # "home": what the licence's own state lets them do. "here": what this place lets its own do.


@dataclass(slots=True, kw_only=True)
class Book:
    """One file's lines, as read."""

    file: str
    place: str
    name: str
    note: str = ""
    synthetic: bool = False
    model: str = ""
    levels: list[LevelLine] = field(default_factory=list)
    adopts: list[Adoption] = field(default_factory=list)
    skills: list[SkillLine] = field(default_factory=list)
    widening: list[Widening] = field(default_factory=list)
    visitors: list[Visitors] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        """Return every line."""
        return [*self.levels, *self.adopts, *self.skills, *self.widening, *self.visitors]


@cache
def states() -> Mapping[str, str]:
    """Return the names of the real states and territories by their codes."""
    return {str(code): str(name) for code, name in read_yaml(Path(__file__).with_name("places.yaml"))["places"].items()}


@cache
def care_levels() -> frozenset[str]:
    """Return the levels that give care: what "any" means in a rule."""
    return frozenset(key for key, level in levels().items() if level.care)


@cache
def national_levels() -> frozenset[str]:
    """Return the levels of care of the national model."""
    return frozenset(key for key, level in levels().items() if key == level.counts_as)


class Wrong(Exception):  # noqa: N818 -- Carries a fault to where it is collected; nobody else sees it.
    """A line or book cannot be read: what is wrong, what to do."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(what)
        self.what, self.do = what, do


_SECTIONS = ("levels", "adopts", "skills", "widening", "visitors")
_STATES_OWN = {"adopts", "widening", "visitors"}  # Nobody asks an agency's book for these.
_HEAD = {"place", "name", "note", "synthetic", "model", *_SECTIONS}
_STATE_AGENCY = re.compile(r"[A-Z][A-Z0-9-]{1,39}(/[a-z0-9][a-z0-9_-]*)?")


def read_book(content: Any, file: str, faults: list[Fault]) -> Book | None:
    """Return a file's content as a book; what is wrong with it goes to `faults`, and wrong lines are left out."""
    try:
        book = _head(content, file)
    except Wrong as wrong:
        faults.append(Fault(file=file, rule="", what=wrong.what, do=wrong.do))
        return None
    for section in _SECTIONS:
        lines = content.get(section)
        if lines is not None and not isinstance(lines, list):
            faults.append(Fault(file=file, rule="", what=f"`{section}` is no list.", do="Write one rule per `- `."))
            continue
        if lines and "/" in book.place and section in _STATES_OWN:
            what, do = f"`{section}` is not an agency's to say.", "Put it in the state's book, with its source."
            faults.append(Fault(file=file, rule="", what=what, do=do))
        for line in lines or ():
            rule = str(line.get("id", "")) if isinstance(line, Mapping) else ""
            try:
                getattr(book, section).append(_READERS[section](line, book))
            except Wrong as wrong:
                faults.append(Fault(file=file, rule=rule or f"a rule of `{section}`", what=wrong.what, do=wrong.do))
    return book


def _head(content: Any, file: str) -> Book:
    """Return a book with what stands at its top."""
    if not isinstance(content, Mapping):
        raise Wrong(what="is no rule book.", do="See docs/reference/scope.md for its form.")
    strange = sorted(map(str, set(content) - _HEAD))
    if strange:
        raise Wrong(what=f"unknown entry {', '.join(strange)}.", do=f"Known are {', '.join(sorted(_HEAD))}.")
    place, synthetic = content.get("place"), content.get("synthetic", False)
    if not isinstance(place, str) or not _STATE_AGENCY.fullmatch(place):
        hint = "Write US, a state's two letters, or a state's agency such as KS/county-ems."
        raise Wrong(what=f"place is {place!r}.", do=hint)
    if not isinstance(synthetic, bool):
        raise Wrong(what=f"synthetic is {synthetic!r}.", do="Write true or false.")
    state = place.partition("/")[0]
    if synthetic and (state in states() or state == NATION):
        raise Wrong(
            what=f"is synthetic and says it is for {state}.",
            do="An invented or imported book never answers for a real place: give it a place of its own.",
        )
    if not synthetic and state not in states() and state != NATION:
        raise Wrong(
            what=f"{state} is no state or territory.",
            do="Correct the code, or say `synthetic: true` for an invented place.",
        )
    name = content.get("name")
    if not isinstance(name, str) or not name.strip():
        raise Wrong(what="has no name.", do="Write `name:`, as people read it in an answer.")
    if (place == NATION) != bool(content.get("model")):
        raise Wrong(
            what="`model` and place US go together.",
            do="A book of the nation names its model, such as us-2019; no other does.",
        )
    return Book(
        file=file,
        place=place,
        name=name.strip(),
        note=_text(content, "note"),
        synthetic=synthetic,
        model=str(content.get("model") or ""),
    )


# ---------------------------------------------------------------- what every line has


def _common(line: Any, book: Book, fields: set[str]) -> dict[str, Any]:
    """Return what every line has, or refuse it."""
    if not isinstance(line, Mapping):
        raise Wrong(what="is no rule.", do="Write `- {id: ..., from: ..., source: ...}`.")
    strange = sorted(map(str, set(line) - _ALWAYS - fields))
    if strange:
        raise Wrong(what=f"unknown field {', '.join(strange)}.", do=f"Known are {', '.join(sorted(_ALWAYS | fields))}.")
    ident, start, end = line.get("id"), line.get("from"), line.get("to")
    if not isinstance(ident, str) or not ident.strip():
        raise Wrong(what="has no id.", do="Give it one that no other rule has.")
    if type(start) is not date or (end is not None and type(end) is not date):
        raise Wrong(
            what="`from` (and `to`, if it ended) must be days.", do="Write 2026-01-31, without quotation marks."
        )
    if end is not None and end <= start:
        raise Wrong(what=f"ends {end}, not after it starts {start}.", do="`to` is the first day it no longer holds.")
    if not isinstance(line.get("source"), str) or not line["source"].strip():
        raise Wrong(what="has no source.", do="Say where the rule stands written.")
    if line.get("confidence") not in {None, *CONFIDENCES}:
        raise Wrong(what=f"confidence is {line['confidence']!r}.", do=f"It is one of {', '.join(CONFIDENCES)}.")
    if not isinstance(line.get("first_known", False), bool):
        raise Wrong(what="first_known must be true or false.", do="true: it began earlier, on a day that is not known.")
    return {
        "id": ident,
        "place": book.place,
        "file": book.file,
        "start": start,
        "end": end,
        "first_known": line.get("first_known", False),
        "source": line["source"].strip(),
        "confidence": line.get("confidence") or "",
        "note": _text(line, "note"),
        "book_note": book.note,
        "amends": _text(line, "amends"),
    }


def _text(line: Mapping[str, Any], name: str) -> str:
    """Return a text that may be left out."""
    value = line.get(name)
    if value is not None and not isinstance(value, str):
        raise Wrong(what=f"{name} is {value!r}.", do="Write it as a text, in quotation marks if need be.")
    return (value or "").strip()


def _texts(value: Any, name: str) -> list[str]:
    """Return a list of texts, none empty and none twice."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise Wrong(what=f"{name} is {value!r}.", do=f"Write a list: {name}: [one, two].")
    if any(not isinstance(one, str) or not one.strip() for one in value):
        raise Wrong(
            what=f"{name} has an entry that is no text.",
            do="Put it in quotation marks.",
        )
    if len(set(value)) < len(value):
        raise Wrong(what=f"{name} names something twice.", do="Keep one.")
    return list(value)


def _among(value: Any, name: str, known: Mapping[str, Any] | Sequence[str] | frozenset[str]) -> tuple[str, ...]:
    """Return a list of texts that are all known."""
    found = _texts(value, name)
    strange = [one for one in found if one not in known]
    if strange:
        raise Wrong(what=f"{name}: {strange[0]!r} is unknown.", do=f"Known: {', '.join(sorted(known))}.")
    return tuple(found)


def _levels_of(value: Any, name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the levels of a list with "any" written out, and those named one by one."""
    found = _texts([value] if value == ANY else value, name)
    known = levels()
    for one in found:
        if one != ANY and one not in known:
            raise Wrong(what=f"{name}: level {one!r} is unknown.", do="Use a key of workforce/levels.yaml.")
        if one != ANY and not known[one].care:
            raise Wrong(what=f"{name}: {one} is no level that gives care.", do="Leave it out: it never may.")
    named = frozenset(found) - {ANY}
    return (care_levels() if ANY in found else named), named


def _when(value: Any) -> When:
    """Return what a rule depends on."""
    if value is None:
        return ALWAYS
    if not isinstance(value, Mapping) or set(value) - _WHEN:
        strange = ", ".join(sorted(map(str, set(value) - _WHEN))) if isinstance(value, Mapping) else repr(value)
        raise Wrong(what=f"when: {strange} is unknown.", do=f"Known are {', '.join(sorted(_WHEN))}.")
    for name in ("declared", "director"):
        if value.get(name, True) is not True:
            raise Wrong(what=f"when: {name} is {value[name]!r}.", do="Write true, or leave it out.")
    ages = [value.get("age_min"), value.get("age_max")]
    for age in ages:
        if age is not None and (isinstance(age, bool) or not isinstance(age, int | float) or not 0 <= age <= _OLDEST):
            raise Wrong(what=f"when: the age {age!r} is none.", do="Write years, 0 to 150.")
    if ages[0] is not None and ages[1] is not None and ages[0] > ages[1]:
        raise Wrong(what="when: age_min is above age_max.", do="Correct them.")
    programme = value.get("programme", "")
    if not isinstance(programme, str):
        raise Wrong(what=f"when: programme is {programme!r}.", do="Write its name.")
    return When(
        endorsement=tuple(_texts(value.get("endorsement", ()), "endorsement")),
        order=_among(value.get("order", ()), "order", ORDERS),
        declared="declared" in value,
        setting=_among(value.get("setting", ()), "setting", SETTINGS),
        route=_among(value.get("route", ()), "route", ROUTES),
        age_min=ages[0],
        age_max=ages[1],
        director="director" in value,
        programme=programme.strip(),
    )


# ---------------------------------------------------------------- each kind of line


def _skill_line(line: Any, book: Book) -> SkillLine:
    common = _common(line, book, {"skills", "allow", "deny", "when", "routes", "provided"})
    found = _texts(line.get("skills", ()), "skills")
    strange = [one for one in found if one not in skills() and code_skill(one) is None]
    if strange or not found:
        what = f"skill {strange[0]!r} is not in the vocabulary." if strange else "names no skill."
        raise Wrong(what=what, do="Use a key of workforce/skills.yaml.")
    allow, allow_named = _levels_of(line.get("allow") or (), "allow")
    deny, deny_named = _levels_of(line.get("deny") or (), "deny")
    both = sorted(allow & deny)
    if both or not allow | deny:
        what = f"allows and denies {both[0]}." if both else "neither allows nor denies any level."
        raise Wrong(what=what, do="Name each level once, under `allow` or under `deny`.")
    when = _when(line.get("when"))
    beyond = sorted(set(line.get("when") or ()) - _WINDOW)
    if beyond and not allow:
        raise Wrong(
            what=f"denies only when {beyond[0]}.",
            do="A denial may be limited by route, setting and age. Write the other condition as an allowance.",
        )
    return SkillLine(
        **common,
        skills=frozenset(found),
        allow=allow,
        deny=deny,
        named=allow_named | deny_named,
        when=when,
        routes=_among(line.get("routes", ()), "routes", ROUTES),
        provided=_text(line, "provided").rstrip("."),
    )


def _level_line(line: Any, book: Book) -> LevelLine:
    common = _common(line, book, {"levels", "recognised"})
    found, named = _levels_of(line.get("levels", ()), "levels")
    if not named or found != named:
        raise Wrong(what="names no level, or any.", do="Name each level.")
    if not isinstance(line.get("recognised"), bool):
        raise Wrong(what="does not say `recognised: true` or `false`.", do="Say so.")
    return LevelLine(**common, levels=named, recognised=line["recognised"])


def _adoption(line: Any, book: Book) -> Adoption:
    common = _common(line, book, {"model"})
    if not isinstance(line.get("model"), str) or not line["model"].strip():
        raise Wrong(what="names no model.", do="Write model: us-2019, or the one it adopts.")
    return Adoption(**common, model=line["model"])


def _widening(line: Any, book: Book) -> Widening:
    common = _common(line, book, {"allowed"})
    if not isinstance(line.get("allowed"), bool):
        raise Wrong(what="does not say `allowed: true` or `false`.", do="Say so.")
    return Widening(**common, allowed=line["allowed"])


def _visitors(line: Any, book: Book) -> Visitors:
    common = _common(line, book, {"levels", "from_licence", "when", "scope"})
    found, _ = _levels_of(line.get("levels", ()), "levels")
    licences = frozenset(
        one.casefold() if one.casefold() in {ANY, "nremt"} else one.upper()
        for one in _texts(line.get("from_licence", ()), "from_licence")
    )
    strange = sorted(licences - {ANY, "nremt"} - set(states()))
    if strange or not licences or not found:
        what = f"from_licence: {strange[0]} is no state." if strange else "names no level or no licence."
        raise Wrong(what=what, do="Write states, `any` (state) or `nremt`, and the levels it speaks of.")
    if line.get("scope", "home") not in {"home", "here"}:
        raise Wrong(
            what=f"scope is {line['scope']!r}.", do="Write home (what the licence's state lets them do) or here."
        )
    return Visitors(
        **common, levels=found, from_licence=licences, when=_when(line.get("when")), scope=line.get("scope", "home")
    )


_READERS: Mapping[str, Callable[[Any, Book], Line]] = {
    "levels": _level_line,
    "adopts": _adoption,
    "skills": _skill_line,
    "widening": _widening,
    "visitors": _visitors,
}

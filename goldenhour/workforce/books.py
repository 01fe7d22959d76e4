"""Rule books: what each place says about who may do what, loaded strictly and laid out for quick answers.

A book is one YAML file for one place (docs/reference/scope.md). Several files may speak of one place; together they are
one tier: the nation (one for each model), a state, or an agency. In one tier, two rules that speak of the same skill
and level on the same day must say which amends which, or nothing is loaded.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from goldenhour.dated import hash_of, read_yaml
from goldenhour.errors import BadInput
from goldenhour.workforce.book_lines import (
    NATION,
    Adoption,
    Book,
    Fault,
    LevelLine,
    Line,
    SkillLine,
    Visitors,
    Widening,
    care_levels,
    national_levels,
    read_book,
    states,
)
from goldenhour.workforce.compact import load_compact
from goldenhour.workforce.levels import levels
from goldenhour.workforce.skills import forms_of, skills

SHIPPED = Path(__file__).with_name("scope_rules")
COMPACT = "compact.yaml"  # Beside the books and none of them: who is a member of the compact, and its terms.
_CODE = re.compile(r"[A-Z]{2}")
_AT_ONCE = 3  # So many faults are told when loading fails; `scope check` lists all.

Key = tuple[str, str]  # Skill and level.


@dataclass(slots=True, eq=False)
class PlaceBook:
    """Everything one tier of one place says."""

    place: str  # "KS", "KS/county-ems", "US".
    name: str
    note: str
    synthetic: bool
    model: str
    files: tuple[str, ...]
    lines: tuple[Line, ...]
    levels: Mapping[str, tuple[LevelLine, ...]]  # By level, rising by start.
    adopts: tuple[Adoption, ...]
    widening: tuple[Widening, ...]
    visitors: tuple[Visitors, ...]
    about: Mapping[Key, tuple[SkillLine, ...]]  # Every line that ever spoke of it; forms are written out.
    naming: Mapping[str, tuple[SkillLine, ...]]  # By level: the lines that name it, or allow something to any.
    edges: tuple[date, ...]  # The days on which any line begins or ends, rising.
    _spans: dict[Key, tuple[list[date], list[tuple[SkillLine, ...]]]] = field(default_factory=dict)
    _spoken: dict[str, frozenset[str]] = field(default_factory=dict)

    def in_force(self, skill: str, level: str, day: date) -> tuple[SkillLine, ...] | None:
        """Return the lines about a skill and level that day, an amending one before what it amends.

        Empty: there are such lines, but none on that day. None: the place never spoke of it.
        """
        key = (skill, level)
        spans = self._spans.get(key)
        if spans is None:
            lines = self.about.get(key)
            if lines is None:
                return None
            spans = self._spans[key] = _spans_of(lines, level)
        at = bisect_right(spans[0], day)
        return spans[1][at - 1] if at else ()

    def spoken(self, level: str) -> frozenset[str]:
        """Return the skills of which it ever spoke for a level."""
        found = self._spoken.get(level)
        if found is None:
            found = self._spoken[level] = frozenset(skill for skill, one in self.about if one == level)
        return found

    def adopted(self, day: date) -> Adoption | None:
        """Return which national model stands behind its silence that day."""
        return next((line for line in self.adopts if line.in_force(day)), None)

    def widens(self, day: date) -> Widening | None:
        """Return what it says that day about agencies that would allow more."""
        return next((line for line in self.widening if line.in_force(day)), None)


@dataclass(slots=True, eq=False)
class Books:
    """Every book that was loaded."""

    places: Mapping[str, PlaceBook]  # States and agencies, and the nation under "US".
    models: Mapping[str, PlaceBook]  # The national models by name.
    hash: str
    said: dict[Any, Any] = field(default_factory=dict, repr=False)  # Findings that were put into words before.
    decided: dict[Any, Any] = field(default_factory=dict, repr=False)  # Decisions that were made before.
    masks: dict[Any, Any] = field(default_factory=dict, repr=False)  # Masks that were compiled before.
    _changes: dict[str, tuple[date, ...]] = field(default_factory=dict, repr=False)

    def find(self, place: str) -> PlaceBook | None:
        """Return the book of a state or agency, None when there is none."""
        return self.places.get(place)

    def rule(self, id_: str) -> tuple[str, Line] | None:
        """Return the place (the nation's is "US") and line of a rule, None when no book has it."""
        books = (*self.places.values(), *self.models.values())
        return next(((book.place, line) for book in books for line in book.lines if line.id == id_), None)

    def changes(self, place: str) -> tuple[date, ...]:
        """Return the days on which any answer for a place may change, rising: its own lines' and the nation's."""
        found = self._changes.get(place)
        if found is None:
            books = [one for one in (self.places.get(place), *self.models.values()) if one is not None]
            found = self._changes[place] = tuple(sorted({edge for book in books for edge in book.edges}))
        return found

    def changes_between(self, place: str, licence: str, agency: str) -> tuple[date, ...]:
        """Return the days on which an answer that rests on another state or an agency may change, too, rising."""
        key = f"{place}/{agency}<{licence}"
        found = self._changes.get(key)
        if found is None:
            own = {*self.changes(place), *(self.changes(f"{place}/{agency}") if agency else ())}
            if licence:
                own |= {*self.changes(licence), *load_compact().changes}
            found = self._changes[key] = tuple(sorted(own))
        return found


@cache
def load_books(extra: tuple[Path, ...] = ()) -> Books:
    """Return the shipped books, and those of the `extra` files and folders.

    Raises:
        BadInput: a book is wrong; the first faults are told with their files and rules.
    """
    books, faults = check_books(extra)
    if books is None or faults:
        first = faults[0]
        more = "".join(f" Also {one.where}: {one.what}" for one in faults[1:_AT_ONCE])
        left = len(faults) - _AT_ONCE
        if left > 0:
            more += f" And {left} more: `goldenhour scope check` lists them."
        raise BadInput(code="rule_book", what=first.what, do=first.do + more, where=first.where)
    return books


def check_books(extra: Sequence[Path] = ()) -> tuple[Books | None, list[Fault]]:
    """Return the books, None when they are not fit to answer, and everything that is wrong with them."""
    faults: list[Fault] = []
    contents = [*_shipped(), *_read([file for one in extra for file in _files(one, faults)], faults)]
    read = [
        book
        for path, content in contents
        if path != SHIPPED / COMPACT and (book := read_book(content, path.name, faults)) is not None
    ]
    faults += _across(read)
    tiers: dict[Key, list[Book]] = {}
    for book in read:
        tiers.setdefault((book.place, book.model), []).append(book)
    for one in tiers.values():
        faults += _tier_faults(one)
    if faults:
        return None, faults
    said = sorted(hash_of(content) for _, content in contents)
    own = [hash_of([repr(one) for one in table().values()]) for table in (levels, skills)]
    return _laid_out(tiers.values(), hash_of([*said, *own])), faults


def place_named(text: str, books: Books | None = None) -> str:
    """Return the place that a text means: "KS", "ks", "US-KS" and "Kansas" are KS; "EX" where its book is loaded.

    Any other two letters are a place too, one without a book: what is asked about it is not known.

    Raises:
        BadInput: it is no code, state, territory, nation or loaded place.
    """
    known = (books or load_books()).places
    code = text.strip().upper()
    code = code.removeprefix(f"{NATION}-")
    if code == NATION or code in states() or (code in known and "/" not in code) or _CODE.fullmatch(code):
        return code
    for one, name in states().items():
        if name.casefold().removeprefix("the ") == text.strip().casefold().removeprefix("the "):
            return one
    raise _no_place(text)


def _no_place(text: str) -> BadInput:
    return BadInput(
        code="unknown_place",
        what=f'"{text}" is no state or territory.',
        do="Write its two letters, such as KS, or US for the nation; an invented place needs its book (--books).",
        where="place",
    )


def state_named(text: str, books: Books | None = None) -> str:
    """Return the place that a text means, where it is one that can license people: no two letters of nowhere.

    Raises:
        BadInput: it is no state, territory, nation or loaded place.
    """
    place = place_named(text, books)
    if place == NATION or place in states() or place in (books or load_books()).places:
        return place
    raise _no_place(text)


def place_words(place: str, books: Books) -> str:
    """Return a place as people say it: Kansas."""
    book = books.places.get(place)
    return book.name if book else states().get(place, place)


# ---------------------------------------------------------------- reading


def _files(path: Path, faults: list[Fault] | None = None) -> list[Path]:
    """Return the YAML files of a folder and the folders in it, or the one file."""
    if path.is_file():
        return [path]
    found = sorted(path.rglob("*.yaml"))
    if not found and faults is not None:
        what = "holds no rule book (.yaml)." if path.is_dir() else "is no file or folder."
        faults.append(Fault(file=str(path), rule="", what=what, do="Name a folder of rule books."))
    return found


def _read(paths: Iterable[Path], faults: list[Fault]) -> list[tuple[Path, Any]]:
    """Return what these files hold; one that cannot be read is a fault."""
    found = []
    for path in paths:
        try:
            found.append((path, read_yaml(path)))
        except BadInput as wrong:
            faults.append(Fault(file=path.name, rule="", what=wrong.what.removeprefix(f"{wrong.where}: "), do=wrong.do))
    return found


@cache
def _shipped() -> tuple[tuple[Path, Any], ...]:
    """Return what the shipped files hold; it is only read."""
    faults: list[Fault] = []
    found = tuple(_read(_files(SHIPPED), faults))
    if faults:
        raise BadInput(code="rule_book", what=faults[0].what, do=faults[0].do, where=faults[0].file)
    return found


def _across(books: Sequence[Book]) -> list[Fault]:
    """Return what is wrong between books: an id that two rules have."""
    faults = []
    seen: dict[str, Line] = {}
    for line in (line for book in books for line in book.lines):
        other = seen.setdefault(line.id, line)
        if other is not line:
            what = f"has the id of another rule, in {other.file}."
            faults.append(Fault(file=line.file, rule=line.id, what=what, do="Give each rule an id of its own."))
    return faults


def _tier_faults(books: Sequence[Book]) -> list[Fault]:
    """Return what is wrong between the rules of one tier: two that speak at once, and amendments of nothing."""
    lines = {line.id: line for book in books for line in book.lines}
    faults = []
    for line in lines.values():
        target = lines.get(line.amends)
        if line.amends and (target is None or type(target) is not type(line)):
            what = f"amends {line.amends}, and {books[0].place} has no such rule of its kind."
            faults.append(Fault(file=line.file, rule=line.id, what=what, do="Name the rule it changes."))
        elif line.id in _amended(line, lines):
            what = f"amends {line.amends}, and that comes back to it: neither would hold."
            faults.append(Fault(file=line.file, rule=line.id, what=what, do="Let only one amend the other."))
        elif target is not None and not line.overlaps(target):
            what = f"amends {target.id} ({target.file}), which does not hold on any of its days."
            faults.append(Fault(file=line.file, rule=line.id, what=what, do="Correct the days, or drop `amends`."))
    about: dict[Any, list[Line]] = {}
    for line in lines.values():
        for thing in _speaks_of(line):
            about.setdefault(thing, []).append(line)
    told = set()
    for thing, speaking in about.items():
        for one, other in combinations(speaking, 2):
            if (one.id, other.id) in told or not _clash(one, other, thing[-1], lines):
                continue
            told.add((one.id, other.id))
            faults.append(_overlap(one, other, thing))
    return faults


def _overlap(one: Line, other: Line, thing: tuple[str, ...]) -> Fault:
    """Return two rules that speak at once as a fault that names both."""
    day = max(one.start, other.start)
    return Fault(
        file=other.file,
        rule=other.id,
        what=f"speaks of {' for '.join(thing)} on the same days (from {day}) as {one.id} in {one.file}.",
        do=f"End one of them with `to`, or say `amends: {one.id}` if it changes that rule.",
    )


def _speaks_of(line: Line) -> Iterator[tuple[str, ...]]:
    """Yield the things a line speaks of; two lines of one tier must not speak of the same thing at once."""
    if isinstance(line, SkillLine):
        yield from _keys_of(line)
    elif isinstance(line, LevelLine):
        for level in line.levels:
            yield ("the level", level)
    elif isinstance(line, Adoption):
        yield ("the national model",)
    elif isinstance(line, Widening):
        yield ("widening",)


def _keys_of(line: SkillLine) -> Iterator[Key]:
    """Yield each skill, with its forms, and level of a line."""
    every = line.skills.union(*(forms_of(skill) for skill in line.skills))
    for level in line.allow | line.deny:
        for skill in every:
            yield skill, level


def _clash(one: Line, other: Line, level: str, lines: Mapping[str, Line]) -> bool:
    """Return whether two lines on one thing (and level) hold on one day and neither amends the other."""
    if not one.overlaps(other) or other.id in _amended(one, lines) or one.id in _amended(other, lines):
        return False
    if not isinstance(one, SkillLine) or not isinstance(other, SkillLine):
        return True
    return not one.limits(level).apart_from(other.limits(level))


def _amended(line: Line, lines: Mapping[str, Line]) -> set[str]:
    """Return the ids of every rule that a line amends, also through others."""
    found: set[str] = set()
    at: Line | None = line
    while at is not None and at.amends and at.amends not in found:
        found.add(at.amends)
        at = lines.get(at.amends)
    return found


# ---------------------------------------------------------------- laying out


def _laid_out(tiers: Iterable[Sequence[Book]], digest: str) -> Books:
    """Return the books with everything in its place."""
    places, models = {}, {}
    for books in tiers:
        one = _place_book(books)
        if one.model:
            models[one.model] = one
        else:
            places[one.place] = one
    if models:  # Asked by itself, the nation answers by its latest model.
        places[NATION] = max(models.values(), key=lambda one: one.edges)
    return Books(places=places, models=models, hash=digest)


def _place_book(books: Sequence[Book]) -> PlaceBook:
    """Return the books of one tier as one."""
    first = books[0]
    lines = [line for book in books for line in book.lines]
    about: dict[Key, list[SkillLine]] = {}
    naming: dict[str, list[SkillLine]] = {}
    said = sorted((line for book in books for line in book.skills), key=_by_start)
    for line in said:
        for key in _keys_of(line):
            about.setdefault(key, []).append(line)
        for level in line.named | (national_levels() if line.allow == care_levels() else frozenset()):
            naming.setdefault(level, []).append(line)
    known: dict[str, list[LevelLine]] = {}
    for recognised in sorted((line for book in books for line in book.levels), key=_by_start):
        for level in recognised.levels:
            known.setdefault(level, []).append(recognised)
    return PlaceBook(
        place=first.place,
        name=first.name,
        note=" ".join(dict.fromkeys(book.note for book in books if book.note)),
        synthetic=first.synthetic,
        model=first.model,
        files=tuple(book.file for book in books),
        lines=tuple(lines),
        levels={level: tuple(found) for level, found in known.items()},
        adopts=tuple(sorted((line for book in books for line in book.adopts), key=_by_start)),
        widening=tuple(sorted((line for book in books for line in book.widening), key=_by_start)),
        visitors=tuple(sorted((line for book in books for line in book.visitors), key=_by_start)),
        about={key: tuple(found) for key, found in about.items()},
        naming={level: tuple(found) for level, found in naming.items()},
        edges=tuple(sorted({day for line in lines for day in (line.start, line.end) if day is not None})),
    )


def _by_start(line: Line) -> tuple[date, str]:
    return line.start, line.id


def _spans_of(lines: tuple[SkillLine, ...], level: str) -> tuple[list[date], list[tuple[SkillLine, ...]]]:
    """Return the days on which something changes among these lines, and what is in force from each.

    A rule that is amended by one which speaks without limits of route, setting or age is silent while that one holds;
    otherwise both stand, the amending one first.
    """
    table: dict[str, Line] = {line.id: line for line in lines}
    starts = sorted({day for line in lines for day in (line.start, line.end) if day is not None})
    found: list[tuple[SkillLine, ...]] = []
    for day in starts:
        holding = [line for line in lines if line.in_force(day)]
        silent = {id_ for line in holding if not line.limits(level).windowed for id_ in _amended(line, table)}
        depth = {line.id: len(_amended(line, table)) for line in holding}
        standing = sorted(
            (line for line in holding if line.id not in silent), key=lambda line: (-depth[line.id], line.id)
        )
        found.append(tuple(standing))
    return starts, found

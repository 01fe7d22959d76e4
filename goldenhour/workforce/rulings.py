"""What the rule books of a place say of somebody's level as a whole, as bits: the form in which crews are counted.

`scope.decide` answers one question about one skill. A crew is counted by all of them at once, before anybody knows the
patient: a skill whose rule still asks for an order, an age or a route is presumed, not sure.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from goldenhour.errors import BadInput
from goldenhour.workforce.books import Books, load_books, place_named
from goldenhour.workforce.credentials import Standing, state_of
from goldenhour.workforce.levels import levels
from goldenhour.workforce.scope import ALLOW, DENY, UNKNOWN, Ask, decide, marks_of, standing_of, worst
from goldenhour.workforce.skills import skills

COUNTRY = "US"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What somebody of a level may do at a place on a day."""

    verdict: str = DENY  # Of working there at that level at all: allow, deny, unknown.
    why: str = ""  # In words, where it is not allow.
    skills: int = 0  # A bit for each skill they may do.
    presumed: int = 0  # A bit for each skill that nobody can be sure of, and that this level usually does.


@cache
def bits() -> Mapping[str, int]:
    """Return the bit of each skill, in the order of the vocabulary."""
    return {key: 1 << at for at, key in enumerate(skills())}


def bit_of(skill: str) -> int:
    """Return the bit of a skill."""
    return bits()[skill]


def by_the_books(
    *,
    level: str,
    place: str,
    on: date,
    licence: str = "",
    endorsements: frozenset[str] = frozenset(),
    standing: Standing | None = None,
    books: Books | None = None,
) -> Ruling:
    """Return what the books say of a level at a place on a day.

    Args:
        level: a key of levels.
        place: a state; one that nobody knows, or without a book, gives unknown.
        on: the day there.
        licence: the state of the licence; "" is that of the place.
        endorsements: what is held beside it.
        standing: of a real person; None: assumed live, as `licence` says.
        books: the rules; by default the shipped ones.
    """
    books = books or load_books()
    known = levels().get(level)
    if known is None or not known.care:
        return Ruling(verdict=DENY, why="gives no care")
    state = _place(place, books)
    book = books.places.get(state)
    if book is None:
        why = f"no rule book for {state or 'this place'}"
        return Ruling(verdict=UNKNOWN, why=why, presumed=_model(level, on, books))
    ask = Ask(level=level, skill="", place=state, on=on, licence=licence, endorsements=endorsements, standing=standing)
    marks, home = standing_of(ask, known, book, books)
    verdict = worst(marks)
    if verdict == DENY:
        return Ruling(verdict=DENY, why=_said(ask, DENY, books))
    may, open_ = _skills(ask, home.place if home is not None else "", books)
    if verdict == UNKNOWN:
        return Ruling(verdict=UNKNOWN, why=_said(ask, UNKNOWN, books), presumed=may | open_ | _model(level, on, books))
    return Ruling(verdict=ALLOW, skills=may, presumed=open_)


def changes_of(place: str, books: Books | None = None) -> tuple[date, ...]:
    """Return the days on which anything the books say of a place may change, rising."""
    books = books or load_books()
    return books.changes(_place(place, books))


def _place(place: str, books: Books) -> str:
    """Return the place as the books call it, or as it was said where they do not know it."""
    state = state_of(place)
    try:
        return state if state in books.places else place_named(state, books)
    except BadInput:
        return state


def _said(ask: Ask, verdict: str, books: Books) -> str:
    """Return why somebody may not work there, or may not surely, in words without a full stop."""
    found = decide(replace(ask, skill="patient_transport"), books).findings
    what = next((one.what for one in found if one.layer in {"standing", "compact"} and one.verdict == verdict), "")
    return what.strip().removesuffix(".")


def _skills(ask: Ask, away: str, books: Books) -> tuple[int, int]:
    """Return the bits of what somebody may do, and of what nobody can be sure of and is usual at that level."""
    days = books.changes(ask.place)
    at = bisect_right(days, ask.on)
    # Between two changes of the place's books every day is as the first; another state's are not looked at: day by day.
    day = days[at - 1] if at and not away else ask.on
    key = (id(books), ask.place, ask.level, away, ask.endorsements, day)
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        found = _kept[key] = _skills_on(replace(ask, on=day, licence=away, standing=None), books)
    return found


_kept: dict[tuple[object, ...], tuple[int, int]] = {}
_MOST_KEPT = 4096


def _skills_on(ask: Ask, books: Books) -> tuple[int, int]:
    may = open_ = 0
    usual = _model(ask.level, ask.on, books)
    for key, skill in skills().items():
        marks = marks_of(ask, skill, books)
        verdict, bit = worst(marks), bit_of(key)
        if verdict == ALLOW:
            may |= bit
        elif verdict == UNKNOWN:  # A rule allows it on a condition that nobody can know yet, or no rule speaks of it.
            allowed = any(mark[0] in {"state", "national"} and mark[1] == ALLOW and mark[3] for mark in marks)
            open_ |= bit if allowed or usual & bit else 0
    return may, open_


def _model(level: str, on: date, books: Books) -> int:
    """Return the bits of what the country's model lets a level do, also before its first day: for want of better."""
    model = books.places.get(COUNTRY)
    counted = levels()[level].counts_as
    if model is None or not counted:
        return 0
    day = max([on, *model.edges[:1]])
    key: tuple[object, ...] = (id(books), COUNTRY, counted, "", frozenset(), day)
    if key not in _kept:
        bits_ = 0
        for name, skill in skills().items():
            ask = Ask(level=counted, skill=name, place=COUNTRY, on=day)
            bits_ |= bit_of(name) if worst(marks_of(ask, skill, books)) == ALLOW else 0
        _kept[key] = (bits_, 0)
    return _kept[key][0]

"""What the rule books of a place say of somebody's level as a whole, as bits: the form in which crews are counted.

`scope.decide` answers one question about one skill. A crew is counted by all of them at once, before anybody knows the
patient: a skill whose rule still asks for an order, an age or a route is presumed, not sure.
"""

from dataclasses import dataclass, replace
from datetime import date

from goldenhour.errors import BadInput
from goldenhour.workforce import masks
from goldenhour.workforce.books import Books, load_books, place_named
from goldenhour.workforce.compact import load_compact
from goldenhour.workforce.credentials import Standing, state_of
from goldenhour.workforce.levels import levels
from goldenhour.workforce.scope import ALLOW, DENY, UNKNOWN, Ask, decide, marks_of, standing_of, verdicts_of, worst
from goldenhour.workforce.skills import skills

COUNTRY = "US"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What somebody of a level may do at a place on a day."""

    verdict: str = DENY  # Of working there at that level at all: allow, deny, unknown.
    why: str = ""  # In words, where it is not allow.
    skills: int = 0  # A bit for each skill they may do.
    presumed: int = 0  # A bit for each skill that nobody can be sure of, and that this level usually does.


def bit_of(skill: str) -> int:
    """Return the bit of a skill of the vocabulary, as in `masks`."""
    return 1 << masks.bit_of(skill)


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
    """Return the days on which anything that the books, or the compact, say of a place may change, rising."""
    books = books or load_books()
    return tuple(sorted({*books.changes(_place(place, books)), *load_compact().changes}))


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
    if not away:
        mask = masks.mask_of(ask.level, ask.place, ask.on, endorsements=ask.endorsements, books=books)
        day, allow, unknown = mask.since or ask.on, mask.allow, mask.unknown
    else:  # By the home state's scope: what it rests on changes there as well, so it is kept for the day alone.
        day, allow, unknown = ask.on, 0, 0
    key = (id(books), ask.place, ask.level, away, ask.endorsements, day)
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        asked = replace(ask, on=day, licence=away, standing=None)
        if away:
            for bit, verdict in enumerate(verdicts_of(asked, books)):
                allow |= (verdict == ALLOW) << bit
                unknown |= (verdict == UNKNOWN) << bit
        found = _kept[key] = allow, _presumed(asked, unknown, books)
    return found


_kept: dict[tuple[object, ...], tuple[int, int]] = {}
_MOST_KEPT = 4096


def _presumed(ask: Ask, unknown: int, books: Books) -> int:
    """Return which of the bits that are not known a level usually may, or may on a condition nobody can know yet."""
    found = unknown & _model(ask.level, ask.on, books)
    for key, skill in skills().items():
        bit = bit_of(key)
        if not unknown & bit & ~found:
            continue
        marks = marks_of(ask, skill, books)
        if any(mark[0] in {"state", "national"} and mark[1] == ALLOW and mark[3] for mark in marks):
            found |= bit
    return found


def _model(level: str, on: date, books: Books) -> int:
    """Return the bits of what the country's model lets a level do, also before its first day: for want of better."""
    model = books.places.get(COUNTRY)
    counted = levels()[level].counts_as
    if model is None or not counted:
        return 0
    return masks.mask_of(counted, COUNTRY, max([on, *model.edges[:1]]), books=books).allow

"""Scope as bits: what a level may do in a place on a day, compiled once and asked a million times a second.

A mask has a bit for each skill of the vocabulary, in its order, so it is as wide as the vocabulary. `allow` has the
bits that `scope.decide` answers allow, `unknown` those it cannot answer; the rest is denied. It rests on what is known
before there is a patient: place, level, endorsements and day, in an ambulance, in a caring role, with no order, age or
route yet; what hangs on one of these is unknown. Between two days on which a rule of the place changes, a mask is the
same: it may be kept until `until`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from goldenhour.workforce.books import Books, load_books, place_named
from goldenhour.workforce.levels import level_named, levels
from goldenhour.workforce.scope import ALLOW, UNKNOWN, Ask, same_names, verdicts_of
from goldenhour.workforce.skills import skill_named, skills

WORD = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """What a level with some endorsements may do in a place, from `since` until the day before `until`.

    The fast way to ask: `mask.allow >> bit & 1`, with `bit = bit_of("oral_airway")` taken once.
    """

    place: str
    level: str
    endorsements: frozenset[str]
    allow: int
    unknown: int
    since: date | None  # None: since ever.
    until: date | None  # None: no later change is known.
    rules_hash: str

    def may(self, skill: str) -> str:
        """Return the verdict on a skill: allow, deny or unknown."""
        bit = bit_of(skill)
        return ALLOW if self.allow >> bit & 1 else UNKNOWN if self.unknown >> bit & 1 else "deny"

    def words(self) -> NDArray[np.uint64]:
        """Return `allow` for a kernel, shape (words,): bit b is `words[b >> 6] >> (b & 63) & 1`."""
        return to_words(self.allow)


@cache
def bits() -> Mapping[str, int]:
    """Return the number of each skill's bit, from 0."""
    return {skill: bit for bit, skill in enumerate(skills())}


def bit_of(skill: str) -> int:
    """Return the number of a skill's bit, by its key or any of its names."""
    found = bits().get(skill)
    return bits()[skill_named(skill).key] if found is None else found


@cache
def _width() -> int:
    return -(-len(skills()) // WORD)


def to_words(mask: int) -> NDArray[np.uint64]:
    """Return a mask as words of 64 bits, lowest first, shape (words,)."""
    return np.frombuffer(mask.to_bytes(_width() * WORD // 8, "little"), dtype="<u8")


def stack(masks: Sequence[Mask]) -> NDArray[np.uint64]:
    """Return the masks of several people or units for a kernel, shape (masks, words)."""
    return np.array([one.words() for one in masks], dtype=np.uint64).reshape(len(masks), _width())


def mask_of(
    level: str, place: str, on: date, *, endorsements: frozenset[str] = frozenset(), books: Books | None = None
) -> Mask:
    """Return what a level with these endorsements may do in a place on a day, kept for the next who asks.

    Args:
        level: a key or name of a level.
        place: a state, territory or loaded place.
        on: the day there.
        endorsements: held beside the level.
        books: the rules; by default the shipped ones.

    Raises:
        BadInput: there is no such level or place.
    """
    books = books or load_books()
    known = levels().get(level) or level_named(level, on=on, place=place)
    where = place if place in books.places else place_named(place, books)
    days = books.changes(where)
    at = bisect_right(days, on)
    key = (where, known.key, same_names(endorsements), at)
    found = books.masks.get(key)
    if found is None:
        if len(books.masks) >= _MOST_KEPT:
            books.masks.clear()
        ask = Ask(level=known.key, skill="", place=where, on=on, endorsements=endorsements)
        since, until = (days[at - 1] if at else None), (days[at] if at < len(days) else None)
        found = books.masks[key] = _compiled(ask, since, until, books)
    assert isinstance(found, Mask)
    return found


_MOST_KEPT = 20_000


def _compiled(ask: Ask, since: date | None, until: date | None, books: Books) -> Mask:
    """Return a mask, worked out."""
    verdicts = verdicts_of(ask, books)
    return Mask(
        place=ask.place,
        level=ask.level,
        endorsements=ask.endorsements,
        allow=_bits(verdicts, ALLOW),
        unknown=_bits(verdicts, UNKNOWN),
        since=since,
        until=until,
        rules_hash=books.hash,
    )


def _bits(verdicts: Sequence[str], wanted: str) -> int:
    """Return a bit for each verdict that is the wanted one, the first lowest."""
    return int("".join(["1" if one == wanted else "0" for one in reversed(verdicts)]), 2)


def compile_all(
    on: date, books: Books | None = None, *, endorsements: Iterable[frozenset[str]] = (frozenset(),)
) -> dict[tuple[str, str, frozenset[str]], Mask]:
    """Return the masks of every place with a book, every level of care and each of these sets of endorsements."""
    books = books or load_books()
    care = [key for key, level in levels().items() if level.care]
    return {
        (place, level, held): mask_of(level, place, on, endorsements=held, books=books)
        for place in books.places
        if "/" not in place
        for level in care
        for held in endorsements
    }


def valid_until(place: str, on: date, books: Books | None = None) -> date | None:
    """Return the next day on which any answer for a place may change; None when none is known."""
    books = books or load_books()
    days = books.changes(place if place in books.places else place_named(place, books))
    at = bisect_right(days, on)
    return days[at] if at < len(days) else None

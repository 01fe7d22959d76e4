"""Which messages follow from a fact, and when a failed one is tried again. Pure: `at` and `rng` are arguments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from numpy.random import Generator

from goldenhour.access.roles import EVERY
from goldenhour.paging.destinations import FOR_PEOPLE, What

_JITTER = 0.25  # Of the pause, to either side: many that failed together do not come back together.


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """A destination, as far as it decides what it is told."""

    id: str
    agency: str = ""  # EVERY hears of all.
    station: str = ""
    person: str = ""
    gets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Something that people outside may have to be told."""

    what: What
    agency: str = ""  # Of the unit it is about.
    station: str = ""
    people: frozenset[str] = frozenset()  # Whom a page is for.


def receivers(occasion: Occasion, listeners: Iterable[Listener]) -> tuple[str, ...]:
    """Return the ids of the destinations that are told, in their own order."""
    return tuple(one.id for one in listeners if _hears(one, occasion))


def _hears(one: Listener, occasion: Occasion) -> bool:
    if occasion.what in FOR_PEOPLE or one.person:
        return occasion.what in FOR_PEOPLE and one.person in occasion.people
    return (
        occasion.what in one.gets and one.agency in {EVERY, occasion.agency} and one.station in {"", occasion.station}
    )


def message_id(event_id: str, what: What, destination: str) -> str:
    """Return the id of the message that a fact causes for a destination: the same again in every rebuild.

    >>> message_id("018f3c5e-0000-7000-8000-000000000001", What.TEST, "d")[:8]
    '569d50af'
    """
    return str(uuid5(UUID(event_id), f"{what} {destination}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrying:
    """How often and how soon a message is tried, by the rule of the day."""

    attempts: int  # After so many it is a dead letter.
    first_s: float  # Pause after the first failure; each further one doubles it.
    most_s: float
    expires_s: float  # A message that old helps nobody and is given up untried.

    def pause_s(self, failures: int, rng: Generator) -> float:
        """Return how long to wait after so many failures in a row, in seconds, spread by a quarter to either side."""
        plain = min(self.first_s * 2.0 ** (max(failures, 1) - 1), self.most_s)
        return float(plain * rng.uniform(1 - _JITTER, 1 + _JITTER))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of a message after a failed attempt."""

    final: bool
    again_at: datetime | None
    paused_until: datetime | None  # Of the destination.


def after_failure(
    *, attempt: int, failures: int, permanent: bool, at: datetime, rule: Retrying, rng: Generator
) -> Verdict:
    """Return what becomes of a message that could not be delivered.

    Args:
        attempt: which attempt of this message failed, from 1.
        failures: how many attempts at its destination failed in a row, this one included.
        permanent: the other side says that it will never take this message: only it is given up, nothing is paused.
        at: now.
        rule: the rule of the day.
        rng: for the jitter.
    """
    if permanent:
        return Verdict(final=True, again_at=None, paused_until=None)
    paused = at + timedelta(seconds=rule.pause_s(failures, rng))
    if attempt >= rule.attempts:
        return Verdict(final=True, again_at=None, paused_until=paused)
    again = at + timedelta(seconds=rule.pause_s(attempt, rng))
    return Verdict(final=False, again_at=max(again, paused), paused_until=paused)

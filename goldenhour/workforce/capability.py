"""What a crew counts for: who is aboard, here and now, made into levels, skills and the right to carry a patient.

Two paramedics are two. Who holds a command role is aboard and not counted. Whose licence is known to have ended is not
counted for care and may still drive. Where nobody can say (no rule of the place, no record of the person), what the
agency asserts counts and is marked unconfirmed: what is not known never empties a county.

An answer holds from `since` until just before `until`, the next midnight at a licensing place on which anything that it
rests on may change; so an answer may be kept until then.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from goldenhour.errors import BadInput
from goldenhour.workforce import credentials
from goldenhour.workforce.credentials import Kind, Person, Standing, state_of
from goldenhour.workforce.crews import (
    LEVELS,
    Seat,
    legal_crew_changes,
    legal_crew_on,
    level_at_least,
    level_words,
)
from goldenhour.workforce.levels import levels
from goldenhour.workforce.rulings import Ruling, bit_of, by_the_books, changes_of

WARNED_BEFORE = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody aboard."""

    person: Person
    seat: str = ""
    role: str = ""  # A command or management role they hold, "" while they give care.


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """What a crew sits in, as its agency describes it."""

    call_sign: str
    agency: str = ""
    carries: bool = False  # Whether a patient can lie in it.
    levels: tuple[str, ...] = ()  # What its agency says of its usual crew, one a head.
    crew: int = 2  # How many that are.
    medical: bool = True  # Whether a crew of which nothing at all is said counts as giving care.


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """What a crew counts for at one place, from `since` until `until`."""

    levels: tuple[str, ...] = ()  # The care levels counted, highest first.
    crew: int = 0  # Who is counted in the crew, with care or without; those in a command role are not.
    skills: int = 0  # What somebody aboard may do here, a bit a skill; see `rulings`.
    presumed: int = 0  # What nobody can say, and somebody's level usually may.
    endorsements: frozenset[str] = frozenset()
    can_transport: bool = False
    why_no_transport: str = ""
    any_care: bool = False  # Nobody says anything of its crew's care: it counts for all, unconfirmed.
    named: bool = True  # Whether who is aboard is known by name.
    unconfirmed: tuple[str, ...] = ()  # What of this rests on somebody's word alone, in words.
    warnings: tuple[str, ...] = ()  # Why somebody aboard counts for less, in words.
    since: datetime | None = None
    until: datetime | None = None

    def has(self, level: str, count: int = 1) -> bool:
        """Return whether so many aboard are of that level or above; "" asks for none."""
        return not level or self.any_care or sum(level_at_least(one, level) for one in self.levels) >= count

    def why_no_care(self, level: str, count: int = 1) -> str:
        """Return why they do not have it, in words; "" when they do."""
        if self.has(level, count):
            return ""
        number = sum(level_at_least(one, level) for one in self.levels)
        if count == 1:
            lack = f"has no {level_words(level)} aboard"
        else:
            lack = f"has {number or 'no'} {level_words(level)}{'' if number == 1 else 's'} aboard, not {count}"
        return f"{lack}: {'; '.join(self.warnings)}" if self.warnings else lack

    def can(self, skill: str) -> bool:
        """Return whether somebody aboard may do it here, or nobody can say and their level usually may."""
        return self.any_care or bool((self.skills | self.presumed) & bit_of(skill))

    def is_presumed(self, skill: str) -> bool:
        """Return whether that is only presumed."""
        return not self.skills & bit_of(skill)

    @property
    def counted(self) -> tuple[str, ...]:
        """Return what the crew counts for as names, as `crews.capability_drop` compares them."""
        return (*self.levels, *(["transport"] if self.can_transport else []), *sorted(self.endorsements))


@dataclass(frozen=True, slots=True)
class _Counted:
    """What one member adds."""

    level: str = ""  # As counted.
    in_crew: bool = True
    ruling: Ruling = field(default_factory=Ruling)
    endorsements: frozenset[str] = frozenset()
    warning: str = ""
    unconfirmed: str = ""


Rulings = Callable[..., Ruling]


def capability(
    crew: Sequence[Member], vehicle: Vehicle, place: str, at: datetime, *, rulings: Rulings = by_the_books
) -> Capability:
    """Return what the people aboard count for.

    Args:
        crew: who is aboard; nobody is a crew of nobody. Where nobody is known by name, ask `asserted` instead.
        vehicle: what they sit in.
        place: the jurisdiction of the call, such as "MT" or "EX".
        at: when.
        rulings: what the rule books of the place say of a level; see `rulings.by_the_books`.
    """
    found = [_counted(member, vehicle, place, at, rulings) for member in crew]
    aboard = [one for one in found if one.in_crew]
    skills = presumed = 0
    for one in aboard:
        skills |= one.ruling.skills
        presumed |= one.ruling.presumed
    legal = legal_crew_on(state_of(place), _day_at(at, place))
    why = "cannot transport" if not vehicle.carries else legal.why_not([one.level for one in aboard])
    if why and vehicle.carries:
        said = [one.warning for one in found if one.warning]
        why = f"{why} ({'; '.join(said)})" if said else why
    doubts = [one.unconfirmed for one in found if one.unconfirmed]
    if vehicle.carries and not why and legal.unconfirmed:
        doubts.append(f"no rule of {state_of(place) or 'this place'} says who must be aboard to carry a patient")
    since, until = _between(edges(crew, place), at)
    return Capability(
        levels=tuple(sorted((one.level for one in aboard if one.level), key=LEVELS.index, reverse=True)),
        crew=len(aboard),
        skills=skills,
        presumed=presumed & ~skills,
        endorsements=frozenset().union(*(one.endorsements for one in aboard)),
        can_transport=not why,
        why_no_transport=why,
        unconfirmed=tuple(dict.fromkeys(doubts)),
        warnings=tuple(one.warning for one in found if one.warning),
        since=since,
        until=until,
    )


def asserted(vehicle: Vehicle, place: str, at: datetime, *, rulings: Rulings = by_the_books) -> Capability:
    """Return what a unit counts for while nobody aboard is known by name: its agency's word, unconfirmed."""
    known = tuple(sorted((one for one in vehicle.levels if one in LEVELS), key=LEVELS.index, reverse=True))
    skills = 0
    for level in dict.fromkeys(known):
        ruling = rulings(level=level, place=place, on=_day_at(at, place))
        skills |= ruling.skills | ruling.presumed
    legal = legal_crew_on(state_of(place), _day_at(at, place))
    unstated = legal.others if known else legal.attendant  # What the agency does not say is not held against it.
    usual = (*known, *(unstated,) * vehicle.crew)
    why = legal.why_not(usual[: vehicle.crew]) if vehicle.carries else "cannot transport"
    doubt = "its agency says who is aboard, nobody by name" if known else "its agency states no care level"
    edge = _between([_midnight(day, place) for day in (*legal_crew_changes(state_of(place)), *changes_of(place))], at)
    return Capability(
        levels=known,
        crew=vehicle.crew,
        presumed=skills,
        can_transport=not why,
        why_no_transport=why,
        any_care=not known and vehicle.medical,
        named=False,
        unconfirmed=(doubt,),
        since=edge[0],
        until=edge[1],
    )


def _counted(member: Member, vehicle: Vehicle, place: str, at: datetime, rulings: Rulings) -> _Counted:
    """Return what one member adds to the crew, and why it is less than it could be."""
    person = member.person
    day = _day_at(at, place)
    here = standing_here(person, place, at, agency=vehicle.agency)
    title = credentials.level_words(here.practice or here.level) if here.level else "person"
    if member.role:
        return _Counted(in_crew=False, warning=f"the {title} has {member.role.replace('_', ' ')}")
    if not here.licence:
        why = "" if _gives_no_care(person, day) else _as_clause(here.why)
        return _Counted(endorsements=here.endorsements, warning=why)
    ruling = rulings(
        level=here.practice or here.level,
        place=place,
        on=day,
        licence="" if here.live else here.licence,
        endorsements=here.endorsements,
        standing=here,
    )
    if ruling.verdict == "deny":
        return _Counted(endorsements=here.endorsements, warning=_as_clause(ruling.why or here.why))
    known = levels().get(here.practice or here.level)
    doubt = f"the {title}: {ruling.why}" if ruling.verdict == "unknown" else ""
    if here.restrictions:  # Which limits they are is not for a board.
        doubt = f"the {title}'s licence is restricted"
    return _Counted(
        level=known.counts_as if known else "",
        ruling=ruling,
        endorsements=here.endorsements,
        unconfirmed=doubt,
    )


def standing_here(person: Person, place: str, at: datetime, *, agency: str = "") -> Standing:
    """Return where somebody stands at a moment; at a place whose clock nobody knows, by the country's."""
    try:
        return credentials.standing_at(person, place, at, agency=agency)
    except BadInput:
        return credentials.standing_at(person, "US", at, agency=agency)


def _gives_no_care(person: Person, day: date) -> bool:
    """Return whether nobody expects care of somebody: they never held a level of it and serve as something else."""
    held = [one.level for one in person.credentials if one.level in levels() and levels()[one.level].care]
    serves = [one.role for one in person.affiliations if one.on(day)]
    return not held and bool(serves) and "care" not in serves


def _as_clause(sentence: str) -> str:
    """Return a sentence as part of another: "The EMT's licence lapsed." as "the EMT's licence lapsed"."""
    text = sentence.strip().removesuffix(".")
    return text[:1].lower() + text[1:] if text[:4] in {"The ", "No l"} or text[:2] == "A " else text


# ---------------------------------------------------------------- when it changes


def edges(crew: Sequence[Member], place: str) -> list[datetime]:
    """Return every moment at which something that a crew's capability rests on may change."""
    days = [*legal_crew_changes(state_of(place)), *changes_of(place)]
    found = [_midnight(day, place) for day in days]
    for member in crew:
        found += _edges_of(member.person, place)
    return found


def _edges_of(person: Person, place: str) -> Iterator[datetime]:
    for one in person.credentials:
        for span in one.spans:
            yield _midnight(span.start, one.place)
        if one.kind is Kind.LICENCE and one.place != state_of(place):  # Then the home state's rules count as well.
            yield from (_midnight(day, place) for day in changes_of(one.place))
    for given in person.affiliations:
        for day in (given.start, given.end):
            if day is not None:
                yield _midnight(day, place)


def _between(moments: Sequence[datetime], at: datetime) -> tuple[datetime | None, datetime | None]:
    """Return the last of some moments that is not after `at`, and the first that is."""
    since = max((one for one in moments if one <= at), default=None)
    return since, min((one for one in moments if one > at), default=None)


@cache
def _zone(place: str) -> ZoneInfo:
    try:
        return credentials.zone_of(place)
    except BadInput:
        return ZoneInfo("UTC")  # Nobody knows its clock.


def _day_at(at: datetime, place: str) -> date:
    return at.astimezone(_zone(place)).date()


@lru_cache(maxsize=65_536)
def _midnight(day: date, place: str) -> datetime:
    return datetime.combine(day, time(), _zone(place)).astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """The next moment from which a crew, as it is aboard now, will count for something else."""

    at: datetime
    levels: tuple[str, ...]
    can_transport: bool
    words: str  # Why, "" where it will count for more.


def foreseen(crew: Sequence[Member], vehicle: Vehicle, place: str, now: Capability, *, by: datetime) -> Foreseen | None:
    """Return the next change of what a crew counts for until `by`, None when none is known."""
    moments = sorted({one for one in edges(crew, place) if now.until is not None and now.until <= one <= by})
    for moment in moments:
        then = capability(crew, vehicle, place, moment)
        if then.counted != now.counted or then.warnings != now.warnings:
            fresh = [one for one in then.warnings if one not in now.warnings]
            fresh += [f"nobody aboard holds {one} any more" for one in sorted(now.endorsements - then.endorsements)]
            return Foreseen(at=moment, levels=then.levels, can_transport=then.can_transport, words="; ".join(fresh))
    return None


# ---------------------------------------------------------------- signing on


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOn:
    """What is said to somebody who takes a seat."""

    lacks: tuple[str, ...]  # What the seat asks and they have not: a supervisor may let them aboard all the same.
    warnings: tuple[str, ...]  # What ends soon, and what nobody can confirm.


def sign_on(person: Person, seat: Seat, vehicle: Vehicle, place: str, at: datetime) -> SignOn:
    """Return what stands against somebody in a seat, and what they should know.

    A licence that ends within 90 days, to the hour, is told at every sign-on.
    """
    here = standing_here(person, place, at, agency=vehicle.agency)
    alone = capability([Member(person=person, seat=seat.name)], vehicle, place, at)
    lacks = []
    if not alone.has(seat.level):
        what = (
            "; ".join(alone.warnings) or f"counts as {level_words(alone.levels[0] if alone.levels else '')} here today"
        )
        lacks.append(f"{seat.name} of {vehicle.call_sign} asks for {level_words(seat.level)} or above: {what}.")
    missing = seat.endorsements - here.endorsements
    if missing:
        lacks.append(
            f"{seat.name} of {vehicle.call_sign} asks for {', '.join(sorted(missing))}: none on record that holds."
        )
    doubts = [f"Unconfirmed: {one}." for one in alone.unconfirmed if vehicle.call_sign and "to carry" not in one]
    return SignOn(lacks=tuple(lacks), warnings=(*doubts, *ending_soon(person, at)))


def ending_soon(person: Person, at: datetime) -> tuple[str, ...]:
    """Return what somebody holds that ends within 90 days, to the hour, in words."""
    said = []
    for one in credentials.expiring(person, at, within_days=WARNED_BEFORE.days):
        left = one.ends_at - at
        if left > WARNED_BEFORE:
            continue
        hours = left // timedelta(hours=1)
        ahead = f"in {hours // 24} days" if hours >= 48 else f"in {hours} h"  # noqa: PLR2004 -- Two days.
        held = one.credential
        span = held.on(one.expires)
        what = (
            f"{credentials.level_words(span.level)}'s {held.kind.words}"
            if span.level
            else f"{held.name or held.kind.words}"
        )
        said.append(f"The {what} of {held.place} ends on {credentials.day_words(one.expires)} at midnight, {ahead}.")
    return tuple(said)

"""Workplace response teams: who of an employer's EMRs is on site when, and whether a team is worth its hours.

A team bridges the minutes until the ambulance is there; it never takes its place. Nothing here knows a patient: an
employer sees sites, shifts, hours and minutes.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from goldenhour.errors import BadInput
from goldenhour.workforce.shifts import Span, merged

_HOUR = timedelta(hours=1)
_MINUTES = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """One member of the team at work on the site, `[start, end)`."""

    person: str
    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None or self.end <= self.start:
            msg = f"A presence must end after it starts, with offsets: {self.start} to {self.end}."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time in which the same members are on site."""

    start: datetime
    end: datetime
    who: tuple[str, ...]  # Those who count: present, and their licence or certificate holds.
    not_counted: tuple[str, ...]  # Present, and theirs does not hold then.
    enough: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """A site's shift, or any other time, stretch by stretch."""

    stretches: tuple[Stretch, ...]
    least: int

    @property
    def hours(self) -> float:
        """Return how long it is."""
        return sum((one.end - one.start) / _HOUR for one in self.stretches)

    @property
    def covered_hours(self) -> float:
        """Return how long enough members are there."""
        return sum((one.end - one.start) / _HOUR for one in self.stretches if one.enough)

    @property
    def fraction(self) -> float | None:
        """Return the covered part, 0 to 1; None where there is no time to cover."""
        return self.covered_hours / self.hours if self.stretches else None

    @property
    def gaps(self) -> tuple[Span, ...]:
        """Return when too few are there, rising and merged."""
        return tuple(merged((one.start, one.end) for one in self.stretches if not one.enough))


def coverage(
    times: Sequence[Span],
    presences: Sequence[Presence],
    *,
    holds: Mapping[str, Sequence[Span]],
    least: int = 1,
) -> Coverage:
    """Return who of a team is on site when, over a site's hours or one shift of it.

    Args:
        times: what is to be covered, such as a shift's hours of a month.
        presences: when members are at work there.
        holds: per person, when what they need holds (a licence, a certificate). Who is not in it counts never: unknown
            is not enough.
        least: so many must be there.

    Raises:
        BadInput: `least` is below 1.
    """
    if least < 1:
        raise BadInput(code="bad_least", what="At least one member must be asked for.", do="Write 1.", where="least")
    there = _by_person(presences)
    edges = sorted(
        {edge for spans in (*there.values(), *holds.values()) for span in spans for edge in span}
        | {edge for span in times for edge in span}
    )
    found: list[Stretch] = []
    for start, end in merged(times):
        between = edges[bisect_right(edges, start) : bisect_left(edges, end)]
        for begin, to in pairwise([start, *between, end]):
            present = [person for person, spans in there.items() if _holds(spans, begin)]
            counted = tuple(person for person in present if any(a <= begin < b for a, b in holds.get(person, ())))
            rest = tuple(person for person in present if person not in counted)
            last = found[-1] if found else None
            if last and last.end == begin and (last.who, last.not_counted) == (counted, rest):
                found[-1] = _stretch(last.start, to, counted, rest, least)
            else:
                found.append(_stretch(begin, to, counted, rest, least))
    return Coverage(stretches=tuple(found), least=least)


def _by_person(presences: Sequence[Presence]) -> dict[str, list[Span]]:
    """Return when each person is there, people by id, spans rising and merged."""
    spans: dict[str, list[Span]] = {}
    for one in presences:
        spans.setdefault(one.person, []).append((one.start, one.end))
    return {person: merged(spans[person]) for person in sorted(spans)}


def _holds(spans: Sequence[Span], at: datetime) -> bool:
    """Return whether one of some rising spans holds a moment."""
    place = bisect_right(spans, at, key=lambda span: span[0])
    return place > 0 and at < spans[place - 1][1]


def _stretch(start: datetime, end: datetime, who: tuple[str, ...], rest: tuple[str, ...], least: int) -> Stretch:
    return Stretch(start=start, end=end, who=who, not_counted=rest, enough=len(who) >= least)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What a team gains and costs in a year, as expected. Minutes are until somebody trained is with the patient."""

    gained_min_per_call: float  # While the team is there.
    answered_per_year: float
    gained_min_per_year: float
    training_h: float
    response_h: float
    words: str

    @property
    def away_h(self) -> float:
        """Return the hours away from work."""
        return self.training_h + self.response_h

    @property
    def gained_min_per_hour_away(self) -> float | None:
        """Return the minutes gained per hour away from work; None where no hour is spent."""
        return self.gained_min_per_year / self.away_h if self.away_h else None


def worth(
    *,
    emergencies_per_year: float,
    ambulance_min: ArrayLike,
    team_min: ArrayLike,
    covered: float,
    members: int,
    training_h_per_member: float,
    responders_per_call: float,
    away_min_per_call: float,
) -> Worth:
    """Return the minutes a site's team gains in a year beside the hours it costs.

    A call gains what the ambulance needs longer than the team, and nothing where the ambulance is sooner. Times may be
    one number, or many as measured or simulated: every pair of them is as likely as another.

    Args:
        emergencies_per_year: at the site, while people are at work.
        ambulance_min: minutes from the call until the ambulance's crew is at the patient; one or many.
        team_min: the same for the team; one or many.
        covered: the part of working time with a member on site, 0 to 1 (`Coverage.fraction`).
        members: of the team.
        training_h_per_member: course and refreshers, hours a year each.
        responders_per_call: how many leave their work.
        away_min_per_call: how long each is away from work.

    Raises:
        BadInput: a number is negative, no number, or `covered` is not from 0 to 1.
    """
    given = {
        "emergencies_per_year": emergencies_per_year,
        "ambulance_min": ambulance_min,
        "team_min": team_min,
        "covered": covered,
        "members": members,
        "training_h_per_member": training_h_per_member,
        "responders_per_call": responders_per_call,
        "away_min_per_call": away_min_per_call,
    }
    arrays = {name: np.atleast_1d(np.asarray(value, dtype=np.float64)) for name, value in given.items()}
    for name, values in arrays.items():
        if values.size == 0 or not bool(np.all(np.isfinite(values) & (values >= 0))):
            raise BadInput(code="bad_number", what="is no number from 0 up.", do="Give what was measured.", where=name)
    if covered > 1:
        raise BadInput(code="bad_number", what="is above 1.", do="Give a part, 0 to 1.", where="covered")
    later = arrays["ambulance_min"][:, None] - arrays["team_min"][None, :]
    gained = float(np.maximum(later, 0.0).mean())
    answered = emergencies_per_year * covered
    response_h = answered * responders_per_call * away_min_per_call / _MINUTES
    training_h = members * training_h_per_member
    return Worth(
        gained_min_per_call=gained,
        answered_per_year=answered,
        gained_min_per_year=answered * gained,
        training_h=training_h,
        response_h=response_h,
        words=_words(gained, answered, training_h + response_h),
    )


def _words(gained: float, answered: float, away_h: float) -> str:
    if gained <= 0:
        return "The ambulance is there as soon as the team: a team gains no minutes here."
    if answered <= 0:
        return "Nobody is on site to answer: the team gains no minutes until its shifts are covered."
    return (
        f"Somebody trained is with the patient {gained:.1f} min sooner in {answered:.1f} emergencies a year, "
        f"for {away_h:.0f} h a year away from work."
    )

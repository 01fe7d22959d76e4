"""Shifts: the hours a unit is staffed, who is rostered for which seat and when, and who has been on duty too long.

A roster is a plan. Who is aboard is a fact in the log (workforce.events), and the two may differ.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from goldenhour.dated import TIERS, Rule, read_rules
from goldenhour.errors import BadInput

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
RULES = Path(__file__).with_name("crew_rules")
WEEK = timedelta(days=7)
_HINT = 'Write days and hours such as "Mon-Fri 07:00-19:00", joined by ";". Nothing means always on duty.'
_FATIGUE_FIELDS = {"place", "on_duty_under_h", "rest_h", "week_h", "confidence", "note"}

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours on some days of the week, on the local clock. `to` at or before `start` is on the next day."""

    days: frozenset[int]  # 0 is Monday.
    start: time
    to: time

    def on(self, day: date, zone: ZoneInfo) -> Span | None:
        """Return from when to when (UTC) the shift that starts that day lasts; None when none does.

        The clock on the wall counts: a night when clocks go forward is an hour shorter. An hour that comes twice is the
        first of the two; one that is skipped is taken as the same moment on the clock before the change.
        """
        if day.weekday() not in self.days:
            return None
        end_day = day if self.to > self.start else day + timedelta(days=1)
        start = datetime.combine(day, self.start, zone).astimezone(UTC)
        return start, datetime.combine(end_day, self.to, zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Shifts:
    """When a unit is staffed. No shift at all means always."""

    shifts: tuple[Shift, ...] = ()

    @classmethod
    def parse(cls, text: str, *, where: str = "shifts") -> "Shifts":
        """Return the shifts written as "Mon-Sun 07:00-19:00;Fri,Sat 19:00-03:00".

        Raises:
            BadInput: it cannot be read.
        """
        return cls(tuple(_shift(item.strip(), where) for item in text.split(";") if item.strip()))

    def on_duty(self, at: datetime, zone: ZoneInfo) -> bool:
        """Return whether the unit is staffed at that moment."""
        return not self.shifts or any(start <= at < to for start, to in self._around(at, at, zone))

    def spans(self, start: datetime, end: datetime, zone: ZoneInfo) -> list[Span]:
        """Return the spans (UTC, rising, merged where they touch) on duty between two moments."""
        if not self.shifts:
            return [(start.astimezone(UTC), end.astimezone(UTC))]
        return merged((max(begin, start), min(to, end)) for begin, to in self._around(start, end, zone))

    def next_change(self, at: datetime, zone: ZoneInfo) -> datetime | None:
        """Return when the unit next comes on or goes off duty, None when never within two weeks."""
        later = at + timedelta(days=14)
        edges = {edge for span in self.spans(at, later, zone) for edge in span}
        return min((edge for edge in edges if at < edge < later), default=None)

    def _around(self, start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[Span]:
        """Yield every shift that may touch that time: from two local days before to the day after."""
        day = start.astimezone(zone).date() - timedelta(days=2)
        last = end.astimezone(zone).date() + timedelta(days=1)
        while day <= last:
            for shift in self.shifts:
                span = shift.on(day, zone)
                if span:
                    yield span
            day += timedelta(days=1)


ALWAYS = Shifts()


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans rising and merged where they touch; empty ones are left out."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One person in one seat of one unit, from `start` until just before `end`."""

    person: str
    unit: str
    seat: str
    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None or self.end <= self.start:
            msg = f"A duty of {self.unit} must end after it starts, with offsets: {self.start} to {self.end}."
            raise ValueError(msg)

    def overlaps(self, other: "Duty") -> bool:
        """Return whether some moment has both."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong with a roster, in words. `grave`: it cannot be so; otherwise it is a warning to weigh."""

    kind: str  # two_places, seat_taken, long_duty, short_rest, long_week, gap
    what: str
    start: datetime
    end: datetime
    person: str = ""
    unit: str = ""
    seat: str = ""
    source: str = ""  # Of the rule it offends, "" where none is needed.

    @property
    def grave(self) -> bool:
        """Return whether it cannot be so: nobody is in two places, and a seat holds one."""
        return self.kind in {"two_places", "seat_taken"}


def conflicts(duties: Sequence[Duty], zone: ZoneInfo) -> list[Fault]:
    """Return where one person is in two seats at once, and where two people are in one seat. Words use `zone`."""
    found = []
    rising = sorted(duties, key=lambda one: (one.start, one.unit, one.seat, one.person))
    for at, one in enumerate(rising):
        for other in rising[at + 1 :]:
            if other.start >= one.end:
                break  # Rising: nobody later touches it.
            start, end = max(one.start, other.start), min(one.end, other.end)
            if one.person == other.person:
                what = f"is rostered for {one.seat} of {one.unit} and for {other.seat} of {other.unit}"
                found.append(_fault("two_places", f"{one.person} {what}", start, end, zone, one))
            elif (one.unit, one.seat) == (other.unit, other.seat):
                what = f"{one.seat} of {one.unit} is given to {one.person} and to {other.person}"
                found.append(_fault("seat_taken", what, start, end, zone, one))
    return found


def gaps(
    wanted: Mapping[str, Collection[str]], hours: Mapping[str, Sequence[Span]], duties: Sequence[Duty], zone: ZoneInfo
) -> list[Fault]:
    """Return when a seat that should be staffed has nobody.

    Args:
        wanted: the seats of each unit that must be taken.
        hours: when each unit is staffed, such as `Shifts.spans` gives.
        duties: who is rostered.
        zone: for the words.
    """
    taken: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
    for one in duties:
        taken[one.unit, one.seat].append((one.start, one.end))
    found = []
    for unit, seats in sorted(wanted.items()):
        for seat in sorted(seats):
            for start, end in _without(hours.get(unit, ()), merged(taken[unit, seat])):
                empty = Duty(person="", unit=unit, seat=seat, start=start, end=end)
                found.append(_fault("gap", f"{seat} of {unit} has nobody", start, end, zone, empty))
    return found


def _without(hours: Sequence[Span], taken: Sequence[Span]) -> Iterator[Span]:
    """Yield what is left of some spans without others. `taken` is rising and does not touch itself."""
    for begin, end in hours:
        at = begin
        for start, to in taken:
            if to <= at or start >= end:
                continue
            if start > at:
                yield at, start
            at = max(at, to)
        if at < end:
            yield at, end


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long people may be on duty, in force on one day at one place. None: no rule speaks of it."""

    on_duty_under_h: float | None = None
    rest_h: float | None = None
    week_h: float | None = None  # In any seven days.
    sources: Mapping[str, str] | None = None  # By field.

    def source(self, name: str) -> str:
        """Return where a limit stands written."""
        return (self.sources or {}).get(name, "")


@cache
def fatigue_rules(path: Path = RULES / "fatigue.yaml") -> tuple[Rule, ...]:
    """Return the fatigue rules of a file.

    Raises:
        BadInput: a line is wrong.
    """
    rules, _ = read_rules([path], section="fatigue", fields=_FATIGUE_FIELDS)
    for rule in rules:
        given = {name: rule.says[name] for name in ("on_duty_under_h", "rest_h", "week_h") if name in rule.says}
        if not rule.says.get("place") or not given or not all(value > 0 for value in given.values()):
            raise BadInput(
                code="fatigue_rule",
                what="needs a place and one of on_duty_under_h, rest_h, week_h above 0.",
                do="Correct this line.",
                where=rule.where,
            )
    return rules


def limits_on(place: str, day: date, rules: Sequence[Rule] | None = None) -> Limits:
    """Return the limits in force at a place ("MT", "MT/agency") on a day: of two, the nearer tier's.

    >>> limits_on("MT", date(2026, 1, 1)).rest_h
    8
    """
    reaches = {"US", place, place.partition("/")[0]}
    all_of = fatigue_rules() if rules is None else rules
    mine = [rule for rule in all_of if rule.says["place"] in reaches and rule.in_force(day)]
    said: dict[str, float] = {}
    sources: dict[str, str] = {}
    for rule in sorted(mine, key=lambda rule: (TIERS.index(rule.tier), rule.says["place"] != "US", rule.start)):
        for name in ("on_duty_under_h", "rest_h", "week_h"):
            if name in rule.says:
                said[name], sources[name] = rule.says[name], rule.source
    return Limits(**said, sources=sources)


def tired(duties: Sequence[Duty], limits: Limits, zone: ZoneInfo) -> list[Fault]:
    """Return where people are on duty too long, rest too little, or work too long a week, whatever the units.

    Duties that touch are one. A person's week is any seven days; it is looked at from the start of each duty.
    """
    of_person: defaultdict[str, list[Duty]] = defaultdict(list)
    for one in duties:
        of_person[one.person].append(one)
    found = []
    for person, own in sorted(of_person.items()):
        stretches = merged((one.start, one.end) for one in own)
        for before, (start, end) in zip([None, *stretches], stretches, strict=False):
            at = Duty(person=person, unit="", seat="", start=start, end=end)
            took_h = _hours(end - start)
            if limits.on_duty_under_h is not None and took_h >= limits.on_duty_under_h:
                what = f"{person} is on duty for {took_h:g} h on end; it must be under {limits.on_duty_under_h:g} h"
                found.append(_fault("long_duty", what, start, end, zone, at, limits.source("on_duty_under_h")))
            rest_h = _hours(start - before[1]) if before else None
            if limits.rest_h is not None and rest_h is not None and rest_h < limits.rest_h:
                what = f"{person} rests {rest_h:g} h before it; it must be {limits.rest_h:g} h"
                found.append(_fault("short_rest", what, start, end, zone, at, limits.source("rest_h")))
            ahead = [(begin, min(to, start + WEEK)) for begin, to in stretches if start <= begin < start + WEEK]
            week_h = sum(_hours(to - begin) for begin, to in ahead)
            if limits.week_h is not None and week_h > limits.week_h:
                what = f"{person} is on duty for {week_h:g} h in seven days; at most {limits.week_h:g} h"
                found.append(_fault("long_week", what, start, start + WEEK, zone, at, limits.source("week_h")))
    return found


def _hours(length: timedelta) -> float:
    return length / timedelta(hours=1)


def _fault(kind: str, what: str, start: datetime, end: datetime, zone: ZoneInfo, duty: Duty, source: str = "") -> Fault:  # noqa: PLR0917
    """Return a fault, with its hours in words on the local clock."""
    begin, to = start.astimezone(zone), end.astimezone(zone)
    until = f"{to:%H:%M}" if to.date() == begin.date() else f"{to:%-d %b %H:%M}"
    return Fault(
        kind=kind,
        what=f"{what} ({begin:%a %-d %b %H:%M} to {until}).",
        start=start,
        end=end,
        person=duty.person,
        unit=duty.unit,
        seat=duty.seat,
        source=source,
    )


def _shift(item: str, where: str) -> Shift:
    """Return one shift, such as "Mon-Fri 07:00-19:00"."""
    try:
        days, hours = item.split()
        start, to = hours.split("-")
        return Shift(_days(days), _clock(start), _clock(to))
    except ValueError:
        raise BadInput(code="shift", what=f'"{item}" is not a shift.', do=_HINT, where=where) from None


def _days(text: str) -> frozenset[int]:
    """Return the days of "Mon-Fri" or "Fri,Sat"; "Fri-Mon" goes over the week's end."""
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        begin = DAYS.index(first)
        count = (DAYS.index(last or first) - begin) % 7 + 1
        found |= {(begin + k) % 7 for k in range(count)}
    return frozenset(found)


def _clock(text: str) -> time:
    """Return a time of day; 24:00 is midnight."""
    return time() if text == "24:00" else datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 -- A wall clock.

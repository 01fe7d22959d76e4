"""Crews: the care levels aboard, and the hours a unit is staffed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from goldenhour.errors import BadInput

LEVELS = ("emr", "emt", "aemt", "paramedic")  # Rising: each may do what the ones before it may.
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HINT = 'Write days and hours such as "Mon-Fri 07:00-19:00", joined by ";". Nothing means always on duty.'


def level_at_least(level: str, needed: str) -> bool:
    """Return whether a care level is the needed one or above.

    >>> level_at_least("paramedic", "emt"), level_at_least("emr", "emt")
    (True, False)
    """
    return LEVELS.index(level) >= LEVELS.index(needed)


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours on some days of the week, on the local clock. `to` at or before `start` is on the next day."""

    days: frozenset[int]  # 0 is Monday.
    start: time
    to: time

    def on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
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

    def spans(self, start: datetime, end: datetime, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
        """Return the spans (UTC, rising, merged where they touch) on duty between two moments."""
        if not self.shifts:
            return [(start.astimezone(UTC), end.astimezone(UTC))]
        merged: list[tuple[datetime, datetime]] = []
        for begin, to in sorted(self._around(start, end, zone)):
            begin, to = max(begin, start), min(to, end)  # noqa: PLW2901 -- Cut to the asked time.
            if begin >= to:
                continue
            if merged and begin <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], to))
            else:
                merged.append((begin, to))
        return merged

    def next_change(self, at: datetime, zone: ZoneInfo) -> datetime | None:
        """Return when the unit next comes on or goes off duty, None when never within two weeks."""
        later = at + timedelta(days=14)
        edges = {edge for span in self.spans(at, later, zone) for edge in span}
        return min((edge for edge in edges if at < edge < later), default=None)

    def _around(self, start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
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

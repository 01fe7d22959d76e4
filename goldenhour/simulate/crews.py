"""Who is aboard in a simulation: units' care levels over its time, and what they may do there by the rules of each day.

Crews come from units.csv, or from a staffing file (CSV) laid over it, a line for each crew of a unit:

    unit      the unit's id, such as ems/M12
    levels    care level of each member, joined by ";", such as paramedic;emt
    hours     when this crew is aboard, such as Mon-Fri 07:00-19:00; nothing: always
    from, to  first day, and the day it no longer holds; nothing: without end
    crew      how many are aboard; nothing: as units.csv says, or as many as there are levels
    duty      the unit's hours of duty in place of those of units.csv

Of a unit's lines the last one that holds counts; where none does, units.csv. A crew that is on a call ends it before
the next one counts for what it can do; dispatch counts the next one from its first moment.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from goldenhour.dispatch.units import Crewed
from goldenhour.errors import BadInput
from goldenhour.fleet.crews import vehicle_of
from goldenhour.fleet.units import Unit
from goldenhour.roads.build.tables import Table, read_table
from goldenhour.roads.draft import Input
from goldenhour.simulate.clock import Clock
from goldenhour.workforce.books import Books
from goldenhour.workforce.capability import asserted
from goldenhour.workforce.credentials import state_of
from goldenhour.workforce.crews import LEVELS, legal_crew_changes
from goldenhour.workforce.levels import level_named
from goldenhour.workforce.rulings import by_the_books, changes_of
from goldenhour.workforce.shifts import ALWAYS, Shifts

_OPTIONAL = frozenset({"hours", "from", "to", "crew", "duty"})
_MOST_ABOARD = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What a unit's crew counts for, from one moment of the simulation to the next."""

    from_us: int
    crewed: Crewed


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One crew of one unit."""

    levels: tuple[str, ...]
    hours: Shifts = ALWAYS
    start: date | None = None
    end: date | None = None
    crew: int | None = None

    def spans(self, begin: datetime, end: datetime, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
        """Return when it is aboard between two moments, in UTC, rising."""
        first = max([begin, *([_midnight(self.start, zone)] if self.start else [])])
        last = min([end, *([_midnight(self.end, zone)] if self.end else [])])
        return self.hours.spans(first, last, zone) if first < last else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """A staffing file, read."""

    lines: Mapping[str, tuple[Line, ...]]  # By unit.
    duty: Mapping[str, Shifts]  # Of those units whose hours it changes.
    source: Input


def read_staffing(path: Path, units: Sequence[str]) -> Staffing:
    """Return a staffing file.

    Args:
        path: of the CSV file, see above.
        units: the ids that there are.

    Raises:
        NotFound: no such file.
        BadInput: a column is missing, or a value is wrong; it says on which line.
    """
    table = read_table(path, ("unit", "levels"))
    strange = set(table.columns) - _OPTIONAL - {"unit", "levels"}
    if strange:
        raise BadInput(
            code="staffing",
            what=f"The header names {', '.join(sorted(strange))}.",
            do=f"Columns: unit, levels and, if need be, {', '.join(sorted(_OPTIONAL))}.",
            where=f"{path.name}, line 1",
        )
    table.refuse_empty()
    lines: dict[str, tuple[Line, ...]] = {}
    duty: dict[str, Shifts] = {}
    for row, unit in enumerate(table.text("unit")):
        if unit not in units:
            table.refuse(row, f"There is no unit {unit!r}.", "Use the ids of units.csv.")
        lines[unit] = (*lines.get(unit, ()), _line(table, row))
        hours = _cell(table, "duty", row)
        if hours:
            duty[unit] = Shifts.parse(hours, where=table.where(row))
    return Staffing(lines=lines, duty=duty, source=table.source)


def _line(table: Table, row: int) -> Line:
    """Return one line of a staffing file."""
    start, end = _day(table, "from", row), _day(table, "to", row)
    if start and end and end <= start:
        table.refuse(row, f"It ends {end}, not after it starts {start}.", "`to` is the first day it no longer holds.")
    levels = tuple(_level(table, row, one.strip()) for one in _cell(table, "levels", row).split(";") if one.strip())
    crew = _cell(table, "crew", row)
    if crew and (not crew.isdecimal() or not len(levels) <= int(crew) <= _MOST_ABOARD):
        table.refuse(row, f"crew is {crew!r}.", f"Give how many are aboard, {len(levels)} to {_MOST_ABOARD}.")
    return Line(
        levels=levels,
        hours=Shifts.parse(_cell(table, "hours", row), where=table.where(row)),
        start=start,
        end=end,
        crew=int(crew) if crew else None,
    )


def _cell(table: Table, column: str, row: int) -> str:
    """Return a value, "" where the column is left out."""
    return table.columns[column][row].strip() if column in table.columns else ""


def _day(table: Table, column: str, row: int) -> date | None:
    """Return a day, None for none."""
    text = _cell(table, column, row)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        table.refuse(row, f"{column} is {text!r}, not a day.", "Write it such as 2026-01-31.")


def _level(table: Table, row: int, text: str) -> str:
    """Return what a level counts as in dispatch."""
    try:
        counts = text if text in LEVELS else level_named(text).counts_as
    except BadInput as wrong:
        table.refuse(row, wrong.what, wrong.do)
    if not counts:
        table.refuse(row, f"{text} gives no care.", "Leave it out of levels, and count it in crew.")
    return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where and by which rules crews are counted."""

    jurisdiction: str
    zone: ZoneInfo
    books: Books | None = None  # None: those that ship.

    def edges(self, begin: datetime, end: datetime) -> list[datetime]:
        """Return the moments between two at which a rule of the place changes, rising."""
        days = {*changes_of(self.jurisdiction, self.books), *legal_crew_changes(state_of(self.jurisdiction))}
        found = (_midnight(day, self.zone) for day in days)
        return sorted(one for one in found if begin < one < end)


def watches(
    units: Sequence[Unit], staffing: Staffing | None, place: Place, clock: Clock, until_us: int
) -> tuple[tuple[Watch, ...], ...]:
    """Return what each unit's crew counts for from moment to moment, the first from 0; (units,)."""
    begin, end = clock.at(0), clock.at(max(1, until_us))
    changes = [begin, *place.edges(begin, end)]
    rulings = partial(by_the_books, books=place.books)
    kept: dict[tuple[Unit, int], Crewed] = {}
    found = []
    for unit in units:
        lines = staffing.lines.get(unit.id, ()) if staffing else ()
        spans = [(line, line.spans(begin, end, place.zone)) for line in lines]
        moments = {*changes, *(edge for _, own in spans for span in own for edge in span if begin <= edge < end)}
        own_watches: list[Watch] = []
        for at in sorted(moments):
            now = _aboard(unit, spans, at)
            key = (now, bisect_right(changes, at) - 1)
            if key not in kept:
                counts = asserted(vehicle_of(now), place.jurisdiction, at, rulings=rulings)
                kept[key] = Crewed(unit=now, crew=replace(counts, since=None, until=None))
            if not own_watches or own_watches[-1].crewed != kept[key]:
                own_watches.append(Watch(from_us=clock.us(at), crewed=kept[key]))
        found.append(tuple(own_watches))
    return tuple(found)


def _aboard(unit: Unit, spans: Sequence[tuple[Line, list[tuple[datetime, datetime]]]], at: datetime) -> Unit:
    """Return a unit with the crew that is aboard at a moment."""
    for line, own in reversed(spans):
        after = bisect_right(own, at, key=lambda span: span[0])
        if after and at < own[after - 1][1]:
            return replace(unit, levels=line.levels, crew=line.crew or max(unit.crew, len(line.levels)))
    return unit


def watch_at(own: Sequence[Watch], at_us: int) -> Watch:
    """Return the one that holds at a time."""
    return own[max(0, bisect_right(own, at_us, key=lambda one: one.from_us) - 1)]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def day_of(clock: Clock, at_us: int, zone: ZoneInfo) -> date:
    """Return the local day at a time of the simulation."""
    return (clock.at(0) + timedelta(microseconds=at_us)).astimezone(zone).date()

"""Call lists: what is known of each call before anybody is sent, read from a file or generated.

Three layouts are read, told apart by their header; docs/reference/call_list.md describes them. A file that cannot be
read is refused with its line.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from goldenhour.errors import BadInput
from goldenhour.roads.build.tables import Table, read_table
from goldenhour.roads.draft import Input
from goldenhour.simulate.clock import DAY_US, FIRST_MONDAY, Clock

US = 1_000_000
_YEARS = range(1970, 2201)  # Later or earlier is a slip of the pen, and ids of events have no room for it.
_SPAN = timedelta(seconds=1e9)  # The same bound as received_s has.
_LONGEST_S = 1e6  # Of one step: more than eleven days is a slip of the pen.
_MOST_SLOTS = 64  # Units sent to one call; more is a slip of the pen.
_NAMED = {"high": 1, "med": 2, "medium": 2, "low": 3}  # JEMSS's priorities.
_SF_PRIORITY = {"E": 1, "3": 1, "2": 3}  # Code 3: lights and siren. E is the most urgent of the record's letters.
UNIT_TYPES_OF_SF = MappingProxyType(
    {
        "MEDIC": "ambulance",
        "PRIVATE": "ambulance",
        "ENGINE": "engine",
        "TRUCK": "truck",
        "RESCUE SQUAD": "rescue",
        "RESCUE CAPTAIN": "supervisor",
        "CHIEF": "supervisor",
    }
)  # DataSF's unit types; the rest is "support".
_GIVEN = {
    "call_processing": "call_processing_s",
    "scene": "scene_s",
    "handover": "handover_s",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallList:
    """Calls in the order in which they were received. Arrays are (calls,)."""

    clock: Clock
    number: tuple[str, ...]  # What people read out, or the index.
    received_us: NDArray[np.int64]  # rising
    priority: NDArray[np.int64]  # 1..4
    nature: NDArray[np.str_]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    node: NDArray[np.int64] | None = None  # Where they join the roads, when known.
    off_road_km: NDArray[np.float64] | None = None
    given: dict[str, NDArray[np.float64]] = field(default_factory=dict)  # Not drawn; seconds, transport 0 or 1.
    nothing_drawn: bool = False  # What is not given stays at its default, whatever the service's laws.
    slots: tuple[tuple[str, ...], ...] | None = None  # What is sent, when the list says so.
    source: Input | None = None
    line: NDArray[np.int64] | None = None  # Of the file.

    def __len__(self) -> int:
        """Return the number of calls."""
        return len(self.received_us)

    def where(self, call: int) -> str:
        """Return the file and line of a call, in words; "" of a generated one."""
        if self.source is None or self.line is None:
            return ""
        return f"{self.source.name}, line {self.line[call]}"


def read_calls(path: Path, time_zone: str) -> CallList:
    """Return the calls of a file.

    Args:
        path: a CSV file in one of the layouts of docs/reference/call_list.md.
        time_zone: of local times in it.

    Raises:
        NotFound: no such file.
        BadInput: the layout is not known, or a value is wrong; it says on which line.
    """
    table = read_table(path, ())
    for columns, read in _LAYOUTS:
        if columns <= set(table.columns):
            if not len(table):
                raise BadInput(code="no_calls", what="There is no call.", do="Check the file.", where=path.name)
            return read(table, time_zone)
    raise BadInput(
        code="unknown_layout",
        what=f"The header names {', '.join(table.columns)}.",
        do="A call list has received_s or received, lon, lat and priority; see docs/reference/call_list.md.",
        where=f"{path.name}, line 1",
    )


def _own(table: Table, time_zone: str) -> CallList:
    """Read our own layout: times in seconds from the start, or local ones."""
    if "received_s" in table.columns:
        wall, received_us = FIRST_MONDAY, table.microseconds("received_s")
    else:
        walls = [_wall(table, row, "received") for row in range(len(table))]
        wall = _first_day(table, walls, range(len(table)))
        received_us = np.array([(one - wall) // (datetime.resolution) for one in walls], np.int64)
    rows = len(table)
    given = {name: table.numbers(column, 0.0, _LONGEST_S) for name, column in _GIVEN.items() if column in table.columns}
    if "transport" in table.columns:
        given["transport"] = table.flags("transport").astype(np.float64)
    slots = None
    if "slots" in table.columns:
        slots = tuple(tuple(part.strip() for part in text.split(";") if part.strip()) for text in table.text("slots"))
        if () in slots:
            table.refuse(slots.index(()), "slots is empty.", 'Name who is sent, such as "ambulance;engine".')
        for row, sent in enumerate(slots):
            if len(sent) > _MOST_SLOTS:
                table.refuse(row, f"slots names {len(sent)} units.", f"Name at most {_MOST_SLOTS} for one call.")
    return _in_order(
        table,
        Clock.from_wall(wall, time_zone),
        number=_numbers(table, "call_number"),
        received_us=received_us,
        priority=_priority(table, "priority"),
        nature=np.array(table.text("nature") if "nature" in table.columns else [""] * rows, np.str_),
        place=table.positions(),
        given=given,
        slots=slots,
    )


def _jemss(table: Table, time_zone: str) -> CallList:
    """Read the layout of JEMSS calls with every time given."""
    rows = len(table)
    return _in_order(
        table,
        Clock.from_wall(FIRST_MONDAY, time_zone),
        number=_numbers(table, "index"),
        received_us=table.microseconds("arrival_s"),
        priority=_priority(table, "priority"),
        nature=np.array([""] * rows, np.str_),
        place=table.positions("x", "y"),
        given={
            "call_processing": table.numbers("dispatch_delay_s", 0.0, _LONGEST_S),
            "scene": table.numbers("on_scene_s", 0.0, _LONGEST_S),
            "transport": table.flags("transport").astype(np.float64),
            "handover": table.numbers("handover_s", 0.0, _LONGEST_S),
        },
        slots=None,
        nothing_drawn=True,
    )


def _san_francisco(table: Table, time_zone: str) -> CallList:
    """Read the layout of DataSF's calls for service: one row a unit; a call is its first row by call number.

    The call needs the types of unit that were sent to it; of their own times nothing is kept.
    """
    first: dict[str, int] = {}
    for row, number in enumerate(table.text("call_number")):
        first.setdefault(number, row)
    rows = list(first.values())
    walls = [_wall(table, row, "received") for row in rows]
    wall = _first_day(table, walls, rows)
    lat, lon = table.numbers("lat", -90.0, 90.0), table.numbers("lon", -180.0, 180.0)
    spelled = table.text("priority")
    priority = np.array([_SF_PRIORITY.get(spelled[row], 2) for row in rows], np.int64)
    natures = table.text("call_type")
    return _in_order(
        table,
        Clock.from_wall(wall, time_zone),
        number=tuple(first),
        received_us=np.array([(one - wall) // datetime.resolution for one in walls], np.int64),
        priority=priority,
        nature=np.array([natures[row] for row in rows], np.str_),
        place=(lon[rows], lat[rows]),
        given={},
        slots=_needed(table, list(first)),
        rows=rows,
    )


def _needed(table: Table, numbers: list[str]) -> tuple[tuple[str, ...], ...]:
    """Return the unit types that were sent to each call, in the order of `numbers`."""
    sent: dict[str, list[str]] = {number: [] for number in numbers}
    for number, own in zip(table.text("call_number"), table.text("unit_type"), strict=True):
        sent[number].append(UNIT_TYPES_OF_SF.get(own, "support"))
    return tuple(tuple(sorted(sent[number])) for number in numbers)


def _in_order(
    table: Table,
    clock: Clock,
    *,
    number: tuple[str, ...],
    received_us: NDArray[np.int64],
    priority: NDArray[np.int64],
    nature: NDArray[np.str_],
    place: tuple[NDArray[np.float64], NDArray[np.float64]],
    given: dict[str, NDArray[np.float64]],
    slots: tuple[tuple[str, ...], ...] | None,
    nothing_drawn: bool = False,
    rows: Sequence[int] | None = None,
) -> CallList:
    """Return the calls sorted by the time they were received; of equals the earlier row first.

    `rows` are those that the calls were read from; None: one each.
    """
    line = np.array(table.lines, np.int64)[slice(None) if rows is None else list(rows)]
    order = np.argsort(received_us, kind="stable")
    return CallList(
        clock=clock,
        number=tuple(number[at] for at in order.tolist()),
        received_us=received_us[order],
        priority=priority[order],
        nature=nature[order],
        lon=place[0][order],
        lat=place[1][order],
        given={name: values[order] for name, values in given.items()},
        nothing_drawn=nothing_drawn,
        slots=tuple(slots[at] for at in order.tolist()) if slots else None,
        source=table.source,
        line=line[order],
    )


def _numbers(table: Table, column: str) -> tuple[str, ...]:
    """Return the calls' numbers, or their rows counted from 1."""
    if column in table.columns:
        return tuple(table.unique(column))
    return tuple(str(row) for row in range(1, len(table) + 1))


def _priority(table: Table, column: str) -> NDArray[np.int64]:
    """Return priorities 1 to 4, written so or as high, med, low."""
    found = []
    for row, text in enumerate(table.text(column)):
        value = _NAMED.get(text.lower(), int(text) if text in {"1", "2", "3", "4"} else 0)
        if not value:
            table.refuse(row, f"{column} is {text!r}.", "Write 1 (most urgent) to 4, or high, med, low.")
        found.append(value)
    return np.array(found, np.int64)


def _wall(table: Table, row: int, column: str) -> datetime:
    """Return a local time without a zone."""
    text = table.columns[column][row].strip()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        table.refuse(row, f"{column} is {text!r}, not a time.", "Write local time, such as 2017-01-03 14:05:09.")
    if found.tzinfo is not None:
        table.refuse(row, f"{column} is {text!r}, with a zone.", "Write local time of the region, without a zone.")
    if found.year not in _YEARS:
        table.refuse(row, f"{column} is {text!r}, not between 1970 and 2200.", "Correct the year.")
    return found


def _first_day(table: Table, walls: list[datetime], rows: Sequence[int]) -> datetime:
    """Return 00:00 of the first day of the local times of some rows."""
    latest = max(range(len(walls)), key=walls.__getitem__)
    if walls[latest] - min(walls) > _SPAN:
        what = f"The call of {walls[latest]} comes more than 30 years after that of {min(walls)}."
        table.refuse(rows[latest], what, "Correct the year of one of them, or give the calls in several lists.")
    return min(walls).replace(hour=0, minute=0, second=0, microsecond=0)


_LAYOUTS: tuple[tuple[frozenset[str], Callable[[Table, str], CallList]], ...] = (
    (
        frozenset({"arrival_s", "dispatch_delay_s", "on_scene_s", "transport", "handover_s", "x", "y", "priority"}),
        _jemss,
    ),
    (
        frozenset({"call_number", "unit_id", "unit_type", "received", "call_type", "priority", "lat", "lon"}),
        _san_francisco,
    ),
    (frozenset({"received_s", "lon", "lat", "priority"}), _own),
    (frozenset({"received", "lon", "lat", "priority"}), _own),
)


def days_of(calls: CallList) -> float:
    """Return how many days the list covers: from its clock's start to its last call, rounded up to whole days."""
    return float(max(1, math.ceil((int(calls.received_us[-1]) + 1) / DAY_US)))

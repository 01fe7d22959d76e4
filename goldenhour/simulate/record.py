"""A service's own record: what each unit did on each call, and when. Read to calibrate a region and to judge a run.

The layout is DataSF's Fire Department Calls for Service: one row a unit, local times, blank where a step was not taken.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenhour.errors import BadInput
from goldenhour.roads.build.tables import Table, read_table
from goldenhour.simulate.calls import UNIT_TYPES_OF_SF, CallList, read_calls
from goldenhour.simulate.clock import Clock

PRIVATE = "PRIVATE"  # The record's own type of ambulances that are not the fire department's.
LONGEST_S = 3 * 3600.0  # An interval above it, or a negative one, is a slip of the record and is left out.
# From, to: the columns between which each interval lies.
INTERVALS = MappingProxyType(
    {
        "call_processing": ("received", "dispatch"),
        "turnout": ("dispatch", "response"),
        "travel": ("response", "on_scene"),
        "response": ("received", "on_scene"),
        "scene": ("on_scene", "transport"),
        "transport": ("transport", "hospital"),
        "handover": ("hospital", "available"),
        "on_scene_stay": ("on_scene", "available"),
        "job": ("dispatch", "available"),
    }
)
STEPS = ("received", "dispatch", "response", "on_scene", "transport", "hospital", "available")
_NEEDED = ("dispatch", "response", "on_scene", "available")  # Nothing can be fitted without any.
COLUMNS = ("call_number", "unit_id", "unit_type", "als_unit", "station_area", "call_type", "priority", *STEPS)
_UNSTAMPED = 0.75  # Quantile of the way to the scene; busy for longer, it is taken to have arrived.
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Unit responses. Arrays are (rows,); `step` holds seconds from the clock's start, NaN where a step is missing."""

    calls: CallList
    call: NDArray[np.int64]  # Index into `calls`.
    unit: NDArray[np.str_]
    unit_type: NDArray[np.str_]
    own_type: NDArray[np.str_]  # As the record spells it.
    paramedic: NDArray[np.bool_]
    station_area: NDArray[np.str_]
    step: dict[str, NDArray[np.float64]]

    def __len__(self) -> int:
        """Return the number of unit responses."""
        return len(self.call)

    @property
    def priority(self) -> NDArray[np.int64]:
        """Return the priority of each row's call, (rows,)."""
        return self.calls.priority[self.call]

    @property
    def nature(self) -> NDArray[np.str_]:
        """Return the nature of each row's call, (rows,)."""
        return self.calls.nature[self.call]

    def interval_s(self, name: str) -> NDArray[np.float64]:
        """Return an interval of INTERVALS in seconds, (rows,); NaN where an end is missing or the record slipped."""
        start, end = INTERVALS[name]
        found = self.step[end] - self.step[start]
        good = (found >= 0) & (found <= LONGEST_S)
        return np.where(good, found, np.nan)

    @property
    def arrived(self) -> NDArray[np.bool_]:
        """Return whether a unit got to the scene, (rows,).

        One without that stamp, but busy for longer than three in four of its type and priority take to get there, is
        taken to have arrived: the button was not pressed.
        """
        stamped = np.isfinite(self.step["on_scene"])
        busy = self.interval_s("job")
        found = stamped.copy()
        for rows, there in self._alike(stamped):
            found[rows] |= busy[rows] > np.quantile(there, _UNSTAMPED)
        return found

    @property
    def way_done(self) -> NDArray[np.float64]:
        """Return for cancelled units the share of an ordinary way that was then gone, at most 1, (rows,)."""
        arrived = self.arrived
        busy = self.interval_s("job")
        found = np.full(len(self), np.nan)
        for rows, there in self._alike(np.isfinite(self.step["on_scene"])):
            found[rows] = np.minimum(1.0, busy[rows] / max(1.0, float(np.median(there))))
        return np.where(arrived, np.nan, found)

    def _alike(self, stamped: NDArray[np.bool_]) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.float64]]]:
        """Yield the rows of each type and priority, and the times from dispatch to the scene of the stamped ones."""
        to_scene = self.step["on_scene"] - self.step["dispatch"]
        for unit_type in np.unique(self.unit_type).tolist():
            for priority in np.unique(self.priority).tolist():
                rows = (self.unit_type == unit_type) & (self.priority == priority)
                there = to_scene[rows & stamped & (to_scene >= 0)]
                if len(there):
                    yield rows, there

    def weekday(self, days: frozenset[date]) -> NDArray[np.int64]:
        """Return the weekday on which each row's call was received, 0 is Monday; -1 on the given days, (rows,)."""
        start = self.calls.clock.start
        day = ((self.step["received"] + start.hour * 3600.0) // 86_400.0).astype(np.int64)
        of_day = np.array(
            [
                -1 if (start.date() + timedelta(days=one)) in days else (start.weekday() + one) % 7
                for one in range(int(day.max()) + 1)
            ],
            np.int64,
        )
        return of_day[day]

    def where(self, rows: NDArray[np.bool_]) -> "Record":
        """Return some rows only; the calls stay."""
        arrays = ("call", "unit", "unit_type", "own_type", "paramedic", "station_area")
        picked: dict[str, Any] = {name: getattr(self, name)[rows] for name in arrays}
        return replace(self, **picked, step={name: values[rows] for name, values in self.step.items()})


def read_record(path: Path, time_zone: str) -> Record:
    """Return the record in a file.

    Raises:
        NotFound: no such file.
        BadInput: a column is missing or a value is wrong; it says on which line.
    """
    table = read_table(path, COLUMNS)
    if not len(table):
        raise BadInput(code="no_calls", what="There is no call.", do="Check the file.", where=path.name)
    units = table.text("unit_id")
    if "" in units:
        table.refuse(units.index(""), "unit_id is empty.", "Say which unit it was, or remove the row.")
    blank = [name for name in _NEEDED if not any(table.text(name))]
    if blank:
        what = f"No row has a time in {', '.join(blank)}."
        raise BadInput(code="no_times", what=what, do="Check that the record is whole.", where=path.name)
    calls = read_calls(path, time_zone)
    index = {number: at for at, number in enumerate(calls.number)}
    start = calls.clock.start.replace(tzinfo=None)
    own = table.text("unit_type")
    return Record(
        calls=calls,
        call=np.array([index[number] for number in table.text("call_number")], np.int64),
        unit=np.array(units, np.str_),
        unit_type=np.array([UNIT_TYPES_OF_SF.get(name, "support") for name in own], np.str_),
        own_type=np.array(own, np.str_),
        paramedic=np.array([text.lower() == "true" for text in table.text("als_unit")], np.bool_),
        station_area=np.array([_plain(text) for text in table.text("station_area")], np.str_),
        step={name: _seconds(table, name, start) for name in STEPS},
    )


def between(record: Record, since: datetime | None, until: datetime | None) -> Record:
    """Return the part of a record whose calls were received from one local moment on and before another.

    The clock then starts at midnight of the first day that is left.

    Raises:
        BadInput: no call is left.
    """
    calls = record.calls
    start = calls.clock.start.replace(tzinfo=None)
    first = max(0.0, (since - start).total_seconds()) if since else 0.0
    last = (until - start).total_seconds() if until else np.inf
    received_s = calls.received_us / 1e6
    kept = (received_s >= first) & (received_s < last)
    if not kept.any():
        what = f"No call was received between {since or 'the beginning'} and {until or 'the end'}."
        raise BadInput(
            code="no_calls", what=what, do=f"The record begins on {start:%Y-%m-%d}.", where="--from, --until"
        )
    days = int(received_s[kept].min() // 86_400.0)
    shift_s = days * 86_400.0
    new = np.cumsum(kept) - 1
    rows = kept[record.call]
    some = record.where(rows)
    slots = tuple(one for one, keep in zip(calls.slots, kept.tolist(), strict=True) if keep) if calls.slots else None
    zone = calls.clock.start.tzinfo
    return replace(
        some,
        calls=replace(
            calls,
            clock=Clock((start + timedelta(days=days)).replace(tzinfo=zone)),
            number=tuple(one for one, keep in zip(calls.number, kept.tolist(), strict=True) if keep),
            received_us=calls.received_us[kept] - round(shift_s * 1e6),
            priority=calls.priority[kept],
            nature=calls.nature[kept],
            lon=calls.lon[kept],
            lat=calls.lat[kept],
            slots=slots,
        ),
        call=new[some.call],
        step={name: values - shift_s for name, values in some.step.items()},
    )


def _plain(text: str) -> str:
    """Return a station's number without zeros in front."""
    return text.lstrip("0") or text


def _seconds(table: Table, column: str, start: datetime) -> NDArray[np.float64]:
    """Return a column of local times as seconds from the start, NaN where it is blank."""
    found = np.full(len(table), np.nan)
    for row, text in enumerate(table.text(column)):
        if not text:
            continue
        try:
            found[row] = (datetime.fromisoformat(text) - start).total_seconds()
        except (ValueError, TypeError):
            do = "Write local time without a zone, such as 2017-01-03 14:05:09, or nothing."
            table.refuse(row, f"{column} is {text!r}, not a time.", do)
    return found


def home_of(record: Record, unit: str, stations: frozenset[str]) -> str:
    """Return where a unit is posted: the station of its number, else the one in whose area it is most often sent.

    "" when neither is known.
    """
    number = _NUMBER.search(unit)
    if number and _plain(number[0]) in stations:
        return _plain(number[0])
    areas = record.station_area[record.unit == unit]
    names, counts = np.unique(areas[np.isin(areas, list(stations))], return_counts=True)
    return str(names[counts.argmax()]) if len(names) else ""

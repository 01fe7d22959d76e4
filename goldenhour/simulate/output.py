"""What a run leaves behind: the runs table that measure reads, the calls, and the events a live log would hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
import orjson
import polars as pl
from numpy.typing import NDArray

from goldenhour.calls.events import CallClosed, CallReceived
from goldenhour.dispatch.events import CallQueued, UnitAssigned, UnitCleared, UnitDiverted
from goldenhour.fleet import status_codes as codes
from goldenhour.fleet.events import TimeStamped, UnitOffDuty, UnitOnDuty, UnitRegistered
from goldenhour.fleet.status import Stamp
from goldenhour.hospitals.events import DestinationChosen, FacilityRegistered
from goldenhour.log.event import Event
from goldenhour.measure.intervals import runs_table
from goldenhour.simulate import kernels as k
from goldenhour.simulate.decisions import recommendations
from goldenhour.simulate.demand import Luck
from goldenhour.simulate.engine import Run, duty_changes
from goldenhour.simulate.needs import PLANS

US = 1e6
ACTOR = "simulator"
_STAMPS = (
    (Stamp.UNIT_NOTIFIED, k.NOTIFIED_AT),
    (Stamp.EN_ROUTE, k.EN_ROUTE_AT),
    (Stamp.ON_SCENE, k.ON_SCENE_AT),
    (Stamp.LEFT_SCENE, k.LEFT_SCENE_AT),
    (Stamp.AT_DESTINATION, k.AT_DESTINATION_AT),
)
_WHENCE = {
    codes.AVAILABLE: "soonest, from its station",
    codes.NOTIFIED: "soonest, taken before it had set off to another call",
    codes.EN_ROUTE: "soonest, taken on its way to another call",
    codes.RETURNING: "soonest, on its way home",
    codes.AT_SCENE: "free again, first call in the queue",
    codes.AT_HOSPITAL: "free again, first call in the queue",
}


def runs_of(run: Run, *, from_us: int = 0) -> pl.DataFrame:
    """Return the run as measure reads it, one row a unit on a call; calls received before `from_us` are left out.

    `run` numbers the rows, so that a unit sent twice to one call is two rows; times count from the list's first moment.
    """
    rows, calls = run.rows, run.calls
    rows = rows[calls.received_us[rows[:, k.CALL]] >= from_us]
    call, unit = rows[:, k.CALL], rows[:, k.UNIT]
    ids, types = np.array([one.id for one in run.model.units]), np.array([one.type for one in run.model.units])
    cancelled, diverted = rows[:, k.OUTCOME] == k.CANCELLED, rows[:, k.OUTCOME] == k.DIVERTED
    stamps = {stamp: rows[:, column] for stamp, column in _STAMPS}
    stamps[Stamp.PSAP_CALL] = calls.received_us[call]
    stamps[Stamp.CANCELLED] = np.where(cancelled | diverted, rows[:, k.BACK_AT], -1)
    stamps[Stamp.BACK_IN_SERVICE] = np.where(diverted, -1, rows[:, k.BACK_AT])
    return runs_table(
        call_id=np.array(calls.number)[call],
        unit=ids[unit],
        unit_type=types[unit],
        priority=calls.priority[call],
        stamps=stamps,
        nature=calls.nature[call].astype(str),
        lon=calls.lon[call],
        lat=calls.lat[call],
        hour=np.floor(calls.clock.hour_of_week(calls.received_us[call])).astype(np.int64) % 24,
    )


def calls_table(run: Run) -> pl.DataFrame:
    """Return one row a call, in order of receipt: who came, and the times of the first to arrive at each step.

    Seconds count from the start of the list; empty where a step was not reached.
    """
    calls, rows, n = run.calls, run.rows, len(run.calls)
    stay = rows[rows[:, k.OUTCOME] == k.COMPLETED]
    units = [""] * n
    for at in np.lexsort((stay[:, k.NOTIFIED_AT], stay[:, k.CALL])):
        call, name = int(stay[at, k.CALL]), run.model.units[stay[at, k.UNIT]].id
        units[call] = f"{units[call]};{name}" if units[call] else name
    table: dict[str, Any] = {
        "index": np.arange(1, n + 1),
        "call_number": calls.number,
        "priority": calls.priority,
        "nature": calls.nature.astype(str),
        "lon": calls.lon,
        "lat": calls.lat,
        "units": units,
        "received_s": calls.received_us / US,
    }
    for stamp, column in _STAMPS:
        table[f"{stamp.value}_s"] = _first(rows, column, n)
    table["back_in_service_s"] = _first(stay, k.BACK_AT, n, last=True)
    table["response_s"] = np.where(run.response_us >= 0, run.response_us / US, np.nan)
    found = pl.DataFrame(table).with_columns(pl.col(pl.Float64).fill_nan(None))
    seconds = [name for name in found.columns if name.endswith("_s")]
    return found.with_columns(pl.col(seconds).round(6))


def _first(rows: NDArray[np.int64], column: int, calls: int, *, last: bool = False) -> NDArray[np.float64]:
    """Return the first (or last) time of a step on each call in seconds, (calls,), NaN where there is none."""
    there = rows[rows[:, column] >= 0]
    found = np.full(calls, -np.inf if last else np.inf)
    (np.maximum if last else np.minimum).at(found, there[:, k.CALL], there[:, column] / US)
    found[~np.isfinite(found)] = np.nan
    return found


@dataclass(frozen=True, slots=True)
class _Fact:
    """An event with its place in time. Of one instant, the lower rank comes first."""

    at_us: int
    rank: int
    stream: str
    event: Event


def events_table(run: Run, luck: Luck) -> pl.DataFrame:
    """Return the events of a run in the form of a log's export: one row an event, ids from the seed, no chain."""
    facts = sorted(_facts(run), key=lambda fact: (fact.at_us, fact.rank))
    rng = luck.stream("event ids")
    chance = rng.integers(0, 1 << 62, (len(facts), 2), dtype=np.int64)
    clock, agencies = run.calls.clock, {one.id: one.id.partition("/")[0] for one in run.model.units}
    start_ms = round(clock.at(0).timestamp() * 1000)
    rows = [
        (
            position,
            _uuid7(start_ms + fact.at_us // 1000, int(a), int(b)),
            fact.stream,
            fact.event.NAME,
            fact.event.VERSION,
            start_ms * 1000 + fact.at_us,
            ACTOR,
            agencies.get(getattr(fact.event, "unit", ""), ""),
            orjson.dumps(fact.event, option=orjson.OPT_SORT_KEYS).decode(),
        )
        for position, (fact, (a, b)) in enumerate(zip(facts, chance, strict=True), start=1)
    ]
    names = ["position", "id", "stream", "name", "version", "at", "actor", "agency", "payload"]
    types = [pl.Int64, pl.String, pl.String, pl.String, pl.Int32, pl.Int64, pl.String, pl.String, pl.String]
    table = pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")
    return table.with_columns(pl.from_epoch("at", time_unit="us").dt.replace_time_zone("UTC"))


def _uuid7(ms: int, a: int, b: int) -> str:
    """Return a UUID of version 7 from its time and two random numbers."""
    return str(UUID(int=(ms << 80) | (7 << 76) | ((a & 0xFFF) << 64) | (2 << 62) | b))


def _facts(run: Run) -> Iterator[_Fact]:
    """Yield every fact of a run, in no order."""
    yield from _setting(run)
    calls = run.calls
    for at, number in enumerate(calls.number):
        call = CallReceived(
            call_id=number, lon=float(calls.lon[at]), lat=float(calls.lat[at]), nature=str(calls.nature[at]),
            priority=int(calls.priority[at]), patients=1,
        )  # fmt: skip
        yield _Fact(int(calls.received_us[at]), 1, f"call/{number}", call)
    names = run.needs.names
    for row in run.rows.tolist():
        yield from _assignment(run, names, row)
    yield from _waits(run, names) if run.needs.source == PLANS else _queued(run, names)
    yield from _closed(run)
    yield from _recommended(run)


def _setting(run: Run) -> Iterator[_Fact]:
    """Yield who is there at the start, and the changes of duty."""
    for row in run.model.region.table("hospitals"):
        door = FacilityRegistered(
            facility=row["id"], name=row["name"], kind=row["kind"], lon=float(row["lon"]), lat=float(row["lat"]),
            capabilities=tuple(filter(None, row["capabilities"].split(";"))),
        )  # fmt: skip
        yield _Fact(0, -3, f"facility/{row['id']}", door)
    changes, on_duty = duty_changes(run.model, run.calls.clock, run.end_us)
    for at, row in enumerate(run.model.region.table("units")):
        unit, stream = row["id"], f"unit/{row['id']}"
        registered = UnitRegistered(
            unit=unit, call_sign=row["call_sign"], agency=row["agency"], type=row["type"], station=row["station"],
            crew=int(row["crew"] or 0), levels=tuple(filter(None, row["levels"].split(";"))),
            skills=tuple(filter(None, row["skills"].split(";"))), can_transport=row["can_transport"] == "1",
            turnout_s=float(row["turnout_s"] or 0),
        )  # fmt: skip
        yield _Fact(0, -2, stream, registered)
        if on_duty[at]:
            yield _Fact(0, -1, stream, UnitOnDuty(unit=unit, station=row["station"]))
    for at_us, unit_index, on in changes:
        post = run.model.units[unit_index]
        stream = f"unit/{post.id}"
        if on:
            yield _Fact(at_us, 0, stream, UnitOnDuty(unit=post.id, station=post.station))
            continue
        mine = run.rows[(run.rows[:, k.UNIT] == unit_index) & (run.rows[:, k.NOTIFIED_AT] < at_us)]
        last_us = int(mine[:, k.BACK_AT].max(initial=0))  # It finishes its job first.
        yield _Fact(max(at_us, last_us), 11, stream, UnitOffDuty(unit=post.id, reason="end of shift"))


def _assignment(run: Run, names: tuple[tuple[str, ...], ...], row: list[int]) -> Iterator[_Fact]:
    """Yield what one unit did on one call."""
    calls, call_id, unit = run.calls, run.calls.number[row[k.CALL]], run.model.units[row[k.UNIT]].id
    stream, notified_us = f"call/{call_id}", row[k.NOTIFIED_AT]
    assigned = UnitAssigned(
        call_id=call_id,
        unit=unit,
        slot=names[run.needs.plan[row[k.CALL]]][row[k.SLOT]],
        expected_arrival_s=(row[k.EXPECTED] - notified_us) / US,
        reason=_WHENCE[row[k.FROM_STATUS]],
        override=False,
    )
    yield _Fact(notified_us, 6, stream, assigned)
    steps = [(stamp, row[column]) for stamp, column in _STAMPS]
    if row[k.OUTCOME] == k.DIVERTED:
        to = calls.number[row[k.TO_CALL]]
        yield _Fact(
            row[k.BACK_AT], 5, stream,
            UnitDiverted(unit=unit, from_call_id=call_id, to_call_id=to, reason="a more urgent call"),
        )  # fmt: skip
    elif row[k.OUTCOME] == k.CANCELLED:
        steps.append((Stamp.CANCELLED, row[k.BACK_AT]))
        cleared = UnitCleared(call_id=call_id, unit=unit, reason="cancelled on the way")
        yield _Fact(row[k.BACK_AT], 9, stream, cleared)
    if row[k.OUTCOME] != k.DIVERTED:
        steps.append((Stamp.BACK_IN_SERVICE, row[k.BACK_AT]))
    for order, (stamp, at_us) in enumerate(steps):
        if at_us >= 0:
            rank = 7 if stamp in {Stamp.UNIT_NOTIFIED, Stamp.EN_ROUTE} else 2
            fact = TimeStamped(unit=unit, call_id=call_id, stamp=stamp.value, flags=())
            yield _Fact(at_us, rank + (order > 0), stream, fact)
    if row[k.HOME_AT] >= 0:
        home = TimeStamped(unit=unit, call_id="", stamp=Stamp.AT_HOME.value, flags=())
        yield _Fact(row[k.HOME_AT], 2, f"unit/{unit}", home)
    if row[k.HOSPITAL] >= 0:
        door = run.model.doors[row[k.HOSPITAL]].id
        chosen = DestinationChosen(call_id=call_id, unit=unit, facility=door, reason="drawn by rank", passed_over=())
        yield _Fact(row[k.LEFT_SCENE_AT], 2, stream, chosen)


def _recommended(run: Run) -> Iterator[_Fact]:
    """Yield what the decision was and why, each time it was asked; only of a run that kept its decisions."""
    for asked in recommendations(run):
        stream = f"call/{asked.told.call_id}"
        yield _Fact(asked.at_us, 4, stream, asked.told.as_event())


def _waits(run: Run, names: tuple[tuple[str, ...], ...]) -> Iterator[_Fact]:
    """Yield when calls answered by response plans began to wait, and for which slots."""
    for at_us, call, slots in run.began.tolist():
        number = run.calls.number[call]
        waiting = tuple(name for slot, name in enumerate(names[run.needs.plan[call]]) if slots >> slot & 1)
        yield _Fact(at_us, 6, f"call/{number}", CallQueued(call_id=number, slots=waiting))


def _queued(run: Run, names: tuple[tuple[str, ...], ...]) -> Iterator[_Fact]:
    """Yield when calls began to wait: slots that were decided on, at first or after losing their unit, in vain."""
    sent = run.rows[np.lexsort((run.rows[:, k.NOTIFIED_AT], run.rows[:, k.SLOT], run.rows[:, k.CALL]))]
    waits: dict[tuple[int, int], list[str]] = {}
    at = 0
    for call, plan in enumerate(run.needs.plan.tolist()):
        for slot, name in enumerate(names[plan]):
            decided_us: int | None = int(run.ready_us[call])
            while at < len(sent) and sent[at, k.CALL] == call and sent[at, k.SLOT] == slot:
                if decided_us is not None and sent[at, k.NOTIFIED_AT] > decided_us:
                    waits.setdefault((decided_us, call), []).append(name)
                decided_us = int(sent[at, k.BACK_AT]) if sent[at, k.OUTCOME] == k.DIVERTED else None
                at += 1
            if decided_us is not None:
                waits.setdefault((decided_us, call), []).append(name)
    for (at_us, call), slots in waits.items():
        number = run.calls.number[call]
        yield _Fact(at_us, 6, f"call/{number}", CallQueued(call_id=number, slots=tuple(slots)))


def _closed(run: Run) -> Iterator[_Fact]:
    """Yield the end of each call: when its last unit is free."""
    rows = run.rows[run.rows[:, k.OUTCOME] != k.DIVERTED]
    last, taken, met = (np.full(len(run.calls), -1) for _ in range(3))
    np.maximum.at(last, rows[:, k.CALL], rows[:, k.BACK_AT])
    np.maximum.at(taken, rows[:, k.CALL], rows[:, k.HOSPITAL])
    np.maximum.at(met, rows[:, k.CALL], rows[:, k.ON_SCENE_AT])
    for call in np.flatnonzero(last >= 0).tolist():
        outcome = "transported" if taken[call] >= 0 else "treated_in_place" if met[call] >= 0 else "cancelled"
        number = run.calls.number[call]
        yield _Fact(int(last[call]), 10, f"call/{number}", CallClosed(call_id=number, outcome=outcome))

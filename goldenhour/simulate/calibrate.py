"""Calibration: a region whose speeds, units, shifts and laws are those that a record of calls shows.

What the record times is fitted directly (processing, turnout, scene, handover, who is sent, who is on duty). What it
does not show, where a unit was when it was sent, is fitted by simulating the record's own calls: the travel factor of
each unit type and priority is moved until simulated and recorded drives agree in median and 90th percentile. No call's
own times are kept: only laws.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenhour.errors import BadInput
from goldenhour.roads.draft import Demand, Draft, Metric
from goldenhour.roads.region import Region, draft_of, write
from goldenhour.simulate import fits, roster, service, speeds
from goldenhour.simulate import kernels as k
from goldenhour.simulate.calls import days_of
from goldenhour.simulate.demand import Luck, group_types
from goldenhour.simulate.engine import Model, load_model, simulate
from goldenhour.simulate.holidays import holidays
from goldenhour.simulate.record import PRIVATE, Record, home_of

AMBULANCE, ENGINE = "ambulance", "engine"
ROUNDS = 8  # Of simulating and moving the travel factors.
RUNS = 4  # Replications a round.
SEED = 2017
LEAST_CALLS = 200
RESERVE = 10  # Ambulances beyond the roster that come when all others are busy, as far as the record knows so many.
EXTRA_SIGMA = 0.5  # Spread of the part of a drive that does not grow with distance (assumed).
# Which hospital an ambulance drives to is not in the record: shares of the nearest, the second nearest, ... (assumed;
# recorded drives to hospital hardly depend on how near the nearest one is).
DESTINATIONS = (0.34, 0.2, 0.14, 0.1, 0.08, 0.06, 0.05, 0.03)
PEAK: dict[str, Any] = {"hours": [7, 19], "days": "Mon-Fri"}  # When drives take longest; holidays are left out.
_PEAK_DAYS = 5
_ORDINARY = 0.25  # Share of the record at other times on ordinary days, from which holidays are left out.
_P50, _P90 = 0.5, 0.9
_Z90 = 1.2816  # Standard normal, 90th percentile.
_MANY = 100
_CREWS = {
    "ambulance": ("2", 1),
    "engine": ("4", 0),
    "truck": ("5", 0),
    "rescue": ("4", 0),
    "supervisor": ("1", 0),
    "support": ("2", 0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """The travel factor of a unit type and priority: lognormal."""

    unit_type: str
    priority: int | None  # None: any.
    peak: bool  # Of PEAK_HOURS on PEAK_DAYS; else of all other times.
    median: float
    sigma: float

    def row(self) -> dict[str, Any]:
        """Return it as a row of service.toml."""
        row: dict[str, Any] = {"quantity": "travel_factor", "unit_type": self.unit_type}
        if self.priority is not None:
            row["priority"] = self.priority
        if self.peak:
            row |= PEAK
        return row | {"law": "lognormal", "median": round(self.median, 4), "sigma": round(self.sigma, 4)}


def calibrate(region: Region, record: Record, progress: Callable[[float], None] | None = None) -> Draft:
    """Return the region with speeds, units, shifts, demand and laws fitted to a record.

    Args:
        region: as built, or calibrated before; fitted anew in both cases.
        record: unit responses in this region.
        progress: told the share of the work done.

    Raises:
        BadInput: the record is too short to fit, or holds no ambulance, or its calls lie elsewhere.
    """
    if len(record.calls) < LEAST_CALLS or not (record.unit_type == AMBULANCE).any():
        raise BadInput(
            code="too_few_calls",
            what=f"The record holds {len(record.calls):,} calls and "
            f"{int((record.unit_type == AMBULANCE).sum()):,} ambulance responses.",
            do=f"Calibrate on at least {LEAST_CALLS} calls with ambulances; some days of a city.",
        )
    draft, extra_s, said = _with_speeds(region, record)
    draft = replace(draft, demand=_demand(record))
    with TemporaryDirectory() as folder:
        paced = write(draft, Path(folder) / "paced")
        draft = replace(draft, units=_units(paced, record))
        laws = _laws(paced, record, extra_s)
        trial = write(replace(draft, service=laws), Path(folder) / "trial")
        factors = _matched(load_model(trial), record, laws, progress)
    laws["draw"] += [factor.row() for factor in factors]
    service.parse(laws)
    kept = tuple(one for one in draft.warnings if "goldenhour calibrate" not in one and "Calibrated" not in one)
    return replace(draft, service=laws, warnings=(*kept, *said))


def _with_speeds(region: Region, record: Record) -> tuple[Draft, dict[int, float], list[str]]:
    """Return the draft with fitted arc times, the constant part of drives by priority, and a report."""
    draft = draft_of(region)
    modes = draft.mode_of_priority
    priority = record.priority
    time_us = region.network.time_us.copy()
    extra_s: dict[int, float] = {}
    calls = record.calls
    days = days_of(calls)
    start, last = calls.clock.start, calls.clock.at(int(calls.received_us[-1])).astimezone(calls.clock.start.tzinfo)
    span = f"{days:.0f} days, {start:%Y-%m-%d} to {last:%Y-%m-%d}"
    said = [f"Calibrated on {len(calls):,} calls and {len(record):,} unit responses of {span}."]
    for metric, one in enumerate(region.metrics):
        rows = (record.unit_type == ENGINE) & np.isin(priority, [p for p, mode in modes.items() if mode == one.mode])
        trips = speeds.trips_of(region, record, rows, metric)
        if len(trips.travel_s) < speeds.LEAST_TRIPS:
            said.append(f"Too few trips to fit speeds in mode {one.id} ({len(trips.travel_s)}): left as they were.")
            continue
        km = _km_by_class(region, trips, metric)
        pace = speeds.fit_pace(trips, km)
        time_us[metric] = np.rint(time_us[metric] * pace.by_class[region.network.road_class]).astype(np.int64)
        extra_s |= {p: pace.extra_s for p, mode in modes.items() if mode == one.mode}
        shown = ", ".join(f"{name} {speed:.0f}" for name, speed in _speeds(region, time_us[metric]).items())
        said.append(f"Speeds in mode {one.id}, km/h, from {pace.trips:,} trips of engines: {shown}.")
    return replace(draft, network=replace(region.network, time_us=time_us)), extra_s, said


def _km_by_class(region: Region, trips: speeds.Trips, metric: int) -> NDArray[np.float64]:
    """Return how far was driven on each class, (classes,)."""
    per_second = np.zeros(trips.class_s.shape[1])
    network = region.network
    for road_class in range(len(per_second)):
        mine = network.road_class == road_class
        seconds = network.time_us[metric][mine].sum() / 1e6
        per_second[road_class] = network.length_m[mine].sum() / 1000.0 / seconds if seconds else 0.0
    return np.asarray(trips.class_s.sum(axis=0) * per_second)


def _speeds(region: Region, time_us: NDArray[np.int64]) -> dict[str, float]:
    """Return the mean speed on each class of road in km/h, by the class's name."""
    network = region.network
    found = {}
    for road_class in np.unique(network.road_class).tolist():
        mine = network.road_class == road_class
        hours = time_us[mine].sum() / 3.6e9
        found[speeds.class_name(road_class)] = float(network.length_m[mine].sum() / 1000.0 / hours) if hours else 0.0
    return found


def _demand(record: Record) -> Demand:
    """Return where and when the record's calls came from."""
    calls = record.calls
    places, count = np.unique(np.column_stack([calls.lon, calls.lat]), axis=0, return_counts=True)
    hours = calls.clock.hour_of_week(calls.received_us)
    return Demand(
        lon=places[:, 0].copy(),
        lat=places[:, 1].copy(),
        weight=count.astype(np.float64),
        profile=fits.week_profile(hours, days_of(calls)),
    )


def _units(region: Region, record: Record) -> tuple[dict[str, str], ...]:
    """Return the fleet of the record: ambulances by how many were on duty at each hour, all others always on duty."""
    stations = frozenset(row["id"] for row in region.table("stations"))
    agency = {row["id"]: row["agency"] for row in region.table("stations")}
    some = next(iter(agency.values()), "")
    found = []
    for name in np.unique(record.unit[record.unit_type != AMBULANCE]).tolist():
        mine = record.unit == name
        home = home_of(record, name, stations)
        if home:
            unit_type = str(record.unit_type[mine][0])
            skilled = bool(record.paramedic[mine].mean() > _P50)
            found.append(_unit(name, agency[home], unit_type, home, paramedic=skilled, shifts=""))
    return (*found, *_ambulances(region, record, some))


def _ambulances(region: Region, record: Record, agency: str) -> list[dict[str, str]]:
    """Return the ambulances: the shifts that make up the duty of each hour, posted where calls are."""
    mine = record.where(record.unit_type == AMBULANCE)
    sessions = roster.sessions_of(mine.unit, mine.step["dispatch"], mine.step["available"])
    shifts = roster.shifts_of(roster.duty_by_hour(sessions, days_of(record.calls)))
    on_duty_s: dict[str, float] = {}
    for one in sessions:
        on_duty_s[one.unit] = on_duty_s.get(one.unit, 0.0) + one.end_s - one.start_s
    reserve = min(RESERVE, max(0, len(on_duty_s) - len(shifts)))
    names = sorted(on_duty_s, key=lambda name: (-on_duty_s[name], name))[: len(shifts) + reserve]
    posts = [*_posts(region, len(shifts)), *[_edge(region)] * reserve]
    shifts += [""] * reserve
    paramedic = {name: bool(mine.paramedic[mine.unit == name].mean() > _P50) for name in names}
    private = set(mine.unit[mine.own_type == PRIVATE].tolist())
    agencies = ["private" if name in private else agency for name in names[: len(shifts) - reserve]]
    agencies += ["reserve"] * reserve
    return [
        _unit(name, whose, AMBULANCE, post, paramedic=paramedic[name], shifts=shift)
        for name, whose, post, shift in zip(names, agencies, posts, shifts, strict=False)
    ]


def _posts(region: Region, count: int) -> list[str]:
    """Return the stations at which ambulances wait."""
    demand = region.demand
    if demand is None or demand.node is None:
        msg = "The region has no demand."
        raise ValueError(msg)
    ids, nodes = zip(*((row["id"], int(row["node"])) for row in region.table("stations")), strict=True)
    metric = _metric_of(region.metrics, region.settings["mode_of_priority"]["1"])
    us = region.roads.many_to_many_us(np.array(nodes), demand.node, metric)
    return [ids[at] for at in roster.posts_of(us <= roster.REACH_US, np.asarray(demand.weight), count)]


def _edge(region: Region) -> str:
    """Return the station that is farthest from the calls, where ambulances of the reserve wait."""
    demand = region.demand
    if demand is None or demand.node is None:
        msg = "The region has no demand."
        raise ValueError(msg)
    ids, nodes = zip(*((row["id"], int(row["node"])) for row in region.table("stations")), strict=True)
    metric = _metric_of(region.metrics, region.settings["mode_of_priority"]["1"])
    us = region.roads.many_to_many_us(np.array(nodes), demand.node, metric)
    return str(ids[int((us @ np.asarray(demand.weight)).argmax())])


def _metric_of(metrics: tuple[Metric, ...], mode: str) -> int:
    """Return the first metric of a mode."""
    return next(at for at, one in enumerate(metrics) if one.mode == mode)


def _unit(name: str, agency: str, unit_type: str, station: str, *, paramedic: bool, shifts: str) -> dict[str, str]:
    """Return a row of units.csv."""
    crew, transports = _CREWS[unit_type]
    first = "paramedic" if paramedic else "emt"
    return {
        "id": f"{agency}/{name}",
        "call_sign": name,
        "agency": agency,
        "type": unit_type,
        "station": station,
        "crew": crew,
        "levels": ";".join([first, *["emt"] * (int(crew) - 1)]),
        "skills": "",
        "can_transport": str(transports),
        "turnout_s": "60",
        "shifts": shifts,
    }


def _laws(region: Region, record: Record, extra_s: dict[int, float]) -> dict[str, Any]:
    """Return service.toml without the travel factors."""
    arrived = record.arrived
    stamped = np.isfinite(record.step["on_scene"])
    taken = np.isfinite(record.step["transport"])
    sent = np.isfinite(record.step["dispatch"])
    ambulance = (AMBULANCE,)
    stay = np.where(taken, np.nan, record.interval_s("on_scene_stay"))
    turnout = record.interval_s("turnout")
    draws = [
        *fits.call_processing(record),
        *fits.by_type(record, "turnout", turnout),
        *fits.by_type(record, "turnout_away", turnout),
        *fits.by_type(record, "cancel_en_route", np.where(sent, ~arrived, np.nan), chance=True, natures=True),
        *fits.by_type(record, "scene", record.interval_s("scene"), types=ambulance),
        *fits.by_type(record, "scene_no_transport", stay, natures=True),
        *fits.by_type(
            record, "transport", np.where(stamped, taken, np.nan), chance=True, natures=True, types=ambulance
        ),
        *fits.by_type(record, "handover", record.interval_s("handover"), types=ambulance),
        {"quantity": "destination", "law": "categorical", "p": list(DESTINATIONS)},
        *_transport_extra(region, record),
        *_cancel_points(record),
    ]
    for priority, seconds in sorted(extra_s.items()):
        law = {"law": "lognormal", "median_s": round(seconds, 1), "sigma": EXTRA_SIGMA}
        draws.append({"quantity": "travel_extra", "priority": priority, **law})
    return {
        "calls_per_day": round(len(record.calls) / days_of(record.calls), 2),
        "nature": list(fits.natures(record)),
        "mix": list(fits.answers(record)),
        "draw": draws,
    }


def _cancel_points(record: Record) -> Iterator[dict[str, Any]]:
    """Yield how far cancelled units had come, by type."""
    done = record.way_done
    for unit_type in np.unique(record.unit_type).tolist():
        mine = done[(record.unit_type == unit_type) & np.isfinite(done)]
        if len(mine) >= fits.ENOUGH:
            yield {"quantity": "cancel_point", "unit_type": unit_type, **fits.empirical(mine, unit="", digits=3)}


def _transport_extra(region: Region, record: Record) -> Iterator[dict[str, Any]]:
    """Yield the law of the drive to hospital that is left when the road time is taken away.

    Road time and the rest are taken as independent: the rest has the recorded mean and spread less those of the road.
    """
    seconds = record.interval_s("transport")
    rows = np.flatnonzero(np.isfinite(seconds))
    calls, roads = record.calls, region.roads
    doors = [(int(row["node"]), float(row["off_road_km"])) for row in region.table("hospitals")]
    mode = region.settings["transport_mode"]
    metric = _metric_of(region.metrics, mode)
    places = [roads.place(float(calls.lon[call]), float(calls.lat[call])) for call in record.call[rows].tolist()]
    nodes = np.array([place.node for place in places])
    road_s = roads.many_to_many_us(nodes, np.array([node for node, _ in doors]), metric) / 1e6
    off_s = 3600.0 / region.settings["off_road_km_per_h"][mode]
    road_s = np.sort(road_s + np.array([km for _, km in doors]) * off_s, axis=1)
    share = np.array(DESTINATIONS[: road_s.shape[1]])
    share[-1] += 1.0 - share.sum()
    mean = float((road_s[:, : len(share)] @ share).mean())
    square = float((road_s[:, : len(share)] ** 2 @ share).mean())
    peak = _traffic(region, record)[rows]
    for busy, times in ((0, {}), (1, PEAK)):
        found = seconds[rows][peak == busy]
        if len(found) < fits.ENOUGH:
            continue
        shrink = math.sqrt(max(0.1, 1.0 - (square - mean**2) / float(found.var())))
        rest = np.maximum(0.0, found.mean() - mean + shrink * (found - found.mean()))
        yield {"quantity": "transport_extra", **times, **fits.empirical(rest)}


def _traffic(region: Region, record: Record) -> NDArray[np.int64]:
    """Return 1 for rows whose calls came in when drives take longest, 0 for other times, (rows,).

    -1 is a public holiday, whose traffic is no rule for other days; a record with little else keeps it as other times.
    """
    start = record.calls.clock.start
    jurisdiction = region.settings["jurisdiction"]
    closed = holidays(jurisdiction, start.year) | holidays(jurisdiction, start.year + 1)
    weekday = record.weekday(closed)
    hour = (record.step["received"] / 3600.0 + start.hour) % 24.0
    first, last = PEAK["hours"]
    found = ((weekday >= 0) & (weekday < _PEAK_DAYS) & (hour >= first) & (hour < last)).astype(np.int64)
    ordinary = (weekday >= 0) & (found == 0)
    return np.where((weekday < 0) & (ordinary.mean() > _ORDINARY), -1, found)


def _matched(
    model: Model, record: Record, laws: dict[str, Any], progress: Callable[[float], None] | None
) -> list[Factor]:
    """Return the travel factors at which simulated drives agree with recorded ones."""
    travel = record.interval_s("travel")
    peak = _traffic(model.region, record)
    peak_call = np.zeros(len(record.calls), np.int64)
    peak_call[record.call] = peak
    factors = _first_factors(record, travel, peak)
    for turn in range(ROUNDS):
        rows = [*laws["draw"], *(factor.row() for factor in factors)]
        checked = service.parse({**laws, "draw": rows})
        trial = replace(model, service=checked, groups=group_types(checked, {unit.type for unit in model.units}))
        drives = [_drives(trial, record, Luck(SEED, run)) for run in range(RUNS)]
        unit_type = np.concatenate([one[0] for one in drives])
        call = np.concatenate([one[1] for one in drives])
        seconds = np.concatenate([one[2] for one in drives])
        moved = []
        for factor in factors:
            here = (unit_type == factor.unit_type) & (peak_call[call] == factor.peak)
            there = (record.unit_type == factor.unit_type) & np.isfinite(travel) & (peak == factor.peak)
            if factor.priority is not None:
                here &= record.calls.priority[call] == factor.priority
                there &= record.priority == factor.priority
            moved.append(_moved(factor, seconds[here], travel[there]))
        factors = moved
        if progress:
            progress((turn + 1) / ROUNDS)
    return factors


def _first_factors(record: Record, travel: NDArray[np.float64], peak: NDArray[np.int64]) -> list[Factor]:
    """Return one factor for each type, and for each of its priorities that is common enough."""
    found = []
    for unit_type in sorted(set(record.unit_type.tolist())):
        mine = (record.unit_type == unit_type) & np.isfinite(travel)
        if mine.sum() < fits.ENOUGH:
            continue
        for busy in (False, True):
            these = mine & (peak == busy)
            levels = [
                p for p in sorted(set(record.priority.tolist())) if (these & (record.priority == p)).sum() > _MANY
            ]
            if not busy or these.sum() > _MANY:
                found += [
                    Factor(unit_type=unit_type, priority=p, peak=busy, median=1.0, sigma=0.4) for p in (None, *levels)
                ]
    return found


def _drives(
    model: Model, record: Record, luck: Luck
) -> tuple[NDArray[np.str_], NDArray[np.int64], NDArray[np.float64]]:
    """Return unit type, call and seconds of each simulated drive to a scene."""
    run = simulate(model, record.calls, luck)
    rows = run.rows[run.rows[:, k.ON_SCENE_AT] >= 0]
    types = np.array([unit.type for unit in model.units], np.str_)
    seconds = (rows[:, k.ON_SCENE_AT] - rows[:, k.EN_ROUTE_AT]) / 1e6
    return types[rows[:, k.UNIT]], rows[:, k.CALL], seconds


def _moved(factor: Factor, simulated: NDArray[np.float64], recorded: NDArray[np.float64]) -> Factor:
    """Return the factor moved so that medians and 90th percentiles come nearer."""
    if len(simulated) < fits.ENOUGH or len(recorded) < fits.ENOUGH:
        return factor
    s50, s90 = np.quantile(simulated, [_P50, _P90])
    r50, r90 = np.quantile(recorded, [_P50, _P90])
    median = factor.median * min(1.5, max(0.67, float(r50 / s50) ** 1.2))
    gap = (math.log(r90 / r50) ** 2 - math.log(s90 / s50) ** 2) / _Z90**2
    sigma = math.sqrt(max(0.01, factor.sigma**2 + min(0.2, max(-0.2, gap))))
    return replace(factor, median=median, sigma=min(1.2, sigma))

"""The engine's front: a region and a policy become arrays, a call list goes in, and what every unit did comes out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from goldenhour.dispatch.arrival_kernels import FLEET, NO_PLACE, PPM, Fleet, Ways, lags
from goldenhour.dispatch.policies import Policy, policy_named
from goldenhour.dispatch.units import Crewed
from goldenhour.errors import BadInput
from goldenhour.fleet.status_codes import AVAILABLE, OUT_OF_SERVICE
from goldenhour.fleet.units import Unit, unit_from_row
from goldenhour.hospitals.capability import EMERGENCY, Kind
from goldenhour.roads.bands import metric_at
from goldenhour.roads.network import UNREACHABLE_US
from goldenhour.roads.region import Metric, Region
from goldenhour.roads.snap import snap
from goldenhour.roads.times import Roads
from goldenhour.simulate import kernels
from goldenhour.simulate import service as laws
from goldenhour.simulate.calls import CallList
from goldenhour.simulate.clock import DAY_US, HOUR_US, WEEK_US, Clock
from goldenhour.simulate.crews import Place, Staffing, Watch, watches
from goldenhour.simulate.demand import Groups, Luck, call_processing_us, draw_rows, group_types, usual_natures
from goldenhour.simulate.needs import PLANS, Needs, list_arrays, needs_of, plan_arrays, source_of
from goldenhour.simulate.service import Service
from goldenhour.workforce.books import Books
from goldenhour.workforce.shifts import Shifts

US = 1_000_000
_PRIORITIES = 5  # 1..4; 0 is not used.
_NO_EMERGENCIES = frozenset(Kind) - EMERGENCY  # An ambulance is not sent to these without need of what they do.
_AFTER_US = 7 * DAY_US  # Shifts are worked out until so long after the last call.
_ROOM = 5  # Assignments a slot: one decision bumps at most three others, down the priorities, and one queue serves it.
_STEPS = 200  # Reports of progress in a run.
_KEPT = 1024  # Decisions that the engine keeps before they are taken from it.


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A unit as the engine sees it."""

    id: str
    call_sign: str
    type: str
    station: str
    place: int
    node: int
    off_road_km: float
    can_transport: bool
    turnout_us: int
    shifts: Shifts


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A hospital that takes patients."""

    id: str
    place: int
    node: int
    off_road_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A region ready to be simulated under one policy."""

    region: Region
    policy: Policy
    service: Service
    ways: Ways
    units: tuple[Post, ...]
    doors: tuple[Door, ...]
    target_s: dict[int, float]
    groups: Groups
    place: Place
    staffing: Staffing | None = None  # None: as units.csv says.
    prune: bool = True


@dataclass(frozen=True, slots=True)
class Decisions:
    """Some decisions with all that they looked at."""

    trace: NDArray[np.void]  # (decisions,) kernels.TRACE
    seen: NDArray[np.void]  # (decisions, units) kernels.SEEN
    there_us: NDArray[np.int64]  # (decisions, slots)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What happened. Times are microseconds of the call list's clock, -1 where a step was not reached."""

    model: Model
    calls: CallList  # With nodes.
    needs: Needs
    areas: NDArray[np.int64]  # (calls,) the district each lies in, -1 where districts do not matter
    ready_us: NDArray[np.int64]  # (calls,) when dispatch decided first
    first_us: NDArray[np.int64]  # (calls,) first unit on scene
    rows: NDArray[np.int64]  # (assignments, kernels.COLUMNS) in the order in which they were made
    in_us: NDArray[np.int64]  # (units, STATUSES)
    end_us: int
    queued: int  # Slots that found nobody when they were decided on.
    bumped: int  # Slots whose unit was taken for a more urgent call.
    began: NDArray[np.void]  # (waits,) kernels.WAITS, of response plans
    crews: tuple[tuple[Watch, ...], ...]  # (units,) of response plans
    decisions: tuple["Decisions", ...] = ()  # Every decision in order, when they were asked for.

    @property
    def response_us(self) -> NDArray[np.int64]:
        """Return first unit on scene less receipt, (calls,); -1 where nobody arrived."""
        return np.where(self.first_us >= 0, self.first_us - self.calls.received_us, -1)

    @property
    def busy_fraction(self) -> float:
        """Return the share of the fleet's time from being notified to being free again, off duty not counted."""
        on_duty = self.in_us.sum() - self.in_us[:, OUT_OF_SERVICE].sum()
        return float(self.in_us[:, 1:6].sum() / on_duty) if on_duty else 0.0


def load_model(
    region: Region, policy: str = "", *, staffing: Staffing | None = None, books: Books | None = None
) -> Model:
    """Return a region ready to be simulated.

    Args:
        region: loaded.
        policy: closest, closest-with-redispatch or district-first; "" takes the region's own.
        staffing: crews laid over those of units.csv.
        books: the rules by which crews count; None: those that ship.

    Raises:
        BadInput: service.toml, a unit or the policy is wrong.
    """
    settings = region.settings
    stations, hospitals = region.table("stations"), region.table("hospitals")
    node_of = {row["id"]: int(row["node"]) for row in stations}
    nodes = sorted({int(row["node"]) for row in [*stations, *hospitals]})
    place_of = {node: at for at, node in enumerate(nodes)}
    off_km = {row["id"]: float(row["off_road_km"]) for row in stations}
    service = laws.parse(region.service, str(region.folder / "service.toml"))
    units = tuple(_post(row, at, node_of, place_of, off_km) for at, row in enumerate(region.table("units"), start=2))
    if staffing:
        units = tuple(replace(unit, shifts=staffing.duty.get(unit.id, unit.shifts)) for unit in units)
    doors = tuple(
        Door(
            id=row["id"],
            place=place_of[int(row["node"])],
            node=int(row["node"]),
            off_road_km=float(row["off_road_km"]),
        )
        for row in hospitals
        if row["kind"] not in _NO_EMERGENCIES
    )
    return Model(
        region=region,
        policy=policy_of(region, policy),
        service=service,
        ways=_ways(region, nodes),
        units=units,
        doors=doors,
        target_s={int(priority): float(s) for priority, s in settings["target_response_s"].items()},
        groups=group_types(service, {unit.type for unit in units}),
        place=Place(jurisdiction=settings["jurisdiction"], zone=ZoneInfo(region.time_zone), books=books),
        staffing=staffing,
    )


def policy_of(region: Region, name: str = "") -> Policy:
    """Return a policy by name, with the region's own pairs and margin, as the desk reads them; "": the region's own.

    Raises:
        BadInput: there is no such policy, or a pair leads to a call that is not more urgent.
    """
    said = region.settings["policy"]
    name = name or said["default"]
    margin_s = float(said.get("district_margin_s", 0))
    policy = policy_named(name, redispatch=said.get("redispatch") or None, district_margin_s=margin_s)
    for low, high in policy.redispatch:
        if high >= low:  # The room for assignments counts on it, see _ROOM.
            what = f"redispatch leads from priority {low} to {high}."
            raise BadInput(code="bad_policy", what=what, do="A unit is only taken for a more urgent call.")
    return policy


def _post(
    row: dict[str, str], line: int, node_of: dict[str, int], place_of: dict[int, int], off_km: dict[str, float]
) -> Post:
    """Return one unit of units.csv."""
    where = f"units.csv, line {line}"
    try:
        node = node_of[row["station"]]
        return Post(
            id=row["id"],
            call_sign=row["call_sign"],
            type=row["type"],
            station=row["station"],
            place=place_of[node],
            node=node,
            off_road_km=off_km[row["station"]],
            can_transport=row["can_transport"] == "1",
            turnout_us=round(float(row["turnout_s"] or 0) * US),
            shifts=Shifts.parse(row["shifts"], where=where),
        )
    except (KeyError, ValueError) as wrong:
        raise BadInput(
            code="unit_row", what=f"{wrong} is missing or wrong.", do="Correct this line.", where=where
        ) from None


def _ways(region: Region, nodes: list[int]) -> Ways:
    """Return a region's roads as decisions see them; `nodes` are those of its places."""
    metrics, speed = region.metrics, region.settings["off_road_km_per_h"]
    normal = next(at for at, one in enumerate(metrics) if one.mode == region.settings["transport_mode"])
    us_per_km = np.array([HOUR_US / float(speed[one.mode]) for one in metrics])
    return ways_of(region.roads, nodes, way_metric=normal, us_per_km=us_per_km)


def ways_of(roads: Roads, nodes: list[int], *, way_metric: int, us_per_km: NDArray[np.float64]) -> Ways:
    """Return roads as decisions see them.

    Args:
        roads: every metric of them is made ready.
        nodes: of stations and hospitals, rising.
        way_metric: in which vehicles mostly return to stations.
        us_per_km: off-road, (metrics,).
    """
    time_us = roads.network.time_us
    tables = roads.place_tables(nodes, way_metric=way_metric)
    total = np.array([one[one < UNREACHABLE_US].sum() for one in time_us], np.float64)
    usual = total[:, None] / total[None, :]
    lag_us = np.empty((len(nodes), roads.network.nodes), np.int64)
    lags(tables, usual, lag_us)
    return Ways(
        tables=roads.tables(),
        places=tables,
        us_per_km=us_per_km,
        least_ratio=least_ratios(time_us),
        usual_ratio=usual,
        lag_us=lag_us,
    )


def least_ratios(time_us: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return for metrics a, b the least time of an arc in a over its time in b, (metrics, metrics); see `Ways`."""
    metrics = len(time_us)
    found = np.zeros((metrics, metrics))
    for b in range(metrics):
        counts = (time_us[b] > 0) & (time_us[b] < UNREACHABLE_US)
        for a in range(metrics):
            ratios = time_us[a][counts] / time_us[b][counts]
            closed = ((time_us[b] >= UNREACHABLE_US) & (time_us[a] < UNREACHABLE_US)).any()
            found[a, b] = 0.0 if closed else np.nextafter(ratios.min(initial=1e6), 0.0)
    np.fill_diagonal(found, 1.0)
    return found


def with_nodes(calls: CallList, region: Region) -> CallList:
    """Return the calls with the nodes at which they join the roads."""
    if calls.node is not None:
        return calls
    node, km = snap(region.network, calls.lon, calls.lat)
    return replace(calls, node=node.astype(np.int64), off_road_km=km)


def simulate(
    model: Model,
    calls: CallList,
    luck: Luck,
    progress: Callable[[float], None] | None = None,
    *,
    needs: str = "",
    trace: bool = False,
) -> Run:
    """Run a call list, and return what every unit did.

    Args:
        model: the region under a policy.
        calls: in order of receipt.
        luck: the random streams of what the list does not give.
        progress: told the share of calls decided on, now and then.
        needs: where what a call needs comes from: list, mix or plans; "" see `needs.source_of`.
        trace: keep every decision with what it looked at.

    Raises:
        BadInput: there is no such slot as the calls ask for, or no such response plans.
    """
    calls = with_nodes(calls, model.region)
    book = str(model.region.settings["policy"].get("book", ""))
    source = source_of(calls, needs, book)
    if source == PLANS and calls.source is None and not calls.nature.astype(bool).any():
        calls = replace(calls, nature=usual_natures(calls.priority, luck))
    asked = needs_of(model.service, calls, luck, source=source, book=book, zone=model.place.zone)
    ready_us = calls.received_us + call_processing_us(model.service, calls, luck)
    order = np.argsort(ready_us, kind="stable")
    drawn = draw_rows(model.service, calls, model.groups, asked.takes[asked.plan], luck)
    each = np.zeros(len(calls), kernels.CALLS)
    each["received_us"], each["ready_us"] = calls.received_us, ready_us
    each["priority"], each["plan"] = calls.priority, asked.plan
    each["node"], each["off_road_km"] = calls.node, calls.off_road_km
    areas = districts(model, calls) if model.policy.own_district_first else np.full(len(calls), -1)
    each["area"] = areas
    each["first_us"] = -1
    as_received = bool((order[1:] > order[:-1]).all())  # The usual case, and then nothing needs copying.
    listed = kernels.Calls(each, drawn) if as_received else kernels.Calls(each[order], drawn[order])
    until_us = (int(ready_us.max()) if len(calls) else 0) + _AFTER_US
    aboard = crews_of(model, calls.clock, until_us) if asked.source == PLANS else ()
    plans, changes = plans_of(model, asked, aboard)
    run, decisions = drive(model, listed, plans, calls.clock, progress, until_us=until_us, crews=changes, trace=trace)
    rows, first_us, began = run.rows, listed.each["first_us"].copy(), run.began
    if not as_received:
        first_us[order] = listed.each["first_us"]
        renumber(order, [rows[:, kernels.CALL], rows[:, kernels.TO_CALL], began["call"]])
        for some in decisions:
            renumber(order, [some.trace["call"], some.seen["call"]])
    return Run(
        model=model,
        calls=calls,
        needs=asked,
        areas=areas,
        ready_us=ready_us,
        first_us=first_us,
        rows=rows,
        in_us=run.in_us,
        end_us=int(run.counts[kernels.END_US]),
        queued=int(run.counts[kernels.QUEUED]),
        bumped=int(run.counts[kernels.BUMPED]),
        began=began,
        crews=aboard,
        decisions=decisions,
    )


def renumber(order: NDArray[np.int64], columns: list[NDArray[np.int64]]) -> None:
    """Replace, in place, numbers of calls in order of readiness by those in order of receipt; -1 stays."""
    for column in columns:
        column[...] = np.where(column >= 0, order[column], -1)


def plans_of(
    model: Model, needs: Needs, aboard: Sequence[Sequence[Watch]]
) -> tuple[kernels.Plans, list[tuple[int, int, int]]]:
    """Return what is sent as arrays, and when which unit gets which other crew (time, unit, see kernels.DUTY)."""
    margin_s = model.policy.district_margin_s
    if needs.source != PLANS:
        return list_arrays(needs, model.units, target_s=model.target_s, margin_s=margin_s), []
    index: dict[Crewed, int] = {}
    changes = [
        (watch.from_us, unit, kernels.CREWS + index.setdefault(watch.crewed, len(index)))
        for unit, own in enumerate(aboard)
        for watch in own[1:]
    ]
    first = [own[0].crewed for own in aboard]
    return plan_arrays(needs, first, crews=list(index), margin_s=margin_s), changes


def units_of(model: Model) -> list[Unit]:
    """Return the units with their crews, as the desk knows them.

    Raises:
        BadInput: a line of units.csv is wrong.
    """
    rows = model.region.table("units")
    return [unit_from_row(row, where=f"units.csv, line {line}") for line, row in enumerate(rows, start=2)]


def crews_of(model: Model, clock: Clock, until_us: int) -> tuple[tuple[Watch, ...], ...]:
    """Return what each unit's crew counts for from moment to moment, (units,)."""
    return watches(units_of(model), model.staffing, model.place, clock, until_us)


def districts(model: Model, calls: CallList) -> NDArray[np.int64]:
    """Return the station (its place) nearest to each call by road at its receipt, lights on, (calls,)."""
    stations = np.unique([int(row["node"]) for row in model.region.table("stations")])
    places = np.searchsorted(model.ways.places.node, stations)
    lights = model.region.settings["mode_of_priority"]["1"]
    starts_us, metric = bands_of(model.region.metrics, [lights])
    hour_us = (calls.clock.week_us + calls.received_us) % WEEK_US
    band = np.searchsorted(starts_us, hour_us, side="right") - 1
    took_us = model.ways.places.from_us[np.array(metric)[band, 0], calls.node][:, places]
    nearest: NDArray[np.int64] = places[np.argmin(took_us, axis=1)].astype(np.int64)
    return nearest


def drive(
    model: Model,
    calls: kernels.Calls,
    plans: kernels.Plans,
    clock: Clock,
    progress: Callable[[float], None] | None = None,
    *,
    until_us: int,
    crews: list[tuple[int, int, int]],
    trace: bool = False,
) -> tuple[kernels.State, tuple[Decisions, ...]]:
    """Run the kernel over calls that are in order of readiness; return its state at the end, and its decisions."""
    n = len(calls.each)
    changes, on_duty = duty_changes(model, clock, until_us)
    # Of one moment, who is aboard comes before who is on duty.
    service = service_of(model, clock, sorted([*crews, *changes], key=lambda one: (one[0], one[2] < kernels.CREWS)))
    fleet = new_fleet(model, on_duty)
    state = new_state(len(model.units), len(model.doors), calls, plans, trace=trace)
    decisions = []
    for upto in [*range(max(1, n // _STEPS), n, max(1, n // _STEPS)), n] if progress else [n]:
        while True:
            kernels.run(calls, plans, service, model.ways, fleet, state, upto)
            kept = int(state.counts[kernels.TRACED])
            if not kept:
                break
            some = (state.trace[:kept].copy(), state.seen[:kept].copy(), state.there_us[:kept].copy())
            decisions.append(Decisions(*some))
            state.counts[kernels.TRACED] = 0
        if progress:
            progress(upto / max(1, n))
    end_us = state.counts[kernels.END_US]
    for unit in range(len(model.units)):
        state.in_us[unit, fleet["status"][unit]] += end_us - state.unit["since_us"][unit]
    rows, began = state.rows[: state.counts[kernels.ROWS]], state.began[: state.counts[kernels.BEGAN]]
    return state._replace(rows=rows, began=began), tuple(decisions)


def bands_of(metrics: tuple[Metric, ...], modes: list[str]) -> tuple[NDArray[np.int64], list[list[int]]]:
    """Return when in the week the metric of a mode changes, (bands,), and for each band the metric of each mode."""
    starts: list[int] = []
    found: list[list[int]] = []
    for hour in range(168):
        now = [metric_at(metrics, mode, hour // 24, float(hour % 24)) for mode in modes]
        if not found or now != found[-1]:
            starts.append(hour * HOUR_US)
            found.append(now)
    return np.array(starts, np.int64), found


def service_of(model: Model, clock: Clock, changes: list[tuple[int, int, int]]) -> kernels.Service:
    """Return the hours, the policy, stations, doors and changes of duty as arrays."""
    settings = model.region.settings
    modes = [settings["mode_of_priority"][str(priority)] for priority in range(1, _PRIORITIES)]
    band_start_us, metric = bands_of(model.region.metrics, [*modes, settings["transport_mode"]])
    group = model.groups.of_type
    own = model.policy.own_district_first
    posts = [
        (one.place, one.node, one.off_road_km, one.turnout_us, group[one.type], one.place if own else -1)
        for one in model.units
    ]
    return kernels.Service(
        band_start_us=band_start_us,
        response_metric=np.array([[0, *one[:-1]] for one in metric], np.int64),
        return_metric=np.array([one[-1] for one in metric], np.int64),
        week_us=clock.week_us % WEEK_US,
        redispatch=model.policy.table(),
        post=np.array(posts, kernels.POSTS),
        door=np.array([(one.place, one.node, one.off_road_km) for one in model.doors], kernels.DOORS),
        duty=np.array(changes, kernels.DUTY),
        prune=model.prune,
    )


def duty_changes(model: Model, clock: Clock, until_us: int) -> tuple[list[tuple[int, int, int]], NDArray[np.bool_]]:
    """Return every change of duty (time, unit, on) in order, and who is on duty at the start, (units,)."""
    zone = ZoneInfo(model.region.time_zone)
    end = clock.start + timedelta(microseconds=until_us)
    changes, on_duty = [], np.ones(len(model.units), np.bool_)
    for unit, post in enumerate(model.units):
        if not post.shifts.shifts:
            continue
        on_duty[unit] = False
        for begin, to in post.shifts.spans(clock.start, end, zone):
            begin_us, to_us = clock.us(begin), clock.us(to)
            if begin_us <= 0:
                on_duty[unit] = True
            else:
                changes.append((begin_us, unit, True))
            if to_us < until_us:
                changes.append((to_us, unit, False))
    return sorted(changes), on_duty


def new_fleet(model: Model, on_duty: NDArray[np.bool_]) -> Fleet:
    """Return every unit at its station."""
    fleet = np.zeros(len(model.units), FLEET)
    fleet["status"] = np.where(on_duty, AVAILABLE, OUT_OF_SERVICE)
    fleet["from_place"] = fleet["to_place"] = NO_PLACE
    fleet["factor_ppm"], fleet["lag_us"] = PPM, UNREACHABLE_US
    for unit, post in zip(fleet, model.units, strict=True):
        unit["node"], unit["off_road_km"], unit["place"] = post.node, post.off_road_km, post.place
        unit["turnout_us"] = post.turnout_us
    return fleet


def new_state(
    units: int, doors: int, calls: kernels.Calls, plans: kernels.Plans, *, trace: bool = False
) -> kernels.State:
    """Return the engine's state before the first event; with `trace` it has room to keep decisions."""
    sizes = np.diff(plans.start)
    most = int(sizes.max(initial=1))
    planned = len(calls.each) if plans.rich else 0
    kept = _KEPT + 8 * (units + most) if trace else 0
    leaves = 1 << max(1, (units - 1).bit_length())
    used = np.bincount(calls.each["plan"], minlength=len(sizes))
    per_kind = np.bincount(plans.kind, weights=np.repeat(used, sizes), minlength=len(plans.able)).astype(np.int64)
    slots = int(per_kind.sum())
    tree = np.zeros(2 * leaves, np.int64)
    tree[leaves:] = np.arange(leaves)
    for node in range(leaves - 1, 0, -1):
        tree[node] = tree[2 * node]
    leaf = np.zeros(leaves, kernels.LEAVES)
    leaf["due_us"] = kernels.NEVER
    each = np.zeros(units, kernels.UNITS)
    each["call"] = -1
    each["cancel_us"] = kernels.NEVER
    return kernels.State(
        tree=tree,
        leaf=leaf,
        unit=each,
        in_us=np.zeros((units, kernels.STATUSES), np.int64),
        waits=np.zeros(slots, np.int64),
        wait_start=np.concatenate([[0], np.cumsum(per_kind)]),
        wait_count=np.zeros(len(plans.able), np.int64),
        rows=np.empty((_ROOM * slots + 1, kernels.COLUMNS), np.int64),
        counts=np.zeros(kernels.COUNTS, np.int64),
        bumped=np.zeros(4 * (units + most), np.int64),
        filled=np.full((planned, most), -1, np.int64),
        open=np.zeros(planned, np.int64),
        queue=np.zeros(planned, np.int64),
        began=np.empty(2 * _ROOM * slots + planned + 1 if plans.rich else 0, kernels.WAITS),
        trace=np.empty(kept, kernels.TRACE),
        seen=np.empty((kept, units), kernels.SEEN),
        there_us=np.empty((kept, most), np.int64),
        may=np.zeros(units, np.bool_),
        outside=np.zeros(units, np.bool_),
        soonest_us=np.zeros((2 * most, 2 * most), np.int64),
        to_hospital_us=np.zeros(doors, np.int64),
        door_able=np.zeros(doors, np.bool_),
        door_diverting=np.zeros(doors, np.bool_),
        arrive_us=np.zeros(units, np.int64),
        via=np.zeros(units, np.int64),
        ahead_us=np.zeros(units, np.int64),
        chosen=np.zeros(most, np.int64),
        target_us=np.zeros(most, np.int64),
        weight=np.ones(most, np.int64),
        required=np.ones(most, np.bool_),
    )

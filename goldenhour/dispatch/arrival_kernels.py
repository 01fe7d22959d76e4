"""How soon each unit could be at a place: standing, getting ready, or from where it drives by now.

The desk and the simulator both ask here. Times are int64 microseconds. The plain twin stands in
tests/reference/simulate.py (`reach`, `whereabouts`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from goldenhour.compiled import kernel_inner, kernel_lean
from goldenhour.fleet.status_codes import AVAILABLE, EN_ROUTE, NOTIFIED, RETURNING
from goldenhour.roads.kernels import Tables, next_node, pair_us
from goldenhour.roads.network import UNREACHABLE_US
from goldenhour.roads.place_kernels import PlaceTables, next_node_to_place

NO_PLACE = -1
PPM = 1_000_000  # A drive's factor in parts a million: 1,000,000 drives at the road's times.


class Ways(NamedTuple):
    """The roads as a decision sees them. A place is a node that holds a station or a hospital."""

    tables: Tables
    places: PlaceTables
    us_per_km: NDArray[np.float64]  # (metrics,) off-road
    least_ratio: NDArray[np.float64]  # (metrics, metrics) [a, b]: no way takes less in a than this times its time in b
    usual_ratio: NDArray[np.float64]  # (metrics, metrics) [a, b]: all roads' time in a over theirs in b
    # (places, nodes) for a vehicle anywhere on its way from the node to the place, and any metric: how much longer the
    # way back from the place to it can be than usual_ratio times what it still has to go
    lag_us: NDArray[np.int64]


# Where each unit is, an array of these, (units,). A unit stands, or it drives (EN_ROUTE, RETURNING); the drive of a
# standing one is not looked at. One array and not fifteen: a kernel reads a unit in one go.
FLEET = np.dtype(
    [
        ("status", np.int64),  # fleet.status_codes
        ("node", np.int64),  # Where it stands joins the network here ...
        ("off_road_km", np.float64),  # ... that far off.
        ("place", np.int64),  # The place at that node, or NO_PLACE.
        ("turnout_us", np.int64),  # Expected, from being notified while AVAILABLE until it rolls.
        ("ready_us", np.int64),  # When a NOTIFIED unit is expected to roll.
        ("from_node", np.int64),  # Its drive: first and last node, and their places or NO_PLACE.
        ("to_node", np.int64),
        ("from_place", np.int64),
        ("to_place", np.int64),
        ("start_us", np.int64),  # When it is, or was, at the first node.
        ("drive_us", np.int64),  # Road time of the drive, before its factor.
        ("factor_ppm", np.int64),  # The drive takes that times as long, in parts a million.
        ("metric", np.int64),  # Of the drive.
        ("lag_us", np.int64),  # `Ways.lag_us` of the drive, UNREACHABLE_US where it is not known.
    ]
)
Fleet = NDArray[np.void]


@kernel_lean
def lags(places: PlaceTables, usual_ratio: NDArray[np.float64], out_us: NDArray[np.int64]) -> None:
    """Fill in `Ways.lag_us`, (places, nodes); UNREACHABLE_US where there is no way."""
    metrics, nodes, count = places.from_us.shape
    for place in range(count):
        for node in range(nodes):
            out_us[place, node] = UNREACHABLE_US
        for index in range(nodes):  # The place first, and every node after the one that follows it on its way.
            node = places.way_node[place, index]
            if node < 0:
                break
            lag_us = np.int64(0)
            for metric in range(metrics):
                usual_us = np.int64(usual_ratio[metric, places.way_metric] * places.way_us[place, index])
                lag_us = max(lag_us, places.from_us[metric, node, place] - usual_us)
            after = places.way_after[place, index] if places.way_top[place, index] == index else index - 1
            if after >= 0:
                lag_us = max(lag_us, out_us[place, places.way_node[place, after]])
            out_us[place, node] = min(lag_us, UNREACHABLE_US)


@kernel_inner
def off_road_us(km: float, us_per_km: float) -> int:
    """Return the time of an off-road stretch."""
    return np.int64(np.rint(km * us_per_km))


@kernel_inner
def scaled_us(us: int, ppm: int) -> int:
    """Return a time multiplied by a factor in parts a million, rounded down."""
    return us if ppm == PPM else us * ppm // PPM


@kernel_inner
def drives(status: int) -> bool:
    """Return whether a unit of that status is under way on a drive that it can leave."""
    return status in (EN_ROUTE, RETURNING)


@kernel_inner
def whereabouts(fleet: Fleet, ways: Ways, unit: int, now_us: int, metric: int) -> tuple[int, int]:
    """Return the next node of a driving unit, and the microseconds until it could set off from there in `metric`.

    Before the first node that one is next. Past the last node it turns back, at the off-road speed of `metric`.
    """
    start_us, ppm = fleet["start_us"][unit], fleet["factor_ppm"][unit]
    if now_us <= start_us:
        return fleet["from_node"][unit], start_us - now_us
    drive_us, to_node, old = fleet["drive_us"][unit], fleet["to_node"][unit], fleet["metric"][unit]
    beyond_us = now_us - start_us - scaled_us(drive_us, ppm)
    if beyond_us >= 0:
        if metric != old:
            beyond_us = np.int64(np.rint(beyond_us * (ways.us_per_km[metric] / ways.us_per_km[old])))
        return to_node, beyond_us
    gone_us = now_us - start_us if ppm == PPM else (now_us - start_us) * PPM // ppm
    if fleet["to_place"][unit] >= 0 and old == ways.places.way_metric:
        node, left_us = next_node_to_place(ways.places, fleet["to_place"][unit], fleet["from_node"][unit], gone_us)
    else:
        node, left_us = next_node(ways.tables, old, fleet["from_node"][unit], to_node, gone_us)
    return node, scaled_us(left_us, ppm)


@kernel_inner
def arrival(
    fleet: Fleet, ways: Ways, unit: int, now_us: int, metric: int, node: int, off_us: int
) -> tuple[int, int, int, int]:
    """Return when a unit sent now would arrive, in microseconds from now, and by which way.

    Args:
        fleet: the units.
        ways: the roads.
        unit: which one.
        now_us: the time.
        metric: it would drive in this one.
        node: the place to reach joins the network here,
        off_us: and the stretch from there takes this long.

    Returns:
        arrival (UNREACHABLE_US: it cannot get there), the node from which it takes to the road, microseconds until it
        is there, and the road time from there.
    """
    if drives(fleet["status"][unit]):
        via, ahead_us = whereabouts(fleet, ways, unit, now_us, metric)
        place = fleet["from_place"][unit] if via == fleet["from_node"][unit] else np.int64(NO_PLACE)
        if via == fleet["to_node"][unit]:
            place = fleet["to_place"][unit]
    else:
        via, place = fleet["node"][unit], fleet["place"][unit]
        ahead_us = off_road_us(fleet["off_road_km"][unit], ways.us_per_km[metric])
        if fleet["status"][unit] == AVAILABLE:
            ahead_us += fleet["turnout_us"][unit]
        elif fleet["status"][unit] == NOTIFIED:
            ahead_us += max(np.int64(0), fleet["ready_us"][unit] - now_us)
    road_us = ways.places.from_us[metric, node, place] if place >= 0 else pair_us(ways.tables, metric, via, node)
    if road_us >= UNREACHABLE_US:
        return UNREACHABLE_US, via, ahead_us, road_us
    return ahead_us + road_us + off_us, via, ahead_us, road_us


@kernel_inner
def not_before(fleet: Fleet, ways: Ways, unit: int, now_us: int, metric: int, node: int) -> int:
    """Return a time from now before which a driving unit surely does not reach the node; often too low, never too high.

    Let it be at x on a drive from o to s in the metric `old`. Then, by triangles:

        metric(x, node) >= metric(o, node) - metric(o, x)                       it has not come far from where it began
        metric(x, node) >= least * (old(x, s) - old(node, s))                   it is still far from where it goes to
        metric(x, node) >= metric(s, node) - (usual * old(x, s) + lag)          it is near to that, and that is far off
    """
    start_us, ppm, old = fleet["start_us"][unit], fleet["factor_ppm"][unit], fleet["metric"][unit]
    gone_us = now_us - start_us
    drive_us = fleet["drive_us"][unit]
    if gone_us < 0 or gone_us >= scaled_us(drive_us, ppm):
        return np.int64(0)  # Its place on the road is known at once.
    gone_us = gone_us if ppm == PPM else gone_us * PPM // ppm + 1
    rest_us = drive_us - gone_us
    bound = np.int64(0)
    begin, end = fleet["from_place"][unit], fleet["to_place"][unit]
    back = ways.least_ratio[old, metric]
    if begin >= 0 and back * ppm >= PPM:
        bound = ways.places.from_us[metric, node, begin] - np.int64(gone_us / back) - 2
    if end >= 0:
        slowest = min(ways.least_ratio[metric, old], ppm / PPM)
        bound = max(bound, np.int64((rest_us - ways.places.to_us[old, node, end]) * slowest) - 2)
        way_us = np.int64(ways.usual_ratio[metric, old] * rest_us) + fleet["lag_us"][unit]
        bound = max(bound, ways.places.from_us[metric, node, end] - way_us - 2)
    return bound


@kernel_inner
def not_before_by_roads(fleet: Fleet, ways: Ways, unit: int, now_us: int, metric: int, node: int) -> int:
    """Return such a time for a drive with an end that is no place: from the roads, but without finding the unit."""
    start_us, ppm, old = fleet["start_us"][unit], fleet["factor_ppm"][unit], fleet["metric"][unit]
    gone_us = now_us - start_us
    drive_us = fleet["drive_us"][unit]
    if gone_us < 0 or gone_us >= scaled_us(drive_us, ppm):
        return np.int64(0)
    gone_us = gone_us if ppm == PPM else gone_us * PPM // ppm + 1
    bound = np.int64(0)
    back = ways.least_ratio[old, metric]
    if fleet["from_place"][unit] < 0 and back * ppm >= PPM:
        bound = pair_us(ways.tables, metric, fleet["from_node"][unit], node) - np.int64(gone_us / back) - 2
    if fleet["to_place"][unit] < 0:
        slowest = min(ways.least_ratio[metric, old], ppm / PPM)
        rest_us = drive_us - gone_us - pair_us(ways.tables, old, node, fleet["to_node"][unit])
        bound = max(bound, np.int64(rest_us * slowest) - 2)
    return bound


@kernel_inner
def surely_later(able: NDArray[np.bool_], soonest_us: NDArray[np.int64], unit: int, bound: int) -> bool:
    """Return whether, for each slot the unit can fill, as many others as there are slots arrive before the bound."""
    slots = able.shape[1]
    late = True
    for slot in range(slots):
        late &= not able[unit, slot] or bound > soonest_us[slot, slots - 1]
    return late


@kernel_inner
def arrivals(
    fleet: Fleet,
    ways: Ways,
    now_us: int,
    metric: int,
    node: int,
    off_us: int,
    may: NDArray[np.bool_],
    able: NDArray[np.bool_],
    outside: NDArray[np.bool_],
    prune: bool,
    soonest_us: NDArray[np.int64],
    out_us: NDArray[np.int64],
    out_via: NDArray[np.int64],
    out_ahead_us: NDArray[np.int64],
) -> None:
    """Fill in when each unit that may go would arrive at the node and the stretch after it.

    Shapes: may, outside, out_* (units,); able (units, slots), see `dispatch.kernels.choose`. A unit that may not go, or
    cannot fill any slot, gets UNREACHABLE_US. `out_via` and `out_ahead_us` are what `arrival` returns beside.

    With `prune`, a driving unit's arrival is not worked out where it cannot matter: when for each slot that it can
    fill, as many units as there are slots, none of them from outside, are sure to arrive earlier. One of these would be
    left over and better in its stead. It then gets a time that is too early, still later than all of theirs, and -1 as
    `out_via`.

    `soonest_us` is room for at least (slots, slots): the earliest arrivals found for each slot.
    """
    slots = able.shape[1]
    for slot in range(slots):
        for rank in range(slots):
            soonest_us[slot, rank] = UNREACHABLE_US
    for turn in range(2):  # First those that stand: their arrivals are two look-ups.
        for unit in range(len(may)):
            moving = drives(fleet["status"][unit])
            if moving != (turn == 1):
                continue
            out_us[unit] = UNREACHABLE_US
            out_via[unit] = -1
            if not may[unit]:
                continue
            wanted = False
            for slot in range(slots):
                wanted |= able[unit, slot]
            if not wanted:
                continue
            if moving and prune:
                bound = not_before(fleet, ways, unit, now_us, metric, node) + off_us
                late = surely_later(able, soonest_us, unit, bound)
                if not late and (fleet["to_place"][unit] < 0 or fleet["from_place"][unit] < 0):
                    bound = not_before_by_roads(fleet, ways, unit, now_us, metric, node) + off_us
                    late = surely_later(able, soonest_us, unit, bound)
                if late:
                    out_us[unit] = min(bound, UNREACHABLE_US - 1)
                    continue
            us, via, ahead_us, _ = arrival(fleet, ways, unit, now_us, metric, node, off_us)
            out_us[unit], out_via[unit], out_ahead_us[unit] = us, via, ahead_us
            if outside[unit]:
                continue
            for slot in range(slots):
                if able[unit, slot]:
                    at = slots - 1
                    if out_us[unit] >= soonest_us[slot, at]:
                        continue
                    while at > 0 and soonest_us[slot, at - 1] > out_us[unit]:
                        soonest_us[slot, at] = soonest_us[slot, at - 1]
                        at -= 1
                    soonest_us[slot, at] = out_us[unit]


def warm() -> None:
    """Compile what Python calls of this file once; the rest is compiled with the kernels that it is part of."""
    node, full = np.zeros(1, np.int32), np.zeros((1, 1, 1), np.int64)
    small, way_us = np.full((1, 1), -1, np.int32), np.zeros((1, 1), np.int64)
    for array in (node, full, small, way_us):
        array.flags.writeable = False  # As in every `PlaceTables`.
    places = PlaceTables(node, full, full, small, small, way_us, small, small, 0)
    lags(places, np.zeros((1, 1)), np.zeros((1, 1), np.int64))

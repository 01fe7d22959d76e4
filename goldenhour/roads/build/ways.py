"""From ways (lines through numbered points, as a map has them) to a road network.

Streets that share a point meet there. A turn restriction is obeyed by splitting its node: who comes by the restricted
road arrives at a copy of the node that lacks the forbidden exits, so the network stays one of nodes and arcs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from goldenhour.errors import BadInput
from goldenhour.roads.classes import LIGHTS_FACTOR
from goldenhour.roads.draft import Metric
from goldenhour.roads.network import Network

EARTH_KM = 6371.0088  # Mean radius, IUGG.
KM_PER_DEGREE = float(np.radians(1.0) * EARTH_KM)
METRICS = (Metric(id="lights", mode="lights"), Metric(id="normal", mode="normal"))
LONGEST_M = 400.0  # A longer stretch gets nodes between its ends, so that a place is never far from one.
_NO_ACCESS = (1, 6)  # Freeways and ramps: nobody lives there, and they pass over and under other roads.


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Drivable ways. Points with the same `ref` are one place where one can turn from way to way."""

    id: NDArray[np.int64]  # (ways,)
    road_class: NDArray[np.int8]  # (ways,) see roads.classes
    forward_km_per_h: NDArray[np.float64]  # (ways,) normal speed along the points; 0 where that is forbidden
    backward_km_per_h: NDArray[np.float64]  # (ways,) against them
    street: NDArray[np.int32]  # (ways,) index into `streets`, -1 without a name
    streets: tuple[str, ...]
    ptr: NDArray[np.int64]  # (ways + 1,) points of way w: ptr[w]:ptr[w + 1]
    ref: NDArray[np.int64]  # (points,)
    lon: NDArray[np.float64]  # (points,) NaN where the place of the point is not known
    lat: NDArray[np.float64]  # (points,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """A turn at a point: forbidden from one of the ways to one of the others, or the only one allowed (`only`)."""

    via: int
    from_ways: tuple[int, ...]
    to_ways: tuple[int, ...]
    only: bool


@dataclass(slots=True, kw_only=True)
class Tally:
    """What became of the input, counted."""

    points_unknown: int = 0
    stretches_closed: int = 0
    restrictions: int = 0
    not_here: int = 0  # Restrictions on roads that are not here, not drivable, or one-way the other way.
    through: int = 0  # Restrictions whose way passes through the node: not clear which side is meant.
    nodes_left: int = 0
    km_left: float = 0.0

    def sentences(self) -> list[str]:
        """Return what there is to say."""
        said = []
        if self.points_unknown:
            said.append(
                f"{self.points_unknown:,} points of roads have no position in the file (its edge cuts roads): "
                "the roads end there."
            )
        if self.stretches_closed:
            said.append(f"{self.stretches_closed:,} ends of stretches are closed to vehicles by a bollard or the like.")
        if self.restrictions:
            said.append(f"{self.restrictions:,} turn restrictions are obeyed.")
        if self.not_here:
            said.append(f"{self.not_here:,} turn restrictions concern roads that cannot be driven that way anyhow.")
        if self.through:
            said.append(f"{self.through:,} turn restrictions are unclear (their way runs on past the node): left out.")
        if self.nodes_left:
            said.append(
                f"{self.nodes_left:,} nodes ({self.km_left:,.1f} km of lanes) cannot be reached from the "
                "main part and back: left out."
            )
        return said


@dataclass(slots=True)
class _Arcs:
    """Arcs under way to a network; `begin`, `end` are positions of points, with end < begin on the way back."""

    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    begin: NDArray[np.int64]
    end: NDArray[np.int64]
    way: NDArray[np.int64]
    node_lon: NDArray[np.float64]
    node_lat: NDArray[np.float64]
    split: set[int] = field(default_factory=set)  # Nodes with copies, and the copies: no place joins there.

    def take(self, chosen: NDArray[np.int64] | NDArray[np.bool_]) -> None:
        """Keep the chosen arcs."""
        self.tail, self.head, self.way = self.tail[chosen], self.head[chosen], self.way[chosen]
        self.begin, self.end = self.begin[chosen], self.end[chosen]


def length_m(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the metres on the sphere from each point to the next, shape (points - 1,)."""
    east, north = np.radians(lon), np.radians(lat)
    half = np.sin(np.diff(north) / 2) ** 2 + np.cos(north[:-1]) * np.cos(north[1:]) * np.sin(np.diff(east) / 2) ** 2
    metres: NDArray[np.float64] = 2000.0 * EARTH_KM * np.arcsin(np.sqrt(half))
    return metres


def network_of(
    ways: Ways, restrictions: Sequence[Restriction] = (), closed: Sequence[int] = ()
) -> tuple[Network, Tally]:
    """Return the network's main part, in the `METRICS`, and what became of the rest.

    Args:
        ways: the drivable ways.
        restrictions: turns that are forbidden, or the only ones allowed.
        closed: refs of points where no vehicle passes.

    Raises:
        BadInput: there is no road.
    """
    if not len(ways.id):
        raise BadInput(code="no_roads", what="There is no road to drive on.", do="Choose a map extract with roads.")
    tally = Tally()
    ways = _with_points_between(ways)
    metres = length_m(ways.lon, ways.lat)
    arcs = _arcs(ways, metres, np.asarray(closed, dtype=np.int64), {each.via for each in restrictions}, tally)
    _obey(ways, arcs, restrictions, tally)
    gone = np.concatenate([[0.0], np.cumsum(np.nan_to_num(metres))])
    arc_m = np.abs(gone[arcs.end] - gone[arcs.begin])
    _keep_main_part(arcs, arc_m, tally)
    return _network(ways, arcs, gone), tally


def _with_points_between(ways: Ways) -> Ways:
    """Return the ways with further points on edges longer than `LONGEST_M`."""
    metres = length_m(ways.lon, ways.lat)
    inside = np.ones(len(metres), dtype=np.bool_)
    inside[ways.ptr[1:-1] - 1] = False
    more = np.where(inside & (metres > LONGEST_M), np.nan_to_num(metres) // LONGEST_M, 0).astype(np.int64)
    if not more.any():
        return ways
    counts = np.append(more + 1, 1)
    first = np.repeat(np.arange(len(ways.ref)), counts)
    step = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
    share = step / counts[first]
    second = np.minimum(first + 1, len(ways.ref) - 1)
    ref = ways.ref[first]
    made = step > 0
    ref[made] = np.min(ways.ref) - 1 - np.arange(int(made.sum()))
    lon = np.where(made, ways.lon[first] + share * (ways.lon[second] - ways.lon[first]), ways.lon[first])
    lat = np.where(made, ways.lat[first] + share * (ways.lat[second] - ways.lat[first]), ways.lat[first])
    ptr = np.concatenate([[0], np.cumsum(counts)])[ways.ptr]
    return replace(ways, ref=ref, lon=lon, lat=lat, ptr=ptr)


def _arcs(ways: Ways, metres: NDArray[np.float64], closed: NDArray[np.int64], vias: set[int], tally: Tally) -> _Arcs:
    """Return the arcs: every way cut where others meet it, at restricted or closed points, and where it gets long."""
    known = ~np.isnan(ways.lon)
    tally.points_unknown = int((~known).sum())
    edge = np.append(known[:-1] & known[1:], False)  # From each point to the next, along one way.
    edge[ways.ptr[1:] - 1] = False
    refs, point, count = np.unique(ways.ref, return_inverse=True, return_counts=True)
    shut = np.isin(refs, closed)
    turned = np.isin(refs, np.fromiter(vias, np.int64, len(vias)))
    cut = (count[point] > 1) | shut[point] | turned[point] | ~edge | ~np.append(False, edge[:-1])
    begin, end = _stretches(cut, edge, point, metres)
    way = np.searchsorted(ways.ptr, begin, side="right") - 1
    node = np.arange(len(refs))
    tail, head = node[point[begin]], node[point[end]]
    lon, lat = np.empty(len(refs)), np.empty(len(refs))
    lon[point], lat[point] = ways.lon, ways.lat
    for ends in (tail, head):  # A closed point is a dead end of its own for every stretch that leads to it.
        at = np.flatnonzero(shut[point[begin if ends is tail else end]])
        lon, lat = np.append(lon, lon[ends[at]]), np.append(lat, lat[ends[at]])
        ends[at] = len(lon) - len(at) + np.arange(len(at))
        tally.stretches_closed += len(at)
    there = ways.forward_km_per_h[way] > 0
    back = ways.backward_km_per_h[way] > 0
    return _Arcs(
        tail=np.concatenate([tail[there], head[back]]),
        head=np.concatenate([head[there], tail[back]]),
        begin=np.concatenate([begin[there], end[back]]),
        end=np.concatenate([end[there], begin[back]]),
        way=np.concatenate([way[there], way[back]]),
        node_lon=lon,
        node_lat=lat,
    )


def _stretches(
    cut: NDArray[np.bool_], edge: NDArray[np.bool_], point: NDArray[np.int64], metres: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where each stretch begins and ends; long ones, loops and twins (same two ends) are cut in between."""
    gone = np.concatenate([[0.0], np.cumsum(np.nan_to_num(metres))])
    points = len(point)
    while True:
        places = np.flatnonzero(cut)
        begin = places[edge[places]]
        end = places[np.searchsorted(places, begin, side="right")]
        u, v = point[begin], point[end]
        pair = np.minimum(u, v) * points + np.maximum(u, v)
        _, same, times = np.unique(pair, return_inverse=True, return_counts=True)
        loop = u == v
        long = gone[end] - gone[begin] > LONGEST_M
        again = (loop | long | (times[same] > 1)) & (end - begin > 1)
        if not again.any():
            keep = ~loop
            return begin[keep], end[keep]
        half = np.searchsorted(gone, (gone[begin[again]] + gone[end[again]]) / 2)
        cut[np.clip(half, begin[again] + 1, end[again] - 1)] = True


def _obey(ways: Ways, arcs: _Arcs, restrictions: Sequence[Restriction], tally: Tally) -> None:
    """Split the nodes of the turn restrictions."""
    if not restrictions:
        return
    refs = np.unique(ways.ref)
    node_of = {ref: int(np.searchsorted(refs, ref)) for ref in {each.via for each in restrictions}}
    way_of = {int(one): index for index, one in enumerate(ways.id)}
    into, out = np.argsort(arcs.head, kind="stable"), np.argsort(arcs.tail, kind="stable")
    heads, tails = arcs.head[into], arcs.tail[out]
    forbidden: dict[int, dict[int, set[int]]] = {}  # node -> arc into it -> arcs out of it
    for each in restrictions:
        node = node_of[each.via]
        if node >= len(refs) or refs[node] != each.via:
            tally.not_here += 1
            continue
        entering = into[np.searchsorted(heads, node) : np.searchsorted(heads, node, side="right")].tolist()
        leaving = out[np.searchsorted(tails, node) : np.searchsorted(tails, node, side="right")].tolist()
        from_ways = {way_of.get(one, -1) for one in each.from_ways}
        to_ways = {way_of.get(one, -1) for one in each.to_ways}
        sources = [arc for arc in entering if int(arcs.way[arc]) in from_ways]
        targets = [arc for arc in leaving if int(arcs.way[arc]) in to_ways]
        if len(sources) > len(from_ways) or len(targets) > len(to_ways):
            tally.through += 1
        elif not sources or not targets:
            tally.not_here += 1
        else:
            tally.restrictions += 1
            banned = set(leaving) - set(targets) if each.only else set(targets)
            at = forbidden.setdefault(node, {})
            for arc in sources:
                at.setdefault(arc, set()).update(banned)
    exits = {node: out[np.searchsorted(tails, node) : np.searchsorted(tails, node, side="right")] for node in forbidden}
    _split(arcs, forbidden, {node: found.tolist() for node, found in exits.items()})


def _split(arcs: _Arcs, forbidden: dict[int, dict[int, set[int]]], leaving: dict[int, list[int]]) -> None:
    """Lead restricted arcs to copies of their node which lack the forbidden exits."""
    moved: dict[int, int] = {}  # arc -> its new head
    copied: list[tuple[int, int]] = []  # (new tail, arc)
    nodes: list[int] = []  # of which each copy is one
    first = len(arcs.node_lon)
    for node, by_arc in sorted(forbidden.items()):
        groups: dict[frozenset[int], list[int]] = {}
        for arc, banned in sorted(by_arc.items()):
            groups.setdefault(frozenset(banned), []).append(arc)
        for without, sources in groups.items():
            copy = first + len(nodes)
            nodes.append(node)
            moved.update(dict.fromkeys(sources, copy))
            copied += [(copy, arc) for arc in leaving[node] if arc not in without]
            arcs.split |= {node, copy}
    for arc, head in moved.items():
        arcs.head[arc] = head
    # Copies are taken after the move: an arc that goes from one split node to another keeps its new head.
    tails = np.array([tail for tail, _ in copied], dtype=np.int64)
    old = np.array([arc for _, arc in copied], dtype=np.int64)
    count = len(arcs.tail)
    arcs.take(np.concatenate([np.arange(count), old]))
    arcs.tail[count:] = tails
    at = np.array(nodes, dtype=np.int64)
    arcs.node_lon = np.append(arcs.node_lon, arcs.node_lon[at])
    arcs.node_lat = np.append(arcs.node_lat, arcs.node_lat[at])


def _keep_main_part(arcs: _Arcs, arc_m: NDArray[np.float64], tally: Tally) -> None:
    """Keep the largest part in which every node reaches every other, and number its nodes anew."""
    count = len(arcs.node_lon)
    graph = coo_array((np.ones(len(arcs.tail), dtype=np.int8), (arcs.tail, arcs.head)), shape=(count, count)).tocsr()
    _, part = connected_components(graph, directed=True, connection="strong")
    used = np.zeros(count, dtype=np.bool_)
    used[arcs.tail] = used[arcs.head] = True
    main = part == np.bincount(part[used]).argmax() if used.any() else used
    kept = main[arcs.tail] & main[arcs.head]
    if not kept.any():
        raise BadInput(
            code="no_roads",
            what="There is no road on which one can drive to a place and back.",
            do="Choose a larger map extract, and check its one-way streets.",
        )
    tally.nodes_left = int((used & ~main).sum())
    tally.km_left = float(arc_m[~kept].sum()) / 1000.0
    arcs.take(kept)
    number = np.cumsum(main) - 1
    arcs.tail, arcs.head = number[arcs.tail], number[arcs.head]
    arcs.split = {int(number[node]) for node in arcs.split if main[node]}
    arcs.node_lon, arcs.node_lat = arcs.node_lon[main], arcs.node_lat[main]


def _network(ways: Ways, arcs: _Arcs, gone: NDArray[np.float64]) -> Network:
    """Return the network of the arcs; of arcs with the same two ends the quickest one."""
    ahead = arcs.end > arcs.begin
    speed = np.where(ahead, ways.forward_km_per_h[arcs.way], ways.backward_km_per_h[arcs.way])
    metres = np.maximum(np.abs(gone[arcs.end] - gone[arcs.begin]), 0.01)
    seconds = metres * 3.6 / speed
    order = np.lexsort((seconds, arcs.head, arcs.tail))
    tail, head = arcs.tail[order], arcs.head[order]
    order = order[np.append(True, (np.diff(tail) != 0) | (np.diff(head) != 0))]
    arcs.take(order)
    metres, seconds, ahead = metres[order], seconds[order], ahead[order]
    between = np.abs(arcs.end - arcs.begin) - 1
    shape_ptr = np.concatenate([[0], np.cumsum(between)])
    step = np.arange(shape_ptr[-1]) - np.repeat(shape_ptr[:-1], between) + 1
    shape = np.repeat(arcs.begin, between) + np.repeat(np.where(ahead, 1, -1), between) * step
    road_class = ways.road_class[arcs.way]
    nodes = len(arcs.node_lon)
    access = np.zeros(nodes, dtype=np.bool_)
    access[arcs.tail[~np.isin(road_class, _NO_ACCESS)]] = True
    access[sorted(arcs.split)] = False
    normal_us = np.maximum(np.rint(seconds * 1e6), 1.0)
    lights_us = np.maximum(np.rint(seconds * 1e6 / LIGHTS_FACTOR), 1.0)
    middle = float(arcs.node_lat.min() + arcs.node_lat.max()) / 2
    return Network(
        node_lon=arcs.node_lon,
        node_lat=arcs.node_lat,
        off_road=access,
        tail=arcs.tail.astype(np.int32),
        head=arcs.head.astype(np.int32),
        length_m=metres,
        road_class=road_class.astype(np.int8),
        time_us=np.vstack([lights_us, normal_us]).astype(np.int64),
        km_per_lon=KM_PER_DEGREE * float(np.cos(np.radians(middle))),
        km_per_lat=KM_PER_DEGREE,
        street=ways.street[arcs.way].astype(np.int32),
        streets=ways.streets,
        shape_ptr=shape_ptr.astype(np.int64),
        shape_lon=ways.lon[shape],
        shape_lat=ways.lat[shape],
    )

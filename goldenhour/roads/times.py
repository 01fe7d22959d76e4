"""How long from here to there, which way, and where along it: exact travel times for the desk and the simulator.

`Roads` answers for people and programs; inside a decision the same answers come from the kernels with `Roads.tables`
and `Roads.place_tables`. Times are whole microseconds and every answer equals that of a plain Dijkstra.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from goldenhour.roads import hierarchy_kernels, kernels, place_kernels
from goldenhour.roads.bands import metric_at
from goldenhour.roads.draft import Metric
from goldenhour.roads.hierarchy import Hierarchy, read_only
from goldenhour.roads.kernels import Tables
from goldenhour.roads.network import UNREACHABLE_US, Network
from goldenhour.roads.place_kernels import PlaceTables
from goldenhour.roads.routes import Place, Route
from goldenhour.roads.snap import access_tree, snap

_THREADED = 200_000  # Pairs from which a second thread is worth its start.
_THREADS = 2


class Roads:
    """Exact travel times on a network, in each of its metrics (a travel mode in a band of the week)."""

    def __init__(
        self,
        network: Network,
        hierarchy: Hierarchy,
        metrics: Sequence[Metric] = (),
        off_road_km_per_h: Mapping[str, float] | None = None,
    ) -> None:
        """Take a network and its hierarchy; what the metrics mean, and the off-road speed of each travel mode.

        Raises:
            ValueError: these belong to different networks.
        """
        shapes = {(len(hierarchy.position), len(hierarchy.arc_slot), hierarchy.metrics)}
        if shapes != {(network.nodes, network.arcs, network.metrics)} or len(metrics) not in {0, network.metrics}:
            msg = f"Network, hierarchy and metrics do not belong together: {network.nodes} nodes, {shapes}, {metrics}."
            raise ValueError(msg)
        self.network = network
        self.hierarchy = hierarchy
        self.metrics = tuple(metrics)
        self.off_road_km_per_h = dict(off_road_km_per_h or {})
        labels = (network.metrics, int(hierarchy.label_ptr[-1]))
        self._up_label = np.empty(labels, np.int64)  # A row takes up memory only once it is filled.
        self._down_label = np.empty(labels, np.int64)
        self._labelled: set[int] = set()

    def tables(self, metrics: Sequence[int] | None = None) -> Tables:
        """Return what the kernels need, ready for these metrics (default: all).

        Takes some 15 ms and 50 MB a metric and city, the first time.
        """
        for metric in range(self.network.metrics) if metrics is None else metrics:
            self._label(metric)
        return self._tables

    def place_tables(self, nodes: Sequence[int], *, way_metric: int) -> PlaceTables:
        """Return the full tables of a few places in every metric, and in one of them the ways to these places."""
        network, places = self.network, np.array(nodes, np.int32)
        from_us = np.empty((network.metrics, network.nodes, len(places)), np.int64)
        to_us = np.empty_like(from_us)
        for metric in range(network.metrics):
            from_us[metric] = self._sweep(places, metric, backward=False)
            to_us[metric] = self._sweep(places, metric, backward=True)
        shape = (len(places), network.nodes)
        index, node, top, after = (np.empty(shape, np.int32) for _ in range(4))
        way_us = np.empty(shape, np.int64)
        arcs = tuple(read_only(array) for array in (network.tail, network.head, network.time_us[way_metric]))
        for row, place in enumerate(places.tolist()):
            left_us = np.ascontiguousarray(to_us[way_metric, :, row])
            hop = place_kernels.next_hops(place, left_us, *arcs)
            place_kernels.lay_ways(place, hop, left_us, index[row], node[row], way_us[row], top[row], after[row])
        return PlaceTables(
            node=read_only(places),
            from_us=read_only(from_us),
            to_us=read_only(to_us),
            way_index=read_only(index),
            way_node=read_only(node),
            way_us=read_only(way_us),
            way_top=read_only(top),
            way_after=read_only(after),
            way_metric=way_metric,
        )

    def place(self, lon: float, lat: float) -> Place:
        """Return where a place joins the roads: the nearest node with off-road access, of equals the lowest."""
        node, km = snap(self.network, np.array([lon]), np.array([lat]), self._access)
        return Place(node=int(node[0]), off_road_km=float(km[0]), lon=lon, lat=lat)

    def metric_at(self, mode: str, weekday: int, hour: float) -> int:
        """Return the metric of a travel mode at a local time: weekday 0 is Monday, hour from 0 to 24."""
        return metric_at(self.metrics, mode, weekday, hour)

    def time_us(self, start: Place | int, end: Place | int, metric: int) -> int:
        """Return the microseconds from one place or node to another, off-road ends included."""
        self._label(metric)
        road_us = int(kernels.pair_us(self._tables, metric, _node(start), _node(end)))
        ends_us = self.off_road_us(start, metric) + self.off_road_us(end, metric)
        return min(road_us + ends_us, int(UNREACHABLE_US))

    def off_road_us(self, place: Place | int, metric: int) -> int:
        """Return the microseconds between a place and its node; 0 for a node itself."""
        if isinstance(place, int | np.integer) or place.off_road_km == 0:
            return 0
        if not self.metrics or self.metrics[metric].mode not in self.off_road_km_per_h:
            msg = f"These roads do not know the off-road speed of metric {metric}: name their metrics and speeds."
            raise ValueError(msg)
        return round(place.off_road_km / self.off_road_km_per_h[self.metrics[metric].mode] * 3_600_000_000)

    def one_to_many_us(self, start: int, ends: NDArray[np.integer], metric: int) -> NDArray[np.int64]:
        """Return the microseconds from a node to each of several, (ends,)."""
        return self.many_to_many_us(np.array([start]), ends, metric).reshape(-1)

    def many_to_one_us(self, starts: NDArray[np.integer], end: int, metric: int) -> NDArray[np.int64]:
        """Return the microseconds from each of several nodes to one, (starts,)."""
        return self.many_to_many_us(starts, np.array([end]), metric).reshape(-1)

    def many_to_many_us(self, starts: NDArray[np.integer], ends: NDArray[np.integer], metric: int) -> NDArray[np.int64]:
        """Return the microseconds from each of several nodes to each of several others, (starts, ends)."""
        self._label(metric)
        a, b = np.asarray(starts, np.int64), np.asarray(ends, np.int64)
        out_us = np.empty((len(a), len(b)), np.int64)
        if out_us.size < _THREADED:
            kernels.pairs_us(self._tables, metric, a, b, out_us)
            return out_us
        order = np.argsort(self.hierarchy.position[b])  # Labels that lie together are then read one after another.
        cuts = np.linspace(0, len(a), _THREADS + 1).astype(int).tolist()
        parts = [slice(first, end) for first, end in pairwise(cuts)]
        with ThreadPoolExecutor(_THREADS) as pool:
            list(pool.map(lambda part: kernels.pairs_us(self._tables, metric, a[part], b[order], out_us[part]), parts))
        return out_us[:, np.argsort(order)]

    def one_to_all_us(self, start: int, metric: int) -> NDArray[np.int64]:
        """Return the microseconds from a node to every node, (nodes,)."""
        return np.ascontiguousarray(self._sweep(np.array([start], np.int32), metric, backward=False)[:, 0])

    def all_to_one_us(self, end: int, metric: int) -> NDArray[np.int64]:
        """Return the microseconds from every node to a node, (nodes,)."""
        return np.ascontiguousarray(self._sweep(np.array([end], np.int32), metric, backward=True)[:, 0])

    def isochrone(self, start: int, limit_us: int, metric: int) -> NDArray[np.bool_]:
        """Return which nodes are reached from a node within a time, (nodes,)."""
        return self.one_to_all_us(start, metric) <= limit_us

    def route(self, start: Place | int, end: Place | int, metric: int) -> Route | None:
        """Return the shortest way, or None where there is none."""
        self._label(metric)
        nodes = np.empty(1024, np.int32)
        count = kernels.route_nodes(self._tables, metric, _node(start), _node(end), nodes)
        if count > len(nodes):
            nodes = np.empty(count, np.int32)
            kernels.route_nodes(self._tables, metric, _node(start), _node(end), nodes)
        return self._drawn(start, end, metric, nodes[:count].copy()) if count else None

    def recustomised(self, metric: int, time_us: NDArray[np.int64]) -> "Roads":
        """Return the same roads with other times on the arcs of one metric: a closed road, a new hour.

        Args:
            metric: the one that changes.
            time_us: its new times, (arcs,); UNREACHABLE_US where a road is closed.
        """
        times = self.network.time_us.copy()
        times[metric] = time_us
        network = replace(self.network, time_us=times)
        return Roads(network, self.hierarchy.customised(metric, time_us), self.metrics, self.off_road_km_per_h)

    @cached_property
    def _access(self) -> cKDTree:
        return access_tree(self.network)

    @cached_property
    def _tables(self) -> Tables:
        h = self.hierarchy
        return Tables(
            position=h.position,
            node_at=h.node_at,
            least_depth=h.least_depth,
            label_ptr=h.label_ptr,
            up_label=read_only(self._up_label),
            down_label=read_only(self._down_label),
            slot_ptr=h.slot_ptr,
            slot_head=h.slot_head,
            slot_tail=h.slot_tail,
            up_us=h.up_us,
            down_us=h.down_us,
            up_via=h.up_via,
            down_via=h.down_via,
        )

    @cached_property
    def _leaving(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The arcs that leave node v: arcs[ptr[v]:ptr[v + 1]]."""
        ptr = np.zeros(self.network.nodes + 1, np.int64)
        np.cumsum(np.bincount(self.network.tail, minlength=self.network.nodes), out=ptr[1:])
        return ptr, np.argsort(self.network.tail, kind="stable")

    def _label(self, metric: int) -> None:
        """Fill in the labels of a metric."""
        if metric in self._labelled:
            return
        h = self.hierarchy

        def fill(weight_us: NDArray[np.int64], labels: NDArray[np.int64]) -> None:
            hierarchy_kernels.label(h.slot_ptr, h.slot_head, h.label_ptr, weight_us[metric], labels[metric])

        with ThreadPoolExecutor(_THREADS) as pool:
            list(pool.map(fill, (h.up_us, h.down_us), (self._up_label, self._down_label)))
        self._labelled.add(metric)

    def _sweep(self, places: NDArray[np.int32], metric: int, *, backward: bool) -> NDArray[np.int64]:
        """Return the times from (backward: to) each of a few nodes, (nodes, places)."""
        h = self.hierarchy
        reached_us = np.empty((self.network.nodes, len(places)), np.int64)
        up_us, down_us = h.up_us[metric], h.down_us[metric]
        climb_us, fall_us = (down_us, up_us) if backward else (up_us, down_us)
        hierarchy_kernels.sweep(h.slot_ptr, h.slot_head, climb_us, fall_us, h.position[places], reached_us)
        return reached_us[h.position]

    def _drawn(self, start: Place | int, end: Place | int, metric: int, nodes: NDArray[np.int32]) -> Route:
        """Return the route over these nodes with the line to draw."""
        net = self.network
        arcs = self._arcs_between(nodes[:-1], nodes[1:], metric)
        first_us = self.off_road_us(start, metric)
        at_us = first_us + np.concatenate([np.zeros(1, np.int64), np.cumsum(net.time_us[metric, arcs])])
        total_us = int(at_us[-1]) + self.off_road_us(end, metric)
        bends = net.shape_ptr[arcs + 1] - net.shape_ptr[arcs]
        place_of_node = np.concatenate([np.zeros(1, np.int64), np.cumsum(bends + 1)])  # In the line of points.
        is_bend = np.ones(place_of_node[-1] + 1, np.bool_)
        is_bend[place_of_node] = False
        bend = np.arange(bends.sum()) + np.repeat(net.shape_ptr[arcs] - np.cumsum(bends) + bends, bends)
        lon, lat = np.empty(len(is_bend)), np.empty(len(is_bend))
        lon[~is_bend], lat[~is_bend] = net.node_lon[nodes], net.node_lat[nodes]
        lon[is_bend], lat[is_bend] = net.shape_lon[bend], net.shape_lat[bend]
        km = np.cumsum(
            np.hypot(np.diff(lon, prepend=lon[0]) * net.km_per_lon, np.diff(lat, prepend=lat[0]) * net.km_per_lat)
        )
        point_us = _times_along(km, at_us, place_of_node)
        if isinstance(start, Place):
            lon, lat, point_us = np.append(start.lon, lon), np.append(start.lat, lat), np.append(0, point_us)
        if isinstance(end, Place):
            lon, lat, point_us = np.append(lon, end.lon), np.append(lat, end.lat), np.append(point_us, total_us)
        return Route(nodes=nodes, at_us=at_us, total_us=total_us, lon=lon, lat=lat, point_us=point_us)

    def _arcs_between(self, tails: NDArray[np.int32], heads: NDArray[np.int32], metric: int) -> NDArray[np.int64]:
        """Return the fastest arc from each tail to its head, (hops,); of equals the first."""
        ptr, leaving = self._leaving
        found = np.empty(len(tails), np.int64)
        for hop, (here, there) in enumerate(zip(tails.tolist(), heads.tolist(), strict=True)):
            arcs = leaving[ptr[here] : ptr[here + 1]]
            arcs = arcs[self.network.head[arcs] == there]
            found[hop] = arcs[np.argmin(self.network.time_us[metric, arcs])]
        return found


def _node(place: Place | int) -> int:
    return int(place.node if isinstance(place, Place) else place)


def _times_along(
    km: NDArray[np.float64], at_us: NDArray[np.int64], place_of_node: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return when each point of a line is reached: evenly along each road, exactly at its nodes.

    Shapes: km (points,) from the start; at_us and place_of_node (nodes,), the latter into the points.
    """
    hop = np.repeat(np.arange(len(at_us) - 1), np.diff(place_of_node))  # Of each point but the first.
    long_km = np.diff(km[place_of_node])[hop]
    gone_km = km[1:] - km[place_of_node[:-1]][hop]
    share = np.divide(gone_km, long_km, out=np.ones_like(gone_km), where=long_km > 0)
    inner_us = at_us[hop] + np.rint(share * np.diff(at_us)[hop]).astype(np.int64)
    found = np.concatenate([at_us[:1], inner_us])
    found[place_of_node] = at_us
    return found

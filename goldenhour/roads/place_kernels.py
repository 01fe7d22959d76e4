"""Places that are asked about all the time: stations and hospitals.

Their times to and from every node lie side by side for one node, so the column of a call is read in one go. For
vehicles on their way to a place, the ways from all nodes to it form a tree; it is cut into long unbranched stretches
(heavy paths) that lie together in memory, so that where a vehicle is by now takes a few steps.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from goldenhour.compiled import kernel, kernel_step
from goldenhour.roads.network import UNREACHABLE_US


class PlaceTables(NamedTuple):
    """Full tables of a few places. Made by `times.Roads.place_tables`. Times are without off-road ends."""

    node: NDArray[np.int32]  # (places,)
    from_us: NDArray[np.int64]  # (metrics, nodes, places) from the place to the node
    to_us: NDArray[np.int64]  # (metrics, nodes, places) from the node to the place
    way_index: NDArray[np.int32]  # (places, nodes) where the node stands in the place's tree; -1: no way
    way_node: NDArray[np.int32]  # (places, nodes) the node that stands there; the place itself first
    way_us: NDArray[np.int64]  # (places, nodes) from there to the place, in the metric of `way_metric`
    way_top: NDArray[np.int32]  # (places, nodes) where its stretch begins, towards the place
    way_after: NDArray[np.int32]  # (places, nodes) what comes after its stretch, towards the place; -1: the end
    way_metric: int


@kernel
def next_hops(
    place: int,
    to_us: NDArray[np.int64],
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    time_us: NDArray[np.int64],
) -> NDArray[np.int32]:
    """Return the node after each node on its shortest way to node `place`, (nodes,); -1 at the place and without a way.

    Shapes: to_us (nodes,) as from a sweep; tail, head, time_us (arcs,). Of several arcs the first is taken, and arcs
    that take no time only where no other will do, each on to a node that has its hop already: never in a circle.
    """
    hop = np.full(len(to_us), -1, np.int32)
    for arc in range(len(tail)):
        v = tail[arc]
        tight = to_us[v] < UNREACHABLE_US and time_us[arc] + to_us[head[arc]] == to_us[v]
        if tight and time_us[arc] > 0 and hop[v] < 0:
            hop[v] = head[arc]
    changed = True
    while changed:
        changed = False
        for arc in range(len(tail)):
            v = tail[arc]
            if time_us[arc] == 0 and v != place and hop[v] < 0:
                known = head[arc] == place or hop[head[arc]] >= 0
                if known and to_us[v] < UNREACHABLE_US and to_us[head[arc]] == to_us[v]:
                    hop[v] = head[arc]
                    changed = True
    return hop


@kernel
def lay_ways(
    place: int,
    hop: NDArray[np.int32],
    to_us: NDArray[np.int64],
    way_index: NDArray[np.int32],
    way_node: NDArray[np.int32],
    way_us: NDArray[np.int64],
    way_top: NDArray[np.int32],
    way_after: NDArray[np.int32],
) -> None:
    """Fill in one place's row of the `way_` arrays of `PlaceTables`, (nodes,) each, from its next hops."""
    nodes = len(hop)
    first_child = np.full(nodes, -1, np.int32)
    next_child = np.full(nodes, -1, np.int32)
    for v in range(nodes - 1, -1, -1):
        if hop[v] >= 0:
            next_child[v] = first_child[hop[v]]
            first_child[hop[v]] = v
    outward = np.empty(nodes, np.int32)  # The place first, each node after its hop.
    outward[0] = place
    known = 1
    at = 0
    while at < known:
        child = first_child[outward[at]]
        while child >= 0:
            outward[known] = child
            known += 1
            child = next_child[child]
        at += 1
    below = np.ones(nodes, np.int32)  # Nodes whose way leads over this one.
    for i in range(known - 1, 0, -1):
        below[hop[outward[i]]] += below[outward[i]]
    way_index[:] = -1
    way_node[:] = -1
    starts = np.empty(nodes, np.int32)
    starts[0] = place
    waiting = 1
    index = 0
    while waiting > 0:
        waiting -= 1
        v = starts[waiting]
        top = index
        after = -1 if v == place else way_index[hop[v]]
        while v >= 0:
            way_index[v] = index
            way_node[index] = v
            way_us[index] = to_us[v]
            way_top[index] = top
            way_after[index] = after
            index += 1
            heavy = -1
            child = first_child[v]
            while child >= 0:
                if heavy < 0 or below[child] > below[heavy]:
                    heavy = child
                child = next_child[child]
            child = first_child[v]
            while child >= 0:
                if child != heavy:
                    starts[waiting] = child
                    waiting += 1
                child = next_child[child]
            v = heavy


@kernel_step
def next_node_to_place(places: PlaceTables, place: int, u: int, gone_us: int) -> tuple[int, int]:
    """Return the node that a vehicle reaches next, `gone_us` after it left u for a place, and the time until then.

    As `kernels.next_node`, in the metric `way_metric` only; `place` is the index of the place, not its node.
    """
    if gone_us < 0:
        return u, -gone_us
    index = places.way_index[place, u]
    if index < 0:
        return u, 0
    left_us = places.way_us[place, index] - gone_us
    if left_us <= 0:
        return places.node[place], 0
    after = places.way_after[place, index]
    while after >= 0 and places.way_us[place, after] >= left_us:  # It has left this whole stretch behind.
        index = after
        after = places.way_after[place, index]
    first, end = places.way_top[place, index], index  # The foremost node of the stretch that it has left behind.
    while first < end:
        middle = (first + end) // 2
        if places.way_us[place, middle] >= left_us:
            end = middle
        else:
            first = middle + 1
    ahead = first - 1 if first > places.way_top[place, index] else after
    return places.way_node[place, ahead], left_us - places.way_us[place, ahead]


def warm() -> None:
    """Compile every kernel of this file once."""
    tail, head, time_us = np.zeros(1, np.int32), np.ones(1, np.int32), np.ones(1, np.int64)
    to_us = np.array([1, 0], np.int64)
    for array in (tail, head, time_us):
        array.flags.writeable = False
    hop = next_hops(1, to_us, tail, head, time_us)
    small = np.zeros((4, 1, 2), np.int32)
    way_us = np.zeros((1, 2), np.int64)
    lay_ways(1, hop, to_us, small[0, 0], small[1, 0], way_us[0], small[2, 0], small[3, 0])
    full = to_us.reshape(1, 2, 1)
    place = np.ones(1, np.int32)
    full.flags.writeable = place.flags.writeable = small.flags.writeable = way_us.flags.writeable = False
    next_node_to_place(PlaceTables(place, full, full, small[0], small[1], way_us, small[2], small[3], 0), 0, 0, 0)

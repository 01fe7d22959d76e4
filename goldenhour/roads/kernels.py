"""Travel times inside a decision: how long from here to there, which way, and where is a vehicle by now.

Nodes are those of the network. Every position of the hierarchy (see hierarchy_kernels) has a label: its time to and
from each of its ancestors, by climbing only, the root first. The shortest way from u to v climbs to one of their common
ancestors and falls from it, so its time is the least sum over the beginnings of two labels.

All arrays are read-only; times are int64 microseconds; UNREACHABLE_US means that there is no way.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from goldenhour.compiled import kernel, kernel_lean, kernel_step
from goldenhour.roads.network import UNREACHABLE_US


class Tables(NamedTuple):
    """What the kernels of this file need to know of the roads. Made by `times.Roads.tables`."""

    position: NDArray[np.int32]  # (nodes,) of each node in the hierarchy, 0 at the top
    node_at: NDArray[np.int32]  # (nodes,) the node at each position
    least_depth: NDArray[np.int32]  # (levels, nodes) [k, p]: least depth at the positions p .. p + 2**k - 1
    label_ptr: NDArray[np.int64]  # (nodes + 1,) labels of position p: [ptr[p]:ptr[p + 1]], the root first, itself last
    up_label: NDArray[np.int64]  # (metrics, labels) from p to each ancestor
    down_label: NDArray[np.int64]  # (metrics, labels) from each ancestor to p
    slot_ptr: NDArray[np.int64]  # (nodes + 1,) links of position p to positions above it
    slot_head: NDArray[np.int32]  # (slots,) the position above
    slot_tail: NDArray[np.int32]  # (slots,) the position below
    up_us: NDArray[np.int64]  # (metrics, slots) from tail to head
    down_us: NDArray[np.int64]  # (metrics, slots) from head to tail
    up_via: NDArray[np.int32]  # (metrics, slots, 2) the slot it falls by and the one it climbs by; -1: a road itself
    down_via: NDArray[np.int32]  # (metrics, slots, 2)


@kernel_step
def common_ancestors(tables: Tables, p: int, q: int) -> int:
    """Return how many ancestors two different positions share; a position counts as an ancestor of those below it."""
    first, last = (p + 1, q) if p < q else (q + 1, p)
    level = (np.float64(last - first + 1).view(np.int64) >> 52) - 1023  # A float's exponent: log2, rounded down.
    return int(min(tables.least_depth[level, first], tables.least_depth[level, last + 1 - (1 << level)]))


@kernel_step
def pair_us(tables: Tables, metric: int, u: int, v: int) -> int:
    """Return the microseconds from node u to node v."""
    p, q = tables.position[u], tables.position[v]
    if p == q:
        return 0
    common = common_ancestors(tables, p, q)
    climb = tables.up_label[metric, tables.label_ptr[p] : tables.label_ptr[p] + common]
    fall = tables.down_label[metric, tables.label_ptr[q] : tables.label_ptr[q] + common]
    best = UNREACHABLE_US
    for i in range(common):
        best = min(best, climb[i] + fall[i])
    return int(best)


@kernel_lean
def pairs_us(
    tables: Tables, metric: int, starts: NDArray[np.int64], ends: NDArray[np.int64], out_us: NDArray[np.int64]
) -> None:
    """Fill in the microseconds from every start to every end: starts (a,), ends (b,), out_us (a, b)."""
    for i in range(len(starts)):
        for j in range(len(ends)):
            out_us[i, j] = pair_us(tables, metric, starts[i], ends[j])


@kernel_step
def _hub(tables: Tables, metric: int, p: int, q: int) -> tuple[int, int]:
    """Return the depth of the ancestor at which the way turns from climbing to falling, or -1, and its time.

    Of several with the same time the one nearest to the root.
    """
    hub, best = -1, UNREACHABLE_US
    a, b = tables.label_ptr[p], tables.label_ptr[q]
    common = tables.label_ptr[p + 1] - a if p == q else common_ancestors(tables, p, q)
    for i in range(common):
        through = tables.up_label[metric, a + i] + tables.down_label[metric, b + i]
        if through < best:
            hub, best = i, through
    return hub, int(best)


@kernel_step
def _climb_slot(tables: Tables, labels: NDArray[np.int64], weight_us: NDArray[np.int64], p: int, hub: int) -> int:
    """Return the first slot from position p on its way to its ancestor at depth `hub`, or -1: p is that ancestor.

    Shapes: labels (labels,) and weight_us (slots,) of one metric and direction.
    """
    if tables.label_ptr[p + 1] - tables.label_ptr[p] == hub + 1:
        return -1
    left_us = labels[tables.label_ptr[p] + hub]
    for slot in range(tables.slot_ptr[p], tables.slot_ptr[p + 1]):
        above = tables.label_ptr[tables.slot_head[slot]]
        deep_enough = tables.label_ptr[tables.slot_head[slot] + 1] - above > hub
        if deep_enough and weight_us[slot] + labels[above + hub] == left_us:
            return slot
    return -1


@kernel_step
def _within(tables: Tables, metric: int, slot: int, climbing: bool, gone_us: int) -> tuple[int, int]:
    """Return the next node of a vehicle `gone_us` into a slot, and the microseconds until it is there."""
    while True:
        via = tables.up_via[metric, slot] if climbing else tables.down_via[metric, slot]
        if via[0] < 0:
            if climbing:
                return tables.node_at[tables.slot_head[slot]], tables.up_us[metric, slot] - gone_us
            return tables.node_at[tables.slot_tail[slot]], tables.down_us[metric, slot] - gone_us
        first_us = tables.down_us[metric, via[0]]
        climbing = gone_us >= first_us
        if climbing:
            gone_us -= first_us
            slot = via[1]
        else:
            slot = via[0]


@kernel_step
def next_node(tables: Tables, metric: int, u: int, v: int, gone_us: int) -> tuple[int, int]:
    """Return the node that a vehicle reaches next, `gone_us` after it left u for v, and the microseconds until then.

    A vehicle that is at a node at this very moment is on its way to the one after it. Before it set off (negative
    `gone_us`) the next node is u; at the end, and after it, it is v in 0 us. Where there is no way it stays at u.
    """
    if gone_us < 0:
        return u, -gone_us
    p, q = tables.position[u], tables.position[v]
    hub, total_us = _hub(tables, metric, p, q)
    if hub < 0:
        return u, 0
    if gone_us >= total_us:
        return v, 0
    if gone_us < tables.up_label[metric, tables.label_ptr[p] + hub]:
        up_us = tables.up_us[metric]
        while True:
            slot = _climb_slot(tables, tables.up_label[metric], up_us, p, hub)
            if gone_us < up_us[slot]:
                return _within(tables, metric, slot, True, gone_us)  # noqa: FBT003 -- It climbs.
            gone_us -= up_us[slot]
            p = tables.slot_head[slot]
    left_us = total_us - gone_us
    down_us = tables.down_us[metric]
    while True:  # From the end backwards.
        slot = _climb_slot(tables, tables.down_label[metric], down_us, q, hub)
        if left_us <= down_us[slot]:
            return _within(tables, metric, slot, False, down_us[slot] - left_us)  # noqa: FBT003 -- It falls.
        left_us -= down_us[slot]
        q = tables.slot_head[slot]


@kernel
def _unpack(tables: Tables, metric: int, slot: int, climbing: bool, out_nodes: NDArray[np.int32], count: int) -> int:
    """Write the nodes of a slot after its first one; return the new count."""
    later = [slot]  # Second halves wait here; at most one a level of the hierarchy.
    later.pop()
    while True:
        via = tables.up_via[metric, slot] if climbing else tables.down_via[metric, slot]
        if via[0] >= 0:
            later.append(via[1])
            slot, climbing = via[0], False
            continue
        if count < len(out_nodes):
            out_nodes[count] = tables.node_at[tables.slot_head[slot] if climbing else tables.slot_tail[slot]]
        count += 1
        if len(later) == 0:
            return count
        slot, climbing = later.pop(), True


@kernel
def route_nodes(tables: Tables, metric: int, u: int, v: int, out_nodes: NDArray[np.int32]) -> int:
    """Write the nodes of the shortest way from u to v, both included, and return how many; 0 when there is none.

    Where `out_nodes` is too short only its beginning is written, and the count still tells how many there are. The way
    is the one that `next_node` follows.
    """
    p, q = tables.position[u], tables.position[v]
    if p == q:
        out_nodes[0] = u
        return 1
    hub, _ = _hub(tables, metric, p, q)
    if hub < 0:
        return 0
    out_nodes[0] = u
    count = 1
    while True:
        slot = _climb_slot(tables, tables.up_label[metric], tables.up_us[metric], p, hub)
        if slot < 0:
            break
        count = _unpack(tables, metric, slot, True, out_nodes, count)  # noqa: FBT003 -- It climbs.
        p = tables.slot_head[slot]
    falls = [0]
    falls.pop()
    while True:
        slot = _climb_slot(tables, tables.down_label[metric], tables.down_us[metric], q, hub)
        if slot < 0:
            break
        falls.append(slot)
        q = tables.slot_head[slot]
    while len(falls) > 0:
        count = _unpack(tables, metric, falls.pop(), False, out_nodes, count)  # noqa: FBT003 -- It falls.
    return count


def warm() -> None:
    """Compile every kernel of this file once: two nodes, one road from the second to the first."""
    numbers, wide = np.array([0, 1, 1, 2], np.int32), np.array([0, 1, 3], np.int64)
    labels = np.array([[0, 7, 0]], np.int64)
    slots, times, via = np.array([0], np.int32), np.array([[7]], np.int64), np.full((1, 1, 2), -1, np.int32)
    for array in (numbers, wide, labels, slots, times, via):
        array.flags.writeable = False  # As in every `Tables`: kernels are compiled for that.
    tables = Tables(
        position=numbers[:2],
        node_at=numbers[:2],
        least_depth=numbers.reshape(2, 2),
        label_ptr=wide,
        up_label=labels,
        down_label=labels,
        slot_ptr=np.array([0, 0, 1], np.int64),
        slot_head=slots,
        slot_tail=slots,
        up_us=times,
        down_us=times,
        up_via=via,
        down_via=via,
    )
    tables.slot_ptr.flags.writeable = False
    pair_us(tables, 0, 1, 0)
    pairs_us(tables, 0, np.ones(1, np.int64), np.zeros(1, np.int64), np.empty((1, 1), np.int64))
    next_node(tables, 0, 1, 0, 3)
    route_nodes(tables, 0, 1, 0, np.empty(2, np.int32))

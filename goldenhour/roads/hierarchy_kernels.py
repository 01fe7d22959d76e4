"""The contraction hierarchy: its shape once per network, its times once per metric.

Nodes are numbered from the top: position 0 is the node contracted last, and the ancestors of a position in the
elimination tree all have smaller ones. A slot is a link from a position to one above it; it carries a time upwards and
one downwards. Every shortest way climbs from its start and then falls to its end, over ancestors of the one and the
other only.

Source: Dibbelt, Strasser and Wagner (2016), Customizable contraction hierarchies, ACM JEA 21; Delling, Goldberg,
Nowatzyk and Werneck (2011), PHAST.
"""

import numpy as np
from numpy.typing import NDArray

from goldenhour.compiled import kernel, kernel_lean
from goldenhour.roads.network import UNREACHABLE_US


@kernel
def complete(
    tail: NDArray[np.int32], head: NDArray[np.int32], rank: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Return the links upwards that contracting the nodes in order of rank leaves behind, by rank.

    Returns up_ptr (nodes + 1,), up_rank (slots,) sorted within each list, and parent (nodes,): the lowest rank in the
    list, -1 for a root. A node hands its list on to its parent, which is all that contracting it does.
    """
    nodes = len(rank)
    ptr = np.zeros(nodes + 1, np.int64)
    for arc in range(len(tail)):
        ptr[min(rank[tail[arc]], rank[head[arc]]) + 1] += 1
    ptr = np.cumsum(ptr)
    fill = ptr[:-1].copy()
    above = np.empty(len(tail), np.int32)
    for arc in range(len(tail)):
        low = min(rank[tail[arc]], rank[head[arc]])
        above[fill[low]] = max(rank[tail[arc]], rank[head[arc]])
        fill[low] += 1
    up_ptr = np.zeros(nodes + 1, np.int64)
    up_rank = np.empty(3 * len(tail) + 16, np.int32)
    parent = np.full(nodes, -1, np.int32)
    first_child = np.full(nodes, -1, np.int32)
    next_child = np.full(nodes, -1, np.int32)
    marked_by = np.full(nodes, -1, np.int32)
    slots = 0
    for v in range(nodes):
        room = ptr[v + 1] - ptr[v]
        child = first_child[v]
        while child >= 0:
            room += up_ptr[child + 1] - up_ptr[child]
            child = next_child[child]
        if slots + room > len(up_rank):
            longer = np.empty(2 * len(up_rank) + room, np.int32)
            longer[:slots] = up_rank[:slots]
            up_rank = longer
        for i in range(ptr[v], ptr[v + 1]):
            u = above[i]
            if u != v and marked_by[u] != v:
                marked_by[u] = v
                up_rank[slots] = u
                slots += 1
        child = first_child[v]
        while child >= 0:
            for i in range(up_ptr[child], up_ptr[child + 1]):
                u = up_rank[i]
                if u != v and marked_by[u] != v:
                    marked_by[u] = v
                    up_rank[slots] = u
                    slots += 1
            child = next_child[child]
        up_rank[up_ptr[v] : slots].sort()
        up_ptr[v + 1] = slots
        if slots > up_ptr[v]:
            parent[v] = up_rank[up_ptr[v]]
            next_child[v] = first_child[parent[v]]
            first_child[parent[v]] = v
    return up_ptr, up_rank[:slots].copy(), parent


@kernel
def number_from_the_top(parent: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the position of each rank, and the depth at each position (the number of its ancestors).

    Positions are a walk through the elimination tree from its roots that finishes each branch before the next, so
    a branch lies together in memory. The order of contraction that it stands for has the same links.
    """
    nodes = len(parent)
    first_child = np.full(nodes, -1, np.int32)
    next_child = np.full(nodes, -1, np.int32)
    ahead = np.empty(nodes, np.int32)
    waiting = 0
    for v in range(nodes):
        if parent[v] < 0:
            ahead[waiting] = v
            waiting += 1
        else:
            next_child[v] = first_child[parent[v]]
            first_child[parent[v]] = v
    position = np.empty(nodes, np.int32)
    depth = np.empty(nodes, np.int32)
    for at in range(nodes):
        waiting -= 1
        v = ahead[waiting]
        position[v] = at
        depth[at] = 0 if parent[v] < 0 else depth[position[parent[v]]] + 1
        child = first_child[v]
        while child >= 0:
            ahead[waiting] = child
            waiting += 1
            child = next_child[child]
    return position, depth


@kernel
def lay_out(
    up_ptr: NDArray[np.int64], up_rank: NDArray[np.int32], position: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Return the slots by position: slot_ptr (nodes + 1,), slot_head (slots,), ascending in each list, slot_tail."""
    nodes = len(position)
    slot_ptr = np.zeros(nodes + 1, np.int64)
    for v in range(nodes):
        slot_ptr[position[v] + 1] = up_ptr[v + 1] - up_ptr[v]
    slot_ptr = np.cumsum(slot_ptr)
    slot_head = np.empty(len(up_rank), np.int32)
    slot_tail = np.empty(len(up_rank), np.int32)
    for v in range(nodes):
        last = slot_ptr[position[v] + 1] - 1
        for i in range(up_ptr[v + 1] - up_ptr[v]):  # All are ancestors: a higher rank is a smaller position.
            slot_head[last - i] = position[up_rank[up_ptr[v] + i]]
            slot_tail[last - i] = position[v]
    return slot_ptr, slot_head, slot_tail


@kernel_lean
def slot_between(slot_ptr: NDArray[np.int64], slot_head: NDArray[np.int32], low: int, high: int) -> int:
    """Return the slot from position `low` up to `high`, which must be there."""
    first, end = slot_ptr[low], slot_ptr[low + 1]
    while first < end:
        middle = (first + end) // 2
        if slot_head[middle] < high:
            first = middle + 1
        else:
            end = middle
    return int(first)


@kernel
def slots_of_arcs(
    tail_at: NDArray[np.int32], head_at: NDArray[np.int32], slot_ptr: NDArray[np.int64], slot_head: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Return the slot of each arc, (arcs,): its index where the arc climbs, -1 - index where it falls.

    A loop to its own node is never of use: it gets the number of slots, which is no slot.
    """
    slot = np.empty(len(tail_at), np.int64)
    for arc in range(len(tail_at)):
        low, high = max(tail_at[arc], head_at[arc]), min(tail_at[arc], head_at[arc])
        if low == high:
            slot[arc] = len(slot_head)
        else:
            found = slot_between(slot_ptr, slot_head, low, high)
            slot[arc] = found if tail_at[arc] == low else -1 - found
    return slot


@kernel_lean
def customise(
    slot_ptr: NDArray[np.int64],
    slot_head: NDArray[np.int32],
    arc_slot: NDArray[np.int64],
    time_us: NDArray[np.int64],
    up_us: NDArray[np.int64],
    down_us: NDArray[np.int64],
    up_via: NDArray[np.int32],
    down_via: NDArray[np.int32],
) -> None:
    """Fill in the times of one metric, microseconds.

    Shapes: time_us (arcs,), up_us and down_us (slots,), up_via and down_via (slots, 2). A way over a lower node falls
    by its first slot and climbs by its second: these are the pair in `via`, or -1 where the slot is a road itself. At
    equal times the road, then the way found first, stays.
    """
    up_us[:] = UNREACHABLE_US
    down_us[:] = UNREACHABLE_US
    up_via[:] = -1
    down_via[:] = -1
    slots = len(slot_head)
    for arc in range(len(arc_slot)):
        slot = arc_slot[arc]
        if slot < 0:
            down_us[-1 - slot] = min(down_us[-1 - slot], time_us[arc])
        elif slot < slots:
            up_us[slot] = min(up_us[slot], time_us[arc])
    for via in range(len(slot_ptr) - 2, -1, -1):
        first = slot_ptr[via]
        for near in range(first, slot_ptr[via + 1]):
            low = slot_head[near]
            slot = slot_ptr[low]
            for far in range(first, near):
                while slot_head[slot] != slot_head[far]:  # It is there: `complete` left it behind.
                    slot += 1
                through = down_us[near] + up_us[far]
                if through < up_us[slot]:
                    up_us[slot] = through
                    up_via[slot, 0] = near
                    up_via[slot, 1] = far
                through = down_us[far] + up_us[near]
                if through < down_us[slot]:
                    down_us[slot] = through
                    down_via[slot, 0] = far
                    down_via[slot, 1] = near


@kernel_lean
def label(
    slot_ptr: NDArray[np.int64],
    slot_head: NDArray[np.int32],
    label_ptr: NDArray[np.int64],
    weight_us: NDArray[np.int64],
    labels: NDArray[np.int64],
) -> None:
    """Fill in each position's time to (from) all of its ancestors by climbing (falling) only, from the root down.

    Shapes: weight_us (slots,), labels (label_ptr[-1],); label_ptr[p + 1] - label_ptr[p] is the depth of p plus one, and
    the last of its labels is p itself: 0.
    """
    for p in range(len(slot_ptr) - 1):
        mine = labels[label_ptr[p] : label_ptr[p + 1]]
        mine[:] = UNREACHABLE_US
        for slot in range(slot_ptr[p], slot_ptr[p + 1]):
            above = labels[label_ptr[slot_head[slot]] : label_ptr[slot_head[slot] + 1]]
            first_us = weight_us[slot]
            for i in range(len(above)):
                mine[i] = min(mine[i], first_us + above[i])
        mine[-1] = 0


@kernel_lean
def sweep(
    slot_ptr: NDArray[np.int64],
    slot_head: NDArray[np.int32],
    climb_us: NDArray[np.int64],
    fall_us: NDArray[np.int64],
    starts: NDArray[np.int32],
    reached_us: NDArray[np.int64],
) -> None:
    """Fill in the times from a few starting positions to all positions, or to them when up and down are swapped.

    Shapes: climb_us and fall_us (slots,), starts (k,), reached_us (nodes, k).
    """
    reached_us[:] = UNREACHABLE_US
    for k in range(len(starts)):
        p = starts[k]
        reached_us[p, k] = 0
        while slot_ptr[p] < slot_ptr[p + 1]:
            for slot in range(slot_ptr[p], slot_ptr[p + 1]):
                through = reached_us[p, k] + climb_us[slot]
                reached_us[slot_head[slot], k] = min(reached_us[slot_head[slot], k], through)
            p = slot_head[slot_ptr[p + 1] - 1]  # The parent is the lowest of those above.
    for p in range(len(slot_ptr) - 1):
        mine = reached_us[p]
        for slot in range(slot_ptr[p], slot_ptr[p + 1]):
            above = reached_us[slot_head[slot]]
            last_us = fall_us[slot]
            for k in range(len(mine)):
                mine[k] = min(mine[k], above[k] + last_us)


def warm() -> None:
    """Compile every kernel of this file once."""
    tail, head = np.array([0, 1], np.int32), np.array([1, 2], np.int32)
    tail.flags.writeable = head.flags.writeable = False  # As `hierarchy.build` gives them: compiled for that.
    up_ptr, up_rank, parent = complete(tail, head, np.array([0, 2, 1], np.int32))
    position, depth = number_from_the_top(parent)
    slot_ptr, slot_head, _ = lay_out(up_ptr, up_rank, position)
    arc_slot = slots_of_arcs(position[tail], position[head], slot_ptr, slot_head)
    time_us, up_us, down_us = np.ones(2, np.int64), np.empty(2, np.int64), np.empty(2, np.int64)
    up_via, down_via = np.empty((2, 2), np.int32), np.empty((2, 2), np.int32)
    label_ptr = np.concatenate((np.zeros(1, np.int64), np.cumsum(depth.astype(np.int64) + 1)))
    for array in (slot_ptr, slot_head, arc_slot, time_us, label_ptr):
        array.flags.writeable = False  # As they come from a region's files: kernels are compiled for that.
    customise(slot_ptr, slot_head, arc_slot, time_us, up_us, down_us, up_via, down_via)
    for array in (up_us, down_us):
        array.flags.writeable = False
    label(slot_ptr, slot_head, label_ptr, up_us, np.empty(label_ptr[-1], np.int64))
    sweep(slot_ptr, slot_head, up_us, down_us, np.zeros(1, np.int32), np.empty((3, 1), np.int64))

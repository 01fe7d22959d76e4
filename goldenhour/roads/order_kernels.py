"""In which order to contract the nodes: nested dissection along small cuts (inertial flow).

The network is halved again and again along a small set of nodes; those nodes rank above everything that they part.
Small cuts near the top make everything that is done with the hierarchy later fast; any order at all gives exact times.

Source: Schild and Sommer (2015), On balanced separators in road networks; Dibbelt, Strasser and Wagner (2016),
Customizable contraction hierarchies.
"""

import numpy as np
from numpy.typing import NDArray

from goldenhour.compiled import kernel

LEAF = 8  # Cells of this size are not halved any more.
MARGIN = 0.25  # This share of a cell, at either end of the line, surely stays on its side of the cut.
SOURCE, BETWEEN, SINK = 1, 0, 2


@kernel
def neighbours(
    nodes: int, tail: NDArray[np.int32], head: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
    """Return who is joined to whom, whichever way the arc runs.

    Returns ptr (nodes + 1,), adjacent (links,) with adjacent[ptr[v]:ptr[v + 1]] sorted and free of doubles and of v
    itself, and twin (links,): the index of the same link seen from its other end.
    """
    ptr = np.zeros(nodes + 1, np.int64)
    for arc in range(len(tail)):
        ptr[tail[arc] + 1] += 1
        ptr[head[arc] + 1] += 1
    ptr = np.cumsum(ptr)
    fill = ptr[:-1].copy()
    both = np.empty(ptr[-1], np.int32)
    for arc in range(len(tail)):
        both[fill[tail[arc]]] = head[arc]
        fill[tail[arc]] += 1
        both[fill[head[arc]]] = tail[arc]
        fill[head[arc]] += 1
    tidy_ptr = np.zeros(nodes + 1, np.int64)
    links = 0
    for v in range(nodes):
        mine = np.sort(both[ptr[v] : ptr[v + 1]])
        last = v if len(mine) == 0 else -1
        for u in mine:
            if u not in (last, v):
                both[links] = u  # Never overtakes the lists still to be read.
                links += 1
            last = u
        tidy_ptr[v + 1] = links
    adjacent = both[:links].copy()
    twin = np.empty(links, np.int64)
    upcoming = tidy_ptr[:-1].copy()
    for v in range(nodes):  # Lists are sorted, so each node meets its neighbours' links in their order.
        for link in range(tidy_ptr[v], tidy_ptr[v + 1]):
            u = adjacent[link]
            twin[link] = upcoming[u]
            upcoming[u] += 1
    return tidy_ptr, adjacent, twin


@kernel
def _flood(
    ptr: NDArray[np.int64],
    adjacent: NDArray[np.int32],
    cell: NDArray[np.int32],
    flow: NDArray[np.int8],
    role: NDArray[np.int8],
    seen: NDArray[np.int64],
    stamp: int,
    queue: NDArray[np.int32],
    waiting: int,
    came_by: NDArray[np.int64],
) -> tuple[int, int]:
    """Spread from the `waiting` nodes of the queue over links with room, inside their cell, until a sink is met.

    Returns that sink or -1, and how many nodes were reached; they carry the stamp.
    """
    first, last = 0, waiting
    while first < last:
        v = queue[first]
        first += 1
        for link in range(ptr[v], ptr[v + 1]):
            u = adjacent[link]
            if cell[u] == cell[v] and seen[u] != stamp and flow[link] < 1:
                seen[u] = stamp
                came_by[u] = link
                if role[u] == SINK:
                    return u, last
                queue[last] = u
                last += 1
    return -1, last


@kernel
def _smallest_cut(
    ptr: NDArray[np.int64],
    adjacent: NDArray[np.int32],
    twin: NDArray[np.int64],
    cell: NDArray[np.int32],
    flow: NDArray[np.int8],
    role: NDArray[np.int8],
    seen: NDArray[np.int64],
    stamp: int,
    queue: NDArray[np.int32],
    came_by: NDArray[np.int64],
    line: NDArray[np.int32],
    margin: int,
    limit: int,
) -> tuple[int, int]:
    """Return the fewest links that part the first `margin` nodes of the line from its last ones, and the stamp used.

    Links carry one unit of flow. Nodes on the first side carry the stamp. Gives up at `limit`.
    """
    for i in range(len(line)):
        role[line[i]] = SOURCE if i < margin else (SINK if i >= len(line) - margin else BETWEEN)
        for link in range(ptr[line[i]], ptr[line[i] + 1]):
            flow[link] = 0
    cut = 0
    while cut < limit:
        stamp += 1
        for i in range(margin):
            queue[i] = line[i]
            seen[line[i]] = stamp
            came_by[line[i]] = -1
        sink, _ = _flood(ptr, adjacent, cell, flow, role, seen, stamp, queue, margin, came_by)
        if sink < 0:
            break
        cut += 1
        v = sink
        while came_by[v] >= 0:
            link = came_by[v]
            flow[link] += 1
            flow[twin[link]] -= 1
            v = adjacent[twin[link]]
    return cut, stamp


@kernel
def _mark_separator(
    ptr: NDArray[np.int64],
    adjacent: NDArray[np.int32],
    cell: NDArray[np.int32],
    members: NDArray[np.int32],
    side: NDArray[np.int8],
) -> None:
    """Turn a cut of links (side 0 and 1) into a cut of nodes (side 2): its ends on the side that has fewer of them."""
    ends = np.zeros(2, np.int64)
    for v in members:
        for link in range(ptr[v], ptr[v + 1]):
            u = adjacent[link]
            if cell[u] == cell[v] and side[u] != side[v]:
                ends[side[v]] += 1
                break
    fewer = 1 if ends[1] <= ends[0] else 0
    for v in members:
        if side[v] == fewer:
            for link in range(ptr[v], ptr[v + 1]):
                u = adjacent[link]
                if cell[u] == cell[v] and side[u] == 1 - fewer:
                    side[v] = 2
                    break


@kernel
def dissect(
    ptr: NDArray[np.int64],
    adjacent: NDArray[np.int32],
    twin: NDArray[np.int64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
) -> NDArray[np.int32]:
    """Return the rank of each node, (nodes,): every separator ranks above all that it parts.

    Args:
        ptr: as from `neighbours`, with adjacent and twin.
        adjacent: neighbours of each node.
        twin: the other direction of each link.
        x: eastward place of each node in any unit of length, (nodes,).
        y: northward place in the same unit.
    """
    nodes = len(ptr) - 1
    rank = np.empty(nodes, np.int32)
    next_rank = nodes - 1
    order = np.arange(nodes).astype(np.int32)  # Each cell is a stretch of this array.
    cell = np.zeros(nodes, np.int32)
    side = np.zeros(nodes, np.int8)
    role = np.zeros(nodes, np.int8)
    flow = np.zeros(len(adjacent), np.int8)
    seen = np.zeros(nodes, np.int64)
    queue = np.empty(nodes, np.int32)
    came_by = np.empty(nodes, np.int64)
    stamp, cells = 0, 0
    ahead = [(0, nodes)]
    while len(ahead) > 0:
        start, end = ahead.pop()
        members = order[start:end].copy()
        size = end - start
        if size <= LEAF:
            for v in members:
                rank[v] = next_rank
                next_rank -= 1
            continue
        cells += 1
        for v in members:
            cell[v] = cells
            role[v] = BETWEEN
            for link in range(ptr[v], ptr[v + 1]):
                flow[link] = 0
        stamp += 1
        queue[0] = members[0]
        seen[members[0]] = stamp
        _, reached = _flood(ptr, adjacent, cell, flow, role, seen, stamp, queue, 1, came_by)
        if reached < size:  # Parts that do not touch need no separator.
            for v in members:
                side[v] = 0 if seen[v] == stamp else 1
        else:
            fewest = len(adjacent) + 1
            for east, north in ((1.0, 0.0), (0.0, 1.0), (0.7071, 0.7071), (0.7071, -0.7071)):
                line = members[np.argsort(east * x[members] + north * y[members])]
                margin = max(1, int(size * MARGIN))
                cut, stamp = _smallest_cut(
                    ptr, adjacent, twin, cell, flow, role, seen, stamp, queue, came_by, line, margin, fewest
                )
                if cut < fewest:
                    fewest = cut
                    for v in members:
                        side[v] = 0 if seen[v] == stamp else 1
            _mark_separator(ptr, adjacent, cell, members, side)
        at = start
        middle = start
        for half in range(2):
            for v in members:
                if side[v] == half:
                    order[at] = v
                    at += 1
            if half == 0:
                middle = at
        for v in members:
            if side[v] == 2:  # noqa: PLR2004 -- The separator, see _mark_separator.
                cell[v] = -1
                rank[v] = next_rank
                next_rank -= 1
        ahead.append((start, middle))
        ahead.append((middle, at))
    return rank


def warm() -> None:
    """Compile every kernel of this file once."""
    tail = np.arange(12, dtype=np.int32)
    head = tail + np.int32(1)
    tail.flags.writeable = head.flags.writeable = False  # As `hierarchy.build` gives them: compiled for that.
    ptr, adjacent, twin = neighbours(13, tail, head)
    dissect(ptr, adjacent, twin, np.arange(13.0), np.zeros(13))

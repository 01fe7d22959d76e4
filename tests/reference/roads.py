"""Travel times in plain Python: Dijkstra's algorithm and what follows from it. The specification of roads' kernels.

Arcs are (tail, head, microseconds) triples.
"""

from heapq import heappop, heappush
from itertools import pairwise
from math import hypot

NO_WAY = 1 << 60


def one_to_all(nodes, arcs, start):
    """Return the microseconds from `start` to each node."""
    leaving = [[] for _ in range(nodes)]
    for tail, head, us in arcs:
        leaving[tail].append((head, us))
    reached = [NO_WAY] * nodes
    reached[start] = 0
    ahead = [(0, start)]
    while ahead:
        gone, v = heappop(ahead)
        if gone > reached[v]:
            continue
        for head, us in leaving[v]:
            if gone + us < reached[head]:
                reached[head] = gone + us
                heappush(ahead, (gone + us, head))
    return reached


def all_pairs(nodes, arcs):
    """Return [from][to] microseconds."""
    return [one_to_all(nodes, arcs, start) for start in range(nodes)]


def times_along(arcs, way):
    """Return when each node of a way is reached, by the fastest arcs; a step without an arc is a KeyError."""
    fastest = {}
    for tail, head, us in arcs:
        fastest[tail, head] = min(us, fastest.get((tail, head), NO_WAY))
    at = [0]
    for tail, head in pairwise(way):
        at.append(at[-1] + fastest[tail, head])
    return at


def next_node(way, at, gone):
    """Return the first node of a way reached after `gone`, and how long after; at its end the last node in 0."""
    if gone < 0:
        return way[0], -gone
    return next(((node, us - gone) for node, us in zip(way, at, strict=True) if us > gone), (way[-1], 0))


def hops(nodes, arcs, place, to_us):
    """Return one node that may follow each node on its way to a place: by an arc that costs what it saves."""
    return [
        {head for tail, head, us in arcs if tail == v and us < NO_WAY and us + to_us[head] == to_us[v] < NO_WAY}
        if v != place
        else set()
        for v in range(nodes)
    ]


def common_ancestors(parent, p, q):
    """Return how many positions stand above both or are both, by climbing."""
    above = []
    for start in (p, q):
        line = [start]
        while parent[line[-1]] >= 0:
            line.append(parent[line[-1]])
        above.append(set(line))
    return len(above[0] & above[1])


def nearest(lon, lat, nodes, km_per_lon, km_per_lat):
    """Return the index of the nearest of (lon, lat, allowed) nodes that is allowed; of equals the lowest."""
    allowed = [(hypot((x - lon) * km_per_lon, (y - lat) * km_per_lat), i) for i, (x, y, ok) in enumerate(nodes) if ok]
    return min(allowed)[1]

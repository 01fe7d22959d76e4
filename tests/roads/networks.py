"""Networks for tests: from a list of arcs, from the shared collections, or made up by Hypothesis."""

import json

import numpy as np
from hypothesis import strategies as st

from goldenhour.roads.network import Network
from tests.reference.roads import NO_WAY


def network(points, arcs, metrics=None, off_road=None, scale=(1.0, 1.0), bends=()):
    """Return a network of (lon, lat) points and (tail, head, us) arcs; `metrics` replaces their times, one row each.

    `bends` holds the (lon, lat) points within each arc, one list an arc.
    """
    tail, head, us = np.array(arcs, np.int64).reshape(-1, 3).T
    shape = [list(bends[arc]) if bends else [] for arc in range(len(arcs))]
    corners = np.array([point for line in shape for point in line], np.float64).reshape(-1, 2)
    lon, lat = np.array(points, np.float64).reshape(-1, 2).T.copy()
    return Network(
        node_lon=lon,
        node_lat=lat,
        off_road=np.ones(len(points), np.bool_) if off_road is None else np.array(off_road, np.bool_),
        tail=tail.astype(np.int32),
        head=head.astype(np.int32),
        length_m=np.zeros(len(arcs)),
        road_class=np.zeros(len(arcs), np.int8),
        time_us=np.array([us] if metrics is None else metrics, np.int64),
        km_per_lon=scale[0],
        km_per_lat=scale[1],
        street=np.full(len(arcs), -1, np.int32),
        streets=(),
        shape_ptr=np.concatenate([[0], np.cumsum([len(line) for line in shape])]).astype(np.int64),
        shape_lon=corners[:, 0],
        shape_lat=corners[:, 1],
    )


@st.composite
def networks(draw, most_nodes=24):
    """Return (network, arcs): one-ways, parts that do not touch, parallel arcs, loops, zero times, closed roads."""
    nodes = draw(st.integers(1, most_nodes))
    node = st.integers(0, nodes - 1)
    us = st.one_of(st.integers(0, 3), st.integers(0, 5_000_000_000), st.just(NO_WAY))  # Small ones make ties.
    one_way = draw(st.lists(st.tuples(node, node, us), max_size=2 * nodes))
    streets = draw(st.lists(st.tuples(node, node, us, us), max_size=nodes))
    arcs = one_way + [(u, v, there) for u, v, there, _ in streets] + [(v, u, back) for u, v, _, back in streets]
    points = draw(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=nodes, max_size=nodes))
    return network(points, arcs), arcs


def small_networks(shared):
    """Yield (name, network, expected seconds [mode][from][to]) of the shared collection; its nodes count from 1."""
    for case in json.loads((shared / "simulation" / "networks.json").read_text())["networks"]:
        arcs = [(row[0] - 1, row[1] - 1, row[2:]) for row in case["arcs"]]
        if case["form"] == "undirected":
            arcs += [(v, u, seconds) for u, v, seconds in arcs]
        metrics = [[round(seconds[mode] * 1e6) for _, _, seconds in arcs] for mode in range(len(case["modes"]))]
        points = [(lon, lat) for _, lon, lat in case["nodes"]]
        yield case["name"], network(points, [(u, v, 0) for u, v, _ in arcs], metrics), np.array(case["times"])

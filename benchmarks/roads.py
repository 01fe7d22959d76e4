"""Travel times beside scipy's Dijkstra, measured in the same run on the same roads.

    python benchmarks/roads.py [SOURCE ...] [--json]

A source is an .osm.pbf file, a folder in the layout of the JEMSS cities, or a built region; without one, Porto and
Auckland of the shared data (GOLDENHOUR_SHARED, or `shared` beside the repository). Every figure is the median of 5. The
reference loop is the same plain Python on every machine, and the processes that shared the cores are counted: read
absolute figures beside both.
"""

import argparse
import json
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from goldenhour.roads import hierarchy, kernels, place_kernels, region
from goldenhour.roads.build import jemss, osm
from goldenhour.roads.network import UNREACHABLE_US, Network
from goldenhour.roads.times import Roads

UNITS, MATRIX, PLACES, CALLS = 200, 2_000, 20, 100_000
SCIPY_STARTS = 20  # Of the matrix's starts; its time is multiplied up.
BARS = {
    "build_s": 20.0,
    "load_s": 1.0,
    "units_to_call_ms": 0.2,
    "matrix_ms": 300.0,
    "recustomise_ms": 50.0,
    "memory_mb": 500.0,
}


def seconds(work: Callable[[], Any], times: int = 5) -> float:
    """Return the median time of one run; a first one, which may compile, is not counted."""
    work()
    took = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        took.append(time.perf_counter() - begin)
    return statistics.median(took)


def reference_loop() -> int:
    """Return a number that takes a while to find: plain Python, no library."""
    mixed = 0
    for i in range(2_000_000):
        mixed ^= i * i
    return mixed


def network_of(source: Path) -> Network:
    """Return the roads of a source."""
    if (source / region.SETTINGS).is_file():
        return region.load(source).network
    return (jemss if source.is_dir() else osm).build(source).network


def graph_of(net: Network) -> csr_matrix:
    """Return the first metric for scipy, which adds parallel arcs up: the fastest is kept."""
    order = np.lexsort((net.time_us[0], net.head, net.tail))
    ends = np.column_stack([net.tail, net.head])[order]
    first = np.append([True], (np.diff(ends, axis=0) != 0).any(axis=1))
    times = net.time_us[0][order][first].astype(np.float64)
    return csr_matrix((times, tuple(ends[first].T)), (net.nodes, net.nodes))


@njit(_nrt=False)
def ask_pairs(tables: kernels.Tables, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> int:
    """Ask one by one, as a decision does."""
    mixed = 0
    for i in range(len(starts)):
        mixed ^= kernels.pair_us(tables, 0, starts[i], ends[i])
    return mixed


@njit(_nrt=False)
def ask_next(
    tables: kernels.Tables, starts: NDArray[np.int64], ends: NDArray[np.int64], gone_us: NDArray[np.int64]
) -> int:
    """Ask where vehicles are by now, one by one."""
    mixed = 0
    for i in range(len(starts)):
        mixed ^= kernels.next_node(tables, 0, starts[i], ends[i], gone_us[i])[1]
    return mixed


@njit(_nrt=False)
def ask_next_to_place(
    places: place_kernels.PlaceTables, place: NDArray[np.int64], starts: NDArray[np.int64], gone_us: NDArray[np.int64]
) -> int:
    """Ask where vehicles on their way to a place are by now, one by one."""
    mixed = 0
    for i in range(len(starts)):
        mixed ^= place_kernels.next_node_to_place(places, place[i], starts[i], gone_us[i])[1]
    return mixed


def resident_mb() -> float:
    """Return the memory this process holds."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def memory_mb(folder: Path) -> float:
    """Return what loading a city for a simulation takes: every metric, and full tables of 20 places."""
    tiny = Network(**dict(np.load(folder / "tiny.npz").items()), **plain_fields())
    Roads(tiny, hierarchy.build(tiny)).place_tables([0], way_metric=0)  # The program itself is not counted.
    Roads(tiny, hierarchy.build(tiny)).tables()
    before = resident_mb()
    net = Network(**dict(np.load(folder / "network.npz").items()), **plain_fields())
    roads = Roads(net, hierarchy.load(folder))
    tables = roads.tables()
    places = roads.place_tables(list(range(PLACES)), way_metric=0)
    for array in (*tables, *places[:-1]):
        array.max(initial=0)  # Mapped files count too.
    return resident_mb() - before


def plain_fields() -> dict[str, Any]:
    """Return the fields of a network that are not arrays; times do not depend on them."""
    return {"km_per_lon": 1.0, "km_per_lat": 1.0, "streets": ()}


def save_network(net: Network, file: Path) -> None:
    """Write a network's arrays."""
    names = [name for name in Network.__dataclass_fields__ if isinstance(getattr(net, name), np.ndarray)]
    np.savez(file, **{name: getattr(net, name) for name in names})


def tiny_network(net: Network) -> Network:
    """Return a network of one node and no arc, of the same kind."""
    none = {
        name: np.zeros(0, getattr(net, name).dtype) for name in ("tail", "head", "length_m", "road_class", "street")
    }
    one = {name: getattr(net, name)[:1] for name in ("node_lon", "node_lat", "off_road", "shape_ptr")}
    lines = {"shape_lon": np.zeros(0), "shape_lat": np.zeros(0)}
    return Network(**none, **one, **lines, time_us=np.zeros((1, 0), np.int64), **plain_fields())


def measure(net: Network, folder: Path) -> dict[str, Any]:
    """Return all figures of one network."""
    rng = np.random.default_rng(0)
    nodes = net.nodes
    found: dict[str, Any] = {"nodes": nodes, "arcs": net.arcs, "metrics": net.metrics}
    found["build_s"] = seconds(lambda: hierarchy.build(net))
    hierarchy.save(hierarchy.build(net), folder)
    found["load_s"] = seconds(lambda: Roads(net, hierarchy.load(folder)).tables())
    save_network(net, folder / "network.npz")
    save_network(tiny_network(net), folder / "tiny.npz")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        found["memory_mb"] = pool.apply(memory_mb, (folder,))

    roads = Roads(net, hierarchy.load(folder))
    graph = graph_of(net)
    backward = graph.T.tocsr()
    found["labels_per_node"] = int(roads.hierarchy.label_ptr[-1]) / nodes

    def draw(size: int) -> NDArray[np.int64]:
        return rng.integers(0, nodes, size)

    found["units_to_call_ms"] = 1e3 * seconds(lambda: roads.many_to_one_us(draw(UNITS), int(draw(1)[0]), 0), 50)
    found["scipy_units_to_call_ms"] = 1e3 * seconds(lambda: dijkstra(backward, indices=int(draw(1)[0])))
    starts, ends = draw(MATRIX), draw(MATRIX)
    found["matrix_ms"] = 1e3 * seconds(lambda: roads.many_to_many_us(starts, ends, 0))
    some = seconds(lambda: dijkstra(graph, indices=starts[:SCIPY_STARTS])[:, ends], 3)
    found["scipy_matrix_ms"] = 1e3 * some * MATRIX / SCIPY_STARTS
    found["one_to_all_ms"] = 1e3 * seconds(lambda: roads.one_to_all_us(int(draw(1)[0]), 0))
    found["scipy_one_to_all_ms"] = 1e3 * seconds(lambda: dijkstra(graph, indices=int(draw(1)[0])))

    def close_a_road() -> Roads:
        times = net.time_us[0].copy()
        times[rng.integers(0, net.arcs)] = UNREACHABLE_US
        return roads.recustomised(0, times)

    found["recustomise_ms"] = 1e3 * seconds(close_a_road)
    found["recustomise_and_answer_ms"] = 1e3 * seconds(lambda: close_a_road().time_us(0, nodes - 1, 0))
    found["route_ms"] = 1e3 * seconds(lambda: roads.route(int(draw(1)[0]), int(draw(1)[0]), 0), 50)
    found |= measure_kernels(roads, rng)

    some_starts = starts[:SCIPY_STARTS]
    theirs = dijkstra(graph, indices=some_starts)
    theirs = np.where(np.isinf(theirs), float(UNREACHABLE_US), theirs).astype(np.int64)
    found["equal"] = bool((roads.many_to_many_us(some_starts, np.arange(nodes), 0) == theirs).all())
    return found


def measure_kernels(roads: Roads, rng: np.random.Generator) -> dict[str, float]:
    """Return the nanoseconds of one question inside a kernel: random units, and 16 of 400 units a call."""
    nodes, tables = roads.network.nodes, roads.tables([0])
    random_starts, random_ends = rng.integers(0, nodes, (2, CALLS))
    units = rng.integers(0, nodes, 400)
    starts, ends = units[rng.integers(0, 400, CALLS)], np.repeat(rng.integers(0, nodes, CALLS // 16), 16)
    at = [roads.time_us(int(u), int(v), 0) for u, v in zip(starts, ends, strict=True)]
    gone_us = np.array(
        [int(us * share) if us < UNREACHABLE_US else 0 for us, share in zip(at, rng.random(CALLS), strict=False)]
    )
    places = roads.place_tables(rng.integers(0, nodes, PLACES).tolist(), way_metric=0)
    place = rng.integers(0, PLACES, CALLS)
    left_us = places.to_us[0][random_starts, place]
    driven_us = np.where(left_us < UNREACHABLE_US, left_us // 2, 0)
    each = 1e9 / CALLS
    return {
        "pair_ns": each * seconds(lambda: ask_pairs(tables, starts, ends)),
        "pair_random_ns": each * seconds(lambda: ask_pairs(tables, random_starts, random_ends)),
        "next_node_ns": each * seconds(lambda: ask_next(tables, starts, ends, gone_us)),
        "next_node_to_place_ns": each * seconds(lambda: ask_next_to_place(places, place, random_starts, driven_us)),
    }


def main() -> int:
    """Measure, print, and return 1 when an answer differs. A missed bar is printed: the machine may be shared."""
    shared = Path(os.environ.get("GOLDENHOUR_SHARED", Path(__file__).parents[2] / "shared"))
    parser = argparse.ArgumentParser(description="Travel times beside scipy's Dijkstra.")
    usual = [shared / "data" / "osm" / "porto.osm.pbf", shared / "data" / "cities" / "auckland"]
    parser.add_argument("sources", nargs="*", type=Path, default=usual)
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    given = parser.parse_args()
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    found: dict[str, Any] = {"reference_loop_ms": 1e3 * seconds(reference_loop), "others_per_core": round(busy, 1)}
    for source in given.sources:
        with tempfile.TemporaryDirectory() as folder:
            net = network_of(source)
            if net.metrics == 1:  # The bars are for two travel modes.
                net = replace(net, time_us=np.concatenate([net.time_us, 2 * net.time_us]))
            found[source.name.partition(".")[0]] = measure(net, Path(folder))
    cities = [one for one in found.values() if isinstance(one, dict)]
    found["met"] = all(one["equal"] and all(one[name] < bar for name, bar in BARS.items()) for one in cities)
    if given.json:
        print(json.dumps(found, indent=2))
    else:
        show(found)
    return 0 if all(one["equal"] for one in cities) else 1


def show(found: dict[str, Any]) -> None:
    """Print the figures in columns."""
    shared_with = found["others_per_core"]
    print(f"reference loop {found['reference_loop_ms']:.0f} ms; {shared_with} other processes a core\n")
    for name, one in found.items():
        if not isinstance(one, dict):
            continue
        print(f"{name}: {one['nodes']:,} nodes, {one['arcs']:,} arcs, {one['metrics']} metrics")
        for figure, value in one.items():
            if figure.startswith("scipy_") or figure in {"nodes", "arcs", "metrics"}:
                continue
            bar = f"bar {BARS[figure]:g}" if figure in BARS else ""
            theirs = one.get(f"scipy_{figure}")
            beside = f"scipy {theirs:,.2f}, {theirs / value:,.0f} times" if theirs else ""
            shown = f"{value:,.3f}" if isinstance(value, float) else str(value)
            print(f"  {figure:26s} {shown:>12s}   {bar:10s} {beside}")
        print()
    print("every bar is met" if found["met"] else "A BAR IS MISSED")


if __name__ == "__main__":
    sys.exit(main())

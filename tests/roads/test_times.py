"""Exact times on real networks, and what a person or a vehicle asks along the way."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from goldenhour.errors import BadInput
from goldenhour.roads import hierarchy
from goldenhour.roads.bands import days_of, metric_at
from goldenhour.roads.draft import Metric
from goldenhour.roads.network import UNREACHABLE_US
from goldenhour.roads.times import Roads
from tests.reference import roads as plain
from tests.roads.networks import network, networks, small_networks

MODES = (Metric(id="lights", mode="lights"), Metric(id="normal", mode="normal"))
SPEEDS = {"lights": 36.0, "normal": 18.0}  # 10 and 5 metres a second.

# A bent street of two arcs, 3 km and 4 km, then 5 km, in a plane where a degree is a kilometre.
BENT = network(
    [(0, 0), (3, 4), (3, 9)],
    [(0, 1, 0), (1, 2, 0), (1, 0, 0)],
    metrics=[[700, 500, 900], [1400, 1000, 1800]],
    bends=[[(3, 0)], [], []],
)


@pytest.fixture(params=["auckland", "edmonton"])
def city_roads(request, real_city):
    return real_city(request.param).roads


def scipy_times(net, metric, starts):
    """Return what scipy's Dijkstra says, (starts, nodes). Of parallel arcs it is given the fastest."""
    order = np.lexsort((net.time_us[metric], net.head, net.tail))
    ends = np.column_stack([net.tail, net.head])[order]
    first = np.append(True, (np.diff(ends, axis=0) != 0).any(axis=1))
    graph = csr_matrix((net.time_us[metric][order][first].astype(float), tuple(ends[first].T)), (net.nodes, net.nodes))
    found = dijkstra(graph, indices=starts)
    return np.where(np.isinf(found), float(UNREACHABLE_US), found).astype(np.int64)


def test_every_small_network_is_exact_in_every_mode(shared):
    cases = list(small_networks(shared))
    assert len(cases) == 14
    for name, net, seconds in cases:
        roads, nodes = Roads(net, hierarchy.build(net)), np.arange(net.nodes)
        for mode in range(net.metrics):
            found = roads.many_to_many_us(nodes, nodes, mode)
            assert np.abs(found / 1e6 - seconds[mode]).max() <= 1e-3, name
            arcs = list(zip(net.tail.tolist(), net.head.tolist(), net.time_us[mode].tolist(), strict=True))
            assert found.tolist() == plain.all_pairs(net.nodes, arcs), name


@pytest.mark.xdist_group("cities")
def test_a_city_equals_scipys_dijkstra(city_roads):
    net, rng = city_roads.network, np.random.default_rng(7)
    for metric in range(net.metrics):
        starts = rng.integers(0, net.nodes, 12)
        want = scipy_times(net, metric, starts)

        assert (city_roads.many_to_many_us(starts, np.arange(net.nodes), metric) == want).all()
        assert (city_roads.one_to_all_us(int(starts[0]), metric) == want[0]).all()
        for end in rng.integers(0, net.nodes, 5).tolist():
            assert (city_roads.many_to_one_us(starts, end, metric) == want[:, end]).all()
            assert (city_roads.all_to_one_us(end, metric)[starts] == want[:, end]).all()
            assert city_roads.time_us(int(starts[1]), end, metric) == want[1, end]


@pytest.mark.xdist_group("cities")
def test_a_citys_routes_are_made_of_its_arcs_and_a_vehicle_keeps_its_order_along_them(city_roads):
    net, rng = city_roads.network, np.random.default_rng(8)
    arcs = {}
    for tail, head, us in zip(net.tail.tolist(), net.head.tolist(), net.time_us[0].tolist(), strict=True):
        arcs[tail, head] = min(us, arcs.get((tail, head), plain.NO_WAY))
    for start, end in rng.integers(0, net.nodes, (20, 2)).tolist():
        route = city_roads.route(start, end, 0)

        way = route.nodes.tolist()
        assert (way[0], way[-1]) == (start, end)
        assert np.diff(route.at_us).tolist() == [arcs[step] for step in pairwise(way)]
        assert route.at_us[-1] == route.total_us == city_roads.time_us(start, end, 0)
        for hop in rng.integers(1, len(way) - 1, 5).tolist():
            at = int(route.at_us[hop])
            before, there, after = (route.position(at + off) for off in (-1, 0, 1))
            assert (before.next_node, before.left_us) == (way[hop], 1)
            assert (there.next_node, there.left_us) == (way[hop + 1], route.at_us[hop + 1] - at)
            assert (after.next_node, after.left_us) == (way[hop + 1], route.at_us[hop + 1] - at - 1)
            assert (there.lon, there.lat) == pytest.approx((net.node_lon[way[hop]], net.node_lat[way[hop]]), abs=1e-9)


def test_a_place_joins_the_nearest_node_where_it_may_leave_the_road():
    rng = np.random.default_rng(3)
    points = rng.random((300, 2))
    for off_road in (np.ones(300, np.bool_), rng.random(300) < 0.3):
        net = network(points, [(0, 1, 1)], off_road=off_road, scale=(10.0, 10.0))
        roads = Roads(net, hierarchy.build(net))
        nodes = [(x, y, ok) for (x, y), ok in zip(points.tolist(), off_road.tolist(), strict=True)]
        axis = np.linspace(0, 1, 101).tolist()

        found = [roads.place(lon, lat).node for lon in axis[::4] for lat in axis]

        assert found == [plain.nearest(lon, lat, nodes, 10.0, 10.0) for lon in axis[::4] for lat in axis]


def test_of_equally_near_nodes_the_first_is_taken():
    net = network([(1, 1), (0, 0), (2, 0), (0, 0)], [(0, 1, 1)], off_road=[False, True, True, True])
    place = Roads(net, hierarchy.build(net)).place(1.0, 0.0)
    assert (place.node, place.off_road_km) == (1, 1.0)


def test_off_road_ends_are_driven_at_the_modes_speed():
    roads = Roads(BENT, hierarchy.build(BENT), MODES, SPEEDS)
    start, end = roads.place(0.0, -0.01), roads.place(3.0, 9.03)

    assert roads.time_us(start, end, 0) == 1_000_000 + 1200 + 3_000_000
    assert roads.time_us(start, end, 1) == 2_000_000 + 2400 + 6_000_000
    assert roads.time_us(end, start, 0) == UNREACHABLE_US  # One way only: off-road ends do not make it a number.
    with pytest.raises(ValueError, match="off-road speed"):
        Roads(BENT, hierarchy.build(BENT)).time_us(start, end, 0)


def test_a_vehicle_is_drawn_along_the_bends_of_its_road():
    route = Roads(BENT, hierarchy.build(BENT)).route(0, 2, 0)

    assert route.nodes.tolist() == [0, 1, 2]
    assert route.at_us.tolist() == [0, 700, 1200]
    assert list(zip(route.lon.tolist(), route.lat.tolist(), route.point_us.tolist(), strict=True)) == [
        (0, 0, 0),
        (3, 0, 300),
        (3, 4, 700),
        (3, 9, 1200),
    ]
    halfway = route.position(200)
    assert (halfway.lon, halfway.lat) == pytest.approx((2.0, 0.0))  # Not on the straight line to the next node.
    assert (halfway.next_node, halfway.left_us) == (1, 500)


def test_the_way_driven_is_as_long_as_the_road():
    roads = Roads(BENT, hierarchy.build(BENT), MODES, SPEEDS)
    route = roads.route(roads.place(0.0, -0.0001), roads.place(3.0, 9.0001), 0)
    at = [route.position(us) for us in range(0, route.total_us + 100, 100)]
    km = sum(np.hypot(b.lon - a.lon, b.lat - a.lat) for a, b in pairwise(at))
    assert km == pytest.approx(12.0002, abs=1e-6)


def test_off_its_road_a_vehicle_goes_on_to_the_first_node_or_turns_back_to_the_last():
    roads = Roads(BENT, hierarchy.build(BENT), MODES, SPEEDS)
    route = roads.route(roads.place(0.0, -0.01), roads.place(3.0, 9.01), 0)

    leaving, arriving, beyond = route.position(400_000), route.position(1_501_200), route.position(99_000_000)

    assert (leaving.next_node, leaving.left_us) == (0, 600_000)
    assert (leaving.lon, leaving.lat) == pytest.approx((0.0, -0.006))
    assert (arriving.next_node, arriving.left_us) == (2, 500_000)
    assert (beyond.next_node, beyond.left_us) == (2, 1_000_000)  # It stands at its end.
    assert (beyond.lon, beyond.lat) == (3.0, 9.01)


def test_no_way_is_no_route_and_staying_is_a_route_of_one_node():
    roads = Roads(BENT, hierarchy.build(BENT))
    assert roads.route(2, 0, 0) is None
    stay = roads.route(1, 1, 0)
    assert (stay.nodes.tolist(), stay.total_us, stay.position(5).next_node) == ([1], 0, 1)


def test_an_isochrone_holds_what_is_reached_in_time():
    roads = Roads(BENT, hierarchy.build(BENT))
    assert roads.isochrone(0, 699, 0).tolist() == [True, False, False]
    assert roads.isochrone(0, 700, 0).tolist() == [True, True, False]
    assert roads.isochrone(2, 10**9, 0).tolist() == [False, False, True]


@given(networks(), st.data())
def test_after_a_closure_times_are_those_of_the_network_without_the_road(case, data):
    net, arcs = case
    roads = Roads(net, hierarchy.build(net))
    before = roads.one_to_all_us(0, 0).tolist()
    closed = data.draw(st.sets(st.integers(0, len(arcs) - 1))) if arcs else set()
    times = np.array([UNREACHABLE_US if arc in closed else us for arc, (_, _, us) in enumerate(arcs)], np.int64)

    changed = roads.recustomised(0, times)

    left = [arc for index, arc in enumerate(arcs) if index not in closed]
    nodes = np.arange(net.nodes)
    assert changed.many_to_many_us(nodes, nodes, 0).tolist() == plain.all_pairs(net.nodes, left)
    assert roads.one_to_all_us(0, 0).tolist() == before  # The roads that were asked stay as they are.
    assert roads.network.time_us[0].tolist() == [us for _, _, us in arcs]


def test_a_closure_in_one_metric_leaves_the_others_alone():
    roads = Roads(BENT, hierarchy.build(BENT))
    closed = BENT.time_us[0].copy()
    closed[1] = UNREACHABLE_US
    changed = roads.recustomised(0, closed)
    assert (changed.time_us(0, 2, 0), changed.time_us(0, 2, 1)) == (UNREACHABLE_US, 2400)


def test_a_negative_time_is_refused():
    with pytest.raises(ValueError, match="from 0 to UNREACHABLE_US, got -1"):
        hierarchy.build(network([(0, 0), (1, 1)], [(0, 1, -1)]))


def test_a_hierarchy_comes_back_from_its_files_as_it_was(tmp_path):
    built = hierarchy.build(BENT)
    hierarchy.save(built, tmp_path)

    loaded = hierarchy.load(tmp_path)

    assert Roads(BENT, loaded).time_us(0, 2, 1) == 2400
    with pytest.raises(ValueError, match="read-only"):
        loaded.up_us[0, 0] = 1
    (tmp_path / "up_us.npy").write_bytes((tmp_path / "up_us.npy").read_bytes()[:-1])
    with pytest.raises(BadInput, match="Build the region anew") as refusal:
        hierarchy.load(tmp_path)
    assert refusal.value.where.endswith("up_us.npy")


def test_a_hierarchy_of_another_network_is_refused():
    other = network([(0, 0), (1, 1)], [(0, 1, 1)])
    with pytest.raises(ValueError, match="do not belong together"):
        Roads(other, hierarchy.build(BENT))


def test_the_metric_follows_the_sets_of_travel_modes(shared):
    case = json.loads((shared / "simulation" / "travel_modes.json").read_text())
    starts = [24 * start for start in case["set_start_times"]]
    ends = [*starts[1:], float("inf")]
    timing = [int(row["travelSetIndex"]) for row in case["tables"]["travelSetsTiming"]]
    bands, modes = [], []
    for row in case["tables"]["travelSets"]:
        for which, start, end in zip(timing, starts, ends, strict=True):
            if which == int(row["travelSetIndex"]):
                bands.append(Metric(id=f"{start}", mode=row["priority"], hours=(start, end)))
                modes.append(int(row["travelModeIndex"]))
    for ask in case["cases"]:
        found = metric_at(bands, f"{ask['priority']}Priority", weekday=0, hour=24 * ask["time"])
        assert modes[found] == ask["mode"], ask


@pytest.mark.parametrize(
    ("weekday", "hour", "metric"),
    [
        (0, 6.999, "always"),
        (0, 7.0, "rush"),
        (4, 8.999, "rush"),
        (4, 9.0, "always"),
        (5, 8.0, "always"),
        (6, 23.0, "night"),
        (0, 5.999, "night"),
        (0, 6.0, "always"),
    ],
)
def test_a_band_holds_from_its_first_instant_until_before_its_last(weekday, hour, metric):
    bands = [
        Metric(id="always", mode="lights"),
        Metric(id="rush", mode="lights", hours=(7, 9), days="Mon-Fri"),
        Metric(id="night", mode="lights", hours=(22, 6)),
        Metric(id="rush", mode="normal", hours=(7, 9)),
    ]
    assert bands[metric_at(bands, "lights", weekday, hour)].id == metric


def test_an_hour_without_a_metric_and_a_day_without_a_name_are_faults():
    with pytest.raises(BadInput, match="No metric of mode 'lights' holds on Wed at hour 9"):
        metric_at([Metric(id="rush", mode="lights", hours=(7, 9))], "lights", 2, 9.0)
    with pytest.raises(BadInput, match="'Monday' in the days 'Monday-Fri' is not a day"):
        days_of("Monday-Fri")
    assert days_of("Sat;Sun") == {5, 6}

"""The kernels of travel times equal plain Dijkstra, to the microsecond. Runs without compiling as well (make nojit)."""

from itertools import pairwise

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from goldenhour.roads import hierarchy, hierarchy_kernels, kernels, order_kernels, place_kernels
from goldenhour.roads.hierarchy import read_only
from goldenhour.roads.times import Roads
from tests.reference import roads as plain
from tests.roads.networks import network, networks

LINE = [(0, 1, 5), (1, 2, 0), (2, 3, 7)]
# Two ways of the same time, one of them over a circle that takes none.
CIRCLE = [(0, 1, 4), (1, 2, 0), (2, 1, 0), (2, 3, 4), (0, 3, 8)]
TIES = (network([(0, 0)] * 4, CIRCLE), CIRCLE)


def roads_of(net):
    return Roads(net, hierarchy.build(net))


def ends_of(net):
    """Return where arcs begin and end as the rooms hand them to kernels: read-only, as those are compiled for."""
    return read_only(net.tail), read_only(net.head)


@given(networks())
@example(TIES)
def test_every_pair_takes_what_dijkstra_says(case):
    net, arcs = case
    tables = roads_of(net).tables()
    want = plain.all_pairs(net.nodes, arcs)
    nodes = np.arange(net.nodes)
    out_us = np.empty((net.nodes, net.nodes), np.int64)

    kernels.pairs_us(tables, 0, nodes, nodes, out_us)

    assert out_us.tolist() == want
    assert kernels.pair_us(tables, 0, 0, net.nodes - 1) == want[0][-1]


@given(networks(), st.data())
@example(TIES, None)
def test_a_route_is_made_of_arcs_and_adds_up(case, data):
    net, arcs = case
    tables = roads_of(net).tables()
    node = st.integers(0, net.nodes - 1)
    u, v = (data.draw(node), data.draw(node)) if data else (0, 3)
    us = plain.one_to_all(net.nodes, arcs, u)[v]
    out = np.full(4 * net.nodes, -7, np.int32)

    count = kernels.route_nodes(tables, 0, u, v, out)

    way = out[:count].tolist()
    assert (out[count:] == -7).all()  # It writes nothing beyond the end.
    if us == plain.NO_WAY:
        assert count == 0
    else:
        assert (way[0], way[-1]) == (u, v)
        assert plain.times_along(arcs, way)[-1] == us


@given(networks(), st.data())
@example(TIES, None)
def test_a_vehicle_is_where_its_route_says(case, data):
    net, arcs = case
    tables = roads_of(net).tables()
    node = st.integers(0, net.nodes - 1)
    u, v = (data.draw(node), data.draw(node)) if data else (0, 3)
    out = np.empty(4 * net.nodes, np.int32)
    way = out[: kernels.route_nodes(tables, 0, u, v, out)].tolist()
    if not way:
        assert kernels.next_node(tables, 0, u, v, 5) == (u, 0)
        return
    at = plain.times_along(arcs, way)
    moments = {us + off for us in at for off in (-1, 0, 1)} | {(a + b) // 2 for a, b in pairwise(at)}

    found = {gone: kernels.next_node(tables, 0, u, v, gone) for gone in sorted(moments)}

    assert found == {gone: plain.next_node(way, at, gone) for gone in found}


def test_a_route_too_long_for_its_array_is_cut_and_still_counted():
    tables = roads_of(network([(0, 0)] * 4, LINE)).tables()
    out = np.full(3, -7, np.int32)

    assert kernels.route_nodes(tables, 0, 0, 3, out[:2]) == 4
    assert out.tolist() == [0, 1, -7]


@given(networks())
@example(TIES)
def test_a_sweep_reaches_all_nodes_in_dijkstras_time_both_ways(case):
    net, arcs = case
    roads = roads_of(net)
    want = np.array(plain.all_pairs(net.nodes, arcs))

    for node in range(net.nodes):
        assert roads.one_to_all_us(node, 0).tolist() == want[node].tolist()
        assert roads.all_to_one_us(node, 0).tolist() == want[:, node].tolist()


@given(networks(), st.data())
@example(TIES, None)
def test_tables_of_places_know_every_way_to_them(case, data):
    net, arcs = case
    want = np.array(plain.all_pairs(net.nodes, arcs))
    at = data.draw(st.lists(st.integers(0, net.nodes - 1), min_size=1, max_size=3)) if data else [3]

    places = roads_of(net).place_tables(at, way_metric=0)

    assert places.from_us[0].T.tolist() == want[at].tolist()
    assert places.to_us[0].tolist() == want[:, at].tolist()
    for index, place in enumerate(at):
        hop = place_kernels.next_hops(place, want[:, place].copy(), *ends_of(net), read_only(net.time_us[0]))
        allowed = plain.hops(net.nodes, arcs, place, want[:, place].tolist())
        for u in range(net.nodes):
            if want[u, place] == plain.NO_WAY:
                assert hop[u] == -1
                assert place_kernels.next_node_to_place(places, index, u, 5) == (u, 0)
                continue
            way = [u]
            while way[-1] != place:
                assert hop[way[-1]] in allowed[way[-1]]
                way.append(int(hop[way[-1]]))
                assert len(way) <= net.nodes  # Never in a circle.
            reached = [int(want[u, place] - want[v, place]) for v in way]
            for gone in {us + off for us in reached for off in (-1, 0, 1)}:
                found = place_kernels.next_node_to_place(places, index, u, gone)
                assert found == plain.next_node(way, reached, gone)


@given(networks(most_nodes=40))
def test_ancestors_are_counted_as_by_climbing(case):
    net, _ = case
    built = hierarchy.build(net)
    tables = Roads(net, built).tables()
    ptr = built.slot_ptr
    parent = [int(built.slot_head[ptr[p + 1] - 1]) if ptr[p] < ptr[p + 1] else -1 for p in range(net.nodes)]

    for p in range(net.nodes):
        assert parent[p] < p
        for q in range(net.nodes):
            if p != q:
                assert kernels.common_ancestors(tables, np.int32(p), np.int32(q)) == plain.common_ancestors(
                    parent, p, q
                )


@given(networks(most_nodes=40))
def test_an_order_ranks_each_node_once_and_its_links_have_twins(case):
    net, arcs = case
    ptr, adjacent, twin = order_kernels.neighbours(net.nodes, *ends_of(net))

    rank = order_kernels.dissect(ptr, adjacent, twin, net.node_lon, net.node_lat)

    assert sorted(rank.tolist()) == list(range(net.nodes))
    joined = {(u, v) for u, v, _ in arcs if u != v} | {(v, u) for u, v, _ in arcs if u != v}
    links = [(v, int(adjacent[link])) for v in range(net.nodes) for link in range(ptr[v], ptr[v + 1])]
    assert links == sorted(joined)
    assert [links[link] for link in twin] == [(v, u) for u, v in links]


def test_a_long_line_is_halved_and_not_contracted_end_to_end():
    nodes = 1000
    arcs = [(v, v + 1, 1) for v in range(nodes - 1)]
    built = hierarchy.build(network([(v, 0) for v in range(nodes)], arcs))
    assert int(np.diff(built.label_ptr).max()) <= 30  # Halving ten times, and the leaves' few nodes.


@given(networks())
def test_contraction_leaves_links_between_all_that_stood_above_a_node(case):
    net, _ = case
    rank = np.arange(net.nodes, dtype=np.int32)[::-1].copy()
    up_ptr, up_rank, parent = hierarchy_kernels.complete(*ends_of(net), rank)
    position, depth = hierarchy_kernels.number_from_the_top(parent)
    slot_ptr, slot_head, slot_tail = hierarchy_kernels.lay_out(up_ptr, up_rank, position)

    above = {p: slot_head[slot_ptr[p] : slot_ptr[p + 1]].tolist() for p in range(net.nodes)}
    for p, heads in above.items():
        assert heads == sorted(set(heads))
        assert all(head < p for head in heads)
        assert all(set(heads[:i]) <= set(above[head]) for i, head in enumerate(heads))
        assert depth[p] == (depth[heads[-1]] + 1 if heads else 0)
        assert (slot_tail[slot_ptr[p] : slot_ptr[p + 1]] == p).all()
        for head in heads:
            slot = hierarchy_kernels.slot_between(slot_ptr, slot_head, np.int32(p), np.int32(head))
            assert slot_head[slot] == head
    tail_at, head_at = position[rank[net.tail]], position[rank[net.head]]
    arc_slot = hierarchy_kernels.slots_of_arcs(tail_at, head_at, slot_ptr, slot_head)
    for u, v, slot in zip(tail_at, head_at, arc_slot, strict=True):
        if u == v:
            assert slot == len(slot_head)
        else:
            ends = (slot_tail[slot], slot_head[slot]) if slot >= 0 else (slot_head[-1 - slot], slot_tail[-1 - slot])
            assert ends == (u, v)

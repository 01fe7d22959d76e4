"""The demo county: invented, the same for the same seed, and a place one could live in."""

import numpy as np
import pytest

from goldenhour.errors import BadInput
from goldenhour.roads.build import demo, demo_land
from goldenhour.roads.region import load, write


@pytest.fixture(scope="module")
def county():
    return demo.build(3)


def test_it_has_about_twenty_thousand_nodes_and_two_hundred_thousand_people(county):
    assert 16_000 < county.network.nodes < 24_000
    people = county.service["calls_per_day"] * 365 / demo.CALLS_PER_PERSON_YEAR
    assert 180_000 < people < 220_000


def test_the_same_seed_gives_the_same_county_and_another_seed_does_not(county):
    again, other = demo.build(3), demo.build(4)
    for field in ("node_lon", "node_lat", "tail", "head", "time_us", "street"):
        assert np.array_equal(getattr(county.network, field), getattr(again.network, field))
    assert np.array_equal(county.demand.weight, again.demand.weight)
    assert not np.array_equal(county.demand.weight[:1000], other.demand.weight[:1000])


def test_no_road_runs_into_the_lake_and_bridges_over_the_river_are_few(county):
    network = county.network
    scale = np.array([demo.KM_PER_LON, demo.KM_PER_LAT])
    at = (np.column_stack([network.node_lon, network.node_lat]) - demo.ORIGIN) * scale
    lake, river = demo_land.curve(demo_land.LAKE, 0.1, closed=True), demo_land.curve(demo_land.RIVER, 0.15)
    assert not demo_land.inside(lake, at).any()
    bridges = demo_land.crosses(at[network.tail], at[network.head], river).sum()
    assert 10 < bridges < 0.01 * network.arcs


def test_the_freeway_is_one_way_and_no_house_stands_on_it(county):
    network = county.network
    freeway = network.road_class == 1
    pairs = set(zip(network.tail[freeway].tolist(), network.head[freeway].tolist(), strict=True))
    assert len(pairs) > 100
    assert not any((head, tail) in pairs for tail, head in pairs)
    only_freeway = np.setdiff1d(network.tail[freeway], network.tail[~freeway])
    assert not network.off_road[only_freeway].any()


def test_it_can_be_built_and_all_its_places_are_near_roads(county, tmp_path):
    write(county, tmp_path / "county")
    region = load(tmp_path / "county")
    assert {row["kind"] for row in region.table("stations")} == {"career", "volunteer"}
    assert len({row["capabilities"] for row in region.table("hospitals")}) == 3
    for name in ("stations", "hospitals"):
        for row in region.table(name):
            assert float(row["off_road_km"]) < 0.35, row["name"]
    assert region.settings["warnings"] == []


def test_a_seed_out_of_range_is_refused_in_words():
    with pytest.raises(BadInput, match="Give a whole number from 0"):
        demo.build(-1)

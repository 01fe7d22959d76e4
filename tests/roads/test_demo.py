"""The demo county: invented, the same for the same seed, and a place one could live in."""

import numpy as np
import pytest

from goldenhour.errors import BadInput
from goldenhour.roads.build import demo
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

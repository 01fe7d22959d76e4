"""The regions that the shared data makes, whole."""

import numpy as np
import pytest

from goldenhour.roads.build import sf
from goldenhour.roads.region import load, write
from goldenhour.roads.snap import snap


@pytest.mark.xdist_group("cities")
@pytest.mark.parametrize(("city", "nodes", "arcs", "stations", "points"), [("auckland", 54370, 90638, 14, 504741)])
def test_a_real_city_keeps_every_node_arc_and_place(real_city, city, nodes, arcs, stations, points):
    region = real_city(city)

    counts = region.settings["counts"]
    assert (counts["nodes"], counts["arcs"], counts["stations"]) == (nodes, arcs, stations)
    assert counts["demand_points"] == points
    assert region.network.time_us[0, 0] == 2_424_590  # 2.42459 s
    assert region.settings["policy"]["redispatch"] == [[3, 1], [2, 1]]
    place_node, from_us, to_us = load(region.folder).place_tables()
    assert from_us.shape == to_us.shape == (2, len(place_node), nodes)
    assert np.array_equal(from_us[1, 0], region.roads.one_to_all_us(int(place_node[0]), 1))
    assert np.array_equal(to_us[0, -1], region.roads.all_to_one_us(int(place_node[-1]), 0))


@pytest.mark.xdist_group("cities")
def test_a_calls_nearest_node_is_the_one_that_the_golden_files_name(shared, real_city):
    golden = np.genfromtxt(
        shared / "simulation" / "golden" / "auckland_5d.csv", delimiter=",", names=True, usecols=(7, 8, 9, 10)
    )
    node, km = snap(real_city("auckland").network, golden["x"], golden["y"])

    assert np.array_equal(node + 1, golden["node"].astype(np.int64))
    assert np.abs(km - golden["off_road_km"]).max() < 1e-6


def test_san_francisco_says_what_it_left_out_and_what_is_approximate(shared, tmp_path):
    region = write(sf.build(shared / "data" / "san_francisco"), tmp_path / "sf")

    said = " ".join(region.settings["warnings"])
    assert "Stations 35, 49, 51 have approximate positions." in said
    assert "SETON" in said  # In Daly City, beyond the roads.
    assert not any("SETON" in row["name"].upper() for row in region.table("hospitals"))
    assert region.settings["counts"]["stations"] == 45
    assert any("ODbL" in one for one in region.settings["licences"])
    assert 9000 < region.network.nodes < 9336

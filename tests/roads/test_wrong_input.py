"""Regions from wrong input, and regions that somebody changed: refused in words, and nothing half-done."""

import json
from dataclasses import replace

import numpy as np
import pytest

from goldenhour.errors import BadInput
from goldenhour.roads.build import jemss, sf
from goldenhour.roads.region import Demand, load, write
from tests.roads.places import jemss_files, put, sf_files
from tests.shell import typed


@pytest.fixture
def town(tmp_path):
    return put(tmp_path / "town", sf_files())


@pytest.fixture
def ring(tmp_path):
    return put(tmp_path / "ring", jemss_files())


def edit(file, old, new):
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("table", ["road_nodes", "road_segments", "stations", "hospitals"])
def test_a_table_with_a_header_only_is_refused(town, table):
    file = town / f"{table}.csv"
    file.write_text(file.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")

    with pytest.raises(BadInput, match=rf"{table}\.csv: There is a header and no row"):
        sf.build(town)


def test_a_city_in_pieces_is_refused_not_cut_down_to_its_largest_piece(town):
    segments = town / "road_segments.csv"
    lines = segments.read_text(encoding="utf-8").splitlines(keepends=True)
    east_west = [line for line in lines if " AVE," not in line]  # Four streets that nothing joins.
    segments.write_text("".join(east_west), encoding="utf-8")

    with pytest.raises(BadInput, match="The roads are in pieces: .* 4 of 16 nodes"):
        sf.build(town)


@pytest.mark.parametrize(
    ("keys", "value", "says"),
    [
        (("map",), [], "map is []"),
        (("map", "xScale"), -1, "map.xScale is -1"),
        (("off_road_speed_km_per_h", "mode_1"), "fast", 'off_road_speed_km_per_h.mode_1 is "fast"'),
        (("travel_mode_of_priority", "low"), "mode_9", 'travel_mode_of_priority.low is "mode_9"'),
        (("target_response_s", "high"), None, "target_response_s.high is null"),
        (("call_distributions_jemss_days", "priority"), "Categorical([0.5, 0.1])", "add up to 1"),
        (("call_distributions_jemss_days", "interarrivalTime"), "often", "interarrivalTime is 'often'"),
        (("call_distributions_jemss_days", "transport"), "Bernoulli(1.8)", "transport is 'Bernoulli(1.8)'"),
        (("redispatch",), [["low", "highest"]], "redispatch is "),
        (("redispatch",), None, "redispatch is null"),
        (("counts", "nodes"), "four", 'counts.nodes is "four"'),
        (("raster",), {"dx": 0.1}, "raster.dy is null"),
    ],
)
def test_a_wrong_value_of_a_citys_config_is_named(ring, keys, value, says):
    config = json.loads((ring / "config.json").read_text(encoding="utf-8"))
    holder = config
    for key in keys[:-1]:
        holder = holder[key]
    holder[keys[-1]] = value
    (ring / "config.json").write_text(json.dumps(config), encoding="utf-8")

    with pytest.raises(BadInput) as refused:
        jemss.build(ring)

    assert says in str(refused.value)
    assert refused.value.what.startswith("config.json: ")


def test_demand_that_lies_elsewhere_is_refused(ring, tmp_path):
    draft = jemss.build(ring)
    swapped = Demand(lon=draft.network.node_lat, lat=draft.network.node_lon, weight=np.ones(4), profile=np.ones(168))

    with pytest.raises(BadInput, match="Most of the demand lies more than 50 km from every road"):
        write(replace(draft, demand=swapped), tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_a_region_that_cannot_be_written_is_refused_in_words(town, tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")

    answer = typed("region", "build", "sf", town, "-o", tmp_path / "file" / "out")

    assert answer.returncode == 2
    assert "cannot be written here" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_a_region_behind_a_link_is_replaced_where_the_link_points(town, tmp_path):
    write(sf.build(town), tmp_path / "first")
    (tmp_path / "link").symlink_to("first")

    write(replace(sf.build(town), name="Second"), tmp_path / "link")

    assert (tmp_path / "link").is_symlink()
    assert load(tmp_path / "first").name == "Second"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_a_name_with_brackets_is_said_as_it_is(town, tmp_path):
    answer = typed("region", "build", "sf", town, "-o", tmp_path / "out", "--name", "[/b] Town [red]")

    assert answer.returncode == 0, answer.stderr
    assert "[/b] Town [red] (sf)" in answer.stdout


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('name = "San Francisco"', 'nom = "San Francisco"', "name is missing"),
        ('"America/Los_Angeles"', '"America/Atlantis"', "time_zone is 'America/Atlantis'"),
        ("[demand]", "[supply]", "has no [demand]"),
        ('transport_mode = "normal"', 'transport_mode = "boat"', "transport_mode is 'boat'"),
        ('1 = "lights"', "1 = 7", "mode_of_priority.1 is '7'"),
        ("km_per_lat = 111.32", "km_per_lat = -1", "scale.km_per_lat is '-1'"),
    ],
)
def test_a_wrong_value_of_region_toml_is_named(town, tmp_path, old, new, says):
    write(sf.build(town), tmp_path / "out")
    edit(tmp_path / "out" / "region.toml", old, new)

    with pytest.raises(BadInput) as refused:
        load(tmp_path / "out")

    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("table", "old", "new", "says"),
    [
        ("stations", "off_road_km", "off_road", "stations.csv has no column off_road_km"),
        ("stations", ",0,0.0\n", ",99,0.0\n", "line 2: node is '99'"),
        ("hospitals", "emergency_department", "spaceport", "hospitals.csv, line 2: 'spaceport'"),
        ("units", "ambulance", "spaceship", "units.csv, line 3: Unknown unit type 'spaceship'"),
        ("units", ",engine,1,", ",engine,404,", "units.csv, line 2: station is '404'"),
        ("units", "sffd/E01,E01", "sffd/M1,E01", "units.csv, line 3: id sffd/M1 stands on line 2 already"),
    ],
)
def test_a_wrong_row_of_a_table_is_named_before_anything_is_done_with_it(town, tmp_path, table, old, new, says):
    write(sf.build(town), tmp_path / "out")
    edit(tmp_path / "out" / f"{table}.csv", old, new)

    told = typed("region", "info", tmp_path / "out")
    simulated = typed("simulate", tmp_path / "out", "--days", "1", "--out", tmp_path / "result")

    assert (told.returncode, simulated.returncode) == (2, 2)
    assert says in told.stderr
    assert says in simulated.stderr
    assert "Traceback" not in told.stderr + simulated.stderr
    assert not (tmp_path / "result").exists()


def test_what_people_change_in_a_table_is_counted(town, tmp_path):
    write(sf.build(town), tmp_path / "out")
    units = tmp_path / "out" / "units.csv"
    units.write_text("".join(units.read_text(encoding="utf-8").splitlines(keepends=True)[:2]), encoding="utf-8")

    facts = json.loads(typed("region", "info", tmp_path / "out", "--json").stdout)

    assert facts["counts"]["units"] == 1
    assert facts["counts"]["units_by_type"] == {"engine": 1}

"""A region is built whole or not at all, and says what is wrong with its source."""

import filecmp
import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from goldenhour.errors import BadInput, NotFound, Refused
from goldenhour.roads.build import jemss, sf
from goldenhour.roads.region import draft_of, load, write
from tests.roads.places import SOUTH, STEP, WEST, jemss_files, put, sf_files


@pytest.fixture
def town(tmp_path):
    return put(tmp_path / "town", sf_files())


@pytest.fixture
def ring(tmp_path):
    return put(tmp_path / "ring", jemss_files())


def every_file(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def nothing_was_built(folder: Path) -> bool:
    """No region, and no leftover of one, under any name."""
    return not folder.exists() and not [each for each in folder.parent.iterdir() if "out" in each.name]


def test_a_town_becomes_a_region_with_its_places_on_its_roads(town, tmp_path):
    region = write(sf.build(town), tmp_path / "out")

    assert (region.name, region.kind, region.time_zone) == ("San Francisco", "sf", "America/Los_Angeles")
    assert region.settings["counts"]["nodes"] == region.network.nodes == 16
    assert region.network.arcs == 48
    station, hospital = region.table("stations")[0], region.table("hospitals")[0]
    assert (station["node"], hospital["node"]) == ("0", "15")
    assert float(station["off_road_km"]) < 1e-6
    place_node, from_us, to_us = region.place_tables()
    assert place_node.tolist() == [0, 15]
    assert from_us.shape == to_us.shape == (2, 2, 16)
    # Six blocks of 180 m at 25 km/h.
    assert from_us[1, 0, 15] == to_us[1, 1, 0] == pytest.approx(6 * 180 * 3.6 / 25 * 1e6, abs=6)
    assert from_us[0, 0, 15] < from_us[1, 0, 15]
    assert region.roads.time_us(0, 15, 1) == from_us[1, 0, 15]


def test_a_jemss_city_keeps_its_times_to_the_microsecond(ring, tmp_path):
    region = write(jemss.build(ring), tmp_path / "out")

    assert region.network.time_us.tolist() == [[60_000_001] * 8, [90_500_000] * 8]
    assert [metric.mode for metric in region.metrics] == ["lights", "normal"]
    assert region.settings["policy"] == {"default": "closest-with-redispatch", "redispatch": [[3, 1]]}
    assert region.settings["mode_of_priority"] == {"1": "lights", "2": "lights", "3": "normal", "4": "normal"}
    laws = {draw["quantity"]: draw for draw in region.service["draw"]}
    assert laws["call_processing"] == {**laws["call_processing"], "law": "normal", "mean_s": 50.0, "sd_s": 0.0}
    assert laws["handover"]["scale_s"] == pytest.approx(34.3 * 60)
    assert region.service["calls_per_day"] == pytest.approx(48.0)
    assert [unit["levels"] for unit in region.table("units")] == ["paramedic;emt", "emt;emt"]


def test_a_place_joins_the_nearest_node_that_has_access(ring, tmp_path):
    files = jemss_files()
    files["stations.csv"] = "index,x,y,capacity,name\n1,174.0,-36.01,2,Ring\n"  # On node 4, which has no access.

    region = write(jemss.build(put(ring, files)), tmp_path / "out")

    assert region.table("stations")[0]["node"] == "2"
    assert float(region.table("stations")[0]["off_road_km"]) == pytest.approx(0.89)
    assert any("Ring" in said and "0.89 km" in said for said in region.settings["warnings"])


def test_building_twice_gives_the_same_bytes(town, tmp_path):
    write(sf.build(town), tmp_path / "one")
    write(sf.build(town), tmp_path / "two")

    assert every_file(tmp_path / "one") == every_file(tmp_path / "two")


def test_a_region_written_again_from_itself_is_the_same(ring, tmp_path):
    first = write(jemss.build(ring), tmp_path / "one")

    write(draft_of(first), tmp_path / "two")

    assert every_file(tmp_path / "one") == every_file(tmp_path / "two")


def test_one_way_hints_close_the_other_direction(town, tmp_path):
    # A loop that may be driven one way only: 1 ST east from corner 0 to 1.
    (town / sf.ONE_WAY_FILE).write_text("cnn,oneway\n1,F\n", encoding="utf-8")

    region = write(sf.build(town), tmp_path / "out")

    assert region.network.arcs == 47
    assert region.roads.time_us(0, 1, 1) < region.roads.time_us(1, 0, 1)
    assert any("ODbL" in licence for licence in region.settings["licences"])


def test_pedestrian_streets_are_not_driven(tmp_path):
    files = sf_files()
    files["road_segments.csv"] = files["road_segments.csv"].replace("5,STREETS,0 ST", "0,Streets_Pedestri,0 ST")

    draft = sf.build(put(tmp_path / "town", files))

    assert draft.network.arcs == 42
    assert any(said.startswith("3 pedestrian") for said in draft.warnings)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("road_nodes.csv", "node,lon,lat", "node,x,y", ["road_nodes.csv, line 1", "no column lon, lat"]),
        ("road_nodes.csv", "100,-122.420000", "100,east", ["road_nodes.csv, line 2", "'east', not a number"]),
        ("road_nodes.csv", "101,", "100,", ["road_nodes.csv, line 3", "100 stands on line 2 already"]),
        ("road_nodes.csv", "100,-122.420000,37.750000", "100,37.75,-122.42", ["line 2", "swapped"]),
        ("road_segments.csv", "1,100,101,", "1,100,999,", ["road_segments.csv, line 2", "v 999 is no node"]),
        ("road_segments.csv", "180.0,5", "-180.0,5", ["line 2", "length_m is -180.0, outside"]),
        ("road_segments.csv", "180.0,5", "180.0,9", ["line 2", "classcode is 9"]),
        ("road_segments.csv", "LINESTRING(", "POINT(", ["line 2", "LINESTRING(lon lat"]),
        ("road_segments.csv", "1,100,101,180.0,5", "1,100,101,180.0", ["line 2", "7 fields where 8"]),
        ("stations.csv", "Station 1,37.75", "Station 1,nan", ["stations.csv, line 2", "nan"]),
        ("hospitals.csv", ",1\n", ",maybe\n", ["hospitals.csv, line 2", "'maybe', not a number"]),
    ],
)
def test_a_wrong_line_is_refused_by_file_and_line_and_nothing_is_built(tmp_path, file, old, new, says):
    files = sf_files()
    assert old in files[file]
    files[file] = files[file].replace(old, new, 1)
    town = put(tmp_path / "town", files)

    with pytest.raises(BadInput) as refused:
        write(sf.build(town), tmp_path / "out")

    for words in says:
        assert words in refused.value.what + refused.value.do
    assert refused.value.do
    assert nothing_was_built(tmp_path / "out")


def test_a_file_cut_short_is_refused(town, tmp_path):
    whole = (town / "road_segments.csv").read_text(encoding="utf-8")
    (town / "road_segments.csv").write_text(whole[: int(len(whole) * 0.6)], encoding="utf-8")

    with pytest.raises(BadInput, match="cut short"):
        write(sf.build(town), tmp_path / "out")

    assert nothing_was_built(tmp_path / "out")


def test_a_table_cut_between_lines_is_found_by_the_count(ring):
    whole = (ring / "arcs.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (ring / "arcs.csv").write_text("".join(whole[:-2]), encoding="utf-8")

    with pytest.raises(BadInput, match=r"arcs.csv: 6 arcs where config.json counts 8"):
        jemss.build(ring)


def test_a_last_line_without_a_line_break_is_reported(ring):
    whole = (ring / "arcs.csv").read_text(encoding="utf-8")
    (ring / "arcs.csv").write_text(whole.rstrip("\n"), encoding="utf-8")

    assert any("arcs.csv does not end with a line break" in said for said in jemss.build(ring).warnings)


@pytest.mark.parametrize("content", ["", "\n"])
def test_an_empty_file_is_refused(town, content):
    (town / "stations.csv").write_text(content, encoding="utf-8")

    with pytest.raises(BadInput, match=r"stations.csv: The file is empty"):
        sf.build(town)


def test_a_missing_file_is_named(town):
    (town / "hospitals.csv").unlink()

    with pytest.raises(NotFound, match=r"hospitals.csv is missing"):
        sf.build(town)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(NotFound, match="nowhere"):
        jemss.build(tmp_path / "nowhere")


def test_a_file_that_is_not_text_is_refused(town):
    (town / "stations.csv").write_bytes(b"station,name,lat,lon,source\n1,\xff\xfe,37,-122,x\n")

    with pytest.raises(BadInput, match="line 2: This is not UTF-8"):
        sf.build(town)


def test_a_config_that_is_cut_short_is_refused(ring):
    (ring / "config.json").write_text('{"city": "ring', encoding="utf-8")

    with pytest.raises(BadInput, match=r"config.json, line 1: This is not JSON"):
        jemss.build(ring)


def test_a_distribution_that_is_not_known_is_refused(ring):
    config = (ring / "config.json").read_text(encoding="utf-8").replace("Bernoulli(0.8)", "__import__('os')")
    (ring / "config.json").write_text(config, encoding="utf-8")

    with pytest.raises(BadInput, match="transport is "):
        jemss.build(ring)


def test_an_ambulance_at_a_station_that_does_not_exist_is_refused(ring):
    (ring / "ambulances.csv").write_text("index,station,class\n1,7,ALS\n", encoding="utf-8")

    with pytest.raises(BadInput, match=r"ambulances.csv, line 2: station 7 is no station"):
        jemss.build(ring)


def test_a_station_in_the_sea_is_named_in_the_report(town, tmp_path):
    (town / "stations.csv").write_text(
        f"station,name,lat,lon,source\n1,Station 1,{SOUTH},{WEST},survey\n9,Buoy,{SOUTH},{WEST - 0.03},survey\n",
        encoding="utf-8",
    )

    region = write(sf.build(town), tmp_path / "out")

    said = [sentence for sentence in region.settings["warnings"] if "Buoy" in sentence]
    assert len(said) == 1
    assert "2.64 km from the nearest road" in said[0]
    assert not any("Station 1 " in sentence for sentence in region.settings["warnings"])


def test_swapped_coordinates_are_recognised(ring, tmp_path):
    draft = jemss.build(ring)
    turned = tuple({**row, "lon": row["lat"], "lat": "17.0"} for row in draft.stations)

    with pytest.raises(BadInput, match="more than 50 km from every road"):
        write(replace(draft, stations=turned), tmp_path / "out")

    near_zero = replace(
        draft,
        network=replace(draft.network, node_lon=draft.network.node_lon - 100, node_lat=draft.network.node_lat + 30),
        stations=({**draft.stations[0], "lon": "-6.0", "lat": "74.0"},),
    )
    with pytest.raises(BadInput, match="if longitude and latitude were swapped"):
        write(near_zero, tmp_path / "out")

    assert nothing_was_built(tmp_path / "out")


def test_roads_in_pieces_are_refused(ring, tmp_path):
    draft = jemss.build(ring)
    closed = draft.network.time_us.copy()
    closed[:, draft.network.tail == 0] = np.int64(1) << 60
    closed[:, draft.network.tail == 1] = np.int64(1) << 60
    closed[:, draft.network.tail == 2] = np.int64(1) << 60

    with pytest.raises(BadInput, match="The roads are in pieces"):
        write(replace(draft, network=replace(draft.network, time_us=closed)), tmp_path / "out")

    assert nothing_was_built(tmp_path / "out")


def test_no_place_joins_a_road_that_one_cannot_leave(town, tmp_path):
    nodes = (town / "road_nodes.csv").read_text(encoding="utf-8") + f"900,{WEST - STEP:.6f},{SOUTH:.6f},1,0.0\n"
    (town / "road_nodes.csv").write_text(nodes, encoding="utf-8")
    line = f'"LINESTRING({WEST} {SOUTH}, {WEST - STEP} {SOUTH})"'
    segments = (town / "road_segments.csv").read_text(encoding="utf-8") + f"900,100,900,180.0,5,STREETS,X,{line}\n"
    (town / "road_segments.csv").write_text(segments, encoding="utf-8")
    (town / sf.ONE_WAY_FILE).write_text("cnn,oneway\n900,F\n", encoding="utf-8")

    region = write(sf.build(town), tmp_path / "out")

    assert region.network.nodes == 16
    assert any("1 street corners cannot be reached" in said for said in region.settings["warnings"])


def test_a_folder_that_is_not_a_region_is_never_overwritten(town, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("ten years of work", encoding="utf-8")

    with pytest.raises(Refused, match="is not a region"):
        write(sf.build(town), tmp_path / "out")

    assert (tmp_path / "out" / "thesis.txt").read_text(encoding="utf-8") == "ten years of work"


def test_a_rebuild_that_fails_leaves_the_old_region_as_it_was(town, tmp_path, monkeypatch):
    write(sf.build(town), tmp_path / "out")
    before = every_file(tmp_path / "out")
    draft = sf.build(town)
    broken = replace(draft, service={"draw": object()})  # Fails late: most files are written by then.

    with pytest.raises(TypeError):
        write(broken, tmp_path / "out")

    assert every_file(tmp_path / "out") == before
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []
    load(tmp_path / "out")


def test_a_rebuild_replaces_the_region(town, ring, tmp_path):
    write(sf.build(town), tmp_path / "out")

    write(jemss.build(ring), tmp_path / "out")

    assert load(tmp_path / "out").kind == "jemss"
    assert filecmp.dircmp(tmp_path / "out", write(jemss.build(ring), tmp_path / "new").folder).diff_files == []


def test_what_a_killed_build_left_is_cleared_by_the_next(town, tmp_path):
    left = tmp_path / ".out.building-4194304"  # Above the greatest process number of Linux.
    left.mkdir()
    (left / "half").write_text("x", encoding="utf-8")

    write(sf.build(town), tmp_path / "out")

    assert not left.exists()


def test_there_is_no_region_here(tmp_path):
    with pytest.raises(NotFound, match="goldenhour region build"):
        load(tmp_path / "out")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:-1] + b"\x01"), "was changed since the region was built"),
        (lambda file: file.write_bytes(file.read_bytes()[:-8]), "bytes where"),
        (lambda file: file.unlink(), "is missing"),
    ],
)
@pytest.mark.parametrize("name", ["roads/time_us.npy", "tables/to_us.npy"])
def test_a_damaged_file_is_named(town, tmp_path, name, spoil, says):
    region = write(sf.build(town), tmp_path / "out")

    spoil(region.folder / name)

    with pytest.raises(BadInput, match=says) as refused:
        load(tmp_path / "out")
    assert name.rpartition("/")[2] in refused.value.what
    assert "Build the region anew" in refused.value.do


def test_a_region_of_another_format_is_refused(town, tmp_path):
    region = write(sf.build(town), tmp_path / "out")
    settings = (region.folder / "region.toml").read_text(encoding="utf-8")
    (region.folder / "region.toml").write_text(settings.replace("format = 1", "format = 99"), encoding="utf-8")

    with pytest.raises(BadInput, match="format 99"):
        load(tmp_path / "out")


def test_people_may_change_the_tables_meant_for_them(town, tmp_path):
    region = write(sf.build(town), tmp_path / "out")
    units = region.folder / "units.csv"
    units.write_text(units.read_text(encoding="utf-8").replace("sffd/E01", "sffd/E99"), encoding="utf-8")

    assert load(tmp_path / "out").table("units")[0]["id"] == "sffd/E99"

"""The demo county: the same from the same seed, and a county that one could believe."""

import hashlib
import json

import numpy as np
import pytest

from goldenhour.fleet.stations import station_from_row
from goldenhour.fleet.units import unit_from_row
from goldenhour.hospitals.capability import Capability, Kind, facility_from_row
from goldenhour.roads.build import demo
from goldenhour.roads.build.county.land import inside
from goldenhour.roads.build.county.names import ordinal
from goldenhour.roads.build.county.sheet import Sheet, finer, noded, thinner
from goldenhour.roads.checks import main_part
from goldenhour.roads.region import write
from goldenhour.simulate.service import parse

FREEWAY, RAMP = 1, 6


@pytest.fixture(scope="module")
def draft():
    return demo.build(0)


@pytest.fixture(scope="module")
def region(draft, tmp_path_factory):
    return write(draft, tmp_path_factory.mktemp("demo") / "region")


def folder_hash(folder):
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_county(region, tmp_path):
    again = write(demo.build(0), tmp_path / "again")
    other = demo.build(1)

    assert folder_hash(again.folder) == folder_hash(region.folder)
    assert other.network.nodes != region.network.nodes
    assert main_part(other.network).all()


def test_it_is_a_county_of_the_promised_size(draft):
    network = draft.network

    assert 16_000 < network.nodes < 24_000
    assert main_part(network).all()  # From everywhere to everywhere.
    assert draft.demand.weight.sum() == pytest.approx(demo.PEOPLE, rel=1e-4)
    assert 60 <= draft.service["calls_per_day"] <= 70
    assert draft.demand.profile.shape == (168,)
    assert draft.demand.profile.mean() == pytest.approx(1.0)
    assert (draft.jurisdiction, draft.time_zone) == ("EX", "America/Chicago")
    assert any("invented" in said for said in draft.warnings)


def test_no_road_runs_through_the_lake(draft):
    areas = draft.layers["areas"]["features"]
    name = "Lake Tamarack"
    (lake,) = [np.array(one["geometry"]["coordinates"][0]) for one in areas if one["properties"]["name"] == name]
    network = draft.network
    ends = np.column_stack([network.node_lon, network.node_lat])
    shapes = np.column_stack([network.shape_lon, network.shape_lat])
    halves = (ends[network.tail] + ends[network.head]) / 2

    assert len(lake) > 50
    assert not inside(np.vstack([ends, shapes, halves]), lake).any()
    # There is a way around it all the same.
    assert any("Shore Drive" in street for street in network.streets)


def test_the_freeway_is_one_way_and_met_only_by_ramps(draft):
    network = draft.network
    arcs = set(zip(network.tail.tolist(), network.head.tolist(), strict=True))
    freeway = np.flatnonzero(network.road_class == FREEWAY)
    on_it = np.unique(np.concatenate([network.tail[freeway], network.head[freeway]]))
    touching = np.isin(network.tail, on_it) | np.isin(network.head, on_it)

    assert len(freeway) > 200
    assert not any((network.head[arc], network.tail[arc]) in arcs for arc in freeway.tolist())
    assert set(network.road_class[touching].tolist()) == {FREEWAY, RAMP}
    assert (network.road_class == RAMP).sum() >= 32  # Eight interchanges or more, four ramps each.
    assert not network.off_road[on_it].any()  # Nobody's house joins it.


def test_its_posts_and_doors_read_as_the_rooms_want_them(draft):
    stations = [station_from_row(row, where="stations.csv") for row in draft.stations]
    doors = [facility_from_row(row, where="hospitals.csv") for row in draft.hospitals]
    units = [unit_from_row(row, where="units.csv") for row in draft.units]

    assert sorted(one.kind for one in stations) == ["career"] * 6 + ["volunteer"] * 8
    assert [one.kind for one in doors] == [Kind.EMERGENCY_DEPARTMENT, Kind.EMERGENCY_DEPARTMENT, Kind.FREESTANDING_ED]
    assert {Capability.TRAUMA_2, Capability.STEMI, Capability.STROKE, Capability.PAEDIATRIC} <= doors[0].capabilities
    assert doors[0].capabilities > doors[1].capabilities > doors[2].capabilities
    assert {str(one.type) for one in units} == {
        "ambulance", "quick_response", "engine", "truck", "rescue", "supervisor", "responder",
    }  # fmt: skip
    assert {one.station for one in units} == {one.id for one in stations}
    assert len({one.id for one in units}) == len(units)
    # Volunteers come from home: slower out than any career crew.
    volunteer = {one.id for one in stations if one.kind == "volunteer"}
    slow = [one.turnout_s for one in units if one.station in volunteer]
    assert min(slow) > max(one.turnout_s for one in units if one.station not in volunteer)


def test_its_service_can_be_drawn_from(draft):
    service = parse(draft.service)

    assert service.calls_per_day == draft.service["calls_per_day"]
    assert not service.of("turnout")  # Each unit's own turnout holds.
    assert service.of("scene")
    assert service.of("handover")


def test_the_map_is_small_and_names_the_places(region):
    files = {file.stem: file for file in (region.folder / "map").iterdir()}

    assert set(files) == {"roads", "areas", "places"}
    assert sum(file.stat().st_size for file in files.values()) < 4_000_000
    places = {one["properties"]["name"] for one in json.loads(files["places"].read_text())["features"]}
    assert {"Kestrel", "Amity Grove", "Dunmore Mills", "Lake Tamarack"} <= places
    areas = json.loads(files["areas"].read_text())["features"]
    assert {one["properties"]["class"] for one in areas} == {"water", "green"}
    assert all(one["geometry"]["coordinates"][0][0] == one["geometry"]["coordinates"][0][-1] for one in areas)


def test_every_post_and_door_stands_at_a_road(region):
    rows = region.table("stations") + region.table("hospitals")

    assert max(float(row["off_road_km"]) for row in rows) < 0.25
    assert not any("from the nearest road" in said for said in region.settings["warnings"])


def drawn(*lines):
    sheet = Sheet()
    for points, own in lines:
        sheet.draw(np.array(points, dtype=float), **{"road_class": 5, "km_per_h": 30.0, "name": "", **own})
    return sheet


def test_lines_that_cross_meet_and_lines_on_another_level_do_not():
    flat, over = [(0, 0), (1, 0)], [(0.5, -0.5), (0.5, 0.5)]

    meeting, passing = noded(drawn((flat, {}), (over, {}))), noded(drawn((flat, {}), (over, {"level": 1})))

    assert len(set(meeting.ref.tolist())) == len(meeting.ref) - 1
    assert len(set(passing.ref.tolist())) == len(passing.ref)


def test_a_line_that_ends_at_another_meets_it_without_sticking_out():
    made = noded(drawn(([(0, 0), (1, 0)], {}), ([(0.5, 0.0), (0.5, 0.4)], {})))

    side = made.points[made.ptr[1] : made.ptr[2]]
    assert side[:, 1].min() == pytest.approx(0.0, abs=1e-9)
    assert len(set(made.ref.tolist())) == len(made.ref) - 1


def test_thinning_keeps_ends_and_bends_and_refining_keeps_points():
    line = np.array([(0, 0), (0.5, 0), (1, 0), (1, 1)], dtype=float)

    assert thinner(line).tolist() == [[0, 0], [1, 0], [1, 1]]
    fine = finer(line, 0.1)
    assert np.hypot(*np.diff(fine, axis=0).T).max() <= 0.1 + 1e-9
    assert all(np.isclose(fine, point).all(axis=1).any() for point in line)


@pytest.mark.parametrize(("number", "words"), [(2, "2nd"), (11, "11th"), (13, "13th"), (21, "21st"), (111, "111th")])
def test_street_signs_count_in_english(number, words):
    assert ordinal(number) == words

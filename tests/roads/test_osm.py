"""OpenStreetMap files become regions: what may be driven, at what speed, which turns, and what a bad file is told."""

import shutil
from itertools import pairwise
from xml.sax.saxutils import quoteattr

import numpy as np
import osmium
import pytest
from osmium.filter import EntityFilter, IdFilter
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from goldenhour.errors import BadInput, NotFound
from goldenhour.roads import hierarchy
from goldenhour.roads.build import osm
from goldenhour.roads.build.ways import KM_PER_DEGREE, network_of
from goldenhour.roads.region import load, write
from goldenhour.roads.times import Roads

BLOCK_M = KM_PER_DEGREE  # A thousandth of a degree on the equator, in metres.
NORMAL = 1
STREET = {"highway": "residential", "maxspeed": "36"}
STREET_M_PER_S = 36 / 3.6 * osm.HIGHWAYS["residential"].share
# a--b--c   A small town on the equator; each letter a crossing, a block apart.
# |  | /|
# f--d  e
CROSSINGS = {"a": (0, 1), "b": (1, 1), "c": (2, 1), "d": (1, 0), "e": (2, 0), "f": (0, 0)}
IDS = {name: number for number, name in enumerate(CROSSINGS, 1)}
WAYS = {10: "ab", 11: "bc", 12: "bd", 13: "cd", 14: "af", 15: "fd", 16: "ce"}


def tags(of):
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in of.items())


def osm_xml(ways=WAYS, way_tags=None, restrictions=(), more="", node_tags=None):
    """Return an .osm file: `restrictions` are (from way, via, to way, tags); `more` is put at the end."""
    lines = ['<?xml version="1.0"?><osm version="0.6">']
    for name, (east, north) in CROSSINGS.items():
        own = tags((node_tags or {}).get(name, {}))
        lines.append(f'<node id="{IDS[name]}" lon="{east / 1000}" lat="{north / 1000}">{own}</node>')
    for way, line in ways.items():
        own = tags({**STREET, "name": f"Street {way}", **(way_tags or {}).get(way, {})})
        lines.append(f'<way id="{way}">' + "".join(f'<nd ref="{IDS[one]}"/>' for one in line) + own + "</way>")
    for number, (first, via, last, own) in enumerate(restrictions, 100):
        via_type, via_ref = ("node", IDS[via]) if isinstance(via, str) else ("way", via)
        lines.append(
            f'<relation id="{number}"><member type="way" ref="{first}" role="from"/>'
            f'<member type="{via_type}" ref="{via_ref}" role="via"/><member type="way" ref="{last}" role="to"/>'
            + tags({"type": "restriction", **own})
            + "</relation>"
        )
    return "".join([*lines, more, "</osm>"])


@pytest.fixture
def town(tmp_path):
    """Build the town of `osm_xml` with these changes."""

    def build(**changes):
        file = tmp_path / "town.osm"
        file.write_text(osm_xml(**changes))
        return osm.build(file)

    return build


def at(network, name):
    """Return the nodes at a crossing: more than one where it was split for a restriction."""
    east, north = CROSSINGS[name]
    near = np.hypot(network.node_lon - east / 1000, network.node_lat - north / 1000) < 1e-9
    return np.flatnonzero(near)


def blocks(draft, start, end):
    """Return how many blocks a normal drive takes from one crossing to another; both unsplit."""
    roads = Roads(draft.network, hierarchy.build(draft.network))
    (first,), (last,) = at(draft.network, start), at(draft.network, end)
    return roads.time_us(int(first), int(last), NORMAL) / 1e6 * STREET_M_PER_S / BLOCK_M


NO_LEFT = (10, "b", 12, {"restriction": "no_right_turn"})


def test_a_forbidden_turn_forces_the_detour_and_nothing_else(town):
    free, bound = town(), town(restrictions=[NO_LEFT])

    assert blocks(free, "a", "f") == pytest.approx(1)
    assert blocks(free, "a", "e") == pytest.approx(3)
    # From a to d the shortest way turned at b; now f is as short: keep that road out to force the detour over c.
    without_f = {way: line for way, line in WAYS.items() if way not in {14, 15}}
    assert blocks(town(ways=without_f), "a", "d") == pytest.approx(2)
    assert blocks(town(ways=without_f, restrictions=[NO_LEFT]), "a", "d") == pytest.approx(2 + np.sqrt(2))
    # The way back, and coming from c, one may still turn there.
    assert blocks(town(ways=without_f, restrictions=[NO_LEFT]), "d", "a") == pytest.approx(2)
    assert blocks(bound, "a", "c") == pytest.approx(2)
    assert any(said == "1 turn restrictions are obeyed." for said in bound.warnings)


def test_only_straight_on_forbids_all_other_turns(town):
    without_f = {way: line for way, line in WAYS.items() if way not in {14, 15}}
    only = [(10, "b", 11, {"restriction": "only_straight_on"})]

    assert blocks(town(ways=without_f, restrictions=only), "a", "c") == pytest.approx(2)
    assert blocks(town(ways=without_f, restrictions=only), "a", "d") == pytest.approx(2 + np.sqrt(2))


def test_a_u_turn_is_forbidden_only_where_the_sign_stands(town):
    line = {10: "ab", 11: "bc"}
    u_turn = [(10, "b", 10, {"restriction": "no_u_turn"})]

    draft = town(ways=line, restrictions=u_turn)
    edge = draft.network

    # From a through b one reaches c, but no copy of b leads back to a for who came from a.
    copies = set(at(edge, "b").tolist())
    (a,) = at(edge, "a")
    into_b = [int(head) for tail, head in zip(edge.tail, edge.head, strict=True) if tail == a]
    assert copies >= set(into_b)
    assert not any(t in into_b and h == a for t, h in zip(edge.tail.tolist(), edge.head.tolist(), strict=True))
    assert any(t in copies and h == a for t, h in zip(edge.tail.tolist(), edge.head.tolist(), strict=True))


def test_no_place_joins_the_roads_at_a_split_crossing(town):
    draft = town(restrictions=[NO_LEFT])

    assert len(at(draft.network, "b")) == 2
    assert not draft.network.off_road[at(draft.network, "b")].any()
    assert draft.network.off_road[at(draft.network, "a")].all()


def test_what_does_not_bind_an_ambulance_or_cannot_be_modelled_is_said(town):
    draft = town(
        restrictions=[
            (10, "b", 12, {"restriction": "no_right_turn", "except": "psv;emergency"}),
            (10, 11, 13, {"restriction": "no_u_turn"}),
            (10, "b", 12, {"restriction:hgv": "no_right_turn"}),
            (10, "b", 999, {"restriction": "no_left_turn"}),
        ]
    )

    assert blocks(draft, "a", "d") == pytest.approx(2)
    said = "\n".join(draft.warnings)
    assert "1 turn restrictions do not bind emergency vehicles" in said
    assert "1 turn restrictions run over a whole road (via way): not modelled" in said
    assert "1 turn restrictions are for other vehicles or for some hours only" in said
    assert "1 turn restrictions concern roads that cannot be driven that way anyhow" in said
    assert "are obeyed" not in said


@pytest.mark.parametrize(
    ("changed", "forth", "back"),
    [
        ({"oneway": "yes"}, 1, 3),
        ({"oneway": "-1"}, 3, 1),
        ({"oneway": "no"}, 1, 1),
        ({"oneway": "yes", "oneway:emergency": "no"}, 1, 1),
        ({"junction": "roundabout"}, 1, 3),
        ({"oneway": "reversible"}, 3, 3),
    ],
)
def test_one_way_streets_are_driven_one_way(town, changed, forth, back):
    square = {10: "ab", 12: "bd", 14: "af", 15: "fd"}

    draft = town(ways=square, way_tags={10: changed})

    assert (blocks(draft, "a", "b"), blocks(draft, "b", "a")) == (pytest.approx(forth), pytest.approx(back))


def test_a_motorway_is_one_way_unless_it_says_otherwise():
    assert osm.directions({"highway": "motorway"}) == (True, False)
    assert osm.directions({"highway": "motorway", "oneway": "no"}) == (True, True)
    assert osm.directions({"highway": "motorway_link"}) == (True, True)


def test_lights_are_faster_than_normal_by_the_stated_factor(town):
    network = town().network

    assert network.time_us[NORMAL] / network.time_us[0] == pytest.approx(1.25, rel=1e-6)


@pytest.mark.parametrize(
    ("own", "driven"),
    [
        ({"highway": "service"}, True),
        ({"highway": "service", "access": "private"}, False),
        ({"highway": "residential", "access": "private"}, True),  # People live behind the gate.
        ({"highway": "residential", "motor_vehicle": "no"}, False),
        ({"highway": "service", "access": "no", "emergency": "yes"}, True),
        ({"highway": "footway"}, False),
        ({"highway": "footway", "emergency": "designated"}, True),
        ({"highway": "residential", "emergency": "no"}, False),
        ({"highway": "pedestrian", "area": "yes"}, False),
        ({"highway": "construction"}, False),
        ({"highway": "residential", "access": "no", "motor_vehicle": "yes"}, True),
    ],
)
def test_an_ambulance_drives_where_it_may(own, driven):
    assert (osm.highway_of(own) is not None) is driven


@pytest.mark.parametrize("text", ["none", "DE:urban", "signals", "0", "999", "fast", ""])
def test_a_limit_that_is_no_number_leaves_the_class_limit(text):
    assert osm.km_per_h(text) is None


def test_a_bollard_cuts_the_street(town):
    square = {10: "ab", 12: "bd", 14: "af", 15: "fd", 16: "bc"}

    draft = town(ways=square, node_tags={"b": {"barrier": "bollard"}})

    (d,) = at(draft.network, "d")
    (a,) = at(draft.network, "a")
    beside = [int(n) for n in at(draft.network, "b")]
    tails = dict.fromkeys(beside, 0)
    for tail in draft.network.tail.tolist():
        tails[tail] = tails.get(tail, 0) + 1
    assert {tails[one] for one in beside} == {1}  # Every end at the bollard is a dead end.
    assert blocks(draft, "a", "d") == pytest.approx(2)
    assert a != d
    # With the tag that lets us pass, it is a crossing again.
    assert len(at(town(ways=square, node_tags={"b": {"barrier": "bollard", "emergency": "yes"}}).network, "b")) == 1


def test_what_cannot_be_reached_is_left_out_and_counted(town):
    lost = '<node id="50" lon="0.01" lat="0"/><node id="51" lon="0.011" lat="0"/>'
    way = '<way id="60"><nd ref="50"/><nd ref="51"/><tag k="highway" v="residential"/></way>'

    draft = town(more=lost + way)

    assert draft.network.node_lon.max() < 0.005
    assert any(said.startswith("2 nodes (0.2 km of lanes) cannot be reached") for said in draft.warnings)


def test_a_long_road_gets_nodes_between_and_keeps_its_time(town):
    far = '<node id="50" lon="0.012" lat="0"/>'
    way = '<way id="60"><nd ref="5"/><nd ref="50"/>' + tags(STREET) + "</way>"

    network = town(more=far + way).network

    assert network.length_m.max() <= 400
    last = int(np.argmax(network.node_lon))
    roads = Roads(network, hierarchy.build(network))
    (e,) = at(network, "e")
    assert roads.time_us(int(e), last, NORMAL) / 1e6 == pytest.approx(10 * BLOCK_M / STREET_M_PER_S)


HOSPITAL_AREA = (
    '<node id="71" lon="0.0001" lat="0.0001"/><node id="72" lon="0.0005" lat="0.0001"/>'
    '<node id="73" lon="0.0005" lat="0.0005"/><node id="74" lon="0.0001" lat="0.0005"/>'
    '<way id="75"><nd ref="71"/><nd ref="72"/><nd ref="73"/><nd ref="74"/><nd ref="71"/>'
    '<tag k="amenity" v="hospital"/><tag k="name" v="Town Hospital"/><tag k="emergency" v="yes"/></way>'
)


def place(number, lon, lat, **own):
    return f'<node id="{number}" lon="{lon}" lat="{lat}">' + tags(own) + "</node>"


def test_hospitals_and_stations_come_from_the_tags(town):
    draft = town(
        more=place(80, 0.0003, 0.0003, amenity="hospital", name="Town Hospital")
        + place(81, 0.02, 0.02, amenity="hospital", name="Day Clinic", emergency="no")
        + place(82, 0.001, 0.001, emergency="ambulance_station", name="Base 1")
        + place(83, 0.002, 0.001, amenity="fire_station", name="Fire 1")
        + HOSPITAL_AREA
    )

    assert [row["name"] for row in draft.hospitals] == ["Town Hospital"]  # Once, though drawn twice.
    assert draft.hospitals[0]["kind"] == "emergency_department"
    assert [row["name"] for row in draft.stations] == ["Base 1"]
    assert [row["station"] for row in draft.units] == [draft.stations[0]["id"]]
    assert any("one ambulance is assumed at each station" in said for said in draft.warnings)


def test_an_area_lies_at_its_middle(town):
    draft = town(more=HOSPITAL_AREA)

    assert float(draft.hospitals[0]["lon"]) == pytest.approx(0.0003)
    assert float(draft.hospitals[0]["lat"]) == pytest.approx(0.0003)


def test_fire_stations_stand_in_and_missing_hospitals_are_a_warning(town):
    draft = town(more=place(83, 0.002, 0.001, amenity="fire_station", name="Fire 1"))

    assert [row["kind"] for row in draft.stations] == ["fire"]
    said = "\n".join(draft.warnings)
    assert "no ambulance station: its 1 fire stations are taken" in said
    assert "no hospital: give them with --hospitals" in said


def test_tables_beside_the_map_outrank_its_tags_and_the_region_is_written(tmp_path):
    source = tmp_path / "place"
    source.mkdir()
    (source / "town.osm").write_text(osm_xml(more=HOSPITAL_AREA))
    (source / "stations.csv").write_text("id,name,lon,lat,agency,kind\n7,Seven,0.001,0.001,county,career\n")
    hospitals = tmp_path / "doors.csv"
    hospitals.write_text("id,name,lon,lat,kind,capabilities,beds\nH,Door,0.002,0,emergency_department,stroke,9\n")
    (source / "demand.csv").write_text("lon,lat,weight\n0,0,1\n0.002,0.001,3\n")

    draft = osm.build(source, hospitals=hospitals)
    write(draft, tmp_path / "region")

    region = load(tmp_path / "region")
    assert [row["name"] for row in region.table("stations")] == ["Seven"]
    assert [row["name"] for row in region.table("hospitals")] == ["Door"]
    assert region.demand.weight.tolist() == [1.0, 3.0]
    assert {one.name for one in draft.inputs} == {"town.osm", "stations.csv", "doors.csv", "demand.csv"}
    assert "OpenStreetMap contributors" in region.settings["licences"][0]


def refused(path, **more):
    with pytest.raises(BadInput) as told:
        osm.build(path, **more)
    return told.value


def test_a_file_cut_short_is_refused_by_name(tmp_path, shared):
    whole = shared / "data" / "osm" / "liechtenstein.osm.pbf"
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(whole.read_bytes()[:700_000])

    answer = refused(cut)

    assert answer.what.startswith("cut.osm.pbf: It is no whole OpenStreetMap file")
    assert "fetch it again" in answer.do


@pytest.mark.parametrize("content", [b"", b"hello, world\n" * 50, b"<html></html>"])
@pytest.mark.parametrize("name", ["junk.osm.pbf", "junk.osm"])
def test_what_is_no_map_is_refused(tmp_path, content, name):
    file = tmp_path / name
    file.write_bytes(content)

    assert refused(file).where == name


def test_a_map_without_roads_is_refused(tmp_path):
    file = tmp_path / "sea.osm"
    file.write_text(osm_xml(ways={}))

    answer = refused(file)

    assert answer.code == "no_roads"
    assert "highways" in answer.do


def test_other_names_and_folders_are_told_what_to_do(tmp_path):
    (tmp_path / "town.txt").write_text("")
    assert "must end in one of" in refused(tmp_path / "town.txt").do
    assert "none" in refused(tmp_path).what
    for name in ("a.osm", "b.osm.pbf"):
        (tmp_path / name).write_text(osm_xml())
    assert "a.osm, b.osm.pbf" in refused(tmp_path).what
    with pytest.raises(NotFound):
        osm.build(tmp_path / "nowhere.osm.pbf")


def test_a_wrong_table_beside_the_map_is_refused_with_its_line(tmp_path):
    (tmp_path / "town.osm").write_text(osm_xml())
    (tmp_path / "stations.csv").write_text("id,name,lon,lat,agency,kind\n1,One,10,200,x,career\n")

    assert "stations.csv, line 2" in refused(tmp_path).what


def test_a_pbf_reads_as_its_xml_does(tmp_path):
    text = tmp_path / "town.osm"
    text.write_text(osm_xml(restrictions=[NO_LEFT]))
    with osmium.SimpleWriter(str(tmp_path / "town.osm.pbf")) as writer:
        for one in osmium.FileProcessor(str(text)):
            writer.add(one)

    one, other = osm.build(text).network, osm.build(tmp_path / "town.osm.pbf").network

    assert np.array_equal(one.time_us, other.time_us)
    assert np.array_equal(one.tail, other.tail)


def _signs(file):
    """Return the (before, via, after) coordinates of turns that are forbidden, read straight from the file.

    For "only" signs, `after` is None and the set of allowed continuations stands beside.
    """
    restrictions = []
    for one in osmium.FileProcessor(str(file), osmium.osm.RELATION):
        if one.tags.get("type") == "restriction" and "restriction" in one.tags:
            role = {member.role: (member.type, member.ref) for member in one.members}
            if len(one.members) == 3 and set(role) == {"from", "via", "to"} and role["via"][0] == "n":
                restrictions.append((one.tags["restriction"], role["from"][1], role["via"][1], role["to"][1]))
    named = IdFilter({way for _, first, _, last in restrictions for way in (first, last)})
    found = (
        osmium.FileProcessor(str(file)).with_locations().with_filter(EntityFilter(osmium.osm.WAY)).with_filter(named)
    )
    ways = {
        one.id: [(round(p.lon, 7), round(p.lat, 7), p.ref) for p in one.nodes if p.location.valid()]
        for one in found
        if "highway" in one.tags
    }
    forbidden, only = set(), {}
    for kind, first, via, last in restrictions:
        before, after = _next_to(ways.get(first, []), via), _next_to(ways.get(last, []), via)
        if len(before) != 1 or len(after) != 1:
            continue
        point = next(p[:2] for p in ways[first] if p[2] == via)
        if kind.startswith("no_"):
            forbidden.add((before[0], point, after[0]))
        else:
            only.setdefault((before[0], point), set()).add(after[0])
    return forbidden, only


def _next_to(way, via):
    refs = [p[2] for p in way]
    found = [k for k, ref in enumerate(refs) if ref == via]
    return [way[k + step][:2] for k in found for step in (-1, 1) if 0 <= k + step < len(way)]


@pytest.mark.parametrize(("city", "signs"), [("columbus_oh", 5), ("porto", 250)])
def test_no_quickest_route_makes_a_forbidden_turn(shared, city, signs):
    file = shared / "data" / "osm" / f"{city}.osm.pbf"
    forbidden, only = _signs(file)
    assert len(forbidden) + len(only) >= signs
    found = osm.read(file)
    network, _ = network_of(osm.as_ways(found), found.restrictions, found.closed)
    blind, _ = network_of(osm.as_ways(found), (), found.closed)

    wrong, turns = _turns(network, forbidden, only)

    assert wrong == []
    assert turns > 50  # The routes did pass the signs,
    # and who does not read them, breaks them. (The few of Columbus stand where no quickest route would turn.)
    assert _turns(blind, forbidden, only)[0] or city == "columbus_oh"


def _turns(network, forbidden, only):
    """Return the forbidden turns on a sample of quickest routes near the signs, and how often they pass a sign."""
    via = {point for _, point, _ in forbidden} | {point for _, point in only}
    places = zip(network.node_lon.tolist(), network.node_lat.tolist(), strict=True)
    where = {(round(lon, 7), round(lat, 7)): node for node, (lon, lat) in enumerate(places)}
    signs = [where[point] for point in sorted(via) if point in where][:60]
    graph = csr_array((network.time_us[NORMAL].astype(float), (network.tail, network.head)), shape=(network.nodes,) * 2)
    arc_of = {ends: arc for arc, ends in enumerate(zip(network.tail.tolist(), network.head.tolist(), strict=True))}
    near = dijkstra(graph.T.tocsr(), indices=signs, limit=60e6)
    rng = np.random.default_rng(5)
    origins = [int(rng.choice(np.flatnonzero(np.isfinite(row)))) for row in near]  # Within a minute of a sign.
    _, before = dijkstra(graph, indices=origins, return_predecessors=True, limit=240e6)
    wrong, turns = [], 0
    for row, origin in enumerate(origins):
        for end in rng.choice(np.flatnonzero(before[row] >= 0), 60):
            line = _points(network, arc_of, before[row], origin, int(end))
            for a, b, c in zip(line, line[1:], line[2:], strict=False):
                turns += b in via
                if (a, b, c) in forbidden or ((a, b) in only and c not in only[a, b]):
                    wrong.append((a, b, c))
    return wrong, turns


def _points(network, arc_of, before, origin, end):
    """Return every point that a route passes, in order."""
    nodes = [end]
    while nodes[-1] != origin:
        nodes.append(int(before[nodes[-1]]))
    nodes.reverse()
    line = [(network.node_lon[origin], network.node_lat[origin])]
    for tail, head in pairwise(nodes):
        arc = arc_of[tail, head]
        span = slice(network.shape_ptr[arc], network.shape_ptr[arc + 1])
        line += zip(network.shape_lon[span], network.shape_lat[span], strict=True)
        line.append((network.node_lon[head], network.node_lat[head]))
    return [(round(float(x), 7), round(float(y), 7)) for x, y in line]


def test_a_real_town_becomes_a_region(shared, tmp_path):
    source = tmp_path / "here"
    source.mkdir()
    shutil.copy(shared / "data" / "osm" / "liechtenstein.osm.pbf", source)

    region = write(osm.build(source), tmp_path / "region")

    assert region.settings["counts"]["nodes"] > 3_000
    assert region.settings["counts"]["hospitals"] == 1
    assert region.settings["input"][0]["name"] == "liechtenstein.osm.pbf"
    assert {"areas", "places", "roads"} == {file.stem for file in (region.folder / "map").iterdir()}

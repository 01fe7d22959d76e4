"""A region from OpenStreetMap: any `.osm.pbf` (or `.osm`, `.osm.bz2`), alone or in a folder with tables beside it.

The folder may hold `stations.csv`, `hospitals.csv`, `units.csv` and `demand.csv` (lon,lat,weight); where a table is
missing, stations and hospitals come from the map's tags, and the report says what was assumed.

Source of the tags' meaning: OpenStreetMap wiki, pages Key:highway, Key:oneway, Key:access, Key:maxspeed,
Relation:restriction, Key:emergency.
"""

import hashlib
import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import osmium
from osmium.filter import EmptyTagFilter, EntityFilter, TagFilter
from osmium.osm import AREA, NODE, WAY, Area, Node, NodeRef, Relation, Way

from goldenhour.errors import BadInput, NotFound
from goldenhour.roads.build.tables import read_table
from goldenhour.roads.build.usual import SERVICE_SOURCES, WEEK, usual_service
from goldenhour.roads.build.ways import KM_PER_DEGREE, METRICS, Restriction, Ways, network_of
from goldenhour.roads.draft import HOSPITAL_COLUMNS, STATION_COLUMNS, UNIT_COLUMNS, Demand, Draft, Input

LICENCE = "(c) OpenStreetMap contributors, ODbL 1.0: name them, and share derived databases alike."
KM_PER_MILE = 1.609344
_SUFFIXES = (".osm.pbf", ".pbf", ".osm", ".osm.bz2", ".osm.gz")


@dataclass(frozen=True, slots=True)
class Highway:
    """What is assumed of a value of `highway`."""

    road_class: int  # See roads.classes
    limit_km_per_h: float  # Where no maxspeed is given.
    share: float  # Mean speed of an ordinary trip over the limit, stops included.


# Limits: common ones of Europe and the US, where the map gives none. Shares: the project's assumption, so that a 65 mph
# freeway and a 25 mph street come out at the speeds of roads.classes; `goldenhour calibrate` replaces both.
HIGHWAYS = MappingProxyType(
    {
        "motorway": Highway(1, 110, 0.77),
        "trunk": Highway(2, 90, 0.7),
        "primary": Highway(3, 65, 0.65),
        "secondary": Highway(3, 60, 0.65),
        "tertiary": Highway(4, 50, 0.65),
        "unclassified": Highway(5, 50, 0.62),
        "residential": Highway(5, 40, 0.62),
        "road": Highway(5, 40, 0.5),
        "living_street": Highway(5, 15, 0.8),
        "service": Highway(0, 25, 0.6),
        "motorway_link": Highway(6, 60, 0.7),
        "trunk_link": Highway(6, 55, 0.7),
        "primary_link": Highway(6, 50, 0.65),
        "secondary_link": Highway(6, 50, 0.65),
        "tertiary_link": Highway(6, 45, 0.65),
    }
)
_EMERGENCY_ONLY = Highway(0, 20, 0.7)  # Paths that are open to emergency vehicles by their own tag.
_WALKED = frozenset({"pedestrian", "track", "footway", "cycleway", "path", "busway", "bus_guideway"})
_YES = frozenset({"yes", "designated", "official", "permissive", "destination", "private"})
_BARRIERS = frozenset({"bollard", "block", "cycle_barrier", "jersey_barrier", "kissing_gate", "turnstile", "debris"})
_WALK_KM_PER_H = 7.0
_FASTEST_KM_PER_H = 200.0  # A limit beyond this is a slip of the pen.
_SAME_PLACE_KM = 0.6  # A hospital drawn as a point and as an area is one, this near and with one name.
_WATER = (("natural", "water"), ("waterway", "riverbank"), ("landuse", "reservoir"), ("landuse", "basin"))
_GREEN = (
    ("leisure", "park"),
    ("leisure", "golf_course"),
    ("leisure", "nature_reserve"),
    ("natural", "wood"),
    ("landuse", "forest"),
    ("landuse", "cemetery"),
    ("landuse", "recreation_ground"),
)
_PLACES = (
    ("amenity", "hospital"),
    ("healthcare", "hospital"),
    ("emergency", "ambulance_station"),
    ("amenity", "fire_station"),
)
Ring = list[tuple[float, float]]
_LABELS = frozenset({"city", "town", "village", "hamlet", "suburb", "neighbourhood"})


@dataclass(slots=True)
class Found:
    """What a map file holds that matters here."""

    way_id: "array[int]" = field(default_factory=lambda: array("q"))
    highway: list[Highway] = field(default_factory=list)
    forward: "array[float]" = field(default_factory=lambda: array("d"))
    backward: "array[float]" = field(default_factory=lambda: array("d"))
    street: "array[int]" = field(default_factory=lambda: array("l"))
    streets: dict[str, int] = field(default_factory=dict)
    count: "array[int]" = field(default_factory=lambda: array("q"))
    ref: "array[int]" = field(default_factory=lambda: array("q"))
    x: "array[int]" = field(default_factory=lambda: array("q"))
    y: "array[int]" = field(default_factory=lambda: array("q"))
    restrictions: list[Restriction] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)
    places: list[dict[str, str]] = field(default_factory=list)  # tags, with lon, lat and osm (such as "way/12")
    labels: list[dict[str, Any]] = field(default_factory=list)  # GeoJSON features
    areas: list[dict[str, Any]] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)


def build(source: Path, *, stations: Path | None = None, hospitals: Path | None = None) -> Draft:
    """Return the draft of a region from an OpenStreetMap extract.

    Args:
        source: the file, or a folder with one such file and tables beside it.
        stations: table of stations (id,name,lon,lat,agency,kind); else the folder's, else the map's.
        hospitals: table of hospitals (id,name,lon,lat,kind,capabilities,beds); else the folder's, else the map's.

    Raises:
        NotFound: no such file.
        BadInput: it is cut short, not OpenStreetMap, or has no roads; a table is wrong.
    """
    file = _file_of(source)
    found = read(file)
    if not found.way_id:
        seen = len(found.places) + len(found.labels) + len(found.areas)
        raise BadInput(
            code="no_roads",
            what=f"None of its ways is a road that one may drive on ({seen:,} other places were seen).",
            do="Choose an extract with highways in it, and check that it is not cut short.",
            where=file.name,
        )
    try:
        network, tally = network_of(as_ways(found), found.restrictions, found.closed)
    except BadInput as problem:
        raise BadInput(code=problem.code, what=problem.what, do=problem.do, where=file.name) from None
    said = [*tally.sentences(), *(f"{count:,} {what}." for what, count in sorted(found.notes.items()) if count)]
    said.append("The map does not say the time zone: UTC, unless --time-zone named one.")
    inputs = [_fingerprint(file)]
    beside = source if source.is_dir() else None
    posts = _table(stations, beside, "stations.csv", STATION_COLUMNS, inputs) or _stations(found.places, said)
    doors = _table(hospitals, beside, "hospitals.csv", HOSPITAL_COLUMNS, inputs) or _hospitals(found.places, said)
    units = _table(None, beside, "units.csv", UNIT_COLUMNS, inputs) or _units(posts, said)
    demand = _demand(beside, inputs)
    if demand is None:
        said.append(
            "Where calls come from is not known: put demand.csv (lon,lat,weight) beside the map, or replay a call list."
        )
    return Draft(
        name=file.name.split(".")[0].replace("_", " ").title(),
        kind="osm",
        time_zone="UTC",
        jurisdiction="",
        network=network,
        metrics=METRICS,
        off_road_km_per_h={"lights": 20.0, "normal": 15.0},
        mode_of_priority={1: "lights", 2: "lights", 3: "normal", 4: "normal"},
        transport_mode="normal",
        stations=posts,
        hospitals=doors,
        units=units,
        service=usual_service(),
        demand=demand,
        redispatch=((3, 1), (4, 1)),
        target_response_s={1: 480.0, 2: 600.0, 3: 1200.0, 4: 3600.0},
        sources=(f"Roads and places: OpenStreetMap, {file.name}", *SERVICE_SOURCES),
        licences=(LICENCE,),
        inputs=tuple(inputs),
        warnings=tuple(said),
        layers=_layers(found),
    )


def read(file: Path) -> Found:
    """Return what an OpenStreetMap file holds: roads, restrictions, hospitals, stations, water, green, place names.

    Raises:
        BadInput: it is cut short or is no such file.
    """
    found = Found()
    try:
        for one in osmium.FileProcessor(str(file)).with_locations().with_filter(EmptyTagFilter()):
            if isinstance(one, Way):
                _see_way(one, found)
            elif isinstance(one, Node):
                _see_node(one, found)
            elif isinstance(one, Relation):
                _see_relation(one, found)
        _see_areas(file, found)
    except (RuntimeError, ValueError) as problem:
        raise BadInput(
            code="bad_osm",
            what=f"It is no whole OpenStreetMap file ({problem}).",
            do="It may be cut short: fetch it again and compare its size and checksum with the place it comes from.",
            where=file.name,
        ) from None
    return found


def _file_of(source: Path) -> Path:
    """Return the map file that `source` is, or holds."""
    if source.is_dir():
        files = sorted(each for each in source.iterdir() if each.name.endswith(_SUFFIXES))
        if len(files) != 1:
            held = ", ".join(each.name for each in files) or "none"
            raise BadInput(
                code="which_map",
                what=f"The folder must hold one OpenStreetMap file; it holds {held}.",
                do="Name the file itself, or leave one .osm.pbf in the folder.",
                where=str(source),
            )
        return files[0]
    if not source.is_file():
        raise NotFound(code="no_such_file", what=f"{source} does not exist.", do="Name an .osm.pbf file or its folder.")
    if not source.name.endswith(_SUFFIXES):
        raise BadInput(
            code="bad_osm",
            what="It does not look like an OpenStreetMap file.",
            do=f"Its name must end in one of {', '.join(_SUFFIXES)}.",
            where=source.name,
        )
    return source


def km_per_h(text: str) -> float | None:
    """Return a `maxspeed` in km/h, or None where it names none ("none", "DE:urban") or makes no sense.

    >>> km_per_h("50"), round(km_per_h("35 mph"), 1), km_per_h("walk"), km_per_h("none"), km_per_h("50; 40")
    (50.0, 56.3, 7.0, None, 40.0)
    """
    if text.strip() == "walk":
        return _WALK_KM_PER_H
    if not text:
        return None
    speeds = []
    for part in text.split(";"):
        read_as = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(mph|km/h|kmh|kph|knots)?\s*", part)
        if read_as:
            factor = {"mph": KM_PER_MILE, "knots": 1.852}.get(read_as[2] or "", 1.0)
            speeds.append(float(read_as[1]) * factor)
    slowest = min(speeds, default=0.0)
    return slowest if 0 < slowest <= _FASTEST_KM_PER_H else None


def highway_of(tags: Mapping[str, str]) -> Highway | None:
    """Return the kind of road that an ambulance may drive on, or None."""
    kind = tags.get("highway", "")
    emergency = tags.get("emergency", "")
    if kind in _WALKED and (emergency in _YES or tags.get("service") == "emergency_access"):
        return _EMERGENCY_ONLY
    highway = HIGHWAYS.get(kind)
    if highway is None or emergency == "no" or tags.get("area") == "yes":
        return None
    if emergency in _YES:
        return highway
    access = next((tags[key] for key in ("motorcar", "motor_vehicle", "vehicle", "access") if key in tags), "yes")
    if access == "no" or (access == "private" and kind == "service"):
        return None
    return highway


def directions(tags: Mapping[str, str]) -> tuple[bool, bool]:
    """Return whether an ambulance may drive along the way's points, and against them."""
    oneway = tags.get("oneway:emergency") or tags.get("oneway", "")
    if oneway in {"-1", "reverse"}:
        return False, True
    if oneway in {"yes", "true", "1"}:
        return True, False
    if oneway in {"reversible", "alternating"}:
        return False, False  # Not known which way at which hour: nobody is sent through it.
    implied = tags.get("junction") in {"roundabout", "circular"} or tags.get("highway") == "motorway"
    return True, not (implied and oneway != "no")


def _see_way(way: Way, found: Found) -> None:
    """Take a way, if one may drive on it."""
    if "highway" not in way.tags:
        return
    tags = dict(way.tags)
    highway = highway_of(tags)
    if highway is None:
        if tags["highway"] in HIGHWAYS:
            found.notes["roads are closed to vehicles or private"] += 1
        return
    forward, backward = directions(tags)
    if not (forward or backward):
        found.notes["roads change direction by the hour: taken as closed"] += 1
        return
    general = highway.limit_km_per_h
    if "maxspeed" in tags:
        read_as = km_per_h(tags["maxspeed"])
        found.notes["roads have a maxspeed that is no number: their class's limit is taken"] += read_as is None
        general = read_as or general
    ahead = km_per_h(tags.get("maxspeed:forward", "")) or general
    behind = km_per_h(tags.get("maxspeed:backward", "")) or general
    before = len(found.ref)
    for point in way.nodes:
        found.ref.append(point.ref)
        found.x.append(point.x)
        found.y.append(point.y)
    found.way_id.append(way.id)
    found.highway.append(highway)
    found.forward.append(ahead * highway.share if forward else 0.0)
    found.backward.append(behind * highway.share if backward else 0.0)
    name = tags.get("name") or tags.get("ref") or ""
    found.street.append(found.streets.setdefault(name, len(found.streets)) if name else -1)
    found.count.append(len(found.ref) - before)


def _see_node(node: Node, found: Found) -> None:
    """Take a hospital, a station, a place name or a barrier."""
    tags = dict(node.tags)
    if tags.get("barrier") in _BARRIERS and tags.get("emergency", "no") == "no":
        open_to = next((tags[key] for key in ("motor_vehicle", "vehicle", "access") if key in tags), "no")
        if open_to not in _YES:
            found.closed.append(node.id)
    if any(tags.get(key) == value for key, value in _PLACES):
        found.places.append(_place(dict(tags), f"node/{node.id}", node.lon, node.lat))
    if tags.get("place") in _LABELS and "name" in tags:
        at = [round(node.lon, 5), round(node.lat, 5)]
        shown = {"class": tags["place"], "name": tags["name"]}
        found.labels.append({"type": "Feature", "properties": shown, "geometry": {"type": "Point", "coordinates": at}})


def _see_relation(relation: Relation, found: Found) -> None:
    """Take a turn restriction."""
    tags = dict(relation.tags)
    if tags.get("type") != "restriction":
        return
    kind = tags.get("restriction") or tags.get("restriction:motorcar") or tags.get("restriction:emergency") or ""
    if not kind:
        found.notes["turn restrictions are for other vehicles or for some hours only: left out"] += 1
        return
    if "emergency" in tags.get("except", "").split(";"):
        found.notes["turn restrictions do not bind emergency vehicles"] += 1
        return
    by_role: dict[str, list[tuple[str, int]]] = {"from": [], "via": [], "to": []}
    for member in relation.members:
        by_role.setdefault(member.role, []).append((member.type, member.ref))
    if any(what == "w" for what, _ in by_role["via"]):
        found.notes["turn restrictions run over a whole road (via way): not modelled"] += 1
        return
    if not kind.startswith(("no_", "only_")) or len(by_role["via"]) != 1 or not by_role["from"] or not by_role["to"]:
        found.notes["turn restrictions are incomplete or cannot be understood"] += 1
        return
    found.restrictions.append(
        Restriction(
            via=by_role["via"][0][1],
            from_ways=tuple(ref for what, ref in by_role["from"] if what == "w"),
            to_ways=tuple(ref for what, ref in by_role["to"] if what == "w"),
            only=kind.startswith("only_"),
        )
    )


def _see_areas(file: Path, found: Found) -> None:
    """Take hospitals and stations drawn as areas, and water and green for the map."""
    wanted = TagFilter(*_WATER, *_GREEN, *_PLACES)
    try:
        for one in osmium.FileProcessor(str(file)).with_areas(wanted).with_filter(EntityFilter(AREA)):
            if isinstance(one, Area):
                outer = [
                    (_points(ring), [_points(hole) for hole in one.inner_rings(ring)]) for ring in one.outer_rings()
                ]
                _see_area(dict(one.tags), f"{'way' if one.from_way() else 'relation'}/{one.orig_id()}", outer, found)
    except RuntimeError as problem:
        if "out of order" not in str(problem):
            raise
        # Areas cannot be put together from an unsorted file; those drawn as one closed way still can.
        found.notes["part of the file is not sorted (osmium sort mends it): areas of several ways are left out"] = 1
        found.areas.clear()
        found.places[:] = [place for place in found.places if place["osm"].startswith("node")]
        for one in osmium.FileProcessor(str(file), NODE | WAY).with_locations().with_filter(EntityFilter(WAY)):
            if isinstance(one, Way) and one.is_closed() and all(point.location.valid() for point in one.nodes):
                tags = dict(one.tags)
                if any(tags.get(key) == value for key, value in (*_WATER, *_GREEN, *_PLACES)):
                    _see_area(tags, f"way/{one.id}", [(_points(one.nodes), [])], found)


def _points(ring: Iterable[NodeRef]) -> Ring:
    """Return a ring's points, to about a metre."""
    return [(round(point.lon, 5), round(point.lat, 5)) for point in ring]


def _see_area(tags: dict[str, str], osm: str, outer: list[tuple[Ring, list[Ring]]], found: Found) -> None:
    """Take a hospital, a station, or water and green for the map, from its outer rings with their holes."""
    if not outer:
        return
    if any(tags.get(key) == value for key, value in _PLACES):
        lon, lat = np.mean(outer[0][0][:-1], axis=0)
        found.places.append(_place(tags, osm, float(lon), float(lat)))
        return
    kind = "water" if any(tags.get(key) == value for key, value in _WATER) else "green"
    shown = {"class": kind, "name": tags.get("name", "")}
    for ring, holes in outer:
        found.areas.append(
            {"type": "Feature", "properties": shown, "geometry": {"type": "Polygon", "coordinates": [ring, *holes]}}
        )


def _place(tags: Mapping[str, str], osm: str, lon: float, lat: float) -> dict[str, str]:
    """Return a place's tags with where it lies."""
    return {**tags, "osm": osm, "lon": f"{lon:.6f}", "lat": f"{lat:.6f}"}


def as_ways(found: Found) -> Ways:
    """Return the ways as arrays."""
    x, y = np.array(found.x, dtype=np.int64), np.array(found.y, dtype=np.int64)
    lost = (np.abs(x) > 1_800_000_000) | (np.abs(y) > 900_000_000)  # noqa: PLR2004 -- 1e-7 degrees; none is given as 2**31 - 1.
    return Ways(
        id=np.array(found.way_id, dtype=np.int64),
        road_class=np.array([each.road_class for each in found.highway], dtype=np.int8),
        forward_km_per_h=np.array(found.forward),
        backward_km_per_h=np.array(found.backward),
        street=np.array(found.street, dtype=np.int32),
        streets=tuple(found.streets),
        ptr=np.concatenate([[0], np.cumsum(np.array(found.count, dtype=np.int64))]),
        ref=np.array(found.ref, dtype=np.int64),
        lon=np.where(lost, np.nan, x / 1e7),
        lat=np.where(lost, np.nan, y / 1e7),
    )


def _fingerprint(file: Path) -> Input:
    """Return a file's name, checksum and size."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Input(name=file.name, sha256=digest, bytes=file.stat().st_size)


def _table(
    named: Path | None, beside: Path | None, name: str, columns: tuple[str, ...], inputs: list[Input]
) -> tuple[dict[str, str], ...]:
    """Return the rows of the named table, or of the one beside the map; none when there is no table."""
    path = named or (beside / name if beside and (beside / name).exists() else None)
    if path is None:
        return ()
    table = read_table(path, columns)
    table.refuse_empty()
    table.unique("id")
    if "lon" in columns:
        table.positions()
    inputs.append(table.source)
    texts = {column: table.text(column) for column in columns}
    return tuple({column: texts[column][row] for column in columns} for row in range(len(table)))


def _demand(beside: Path | None, inputs: list[Input]) -> Demand | None:
    """Return the demand of demand.csv beside the map, spread over the week as usual."""
    if beside is None or not (beside / "demand.csv").exists():
        return None
    table = read_table(beside / "demand.csv", ("lon", "lat", "weight"))
    inputs.append(table.source)
    lon, lat = table.positions()
    return Demand(lon=lon, lat=lat, weight=table.numbers("weight", 0.0), profile=WEEK)


def _once(places: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the places without those drawn twice (as a point and as an area)."""
    kept: list[dict[str, str]] = []
    for one in sorted(places, key=lambda place: (not place["osm"].startswith("node"), place["osm"])):
        lon, lat = float(one["lon"]), float(one["lat"])
        twin = False
        for other in kept:
            east = (float(other["lon"]) - lon) * math.cos(math.radians(lat))
            km = KM_PER_DEGREE * math.hypot(east, float(other["lat"]) - lat)
            twin = twin or (km < _SAME_PLACE_KM and one.get("name", "") in {other.get("name", ""), ""})
        if not twin:
            kept.append(one)
    return kept


def _stations(places: list[dict[str, str]], said: list[str]) -> tuple[dict[str, str], ...]:
    """Return the map's ambulance stations; where it has none, its fire stations."""
    kind = "ambulance"
    chosen = _once([one for one in places if one.get("emergency") == "ambulance_station"])
    if not chosen:
        kind = "fire"
        chosen = _once([one for one in places if one.get("amenity") == "fire_station"])
        if chosen:
            said.append(f"The map has no ambulance station: its {len(chosen)} fire stations are taken.")
    if not chosen:
        said.append("The map has neither ambulance nor fire station: give them with --stations before simulating.")
    return tuple(
        {
            "id": f"S{number:02d}",
            "name": one.get("name") or f"Station {number}",
            "lon": one["lon"],
            "lat": one["lat"],
            "agency": one.get("operator") or "local",
            "kind": "volunteer" if "volunteer" in one.get("fire_station:type", "") else kind,
        }
        for number, one in enumerate(chosen, start=1)
    )


def _hospitals(places: list[dict[str, str]], said: list[str]) -> tuple[dict[str, str], ...]:
    """Return the map's hospitals with an emergency department, or without word against one."""
    here = [one for one in places if "hospital" in {one.get("amenity"), one.get("healthcare")}]
    chosen = _once([one for one in here if one.get("emergency") != "no"])
    if not chosen:
        said.append("The map has no hospital: give them with --hospitals before simulating transports.")
    unsure = [one.get("name") or one["osm"] for one in chosen if one.get("emergency") != "yes"]
    if unsure:
        said.append(f"An emergency department is assumed, the map does not say so: {', '.join(unsure)}.")
    if chosen:
        said.append("The map does not say what its hospitals can do: no capability is known.")
    return tuple(
        {
            "id": f"H{number:02d}",
            "name": one.get("name") or f"Hospital {number}",
            "lon": one["lon"],
            "lat": one["lat"],
            "kind": "emergency_department",
            "capabilities": "",
            "beds": one.get("beds", ""),
        }
        for number, one in enumerate(chosen, start=1)
    )


def _units(posts: tuple[dict[str, str], ...], said: list[str]) -> tuple[dict[str, str], ...]:
    """Return an ambulance at each station, assumed."""
    if posts:
        said.append(
            "No map names units: one ambulance is assumed at each station, day and night (units.csv corrects it)."
        )
    return tuple(
        {
            "id": f"local/A{number:02d}",
            "call_sign": f"A{number:02d}",
            "agency": "local",
            "type": "ambulance",
            "station": post["id"],
            "crew": "2",
            "levels": "paramedic;emt",
            "skills": "",
            "can_transport": "1",
            "turnout_s": "67",
            "shifts": "",
        }
        for number, post in enumerate(posts, start=1)
    )


def _layers(found: Found) -> dict[str, dict[str, Any]]:
    """Return the map's water, green and place names."""
    layers = {"areas": found.areas, "places": found.labels}
    return {name: {"type": "FeatureCollection", "features": features} for name, features in layers.items() if features}

"""The San Francisco region, from street centrelines, fire stations and hospitals.

The source folder holds road_segments.csv, road_nodes.csv, stations.csv, hospitals.csv and, where its licence (ODbL)
suits, road_oneway_hints_ODbL.csv; without it every street is two-way. Pedestrian and private ways are left out. Speeds
are the defaults of `roads.classes`, and the fleet is one engine a station: `goldenhour calibrate` fits the speeds and
finds the units and their shifts in the record of calls.
"""

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenhour.errors import BadInput
from goldenhour.roads.addresses import Block
from goldenhour.roads.build.tables import Table, cut_warnings, parse_each, read_table
from goldenhour.roads.checks import main_part, refuse_pieces
from goldenhour.roads.classes import LIGHTS_FACTOR, ROAD_CLASSES
from goldenhour.roads.draft import Demand, Draft, Metric
from goldenhour.roads.network import Network
from goldenhour.roads.snap import snap

MODES = ("lights", "normal")
ONE_WAY_FILE = "road_oneway_hints_ODbL.csv"
AMBULANCE_BASE = "49"  # The station that ambulances are deployed from; they then wait around the city.
_LEFT_OUT_LAYERS = frozenset({"Streets_Pedestri", "PRIVATE"})
_TOO_FAR_KM = 1.5  # A hospital farther from the city's roads than this lies outside them.
_KM_PER_DEGREE = 111.32
_CAPABILITIES = {"LEVEL I": "trauma_1", "LEVEL II": "trauma_2", "LEVEL III": "trauma_3"}
_LETTERS = frozenset({"UCSF", "VA"})  # Spoken letter by letter.
_LINE = re.compile(r"^LINESTRING ?\((.*)\)$")
Shape = list[tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Streets:
    """The segments that vehicles may drive, as read. All lists are (segments,)."""

    u: NDArray[np.int64]  # Index into the nodes.
    v: NDArray[np.int64]
    length_m: NDArray[np.float64]
    road_class: NDArray[np.int8]
    name: list[str]
    shape: list[Shape]  # Points strictly between u and v.
    forth: NDArray[np.bool_]  # May be driven from u to v.
    back: NDArray[np.bool_]


def build(source: Path) -> Draft:
    """Return the draft of San Francisco from the folder `source`.

    Raises:
        NotFound: a file is missing.
        BadInput: a file, line or value is wrong.
    """
    nodes = read_table(source / "road_nodes.csv", ("node", "lon", "lat"))
    segments = read_table(
        source / "road_segments.csv", ("cnn", "u", "v", "length_m", "classcode", "layer", "street", "wkt")
    )
    stations = read_table(source / "stations.csv", ("station", "name", "lat", "lon", "source"))
    hospitals = read_table(source / "hospitals.csv", ("name", "type", "beds", "trauma", "lat", "lon", "ed_assumed"))
    hints = source / ONE_WAY_FILE
    one_way = read_table(hints, ("cnn", "oneway")) if hints.exists() else None
    for table in (nodes, segments, stations, hospitals):
        table.refuse_empty()
    streets, dropped = _streets(nodes, segments, one_way)
    blocks = _blocks(segments)
    network, outside = _network(nodes, streets)
    posts = _stations(stations)
    doors, left_out = _hospitals(hospitals, network)
    tables = [nodes, segments, stations, hospitals, *([one_way] if one_way else [])]
    return Draft(
        name="San Francisco",
        kind="sf",
        time_zone="America/Los_Angeles",
        jurisdiction="US-CA",
        network=network,
        metrics=tuple(Metric(id=mode, mode=mode) for mode in MODES),
        off_road_km_per_h={"lights": 15.0, "normal": 15.0},
        mode_of_priority={1: "lights", 2: "lights", 3: "normal", 4: "normal"},
        transport_mode="normal",
        target_response_s={1: 600.0, 2: 600.0, 3: 1200.0},
        stations=posts,
        hospitals=doors,
        units=_units(posts),
        demand=_even_demand(network),
        blocks=blocks,
        service=_service(),
        sources=_sources(one_way),
        licences=_licences(one_way),
        inputs=tuple(table.source for table in tables),
        warnings=(*_report(stations, one_way, dropped, outside), *left_out, *cut_warnings(tables)),
    )


def _said(name: str) -> str:
    """Return a name in capitals as people write it.

    >>> _said("UCSF MEDICAL CENTER AND ST. MARY'S")
    "UCSF Medical Center and St. Mary's"
    """
    words = [word if word in _LETTERS else word.capitalize() for word in name.split()]
    return " ".join(word.lower() if word in {"And", "Of"} else word for word in words)


def _line_points(text: str) -> Shape:
    """Return the points of a WKT line.

    >>> _line_points("LINESTRING(-122.4 37.7, -122.5 37.8)")
    [(-122.4, 37.7), (-122.5, 37.8)]
    """
    match = _LINE.match(text.strip())
    if match is None:
        raise ValueError(text)
    pairs = [pair.split() for pair in match[1].split(",")]
    points = [(float(lon), float(lat)) for lon, lat in pairs]
    if len(points) < 2 or not all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in points):  # noqa: PLR2004 -- Degrees.
        raise ValueError(text)
    return points


def _streets(nodes: Table, segments: Table, one_way: Table | None) -> tuple[_Streets, int]:
    """Return the drivable streets, and how many segments were left out."""
    known = {name: row for row, name in enumerate(nodes.unique("node"))}
    cnn = segments.unique("cnn")
    u, v = segments.look_up("u", known, "node"), segments.look_up("v", known, "node")
    road_class = segments.whole("classcode", 0, max(ROAD_CLASSES))
    length_m = segments.numbers("length_m", 0.0, 1e5)
    shapes = _shapes(segments)
    layers = segments.text("layer")
    driven = np.array([layer not in _LEFT_OUT_LAYERS for layer in layers], dtype=np.bool_) & (u != v)
    forth, back = driven.copy(), driven.copy()
    if one_way:
        index = {name: row for row, name in enumerate(cnn)}
        at = one_way.look_up("cnn", index, "segment")
        for row, (segment, way) in enumerate(zip(at.tolist(), one_way.text("oneway"), strict=True)):
            if way not in {"B", "F", "T"}:
                one_way.refuse(row, f"oneway is {way!r}.", "Write B (both ways), F (from u to v) or T (from v to u).")
            forth[segment] &= way != "T"
            back[segment] &= way != "F"
    streets = _Streets(
        u=u.astype(np.int64),
        v=v.astype(np.int64),
        length_m=length_m,
        road_class=road_class.astype(np.int8),
        name=segments.text("street"),
        shape=[shape[1:-1] for shape in shapes],
        forth=forth,
        back=back,
    )
    return streets, int((~driven).sum())


def _shapes(segments: Table) -> list[Shape]:
    """Return the segments' lines."""
    found = parse_each(segments, "wkt", _line_points, "Write LINESTRING(lon lat, lon lat, ...) in degrees.")
    return [shape for shape in found if isinstance(shape, list)]


def _blocks(segments: Table) -> tuple[Block, ...]:
    """Return the number ranges of both sides of every street; none where the columns are not there."""
    if not {"lf_from", "lf_to", "rt_from", "rt_to"} <= set(segments.columns):
        return ()
    shapes = _shapes(segments)
    names, zips = segments.text("street"), segments.text("zip") if "zip" in segments.columns else [""] * len(shapes)
    found = []
    for side in ("lf", "rt"):
        first, last = segments.whole(f"{side}_from", 0, 10**6), segments.whole(f"{side}_to", 0, 10**6)
        for name, postal, shape, begin, end in zip(names, zips, shapes, first.tolist(), last.tolist(), strict=True):
            low, high = min(begin, end), max(begin, end)
            if not name or low <= 0:  # A side without numbers is 0 to 0.
                continue
            parity = ("even", "odd")[low % 2] if low % 2 == high % 2 else "both"
            line = tuple(shape if begin <= end else shape[::-1])
            found.append(
                Block(
                    street=_said(name.lstrip("0")),
                    municipality="San Francisco",
                    zip=postal,
                    low=low,
                    high=high,
                    parity=parity,
                    line=line,
                )
            )
    return tuple(found)


def _network(nodes: Table, streets: _Streets) -> tuple[Network, int]:
    """Return the network of the part that can be reached from everywhere in it and back, and the nodes left outside."""
    lon, lat = nodes.positions()
    whole = _arcs(lon, lat, streets)
    used = np.zeros(whole.nodes, dtype=np.bool_)
    used[whole.tail] = used[whole.head] = True
    inside = main_part(whole) & used
    if not inside.any():
        raise BadInput(code="no_roads", what="No street can be driven.", do="Check layers and one-way hints.")
    refuse_pieces(int(inside.sum()), int(used.sum()))
    new = np.cumsum(inside) - 1
    keep = inside[streets.u] & inside[streets.v]
    rows = np.flatnonzero(keep)
    kept = _Streets(
        u=new[streets.u[rows]],
        v=new[streets.v[rows]],
        length_m=streets.length_m[rows],
        road_class=streets.road_class[rows],
        name=[streets.name[row] for row in rows],
        shape=[streets.shape[row] for row in rows],
        forth=streets.forth[rows],
        back=streets.back[rows],
    )
    return _arcs(lon[inside], lat[inside], kept), int((used & ~inside).sum())


def _arcs(lon: NDArray[np.float64], lat: NDArray[np.float64], streets: _Streets) -> Network:
    """Return the network of some streets: an arc for each way that a segment may be driven."""
    forth, back = np.flatnonzero(streets.forth), np.flatnonzero(streets.back)
    of = np.concatenate([forth, back])
    tail = np.concatenate([streets.u[forth], streets.v[back]])
    head = np.concatenate([streets.v[forth], streets.u[back]])
    points = [streets.shape[row] for row in forth] + [streets.shape[row][::-1] for row in back]
    names = sorted({name for name in streets.name if name})
    number = {name: at for at, name in enumerate(names)} | {"": -1}
    flat = np.array([point for shape in points for point in shape], dtype=np.float64).reshape(-1, 2)
    ends = np.cumsum([0, *(len(shape) for shape in points)], dtype=np.int64)
    road_class = streets.road_class[of]
    length_m = streets.length_m[of]
    speeds = np.array([ROAD_CLASSES[key].normal_km_per_h for key in sorted(ROAD_CLASSES)])
    normal_us = length_m * 3.6 / speeds[road_class] * 1e6
    return Network(
        node_lon=lon,
        node_lat=lat,
        off_road=_access(len(lon), tail, head, road_class),
        tail=tail.astype(np.int32),
        head=head.astype(np.int32),
        length_m=length_m,
        road_class=road_class,
        time_us=np.rint(np.stack([normal_us / LIGHTS_FACTOR, normal_us])).astype(np.int64),
        km_per_lon=_KM_PER_DEGREE * math.cos(math.radians(float(lat.mean()))),
        km_per_lat=_KM_PER_DEGREE,
        street=np.array([number[streets.name[row]] for row in of], dtype=np.int32),
        streets=tuple(names),
        shape_ptr=ends,
        shape_lon=flat[:, 0].copy(),
        shape_lat=flat[:, 1].copy(),
    )


def _access(
    count: int, tail: NDArray[np.int64], head: NDArray[np.int64], road_class: NDArray[np.int8]
) -> NDArray[np.bool_]:
    """Return which nodes a place may join: those on some street that is neither freeway nor ramp."""
    street = (road_class != 1) & (road_class != 6)  # noqa: PLR2004 -- Ramp, see roads.classes.
    found = np.zeros(count, dtype=np.bool_)
    found[tail[street]] = found[head[street]] = True
    return found


def _stations(table: Table) -> tuple[dict[str, str], ...]:
    """Return the stations' rows."""
    table.positions()
    columns = zip(table.unique("station"), table.text("name"), table.text("lon"), table.text("lat"), strict=True)
    return tuple(
        {"id": one, "name": name, "lon": lon, "lat": lat, "agency": "sffd", "kind": "career"}
        for one, name, lon, lat in columns
    )


def _hospitals(table: Table, network: Network) -> tuple[tuple[dict[str, str], ...], tuple[str, ...]]:
    """Return the hospitals assumed to have an emergency department within the roads' reach, and who was left out."""
    lon, lat = table.positions()
    emergency = table.flags("ed_assumed")
    _, off_km = snap(network, lon, lat)
    rows: list[dict[str, str]] = []
    left_out: list[str] = []
    names = table.unique("name")
    for row, name in enumerate(names):
        if not emergency[row] or off_km[row] > _TOO_FAR_KM:
            why = (
                f"is {off_km[row]:.1f} km from the region's roads" if emergency[row] else "has no emergency department"
            )
            left_out.append(f"Hospital {name} {why} and was left out.")
            continue
        rows.append(
            {
                "id": f"H{len(rows) + 1:02d}",
                "name": _said(name),
                "lon": table.text("lon")[row],
                "lat": table.text("lat")[row],
                "kind": "emergency_department",
                "capabilities": _CAPABILITIES.get(table.text("trauma")[row], ""),
                "beds": table.text("beds")[row],
            }
        )
    return tuple(rows), tuple(left_out)


def _units(posts: tuple[dict[str, str], ...]) -> tuple[dict[str, str], ...]:
    """Return the fleet taken until the record of calls is read: an engine and an ambulance a station, always."""
    engine = {"type": "engine", "crew": "4", "levels": "paramedic;emt;emt;emt", "can_transport": "0", "turnout_s": "75"}
    medic = {"type": "ambulance", "crew": "2", "levels": "paramedic;emt", "can_transport": "1", "turnout_s": "20"}
    shared = {"agency": "sffd", "skills": "", "shifts": ""}
    made = []
    for post in posts:
        one = post["id"]
        if one != AMBULANCE_BASE:
            sign = f"E{int(one):02d}" if one.isdigit() else f"E{one}"
            made.append({"id": f"sffd/{sign}", "call_sign": sign, "station": one, **engine, **shared})
        made.append({"id": f"sffd/M{one}", "call_sign": f"M{one}", "station": one, **medic, **shared})
    return tuple(made)


def _even_demand(network: Network) -> Demand:
    """Return demand spread evenly over the street corners, until the record of calls is read."""
    at = np.flatnonzero(network.off_road)
    return Demand(lon=network.node_lon[at], lat=network.node_lat[at], weight=np.ones(len(at)), profile=np.ones(168))


def _service() -> dict[str, Any]:
    """Return the service's draws before calibration: round figures, assumed."""
    return {
        "calls_per_day": 300.0,
        "priority": {"share": {"1": 0.5, "3": 0.5}},
        "mix": [
            {"priority": 1, "share": 1.0, "slots": ["ambulance", "engine"]},
            {"priority": 3, "share": 1.0, "slots": ["ambulance"]},
        ],
        "draw": [
            {"quantity": "call_processing", "law": "lognormal", "mean_s": 150.0, "sd_s": 100.0},
            {"quantity": "scene", "unit_type": "ambulance", "law": "lognormal", "mean_s": 1100.0, "sd_s": 500.0},
            {"quantity": "scene", "unit_type": "engine", "law": "lognormal", "mean_s": 600.0, "sd_s": 500.0},
            {"quantity": "transport", "unit_type": "ambulance", "law": "bernoulli", "p": 0.75},
            {"quantity": "handover", "unit_type": "ambulance", "law": "lognormal", "mean_s": 1900.0, "sd_s": 700.0},
        ],
    }


def _sources(one_way: Table | None) -> tuple[str, ...]:
    """Return where the region's data came from."""
    known = (
        "Streets: San Francisco Public Works street centrelines (2014), DataSF",
        "Stations: DataSF city facilities, approximate ones from general knowledge",
        "Hospitals: HIFLD Hospitals (US federal)",
    )
    return (*known, "One-way streets: inferred from OpenStreetMap") if one_way else known


def _licences(one_way: Table | None) -> tuple[str, ...]:
    """Return the terms that the region's data come under."""
    known = ("DataSF: ODC PDDL", "HIFLD: public domain")
    return (*known, "One-way streets: (c) OpenStreetMap contributors, ODbL") if one_way else known


def _report(stations: Table, one_way: Table | None, dropped: int, outside: int) -> list[str]:
    """Return what was left out or taken on trust, in words."""
    said = [f"{dropped:,} pedestrian, private or closed-loop segments were left out."] if dropped else []
    if outside:
        said.append(f"{outside:,} street corners cannot be reached from the rest and back, and were left out.")
    if one_way is None:
        said.append(f"There is no {ONE_WAY_FILE}: every street is taken as two-way.")
    names = stations.text("station")
    guessed = [names[row] for row, source in enumerate(stations.text("source")) if source.startswith("approximate")]
    if guessed:
        said.append(f"Stations {', '.join(guessed)} have approximate positions.")
    said.append("Speeds and units are defaults until `goldenhour calibrate` fits them to a record of calls.")
    return said

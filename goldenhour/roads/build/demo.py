"""The demo county: invented from a seed, so that a newcomer needs no download. The same seed gives the same county.

A town on a river, a second town, villages, farm roads a mile apart, a freeway and a lake; about 20,000 road nodes and
200,000 people; career stations in the towns, volunteers in the villages, three hospitals of different capability. The
land is the same for every seed (`demo_land`); streets, demand and gaps differ.
"""

import numpy as np
from numpy.typing import NDArray

from goldenhour.errors import BadInput
from goldenhour.roads.build import demo_land as land
from goldenhour.roads.build.demo_land import Points
from goldenhour.roads.build.demo_streets import (
    FREEWAY,
    RAMP,
    Streets,
    lay_diagonals,
    lay_farm_roads,
    lay_freeway,
    lay_settlement,
)
from goldenhour.roads.build.usual import SERVICE_SOURCES, WEEK, usual_service
from goldenhour.roads.checks import main_part
from goldenhour.roads.classes import LIGHTS_FACTOR
from goldenhour.roads.draft import Demand, Draft, Metric
from goldenhour.roads.network import Network

ORIGIN = (-98.6, 40.2)  # Degrees of the town's centre: open country; the county is invented.
KM_PER_LAT = 111.32
KM_PER_LON = KM_PER_LAT * np.cos(np.radians(ORIGIN[1]))
CALLS_PER_PERSON_YEAR = (
    0.12  # Assumed; San Francisco's record gives 336 medical calls a day for about 865,000 people, 0.14.
)
_MOST_SEED = 2**32

# id, name, kilometres east and north, agency, kind
_STATIONS = (
    ("1", "Halden Central", 0.3, 0.5, "halden", "career"),
    ("2", "Halden North", -1.8, 3.9, "halden", "career"),
    ("3", "Halden East", 3.9, 1.2, "halden", "career"),
    ("4", "Halden South", 1.2, -4.4, "halden", "career"),
    ("5", "Halden West", -4.2, 0.4, "halden", "career"),
    ("6", "Marlow", 13.8, 8.8, "marlow", "career"),
    ("11", "Ferris Volunteer", -16.5, -9.4, "ferris", "volunteer"),
    ("12", "Oak Bend Volunteer", -17.4, 5.5, "oak-bend", "volunteer"),
    ("13", "Lake Addie Volunteer", -5.6, 14.7, "lake-addie", "volunteer"),
    ("14", "Tilden Volunteer", 4.5, 13.9, "tilden", "volunteer"),
    ("15", "Corwith Volunteer", 20.4, 1.5, "corwith", "volunteer"),
    ("16", "Saint Ansgar Volunteer", 15.5, -12.1, "saint-ansgar", "volunteer"),
    ("17", "Brule Volunteer", 3.0, -12.9, "brule", "volunteer"),
    ("18", "Kettle Volunteer", -7.5, -13.4, "kettle", "volunteer"),
)
_REGIONAL = "trauma_2;stemi;stroke;paediatric;obstetric"
_HOSPITALS = (
    ("HRM", "Halden Regional Medical Center", -0.9, 1.3, "emergency_department", _REGIONAL, 380),
    ("SMH", "Saint Mary's Hospital", 2.9, -1.0, "emergency_department", "trauma_4;stroke;obstetric", 140),
    ("MFE", "Marlow Freestanding Emergency", 13.5, 9.4, "freestanding_ed", "", 12),
)
# call sign, agency, type, station, levels of the crew, carries patients, turnout in seconds, shifts
_DAY = "Mon-Sun 07:00-19:00"
_UNITS = (
    ("M1", "county-ems", "ambulance", "1", "paramedic;emt", 1, 60, ""),
    ("M2", "county-ems", "ambulance", "2", "paramedic;emt", 1, 60, ""),
    ("M3", "county-ems", "ambulance", "3", "paramedic;emt", 1, 60, ""),
    ("M4", "county-ems", "ambulance", "4", "paramedic;emt", 1, 60, ""),
    ("M5", "county-ems", "ambulance", "5", "paramedic;emt", 1, 60, ""),
    ("M6", "county-ems", "ambulance", "6", "paramedic;emt", 1, 60, ""),
    ("M7", "county-ems", "ambulance", "1", "paramedic;emt", 1, 60, _DAY),
    ("A8", "county-ems", "ambulance", "3", "emt;emt", 1, 60, _DAY),
    ("A9", "county-ems", "ambulance", "6", "emt;emt", 1, 60, _DAY),
    ("S1", "county-ems", "supervisor", "1", "paramedic", 0, 60, ""),
    ("Q1", "county-ems", "quick_response", "4", "paramedic", 0, 50, _DAY),
    ("E1", "halden", "engine", "1", "emt;emt;emr", 0, 75, ""),
    ("E2", "halden", "engine", "2", "emt;emr;emr", 0, 75, ""),
    ("E3", "halden", "engine", "3", "emt;emr;emr", 0, 75, ""),
    ("E4", "halden", "engine", "4", "emt;emr;emr", 0, 75, ""),
    ("E5", "halden", "engine", "5", "emt;emr;emr", 0, 75, ""),
    ("R1", "halden", "rescue", "1", "emt;emt;emr", 0, 75, ""),
    ("E6", "marlow", "engine", "6", "emt;emr;emr", 0, 75, ""),
    ("A11", "ferris", "ambulance", "11", "emt;emt", 1, 300, ""),
    ("A13", "lake-addie", "ambulance", "13", "emt;emr", 1, 300, ""),
    ("A16", "saint-ansgar", "ambulance", "16", "emt;emt", 1, 300, ""),
    ("V11", "ferris", "responder", "11", "emr", 0, 180, ""),
    ("V12", "oak-bend", "responder", "12", "emr", 0, 180, ""),
    ("V13", "lake-addie", "responder", "13", "emr", 0, 180, ""),
    ("V14", "tilden", "responder", "14", "emt", 0, 180, ""),
    ("V15", "corwith", "responder", "15", "emr", 0, 180, ""),
    ("V16", "saint-ansgar", "responder", "16", "emr", 0, 180, ""),
    ("V17", "brule", "responder", "17", "emt", 0, 180, ""),
    ("V18", "kettle", "responder", "18", "emr", 0, 180, ""),
)


def build(seed: int = 0) -> Draft:
    """Return the draft of the county made from a seed.

    Raises:
        BadInput: the seed is out of range.
    """
    if not 0 <= seed < _MOST_SEED:
        raise BadInput(
            code="bad_seed",
            what=f"{seed} is no seed.",
            do=f"Give a whole number from 0 to {_MOST_SEED - 1}.",
            where="SOURCE",
        )
    rng = np.random.default_rng(seed)
    obstacles = {
        "river": land.curve(land.RIVER, 0.15),
        "lake": land.curve(land.LAKE, 0.1, closed=True),
        "freeway": land.curve(land.FREEWAY, 0.4),
    }
    streets = Streets()
    for one in land.SETTLEMENTS:
        lay_settlement(streets, one, obstacles, rng)
    lay_farm_roads(streets, obstacles, rng)
    lay_diagonals(streets)
    lay_freeway(streets, obstacles["freeway"])
    points, people, network = _network(streets)
    calls_per_day = round(float(people.sum()) * CALLS_PER_PERSON_YEAR / 365, 1)
    return Draft(
        name="Halden County (demo)",
        kind="demo",
        time_zone="America/Chicago",
        jurisdiction="EX",
        network=network,
        metrics=(Metric(id="lights", mode="lights"), Metric(id="normal", mode="normal")),
        off_road_km_per_h={"lights": 20.0, "normal": 15.0},
        mode_of_priority={1: "lights", 2: "lights", 3: "normal", 4: "normal"},
        transport_mode="normal",
        stations=_stations(),
        hospitals=_hospitals(),
        units=_units(),
        service=usual_service(calls_per_day),
        demand=_demand(points, people, rng),
        policy="closest-with-redispatch",
        redispatch=((3, 1), (4, 1), (4, 2)),
        target_response_s={1: 480.0, 2: 600.0, 3: 1200.0, 4: 3600.0},
        sources=(f"Invented by goldenhour from seed {seed}; no real place.", *SERVICE_SOURCES,
                 f"Calls: {CALLS_PER_PERSON_YEAR} a person and year, assumed"),
        licences=("Apache-2.0, as the program that made it",),
        layers=_layers(obstacles),
    )  # fmt: skip


def _degrees(points: Points) -> Points:
    """Return longitude and latitude of points in kilometres, to about a decimetre: the same bytes on every machine."""
    return np.asarray(np.round(points / [KM_PER_LON, KM_PER_LAT] + ORIGIN, 6))


def _network(streets: Streets) -> tuple[Points, NDArray[np.float64], Network]:
    """Return the nodes of the main part in kilometres, the people at each, and the network."""
    points, people = streets.points, np.concatenate(streets.people)
    whole = _arcs(streets, points)
    inside = main_part(whole)
    number = np.cumsum(inside) - 1
    keep = inside[streets.tail] & inside[streets.head]
    rows = np.flatnonzero(keep).tolist()
    kept = Streets(
        tail=[int(number[streets.tail[row]]) for row in rows],
        head=[int(number[streets.head[row]]) for row in rows],
        road_class=[streets.road_class[row] for row in rows],
        km_per_h=[streets.km_per_h[row] for row in rows],
        name=[streets.name[row] for row in rows],
        one_way=[streets.one_way[row] for row in rows],
    )
    return points[inside], people[inside], _arcs(kept, points[inside])


def _arcs(streets: Streets, points: Points) -> Network:
    """Return the network of some streets: an arc for each way that a stretch may be driven."""
    u, v = np.array(streets.tail), np.array(streets.head)
    back = ~np.array(streets.one_way)
    tail, head = np.concatenate([u, v[back]]), np.concatenate([v, u[back]])
    of = np.concatenate([np.arange(len(u)), np.flatnonzero(back)])
    names = sorted({name for name in streets.name if name})
    number = {name: at for at, name in enumerate(names)} | {"": -1}
    road_class = np.array(streets.road_class, dtype=np.int8)[of]
    degrees = _degrees(points)
    scale = np.array([KM_PER_LON, KM_PER_LAT])
    length_m = np.round(np.hypot(*((degrees[tail] - degrees[head]) * scale).T) * 1000, 1)
    normal_us = length_m * 3.6e6 / np.array(streets.km_per_h)[of]
    street = (road_class != FREEWAY) & (road_class != RAMP)
    access = np.zeros(len(points), dtype=np.bool_)
    access[tail[street]] = access[head[street]] = True
    return Network(
        node_lon=degrees[:, 0].copy(),
        node_lat=degrees[:, 1].copy(),
        off_road=access,
        tail=tail.astype(np.int32),
        head=head.astype(np.int32),
        length_m=length_m,
        road_class=road_class,
        time_us=np.rint(np.stack([normal_us / LIGHTS_FACTOR, normal_us])).astype(np.int64),
        km_per_lon=float(KM_PER_LON),
        km_per_lat=KM_PER_LAT,
        street=np.array([number[streets.name[row]] for row in of], dtype=np.int32),
        streets=tuple(names),
        shape_ptr=np.zeros(len(tail) + 1, dtype=np.int64),
        shape_lon=np.zeros(0),
        shape_lat=np.zeros(0),
    )


def _at(east_km: float, north_km: float) -> dict[str, str]:
    lon, lat = _degrees(np.array([[east_km, north_km]]))[0]
    return {"lon": f"{lon:.6f}", "lat": f"{lat:.6f}"}


def _stations() -> tuple[dict[str, str], ...]:
    return tuple(
        {"id": key, "name": name, **_at(east, north), "agency": agency, "kind": kind}
        for key, name, east, north, agency, kind in _STATIONS
    )


def _hospitals() -> tuple[dict[str, str], ...]:
    return tuple(
        {"id": key, "name": name, **_at(east, north), "kind": kind, "capabilities": can, "beds": str(beds)}
        for key, name, east, north, kind, can, beds in _HOSPITALS
    )


def _units() -> tuple[dict[str, str], ...]:
    return tuple(
        {
            "id": f"{agency}/{call_sign}",
            "call_sign": call_sign,
            "agency": agency,
            "type": kind,
            "station": station,
            "crew": str(levels.count(";") + 1),
            "levels": levels,
            "skills": "",
            "can_transport": str(carries),
            "turnout_s": str(turnout_s),
            "shifts": shifts,
        }
        for call_sign, agency, kind, station, levels, carries, turnout_s, shifts in _UNITS
    )


def _demand(points: Points, people: NDArray[np.float64], rng: np.random.Generator) -> Demand:
    """Return where calls come from: people's homes, and a few places that call more than they sleep."""
    at = np.flatnonzero(people > 0)
    weight = people[at] * rng.gamma(2.0, 0.5, len(at))  # Homes for the aged, bars, crossings: some corners call more.
    for east, north, factor in ((0.3, 0.3, 2.5), (2.9, -1.0, 1.5), (13.9, 9.0, 1.5)):  # Centres by day.
        weight *= 1 + factor * np.exp(-(((points[at] - [east, north]) ** 2).sum(axis=1)) / 0.5)
    home = _degrees(points[at] + rng.uniform(-0.05, 0.05, (len(at), 2)))
    return Demand(lon=home[:, 0].copy(), lat=home[:, 1].copy(), weight=np.round(weight, 3), profile=WEEK)


def _layers(obstacles: dict[str, Points]) -> dict[str, dict[str, object]]:
    """Return the map's water, parks and place names."""

    def feature(kind: str, geometry: str, coordinates: object, **more: object) -> dict[str, object]:
        return {
            "type": "Feature",
            "properties": {"class": kind, **more},
            "geometry": {"type": geometry, "coordinates": coordinates},
        }

    def listed(points: Points) -> list[list[float]]:
        return [[round(lon, 5), round(lat, 5)] for lon, lat in _degrees(points).tolist()]

    river = obstacles["river"]
    ahead = np.gradient(river, axis=0)
    bank = np.column_stack([-ahead[:, 1], ahead[:, 0]]) / np.hypot(*ahead.T)[:, None]
    bank *= (0.045 + 0.015 * np.sin(np.arange(len(river)) / 5))[:, None]
    bed = np.vstack([river + bank, (river - bank)[::-1], (river + bank)[:1]])
    turn = np.linspace(0, 2 * np.pi, 33)
    parks = []
    for x, y, radius in land.PARKS:
        ragged = radius * 0.86 * (1 + 0.07 * np.sin(5 * turn + x))
        parks.append(np.column_stack([x + ragged * np.cos(turn), y + ragged * np.sin(turn)]))
    water = [feature("water", "Polygon", [listed(ring)]) for ring in (obstacles["lake"], bed)]
    green = [feature("green", "Polygon", [listed(ring)]) for ring in parks]
    names = [
        feature("town" if one.people > 20_000 else "village", "Point", listed(np.array([one.centre]))[0], name=one.name)  # noqa: PLR2004 -- A town.
        for one in land.SETTLEMENTS
    ]
    return {
        "areas": {"type": "FeatureCollection", "features": [*water, *green]},
        "places": {"type": "FeatureCollection", "features": names},
    }

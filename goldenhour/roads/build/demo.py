"""The demo: an invented county made from a seed, so that a newcomer needs no download. The same seed, the same bytes.

A county seat with an old grid and newer quarters, a freeway, a federal and four state highways, section roads every
mile, a second town, eight villages, farms, a river and a lake; 200,000 people; career and volunteer stations; three
hospitals of different capability. It lies in the open plains, where there is no such county.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenhour.roads.addresses import Block
from goldenhour.roads.build.county import names
from goldenhour.roads.build.county.country import Village, draw_lanes, draw_sections, draw_village, villages
from goldenhour.roads.build.county.highways import draw_freeway, draw_through, through
from goldenhour.roads.build.county.land import Land, land, ribbon
from goldenhour.roads.build.county.sheet import Noded, Points, Sheet, noded, thinner
from goldenhour.roads.build.county.town import Town, draw_town, plan
from goldenhour.roads.build.usual import SERVICE_SOURCES, WEEK, usual_service
from goldenhour.roads.build.ways import KM_PER_DEGREE, METRICS, Ways, network_of
from goldenhour.roads.draft import Demand, Draft
from goldenhour.roads.network import Network

SQUARE_LON, SQUARE_LAT = -98.62, 40.21
PEOPLE = 200_000
# Between 28.5 million 911 responses (2020 National EMS Assessment) and 49 million activations (NEMSIS 2021) among
# 330 million people lie 0.09 and 0.15 calls per person and year; the same for every age and quarter is assumed.
CALLS_PER_PERSON_AND_YEAR = 0.12
_CELL_KM = 0.4  # Of the population raster.
_LANES = 1300
_FREEWAY = 1  # See roads.classes.
_HUNDRED_KM = 0.16  # A block of a hundred numbers: ten to the mile.
_RURAL_SPEED = 45.0  # A residential-class road faster than this is a country road.
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class County:
    """The county as drawn, in km east and north of the square."""

    land: Land
    town: Town
    villages: tuple[Village, ...]
    drawn: Noded


def build(seed: int = 0) -> Draft:
    """Return the draft of the demo county of a seed."""
    county = draw(seed)
    network, tally = network_of(_ways(county.drawn))
    where = {village.name: (village.east, village.north) for village in county.villages}
    stations = _stations(where)
    lon, lat, people = population(county, network)
    calls_per_day = round(PEOPLE * CALLS_PER_PERSON_AND_YEAR / 365.25, 1)
    return Draft(
        name=f"{names.COUNTY} (invented)",
        kind="demo",
        time_zone="America/Chicago",
        jurisdiction="EX",
        network=network,
        metrics=METRICS,
        off_road_km_per_h={"lights": 25.0, "normal": 20.0},
        mode_of_priority={1: "lights", 2: "lights", 3: "normal", 4: "normal"},
        transport_mode="normal",
        stations=stations,
        hospitals=_hospitals(where),
        units=_units(),
        service=usual_service(calls_per_day, own_turnout=True),
        demand=Demand(
            lon=lon,
            lat=lat,
            weight=people,
            profile=WEEK,
            cell_lon=_CELL_KM / (KM_PER_DEGREE * np.cos(np.radians(SQUARE_LAT))),
            cell_lat=_CELL_KM / KM_PER_DEGREE,
        ),
        policy="closest-with-redispatch",
        redispatch=((3, 1), (4, 1), (3, 2), (4, 2)),
        dispatch={"agreements": "demo"},
        target_response_s={1: 480.0, 2: 600.0, 3: 1200.0, 4: 3600.0},
        sources=(
            f"Invented: drawn by goldenhour from seed {seed}; no such county exists",
            f"Calls: {CALLS_PER_PERSON_AND_YEAR} per person and year, the same for all: assumed, see roads.build.demo",
            *SERVICE_SOURCES,
        ),
        licences=("Apache-2.0, as goldenhour",),
        warnings=("This county is invented: its roads, people, units and hospitals.", *tally.sentences()),
        layers=_layers(county),
        blocks=_blocks(county, network),
    )


def draw(seed: int) -> County:
    """Return the county of a seed, drawn; each part has a random stream of its own."""
    streams = [np.random.default_rng(one) for one in np.random.SeedSequence(seed).spawn(7)]
    ground = land(streams[0])
    roads = through(ground, streams[1])
    sheet = Sheet()
    draw_through(sheet, ground, roads)
    draw_freeway(sheet, roads, draw_sections(sheet, ground, roads, streams[2]))
    town = plan(ground, roads, streams[3])
    draw_town(sheet, town, streams[4])
    places = villages(roads)
    for village in places:
        draw_village(sheet, ground, roads, village, streams[5])
    draw_lanes(sheet, ground, roads, streams[6], _LANES)
    return County(land=ground, town=town, villages=places, drawn=noded(sheet))


def lon_lat(points: Points) -> Points:
    """Return longitude and latitude of points in km east and north of the square, (points, 2)."""
    east = KM_PER_DEGREE * np.cos(np.radians(SQUARE_LAT))
    return np.column_stack([SQUARE_LON + points[:, 0] / east, SQUARE_LAT + points[:, 1] / KM_PER_DEGREE])


def _ways(drawn: Noded) -> Ways:
    """Return the drawn lines as ways."""
    streets = {name: k for k, name in enumerate(dict.fromkeys(line.name for line in drawn.lines if line.name))}
    speed = np.array([line.km_per_h for line in drawn.lines])
    way = np.array([line.one_way for line in drawn.lines])
    # To a tenth of a metre: the county does not depend on the last digits of a machine's sine.
    place = np.round(lon_lat(drawn.points), 6)
    return Ways(
        id=np.arange(len(drawn.lines), dtype=np.int64),
        road_class=np.array([line.road_class for line in drawn.lines], dtype=np.int8),
        forward_km_per_h=np.where(way >= 0, speed, 0.0),
        backward_km_per_h=np.where(way <= 0, speed, 0.0),
        street=np.array([streets.get(line.name, -1) for line in drawn.lines], dtype=np.int32),
        streets=tuple(streets),
        ptr=drawn.ptr,
        ref=drawn.ref,
        lon=place[:, 0],
        lat=place[:, 1],
    )


def population(
    county: County, network: Network
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return longitude, latitude and people of each inhabited cell of a raster, each (cells,).

    People live along streets; in the old town closer together, on farms and at the lake far apart.
    """
    here = np.flatnonzero(network.off_road)
    east = KM_PER_DEGREE * np.cos(np.radians(SQUARE_LAT))
    points = np.column_stack(
        [(network.node_lon[here] - SQUARE_LON) * east, (network.node_lat[here] - SQUARE_LAT) * KM_PER_DEGREE]
    )
    out = county.land.spread(points)
    share = np.where(out < 1.05, 14.0 + 26.0 * np.exp(-((out / 0.3) ** 2)), 1.6)  # noqa: PLR2004 -- The town's edge.
    for village in county.villages:
        far = np.hypot(points[:, 0] - village.east, points[:, 1] - village.north)
        inside = far < 0.08 * max(village.columns, village.rows)
        share[inside] = village.people / max(int(inside.sum()), 1)
    local = np.zeros(network.nodes, dtype=np.bool_)
    local[network.tail[np.isin(network.road_class, (0, 4, 5))]] = True
    share[~local[here]] *= 0.2  # Few live on a highway.
    cells = np.floor(points / _CELL_KM).astype(np.int64)
    key, where = np.unique(cells[:, 0] * 10_000 + cells[:, 1], return_inverse=True)
    first = np.zeros((len(key), 2))
    first[where] = cells
    people = np.bincount(where, share)
    place = lon_lat((first + 0.5) * _CELL_KM)
    return place[:, 0], place[:, 1], np.round(people * PEOPLE / people.sum(), 3)


def _blocks(county: County, network: Network) -> tuple[Block, ...]:
    """Return house numbers along every named street but the freeway, a hundred for each 160 m from its town's middle.

    A street belongs to the town or village whose middle is nearest; the same name in two of them is two streets.
    """
    east = KM_PER_DEGREE * np.cos(np.radians(SQUARE_LAT))
    at = np.column_stack([(network.node_lon - SQUARE_LON) * east, (network.node_lat - SQUARE_LAT) * KM_PER_DEGREE])
    towns = [names.SEAT, *(village.name for village in county.villages)]
    middles = np.array([(0.0, 0.0), *((village.east, village.north) for village in county.villages)])
    reach = np.array([6.0, *(0.0 for _ in county.villages)])  # The seat's suburbs are the seat's.
    named = np.flatnonzero((network.street >= 0) & (network.road_class != _FREEWAY))
    tails, heads = network.tail[named], network.head[named]
    gap = middles[:, None, :] - (at[tails] + at[heads]) / 2
    off = np.hypot(gap[..., 0], gap[..., 1]) - reach[:, None]
    found = []
    once: set[tuple[int, int]] = set()
    for arc, tail, head, town in zip(
        named.tolist(), tails.tolist(), heads.tolist(), off.argmin(axis=0).tolist(), strict=True
    ):
        if (head, tail) in once or (tail, head) in once:
            continue
        once.add((tail, head))
        ends = sorted((float(np.abs(at[node] - middles[town]).max()), node) for node in (tail, head))
        low = int(ends[0][0] / _HUNDRED_KM * 100) // 2 * 2 + 2
        high = max(low, int(ends[1][0] / _HUNDRED_KM * 100) // 2 * 2)
        line = tuple((float(network.node_lon[node]), float(network.node_lat[node])) for _, node in ends)
        street = network.streets[network.street[arc]]
        found.append(Block(street=street, municipality=towns[town], low=low, high=high + 1, line=line))
    return tuple(found)


def _layers(county: County) -> dict[str, dict[str, Any]]:
    """Return water, green and place names for the map."""
    ground = county.land
    steady = np.random.default_rng(0)  # Only the width of the woods along the banks.
    areas = [
        _area("green", "", ribbon(ground.river, 0.16, steady)),
        _area("green", f"{names.LAKE} State Park", _park_by(ground.lake)),
        *(_area("green", "", ring) for ring in county.town.parks),
        _area("water", names.RIVER, ribbon(ground.river, 0.055)),
        _area("water", names.CREEK, ribbon(ground.creek, 0.012)),
        _area("water", names.LAKE, ground.lake),
    ]
    middle = ground.lake.mean(axis=0)
    quarters = [(2.1, 3.9), (-2.9, 3.2), (4.4, 2.6), (-4.3, -1.9), (3.9, -2.0), (0.5, -4.4), (-4.6, 1.9), (-2.5, -4.6)]
    places = [
        ("city", names.SEAT, 0.0, 0.25),
        *(("town" if village.people > 5000 else "village", village.name, village.east, village.north)  # noqa: PLR2004
          for village in county.villages),
        ("lake", names.LAKE, float(middle[0]), float(middle[1])),
        *(("suburb", name, *at) for name, at in zip(names.SUBURBS, quarters, strict=True)),
    ]  # fmt: skip
    labels = [
        {
            "type": "Feature",
            "properties": {"class": kind, "name": name},
            "geometry": {"type": "Point", "coordinates": _rounded(np.array([[east, north]]))[0]},
        }
        for kind, name, east, north in places
    ]
    return {
        name: {"type": "FeatureCollection", "features": found} for name, found in (("areas", areas), ("places", labels))
    }


def _park_by(lake: Points) -> Points:
    """Return a closed ring on the lake's western side, a little larger than that part of its shore."""
    middle = lake.mean(axis=0)
    west = lake[:-1][(lake[:-1, 0] < middle[0] - 0.1) & (lake[:-1, 1] > middle[1] - 1.6)]
    order = np.argsort(np.arctan2(*(west - middle).T[::-1]) % (2 * np.pi))
    ring, shift = west[order], np.array([-0.55, 0.12])
    return np.vstack([ring + shift, ring[::-1], ring[:1] + shift])


def _area(kind: str, name: str, ring: Points) -> dict[str, Any]:
    """Return a GeoJSON polygon."""
    shape = {"type": "Polygon", "coordinates": [_rounded(np.vstack([thinner(ring, 0.004)]))]}
    return {"type": "Feature", "properties": {"class": kind, "name": name}, "geometry": shape}


def _rounded(points: Points) -> list[list[float]]:
    """Return points as GeoJSON coordinates, to about a metre."""
    return [[round(float(lon), 5), round(float(lat), 5)] for lon, lat in lon_lat(points)]


_CAREER = (  # id, name, km east and north of the square (None: in that place)
    ("1", "Station 1 Downtown", (-0.55, -0.35)),
    ("2", "Station 2 Northgate", (1.9, 3.5)),
    ("3", "Station 3 Quarry Heights", (-4.1, -1.3)),
    ("4", "Station 4 Southfork", (1.3, -3.9)),
    ("5", "Station 5 Sunrise Park", (4.5, 1.1)),
    ("6", f"Station 6 {names.SECOND_TOWN}", names.SECOND_TOWN),
)
_VOLUNTEER = tuple(
    (str(number), f"{name} Volunteer Fire Department", name) for number, name in enumerate(names.VILLAGES, 11)
)


def _stations(where: dict[str, tuple[float, float]]) -> tuple[Row, ...]:
    """Return six career and eight volunteer stations."""
    rows = []
    for kind, posts in (("career", _CAREER), ("volunteer", _VOLUNTEER)):
        for number, name, at in posts:
            east, north = where[at] if isinstance(at, str) else at
            lon, lat = lon_lat(np.array([[east + 0.06, north - 0.05]]))[0]
            agency = "kestrel-fire" if kind == "career" else f"{_slug(str(at))}-vfd"
            rows.append(
                {"id": number, "name": name, "lon": f"{lon:.6f}", "lat": f"{lat:.6f}", "agency": agency, "kind": kind}
            )
    return tuple(rows)


def _slug(name: str) -> str:
    """Return a name as agencies' ids spell it."""
    return name.lower().replace(" ", "-")


def _hospitals(where: dict[str, tuple[float, float]]) -> tuple[Row, ...]:
    """Return a trauma centre and a community hospital in the seat, an emergency department in the second town."""
    east, north = where[names.SECOND_TOWN]
    doors = (
        ("KRM", "Kestrel Regional Medical Center", (0.9, -1.35), "emergency_department",
         "trauma_2;stemi;stroke;paediatric;obstetric", "410"),
        ("NCH", "Northgate Community Hospital", (2.7, 4.1), "emergency_department", "stroke;obstetric", "140"),
        ("AGE", f"{names.SECOND_TOWN} Emergency Center", (east - 0.35, north + 0.2), "freestanding_ed", "", "12"),
    )  # fmt: skip
    rows = []
    for key, name, at, kind, capabilities, beds in doors:
        lon, lat = lon_lat(np.array([at]))[0]
        rows.append({"id": key, "name": name, "lon": f"{lon:.6f}", "lat": f"{lat:.6f}", "kind": kind,
                     "capabilities": capabilities, "beds": beds})  # fmt: skip
    return tuple(rows)


def _units() -> tuple[Row, ...]:
    """Return the fleet: county ambulances, fire department vehicles, volunteers and their responders.

    Turnout: career ambulances' and volunteers' medians of Lancaster County, engines' of San Francisco (see `usual`).
    """
    day, evening = "Mon-Sun 07:00-19:00", "Mon-Sun 10:00-22:00"
    ems, fire = "kestrel-ems", "kestrel-fire"
    rows = [_unit(ems, f"M{post}", "ambulance", post, ("paramedic", "emt"), turnout_s=67) for post in "123456"]
    rows += [
        _unit(ems, "M21", "ambulance", "1", ("paramedic", "emt"), turnout_s=67, shifts=day),
        _unit(ems, "M22", "ambulance", "3", ("paramedic", "emt"), turnout_s=67, shifts=evening),
        _unit(ems, "A31", "ambulance", "1", ("emt", "emt"), turnout_s=67),
        _unit(ems, "A32", "ambulance", "5", ("emt", "emt"), turnout_s=67, shifts=day),
        _unit(ems, "Q1", "quick_response", "4", ("paramedic",), turnout_s=60, shifts=evening),
        _unit(ems, "S1", "supervisor", "1", ("paramedic",), skills=("command",), turnout_s=60),
        _unit(fire, "BC1", "supervisor", "2", ("emt",), skills=("command", "fire"), turnout_s=60),
        _unit(fire, "T1", "truck", "1", ("emt", "emt", "emt", "emr"), skills=("fire", "ladder"), turnout_s=78),
        _unit(fire, "R1", "rescue", "3", ("emt", "emt", "emt"), skills=("rescue", "fire"), turnout_s=78),
    ]
    crew = ("paramedic", "emt", "emt", "emt")
    rows += [_unit(fire, f"E{post}", "engine", post, crew, skills=("fire",), turnout_s=75) for post in "123456"]
    for number, (post, _, village) in enumerate(_VOLUNTEER):
        agency = f"{_slug(village)}-vfd"
        rows.append(_unit(agency, f"E{post}", "engine", post, ("emt", "emr", "emr"), skills=("fire",), turnout_s=300))
        rows.append(_unit(agency, f"V{post}", "responder", post, ("emt",), turnout_s=180))
        if number % 2 == 0:
            rows.append(_unit(agency, f"A{post}", "ambulance", post, ("emt", "emr"), turnout_s=230))
        else:
            rows.append(
                _unit(agency, f"W{post}", "responder", post, ("emr",), turnout_s=200, shifts="Mon-Sun 17:00-07:00")
            )
    return tuple(rows)


def _unit(
    agency: str,
    call_sign: str,
    kind: str,
    station: str,
    levels: Sequence[str],
    *,
    skills: Iterable[str] = (),
    turnout_s: int,
    shifts: str = "",
) -> Row:
    """Return a unit's row."""
    return {
        "id": f"{agency}/{call_sign}",
        "call_sign": call_sign,
        "agency": agency,
        "type": kind,
        "station": station,
        "crew": str(len(levels)),
        "levels": ";".join(levels),
        "skills": ";".join(skills),
        "can_transport": str(int(kind == "ambulance")),
        "turnout_s": str(turnout_s),
        "shifts": shifts,
    }

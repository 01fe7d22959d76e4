"""The streets of the demo county: town grids that begin to curve in the suburbs, farm roads, a freeway with its ramps.

Kilometres east and north of town, as in `demo_land`. Every choice comes from the `rng` that is given.
"""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from goldenhour.roads.build import demo_land as land
from goldenhour.roads.build.demo_land import Points, Settlement

_KM_PER_H = {3: 45.0, 4: 36.0, 5: 28.0}  # Means in town, stops included; assumed.
FREEWAY, HIGHWAY, ARTERIAL, COLLECTOR, RESIDENTIAL, RAMP = 1, 2, 3, 4, 5, 6  # See roads.classes.
MILE_KM = 1.609
_FARMERS = 19_000  # live along the country roads.
_PIECES = 4  # A mile of farm road has a node every quarter.
_NEAR_TOWN_KM = 0.4  # Farm roads end so far from a street and are joined to it.
_LANE_LOST, _STREET_LOST, _MILE_LOST = 0.3, 0.02, 0.2  # Shares left out: suburban lanes, town streets, farm roads.
_FIELDS = 0.35  # Waves above this are fields not built on yet.
_RAMP_KM = 0.6  # An interchange needs a larger road so near.
_TOWN_KM, _APART_TOWN_KM, _APART_KM = 8.0, 2.2, 4.5  # Interchanges lie so far apart within, and beyond, 8 km of town.
_SHARED_KM = 0.2  # An old road uses a crossing so near instead of a node of its own.
_ENDS = 3  # No interchange at the freeway's first and last points.
_TREES = (
    "Alder", "Ash", "Aspen", "Beech", "Birch", "Cedar", "Cherry", "Chestnut", "Cypress", "Dogwood", "Elder", "Elm",
    "Fir", "Hawthorn", "Hazel", "Hemlock", "Hickory", "Holly", "Juniper", "Larch", "Laurel", "Linden", "Locust",
    "Magnolia", "Maple", "Mulberry", "Oak", "Olive", "Orchard", "Pecan", "Pine", "Plum", "Poplar", "Rowan",
    "Spruce", "Sumac", "Sycamore", "Tamarack", "Walnut", "Willow", "Yew", "Meadow", "Prairie", "Harvest", "Mill",
    "Quarry", "Ridge", "Spring", "Station", "Summit", "Valley", "Vista",
)  # fmt: skip


@dataclass(slots=True)
class Streets:
    """Nodes and the stretches between them, as they are found."""

    nodes: list[Points] = field(default_factory=list)
    people: list[NDArray[np.float64]] = field(default_factory=list)  # who live at each node
    count: int = 0
    tail: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    road_class: list[int] = field(default_factory=list)
    km_per_h: list[float] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    one_way: list[bool] = field(default_factory=list)

    def add_nodes(self, points: Points, people: NDArray[np.float64]) -> int:
        """Add nodes; return the number of the first."""
        first = self.count
        self.nodes.append(points)
        self.people.append(people)
        self.count += len(points)
        return first

    def add(self, tail: int, head: int, road_class: int, km_per_h: float, name: str, *, one_way: bool = False) -> None:
        """Add a stretch of road."""
        self.tail.append(int(tail))
        self.head.append(int(head))
        self.road_class.append(road_class)
        self.km_per_h.append(km_per_h)
        self.name.append(name)
        self.one_way.append(one_way)

    @property
    def points(self) -> Points:
        """Return all nodes so far, (nodes, 2)."""
        return np.vstack(self.nodes)


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th, 11th, ...

    >>> [ordinal(n) for n in (1, 2, 3, 11, 22)]
    ['1st', '2nd', '3rd', '11th', '22nd']
    """
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _line_name(one: Settlement, axis: int, line: int, *, suburb: bool) -> str:
    """Return the name of a grid line: numbered streets one way, trees the other; other endings in the suburbs."""
    if axis == 0:
        side = "East" if line > 0 else "West"
        return "Main Street" if line == 0 else f"{side} {ordinal(abs(line))} Street"
    tree = _TREES[(line * 7 + len(one.name)) % len(_TREES)]
    if suburb:
        return f"{tree} {('Drive', 'Lane', 'Way', 'Circle')[line % 4]}"
    return "Broadway" if line == 0 else f"{tree} Avenue"


def lay_settlement(streets: Streets, one: Settlement, obstacles: dict[str, Points], rng: np.random.Generator) -> None:
    """Lay out a settlement: a turned grid, straight in the middle and curving outside, round parks and water."""
    grid = _grid(one, obstacles, rng)
    first = streets.add_nodes(grid.points[grid.keep], grid.people)
    side = 2 * grid.reach + 1
    for axis, step in ((0, side), (1, 1)):
        line = (grid.i, grid.j)[axis]
        a = np.flatnonzero(grid.keep)
        a = a[a + step < len(line)]
        b = a + step
        km = np.hypot(*(grid.points[a] - grid.points[b]).T)
        there = grid.keep[b] & (line[a] == line[b]) & (km < 2.5 * max(one.block_km))
        a, b = a[there], b[there]
        rank = np.where(line[a] % 6 == 0, ARTERIAL, np.where(line[a] % 3 == 0, COLLECTOR, RESIDENTIAL))
        far = grid.radius[a] > one.calm_km
        lost = (rank == RESIDENTIAL) & (rng.random(len(a)) < np.where(far, _LANE_LOST, _STREET_LOST))
        cut = crossed(grid.points[a], grid.points[b], obstacles) & (rank != ARTERIAL)
        for at in np.flatnonzero(~lost & ~cut).tolist():
            kind, suburb = int(rank[at]), bool(far[at])
            name = _line_name(one, axis, int(line[a[at]]), suburb=suburb and kind == RESIDENTIAL)
            speed = _KM_PER_H[kind] + (8.0 if suburb and kind == ARTERIAL else 0.0)
            streets.add(first + grid.number[a[at]], first + grid.number[b[at]], kind, speed, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """A settlement's crossings, all that could be: (n,) each."""

    reach: int
    i: NDArray[np.int64]
    j: NDArray[np.int64]
    points: Points
    radius: NDArray[np.float64]
    keep: NDArray[np.bool_]
    number: NDArray[np.int64]  # among those kept, -1 otherwise
    people: NDArray[np.float64]  # at those kept


def _grid(one: Settlement, obstacles: dict[str, Points], rng: np.random.Generator) -> _Grid:
    """Return the crossings of a settlement: bent beyond its middle, with a ragged edge."""
    reach = int(one.radius_km * 1.5 / min(one.block_km))
    lines = np.arange(-reach, reach + 1)
    i, j = (grid.reshape(-1) for grid in np.meshgrid(lines, lines))
    x, y = i * one.block_km[0], j * one.block_km[1]
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    phase = rng.uniform(0, 2 * np.pi, 8)
    outwards = np.clip((radius - one.calm_km) / max(one.radius_km - one.calm_km, 0.1), 0, 1)
    bend = 0.55 * outwards * min(0.42, one.radius_km * 0.16)
    wave = 2 * np.pi / max(2.6, one.radius_km * 0.75)
    sway_x = np.sin(y * wave + phase[0]) + 0.5 * np.sin(x * wave * 1.7 + phase[1])
    sway_y = np.sin(x * wave + phase[2]) + 0.5 * np.sin(y * wave * 1.6 + phase[3])
    jitter = rng.normal(0, 1, (len(x), 2)) * np.where(radius > one.calm_km, 0.009, 0.0)[:, None]
    bent = np.column_stack([x + sway_x * bend, y + sway_y * bend]) + jitter
    cos, sin = np.cos(one.turn), np.sin(one.turn)
    points = bent @ np.array([[cos, sin], [-sin, cos]]) + np.array(one.centre)
    ragged = (
        0.17 * np.sin(2 * angle + phase[4]) + 0.11 * np.sin(3 * angle + phase[5]) + 0.07 * np.sin(7 * angle + phase[6])
    )
    edge = one.radius_km * (1 + ragged)
    fields = (radius > 0.72 * edge) & (np.sin(x * 1.9 + phase[7]) * np.sin(y * 2.3 + phase[0]) > _FIELDS)
    keep = (radius < edge) & ~fields & _dry(points, obstacles)
    density = np.exp(-1.1 * radius[keep] / one.radius_km)
    return _Grid(
        reach=reach,
        i=i,
        j=j,
        points=points,
        radius=radius,
        keep=keep,
        number=np.where(keep, np.cumsum(keep) - 1, -1),
        people=one.people * density / density.sum(),
    )


def _dry(points: Points, obstacles: dict[str, Points]) -> NDArray[np.bool_]:
    """Return which points are on land, out of the parks, and not on the river or the freeway."""
    dry = ~land.inside(obstacles["lake"], points)
    for line, room in (("river", 0.07), ("freeway", 0.09)):
        apart, _ = cKDTree(obstacles[line]).query(points)
        dry &= apart > room
    return dry & ~in_park(points)


def in_park(points: Points) -> NDArray[np.bool_]:
    """Return which points lie in a park."""
    found = np.zeros(len(points), dtype=np.bool_)
    for x, y, radius in land.PARKS:
        found |= np.hypot(points[:, 0] - x, points[:, 1] - y) <= radius
    return found


def crossed(a: Points, b: Points, obstacles: dict[str, Points]) -> NDArray[np.bool_]:
    """Return which stretches would cross water or the freeway."""
    found = np.zeros(len(a), dtype=np.bool_)
    for line in obstacles.values():
        found |= land.crosses(a, b, line)
    return found


def lay_farm_roads(streets: Streets, obstacles: dict[str, Points], rng: np.random.Generator) -> None:
    """Lay out the country: a road about every mile, some missing, some highways, joined to the streets they meet."""
    across, along = (int(km // MILE_KM) * _PIECES for km in land.EDGE_KM)
    i, j = (grid.reshape(-1) for grid in np.meshgrid(np.arange(-across, across + 1), np.arange(-along, along + 1)))
    x, y = i * MILE_KM / _PIECES, j * MILE_KM / _PIECES
    points = np.column_stack([x + 0.16 * np.sin(y / 2.7 + 1.0), y + 0.16 * np.sin(x / 3.1 + 2.0)])
    on_road = (i % _PIECES == 0) | (j % _PIECES == 0)
    gap, street = (np.asarray(one) for one in cKDTree(streets.points).query(points))
    dry = ~land.inside(obstacles["lake"], points)
    keep = on_road & (gap > _NEAR_TOWN_KM) & dry & ~in_park(points)
    first = streets.add_nodes(points[keep], np.full(int(keep.sum()), _FARMERS / keep.sum()))
    # Where a farm road comes to a settlement it goes on as the street that is nearest.
    node = np.where(keep, first + np.cumsum(keep) - 1, street)
    for axis, (hop, line, run) in enumerate(((2 * across + 1, i, j), (1, j, i))):
        a = np.flatnonzero(on_road)
        a = a[(a + hop < len(points)) & (line[a] % _PIECES == 0)]
        b = a + hop
        a, b = (one[(line[a] == line[b]) & on_road[b] & dry[a] & dry[b] & (keep[a] | keep[b])] for one in (a, b))
        road = line[a] // _PIECES
        highway = road % 5 == axis * 2
        _, mile = np.unique(road * 1000 + run[a] // _PIECES, return_inverse=True)
        missing = (rng.random(int(mile.max()) + 1) < _MILE_LOST)[mile]
        cut = crossed(points[a], points[b], obstacles) & (road % 3 != 0)
        lake = land.crosses(points[a], points[b], obstacles["lake"])
        for at in np.flatnonzero(~lake & (highway | ~(missing | cut))).tolist():
            ends = int(node[a[at]]), int(node[b[at]])
            joins = 1.0 if keep[a[at]] and keep[b[at]] else 0.75
            rank, speed = (HIGHWAY, 82.0) if highway[at] else (COLLECTOR, 62.0)
            streets.add(*ends, rank, speed * joins, _road_name(axis, int(road[at]), state=bool(highway[at])))


def _road_name(axis: int, number: int, *, state: bool) -> str:
    """Return a country road's name: numbers rise outwards, odd on one side and even on the other."""
    if state:
        return f"State Route {20 + abs(number)}{' W' if axis and number < 0 else ''}"
    counted = abs(number) * 2 + (number < 0) + 1
    return f"County Road {counted}" if axis else f"{ordinal(counted)} Road"


def lay_diagonals(streets: Streets) -> None:
    """Lay the old roads that cut across the mile grid; they meet the farm roads where they pass one closely."""
    points = streets.points
    near = cKDTree(points)
    for name, through in land.DIAGONALS:
        line = land.curve(through, 0.35)
        gap, nearest = (np.asarray(one) for one in near.query(line))
        meets = np.asarray(gap) < _SHARED_KM
        meets[[0, -1]] = True
        first = streets.add_nodes(line, np.full(len(line), 20.0))
        nodes = np.where(meets, nearest, first + np.arange(len(line))).tolist()
        for tail, head in pairwise(nodes):
            if tail != head:
                streets.add(tail, head, HIGHWAY, 72.0, name)


def lay_freeway(streets: Streets, line: Points) -> None:
    """Lay the freeway's two carriageways and ramps to the larger roads near its interchanges."""
    points = streets.points
    ahead = np.gradient(line, axis=0)
    normal = np.column_stack([-ahead[:, 1], ahead[:, 0]]) / np.hypot(*ahead.T)[:, None]
    firsts = []
    for offset in (-0.014, 0.014):  # Eastbound on the right, that is south.
        way = line + normal * offset
        way = way if offset < 0 else way[::-1]
        first = streets.add_nodes(way, np.zeros(len(way)))
        firsts.append(first)
        for at in range(len(way) - 1):
            streets.add(first + at, first + at + 1, FREEWAY, 103.0, "Pioneer Freeway", one_way=True)
    # The ends turn round, where the road goes on beyond the county.
    last = len(line) - 1
    streets.add(firsts[0] + last, firsts[1], RAMP, 45.0, "", one_way=True)
    streets.add(firsts[1] + last, firsts[0], RAMP, 45.0, "", one_way=True)
    classes, tails = np.array(streets.road_class), np.array(streets.tail)
    larger = np.unique(tails[(classes == ARTERIAL) | (classes == HIGHWAY)])
    larger = larger[larger < len(points)]
    tree = cKDTree(points[larger])
    gap, nearest = (np.asarray(one) for one in tree.query(line))
    km = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    chosen: list[int] = []
    for at in np.argsort(gap, kind="stable").tolist():
        apart = _APART_TOWN_KM if np.hypot(*line[at]) < _TOWN_KM else _APART_KM
        far_enough = all(abs(km[at] - km[one]) > apart for one in chosen)
        if gap[at] < _RAMP_KM and _ENDS < at < last - _ENDS and far_enough:
            chosen.append(at)
    for at in sorted(chosen):
        street = int(larger[nearest[at]])
        for first, here in ((firsts[0], at), (firsts[1], last - at)):
            streets.add(first + here - 2, street, RAMP, 42.0, "Exit ramp", one_way=True)
            streets.add(street, first + here + 2, RAMP, 42.0, "Entry ramp", one_way=True)

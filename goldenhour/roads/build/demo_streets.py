"""The streets of the demo county: town grids that begin to curve in the suburbs, farm roads, a freeway with its ramps.

Kilometres east and north of town, as in `demo_land`. Every choice comes from the `rng` that is given.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from goldenhour.roads.build import demo_land as land
from goldenhour.roads.build.demo_land import Points, Settlement

FREEWAY, HIGHWAY, ARTERIAL, COLLECTOR, RESIDENTIAL, RAMP = 1, 2, 3, 4, 5, 6  # See roads.classes.
MILE_KM = 1.609
_PIECES = 4  # A mile of farm road has a node every quarter.
_NEAR_TOWN_KM = 0.4  # Farm roads end so far from a street and are joined to it.
_TREES = ("Alder", "Ash", "Aspen", "Beech", "Birch", "Cedar", "Cherry", "Chestnut", "Cypress", "Dogwood", "Elder", "Elm",
          "Fir", "Hawthorn", "Hazel", "Hemlock", "Hickory", "Holly", "Juniper", "Larch", "Laurel", "Linden", "Locust",
          "Magnolia", "Maple", "Mulberry", "Oak", "Olive", "Orchard", "Pecan", "Pine", "Plum", "Poplar", "Rowan", "Spruce",
          "Sumac", "Sycamore", "Tamarack", "Walnut", "Willow", "Yew", "Meadow", "Prairie", "Harvest", "Mill", "Quarry",
          "Ridge", "Spring", "Station", "Summit", "Valley", "Vista")  # fmt: skip


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
    reach = int(one.radius_km * 1.5 / min(one.block_km))
    i, j = (grid.reshape(-1) for grid in np.meshgrid(np.arange(-reach, reach + 1), np.arange(-reach, reach + 1)))
    flat = np.column_stack([i * one.block_km[0], j * one.block_km[1]])
    radius = np.hypot(*flat.T)
    angle = np.arctan2(flat[:, 1], flat[:, 0])
    phase = rng.uniform(0, 2 * np.pi, 8)
    bend = np.clip((radius - one.calm_km) / max(one.radius_km - one.calm_km, 0.1), 0, 1) * min(
        0.42, one.radius_km * 0.16
    )
    wave = 2 * np.pi / max(2.6, one.radius_km * 0.75)
    sway = np.column_stack(
        [
            np.sin(flat[:, 1] * wave + phase[0]) + 0.5 * np.sin(flat[:, 0] * wave * 1.7 + phase[1]),
            np.sin(flat[:, 0] * wave + phase[2]) + 0.5 * np.sin(flat[:, 1] * wave * 1.6 + phase[3]),
        ]
    )
    bent = (
        flat
        + sway * bend[:, None] * 0.55
        + rng.normal(0, 1, flat.shape) * np.where(radius > one.calm_km, 0.009, 0.0)[:, None]
    )
    turned = bent @ np.array([[np.cos(one.turn), np.sin(one.turn)], [-np.sin(one.turn), np.cos(one.turn)]])
    points = turned + np.array(one.centre)
    edge = one.radius_km * (
        1
        + 0.17 * np.sin(2 * angle + phase[4])
        + 0.11 * np.sin(3 * angle + phase[5])
        + 0.07 * np.sin(7 * angle + phase[6])
    )
    patch = np.sin(flat[:, 0] * 1.9 + phase[7]) * np.sin(flat[:, 1] * 2.3 + phase[0])  # Fields not built on yet.
    keep = (radius < edge) & ~((radius > 0.72 * edge) & (patch > 0.35)) & _dry(points, obstacles)  # fmt: skip
    number = np.full(len(points), -1)
    number[keep] = np.arange(keep.sum())
    density = np.exp(-1.1 * radius[keep] / one.radius_km)
    first = streets.add_nodes(points[keep], one.people * density / density.sum())
    side = 2 * reach + 1
    for axis, step, line in ((0, side, i), (1, 1, j)):
        a = np.flatnonzero(keep)
        a = a[a + step < len(points)]
        b = a + step
        there = (
            (number[b] >= 0) & (line[a] == line[b]) & (np.hypot(*(points[a] - points[b]).T) < 2.5 * max(one.block_km))
        )
        a, b = a[there], b[there]
        rank = np.where(line[a] % 6 == 0, ARTERIAL, np.where(line[a] % 3 == 0, COLLECTOR, RESIDENTIAL))
        cut = crossed(points[a], points[b], obstacles)
        lost = (rank == RESIDENTIAL) & (rng.random(len(a)) < np.where(radius[a] > one.calm_km, 0.3, 0.02))
        stays = ~lost & (~cut | (rank == ARTERIAL))
        for tail, head, one_rank, far in zip(
            a[stays].tolist(),
            b[stays].tolist(),
            rank[stays].tolist(),
            (radius[a] > one.calm_km)[stays].tolist(),
            strict=True,
        ):
            name = _line_name(one, axis, int(line[tail]), suburb=far and one_rank == RESIDENTIAL)
            speed = {ARTERIAL: 45.0, COLLECTOR: 36.0, RESIDENTIAL: 28.0}[one_rank] + (
                8.0 if far and one_rank == ARTERIAL else 0.0
            )
            streets.add(first + number[tail], first + number[head], one_rank, speed, name)


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
    side = 2 * across + 1
    step = MILE_KM / _PIECES
    flat = np.column_stack([i, j]) * step
    points = flat + 0.16 * np.column_stack([np.sin(flat[:, 1] / 2.7 + 1.0), np.sin(flat[:, 0] / 3.1 + 2.0)])
    on_road = (i % _PIECES == 0) | (j % _PIECES == 0)
    town = cKDTree(streets.points)
    apart, nearest = town.query(points)
    wet = land.inside(obstacles["lake"], points)
    keep = on_road & (apart > _NEAR_TOWN_KM) & ~wet & ~in_park(points)
    number = np.full(len(points), -1)
    number[keep] = np.arange(keep.sum())
    first = streets.add_nodes(points[keep], np.full(int(keep.sum()), 19_000 / keep.sum()))
    for axis, hop, line, run in ((0, side, i, j), (1, 1, j, i)):
        a = np.flatnonzero(on_road)
        a = a[(a + hop < len(points)) & (line[a] % _PIECES == 0)]
        b = a + hop
        same = (line[a] == line[b]) & on_road[b]
        a, b = a[same], b[same]
        mile = (line[a] // _PIECES) * 1000 + np.floor_divide(run[a], _PIECES)
        gone = dict(zip(np.unique(mile).tolist(), (rng.random(len(np.unique(mile))) < 0.2).tolist(), strict=True))
        road = line[a] // _PIECES
        highway = road % 5 == axis * 2
        bridge = highway | (road % 3 == 0)
        cut = crossed(points[a], points[b], obstacles) & ~bridge
        lake = land.crosses(points[a], points[b], obstacles["lake"])
        missing = np.array([gone[one] for one in mile.tolist()], dtype=np.bool_) & ~highway
        for tail, head, state in zip(
            a[~(cut | lake | missing)].tolist(),
            b[~(cut | lake | missing)].tolist(),
            highway[~(cut | lake | missing)].tolist(),
            strict=True,
        ):
            numbered = int(line[tail]) // _PIECES
            plain = (
                f"County Road {abs(numbered) * 2 + (numbered < 0) + 1}"
                if axis
                else f"{ordinal(abs(numbered) * 2 + (numbered < 0) + 1)} Road"
            )
            name = f"State Route {20 + abs(numbered)}" if state else plain
            rank, speed = (HIGHWAY, 82.0) if state else (COLLECTOR, 62.0)
            ends = [first + number[one] if number[one] >= 0 else None for one in (tail, head)]
            if ends[0] is not None and ends[1] is not None:
                streets.add(ends[0], ends[1], rank, speed, name)
            elif ends[0] is not None or ends[1] is not None:  # It reaches a settlement: join it to the street there.
                out, into = (tail, head) if ends[0] is not None else (head, tail)
                if not wet[into]:
                    streets.add(first + number[out], int(nearest[into]), rank, speed * 0.75, name)


def lay_diagonals(streets: Streets) -> None:
    """Lay the old roads that cut across the mile grid; they meet the farm roads where they pass one closely."""
    points = streets.points
    near = cKDTree(points)
    for name, through in land.DIAGONALS:
        line = land.curve(through, 0.35)
        gap, nearest = near.query(line)
        meets = gap < 0.2  # noqa: PLR2004 -- Kilometres; it then uses that crossing instead of a node of its own.
        meets[[0, -1]] = True
        first = streets.add_nodes(line, np.full(len(line), 20.0))
        nodes = np.where(meets, nearest, first + np.arange(len(line))).tolist()
        for tail, head in zip(nodes, nodes[1:], strict=False):
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
    gap, nearest = tree.query(line)
    km = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    chosen: list[int] = []
    for at in np.argsort(gap, kind="stable").tolist():
        apart = 2.2 if np.hypot(*line[at]) < 8 else 4.5
        if gap[at] < 0.6 and 3 < at < last - 3 and all(abs(km[at] - km[one]) > apart for one in chosen):
            chosen.append(at)
    for at in sorted(chosen):
        street = int(larger[nearest[at]])
        for first, here in ((firsts[0], at), (firsts[1], last - at)):
            streets.add(first + here - 2, street, RAMP, 42.0, "Exit ramp", one_way=True)
            streets.add(street, first + here + 2, RAMP, 42.0, "Entry ramp", one_way=True)

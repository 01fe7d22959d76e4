"""The country around the town: section roads every mile, villages, farm lanes, cottages by the lake."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from goldenhour.roads.build.county.highways import ARTERIAL, COLLECTOR, SERVICE, STREET, Through, near_freeway
from goldenhour.roads.build.county.land import HALF_HEIGHT_KM, HALF_WIDTH_KM, MILE, Land
from goldenhour.roads.build.county.names import SECOND_TOWN, TREES, VILLAGES, ordinal
from goldenhour.roads.build.county.sheet import Points, Sheet, Test, along, beside, curve, finer, pieces_where

_MILES_EAST, _MILES_NORTH = 16, 13
_CORRECTION = 6  # North of this mile the survey began anew, a little to the east.
_JOG_KM = 0.31
_PAVED_EVERY = 4
_ARTERIALS = ("Cemetery Road", "Fort Road", "Prairie Avenue", "College Avenue", "Old Post Road", "Washburn Avenue",
              "South Street", "Pine Lake Road", "Tannery Road", "Fletcher Avenue", "Branched Oak Road", "Ferry Road",
              "Rokeby Road", "Raymond Road", "Saltworks Road", "School Road", "Bluff Road", "Mill Road")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Village:
    """A village or small town."""

    name: str
    east: float
    north: float
    people: int
    columns: int  # Streets running north
    rows: int  # Streets running east
    turn: float  # Radians, counted from east


def villages(roads: Through) -> tuple[Village, ...]:
    """Return where the villages lie: on the through roads, and one where two paved county roads cross."""

    def on(line: Points, axis: int, value: float) -> tuple[float, float, float]:
        k = int(np.argmin(np.abs(line[:, axis] - value)))
        ahead = line[min(k + 3, len(line) - 1)] - line[max(k - 3, 0)]
        return float(line[k, 0]), float(line[k, 1]), float(np.arctan2(ahead[1], ahead[0]))

    places = (
        (VILLAGES[0], on(roads.river_road, 0, -14.6), 2300, 9, 8),
        (VILLAGES[1], on(roads.river_road, 0, -22.3), 640, 5, 5),
        (VILLAGES[2], on(roads.federal, 1, 9.0 * MILE), 1700, 7, 8),
        (VILLAGES[3], on(roads.river_road, 0, 15.2), 1250, 7, 6),
        (VILLAGES[4], on(roads.federal, 1, -8.6 * MILE), 900, 6, 6),
        (VILLAGES[5], on(roads.south_road, 1, -8.0 * MILE), 520, 5, 5),
        (VILLAGES[6], on(roads.north_road, 1, 11.4 * MILE), 760, 6, 5),
        (VILLAGES[7], (-11.0 * MILE + _JOG_KM, 8.0 * MILE, 0.0), 430, 5, 4),
        (SECOND_TOWN, on(roads.east_road, 0, 11.4 * MILE), 9800, 15, 13),
    )
    return tuple(
        Village(name, east, north, people, columns, rows, _squared(turn))
        for name, (east, north, turn), people, columns, rows in places
    )


def _squared(turn: float) -> float:
    """Return a direction within 45 degrees of east that shares its grid."""
    return (turn + np.pi / 4) % (np.pi / 2) - np.pi / 4


def draw_sections(sheet: Sheet, land: Land, roads: Through, rng: np.random.Generator) -> dict[float, Points]:
    """Draw the section roads, arterials in town; return those that cross the freeway by an interchange."""
    through = beside(sheet.lines, 0.26)
    exits: dict[float, Points] = {}
    for i in range(-_MILES_EAST, _MILES_EAST + 1):
        x = i * MILE
        south = np.array([[x, -HALF_HEIGHT_KM], [x, _CORRECTION * MILE]])
        north = np.array([[x + _JOG_KM, _CORRECTION * MILE], [x + _JOG_KM, HALF_HEIGHT_KM]])
        if x in roads.exits:
            exits[x] = land.bent(finer(south))
        for line in (south, north):
            name = f"County Road {2 * (i + _MILES_EAST) + 1}"
            _section(
                sheet,
                land,
                roads,
                rng,
                line=line,
                names=(name, f"{ordinal(8 * i + 41)} Street"),
                beside=through,
                number=i,
            )
    for j in range(-_MILES_NORTH, _MILES_NORTH + 1):
        y = j * MILE
        line = np.array([[-HALF_WIDTH_KM, y], [HALF_WIDTH_KM, y]])
        names = (f"County Road {2 * (j + _MILES_NORTH) + 2}", _ARTERIALS[(j + 4) % len(_ARTERIALS)])
        _section(sheet, land, roads, rng, line=line, names=names, beside=through, number=j)
    return exits | {-3 * MILE: roads.federal, 2 * MILE: roads.south_road}


def _section(
    sheet: Sheet,
    land: Land,
    roads: Through,
    rng: np.random.Generator,
    *,
    line: Points,
    names: tuple[str, str],
    beside: Test,
    number: int,
) -> None:
    """Draw one section road, named as (in the country, in town).

    Some miles of it do not exist; some are paved; in town it is an arterial or a collector; it ends at water and at the
    freeway's fence where it has no bridge, and where a through road runs `beside` it.
    """
    upright = bool(line[0, 0] == line[1, 0])
    paved = number % _PAVED_EVERY == 1 or (not upright and number == _CORRECTION)
    exit_here = upright and float(line[0, 0]) in roads.exits
    miles = int(np.ceil(along(line)[-1] / MILE))
    fine = finer(line, 0.04)
    shown = land.bent(fine)
    north = np.abs(near_freeway(roads, shown))
    town = land.spread(fine) < 1.03  # The last houses.
    mile = np.minimum((along(fine) / MILE).astype(int), miles - 1)
    there = rng.random(miles) < (0.83 if upright else 0.9)
    bridge = paved | (town & (rng.random(miles)[mile] < 0.75))
    good = there[mile] | town | paved | (exit_here & (north < 2 * MILE))
    good &= (land.river_km(shown) > 0.12) | bridge
    good &= (north > 0.14) | exit_here | paved | (rng.random() < 0.6)
    good &= ~land.in_lake(shown, 0.1) & ~beside(shown)
    change = np.flatnonzero((np.diff(good.astype(int)) != 0) | (np.diff(town.astype(int)) != 0)) + 1
    for a, b in pairwise([0, *change.tolist(), len(fine) - 1]):
        if good[a] and b - a > 2:  # Else it is a stump.
            wide = number % 2 == 0
            if town[a]:
                road_class, km_per_h = (ARTERIAL, 42.0) if wide else (COLLECTOR, 38.0)
            else:
                road_class, km_per_h = (COLLECTOR, 68.0) if paved else (STREET, 52.0)
            sheet.draw(shown[a : b + 1], road_class=road_class, km_per_h=km_per_h, name=names[int(town[a])])


def draw_village(sheet: Sheet, land: Land, roads: Through, village: Village, rng: np.random.Generator) -> None:
    """Draw a village: a small grid along its through road, ragged at the edges."""
    wide, deep = 0.125, 0.105
    turn = np.array([[np.cos(village.turn), np.sin(village.turn)], [-np.sin(village.turn), np.cos(village.turn)]])
    middle = np.array([village.east, village.north])
    half = np.array([(village.columns - 1) * wide / 2, (village.rows - 1) * deep / 2])
    lobes = rng.uniform(0, 2 * np.pi, 2)
    gone = {(int(k), int(m)) for k, m in rng.integers(-9, 10, (village.columns * village.rows // 7, 2))}
    through = beside([line for line in sheet.lines if line.road_class != STREET], 0.05)

    def reach(angle: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(1.02 + 0.17 * np.sin(2 * angle + lobes[0]) + 0.12 * np.sin(3 * angle + lobes[1]))

    def there(points: Points) -> NDArray[np.bool_]:
        own = (points - middle) @ turn.T
        far = np.hypot(*(own / (half + 0.06)).T)
        cell = np.floor(own / (wide, deep)).astype(int)
        whole = np.array([(a, b) not in gone for a, b in cell.tolist()])
        dry = (land.river_km(points) > 0.1) & (np.abs(near_freeway(roads, points)) > 0.14)
        found: NDArray[np.bool_] = (far < reach(np.arctan2(own[:, 1], own[:, 0]))) & whole & dry & ~through(points)
        return found

    for k in range(village.columns):
        x = k * wide - half[0]
        line = np.array([[x, -half[1] - 0.05], [x, half[1] + 0.05]]) @ turn + middle
        for piece in pieces_where(line, there, 0.09):
            sheet.draw(piece, road_class=STREET, km_per_h=26.0, name=f"{ordinal(k + 1)} Street")
    for m in range(village.rows):
        y = m * deep - half[1]
        line = np.array([[-half[0] - 0.05, y], [half[0] + 0.05, y]]) @ turn + middle
        name = "Main Street" if m == village.rows // 2 else f"{TREES[(m * 5 + village.people) % len(TREES)]} Street"
        for piece in pieces_where(line, there, 0.09):
            sheet.draw(piece, road_class=STREET, km_per_h=26.0, name=name)


def draw_lanes(sheet: Sheet, land: Land, roads: Through, rng: np.random.Generator, count: int) -> None:
    """Draw lanes from country roads to farmsteads, and from the shore drive to cottages."""
    hosts = [line for line in sheet.lines if line.road_class in {STREET, COLLECTOR} and line.km_per_h > 45]
    lengths = np.array([along(line.points)[-1] for line in hosts])
    lengths *= [4.0 if line.name == "Shore Drive" else 1.0 for line in hosts]
    for host in rng.choice(len(hosts), size=count, p=lengths / lengths.sum()):
        line = finer(hosts[host].points, 0.05)
        k = int(rng.integers(1, len(line)))
        heading = (line[k] - line[k - 1]) / np.hypot(*(line[k] - line[k - 1]))
        side = np.array([-heading[1], heading[0]]) * (1 if rng.random() < 0.5 else -1)
        long = float(rng.uniform(0.07, 0.2) if hosts[host].name == "Shore Drive" else rng.gamma(3.0, 0.09) + 0.07)
        sway = rng.normal(0, 0.12, 2)
        steps = [0.0, 0.4 * long, long]
        way = [line[k] + step * side + sway[min(n, 1)] * step * heading for n, step in enumerate(steps)]
        lane = curve([tuple(point) for point in way], 0.06)
        wet = land.in_lake(lane, 0.03) | (land.river_km(lane) < 0.1) | (land.creek_km(lane) < 0.05)
        if not (wet | (np.abs(near_freeway(roads, lane)) < 0.15)).any():
            sheet.draw(lane, road_class=SERVICE, km_per_h=18.0, name="")

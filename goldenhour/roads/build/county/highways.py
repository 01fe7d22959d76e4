"""The county's through roads: a freeway with carriageways and ramps, a federal highway, state roads, a shore drive."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from goldenhour.roads.build.county.land import HALF_HEIGHT_KM, HALF_WIDTH_KM, MILE, Land, Waves
from goldenhour.roads.build.county.sheet import Points, Sheet, along, curve, finer, pieces_where

FREEWAY, HIGHWAY, ARTERIAL, COLLECTOR, STREET, RAMP, SERVICE = 1, 2, 3, 4, 5, 6, 0  # See roads.classes.
_FREEWAY = "Interstate 62"
_CARRIAGEWAY_KM = 0.02  # From the middle of the freeway to that of one carriageway.


@dataclass(frozen=True, slots=True)
class Through:
    """Where the through roads run."""

    freeway: Points  # Its middle
    exits: tuple[float, ...]  # East of the square, km: where roads cross it by an interchange
    federal: Points
    river_road: Points
    north_road: Points
    east_road: Points
    south_road: Points

    def state_roads(self) -> tuple[tuple[str, Points], ...]:
        """Return the state roads with their names."""
        return (
            ("State Highway 12", self.river_road),
            ("State Highway 7", self.north_road),
            ("State Highway 31", self.east_road),
            ("State Highway 44", self.south_road),
        )


def through(land: Land, rng: np.random.Generator) -> Through:
    """Return where the through roads run."""
    x = np.arange(-HALF_WIDTH_KM, HALF_WIDTH_KM + 0.01, 0.1)
    bends = Waves(rng, (0.75, 0.35), (31.0, 13.0))
    south = -3.1 * MILE / 1.5 + bends.at(x) - bends.at(np.zeros(1))
    freeway = np.column_stack([x, south])
    river = land.river
    at = [int(np.argmin(np.abs(river[:, 0] - east))) for east in (-24.5, -20, -15.5, -11, -7.4, -4)]
    west = [(float(river[k, 0]), float(river[k, 1]) - 1.15) for k in at]
    at = [int(np.argmin(np.abs(river[:, 0] - east))) for east in (6.2, 10, 14.5, 19, 23.5, 26.5)]
    east = [(float(river[k, 0]), float(river[k, 1]) + 1.05) for k in at]
    river_road = curve([*west, (-2.2, 0.9), (0.0, 0.35), (2.6, 0.2), *east])
    mile = MILE
    federal = curve([(-5 * mile + 0.35, HALF_HEIGHT_KM), (-5 * mile + 0.3, 9 * mile), (-5 * mile + 0.2, 6.4 * mile),
                     (-3.5 * mile, 3.6 * mile), (-3.1 * mile, 1.8 * mile), (-3 * mile, 0), (-3 * mile, -2.6 * mile),
                     (-2.6 * mile, -5 * mile), (-1.2 * mile, -7.4 * mile), (-0.9 * mile, -10 * mile),
                     (-0.9 * mile, -HALF_HEIGHT_KM)])  # fmt: skip
    north_road = curve([(0.0, 19 * mile / 16), (0.15, 3 * mile), (0.9, 4.6 * mile), (2 * mile, 6.2 * mile),
                        (2 * mile, 8 * mile), (3.1 * mile, 10.2 * mile), (3 * mile, HALF_HEIGHT_KM)])  # fmt: skip
    east_road = curve([(0.5, 0.24), (2 * mile, 1.1 * mile), (4.2 * mile, 2.1 * mile), (6.2 * mile, 3.1 * mile),
                       (9 * mile, 3.4 * mile), (11.6 * mile, 4 * mile), (13 * mile, 4.1 * mile),
                       (HALF_WIDTH_KM, 4 * mile)])  # fmt: skip
    south_road = curve([(2 * mile, -0.6 * mile), (2 * mile, -1.6 * mile), (2 * mile, -2.8 * mile),
                        (2.3 * mile, -4.4 * mile), (4 * mile, -6 * mile), (4 * mile, -9 * mile),
                        (5.2 * mile, -11 * mile), (5 * mile, -HALF_HEIGHT_KM)])  # fmt: skip
    exits = (-14.0, -9.0, -5.0, -3.0, -1.0, 1.0, 2.0, 4.0, 9.0, 14.0)
    return Through(freeway=freeway, exits=tuple(MILE * one for one in exits), federal=federal, river_road=river_road,
                   north_road=north_road, east_road=east_road, south_road=south_road)  # fmt: skip


def draw_through(sheet: Sheet, land: Land, roads: Through) -> None:
    """Draw the federal highway, the state roads and the drive around the lake."""
    sheet.draw(roads.federal, road_class=HIGHWAY, km_per_h=72.0, name="US 583")
    for name, line in roads.state_roads():
        for piece in pieces_where(line, lambda points: ~land.in_lake(points)):
            town = land.spread(piece) < 0.95
            edges = [0, *(np.flatnonzero(np.diff(town.astype(int))) + 1).tolist(), len(piece) - 1]
            for a, b in pairwise(edges):
                speed = 42.0 if town[min(a, len(town) - 1)] else 70.0
                sheet.draw(piece[a : b + 1], road_class=ARTERIAL, km_per_h=speed, name=name)
    shore = _around(land.lake, 0.22)
    sheet.draw(shore, road_class=COLLECTOR, km_per_h=48.0, name="Shore Drive")


def _around(ring: Points, km: float) -> Points:
    """Return a smooth closed line outside a ring."""
    middle = ring[:-1].mean(axis=0)
    rel = ring[:-1] - middle
    far = np.hypot(*rel.T)
    angle = np.unwrap(np.arctan2(rel[:, 1], rel[:, 0]))
    grown = np.array([far[np.arange(k - 7, k + 8) % len(far)].max() for k in range(len(far))]) + km
    smooth = np.convolve(np.concatenate([grown[-6:], grown, grown[:6]]), np.ones(13) / 13, mode="valid")
    line = middle + np.column_stack([smooth * np.cos(angle), smooth * np.sin(angle)])
    return curve([tuple(point) for point in np.vstack([line[::6], line[:1]])], 0.05)


def draw_freeway(sheet: Sheet, roads: Through, crossing: dict[float, Points]) -> None:
    """Draw both carriageways and a diamond interchange at each crossing road (by its km east)."""
    middle = roads.freeway
    steps = np.gradient(middle, axis=0)
    normal = np.column_stack([-steps[:, 1], steps[:, 0]]) / np.hypot(*steps.T)[:, None]
    sides = {1: middle - _CARRIAGEWAY_KM * normal, -1: (middle + _CARRIAGEWAY_KM * normal)}
    ends = [(sides[1][k], sides[-1][k]) for k in (0, -1)]
    sheet.joints += [tuple(point) for pair in ends for point in pair]
    for side, line in sides.items():
        town = np.abs(line[:, 0]) < 8.0
        edges = [0, *(np.flatnonzero(np.diff(town.astype(int))) + 1).tolist(), len(line) - 1]
        for a, b in pairwise(edges):
            sheet.draw(line[a : b + 1], road_class=FREEWAY, km_per_h=88.0 if town[a] else 106.0, name=_FREEWAY,
                       one_way=side, level=1)  # fmt: skip
            sheet.joints.append(tuple(line[b]))
    for (low, high), way in zip(ends, (-1, 1), strict=True):  # Beyond the county line one can turn.
        sheet.draw(np.vstack([low, high]), road_class=FREEWAY, km_per_h=60.0, name=_FREEWAY, one_way=way, level=1)
    for road in crossing.values():
        _diamond(sheet, sides, road)


def _diamond(sheet: Sheet, sides: dict[int, Points], road: Points) -> None:
    """Draw the four ramps between the carriageways and a road that crosses them."""
    for side, line in sides.items():
        fine = finer(road, 0.01)
        gap = np.hypot(*(fine[:, None, :] - line[None, ::2, :]).transpose(2, 0, 1))
        at_road, at_line = np.unravel_index(int(gap.argmin()), gap.shape)
        near = int(at_line) * 2
        # The ramp meets the road a little outside its own carriageway: south of the eastbound, north of the westbound.
        outward = -1.0 if side == 1 else 1.0
        off = outward * (fine[:, 1] - line[near, 1])
        beyond = np.flatnonzero((np.abs(along(fine) - along(fine)[at_road]) < 0.3) & (off > 0.075))
        if not len(beyond):
            continue
        foot = fine[beyond[np.argmin(off[beyond])]]
        for way in (-1, 1):  # West and east of the road.
            k = near + way * 4
            if not 1 <= k < len(line) - 1:
                continue
            start, heading = line[k], (line[k] - line[k + way]) / np.hypot(*(line[k] - line[k + way]))
            bend = start + 0.17 * heading + np.array([0, outward * 0.03])
            past = foot + 0.02 * (foot - bend) / np.hypot(*(foot - bend))
            ramp = curve([tuple(start), tuple(bend), tuple(past)], 0.03)
            leaves = (side == 1) == (way == -1)  # The driver meets this ramp before the road: it leads off.
            sheet.joints.append(tuple(start))
            sheet.draw(ramp, road_class=RAMP, km_per_h=45.0, name="", one_way=1 if leaves else -1, ramp=True)


def near_freeway(roads: Through, points: Points) -> NDArray[np.float64]:
    """Return the km north of the freeway's middle, (points,)."""
    north: NDArray[np.float64] = points[:, 1] - np.interp(points[:, 0], roads.freeway[:, 0], roads.freeway[:, 1])
    return north

"""The land of the invented county: a river, a lake, a creek, how far the town has spread, what is a park."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from goldenhour.roads.build.county.sheet import Points, curve, finer

MILE = 1.609344
HALF_WIDTH_KM, HALF_HEIGHT_KM = 16.2 * MILE, 13.2 * MILE  # The county, from its middle.
_FAR_KM = 1.0  # From water: nobody asks how far beyond.


class Waves:
    """A smooth wandering number: a few sine waves with lengths, heights and phases drawn once."""

    def __init__(self, rng: np.random.Generator, heights: tuple[float, ...], lengths: tuple[float, ...]) -> None:
        """Draw the phases and, for two arguments, the directions."""
        self.heights = np.array(heights)
        self.lengths = np.array(lengths) * rng.uniform(0.85, 1.15, len(lengths))
        self.phases = rng.uniform(0, 2 * np.pi, len(lengths))
        self.turns = rng.uniform(0, 2 * np.pi, len(lengths))

    def at(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the number along a line, (points,)."""
        angle = 2 * np.pi * x[:, None] / self.lengths + self.phases
        total: NDArray[np.float64] = (self.heights * np.sin(angle)).sum(axis=1)
        return total

    def over(self, points: Points) -> NDArray[np.float64]:
        """Return the number over the plane, (points,)."""
        way = np.outer(points[:, 0], np.cos(self.turns)) + np.outer(points[:, 1], np.sin(self.turns))
        total: NDArray[np.float64] = (self.heights * np.sin(2 * np.pi * way / self.lengths + self.phases)).sum(axis=1)
        return total


@dataclass(frozen=True)
class Land:
    """What lies where before a road is drawn."""

    river: Points
    creek: Points
    lake: Points  # Its shore, closed
    town_reach: NDArray[np.float64]  # (360,) km that the town has spread in each direction, by degree
    drift: tuple[Waves, Waves]  # How old trails bent the newer streets

    @cached_property
    def _trees(self) -> tuple[cKDTree, cKDTree, cKDTree]:
        """Return what finds the nearest point of river, creek and shore."""
        return cKDTree(finer(self.river, 0.03)), cKDTree(finer(self.creek, 0.03)), cKDTree(finer(self.lake, 0.03))

    def river_km(self, points: Points) -> NDArray[np.float64]:
        """Return the distance to the river's middle, (points,); inf where it is farther than a kilometre."""
        return np.asarray(self._trees[0].query(points, distance_upper_bound=_FAR_KM)[0])

    def creek_km(self, points: Points) -> NDArray[np.float64]:
        """Return the distance to the creek, (points,); inf where it is farther than a kilometre."""
        return np.asarray(self._trees[1].query(points, distance_upper_bound=_FAR_KM)[0])

    def in_lake(self, points: Points, margin: float = 0.07) -> NDArray[np.bool_]:
        """Say which points lie in the lake or within `margin` km of its shore."""
        low, high = self.lake.min(axis=0), self.lake.max(axis=0)
        found: NDArray[np.bool_] = ((points > low - margin) & (points < high + margin)).all(axis=1)
        near = points[found]
        if len(near):
            at_shore = np.asarray(self._trees[2].query(near)[0]) < margin
            found[found] = at_shore | inside(near, self.lake)
        return found

    def spread(self, points: Points) -> NDArray[np.float64]:
        """Return how far out of town each point is: 0 in the middle, 1 at the edge, (points,)."""
        angle = np.degrees(np.arctan2(points[:, 1], points[:, 0])) % 360
        reach = np.interp(angle, np.arange(361), np.append(self.town_reach, self.town_reach[0]))
        far: NDArray[np.float64] = np.hypot(points[:, 0], points[:, 1]) / reach
        return far

    def bent(self, points: Points) -> Points:
        """Return the points shifted a little where the town grew late: there streets follow the land."""
        out = self.spread(points)
        strength = np.clip((out - 0.42) / 0.3, 0, 1) * np.clip((1.7 - out) / 0.5, 0, 1)
        shift = np.column_stack([wave.over(points) for wave in self.drift])
        return points + strength[:, None] * shift


def inside(points: Points, ring: Points) -> NDArray[np.bool_]:
    """Say which points lie inside a closed ring (even and odd crossings)."""
    x, y = points[:, 0][:, None], points[:, 1][:, None]
    x1, y1, x2, y2 = ring[:-1, 0], ring[:-1, 1], ring[1:, 0], ring[1:, 1]
    spans = (y1 > y) != (y2 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        left = x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    found: NDArray[np.bool_] = (spans & left).sum(axis=1) % 2 == 1
    return found


def land(rng: np.random.Generator) -> Land:
    """Return the land of a seed."""
    x = np.arange(-HALF_WIDTH_KM - 2, HALF_WIDTH_KM + 2, 0.12)
    wide, meander = Waves(rng, (1.3, 0.7), (27.0, 14.0)), Waves(rng, (0.34, 0.2, 0.1), (4.6, 2.7, 1.5))
    calm = 1 - 0.75 * np.exp(-((x / 3.0) ** 2))  # The banks are built over in town.
    y = 1.35 - 0.36 * x + (wide.at(x) - wide.at(np.zeros(1))) * (1 - np.exp(-((x / 5.0) ** 2))) + calm * meander.at(x)
    river = np.column_stack([x - 0.35 * calm * meander.at(x + 0.9), y])
    lake = _lake(rng, np.array([13.2, 9.6]))
    foot = lake[int(np.argmin(lake[:, 1]))]
    mouth = river[int(np.argmin(np.hypot(*(river - (foot + np.array([1.5, -9.0]))).T)))]
    steps = np.linspace(0, 1, 9)[:, None]
    wander = np.column_stack([rng.normal(0, 0.35, 9), rng.normal(0, 0.2, 9)]) * np.sin(np.pi * steps)
    creek = curve((foot + (mouth - foot) * steps + wander).tolist(), 0.06)
    degrees = np.radians(np.arange(360))
    lobes = rng.uniform(0, 2 * np.pi, 3)
    reach = 6.3 * (1 + 0.16 * np.cos(2 * degrees) + 0.10 * np.sin(3 * degrees + lobes[0])
                   + 0.06 * np.sin(5 * degrees + lobes[1]) + 0.04 * np.sin(9 * degrees + lobes[2]))  # fmt: skip
    drift = (Waves(rng, (0.10, 0.05), (3.4, 1.7)), Waves(rng, (0.10, 0.05), (3.1, 1.8)))
    return Land(river=river, creek=creek, lake=lake, town_reach=reach, drift=drift)


def _lake(rng: np.random.Generator, middle: NDArray[np.float64]) -> Points:
    """Return the shore of a reservoir: long, with coves."""
    angle = np.linspace(0, 2 * np.pi, 241)
    coves = sum(
        height * np.sin(number * angle + phase)
        for number, height, phase in zip(
            (2, 3, 5, 8, 13), (0.10, 0.16, 0.11, 0.07, 0.04), rng.uniform(0, 2 * np.pi, 5), strict=True
        )
    )
    radius = 1 + coves
    turn = np.radians(58.0)
    long, short = 3.3 * radius * np.cos(angle), 1.35 * radius * np.sin(angle)
    ring = np.column_stack([long * np.cos(turn) - short * np.sin(turn), long * np.sin(turn) + short * np.cos(turn)])
    ring[-1] = ring[0]
    return ring + middle


def ribbon(line: Points, half_km: float, rng: np.random.Generator | None = None) -> Points:
    """Return the closed outline of a line with a width, uneven when an `rng` is given."""
    steps = np.gradient(line, axis=0)
    normal = np.column_stack([-steps[:, 1], steps[:, 0]]) / np.hypot(*steps.T)[:, None]
    left = right = np.full(len(line), half_km)
    if rng is not None:
        waves = Waves(rng, (0.5, 0.3, 0.2), (5.0, 2.2, 1.1))
        left, right = half_km * (1 + waves.at(line[:, 0])), half_km * (1 + waves.at(line[:, 0] + 40.0))
    return np.vstack(
        [line + left[:, None] * normal, (line - right[:, None] * normal)[::-1], line[:1] + left[0] * normal[:1]]
    )

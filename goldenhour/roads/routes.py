"""What the roads answer: a place at a road, the way from one to another, and where a vehicle is along it.

Apart from `roads.times`, so that rooms which only hand answers on load neither compiler nor hierarchy.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place and where it joins the roads."""

    node: int
    off_road_km: float  # Between the place and its node, driven at the mode's off-road speed.
    lon: float
    lat: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a vehicle is, and from where it may be sent elsewhere."""

    lon: float
    lat: float
    next_node: int  # It may turn off there, not before.
    left_us: int  # Until it is there. Past the last node: the way back to it.


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The shortest way from one place to another. Times count from setting off."""

    nodes: NDArray[np.int32]  # (k,) at least one
    at_us: NDArray[np.int64]  # (k,) when each is reached; the first is 0 unless the start lies off the road
    total_us: int
    lon: NDArray[np.float64]  # (points,) the line to draw: off-road ends, nodes and the bends between them
    lat: NDArray[np.float64]
    point_us: NDArray[np.int64]  # (points,) when each point is reached, not decreasing

    def position(self, gone_us: int) -> Position:
        """Return where the vehicle is `gone_us` after it set off.

        At a node at this very moment it is on its way to the one after it. Past the last node it can only turn back.

        Source: JEMSS.jl 1.3.6, src/types/route.jl: a vehicle sent elsewhere starts from the next node of its path.
        """
        gone_us = min(max(gone_us, 0), self.total_us)
        index = int(np.searchsorted(self.at_us, gone_us, side="right"))
        last = index == len(self.nodes)
        return Position(
            lon=float(np.interp(gone_us, self.point_us, self.lon)),
            lat=float(np.interp(gone_us, self.point_us, self.lat)),
            next_node=int(self.nodes[-1 if last else index]),
            left_us=int(gone_us - self.at_us[-1] if last else self.at_us[index] - gone_us),
        )

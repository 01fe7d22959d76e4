"""The road network: nodes, directed arcs, and the time on each arc in each metric.

A metric is one travel mode in one band of the week ("lights", "normal", "lights 07-09", ...). Times are whole
microseconds in int64: sums are exact, so every way of adding them up gives the same answer.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UNREACHABLE_US = np.int64(1) << np.int64(60)  # "Cannot get there". Two of them still fit an int64.


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A directed road network. All arrays are read-only and may be memory-mapped."""

    node_lon: NDArray[np.float64]  # (nodes,) degrees, WGS84
    node_lat: NDArray[np.float64]  # (nodes,)
    off_road: NDArray[np.bool_]  # (nodes,) a place may join the network here
    tail: NDArray[np.int32]  # (arcs,) node the arc leaves
    head: NDArray[np.int32]  # (arcs,) node it reaches
    length_m: NDArray[np.float64]  # (arcs,)
    road_class: NDArray[np.int8]  # (arcs,) see roads.classes
    time_us: NDArray[np.int64]  # (metrics, arcs) microseconds; UNREACHABLE_US where closed
    km_per_lon: float  # Distance in km is hypot(dlon * km_per_lon, dlat * km_per_lat).
    km_per_lat: float
    street: NDArray[np.int32]  # (arcs,) index into `streets`, -1 when it has no name
    streets: tuple[str, ...]
    shape_ptr: NDArray[np.int64]  # (arcs + 1,) shape points strictly between tail and head: shape_*[ptr[a]:ptr[a + 1]]
    shape_lon: NDArray[np.float64]
    shape_lat: NDArray[np.float64]

    @property
    def nodes(self) -> int:
        """Return the number of nodes."""
        return len(self.node_lon)

    @property
    def arcs(self) -> int:
        """Return the number of arcs."""
        return len(self.tail)

    @property
    def metrics(self) -> int:
        """Return the number of metrics."""
        return len(self.time_us)

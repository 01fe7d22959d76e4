"""The land of the demo county: river, lake, curves, and what lies on which side. Kilometres east and north of town."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]  # (n, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A place where people live along streets."""

    name: str
    centre: tuple[float, float]
    radius_km: float  # On average; the edge is ragged.
    people: int
    turn: float  # Radians by which its streets are turned from east.
    block_km: tuple[float, float]
    calm_km: float  # Within this the streets are straight; beyond it they begin to curve.


RIVER = ((-26, 15), (-20, 13), (-15, 14.2), (-10.5, 11.5), (-6, 9.2), (-3.6, 5.6), (-1.2, 3.4), (1.8, 2.2), (4.6, 0.2),
         (7, -2.6), (10.5, -4.4), (13.5, -8.2), (18, -10.5), (21, -14), (26, -15.5))  # fmt: skip
LAKE = ((-10.4, 11.3), (-9.6, 12.7), (-8, 13.1), (-6.7, 12.3), (-5.2, 12.0), (-4.6, 10.6), (-5.3, 9.4), (-6.4, 8.5),
        (-7.8, 8.9), (-8.6, 9.8), (-9.9, 10.0))  # fmt: skip
FREEWAY = ((-26, -1.5), (-19, -2.6), (-13, -4.6), (-8, -4.7), (-4, -3.4), (0.5, -3.0), (5, -4.6), (10.5, -7.0),
           (16, -6.8), (21, -4.6), (26, -4.4))  # fmt: skip
PARKS = (
    (-2.4, 1.5, 0.42),
    (2.7, -1.9, 0.38),
    (-4.3, -1.7, 0.5),
    (3.4, 3.3, 0.55),
    (14.2, 9.4, 0.3),
    (-1.2, -5.4, 0.45),
)

SETTLEMENTS = tuple(
    Settlement(name=name, centre=centre, radius_km=radius, people=people, turn=turn, block_km=block, calm_km=calm)
    for name, centre, radius, people, turn, block, calm in (
        ("Halden", (0.0, 0.0), 6.3, 138_000, 0.21, (0.124, 0.074), 2.3),
        ("Marlow", (14.0, 9.0), 2.3, 26_000, -0.1, (0.124, 0.078), 1.2),
        ("Ferris", (-16.5, -9.5), 0.95, 3_400, 0.35, (0.115, 0.085), 0.4),
        ("Oak Bend", (-17.5, 5.5), 0.8, 2_100, 0.0, (0.115, 0.085), 0.4),
        ("Lake Addie", (-5.6, 14.8), 0.8, 2_600, 0.5, (0.11, 0.085), 0.2),
        ("Tilden", (4.5, 14.0), 0.7, 1_500, -0.3, (0.115, 0.085), 0.4),
        ("Corwith", (20.5, 1.5), 0.85, 2_300, 0.1, (0.115, 0.085), 0.4),
        ("Saint Ansgar", (15.5, -12.2), 0.75, 1_700, 0.7, (0.115, 0.085), 0.3),
        ("Brule", (3.0, -13.0), 0.9, 2_900, 0.0, (0.115, 0.085), 0.5),
        ("Kettle", (-7.5, -13.5), 0.6, 1_100, -0.2, (0.115, 0.085), 0.3),
    )
)
# Old roads that cut across the mile grid.
DIAGONALS = (
    ("Old Marlow Road", ((4.6, 3.9), (7.2, 5.3), (10.0, 6.2), (12.4, 7.9))),
    ("Ferris Pike", ((-4.9, -2.9), (-8.0, -6.1), (-12.4, -7.4), (-15.9, -9.3))),
    ("Lake Road", ((-2.3, 6.2), (-3.2, 8.6), (-3.3, 11.5), (-5.3, 14.3))),
    ("Saint Ansgar Road", ((3.0, -5.2), (6.6, -7.9), (10.8, -10.6), (15.1, -12.0))),
)
EDGE_KM = (23.0, 17.0)  # The county reaches so far east and west, north and south.


def curve(through: tuple[tuple[float, float], ...], step_km: float, *, closed: bool = False) -> Points:
    """Return a smooth line through some points, with a point about every `step_km` (Catmull and Rom's spline)."""
    points = np.array(through, dtype=np.float64)
    ahead = np.vstack([points[-1:], points, points[:2]]) if closed else np.vstack([points[:1], points, points[-1:]])
    pieces = []
    for a, b, c, d in zip(ahead, ahead[1:], ahead[2:], ahead[3:], strict=False):
        t = np.linspace(0, 1, max(2, int(np.hypot(*(c - b)) / step_km)), endpoint=False)[:, None]
        pieces.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.vstack([*pieces, points[:1] if closed else points[-1:]])


def inside(ring: Points, points: Points) -> NDArray[np.bool_]:
    """Return which points lie inside a closed ring, by counting the sides to their right."""
    x, y = points[:, :1], points[:, 1:]
    (ax, ay), (bx, by) = ring[:-1].T, ring[1:].T
    straddles = (ay > y) != (by > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        right = x < (bx - ax) * (y - ay) / (by - ay) + ax
    found: NDArray[np.bool_] = (straddles & right).sum(axis=1) % 2 == 1
    return found


def crosses(a: Points, b: Points, line: Points) -> NDArray[np.bool_]:
    """Return which of the stretches from a to b cross a line."""
    c, d = line[:-1], line[1:]

    def side(p: Points, q: Points, r: Points) -> NDArray[np.float64]:
        along, across = q - p, r - p
        return np.asarray(along[..., 0] * across[..., 1] - along[..., 1] * across[..., 0])

    found = np.zeros(len(a), dtype=np.bool_)
    for rows in np.array_split(np.arange(len(a)), max(1, len(a) // 2000)):
        p, q = a[rows, None], b[rows, None]
        apart = side(c, d, p) * side(c, d, q) < 0
        found[rows] = (apart & (side(p, q, c) * side(p, q, d) < 0)).any(axis=1)
    return found

"""The sheet on which roads are drawn as lines, and how crossing lines become streets that meet.

Coordinates are kilometres east and north. Lines of one level that cross, meet; lines of different levels pass over
each other, and meet only at points that both were given (ramps).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

Points = NDArray[np.float64]  # (points, 2) east and north, km
Test = Callable[[Points], NDArray[np.bool_]]  # Which of some points have a property.
STEP = 0.1  # No piece of a line is longer, so that crossings are found cell by cell.
REACH = 0.02  # Lines are drawn this much too long at both ends, and what sticks out is cut off again.
_OFF_KM = 0.001  # A line may lose points that far off it.
SAME = 0.012  # Crossings nearer than this are one.


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A road as drawn."""

    points: Points
    road_class: int
    km_per_h: float  # Normal speed, mean over a trip.
    name: str
    one_way: int = 0  # 1: only along the points; -1: only against them
    level: int = 0
    ramp: bool = False  # Begins at a joint: a point of another level that it shares.


@dataclass(slots=True)
class Sheet:
    """What has been drawn so far."""

    lines: list[Line] = field(default_factory=list)
    joints: list[tuple[float, float]] = field(default_factory=list)  # Points where levels meet.

    def draw(self, points: Points, **what: object) -> None:
        """Draw a line; one without length is nothing."""
        if len(points) > 1:
            self.lines.append(Line(points=points, **what))  # type: ignore[arg-type]


def along(points: Points) -> NDArray[np.float64]:
    """Return the km from the first point to each, (points,)."""
    return np.concatenate([[0.0], np.cumsum(_length(points[1:] - points[:-1]))])


def _length(steps: Points) -> NDArray[np.float64]:
    """Return how long each step is, (steps,)."""
    found: NDArray[np.float64] = np.hypot(steps[:, 0], steps[:, 1])
    return found


def finer(points: Points, step: float = STEP) -> Points:
    """Return the line with points at most `step` km apart; its own points stay."""
    gone = along(points)
    long = gone[1:] - gone[:-1]
    counts = np.maximum(np.ceil(long / step - 1e-9), 1).astype(int)
    first = np.repeat(np.arange(len(counts)), counts)
    step_of = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
    at = np.append(gone[first] + long[first] * (step_of / counts[first]), gone[-1])
    return np.column_stack([np.interp(at, gone, points[:, 0]), np.interp(at, gone, points[:, 1])])


def curve(waypoints: Sequence[tuple[float, float]], step: float = STEP) -> Points:
    """Return a smooth line through waypoints (centripetal enough: Catmull-Rom with chord-scaled tangents)."""
    given = np.asarray(waypoints, dtype=np.float64)
    ends = np.vstack([2 * given[0] - given[1], given, 2 * given[-1] - given[-2]])
    a, b, before, after = given[:-1], given[1:], ends[:-3], ends[3:]
    chord = _length(b - a)
    leave = (b - before) / np.maximum(_length(b - before), 1e-9)[:, None] * chord[:, None]
    arrive = (after - a) / np.maximum(_length(after - a), 1e-9)[:, None] * chord[:, None]
    counts = np.maximum(np.ceil(chord / step), 2).astype(int)
    piece = np.repeat(np.arange(len(counts)), counts)
    step_of = np.arange(len(piece)) - np.repeat(np.cumsum(counts) - counts, counts)
    t = (step_of * (1 / counts)[piece])[:, None]
    line = ((2 * t**3 - 3 * t**2 + 1) * a[piece] + (t**3 - 2 * t**2 + t) * leave[piece]
            + (3 * t**2 - 2 * t**3) * b[piece] + (t**3 - t**2) * arrive[piece])  # fmt: skip
    return np.vstack([line, given[-1:]])


def pieces_where(points: Points, wanted: Test, shortest: float = 0.06) -> list[Points]:
    """Return the parts of a line where `wanted` holds, those shorter than `shortest` km left out."""
    fine = finer(points, 0.02)
    good = wanted(fine)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], good, [False]]).astype(np.int8)))
    runs = [fine[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 1]
    return [thinner(run) for run in runs if along(run)[-1] >= shortest]


def thinner(points: Points, off_km: float = _OFF_KM) -> Points:
    """Return the line without points that lie within `off_km` of the line without them."""
    return points[needed(points, off_km)]


def needed(points: Points, off_km: float) -> NDArray[np.bool_]:
    """Return which points a line needs to stay within `off_km` of itself (Douglas and Peucker 1973)."""
    keep = np.zeros(len(points), dtype=np.bool_)
    keep[[0, -1]] = True
    ahead = [(0, len(points) - 1)]
    while ahead:
        a, b = ahead.pop()
        if b - a < 2:  # Nothing between.
            continue
        chord = points[b] - points[a]
        length = float(np.hypot(*chord))
        rel = points[a + 1 : b] - points[a]
        off = np.abs(rel[:, 0] * chord[1] - rel[:, 1] * chord[0]) / length if length > 0 else np.hypot(*rel.T)
        far = int(off.argmax())
        if off[far] > off_km:
            keep[a + 1 + far] = True
            ahead += [(a, a + 1 + far), (a + 1 + far, b)]
    return keep


def beside(lines: Sequence[Line], km: float) -> Test:
    """Return a test of which points of a line run beside (near and parallel to) one of `lines`."""
    fine = [_without_ends(finer(line.points, 0.03), km) for line in lines]
    tree = cKDTree(np.vstack(fine))
    headings = np.concatenate([_headings(one) for one in fine])

    def test(points: Points) -> NDArray[np.bool_]:
        far, at = tree.query(points)
        turn = np.abs(np.sin(_headings(points) - headings[at]))
        found: NDArray[np.bool_] = (far < km) & (turn < 0.45)
        return found

    return test


def _without_ends(points: Points, km: float) -> Points:
    """Return the line without its first and last `km`, where another road may go on; a short line as it is."""
    gone = along(points)
    inner = points[(gone > km) & (gone < gone[-1] - km)]
    return inner if len(inner) > 2 else points


def _headings(points: Points) -> NDArray[np.float64]:
    """Return the direction at each point in radians."""
    steps = np.gradient(points, axis=0)
    return np.arctan2(steps[:, 1], steps[:, 0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Noded:
    """The lines with numbered points; equal numbers are one place."""

    lines: tuple[Line, ...]  # Their points replaced by those of `points`
    ptr: NDArray[np.int64]  # (lines + 1,)
    ref: NDArray[np.int64]  # (points,)
    points: Points


def noded(sheet: Sheet) -> Noded:
    """Return the lines cut where they cross, overhanging ends cut off, near crossings made one."""
    drawn = [finer(line.points if line.ramp or line.level else _longer(line.points)) for line in sheet.lines]
    owner = np.repeat(np.arange(len(drawn)), [len(one) - 1 for one in drawn])
    start, stop = np.vstack([one[:-1] for one in drawn]), np.vstack([one[1:] for one in drawn])
    first, second, t, u = _crossings(start, stop, owner, np.array([line.level for line in sheet.lines]))
    hit, share = np.concatenate([first, second]), np.concatenate([t, u])
    order = np.lexsort((share, hit))
    hit, share = hit[order], share[order]
    place = start[hit] + share[:, None] * (stop[hit] - start[hit])
    joints = cKDTree(sheet.joints) if sheet.joints else None
    base = np.concatenate([[0], np.cumsum([len(one) - 1 for one in drawn])])
    kept = []
    for line, one, low, high in zip(sheet.lines, drawn, base, base[1:], strict=False):
        own = slice(*np.searchsorted(hit, [low, high]))
        kept.append(_cut(line, one, hit[own] - low + share[own], place[own], joints))
    mark = np.concatenate([marked for _, marked in kept])
    points = np.vstack([one for one, _ in kept])
    ref = np.arange(len(points)) + len(points)
    places, where = _merged(points[mark])
    ref[mark] = where
    points[mark] = places[where]
    begins = np.concatenate([[0], np.cumsum([len(one) for one, _ in kept])])
    fresh = np.append(True, np.diff(ref) != 0)  # A crossing met twice in a row is one.
    fresh[begins[:-1]] = True
    return Noded(
        lines=tuple(sheet.lines), ptr=np.append(0, np.cumsum(fresh))[begins], ref=ref[fresh], points=points[fresh]
    )


def _cut(
    line: Line, drawn: Points, at: NDArray[np.float64], place: Points, joints: cKDTree | None
) -> tuple[Points, NDArray[np.bool_]]:
    """Return a line's points with its crossings (`at` so many steps along it) among them, and which those are."""
    rank = np.argsort(np.concatenate([np.arange(len(drawn)), at]), kind="stable")
    points = np.vstack([drawn, place])[rank]
    mark = rank >= len(drawn)
    if joints and (line.ramp or line.level):
        mark |= joints.query(points)[0] < 1e-6  # A millimetre.
    if not line.level:
        points, mark = _trimmed(points, mark, both=not line.ramp)
    mark[[0, -1]] = True
    return _plain(points, mark)


def _longer(points: Points) -> Points:
    """Return the line drawn on a little at both ends."""
    ahead = (points[-1] - points[-2]) / np.hypot(*(points[-1] - points[-2]))
    behind = (points[0] - points[1]) / np.hypot(*(points[0] - points[1]))
    return np.vstack([points[0] + REACH * behind, points, points[-1] + REACH * ahead])


def _crossings(
    start: Points, stop: Points, owner: NDArray[np.int64], level: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return which pieces cross which, and at what share of each."""
    cell = 1.2 * STEP
    low = np.floor(np.minimum(start, stop) / cell).astype(np.int64)
    high = np.floor(np.maximum(start, stop) / cell).astype(np.int64)
    keys, pieces = [], []
    for east in (0, 1):
        for north in (0, 1):
            there = (low[:, 0] + east <= high[:, 0]) & (low[:, 1] + north <= high[:, 1])
            keys.append((low[there, 0] + east) * 100_000 + low[there, 1] + north)
            pieces.append(np.flatnonzero(there))
    key, piece = np.concatenate(keys), np.concatenate(pieces)
    order = np.lexsort((piece, key))
    key, piece = key[order], piece[order]
    last = np.searchsorted(key, key, side="right")
    count = last - np.arange(len(key)) - 1
    one = np.repeat(np.arange(len(key)), count)
    two = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
    a, b = piece[one], piece[two]
    same_line_next = (owner[a] == owner[b]) & (np.abs(a - b) <= 1)
    some = (level[owner[a]] == level[owner[b]]) & ~same_line_next
    pair = np.unique(a[some] * len(start) + b[some])
    a, b = pair // len(start), pair % len(start)
    d, e, f = stop[a] - start[a], stop[b] - start[b], start[b] - start[a]
    cross = d[:, 0] * e[:, 1] - d[:, 1] * e[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (f[:, 0] * e[:, 1] - f[:, 1] * e[:, 0]) / cross
        u = (f[:, 0] * d[:, 1] - f[:, 1] * d[:, 0]) / cross
    met = (np.abs(cross) > 1e-12) & (t >= 0) & (t <= 1) & (u >= 0) & (u <= 1)
    return a[met], b[met], t[met], u[met]


def _trimmed(points: Points, mark: NDArray[np.bool_], *, both: bool) -> tuple[Points, NDArray[np.bool_]]:
    """Return the line without the ends that stick out beyond its first and last crossing by a little."""
    gone = along(points)
    at = np.flatnonzero(mark)
    if len(at) == 0:
        return points, mark
    near = 2.2 * REACH
    a = int(at[0]) if both and gone[at[0]] < near else 0
    b = int(at[-1]) if gone[-1] - gone[at[-1]] < near else len(points) - 1
    return (points[a : b + 1], mark[a : b + 1]) if b > a else (points, mark)


def _plain(points: Points, mark: NDArray[np.bool_]) -> tuple[Points, NDArray[np.bool_]]:
    """Return the line without needless points between its crossings."""
    keep = mark.copy()
    stops = np.flatnonzero(mark)
    apart = np.flatnonzero(np.diff(stops) > 1)  # Most crossings have nothing between them.
    for a, b in zip(stops[apart].tolist(), stops[apart + 1].tolist(), strict=True):
        keep[a : b + 1] |= needed(points[a : b + 1], _OFF_KM)
    return points[keep], mark[keep]


def _merged(points: Points) -> tuple[Points, NDArray[np.int64]]:
    """Return the places of points, near ones made one, and which place each point is at."""
    pairs = cKDTree(points).query_pairs(SAME, output_type="ndarray")
    graph = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(points), len(points)))
    count, where = connected_components(graph, directed=False)
    total = np.column_stack([np.bincount(where, points[:, axis], minlength=count) for axis in (0, 1)])
    return total / np.bincount(where, minlength=count)[:, None], where.astype(np.int64)

"""The county seat: an old grid around a square, quarters of curving streets around it, business parks, parks."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from goldenhour.roads.build.county.highways import COLLECTOR, STREET, Through, near_freeway
from goldenhour.roads.build.county.land import MILE, Land, Waves
from goldenhour.roads.build.county.names import TREES, ordinal, suburban
from goldenhour.roads.build.county.sheet import Points, Sheet, curve, finer, pieces_where

HALF = MILE / 2
_OLD = 0.47  # Up to this part of the town's reach lies the old grid.
_OUTLYING = 1.7
_SQUARE_KM = 0.72  # The railway's own slanting streets around the first square.
_SLANT = np.radians(-19.0)
_STREET_KM_PER_H, _COLLECTOR_KM_PER_H = 26.0, 34.0
_CELLS = 14  # Quarter sections looked at, each way from the square.


@dataclass(slots=True)
class Town:
    """The plan of the town, quarter section by quarter section."""

    land: Land
    roads: Through
    kinds: dict[tuple[int, int], str] = field(default_factory=dict)  # "old", "curved", "straight", "business", "park"
    map: NDArray[np.str_] = field(default_factory=lambda: np.zeros((2 * _CELLS, 2 * _CELLS), "U8"))
    parks: list[Points] = field(default_factory=list)  # Closed rings

    def dry(self, points: Points, river_km: float = 0.11) -> NDArray[np.bool_]:
        """Say where a town street may lie: not in water, not under the freeway."""
        clear = (self.land.river_km(points) > river_km) & (self.land.creek_km(points) > 0.05)
        off_freeway = np.abs(near_freeway(self.roads, points)) > 0.13
        return clear & off_freeway & ~self.land.in_lake(points)

    def kind(self, points: Points) -> NDArray[np.str_]:
        """Return the kind of quarter at each point, "" out of town."""
        cells = np.clip(np.floor(points / HALF).astype(int), -_CELLS, _CELLS - 1) + _CELLS
        found: NDArray[np.str_] = self.map[cells[:, 0], cells[:, 1]]
        return found


def plan(land: Land, roads: Through, rng: np.random.Generator) -> Town:
    """Return which quarter section is what."""
    town = Town(land=land, roads=roads)
    for a in range(-_CELLS, _CELLS):
        for b in range(-_CELLS, _CELLS):
            middle = np.array([[(a + 0.5) * HALF, (b + 0.5) * HALF]])
            out = float(land.spread(middle)[0])
            luck, rough = float(rng.random()), float(rng.normal(0, 0.05))
            if out < _OLD:
                town.kinds[a, b] = "old"
            elif out + rough < 1.0:
                business = 0.3 if abs(float(near_freeway(roads, middle)[0])) < 1.0 else 0.07
                open_land = 0.05 + 0.35 * max(out - 0.72, 0)
                edges = np.cumsum([open_land, business, 0.06, 0.13])
                kinds = ("", "business", "park", "straight", "curved")
                town.kinds[a, b] = kinds[int(np.searchsorted(edges, luck))]
            elif out < _OUTLYING and luck < 0.09 * (_OUTLYING - out) / (_OUTLYING - 1.0):
                town.kinds[a, b] = "curved"  # A subdivision out in the fields.
            town.map[a + _CELLS, b + _CELLS] = town.kinds.get((a, b), "")
    return town


def draw_town(sheet: Sheet, town: Town, rng: np.random.Generator) -> None:
    """Draw the town's streets; its arterials are the section roads."""
    _old_grid(sheet, town, rng)
    _square(sheet, town)
    _collectors(sheet, town, rng)
    names = suburban(rng)
    for (a, b), kind in sorted(town.kinds.items()):
        corner = np.array([a * HALF, b * HALF])
        if kind == "curved":
            _quarter(sheet, town, corner, rng, names, size=(10, 7), bend=0.05)
        elif kind == "straight":
            _quarter(sheet, town, corner, rng, names, size=(8, 5), bend=0.006)
        elif kind == "business":
            _quarter(sheet, town, corner, rng, names, size=(4, 4), bend=0.012)
        elif kind == "park":
            town.parks.append(town.land.bent(_rounded(corner + 0.07, HALF - 0.14, rng)))


def _rounded(corner: NDArray[np.float64], size: float, rng: np.random.Generator) -> Points:
    """Return a closed ring that fills a square, its corners rounded, its sides uneven."""
    angle = np.linspace(0, 2 * np.pi, 41)
    shape = (np.abs(np.cos(angle)) ** 5 + np.abs(np.sin(angle)) ** 5) ** (-1 / 5)
    uneven = 1 + 0.08 * np.sin(3 * angle + rng.uniform(0, 6)) + 0.04 * np.sin(5 * angle + rng.uniform(0, 6)) - 0.1
    ring: Points = (
        corner + size / 2 + (size / 2 * shape * uneven)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    )
    ring[-1] = ring[0]
    return ring


def _grounds(town: Town, rng: np.random.Generator) -> list[tuple[Points, Points]]:
    """Return the corners (low, high) of grounds without streets in the old grid; every other one is a park."""
    block = np.array([MILE / 8, MILE / 16])
    found = []
    for number in range(11):
        low = np.round(rng.uniform(-2.9, 2.9, 2) / (MILE / 8)) * (MILE / 8) + 0.02
        high = low + block * rng.integers(2, 4, 2) - 0.04
        if np.hypot(*((low + high) / 2)) > _SQUARE_KM + 0.5:
            found.append((low, high))
            if number % 2:
                town.parks.append(np.array([low, (high[0], low[1]), high, (low[0], high[1]), low]))
    return found


def _old_grid(sheet: Sheet, town: Town, rng: np.random.Generator) -> None:
    """Draw the streets of the old grid: eight blocks to the mile west to east, sixteen south to north."""
    grounds = _grounds(town, rng)

    def open_to(points: Points) -> NDArray[np.bool_]:
        good: NDArray[np.bool_] = (town.kind(points) == "old") & town.dry(points)
        good &= np.hypot(*points.T) > _SQUARE_KM - 0.04
        for low, high in grounds:
            good &= ~((points > low) & (points < high)).all(axis=1)
        return good

    for k in range(-64, 65):
        y, x = k * MILE / 16, k * MILE / 8
        lines = []
        if k % 8:  # The others are arterials and collectors.
            lines.append((f"{TREES[k % len(TREES)]} {'Street' if k > 0 else 'Avenue'}", [(-6.5, y), (6.5, y)]))
        if k % 4 and abs(x) < 6.5:
            lines.append((f"{ordinal(k + 41)} Street", [(x, -6.5), (x, 6.5)]))
        for name, ends in lines:
            for piece in pieces_where(np.array(ends), open_to, 0.15):
                sheet.draw(piece, road_class=STREET, km_per_h=_STREET_KM_PER_H, name=name)


def _square(sheet: Sheet, town: Town) -> None:
    """Draw the slanting streets around the square."""
    turn = np.array([[np.cos(_SLANT), np.sin(_SLANT)], [-np.sin(_SLANT), np.cos(_SLANT)]])
    words = ("Railroad", "Depot", "Water", "Front", "Main", "Court", "Market", "Church", "Mill", "Grain", "Union",
             "Bank", "College", "Hill")  # fmt: skip

    def within(points: Points) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = (np.hypot(*points.T) < _SQUARE_KM) & town.dry(points)
        return found

    for k in range(-7, 8):
        off = k * 0.108
        for along_first in (True, False):
            ends = np.array([[-0.9, off], [0.9, off]]) if along_first else np.array([[off, -0.9], [off, 0.9]])
            name = f"{words[(k + 7) % len(words)]} Street" if along_first else f"Old {ordinal(k + 8)} Street"
            for piece in pieces_where(ends @ turn, within, 0.1):
                sheet.draw(piece, road_class=STREET, km_per_h=20.0, name=name)


def _collectors(sheet: Sheet, town: Town, rng: np.random.Generator) -> None:
    """Draw the roads along the half miles."""
    names = ("Sheridan", "Calhoun", "Prospect", "Fairview", "Vine", "Highland", "Garfield", "Pioneer", "Normal",
             "Sumner", "Hazel", "Cornell", "Superior", "Adams", "Leighton", "Stockyard", "Randolph", "Capitol",
             "Rosa", "Granary", "Pershing", "Bluff", "Windmill")  # fmt: skip

    def built(points: Points) -> NDArray[np.bool_]:
        step = np.array([0.12, 0.12])
        sides = [town.kind(points + step * one) for one in ((1, 1), (-1, -1), (1, -1), (-1, 1))]
        found: NDArray[np.bool_] = np.any([side != "" for side in sides], axis=0) & town.dry(points, 0.09)
        return found

    for k in range(-_CELLS, _CELLS):
        if k % 2 == 0:
            continue
        for north in (True, False):
            off = k * HALF
            line = np.array([[off, -9.0], [off, 9.0]]) if north else np.array([[-9.0, off], [9.0, off]])
            name = f"{ordinal(4 * k + 41)} Street" if north else f"{names[k % len(names)]} Avenue"
            for piece in pieces_where(line, built, 0.3):
                for part in pieces_where(town.land.bent(finer(piece)), town.dry, 0.2):
                    if rng.random() < 0.93 or len(part) > 6:
                        sheet.draw(part, road_class=COLLECTOR, km_per_h=_COLLECTOR_KM_PER_H, name=name)


def _quarter(
    sheet: Sheet,
    town: Town,
    corner: NDArray[np.float64],
    rng: np.random.Generator,
    names: Iterator[tuple[str, str]],
    *,
    size: tuple[int, int],
    bend: float,
) -> None:
    """Draw a quarter section of streets: a lattice, bent, with edges left out so that loops and dead ends remain."""
    columns, rows = size if rng.random() < 0.5 else size[::-1]
    share = np.stack(np.meshgrid(np.arange(columns + 1) / columns, np.arange(rows + 1) / rows, indexing="ij"), axis=-1)
    waves = (Waves(rng, (bend, bend / 2), (0.8, 0.5)), Waves(rng, (bend, bend / 2), (0.8, 0.5)))
    flat = share.reshape(-1, 2)
    calm = np.sqrt(np.sin(np.pi * flat[:, 0]) * np.sin(np.pi * flat[:, 1])).clip(0)
    place = corner + HALF * flat
    jitter = rng.normal(0, 0.18 * bend, flat.shape)
    bent = place + calm[:, None] * (np.column_stack([wave.over(place) for wave in waves]) + jitter)
    at = town.land.bent(bent).reshape(columns + 1, rows + 1, 2)
    across, up = _kept_edges(columns, rows, rng, thin=bend > 0.03)
    for lattice, edges in ((at, across), (at.transpose(1, 0, 2), up.T)):
        for k in range(1, edges.shape[1]):
            on = np.concatenate([[False], edges[:, k], [False]]).astype(np.int8)
            stops = np.flatnonzero(np.diff(on))
            for a, b in zip(stops[::2], stops[1::2], strict=True):
                long, short = next(names)
                line = curve(lattice[a : b + 1, k].tolist(), 0.03)
                for piece in pieces_where(line, town.dry, 0.05):
                    name = long if b - a > 1 else short
                    sheet.draw(piece, road_class=STREET, km_per_h=_STREET_KM_PER_H, name=name)


def _kept_edges(
    columns: int, rows: int, rng: np.random.Generator, *, thin: bool
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which edges of a lattice remain: across (columns, rows + 1) and up (columns + 1, rows).

    The inner corners hang together by a random tree that likes to run along rows; some edges more make loops; a few
    edges lead out to the roads around. Without `thin` nearly all remain.
    """
    across, up = np.zeros((columns, rows + 1), np.bool_), np.zeros((columns + 1, rows), np.bool_)
    ways = [(float(rng.random()), i, j, 0) for i in range(1, columns - 1) for j in range(1, rows)]
    ways += [(float(rng.random()) + 0.45, i, j, 1) for i in range(1, columns) for j in range(1, rows - 1)]
    part = {(i, j): (i, j) for i in range(1, columns) for j in range(1, rows)}

    def root(corner: tuple[int, int]) -> tuple[int, int]:
        while part[corner] != corner:
            corner = part[corner]
        return corner

    for _, i, j, vertical in sorted(ways):
        a, b = root((i, j)), root((i, j + 1) if vertical else (i + 1, j))
        if a != b or rng.random() < (0.2 if thin else 0.88):
            part[a] = b
            (up if vertical else across)[i, j] = True
    gates = max(columns, rows) if not thin else 1 + int(rng.integers(2))
    for side in (0, -1):
        for j in rng.permutation(np.arange(1, rows))[:gates]:
            across[side, j] = True
        for i in rng.permutation(np.arange(1, columns))[:gates]:
            up[i, side] = True
    return across, up

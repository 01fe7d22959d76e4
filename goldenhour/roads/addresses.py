"""Where is it? Finding the place that a caller names: number and street, crossing, named place, or coordinates.

A street and number alone are no address: 12 Main Street may be in two towns, and then both are answered, each with its
town. What was typed may be misspelt, shortened or unfinished; nothing leaves the machine.

A region keeps its number ranges in addresses.csv, one block a line; crossings come from its roads, named places from
its hospitals, stations and places.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from goldenhour.errors import BadInput
from goldenhour.roads.network import Network

COLUMNS = ("street", "municipality", "zip", "low", "high", "parity", "line")
PARITIES = ("both", "even", "odd")
MOST = 12
_GOOD_ENOUGH = 62.0  # Of 100: below this a name is not what was meant.
_WORD_ENOUGH = 75.0  # The same for each word said of a place with a name of its own, and for a town.
_ENOUGH_TO_GUESS = 3  # Letters.
_NEAR_NUMBERS = 200  # A number that far outside a street's ranges is offered at the range's end, and said to be so.

# Ends and directions of street names, as people write them: long and short mean the same.
_SHORT = {
    "avenue": "ave", "boulevard": "blvd", "circle": "cir", "court": "ct", "drive": "dr", "expressway": "expy",
    "freeway": "fwy", "highway": "hwy", "lane": "ln", "parkway": "pkwy", "place": "pl", "plaza": "plz", "road": "rd",
    "square": "sq", "street": "st", "terrace": "ter", "trail": "trl", "north": "n", "south": "s", "east": "e",
    "west": "w", "saint": "st", "mount": "mt", "county": "co", "first": "1st", "second": "2nd", "third": "3rd",
    "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
    "av": "ave", "strt": "st", "str": "st",
}  # fmt: skip
_NUMBER = re.compile(r"^(\d{1,6})(?:\s*-\s*\d+|[a-z]|\s+1/2)?(?:\s+block(?:\s+of)?)?\s+(?=\S)", re.IGNORECASE)
_CROSSING = re.compile(r"\s+(?:&|and|at|x|/|corner of)\s+|\s*[&/]\s*", re.IGNORECASE)
_COORDINATES = re.compile(r"^\s*(?:geo:)?(-?\d{1,3}\.\d+)\s*[,;\s]\s*(-?\d{1,3}\.\d+)\s*$")
_PART = (  # Degrees, minutes, seconds.
    r"(-?\d{1,3}(?:\.\d+)?)\s*(?:[°d]\s*)?"
    r"(?:(\d{1,2}(?:\.\d+)?)\s*['\u2032m]?\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*[\"\u2033s]?\s*)?"
)
_DEGREES = re.compile(  # N 37 47.4 W 122 25.2, 37°47'24"N 122°25'12"W: as phones, ships and aircraft say it.
    rf"^\s*(?:([NS])\s*{_PART}|{_PART}([NS]))\s*[,;]?\s*(?:([EW])\s*{_PART}|{_PART}([EW]))\s*$", re.IGNORECASE
)
_ZIP = re.compile(r"^\d{5}(-\d{4})?$")
_APARTMENT = re.compile(
    r"[,\s]+(?:(?:apt|apartment|unit|suite|ste|floor|fl|room|rm|lot|bldg|building)\b\.?\s*#?|#)\s*(?:\d\w{0,5}|[a-z])\b",
    re.IGNORECASE,
)
_STATE = 2  # Letters.


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The numbers along one side, or both, of one block of a street."""

    street: str
    municipality: str = ""
    zip: str = ""
    low: int
    high: int
    parity: str = "both"
    line: tuple[tuple[float, float], ...]  # (lon, lat) from the lowest number to the highest.

    def __post_init__(self) -> None:
        if not self.street or self.parity not in PARITIES or not 0 < self.low <= self.high or not self.line:
            msg = f"{self.street or 'a street without a name'} {self.low}-{self.high} {self.parity}: not a block."
            raise ValueError(msg)

    def holds(self, number: int) -> bool:
        """Return whether a number lies in it."""
        return self.low <= number <= self.high and self.parity in {"both", ("even", "odd")[number % 2]}

    def place_of(self, number: int) -> tuple[float, float]:
        """Return (lon, lat) of a number, as far along the block as it lies between its lowest and highest."""
        line = np.array(self.line, np.float64)
        if len(line) == 1:
            return float(line[0, 0]), float(line[0, 1])
        share = (min(max(number, self.low), self.high) - self.low) / max(1, self.high - self.low)
        step = np.hypot(np.diff(line[:, 0]) * np.cos(np.radians(line[0, 1])), np.diff(line[:, 1]))
        along = np.concatenate([[0.0], np.cumsum(step)])
        at = share * along[-1]
        return float(np.interp(at, along, line[:, 0])), float(np.interp(at, along, line[:, 1]))

    def row(self) -> dict[str, str]:
        """Return it as a line of addresses.csv."""
        line = ";".join(f"{lon:.6f} {lat:.6f}" for lon, lat in self.line)
        numbers = {"low": str(self.low), "high": str(self.high), "parity": self.parity, "line": line}
        return {"street": self.street, "municipality": self.municipality, "zip": self.zip, **numbers}


def block_of(row: Mapping[str, str], *, where: str) -> Block:
    """Return a line of addresses.csv as a block.

    Raises:
        BadInput: a column is missing or a value is wrong.
    """
    try:
        line = tuple((float(lon), float(lat)) for lon, lat in (pair.split() for pair in row["line"].split(";")))
        return Block(
            street=row["street"],
            municipality=row["municipality"],
            zip=row["zip"],
            low=int(row["low"]),
            high=int(row["high"]),
            parity=row["parity"],
            line=line,
        )
    except (KeyError, ValueError) as wrong:
        what, do = f"This is not a block of addresses ({wrong}).", f"Give {', '.join(COLUMNS)}; see the region's docs."
        raise BadInput(code="address_row", what=what, do=do, where=where) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A place with a name of its own."""

    name: str
    kind: str  # hospital, station, place, ...
    lon: float
    lat: float
    municipality: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One place that may be meant."""

    kind: str  # address, street, crossing, place, coordinates
    label: str  # As it is read out: 12 Main Street, Wheatland.
    lon: float
    lat: float
    municipality: str = ""
    street: str = ""
    number: int | None = None
    exact: bool = True  # False: near it, and `note` says how.
    note: str = ""
    score: float = 100.0  # Of 100: how closely the names agree.


def said(text: str) -> str:
    """Return a name as it is compared: small letters, short forms, no marks.

    >>> said("North Main STREET"), said("ST. Mary's Ave."), said("03RD ST"), said("Peña-Blanca Rd")
    ('n main st', 'st marys ave', '3rd st', 'pena blanca rd')
    """
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    words = re.sub(r"[^\w\s]", "", re.sub(r"[-/]", " ", bare.casefold())).split()
    return " ".join(_SHORT.get(word, word.lstrip("0") or word) for word in words)


class _Asked(NamedTuple):
    """What was typed, taken apart."""

    text: str  # Without town, postal code and apartment.
    towns: frozenset[str]  # Any of these; empty for all.
    strange: str  # A town that is none here.
    apartment: str


class Gazetteer:
    """What a region knows by name."""

    def __init__(self, network: Network, blocks: Iterable[Block], named: Iterable[Named]) -> None:
        """Take what the region knows; the indexes are made at first use."""
        self._network = network
        self._blocks: defaultdict[tuple[str, str], list[Block]] = defaultdict(list)
        for block in blocks:
            self._blocks[said(block.street), block.municipality].append(block)
        self._named = tuple(named)

    @cached_property
    def _towns(self) -> dict[str, list[str]]:
        """By compared street name: the municipalities it runs through, "" where none is known."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for street, municipality in self._blocks:
            found[street].append(municipality)
        for name in self._network.streets:
            found.setdefault(said(name), [""])
        found.pop("", None)
        return {street: sorted(towns) for street, towns in found.items()}

    @cached_property
    def _spelt(self) -> dict[str, str]:
        """By compared street name: the name as it is written."""
        found = {said(name): name for name in self._network.streets}
        found.update({street: blocks[0].street for (street, _), blocks in self._blocks.items()})
        return found

    @cached_property
    def _streets(self) -> list[str]:
        return sorted(self._towns)

    @cached_property
    def _heads(self) -> list[str]:
        """Without their last word: people leave out whether it is a street or an avenue."""
        return [name.rpartition(" ")[0] or name for name in self._streets]

    @cached_property
    def _words(self) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
        """Return the words of named places, then for each place in turn which of them, and where each place begins."""
        words = [said(one.name).split() or [""] for one in self._named]
        known = {word: at for at, word in enumerate(sorted({word for own in words for word in own}))}
        flat = np.array([known[word] for own in words for word in own], np.int64)
        starts = np.cumsum([0, *(len(own) for own in words)][:-1] or [0])
        return list(known), flat, starts.astype(np.int64)

    @cached_property
    def _municipalities(self) -> dict[str, str]:
        return {said(town): town for _, town in self._blocks if town}

    @cached_property
    def _points(self) -> dict[str, tuple[NDArray[np.float64], list[str]]]:
        """By compared street name: the points of its blocks, (points, 2) lon and lat, and the town of each."""
        points: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
        towns: defaultdict[str, list[str]] = defaultdict(list)
        for (street, town), blocks in self._blocks.items():
            for block in blocks:
                points[street] += block.line
                towns[street] += [town] * len(block.line)
        return {street: (np.array(line, np.float64), towns[street]) for street, line in points.items()}

    @cached_property
    def _nodes(self) -> dict[str, NDArray[np.int64]]:
        """By compared street name: the corners on it."""
        network = self._network
        order = np.argsort(network.street, kind="stable")
        starts = np.searchsorted(network.street[order], np.arange(len(network.streets) + 1))
        found: dict[str, NDArray[np.int64]] = {}
        for index, name in enumerate(network.streets):
            arcs = order[starts[index] : starts[index + 1]]
            nodes = np.unique(np.concatenate([network.tail[arcs], network.head[arcs]])).astype(np.int64)
            key = said(name)
            found[key] = np.union1d(found[key], nodes) if key in found else nodes
        return found

    def warm(self) -> None:
        """Make the indexes now, so that nobody waits for them at the first key."""
        for text in ("1 main", "a & b", "hospital"):
            self.search(text)
        _ = self._points, self._corners

    @cached_property
    def _corners(self) -> tuple[NDArray[np.int64], dict[int, list[str]]]:
        """Return the nodes at which streets of different names meet, and their names as compared."""
        names: defaultdict[int, list[str]] = defaultdict(list)
        for street, nodes in self._nodes.items():
            if street:
                for node in nodes.tolist():
                    names[node].append(street)
        found = {node: own for node, own in names.items() if len(own) > 1}
        return np.array(sorted(found), np.int64), found

    def crossing_near(self, lon: float, lat: float, address: str = "") -> tuple[str, ...]:
        """Return the streets that cross there, as a station reads them: two at most, the nearest first.

        On a street that the address names they are those that cross it; else those of the nearest corner.
        """
        corners, names = self._corners
        if not len(corners):
            return ()
        network = self._network
        off = np.hypot(
            (network.node_lon[corners] - lon) * network.km_per_lon,
            (network.node_lat[corners] - lat) * network.km_per_lat,
        )
        near = corners[np.argsort(off, kind="stable")].tolist()
        own = said(_NUMBER.sub("", address.partition(",")[0]))
        on_it = [node for node in near if own in names[node]] if own else []
        streets = [name for node in (on_it or near[:1]) for name in names[node] if name != own]
        return tuple(self._spelt[name] for name in list(dict.fromkeys(streets))[:2])

    def search(self, text: str, *, most: int = MOST) -> list[Found]:
        """Return the places that may be meant, likeliest first.

        Args:
            text: what was typed so far: "1600 clay", "clay & polk", "st marys", "37.79,-122.42".
            most: at most so many.
        """
        text = " ".join(text.split())
        coordinates = _pair(text)
        if coordinates:
            return self._by_coordinates(*coordinates)
        if len(said(text)) < 2:  # noqa: PLR2004 -- One letter means nothing yet.
            return []
        asked = self._take_apart(text)
        found = self._named_so(asked.text, asked.towns) + self._places(text)
        if asked.strange:  # Never answered as if it had not been said: the call may be another center's.
            note = f'"{asked.strange}" is no town known here'
            found = [
                replace(one, exact=False, note="; ".join(filter(None, [note, one.note])), score=one.score - 6.0)
                if one.kind in {"address", "crossing", "street"}
                else one
                for one in found
            ]
        if asked.apartment:
            found = [
                replace(one, label=_label(f"{one.number} {one.street} {asked.apartment}", one.municipality))
                if one.kind == "address"
                else one
                for one in found
            ]
        found.sort(key=lambda one: (-one.score, not one.exact, one.label))
        return found[:most]

    def _named_so(self, text: str, towns: frozenset[str]) -> list[Found]:
        """Return crossings, numbers and whole streets of that name."""
        corner = [part for part in _CROSSING.split(text) if part]
        found = self._crossings(corner, towns) if len(corner) == 2 else []  # noqa: PLR2004 -- Two streets cross.
        number = _NUMBER.match(text)
        if number:
            found += self._numbered(int(number[1]), text[number.end() :], towns)
        if not found:
            found += self._whole_streets(text[number.end() :] if number else text, towns)
        return found

    def _by_coordinates(self, first: float, second: float) -> list[Found]:
        """Return the place of two numbers: latitude first as maps say it, or the other way where only that is here."""
        west, east = float(self._network.node_lon.min()), float(self._network.node_lon.max())
        south, north = float(self._network.node_lat.min()), float(self._network.node_lat.max())
        for lat, lon, note in ((first, second, ""), (second, first, "read as longitude, latitude")):
            if west - 1 <= lon <= east + 1 and south - 1 <= lat <= north + 1:
                label = f"{lat:.5f}, {lon:.5f}"
                return [Found(kind="coordinates", label=label, lon=lon, lat=lat, note=note)]
        return []

    def _take_apart(self, text: str) -> _Asked:
        """Return what was typed without its town, postal code and apartment, and these."""
        apartment = " ".join(one.strip(" ,") for one in _APARTMENT.findall(text))
        head, *rest = (part.strip() for part in _APARTMENT.sub("", text).split(","))
        tails = [" ".join(word for word in part.split() if not _ZIP.match(word)) for part in rest]
        towns: frozenset[str] = frozenset()
        strange = ""
        for tail in tails:
            if len(said(tail)) <= _STATE and said(tail) not in self._municipalities:
                continue  # A state, or a town of which too little is typed yet.
            found = self._towns_like(said(tail))
            towns |= found
            strange = strange or ("" if found else tail)
        if not rest:
            head, towns = self._town_at_end(head)
        return _Asked(head, towns, "" if towns else strange, apartment)

    def _towns_like(self, wanted: str) -> frozenset[str]:
        """Return the towns that may be meant: those that begin so, else the one that is like it."""
        begun = [town for name, town in self._municipalities.items() if name.startswith(wanted)]
        if begun or not self._municipalities:
            return frozenset(begun)
        best = process.extractOne(wanted, self._municipalities.keys(), scorer=fuzz.ratio, score_cutoff=_WORD_ENOUGH)
        return frozenset({self._municipalities[best[0]]}) if best else frozenset()

    def _town_at_end(self, text: str) -> tuple[str, frozenset[str]]:
        """Return the text without the town that it ends with, where no street begins like the whole of it."""
        number = _NUMBER.match(text)
        street = said(text[number.end() :] if number else text)
        if any(name.startswith(street) for name in self._streets):
            return text, frozenset()
        words = text.split()
        for count in range(1, min(3, len(words) - 1 - bool(number)) + 1):
            town = self._municipalities.get(said(" ".join(words[-count:])))
            if town:
                return " ".join(words[:-count]), frozenset({town})
        return text, frozenset()

    def _like(self, text: str, most: int) -> list[tuple[str, float]]:
        """Return the streets whose names are like this, with how much of 100."""
        wanted = said(text)
        if not wanted:
            return []
        table = {name: _begun(wanted, name) for name in self._streets if name.startswith(wanted)}
        if len(wanted) >= _ENOUGH_TO_GUESS and self._streets:
            closeness = self._closeness(wanted)
            for at in np.argsort(-closeness, kind="stable")[: 2 * most].tolist():
                if closeness[at] >= _GOOD_ENOUGH:
                    table.setdefault(self._streets[at], min(float(closeness[at]), 96.0))
        return sorted(table.items(), key=lambda one: (-one[1], len(one[0]), one[0]))[:most]

    def _closeness(self, wanted: str) -> NDArray[np.float64]:
        """Return how much each street's name agrees, of 100, (streets,).

        Letters swapped or missing, words turned round, an end left out or not typed yet.
        """

        def like(names: Sequence[str], scorer: Any = fuzz.ratio) -> NDArray[np.float64]:
            found: NDArray[np.float64] = process.cdist([wanted], names, scorer=scorer, dtype=np.float64)[0]
            return found

        streets = self._streets
        close = np.maximum(like(streets), 0.96 * like(self._heads))
        close = np.maximum(close, 0.94 * like([name[: len(wanted)] for name in streets]))
        if " " in wanted:
            close = np.maximum(close, like(streets, fuzz.token_sort_ratio))
        return close

    def _numbered(self, number: int, street: str, towns: frozenset[str]) -> list[Found]:
        found = []
        for name, score in self._like(street, MOST):
            for municipality in self._towns[name]:
                if towns and municipality not in towns:
                    continue
                blocks = self._blocks.get((name, municipality))
                if not blocks:
                    continue
                best = min(blocks, key=lambda one: (not one.holds(number), _beside(one, number), one.low))
                off = _beside(best, number)
                if off > _NEAR_NUMBERS:
                    continue
                lon, lat = best.place_of(number)
                exact = best.holds(number)
                note = "" if exact else f"no such number on record; nearest block {best.low} to {best.high}"
                found.append(
                    Found(
                        kind="address",
                        label=_label(f"{number} {best.street}", municipality),
                        lon=lon,
                        lat=lat,
                        municipality=municipality,
                        street=best.street,
                        number=number,
                        exact=exact,
                        note=note,
                        score=score if exact else score - 8.0,
                    )
                )
        return found

    def _crossings(self, streets: Sequence[str], towns: frozenset[str]) -> list[Found]:
        found = []
        for one, first in self._like(streets[0], 6):
            for other, second in self._like(streets[1], 6):
                if one == other:
                    continue
                both = np.intersect1d(self._nodes.get(one, _NONE), self._nodes.get(other, _NONE))
                for node in self._apart(both):
                    lon, lat = float(self._network.node_lon[node]), float(self._network.node_lat[node])
                    municipality = self._town_near(one, lon, lat)
                    if towns and municipality not in towns:
                        continue
                    label = _label(f"{self._spelt[one]} & {self._spelt[other]}", municipality)
                    score = min(first, second)
                    found.append(
                        Found(kind="crossing", label=label, lon=lon, lat=lat, municipality=municipality, score=score)
                    )
        return found

    def _apart(self, nodes: NDArray[np.int64]) -> list[int]:
        """Return corners that are not each other's: the two carriageways of one street cross another once."""
        kept: list[int] = []
        network = self._network
        for node in nodes.tolist():
            near = [
                one
                for one in kept
                if abs(network.node_lon[one] - network.node_lon[node]) * network.km_per_lon < _ONE_CORNER_KM
                and abs(network.node_lat[one] - network.node_lat[node]) * network.km_per_lat < _ONE_CORNER_KM
            ]
            if not near:
                kept.append(node)
        return kept

    def _town_near(self, street: str, lon: float, lat: float) -> str:
        """Return the town whose block of the street is nearest."""
        if street not in self._points:
            return ""
        points, towns = self._points[street]
        return towns[int(np.argmin(np.abs(points - (lon, lat)).sum(axis=1)))]

    def _places(self, text: str) -> list[Found]:
        """Return the places of whose names every word that was said is one."""
        wanted = said(text).split()
        if len("".join(wanted)) < _ENOUGH_TO_GUESS or not self._named:
            return []
        words, flat, starts = self._words
        close: NDArray[np.float64] = process.cdist(wanted, words, scorer=fuzz.ratio, dtype=np.float64)
        for at, word in enumerate(wanted):
            for other, known in enumerate(words):
                if known.startswith(word):
                    close[at, other] = max(close[at, other], 96.0)
        best = np.maximum.reduceat(close[:, flat], starts, axis=1)  # (words said, places)
        lengths = np.diff(np.append(starts, len(flat)))
        score = best.mean(axis=0) - np.minimum(np.maximum(lengths - len(wanted), 0), 10)
        fitting = np.flatnonzero(best.min(axis=0) >= _WORD_ENOUGH)
        order = fitting[np.argsort(-score[fitting], kind="stable")][:MOST]
        return [
            Found(
                kind="place",
                label=_label(one.name, one.municipality),
                lon=one.lon,
                lat=one.lat,
                municipality=one.municipality,
                note=one.kind,
                score=min(float(score[at]), 99.0),
            )
            for at in order.tolist()
            for one in [self._named[at]]
        ]

    def _whole_streets(self, text: str, towns: frozenset[str]) -> list[Found]:
        """Return streets without a number: their middle corner, as a place to start from."""
        found = []
        for name, score in self._like(text, MOST):
            nodes = self._nodes.get(name)
            for municipality in self._towns[name]:
                if towns and municipality not in towns:
                    continue
                blocks = self._blocks.get((name, municipality))
                if blocks:
                    middle = blocks[len(blocks) // 2]
                    lon, lat = middle.place_of(middle.low)
                elif nodes is not None and len(nodes):
                    node = int(nodes[len(nodes) // 2])
                    lon, lat = float(self._network.node_lon[node]), float(self._network.node_lat[node])
                else:
                    continue
                found.append(
                    Found(
                        kind="street",
                        label=_label(self._spelt[name], municipality),
                        lon=lon,
                        lat=lat,
                        municipality=municipality,
                        street=self._spelt[name],
                        exact=False,
                        note="the street's middle: ask for the number or the nearest crossing",
                        score=score - 4.0,
                    )
                )
        return found

    def ambiguous(self, found: Sequence[Found]) -> bool:
        """Return whether among the likeliest answers the same words stand for different towns: ask which one."""
        towns: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for one in found:
            if one.score >= found[0].score - 1.0:
                name = one.label.removesuffix(f", {one.municipality}")
                towns[one.kind, said(name)].add(one.municipality)
        return any(len(one) > 1 for one in towns.values())


_NONE = np.empty(0, np.int64)
_ONE_CORNER_KM = 0.06


def _pair(text: str) -> tuple[float, float] | None:
    """Return two numbers that are coordinates, latitude first where it is said which is which."""
    plain = _COORDINATES.match(text)
    if plain:
        return float(plain[1]), float(plain[2])
    turned = _DEGREES.match(text)
    if not turned:
        return None
    parts = turned.groups()
    values = []
    for before, after in ((parts[0:4], parts[4:8]), (parts[8:12], parts[12:16])):
        side, numbers = (before[0], before[1:]) if before[0] else (after[3], after[:3])
        degrees, minutes, seconds = (float(one or 0) for one in numbers)
        value = abs(degrees) + minutes / 60 + seconds / 3600
        values.append(-value if str(side).upper() in "SW" else value)
    return values[0], values[1]


def _begun(wanted: str, name: str) -> float:
    """Return how much a name that begins as wanted agrees: whole, but for its last word, or only so far."""
    if name == wanted:
        return 100.0
    return 98.5 if name.rpartition(" ")[0] == wanted else 97.0


def _beside(block: Block, number: int) -> int:
    """Return by how many numbers a number lies outside a block."""
    return max(block.low - number, number - block.high, 0)


def _label(name: str, municipality: str) -> str:
    return f"{name}, {municipality}" if municipality else name

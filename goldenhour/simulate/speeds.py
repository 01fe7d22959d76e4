"""Speeds fitted to a record: how fast each class of road is driven, by units whose starting place is known.

A unit posted at a station is sent from there more often than not. Its travel time is taken as a part that does not grow
with distance (pulling out, the last steps, the button) plus the time on the road:

    travel_s = extra_s + pace * sum over classes of (km of the class * pace of the class)

The pace of a class leans towards the one it had before, the more the fewer kilometres were driven on it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import lsq_linear

from goldenhour.roads.classes import ROAD_CLASSES
from goldenhour.roads.region import Region
from goldenhour.simulate.record import Record, home_of

LEAST_TRIPS = 100
_LEAST_S, _MOST_S = 20.0, 1800.0  # Shorter: the button was pressed late; longer: it did not come from its station.
_HUBER_S = 45.0
_ROUNDS = 15
_LEAN_KM = 60.0  # A class driven this far in all is trusted half.
_FASTEST, _SLOWEST = 0.4, 2.5  # Of a class's pace, relative to the others.
_LEAST_EXTRA_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trips:
    """Trips from a known start. Arrays are (trips,) but `class_s`."""

    travel_s: NDArray[np.float64]  # As recorded.
    class_s: NDArray[np.float64]  # (trips, classes) seconds on each class of road in the metric, by the speeds so far
    off_road_s: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What was fitted: new time over old, by class; the part that does not grow with distance."""

    by_class: NDArray[np.float64]  # (classes,)
    extra_s: float
    trips: int


def class_name(road_class: int) -> str:
    """Return what a class of road is called."""
    return ROAD_CLASSES[road_class].key


def trips_of(region: Region, record: Record, rows: NDArray[np.bool_], metric: int) -> Trips:
    """Return the trips of some rows: from the unit's station to the call, along the fastest way of the metric."""
    places = {row["id"]: (int(row["node"]), float(row["off_road_km"])) for row in region.table("stations")}
    homes = {unit: home_of(record, unit, frozenset(places)) for unit in np.unique(record.unit[rows]).tolist()}
    speed = region.settings["off_road_km_per_h"][region.metrics[metric].mode]
    travel = record.interval_s("travel")
    good = rows & (travel >= _LEAST_S) & (travel <= _MOST_S)
    network, roads = region.network, region.roads
    arc_of = {
        (int(tail), int(head)): arc for arc, (tail, head) in enumerate(zip(network.tail, network.head, strict=True))
    }
    classes = int(network.road_class.max()) + 1
    travel_s, class_s, off_s = [], [], []
    calls = record.calls
    for row in np.flatnonzero(good).tolist():
        home = places.get(homes[str(record.unit[row])])
        if home is None:
            continue
        call = int(record.call[row])
        place = roads.place(float(calls.lon[call]), float(calls.lat[call]))
        route = roads.route(home[0], place.node, metric)
        if route is None:
            continue
        spent = np.zeros(classes)
        for tail, head, us in zip(
            route.nodes[:-1].tolist(), route.nodes[1:].tolist(), np.diff(route.at_us).tolist(), strict=True
        ):
            spent[network.road_class[arc_of[tail, head]]] += us / 1e6
        travel_s.append(float(travel[row]))
        class_s.append(spent)
        off_s.append((home[1] + place.off_road_km) / speed * 3600.0)
    return Trips(
        travel_s=np.array(travel_s), class_s=np.array(class_s).reshape(-1, classes), off_road_s=np.array(off_s)
    )


def fit_pace(trips: Trips, class_km: NDArray[np.float64]) -> Pace:
    """Return the pace that explains the trips best, by Huber's loss (outliers count less than squared).

    Args:
        trips: from a known start.
        class_km: (classes,) driven in all on each class, which says how far it is trusted.

    Source: Huber (1964), Annals of Mathematical Statistics 35, by iteratively reweighted least squares.
    """
    y = trips.travel_s - trips.off_road_s
    total = trips.class_s.sum(axis=1)
    extra, pace = _line(total, y)
    trust = class_km / (class_km + _LEAN_KM)
    factor = np.ones(trips.class_s.shape[1])
    driven = np.flatnonzero(trust > 0)
    weight = np.ones(len(y))
    for _ in range(_ROUNDS):
        design = np.column_stack([np.ones(len(y)), trips.class_s[:, driven] * pace])
        lean = np.diag([0.0, *(np.sqrt((1 - trust[driven]) / trust[driven] * len(y)) * 10.0)])[1:]
        root = np.sqrt(weight)
        left = np.vstack([design * root[:, None], lean])
        right = np.concatenate([y * root, lean.sum(axis=1)])
        bounds = (np.r_[_LEAST_EXTRA_S, np.full(len(driven), _FASTEST)], np.r_[600.0, np.full(len(driven), _SLOWEST)])
        found = lsq_linear(left, right, bounds=bounds).x
        extra, factor[driven] = float(found[0]), found[1:]
        rest = np.abs(y - design @ found)
        weight = np.minimum(1.0, _HUBER_S / np.maximum(rest, 1e-9))
    return Pace(by_class=factor * pace, extra_s=extra, trips=len(y))


def _line(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[float, float]:
    """Return intercept and slope of a line by Huber's loss, both positive."""
    weight = np.ones(len(y))
    intercept, slope = 0.0, 1.0
    for _ in range(_ROUNDS):
        root = np.sqrt(weight)
        left = np.column_stack([root, x * root])
        intercept, slope = lsq_linear(left, y * root, bounds=([_LEAST_EXTRA_S, 0.2], [600.0, 5.0])).x
        weight = np.minimum(1.0, _HUBER_S / np.maximum(np.abs(y - intercept - slope * x), 1e-9))
    return float(intercept), float(slope)

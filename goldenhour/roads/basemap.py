"""The base map that the board draws: a region's own roads as GeoJSON lines, one feature a class and street name."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenhour.roads.classes import ROAD_CLASSES
from goldenhour.roads.network import Network

_DECIMALS = 5  # About a metre.


def one_way_round(network: Network) -> NDArray[np.int64]:
    """Return one arc of each street: of two that run there and back, the one with the lower index, shape (streets,)."""
    low, high = np.minimum(network.tail, network.head), np.maximum(network.tail, network.head)
    key = np.column_stack([low, high, np.rint(network.length_m * 10)]).astype(np.int64)
    _, first = np.unique(key, axis=0, return_index=True)
    return np.sort(first)


def roads_geojson(network: Network) -> dict[str, Any]:
    """Return the roads as a GeoJSON FeatureCollection with the properties `class` and `name`."""
    groups: dict[tuple[int, int], list[int]] = {}
    for arc in one_way_round(network).tolist():
        groups.setdefault((int(network.road_class[arc]), int(network.street[arc])), []).append(arc)
    shown = np.round(np.column_stack([network.node_lon, network.node_lat]), _DECIMALS).tolist()
    shapes = np.round(np.column_stack([network.shape_lon, network.shape_lat]), _DECIMALS).tolist()
    features = []
    for (road_class, street), arcs in sorted(groups.items()):
        lines = _lines(network, arcs, shown, shapes)
        features.append(
            {
                "type": "Feature",
                "properties": {
                    "class": ROAD_CLASSES[road_class].key,
                    "name": network.streets[street] if street >= 0 else "",
                },
                "geometry": {"type": "MultiLineString", "coordinates": lines},
            }
        )
    return {"type": "FeatureCollection", "features": features}


def _lines(
    network: Network, arcs: list[int], shown: list[list[float]], shapes: list[list[float]]
) -> list[list[list[float]]]:
    """Return the arcs as lines, joined where one goes on where another ended."""
    ends: dict[int, list[int]] = {}
    for arc in arcs:
        ends.setdefault(int(network.tail[arc]), []).append(arc)
        ends.setdefault(int(network.head[arc]), []).append(arc)
    done: set[int] = set()
    lines = []
    # Begin at dead ends and forks of the street, so that what lies between them is one line each.
    for arc in sorted(arcs, key=lambda one: (len(ends[int(network.tail[one])]) == 2, one)):  # noqa: PLR2004 -- Goes on.
        if arc in done:
            continue
        at = int(network.tail[arc])
        line = [shown[at]]
        ahead: int | None = arc
        while ahead is not None:
            done.add(ahead)
            between = shapes[network.shape_ptr[ahead] : network.shape_ptr[ahead + 1]]
            forward = int(network.tail[ahead]) == at
            at = int(network.head[ahead] if forward else network.tail[ahead])
            line += [*(between if forward else between[::-1]), shown[at]]
            ahead = next((one for one in ends[at] if one not in done), None)
        lines.append(line)
    return lines

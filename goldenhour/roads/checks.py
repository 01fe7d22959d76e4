"""What must hold of a draft before it becomes a region. Wrong is refused; odd is reported in words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from goldenhour.errors import BadInput
from goldenhour.roads.draft import HOSPITAL_COLUMNS, STATION_COLUMNS, UNIT_COLUMNS, Draft
from goldenhour.roads.network import UNREACHABLE_US, Network
from goldenhour.roads.snap import snap

FAR_KM = 50.0  # A place this far from every road is in another region, or its coordinates are wrong.
MAIN_SHARE = 0.5  # Less than this share of the nodes in the largest part: the roads are in pieces.
Rows = tuple[dict[str, str], ...]


def check_network(network: Network) -> None:
    """Refuse arrays that do not fit together, unknown nodes, and times that are not times."""
    if not network.nodes or not network.arcs:
        raise BadInput(code="no_roads", what="There are no roads.", do="Check the source's road files.")
    ends = np.concatenate([network.tail, network.head])
    if ends.min() < 0 or ends.max() >= network.nodes:
        raise BadInput(code="unknown_node", what="An arc ends at a node that does not exist.", do="Check the arcs.")
    if network.time_us.shape[1:] != network.tail.shape or len(network.time_us) == 0:
        raise BadInput(code="no_times", what="The arcs have no travel times.", do="Give one time an arc and metric.")
    if network.time_us.min() < 0 or network.time_us.max() > UNREACHABLE_US:
        raise BadInput(code="bad_time", what="A travel time is negative.", do="Give times in microseconds.")
    if not (np.isfinite(network.node_lon).all() and np.isfinite(network.node_lat).all()):
        raise BadInput(code="bad_position", what="A node has no position.", do="Give each node longitude and latitude.")


def main_part(network: Network) -> NDArray[np.bool_]:
    """Return which nodes belong to the largest part where every node reaches every other, shape (nodes,)."""
    # Takes a third of a second to load, and only who builds a region needs it.
    from scipy.sparse import coo_array  # noqa: PLC0415
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    open_arcs = (network.time_us < UNREACHABLE_US).all(axis=0)
    tail, head = network.tail[open_arcs], network.head[open_arcs]
    shape = (network.nodes, network.nodes)
    graph = coo_array((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=shape).tocsr()
    _, part = connected_components(graph, directed=True, connection="strong")
    found: NDArray[np.bool_] = part == np.bincount(part).argmax()
    return found


def refuse_pieces(main: int, nodes: int) -> None:
    """Refuse roads whose largest part holds fewer than MAIN_SHARE of all nodes."""
    if main < MAIN_SHARE * nodes:
        raise BadInput(
            code="disconnected",
            what=f"The roads are in pieces: the largest part where one can drive from anywhere to anywhere holds "
            f"{main:,} of {nodes:,} nodes.",
            do="Check one-way directions and that streets which meet share a node.",
        )


def reachable(draft: Draft) -> tuple[Draft, list[str]]:
    """Return the draft with access only where a vehicle can also get away again, and what was found, in words."""
    network = draft.network
    main = main_part(network)
    refuse_pieces(int(main.sum()), network.nodes)
    outside = int((~main).sum())
    said = []
    if outside:
        said.append(
            f"{outside:,} of {network.nodes:,} nodes cannot be reached from the rest and back: "
            "no place joins the roads there."
        )
    access = network.off_road & main
    if not access.any():
        raise BadInput(code="no_access", what="No node has off-road access.", do="Mark the nodes that places may join.")
    return replace(draft, network=replace(network, off_road=access)), said


def check_rows(draft: Draft) -> None:
    """Refuse rows without their columns, ids that are there twice, units without a station."""
    for what, rows, columns in (
        ("station", draft.stations, STATION_COLUMNS),
        ("hospital", draft.hospitals, HOSPITAL_COLUMNS),
        ("unit", draft.units, UNIT_COLUMNS),
    ):
        seen: set[str] = set()
        for row in rows:
            missing = [column for column in columns if column not in row]
            if missing:
                raise BadInput(code="missing_column", what=f"A {what} has no {missing[0]}.", do="Give every column.")
            if not row["id"] or row["id"] in seen:
                raise BadInput(
                    code="duplicate_id", what=f"Two {what}s have the id {row['id']!r}.", do="Give each its own id."
                )
            seen.add(row["id"])
    posts = {row["id"] for row in draft.stations}
    for row in draft.units:
        if row["station"] not in posts:
            what = f"Unit {row['id']} is posted at {row['station']!r}, which is no station."
            raise BadInput(code="unknown_station", what=what, do="Name one of the stations' ids.")


def _degrees(row: Mapping[str, str], what: str) -> tuple[float, float]:
    """Return a place's longitude and latitude."""
    try:
        lon, lat = float(row["lon"]), float(row["lat"])
    except ValueError:
        lon = lat = float("nan")
    if not (abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004 -- Degrees. Also refuses NaN.
        shown = f"{what} {row['id']} lies at longitude {row['lon']!r}, latitude {row['lat']!r}."
        raise BadInput(code="bad_position", what=shown, do="Check that the two are not swapped, and are in degrees.")
    return lon, lat


def snap_rows(draft: Draft, rows: Sequence[Mapping[str, str]], what: str) -> tuple[Rows, list[str]]:
    """Return the rows with `node` and `off_road_km`, and those far from a road, in words."""
    if not rows:
        return (), []
    lon, lat = (np.array(axis) for axis in zip(*(_degrees(row, what) for row in rows), strict=True))
    node, km = snap(draft.network, lon, lat)
    if km.min() > FAR_KM:
        swapped = snap(draft.network, lat, lon)[1].min() < FAR_KM
        raise BadInput(
            code="swapped" if swapped else "far_away",
            what=f"Every {what} is more than {FAR_KM:.0f} km from every road"
            + (", and would be on the roads if longitude and latitude were swapped." if swapped else "."),
            do="Swap the two columns." if swapped else "Check that the places and the roads are of one region.",
        )
    done, said = [], []
    for row, at, off in zip(rows, node.tolist(), km.tolist(), strict=True):
        if off > FAR_KM:
            raise BadInput(
                code="far_away",
                what=f"{what} {row['id']} ({row['name']}) is {off:,.0f} km from the nearest road.",
                do="Check its longitude and latitude.",
            )
        if off > draft.far_from_road_km:
            said.append(
                f"{what} {row['id']} ({row['name']}) is {off:.2f} km from the nearest road that can be reached: "
                "check its position."
            )
        done.append({**row, "node": str(at), "off_road_km": repr(off)})
    return tuple(done), said


def check_placed(row: Mapping[str, str], nodes: int, *, where: str) -> None:
    """Refuse a row of a region's stations or hospitals whose place on the roads is none.

    Raises:
        BadInput: longitude, latitude, node or off_road_km cannot be; it says where.
    """
    for column, low, high in (("lon", -180, 180), ("lat", -90, 90), ("off_road_km", 0, 2e4), ("node", 0, nodes - 1)):
        try:
            fits = low <= (int if column == "node" else float)(row[column]) <= high
        except ValueError:
            fits = False
        if not fits:
            raise BadInput(
                code="bad_place",
                what=f"{column} is {row[column]!r}.",
                do=f"Give a {'whole ' if column == 'node' else ''}number from {low:g} to {high:g}, "
                "or build the region anew (goldenhour region build).",
                where=where,
            )

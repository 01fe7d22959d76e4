"""A region: one place with its roads, posts, hospital doors, units, demand and the draws of its service.

A builder (`roads.build.*`) returns a `Draft`; `write` snaps its places to roads, checks everything, builds the
hierarchy and the tables, and puts the folder in place in one rename, so a half-built region never exists; `load` opens
it with its arrays mapped. The same draft gives the same bytes.

    REGION/region.toml     names, metrics, policy, sources, licences, the build report (`warnings`), and the size and
                           SHA-256 of each array file
    REGION/roads/*.npy     the arrays of `Network`, and streets.txt (one name a line)
    REGION/hierarchy/      the contraction hierarchy with its customised metrics, see roads.hierarchy
    REGION/tables/*.npy    place_node (places,): sorted nodes that hold a station or a hospital;
                           from_us (metrics, places, nodes): place to node; to_us (metrics, places, nodes): node to
                           place; int64 microseconds on roads, off-road ends not included
    REGION/stations.csv    id,name,lon,lat,agency,kind,node,off_road_km
    REGION/hospitals.csv   id,name,lon,lat,kind,capabilities,beds,node,off_road_km
    REGION/units.csv       id,call_sign,agency,type,station,crew,levels,skills,can_transport,turnout_s,shifts
    REGION/addresses.csv   street,municipality,zip,low,high,parity,line: numbers, see roads.addresses; may be absent
    REGION/demand/*.npy    lon, lat, node, off_road_km, weight (points,); profile (168,) hour-of-week share, mean 1
    REGION/service.toml    the service's draws, see simulate.service
    REGION/map/*.geojson   the base map: roads, and where known areas (water, green) and places (names)

The CSV and TOML files are for people to change; the arrays are guarded by their checksums.
"""

import json
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenhour.errors import BadInput, NotFound
from goldenhour.roads import addresses, checks, hierarchy
from goldenhour.roads.addresses import Block, Gazetteer, Named, block_of
from goldenhour.roads.basemap import roads_geojson
from goldenhour.roads.draft import HOSPITAL_COLUMNS, STATION_COLUMNS, UNIT_COLUMNS, Demand, Draft, Input, Metric
from goldenhour.roads.network import Network
from goldenhour.roads.region_files import (
    SETTINGS,
    check_files,
    checksums,
    damaged,
    load_array,
    load_rows,
    load_toml,
    replacing,
    save_array,
    save_rows,
    save_toml,
)
from goldenhour.roads.settings import check_settings
from goldenhour.roads.snap import snap
from goldenhour.roads.times import Roads

__all__ = ["FORMAT", "Demand", "Draft", "Input", "Metric", "Region", "draft_of", "load", "write"]

FORMAT = 1
ADDRESSES = "addresses.csv"
PLACED = ("node", "off_road_km")
_COLUMNS = {
    "stations": STATION_COLUMNS + PLACED,
    "hospitals": HOSPITAL_COLUMNS + PLACED,
    "units": UNIT_COLUMNS,
}
_NETWORK_ARRAYS = (
    "node_lon",
    "node_lat",
    "off_road",
    "tail",
    "head",
    "length_m",
    "road_class",
    "time_us",
    "street",
    "shape_ptr",
    "shape_lon",
    "shape_lat",
)
_DEMAND_ARRAYS = ("lon", "lat", "weight", "profile", "node", "off_road_km")


@dataclass(frozen=True, kw_only=True)
class Region:
    """A region, opened. Arrays are mapped, not read."""

    folder: Path
    name: str
    kind: str
    time_zone: str
    settings: dict[str, Any]  # region.toml
    network: Network
    demand: Demand | None

    def table(self, name: str) -> list[dict[str, str]]:
        """Return the rows of "stations", "hospitals" or "units".

        Raises:
            BadInput: the table lacks a column, or a place in it is none.
        """
        rows = load_rows(self.folder / f"{name}.csv", _COLUMNS[name])
        if name != "units":
            for line, row in enumerate(rows, start=2):
                checks.check_placed(row, self.network.nodes, where=f"{self.folder / name}.csv, line {line}")
        return rows

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Return the metrics, in the order of network.time_us."""
        return tuple(
            Metric(
                id=row["id"],
                mode=row["mode"],
                hours=(row["hours"][0], row["hours"][1]) if "hours" in row else None,
                days=row.get("days", ""),
            )
            for row in self.settings["metric"]
        )

    @property
    def service(self) -> dict[str, Any]:
        """Return service.toml."""
        return load_toml(self.folder / "service.toml")

    @cached_property
    def roads(self) -> Roads:
        """Return exact travel times on the network."""
        made = hierarchy.load(self.folder / "hierarchy")
        return Roads(self.network, made, self.metrics, self.settings["off_road_km_per_h"])

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Return the number ranges of its streets, none where its source has none.

        Raises:
            BadInput: addresses.csv is wrong; it says in which line.
        """
        file = self.folder / ADDRESSES
        if not file.is_file():
            return ()
        rows = load_rows(file, addresses.COLUMNS)
        return tuple(block_of(row, where=f"{file}, line {line}") for line, row in enumerate(rows, start=2))

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Return what can be found here by name."""
        named = [
            Named(name=row["name"], kind=kind, lon=float(row["lon"]), lat=float(row["lat"]))
            for kind in ("hospital", "station")
            for row in self.table(f"{kind}s")
        ]
        file = self.folder / "map" / "places.geojson"
        for feature in json.loads(file.read_text(encoding="utf-8"))["features"] if file.is_file() else ():
            lon, lat = feature["geometry"]["coordinates"]
            named.append(Named(name=feature["properties"]["name"], kind="place", lon=lon, lat=lat))
        return Gazetteer(self.network, self.blocks, named)

    def place_tables(self) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
        """Return place_node (places,), from_us and to_us (metrics, places, nodes), see the folder's description."""
        folder = self.folder / "tables"
        return (
            load_array(folder / "place_node.npy"),
            load_array(folder / "from_us.npy"),
            load_array(folder / "to_us.npy"),
        )


def write(draft: Draft, folder: Path) -> Region:
    """Check the draft, write it as a region folder (one rename at the end) and return it loaded.

    Raises:
        BadInput: a row is wrong, a unit has no station, the roads are in pieces, coordinates are swapped.
        Refused: `folder` exists and is not a region.
    """
    checks.check_network(draft.network)
    checks.check_rows(draft)
    draft, report = checks.reachable(draft)
    stations, far_stations = checks.snap_rows(draft, draft.stations, "station")
    hospitals, far_hospitals = checks.snap_rows(draft, draft.hospitals, "hospital")
    demand = _placed(draft.network, draft.demand)
    said = list(dict.fromkeys([*draft.warnings, *report, *far_stations, *far_hospitals]))
    with replacing(folder) as fresh:
        _save_network(fresh / "roads", draft.network)
        made = hierarchy.build(draft.network)
        hierarchy.save(made, fresh / "hierarchy")
        _save_tables(fresh / "tables", Roads(draft.network, made), [int(row["node"]) for row in stations + hospitals])
        save_rows(fresh / "stations.csv", stations, STATION_COLUMNS + PLACED)
        save_rows(fresh / "hospitals.csv", hospitals, HOSPITAL_COLUMNS + PLACED)
        save_rows(fresh / "units.csv", draft.units, UNIT_COLUMNS)
        if draft.blocks:
            save_rows(fresh / ADDRESSES, [block.row() for block in draft.blocks], addresses.COLUMNS)
        if demand:
            for name in _DEMAND_ARRAYS:
                save_array(fresh / "demand" / f"{name}.npy", getattr(demand, name))
        save_toml(fresh / "service.toml", draft.service)
        (fresh / "map").mkdir()
        for layer, content in {**draft.layers, "roads": roads_geojson(draft.network)}.items():
            shown = json.dumps(content, separators=(",", ":"), ensure_ascii=False)
            (fresh / "map" / f"{layer}.geojson").write_text(shown, encoding="utf-8")
        save_toml(fresh / SETTINGS, _settings(draft, said) | {"file": checksums(fresh)})
    return load(folder)


def load(folder: Path) -> Region:
    """Open a region.

    Raises:
        NotFound: there is no region at `folder`.
        BadInput: a file of it is missing, cut short or changed, or it was made by another version.
    """
    if not (folder / SETTINGS).is_file():
        raise NotFound(
            code="no_region",
            what=f"There is no region at {folder}.",
            do=f"Build one: goldenhour region build KIND SOURCE -o {folder}",
        )
    settings = load_toml(folder / SETTINGS)
    if settings.get("format") != FORMAT:
        raise BadInput(
            code="other_format",
            what=f"The region has format {settings.get('format')}; this program reads {FORMAT}.",
            do="Build it anew (goldenhour region build).",
            where=str(folder),
        )
    check_settings(settings, str(folder / SETTINGS))
    check_files(folder, settings["file"])
    demand = None
    if (folder / "demand").is_dir() and "demand" not in settings:
        raise damaged(folder / SETTINGS, "has no [demand]: cell_lon and cell_lat")
    if (folder / "demand").is_dir():
        arrays = {name: load_array(folder / "demand" / f"{name}.npy") for name in _DEMAND_ARRAYS}
        demand = Demand(**arrays, cell_lon=settings["demand"]["cell_lon"], cell_lat=settings["demand"]["cell_lat"])
    return Region(
        folder=folder,
        name=settings["name"],
        kind=settings["kind"],
        time_zone=settings["time_zone"],
        settings=settings,
        network=_load_network(folder / "roads", settings),
        demand=demand,
    )


def draft_of(region: Region) -> Draft:
    """Return the draft that writes this region again, for instance with other times."""
    settings = region.settings
    return Draft(
        name=region.name,
        kind=region.kind,
        time_zone=region.time_zone,
        jurisdiction=settings["jurisdiction"],
        network=region.network,
        metrics=region.metrics,
        off_road_km_per_h=settings["off_road_km_per_h"],
        mode_of_priority={int(priority): mode for priority, mode in settings["mode_of_priority"].items()},
        transport_mode=settings["transport_mode"],
        stations=tuple(region.table("stations")),
        hospitals=tuple(region.table("hospitals")),
        units=tuple(region.table("units")),
        service=region.service,
        demand=region.demand,
        policy=settings["policy"]["default"],
        redispatch=tuple((low, high) for low, high in settings["policy"]["redispatch"]),
        target_response_s={int(priority): seconds for priority, seconds in settings["target_response_s"].items()},
        sources=tuple(settings["sources"]),
        licences=tuple(settings["licences"]),
        inputs=tuple(Input(**row) for row in settings.get("input", [])),
        warnings=tuple(settings["warnings"]),
        far_from_road_km=settings["far_from_road_km"],
        dispatch={key: value for key, value in settings["policy"].items() if key not in {"default", "redispatch"}},
        layers={
            file.stem: json.loads(file.read_text(encoding="utf-8"))
            for file in sorted((region.folder / "map").glob("*.geojson"))
            if file.stem != "roads"
        },
        blocks=region.blocks,
    )


def _placed(network: Network, demand: Demand | None) -> Demand | None:
    """Return the demand with its nodes, after checking it."""
    if demand is None:
        return None
    if len(demand.weight) == 0 or not (demand.weight >= 0).all() or not demand.weight.sum() > 0:
        raise BadInput(
            code="bad_demand", what="The demand has no point with a positive weight.", do="Check the demand file."
        )
    node, km = snap(network, demand.lon, demand.lat)
    if demand.weight[km > checks.FAR_KM].sum() > demand.weight.sum() / 2:
        raise BadInput(
            code="far_away",
            what=f"Most of the demand lies more than {checks.FAR_KM:.0f} km from every road.",
            do="Check that its longitude and latitude are not swapped, and that it is of this region.",
        )
    return replace(demand, node=node, off_road_km=km)


def _save_network(folder: Path, network: Network) -> None:
    """Write the network's arrays and street names."""
    for name in _NETWORK_ARRAYS:
        save_array(folder / f"{name}.npy", getattr(network, name))
    names = "".join(f"{' '.join(name.split())}\n" for name in network.streets)
    (folder / "streets.txt").write_text(names, encoding="utf-8")


def _load_network(folder: Path, settings: dict[str, Any]) -> Network:
    """Map the network's arrays."""
    arrays = {name: load_array(folder / f"{name}.npy") for name in _NETWORK_ARRAYS}
    streets = tuple((folder / "streets.txt").read_text(encoding="utf-8").splitlines())
    return Network(
        **arrays,
        streets=streets,
        km_per_lon=settings["scale"]["km_per_lon"],
        km_per_lat=settings["scale"]["km_per_lat"],
    )


def _save_tables(folder: Path, roads: Roads, nodes: list[int]) -> None:
    """Write the full tables of the places at `nodes`."""
    places = np.unique(np.array(nodes, dtype=np.int32))
    shape = (roads.network.metrics, len(places), roads.network.nodes)
    from_us, to_us = np.empty(shape, dtype=np.int64), np.empty(shape, dtype=np.int64)
    for metric in range(roads.network.metrics):
        for index, node in enumerate(places.tolist()):
            from_us[metric, index] = roads.one_to_all_us(node, metric)
            to_us[metric, index] = roads.all_to_one_us(node, metric)
    save_array(folder / "place_node.npy", places)
    save_array(folder / "from_us.npy", from_us)
    save_array(folder / "to_us.npy", to_us)


def _settings(draft: Draft, said: list[str]) -> dict[str, Any]:
    """Return region.toml, without the files' checksums."""
    network = draft.network
    metrics = [
        {"id": one.id, "mode": one.mode}
        | ({"hours": list(one.hours)} if one.hours else {})
        | ({"days": one.days} if one.days else {})
        for one in draft.metrics
    ]
    found: dict[str, Any] = {
        "format": FORMAT,
        "name": draft.name,
        "kind": draft.kind,
        "time_zone": draft.time_zone,
        "jurisdiction": draft.jurisdiction,
        "sources": list(draft.sources),
        "licences": list(draft.licences),
        "warnings": said,
        "transport_mode": draft.transport_mode,
        "far_from_road_km": draft.far_from_road_km,
        "scale": {"km_per_lon": network.km_per_lon, "km_per_lat": network.km_per_lat},
        "off_road_km_per_h": dict(draft.off_road_km_per_h),
        "mode_of_priority": {str(priority): mode for priority, mode in draft.mode_of_priority.items()},
        "target_response_s": {str(priority): seconds for priority, seconds in draft.target_response_s.items()},
        "policy": {
            "default": draft.policy,
            "redispatch": [list(pair) for pair in draft.redispatch],
            **dict(draft.dispatch),
        },
        "counts": {
            "nodes": network.nodes,
            "arcs": network.arcs,
            "metrics": network.metrics,
            "access_nodes": int(network.off_road.sum()),
            "km": round(float(network.length_m.sum()) / 1000, 1),
            "stations": len(draft.stations),
            "hospitals": len(draft.hospitals),
            "units": len(draft.units),
            "units_by_type": dict(sorted(Counter(row["type"] for row in draft.units).items())),
            "demand_points": len(draft.demand.weight) if draft.demand else 0,
            "address_blocks": len(draft.blocks),
        },
        "metric": metrics,
        "input": [{"name": one.name, "sha256": one.sha256, "bytes": one.bytes} for one in draft.inputs],
    }
    if draft.demand:
        found["demand"] = {"cell_lon": draft.demand.cell_lon, "cell_lat": draft.demand.cell_lat}
    return found

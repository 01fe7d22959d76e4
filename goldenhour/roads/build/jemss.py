"""Regions from the layout of JEMSS cities: config.json, nodes, arcs with one time a mode, places, a demand raster.

Distances are hypot(dx * xScale, dy * yScale) in km. Every place joins the network at the nearest node with off-road
access and covers the rest at the mode's off-road speed. JEMSS's priorities high, med, low are 1, 2, 3 here; what it
does in low priority's mode (transport, return to station) is done in that mode here.
Source: JEMSS.jl 1.3.6, as described in its src/types/network.jl and src/file/read_sim_files.jl.
"""

import json
import math
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from goldenhour.errors import BadInput, NotFound
from goldenhour.roads.build.tables import Table, cut_warnings, read_bytes, read_table
from goldenhour.roads.draft import Demand, Draft, Input, Metric
from goldenhour.roads.network import Network

PRIORITIES = {"high": 1, "med": 2, "low": 3}
_RESIDENTIAL = 5  # The layout has no road classes.
_DAY_S = 86_400.0
_NEEDED = (
    "city",
    "source",
    "map",
    "off_road_speed_km_per_h",
    "travel_mode_of_priority",
    "target_response_s",
    "call_distributions_jemss_days",
    "redispatch",
    "counts",
)
_NO_ZONE = "The source names no time zone and no jurisdiction: UTC and none are taken, unless given when building."
_LAW = re.compile(r"^(\w+)\((.*)\)$")
_SUM = re.compile(r"^[\d.eE+*/() -]+$")


def build(source: Path) -> Draft:
    """Return the draft of a JEMSS city in the folder `source`.

    Raises:
        NotFound: a file is missing.
        BadInput: a file, line or value is wrong.
    """
    config, config_file = _config(source / "config.json")
    nodes = read_table(source / "nodes.csv", ("index", "x", "y", "off_road_access"))
    modes = sorted(config["off_road_speed_km_per_h"])
    arcs = read_table(source / "arcs.csv", ("index", "from", "to", "distance_km", *(f"{mode}_s" for mode in modes)))
    stations = read_table(source / "stations.csv", ("index", "x", "y", "name"))
    hospitals = read_table(source / "hospitals.csv", ("index", "x", "y", "name"))
    ambulances = read_table(source / "ambulances.csv", ("index", "station"))
    for table, what in zip(
        (nodes, arcs, stations, hospitals, ambulances),
        ("nodes", "arcs", "stations", "hospitals", "ambulances"),
        strict=True,
    ):
        table.refuse_empty()
        _check_count(table, config, what)
    demand, raster = _demand(source / "raster_cells.csv.gz", config)
    tables = [nodes, arcs, stations, hospitals, ambulances, *([raster] if raster else [])]
    names = _mode_names(config)
    return Draft(
        name=str(config["city"]).replace("_", " ").title(),
        kind="jemss",
        time_zone="UTC",
        jurisdiction="",
        network=_network(nodes, arcs, modes, config["map"]),
        metrics=tuple(Metric(id=names[mode], mode=names[mode]) for mode in modes),
        off_road_km_per_h={names[mode]: float(config["off_road_speed_km_per_h"][mode]) for mode in modes},
        mode_of_priority=_mode_of_priority(config, names),
        transport_mode=names[config["travel_mode_of_priority"]["low"]],
        policy="closest-with-redispatch" if config["redispatch"] else "closest",
        redispatch=tuple((PRIORITIES[low], PRIORITIES[high]) for low, high in config["redispatch"]),
        target_response_s={PRIORITIES[key]: float(value) for key, value in config["target_response_s"].items()},
        stations=_places(stations, {"agency": "ems", "kind": "career"}),
        hospitals=_places(hospitals, {"kind": "emergency_department", "capabilities": "", "beds": ""}),
        units=_units(ambulances, stations.unique("index")),
        demand=demand,
        service=_service(config),
        sources=(str(config["source"]),),
        licences=("Nodes and arcs: OpenStreetMap contributors (ODbL). See the source's own terms for the rest.",),
        inputs=(config_file, *(table.source for table in tables)),
        warnings=(_NO_ZONE, *cut_warnings(tables)),
    )


def _config(path: Path) -> tuple[dict[str, Any], Input]:
    """Return config.json, checked for what is needed of it."""
    if not path.parent.is_dir():
        raise NotFound(code="no_such_folder", what=f"{path.parent} is no folder.", do="Name the city's folder.")
    stored, source = read_bytes(path)
    try:
        config = json.loads(stored)
    except (json.JSONDecodeError, UnicodeDecodeError) as problem:
        line = getattr(problem, "lineno", 1)
        what = "This is not JSON; the file may be cut short."
        raise BadInput(code="not_json", what=what, do="Fetch it again.", where=f"{path.name}, line {line}") from None
    missing = [key for key in _NEEDED if key not in config] if isinstance(config, dict) else list(_NEEDED)
    if missing:
        raise BadInput(
            code="missing_key", what=f"There is no {', '.join(missing)}.", do="Add what is missing.", where=path.name
        )
    _check_values(config)
    return config, source


def _wrong(key: str, value: object, do: str) -> NoReturn:
    """Refuse a value of config.json."""
    shown = json.dumps(value)
    shown = shown if len(shown) <= 40 else shown[:37] + "..."  # noqa: PLR2004 -- What fits a line of a terminal.
    raise BadInput(code="bad_value", what=f"{key} is {shown}.", do=do, where="config.json")


def _positive(holder: dict[str, Any], name: str, keys: Iterable[str]) -> None:
    """Refuse what is not a positive number among the keys of an object."""
    for key in keys:
        value = holder.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
            _wrong(f"{name}.{key}", value, "Give a positive number.")


def _check_values(config: dict[str, Any]) -> None:
    """Refuse values that are not what their key needs."""
    objects = ("map", "off_road_speed_km_per_h", "travel_mode_of_priority", "target_response_s", "counts")
    for key in (*objects, "call_distributions_jemss_days", *(["raster"] if config.get("raster") is not None else [])):
        if not isinstance(config[key], dict):
            _wrong(key, config[key], "Give an object, as JEMSS cities have it.")
    speeds, modes, counts = (config[key] for key in ("off_road_speed_km_per_h", "travel_mode_of_priority", "counts"))
    _positive(config["map"], "map", ("xScale", "yScale"))
    _positive(speeds, "off_road_speed_km_per_h", speeds)
    _positive(config["target_response_s"], "target_response_s", PRIORITIES)
    for priority in PRIORITIES:
        mode = modes.get(priority)
        if not isinstance(mode, str) or mode not in speeds:
            do = f"Name a mode of off_road_speed_km_per_h: {', '.join(speeds) or 'there is none'}."
            _wrong(f"travel_mode_of_priority.{priority}", mode, do)
    allowed = [[low, high] for low in PRIORITIES for high in PRIORITIES]
    if not isinstance(config["redispatch"], list) or not all(pair in allowed for pair in config["redispatch"]):
        _wrong("redispatch", config["redispatch"], f"Give pairs [from, to] of {', '.join(PRIORITIES)}.")
    _check_counts(counts, config.get("raster"))


def _check_counts(counts: dict[str, Any], raster: dict[str, Any] | None) -> None:
    """Refuse counts that are no numbers, and a raster without its cells' size."""
    for key, value in counts.items():
        if key != "calls_per_day" and (isinstance(value, bool) or not isinstance(value, int | None)):
            _wrong(f"counts.{key}", value, "Give a whole number, or leave it out.")
    if counts.get("calls_per_day") is not None:
        _positive(counts, "counts", ("calls_per_day",))
    if raster is not None:
        _positive(raster, "raster", ("dx", "dy"))
        if not isinstance(raster.get("positive_cells"), int | None):
            _wrong("raster.positive_cells", raster["positive_cells"], "Give a whole number, or leave it out.")


def _check_count(table: Table, config: dict[str, Any], what: str) -> None:
    """Refuse a table that does not hold as many rows as config.json says."""
    expected = config["counts"].get(what)
    if expected is not None and len(table) != expected:
        raise BadInput(
            code="cut_short",
            what=f"{len(table):,} {what} where config.json counts {expected:,}.",
            do="Fetch the file again, or correct config.json.",
            where=table.file,
        )


def _mode_names(config: dict[str, Any]) -> dict[str, str]:
    """Return our name of each of the layout's modes: high priority's is "lights", low priority's is "normal"."""
    of = config["travel_mode_of_priority"]
    names = {mode: mode for mode in config["off_road_speed_km_per_h"]}
    names[of["high"]] = "lights"
    if of["low"] != of["high"]:
        names[of["low"]] = "normal"
    return names


def _mode_of_priority(config: dict[str, Any], names: dict[str, str]) -> dict[int, str]:
    """Return the mode of priorities 1 to 4; 4, which the layout does not have, travels as 3."""
    found = {PRIORITIES[key]: names[mode] for key, mode in config["travel_mode_of_priority"].items()}
    return found | {4: found[3]}


def _network(nodes: Table, arcs: Table, modes: list[str], scale: dict[str, float]) -> Network:
    """Return the network; node i of the file is node i - 1 here when the file counts from 1."""
    known = {name: row for row, name in enumerate(nodes.unique("index"))}
    lon, lat = nodes.positions("x", "y")
    return Network(
        node_lon=lon,
        node_lat=lat,
        off_road=nodes.flags("off_road_access"),
        tail=arcs.look_up("from", known, "node"),
        head=arcs.look_up("to", known, "node"),
        length_m=arcs.numbers("distance_km", 0.0, 1e4) * 1000.0,
        road_class=np.full(len(arcs), _RESIDENTIAL, dtype=np.int8),
        time_us=np.stack([arcs.microseconds(f"{mode}_s") for mode in modes]),
        km_per_lon=float(scale["xScale"]),
        km_per_lat=float(scale["yScale"]),
        street=np.full(len(arcs), -1, dtype=np.int32),
        streets=(),
        shape_ptr=np.zeros(len(arcs) + 1, dtype=np.int64),
        shape_lon=np.zeros(0),
        shape_lat=np.zeros(0),
    )


def _places(table: Table, more: dict[str, str]) -> tuple[dict[str, str], ...]:
    """Return the rows of stations or hospitals."""
    table.positions("x", "y")
    columns = zip(table.unique("index"), table.text("name"), table.text("x"), table.text("y"), strict=True)
    return tuple({"id": one, "name": name, "lon": lon, "lat": lat, **more} for one, name, lon, lat in columns)


def _units(ambulances: Table, posts: list[str]) -> tuple[dict[str, str], ...]:
    """Return one unit an ambulance, always on duty. JEMSS has no turnout time, so theirs is 0."""
    ambulances.look_up("station", {name: row for row, name in enumerate(posts)}, "station")
    classes = ambulances.text("class") if "class" in ambulances.columns else ["ALS"] * len(ambulances)
    return tuple(
        {
            "id": f"ems/A{index}",
            "call_sign": f"A{index}",
            "agency": "ems",
            "type": "ambulance",
            "station": station,
            "crew": "2",
            "levels": "paramedic;emt" if level == "ALS" else "emt;emt",
            "skills": "",
            "can_transport": "1",
            "turnout_s": "0",
            "shifts": "",
        }
        for index, station, level in zip(ambulances.unique("index"), ambulances.text("station"), classes, strict=True)
    )


def _demand(path: Path, config: dict[str, Any]) -> tuple[Demand | None, Table | None]:
    """Return the demand of the raster; a city without one has none."""
    raster = config.get("raster")
    if raster is None:
        return None, None
    cells = read_table(path, ("x", "y", "z"))
    expected = raster.get("positive_cells")
    if expected is not None and len(cells) != expected:
        what = f"{len(cells):,} cells where config.json counts {expected:,}."
        raise BadInput(code="cut_short", what=what, do="Fetch the file again.", where=path.name)
    lon, lat = cells.positions("x", "y")
    flat: NDArray[np.float64] = np.ones(168)
    return (
        Demand(
            lon=lon,
            lat=lat,
            weight=cells.numbers("z", 0.0),
            profile=flat,
            cell_lon=float(raster["dx"]),
            cell_lat=float(raster["dy"]),
        ),
        cells,
    )


def _value(text: str) -> float:
    """Return the value of a number written as a product or quotient, such as 50/60/60/24 or 1/(8*24)."""
    text = text.replace(" ", "")
    if not _SUM.match(text):
        raise ValueError(text)
    top, _, below = text.partition("/(")
    found = _product(top)
    if below:
        inside, _, after = below.partition(")")
        found /= _product(inside)
        found = _product(f"{found!r}{after}")
    return found


def _product(text: str) -> float:
    """Return the value of factors joined by * and /."""
    parts = re.split(r"([*/])", text)
    found = float(parts[0])
    for sign, number in zip(parts[1::2], parts[2::2], strict=True):
        found = found * float(number) if sign == "*" else found / float(number)
    return found


def _draw(quantity: str, written: str) -> dict[str, Any]:
    """Return one draw of service.toml from a JEMSS distribution, whose unit is the day."""
    match = _LAW.match(written.replace(" ", ""))
    try:
        law, inside = match.groups() if match else ("", "")
        numbers = [_value(part) for part in inside.split(",")]
        made: dict[str, Any] = {
            "Exponential": lambda: {"law": "exponential", "mean_s": numbers[0] * _DAY_S},
            "Normal": lambda: {"law": "normal", "mean_s": numbers[0] * _DAY_S, "sd_s": numbers[1] * _DAY_S},
            "Weibull": lambda: {"law": "weibull", "shape": numbers[0], "scale_s": numbers[1] * _DAY_S},
            "Gamma": lambda: {"law": "gamma", "shape": numbers[0], "scale_s": numbers[1] * _DAY_S},
            "Bernoulli": lambda: {"law": "bernoulli", "p": numbers[0]},
        }[law]()
    except (ValueError, KeyError, IndexError, ZeroDivisionError):
        made, numbers = {}, []
    if not made or min(numbers) < 0 or made.get("p", 0.0) > 1:
        raise BadInput(
            code="bad_distribution",
            what=f"{quantity} is {written!r}.",
            do="Write Exponential(mean), Normal(mean, sd), Weibull(shape, scale), Gamma(shape, scale) or Bernoulli(p).",
            where="config.json",
        )
    for key in ("mean_s", "sd_s", "scale_s"):
        if key in made:
            made[key] = round(made[key], 6)
    return {"quantity": quantity, "unit_type": "*", "priority": "*", **made}


def _service(config: dict[str, Any]) -> dict[str, Any]:
    """Return service.toml from the city's distributions."""
    laws = config["call_distributions_jemss_days"]
    wanted = {
        "call_processing": "dispatchDelay",
        "scene": "onSceneDuration",
        "transport": "transport",
        "handover": "handoverDuration",
    }
    missing = [name for name in ("priority", "interarrivalTime", *wanted.values()) if name not in laws]
    if missing:
        what = f"call_distributions_jemss_days has no {', '.join(missing)}."
        raise BadInput(code="missing_key", what=what, do="Add what is missing.", where="config.json")
    try:
        share = [float(part) for part in str(laws["priority"]).partition("[")[2].partition("]")[0].split(",")]
    except ValueError:
        share = []
    if not share or min(share) < 0 or len(share) > len(PRIORITIES) or not math.isclose(sum(share), 1.0, abs_tol=1e-6):
        _wrong("priority", laws["priority"], "Write Categorical([high, med, low]) with shares that add up to 1.")
    gap_s = _draw("interarrivalTime", str(laws["interarrivalTime"])).get("mean_s", 0.0)
    if not gap_s > 0:
        _wrong("interarrivalTime", laws["interarrivalTime"], "Write Exponential(mean) with a mean above 0, in days.")
    return {
        "calls_per_day": float(config["counts"].get("calls_per_day") or _DAY_S / gap_s),
        "priority": {"share": {str(at + 1): part for at, part in enumerate(share) if part > 0}},
        "draw": [_draw(quantity, str(laws[name])) for quantity, name in wanted.items()],
    }

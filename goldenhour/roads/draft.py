"""What a builder of regions returns: everything that was found, with no place snapped to a road yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenhour.roads.addresses import Block
from goldenhour.roads.network import Network

STATION_COLUMNS = ("id", "name", "lon", "lat", "agency", "kind")
HOSPITAL_COLUMNS = ("id", "name", "lon", "lat", "kind", "capabilities", "beds")
UNIT_COLUMNS = (
    "id",
    "call_sign",
    "agency",
    "type",
    "station",
    "crew",
    "levels",
    "skills",
    "can_transport",
    "turnout_s",
    "shifts",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One row of `Network.time_us`: a travel mode, in one band of the day or always."""

    id: str  # Such as "lights" or "normal 07-10".
    mode: str  # "lights" (lights and sirens) or "normal"; a region may have others.
    hours: tuple[int, int] | None = None  # From hour to hour of the local day, 24 exclusive; None: always.
    days: str = ""  # Such as "Mon-Fri"; "" is every day.


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Where and when calls come from. Nodes are filled in by `write`."""

    lon: NDArray[np.float64]  # (points,)
    lat: NDArray[np.float64]
    weight: NDArray[np.float64]  # (points,) 0 or more, any scale
    profile: NDArray[np.float64]  # (168,) share of each hour of the week from Monday 00:00, mean 1
    cell_lon: float = 0.0  # Size of a raster cell in degrees: a call falls anywhere in its cell. 0: on the point.
    cell_lat: float = 0.0
    node: NDArray[np.int32] | None = None  # (points,)
    off_road_km: NDArray[np.float64] | None = None  # (points,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file that a region was made from."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a builder found. No place is snapped yet; rows hold text, as in a CSV file."""

    name: str
    kind: str  # "sf", "jemss", "osm", "demo"
    time_zone: str  # IANA, such as "America/Los_Angeles"
    jurisdiction: str  # Whose rules hold here, such as "US-CA"; "" when not known
    network: Network
    metrics: tuple[Metric, ...]  # (metrics,) in the order of network.time_us
    off_road_km_per_h: Mapping[str, float]  # by mode
    mode_of_priority: Mapping[int, str]  # 1 (most urgent) .. 4
    transport_mode: str  # to hospital, and back to the station
    stations: tuple[Mapping[str, str], ...]  # STATION_COLUMNS
    hospitals: tuple[Mapping[str, str], ...]  # HOSPITAL_COLUMNS; lists are joined by ";"
    units: tuple[Mapping[str, str], ...]  # UNIT_COLUMNS; `station` is an id of `stations`
    service: Mapping[str, Any]  # service.toml, see simulate.service
    demand: Demand | None = None
    policy: str = "closest"
    redispatch: tuple[tuple[int, int], ...] = ()  # (from, to): a unit on its way to `from` may be sent to `to` instead
    target_response_s: Mapping[int, float] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    inputs: tuple[Input, ...] = ()
    warnings: tuple[str, ...] = ()  # The builder's report, one sentence each
    far_from_road_km: float = 0.5  # A station or hospital farther off than this is named in the report.
    dispatch: Mapping[str, Any] = field(default_factory=dict)  # More of the policy, such as districts
    layers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # GeoJSON for the map: "areas", "places"
    blocks: tuple[Block, ...] = ()  # Number ranges of streets, where the source has them.

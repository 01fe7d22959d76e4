"""Why units wait away from a scene, and where: dated data, and the corner that is proposed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from goldenhour.dated import TIERS, read_rules
from goldenhour.errors import BadInput
from goldenhour.roads.network import Network

SHIPPED = Path(__file__).with_name("staging.yaml")
OWN = "staging.yaml"  # In a region's folder: what holds there.


@dataclass(frozen=True, slots=True, kw_only=True)
class StagingRules:
    """What is in force on a day."""

    apart_m: float
    reasons: Mapping[str, str]  # What people read, by key.


@cache
def staging_rules_on(day: date, paths: tuple[Path, ...] = (SHIPPED,)) -> StagingRules:
    """Return the reasons and the distance in force on a day: from the nearest tier that says any.

    Raises:
        BadInput: a line is wrong, or none is in force.
    """
    rules, _ = read_rules(paths, section="staging_rules", fields={"apart_m", "reasons"})
    held = sorted((one for one in rules if one.in_force(day)), key=lambda one: TIERS.index(one.tier))
    if not held:
        raise BadInput(code="staging_rules", what=f"No rule holds on {day}.", do="Add a line.", where=OWN)
    says = held[-1].says
    apart_m, reasons = says.get("apart_m"), says.get("reasons")
    if isinstance(apart_m, bool) or not isinstance(apart_m, int | float) or apart_m < 0:
        what = f"apart_m is {apart_m!r}, not a number of metres."
        raise BadInput(code="staging_line", what=what, do="Correct it.", where=held[-1].where)
    if not isinstance(reasons, Mapping) or not reasons:
        raise BadInput(code="staging_line", what="it names no reasons.", do="Add some.", where=held[-1].where)
    return StagingRules(apart_m=float(apart_m), reasons={str(key): str(text) for key, text in reasons.items()})


def corner_apart(network: Network, lon: float, lat: float, apart_m: float) -> tuple[float, float] | None:
    """Return the corner nearest to a scene that is at least so far from it, as (lon, lat); None where there is none.

    Straight distances: a place to wait is to be out of sight, not a long drive off.
    """
    away_m = 1000 * np.hypot(
        (network.node_lon - lon) * network.km_per_lon, (network.node_lat - lat) * network.km_per_lat
    )
    far = np.where(away_m >= apart_m, away_m, np.inf)
    if not len(far) or not np.isfinite(far.min()):
        return None
    found = int(np.argmin(far))
    return float(network.node_lon[found]), float(network.node_lat[found])


def corner_words(network: Network, lon: float, lat: float) -> str:
    """Return the streets that meet at a corner, as people say it; "" where none has a name."""
    node = int(np.argmin(np.abs(network.node_lon - lon) + np.abs(network.node_lat - lat)))
    arcs = np.flatnonzero((network.tail == node) | (network.head == node))
    names = dict.fromkeys(network.streets[one] for one in network.street[arcs] if one >= 0)
    return " and ".join(sorted(names))

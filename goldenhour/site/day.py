"""The measures of the place's day: response times against their targets, for the board."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from goldenhour.calls.live import queries as calls
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.status import Stamp
from goldenhour.roads.live import region

_BIN_S, _BINS = 60, 30  # A bar a minute, and one for all that took longer.


def day_measures(at: datetime) -> dict[str, Any]:
    """Return the response times of the calls received today, by the place's own calendar.

    Response is from the first ring to the first unit on scene. A call without either is left out, never zero.
    """
    local = at.astimezone(region.time_zone())
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    today = calls.list_received(midnight, midnight + timedelta(days=1))
    scene = fleet.list_first(Stamp.ON_SCENE, [call.id for call in today])
    took = [(call.priority, (scene[call.id] - call.received_at).total_seconds()) for call in today if call.id in scene]
    targets = region.targets_s()
    return {
        "date": f"{local:%Y-%m-%d}",
        "response": _figures([s for _, s in took]) | {"histogram": _histogram([s for _, s in took])},
        "by_priority": [
            _priority(priority, [s for own, s in took if own == priority], targets.get(priority))
            for priority in (1, 2, 3, 4)
        ],
    }


def _priority(priority: int, took_s: Sequence[float], target_s: float | None) -> dict[str, Any]:
    within = None
    if took_s and target_s is not None:
        within = round(sum(s <= target_s for s in took_s) / len(took_s), 4)
    return {"priority": priority, **_figures(took_s), "target_s": target_s, "within": within}


def _figures(took_s: Sequence[float]) -> dict[str, Any]:
    if not took_s:
        return {"n": 0, "median_s": None, "p90_s": None}
    median, p90 = np.percentile(took_s, [50, 90])
    return {"n": len(took_s), "median_s": round(float(median), 1), "p90_s": round(float(p90), 1)}


def _histogram(took_s: Sequence[float]) -> list[dict[str, int]]:
    counts, _ = np.histogram(took_s, bins=[*range(0, _BINS * _BIN_S + 1, _BIN_S), np.inf])
    last = max((i for i, n in enumerate(counts.tolist()) if n), default=-1)
    return [{"upto_s": (i + 1) * _BIN_S, "n": int(n)} for i, n in enumerate(counts.tolist()[: last + 1])]

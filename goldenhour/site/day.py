"""The measures of the place's day for the board: response times against their targets, as `measure` takes them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl

from goldenhour.calls.live import queries as calls
from goldenhour.calls.natures import PRIORITIES
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.status import Stamp
from goldenhour.measure.intervals import SUMMARY, first_on_scene, runs_table, statistics
from goldenhour.measure.targets import judge, region_targets
from goldenhour.measure.telephone_cpr import how_soon, target_s
from goldenhour.roads.live import region

_BIN_S, _BINS = 60, 30  # A bar a minute, and one for all that took longer.
_RESPONSE = {"response": SUMMARY["response"]}
_NONE = {"n": 0, "median_s": None, "p90_s": None}
_NOT_STAMPED = -1


def day_measures(at: datetime) -> dict[str, Any]:
    """Return the response times of the calls received today, by the place's own calendar.

    Response is from the first ring to the first unit on scene. A call without either is left out, never zero.
    """
    local = at.astimezone(region.time_zone())
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    end = midnight + timedelta(days=1)
    today = _responses(calls.list_received(midnight, end))
    by_priority = {row["priority"]: _figures(row) for row in statistics(today, _RESPONSE, by=["priority"]).to_dicts()}
    targets = region_targets(region.targets_s(), source="the region's own target_response_s")
    verdicts = {priority: judge(today, one) for one in targets for priority in one.priorities}
    return {
        "date": f"{local:%Y-%m-%d}",
        "response": {
            **_figures(statistics(today, _RESPONSE).row(0, named=True)),
            "histogram": _histogram(today["response_s"].drop_nulls().to_list()),
        },
        "by_priority": [
            {
                "priority": priority,
                **by_priority.get(priority, _NONE),
                "target_s": verdicts[priority].target.seconds if priority in verdicts else None,
                "within": _rounded(verdicts[priority].share, 4) if priority in verdicts else None,
            }
            for priority in PRIORITIES
        ],
        "arrests": _arrests(calls.list_arrest_times(midnight, end), local.date()),
    }


def _arrests(found: Sequence[calls.ArrestTimes], day: date) -> dict[str, Any]:
    """Return how soon the day's arrests were recognised on the telephone, and somebody there pushed."""
    took = {
        "recognition": [_since_ring(one.received_at, one.recognised_at) for one in found],
        "first_compression": [_since_ring(one.received_at, one.first_compression_at) for one in found],
    }
    return {"n": len(found), **{name: asdict(how_soon(took[name], target=target_s(name, day))) for name in took}}


def _since_ring(rang_at: datetime, at: datetime | None) -> float | None:
    return None if at is None else (at - rang_at).total_seconds()


def _responses(received: Sequence[calls.CallRow]) -> pl.DataFrame:
    """Return one row a call with its first ring and the first unit on scene."""
    ids = [call.id for call in received]
    rang, arrived = fleet.list_first(Stamp.PSAP_CALL, ids), fleet.list_first(Stamp.ON_SCENE, ids)
    first_unit = [""] * len(ids)  # Whichever it was: only its time counts here.
    return first_on_scene(
        runs_table(
            call_id=ids,
            unit=first_unit,
            unit_type=first_unit,
            priority=np.array([call.priority for call in received], np.int64),
            stamps={
                Stamp.PSAP_CALL: _us([rang.get(call.id, call.received_at) for call in received]),
                Stamp.ON_SCENE: _us([arrived.get(call.id) for call in received]),
            },
            missing=_NOT_STAMPED,
        )
    )


def _us(times: Sequence[datetime | None]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array([_NOT_STAMPED if one is None else round(one.timestamp() * 1e6) for one in times], np.int64)


def _figures(row: dict[str, Any]) -> dict[str, Any]:
    return {"n": row["n"], "median_s": _rounded(row["median_s"], 1), "p90_s": _rounded(row["p90_s"], 1)}


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _histogram(took_s: Sequence[float]) -> list[dict[str, int]]:
    counts, _ = np.histogram(took_s, bins=[*range(0, _BINS * _BIN_S + 1, _BIN_S), np.inf])
    last = max((i for i, n in enumerate(counts.tolist()) if n), default=-1)
    return [{"upto_s": (i + 1) * _BIN_S, "n": int(n)} for i, n in enumerate(counts.tolist()[: last + 1])]

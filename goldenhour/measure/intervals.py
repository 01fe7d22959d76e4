"""Intervals from time stamps: the fifteen of NASEMSO and NEMSIS, and those that summaries are made of.

A table of runs is one row a unit on a call: `call_id`, `unit`, `unit_type`, `priority`, and a column for each time
stamp (fleet.status.Stamp), Int64 microseconds on any one clock, null where it was not stamped. The live desk, an export
of the log and the simulator are all measured here, one interval or millions.

An interval with a missing end is left out and counted, never zero. A negative one is a wrong time: left out, counted
apart. A quantile is the linear interpolation between the two nearest values (Hyndman and Fan's definition 7).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from goldenhour.fleet.status import Stamp

S = Stamp


@dataclass(frozen=True, slots=True)
class Interval:
    """From one stamp to another; of several, the first that was stamped."""

    label: str
    starts: tuple[Stamp, ...]
    ends: tuple[Stamp, ...]
    only_with: tuple[Stamp, ...] = ()  # Where none of these was stamped it did not happen: absent, nothing is missing.

    @property
    def elements(self) -> str:
        """Return its definition in NEMSIS elements, such as "06 - 03"."""
        ends, starts = (" or ".join(one.element[-2:] for one in side) for side in (self.ends, self.starts))
        return f"{ends} - {starts}"


_TRANSPORTED = (S.LEFT_SCENE, S.AT_DESTINATION)  # Every job ends with back in service, not every one at a hospital.

# Source: NASEMSO Data Managers Council, definitions of time intervals over NEMSIS eTimes.
INTERVALS: Mapping[str, Interval] = MappingProxyType(
    {
        "psap_to_unit_notified": Interval("Call received to unit notified", (S.PSAP_CALL,), (S.UNIT_NOTIFIED,)),
        "dispatch_to_unit_notified": Interval(
            "Dispatch notified to unit notified", (S.DISPATCH_NOTIFIED,), (S.UNIT_NOTIFIED,)
        ),
        "call_to_en_route": Interval("Call received to en route", (S.PSAP_CALL, S.DISPATCH_NOTIFIED), (S.EN_ROUTE,)),
        "chute": Interval("Chute (turnout)", (S.UNIT_NOTIFIED,), (S.EN_ROUTE,)),
        "unit_response": Interval("Unit response", (S.UNIT_NOTIFIED,), (S.ON_SCENE,)),
        "en_route_to_scene": Interval("En route to scene (travel)", (S.EN_ROUTE,), (S.ON_SCENE,)),
        "scene": Interval("Scene", (S.ON_SCENE,), (S.LEFT_SCENE, S.BACK_IN_SERVICE)),
        "patient_scene": Interval("Patient scene", (S.AT_PATIENT,), (S.LEFT_SCENE, S.BACK_IN_SERVICE)),
        "transport": Interval("Transport", (S.LEFT_SCENE,), (S.AT_DESTINATION,)),
        "wall_time": Interval("Wall time", (S.AT_DESTINATION,), (S.TRANSFER_OF_CARE,)),
        "destination_to_in_service": Interval(
            "Arrival to in service", (S.AT_DESTINATION,), (S.BACK_IN_SERVICE,), only_with=_TRANSPORTED
        ),
        "transfer_to_in_service": Interval(
            "Transfer of care to in service",
            (S.TRANSFER_OF_CARE,),
            (S.BACK_IN_SERVICE,),
            only_with=(*_TRANSPORTED, S.TRANSFER_OF_CARE),
        ),
        "time_on_task": Interval("Time on task", (S.UNIT_NOTIFIED,), (S.BACK_IN_SERVICE,)),
        "overall": Interval("Overall", (S.PSAP_CALL, S.DISPATCH_NOTIFIED, S.UNIT_NOTIFIED), (S.BACK_IN_SERVICE,)),
        "cancelled": Interval("Notified to cancelled", (S.UNIT_NOTIFIED,), (S.CANCELLED,), only_with=(S.CANCELLED,)),
    }
)

# What summaries and simulations call them. Response counts from the first ring, for each unit that arrived.
SUMMARY: Mapping[str, Interval] = MappingProxyType(
    {
        "call_processing": INTERVALS["psap_to_unit_notified"],
        "turnout": INTERVALS["chute"],
        "travel": INTERVALS["en_route_to_scene"],
        "response": Interval("Response", (S.PSAP_CALL,), (S.ON_SCENE,)),
        "scene": INTERVALS["scene"],
        "transport": INTERVALS["transport"],
        "handover": Interval("Handover", (S.AT_DESTINATION,), (S.BACK_IN_SERVICE,), only_with=_TRANSPORTED),
        "job": INTERVALS["time_on_task"],
    }
)
QUANTILE = "linear interpolation between the two nearest values (Hyndman and Fan 1996, definition 7)"
ALL = "all"


def runs_table(
    *,
    call_id: Sequence[Any] | NDArray[Any],
    unit: Sequence[Any] | NDArray[Any],
    unit_type: Sequence[str] | NDArray[Any],
    priority: Sequence[int] | NDArray[Any],
    stamps: Mapping[Stamp, NDArray[np.int64]],
    missing: int = -1,
    **more: Any,
) -> pl.DataFrame:
    """Return a table of runs from columns of equal length.

    Args:
        call_id: of each row's call.
        unit: of each row.
        unit_type: of each row's unit.
        priority: of each row's call.
        stamps: microseconds, `missing` where not stamped; a stamp that is left out was never made.
        missing: what stands for "not stamped".
        more: other columns to group by or draw, such as hour, area, lon, lat.
    """
    plain = {"call_id": call_id, "unit": unit, "unit_type": unit_type, "priority": priority, **more}
    table = pl.DataFrame({**plain, **{stamp.value: np.asarray(times, np.int64) for stamp, times in stamps.items()}})
    found = [pl.when(pl.col(stamp) != missing).then(pl.col(stamp)) for stamp in stamps]
    return complete(table.with_columns(one.name.keep() for one in found))


def complete(runs: pl.DataFrame) -> pl.DataFrame:
    """Return the table with a column for every stamp."""
    lacking = [stamp.value for stamp in Stamp if stamp.value not in runs.columns]
    return runs.with_columns(pl.lit(None, pl.Int64).alias(name) for name in lacking)


def interval_us(interval: Interval) -> pl.Expr:
    """Return the interval in microseconds: null where an end is missing, negative where a time is wrong."""
    return pl.coalesce(pl.col(*interval.ends)) - pl.coalesce(pl.col(*interval.starts))


def statistics(
    runs: pl.DataFrame, intervals: Mapping[str, Interval] = SUMMARY, *, by: Sequence[str] = ()
) -> pl.DataFrame:
    """Return figures of each interval for each group, sorted.

    Columns: those of `by`; interval; n (good ones); missing (one end was stamped, the other not); absent (neither
    was, or what the interval is a part of did not happen, such as a transport); negative; mean_s, median_s, p90_s (null
    when n is 0).
    """
    tables = []
    for name, interval in intervals.items():
        took = interval_us(interval)
        ends = pl.coalesce(pl.col(*interval.ends)).is_not_null().cast(pl.Int8)
        starts = pl.coalesce(pl.col(*interval.starts)).is_not_null().cast(pl.Int8)
        happened = pl.any_horizontal(pl.col(*interval.only_with).is_not_null()) if interval.only_with else pl.lit(True)  # noqa: FBT003
        both = pl.when(happened).then(ends + starts).otherwise(0)
        columns = runs.select(*by, took.alias("_took"), both.alias("_ends"))
        good = pl.col("_took").filter(pl.col("_took") >= 0) / 1e6
        figures = [
            good.len().alias("n"),
            (pl.col("_ends") == 1).sum().alias("missing"),
            (pl.col("_ends") == 0).sum().alias("absent"),
            (pl.col("_took") < 0).sum().alias("negative"),
            good.mean().alias("mean_s"),
            good.median().alias("median_s"),
            good.quantile(0.9, "linear").alias("p90_s"),
        ]
        table = columns.group_by(list(by)).agg(figures).sort(list(by)) if by else columns.select(figures)
        tables.append(table.select(*by, pl.lit(name).alias("interval"), *(one.meta.output_name() for one in figures)))
    return pl.concat(tables)


def summary(runs: pl.DataFrame) -> dict[str, dict[str, dict[str, Any]]]:
    """Return `{interval: {unit type or "all": {n, mean_s, median_s, p90_s, missing, absent, negative}}}`."""
    found: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in SUMMARY}
    everyone = statistics(runs).with_columns(pl.lit(ALL).alias("unit_type"))
    for row in [*everyone.to_dicts(), *statistics(runs, by=["unit_type"]).to_dicts()]:
        keys = ("n", "mean_s", "median_s", "p90_s", "missing", "absent", "negative")
        found[row["interval"]][row["unit_type"]] = {key: _rounded(row[key]) for key in keys}
    return found


def _rounded(value: float | None) -> float | None:
    """Return seconds to the millisecond."""
    return round(value, 3) if isinstance(value, float) else value


def first_on_scene(runs: pl.DataFrame) -> pl.DataFrame:
    """Return one row a call: call_id, priority, psap_call, on_scene of the first unit there, and response_s.

    `response_s` is from the first ring; null where nobody arrived or no ring is known. Other columns: the first row's.
    """
    others = [name for name in runs.columns if name not in {"call_id", S.ON_SCENE, S.PSAP_CALL}]
    return (
        runs.group_by("call_id", maintain_order=True)
        .agg(pl.col(S.PSAP_CALL).min(), pl.col(S.ON_SCENE).min(), *(pl.col(name).first() for name in others))
        .with_columns(((pl.col(S.ON_SCENE) - pl.col(S.PSAP_CALL)) / 1e6).alias("response_s"))
    )


def with_hour(runs: pl.DataFrame, time_zone: str) -> pl.DataFrame:
    """Return the runs with the local hour (0 to 23) of the first ring; stamps must count from 1970 in UTC."""
    when = pl.from_epoch(pl.coalesce(pl.col(S.PSAP_CALL, S.UNIT_NOTIFIED)), time_unit="us")
    return runs.with_columns(when.dt.replace_time_zone("UTC").dt.convert_time_zone(time_zone).dt.hour().alias("hour"))


def with_area(
    runs: pl.DataFrame, places: Sequence[Mapping[str, str]], *, km_per_lon: float, km_per_lat: float
) -> pl.DataFrame:
    """Return the runs with an `area`: the name of the place (rows: name, lon, lat) nearest to the call.

    In a straight line; a call without coordinates has no area.
    """
    if not places:
        return runs.with_columns(pl.lit(None, pl.String).alias("area"))
    scale = np.array([km_per_lon, km_per_lat])
    spots = np.array([[float(one["lon"]), float(one["lat"])] for one in places]) * scale
    calls = runs.select("lon", "lat").unique().drop_nulls()
    _, nearest = cKDTree(spots).query(calls.to_numpy() * scale)
    names = np.array([one["name"] for one in places])
    areas = calls.with_columns(pl.Series("area", names[nearest], pl.String))
    return runs.drop("area", strict=False).join(areas, on=["lon", "lat"], how="left", maintain_order="left")

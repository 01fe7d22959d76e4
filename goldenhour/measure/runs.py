"""Runs from events: an export of the log, or the events of a simulation, as the table that intervals are taken from."""

from pathlib import Path

import polars as pl

from goldenhour.errors import BadInput
from goldenhour.fleet.status import Stamp
from goldenhour.measure.intervals import complete

_PAYLOAD = pl.Struct(
    {
        "call_id": pl.String, "unit": pl.String, "stamp": pl.String, "struck_id": pl.String, "type": pl.String,
        "nature": pl.String, "priority": pl.Int64, "lon": pl.Float64, "lat": pl.Float64,
    }
)  # fmt: skip
_KEY = ["call_id", "unit", "run"]


def read_events(path: Path) -> pl.DataFrame:
    """Return the events of a Parquet file that `goldenhour log export` or `goldenhour simulate` wrote.

    Raises:
        BadInput: it is not there, or no such file.
    """
    try:
        events = pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as wrong:
        raise BadInput(
            code="events_file", what=f"cannot be read as Parquet ({wrong}).", do="Check the path.", where=str(path)
        ) from None
    missing = {"id", "name", "at", "payload"} - set(events.columns)
    if missing:
        raise BadInput(
            code="events_file",
            what=f"has no {', '.join(sorted(missing))}.",
            do="Give a file that `goldenhour log export` or `goldenhour simulate` wrote.",
            where=str(path),
        )
    return events


def runs_from_events(events: pl.DataFrame) -> pl.DataFrame:
    """Return the runs that the events tell of, in order of assignment.

    Args:
        events: one row an event in the order of the log: `id`, `name`, `at` (Datetime) and `payload` (JSON text), as
            `goldenhour log export` and `goldenhour simulate` write them.

    Raises:
        BadInput: a time or a payload cannot be read.

    A unit that is sent to the same call twice has two runs. Of two presses of one step the first stands, unless it was
    struck. The first ring is the call's, also without a stamp of its own. A step that was not stamped stays null.
    """
    try:
        facts = (
            events.select("id", "name", pl.col("at").dt.epoch("us"), pl.col("payload").str.json_decode(_PAYLOAD))
            .unnest("payload")
            .with_row_index("order")
        )
    except pl.exceptions.PolarsError:
        raise BadInput(
            code="events_file",
            what="The events hold a time or a payload that cannot be read.",
            do="Give a file as `goldenhour log export` or `goldenhour simulate` wrote it.",
            where="events",
        ) from None

    def named(name: str) -> pl.DataFrame:
        return facts.filter(pl.col("name") == name)

    calls = named("calls.call_received").select("call_id", "nature", "lon", "lat", "priority", received=pl.col("at"))
    changed = named("calls.priority_changed").group_by("call_id").agg(later=pl.col("priority").last())
    calls = (
        calls.join(changed, on="call_id", how="left")
        .with_columns(priority=pl.coalesce("later", "priority"))
        .drop("later")
    )
    types = named("fleet.unit_registered").select("unit", unit_type=pl.col("type")).unique("unit", keep="last")
    sent = (
        named("dispatch.unit_assigned")
        .select("call_id", "unit", "order", assigned="at")
        .with_columns(run=pl.int_range(pl.len()).over("call_id", "unit"))
    )
    steps = _steps(named("fleet.time_stamped"), named("fleet.time_struck"), sent)
    wide = sent.join(steps, on=_KEY, how="left", nulls_equal=True).join(calls, on="call_id", how="left")
    wide = wide.join(types, on="unit", how="left").with_columns(pl.col("unit_type").fill_null("unknown"))
    psap = pl.coalesce(Stamp.PSAP_CALL, "received") if Stamp.PSAP_CALL in wide.columns else pl.col("received")
    wide = wide.with_columns(psap.alias(Stamp.PSAP_CALL)).sort("order").drop("order", "received", "run")
    return complete(wide)


def _steps(stamped: pl.DataFrame, struck: pl.DataFrame, sent: pl.DataFrame) -> pl.DataFrame:
    """Return one row a run with a column a stamp."""
    standing = stamped.join(struck, left_on="id", right_on="struck_id", how="anti")
    runs = sent.select("call_id", "unit", "run", at="assigned").sort("at")
    placed = (  # A step belongs to the last assignment before it; one entered with an earlier time, to the first.
        standing.sort("at", maintain_order=True)
        .join_asof(runs, on="at", by=["call_id", "unit"], strategy="backward", check_sortedness=False)
        .with_columns(pl.col("run").fill_null(0))
        .sort("order")
        .unique([*_KEY, "stamp"], keep="first", maintain_order=True)
    )
    return placed.pivot("stamp", index=_KEY, values="at", aggregate_function="first")

"""`goldenhour measure`: the intervals of a log or a simulation, judged against the targets of its place."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import polars as pl
import typer
from rich.console import Console
from rich.table import Table

from goldenhour.errors import BadInput
from goldenhour.fleet.status import Stamp
from goldenhour.measure.intervals import INTERVALS, QUANTILE, statistics, summary, with_hour
from goldenhour.measure.report import Report, report_html, report_of
from goldenhour.measure.runs import read_events, runs_from_events
from goldenhour.measure.targets import clock, judge
from goldenhour.roads.region import load

out = Console(soft_wrap=True, highlight=False, markup=False)


def command(
    events: Annotated[Path, typer.Argument(help="Parquet of `goldenhour log export` or `goldenhour simulate`.")],
    region: Annotated[Path, typer.Argument(help="The region's folder: its clock, map and targets.")],
    html: Annotated[Path | None, typer.Option(help="Write the report to this file, too.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Measure the intervals of recorded events and judge them against their targets."""
    place = load(region)
    runs = with_hour(runs_from_events(read_events(events)), place.time_zone)
    if runs.is_empty():
        raise BadInput(
            code="no_runs",
            what="No unit was assigned in these events.",
            do="Check that it is the right file.",
            where=str(events),
        )
    first, last = _span(runs, place.time_zone)
    report = report_of(
        runs,
        place,
        title=f"{place.name}, {first:%Y-%m-%d} to {last:%Y-%m-%d}",
        about=f"Measured from {events.name}.",
        days=max((last.date() - first.date()).days + 1, 1),
        day=last.date(),
        facts={"Events": events.name, "Region": place.name},
    )
    if html:
        try:
            html.write_text(report_html(report), encoding="utf-8")
        except OSError as problem:
            raise BadInput(
                code="unwritable",
                what=f"The report cannot be written: {problem.strerror}.",
                do="Name another file.",
                where=str(html),
            ) from None
    if as_json:
        typer.echo(json.dumps(_facts(report), indent=2, ensure_ascii=False))
    else:
        _say(report)


def _span(runs: pl.DataFrame, time_zone: str) -> tuple[datetime, datetime]:
    """Return the local times of the first and last ring (or notification, where no ring is known)."""
    rings = runs.select(pl.coalesce(Stamp.PSAP_CALL, Stamp.UNIT_NOTIFIED))[Stamp.PSAP_CALL].drop_nulls().to_list()
    if not rings:
        raise BadInput(
            code="no_times",
            what="No run knows when its call came in or its unit was notified.",
            do="Check that the export is whole.",
            where="events",
        )
    zone = ZoneInfo(time_zone)
    return datetime.fromtimestamp(min(rings) / 1e6, zone), datetime.fromtimestamp(max(rings) / 1e6, zone)


def _facts(report: Report) -> dict[str, Any]:
    """Return the figures and the verdicts as plain values."""
    verdicts = [judge(report.runs, target) for target in report.targets]
    return {
        "title": report.title,
        "runs": len(report.runs),
        "quantile": QUANTILE,
        "intervals": summary(report.runs),
        "nemsis_intervals": statistics(report.runs, INTERVALS).to_dicts(),
        "by_priority": statistics(report.runs, by=["priority"]).to_dicts(),
        "targets": [
            {
                "id": one.target.rule.version,
                "source": one.target.rule.source,
                "met": one.met,
                "n": one.n,
                "share": one.share,
                "reached_s": one.reached_s,
                "words": one.words,
            }
            for one in verdicts
        ],
    }


def _say(report: Report) -> None:
    """Print the intervals and the verdicts."""
    table = Table(title=report.title, title_justify="left")
    table.add_column("interval")
    for head in ("n", "median", "90 %", "missing", "negative"):
        table.add_column(head, justify="right")
    for row in statistics(report.runs).to_dicts():
        times = ["\u2013" if row[key] is None else clock(row[key]) for key in ("median_s", "p90_s")]
        counts = [f"{row[key]:,}" for key in ("missing", "negative")]
        table.add_row(row["interval"].replace("_", " "), f"{row['n']:,}", *times, *counts)
    out.print(table)
    for target in report.targets:
        out.print(judge(report.runs, target).words, markup=False)

"""`goldenhour simulate`: play a call list, or days of generated calls, through the decisions of the desk."""

from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from goldenhour.cli.tables import check_region
from goldenhour.errors import BadInput
from goldenhour.roads.region import load
from goldenhour.simulate.calls import read_calls
from goldenhour.simulate.run import Wanted, carry_out, check_folder, off_road_words, write

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)


def command(
    region: Annotated[Path, typer.Argument(help="The region's folder (goldenhour region build).")],
    *,
    calls: Annotated[
        Path | None, typer.Option(help="Play this call list (CSV, see docs/reference/call_list.md).")
    ] = None,
    days: Annotated[
        float | None, typer.Option(min=0.01, max=3660, help="Or generate the calls of so many days.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same result.")] = 0,
    policy: Annotated[str, typer.Option(help="Another than the region's own: closest, district-first, ...")] = "",
    replications: Annotated[int, typer.Option(min=1, help="Independent runs, for intervals of confidence.")] = 1,
    warm_up: Annotated[float, typer.Option(min=0.0, max=3660, help="Days at the start that are not measured.")] = 0.0,
    to: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write events.parquet, calls.csv, summary.json and report.html here."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The summary as one JSON object on stdout.")] = False,
) -> None:
    """Simulate a region: the same calls, units, roads and decisions as on the desk, with a clock that runs fast."""
    if (calls is None) == (days is None):
        raise BadInput(
            code="calls_or_days", what="One of --calls and --days is needed.", do="Give a call list, or --days 7."
        )
    if to:
        check_folder(to)
    opened = load(region)
    check_region(opened)
    wanted = Wanted(
        calls=read_calls(calls, opened.time_zone) if calls else None,
        days=days or 0.0,
        seed=seed,
        policy=policy,
        replications=replications,
        warm_up_days=warm_up,
    )
    with Progress(console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("Simulating", total=1.0)
        outcome = carry_out(opened, wanted, lambda share: bar.update(task, completed=share))
        if to:
            bar.update(task, description="Writing")
            write(outcome, to)
    if as_json:
        typer.echo(orjson.dumps(outcome.summary, option=orjson.OPT_INDENT_2).decode())
    else:
        _say(outcome.summary)
    if to:
        err.print(f"Written to {to}.", markup=False)


def _say(told: dict[str, Any]) -> None:
    """Print the figures that people ask for first."""
    counts, fleet = told["counts"], told["fleet"]
    out.print(
        f"[bold]{escape(told['region'])}[/], {told['days']:g} days, policy {told['policy']}, seed {told['seed']}, "
        f"{told['replications']} replication{'s' if told['replications'] > 1 else ''}"
    )
    out.print(
        f"  {counts['calls_n']:,} calls, {counts['unanswered_n']:,} without an arrival; {counts['queued_n']:,} waited, "
        f"{counts['bumped_n']:,} units taken for a more urgent call; fleet busy {fleet['busy_fraction']:.1%}"
    )
    far = off_road_words(told["off_road"])
    if far:
        out.print(f"  [yellow]{escape(far)}[/]")
    table = Table("", "n", "mean s", "median s", "p90 s", "± s", box=None)
    for name, row in told["response"].items():
        table.add_row(f"response, {name}", *_cells(row))
    for name, by_type in told["intervals"].items():
        for who, row in by_type.items():
            if row["n"] and (who != "all" or len(by_type) > 2):  # noqa: PLR2004 -- "all" and one type are the same.
                table.add_row(f"{name}, {who}", *_cells(row))
    out.print(table)


def _cells(row: dict[str, Any]) -> list[str]:
    """Return the figures of one line."""
    values = [row.get(key) for key in ("mean_s", "median_s", "p90_s", "half_width_s")]
    return [f"{row['n']:,}", *("" if value is None else f"{value:,.1f}" for value in values)]

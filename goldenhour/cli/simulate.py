"""`goldenhour simulate`: play a call list, or days of generated calls, through the decisions of the desk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
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
from goldenhour.simulate.compare import words
from goldenhour.simulate.run import Scenario, Wanted, carry_out, check_folder, off_road_words, write
from goldenhour.simulate.service import parse
from goldenhour.simulate.skills import SkillTime

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
    needs: Annotated[
        str, typer.Option(help="What a call needs: by the call list, the mix of service.toml, or the response plans.")
    ] = "",
    start: Annotated[str, typer.Option(help="First day, such as 2026-01-05: rules and plans hold by date.")] = "",
    staffing: Annotated[Path | None, typer.Option(help="Crews over those of units.csv (CSV).")] = None,
    rules: Annotated[list[Path] | None, typer.Option(help="A rule book beside those that ship; again.")] = None,
    skill: Annotated[
        list[str] | None,
        typer.Option(help="Time until somebody who may do this is there: naloxone_intranasal@overdose; again."),
    ] = None,
    compare: Annotated[
        list[str] | None,
        typer.Option(help="What if: policy=, needs=, start=, staffing= or rules=VALUE, on the same calls; again."),
    ] = None,
    replications: Annotated[int, typer.Option(min=1, help="Independent runs, for intervals of confidence.")] = 1,
    warm_up: Annotated[float, typer.Option(min=0.0, max=3660, help="Days at the start that are not measured.")] = 0.0,
    to: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write events.parquet, calls.csv, summary.json and report.html here."),
    ] = None,
    events: Annotated[
        bool, typer.Option("--events", help="events.parquet also holds each recommendation with its reasons.")
    ] = False,
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
    if events and not to:
        raise BadInput(code="events", what="--events writes to events.parquet.", do="Say where with --out.")
    scenario = Scenario(
        policy=policy, needs=needs, start=_day(start, "--start"), staffing=staffing, rules=tuple(rules or ())
    )
    natures = [one.key for one in parse(opened.service).natures]
    wanted = Wanted(
        calls=read_calls(calls, opened.time_zone) if calls else None,
        days=days or 0.0,
        seed=seed,
        replications=replications,
        warm_up_days=warm_up,
        scenario=scenario,
        other=_changed(scenario, compare) if compare else None,
        skills=tuple(SkillTime.parse(one, natures) for one in skill or ()),
        reasons=events,
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


def _changed(scenario: Scenario, changes: list[str]) -> Scenario:
    """Return the scenario with some changes, each KEY=VALUE; rules are added to those that are there."""
    given: dict[str, Any] = {}
    for one in changes:
        key, _, value = one.partition("=")
        if key not in _CHANGES or not value:
            raise BadInput(
                code="compare", what=f"{one!r} is no change.",
                do=f"Write KEY=VALUE, with one of {', '.join(_CHANGES)}, such as start=2026-01-05.",
                where="--compare",
            )  # fmt: skip
        if key == "rules":
            given[key] = (*given.get(key, scenario.rules), Path(value))
        else:
            given[key] = _CHANGES[key](value)
    return replace(scenario, **given)


def _day(text: str, where: str) -> date | None:
    """Return a day, None for none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(
            code="day", what=f"{text!r} is not a day.", do="Write it such as 2026-01-05.", where=where
        ) from None


_CHANGES: dict[str, Callable[[str], Any]] = {
    "policy": str,
    "needs": str,
    "start": lambda text: _day(text, "--compare start="),
    "staffing": Path,
    "rules": Path,
}


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
    for name, row in told.get("skills", {}).items():
        table.add_row(name, *_cells(row))
    out.print(table)
    for name, row in told.get("skills", {}).items():
        out.print(
            f"  {escape(name)}: nobody who may came to {row['never_n']:,} calls; on {row['unknown_n']:,} somebody came "
            "before of whom it is unknown"
        )
    if "compare" in told:
        _say_compared(told["compare"])


def _say_compared(told: dict[str, Any]) -> None:
    """Print what the change does."""
    pairs = told["pairs"]
    out.print(
        f"\n[bold]What if[/]: {escape(told['words'])}; {pairs} pair{'' if pairs == 1 else 's'} of runs on the same luck"
    )
    table = Table("", "before", "after", "difference of the means", box=None)
    for name, row in told["figures"].items():
        means = [row[side].get("mean_s") for side in ("before", "after")]
        cells = ["" if mean is None else f"{mean:,.1f} s" for mean in means]
        table.add_row(name, *cells, words(row["difference"]))
    out.print(table)


def _cells(row: dict[str, Any]) -> list[str]:
    """Return the figures of one line."""
    values = [row.get(key) for key in ("mean_s", "median_s", "p90_s", "half_width_s")]
    return [f"{row['n']:,}", *("" if value is None else f"{value:,.1f}" for value in values)]

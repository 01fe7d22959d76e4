"""`goldenhour calibrate`: fit a region's speeds, units, shifts and laws to a service's own record."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from goldenhour.cli.tables import check_region
from goldenhour.errors import BadInput
from goldenhour.roads.region import load, write
from goldenhour.simulate.calibrate import calibrate
from goldenhour.simulate.record import between, read_record

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)


def command(
    region: Annotated[Path, typer.Argument(help="The region's folder. It is replaced when all went well.")],
    *,
    calls: Annotated[Path, typer.Option(help="The record: one row a unit and call (CSV, DataSF's layout).")],
    since: Annotated[str, typer.Option("--from", help="Only calls received from this local day on.")] = "",
    until: Annotated[str, typer.Option(help="Only calls received before this local day.")] = "",
    to: Annotated[Path | None, typer.Option("--out", "-o", help="Write here and leave REGION as it is.")] = None,
) -> None:
    """Fit a region to a record of what its units did: speeds, who is on duty, who is sent, how long each step takes."""
    opened = load(region)
    check_region(opened)
    record = read_record(calls, opened.time_zone)
    if since or until:
        record = between(record, _day(since, "--from"), _day(until, "--until"))
    with Progress(console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("Calibrating", total=1.0)
        draft = calibrate(opened, record, lambda share: bar.update(task, completed=share))
        fitted = write(draft, to or region)
    counts = fitted.settings["counts"]
    types = ", ".join(f"{number} {kind}" for kind, number in counts["units_by_type"].items())
    out.print(
        f"[bold]{escape(fitted.name)}[/], {escape(str(fitted.folder))}: calibrated. {counts['units']} units ({types})."
    )
    for sentence in fitted.settings["warnings"]:
        out.print(f"  {sentence}", markup=False)


def _day(text: str, option: str) -> datetime | None:
    """Return a local day's beginning."""
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d")  # noqa: DTZ007 -- A wall clock, as the record's own times.
    except ValueError:
        raise BadInput(
            code="bad_day", what=f"{text!r} is no day.", do="Write it as 2017-01-05.", where=option
        ) from None

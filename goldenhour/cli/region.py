"""`goldenhour region ...`: build a region and say what is in it."""

import json
from collections import Counter
from dataclasses import replace
from enum import StrEnum
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import available_timezones

import typer
from rich.console import Console
from rich.markup import escape

from goldenhour.cli.tables import check_region, check_tables
from goldenhour.errors import BadInput
from goldenhour.roads.draft import Draft
from goldenhour.roads.region import Region, load, write

app = typer.Typer(no_args_is_help=True, help="Regions: a place with its roads, posts and hospital doors.")
out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)


class Kind(StrEnum):
    """What a region is made from."""

    SF = "sf"
    JEMSS = "jemss"
    OSM = "osm"
    DEMO = "demo"


@app.command()
def build(
    kind: Annotated[Kind, typer.Argument(help="What SOURCE is: sf, jemss, osm, or demo (made from a seed).")],
    source: Annotated[str, typer.Argument(help="A folder (sf, jemss), a .osm.pbf file (osm), or a seed (demo).")] = "",
    *,
    to: Annotated[Path, typer.Option("--out", "-o", help="The region's folder. An older region there is replaced.")],
    name: Annotated[str, typer.Option(help="The region's name.")] = "",
    time_zone: Annotated[str, typer.Option(help="Such as Pacific/Auckland, where the source does not say.")] = "",
    jurisdiction: Annotated[str, typer.Option(help="Whose rules hold there, such as US-OH.")] = "",
    stations: Annotated[Path | None, typer.Option(help="Stations for osm (CSV: id,name,lon,lat,agency,kind).")] = None,
    hospitals: Annotated[
        Path | None, typer.Option(help="Hospitals for osm (CSV: id,name,lon,lat,kind,capabilities,beds).")
    ] = None,
) -> None:
    """Build a region. On any fault nothing is written, and it is said where the fault is."""
    if time_zone and time_zone not in available_timezones():
        raise BadInput(
            code="no_time_zone",
            what=f"There is no time zone {time_zone}.",
            do="Use an IANA name such as Europe/Lisbon.",
            where="--time-zone",
        )
    if (stations or hospitals) and kind is not Kind.OSM:
        raise BadInput(
            code="wrong_option",
            what="Only a region from OpenStreetMap takes --stations and --hospitals.",
            do="Leave them out: the other kinds bring their own.",
            where=f"region build {kind}",
        )
    draft = _draft(kind, source, stations, hospitals)
    given = {"name": name, "time_zone": time_zone, "jurisdiction": jurisdiction}
    draft = replace(draft, **{key: value for key, value in given.items() if value})  # type: ignore[arg-type]
    if time_zone:
        draft = replace(draft, warnings=tuple(said for said in draft.warnings if "time zone" not in said))
    check_tables(draft.stations, draft.hospitals, draft.units)
    with err.status(f"Building {escape(draft.name)}: {draft.network.nodes:,} nodes"):
        region = write(draft, to)
    _say(region)


def _draft(kind: Kind, source: str, stations: Path | None, hospitals: Path | None) -> Draft:
    """Return what the kind's builder finds in the source."""
    builder = import_module(f"goldenhour.roads.build.{kind}")  # Only this one: each brings libraries of its own.
    draft: Draft
    if kind is Kind.DEMO:
        if source and not source.isdecimal():
            raise BadInput(
                code="bad_seed", what=f"{source!r} is no seed.", do="Give a whole number, or none.", where="SOURCE"
            )
        draft = builder.build(int(source or 0))
        return draft
    if not source:
        raise BadInput(
            code="no_source",
            what=f"A region of kind {kind} needs a source.",
            do="Name it after the kind.",
            where="SOURCE",
        )
    tables = {"stations": stations, "hospitals": hospitals} if kind is Kind.OSM else {}
    draft = builder.build(Path(source), **tables)
    return draft


@app.command()
def info(
    region: Annotated[Path, typer.Argument(help="The region's folder.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Check a region's files and say what is in it."""
    opened = load(region)
    check_region(opened)
    if as_json:
        typer.echo(json.dumps(facts(opened), indent=2, ensure_ascii=False))
    else:
        _say(opened)


def facts(region: Region) -> dict[str, Any]:
    """Return region.toml, with the size of the folder in place of the list of files, and its tables counted anew."""
    found = {key: value for key, value in region.settings.items() if key != "file"}
    found["counts"] = found["counts"] | _counts(region)
    return found | {"folder_bytes": sum(entry["bytes"] for entry in region.settings["file"])}


def _counts(region: Region) -> dict[str, Any]:
    """Return how many places and units its tables hold now: people may change them."""
    units = region.table("units")
    return {
        "stations": len(region.table("stations")),
        "hospitals": len(region.table("hospitals")),
        "units": len(units),
        "units_by_type": dict(sorted(Counter(row["type"] for row in units).items())),
    }


def _say(region: Region) -> None:
    """Print what is in a region."""
    settings = region.settings
    counts = settings["counts"] | _counts(region)
    out.print(f"[bold]{escape(region.name)}[/] ({region.kind}), {escape(str(region.folder))}")
    say = partial(out.print, markup=False)  # Names may hold brackets.
    say(f"  time zone {region.time_zone}, jurisdiction {settings['jurisdiction'] or 'not known'}")
    say(
        f"  roads     {counts['nodes']:,} nodes, {counts['arcs']:,} arcs, {counts['km']:,} km; "
        f"metrics {', '.join(metric['id'] for metric in settings['metric'])}"
    )
    types = ", ".join(f"{number} {kind}" for kind, number in counts["units_by_type"].items())
    say(
        f"  places    {counts['stations']} stations, {counts['hospitals']} hospitals, "
        f"{counts['units']} units{f' ({types})' if types else ''}"
    )
    say(f"  demand    {counts['demand_points']:,} points; policy {settings['policy']['default']}")
    say(f"  sources   {'; '.join(settings['sources'])}")
    say(f"  licences  {'; '.join(settings['licences'])}")
    for sentence in settings["warnings"]:
        out.print(f"  [yellow]![/] {escape(sentence)}")

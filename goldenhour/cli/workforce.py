"""`goldenhour workforce ...`: people, their credentials, and moving between states."""

import json
from typing import Annotated

import typer
from rich.console import Console

from goldenhour.cli import people
from goldenhour.cli.days import day_of
from goldenhour.errors import BadInput
from goldenhour.log.live import database
from goldenhour.workforce import reciprocity

app = typer.Typer(no_args_is_help=True, help="People, their credentials, and moving between states.")
people.add_to(app)
guard = database.faults_in_words  # See cli.main.
out = Console(soft_wrap=True, highlight=False, markup=False)

_EXIT = {"may_practise": 0, "steps_to_take": 0, "not_recognised": 1, "unknown": 3}
_MARKS = {"met": "[x]", "to_do": "[ ]", "blocked": "[!]", "unknown": "[?]"}
_WORDS = {
    "open": "nothing left to do",
    "to_do": "steps to take",
    "closed": "closed",
    "unknown": "not known",
    "": "note",
}


@app.callback()
def _workforce() -> None:
    """Keep the commands under their own name, however few there are."""


@app.command()
def path(
    *,
    level: Annotated[str, typer.Option(help="The level held: EMT, AEMT, ...")],
    to: Annotated[str, typer.Option(help="The state to practise in.")],
    on: Annotated[str, typer.Option(help="The day, such as 2026-01-31.")],
    licence: Annotated[str, typer.Option(help="The state of the live licence; nothing for none.")] = "",
    nremt: Annotated[str, typer.Option(help="The level of a current NREMT certificate.")] = "",
    age: Annotated[float | None, typer.Option(min=0, max=120, help="Years.")] = None,
    has: Annotated[list[str] | None, typer.Option(help="A fact that holds, such as acls; may be given again.")] = None,
    lacks: Annotated[list[str] | None, typer.Option(help="A fact that does not hold.")] = None,
    restricted: Annotated[bool, typer.Option("--restricted", help="A licence is restricted, anywhere.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Say what it takes to practise in another state. Exit 0: a way is known; 1: not recognised; 3: unknown."""
    if both := sorted({*(has or ())} & {*(lacks or ())}):
        raise BadInput(
            code="both", what=f"{', '.join(both)} is said to hold and not to.", do="Say one of them.", where="--has"
        )
    if licence.strip().upper() == "NREMT":
        raise BadInput(
            code="nremt", what="NREMT is a certificate, no licence.", do="Say it with --nremt LEVEL.", where="--licence"
        )
    facts = dict.fromkeys(lacks or (), False) | dict.fromkeys(has or (), True)
    held = reciprocity.Holding(level=level, licence=licence, restricted=restricted, nremt=nremt, age=age, facts=facts)
    found = reciprocity.path(held, to, day_of(on, where="--on"))
    if as_json:
        typer.echo(json.dumps(found.as_json(), default=str, ensure_ascii=False, indent=2))
    else:
        _print(found)
    raise typer.Exit(_EXIT[found.verdict])


def _print(found: reciprocity.Path) -> None:
    """Print the ways with their steps."""
    out.print(f"{found.what} {found.do}")
    for way in found.ways:
        sure = " (UNCONFIRMED: no authority says so)" if way.unconfirmed else ""
        out.print(f"\n{way.way}: {_WORDS[way.verdict]}{sure}\n  {way.what}")
        for step in way.steps:
            out.print(f"  {_MARKS[step.state]} {step.what}")
        if way.note:
            out.print(f"  {way.note}")
        if way.source:
            since = f", from {way.start}" if way.start else ""
            out.print(f"  {way.rule}{since}. Source: {way.source}")

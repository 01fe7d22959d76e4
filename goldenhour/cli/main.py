"""The command line's front: gathers the commands and turns a refusal into words and an exit code."""

import sys

import typer
from rich.console import Console

from goldenhour.cli.warm import warm
from goldenhour.errors import BadInput, Refused

app = typer.Typer(
    name="goldenhour",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    help="Run an emergency medical service.",
)
err = Console(stderr=True, soft_wrap=True, highlight=False)


@app.callback()
def goldenhour() -> None:
    """Run an emergency medical service: regions, the log, simulation, the live board."""


app.command()(warm)


def main() -> None:
    """Run the command line; say a refusal in words, never as a traceback."""
    try:
        app()
    except Refused as refused:
        err.print(f"[bold red]{refused.what}[/]\n{refused.do}", markup=True)
        sys.exit(2 if isinstance(refused, BadInput) else 1)

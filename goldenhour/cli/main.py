"""The command line's front: gathers the commands and turns a refusal into words and an exit code."""

import importlib
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import typer
from rich.console import Console
from rich.markup import escape

from goldenhour.errors import BadInput, Refused

# Each command's module has `app` (commands of its own) or `command` (one command). Only the one asked for is imported,
# because some rooms take a second to load and `goldenhour --help` should not.
COMMANDS = {
    "region": "goldenhour.cli.region",
    "calibrate": "goldenhour.cli.calibrate",
    "simulate": "goldenhour.cli.simulate",
    "serve": "goldenhour.cli.serve",
    "measure": "goldenhour.cli.measure",
    "log": "goldenhour.cli.log",
    "backup": "goldenhour.cli.backup",
    "restore": "goldenhour.cli.restore",
    "accounts": "goldenhour.cli.accounts",
    "paging": "goldenhour.cli.paging",
    "scope": "goldenhour.cli.scope",
    "workforce": "goldenhour.cli.workforce",
    "warm": "goldenhour.cli.warm",
}

err = Console(stderr=True, soft_wrap=True, highlight=False)


def gather(wanted: str | None) -> typer.Typer:
    """Return the command line with one command loaded, or with all of them when `wanted` is none of ours."""
    app = typer.Typer(name="goldenhour", no_args_is_help=True, pretty_exceptions_show_locals=False)
    app.callback()(goldenhour)
    for name in [wanted] if wanted in COMMANDS else COMMANDS:
        module = importlib.import_module(COMMANDS[str(name)])
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name=name)(module.command)
    return app


def goldenhour() -> None:
    """Run an emergency medical service: regions, the log, simulation, the live board."""


def _guard(wanted: str | None) -> AbstractContextManager[None]:
    """Return what turns the faults of a command's own world into refusals: its module's `guard`, if it has one."""
    module = sys.modules.get(COMMANDS.get(str(wanted), ""))
    guard: Callable[[], AbstractContextManager[None]] = getattr(module, "guard", nullcontext)
    return guard()


def main() -> None:
    """Run the command line; say a refusal in words, never as a traceback."""
    wanted = next(iter(sys.argv[1:]), None)
    try:
        app = gather(wanted)
        with _guard(wanted):
            app()
    except Refused as refused:
        err.print(f"[bold red]{escape(refused.what)}[/]\n{escape(refused.do)}")
        sys.exit(2 if isinstance(refused, BadInput) else 1)

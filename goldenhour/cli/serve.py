"""`goldenhour serve`: the board in a browser on this machine."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from goldenhour.cli.tables import check_region
from goldenhour.errors import BadInput
from goldenhour.roads.region import load
from goldenhour.site import serve as serving

err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)


def command(
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="A county that lives by itself, on a database of its own.")
    ] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Of this machine.")] = 8000,
    region: Annotated[
        Path | None, typer.Option(help="The region to serve. With --demo: instead of the made-up county.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the demo's county and calls: the same seed, the same.")] = 1,
    speed: Annotated[
        float, typer.Option(min=1, max=120, help="How fast a demo's clock runs at first.")
    ] = serving.SPEED,
    print_board: Annotated[
        Path | None, typer.Option(help="A folder to which the board for printing is written every minute.")
    ] = None,
) -> None:
    """Serve the live board to this machine. Until accounts exist it listens on 127.0.0.1 only."""
    if region:
        check_region(load(region))  # Said here in words, before a server starts.
    if print_board:
        if not (print_board.is_dir() and os.access(print_board, os.W_OK | os.X_OK)):
            raise BadInput(
                code="bad_folder",
                where="--print-board",
                what=f"{print_board} is no folder that can be written.",
                do="Make it, or give another one.",
            )
        os.environ["GOLDENHOUR_PRINT_BOARD"] = str(print_board.resolve())
    if demo:
        serving.serve_demo(port, seed=seed, region=region, speed=speed, say=err.print)
    else:
        serving.serve_real(port, region=region, say=err.print)

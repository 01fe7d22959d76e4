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
from goldenhour.site.outside import HERE, Outside

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
    host: Annotated[
        list[str] | None, typer.Option(help="A name or address under which people open it. May be given again.")
    ] = None,
    bind: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for every one of this machine.")] = HERE,
    tls: Annotated[bool, typer.Option("--tls", help="Over TLS, with a certificate of the house's own making.")] = False,
    cert: Annotated[Path | None, typer.Option(help="Over TLS, with this certificate (PEM, the whole chain).")] = None,
    key: Annotated[Path | None, typer.Option(help="The key of --cert (PEM).")] = None,
    http_port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Where plain HTTP leads to HTTPS, such as 80.")
    ] = None,
    hsts: Annotated[
        int,
        typer.Option(min=0, max=730, help="For so many days browsers open this host over TLS only. 0: no word of it."),
    ] = 0,
    behind_proxy: Annotated[
        list[str] | None,
        typer.Option(
            help="The address of a proxy that has the certificate, as this machine sees it. May be given again."
        ),
    ] = None,
) -> None:
    """Serve the live board: to this machine, or with accounts and TLS to a network."""
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
    how = Outside(
        hosts=tuple(host or ()),
        bind=bind,
        tls=tls,
        cert=cert,
        key=key,
        http_port=http_port,
        hsts_days=hsts,
        proxies=tuple(behind_proxy or ()),
    )
    if demo and how != Outside():
        raise BadInput(
            code="demo_outside",
            what="A demo answers only its own machine: everybody knows its passwords.",
            do="Leave out what is about hosts and TLS, or leave out --demo.",
            where="--demo",
        )
    if demo:
        serving.serve_demo(port, seed=seed, region=region, speed=speed, say=err.print)
    else:
        serving.serve_real(port, region=region, say=err.print, how=how)

"""`goldenhour backup`: one sealed file of the whole house, made while everybody works on."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from goldenhour.errors import BadInput
from goldenhour.log import backup as files
from goldenhour.log.live import database

out = Console(soft_wrap=True, highlight=False, markup=False)

guard = database.faults_in_words  # See cli.main.

KeyFile = Annotated[Path | None, typer.Option("--key-file", help="The file that holds the key.")]
PassphraseFile = Annotated[
    Path | None, typer.Option("--passphrase-file", help="The file that holds the passphrase; - reads it from stdin.")
]


def the_secret(key_file: Path | None, passphrase_file: Path | None, *, twice: bool) -> files.Secret:
    """Return what seals a backup: of a file, or a passphrase asked for; never an argument, which all could see.

    Raises:
        BadInput: none or both are given, or it is not fit.
    """
    if key_file and passphrase_file:
        raise BadInput(code="two_secrets", what="A key and a passphrase are given.", do="Give one of them.")
    if key_file:
        return files.key_file(key_file)
    if passphrase_file:
        given = sys.stdin.readline() if str(passphrase_file) == "-" else passphrase_file.read_text()
        return files.passphrase(given)
    if not sys.stdin.isatty():
        raise BadInput(
            code="no_secret",
            what="Nothing is given to seal or open the backup with.",
            do="Give --key-file or --passphrase-file, or run it at a terminal, where it asks.",
        )
    return files.passphrase(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=twice, err=True))


def command(
    to: Annotated[Path | None, typer.Option("--out", "-o", help="The file to write. Nothing is overwritten.")] = None,
    key_file: KeyFile = None,
    passphrase_file: PassphraseFile = None,
    make_key: Annotated[Path | None, typer.Option(help="Write a fresh key to this file, and do nothing else.")] = None,
) -> None:
    """Back the house up while it runs: database, secrets and a signed head, encrypted, in one file."""
    if make_key:
        files.make_key_file(make_key)
        out.print(f"A fresh key is in {make_key}. Keep a copy where no backup is: without it none can be opened.")
        return
    if to is None:
        raise BadInput(code="no_file", what="No file is named.", do="Say where it is to go.", where="--out")
    secret = the_secret(key_file, passphrase_file, twice=True)
    database.open_house()
    from goldenhour.log.live.backup import back_up  # noqa: PLC0415 -- Models exist only once the database is open.

    held = back_up(to, secret)
    out.print(f"{to}: {held.position:,} events, {held.tables} tables, {held.bytes:,} bytes, read back and whole.")
    out.print("Keep it on another machine, and its key on a third.")

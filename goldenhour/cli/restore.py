"""`goldenhour restore`: a backup into an empty house, whole or not at all."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from goldenhour.cli.backup import KeyFile, PassphraseFile, the_secret
from goldenhour.errors import BadInput
from goldenhour.log.live import database

out = Console(soft_wrap=True, highlight=False, markup=False)

guard = database.faults_in_words  # See cli.main.


def command(
    file: Annotated[Path, typer.Argument(help="The backup.")],
    actor: Annotated[str, typer.Option(help="Who decided it, as it is to stand in the log.")],
    key_file: KeyFile = None,
    passphrase_file: PassphraseFile = None,
    heads: Annotated[list[Path] | None, typer.Option(help="A signed head kept elsewhere; may be given again.")] = None,
) -> None:
    """Restore a backup into the empty house that GOLDENHOUR_DATA and DATABASE_URL name; nothing is overwritten."""
    if not actor.strip():
        raise BadInput(code="nothing_said", what="Nobody is named.", do="It stands in the log.", where="--actor")
    secret = the_secret(key_file, passphrase_file, twice=False)
    from goldenhour.log.live.restore import restore  # noqa: PLC0415 -- Loads Django, which --help has no need of.

    done = restore(file, secret, kept=heads or [], at=datetime.now(UTC), actor=actor.strip())  # noqa: TID251 -- Now.
    out.print(f"Restored as of {done.made_at}: {done.events:,} events, the chain agrees with the signed head.")
    out.print(f"Epoch {done.epoch} began: every board fetches anew.")
    for line in done.lost:
        out.print(line)
    for name in done.came_back:
        out.print(f"The key {name} was destroyed and came back: run `goldenhour log forget {name}` again.")

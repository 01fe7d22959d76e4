"""`goldenhour log ...`: verify, rebuild, copy and sign the log."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from goldenhour.errors import BadInput, Refused
from goldenhour.log import excerpt as excerpts
from goldenhour.log.live import database

app = typer.Typer(no_args_is_help=True, help="The log: verify it, rebuild from it, copy it, sign it.")
out = Console(soft_wrap=True, highlight=False, markup=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)

guard = database.faults_in_words  # See cli.main.

File = Annotated[Path, typer.Option("--out", "-o", help="The file to write.")]
Reason = Annotated[str, typer.Option(help="Why, as it is to stand in the log.")]


Actor = Annotated[str, typer.Option(help="Who decided it, as it is to stand in the log.")]


def _said(option: str, text: str) -> str:
    """Return what is to stand in the log; refuse a blank."""
    if not text.strip():
        raise BadInput(code="nothing_said", what="Nothing is said.", do="It stands in the log for ever.", where=option)
    return text.strip()


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 -- A command of the operator happens now.


@app.command()
def migrate() -> None:
    """Bring the database's tables up to date; make them where there are none."""
    database.connect()
    database.migrate()
    out.print("The tables are up to date.")


@app.command()
def verify(
    heads: Annotated[list[Path] | None, typer.Option(help="A signed head kept elsewhere; may be given again.")] = None,
    excerpt: Annotated[Path | None, typer.Option(help="Verify this agency's excerpt instead of the log.")] = None,
) -> None:
    """Recompute the whole chain; name the first broken position."""
    if excerpt:
        try:
            with excerpt.open("rb") as lines:
                count, last = excerpts.verify(lines)
        except OSError as error:
            raise BadInput(
                code="no_file", where=str(excerpt), what=f"It cannot be read ({error.strerror}).", do="Check the path."
            ) from error
        out.print(f"The excerpt is whole: {count:,} events, the last with the hash {last}.")
        return
    database.open_house()
    from goldenhour.log.live import heads as signed  # noqa: PLC0415 -- Models exist only once the database is open.
    from goldenhour.log.live import verify as verifying  # noqa: PLC0415

    told = [signed.read(file) for file in heads or []]
    verdict = verifying.verify(told)
    verifying.insist(verdict)
    out.print(f"The log is whole: {verdict.events:,} events, the last with the hash {verdict.hash}.")
    from goldenhour.access.live import reads  # noqa: PLC0415 -- Models exist only once the database is open.

    out.print(f"The reads of patients' data are whole: {reads.insist():,}.")
    out.print(f"{len(told)} signed heads agree." if told else "Give --heads to find a cut tail or a rewritten whole.")


@app.command()
def rebuild(
    *,
    check: Annotated[bool, typer.Option("--check", help="Exit 1 where the live tables differ.")] = False,
    swap: Annotated[bool, typer.Option("--swap", help="Put the rebuilt tables in the live ones' place.")] = False,
    values: Annotated[bool, typer.Option("--values", help="Show differing rows. They may be personal.")] = False,
) -> None:
    """Replay the log into tables beside the live ones, compare, and swap if asked to."""
    database.open_house()
    from goldenhour.log.live import rebuild as rebuilding  # noqa: PLC0415 -- Models exist only once the database is open.
    from goldenhour.log.live import store  # noqa: PLC0415

    with err.status("Replaying ..."):
        done = rebuilding.rebuild(swap=swap)
    out.print(f"{done.events:,} events replayed into {done.tables} tables in {done.replay_s:.1f} s.")
    for found in done.differences:
        err.print(f"{found.table} differs: {found.columns}.")
        for side, rows in (("live", found.only_live), ("rebuilt", found.only_rebuilt)) if values else ():
            for row in rows:
                err.print(f"  only {side}: {json.dumps(row, default=str)}", markup=False)
    if not done.differences:
        out.print("The live tables are the same.")
    if done.swap_s is not None:
        out.print(f"Swapped; writers waited {done.swap_s:.2f} s.")
        if done.differences:  # Open boards show what was wrong: they are to fetch anew.
            store.begin_epoch(reason="Tables were rebuilt and differed.", at=_now(), actor="goldenhour log rebuild")
    elif done.differences and check:
        raise Refused(
            code="rebuild_differs",
            what=f"{len(done.differences)} live tables are not what the log says.",
            do="Find out what wrote to them, then run `goldenhour log rebuild --swap`.",
        )


@app.command()
def export(
    to: File,
    *,
    personal: Annotated[bool, typer.Option("--personal", help="With what identifies people. Guard the file.")] = False,
) -> None:
    """Write the log to a Parquet file."""
    database.open_house()
    from goldenhour.log.live import export as exporting  # noqa: PLC0415 -- Models exist only once the database is open.

    out.print(f"{exporting.to_parquet(to, personal=personal):,} events in {to}.")


@app.command()
def excerpt(to: File, agency: Annotated[str, typer.Option(help="Whose events are shown in full.")]) -> None:
    """Write an agency's excerpt: others' events as digests, and the chain still verifies."""
    database.open_house()
    from goldenhour.log.live import export as exporting  # noqa: PLC0415 -- Models exist only once the database is open.

    out.print(f"{exporting.to_excerpt(to, agency=agency):,} events in {to}.")


@app.command("sign-head")
def sign_head(
    to: Annotated[Path | None, typer.Option("--out", "-o", help="The file; by default in the data folder.")] = None,
) -> None:
    """Sign where the log ends now. Keep the file on another machine."""
    database.open_house()
    from goldenhour.log.live import heads as signed  # noqa: PLC0415 -- Models exist only once the database is open.

    file, head = signed.sign(to)
    out.print(f"Position {head.position:,} signed: {file}. Keep a copy on another machine.")


@app.command()
def heads() -> None:
    """List the signed heads in the data folder."""
    database.open_house()
    from goldenhour.log.live import heads as signed  # noqa: PLC0415 -- Models exist only once the database is open.

    for file in signed.kept():
        head = signed.read(file)
        out.print(f"{head.position:>12,}  {head.signed_at}  {head.hash[:16]}  {file}")


@app.command("new-epoch")
def new_epoch(reason: Reason, actor: Actor) -> None:
    """Say that the log goes on from a restored copy: every board and follower fetches anew."""
    reason, actor = _said("--reason", reason), _said("--actor", actor)
    database.open_house()
    from goldenhour.log.live import store  # noqa: PLC0415 -- Models exist only once the database is open.

    out.print(f"Epoch {store.begin_epoch(reason=reason, at=_now(), actor=actor)} began.")


@app.command()
def forget(
    name: Annotated[str, typer.Argument(help="The key's name: field/value, such as call_id/26-0001.")],
    reason: Reason,
    actor: Actor,
) -> None:
    """Destroy a key: what it sealed can never be read again, and the chain stays valid."""
    reason, actor = _said("--reason", reason), _said("--actor", actor)
    database.open_house()
    from goldenhour.log.live import keys  # noqa: PLC0415 -- Models exist only once the database is open.

    where = keys.destroy(name, reason=reason, at=_now(), actor=actor)
    out.print(f"The key {name} is destroyed (position {where.position:,}). Copies in backups are yours to destroy.")

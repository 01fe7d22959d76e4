"""Restoring a backup into an empty house: whole, or not at all.

All is made in a folder `restoring` inside the data folder, and looked at there, before it takes its place; on
PostgreSQL in one transaction. The chain is recomputed and held against the head that was signed when the backup was
made, and against heads kept elsewhere. A new epoch begins, so that every board fetches anew.
"""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction

from goldenhour.errors import Refused
from goldenhour.log import backup as files
from goldenhour.log.live import database

if TYPE_CHECKING:
    from goldenhour.log.live.heads import SignedHead
    from goldenhour.log.live.verify import Verdict

# Modules with models are imported in the functions: the house they are to open is only being made.
# ruff: noqa: PLC0415

_STAGE = "restoring"
_FILE = "goldenhour.sqlite3"
_LOADED_BY_MIGRATING = {"django_migrations"}


class Restored(NamedTuple):
    """What was restored."""

    events: int
    made_at: str
    epoch: str
    came_back: list[str]  # Names of keys that were destroyed and are in the backup.
    lost: list[str]  # What heads kept elsewhere have, and the backup does not, in words.


def restore(file: Path, secret: files.Secret, *, kept: Sequence[Path], at: datetime, actor: str) -> Restored:
    """Restore a backup into the house that GOLDENHOUR_DATA and DATABASE_URL name, which has to be empty.

    It is to be called before Django is set up.

    Raises:
        Refused: the house is not empty; the backup is cut, changed, another's, or of another version.
    """
    data = Path(os.environ.get("GOLDENHOUR_DATA", "var")).resolve()
    stage = data / _STAGE
    begun_here = not data.exists()
    _insist_empty(data)
    stage.mkdir(mode=0o700, parents=True)
    try:
        house = _unpack(file, secret, stage)
        engine = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
        if house["engine"] != engine:
            raise Refused(
                code="other_engine",
                what=f"The backup is of {_named(house['engine'])}, and this house is to be on {_named(engine)}.",
                do="Name a PostgreSQL database in DATABASE_URL, or leave it out for SQLite.",
            )
        os.environ["GOLDENHOUR_DATA"] = str(stage)
        database.connect()
        return _fill(data, stage, house, file, secret, kept=kept, at=at, actor=actor)
    finally:
        if settings.configured:
            connection.close()
        shutil.rmtree(stage, ignore_errors=True)
        if begun_here and not any(data.iterdir()):
            data.rmdir()


def _named(engine: str) -> str:
    return "PostgreSQL" if engine == "postgresql" else "SQLite"


def _insist_empty(data: Path) -> None:
    """Refuse a data folder that holds anything but what a restore that was broken off left."""
    if data.exists():
        shutil.rmtree(data / _STAGE, ignore_errors=True)
        if left := sorted(one.name for one in data.iterdir()):
            raise Refused(
                code="house_not_empty",
                what=f"The data folder {data} is not empty: {', '.join(left[:3])}. Nothing is restored over a house.",
                do="Name an empty folder in GOLDENHOUR_DATA, and move the old one aside first.",
            )


def _unpack(file: Path, secret: files.Secret, stage: Path) -> dict[str, Any]:
    """Read the whole backup once: put its files in place, and return what it says of its house.

    Tables stay in it for now: only at its end is it known to be whole.
    """
    house: dict[str, Any] = {}
    for header, data in files.parts(file, secret):
        if header["part"] == "house":
            house = header
        if header["part"] in {"file", "sqlite"}:
            name = PurePosixPath(header.get("name", _FILE))
            _write(stage / Path(*[part for part in name.parts if part not in {"/", ".."}]), data)
        for _ in data:
            pass
    return house


def _write(file: Path, data: Iterator[bytes]) -> None:
    file.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        for one in data:
            out.write(one)
        out.flush()
        os.fsync(out.fileno())


def _fill(
    data: Path,
    stage: Path,
    house: dict[str, Any],
    file: Path,
    secret: files.Secret,
    *,
    kept: Sequence[Path],
    at: datetime,
    actor: str,
) -> Restored:
    """Fill the database, look at it, and put everything in its place."""
    from goldenhour.log.live import heads, store

    head = _head(house)
    heads.keep_public_keys({*house["public_keys"], head.public_key})
    told = [heads.read(one) for one in kept]
    reason = f"Restored from a backup made {house['made_at']}."
    _insist_same_version(house)
    if connection.vendor == "sqlite":
        verdict = _insist_whole(head, told)
        came_back = {*verdict.came_back, *heads.came_back(kept)}
        epoch = store.begin_epoch(reason=reason, at=at, actor=actor)
        connection.close()  # The last one: SQLite takes its journal in.
        _settle(stage, data)
    else:
        with _all_or_nothing():
            _load(file, secret)
            verdict = _insist_whole(head, told)
            came_back = {*verdict.came_back, *heads.came_back(kept)}
            _new_epoch_at_once()
            _settle(stage, data)
        epoch = store.begin_epoch(reason=reason, at=at, actor=actor)
    return Restored(
        events=verdict.events,
        made_at=house["made_at"],
        epoch=epoch,
        came_back=sorted(came_back),
        lost=[
            f"Positions {head.position + 1:,} to {one.position:,} are lost: the head of {one.signed_at} has them."
            for one in told
            if one.position > head.position
        ],
    )


def _head(house: dict[str, Any]) -> "SignedHead":
    from goldenhour.log.live import heads

    try:
        return heads.checked(house["head"])
    except (ValueError, TypeError, KeyError, InvalidSignature) as error:
        raise Refused(
            code="bad_head", what="The backup's signed head is not valid.", do="Nothing was restored."
        ) from error


def _insist_same_version(house: dict[str, Any]) -> None:
    """Refuse tables of another version: what stands in them would be misread."""
    from django.db.migrations.loader import MigrationLoader

    ours = set(MigrationLoader(None).disk_migrations)
    theirs = {tuple(one) for one in house["migrations"]}
    if ours != theirs:
        which = ", ".join(f"{app} {name}" for app, name in sorted(ours ^ theirs)[:3])
        raise Refused(
            code="other_version",
            what=f"The backup was made by goldenhour {house['goldenhour']}, whose tables are others ({which}).",
            do="Nothing was restored. Restore it with that version, then bring the tables up to date with "
            "`goldenhour log migrate` of this one.",
        )


def _insist_whole(head: "SignedHead", told: list["SignedHead"]) -> "Verdict":
    """Hold the chain against the head signed with the backup, and heads kept elsewhere as far as it goes."""
    from goldenhour.log.live import feed
    from goldenhour.log.live.verify import verify

    verdict = verify([head, *(one for one in told if one.position <= head.position)])
    faults = [fault.what for fault in verdict.broken]
    own = {head.public_key, *_own_keys()}
    faults += [
        f"The head signed at {one.signed_at} is not of the house whose backup this is."
        for one in told
        if one.position > head.position and one.public_key not in own
    ]
    if not faults and feed.head().position != head.position:
        faults = [f"The log ends at {feed.head().position}, and the head signed with the backup at {head.position}."]
    if faults:
        raise Refused(
            code="backup_broken",
            what=" ".join(faults),
            do="Nothing was restored. Take an earlier backup, and keep this one for those who look into it.",
        )
    return verdict


def _own_keys() -> set[str]:
    from goldenhour.log.live import heads

    return heads.own_public_keys()


def _settle(stage: Path, data: Path) -> None:
    """Move what was made into the data folder, the database last: a house without it is none."""
    for one in sorted(stage.iterdir(), key=lambda one: one.name.startswith(_FILE)):
        one.rename(data / one.name)


# ---------------------------------------------------------------- PostgreSQL


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """Hold one transaction for making the tables, filling them and looking at them."""
    with transaction.atomic(durable=True):
        if connection.introspection.table_names():
            raise Refused(
                code="house_not_empty",
                what="The database that DATABASE_URL names has tables already. Nothing is restored over a house.",
                do="Make an empty database and name that.",
            )
        yield


def _load(file: Path, secret: files.Secret) -> None:
    """Make the tables as this version makes them, and fill them with the backup's rows."""
    from django.apps import apps

    from goldenhour.log.live import backup

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # A table with checks still to come cannot be altered.
        call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)
        known = backup.tables()
        begun = [table for table in known if table != "log_event" and _any_row(table)]
        if begun:  # What founding a house puts there: its head, Django's own lists.
            cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, begun))} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for header, data in files.parts(file, secret):
            if header["part"] == "table" and header["name"] not in _LOADED_BY_MIGRATING:
                _load_table(cursor.cursor, header, data, known)
            for _ in data:
                pass
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)


def _any_row(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 -- From the models.
        return cursor.fetchone() is not None


def _load_table(raw: Any, header: files.Header, data: Iterator[bytes], known: dict[str, list[str]]) -> None:
    quote, table, columns = connection.ops.quote_name, header["name"], header["columns"]
    if table not in known or set(columns) != set(known[table]):
        raise Refused(
            code="other_version",
            what=f"The backup has a table {table} that this goldenhour has not, or has otherwise.",
            do="Nothing was restored. Restore it with the version that made it.",
        )
    try:
        with raw.copy(f"COPY {quote(table)} ({', '.join(map(quote, columns))}) FROM STDIN") as rows:
            for one in data:
                rows.write(one)
    except DatabaseError as error:
        raise Refused(
            code="backup_broken",
            what=f"The rows of {table} cannot be taken in ({json.dumps(str(error).splitlines()[0])}).",
            do="Nothing was restored. Take an earlier backup.",
        ) from error


def _new_epoch_at_once() -> None:
    """Let no board go on from the old epoch, not even if this process dies before the epoch stands in the log."""
    from goldenhour.log.live.models import LogHead

    LogHead.objects.update(epoch=str(uuid4()))

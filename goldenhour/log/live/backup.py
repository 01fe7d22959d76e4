"""Backing up: one moment of the whole database while everybody works on, sealed, with a signed head to hold it against.

SQLite copies itself (its backup API: one read transaction, writers do not wait). PostgreSQL is read with COPY in one
repeatable-read transaction: `pg_dump` has to be installed and be as new as the server, `psycopg` comes with goldenhour.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.recorder import MigrationRecorder

from goldenhour.log import backup as files
from goldenhour.log.live import heads
from goldenhour.log.live.models import LogHead

SECRETS = ("secret_key",)  # What the database cannot do without. The key that signs heads stays where it is.
_PIECE = 1 << 20


class BackedUp(NamedTuple):
    """What a backup holds."""

    position: int
    tables: int
    bytes: int


def back_up(file: Path, secret: files.Secret) -> BackedUp:
    """Write a backup of this house and read it back; the file appears whole or not at all.

    Raises:
        Refused: there is such a file already, the log is empty, or what was written cannot be read back.
    """
    if file.exists():
        raise files.there_already(file)
    half = file.with_name(f"{file.name}.part")
    half.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
            writer = files.Writer(to, secret)
            held = _write_sqlite(writer) if connection.vendor == "sqlite" else _write_postgres(writer)
            writer.close()
            to.flush()
            os.fsync(to.fileno())
        for _, data in files.parts(half, secret):
            for _ in data:
                pass
        os.link(half, file)  # Refuses where another backup took the name meanwhile.
    except FileExistsError as error:
        raise files.there_already(file) from error
    finally:
        half.unlink(missing_ok=True)
    return BackedUp(*held, file.stat().st_size)


def tables() -> dict[str, list[str]]:
    """Return the tables that goldenhour's models have here, each with its columns; the order of loading is free."""
    there = set(connection.introspection.table_names())
    found = {
        model._meta.db_table: [str(field.column) for field in model._meta.concrete_fields]
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return {table: columns for table, columns in sorted(found.items()) if table in there}


def migrations() -> list[list[str]]:
    """Return the migrations that this database has been through."""
    return sorted(list(one) for one in MigrationRecorder(connection).applied_migrations())


def _begin(writer: files.Writer, head: LogHead, applied: list[list[str]]) -> None:
    """Write what a restore has to know first: whose backup this is, where the log ends, and the secrets."""
    signed = heads.signed(head)
    writer.part(
        {
            "part": "house",
            "engine": connection.vendor,
            "goldenhour": version("goldenhour"),
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "migrations": applied,
            "head": signed._asdict(),
            "public_keys": sorted(heads.own_public_keys()),
        }
    )
    folder = Path(settings.DATA)
    for name in SECRETS:
        if (folder / name).exists():
            writer.part({"part": "file", "name": name}, [(folder / name).read_bytes()])
    for kept in heads.kept():
        writer.part({"part": "file", "name": f"heads/{kept.name}"}, [kept.read_bytes()])


def _write_sqlite(writer: files.Writer) -> tuple[int, int]:
    with _copy() as copy:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)) as still:
            head = LogHead(*still.execute("SELECT id, position, hash, epoch FROM log_head").fetchone())
            applied = still.execute("SELECT app, name FROM django_migrations").fetchall()
        _begin(writer, head, sorted(list(one) for one in applied))
        with copy.open("rb") as data:
            writer.part({"part": "sqlite"}, iter(lambda: data.read(_PIECE), b""))
    return head.position, len(tables())


@contextmanager
def _copy() -> Iterator[Path]:
    """Give a copy of the database as it was at one moment, beside the database and guarded as it is; then remove it."""
    copy = Path(settings.DATA) / f"backup-{os.getpid()}.part"
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        connection.ensure_connection()
        with closing(sqlite3.connect(copy)) as to:
            connection.connection.backup(to)  # All pages at once: a piece at a time begins anew after each write.
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _write_postgres(writer: files.Writer) -> tuple[int, int]:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        _begin(writer, LogHead.objects.get(), migrations())
        every = tables()
        for table, columns in every.items():
            writer.part({"part": "table", "name": table, "columns": columns}, _copied(cursor, table, columns))
        return LogHead.objects.get().position, len(every)


def _copied(cursor: CursorWrapper, table: str, columns: list[str]) -> Iterator[bytes]:
    """Yield the rows of a table; the log's in their order, because its guard takes them in no other."""
    quote = connection.ops.quote_name
    listed = ", ".join(map(quote, columns))
    order = " ORDER BY position" if table == "log_event" else ""
    statement = f"COPY (SELECT {listed} FROM {quote(table)}{order}) TO STDOUT"  # noqa: S608 -- Names from the models.
    raw: Any = cursor.cursor
    waiting = bytearray()
    with raw.copy(statement) as rows:
        for row in rows:
            waiting += row
            if len(waiting) >= _PIECE:
                yield bytes(waiting)
                waiting.clear()
    if waiting:
        yield bytes(waiting)

"""Rebuilding: replay the log into tables beside the live ones, compare, and put them in the live ones' place.

The projections run unchanged: while replaying, Django's default connection is one on which their tables' plain names
mean the tables beside. On SQLite those stand in a second file, to which the live file is attached, read only; on
PostgreSQL in a second schema, first in the search path. Nothing is locked until the swap.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.module_loading import module_has_submodule

from goldenhour.log.live import feed
from goldenhour.log.live.projections import is_unlogged, project

_BATCH = 2000
_SCHEMA = "log_rebuild"
_SHOWN = 5


class Difference(NamedTuple):
    """What differs in one table. The rows may hold personal data: show them only to whom they concern."""

    table: str
    only_live: list[dict[str, Any]]  # The first few; `times` is how often the row is there.
    only_rebuilt: list[dict[str, Any]]

    @property
    def columns(self) -> str:
        """Which columns differ, in words that hold no value."""
        if not self.only_live or not self.only_rebuilt:
            return f"rows stand only in the {'live' if self.only_live else 'rebuilt'} table"
        live, rebuilt = self.only_live[0], self.only_rebuilt[0]
        return ", ".join(name for name in live if live[name] != rebuilt[name]) or "rows stand there more than once"


class Rebuilt(NamedTuple):
    """What a rebuild found and took."""

    events: int
    tables: int
    differences: list[Difference]
    replay_s: float
    compare_s: float
    swap_s: float | None  # How long writers waited; None when nothing was swapped.


def projected_models() -> list[type[models.Model]]:
    """Return the models whose tables are made from the log: those of every room with projections, but the unlogged."""
    rooms = [
        one
        for one in apps.get_app_configs()
        if one.label != "log" and one.module and module_has_submodule(one.module, "projections")
    ]
    found = [model for room in rooms for model in room.get_models(include_auto_created=True)]
    return [model for model in found if not is_unlogged(model) and model._meta.managed and not model._meta.proxy]


def rebuild(*, swap: bool = False) -> Rebuilt:
    """Replay the log beside the live tables, compare at one position, and swap if asked to."""
    started = perf_counter()
    kinds = projected_models()
    with _beside(kinds) as sides:
        with _default(sides.beside):
            position = _replay(0, feed.head().position)
            with transaction.atomic():  # One moment of the live tables: SQLite's read transaction, repeatable read.
                position = _replay(position, feed.head().position)
                replayed = perf_counter()
                differences = [found for kind in kinds if (found := _compare(kind, sides))]
        compared = perf_counter()
        swap_s = _swap(kinds, sides, position) if swap else None
    return Rebuilt(position, len(kinds), differences, replayed - started, compared - replayed, swap_s)


def _replay(after: int, upto: int) -> int:
    """Project the events after a position up to another; return the latter."""
    while after < upto:
        with transaction.atomic():
            for where, fact in feed.read_from(after, min(_BATCH, upto - after)):
                project(fact, where)
                after = where.position
    return after


class _Sides(NamedTuple):
    """The two connections, and how the second one calls the two sets of tables."""

    live: BaseDatabaseWrapper
    beside: BaseDatabaseWrapper
    live_schema: str
    beside_schema: str


@contextmanager
def _default(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Make a connection the one that everything in this thread uses."""
    before = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connection
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = before


@contextmanager
def _beside(kinds: list[type[models.Model]]) -> Iterator[_Sides]:
    """Make empty tables beside the live ones; clear them away at the end."""
    live = connections[DEFAULT_DB_ALIAS]
    made = _beside_sqlite(live) if live.vendor == "sqlite" else _beside_postgres(live)
    with made as sides:
        with _default(sides.beside), sides.beside.schema_editor() as editor:
            for kind in kinds:
                if not kind._meta.auto_created:  # A many-to-many table is made with its model.
                    editor.create_model(kind)
        yield sides


def _another(live: BaseDatabaseWrapper, **changes: Any) -> BaseDatabaseWrapper:
    """Return a new connection with other settings."""
    settings: dict[str, Any] = deepcopy(live.settings_dict)
    settings["OPTIONS"] = settings["OPTIONS"] | changes.pop("OPTIONS")
    made: BaseDatabaseWrapper = type(live)(settings | changes, DEFAULT_DB_ALIAS)
    return made


@contextmanager
def _beside_sqlite(live: BaseDatabaseWrapper) -> Iterator[_Sides]:
    file = Path(f"{live.settings_dict['NAME']}.rebuild")
    file.unlink(missing_ok=True)  # Of a rebuild that was cut short.
    beside = _another(live, NAME=file, OPTIONS={"init_command": "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF"})
    try:
        with beside.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys=OFF")  # A key into a table that is not rebuilt cannot be checked here.
            cursor.execute("ATTACH DATABASE %s AS live", [f"file:{live.settings_dict['NAME']}?mode=ro"])
        yield _Sides(live, beside, "live", "main")
    finally:
        beside.close()
        file.unlink(missing_ok=True)


@contextmanager
def _beside_postgres(live: BaseDatabaseWrapper) -> Iterator[_Sides]:
    from psycopg import IsolationLevel  # noqa: PLC0415 -- Only where PostgreSQL is.

    with live.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
        cursor.execute(f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {_SCHEMA}")
    options = f"{live.settings_dict['OPTIONS'].get('options', '')} -c search_path={_SCHEMA},{schema}"
    beside = _another(live, OPTIONS={"options": options, "isolation_level": IsolationLevel.REPEATABLE_READ})
    try:
        yield _Sides(live, beside, schema, _SCHEMA)
    finally:
        beside.close()
        with live.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE")


def _made_up(field: "models.Field[Any, Any]") -> bool:
    """Return whether a column holds a number that the database made up: a rebuild may count otherwise."""
    while field.remote_field and isinstance(field, models.ForeignKey):
        field = field.target_field
    return isinstance(field, models.AutoField)


def _compare(kind: type[models.Model], sides: _Sides) -> Difference | None:
    """Compare the rows of one table on both sides, each with how often it is there."""
    quote = sides.beside.ops.quote_name
    table = kind._meta.db_table
    columns = [str(field.column) for field in kind._meta.concrete_fields if not _made_up(field)]
    listed = ", ".join(map(quote, columns))
    group = f"GROUP BY {listed}" if columns else ""
    chosen = f"{listed}, count(*)" if columns else "count(*)"

    def rows(schema: str) -> str:
        return f"SELECT {chosen} FROM {quote(schema)}.{quote(table)} {group}"  # noqa: S608 -- Names from the models.

    def only_in(this: str, other: str) -> list[dict[str, Any]]:
        with sides.beside.cursor() as cursor:
            cursor.execute(f"{rows(this)} EXCEPT {rows(other)} LIMIT {_SHOWN}")
            return [dict(zip([*columns, "times"], row, strict=True)) for row in cursor.fetchall()]

    live, rebuilt = only_in(sides.live_schema, sides.beside_schema), only_in(sides.beside_schema, sides.live_schema)
    return Difference(table, live, rebuilt) if live or rebuilt else None


def _swap(kinds: list[type[models.Model]], sides: _Sides, position: int) -> float:
    """Put the rebuilt tables in the live ones' place, all at once; return how long writers waited, in seconds."""
    tables = [kind._meta.db_table for kind in kinds]
    swapping = _swap_sqlite if sides.live.vendor == "sqlite" else _swap_postgres
    started = perf_counter()
    if tables:
        swapping(kinds, sides, position)
    return perf_counter() - started


def _swap_sqlite(kinds: list[type[models.Model]], sides: _Sides, position: int) -> None:
    quote = sides.live.ops.quote_name
    with _default(sides.live), transaction.atomic(durable=True):  # BEGIN IMMEDIATE: no command from here on.
        with _default(sides.beside):
            _replay(position, feed.head().position)
        with sides.live.cursor() as cursor:
            cursor.execute("ATTACH DATABASE %s AS beside", [f"file:{sides.beside.settings_dict['NAME']}?mode=ro"])
            for kind in kinds:
                table = quote(kind._meta.db_table)
                columns = ", ".join(quote(str(field.column)) for field in kind._meta.concrete_fields)
                cursor.execute(f"DELETE FROM main.{table}")  # noqa: S608 -- Names from the models.
                cursor.execute(
                    f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM beside.{table}"  # noqa: S608
                )
    with sides.live.cursor() as cursor:
        cursor.execute("DETACH DATABASE beside")


def _swap_postgres(kinds: list[type[models.Model]], sides: _Sides, position: int) -> None:
    quote = sides.beside.ops.quote_name
    schema = quote(sides.live_schema)
    tables = [quote(kind._meta.db_table) for kind in kinds]
    with _default(sides.beside), transaction.atomic(durable=True), sides.beside.cursor() as cursor:
        # The first statement, so that the transaction sees all that was committed before it got the lock.
        cursor.execute(f"LOCK TABLE {schema}.log_head IN EXCLUSIVE MODE")
        _replay(position, feed.head().position)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # No table with checks still to come can be moved.
        cursor.execute(f"DROP TABLE {', '.join(f'{schema}.{table}' for table in tables)}")
        for table in tables:
            cursor.execute(f"ALTER TABLE {_SCHEMA}.{table} SET SCHEMA {schema}")

"""Databases for tests: one of its own for each test that asks for `database`, real to the last commit.

The tests run on SQLite, or on PostgreSQL where DATABASE_URL names a server.
"""

import os
import shutil
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from django.core.management import call_command
from django.db import connection, connections

from goldenhour.log.live import guards

ON_POSTGRES = bool(os.environ.get("DATABASE_URL"))


@dataclass(frozen=True)
class Database:
    """A migrated, empty database of this test's own."""

    data: Path  # The house's data folder.
    name: str
    env: dict[str, str]  # For a process that is to work in the same house.

    @property
    def stored_bytes(self) -> bytes:
        """All that lies on SQLite's disk, or in PostgreSQL's tables."""
        if not ON_POSTGRES:
            return b"".join(file.read_bytes() for file in self.data.glob("goldenhour.sqlite3*"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            tables = [table for (table,) in cursor.fetchall()]
            rows = []
            for table in tables:
                cursor.execute(f"SELECT * FROM {table}")
                rows += cursor.fetchall()
        return b"".join(
            bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for row in rows for one in row
        )


def _settings(name):
    settings = deepcopy(connections.settings["default"])
    return settings | {"NAME": name}


@contextmanager
def connected_to(name):
    """Let Django's default connection, in every thread, be to the database of that name."""
    before, wrapper = connections.settings["default"], connections["default"]
    connections.settings["default"] = _settings(name)
    connections["default"] = mine = connections.create_connection("default")
    try:
        yield
    finally:
        mine.close()
        connections.settings["default"], connections["default"] = before, wrapper


def _run(sql):
    """Run a statement about databases on the server that DATABASE_URL names."""
    with connected_to(_maintenance()), connection.cursor() as cursor:
        cursor.execute(sql)


def _maintenance():
    return urlsplit(os.environ["DATABASE_URL"]).path.strip("/")


def make_template(folder):
    """Return the name of a migrated database, from which each test gets a copy."""
    if ON_POSTGRES:
        name = f"goldenhour_{uuid4().hex}"
        _run(f"CREATE DATABASE {name}")
    else:
        name = folder / "goldenhour.sqlite3"
    with connected_to(name):
        call_command("migrate", run_syncdb=True, verbosity=0)
    return name


def drop(name):
    if ON_POSTGRES:
        _run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def copy_of(template, data):
    """Give a test its own copy of the template."""
    url = ""
    if ON_POSTGRES:
        name = f"goldenhour_{uuid4().hex}"
        _run(f"CREATE DATABASE {name} TEMPLATE {template}")
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    else:
        name = data / "goldenhour.sqlite3"
        shutil.copy(template, name)
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "GOLDENHOUR_DATA": str(data),
        "DATABASE_URL": url,
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    try:
        with connected_to(name):
            yield Database(data, str(name), env)
    finally:
        drop(name)


@contextmanager
def guards_lifted():
    """Let a test tamper with the log, as somebody with the database's own password could."""
    with connection.cursor() as cursor:
        for name in set(guards._triggers(connection)) - set(guards.missing(connection)):
            on = f" ON {guards.TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")
    try:
        yield
    finally:
        guards.install(connection)

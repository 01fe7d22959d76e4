"""Opening the database outside a web server: for the command line, scripts and tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from goldenhour.errors import BadInput, Refused


@contextmanager
def faults_in_words() -> Iterator[None]:
    """Say a database that fails, and a file that cannot be read or written, in words.

    Raises:
        Refused: the database failed.
        BadInput: a file did.
    """
    try:
        yield
    except DatabaseError as error:
        raise _no_database(error) from error
    except OSError as error:
        raise BadInput(
            code="no_file",
            where=str(error.filename2 or error.filename or "a file"),
            what=f"It cannot be read or written ({error.strerror or error}).",
            do="Check the path, its rights and the room on the disk.",
        ) from error


def connect() -> None:
    """Set Django up; afterwards the rooms' models can be imported.

    Raises:
        BadInput: DATABASE_URL or GOLDENHOUR_DATA is wrong.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenhour.site.settings")
    try:
        django.setup()
    except OSError as error:
        raise BadInput(
            code="bad_data_folder",
            where=str(error.filename),
            what=f"The data folder cannot be used ({error.strerror}).",
            do="Check GOLDENHOUR_DATA.",
        ) from error


def migrate() -> None:
    """Bring the tables up to date."""
    call_command("migrate", interactive=False, verbosity=0)


def open_house() -> None:
    """Set Django up and insist that the tables are there and up to date. Nothing is changed.

    Raises:
        Refused: there is no database, or its tables are of another version.
    """
    connect()
    try:
        executor = MigrationExecutor(connection)
        behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        raise _no_database(error) from error
    if behind:
        raise Refused(
            code="tables_behind",
            what="The database's tables are missing, or older than this goldenhour.",
            do="Run `goldenhour log migrate`, and check that DATABASE_URL and GOLDENHOUR_DATA name the right house.",
        )


def _no_database(error: DatabaseError) -> Refused:
    """Return the refusal of a database that fails; only the first line, the rest may quote rows."""
    said = (str(error).strip() or type(error).__name__).splitlines()[0]
    return Refused(
        code="no_database",
        what=f"The database cannot be used ({said}).",
        do="Check DATABASE_URL and GOLDENHOUR_DATA, and that the database runs and is whole.",
    )

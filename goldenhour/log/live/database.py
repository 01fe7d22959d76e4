"""Opening the database outside a web server: for the command line, scripts and tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from goldenhour.errors import BadInput, Refused

_SETTINGS = "goldenhour.site.settings"
_FILE = "goldenhour.sqlite3"  # In the data folder, see site.settings.


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
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _SETTINGS)
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
    if _nobody_lives_here():
        raise _behind()
    connect()
    try:
        executor = MigrationExecutor(connection)
        behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        raise _no_database(error) from error
    if behind:
        raise _behind()


def _nobody_lives_here() -> bool:
    """Return whether the data folder holds no database: setting Django up would begin one there, and a secret."""
    if settings.configured or os.environ.get("DATABASE_URL"):
        return False
    ours = os.environ.get("DJANGO_SETTINGS_MODULE", _SETTINGS) == _SETTINGS
    folder = Path(os.environ.get("GOLDENHOUR_DATA", "var"))
    return ours and (folder.is_dir() or not folder.exists()) and not (folder / _FILE).exists()


def _behind() -> Refused:
    """Return the refusal of tables that are not there, or old."""
    return Refused(
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

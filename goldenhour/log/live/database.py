"""Opening the database outside a web server: for the command line, scripts and tests."""

import os

import django
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from goldenhour.errors import Refused


def connect() -> None:
    """Set Django up; afterwards the rooms' models can be imported."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenhour.site.settings")
    django.setup()


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
        raise Refused(
            code="no_database",
            what=f"The database cannot be opened ({str(error).strip().splitlines()[0]}).",
            do="Check DATABASE_URL and GOLDENHOUR_DATA.",
        ) from error
    if behind:
        raise Refused(
            code="tables_behind",
            what="The database's tables are missing, or older than this goldenhour.",
            do="Run `goldenhour log migrate`, and check that DATABASE_URL and GOLDENHOUR_DATA name the right house.",
        )

"""Opening the database outside a web server: for the command line, scripts and tests."""

import os

import django
from django.core.management import call_command


def connect() -> None:
    """Set Django up; afterwards the rooms' models can be imported."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenhour.site.settings")
    django.setup()


def migrate() -> None:
    """Bring the tables up to date."""
    call_command("migrate", interactive=False, verbosity=0)

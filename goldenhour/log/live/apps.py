"""The log as a Django app: found the log once its tables stand, and gather every room's projections."""

import logging
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.apps import AppConfig
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

from goldenhour.log import codec

_notes = logging.getLogger("goldenhour.log")


class LogConfig(AppConfig):
    """The log."""

    name = "goldenhour.log.live"
    label = "log"

    def ready(self) -> None:
        """Import `projections` of every room, so that they hear the events."""
        autodiscover_modules("projections")
        post_migrate.connect(found_log, sender=self)
        connection_created.connect(read_times_fast)


def found_log(using: str = "default", **_: Any) -> None:
    """Put the head of an empty log in place, and the guards of the events table."""
    from goldenhour.log.live import guards  # noqa: PLC0415 -- Models exist only once the apps are loaded.
    from goldenhour.log.live.models import LoggedEvent, LogHead  # noqa: PLC0415

    if LoggedEvent._meta.db_table not in connections[using].introspection.table_names():
        return  # Migrated back to nothing.
    started = LoggedEvent.objects.using(using).exists()
    if started and (lacking := guards.missing(connections[using])):
        _notes.warning("Guards of the log were missing and are back in place: %s.", ", ".join(lacking))
    guards.install(connections[using])  # After every migration: on SQLite, altering a table drops its triggers.
    if not started:
        LogHead.objects.using(using).get_or_create(
            id=1, defaults={"position": 0, "hash": codec.GENESIS, "epoch": str(uuid4())}
        )


def read_times_fast(connection: Any, **_: Any) -> None:
    """Let PostgreSQL's times be read by Python's own reader of ISO times; Django's takes twenty times as long."""
    if connection.vendor == "postgresql":
        from psycopg.adapt import Loader  # noqa: PLC0415 -- Needed where PostgreSQL is used only.

        class Time(Loader):
            timezone = connection.timezone  # Django looks whether its zone is still this.

            def load(self, data: Any) -> datetime:
                return datetime.fromisoformat(bytes(data).decode())  # Its zone is UTC, as the connection's.

        connection.connection.adapters.register_loader("timestamptz", Time)

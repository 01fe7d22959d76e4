"""The database's own refusal to change the log: triggers against update, delete, truncate, and a gap in positions."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "log_event"
_WORDS = "The log is append only. A wrong entry is struck by a later one."
_GAP = "The log takes only the position after its last."

# SQLite's INSERT OR REPLACE deletes without firing a delete trigger: so the insert trigger refuses a taken place too.
_SQLITE = {
    "log_event_no_update": f"""CREATE TRIGGER log_event_no_update BEFORE UPDATE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END""",
    "log_event_no_delete": f"""CREATE TRIGGER log_event_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END""",
    "log_event_next_only": f"""CREATE TRIGGER log_event_next_only BEFORE INSERT ON {TABLE}
        WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM {TABLE})
          OR EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, '{_GAP}'); END""",  # noqa: S608 -- Made of this file's constants.
}
_POSTGRES = {
    "log_event_no_update": f"""CREATE TRIGGER log_event_no_update BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION log_event_refuse()""",
    "log_event_no_delete": f"""CREATE TRIGGER log_event_no_delete BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION log_event_refuse()""",
    "log_event_next_only": f"""CREATE TRIGGER log_event_next_only BEFORE INSERT ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION log_event_next()""",
}
_POSTGRES_FUNCTIONS = (
    f"""CREATE OR REPLACE FUNCTION log_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{_WORDS}'; END $$""",
    f"""CREATE OR REPLACE FUNCTION log_event_next() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM {TABLE}) THEN
                RAISE EXCEPTION '{_GAP}';
            END IF;
            RETURN NEW;
        END $$""",  # noqa: S608 -- Made of this file's constants.
)


def _triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return _SQLITE if connection.vendor == "sqlite" else _POSTGRES


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the guards that the database does not have, or has switched off."""
    look = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled IN ('O', 'A')"
    )
    with connection.cursor() as cursor:
        cursor.execute(look, [TABLE])
        there = {name for (name,) in cursor.fetchall()}
    return [name for name in _triggers(connection) if name not in there]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards that are missing in place."""
    lacking = missing(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for function in _POSTGRES_FUNCTIONS:
                cursor.execute(function)
        for name in lacking:
            cursor.execute(_triggers(connection)[name])

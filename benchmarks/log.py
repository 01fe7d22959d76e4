"""How fast the log is: `python benchmarks/log.py [--events 1000000] [--tables rooms|desk] [--json]`.

For SQLite, and for PostgreSQL where a server answers (DATABASE_URL, else this machine's), each in a process and a
database of its own: appends a second through whole commands, how long one command holds the log, and for a log of
the usual events of so many calls, how long it takes to verify it, to rebuild every table beside the live ones, to
compare them, and to swap. The same projections run as in a living house; with `--tables desk` those of the tests'
small desk, one statement an event, which shows what the log itself takes.

The peer is the bare table: the same rows inserted and committed one by one, without head, chain, keys, guards or
projections. The ratio says what the log's promises cost.
"""

# ruff: noqa: PLC0415 -- Models can be imported only in the process that has opened its database.

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

SERVER = os.environ.get("DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
COMMANDS = 2000
BATCH = 5000
START = datetime(2026, 3, 1, tzinfo=UTC)
STAMPS = ("unit_notified", "acknowledged", "en_route", "on_scene", "at_patient", "left_scene", "at_destination")


def usual_events(count: int) -> Iterator[tuple[str, datetime, Any]]:
    """Yield stream, time and fact of a county's usual calls, one unit to a call."""
    from goldenhour.calls.events import CallClosed, CallReceived
    from goldenhour.dispatch.events import UnitAssigned, UnitCleared
    from goldenhour.fleet.events import TimeStamped, UnitRegistered

    units = [f"bench/M{number}" for number in range(50)]
    for unit in units:
        yield f"unit/{unit}", START, UnitRegistered(
            unit=unit, call_sign=unit[6:], agency="bench", type="ambulance", station="S1", crew=2,
            levels=("emt", "paramedic"), skills=(), can_transport=True, turnout_s=60.0,
        )  # fmt: skip
    for number in range(count):
        call, unit, at = f"26-{number:06d}", units[number % len(units)], START + timedelta(minutes=number)
        facts = [
            CallReceived(
                call_id=call, lon=-83.1, lat=40.2, nature="breathing", priority=1, patients=1,
                address="12 Long Street", callback="555-0100",
            ),
            UnitAssigned(call_id=call, unit=unit, slot="als", expected_arrival_s=240.0, reason="", override=False),
            *(TimeStamped(unit=unit, call_id=call, stamp=stamp, flags=()) for stamp in STAMPS),
            UnitCleared(call_id=call, unit=unit, reason="done"),
            CallClosed(call_id=call, outcome="transported"),
        ]  # fmt: skip
        for step, fact in enumerate(facts):
            yield f"call/{call}", at + timedelta(seconds=step), fact


def small_events(count: int) -> Iterator[tuple[str, datetime, Any]]:
    """Yield stream, time and fact of the tests' small desk."""
    from tests.log.desk.events import CallTaken, UnitCleared, UnitSent

    for number in range(count):
        call, unit, at = f"26-{number:06d}", f"M{number % 50}", START + timedelta(minutes=number)
        for fact in (
            CallTaken(call_id=call, priority=1, callback="555-0100"),
            UnitSent(call_id=call, unit=unit, expected_arrival_s=240.0, passed_over=("M7",)),
            UnitCleared(call_id=call, unit=unit),
        ):
            yield f"call/{call}", at, fact


def load(events: int, facts: Iterator[tuple[str, datetime, Any]]) -> float:
    """Fill the log with usual events, row by row as the store would write them but in large transactions."""
    import uuid_utils
    from django.db import transaction

    from goldenhour.log import codec
    from goldenhour.log.live import keys
    from goldenhour.log.live.models import COLUMNS, LoggedEvent, LogHead

    started, head = perf_counter(), LogHead.objects.get()
    before, position = bytes(head.hash), head.position
    rows: list[LoggedEvent] = []

    def flush() -> None:
        LoggedEvent.objects.bulk_create(rows)
        rows.clear()

    with transaction.atomic():
        for stream, at, fact in facts:
            if position >= events:
                break
            position += 1
            text, event_id = codec.time_text(at), str(uuid_utils.uuid7())
            row = codec.Stored(
                position, event_id, stream, fact.NAME, fact.VERSION, text, text, "bench", "bench", "",
                os.urandom(codec.SALT_BYTES), codec.canonical(keys.sealed(fact, codec.values_of(fact), about=event_id)),
                b"",
            )  # fmt: skip
            before = codec.chain_hash(before, row.digest, row.envelope)
            rows.append(LoggedEvent(**dict(zip(COLUMNS, row._replace(hash=before), strict=True))))
            if len(rows) == BATCH:
                flush()
        flush()
        LogHead.objects.update(position=position, hash=before)
    return perf_counter() - started


def append() -> dict[str, float]:
    """Time whole commands of one event each, and the bare inserts of as many rows."""
    from django.db import connection

    from goldenhour.log.live.models import LoggedEvent
    from goldenhour.log.live.store import writing

    took: list[float] = []
    for stream, at, fact in usual_events(COMMANDS):
        if len(took) == COMMANDS:
            break
        started = perf_counter()
        with writing(stream, at=at, actor="bench") as record:
            record(fact)
        took.append(perf_counter() - started)
    rows = [
        (one.position, one.stream, bytes(one.payload), bytes(one.hash))
        for one in LoggedEvent.objects.order_by("position")
    ]
    binary = "BYTEA" if connection.vendor == "postgresql" else "BLOB"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare (position BIGINT PRIMARY KEY, stream TEXT, payload {binary}, hash {binary})")
        started = perf_counter()
        for row in rows:
            cursor.execute("INSERT INTO bare VALUES (%s, %s, %s, %s)", row)
        bare_s = perf_counter() - started
        cursor.execute("DROP TABLE bare")
    return {
        "appends_per_s": COMMANDS / sum(took),
        "command_ms_median": statistics.median(took) * 1000,
        "command_ms_p99": statistics.quantiles(took, n=100)[98] * 1000,
        "bare_inserts_per_s": len(rows) / bare_s,
        "ratio": COMMANDS / sum(took) / (len(rows) / bare_s),
    }


def scale(events: int, tables: str) -> dict[str, float]:
    """Time a large log: verify it, rebuild every table beside the live (still empty) ones, compare, swap."""
    from goldenhour.log.live.rebuild import rebuild
    from goldenhour.log.live.verify import verify

    load_s = load(events, small_events(events) if tables == "desk" else usual_events(events))
    started = perf_counter()
    assert verify().faults == []
    verify_s = perf_counter() - started
    done = rebuild(swap=True)
    assert done.events == events
    assert done.swap_s is not None
    return {
        "events": events,
        "load_s": load_s,
        "verify_s": verify_s,
        "replay_s": done.replay_s,
        "replayed_per_s": events / done.replay_s,
        "compare_s": done.compare_s,
        "swap_s": done.swap_s,
    }


def in_a_database_of_its_own(engine: str, job: str, events: int, tables: str) -> dict[str, float]:
    """Run a job in a new process and a new, empty database; return what it found."""
    with tempfile.TemporaryDirectory() as data:
        name, url = f"goldenhour_bench_{uuid4().hex}", ""
        if engine == "postgresql":
            url = urlsplit(SERVER)._replace(path=f"/{name}").geturl()
            with psycopg.connect(SERVER, autocommit=True) as server:
                server.execute(f"CREATE DATABASE {name}")
        env = {**os.environ, "GOLDENHOUR_DATA": data, "DATABASE_URL": url, "GOLDENHOUR_REGION": ""}
        if tables == "desk":
            env |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(Path(__file__).parents[1])}
        try:
            done = subprocess.run(
                [sys.executable, __file__, "--job", job, "--events", str(events), "--tables", tables],
                env=env, check=True, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1],
            )  # fmt: skip
        finally:
            if url:
                with psycopg.connect(SERVER, autocommit=True) as server:
                    server.execute(f"DROP DATABASE {name}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def engines() -> list[str]:
    """Return the databases that can be measured here."""
    try:
        psycopg.connect(SERVER, connect_timeout=3).close()
    except psycopg.OperationalError:
        print("PostgreSQL is not measured: no server answers (DATABASE_URL names one).", file=sys.stderr)
        return ["sqlite"]
    return ["sqlite", "postgresql"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--tables", choices=["rooms", "desk"], default="rooms")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--job", choices=["append", "scale"], help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.job:
        from django.core.management import call_command

        from goldenhour.log.live import database

        database.connect()
        call_command("migrate", run_syncdb=True, verbosity=0)
        print(json.dumps(append() if told.job == "append" else scale(told.events, told.tables)))
        return
    found = {
        engine: in_a_database_of_its_own(engine, "append", 0, "rooms")
        | in_a_database_of_its_own(engine, "scale", told.events, told.tables)
        for engine in ([told.engine] if told.engine else engines())
    }
    if told.json:
        print(json.dumps(found))
        return
    for engine, figures in found.items():
        print(engine)
        for name, value in figures.items():
            print(f"  {name:20} {value:14,.2f}")


if __name__ == "__main__":
    main()

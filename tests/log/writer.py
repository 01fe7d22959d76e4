"""A process that writes to the log: `python -m tests.log.writer JOB ...` (see test_crowd.py)."""

# ruff: noqa: E402, T201 -- Models can be imported only once the database is open; standard output is how it answers.

import os
import sys
from datetime import UTC, datetime

from goldenhour.errors import Refused
from goldenhour.log.live import database

database.connect()

from goldenhour.log.live.store import writing
from tests.log.desk.events import CallTaken, UnitSent
from tests.log.desk.services import call_take, unit_send

AT = datetime(2026, 3, 1, 14, 2, 31, tzinfo=UTC)


def wait_for_go():
    print("ready", flush=True)
    sys.stdin.readline()


def race(number, rounds):
    """Try to send each unit to the writer's own call."""
    wait_for_go()
    for unit in range(int(rounds)):
        try:
            unit_send(f"26-000{number}", f"M{unit}", at=AT)
            print(f"sent M{unit}", flush=True)
        except Refused as refused:
            print(refused, flush=True)


def work(commands):
    """Take calls, each with its unit, and acknowledge each once it is done."""
    for number in range(int(commands)):
        call_id = f"26-{os.getpid()}-{number}"
        with writing(f"call/{call_id}", at=AT, actor="Alice") as record:
            record(CallTaken(call_id=call_id, priority=1, callback="555-0100"))
            record(UnitSent(call_id=call_id, unit=call_id, expected_arrival_s=240.0, passed_over=()))
        print(call_id, flush=True)


def same(event_id):
    """Send one command that another process sends too."""
    wait_for_go()
    where = call_take("26-0001", at=AT, id=event_id)
    print(where.position, where.id, flush=True)


if __name__ == "__main__":
    {"race": race, "work": work, "same": same}[sys.argv[1]](*sys.argv[2:])

"""A house for measuring: a region with as many units as wanted, accounts, and the server that people start.

Everything is made anew in a folder (and, on PostgreSQL, a database) of its own, and gone at the end. `prepare` runs in
a process of its own: Django opens one database a process.
"""

# ruff: noqa: PLC0415 -- Models can be imported only in the process that has opened its database.

import contextlib
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

from goldenhour.site.serve import demo_region
from tests.serving import free_port

HOUSE = Path(__file__).parents[1]
SERVER = os.environ.get("DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
SEED = 7
START_S = 60.0


@dataclass(slots=True)
class House:
    """A data folder, its database and its region; the server runs while `process` does."""

    data: Path
    region: Path
    url: str  # Of the database; "" for SQLite in the data folder.
    port: int
    people: dict[str, Any] = field(default_factory=dict)  # What `prepare` returned.
    process: subprocess.Popen[bytes] | None = None
    outside: dict[str, str] = field(default_factory=dict)  # What its environment says of addresses outside.

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of a process that works in this house."""
        env = {**os.environ, "GOLDENHOUR_DATA": str(self.data), "DATABASE_URL": self.url, "PYTHONPATH": str(HOUSE)}
        for name in ("DJANGO_SETTINGS_MODULE", "GOLDENHOUR_DEMO", "GOLDENHOUR_REGION"):
            env.pop(name, None)
        return env | self.outside

    def start(self) -> float:
        """Start the server as `goldenhour serve` does; return after how many seconds it answered."""
        begun = time.perf_counter()
        command = [sys.executable, "-m", "goldenhour.cli", "serve", "--port", str(self.port)]
        with (self.data / "server.log").open("ab") as said:
            self.process = subprocess.Popen(
                [*command, "--region", str(self.region)],
                cwd=HOUSE, env=self.environment, stdout=said, stderr=subprocess.STDOUT,
            )  # fmt: skip
        while time.perf_counter() - begun < START_S:
            if self.process.poll() is not None:
                break
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/session", timeout=START_S).close()
                return time.perf_counter() - begun
            time.sleep(0.05)
        raise RuntimeError((self.data / "server.log").read_text()[-3000:])

    def stop(self) -> None:
        """Stop the server."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def processes(self) -> list[int]:
        """Return the ids of the server's processes: the one that was started, and its web process."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def memory_mb(self) -> float:
        """Return how much memory of its own the server holds."""
        pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self.processes())
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def cpu_s(self) -> float:
        """Return how many seconds of a core the server has used since it began."""
        ticks = 0
        for pid in self.processes():
            stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(stat[11]) + int(stat[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of goldenhour in this house."""
        command = [sys.executable, "-m", "goldenhour.cli", *arguments]
        return subprocess.run(command, cwd=HOUSE, env=self.environment, check=False, capture_output=True, text=True)

    def job(self, name: str, *arguments: str) -> Any:
        """Return what a job of this file said, done in this house by a process of its own."""
        command = [sys.executable, __file__, name, *arguments]
        done = subprocess.run(command, cwd=HOUSE, env=self.environment, check=True, stdout=subprocess.PIPE)
        return json.loads(done.stdout)


@contextlib.contextmanager
def house(engine: str, units: int, *, server: str = SERVER, crews: int = 0, dispatchers: int = 1) -> Iterator[House]:
    """Make a house with so many units, crews and dispatchers; take it down at the end.

    Args:
        engine: sqlite or postgresql.
        units: how many there are, each with a device that may report its position.
        server: PostgreSQL's address, in whose server a database is made.
        crews: how many accounts of crews there are.
        dispatchers: how many accounts of dispatchers.
    """
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as held:
        data = Path(folder) / "data"
        data.mkdir()
        url = held.enter_context(database(server)) if engine == "postgresql" else ""
        made = House(data, region_of(Path(folder) / "region", units), url, free_port())
        made.people = made.job("prepare", str(made.region), str(crews), str(dispatchers))
        held.callback(made.stop)
        yield made


@contextlib.contextmanager
def database(server: str) -> Iterator[str]:
    """Make an empty database on a server; yield its address."""
    name = f"goldenhour_bench_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as line:
        line.execute(f"CREATE DATABASE {name}")
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as line:
            line.execute(f"DROP DATABASE {name} WITH (FORCE)")


def region_of(folder: Path, units: int) -> Path:
    """Return the demo county with so many units, made of its own; the county itself is made once."""
    base = Path(tempfile.gettempdir()) / "goldenhour-bench"
    shutil.copytree(demo_region(base, SEED, lambda said: print(said, file=sys.stderr)), folder)
    file = folder / "units.csv"
    with file.open(newline="") as had:
        rows = [row for row in csv.DictReader(had) if not row["shifts"]]
    again = cycle(rows)
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        for number in range(units):
            row = dict(next(again))
            if number >= len(rows):
                row["call_sign"] += f"-{number // len(rows)}"
                row["id"] = f"{row['agency']}/{row['call_sign']}"
            writer.writerow(row)
    return folder


# ---------------------------------------------------------------- in the house's own process


def prepare(region: str, crews: str, dispatchers: str) -> dict[str, Any]:
    """Open the house; return the cookies of its people, the tokens of its units, and its hospitals."""
    from datetime import UTC, datetime

    from django.core.management import call_command

    from goldenhour.access.roles import EVERY, Grant, Role

    os.environ["GOLDENHOUR_REGION"] = region
    _connect()
    call_command("migrate", verbosity=0)

    from goldenhour.fleet.live import positions, queries
    from goldenhour.roads.live import region as here
    from goldenhour.site.opening import open_region

    at = datetime.now(UTC)
    open_region(at=at)
    units = queries.list_units()
    agencies = sorted({unit.agency for unit in units})
    hospitals = [row["id"] for row in here.get_region().table("hospitals")]
    roster = {
        **{f"dispatcher.{number}": (Grant(Role.DISPATCHER, EVERY), Grant(Role.CALL_TAKER, EVERY))
           for number in range(int(dispatchers))},
        **{f"crew.{number}": (Grant(Role.CREW, agencies[number % len(agencies)]),) for number in range(int(crews))},
        "administrator": (Grant(Role.ADMINISTRATOR, EVERY),),
        "physician": (Grant(Role.MEDICAL_DIRECTOR, EVERY),),
        **{f"hospital.{number}": (Grant(Role.HOSPITAL, one),) for number, one in enumerate(hospitals)},
    }  # fmt: skip
    return {
        "sessions": {account: _signed_in(account, grants, at) for account, grants in roster.items()},
        "agencies": agencies,
        "hospitals": hospitals,
        "bounds": here.bounds(),
        "units": [
            {
                "id": unit.id,
                "agency": unit.agency,
                "type": unit.type,
                "token": positions.token_issue(unit=unit.id, label="tablet", at=at, actor="bench")[1],
                "at": _station(unit.station),
            }
            for unit in units
        ],
    }


def _connect() -> None:
    from goldenhour.log.live import database as opened

    opened.connect()


def _station(name: str) -> tuple[float, float]:
    from goldenhour.roads.live import region

    found = region.find_station(name)
    assert found is not None
    return found.lon, found.lat


def _signed_in(account: str, grants: Any, at: Any) -> str:
    """Make an account and return the cookie of somebody who has signed in with it."""
    from django.conf import settings
    from django.test import Client

    from goldenhour.access.live import services
    from goldenhour.access.live.models import Login

    services.account_make(account=account, grants=grants, at=at, actor="bench")
    client = Client()
    client.force_login(Login.objects.get(username=account), settings.AUTHENTICATION_BACKENDS[0])
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def lost(file: str) -> dict[str, Any]:
    """Return which of the gestures whose ids stand in a file are not in the log."""
    _connect()
    from goldenhour.log.live.models import LoggedEvent

    known = {str(one) for one in LoggedEvent.objects.values_list("event_id", flat=True)}
    acknowledged = json.loads(Path(file).read_text())
    return {"events": len(known), "lost": [one for one in acknowledged if one[0] not in known]}


if __name__ == "__main__":
    sys.path.insert(0, str(HOUSE))
    print(json.dumps({"prepare": prepare, "lost": lost}[sys.argv[1]](*sys.argv[2:])))

"""Kill -9 under load: nothing that was acknowledged may be lost, and everything has to be back at once.

    python benchmarks/kill.py [--web 50] [--database 10] [--rate 0.5] [--json]

On a PostgreSQL cluster that this makes (with fsync, in a folder of its own) a house plays calls and positions, boards
follow. Then the web process is killed so many times, and the whole database so many times, at random moments. People
press again, with the same id, until they are answered; boards come back by themselves and go on where they were.

Afterwards every acknowledged gesture has to be in the log, `log verify` and `log rebuild --check` have to be clean,
each board has to have heard every fact once and in order, and each kill has to be over within ten seconds.
"""

import argparse
import asyncio
import contextlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import psycopg

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

import desk_house  # noqa: E402 -- Beside this file.
from desk import quantile  # noqa: E402
from desk_load import Heard, Line, Screens, Town, apart, follow  # noqa: E402

from tools.postgres import as_nobody_special, installed  # noqa: E402

BACK_S, UNITS, CREWS, DISPATCHERS, BOARDS = 10.0, 60, 30, 8, 10
GIVE_UP_S = 60.0
PAUSE_S = 0.5  # A page waits about so long before it comes back.


class Cluster:
    """A PostgreSQL of our own that can be killed and started again."""

    def __init__(self, folder: Path, before: list[str], programs: Path) -> None:
        """Make it in a folder and start it."""
        self._folder, self._before, self._programs = folder, before, programs
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        if before:
            shutil.chown(folder, "postgres")
        self._do("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8")
        self.start()

    @property
    def url(self) -> str:
        """Return its address."""
        return f"postgres://postgres@127.0.0.1:{self._port}/postgres"

    def _do(self, program: str, *words: str | Path) -> None:
        command = [*self._before, self._programs / program, "-D", self._folder / "data", *words]
        subprocess.run(command, cwd=self._folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self) -> None:
        """Start it, and wait until it has recovered."""
        options = f"-c listen_addresses=127.0.0.1 -p {self._port} -k {self._folder}"
        for _ in range(20):  # What the killed one held in memory may take a moment to be given back.
            with contextlib.suppress(subprocess.CalledProcessError):
                self._do("pg_ctl", "start", "-w", "-l", self._folder / "log", "-o", options)
                return
            time.sleep(0.2)
        raise RuntimeError((self._folder / "log").read_text()[-2000:])

    def kill(self) -> None:
        """Kill every process of it at once."""
        parent = int((self._folder / "data" / "postmaster.pid").read_text().split()[0])
        children = map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split())
        for pid in [parent, *children]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        """Stop it for good."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self._do("pg_ctl", "stop", "-m", "immediate")


@contextlib.contextmanager
def cluster() -> Iterator[Cluster | None]:
    """Give a cluster of our own; None where PostgreSQL is not installed, or nobody but root is there to run it."""
    programs, before = installed(), as_nobody_special()
    if programs is None or before is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="goldenhour-kill-", ignore_cleanup_errors=True) as folder:
        made = Cluster(Path(folder), before, programs)
        try:
            yield made
        finally:
            made.stop()


# ---------------------------------------------------------------- the load, in processes of its own


def press(port: int, people: dict[str, Any], rate: float, over: Any, tell: Any) -> None:
    """Play calls and positions, patiently, until it is over."""

    async def play() -> Heard:
        heard = Heard()
        town = Town(port, people, heard, patient=True)
        life = asyncio.gather(town.calls(rate, float("inf")), town.positions(float("inf")))
        await asyncio.to_thread(over.wait)
        life.cancel()
        await asyncio.gather(life, return_exceptions=True)
        return heard

    tell.send(asyncio.run(play()))


def watch(port: int, cookies: list[str], boards: int, over: Any, tell: Any) -> None:
    """Keep boards open, each coming back by itself, until it is over; tell what they saw and where each stands."""

    async def come_back(line: Line, screens: Screens, stands: list[int], number: int) -> None:
        while True:
            after = f"?after={stands[number]}" if stands[number] else ""
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                async for position in follow(line, f"/api/feed{after}", screens, stands[number]):
                    stands[number] = position
            await asyncio.sleep(random.uniform(0.5, 1.5) * PAUSE_S)

    async def play() -> tuple[Screens, list[int]]:
        screens, lines, stands = Screens(), cycle([Line(port, {"Cookie": one}) for one in cookies]), [0] * boards
        following = [asyncio.create_task(come_back(next(lines), screens, stands, number)) for number in range(boards)]
        await asyncio.to_thread(over.wait)
        await asyncio.sleep(10 * PAUSE_S)  # Until all have heard the last.
        for one in following:
            one.cancel()
        await asyncio.gather(*following, return_exceptions=True)
        return screens, stands

    tell.send(asyncio.run(play()))


# ---------------------------------------------------------------- the kills


def back_s(house: desk_house.House, cookie: str) -> float:
    """Return after how many seconds the board is there again."""
    begun = time.perf_counter()

    async def ask() -> int:
        status, _ = await asyncio.wait_for(Line(house.port, {"Cookie": cookie}).ask("GET", "/api/board", raw=True), 30)
        return status

    while time.perf_counter() - begun < GIVE_UP_S:
        with contextlib.suppress(TimeoutError):
            if asyncio.run(ask()) == 200:
                return time.perf_counter() - begun
        time.sleep(0.05)
    return float("inf")


def kill_web(house: desk_house.House) -> None:
    """Kill the server, and start it again, as the machine's supervisor does."""
    for pid in house.processes():
        os.kill(pid, signal.SIGKILL)
    assert house.process is not None
    house.process.wait()
    house.start()


def kill_database(made: Cluster) -> None:
    """Kill the database, and start it again."""
    made.kill()
    made.start()


def soak(made: Cluster, web: int, database: int, rate: float) -> dict[str, Any]:
    """Kill and look."""
    with desk_house.house("postgresql", UNITS, server=made.url, crews=CREWS, dispatchers=DISPATCHERS) as house:
        house.start()
        over, heard_all = (multiprocessing.get_context("spawn").Event() for _ in range(2))
        cookies = [cookie for who, cookie in house.people["sessions"].items() if who.startswith("dispatcher")]
        town, heard_at = apart(press, house.port, house.people, rate, over)
        boards, screens_at = apart(watch, house.port, cookies, BOARDS, heard_all)
        kills = ["web"] * web + ["database"] * database
        random.shuffle(kills)
        took: dict[str, list[float]] = {"web": [], "database": []}
        for kind in kills:
            time.sleep(random.uniform(2, 5))
            begun = time.perf_counter()
            kill_web(house) if kind == "web" else kill_database(made)
            back_s(house, cookies[0])
            took[kind].append(time.perf_counter() - begun)
            print(f"{kind}: back after {took[kind][-1]:.1f} s", file=sys.stderr)
        time.sleep(5)
        over.set()
        heard = heard_at.recv()
        town.join()
        time.sleep(2)  # What was still being answered is done.
        with psycopg.connect(house.url) as line:
            head = line.execute("SELECT position FROM log_head").fetchone()
        heard_all.set()
        screens, stands = screens_at.recv()
        boards.join()
        house.stop()
        file = house.data / "acknowledged.json"
        file.write_text(json.dumps(heard.acknowledged))
        log = house.job("lost", str(file))
        verify, rebuild = house.run("log", "verify"), house.run("log", "rebuild", "--check")
    assert head is not None
    return {
        "kills": len(kills),
        "web_back_max_s": max(took["web"], default=0.0),
        "web_back_p50_s": quantile(took["web"], 0.5),
        "database_back_max_s": max(took["database"], default=0.0),
        "acknowledged": len(heard.acknowledged),
        "events": log["events"],
        "lost": len(log["lost"]),
        "verify": verify.returncode,
        "rebuild_check": rebuild.returncode,
        "board_gaps": screens.gaps,
        "boards_behind": sum(one < head[0] for one in stands),
        "said": "" if not (verify.returncode or rebuild.returncode) else verify.stdout[-500:] + rebuild.stdout[-500:],
        "answers": dict(heard.answers.most_common()),
    }


BARS = {"web_back_max_s": BACK_S, "database_back_max_s": BACK_S, "lost": 0, "verify": 0, "rebuild_check": 0,
        "board_gaps": 0, "boards_behind": 0}  # fmt: skip


def main() -> None:
    """Kill, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--web", type=int, default=50, help="how often the web process is killed")
    parser.add_argument("--database", type=int, default=10, help="how often PostgreSQL is")
    parser.add_argument("--rate", type=float, default=0.5, help="calls a second")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with cluster() as made:
        if made is None:
            print("Nothing was killed: PostgreSQL is not installed here, or only root could run it, which it refuses.")
            return
        found = soak(made, asked.web, asked.database, asked.rate)
    missed = [name for name, bar in BARS.items() if found[name] > bar]
    if asked.json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            bar = f"   bar {BARS[name]:g}{'  MISSED' if name in missed else ''}" if name in BARS else ""
            print(f"  {name:20} {f'{value:.2f}' if isinstance(value, float) else value!s:>12}{bar}")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()

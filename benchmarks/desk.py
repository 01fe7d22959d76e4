"""The desk under a city's load and more: a real server, real accounts, and what many people do at once.

    python benchmarks/desk.py [--minutes 10] [--rate 1] [--database postgresql|sqlite] [--dead-outside] [--json]
    python benchmarks/desk.py --recommend [--units 500]

The server is the process that `goldenhour serve` starts, on a database of its own. At `--rate 1` (SQLite: a third of
it) one call a second rings and goes its whole life of about 25 commands in a minute; 300 units report their position
every 5 s; 30 dispatchers, 150 crews and the hospitals press; 100 boards and the pages of 150 crews follow; halfway 250
boards come back at once. Another rate means as large a share of all that. The load comes from two other processes on
the same machine.

Every figure stands beside its bar; the reference loop, plain Python, and the machine's load stand beside them: a figure
of a busy machine is not a figure.
"""

import argparse
import asyncio
import contextlib
import json
import os
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uuid_utils

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

import desk_house  # noqa: E402 -- Beside this file.
import desk_load  # noqa: E402
from desk_load import LIFE_S, Heard, Line, Screens, Town, Watchers  # noqa: E402

AT_ONCE = {"units": 300, "crews": 150, "dispatchers": 30, "boards": 100, "herd": 250}
ON_SQLITE = 1 / 3
BARS = {
    "command_p99_s": 0.5,
    "command_max_s": 2.0,
    "screen_p95_s": 1.0,
    "page_p95_s": 1.0,
    "lost": 0,
    "recommendation_p99_ms": 50.0,
}
REFERENCE_LOOPS = 5
TOLD = ["station_alert", "station_cancel", "escalation"]


def reference_loop() -> float:
    """Return how long plain Python takes for the same work, in seconds: the machine's speed just now."""
    took = []
    for _ in range(REFERENCE_LOOPS):
        begun, mixed = time.perf_counter(), 0
        for i in range(2_000_000):
            mixed ^= i * i
        took.append(time.perf_counter() - begun)
    return statistics.median(took)


def quantile(values: list[float], share: float) -> float:
    """Return the value that so large a share of them does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


@contextlib.contextmanager
def dead_outside(house: desk_house.House) -> Iterator[None]:
    """Let every address outside lead to a machine that takes each connection and never says a word."""
    with socket.socket() as dead:
        dead.bind(("127.0.0.1", 0))
        dead.listen(1000)
        where = f"127.0.0.1:{dead.getsockname()[1]}"
        house.outside = {
            "GOLDENHOUR_SMTP": f"smtp+plain://{where}",
            "GOLDENHOUR_MAIL_FROM": "desk@example.org",
            "GOLDENHOUR_PAGING_HOSTS": "127.0.0.1",
        }
        house.start()
        asyncio.run(_name_outside(house, where))
        yield
        house.stop()


async def _name_outside(house: desk_house.House, where: str) -> None:
    line = Line(house.port, {"Cookie": house.people["sessions"]["administrator"]})
    for kind, address in (("webhook", f"http://{where}/alert"), ("email", "station@example.org")):
        body = {"id": str(uuid_utils.uuid7()), "kind": kind, "label": kind, "address": address, "gets": TOLD}
        status, said = await line.ask("POST", "/api/paging/destinations", body)
        assert status == 201, said


async def _approve_cards(house: desk_house.House) -> None:
    """Let a physician stand for every card: without, nobody is asked anything."""
    line = Line(house.port, {"Cookie": house.people["sessions"]["physician"]})
    _, cards = await line.ask("GET", "/api/cards")
    items = [{"name": one["name"], "words": one["words"]} for one in cards["items"]]
    until = f"{datetime.now(UTC).year + 1}-12-31"
    body = {"id": str(uuid_utils.uuid7()), "items": items, "until": until}
    status, said = await line.ask("POST", "/api/cards/approvals", body)
    assert status == 204, said


def measure(engine: str, rate: float, minutes: float, *, dead: bool) -> dict[str, Any]:
    """Put a house under load; return what was seen."""
    of = {name: max(1, round(rate * count)) for name, count in AT_ONCE.items()}
    with (
        desk_house.house(engine, of["units"], crews=max(of["crews"], 12), dispatchers=of["dispatchers"]) as house,
        contextlib.ExitStack() as held,
    ):
        held.enter_context(dead_outside(house) if dead else contextlib.nullcontext(house.start()))
        asyncio.run(_approve_cards(house))
        print(f"Server: process {house.processes()[-1]}, port {house.port}.", file=sys.stderr)
        seconds, memory = minutes * 60, [house.memory_mb()]
        cookies = [cookie for who, cookie in house.people["sessions"].items() if who.startswith("dispatcher")]
        spent, begun, loads = house.cpu_s(), time.monotonic(), [os.getloadavg()[0]]
        phones = desk_load.phones_of(house.people, of["crews"])
        watchers = Watchers(desks=cookies, boards=of["boards"], herd=of["herd"], phones=phones)
        boards, screens_at = desk_load.apart(desk_load.watch, house.port, watchers, seconds + LIFE_S)
        town, heard_at = desk_load.apart(desk_load.press, house.port, house.people, rate, seconds)
        for _ in range(2):
            time.sleep((seconds + LIFE_S) / 2)
            memory.append(house.memory_mb())
            loads.append(os.getloadavg()[0])
        heard, screens = _told(town, heard_at), _told(boards, screens_at)
        cores = (house.cpu_s() - spent) / (time.monotonic() - begun)
        file = house.data / "acknowledged.json"
        file.write_text(json.dumps(heard.acknowledged))
        house.stop()
        log = house.job("lost", str(file))
    return _figures(heard, screens, log) | {
        "engine": engine, "rate": rate, "minutes": minutes,
        "outside": "dead" if dead else "none", "memory_mb": [round(one) for one in memory],
        "server_cores": cores, "machine_load": loads, **of,
    }  # fmt: skip


def _told(process: Any, where: Any) -> Any:
    found = where.recv()
    process.join()
    return found


def _figures(heard: Heard, screens: Screens, log: dict[str, Any]) -> dict[str, Any]:
    commands = heard.took.get("command", [])
    return {
        "calls": heard.calls,
        "commands": len(commands),
        "commands_a_call": len(commands) / max(1, heard.calls),
        "command_p50_s": quantile(commands, 0.5),
        "command_p99_s": quantile(commands, 0.99),
        "command_max_s": max(commands, default=float("nan")),
        "p99_by_minute": " ".join(f"{quantile(took, 0.99):.2f}" for _, took in sorted(heard.commands.items())),
        "screen_p50_s": quantile(screens.lag_s, 0.5),
        "screen_p95_s": quantile(screens.lag_s, 0.95),
        "screen_max_s": max(screens.lag_s, default=float("nan")),
        "screens_heard": len(screens.lag_s),
        "page_p50_s": quantile(screens.page_lag_s, 0.5),
        "page_p95_s": quantile(screens.page_lag_s, 0.95),
        "pages_heard": len(screens.page_lag_s),
        "gaps": screens.gaps,
        "feed_mb": screens.bytes / 1e6,
        "herd_board_max_s": max(screens.herd_board_s, default=float("nan")),
        "herd_max_s": max(screens.herd_s, default=float("nan")),
        "herd_answers": {str(status): count for status, count in screens.herd_answers.items()},
        "others": {
            kind: {"count": len(took), "p50_s": quantile(took, 0.5), "p99_s": quantile(took, 0.99), "max_s": max(took)}
            for kind, took in sorted(heard.took.items()) if kind != "command"
        },
        "answers": dict(heard.answers.most_common()),
        "acknowledged": len(heard.acknowledged),
        "events": log["events"],
        "lost": len(log["lost"]),
        "lost_paths": sorted({path for _, path in log["lost"]})[:5],
    }  # fmt: skip


def recommend(engine: str, units: int, times: int = 300) -> dict[str, Any]:
    """Return how long a recommendation takes through HTTP with so many units, each with a fresh position."""
    with desk_house.house(engine, units, crews=12) as house:
        house.start()
        heard = Heard()

        async def ask() -> None:
            town = Town(house.port, house.people, heard)
            line = Line(house.port, {"Cookie": next(iter(house.people["sessions"].values()))})
            now = time.monotonic()
            await town.positions(now + desk_load.POSITIONS_S)
            calls = [await town._take() for _ in range(20)]  # noqa: SLF001 -- The same call, and no unit is sent.
            for call in calls * 2:
                await line.ask("GET", f"/api/calls/{call}/recommendation")
            for number in range(times):
                await town.ask(line, f"/api/calls/{calls[number % len(calls)]}/recommendation", "asked")

        asyncio.run(ask())
    took = [one * 1000 for one in heard.took["asked"]]
    return {
        "engine": engine, "units": units, "recommendation_p50_ms": quantile(took, 0.5),
        "recommendation_p99_ms": quantile(took, 0.99), "recommendation_max_ms": max(took),
        "answers": dict(heard.answers),
    }  # fmt: skip


def _print(found: dict[str, Any]) -> bool:
    """Print the figures beside their bars; return whether all hold."""
    good = True
    for name, value in found.items():
        bar = BARS.get(name)
        shown = f"{value:14,.3f}" if isinstance(value, float) else f"{value!s:>14}"
        if bar is not None:
            good &= value <= bar
        print(
            f"  {name:22} {shown}" + (f"   bar {bar:g}{'' if value <= bar else '  MISSED'}" if bar is not None else "")
        )
    return good


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--rate", type=float, help="calls a second, and everything else in proportion")
    parser.add_argument("--database", choices=["postgresql", "sqlite"], default="postgresql")
    parser.add_argument("--recommend", action="store_true", help="only how long a recommendation takes")
    parser.add_argument("--units", type=int, default=500, help="of --recommend")
    parser.add_argument("--dead-outside", action="store_true", help="every station alert goes where nobody answers")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    reference = reference_loop()
    if asked.recommend:
        found = recommend(asked.database, asked.units)
    else:
        rate = asked.rate or (ON_SQLITE if asked.database == "sqlite" else 1.0)
        found = measure(asked.database, rate, asked.minutes, dead=asked.dead_outside)
    found |= {"reference_loop_ms": 1000 * reference, "reference_loop_after_ms": 1000 * reference_loop()}
    if asked.json:
        print(json.dumps(found))
        return
    print(f"The desk on {asked.database}, {os.cpu_count()} cores")
    sys.exit(not _print(found))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as _scratch:
        os.environ.setdefault("GOLDENHOUR_DATA", _scratch)
        main()

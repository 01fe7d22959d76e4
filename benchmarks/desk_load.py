"""The load on a house, made by processes of their own: whole calls, positions, boards that follow, a herd of them.

The client is a few lines of asyncio, because it shares the machine with what it measures. Times are this machine's.
"""

import asyncio
import json
import multiprocessing
import random
import re
import time
from base64 import b64encode
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import cycle
from typing import Any

import uuid_utils

LIFE_S = 60.0  # A call's whole life: an hour's work in a minute, so that as many are open as in a city.
POSITIONS_S = 5.0
NATURES = ("breathing_problem", "chest_pain", "fall", "sick_person", "traffic_incident", "stroke")
AMBULANCE = ("acknowledged", "en_route", "on_scene", "at_patient", "destination", "left_scene", "at_destination",
             "accept", "back_in_service")  # fmt: skip
OTHERS = ("acknowledged", "en_route", "on_scene", "back_in_service")
ASKED = 3  # Questions of triage that are answered.
_SAID = re.compile(rb'id: (\d+)\nevent: fact\ndata: \{[^}]{0,200}?"recorded_at":"([^"]+)"')
_BOARD = re.compile(rb'^\{"position":(\d+),"epoch":"([^"]+)"')
_LONGEST_HEAD = 300
_READ = 10  # Of so many boards one is read.


@dataclass(slots=True)
class Heard:
    """What came of the load."""

    took: dict[str, list[float]] = field(default_factory=dict)  # Seconds, by kind.
    answers: Counter[str] = field(default_factory=Counter)
    acknowledged: list[tuple[str, str]] = field(default_factory=list)  # The gesture's id, and what it was.
    calls: int = 0
    begun_s: float = field(default_factory=time.monotonic)
    commands: dict[int, list[float]] = field(default_factory=dict)  # How long they took, by the minute they were made.

    def note(self, kind: str, seconds: float, what: str) -> None:
        """Keep how long an answer took, and what it was."""
        self.took.setdefault(kind, []).append(seconds)
        if kind == "command":
            minute = int((time.monotonic() - seconds - self.begun_s) // 60)
            self.commands.setdefault(minute, []).append(seconds)
        self.answers[f"{kind} {what}"] += 1


class Line:
    """One connection that is kept open, as a browser or a phone has it."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        """Speak to a server on this machine."""
        self._port = port
        self._head = "".join(f"{name}: {value}\r\n" for name, value in {"Host": "localhost", **headers}.items())
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._turn = asyncio.Lock()

    async def ask(self, method: str, path: str, body: Any = None, *, raw: bool = False) -> tuple[int, Any]:
        """Return status and body of one request, read (or `raw`). Status 0: the line broke."""
        data = b"" if body is None else json.dumps(body).encode()
        kind = f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n" if data else ""
        request = f"{method} {path} HTTP/1.1\r\n{self._head}{kind}\r\n".encode() + data
        async with self._turn:
            for kept in (
                self._ends is not None,
                False,
            ):  # A line that the server closed while it was idle is opened anew.
                try:
                    status, said = await self._answer(request)
                except (OSError, asyncio.IncompleteReadError):
                    self.close()
                    if not kept:
                        break
                else:
                    return status, said if raw else _read(said)
        return 0, None

    async def _answer(self, request: bytes) -> tuple[int, bytes]:
        if self._ends is None:
            self._ends = await asyncio.open_connection("127.0.0.1", self._port, limit=2**24)
        reader, writer = self._ends
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = re.search(r"content-length: (\d+)", head)
        said = await (reader.readexactly(int(length[1])) if length else _chunks(reader, head))
        return int(head.split(" ", 2)[1]), said if "application/json" in head else b""

    async def stream(self, path: str) -> AsyncIterator[bytes]:
        """Yield what a feed says until the line breaks."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2**24)
        try:
            writer.write(f"GET {path} HTTP/1.1\r\n{self._head}\r\n".encode())
            await reader.readuntil(b"\r\n\r\n")
            while length := int(await reader.readline() or b"0", 16):  # A feed comes in pieces, each with its length.
                yield (await reader.readexactly(length + 2))[:-2]
        except (OSError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    async def raw(self, path: str) -> AsyncIterator[bytes]:
        """Yield what a feed says as it comes over the line, until it breaks."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2**24)
        try:
            writer.write(f"GET {path} HTTP/1.1\r\n{self._head}\r\n".encode())
            while data := await reader.read(2**18):
                yield data
        except OSError:
            return
        finally:
            writer.close()

    def close(self) -> None:
        """Close it; the next request opens it anew."""
        if self._ends is not None:
            self._ends[1].close()
            self._ends = None


def _read(said: bytes) -> Any:
    return json.loads(said) if said else None


async def _chunks(reader: asyncio.StreamReader, head: str) -> bytes:
    """Return a body that comes in pieces of a length of their own."""
    said = b""
    while "transfer-encoding: chunked" in head and (length := int(await reader.readline(), 16)):
        said += (await reader.readexactly(length + 2))[:-2]
    if "transfer-encoding: chunked" in head:
        await reader.readline()
    return said


class Town:
    """Everybody who presses something: call takers and dispatchers, crews, hospitals, and the units' devices."""

    def __init__(self, port: int, people: dict[str, Any], heard: Heard, *, patient: bool = False) -> None:
        """Play on a server; `patient` people press again, with the same id, until the server answers."""
        self.heard, self._patient = heard, patient
        self._bounds = people["bounds"]
        self._units = {one["id"]: one for one in people["units"]}
        lines = {account: Line(port, {"Cookie": cookie}) for account, cookie in people["sessions"].items()}
        self._desks = cycle([line for account, line in lines.items() if account.startswith("dispatcher")])
        crews = [line for account, line in lines.items() if account.startswith("crew")]
        by_agency = {
            agency: crews[number :: len(people["agencies"])] for number, agency in enumerate(people["agencies"])
        }
        self._crews = {agency: cycle(some) for agency, some in by_agency.items() if some}
        self._doors = {one: lines[f"hospital.{number}"] for number, one in enumerate(people["hospitals"])}
        self._devices = {
            one["id"]: Line(port, {"Authorization": "Basic " + b64encode(f"unit:{one['token']}".encode()).decode()})
            for one in people["units"]
        }

    async def press(self, line: Line, path: str, **body: Any) -> tuple[int, Any]:
        """Make one gesture; keep how long it took, and its id when it was acknowledged."""
        gesture = str(uuid_utils.uuid7())
        while True:
            begun = time.perf_counter()
            status, said = await line.ask("POST", path, {"id": gesture, **body})
            code = said.get("code", "") if isinstance(said, dict) and status >= 400 else ""
            self.heard.note("command", time.perf_counter() - begun, f"{status} {code}".strip())
            if not self._patient or (status and status < 500 and code != "log_unavailable"):
                break
            await asyncio.sleep(0.5)
        if 200 <= status < 300:
            self.heard.acknowledged.append((gesture, path))
        return status, said

    async def ask(self, line: Line, path: str, kind: str) -> tuple[int, Any]:
        """Read something."""
        begun = time.perf_counter()
        status, said = await line.ask("GET", path)
        self.heard.note(kind, time.perf_counter() - begun, str(status))
        return status, said

    async def calls(self, rate: float, until: float) -> None:
        """Let calls ring at random moments, so many a second on average, and see each through."""
        running = set()
        try:
            while time.monotonic() < until:
                await asyncio.sleep(random.expovariate(rate))
                life = asyncio.create_task(self.call())
                running.add(life)
                life.add_done_callback(running.discard)
            await asyncio.gather(*running)
        finally:
            for one in running:
                one.cancel()

    async def call(self) -> None:
        """Play one call from the first ring to its end."""
        desk, number = next(self._desks), await self._take()
        if not number:
            return
        status, advice = await self.ask(desk, f"/api/calls/{number}/recommendation", "recommendation")
        sent = []
        for one in advice["chosen"] if status == 200 else ():
            status, _ = await self.press(
                desk, f"/api/calls/{number}/assignments", unit=one["unit"], slot=one["slot"],
                divert_from=one["from_call_id"] or "",
            )  # fmt: skip
            if status == 204:
                sent.append(one["unit"])
        ambulances = [unit for unit in sent if self._units[unit]["type"] == "ambulance"]
        await asyncio.gather(*(self._run(unit, number, brings=unit in ambulances[:1]) for unit in sent))
        status, _ = await self.press(desk, f"/api/calls/{number}/close", outcome="transported" if sent else "no_unit")
        self.heard.calls += status == 204

    async def _take(self) -> str:
        """Take a call as it is typed; return its number."""
        desk = next(self._desks)
        west, south, east, north = self._bounds
        status, said = await self.press(desk, "/api/drafts")
        if status != 201:
            return ""
        number, nature = str(said["call_id"]), random.choice(NATURES)
        await self.ask(desk, f"/api/places?q={random.randint(1, 99)}+ma", "place")
        place = {
            "lon": west + (east - west) * random.uniform(0.35, 0.65),
            "lat": south + (north - south) * random.uniform(0.35, 0.65),
            "address": f"{random.randint(1, 99)} Long Street",
        }
        await self.press(desk, f"/api/drafts/{number}/changes", seen=0, fields=place)
        await self.press(desk, f"/api/drafts/{number}/changes", seen=1, fields={"nature": nature})
        await self.press(desk, "/api/calls", draft=number, seen=2)
        _, triage = await self.ask(desk, f"/api/calls/{number}/triage", "triage")
        for _ in range(ASKED):
            question = (triage or {}).get("question")
            if not question:
                break
            await asyncio.sleep(random.uniform(0.3, 1))
            status, triage = await self.press(
                desk, f"/api/calls/{number}/triage/answers", question=question["key"],
                answer=question["answers"][-1]["key"],
            )  # fmt: skip
        return number

    async def _run(self, unit: str, call: str, *, brings: bool) -> None:
        """Let a crew press its steps."""
        steps = AMBULANCE if brings else OTHERS
        crew, door = next(self._crews[self._units[unit]["agency"]]), ""
        for step in steps:
            await asyncio.sleep(random.uniform(0.5, 1.5) * LIFE_S / len(AMBULANCE))
            if step == "destination":
                status, said = await self.press(crew, f"/api/units/{unit}/destination", call_id=call)
                door = said["facility"] if status == 200 else ""
                alert = {"unit": unit, "kind": "trauma", "age": 40, "complaint": "Leg"}
                await self.press(crew, f"/api/calls/{call}/prealerts", **alert)
            elif step == "accept" and door:
                await self.press(self._doors[door], f"/api/hospitals/{door}/accept", call_id=call, unit=unit)
            else:
                stamp = "transfer_of_care" if step == "accept" else step
                await self.press(crew, f"/api/units/{unit}/stamps", stamp=stamp, call_id=call)

    async def positions(self, until: float) -> None:
        """Let every unit's device report every few seconds."""
        await asyncio.gather(*(self._drive(one, until) for one in self._units.values()))

    async def _drive(self, unit: dict[str, Any], until: float) -> None:
        lon, lat = unit["at"]
        await asyncio.sleep(random.uniform(0, POSITIONS_S))
        while time.monotonic() < until:
            begun = time.perf_counter()
            lon, lat = lon + random.uniform(-0.0006, 0.0006), lat + random.uniform(-0.0004, 0.0004)
            fix = {"_type": "location", "lon": lon, "lat": lat, "tst": int(time.time()), "acc": 8, "vel": 40}
            status, _ = await self._devices[unit["id"]].ask("POST", "/api/positions/owntracks", fix)
            took = time.perf_counter() - begun
            self.heard.note("position", took, str(status))
            await asyncio.sleep(max(0.0, POSITIONS_S - took))


# ---------------------------------------------------------------- boards


@dataclass(slots=True)
class Screens:
    """What the open boards saw."""

    lag_s: list[float] = field(default_factory=list)  # From when a fact was recorded to when a board had it.
    gaps: int = 0  # Facts that a board did not get in order.
    bytes: int = 0
    herd_s: list[float] = field(default_factory=list)  # From reconnecting to the first news of the feed.
    herd_board_s: list[float] = field(default_factory=list)  # Of that, until the whole board was there.
    herd_answers: Counter[int] = field(default_factory=Counter)
    page_lag_s: list[float] = field(default_factory=list)  # From a crew's press to when its unit's page showed it.


async def follow(line: Line, path: str, screens: Screens, last: int = 0) -> AsyncIterator[int]:
    """Follow a feed after a position; note what comes, and yield the newest position each time."""
    rest = b""
    async for data in line.stream(path):
        now = time.time()
        screens.bytes += len(data)
        text, end = rest + data, 0
        for found in _SAID.finditer(text):
            position, end = int(found[1]), found.end()
            screens.gaps += last not in {0, position - 1}
            last = position
            screens.lag_s.append(now - datetime.fromisoformat(found[2].decode()).timestamp())
        rest = text[max(end, len(text) - _LONGEST_HEAD) :]
        yield last


async def _follow(line: Line, screens: Screens, *, read: bool) -> None:
    """Follow the board's feed. Every tenth is read: the rest are there, and cost the machine no more than a glance."""
    if read:
        async for _ in follow(line, "/api/feed", screens):
            pass
    else:
        async for data in line.raw("/api/feed"):
            screens.bytes += len(data)


async def _crew_page(line: Line, unit: str, screens: Screens) -> None:
    """Follow a unit's page, as its crew's phone does; note how long each step took to be shown there."""
    rest, seen = b"", None
    async for data in line.stream(f"/api/units/{unit}/crew/feed"):
        now = time.time()
        screens.bytes += len(data)
        *whole, rest = (rest + data).split(b"\n\n")
        for one in whole:
            if said := one.partition(b"event: crew\ndata: ")[2]:
                page = json.loads(said)
                presses = (page["call"] or page["before"] or {}).get("presses")
                last = max((press["at"] for press in presses), default=None) if presses else None
                if last and seen and last > seen:
                    screens.page_lag_s.append(now - datetime.fromisoformat(last).timestamp())
                seen = max(last or "", seen or "") or None


async def _come_back(line: Line, screens: Screens) -> None:
    """Fetch the whole board and follow on from it until something is heard, as a page does after a cut line."""
    begun = time.perf_counter()
    status, said = await line.ask("GET", "/api/board", raw=True)
    screens.herd_answers[status] += 1
    screens.herd_board_s.append(time.perf_counter() - begun)
    if found := _BOARD.search(said):
        async for _ in line.stream(f"/api/feed?after={int(found[1])}&epoch={found[2].decode()}"):
            break
        screens.herd_s.append(time.perf_counter() - begun)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchers:
    """Who keeps a page open, and with which cookies."""

    desks: list[str]
    boards: int  # Open all the time, by the desks in turn.
    herd: int  # That come back at once, halfway.
    phones: list[tuple[str, str]] = field(default_factory=list)  # Each follows a unit's page: the unit, and its cookie.


async def _watch(port: int, who: Watchers, seconds: float) -> Screens:
    screens, lines = Screens(), cycle([Line(port, {"Cookie": one}) for one in who.desks])
    following = [
        asyncio.create_task(_follow(next(lines), screens, read=number % _READ == 0)) for number in range(who.boards)
    ]
    following += [
        asyncio.create_task(_crew_page(Line(port, {"Cookie": cookie}), unit, screens)) for unit, cookie in who.phones
    ]
    await asyncio.sleep(seconds / 2)
    back = [Line(port, {"Cookie": one}) for one, _ in zip(cycle(who.desks), range(who.herd), strict=False)]
    await asyncio.gather(*(_come_back(line, screens) for line in back))
    await asyncio.sleep(max(0.0, seconds / 2 - max(screens.herd_s, default=0.0)))
    for one in following:
        one.cancel()
    await asyncio.gather(*following, return_exceptions=True)
    return screens


def phones_of(people: dict[str, Any], crews: int) -> list[tuple[str, str]]:
    """Return a unit of its agency for each of so many crews, and the crew's cookie."""
    units = {
        agency: cycle([one["id"] for one in people["units"] if one["agency"] == agency])
        for agency in people["agencies"]
    }
    return [
        (next(units[people["agencies"][number % len(people["agencies"])]]), people["sessions"][f"crew.{number}"])
        for number in range(crews)
    ]


def watch(port: int, who: Watchers, seconds: float, tell: Any) -> None:
    """Keep pages open for so long, with a herd in the middle; tell what they saw. In a process of its own."""
    tell.send(asyncio.run(_watch(port, who, seconds)))


def press(port: int, people: dict[str, Any], rate: float, seconds: float, tell: Any) -> None:
    """Play calls and positions for so long; tell what came of it. In a process of its own."""

    async def play() -> Heard:
        heard, until = Heard(), time.monotonic() + seconds
        town = Town(port, people, heard)
        await asyncio.gather(town.calls(rate, until), town.positions(until + LIFE_S))
        return heard

    tell.send(asyncio.run(play()))


def apart(work: Any, *arguments: Any) -> tuple[Any, Any]:
    """Begin a piece of work in a process of its own; return it, and where it will tell what came of it."""
    here, there = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=work, args=(*arguments, there), daemon=True)
    process.start()
    return process, here

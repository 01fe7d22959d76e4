"""The feed over real HTTP: cut and resumed, nothing is missing and nothing comes twice; also for a herd of boards."""

import asyncio
import json
import re
from datetime import UTC, datetime

import pytest

from goldenhour.site.feed import KEPT, Broadcaster
from tests.roads.places import corner
from tests.serving import running
from tests.site.conftest import new_id

HERD = 250


@pytest.fixture(scope="module")
def house(town, tmp_path_factory):
    """A real (not demo) goldenhour of the small town, running."""
    with running("--region", str(town), data=tmp_path_factory.mktemp("house")) as there:
        yield there


class Board:
    """A page that follows the feed, as far as the wire goes."""

    def __init__(self, port, after, epoch=""):
        self.port, self.after, self.epoch = port, after, epoch
        self.positions, self.events = [], []

    async def connect(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**22)
        last = f"Last-Event-ID: {self.positions[-1]}\r\n" if self.positions else ""
        path = f"/api/feed?after={self.after}&epoch={self.epoch}"
        self.writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\n{last}\r\n".encode())
        await self.writer.drain()
        return self

    async def until(self, position):
        """Read on until a position was heard."""
        while position not in self.positions[-1:]:
            line = (await self.reader.readline()).decode()
            assert line, "The server hung up."
            if found := re.match(r"id: (\d+)", line):
                self.positions.append(int(found[1]))
            elif line.startswith("event: "):
                self.events.append(line[7:].strip())
        return self

    async def hear(self, event):
        """Read on until an event of that name, and return its data."""
        while True:
            line = (await self.reader.readline()).decode()
            if line.startswith("event: "):
                name = line[7:].strip()
            elif line.startswith("data: ") and name == event:
                return json.loads(line[6:])

    def cut(self):
        self.writer.transport.abort()


def call_for_help(house, times=1):
    """Take calls; return the log's head afterwards."""
    lon, lat = corner(1, 2)
    for _ in range(times):
        status, _, said = house.ask("POST", "/api/calls", {"id": new_id(), "lon": lon, "lat": lat, "address": "1 Elm"})
        assert status == 201, said
    return house.get("/api/board")["position"]


def within(awaitable, seconds=60):
    return asyncio.run(asyncio.wait_for(awaitable, seconds))


def test_a_cut_board_resumes_with_nothing_missing_and_nothing_twice(house):
    async def walk():
        start = await asyncio.to_thread(call_for_help, house)
        page = await Board(house.port, start).connect()
        seen = await asyncio.to_thread(call_for_help, house, 3)
        await page.until(seen)
        page.cut()
        missed = await asyncio.to_thread(call_for_help, house, 4)
        await page.connect()
        await page.until(missed)
        page.cut()
        return start, missed, page

    start, last, page = within(walk())

    assert page.positions == list(range(start + 1, last + 1))
    assert "reset" not in page.events


def test_a_fact_brings_the_whole_entries_it_changed_and_no_personal_payload(house):
    async def walk():
        page = await Board(house.port, house.get("/api/board")["position"]).connect()
        heard = asyncio.create_task(page.hear("fact"))
        await asyncio.to_thread(call_for_help, house)
        fact = await heard
        clock = await page.hear("clock")
        page.cut()
        return fact, clock

    fact, clock = within(walk())

    (call,) = fact["changed"]["calls"]
    assert call == next(one for one in house.get("/api/board")["calls"] if one["id"] == call["id"])
    assert call["address"] == "1 Elm"  # The desk sees it on the board ...
    assert "Elm" not in json.dumps(fact["payload"])  # ... and the log's tail leaves it out.
    assert clock["head"] >= fact["position"]


@pytest.mark.parametrize("ahead", [{"after": 10_000_000}, {"after": 1, "epoch": "another"}])
def test_a_board_of_another_log_is_told_to_begin_anew(house, ahead):
    async def walk():
        page = await Board(house.port, **ahead).connect()
        told = await page.hear("reset")
        page.cut()
        return told

    assert within(walk())["head"] == house.get("/api/board")["position"]


def test_a_herd_of_boards_comes_back_at_once_and_each_misses_nothing(house):
    async def walk():
        start = await asyncio.to_thread(call_for_help, house)
        herd = [Board(house.port, start) for _ in range(HERD)]
        await asyncio.gather(*(one.connect() for one in herd))
        first = await asyncio.to_thread(call_for_help, house, 2)
        await asyncio.gather(*(one.until(first) for one in herd))
        for one in herd:
            one.cut()
        last = await asyncio.to_thread(call_for_help, house, 3)
        await asyncio.gather(*(one.connect() for one in herd))
        await asyncio.gather(*(one.until(last) for one in herd))
        for one in herd:
            one.cut()
        return start, last, herd

    start, last, herd = within(walk())

    assert all(one.positions == list(range(start + 1, last + 1)) for one in herd)
    assert house.ask("GET", "/api/board")[0] == 200  # And the desk still works.


def test_a_bad_position_is_refused_in_words(house):
    status, _, said = house.ask("GET", "/api/feed?after=yesterday")

    assert (status, json.loads(said)["code"]) == (422, "bad_position")


class Source:
    """A log in memory, long enough to fall behind in."""

    def __init__(self):
        self.last = 3
        self.places = []  # What moved, look by look.

    def head(self):
        return self.last, "one"

    def read(self, after, limit):
        return [(Place(i), None) for i in range(after + 1, min(after + limit, self.last) + 1)]

    def fact(self, where, fact, changed):  # noqa: ARG002 -- As the feed calls it.
        return {"position": where.position}

    def changed(self, facts):
        return [{} for _ in facts]

    def expired(self):
        return []

    def moved(self):
        return self.places.pop(0) if self.places else []

    def clock(self):
        return {}

    def close(self):
        pass


class Place:
    def __init__(self, position):
        self.position = position


def test_a_board_too_slow_to_keep_up_is_told_to_begin_anew_and_costs_nothing():
    async def walk():
        source = Source()
        broadcaster = Broadcaster(source)
        slow = broadcaster.follow(3)
        said = [await anext(slow), await anext(slow)]  # Greeted, told the clock; then it stops reading.
        source.last += 2 * KEPT
        broadcaster.wake()
        quick = broadcaster.follow(None)
        async for data in quick:
            if b"clock" in data and broadcaster._kept.last == source.last:
                break
        said.append(await anext(slow))
        kept = len(broadcaster._kept.messages)
        await slow.aclose()
        await quick.aclose()
        left = broadcaster.boards
        await broadcaster.stop()
        return said, kept, left

    said, kept, left = within(walk())

    assert b"event: reset" in said[-1]
    assert kept == KEPT
    assert left == 0


def test_a_board_that_read_the_log_before_the_feed_did_is_not_told_to_begin_anew():
    async def walk():
        source = Source()
        broadcaster = Broadcaster(source)
        open_before = broadcaster.follow(3)
        await anext(open_before)  # The feed has looked once.
        source.last = 5
        ahead = broadcaster.follow(5)
        said = [await anext(ahead), await anext(ahead)]
        source.last = 6
        broadcaster.wake()
        said.append(await anext(ahead))
        for board in (open_before, ahead):
            await board.aclose()
        await broadcaster.stop()
        return b"".join(said)

    said = within(walk())

    assert b"event: reset" not in said
    assert re.findall(rb"id: (\d+)", said) == [b"6"]


def test_positions_are_told_together_each_second_as_the_same_bytes_and_in_whole_to_who_comes_later():
    def at(unit, lon):
        return {"unit": unit, "position": {"lon": lon}, "suggestion": None}

    async def positions(board):
        async for data in board:
            if b"event: positions" in data:
                return data
        return None

    async def walk():
        source = Source()
        source.places = [[at("M11", 1), at("M12", 1)], [], [at("M12", 2)]]
        broadcaster = Broadcaster(source)
        first, second = broadcaster.follow(3), broadcaster.follow(3)
        heard = [await asyncio.gather(positions(first), positions(second)) for _ in range(2)]
        late = broadcaster.follow(3)
        whole = await positions(late)
        for board in (first, second, late):
            await board.aclose()
        await broadcaster.stop()
        return heard, whole

    heard, whole = within(walk())

    assert all(one is other for one, other in heard)  # Encoded once for every board.
    batches = [json.loads(one.split(b"data: ")[1])["positions"] for one, _ in heard]
    assert batches == [[at("M11", 1), at("M12", 1)], [at("M12", 2)]]
    assert json.loads(whole.split(b"data: ")[1])["positions"] == [at("M11", 1), at("M12", 2)]


def test_a_phones_position_is_heard_by_boards_without_a_fact(house):
    async def walk():
        head = house.get("/api/board")["position"]
        page = await Board(house.port, head).connect()
        status, _, said = house.ask("POST", "/api/units/town/M12/position-tokens", {"id": new_id(), "label": "phone"})
        assert status == 201, said
        now = datetime.now(UTC).timestamp()
        query = f"id={json.loads(said)['secret']}&lon=-122.41&lat=37.76&timestamp={now}&accuracy=6"
        heard = asyncio.create_task(page.hear("positions"))
        assert (await asyncio.to_thread(house.ask, "GET", f"/api/positions/osmand?{query}"))[0] == 200
        told = await heard
        page.cut()
        return told, head

    told, head = within(walk())

    (one,) = told["positions"]
    assert one["unit"] == "town/M12"
    assert (one["position"]["source"], one["position"]["accuracy_m"]) == ("reported", 6)
    assert one["suggestion"] is None
    assert house.get("/api/board")["position"] == head + 1  # The token is a fact, the position is none.

"""The live feed: server-sent events, each encoded once and shared by every board, resumed by position.

One task per process, the pump, follows the log. It reads what is new in a thread of its own, which gives its database
connection back after each look, encodes each fact with the board entries that it changed, and keeps the newest
`KEPT` messages. A board is only a cursor into them: a slow one costs nothing, and one that fell behind what is kept
is told to fetch the board anew. Nobody holds a database connection while waiting.
"""

import asyncio
import contextlib
import logging
import random
from collections import deque
from collections.abc import AsyncGenerator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

import orjson

from goldenhour.log.event import Event, Recorded

log = logging.getLogger("goldenhour.site")

KEPT_EXPIRED = 1000  # A midnight is a few of them.
KEPT = 5000  # Messages: hours of a county, minutes of a city at full speed.
PRELOADED = 1000  # Messages read back at start, so that boards resume over a restart of the server.
TOGETHER_S = 0.4  # What happens within it is told at once: a hundred boards are not woken for each fact.
LOOK_S = 0.5  # How often the pump looks for what other processes wrote; our own writes wake it at once.
CLOCK_S = 1.0
RETRY_MS = (1000, 4000)  # A board waits a time of its own in this range before it comes back: no herd.

Facts = Sequence[tuple[Recorded, Event]]


class Source(Protocol):
    """Where the pump reads: the log and the board. Called in the pump's own thread."""

    def head(self) -> tuple[int, str]:
        """Return the newest position and the log's epoch."""

    def read(self, after: int, limit: int) -> Facts:
        """Return up to `limit` facts after a position, in order."""

    def fact(self, where: Recorded, fact: Event, changed: dict[str, Any]) -> dict[str, Any]:
        """Return one fact as the board reads it."""

    def changed(self, facts: Facts) -> list[dict[str, Any]]:
        """Return, for each fact, the whole board entries that it changed."""

    def expired(self) -> list[dict[str, Any]]:
        """Return the whole entries of units that count for something else by the clock alone, each change once."""

    def moved(self) -> list[dict[str, Any]]:
        """Return where units are that moved since the last look: {unit, position, suggestion} each."""

    def clock(self) -> dict[str, Any]:
        """Return the clock as the board shows it."""

    def close(self) -> None:
        """Give the database connection back."""


def message(name: str, data: dict[str, Any], position: int | None = None) -> bytes:
    """Return one server-sent event; with a position it moves the board's resume point."""
    head = f"id: {position}\nevent: {name}\ndata: " if position is not None else f"event: {name}\ndata: "
    return head.encode() + orjson.dumps(data, option=orjson.OPT_NON_STR_KEYS) + b"\n\n"


@dataclass(slots=True)
class _Kept:
    """The newest messages, gapless: the first stands at position `first`."""

    first: int
    messages: deque[bytes]

    @property
    def last(self) -> int:
        """Return the position of the newest message; `first` - 1 when none is kept."""
        return self.first + len(self.messages) - 1

    def add(self, data: bytes) -> None:
        """Keep the message of the next position, forgetting the oldest when full."""
        self.messages.append(data)
        if len(self.messages) > KEPT:
            self.messages.popleft()
            self.first += 1

    def after(self, position: int) -> list[bytes] | None:
        """Return the messages after a position, or None when they are no longer, or not yet, known."""
        if not self.first - 1 <= position <= self.last:
            return None
        return list(islice(self.messages, position - self.first + 1, None))


@dataclass(frozen=True, slots=True)
class _Expired:
    """What the clock alone changed on the board: no fact says it, so it stands after the fact it came after."""

    number: int  # Rising.
    position: int
    data: bytes


@dataclass(slots=True)
class _Places:
    """Where units are as last told: the newest batch for boards that heard the one before, all of it for the others."""

    number: int = -1  # Of the newest batch.
    batch: bytes = b""
    whole: bytes = b""  # Made when the first board asks for it.
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)

    def take(self, moved: list[dict[str, Any]]) -> bool:
        """Keep what moved; return whether there is anything to tell."""
        if moved:
            self.entries |= {one["unit"]: one for one in moved}
            self.number, self.batch, self.whole = self.number + 1, message("positions", {"positions": moved}), b""
        return bool(moved)

    def since(self, number: int) -> bytes:
        """Return what a board that last heard the batch of that number needs."""
        if number == self.number - 1 and number >= 0:
            return self.batch
        if not self.whole:
            self.whole = message("positions", {"positions": list(self.entries.values())})
        return self.whole


class Broadcaster:
    """The pump and what it keeps. Lives in one event loop."""

    def __init__(self, source: Source) -> None:
        """Read from `source`; nothing runs before the first board comes."""
        self._source = source
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="feed")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pump: asyncio.Task[None] | None = None
        self._kept: _Kept | None = None
        self._expired: deque[_Expired] = deque(maxlen=KEPT_EXPIRED)
        self._epoch = ""
        self._clock = b""
        self._clock_no = 0
        self._clock_due = False
        self._places = _Places()
        self._begun = self._looked = 0  # How many looks at the log were begun, and the number of the latest that ended.
        self._news = asyncio.Event()  # Set when there is something to send, then replaced.
        self._look = asyncio.Event()  # Set when the pump should look at once.
        self.boards = 0

    def wake(self) -> None:
        """Look for news now. Safe from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            with contextlib.suppress(RuntimeError):  # The loop closed meanwhile: nobody is listening.
                self._loop.call_soon_threadsafe(self._look.set)

    def say_clock(self) -> None:
        """Tell every board the clock now: its speed has changed. Safe from any thread."""
        self._clock_due = True
        self.wake()

    async def follow(self, after: int | None, epoch: str = "") -> AsyncGenerator[bytes, None]:
        """Yield what a board needs from position `after` on (None: from now on), for ever.

        A `reset` tells it to fetch the board anew: the log has another epoch, or the position is not known any more.
        """
        kept = await self._running()
        if after is not None and after > kept.last:
            kept = await self._catch_up(after)
        cursor = kept.last if after is None else after
        known = epoch or self._epoch
        clock_no = places_no = -1
        # What expired at its position or later it may not have heard; to hear it twice is harmless.
        told = max((one.number for one in self._expired if after is None or one.position < cursor), default=-1)
        self.boards += 1
        try:
            yield f"retry: {random.randint(*RETRY_MS)}\n\n".encode()  # noqa: S311 -- Jitter, not a secret.
            while True:
                news, kept = self._news, self._kept or kept
                fresh = kept.after(cursor) if known == self._epoch else None
                if fresh is None:
                    known, cursor = self._epoch, kept.last
                    yield message("reset", {"head": cursor, "epoch": known})
                else:
                    due = [one for one in self._expired if one.number > told]
                    if news_ := self._in_order(fresh, cursor, due):
                        yield news_
                    cursor += len(fresh)
                    told = due[-1].number if due else told
                if clock_no != self._clock_no:
                    clock_no = self._clock_no
                    yield self._clock
                if places_no != self._places.number:
                    moved = self._places.since(places_no)
                    places_no = self._places.number
                    yield moved
                if news is self._news:
                    await news.wait()
        finally:
            self.boards -= 1

    def _in_order(self, fresh: list[bytes], cursor: int, due: list[_Expired]) -> bytes:
        """Return the facts after a cursor as one, with what expired between them in its place."""
        if not due:
            return b"".join(fresh)
        said = [(cursor + 1 + at, 0, data) for at, data in enumerate(fresh)]
        said += [(one.position, one.number + 1, one.data) for one in due]
        return b"".join(data for _, _, data in sorted(said, key=lambda one: one[:2]))

    async def stop(self) -> None:
        """End the pump."""
        if self._pump is not None:
            self._pump.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._pump
            self._pump, self._kept = None, None

    async def _running(self) -> _Kept:
        """Return what is kept; start the pump in this loop when it does not run."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop, self._pump, self._kept = loop, None, None
            self._news, self._look = asyncio.Event(), asyncio.Event()
        if self._pump is None or self._pump.done():
            self._pump = loop.create_task(self._run(), name="feed pump")
        while self._kept is None:
            await self._news.wait()
        return self._kept

    async def _catch_up(self, position: int) -> _Kept:
        """Return what is kept once the pump has heard of a position, or has looked anew and found no such one.

        A board is read from the database itself: it is often a moment ahead of the pump, and nothing is wrong with it.
        """
        asked = self._begun
        while True:
            news, kept = self._news, await self._running()
            if position <= kept.last or self._looked > asked:
                return kept
            self.wake()
            await news.wait()

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        next_clock = loop.time()
        while True:
            self._look.clear()
            looked, self._begun = loop.time(), self._begun + 1
            try:
                second = loop.time() >= next_clock
                told = self._take(*await loop.run_in_executor(self._thread, self._read, self._kept, self._epoch))
                if second:  # Positions come many a second: they are told together.
                    told |= self._places.take(await loop.run_in_executor(self._thread, self._moved))
                due = self._clock_due or loop.time() >= next_clock
                if due:
                    self._clock_due, next_clock = False, loop.time() + CLOCK_S
                    self._clock, self._clock_no = (
                        message("clock", self._source.clock() | self._heads()),
                        self._clock_no + 1,
                    )
                self._looked = self._begun
                if told or due:
                    news, self._news = self._news, asyncio.Event()
                    news.set()
            except Exception:
                log.exception("The feed could not read the log; trying again.")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._look.wait(), LOOK_S)
            await asyncio.sleep(looked + TOGETHER_S - loop.time())

    def _moved(self) -> list[dict[str, Any]]:
        """Return where units are that moved. In the pump's thread."""
        try:
            return self._source.moved()
        finally:
            self._source.close()

    def _heads(self) -> dict[str, Any]:
        return {"head": self._kept.last if self._kept else 0, "epoch": self._epoch}

    def _take(self, epoch: str, first: int | None, news: list[bytes], expired: bytes) -> bool:
        """Keep what was read; return whether there is anything to tell."""
        if first is not None or self._kept is None:
            self._kept = _Kept(first or 1, deque())
        for data in news:
            self._kept.add(data)
        self._epoch = epoch
        if expired:
            number = self._expired[-1].number + 1 if self._expired else 0
            self._expired.append(_Expired(number, self._kept.last, expired))
        return first is not None or bool(news) or bool(expired)

    def _read(self, kept: _Kept | None, known: str) -> tuple[str, int | None, list[bytes], bytes]:
        """Return the epoch, the first position when what is kept is void, what is new, and what expired.

        In the pump's thread.
        """
        try:
            head, epoch = self._source.head()
            void = kept is None or epoch != known or head < kept.last
            first = max(1, head - PRELOADED + 1) if void else None
            after = kept.last if kept is not None and first is None else (first or 1) - 1
            news: list[bytes] = []
            while after < head and (facts := self._source.read(after, 500)):
                news += self._encoded(facts)
                after = facts[-1][0].position
            entries = self._source.expired()
            return epoch, first, news, message("units", {"units": entries}) if entries else b""
        finally:
            self._source.close()

    def _encoded(self, facts: Facts) -> Iterable[bytes]:
        for (where, fact), changed in zip(facts, self._source.changed(facts), strict=True):
            yield message("fact", self._source.fact(where, fact, changed), where.position)

"""Feeds of pages that show their own part alone: the page, whole, whenever it may have changed, and the clock.

They hang on the board's pump and hear of every fact, but say only what their page may show: no fact of the log, nothing
of others'. Each message stands by itself, so there is nothing to resume.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from threading import Semaphore
from time import monotonic
from typing import Any

import orjson
from asgiref.sync import sync_to_async
from django.db import connection
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from goldenhour.access.live import reads
from goldenhour.access.rules import Rule
from goldenhour.errors import Refused
from goldenhour.site.accounts import sessions
from goldenhour.site.clock import get_clock
from goldenhour.site.errors import refusal
from goldenhour.site.feed import message
from goldenhour.site.follow import get_broadcaster
from goldenhour.site.reading import shown as reading_shown

_LOOK_AGAIN_S = 60.0
_CLOCK = ("at", "speed", "paused", "server_at")

View = dict[str, Any]

# Two pages are looked at at a time: who presses something meanwhile shares the interpreter with those, not a dozen.
_looking = Semaphore(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFeed:
    """The feed of one kind of page."""

    name: str  # Of the message that holds the page.
    rule: Rule  # Who may follow it; asked again while they do.
    view: Callable[[str, datetime], View]  # Of whom, and when.
    names: Callable[[str, View], set[str]]  # What a fact must name to be about what the page shows.
    fields: tuple[str, ...]  # Of a fact, in which such a name may stand.
    anyway_s: float  # Looked at anew when nothing was heard for so long: what changes by itself.

    async def follow(self, request: HttpRequest, whose: str) -> HttpResponseBase:
        """Follow one page: server-sent events of the page, whole, and `clock`."""
        try:
            first = await self._look(whose)
        except Refused as refused:
            return refusal(refused)
        response = StreamingHttpResponse(self._messages(request, whose, first), content_type="text/event-stream")
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Accel-Buffering"] = "no"
        return response

    async def _messages(self, request: HttpRequest, whose: str, first: View) -> AsyncIterator[bytes]:
        shown, seen, allowed, looked = first, sessions.changes(), monotonic(), monotonic()
        await _note(request, first)
        yield message(self.name, first)
        async with aclosing(get_broadcaster().follow(None)) as heard:
            async for data in heard:
                if seen != sessions.changes() or monotonic() - allowed > _LOOK_AGAIN_S:
                    seen, allowed = sessions.changes(), monotonic()
                    refused = await sync_to_async(sessions.look_again)(request, self.rule)
                    if refused is not None:
                        yield message("closed", {"code": refused.code, "what": refused.what, "do": refused.do})
                        return
                if self._is_about(data, self.names(whose, shown)) or monotonic() - looked > self.anyway_s:
                    looked, now = monotonic(), await self._look(whose)
                    await _note(request, now)  # Also unchanged: a quarter of an hour later it is a read anew.
                    if {**now, "at": ""} != {**shown, "at": ""}:
                        shown = now
                        yield message(self.name, now)
                for clock in _said(data, b"clock"):
                    yield message("clock", {name: clock[name] for name in _CLOCK})

    async def _look(self, whose: str) -> View:
        return await sync_to_async(self._read, thread_sensitive=False)(whose)

    def _read(self, whose: str) -> View:
        with _looking:
            try:
                return self.view(whose, get_clock().at())
            finally:
                connection.close()  # Nobody holds a connection while waiting.

    def _is_about(self, data: bytes, names: set[str]) -> bool:
        """Return whether a piece of the feed may change the page. One that begins anew may change everything."""
        if b"event: reset\n" in data:
            return True
        # Most of what a county does is about others: what does not even hold a name need not be read.
        if not any(orjson.dumps(name)[1:-1] in data for name in names):
            return False
        payloads = (fact["payload"] for fact in _said(data, b"fact"))
        return any(names & {str(one.get(field, "")) for field in self.fields} for one in payloads)


async def _note(request: HttpRequest, view: View) -> None:
    """Write down who is shown what of patients, where it is not written yet."""
    reading = reading_shown(request, view)
    if reading is not None and not reads.is_known(reading):
        await sync_to_async(_write, thread_sensitive=False)(reading)


def _write(reading: reads.Reading) -> None:
    try:
        reads.record_read(reading)
    finally:
        connection.close()


def _said(data: bytes, name: bytes) -> Iterator[dict[str, Any]]:
    """Yield what the messages of a name say, among those that came as one piece."""
    if b"event: " + name + b"\n" not in data:  # Most pieces hold none: they need not be taken apart.
        return
    for one in data.split(b"\n\n"):
        head, _, said = one.partition(b"data: ")
        if said and b"event: " + name + b"\n" in head:
            yield orjson.loads(said)

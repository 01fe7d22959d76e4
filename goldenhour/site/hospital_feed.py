"""A hospital's own feed: its page, whole, whenever something on it may have changed, and the clock.

It hangs on the board's pump and hears of every fact, but says only what its hospital may see: no fact of the log, no
position, nothing of another hospital's patients. Each message stands by itself, so there is nothing to resume.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from time import monotonic
from typing import Any

import orjson
from asgiref.sync import sync_to_async
from django.db import connection
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from goldenhour.access.rules import receiving
from goldenhour.errors import Refused
from goldenhour.hospitals.live.view import hospital_view
from goldenhour.site.accounts import sessions
from goldenhour.site.clock import get_clock
from goldenhour.site.errors import refusal
from goldenhour.site.feed import message
from goldenhour.site.follow import get_broadcaster

_LOOK_AGAIN_S = 60.0
_ANYWAY_S = 15.0  # Looked at anew when nothing was heard: an advisory that ends by itself.
_CLOCK = ("at", "speed", "paused", "server_at")


@receiving.guards
async def feed(request: HttpRequest, hospital: str) -> HttpResponseBase:
    """Follow one hospital's page: server-sent events `hospital` (the page, whole) and `clock`."""
    try:
        first = await _look(hospital)
    except Refused as refused:
        return refusal(refused)
    response = StreamingHttpResponse(_messages(request, hospital, first), content_type="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


async def _messages(request: HttpRequest, hospital: str, first: dict[str, Any]) -> AsyncIterator[bytes]:
    shown, seen, allowed, looked = first, sessions.changes(), monotonic(), monotonic()
    yield message("hospital", first)
    async with aclosing(get_broadcaster().follow(None)) as heard:
        async for data in heard:
            if seen != sessions.changes() or monotonic() - allowed > _LOOK_AGAIN_S:
                seen, allowed = sessions.changes(), monotonic()
                refused = await sync_to_async(sessions.look_again)(request, receiving)
                if refused is not None:
                    yield message("closed", {"code": refused.code, "what": refused.what, "do": refused.do})
                    return
            names = _names_of(shown, hospital)
            if _is_about(data, names) or monotonic() - looked > _ANYWAY_S:
                looked, now = monotonic(), await _look(hospital)
                if {**now, "at": ""} != {**shown, "at": ""}:
                    shown = now
                    yield message("hospital", now)
            for clock in _said(data, b"clock"):
                yield message("clock", {name: clock[name] for name in _CLOCK})


async def _look(hospital: str) -> dict[str, Any]:
    return await sync_to_async(_view, thread_sensitive=False)(hospital)


def _view(hospital: str) -> dict[str, Any]:
    try:
        return hospital_view(hospital, get_clock().at())
    finally:
        connection.close()  # Nobody holds a connection while waiting.


def _names_of(view: dict[str, Any], hospital: str) -> set[str]:
    """Return what a fact must name to be about what the page shows: the hospital, its patients' units or calls."""
    rows = [*view["inbound"], *view["handed_over"], *view["not_coming"]]
    return {hospital, *(row[name] for row in rows for name in ("unit", "call_id") if name in row)}


def _is_about(data: bytes, names: set[str]) -> bool:
    """Return whether a piece of the feed may change the page. One that begins anew may change everything."""
    if b"event: reset\n" in data:
        return True
    payloads = (fact["payload"] for fact in _said(data, b"fact"))
    return any(names & {str(one.get(field, "")) for field in ("facility", "unit", "call_id")} for one in payloads)


def _said(data: bytes, name: bytes) -> Iterator[dict[str, Any]]:
    """Yield what the messages of a name say, among those that came as one piece."""
    for one in data.split(b"\n\n"):
        head, _, said = one.partition(b"data: ")
        if said and b"event: " + name + b"\n" in head:
            yield orjson.loads(said)

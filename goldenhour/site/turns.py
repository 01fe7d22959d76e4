"""Boards that come back take turns; whoever does something, or looks something up, waits for nobody.

All requests of the one web process share one interpreter. When a county's boards come back at once after a cut line,
each would take its share of it, and a dispatcher's command would be one of hundreds. So only a few boards and feeds are
begun at a time, in the order they came. A turn ends when the answer begins: a feed that goes on for hours, and a board
that is sent over a slow line, hold nothing up.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from time import monotonic
from typing import Any

AT_ONCE = 4
ASKED = "goldenhour.asked"  # In the scope: when it was asked, before it stood in line (monotonic seconds).

Scope = dict[str, Any]
Said = Mapping[str, Any]
Receive = Callable[[], Awaitable[Said]]
Send = Callable[[Said], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def is_feed(scope: Scope) -> bool:
    """Return whether a request follows a feed. The address of every feed, and of nothing else, ends so."""
    return scope["type"] == "http" and str(scope.get("path", "")).endswith("/feed")


def stands_in_line(scope: Scope) -> bool:
    """Return whether a request is one of those that come as a herd."""
    return is_feed(scope) or (scope["type"] == "http" and scope.get("path") == "/api/board")


def in_turn(application: Application, at_once: int = AT_ONCE) -> Application:
    """Return an ASGI application that begins no more than `at_once` boards and feeds at a time."""
    turns = asyncio.Semaphore(at_once)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        scope[ASKED] = monotonic()
        if not stands_in_line(scope):
            await application(scope, receive, send)
            return
        await turns.acquire()
        mine = True

        def leave() -> None:
            nonlocal mine
            if mine:
                mine = False
                turns.release()

        async def sent(said: Said) -> None:
            leave()
            await send(said)

        try:
            await application(scope, receive, sent)
        finally:
            leave()

    return answer

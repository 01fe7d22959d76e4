"""Who asks to read waits for a turn; who does something never does.

All requests of the one web process share one interpreter. When a county's boards come back at once after a cut line,
each would take its share of it, and a dispatcher's command would be one of hundreds. So only a few reads run at a time
and the others stand in line, in the order they came; commands do not stand in it. A turn ends when the answer begins:
a feed that goes on for hours, and a board that is sent over a slow line, hold nothing up.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

AT_ONCE = 4
READS = {"GET", "HEAD"}

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def in_turn(application: Application, at_once: int = AT_ONCE) -> Application:
    """Return an ASGI application of which no more than `at_once` reads run at a time until they begin to answer."""
    turns = asyncio.Semaphore(at_once)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in READS:
            await application(scope, receive, send)
            return
        await turns.acquire()
        mine = True

        def leave() -> None:
            nonlocal mine
            if mine:
                mine = False
                turns.release()

        async def sent(said: dict[str, Any]) -> None:
            leave()
            await send(said)

        try:
            await application(scope, receive, sent)
        finally:
            leave()

    return answer

"""A request is answered whole in one thread, and threads go from request to request.

Django's own way with an event loop is to go to a thread and back for every layer that is not asynchronous, with tasks
of its own around each request: of a busy county's server that was nearly half the work, all of it on the one loop that
also feeds the boards. Here the loop reads the body, one thread does everything that Django does, and the loop sends
what it said. Feeds, which go on for hours, stay on the loop.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from asgiref.sync import ThreadSensitiveContext
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.core.signals import request_started
from django.http import HttpResponseBadRequest
from django.http.response import HttpResponseBase, JsonResponse
from django.urls import set_script_prefix

from goldenhour.site.middleware import dressed
from goldenhour.site.turns import Application, Receive, Scope, Send, is_feed

AT_ONCE = 128  # Most of them wait: for the database, or for others' positions to be written with theirs.
KEPT = 64  # Threads that wait for the next feed. A feed keeps one for as long as it is followed.
_NO_BODY = {204, 304}  # These have none to have a length.

Said = tuple[int, list[tuple[bytes, bytes]], bytes]  # Status, headers and body.


class OneThread(BaseHandler):
    """Django's layers and views, without a step outside the thread that asks."""

    def __init__(self) -> None:
        """Load the layers, as for a server without an event loop."""
        super().__init__()
        self.load_middleware()

    def answer(self, scope: Scope, body: bytes | None) -> Said:
        """Answer a request; a body of None was too long to be kept.

        Nothing of it is left open afterwards, the database's connection neither.
        """
        set_script_prefix(get_script_prefix(scope))
        request_started.send(sender=type(self), scope=scope)
        response = self._response(scope, body)
        try:
            said = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
            headers = [(name.encode("ascii"), value.encode("latin1")) for name, value in response.items()]
            headers += [
                (b"Set-Cookie", one.output(header="").encode("ascii").strip()) for one in response.cookies.values()
            ]
            if response.status_code not in _NO_BODY and not response.has_header("Content-Length"):
                headers.append((b"Content-Length", str(len(said)).encode()))
            return response.status_code, headers, said
        finally:
            response.close()

    def _response(self, scope: Scope, body: bytes | None) -> HttpResponseBase:
        try:
            request = ASGIRequest(scope, BytesIO(body or b""))
        except UnicodeDecodeError:
            return HttpResponseBadRequest()
        if body is None:
            what = (
                f"This is longer than the {_longest() / 1e6:.1f} MB that are taken at once, and nothing was recorded."
            )
            said = {"code": "too_long", "what": what, "do": "Send it in parts."}
            return dressed(request, JsonResponse(said, status=413))
        return self.get_response(request)


def in_one_thread(feeds: Application) -> Application:
    """Return an ASGI application that answers each request in one thread, and hands `feeds` what streams."""
    handler = OneThread()
    threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="request")

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if is_feed(scope) or scope["type"] != "http":
            await feeds(scope, receive, send)
            return
        try:
            body = await _body(receive)
        except _HungUpError:
            return
        loop = asyncio.get_running_loop()
        status, headers, said = await loop.run_in_executor(threads, handler.answer, scope, body)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": said})

    return answer


class _HungUpError(Exception):
    """Whoever asked went away in the middle."""


def _longest() -> int:
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


async def _body(receive: Receive) -> bytes | None:
    """Return the whole body; None where it is too long: then it is heard to its end, and not kept."""
    parts: list[bytes] = []
    length = 0
    while True:
        heard = await receive()
        if heard["type"] == "http.disconnect":
            raise _HungUpError
        part: bytes = heard.get("body", b"")
        length += len(part)
        if length <= _longest():
            parts.append(part)
        if not heard.get("more_body", False):
            return b"".join(parts) if length <= _longest() else None


def in_kept_threads(application: Application) -> Application:
    """Return an ASGI application whose requests use threads anew, each one request at a time."""
    free: list[ThreadPoolExecutor] = []

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        thread = free.pop() if free else ThreadPoolExecutor(max_workers=1, thread_name_prefix="feed of")
        try:
            async with ThreadSensitiveContext(executor=thread):
                await application(scope, receive, send)
        finally:
            if len(free) < KEPT:
                free.append(thread)
            else:
                thread.shutdown(wait=False)

    return answer

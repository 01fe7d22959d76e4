"""Threads that go from request to request.

Django runs what is not asynchronous of a request in a thread of the request's own. Made anew for each, a busy county's
server spent a sixth of its time on beginning threads, and its event loop stood still meanwhile.
"""

from concurrent.futures import ThreadPoolExecutor

from asgiref.sync import ThreadSensitiveContext

from goldenhour.site.turns import Application, Receive, Scope, Send

KEPT = 64  # Threads that wait for the next request. A feed keeps one for as long as it is followed.


def in_kept_threads(application: Application) -> Application:
    """Return an ASGI application whose requests use threads anew, each one request at a time."""
    free: list[ThreadPoolExecutor] = []

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        thread = free.pop() if free else ThreadPoolExecutor(max_workers=1, thread_name_prefix="request")
        try:
            async with ThreadSensitiveContext(executor=thread):
                await application(scope, receive, send)
        finally:
            if len(free) < KEPT:
                free.append(thread)
            else:
                thread.shutdown(wait=False)

    return answer

"""Writing down who was shown what of patients, at the one place that every answer passes.

The table of access says what an address shows; the calls that an answer names are found in the answer itself. An answer
whose read cannot be written down is not given.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, cast

import orjson
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from goldenhour.access.live import reads
from goldenhour.access.rules import Caller
from goldenhour.access.table import ROWS, Row, Shows
from goldenhour.errors import Refused
from goldenhour.site.clock import get_clock
from goldenhour.site.errors import refusal

_PART = re.compile(r"<(?:\w+:)?(\w+)>")
_BAD_REQUEST = 400
_SHOWING = {row.address: row for row in ROWS if row.shows not in {None, Shows.NOTHING}}
BOARDS = tuple(row.address for row in ROWS if row.shows is Shows.BOARD)


def guarded(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return the answer once it stands written who was shown it; a refusal where that cannot be written."""
    reading = reading_of(request, response)
    if reading is None:
        return response
    try:
        reads.record_read(reading)
    except Refused as refused:
        response.close()
        return refusal(refused)
    finally:
        if response.streaming:
            connection.close()  # A feed goes on for hours, and this thread waits with it.
    return response


def reading_of(request: HttpRequest, response: HttpResponseBase) -> reads.Reading | None:
    """Return what an answer shows of patients, and to whom; None where it shows nothing."""
    row = _row(request)
    if row is None or response.status_code >= _BAD_REQUEST:
        return None
    calls: set[str] = set()
    if row.shows is Shows.CALLS and not response.streaming:
        calls.update(calls_in(orjson.loads(response.content)))  # type: ignore[attr-defined]
    return _reading(request, row, calls)


def shown(request: HttpRequest, view: Any) -> reads.Reading | None:
    """Return what a piece of a feed shows, and to whom, now."""
    row = _row(request)
    if row is None:
        return None
    return _reading(request, row, set() if row.shows is Shows.BOARD else set(calls_in(view)), now=True)


def _reading(request: HttpRequest, row: Row, calls: set[str], *, now: bool = False) -> reads.Reading:
    who = cast("Caller", getattr(request, "auth"))  # noqa: B009 -- The rule has put it there.
    parts = {name: str(value) for name, value in request.resolver_match.kwargs.items()}  # type: ignore[union-attr]
    if row.shows is Shows.CALL:
        calls.add(parts["call_id"])
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "") if who.account else ""
    return reads.Reading(
        at=get_clock().at() if now else who.at,
        account=who.actor,
        session=hashlib.sha256(key.encode()).hexdigest()[:16] if key else "",
        device=who.device,
        address=row.address,
        named=next(iter(parts.values()), ""),
        calls=frozenset(calls),
    )


def _row(request: HttpRequest) -> Row | None:
    match = request.resolver_match
    if match is None or not hasattr(request, "auth"):
        return None
    method = "GET" if request.method == "HEAD" else str(request.method)
    return _SHOWING.get(f"{method} {_path(match.route)}")


@cache
def _path(route: str) -> str:
    return "/" + _PART.sub(r"{\1}", route)


def calls_in(said: Any) -> Iterator[str]:
    """Yield the numbers of the calls that an answer names, wherever they stand in it."""
    if isinstance(said, dict):
        if isinstance(call := said.get("call_id"), str) and call:
            yield call
        for one in said.values():
            yield from calls_in(one)
    elif isinstance(said, list):
        for one in said:
            yield from calls_in(one)

"""The API of the site: the rooms' endpoints, the board, the log's tail, the measures, and a demo's clock."""

from collections.abc import Callable
from functools import cache
from threading import Lock
from time import monotonic
from typing import Any

import orjson
from django.db import connection
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router, Schema
from pydantic import ConfigDict

from goldenhour.access.rules import Asked, at_desk, inside, measures
from goldenhour.access.rules import board as board_readers
from goldenhour.access.wire import iso
from goldenhour.calls.live.api import router as calls
from goldenhour.calls.live.ticks import router as ticks
from goldenhour.dispatch.live.api import router as dispatch
from goldenhour.dispatch.live.move_up_api import router as moves
from goldenhour.dispatch.live.queue_api import router as queue
from goldenhour.errors import NotAllowed, NotFound
from goldenhour.fleet.live.api import router as fleet
from goldenhour.fleet.live.crew_api import router as crews
from goldenhour.fleet.live.position_api import router as positions
from goldenhour.fleet.live.welfare_api import router as welfare
from goldenhour.hospitals.live.api import router as hospitals
from goldenhour.log.live import feed as log_feed
from goldenhour.paging.live.api import router as paging
from goldenhour.site import board, errors
from goldenhour.site.accounts.api import router as accounts
from goldenhour.site.accounts.reads_api import router as reads
from goldenhour.site.alarms import router as alarms
from goldenhour.site.clock import get_clock
from goldenhour.site.crew_api import router as crew_page
from goldenhour.site.day import day_measures
from goldenhour.site.follow import get_broadcaster
from goldenhour.site.shapes import BoardOut, ClockOut, FactOut, MeasuresOut
from goldenhour.site.turns import ASKED
from goldenhour.workforce.live.api import router as people
from goldenhour.workforce.live.path_api import router as moving
from goldenhour.workforce.live.scope_api import router as scope
from goldenhour.workforce.live.training_api import router as training

MOST_FACTS = 500


def nobody(_request: HttpRequest) -> None:
    """Refuse an endpoint that was given no rule of its own."""
    raise NotAllowed(code="no_rule", what="Nobody may use this address.", do="Go back to the start page.")


api = NinjaAPI(
    title="goldenhour",
    version="1",
    description="Runs an emergency medical service. See docs/reference/http.md.",
    auth=nobody,
    docs_url=None,  # Its pages would fetch scripts from elsewhere.
    openapi_url=None,  # Served below, under the same rule as the rest.
)
errors.install(api)
site = Router(tags=["site"])


class DemoIn(Schema):
    """How a demo's clock should run."""

    model_config = ConfigDict(extra="forbid")

    speed: float | None = None
    paused: bool | None = None


class Picture:
    """The board as bytes, made once for all who wait for it.

    Whoever asks takes one that was begun after they asked: nobody reads less than what had happened by then, and a herd
    of boards that comes back at once costs two pictures. One that could not be made is nobody's: the next in line makes
    another.
    """

    def __init__(self, make: Callable[[], dict[str, Any]]) -> None:
        """Begin with none; `make` returns the board as it is when called."""
        self._make = make
        self._making = Lock()
        self._begun = float("-inf")  # When the newest was begun, in monotonic seconds.
        self._bytes = b""

    def get(self, asked: float) -> bytes:
        """Return a board begun after this time (monotonic seconds)."""
        with self._making:
            if self._begun <= asked:
                begun = monotonic()
                self._bytes = orjson.dumps(self._make())
                self._begun = begun
            return self._bytes


_picture = Picture(board.board)


def picture(asked: float | None = None) -> bytes:
    """Return the board as bytes, as it was when asked for (monotonic seconds; None: now) or later.

    Whoever waits for it, and whoever is sent it slowly, holds no connection meanwhile.
    """
    connection.close()
    try:
        return _picture.get(monotonic() if asked is None else asked)
    finally:
        connection.close()


def _json(data: bytes) -> HttpResponse:
    return HttpResponse(data, content_type="application/json")


@site.get("/board", auth=board_readers, response=BoardOut)
def get_board(request: Asked) -> HttpResponse:
    """Return the whole picture."""
    return _json(picture(getattr(request, "scope", {}).get(ASKED)))


@site.get("/log", auth=board_readers, response=list[FactOut])
def list_log(request: Asked, before: int | None = None, limit: int = 50) -> HttpResponse:  # noqa: ARG001
    """Return the newest facts before a position, newest first."""
    last = log_feed.head().position + 1 if before is None else before
    facts = log_feed.read_before(last, min(max(limit, 1), MOST_FACTS))
    return _json(orjson.dumps([board.fact_entry(where, fact) for where, fact in facts]))


@site.get("/measures/day", auth=measures, response=MeasuresOut)
def get_measures(request: Asked) -> dict[str, Any]:
    """Return the measures of the place's day."""
    return day_measures(request.auth.at)


@site.get("/demo", auth=board_readers, response=ClockOut)
def get_demo(request: Asked) -> dict[str, Any]:
    """Return a demo's clock."""
    _refuse_real()
    return {"at": iso(request.auth.at), **get_clock().state()}


@site.post("/demo", auth=at_desk, response=ClockOut)
def set_demo(request: Asked, body: DemoIn) -> dict[str, Any]:  # noqa: ARG001
    """Set a demo's speed, or pause it."""
    _refuse_real()
    get_clock().run(speed=body.speed, paused=body.paused)
    get_broadcaster().say_clock()
    return {"at": iso(get_clock().at()), **get_clock().state()}


class Refusal(Schema):
    """Why something was not done, and what to do."""

    code: str
    what: str
    do: str


@cache  # It is as fixed as the code, and takes longer to make than all else that is asked for.
def description() -> bytes:
    """Return the description of this interface: what ninja knows of each operation, and how all of them refuse."""
    said: dict[str, Any] = orjson.loads(
        orjson.dumps(api.get_openapi_schema(path_prefix="/api/"), option=orjson.OPT_NON_STR_KEYS)
    )
    said["components"]["schemas"]["Refusal"] = Refusal.model_json_schema()
    refused = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}}
    for operations in said["paths"].values():
        for operation in operations.values():
            operation["responses"]["4XX"] = {"description": "Refused, in words.", **refused}
            operation["responses"]["503"] = {"description": "The database does not answer.", **refused}
    return orjson.dumps(said)


@site.get("/openapi.json", auth=inside, include_in_schema=False)
def get_openapi(request: Asked) -> HttpResponse:  # noqa: ARG001
    """Return the description of this interface for programs."""
    return _json(description())


def _refuse_real() -> None:
    if not get_clock().simulated:
        raise NotFound(code="no_demo", what="This is not a demo.", do="Start one with `goldenhour serve --demo`.")


for one in (
    crew_page,  # Before the addresses of units that could be taken for its own.
    welfare,
    ticks,
    calls,
    fleet,
    positions,
    crews,
    dispatch,
    queue,
    moves,
    alarms,
    hospitals,
    paging,
    accounts,
    reads,
    moving,
    scope,
    people,
    training,
    site,
):
    api.add_router("", one)

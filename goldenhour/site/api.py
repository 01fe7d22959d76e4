"""The API of the site: the rooms' endpoints, the board, the log's tail, the measures, and a demo's clock."""

from threading import Lock
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router, Schema
from pydantic import ConfigDict

from goldenhour.access.rules import Asked, at_desk, inside, measures
from goldenhour.access.rules import board as board_readers
from goldenhour.access.wire import iso
from goldenhour.calls.live.api import router as calls
from goldenhour.dispatch.live.api import router as dispatch
from goldenhour.errors import NotAllowed, NotFound
from goldenhour.fleet.live.api import router as fleet
from goldenhour.fleet.live.crew_api import router as crews
from goldenhour.fleet.live.position_api import router as positions
from goldenhour.hospitals.live.api import router as hospitals
from goldenhour.log.live import feed as log_feed
from goldenhour.site import board, errors
from goldenhour.site.accounts.api import router as accounts
from goldenhour.site.clock import get_clock
from goldenhour.site.day import day_measures
from goldenhour.site.follow import get_broadcaster
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


class _Picture:
    """The board as bytes, made once for all who ask at the same position and second."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._key: object = None
        self._bytes = b""

    def get(self) -> bytes:
        key = (log_feed.head(), get_clock().at().replace(microsecond=0), get_clock().state())
        with self._lock:
            if key != self._key:
                self._bytes, self._key = orjson.dumps(board.board()), key
            return self._bytes


_picture = _Picture()


def picture() -> bytes:
    """Return the board as bytes."""
    return _picture.get()


def _json(data: bytes) -> HttpResponse:
    return HttpResponse(data, content_type="application/json")


@site.get("/board", auth=board_readers)
def get_board(request: Asked) -> HttpResponse:  # noqa: ARG001
    """Return the whole picture."""
    return _json(picture())


@site.get("/log", auth=board_readers)
def list_log(request: Asked, before: int | None = None, limit: int = 50) -> HttpResponse:  # noqa: ARG001
    """Return the newest facts before a position, newest first."""
    last = log_feed.head().position + 1 if before is None else before
    facts = log_feed.read_before(last, min(max(limit, 1), MOST_FACTS))
    return _json(orjson.dumps([board.fact_entry(where, fact) for where, fact in facts]))


@site.get("/measures/day", auth=measures)
def get_measures(request: Asked) -> dict[str, Any]:
    """Return the measures of the place's day."""
    return day_measures(request.auth.at)


@site.get("/demo", auth=board_readers)
def get_demo(request: Asked) -> dict[str, Any]:
    """Return a demo's clock."""
    _refuse_real()
    return {"at": iso(request.auth.at), **get_clock().state()}


@site.post("/demo", auth=at_desk)
def set_demo(request: Asked, body: DemoIn) -> dict[str, Any]:  # noqa: ARG001
    """Set a demo's speed, or pause it."""
    _refuse_real()
    get_clock().run(speed=body.speed, paused=body.paused)
    get_broadcaster().say_clock()
    return {"at": iso(get_clock().at()), **get_clock().state()}


@site.get("/openapi.json", auth=inside, include_in_schema=False)
def get_openapi(request: Asked) -> dict[str, Any]:  # noqa: ARG001
    """Return the description of this interface for programs."""
    return api.get_openapi_schema(path_prefix="/api/")


def _refuse_real() -> None:
    if not get_clock().simulated:
        raise NotFound(code="no_demo", what="This is not a demo.", do="Start one with `goldenhour serve --demo`.")


for one in (calls, fleet, positions, crews, dispatch, hospitals, accounts, moving, scope, people, training, site):
    api.add_router("", one)

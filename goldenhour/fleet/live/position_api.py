"""The endpoints of positions: what phones report with their token, the tokens, and the arrivals a person confirms."""

from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field

from goldenhour.access.rules import Asked, positioning, unit_step, unit_times
from goldenhour.access.wire import iso
from goldenhour.errors import BadInput
from goldenhour.fleet.live import positions, queries
from goldenhour.fleet.live.reports import report
from goldenhour.fleet.live.shapes import IssuedTokenOut, OtherPositionOut, PositionTokenOut, ReportedOut, TrackOut
from goldenhour.fleet.positions import read_osmand, read_owntracks
from goldenhour.fleet.status import Stamp

router = Router(tags=["positions"])

_LONGEST_TRACK = timedelta(days=1)


class TokenIn(Schema):
    """A device that may report a unit's position; `label` is how people call it."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    label: str = Field(min_length=1, max_length=80)


class RevokeIn(Schema):
    """A token that holds no longer, by its id."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    token: str = Field(min_length=1, max_length=36)
    reason: str = Field(default="", max_length=300)


class SuggestionIn(Schema):
    """The suggestion that a person saw."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    stamp: Stamp
    since: AwareDatetime


@router.post("/positions/owntracks", auth=positions.position_token, response=list[OtherPositionOut])
def report_owntracks(request: Asked) -> HttpResponse:
    """Take an OwnTracks message: the token is the password. Its other kinds of message are let by."""
    said = _object(request)
    fix = read_owntracks(said)
    secret = positions.token_of(request)
    if fix is None:
        if not positions.find_tokens({secret}):
            raise positions.no_token()
    else:
        report(secret, fix, request.auth.at)
    return _as_made([])  # The app takes a list of others' positions; nobody here is told where others are.


@router.api_operation(["GET", "POST"], "/positions/osmand", auth=positions.position_token, response=ReportedOut)
def report_osmand(request: Asked) -> HttpResponse:
    """Take a position in OsmAnd's form, from the address or a form: the token is its `id`."""
    asked = cast("HttpRequest", request)
    said = {**asked.POST.dict(), **asked.GET.dict()}
    why = report(positions.token_of(request), read_osmand(said), request.auth.at)
    return _as_made({"shown": not why, "why": why or None})


def _as_made(data: object) -> HttpResponse:
    """Return an answer as it is: too many positions come for each answer to be held against its shape."""
    return JsonResponse(data, safe=False, content_type="application/json; charset=utf-8")


def _object(request: Asked) -> dict[str, Any]:
    try:
        said = orjson.loads(cast("HttpRequest", request).body)
    except orjson.JSONDecodeError:
        said = None
    if not isinstance(said, dict):
        raise BadInput(code="bad_position", what="The body is no JSON object.", do="Use the app's HTTP mode.")
    return said


@router.get("/units/{path:unit}/position-tokens", auth=positioning, response=list[PositionTokenOut])
def list_tokens(request: Asked, unit: str) -> list[dict[str, Any]]:  # noqa: ARG001
    """Return a unit's tokens, without their secrets."""
    return positions.list_tokens(unit)


@router.post("/units/{path:unit}/position-tokens", auth=positioning, response={201: IssuedTokenOut})
def issue_token(request: Asked, unit: str, body: TokenIn) -> Status[dict[str, Any]]:
    """Let a device report a unit's position; its secret is said this once."""
    who = request.auth
    token, secret = positions.token_issue(
        unit=unit, label=body.label, at=who.at, actor=who.actor, device=who.device, id=str(body.id)
    )
    return Status(201, {"token": token, "secret": secret})


@router.post("/units/{path:unit}/position-tokens/revoke", auth=positioning, response={204: None})
def revoke_token(request: Asked, unit: str, body: RevokeIn) -> Status[None]:
    """Let a device report no longer."""
    who = request.auth
    positions.token_revoke(
        unit=unit,
        token=body.token,
        reason=body.reason,
        at=who.at,
        actor=who.actor,
        device=who.device,
        id=str(body.id),
    )
    return Status(204, None)


@router.get("/units/{path:unit}/track", auth=unit_times, response=TrackOut)
def get_track(
    request: Asked, unit: str, start: AwareDatetime | None = None, end: AwareDatetime | None = None
) -> dict[str, Any]:
    """Return the kept points of a unit's track, of the last hour unless said otherwise, a day at most."""
    queries.get_unit(unit)
    until: datetime = end or request.auth.at + timedelta(minutes=1)
    since = start or until - timedelta(hours=1)
    if not timedelta(0) < until - since <= _LONGEST_TRACK:
        raise BadInput(code="track_time", what="A track is of a day at most.", do="Ask for less.", where="end")
    return {
        "unit": unit,
        "points": [
            {
                "lon": one.lon,
                "lat": one.lat,
                "at": iso(one.at),
                "accuracy_m": one.accuracy_m,
                "speed_mps": one.speed_mps,
            }
            for one in positions.track_of(unit, since, until)
        ],
    }


@router.post("/units/{path:unit}/arrival/confirm", auth=unit_step, response={204: None})
def confirm_arrival(request: Asked, unit: str, body: SuggestionIn) -> Status[None]:
    """Stamp the step that the unit's position suggests, with the time it suggests."""
    who = request.auth
    positions.arrival_confirm(
        unit=unit,
        stamp=body.stamp,
        since=body.since,
        now=who.at,
        actor=who.actor,
        device=who.device,
        id=str(body.id),
    )
    return Status(204, None)


@router.post("/units/{path:unit}/arrival/dismiss", auth=unit_step, response={204: None})
def dismiss_arrival(request: Asked, unit: str, body: SuggestionIn) -> Status[None]:
    """Say that the unit has not arrived."""
    who = request.auth
    positions.arrival_dismiss(
        unit=unit,
        stamp=body.stamp,
        since=body.since,
        now=who.at,
        actor=who.actor,
        device=who.device,
        id=str(body.id),
    )
    return Status(204, None)

"""The endpoints of co-responders: ask, enter what they say, cancel. One gesture each."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from goldenhour.access.rules import Asked, at_desk, board
from goldenhour.calls.live.by import Text, by
from goldenhour.dispatch.co_responders import Said
from goldenhour.dispatch.live import co_responding
from goldenhour.dispatch.live.shapes import CoResponderOut, ServicesOut

router = Router(tags=["dispatch: incidents"])


class AskIn(Schema):
    """Whom to ask (a key or a word of GET /api/co-responders), and for what; without a task what is proposed."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    service: Text = Field(min_length=1, max_length=60)
    task: Text = Field(default="", max_length=60)
    note: Text = Field(default="", max_length=300)


class SaidIn(Schema):
    """What it said; the minutes of one that is coming, where it named them; the words of one that declines."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    said: Said
    eta_min: float | None = Field(default=None, ge=0, le=24 * 60)
    said_by: Text = Field(default="", max_length=120)
    words: Text = Field(default="", max_length=300)


class CancelIn(Schema):
    """Why it is needed no longer."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    reason: Text = Field(default="", max_length=300)


@router.get("/co-responders", auth=board, response=ServicesOut)
def list_services(request: Asked) -> dict[str, Any]:
    """Return the services that the house does not run and can be asked for help, and for what."""
    return {"services": co_responding.services(request.auth.at)}


@router.post("/calls/{call_id}/co-responders", auth=at_desk, response={201: CoResponderOut})
def ask_co_responder(request: Asked, call_id: str, body: AskIn) -> Status[dict[str, Any]]:
    """Ask one for help on a call; return the request, as the board shows it."""
    asked = co_responding.co_responder_ask(
        request=str(body.id),
        call_id=call_id,
        service=body.service,
        task=body.task,
        note=body.note,
        by=by(request, body.id),
    )
    return Status(201, asked)


@router.post("/co-responders/{one}/said", auth=at_desk, response={204: None})
def enter_said(request: Asked, one: str, body: SaidIn) -> Status[None]:
    """Enter what it said."""
    co_responding.co_responder_said(
        request=one,
        said=body.said,
        eta_s=None if body.eta_min is None else body.eta_min * 60,
        said_by=body.said_by,
        words=body.words,
        by=by(request, body.id),
    )
    return Status(204, None)


@router.post("/co-responders/{one}/cancel", auth=at_desk, response={204: None})
def cancel_co_responder(request: Asked, one: str, body: CancelIn) -> Status[None]:
    """Say that it is needed no longer."""
    co_responding.co_responder_cancel(request=one, reason=body.reason, by=by(request, body.id))
    return Status(204, None)

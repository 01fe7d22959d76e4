"""The endpoints of the hold queue and of mutual aid: one gesture each."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from goldenhour.access.rules import Asked, at_desk, sending
from goldenhour.calls.live.by import Text, by
from goldenhour.dispatch.live import aid, holding
from goldenhour.dispatch.live.shapes import AidRequestOut, NeighboursOut

router = Router(tags=["dispatch"])


class _In(Schema):
    """A gesture with its id; the same one again is harmless."""

    model_config = ConfigDict(extra="forbid")

    id: UUID


class HoldIn(_In):
    """Let a call wait on purpose."""

    reason: Text = Field(min_length=1, max_length=300)


class ReleaseIn(_In):
    """It goes on."""

    reason: Text = Field(default="", max_length=300)


class AidIn(_In):
    """Ask a neighbour for a unit."""

    neighbour: Text = Field(min_length=1, max_length=80)
    type: Text = Field(default="ambulance", max_length=40)
    level: Text = Field(default="", max_length=40)
    note: Text = Field(default="", max_length=300)


class AcceptIn(_In):
    """The neighbour sends a unit; `left` is how many of that kind it says it has for its own calls."""

    call_sign: Text = Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9 .-]*$")
    eta_min: float = Field(ge=0, le=24 * 60)
    said_by: Text = Field(default="", max_length=120)
    levels: list[Text] = Field(default=[], max_length=8)
    left: int | None = Field(default=None, ge=0, le=1000)
    send: bool = True  # To the call, at once.


class DeclineIn(_In):
    """The neighbour sends nobody."""

    reason: Text = Field(min_length=1, max_length=300)
    said_by: Text = Field(default="", max_length=120)


@router.post("/calls/{call_id}/hold", auth=sending, response={204: None})
def hold_call(request: Asked, call_id: str, body: HoldIn) -> Status[None]:
    """Let a call wait on purpose."""
    holding.call_hold(call_id=call_id, reason=body.reason, by=by(request, body.id))
    return Status(204, None)


@router.post("/calls/{call_id}/hold/end", auth=sending, response={204: None})
def release_call(request: Asked, call_id: str, body: ReleaseIn) -> Status[None]:
    """Let a call that was held on purpose go on."""
    holding.call_release(call_id=call_id, reason=body.reason, by=by(request, body.id))
    return Status(204, None)


@router.get("/mutual-aid", auth=at_desk, response=NeighboursOut)
def list_neighbours(request: Asked) -> dict[str, Any]:
    """Return the neighbours by agreement: what each lends, what that leaves it, whether its crews may practise here."""
    return {"neighbours": aid.neighbours(request.auth.at)}


@router.post("/calls/{call_id}/mutual-aid", auth=sending, response={201: AidRequestOut})
def request_aid(request: Asked, call_id: str, body: AidIn) -> Status[dict[str, str]]:
    """Ask a neighbour for a unit; return the request's id."""
    aid.aid_request(
        request=str(body.id),
        call_id=call_id,
        neighbour=body.neighbour,
        type=body.type,
        level=body.level,
        note=body.note,
        by=by(request, body.id),
    )
    return Status(201, {"request": str(body.id)})


@router.post("/mutual-aid/{one}/accept", auth=sending, response={204: None})
def accept_aid(request: Asked, one: str, body: AcceptIn) -> Status[None]:
    """Enter that the neighbour sends a unit."""
    aid.aid_accept(
        request=one,
        call_sign=body.call_sign.strip(),
        eta_s=body.eta_min * 60,
        said_by=body.said_by,
        levels=tuple(body.levels),
        left=body.left,
        send=body.send,
        by=by(request, body.id),
    )
    return Status(204, None)


@router.post("/mutual-aid/{one}/decline", auth=sending, response={204: None})
def decline_aid(request: Asked, one: str, body: DeclineIn) -> Status[None]:
    """Enter that the neighbour sends nobody."""
    aid.aid_decline(request=one, reason=body.reason, said_by=body.said_by, by=by(request, body.id))
    return Status(204, None)


@router.post("/mutual-aid/{one}/withdraw", auth=sending, response={204: None})
def withdraw_aid(request: Asked, one: str, body: ReleaseIn) -> Status[None]:
    """Take a request back that nobody answered."""
    aid.aid_withdraw(request=one, reason=body.reason, by=by(request, body.id))
    return Status(204, None)


@router.post("/mutual-aid/{one}/release", auth=sending, response={204: None})
def release_aid(request: Asked, one: str, body: ReleaseIn) -> Status[None]:
    """Let the lent unit go home."""
    aid.aid_release(request=one, reason=body.reason, by=by(request, body.id))
    return Status(204, None)

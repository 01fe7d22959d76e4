"""The endpoints of dispatch: one gesture each."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from goldenhour.access.rules import Asked, at_desk, sending
from goldenhour.dispatch.live import desk, services
from goldenhour.dispatch.live.co_responder_api import router as co_responders
from goldenhour.dispatch.live.incident_api import router as incidents
from goldenhour.dispatch.live.shapes import RecommendationOut

router = Router(tags=["dispatch"])
router.add_router("", incidents)
router.add_router("", co_responders)


class AssignIn(Schema):
    """This unit to this call."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    unit: str
    slot: str = Field(default="", max_length=60)
    reason: str = Field(default="", max_length=300)
    divert_from: str = Field(default="", max_length=40)  # The call it is taken off deliberately.


class ClearIn(Schema):
    """This unit off this call."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    call_id: str
    reason: str = Field(default="", max_length=300)


class CloseIn(Schema):
    """How the call ended."""

    model_config = ConfigDict(extra="forbid")

    id: UUID | None = None
    outcome: str = Field(min_length=1, max_length=60)


@router.get("/calls/{call_id}/recommendation", auth=at_desk, response=RecommendationOut)
def recommendation(request: Asked, call_id: str) -> dict[str, Any]:
    """Return who should go, and why. Asking is recorded, whatever is then done."""
    who = request.auth
    return desk.recommend(call_id=call_id, at=who.at, actor=who.actor, device=who.device)


@router.post("/calls/{call_id}/assignments", auth=sending, response={204: None})
def assign_unit(request: Asked, call_id: str, body: AssignIn) -> Status[None]:
    """Send a unit to a call."""
    who = request.auth
    services.unit_assign(
        call_id=call_id,
        unit=body.unit,
        slot=body.slot,
        reason=body.reason,
        divert_from=body.divert_from,
        at=who.at,
        actor=who.actor,
        device=who.device,
        id=str(body.id),
    )
    return Status(204, None)


@router.post("/units/{path:unit}/clear", auth=sending, response={204: None})
def clear_unit(request: Asked, unit: str, body: ClearIn) -> Status[None]:
    """Take a unit off its call."""
    who = request.auth
    services.unit_clear(
        unit=unit,
        call_id=body.call_id,
        reason=body.reason,
        at=who.at,
        actor=who.actor,
        device=who.device,
        id=str(body.id),
    )
    return Status(204, None)


@router.post("/calls/{call_id}/close", auth=sending, response={204: None})
def close_call(request: Asked, call_id: str, body: CloseIn) -> Status[None]:
    """Close a call."""
    who = request.auth
    services.call_close(
        call_id=call_id,
        outcome=body.outcome,
        at=who.at,
        actor=who.actor,
        device=who.device,
        id=str(body.id) if body.id else None,
    )
    return Status(204, None)

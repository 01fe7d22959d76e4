"""The endpoints of hospitals: one gesture each."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field

from goldenhour.access.rules import Asked, diversion, unit_step
from goldenhour.hospitals.live import services

router = Router(tags=["hospitals"])


class DestinationIn(Schema):
    """Where the patient of a call goes; without `facility` the advised one."""

    model_config = ConfigDict(extra="forbid")

    id: UUID | None = None
    call_id: str
    facility: str | None = None


class DiversionIn(Schema):
    """A hospital asks to be passed over; no services means the whole of it."""

    model_config = ConfigDict(extra="forbid")

    id: UUID | None = None
    services: tuple[str, ...] = ()
    until: AwareDatetime | None = None
    reason: str = Field(default="", max_length=300)


@router.post("/units/{path:unit}/destination", auth=unit_step)
def choose_destination(request: Asked, unit: str, body: DestinationIn) -> dict[str, Any]:
    """Say where a unit takes its patient."""
    who = request.auth
    return services.destination_choose(
        unit=unit,
        call_id=body.call_id,
        facility=body.facility,
        at=who.at,
        actor=who.actor,
        device=who.device,
        id=str(body.id) if body.id else None,
    )


@router.post("/hospitals/{hospital}/diversion", auth=diversion, response={204: None})
def start_diversion(request: Asked, hospital: str, body: DiversionIn) -> Status[None]:
    """Let a hospital ask to be passed over."""
    who = request.auth
    services.diversion_start(
        facility=hospital,
        services=body.services,
        until=body.until,
        reason=body.reason,
        at=who.at,
        actor=who.actor,
        device=who.device,
        id=str(body.id) if body.id else None,
    )
    return Status(204, None)


@router.delete("/hospitals/{hospital}/diversion", auth=diversion, response={204: None})
def end_diversion(request: Asked, hospital: str) -> Status[None]:
    """Let a hospital take patients again."""
    who = request.auth
    services.diversion_end(facility=hospital, at=who.at, actor=who.actor, device=who.device)
    return Status(204, None)

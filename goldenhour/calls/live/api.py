"""The endpoints of calls: one gesture each."""

from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from goldenhour.access.rules import Asked, at_desk
from goldenhour.calls.intake import take_call
from goldenhour.calls.live import services
from goldenhour.calls.natures import UNKNOWN
from goldenhour.roads.live import region

router = Router(tags=["calls"])


class CallIn(Schema):
    """A call as the call taker enters it."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    lon: float
    lat: float
    nature: str = UNKNOWN
    priority: int | None = None
    patients: int = 1
    callback: str = Field(default="", max_length=60)
    address: str = Field(default="", max_length=300)


class CallOut(Schema):
    """The number that people read out."""

    call_id: str


class PriorityIn(Schema):
    """How urgent it is now, and why."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    priority: int
    reason: str = Field(default="", max_length=300)


@router.post("/calls", auth=at_desk, response={201: CallOut})
def receive_call(request: Asked, body: CallIn) -> Status[CallOut]:
    """Take a call. The clock starts now, by the site's clock."""
    who = request.auth
    intake = take_call(
        received_at=who.at,
        lon=body.lon,
        lat=body.lat,
        nature=body.nature,
        priority=body.priority,
        patients=body.patients,
        address=body.address,
        callback=body.callback,
        bounds=region.bounds() if region.is_known() else None,
    )
    number = services.call_receive(intake, actor=who.actor, device=who.device, id=str(body.id))
    return Status(201, CallOut(call_id=number))


@router.post("/calls/{call_id}/priority", auth=at_desk, response={204: None})
def change_priority(request: Asked, call_id: str, body: PriorityIn) -> Status[None]:
    """Make a call more, or less, urgent."""
    who = request.auth
    services.priority_change(
        call_id=call_id,
        priority=body.priority,
        reason=body.reason,
        at=who.at,
        actor=who.actor,
        device=who.device,
        id=str(body.id),
    )
    return Status(204, None)

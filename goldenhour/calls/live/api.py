"""The endpoints of calls: one gesture each."""

from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from goldenhour.access.rules import Asked, at_desk
from goldenhour.calls.intake import take_call
from goldenhour.calls.live import services
from goldenhour.calls.live.by import Text, by
from goldenhour.calls.live.draft_api import router as drafts
from goldenhour.calls.live.follow_up_api import router as follow_ups
from goldenhour.calls.live.heard_api import router as heard
from goldenhour.calls.live.place_api import router as places
from goldenhour.calls.live.sending import draft_send
from goldenhour.calls.live.together_api import router as together
from goldenhour.calls.live.triage_api import router as triage
from goldenhour.errors import BadInput
from goldenhour.roads.live import region

router = Router(tags=["calls"])
for one in (drafts, triage, heard, places, follow_ups, together):
    router.add_router("", one)


class CallIn(Schema):
    """A call as the call taker enters it. With `draft` it is that draft's call: what is left out is as typed there."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    draft: Text | None = Field(default=None, max_length=40)
    seen: int | None = None  # The draft's version that is sent.
    lon: float | None = None
    lat: float | None = None
    nature: Text | None = None
    priority: int | None = None
    patients: int | None = None
    callback: Text | None = Field(default=None, max_length=60)
    address: Text | None = Field(default=None, max_length=300)


class CallOut(Schema):
    """The number that people read out."""

    call_id: str


class PriorityIn(Schema):
    """How urgent it is now, and why."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    priority: int
    reason: Text = Field(default="", max_length=300)


@router.post("/calls", auth=at_desk, response={201: CallOut})
def receive_call(request: Asked, body: CallIn) -> Status[CallOut]:
    """Take a call, or make a draft the call of its number. Without a draft the clock starts now."""
    who = by(request, body.id)
    given = body.model_dump(exclude={"id", "draft", "seen"})
    if body.draft is not None:
        return Status(201, CallOut(call_id=draft_send(call_id=body.draft, seen=body.seen, given=given, by=who)))
    said = {name: value for name, value in given.items() if value is not None}
    if "lon" not in said or "lat" not in said:
        what = "a call needs its place."
        raise BadInput(code="no_place", what=what, do="Give lon and lat, or begin a draft.", where="place")
    intake = take_call(received_at=who.at, bounds=region.bounds() if region.is_known() else None, **said)
    number = services.call_receive(intake, actor=who.actor, device=who.device, id=who.id)
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

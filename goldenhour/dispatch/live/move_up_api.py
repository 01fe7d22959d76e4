"""The endpoints of move-up: what could be moved, and the dispatcher's word on it."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from goldenhour.access.rules import Asked, at_desk, sending
from goldenhour.calls.live.by import Text, by
from goldenhour.dispatch.live import move_up
from goldenhour.dispatch.live.shapes import MoveUpOut

router = Router(tags=["dispatch"])


class MoveIn(Schema):
    """This unit to this post."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    unit: Text = Field(min_length=1, max_length=120)
    post: Text = Field(min_length=1, max_length=80)
    reason: Text = Field(default="", max_length=300)


class NoMoveIn(MoveIn):
    """This proposed move not, for this reason."""

    reason: Text = Field(min_length=1, max_length=300)


@router.get("/move-up", auth=at_desk, response=MoveUpOut)
def get_proposal(request: Asked) -> dict[str, Any]:
    """Return which free unit could wait where instead, with the cover that wins and costs."""
    return move_up.proposal(request.auth.at)


@router.post("/move-up", auth=sending, response={204: None})
def move_unit(request: Asked, body: MoveIn) -> Status[None]:
    """Order a free unit to a post."""
    move_up.unit_move_up(unit=body.unit, post=body.post, reason=body.reason, by=by(request, body.id))
    return Status(204, None)


@router.post("/move-up/decline", auth=sending, response={204: None})
def decline_move(request: Asked, body: NoMoveIn) -> Status[None]:
    """Do not follow a proposed move."""
    move_up.move_up_decline(unit=body.unit, post=body.post, reason=body.reason, by=by(request, body.id))
    return Status(204, None)

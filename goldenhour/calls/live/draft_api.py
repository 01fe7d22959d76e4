"""The endpoints of calls while they are typed. One gesture each."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field

from goldenhour.access.rules import Asked, at_desk
from goldenhour.calls.live import drafts, queries
from goldenhour.calls.live.by import Text, by
from goldenhour.calls.live.shapes import DraftEntryOut
from goldenhour.calls.live.shown import draft_entry

router = Router(tags=["calls: drafts"])


class BeginIn(Schema):
    """A call begins. `at` is the first ring, where it is earlier than now."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    at: AwareDatetime | None = None
    fields: dict[str, Any] = Field(default_factory=dict, max_length=drafts.MOST_FIELDS)


class DraftOut(Schema):
    """The number that the call will have."""

    call_id: str


class TypedIn(Schema):
    """What was typed, and on which version."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    seen: int
    fields: dict[str, Any] = Field(min_length=1, max_length=drafts.MOST_FIELDS)


class VersionOut(Schema):
    """The version that this change made."""

    version: int


class TakeOverIn(Schema):
    """Somebody else goes on with it."""

    model_config = ConfigDict(extra="forbid")

    id: UUID


class DiscardIn(Schema):
    """Why it is no call."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    reason: Text = Field(min_length=1, max_length=300)


@router.post("/drafts", auth=at_desk, response={201: DraftOut})
def begin_draft(request: Asked, body: BeginIn) -> Status[DraftOut]:
    """Begin to take a call. It has its number, and is saved, from here on."""
    number = drafts.draft_begin(fields=body.fields, by=by(request, body.id, at=body.at))
    return Status(201, DraftOut(call_id=number))


@router.get("/drafts", auth=at_desk, response=list[DraftEntryOut])
def list_drafts(request: Asked) -> list[dict[str, Any]]:  # noqa: ARG001
    """Return the drafts that are still typed, the longest ringing first, with who has each."""
    return [draft_entry(one) for one in queries.list_drafts()]


@router.get("/drafts/{call_id}", auth=at_desk, response=DraftEntryOut)
def get_draft(request: Asked, call_id: str) -> dict[str, Any]:  # noqa: ARG001
    """Return one draft, whatever became of it."""
    return draft_entry(queries.get_draft(call_id))


@router.post("/drafts/{call_id}/changes", auth=at_desk, response=VersionOut)
def change_draft(request: Asked, call_id: str, body: TypedIn) -> VersionOut:
    """Save what was typed."""
    made = drafts.draft_change(call_id=call_id, seen=body.seen, fields=body.fields, by=by(request, body.id))
    return VersionOut(version=made)


@router.post("/drafts/{call_id}/take-over", auth=at_desk, response=DraftEntryOut)
def take_over_draft(request: Asked, call_id: str, body: TakeOverIn) -> dict[str, Any]:
    """Go on with somebody else's draft; return it."""
    drafts.draft_take_over(call_id=call_id, by=by(request, body.id))
    return draft_entry(queries.get_draft(call_id))


@router.post("/drafts/{call_id}/discard", auth=at_desk, response={204: None})
def discard_draft(request: Asked, call_id: str, body: DiscardIn) -> Status[None]:
    """Say that it is no call. Its number stays used."""
    drafts.draft_discard(call_id=call_id, reason=body.reason, by=by(request, body.id))
    return Status(204, None)

"""The endpoints of working on one call together: notes, claims, linked incidents, open again. One gesture each."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from goldenhour.access.roles import Role
from goldenhour.access.rules import Asked, at_desk, one_call, sending
from goldenhour.calls.claims import Doing
from goldenhour.calls.live import claims, linking, notes
from goldenhour.calls.live.asking import get_subject
from goldenhour.calls.live.by import Text, by
from goldenhour.calls.live.shapes import NoteOnCallOut
from goldenhour.calls.notes import ShownTo

router = Router(tags=["calls: together"])


class NoteTextIn(Schema):
    """What is to be known of the call, and who reads it: desk, crews (with the desk), hospital (with both)."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    text: Text = Field(min_length=1, max_length=2000)
    shown_to: ShownTo = ShownTo.CREWS


class CallNoteOut(Schema):
    """The note's id."""

    note: str


class ReasonIn(Schema):
    """Why."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    reason: Text = Field(min_length=1, max_length=300)


class ClaimIn(Schema):
    """What somebody does there, and from whom they take it over; "" from nobody."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    doing: Doing = Doing.WORKING
    take_over_from: Text = Field(default="", max_length=120)


class ReleaseIn(Schema):
    """They work on it no longer."""

    model_config = ConfigDict(extra="forbid")

    id: UUID


class LinkIn(Schema):
    """The other incident of the same event."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    other: Text = Field(max_length=40)
    reason: Text = Field(default="", max_length=300)


@router.get("/calls/{call_id}/notes", auth=one_call, response=list[NoteOnCallOut])
def list_notes(request: Asked, call_id: str) -> list[dict[str, Any]]:  # noqa: ARG001
    """Return the notes of a call, struck ones too, in the order in which they were written."""
    get_subject(call_id)
    return [notes.note_entry(one) for one in notes.list_notes([call_id])]


@router.post("/calls/{call_id}/notes", auth=at_desk, response={201: CallNoteOut})
def write_call_note(request: Asked, call_id: str, body: NoteTextIn) -> Status[CallNoteOut]:
    """Write something down on a call."""
    note = notes.note_write(call_id=call_id, text=body.text, shown_to=body.shown_to, by=by(request, body.id))
    return Status(201, CallNoteOut(note=note))


@router.post("/calls/{call_id}/notes/{note}/strike", auth=at_desk, response={204: None})
def strike_call_note(request: Asked, call_id: str, note: str, body: ReasonIn) -> Status[None]:
    """Say that a note was wrong; it stays, struck through."""
    notes.note_strike(call_id=call_id, note=note, reason=body.reason, by=by(request, body.id))
    return Status(204, None)


@router.post("/calls/{call_id}/claim", auth=at_desk, response={204: None})
def claim_call(request: Asked, call_id: str, body: ClaimIn) -> Status[None]:
    """Say that one works on a call, or still does; with `take_over_from`, take it over."""
    claims.call_claim(call_id=call_id, doing=body.doing, take_over_from=body.take_over_from, by=by(request, body.id))
    return Status(204, None)


@router.post("/calls/{call_id}/claim/release", auth=at_desk, response={204: None})
def release_call(request: Asked, call_id: str, body: ReleaseIn) -> Status[None]:
    """Say that one works on a call no longer."""
    claims.claim_release(call_id=call_id, by=by(request, body.id))
    return Status(204, None)


@router.post("/calls/{call_id}/links", auth=at_desk, response={204: None})
def link_incidents(request: Asked, call_id: str, body: LinkIn) -> Status[None]:
    """Say that two calls belong to one event; each keeps its units."""
    linking.incidents_link(call_id=call_id, other=body.other, reason=body.reason, by=by(request, body.id))
    return Status(204, None)


@router.post("/calls/{call_id}/links/undo", auth=at_desk, response={204: None})
def unlink_incidents(request: Asked, call_id: str, body: LinkIn) -> Status[None]:
    """Say that they do not."""
    linking.incidents_unlink(call_id=call_id, other=body.other, reason=body.reason, by=by(request, body.id))
    return Status(204, None)


@router.post("/calls/{call_id}/reopen", auth=sending, response={204: None})
def reopen_call(request: Asked, call_id: str, body: ReasonIn) -> Status[None]:
    """Open a closed call again; long after it was closed a supervisor has to."""
    supervisor = Role.SUPERVISOR in request.auth.roles
    linking.call_reopen(call_id=call_id, reason=body.reason, supervisor=supervisor, by=by(request, body.id))
    return Status(204, None)

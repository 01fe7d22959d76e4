"""The endpoints of what is known of a call. One gesture each."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field

from goldenhour.access.rules import Asked, at_desk, one_call
from goldenhour.access.wire import iso
from goldenhour.calls.details import typed_place
from goldenhour.calls.live import asking, heard, queries
from goldenhour.calls.live.by import Text, by
from goldenhour.calls.live.shapes import KnownCallOut
from goldenhour.calls.live.shown import beside_entry, call_entry, draft_entry, locations

router = Router(tags=["calls: what is known"])


class DetailsIn(Schema):
    """What is known now, and the version on which it was typed. A null empties a field."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    seen: int
    fields: dict[str, Any] = Field(min_length=1, max_length=20)


class VersionOut(Schema):
    """The version that this change made."""

    version: int


class LocationIn(Schema):
    """Where a phone said it is: the radius in metres, and when it was there."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    lon: float
    lat: float
    accuracy_m: float | None = None
    source: Text = "first"
    at: AwareDatetime | None = None


class NatureIn(Schema):
    """What the call is about."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    nature: Text = Field(max_length=60)
    reason: Text = Field(default="", max_length=300)


class TextIn(Schema):
    """One line: `in` from the caller, `out` to the caller."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    direction: Text
    text: Text = Field(min_length=1, max_length=2000)
    at: AwareDatetime | None = None


class InterpreterIn(Schema):
    """The language, and whether the interpreter is on the line already."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    language: Text = Field(min_length=1, max_length=40)
    joined: bool = False


@router.get("/calls/{call_id}", auth=one_call, response=KnownCallOut, exclude_unset=True)
def get_call(request: Asked, call_id: str) -> dict[str, Any]:  # noqa: ARG001
    """Return all that is known of a call, or of the draft of that number."""
    subject = asking.get_subject(call_id)
    call, draft = subject.call, queries.find_draft(call_id)
    place = (call.lon, call.lat) if call else typed_place(draft.fields if draft else {})
    interpreter = queries.find_interpreter(call_id)
    known = asking.find_asking(call_id)
    return {
        "call_id": call_id,
        **(call_entry(call) if call else {}),
        "draft": draft_entry(draft) if draft else None,
        "triage": {
            "determinant": known.determinant,
            "label": known.label,
            "priority": known.priority,
            "response": known.response,
            "training": known.training,
            "recognised_at": iso(known.recognised_at),
            "first_compression_at": iso(known.first_compression_at),
        }
        if known
        else None,
        "locations": locations(call_id, place),
        "texts": [
            {"at": iso(one.at), "by": one.by, "direction": one.direction, "text": one.text}
            for one in queries.list_texts(call_id)
        ],
        "interpreter": {
            "language": interpreter.language,
            "wanted_at": iso(interpreter.wanted_at),
            "joined_at": iso(interpreter.joined_at),
        }
        if interpreter
        else None,
        **beside_entry(call_id),
    }


@router.post("/calls/{call_id}/details", auth=at_desk, response=VersionOut)
def change_details(request: Asked, call_id: str, body: DetailsIn) -> VersionOut:
    """Write down what is known of the caller and the patient."""
    made = heard.details_change(call_id=call_id, seen=body.seen, fields=body.fields, by=by(request, body.id))
    return VersionOut(version=made)


@router.post("/calls/{call_id}/locations", auth=at_desk, response={204: None})
def hear_location(request: Asked, call_id: str, body: LocationIn) -> Status[None]:
    """Keep where a phone said it is; a re-bid is one more of them."""
    heard.location_hear(
        call_id=call_id,
        lon=body.lon,
        lat=body.lat,
        accuracy_m=body.accuracy_m,
        source=body.source,
        by=by(request, body.id, at=body.at),
    )
    return Status(204, None)


@router.post("/calls/{call_id}/nature", auth=at_desk, response={204: None})
def change_nature(request: Asked, call_id: str, body: NatureIn) -> Status[None]:
    """Say what the call is about."""
    asking.nature_change(call_id=call_id, nature=body.nature, reason=body.reason, by=by(request, body.id))
    return Status(204, None)


@router.post("/calls/{call_id}/texts", auth=at_desk, response={204: None})
def exchange_text(request: Asked, call_id: str, body: TextIn) -> Status[None]:
    """Keep one line of a conversation in text messages."""
    heard.text_exchange(call_id=call_id, direction=body.direction, text=body.text, by=by(request, body.id, at=body.at))
    return Status(204, None)


@router.post("/calls/{call_id}/interpreter", auth=at_desk, response={204: None})
def interpreter(request: Asked, call_id: str, body: InterpreterIn) -> Status[None]:
    """Ask for an interpreter, or say that one is on the line."""
    doing = heard.interpreter_join if body.joined else heard.interpreter_want
    doing(call_id=call_id, language=body.language, by=by(request, body.id))
    return Status(204, None)

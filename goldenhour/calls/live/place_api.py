"""The endpoints of places: where is it, what is known of it, which calls are near. One gesture each."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field

from goldenhour.access.rules import Asked, at_desk
from goldenhour.calls.live import premises
from goldenhour.calls.live.by import Text, by
from goldenhour.calls.live.shapes import PlacesOut, PremiseOut
from goldenhour.calls.nearby import distance_m
from goldenhour.roads.addresses import Found
from goldenhour.roads.live import region

router = Router(tags=["calls: places"])


class SearchIn(Schema):
    """What was typed so far, and where the phone is, if that is known."""

    q: Text = Field(max_length=200)
    lon: float | None = Field(default=None, ge=-180, le=180)
    lat: float | None = Field(default=None, ge=-90, le=90)


class PremiseIn(Schema):
    """A place, and the call or draft that is asked for."""

    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)
    call_id: Text = Field(default="", max_length=40)


class NoteIn(Schema):
    """What matters at a place: hazard, access, medical_need, contact or other."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    lon: float
    lat: float
    kind: Text = Field(max_length=20)
    text: Text = Field(min_length=1, max_length=1000)
    address: Text = Field(default="", max_length=300)
    until: AwareDatetime | None = None


class NoteOut(Schema):
    """The note's id."""

    note: str


class NoteEndIn(Schema):
    """Why it holds no longer."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    reason: Text = Field(default="", max_length=300)


class SameIn(Schema):
    """The call that this one is the same as."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    same_as: Text = Field(max_length=40)
    reason: Text = Field(default="", max_length=300)


class UnlinkIn(Schema):
    """Why they are two after all."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    reason: Text = Field(default="", max_length=300)


@router.get("/premises", auth=at_desk, response=PremiseOut)
def get_premise(request: Asked, asked: Query[PremiseIn]) -> dict[str, Any]:
    """Return what is known of a place: notes, calls there before, and open calls near that may be the same."""
    return premises.premise(lon=asked.lon, lat=asked.lat, at=request.auth.at, but=asked.call_id)


@router.post("/premises/notes", auth=at_desk, response={201: NoteOut})
def write_note(request: Asked, body: NoteIn) -> Status[NoteOut]:
    """Write down what matters at a place."""
    note = premises.note_write(
        lon=body.lon,
        lat=body.lat,
        kind=body.kind,
        text=body.text,
        address=body.address,
        until=body.until,
        by=by(request, body.id),
    )
    return Status(201, NoteOut(note=note))


@router.post("/premises/notes/{note}/end", auth=at_desk, response={204: None})
def end_note(request: Asked, note: str, body: NoteEndIn) -> Status[None]:
    """Say that a note holds no longer."""
    premises.note_end(note=note, reason=body.reason, by=by(request, body.id))
    return Status(204, None)


@router.post("/calls/{call_id}/duplicate", auth=at_desk, response={204: None})
def link_duplicate(request: Asked, call_id: str, body: SameIn) -> Status[None]:
    """Link a call, or the draft of one, to the call that it is the same as."""
    premises.duplicate_link(call_id=call_id, same_as=body.same_as, reason=body.reason, by=by(request, body.id))
    return Status(204, None)


@router.post("/calls/{call_id}/duplicate/undo", auth=at_desk, response={204: None})
def unlink_duplicate(request: Asked, call_id: str, body: UnlinkIn) -> Status[None]:
    """Undo the link; a draft is back on the desk."""
    premises.duplicate_unlink(call_id=call_id, reason=body.reason, by=by(request, body.id))
    return Status(204, None)


@router.get("/places", auth=at_desk, response=PlacesOut)
def search_places(request: Asked, asked: Query[SearchIn]) -> dict[str, Any]:  # noqa: ARG001
    """Return the places that may be meant, the likeliest first; of equals the one nearest to the phone."""
    gazetteer = region.get_region().gazetteer
    found = gazetteer.search(asked.q)
    entries = [_entry(one, asked) for one in found]
    entries.sort(key=lambda one: (-one["score"], not one["exact"], one["distance_m"] or 0.0))
    ambiguous = gazetteer.ambiguous(found)
    return {"q": asked.q, "ambiguous": ambiguous, "ask": "In which town?" if ambiguous else "", "places": entries}


def _entry(one: Found, asked: SearchIn) -> dict[str, Any]:
    away = None
    if asked.lon is not None and asked.lat is not None:
        away = round(distance_m(asked.lon, asked.lat, one.lon, one.lat), 1)
    return {
        "kind": one.kind,
        "label": one.label,
        "lon": one.lon,
        "lat": one.lat,
        "municipality": one.municipality,
        "street": one.street,
        "number": one.number,
        "exact": one.exact,
        "note": one.note,
        "score": round(one.score, 1),
        "distance_m": away,
    }

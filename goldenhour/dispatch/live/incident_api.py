"""The endpoints of an incident and its units: timeline, swap, staging, split, another place. One gesture each."""

from typing import Annotated, Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from goldenhour.access.rules import Asked, at_desk, board, one_call, sending
from goldenhour.calls.intake import MOST_PATIENTS
from goldenhour.calls.live import queries as calls
from goldenhour.calls.live.by import Text, by
from goldenhour.dispatch.live import splitting, staged, swap
from goldenhour.dispatch.live.shapes import StagingReasonsOut, TimelineOut
from goldenhour.dispatch.live.timeline import timeline

router = Router(tags=["dispatch: incidents"])
UnitId = Annotated[Text, Field(max_length=120)]
MOST_UNITS = 100


class PlaceIn(Schema):
    """Where the call is now."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    lon: float
    lat: float
    address: Text = Field(default="", max_length=300)
    reason: Text = Field(default="", max_length=300)


class SwapIn(Schema):
    """Who leaves, who comes instead; `exchange` where the other one is on its way to another call."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    unit: UnitId
    for_unit: UnitId
    reason: Text = Field(default="", max_length=300)
    exchange: bool = False


class CancelIn(Schema):
    """Why nobody is to come any more."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    reason: Text = Field(min_length=1, max_length=300)


class CancelledOut(Schema):
    """Who was cancelled, and who is there and stays."""

    cancelled: list[str]
    stay: list[str]


class StageIn(Schema):
    """Why units wait (see GET /api/staging-reasons), and where; without a place at the nearest corner far enough."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    reason: Text = Field(max_length=40)
    note: Text = Field(default="", max_length=300)
    lon: float | None = None
    lat: float | None = None
    where: Text = Field(default="", max_length=300)


class EnterIn(Schema):
    """Who says that it is safe, and why."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    reason: Text = Field(default="", max_length=300)


class SplitIn(Schema):
    """The second incident: what is left out is as in the first; the units that go over to it."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    reason: Text = Field(min_length=1, max_length=300)
    units: list[UnitId] = Field(default_factory=list, max_length=MOST_UNITS)
    lon: float | None = None
    lat: float | None = None
    address: Text = Field(default="", max_length=300)
    nature: Text = Field(default="", max_length=60)
    priority: int | None = None
    patients: int = Field(default=1, ge=0, le=MOST_PATIENTS)


class NumberOut(Schema):
    """A call's number."""

    call_id: str


@router.get("/calls/{call_id}/timeline", auth=one_call, response=TimelineOut)
def get_timeline(request: Asked, call_id: str) -> dict[str, Any]:
    """Return everything that happened on a call, in the order in which it happened."""
    return timeline(call_id, request.auth.at)


@router.post("/calls/{call_id}/place", auth=at_desk, response={204: None})
def change_place(request: Asked, call_id: str, body: PlaceIn) -> Status[None]:
    """Move the call to where it is; the units on the way are sent there."""
    staged.place_change(
        call_id=call_id, lon=body.lon, lat=body.lat, address=body.address, reason=body.reason, by=by(request, body.id)
    )
    return Status(204, None)


@router.post("/calls/{call_id}/swap", auth=sending, response={204: None})
def swap_unit(request: Asked, call_id: str, body: SwapIn) -> Status[None]:
    """Let another unit take a unit's place on the call."""
    swap.unit_swap(
        call_id=call_id,
        unit=body.unit,
        for_unit=body.for_unit,
        reason=body.reason,
        exchange=body.exchange,
        by=by(request, body.id),
    )
    return Status(204, None)


@router.post("/calls/{call_id}/cancel-units", auth=sending, response=CancelledOut)
def cancel_units(request: Asked, call_id: str, body: CancelIn) -> dict[str, list[str]]:
    """Take every unit off the call that has not come there yet."""
    return swap.units_cancel(call_id=call_id, reason=body.reason, by=by(request, body.id))


@router.get("/staging-reasons", auth=board, response=StagingReasonsOut)
def list_staging_reasons(request: Asked) -> dict[str, Any]:
    """Return why units may be told to wait, and how far from the scene, in metres."""
    rules = staged.rules_now(request.auth.at)
    return {
        "apart_m": rules.apart_m,
        "reasons": [{"key": key, "label": label} for key, label in rules.reasons.items()],
    }


@router.post("/calls/{call_id}/stage", auth=sending, response={204: None})
def stage_units(request: Asked, call_id: str, body: StageIn) -> Status[None]:
    """Let the units of the call wait away from the scene."""
    place = None if body.lon is None or body.lat is None else (body.lon, body.lat)
    staged.stage_order(
        call_id=call_id, reason=body.reason, note=body.note, place=place, where=body.where, by=by(request, body.id)
    )
    return Status(204, None)


@router.post("/calls/{call_id}/enter", auth=sending, response={204: None})
def clear_entry(request: Asked, call_id: str, body: EnterIn) -> Status[None]:
    """Say that they may enter."""
    staged.entry_clear(call_id=call_id, reason=body.reason, by=by(request, body.id))
    return Status(204, None)


@router.post("/calls/{call_id}/split", auth=sending, response={201: NumberOut})
def split_call(request: Asked, call_id: str, body: SplitIn) -> Status[NumberOut]:
    """Make a second incident out of the call; the units named go over to it as they are."""
    who = by(request, body.id)
    said = body.model_dump(include={"lon", "lat", "address", "nature", "priority", "patients"})
    intake = splitting.second(calls.get_call(call_id), **said, by=who)
    number = splitting.call_split(call_id=call_id, intake=intake, units=body.units, reason=body.reason, by=who)
    return Status(201, NumberOut(call_id=number))


@router.post("/calls/{call_id}/split/undo", auth=sending, response=NumberOut)
def undo_split(request: Asked, call_id: str, body: CancelIn) -> NumberOut:
    """Put a second incident back into the one it was made out of; return that one's number."""
    return NumberOut(call_id=splitting.split_undo(call_id=call_id, reason=body.reason, by=by(request, body.id)))

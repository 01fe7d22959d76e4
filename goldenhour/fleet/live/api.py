"""The endpoints of units: one gesture each. A unit's id holds its agency, so it stands in the path with its slash."""

from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field

from goldenhour.access.rules import Asked, unit_step
from goldenhour.fleet.live import services
from goldenhour.fleet.status import Stamp

router = Router(tags=["units"])


class StampIn(Schema):
    """A step that a crew reports; `at` when it was not now, `call_id` when it is not the call the unit is on."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    stamp: Stamp
    call_id: str | None = None
    at: AwareDatetime | None = None


class DutyIn(Schema):
    """A crew signs on or off."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    on: bool
    reason: str = Field(default="", max_length=300)


class StrikeIn(Schema):
    """A time that was wrong, by the id of its event."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    struck_id: UUID
    reason: str = Field(min_length=1, max_length=300)


@router.post("/units/{path:unit}/stamps", auth=unit_step, response={204: None})
def stamp_time(request: Asked, unit: str, body: StampIn) -> Status[None]:
    """Keep a crew's press with its true time."""
    who = request.auth
    services.time_stamp(
        unit=unit,
        stamp=body.stamp,
        call_id=body.call_id or "",
        at=body.at or who.at,
        now=who.at,
        actor=who.actor,
        device=who.device,
        id=str(body.id),
    )
    return Status(204, None)


@router.post("/units/{path:unit}/strike", auth=unit_step, response={204: None})
def strike_time(request: Asked, unit: str, body: StrikeIn) -> Status[None]:
    """Take back a wrong time."""
    who = request.auth
    services.time_strike(
        unit=unit,
        struck_id=str(body.struck_id),
        reason=body.reason,
        at=who.at,
        actor=who.actor,
        device=who.device,
        id=str(body.id),
    )
    return Status(204, None)


@router.post("/units/{path:unit}/duty", auth=unit_step, response={204: None})
def sign_crew(request: Asked, unit: str, body: DutyIn) -> Status[None]:
    """Sign a crew on or off."""
    who = request.auth
    services.crew_sign(
        unit=unit, on=body.on, reason=body.reason, at=who.at, actor=who.actor, device=who.device, id=str(body.id)
    )
    return Status(204, None)

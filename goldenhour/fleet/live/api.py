"""The endpoints of units: one gesture each. A unit's id holds its agency, so it stands in the path with its slash."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field

from goldenhour.access.rules import Asked, unit_step, unit_times
from goldenhour.fleet.live import services, times
from goldenhour.fleet.live.shapes import UnitTimesOut
from goldenhour.fleet.live.tapped import TapIn
from goldenhour.fleet.status import Stamp

router = Router(tags=["units"])


class StampIn(TapIn):
    """A step that a crew reports; `at` when it was not now, `call_id` when it is not the call the unit is on."""

    stamp: Stamp
    call_id: str | None = Field(default=None, max_length=40)
    at: AwareDatetime | None = None


class DutyIn(Schema):
    """A crew signs on or off."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    on: bool
    reason: str = Field(default="", max_length=300)


class StrikeIn(TapIn):
    """A time that was wrong, by the id of its event."""

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
        at=body.at,
        tap=body.as_tap(),
        now=who.at,
        actor=who.actor,
        device=who.device,
        id=str(body.id),
    )
    return Status(204, None)


@router.get("/units/{path:unit}/times", auth=unit_times, response=UnitTimesOut)
def list_times(request: Asked, unit: str, call_id: str = "") -> dict[str, Any]:
    """Return a unit's times of a call (its latest one), with everything that is odd about them in words."""
    return times.times_of(unit, call_id, request.auth.at)


@router.post("/units/{path:unit}/strike", auth=unit_step, response={204: None})
def strike_time(request: Asked, unit: str, body: StrikeIn) -> Status[None]:
    """Take back a wrong time."""
    who = request.auth
    services.time_strike(
        unit=unit,
        struck_id=str(body.struck_id),
        reason=body.reason,
        at=body.true_at(who.at),
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

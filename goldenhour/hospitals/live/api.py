"""The endpoints of hospitals: one gesture each."""

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field

from goldenhour.access.rules import Asked, diversion, not_yours, prealerting, receivers, receiving, unit_step, wall
from goldenhour.access.wire import iso
from goldenhour.fleet.live.queries import get_unit
from goldenhour.hospitals.live import handover, prealerts, queries, services
from goldenhour.hospitals.live.by import by
from goldenhour.hospitals.live.shapes import (
    AcceptedOut,
    AcknowledgedOut,
    DestinationOut,
    HospitalsOut,
    HospitalViewOut,
    PrealertIdOut,
    UnitsPrealertsOut,
    WallOut,
)
from goldenhour.hospitals.live.view import hospital_view, prealert_entry, wall_view
from goldenhour.hospitals.prealerts import LONGEST_COMPLAINT, Patient, PreAlert, Sex
from goldenhour.hospitals.standing import Level, Service

router = Router(tags=["hospitals"])


class _In(Schema):
    model_config = ConfigDict(extra="forbid")


class DestinationIn(_In):
    """Where the patient of a call goes; without `facility` the advised one."""

    id: UUID | None = None
    call_id: str
    facility: str | None = None


class DiversionIn(_In):
    """A hospital asks to be passed over; no services means the whole of it."""

    id: UUID | None = None
    services: tuple[str, ...] = ()
    until: AwareDatetime | None = None
    reason: str = Field(default="", max_length=300)


class PrealertIn(_In):
    """What comes, as far as it is known: an alert waits for no age."""

    id: UUID
    unit: str
    kind: PreAlert
    age: int | None = None
    age_unit: Literal["years", "months", "days", "hours"] = "years"
    sex: Sex | None = None
    complaint: str = Field(default="", max_length=LONGEST_COMPLAINT)


class WithdrawIn(_In):
    """Why a pre-alert holds no longer."""

    id: UUID
    unit: str
    reason: str = Field(min_length=1, max_length=300)


class GestureIn(_In):
    """Nothing but the gesture."""

    id: UUID


class PatientIn(_In):
    """Which patient: the unit that brings them, and its call."""

    id: UUID
    call_id: str
    unit: str


class StrikeIn(PatientIn):
    """Which acceptance was wrong, and why."""

    reason: str = Field(min_length=1, max_length=300)


class SignatureIn(PatientIn):
    """Who signed, or (`refused`) why nobody did."""

    name: str = Field(default="", max_length=120)
    role: str = Field(default="", max_length=40)
    refused: str = Field(default="", max_length=300)


class StatusIn(_In):
    """How a service, or without one the whole hospital, stands from now on."""

    id: UUID
    service: Service | None = None
    level: Level
    until: AwareDatetime | None = None
    reason: str = Field(default="", max_length=300)


class BedsIn(_In):
    """Free beds by kind. What was not counted is left out."""

    id: UUID
    beds: dict[str, Annotated[int, Field(strict=True)]]


@router.post("/units/{path:unit}/destination", auth=unit_step, response=DestinationOut)
def choose_destination(request: Asked, unit: str, body: DestinationIn) -> dict[str, Any]:
    """Say where a unit takes its patient."""
    who = request.auth
    return services.destination_choose(
        unit=unit,
        call_id=body.call_id,
        facility=body.facility,
        at=who.at,
        actor=who.actor,
        device=who.device,
        id=str(body.id) if body.id else None,
    )


@router.post("/hospitals/{hospital}/diversion", auth=diversion, response={204: None})
def start_diversion(request: Asked, hospital: str, body: DiversionIn) -> Status[None]:
    """Let a hospital ask to be passed over."""
    who = request.auth
    services.diversion_start(
        facility=hospital,
        services=body.services,
        until=body.until,
        reason=body.reason,
        at=who.at,
        actor=who.actor,
        device=who.device,
        id=str(body.id) if body.id else None,
    )
    return Status(204, None)


@router.delete("/hospitals/{hospital}/diversion", auth=diversion, response={204: None})
def end_diversion(request: Asked, hospital: str) -> Status[None]:
    """Let a hospital take patients again."""
    who = request.auth
    services.diversion_end(facility=hospital, at=who.at, actor=who.actor, device=who.device)
    return Status(204, None)


# ---------------------------------------------------------------- what comes: crews and dispatchers


@router.post("/calls/{call_id}/prealerts", auth=prealerting, response={201: PrealertIdOut})
def send_prealert(request: Asked, call_id: str, body: PrealertIn) -> Status[dict[str, Any]]:
    """Tell the hospital that a unit goes to what it brings."""
    _own_unit(request, body.unit)
    patient = Patient(age=body.age, age_unit=body.age_unit, sex=body.sex, complaint=body.complaint.strip())
    sent = prealerts.prealert_send(
        call_id=call_id, unit=body.unit, kind=body.kind, patient=patient, by=by(request, body.id)
    )
    return Status(201, {"prealert": sent})


@router.post("/calls/{call_id}/prealerts/{prealert}/withdraw", auth=prealerting, response={204: None})
def withdraw_prealert(request: Asked, call_id: str, prealert: str, body: WithdrawIn) -> Status[None]:
    """Take a pre-alert back."""
    _own_unit(request, body.unit)
    prealerts.prealert_withdraw(
        call_id=call_id, unit=body.unit, prealert=prealert, reason=body.reason, by=by(request, body.id)
    )
    return Status(204, None)


@router.get("/units/{path:unit}/prealerts", auth=unit_step, response=UnitsPrealertsOut)
def list_prealerts(request: Asked, unit: str) -> dict[str, Any]:  # noqa: ARG001
    """Return what was told about the patients of a unit's call, and whether the hospital has seen it."""
    known = get_unit(unit)
    rows = queries.list_of_unit(known.call_id, unit) if known.call_id else []
    return {
        "call_id": known.call_id,
        "prealerts": [
            {
                **prealert_entry(one),
                "hospital": one.facility,
                "ended_at": iso(one.ended_at),
                "ended_because": one.ended_because,
            }
            for one in rows
        ],
    }


def _own_unit(request: Asked, unit: str) -> None:
    if not request.auth.covers(unit.partition("/")[0]):
        raise not_yours()


# ---------------------------------------------------------------- the hospital's own page


@router.get("/hospitals", auth=receivers, response=HospitalsOut)
def list_hospitals(request: Asked) -> dict[str, Any]:
    """Return the hospitals whose page the caller may open."""
    rows = [one for one in queries.list_facilities() if request.auth.covers(one.id)]
    return {"hospitals": [{"id": one.id, "name": one.name} for one in rows]}


@router.get("/hospitals/{hospital}/inbound", auth=receiving, response=HospitalViewOut)
def get_inbound(request: Asked, hospital: str) -> dict[str, Any]:
    """Return all that one hospital's page shows: its own patients, its status, its beds."""
    return hospital_view(hospital, request.auth.at)


@router.get("/hospitals/{hospital}/wall", auth=wall, response=WallOut)
def get_wall(request: Asked, hospital: str) -> dict[str, Any]:
    """Return what a wall shows that locked itself: which units come, when, and for what; nothing of any patient."""
    return wall_view(hospital, request.auth.at)


@router.post("/hospitals/{hospital}/prealerts/{prealert}/acknowledge", auth=receiving, response=AcknowledgedOut)
def acknowledge_prealert(request: Asked, hospital: str, prealert: str, body: GestureIn) -> dict[str, Any]:
    """Say that a pre-alert was seen; the answer names who saw it first, and when."""
    found = prealerts.prealert_acknowledge(facility=hospital, prealert=prealert, by=by(request, body.id))
    return {"acknowledged_at": iso(found.acknowledged_at), "acknowledged_by": found.acknowledged_by}


@router.post("/hospitals/{hospital}/accept", auth=receiving, response=AcceptedOut)
def accept_patient(request: Asked, hospital: str, body: PatientIn) -> dict[str, Any]:
    """Take over the care of a patient: one tap, which stamps the unit's transfer of care."""
    came = handover.patient_accept(facility=hospital, call_id=body.call_id, unit=body.unit, by=by(request, body.id))
    return {"accepted_at": iso(came.accepted_at), "accepted_by": came.accepted_by}


@router.post("/hospitals/{hospital}/accept/strike", auth=receiving, response={204: None})
def strike_acceptance(request: Asked, hospital: str, body: StrikeIn) -> Status[None]:
    """Take back an acceptance that was pressed wrongly."""
    handover.acceptance_strike(
        facility=hospital, call_id=body.call_id, unit=body.unit, reason=body.reason, by=by(request, body.id)
    )
    return Status(204, None)


@router.post("/hospitals/{hospital}/signatures", auth=receiving, response={204: None})
def sign_transfer(request: Asked, hospital: str, body: SignatureIn) -> Status[None]:
    """Keep who signed for a patient, or that nobody would. Neither holds the crew."""
    of = {"facility": hospital, "call_id": body.call_id, "unit": body.unit}
    who = by(request, body.id)
    if body.refused:
        handover.signature_refuse(**of, reason=body.refused, by=who)
    else:
        handover.transfer_sign(**of, name=body.name.strip(), role=body.role.strip(), by=who)
    return Status(204, None)


@router.post("/hospitals/{hospital}/status", auth=receiving, response={204: None})
def set_status(request: Asked, hospital: str, body: StatusIn) -> Status[None]:
    """Say how a service, or the whole hospital, stands: advice, never a wall."""
    services.status_set(
        facility=hospital,
        service=body.service,
        level=body.level,
        until=body.until,
        reason=body.reason,
        by=by(request, body.id),
    )
    return Status(204, None)


@router.post("/hospitals/{hospital}/beds", auth=receiving, response={204: None})
def count_beds(request: Asked, hospital: str, body: BedsIn) -> Status[None]:
    """Keep a count of free beds."""
    services.beds_count(facility=hospital, beds=body.beds, by=by(request, body.id))
    return Status(204, None)

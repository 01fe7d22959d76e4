"""The endpoints of a crew's phone, its safety, and what it asks for. One gesture each."""

from typing import Any, Literal

from ninja import Router, Status
from pydantic import AwareDatetime, Field

from goldenhour.access.rules import Asked, inside, sending, unit_step
from goldenhour.access.wire import iso
from goldenhour.fleet.live import welfare
from goldenhour.fleet.live.shapes import AskedOut, TimeOut
from goldenhour.fleet.live.tapped import DEVICE, TapIn, by

router = Router(tags=["crews' page"])
_LONGEST_TRIP_MS = 600_000


class PhoneIn(TapIn):
    """A phone that shows a unit's page; its `device` and `offset_ms` are asked for."""

    trip_ms: int = Field(default=0, ge=0, le=_LONGEST_TRIP_MS)


class OnCallIn(TapIn):
    """A gesture on a call."""

    call_id: str = Field(max_length=40)


class ParIn(OnCallIn):
    """Why a crew is asked; "" by hand."""

    because: str = Field(default="", max_length=60)


class ReasonIn(TapIn):
    """Why something is over."""

    reason: str = Field(min_length=1, max_length=300)


class MaydayIn(TapIn):
    """Which mayday: when it was called, as the board says."""

    called_at: AwareDatetime


class TransportIn(OnCallIn):
    """What a crew asks for."""

    kind: Literal["ambulance", "helicopter"]


class AnswerIn(TapIn):
    """What becomes of it."""

    answer: Literal["coming", "not_available"]
    words: str = Field(default="", max_length=300)


class NamedPhoneIn(TapIn):
    """A phone by the name it gave itself."""

    device: str = Field(min_length=1, max_length=64, pattern=DEVICE)


@router.get("/clock", auth=inside, response=TimeOut)
def get_clock(request: Asked) -> dict[str, Any]:
    """Return what time it is here, for devices that measure how far their own clock is off."""
    return {"at": iso(request.auth.at)}


@router.post("/units/{path:unit}/phone", auth=unit_step, response={204: None})
def sign_phone_on(request: Asked, unit: str, body: PhoneIn) -> Status[None]:
    """Let a phone show a unit's page, and keep how far its clock is off."""
    welfare.phone_sign_on(
        unit=unit, phone=body.device, offset_ms=body.offset_ms or 0, trip_ms=body.trip_ms, by=by(request, body)
    )
    return Status(204, None)


@router.post("/units/{path:unit}/phone/off", auth=unit_step, response={204: None})
def sign_phone_off(request: Asked, unit: str, body: NamedPhoneIn) -> Status[None]:
    """Let a phone show it no longer."""
    welfare.phone_sign_off(unit=unit, phone=body.device, by=by(request, body))
    return Status(204, None)


@router.post("/units/{path:unit}/par", auth=unit_step, response={204: None})
def start_par(request: Asked, unit: str, body: ParIn) -> Status[None]:
    """Ask a crew from now on whether it is all right."""
    welfare.par_start(unit=unit, call_id=body.call_id, because=body.because, by=by(request, body))
    return Status(204, None)


@router.post("/units/{path:unit}/par/answer", auth=unit_step, response={204: None})
def answer_par(request: Asked, unit: str, body: TapIn) -> Status[None]:
    """Say that the crew is all right."""
    welfare.par_answer(unit=unit, by=by(request, body))
    return Status(204, None)


@router.post("/units/{path:unit}/par/end", auth=unit_step, response={204: None})
def end_par(request: Asked, unit: str, body: ReasonIn) -> Status[None]:
    """Ask it no longer."""
    welfare.par_end(unit=unit, reason=body.reason, by=by(request, body))
    return Status(204, None)


@router.post("/units/{path:unit}/mayday", auth=unit_step, response={204: None})
def call_mayday(request: Asked, unit: str, body: TapIn) -> Status[None]:
    """Say that the crew is in danger."""
    welfare.mayday_call(unit=unit, by=by(request, body))
    return Status(204, None)


@router.post("/units/{path:unit}/mayday/acknowledge", auth=sending, response={204: None})
def acknowledge_mayday(request: Asked, unit: str, body: MaydayIn) -> Status[None]:
    """Say that the desk has it in hand; it stands on."""
    welfare.mayday_acknowledge(unit=unit, called_at=body.called_at, by=by(request, body))
    return Status(204, None)


@router.post("/units/{path:unit}/mayday/end", auth=unit_step, response={204: None})
def end_mayday(request: Asked, unit: str, body: ReasonIn) -> Status[None]:
    """Say that it is safe, or had called by mistake."""
    welfare.mayday_end(unit=unit, reason=body.reason, by=by(request, body))
    return Status(204, None)


@router.post("/units/{path:unit}/asks", auth=unit_step, response=AskedOut)
def ask_for_transport(request: Asked, unit: str, body: TransportIn) -> dict[str, Any]:
    """Ask for an ambulance or a helicopter."""
    return {"ask": welfare.transport_ask(unit=unit, call_id=body.call_id, kind=body.kind, by=by(request, body))}


@router.post("/units/{path:unit}/asks/{ask}/answer", auth=sending, response={204: None})
def answer_ask(request: Asked, unit: str, ask: str, body: AnswerIn) -> Status[None]:
    """Say what becomes of it."""
    welfare.transport_answer(unit=unit, asked=ask, answer=body.answer, words=body.words, by=by(request, body))
    return Status(204, None)


@router.post("/units/{path:unit}/asks/{ask}/withdraw", auth=unit_step, response={204: None})
def withdraw_ask(request: Asked, unit: str, ask: str, body: TapIn) -> Status[None]:
    """Say that it is needed no longer."""
    welfare.transport_answer(unit=unit, asked=ask, answer="withdrawn", words="", by=by(request, body))
    return Status(204, None)


@router.post("/units/{path:unit}/reassessed", auth=unit_step, response={204: None})
def reassess_patient(request: Asked, unit: str, body: OnCallIn) -> Status[None]:
    """Say that a waiting patient was looked at again."""
    welfare.patient_reassess(unit=unit, call_id=body.call_id, by=by(request, body))
    return Status(204, None)

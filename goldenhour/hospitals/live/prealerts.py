"""Telling a hospital what comes, and what it says to that. Each function is one gesture of one person."""

from goldenhour.dispatch.live import queries as dispatch
from goldenhour.errors import NotFound, Refused
from goldenhour.fleet.live import queries as fleet
from goldenhour.hospitals.events import PrealertAcknowledged, PrealertSent, PrealertWithdrawn
from goldenhour.hospitals.live import queries
from goldenhour.hospitals.live.by import By
from goldenhour.hospitals.live.models import Prealert
from goldenhour.hospitals.prealerts import Patient, PreAlert
from goldenhour.log.live.store import Record, writing

ELSEWHERE = "The unit goes to another hospital."


def prealert_send(*, call_id: str, unit: str, kind: PreAlert, patient: Patient, by: By) -> str:
    """Tell the hospital that a unit goes to what it brings; return the pre-alert's id, which is the gesture's.

    Raises:
        NotFound: there is no such unit.
        Refused: the unit is not on that call, or it was not said where it goes.
    """
    with writing(f"call/{call_id}", **by.envelope) as record:
        if record.earlier:
            return record.earlier[0].id
        known = fleet.get_unit(unit)
        running = dispatch.find_running(unit)
        if running is None or running.call_id != call_id:
            raise Refused(
                code="not_on_that_call",
                what=f"{known.call_sign} is not on call {call_id}.",
                do="Look at the unit on the board and pick the call it is on.",
            )
        going = queries.find_going(call_id, unit)
        if going is None:
            raise Refused(
                code="no_destination",
                what=f"Nobody has said where {known.call_sign} takes the patient.",
                do="Choose the hospital first, then send the pre-alert.",
            )
        fact = PrealertSent(
            call_id=call_id,
            unit=unit,
            facility=going.facility,
            kind=kind,
            code=kind.code,
            follows="",
            age_unit=patient.age_unit if patient.age is not None else "",
            age="" if patient.age is None else str(patient.age),
            sex=patient.sex or "",
            complaint=patient.complaint,
        )
        return record(fact).id


def redirect(record: Record, *, call_id: str, unit: str, facility: str) -> None:
    """Take back what the former hospital was told of a unit's patients, and tell the new one: part of its choice."""
    former = [one for one in queries.list_of_unit(call_id, unit) if one.ended_at is None and one.facility != facility]
    for one in former:
        record(PrealertWithdrawn(prealert=one.id, call_id=call_id, facility=one.facility, reason=ELSEWHERE))
        record(
            PrealertSent(
                call_id=call_id,
                unit=unit,
                facility=facility,
                kind=one.kind,
                code=one.code,
                follows=one.id,
                age_unit=one.age_unit,
                age=one.age,
                sex=one.sex,
                complaint=one.complaint,
            )
        )


def prealert_withdraw(*, call_id: str, unit: str, prealert: str, reason: str, by: By) -> None:
    """Take a pre-alert back; nothing when it is over already.

    Raises:
        NotFound: the unit sent none of that id on that call.
    """
    with writing(f"call/{call_id}", **by.envelope) as record:
        if record.earlier:
            return
        found = queries.find_prealert(prealert)
        if found is None or (found.call_id, found.unit) != (call_id, unit):
            raise _none()
        if found.ended_at is None:
            record(PrealertWithdrawn(prealert=prealert, call_id=call_id, facility=found.facility, reason=reason))


def prealert_acknowledge(*, facility: str, prealert: str, by: By) -> Prealert:
    """Say that the hospital has seen it; return it. Who was first stays.

    Raises:
        NotFound: that hospital was told no such thing.
        Refused: it holds no longer.
    """
    found = queries.find_prealert(prealert)
    if found is None or found.facility != facility:
        raise _none()
    with writing(f"call/{found.call_id}", **by.envelope) as record:
        now = queries.find_prealert(prealert)
        assert now is not None  # None goes away.
        if now.acknowledged_at is None and not record.earlier:
            if now.ended_because:
                raise Refused(
                    code="prealert_over",
                    what=f"This patient is not coming: {now.ended_because}",
                    do="Nothing is to be acknowledged any more.",
                )
            record(PrealertAcknowledged(prealert=prealert, call_id=now.call_id, facility=facility))
    return queries.find_prealert(prealert) or now


def _none() -> NotFound:
    return NotFound(code="no_prealert", what="There is no such pre-alert here.", do="Look at the list again.")

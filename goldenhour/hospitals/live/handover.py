"""Taking over a patient's care. Each function is one gesture of one person; signatures come after, and hold nobody."""

from goldenhour.errors import NotFound, Refused
from goldenhour.fleet.events import TimeStruck
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live.services import stamped
from goldenhour.fleet.status import Stamp
from goldenhour.hospitals.events import AcceptanceStruck, PatientAccepted, SignatureRefused, TransferSigned
from goldenhour.hospitals.live import queries
from goldenhour.hospitals.live.by import By
from goldenhour.hospitals.live.models import Destination
from goldenhour.log.live.store import writing
from goldenhour.roads.live.region import wall_clock

_HERE_OR_COMING = {Stamp.LEFT_SCENE, Stamp.AT_DESTINATION, Stamp.LANDING_AREA, Stamp.TRANSFER_OF_CARE}


def patient_accept(*, facility: str, call_id: str, unit: str, by: By) -> Destination:
    """Take over the care of a unit's patient: stamps the transfer of care, unless the crew did; return the visit.

    A crew that forgot to say that it arrived holds nothing up: its arrival stays missing.

    Raises:
        NotFound: no such patient comes to that hospital.
        Refused: the unit has not set off yet.
    """
    with writing(f"call/{call_id}", **by.envelope) as record:
        came = _visit(facility, call_id, unit)
        if record.earlier or came.accepted_at is not None:
            return came
        known, steps = fleet.get_unit(unit), fleet.stamps_of(unit, call_id)
        if came.ended_at is not None:
            raise Refused(
                code="has_left",
                what=f"{known.call_sign} has left, or goes elsewhere, since {wall_clock(came.ended_at)}.",
                do="Where it was here, ask the desk to enter the transfer of care with its true time.",
            )
        if not _HERE_OR_COMING & steps.keys():
            raise Refused(
                code="not_here_yet",
                what=f"{known.call_sign} has not left the scene with the patient.",
                do="Accept the patient when the crew is here.",
            )
        fresh = Stamp.TRANSFER_OF_CARE not in steps
        record(PatientAccepted(call_id=call_id, unit=unit, facility=facility, stamped=fresh))
        if fresh:
            record(stamped(known, Stamp.TRANSFER_OF_CARE, call_id=call_id, at=by.at, now=by.at))
    return _visit(facility, call_id, unit)


def acceptance_strike(*, facility: str, call_id: str, unit: str, reason: str, by: By) -> None:
    """Take an acceptance back that was pressed wrongly, with the time that it stamped; nothing when there is none.

    Raises:
        NotFound: no such patient came to that hospital.
    """
    with writing(f"call/{call_id}", **by.envelope) as record:
        if record.earlier:
            return
        came = _visit(facility, call_id, unit)
        if came.accepted_at is None:
            return
        stamp_id = came.stamp_id
        still = any(one.event_id == stamp_id and not one.struck for one in fleet.list_own_times(unit, call_id))
        record(AcceptanceStruck(call_id=call_id, unit=unit, facility=facility, reason=reason))
        if still:
            stamp = str(Stamp.TRANSFER_OF_CARE)
            record(TimeStruck(unit=unit, call_id=call_id, stamp=stamp, struck_id=stamp_id, reason=reason))


def transfer_sign(*, facility: str, call_id: str, unit: str, name: str, role: str, by: By) -> None:
    """Keep who signed for a patient, then or later.

    Raises:
        NotFound: no such patient came to that hospital.
    """
    with writing(f"call/{call_id}", **by.envelope) as record:
        if not record.earlier:
            _visit(facility, call_id, unit)
            record(TransferSigned(call_id=call_id, unit=unit, facility=facility, role=role, name=name))


def signature_refuse(*, facility: str, call_id: str, unit: str, reason: str, by: By) -> None:
    """Keep that nobody would sign. The transfer of care and the crew are none the less free of it.

    Raises:
        NotFound: no such patient came to that hospital.
    """
    with writing(f"call/{call_id}", **by.envelope) as record:
        if not record.earlier:
            _visit(facility, call_id, unit)
            record(SignatureRefused(call_id=call_id, unit=unit, facility=facility, reason=reason))


def _visit(facility: str, call_id: str, unit: str) -> Destination:
    found = queries.find_visit(call_id, unit, facility)
    if found is None:
        raise NotFound(
            code="no_such_patient", what="No such patient comes to this hospital.", do="Look at the list again."
        )
    return found

"""What the log says of hospitals, as tables."""

from datetime import datetime

from goldenhour.fleet.events import TimeStamped
from goldenhour.fleet.live import whereabouts
from goldenhour.fleet.live.queries import find_unit, stamps_of
from goldenhour.fleet.status import Stamp, Status
from goldenhour.hospitals.events import (
    AcceptanceStruck,
    BedsCounted,
    DestinationChosen,
    DiversionEnded,
    DiversionStarted,
    FacilityRegistered,
    PatientAccepted,
    PrealertAcknowledged,
    PrealertSent,
    PrealertWithdrawn,
    ServiceStatusSet,
    SignatureRefused,
    TransferSigned,
)
from goldenhour.hospitals.live.models import Beds, Destination, Facility, Prealert, Standing
from goldenhour.hospitals.live.queries import find_visit
from goldenhour.hospitals.standing import WHOLE, Level
from goldenhour.log.codec import following_id
from goldenhour.log.event import Recorded
from goldenhour.log.live.projections import projects

_ENDS_TRANSPORT = {Stamp.BACK_IN_SERVICE, Stamp.CANCELLED}


@projects(FacilityRegistered)
def show_facility(fact: FacilityRegistered, _where: Recorded) -> None:
    """Put the facility on the board."""
    Facility.objects.update_or_create(
        id=fact.facility,
        defaults={
            "name": fact.name,
            "kind": fact.kind,
            "lon": fact.lon,
            "lat": fact.lat,
            "capabilities": list(fact.capabilities),
        },
    )


@projects(DiversionStarted)
def show_diversion(fact: DiversionStarted, where: Recorded) -> None:
    """Show that the facility asks to be passed over, for these services and no others."""
    Standing.objects.filter(facility=fact.facility, level=Level.DIVERSION).delete()
    for service in fact.services or (WHOLE,):
        _stand(fact.facility, service, Level.DIVERSION, fact, where)


@projects(DiversionEnded)
def show_open_again(fact: DiversionEnded, _where: Recorded) -> None:
    """Show that the facility takes patients again."""
    Standing.objects.filter(facility=fact.facility, level=Level.DIVERSION).delete()


@projects(ServiceStatusSet)
def show_standing(fact: ServiceStatusSet, where: Recorded) -> None:
    """Show how a service stands. One that is open without more to say has no row."""
    if fact.level == Level.OPEN:
        Standing.objects.filter(facility=fact.facility, service=fact.service).delete()
    else:
        _stand(fact.facility, fact.service, Level(fact.level), fact, where)


def _stand(
    facility: str, service: str, level: Level, fact: DiversionStarted | ServiceStatusSet, where: Recorded
) -> None:
    Standing.objects.update_or_create(
        facility=facility,
        service=service,
        defaults={
            "level": level,
            "until": datetime.fromisoformat(fact.until) if fact.until else None,
            "reason": fact.reason,
            "since": where.at,
            "by": where.actor,
        },
    )


@projects(BedsCounted)
def show_beds(fact: BedsCounted, where: Recorded) -> None:
    """Show the latest count; one of paper that comes late does not take the place of a newer one."""
    last = Beds.objects.filter(pk=fact.facility).first()
    if last is None or last.at <= where.at:
        defaults = {"beds": fact.beds, "at": where.at, "by": where.actor}
        Beds.objects.update_or_create(facility=fact.facility, defaults=defaults)


@projects(DestinationChosen)
def show_destination(fact: DestinationChosen, where: Recorded) -> None:
    """Show where the unit takes its patient; a unit already under way turns there."""
    Destination.objects.filter(unit=fact.unit, ended_at=None).update(ended_at=where.at)
    Destination.objects.create(
        call_id=fact.call_id, unit=fact.unit, facility=fact.facility, reason=fact.reason, chosen_at=where.at
    )
    unit = find_unit(fact.unit)
    if unit is not None and unit.status == Status.TRANSPORTING:
        _set_off(fact.unit, fact.facility, where)


@projects(TimeStamped)
def show_transport(fact: TimeStamped, where: Recorded) -> None:
    """Send the unit's mark along the road to the hospital, or end the transport."""
    if fact.stamp == Stamp.LEFT_SCENE:
        for going in Destination.objects.filter(unit=fact.unit, ended_at=None):
            _set_off(fact.unit, going.facility, where)
    elif fact.stamp in _ENDS_TRANSPORT:
        Destination.objects.filter(unit=fact.unit, ended_at=None).update(ended_at=where.at)
        _end_alerts(fact, where)


def _end_alerts(fact: TimeStamped, where: Recorded) -> None:
    """Let what was told of a unit's patients hold no longer; where none of them came, say so."""
    alerts = Prealert.objects.filter(unit=fact.unit, call_id=fact.call_id, ended_at=None)
    if alerts.exists():
        came = {Stamp.AT_DESTINATION, Stamp.TRANSFER_OF_CARE} & stamps_of(fact.unit, fact.call_id).keys()
        alerts.update(ended_at=where.at, ended_because="" if came else f"The unit is {Stamp(fact.stamp).words}.")


@projects(PrealertSent)
def show_prealert(fact: PrealertSent, where: Recorded) -> None:
    """Show the hospital what comes."""
    Prealert.objects.create(
        id=where.id,
        call_id=fact.call_id,
        unit=fact.unit,
        facility=fact.facility,
        kind=fact.kind,
        code=fact.code,
        follows=fact.follows,
        age=fact.age,
        age_unit=fact.age_unit,
        sex=fact.sex,
        complaint=fact.complaint,
        sent_at=where.at,
        sent_by=where.actor,
    )


@projects(PrealertAcknowledged)
def show_acknowledged(fact: PrealertAcknowledged, where: Recorded) -> None:
    """Show who has seen it, the first of them."""
    waiting = Prealert.objects.filter(pk=fact.prealert, acknowledged_at=None)
    waiting.update(acknowledged_at=where.at, acknowledged_by=where.actor)


@projects(PrealertWithdrawn)
def show_withdrawn(fact: PrealertWithdrawn, where: Recorded) -> None:
    """Show that it holds no longer."""
    Prealert.objects.filter(pk=fact.prealert, ended_at=None).update(ended_at=where.at, ended_because=fact.reason)


@projects(PatientAccepted)
def show_accepted(fact: PatientAccepted, where: Recorded) -> None:
    """Show who took over the care, and which stamp of the unit says so."""
    if came := _visit(fact):
        stamp = following_id(where.id, 1) if fact.stamped else ""  # The command's next fact.
        came.accepted_at, came.accepted_by, came.stamp_id = where.at, where.actor, stamp
        came.save(update_fields=["accepted_at", "accepted_by", "stamp_id"])


@projects(AcceptanceStruck)
def show_not_accepted(fact: AcceptanceStruck, _where: Recorded) -> None:
    """Show the patient as not handed over."""
    if came := _visit(fact):
        came.accepted_at, came.accepted_by, came.stamp_id = None, "", ""
        came.save(update_fields=["accepted_at", "accepted_by", "stamp_id"])


@projects(TransferSigned)
def show_signed(fact: TransferSigned, where: Recorded) -> None:
    """Show who signed."""
    if came := _visit(fact):
        came.signed_at, came.signed_role, came.signed_name, came.refusal = where.at, fact.role, fact.name, ""
        came.save(update_fields=["signed_at", "signed_role", "signed_name", "refusal"])


@projects(SignatureRefused)
def show_not_signed(fact: SignatureRefused, where: Recorded) -> None:
    """Show that nobody would sign."""
    if came := _visit(fact):
        came.signed_at, came.signed_role, came.signed_name, came.refusal = where.at, "", "", fact.reason
        came.save(update_fields=["signed_at", "signed_role", "signed_name", "refusal"])


def _visit(fact: PatientAccepted | AcceptanceStruck | TransferSigned | SignatureRefused) -> Destination | None:
    return find_visit(fact.call_id, fact.unit, fact.facility)


def _set_off(unit: str, facility_id: str, where: Recorded) -> None:
    facility = Facility.objects.filter(pk=facility_id).first()
    if facility is not None:
        there = whereabouts.place("hospital", facility.id, facility.lon, facility.lat)
        whereabouts.set_off(unit, there, priority=whereabouts.WITHOUT_LIGHTS, at=where.at)

"""What the log says of hospitals, as tables."""

from datetime import datetime

from goldenhour.fleet.events import TimeStamped
from goldenhour.fleet.live import whereabouts
from goldenhour.fleet.live.queries import find_unit
from goldenhour.fleet.status import Stamp, Status
from goldenhour.hospitals.events import DestinationChosen, DiversionEnded, DiversionStarted, FacilityRegistered
from goldenhour.hospitals.live.models import Destination, Diversion, Facility
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
    """Show that the facility asks to be passed over."""
    Diversion.objects.update_or_create(
        facility=fact.facility,
        defaults={
            "services": list(fact.services),
            "until": datetime.fromisoformat(fact.until) if fact.until else None,
            "reason": fact.reason,
            "since": where.at,
        },
    )


@projects(DiversionEnded)
def show_open_again(fact: DiversionEnded, _where: Recorded) -> None:
    """Show that the facility takes patients again."""
    Diversion.objects.filter(pk=fact.facility).delete()


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


def _set_off(unit: str, facility_id: str, where: Recorded) -> None:
    facility = Facility.objects.filter(pk=facility_id).first()
    if facility is not None:
        there = whereabouts.place("hospital", facility.id, facility.lon, facility.lat)
        whereabouts.set_off(unit, there, priority=whereabouts.WITHOUT_LIGHTS, at=where.at)

"""What the log says of crews' phones, their safety and what they ask for, as tables."""

from datetime import timedelta

from goldenhour.fleet.events import (
    MaydayAcknowledged,
    MaydayCalled,
    MaydayEnded,
    ParAnswered,
    ParEnded,
    ParMissed,
    ParStarted,
    PatientReassessed,
    PhoneSignedOff,
    PhoneSignedOn,
    TimeStamped,
    TransportAnswered,
    TransportAsked,
)
from goldenhour.fleet.live.models import AllRight, CrewPhone, Mayday, Par, Reassessed, TransportAsk
from goldenhour.fleet.status import Stamp
from goldenhour.log.event import Recorded
from goldenhour.log.live.projections import projects

# The crew has left the scene that it was asked about.
_OFF_SCENE = frozenset({Stamp.LEFT_SCENE, Stamp.BACK_IN_SERVICE, Stamp.CANCELLED, Stamp.AT_DESTINATION})
_OVER = frozenset({Stamp.BACK_IN_SERVICE, Stamp.CANCELLED})


@projects(PhoneSignedOn)
def show_phone(fact: PhoneSignedOn, where: Recorded) -> None:
    """Show that the unit's crew has its page."""
    said = {"since": where.at, "by": where.actor, "offset_ms": fact.offset_ms}
    CrewPhone.objects.update_or_create(unit=fact.unit, phone=fact.phone, defaults=said)


@projects(PhoneSignedOff)
def show_phone_off(fact: PhoneSignedOff, _where: Recorded) -> None:
    """Show it no longer."""
    CrewPhone.objects.filter(unit=fact.unit, phone=fact.phone).delete()


@projects(ParStarted)
def show_par(fact: ParStarted, where: Recorded) -> None:
    """Ask the crew for the first time an interval from now."""
    said = {
        "call_id": fact.call_id,
        "started_at": where.at,
        "because": fact.because,
        "interval_s": fact.interval_s,
        "grace_s": fact.grace_s,
        "source": fact.source,
        "ask_at": where.at + timedelta(seconds=fact.interval_s),
        "missed_at": None,
    }
    Par.objects.update_or_create(unit=fact.unit, defaults=said)


@projects(ParAnswered)
def show_par_answered(fact: ParAnswered, where: Recorded) -> None:
    """Ask anew an interval after the answer. One that comes in late and was given long ago changes nothing."""
    known = AllRight.objects.filter(pk=fact.unit, call_id=fact.call_id).first()
    if known is None or where.at > known.at:
        AllRight.objects.update_or_create(unit=fact.unit, defaults={"call_id": fact.call_id, "at": where.at})
    row = Par.objects.filter(pk=fact.unit, call_id=fact.call_id).first()
    if row is None:
        return
    ask_at = where.at + timedelta(seconds=row.interval_s)
    if ask_at > row.ask_at:
        row.ask_at, row.missed_at = ask_at, None
        row.save()


@projects(ParMissed)
def show_par_missed(fact: ParMissed, where: Recorded) -> None:
    """Show that the crew did not answer."""
    Par.objects.filter(pk=fact.unit, call_id=fact.call_id).update(missed_at=where.at)


@projects(ParEnded)
def show_par_ended(fact: ParEnded, _where: Recorded) -> None:
    """Ask no longer."""
    Par.objects.filter(pk=fact.unit).delete()


@projects(TimeStamped)
def show_off_scene(fact: TimeStamped, _where: Recorded) -> None:
    """Ask no longer once the crew has left the scene; what it asked for is over with its job."""
    stamp = Stamp(fact.stamp)
    if stamp in _OFF_SCENE:
        Par.objects.filter(pk=fact.unit, call_id=fact.call_id).delete()
    if stamp in _OVER:
        TransportAsk.objects.filter(unit=fact.unit, call_id=fact.call_id, answer="").update(answer="withdrawn")


@projects(MaydayCalled)
def show_mayday(fact: MaydayCalled, where: Recorded) -> None:
    """Show the danger."""
    said = {"call_id": fact.call_id, "at": where.at, "by": where.actor, "acknowledged_at": None, "acknowledged_by": ""}
    Mayday.objects.update_or_create(unit=fact.unit, defaults=said)


@projects(MaydayAcknowledged)
def show_mayday_acknowledged(fact: MaydayAcknowledged, where: Recorded) -> None:
    """Show who has it in hand."""
    Mayday.objects.filter(pk=fact.unit).update(acknowledged_at=where.at, acknowledged_by=where.actor)


@projects(MaydayEnded)
def show_mayday_ended(fact: MaydayEnded, _where: Recorded) -> None:
    """Show it no longer."""
    Mayday.objects.filter(pk=fact.unit).delete()


@projects(TransportAsked)
def show_asked(fact: TransportAsked, where: Recorded) -> None:
    """Show what the crew asks for."""
    TransportAsk.objects.create(
        id=where.id, unit=fact.unit, call_id=fact.call_id, kind=fact.kind, at=where.at, by=where.actor
    )


@projects(TransportAnswered)
def show_answered(fact: TransportAnswered, where: Recorded) -> None:
    """Show what became of it."""
    TransportAsk.objects.filter(pk=fact.asked).update(
        answer=fact.answer, words=fact.words, answered_at=where.at, answered_by=where.actor
    )


@projects(PatientReassessed)
def show_reassessed(fact: PatientReassessed, where: Recorded) -> None:
    """Show when the patient was last looked at."""
    row = Reassessed.objects.filter(unit=fact.unit, call_id=fact.call_id).first()
    if row is None:
        Reassessed.objects.create(unit=fact.unit, call_id=fact.call_id, at=where.at)
        return
    row.at, row.times = max(row.at, where.at), row.times + 1
    row.save()

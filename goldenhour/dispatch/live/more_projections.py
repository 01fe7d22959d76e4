"""What the log says of the hold queue, of mutual aid and of move-ups, as tables."""

from datetime import datetime, timedelta

from goldenhour.calls.events import CallClosed
from goldenhour.dispatch.events import (
    AidAccepted,
    AidDeclined,
    AidReleased,
    AidRequested,
    AidWithdrawn,
    AlarmAcknowledged,
    CallHeld,
    CallReleased,
    MoveUpDeclined,
    UnitAssigned,
    UnitMovedUp,
)
from goldenhour.dispatch.live.models import Acknowledged, Aid, AidState, DeclinedMove, Held, Posting
from goldenhour.fleet.events import TimeStamped, UnitOffDuty
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live import whereabouts
from goldenhour.fleet.status import Stamp
from goldenhour.log.event import Recorded
from goldenhour.log.live.projections import projects


@projects(CallHeld)
def show_held(fact: CallHeld, where: Recorded) -> None:
    """Let the call wait."""
    Held.objects.create(call_id=fact.call_id, reason=fact.reason, since=where.at, by=where.actor)


@projects(CallReleased)
def show_released(fact: CallReleased, _where: Recorded) -> None:
    """Let it go on."""
    Held.objects.filter(pk=fact.call_id).delete()


@projects(CallClosed)
def show_closed(fact: CallClosed, _where: Recorded) -> None:
    """Nothing is held of a closed call."""
    Held.objects.filter(pk=fact.call_id).delete()


@projects(AlarmAcknowledged)
def show_acknowledged(fact: AlarmAcknowledged, where: Recorded) -> None:
    """Silence it up to that step."""
    Acknowledged.objects.update_or_create(
        quantity=fact.quantity,
        about=fact.request or fact.unit or fact.call_id,
        defaults={
            "since": datetime.fromisoformat(fact.since),
            "step": fact.step,
            "by": where.actor,
            "at": where.at,
        },
    )


# ---------------------------------------------------------------- mutual aid


@projects(AidRequested)
def show_aid(fact: AidRequested, where: Recorded) -> None:
    """Show who was asked."""
    Aid.objects.create(
        id=fact.request,
        call_id=fact.call_id,
        neighbour=fact.neighbour,
        agreement=fact.agreement,
        type=fact.type,
        level=fact.level,
        scope=fact.scope,
        scope_why=fact.scope_why,
        note=fact.note,
        asked_at=where.at,
        asked_by=where.actor,
    )


@projects(AidAccepted)
def show_aid_accepted(fact: AidAccepted, where: Recorded) -> None:
    """Show who comes, and when."""
    Aid.objects.filter(pk=fact.request).update(
        state=AidState.ACCEPTED,
        answered_at=where.at,
        said_by=fact.said_by,
        unit=fact.unit,
        due_at=where.at + timedelta(seconds=fact.eta_s),
        left=fact.left,
    )


@projects(AidDeclined)
def show_aid_declined(fact: AidDeclined, where: Recorded) -> None:
    """Show that nobody comes."""
    Aid.objects.filter(pk=fact.request).update(
        state=AidState.DECLINED, answered_at=where.at, ended_at=where.at, said_by=fact.said_by, reason=fact.reason
    )


@projects(AidWithdrawn)
def show_aid_withdrawn(fact: AidWithdrawn, where: Recorded) -> None:
    """Show that nobody is asked for any more."""
    Aid.objects.filter(pk=fact.request).update(state=AidState.WITHDRAWN, ended_at=where.at, reason=fact.reason)


@projects(AidReleased)
def show_aid_released(fact: AidReleased, where: Recorded) -> None:
    """Take the lent unit off the board."""
    Aid.objects.filter(pk=fact.request).update(state=AidState.RELEASED, ended_at=where.at, reason=fact.reason)


# ---------------------------------------------------------------- where units wait


@projects(UnitMovedUp)
def show_moved_up(fact: UnitMovedUp, where: Recorded) -> None:
    """Let the unit drive to its new post."""
    Posting.objects.update_or_create(unit=fact.unit, defaults={"post": fact.post, "since": where.at, "by": where.actor})
    post = whereabouts.place("station", fact.post)
    whereabouts.set_off(fact.unit, post, priority=whereabouts.WITHOUT_LIGHTS, at=where.at)


@projects(MoveUpDeclined)
def show_move_declined(fact: MoveUpDeclined, where: Recorded) -> None:
    """Do not propose it again for a while."""
    DeclinedMove.objects.update_or_create(
        unit=fact.unit, post=fact.post, defaults={"at": where.at, "by": where.actor, "reason": fact.reason}
    )


@projects(UnitAssigned)
def show_sent(fact: UnitAssigned, _where: Recorded) -> None:
    """Whoever is sent is not held, and waits at no post."""
    Held.objects.filter(pk=fact.call_id).delete()
    Posting.objects.filter(pk=fact.unit).delete()


@projects(UnitOffDuty)
def show_off_duty(fact: UnitOffDuty, _where: Recorded) -> None:
    """Nobody waits at a post who is out of service."""
    Posting.objects.filter(pk=fact.unit).delete()


@projects(TimeStamped)
def show_there(fact: TimeStamped, where: Recorded) -> None:
    """A lent unit is there; a unit that says it is home stands at the post it was ordered to."""
    stamp = Stamp(fact.stamp)
    if stamp is Stamp.ON_SCENE:
        Aid.objects.filter(unit=fact.unit, state=AidState.ACCEPTED, arrived_at=None).update(arrived_at=where.at)
    elif stamp is Stamp.AT_HOME:
        posting = Posting.objects.filter(pk=fact.unit).first()
        unit = fleet.find_unit(fact.unit) if posting else None
        if posting and unit:
            whereabouts.stand(unit, whereabouts.place("station", posting.post), where.at)
            unit.save(update_fields=["stands", "stands_since", "legs"])

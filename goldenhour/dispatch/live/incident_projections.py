"""What the log says of an incident's units beside being sent and cleared, as tables."""

from datetime import timedelta

from goldenhour.calls.events import CallClosed, PlaceChanged
from goldenhour.calls.live import queries as calls
from goldenhour.calls.live.queries import CallRow
from goldenhour.dispatch.co_responders import Said, State, state_after
from goldenhour.dispatch.incident_events import (
    CoResponderAsked,
    CoResponderCancelled,
    CoResponderSaid,
    EntryCleared,
    StagingOrdered,
    UnitMovedOver,
    UnitRetargeted,
    UnitSwapped,
)
from goldenhour.dispatch.live.models import Aid, Assignment, CoResponder, Staging
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live import whereabouts
from goldenhour.fleet.status import Status
from goldenhour.log.event import Recorded
from goldenhour.log.events import KeyDestroyed
from goldenhour.log.live.projections import projects


def heading(call: CallRow) -> whereabouts.Place:
    """Return where the units of a call drive to: where they are to wait, or the scene."""
    staging = Staging.objects.filter(pk=call.id).first()
    if staging is not None:
        return whereabouts.place("staging", call.id, staging.lon, staging.lat)
    return whereabouts.place("call", call.id, call.lon, call.lat)


def _drive_on(call_id: str, where: Recorded) -> None:
    """Let the units on their way to a call drive to where it, or its staging, is now."""
    call = calls.get_call(call_id)
    coming = Assignment.objects.filter(call_id=call_id, cleared_at=None).order_by("id").values_list("unit", flat=True)
    for unit in fleet.list_by_id(list(coming)):
        if unit.status == Status.EN_ROUTE:
            whereabouts.set_off(unit.id, heading(call), priority=call.priority, at=where.at)


@projects(UnitSwapped)
def show_swapped(fact: UnitSwapped, where: Recorded) -> None:
    """Take the unit off the call."""
    Assignment.objects.filter(unit=fact.unit, call_id=fact.call_id, cleared_at=None).update(
        cleared_at=where.at,
        cleared_by=where.actor,
        cleared_because=": ".join(filter(None, [f"swapped for {fact.for_unit.rpartition('/')[2]}", fact.reason])),
    )


@projects(UnitMovedOver)
def show_moved_over(fact: UnitMovedOver, where: Recorded) -> None:
    """Take the unit off the incident that it was on."""
    Assignment.objects.filter(unit=fact.unit, call_id=fact.from_call_id, cleared_at=None).update(
        cleared_at=where.at,
        cleared_by=where.actor,
        cleared_because=f"went over to {fact.to_call_id}",
        moved_to=fact.to_call_id,
    )


@projects(StagingOrdered)
def show_staging(fact: StagingOrdered, where: Recorded) -> None:
    """Let the units of the call wait there."""
    said = {
        "lon": fact.lon,
        "lat": fact.lat,
        "where": fact.where,
        "reason": fact.reason,
        "note": fact.note,
        "since": where.at,
        "by": where.actor,
    }
    Staging.objects.update_or_create(call_id=fact.call_id, defaults=said)
    _drive_on(fact.call_id, where)


@projects(EntryCleared)
def show_entry(fact: EntryCleared, where: Recorded) -> None:
    """Let them go on to the scene."""
    Staging.objects.filter(pk=fact.call_id).delete()
    _drive_on(fact.call_id, where)


@projects(PlaceChanged)
def show_elsewhere(fact: PlaceChanged, where: Recorded) -> None:
    """Let whoever is on the way drive to the new place; whoever is to wait away from it still does."""
    if not Staging.objects.filter(pk=fact.call_id).exists():
        _drive_on(fact.call_id, where)


@projects(UnitRetargeted)
def show_retargeted(fact: UnitRetargeted, where: Recorded) -> None:
    """Expect the unit when it will be at the new place."""
    for one in Assignment.objects.filter(unit=fact.unit, call_id=fact.call_id, cleared_at=None):
        one.retargeted_at = where.at
        if fact.expected_arrival_s >= 0:
            one.expected_arrival_s = (where.at - one.assigned_at).total_seconds() + fact.expected_arrival_s
        one.save(update_fields=["retargeted_at", "expected_arrival_s"])


@projects(CallClosed)
def show_staging_over(fact: CallClosed, _where: Recorded) -> None:
    """Nobody waits for a closed call."""
    Staging.objects.filter(pk=fact.call_id).delete()


@projects(CoResponderAsked)
def show_co_responder(fact: CoResponderAsked, where: Recorded) -> None:
    """Show who was asked for what."""
    CoResponder.objects.create(
        id=fact.request,
        call_id=fact.call_id,
        service=fact.service,
        task=fact.task,
        makes_safe=fact.makes_safe,
        note=fact.note,
        asked_at=where.at,
        asked_by=where.actor,
        state=State.ASKED,
        since=where.at,
        by=where.actor,
    )


@projects(CoResponderSaid)
def show_co_responder_said(fact: CoResponderSaid, where: Recorded) -> None:
    """Show what it said, and how far that brought it."""
    one, said = CoResponder.objects.get(pk=fact.request), Said(fact.said)
    if said in {Said.SAFE, Said.NOT_SAFE}:
        one.safe_at = where.at if said is Said.SAFE else None
        one.safe_said_by = fact.said_by
    else:
        one.state = state_after(State(one.state), said) or one.state
        one.since, one.by = where.at, where.actor
    if said is Said.COMING:
        one.due_at = None if fact.eta_s is None else where.at + timedelta(seconds=fact.eta_s)
    elif said is Said.THERE:
        one.there_at = where.at
    one.said_by, one.words = fact.said_by, fact.words
    one.save()


@projects(CoResponderCancelled)
def show_co_responder_cancelled(fact: CoResponderCancelled, where: Recorded) -> None:
    """Show that it is needed no longer."""
    CoResponder.objects.filter(pk=fact.request).update(
        state=State.CANCELLED, since=where.at, by=where.actor, said_by="", words=fact.reason
    )


@projects(KeyDestroyed)
def show_staging_erased(fact: KeyDestroyed, _where: Recorded) -> None:
    """Forget where units wait, and for whom, and what others were told, once the call's key is destroyed."""
    call_id = fact.name.removeprefix("call_id/")
    Staging.objects.filter(pk=call_id).update(where="", note="")
    CoResponder.objects.filter(call_id=call_id).update(note="", words="")
    Aid.objects.filter(call_id=call_id).update(note="")

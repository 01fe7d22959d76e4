"""What the log says of dispatch, as tables. A unit's own press that ends its job ends the assignment too."""

from goldenhour.calls.events import CallClosed
from goldenhour.calls.live import queries as calls
from goldenhour.dispatch.events import CallQueued, UnitAssigned, UnitCleared, UnitDiverted, UnitsRecommended
from goldenhour.dispatch.live import incident_projections, more_projections
from goldenhour.dispatch.live.incident_projections import heading
from goldenhour.dispatch.live.models import Advice, Assignment, Waiting
from goldenhour.errors import NotFound
from goldenhour.fleet.events import TimeStamped
from goldenhour.fleet.live import whereabouts
from goldenhour.fleet.status import Stamp
from goldenhour.log.event import Recorded
from goldenhour.log.live.projections import projects

__all__ = ["incident_projections", "more_projections"]  # Importing them is what makes them listen.

_ENDS_JOB = {Stamp.BACK_IN_SERVICE: "back in service", Stamp.CANCELLED: "cancelled"}


@projects(UnitsRecommended)
def show_advice(fact: UnitsRecommended, where: Recorded) -> None:
    """Show the latest recommendation of the call."""
    said = {
        "at": where.at,
        "policy": fact.policy,
        "plan": fact.plan,
        "rules_hash": fact.rules_hash,
        "chosen": list(fact.chosen),
        "passed_over": list(fact.passed_over),
        "shortfalls": list(fact.shortfalls),
    }
    Advice.objects.bulk_create(  # One statement: insert, or update what is there.
        [Advice(call_id=fact.call_id, **said)],
        update_conflicts=True,
        unique_fields=["call_id"],
        update_fields=list(said),
    )


@projects(UnitAssigned)
def show_assignment(fact: UnitAssigned, where: Recorded) -> None:
    """Put the unit on the call; a slot that was waited for is filled."""
    Assignment.objects.create(
        call_id=fact.call_id,
        unit=fact.unit,
        slot=fact.slot,
        assigned_at=where.at,
        assigned_by=where.actor,
        expected_arrival_s=fact.expected_arrival_s,
        reason=fact.reason,
        override=fact.override,
    )
    waiting = Waiting.objects.filter(pk=fact.call_id).first()
    if waiting is None or fact.slot not in waiting.slots:
        return
    waiting.slots.remove(fact.slot)
    if waiting.slots:
        waiting.save(update_fields=["slots"])
    else:
        waiting.delete()


@projects(UnitDiverted)
def show_diversion(fact: UnitDiverted, where: Recorded) -> None:
    """Take the unit off the call it was on its way to."""
    Assignment.objects.filter(unit=fact.unit, call_id=fact.from_call_id, cleared_at=None).update(
        cleared_at=where.at,
        cleared_by=where.actor,
        cleared_because=f"diverted to {fact.to_call_id}: {fact.reason}",
        moved_to=fact.to_call_id,
    )


@projects(UnitCleared)
def show_cleared(fact: UnitCleared, where: Recorded) -> None:
    """Take the unit off the call."""
    _end(fact.unit, fact.call_id, where, fact.reason)


@projects(TimeStamped)
def show_step(fact: TimeStamped, where: Recorded) -> None:
    """Send the unit's mark along the road to its call, or end its assignment."""
    stamp = Stamp(fact.stamp)
    if stamp in _ENDS_JOB:
        _end(fact.unit, fact.call_id, where, _ENDS_JOB[stamp])
    elif stamp is Stamp.EN_ROUTE and fact.call_id:
        try:
            call = calls.get_call(fact.call_id)
        except NotFound:  # Known on paper only.
            return
        whereabouts.set_off(fact.unit, heading(call), priority=call.priority, at=where.at)


@projects(CallQueued)
def show_waiting(fact: CallQueued, where: Recorded) -> None:
    """Let the call wait for these slots."""
    Waiting.objects.update_or_create(
        call_id=fact.call_id,
        defaults={"slots": list(fact.slots)},
        create_defaults={"slots": list(fact.slots), "since": where.at},
    )


@projects(CallClosed)
def show_call_closed(fact: CallClosed, _where: Recorded) -> None:
    """Nobody waits on a closed call."""
    Waiting.objects.filter(pk=fact.call_id).delete()


def _end(unit: str, call_id: str, where: Recorded, because: str) -> None:
    running = Assignment.objects.filter(unit=unit, cleared_at=None)
    if call_id:
        running = running.filter(call_id=call_id)
    running.update(cleared_at=where.at, cleared_by=where.actor, cleared_because=because)

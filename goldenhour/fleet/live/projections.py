"""What the log says of the fleet, as tables."""

from datetime import datetime

from goldenhour.fleet.events import (
    PositionTokenIssued,
    PositionTokenRevoked,
    TimeStamped,
    TimeStruck,
    UnitOffDuty,
    UnitOnDuty,
    UnitRegistered,
)
from goldenhour.fleet.live import queries, welfare_projections, whereabouts
from goldenhour.fleet.live.models import PositionToken, Unit, UnitTime
from goldenhour.fleet.status import Stamp, Status, status_of
from goldenhour.log.event import Recorded
from goldenhour.log.live.projections import projects

__all__ = ["welfare_projections"]  # Importing it is what makes it listen.
_ENDS_JOB = {Stamp.BACK_IN_SERVICE, Stamp.CANCELLED}
_CHANGING = ("status", "since", "call_id", "on_job", "stands", "stands_since", "legs")  # What a step can change.


@projects(UnitRegistered)
def show_unit(fact: UnitRegistered, where: Recorded) -> None:
    """Put the unit on the board, out of service at its post until a crew signs on."""
    Unit.objects.create(
        id=fact.unit,
        call_sign=fact.call_sign,
        agency=fact.agency,
        type=fact.type,
        station=fact.station,
        crew=fact.crew,
        levels=list(fact.levels),
        skills=list(fact.skills),
        can_transport=fact.can_transport,
        turnout_s=fact.turnout_s,
        status=Status.OUT_OF_SERVICE,
        since=where.at,
        stands=whereabouts.place("station", fact.station),
        stands_since=where.at,
    )


@projects(UnitOnDuty)
def show_on_duty(fact: UnitOnDuty, where: Recorded) -> None:
    """Show the unit available at its post."""
    unit = queries.get_unit(fact.unit)
    unit.station, unit.status, unit.since, unit.call_id = fact.station, Status.AVAILABLE, where.at, ""
    whereabouts.stand(unit, whereabouts.place("station", fact.station), where.at)
    unit.save()


@projects(UnitOffDuty)
def show_off_duty(fact: UnitOffDuty, where: Recorded) -> None:
    """Show the unit out of service."""
    Unit.objects.filter(pk=fact.unit).update(status=Status.OUT_OF_SERVICE, since=where.at, call_id="")


@projects(TimeStamped)
def show_step(fact: TimeStamped, where: Recorded) -> None:
    """Keep the time, and show what the unit's steps on its call now lead to. An older call's change nothing."""
    unit, stamp = queries.get_unit(fact.unit), Stamp(fact.stamp)
    before = {name: getattr(unit, name) for name in _CHANGING}
    times = queries.list_own_times(fact.unit, fact.call_id)
    run = max((one.run for one in times), default=1)
    if stamp is Stamp.UNIT_NOTIFIED:
        again = fact.call_id == unit.call_id and not unit.on_job
        if again or queries.is_over(queries.last_stamps(times), where.at):
            run += 1
        if fact.call_id != unit.call_id or not unit.on_job:
            unit.call_id, unit.on_job = fact.call_id, True
    step = UnitTime.objects.create(
        event_id=where.id,
        unit=fact.unit,
        call_id=fact.call_id,
        run=run,
        stamp=fact.stamp,
        at=where.at,
        flags=list(fact.flags),
        actor=where.actor,
        basis=fact.basis,
        entered_at=_time(fact.entered_at),
        device=fact.device,
        device_at=_time(fact.device_at),
        offset_ms=fact.offset_ms,
        tap=fact.tap,
    )
    if fact.call_id != unit.call_id:
        return
    _show_status(unit, queries.last_stamps([*times, step]), _start_of(unit, stamp), where)
    _move(unit, stamp, where)
    if changed := [name for name, value in before.items() if getattr(unit, name) != value]:
        unit.save(update_fields=changed)


@projects(TimeStruck)
def show_struck(fact: TimeStruck, where: Recorded) -> None:
    """Let a wrong time count no longer."""
    UnitTime.objects.filter(event_id=fact.struck_id).update(
        struck=True, struck_reason=fact.reason, struck_by=where.actor, struck_at=where.at
    )
    unit = queries.get_unit(fact.unit)
    if fact.call_id == unit.call_id:
        _show_status(unit, queries.stamps_of(unit.id, unit.call_id), Status(unit.status), where)
        unit.save()


@projects(PositionTokenIssued)
def show_token(fact: PositionTokenIssued, where: Recorded) -> None:
    """Let a device report."""
    PositionToken.objects.create(
        id=fact.token,
        unit=fact.unit,
        label=fact.label,
        token_hash=fact.token_hash,
        issued_at=where.at,
        issued_by=where.actor,
    )


@projects(PositionTokenRevoked)
def show_token_revoked(fact: PositionTokenRevoked, where: Recorded) -> None:
    """Let it report no longer."""
    PositionToken.objects.filter(pk=fact.token).update(revoked_at=where.at, revoked_by=where.actor)


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _start_of(unit: Unit, stamp: Stamp) -> Status:
    """Return the status that holds where no step of a call says otherwise."""
    return Status.AVAILABLE if stamp is Stamp.AT_HOME and not unit.call_id else Status(unit.status)


def _show_status(unit: Unit, times: queries.Stamps, start: Status, where: Recorded) -> None:
    stamps = {Stamp(step): at for step, at in times.items()} if unit.call_id else {}
    if unit.status == Status.OUT_OF_SERVICE and not unit.on_job:
        return  # The crew has signed off: paper that comes in afterwards does not sign it on.
    after = status_of(stamps, start=start)
    if after != unit.status:
        unit.status, unit.since = after, where.at
    unit.on_job = bool(unit.call_id) and not _ENDS_JOB & stamps.keys()


def _move(unit: Unit, stamp: Stamp, where: Recorded) -> None:
    staged = stamp is Stamp.AT_STAGING and bool(unit.legs) and unit.legs[-1]["to"]["kind"] == "staging"
    if staged or stamp in {Stamp.ON_SCENE, Stamp.AT_DESTINATION}:
        whereabouts.stand(unit, None, where.at)
    elif stamp is Stamp.AT_HOME:
        whereabouts.stand(unit, whereabouts.place("station", unit.station), where.at)
    elif stamp in _ENDS_JOB:
        home = whereabouts.place("station", unit.station)
        whereabouts.head_for(unit, home, priority=whereabouts.WITHOUT_LIGHTS, at=where.at)

"""What can be done with units. Each function is one gesture of one person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from goldenhour.errors import Refused
from goldenhour.fleet.events import TimeStamped, TimeStruck, UnitOffDuty, UnitOnDuty, UnitRegistered
from goldenhour.fleet.live import crewing, queries
from goldenhour.fleet.live.models import Unit, UnitTime
from goldenhour.fleet.status import Stamp, Status, press
from goldenhour.fleet.taps import Basis, Tap, TrueTime, true_time
from goldenhour.fleet.units import Unit as RegisteredUnit
from goldenhour.log.live.store import Record, writing

_AFTER_THE_JOB = {Stamp.AT_HOME, Stamp.CALL_COMPLETED}


def units_register(units: Sequence[RegisteredUnit], *, on_duty: frozenset[str], at: datetime, actor: str) -> int:
    """Put units that are not known yet into service; return how many there were.

    Args:
        units: as their agencies describe them.
        on_duty: ids of those whose crew is signed on at once.
        at: when.
        actor: who says so.
    """
    with writing("fleet", at=at, actor=actor) as record:
        known = set(Unit.objects.values_list("id", flat=True))
        fresh = [unit for unit in units if unit.id not in known]
        for unit in fresh:
            record(
                UnitRegistered(
                    unit=unit.id,
                    call_sign=unit.call_sign,
                    agency=unit.agency,
                    type=str(unit.type),
                    station=unit.station,
                    crew=unit.crew,
                    levels=unit.levels,
                    skills=unit.skills,
                    can_transport=unit.can_transport,
                    turnout_s=unit.turnout_s,
                )
            )
            if unit.id in on_duty:
                record(UnitOnDuty(unit=unit.id, station=unit.station))
    return len(fresh)


def crew_sign(
    *,
    unit: str,
    on: bool,
    reason: str,
    at: datetime,
    actor: str,
    device: str = "",
    id: str | None = None,  # noqa: A002
) -> None:
    """Let a crew sign on or off: with it those whom the roster names, and whoever is aboard.

    Raises:
        NotFound: there is no such unit.
        Refused: it is on a call: the crew stays until that is over; or one of them holds a role of an incident.
    """
    with writing(f"unit/{unit}", at=at, actor=actor, device=device, id=id) as record:
        if record.earlier:
            return
        known = queries.get_unit(unit)
        if not on and known.on_job:
            raise Refused(
                code="unit_busy",
                what=f"{known.call_sign} is still on call {known.call_id}.",
                do="Clear it from that call first, then sign it off.",
            )
        off = known.status == Status.OUT_OF_SERVICE
        if on and off:
            record(UnitOnDuty(unit=unit, station=known.station))
            crewing.staffed(record, known, at)
        elif not on and not off:
            crewing.everybody_off(record, known, reason)
            record(UnitOffDuty(unit=unit, reason=reason))


def time_stamp(
    *,
    unit: str,
    stamp: Stamp,
    call_id: str,
    at: datetime | None = None,
    tap: Tap | None = None,
    now: datetime,
    actor: str,
    device: str = "",
    id: str | None = None,  # noqa: A002
) -> None:
    """Keep a crew's press with its true time.

    Args:
        unit: who.
        stamp: which step.
        call_id: of which call; "" for the one the unit is on.
        at: when it happened, as a person entered it, may be long before now; None: when it was tapped.
        tap: what the device's own clock said of it; None: it was pressed now.
        now: what time it is.
        actor: who says so.
        device: where it was entered.
        id: the client's id of this press; the same one again is harmless.

    Raises:
        NotFound: there is no such unit.
        Refused: the time entered lies in the future, or the unit is, or was, not on that call.
    """
    known = queries.get_unit(unit)
    call_id = _call_of(known, stamp, call_id)
    happened, basis = TrueTime(at=at or now, flags=()), Basis.ENTERED if at else Basis.NOW
    if tap is not None and at is None:
        happened, basis = _corrected(tap, unit, call_id, now), Basis.DEVICE
    with writing(f"unit/{unit}", at=happened.at, actor=actor, device=device, id=id) as record:
        if record.earlier:
            return
        fact = stamped(queries.get_unit(unit), stamp, call_id=call_id, at=happened.at, now=now, basis=basis)
        fact = replace(fact, flags=(*fact.flags, *happened.flags))
        if tap is not None:
            fact = replace(
                fact,
                device=tap.device,
                device_at=tap.at.isoformat(),
                offset_ms=tap.offset_ms,
                tap=tap.number,
            )
        record(fact)


def _call_of(unit: Unit, stamp: Stamp, call_id: str) -> str:
    """Return the call a press belongs to where it names none: the unit's own, while it is on it or just home."""
    return call_id or (unit.call_id if unit.on_job or stamp in _AFTER_THE_JOB else "")


def _corrected(tap: Tap, unit: str, call_id: str, now: datetime) -> TrueTime:
    """Return when a device's tap happened, held between its taps before and after it on the same call."""
    others = [
        one
        for one in queries.list_own_times(unit, call_id)
        if one.basis == Basis.DEVICE and one.device == tap.device and not one.struck and call_id
    ]
    if tap.number is None:  # It sends them in order.
        before, after = others, []
    else:
        before = [one for one in others if one.tap is not None and one.tap < tap.number]
        after = [one for one in others if one.tap is not None and one.tap > tap.number]
    return true_time(
        tap,
        now=now,
        before=max((one.at for one in before), default=None),
        after=min((one.at for one in after), default=None),
    )


def stamped(
    unit: Unit, stamp: Stamp, *, call_id: str, at: datetime, now: datetime, basis: Basis = Basis.NOW
) -> TimeStamped:
    """Return the fact of a press, or refuse it. Called while the log is held."""
    call_id = _call_of(unit, stamp, call_id)
    steps = queries.stamps_of(unit.id, call_id) if call_id else {}
    if stamp is Stamp.UNIT_NOTIFIED and (not unit.on_job or queries.is_over(steps, at)):
        steps = {}  # Sent there once more: a run of its own.
    if call_id and not steps and stamp is not Stamp.UNIT_NOTIFIED:
        raise Refused(
            code="not_on_that_call",
            what=f"{unit.call_sign} was never sent to call {call_id}.",
            do="Assign it to that call first, or pick the call it was on.",
        )
    meant = press(
        {Stamp(step): when for step, when in steps.items()},
        stamp,
        at=at,
        now=now,
        call_sign=unit.call_sign,
        call_id=call_id,
        status=Status(unit.status),
    )
    return TimeStamped(
        unit=unit.id,
        call_id=call_id,
        stamp=str(stamp),
        flags=meant.flags,
        basis=str(basis),
        entered_at=now.isoformat(),
    )


def notify(record: Record, unit: Unit, call_id: str, at: datetime) -> None:
    """Record that a unit was told of a call, as part of the command that sends it."""
    record(stamped(unit, Stamp.UNIT_NOTIFIED, call_id=call_id, at=at, now=at))


def end_job(record: Record, unit: Unit, call_id: str, at: datetime) -> None:
    """Record that a unit's job ended at another's word: cancelled before the scene, back in service after it."""
    steps = queries.stamps_of(unit.id, call_id)
    reached = Stamp.ON_SCENE in steps or Stamp.AT_PATIENT in steps
    last = Stamp.BACK_IN_SERVICE if reached else Stamp.CANCELLED
    if last not in steps:
        record(stamped(unit, last, call_id=call_id, at=at, now=at))


def time_strike(
    *,
    unit: str,
    struck_id: str,
    reason: str,
    at: datetime,
    actor: str,
    device: str = "",
    id: str | None = None,  # noqa: A002
) -> None:
    """Take back a wrong time. It stays in the log and no longer counts.

    Raises:
        NotFound: there is no such unit.
        Refused: the unit has no such time, or it was taken back before.
    """
    with writing(f"unit/{unit}", at=at, actor=actor, device=device, id=id) as record:
        if record.earlier:
            return
        known = queries.get_unit(unit)
        wrong = UnitTime.objects.filter(event_id=struck_id, unit=unit, struck=False).first()
        if wrong is None:
            raise Refused(
                code="no_such_time",
                what=f"{known.call_sign} has no time with that id that still counts.",
                do="Open the unit's times and pick one.",
            )
        record(TimeStruck(unit=unit, call_id=wrong.call_id, stamp=wrong.stamp, struck_id=struck_id, reason=reason))

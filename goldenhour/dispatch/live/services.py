"""What can be done in dispatch. Each function is one gesture of one person.

Thinking (the recommendation, the expected arrival) comes before the log is held; what it rests on is looked at again
once it is.
"""

from datetime import datetime
from typing import Any

from goldenhour.calls.live import queries as calls
from goldenhour.calls.live import services as call_services
from goldenhour.dispatch.events import UnitAssigned, UnitCleared, UnitDiverted
from goldenhour.dispatch.live import desk, queries
from goldenhour.dispatch.live.models import Assignment
from goldenhour.errors import Refused
from goldenhour.fleet.live import crewing
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live import services as fleet_services
from goldenhour.fleet.live.queries import UnitRow
from goldenhour.fleet.status import Status
from goldenhour.log.live.store import Record, writing
from goldenhour.roads.live.region import wall_clock

_CAN_BE_DIVERTED = {Status.NOTIFIED, Status.EN_ROUTE}


def unit_assign(
    *,
    call_id: str,
    unit: str,
    slot: str,
    reason: str,
    divert_from: str = "",
    at: datetime,
    actor: str,
    device: str = "",
    id: str | None = None,  # noqa: A002
) -> None:
    """Send a unit to a call.

    Args:
        call_id: where to.
        unit: who.
        slot: which slot of the response plan it fills, "" beyond the plan.
        reason: why this one; "" takes the recommendation's own words.
        divert_from: the call it is taken off deliberately, "" when it should be free.
        at: when.
        actor: who says so.
        device: where it was entered.
        id: the client's id of this gesture; the same one again is harmless.

    Raises:
        NotFound: there is no such call or unit.
        Refused: the unit is on a call already, or nobody signed on; the call is closed. Of two desks that press Assign
            together, the log lets one through and the other reads this.
    """
    advised = desk.find_advised(call_id, unit)
    arrival_s = desk.expected_arrival_s(call_id, unit, at)  # Slow, so before the log is held.
    with writing(f"call/{call_id}", at=at, actor=actor, device=device, id=id) as record:
        if record.earlier:
            return
        refuse_closed(call_id)
        known = unit_in_service(unit)
        busy = queries.find_running(unit)
        if busy is not None:
            _divert(record, known, busy, call_id=call_id, divert_from=divert_from, reason=reason)
        record(
            UnitAssigned(
                call_id=call_id,
                unit=unit,
                slot=slot,
                expected_arrival_s=arrival_s,
                reason=reason or (str(advised["reason"]) if advised else ""),
                override=advised is None or advised["slot"] != slot,
            )
        )
        fleet_services.notify(record, known, call_id, at)
        if busy is not None:  # After the new call is known, so that the unit does not turn home in between.
            fleet_services.end_job(record, fleet.get_unit(unit), busy.call_id, at)


def _divert(record: Record, unit: Any, busy: Any, *, call_id: str, divert_from: str, reason: str) -> None:
    """Take a unit off its call deliberately, or refuse."""
    since = since_words(unit, busy)
    if divert_from != busy.call_id or call_id == busy.call_id:
        do = "Pick another unit, or clear it from that call first."
        raise Refused(code="unit_busy", what=since, do=do)
    refuse_bound(unit, since)
    why = reason or "a more urgent call"
    record(UnitDiverted(unit=unit.id, from_call_id=busy.call_id, to_call_id=call_id, reason=why))


def since_words(unit: UnitRow, running: Assignment) -> str:
    """Return which call a unit is on, since when, and who sent it: for whoever was slower."""
    by = f", sent by {running.assigned_by}" if running.assigned_by else ""
    return f"{unit.call_sign} has been on call {running.call_id} since {wall_clock(running.assigned_at)}{by}."


def unit_in_service(unit: str) -> UnitRow:
    """Return a unit whose crew is signed on.

    Raises:
        NotFound: there is no such unit.
        Refused: it is out of service.
    """
    known = fleet.get_unit(unit)
    if known.status == Status.OUT_OF_SERVICE:
        raise Refused(
            code="unit_out_of_service",
            what=f"{known.call_sign} is out of service since {wall_clock(known.since)}.",
            do="Pick another unit, or have its crew sign on.",
        )
    return known


def refuse_bound(unit: UnitRow, since: str) -> None:
    """Refuse to take a unit off a call that it has come to; `since` says which and since when.

    Raises:
        Refused: it is at the scene, or has a patient aboard.
    """
    if unit.status not in _CAN_BE_DIVERTED:
        raise Refused(
            code="unit_cannot_leave",
            what=f"{since} It is {Status(unit.status).words} and cannot be taken off it.",
            do="Pick another unit.",
        )


def running_on(unit: UnitRow, call_id: str) -> Assignment:
    """Return the assignment of a unit that is on a call.

    Raises:
        Refused: it is on another call, or on none.
    """
    running = queries.find_running(unit.id)
    if running is None or running.call_id != call_id:
        where = f"on call {running.call_id}" if running else "on no call"
        raise Refused(
            code="not_on_that_call",
            what=f"{unit.call_sign} is {where}, not on {call_id}.{_left_words(unit, call_id)}",
            do="Look at the unit on the board and clear the call it is on.",
        )
    return running


def _left_words(unit: UnitRow, call_id: str) -> str:
    """Return who took a unit off a call, and when, where it was on it."""
    left = Assignment.objects.filter(unit=unit.id, call_id=call_id).exclude(cleared_at=None).order_by("-id").first()
    if left is None or left.cleared_at is None:
        return ""
    why = f": {left.cleared_because}" if left.cleared_because else ""
    return f" {left.cleared_by or 'Somebody'} took it off at {wall_clock(left.cleared_at)}{why}."


def unit_clear(
    *,
    unit: str,
    call_id: str,
    reason: str,
    at: datetime,
    actor: str,
    device: str = "",
    id: str | None = None,  # noqa: A002
) -> None:
    """Take a unit off its call.

    Raises:
        NotFound: there is no such unit.
        Refused: it is not on that call.
    """
    with writing(f"call/{call_id}", at=at, actor=actor, device=device, id=id) as record:
        if record.earlier:
            return
        known = fleet.get_unit(unit)
        running_on(known, call_id)
        record(UnitCleared(call_id=call_id, unit=unit, reason=reason))
        fleet_services.end_job(record, known, call_id, at)


def call_close(
    *,
    call_id: str,
    outcome: str,
    at: datetime,
    actor: str,
    device: str = "",
    id: str | None = None,  # noqa: A002
) -> None:
    """Close a call: nobody is needed any more, and its roles are over.

    Raises:
        NotFound: there is no such call.
        Refused: units are still on it, or it is closed already.
    """
    with writing(f"call/{call_id}", at=at, actor=actor, device=device, id=id) as record:
        if record.earlier:
            return
        refuse_closed(call_id)
        on_it = [one.unit for one in queries.list_of_calls([call_id]) if one.cleared_at is None]
        if on_it:
            names = ", ".join(unit.call_sign for unit in fleet.list_by_id(on_it))
            raise Refused(
                code="units_on_call",
                what=f"Still on call {call_id}: {names}.",
                do="Clear them first, or wait until they are back in service.",
            )
        call_services.close(record, call_id, outcome)
        crewing.roles_end(record, call_id)


def refuse_closed(call_id: str) -> None:
    """Refuse what a closed call does not take.

    Raises:
        NotFound: there is no such call.
        Refused: it is closed.
    """
    call = calls.get_call(call_id)
    if call.closed_at is not None:
        raise Refused(
            code="call_closed",
            what=f"Call {call_id} was closed at {wall_clock(call.closed_at)}.",
            do="Reopen it, or take a new call if help is needed again.",
        )

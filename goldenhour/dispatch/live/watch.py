"""Units that are too long in a status, and how an alarm is acknowledged."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goldenhour.calls.live import queries as calls
from goldenhour.calls.live.by import By
from goldenhour.dispatch.alarms import (
    AID,
    CO_RESPONDER,
    ESCALATION,
    HOLD,
    NO_CONTACT,
    OFFLOAD,
    TURNOUT,
    Alarm,
    Limit,
    quantity_of_unit,
)
from goldenhour.dispatch.events import AlarmAcknowledged
from goldenhour.dispatch.live import aid, alarm_book, co_responding, holding
from goldenhour.errors import BadInput, Refused
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live import welfare
from goldenhour.fleet.live.queries import UnitRow
from goldenhour.fleet.status import Status
from goldenhour.log.live.store import writing
from goldenhour.roads.live.region import wall_clock

_OF_UNITS = (TURNOUT, NO_CONTACT, OFFLOAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What alarms need to know of rooms above this one."""

    offload: Limit | None  # Of a hand-over at hospital; None: no rule says.
    page: Callable[[str, datetime], tuple[str, Alarm | None]]  # The call of a page to those on call, and its alarm.


def unit_alarms(rows: Iterable[UnitRow], at: datetime, *, offload: Limit | None) -> dict[str, Alarm]:
    """Return the alarm of each unit whose time in its status is limited.

    Args:
        rows: units.
        at: when.
        offload: the limit of a hand-over at hospital, which stands in that room; None for none.
    """
    busy = [row for row in rows if row.on_job and row.status in {Status.NOTIFIED, Status.AT_SCENE, Status.AT_HOSPITAL}]
    times = fleet.list_times({row.call_id for row in busy if row.status != Status.NOTIFIED})
    all_right = welfare.list_all_right([row.id for row in busy if row.status == Status.AT_SCENE])
    said = alarm_book.silenced(_OF_UNITS, [row.id for row in busy])
    urgency = {call.id: call.priority for call in calls.list_by_id({row.call_id for row in busy})}
    found = {}
    for row in busy:
        of = (row.call_id, row.id)
        limited = quantity_of_unit(Status(row.status), row.since, times.get(of, {}), all_right.get(of))
        if limited is None:
            continue
        quantity, since = limited
        limit = offload if quantity == OFFLOAD else alarm_book.limit(quantity, at, priority=urgency.get(row.call_id))
        if alarm := alarm_book.alarm(limit, since, row.id, said):
            found[row.id] = alarm
    return found


def alarm_acknowledge(*, quantity: str, about: str, elsewhere: Elsewhere, by: By) -> None:
    """Take an alarm: it is silent until its next step.

    Args:
        quantity: which, see dispatch.alarms.
        about: the call that is held, the unit, the request, or the page.
        elsewhere: what stands in other rooms.
        by: who.

    Raises:
        NotFound: there is no such call, unit, request or page.
        BadInput: there is no such alarm.
        Refused: nothing sounds, or somebody else was faster.
    """
    stream, named = _about(quantity, about, elsewhere, by.at)
    with writing(stream, at=by.at, actor=by.actor, device=by.device, id=by.id) as record:
        if record.earlier:
            return
        alarm = _find(quantity, about, elsewhere, by.at)
        step = alarm.step(by.at) if alarm else 0
        if alarm is None or step == 0:
            raise Refused(code="no_alarm", what="Nothing sounds there now.", do="Nothing was changed.")
        if alarm.silenced and not alarm.sounds(by.at):
            quiet = alarm.silenced
            raise Refused(
                code="acknowledged_already",
                what=f"{quiet.by} acknowledged it at {wall_clock(quiet.at)}.",
                do="It is silent until its next step.",
            )
        record(AlarmAcknowledged(quantity=quantity, since=alarm.since.isoformat(), step=step, **named))


def _about(quantity: str, about: str, elsewhere: Elsewhere, at: datetime) -> tuple[str, dict[str, str]]:
    """Return the stream that an alarm belongs to, and the fields that say what it is about."""
    if quantity == HOLD:
        return f"call/{calls.get_call(about).id}", {"call_id": about}
    if quantity in _OF_UNITS:
        return f"unit/{fleet.get_unit(about).id}", {"unit": about}
    if quantity == AID:
        request = aid.get_aid(about)
        return f"call/{request.call_id}", {"request": about, "call_id": request.call_id}
    if quantity == CO_RESPONDER:
        asked = co_responding.get_request(about)
        return f"call/{asked.call_id}", {"request": about, "call_id": asked.call_id}
    if quantity == ESCALATION:
        call_id, _ = elsewhere.page(about, at)
        return f"call/{call_id}", {"request": about, "call_id": call_id}
    known = ", ".join((HOLD, *_OF_UNITS, AID, CO_RESPONDER, ESCALATION))
    raise BadInput(code="quantity", what=f"there is no alarm {quantity!r}.", do=f"Use {known}.", where="quantity")


def _find(quantity: str, about: str, elsewhere: Elsewhere, at: datetime) -> Alarm | None:
    if quantity == HOLD:
        return holding.find_alarm(about, at)
    if quantity == AID:
        return aid.find_alarm(about, at)
    if quantity == CO_RESPONDER:
        return co_responding.find_alarm(about, at)
    if quantity == ESCALATION:
        return elsewhere.page(about, at)[1]
    found: Any = unit_alarms([fleet.get_unit(about)], at, offload=elsewhere.offload).get(about)
    return found if found is not None and found.quantity == quantity else None

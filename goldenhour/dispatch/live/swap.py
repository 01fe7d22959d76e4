"""One unit in another's place, and everybody off a call: one gesture each."""

from goldenhour.calls.live.by import By, writing_of
from goldenhour.dispatch.events import UnitAssigned, UnitCleared
from goldenhour.dispatch.incident_events import UnitSwapped
from goldenhour.dispatch.live import desk, queries
from goldenhour.dispatch.live.models import Assignment
from goldenhour.dispatch.live.services import refuse_bound, refuse_closed, running_on, since_words, unit_in_service
from goldenhour.errors import Refused
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live import services as fleet_services
from goldenhour.fleet.live.queries import UnitRow
from goldenhour.fleet.status import Status
from goldenhour.log.live.store import Record

_NOT_YET_THERE = {Status.NOTIFIED, Status.EN_ROUTE}


def unit_swap(*, call_id: str, unit: str, for_unit: str, reason: str, exchange: bool, by: By) -> None:
    """Let another unit take a unit's place on a call. Its slot is kept.

    Args:
        call_id: the call.
        unit: who leaves; it has not come there yet.
        for_unit: who comes instead.
        reason: why.
        exchange: where the other one is on its way to another call, this one goes there in its place.
        by: who says so.

    Raises:
        NotFound: there is no such call or unit.
        Refused: the first is not on the call, or has come there; the other is out of service, or on a call.
    """
    other_call = running.call_id if (running := queries.find_running(for_unit)) else ""
    arrival_s = desk.expected_arrival_s(call_id, for_unit, by.at)  # Slow, so before the log is held.
    back_s = desk.expected_arrival_s(other_call, unit, by.at) if exchange and other_call else desk.NOT_KNOWN_S
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        refuse_closed(call_id)
        leaves, comes = fleet.get_unit(unit), unit_in_service(for_unit)
        place = running_on(leaves, call_id)
        refuse_bound(leaves, since_words(leaves, place))
        busy = queries.find_running(for_unit)
        if busy is not None:
            _refuse_busy(comes, busy, call_id, exchange=exchange and busy.call_id == other_call)
        record(UnitSwapped(call_id=call_id, unit=unit, for_unit=for_unit, slot=place.slot, reason=reason))
        if busy is not None:
            record(UnitSwapped(call_id=busy.call_id, unit=for_unit, for_unit=unit, slot=busy.slot, reason=reason))
        _take(record, comes, place, by, arrival_s=arrival_s, reason=f"in place of {leaves.call_sign}")
        if busy is not None:
            _take(record, leaves, busy, by, arrival_s=back_s, reason=f"in place of {comes.call_sign}")
            fleet_services.end_job(record, fleet.get_unit(for_unit), busy.call_id, by.at)
        fleet_services.end_job(record, fleet.get_unit(unit), call_id, by.at)


def _refuse_busy(unit: UnitRow, busy: Assignment, call_id: str, *, exchange: bool) -> None:
    since = since_words(unit, busy)
    if busy.call_id == call_id:
        raise Refused(code="unit_busy", what=since, do="Both are on this call already: nothing is to be swapped.")
    if not exchange:
        raise Refused(code="unit_busy", what=since, do="Pick another unit, or let the two exchange their calls.")
    refuse_bound(unit, since)


def _take(record: Record, unit: UnitRow, place: Assignment, by: By, *, arrival_s: float, reason: str) -> None:
    """Record that a unit takes another's place on a call."""
    fact = UnitAssigned(
        call_id=place.call_id,
        unit=unit.id,
        slot=place.slot,
        expected_arrival_s=arrival_s,
        reason=reason,
        override=True,
    )
    record(fact)
    fleet_services.notify(record, fleet.get_unit(unit.id), place.call_id, by.at)


def units_cancel(*, call_id: str, reason: str, by: By) -> dict[str, list[str]]:
    """Take every unit off a call that has not come there yet; return who was cancelled, and who is there and stays.

    Raises:
        NotFound: there is no such call.
        Refused: it is closed, or nobody is on the way.
    """
    with writing_of(call_id, by) as record:
        on_it = [one.unit for one in queries.list_of_calls([call_id]) if one.cleared_at is None]
        known = fleet.list_by_id(on_it)
        if record.earlier:
            return {"cancelled": [], "stay": [one.id for one in known]}
        refuse_closed(call_id)
        coming = [one for one in known if one.status in _NOT_YET_THERE]
        stay = [one.id for one in known if one not in coming]
        if not coming:
            there = f" There already: {', '.join(one.call_sign for one in known)}." if known else ""
            raise Refused(
                code="nobody_coming",
                what=f"Nobody is on the way to call {call_id}.{there}",
                do="Clear who is there one by one." if known else "Nothing was changed.",
            )
        for one in coming:
            record(UnitCleared(call_id=call_id, unit=one.id, reason=reason))
            fleet_services.end_job(record, one, call_id, by.at)
        return {"cancelled": [one.id for one in coming], "stay": stay}

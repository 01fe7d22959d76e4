"""A second incident made out of a call: its number, its clock, and the units that go over to it; and back again."""

from collections.abc import Sequence
from dataclasses import replace

from goldenhour.calls.intake import Intake, take_call
from goldenhour.calls.live import linking
from goldenhour.calls.live import queries as calls
from goldenhour.calls.live import services as call_services
from goldenhour.calls.live.by import By, writing_of
from goldenhour.calls.live.queries import CallRow
from goldenhour.calls.live.services import TRIES
from goldenhour.dispatch.events import UnitAssigned
from goldenhour.dispatch.incident_events import UnitMovedOver
from goldenhour.dispatch.live import desk, queries
from goldenhour.dispatch.live.models import Assignment
from goldenhour.dispatch.live.services import refuse_closed, running_on, since_words
from goldenhour.errors import Refused
from goldenhour.fleet.live import crewing
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live import services as fleet_services
from goldenhour.fleet.live.queries import UnitRow
from goldenhour.fleet.status import Stamp, Status
from goldenhour.log.live.store import Record
from goldenhour.roads.live import region

UNDONE = "split_undone"  # How the second incident ended.
_KEEPS = {Status.EN_ROUTE: Stamp.EN_ROUTE, Status.AT_SCENE: Stamp.ON_SCENE}  # The step that goes over with a unit.
_CAN_GO_OVER = {Status.NOTIFIED, *_KEEPS}


def second(
    first: CallRow,
    *,
    lon: float | None,
    lat: float | None,
    address: str,
    nature: str,
    priority: int | None,
    patients: int,
    by: By,
) -> Intake:
    """Return a second incident as it is said; what is left out is as in the first.

    Raises:
        BadInput: there is no such nature or priority, or the place is outside the region.
    """
    elsewhere = lon is not None and lat is not None
    return take_call(
        received_at=by.at,
        lon=lon if lon is not None and elsewhere else first.lon,
        lat=lat if lat is not None and elsewhere else first.lat,
        nature=nature or first.nature,
        priority=priority or first.priority,
        patients=patients,
        address=address or ("" if elsewhere else first.address),
        callback=first.callback,
        bounds=region.bounds() if region.is_known() else None,
    )


def call_split(*, call_id: str, intake: Intake, units: Sequence[str], reason: str, by: By) -> str:
    """Make a second incident out of a call, with the units that go over to it; return its number.

    The same id again is the same call. A unit goes over as it is: on its way, or at the scene.

    Raises:
        NotFound: there is no such call or unit.
        Refused: the call is closed; a unit is not on it, or has a patient of it aboard.
    """
    expected = {}  # Slow, so before the log is held.
    if by.id is None or calls.find_call_by_event(by.id) is None:
        expected = desk.expected_elsewhere_s(call_id, units, lon=intake.lon, lat=intake.lat, at=by.at)
    for _ in range(TRIES):
        earlier = calls.find_call_by_event(by.id) if by.id else None
        if earlier is not None:
            return earlier.id
        number = call_services.next_free(by.at)
        with writing_of(number, by) as record:
            if calls.is_taken(number):
                continue  # Of two calls at the same instant one takes the number first; the other takes the next.
            refuse_closed(call_id)
            record(call_services.received(number, intake))
            linking.split_off(record, calls.get_call(call_id), number, reason)
            for unit in dict.fromkeys(units):
                arrival_s = expected.get(unit, desk.NOT_KNOWN_S)
                _go_over(record, fleet.get_unit(unit), by, from_call=call_id, to_call=number, arrival_s=arrival_s)
            return number
    raise call_services.contested()


def split_undo(*, call_id: str, reason: str, by: By) -> str:
    """Put a second incident back into the one it was made out of, with all its units; return that one's number.

    Raises:
        NotFound: there is no such call.
        Refused: it was not made out of another; one of the two is closed; a unit has a patient aboard.
    """
    here = calls.get_call(call_id)
    first = calls.find_call(here.split_from) if here.split_from else None
    if first is None:
        what = f"Call {call_id} was not made out of another."
        raise Refused(code="not_split", what=what, do="Nothing is to be undone.")
    on_it = [one.unit for one in queries.list_of_calls([call_id]) if one.cleared_at is None]
    expected = desk.expected_elsewhere_s(call_id, on_it, lon=first.lon, lat=first.lat, at=by.at)
    with writing_of(call_id, by) as record:
        if record.earlier:
            return first.id
        refuse_closed(call_id)
        refuse_closed(first.id)
        for one in queries.list_of_calls([call_id]):
            if one.cleared_at is None:
                back_s = expected.get(one.unit, desk.NOT_KNOWN_S)
                unit = fleet.get_unit(one.unit)
                _go_over(record, unit, by, from_call=call_id, to_call=first.id, arrival_s=back_s)
        linking.split_undo(record, here, reason)
        call_services.close(record, call_id, UNDONE)
        crewing.roles_end(record, call_id)
    return first.id


def _go_over(record: Record, unit: UnitRow, by: By, *, from_call: str, to_call: str, arrival_s: float) -> None:
    """Record that a unit goes on with another incident, as it is."""
    place: Assignment = running_on(unit, from_call)
    status = Status(unit.status)
    if status not in _CAN_GO_OVER:
        raise Refused(
            code="unit_cannot_leave",
            what=f"{since_words(unit, place)} It is {status.words}.",
            do="Leave it there: it has a patient of that call.",
        )
    why = f"went over from {from_call}"
    record(UnitMovedOver(unit=unit.id, from_call_id=from_call, to_call_id=to_call, reason=why))
    there = Stamp.ON_SCENE if status == Status.AT_SCENE else None
    fact = UnitAssigned(
        call_id=to_call,
        unit=unit.id,
        slot=place.slot,
        expected_arrival_s=0.0 if there else arrival_s,
        reason=why,
        override=False,
    )
    record(fact)
    fleet_services.notify(record, unit, to_call, by.at)
    if status in _KEEPS:
        now = fleet_services.stamped(fleet.get_unit(unit.id), _KEEPS[status], call_id=to_call, at=by.at, now=by.at)
        record(replace(now, flags=(*now.flags, "went_over")))
    fleet_services.end_job(record, fleet.get_unit(unit.id), from_call, by.at)

from goldenhour.errors import Refused
from goldenhour.log.live.store import writing
from tests.log.desk.events import CallTaken, UnitCleared, UnitSent
from tests.log.desk.models import Assignment


def call_take(call_id, *, at, priority=1, callback="555-0100", actor="Alice", agency="north", id=None):
    with writing(f"call/{call_id}", at=at, actor=actor, agency=agency, id=id) as record:
        return record(CallTaken(call_id=call_id, priority=priority, callback=callback))


def unit_send(call_id, unit, *, at, actor="Alice", agency="north", id=None):
    with writing(f"call/{call_id}", at=at, actor=actor, agency=agency, id=id) as record:
        if record.earlier:
            return record.earlier[0]
        busy = Assignment.objects.filter(unit=unit, cleared_at=None).first()
        if busy:
            raise Refused(
                code="unit_busy",
                what=f"{unit} has been on call {busy.call_id} since {busy.sent_at:%H:%M:%S}.",
                do="Pick another unit, or clear it from that call first.",
            )
        return record(UnitSent(call_id=call_id, unit=unit, expected_arrival_s=240.0, passed_over=("M7",)))


def unit_clear(call_id, unit, *, at, actor="Alice", agency="north"):
    with writing(f"call/{call_id}", at=at, actor=actor, agency=agency) as record:
        return record(UnitCleared(call_id=call_id, unit=unit))

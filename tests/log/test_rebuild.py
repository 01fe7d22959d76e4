"""Everything that the rooms show can be made again from the log: beside the live tables, and in their place."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenhour.errors import Refused
from goldenhour.log.live import feed, keys
from goldenhour.log.live.rebuild import projected_models, rebuild
from goldenhour.log.live.store import writing
from goldenhour.log.live.verify import verify
from tests.log.desk.events import UnitSentOld
from tests.log.desk.models import Assignment, Call, Position
from tests.log.desk.services import call_take, unit_clear, unit_send

AT = datetime(2026, 3, 1, 14, 2, 31, tzinfo=UTC)
CALLS = [f"26-000{number}" for number in range(4)]
UNITS = ["M12", "M13", "E4"]

pytestmark = pytest.mark.usefixtures("database")


def picture():
    assignments = Assignment.objects.order_by("unit", "sent_at", "call_id")
    return (
        list(Call.objects.order_by("call_id").values_list()),
        list(assignments.values_list("call_id", "unit", "sent_at", "cleared_at")),
    )


def a_day_at_the_desk():
    for number, call_id in enumerate(CALLS):
        call_take(call_id, at=AT + timedelta(minutes=number), callback=f"555-010{number}")
    unit_send(CALLS[0], "M12", at=AT)
    unit_clear(CALLS[0], "M12", at=AT + timedelta(minutes=30))
    unit_send(CALLS[1], "M12", at=AT + timedelta(minutes=31))


def test_the_live_tables_are_what_the_log_says():
    a_day_at_the_desk()
    before = picture()

    done = rebuild()

    assert (done.events, done.differences, done.swap_s) == (7, [], None)
    assert {"desk_call", "desk_assignment"} <= {kind._meta.db_table for kind in projected_models()}
    assert picture() == before  # The live tables were only looked at.
    call_take("26-0009", at=AT)  # And the desk goes on.


def test_nothing_of_a_rebuild_is_left_behind(database):
    a_day_at_the_desk()
    mine = connections["default"]
    rebuild(swap=True)

    assert connections["default"] is mine
    assert list(database.data.glob("*.rebuild*")) == []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname = 'log_rebuild'")
        else:
            cursor.execute("SELECT name FROM pragma_database_list WHERE name NOT IN ('main', 'temp')")
        assert cursor.fetchall() == []


def test_a_table_that_somebody_wrote_to_is_found_and_swapped():
    a_day_at_the_desk()
    Position.objects.create(unit="M12", lon=-83.1)
    right = picture()
    Call.objects.filter(call_id=CALLS[2]).update(priority=4)
    Assignment.objects.filter(unit="M12", cleared_at=None).delete()

    found = {one.table: one for one in rebuild().differences}
    assert found.keys() == {"desk_call", "desk_assignment"}
    assert found["desk_call"].columns == "priority"
    assert found["desk_call"].only_live[0]["priority"] == 4
    assert found["desk_assignment"].columns == "rows stand only in the rebuilt table"
    assert picture() != right

    swapped = rebuild(swap=True)
    assert swapped.swap_s is not None
    assert picture() == right
    assert Position.objects.get().lon == -83.1  # It is not made from the log: not touched.
    assert rebuild().differences == []
    assert verify().faults == []


def test_the_desk_works_on_after_a_swap():
    a_day_at_the_desk()
    rebuild(swap=True)

    with pytest.raises(Refused, match="M12 has been on call 26-0001"):
        unit_send(CALLS[2], "M12", at=AT)
    unit_send(CALLS[2], "M13", at=AT)
    assert Assignment.objects.count() == 3
    assert rebuild().differences == []


def test_what_was_erased_stays_erased_in_a_rebuild():
    a_day_at_the_desk()
    keys.destroy("call_id/26-0001", reason="court order 7", at=AT, actor="Dana")

    assert rebuild(swap=True).differences == []
    assert Call.objects.get(call_id="26-0001").callback == ""
    assert Call.objects.get(call_id="26-0002").callback == "555-0102"


def test_rows_that_stand_twice_are_counted():
    a_day_at_the_desk()
    row = Assignment.objects.exclude(cleared_at=None).get()
    row.pk = None
    row.save(force_insert=True)

    (found,) = rebuild().differences
    assert found.table == "desk_assignment"
    assert [one["times"] for one in found.only_live + found.only_rebuilt] == [2, 1]


def test_the_house_goes_on_while_a_rebuild_runs(monkeypatch):
    """Commands land between reading and comparing, and between comparing and swapping; none is lost or shown twice."""
    a_day_at_the_desk()
    numbers = iter(range(100, 200))
    read = feed.read_from

    def read_while_others_write(position, limit):
        before, connections["default"] = connections["default"], live
        try:
            call_take(f"26-0{next(numbers)}", at=AT)
        finally:
            connections["default"] = before
        return read(position, limit)

    live = connections["default"]
    monkeypatch.setattr("goldenhour.log.live.rebuild.feed.read_from", read_while_others_write)
    done = rebuild()
    monkeypatch.undo()

    assert done.differences == []
    assert done.events >= 7
    assert Call.objects.count() > len(CALLS)


def send_as_in_old_times(call_id, unit, *, at):
    with writing(f"call/{call_id}", at=at, actor="Alice") as record:
        record(UnitSentOld(call_id=call_id, unit=unit, minutes=3.5))


def forget(call_id, *, at):
    keys.destroy(f"call_id/{call_id}", reason="court order 7", at=at, actor="Dana")


on_a_call = st.tuples(st.sampled_from([call_take, forget]), st.sampled_from(CALLS))
on_a_unit = st.tuples(
    st.sampled_from([unit_send, unit_clear, send_as_in_old_times]), st.sampled_from(CALLS), st.sampled_from(UNITS)
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(day=st.lists(st.one_of(on_a_call, on_a_unit), max_size=15))
def test_whatever_was_commanded_a_rebuild_shows_the_same(day):
    for number, (command, *told) in enumerate(day):
        with suppress(Refused, IntegrityError):  # By the service, or by the table: then nothing is recorded.
            command(*told, at=AT + timedelta(seconds=number))
    before = picture()

    assert rebuild(swap=True).differences == []
    assert picture() == before
    assert verify().faults == []

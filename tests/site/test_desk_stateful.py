"""Dispatchers and crews pressing anything in any order: no unit on two calls, and the log says it all."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenhour.dispatch.live import queries
from goldenhour.fleet.status import Stamp
from goldenhour.log.live.rebuild import rebuild
from tests.site.conftest import Desk, new_id

UNITS = st.sampled_from(["E1", "M11", "M12", "M13", "V1"])
CALLS = st.integers(0, 2)
STEPS = st.one_of(
    st.tuples(st.just("assign"), CALLS, UNITS, st.booleans()),
    st.tuples(st.just("stamp"), CALLS, UNITS, st.sampled_from(list(Stamp))),
    st.tuples(st.just("clear"), CALLS, UNITS),
    st.tuples(st.just("destination"), CALLS, UNITS),
    st.tuples(st.just("close"), CALLS),
    st.tuples(st.just("duty"), UNITS, st.booleans()),
    st.tuples(st.just("wait"), st.integers(1, 900)),
)


def do(desk, calls, step):  # noqa: PLR0911 -- One step, one line.
    """Do one step; return the status of the answer."""
    match step:
        case "assign", call, unit, deliberate:
            running = queries.find_running(f"town/{unit}")
            divert = running.call_id if running and deliberate else ""
            return desk.assign(calls[call], unit, divert_from=divert)[0]
        case "stamp", call, unit, stamp:
            return desk.stamp(unit, stamp, **({"call_id": calls[call]} if call else {}))[0]
        case "clear", call, unit:
            return desk.post(f"/api/units/town/{unit}/clear", id=new_id(), call_id=calls[call])[0]
        case "destination", call, unit:
            return desk.post(f"/api/units/town/{unit}/destination", call_id=calls[call])[0]
        case "close", call:
            return desk.post(f"/api/calls/{calls[call]}/close", outcome="no_patient")[0]
        case "duty", unit, on:
            return desk.post(f"/api/units/town/{unit}/duty", id=new_id(), on=on)[0]
        case "wait", seconds:
            desk.wait(seconds=seconds)
            return 204


@pytest.mark.usefixtures("desk")
@given(steps=st.lists(STEPS, min_size=4, max_size=25))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_pressed_no_unit_is_on_two_calls_and_a_rebuild_shows_the_same(clock, steps):
    desk = Desk(clock)
    calls = [desk.take_call() for _ in range(3)]

    answers = [do(desk, calls, step) for step in steps]

    assert set(answers) <= {200, 204, 404, 409}, Counter(answers)  # Refused is fine; a fault is a find.
    board = desk.get("/api/board")
    running = Counter(one.unit for one in queries.list_running())
    assert not [unit for unit, times in running.items() if times > 1]
    assert {one["id"]: one["call_id"] for one in board["units"] if one["call_id"]} == {
        one.unit: one.call_id for one in queries.list_running()
    }
    assert rebuild().differences == []
    for unit in ("E1", "M11", "M12", "M13", "V1"):  # The next example begins with a free fleet.
        running = queries.find_running(f"town/{unit}")
        if running:
            desk.post(f"/api/units/town/{unit}/clear", id=new_id(), call_id=running.call_id)

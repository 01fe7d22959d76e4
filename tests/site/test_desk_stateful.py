"""Call takers, dispatchers, crews and hospitals pressing anything in any order: what must hold, holds afterwards."""

from collections import Counter
from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from goldenhour.access.wire import iso
from goldenhour.dispatch.live import queries
from goldenhour.fleet.status import Stamp
from goldenhour.log.live.feed import head, read_from
from goldenhour.log.live.rebuild import rebuild
from tests.site import stateful_incident
from tests.site.conftest import Desk, new_id

NAMES = ("E1", "M11", "M12", "M13", "V1")
UNITS = st.sampled_from(NAMES)
PEOPLE = ("p-1", "p-2", "p-3")
CALLS = st.integers(0, 2)
STAMPS = st.sampled_from(list(Stamp))
STEPS = st.one_of(
    st.tuples(st.just("assign"), CALLS, UNITS, st.booleans()),
    st.tuples(st.just("advise"), CALLS),
    st.tuples(st.just("stamp"), CALLS, UNITS, STAMPS, st.sampled_from([0, 0, 0, 90, 600])),
    st.tuples(st.just("strike"), UNITS, st.integers(0, 9)),
    st.tuples(st.just("clear"), CALLS, UNITS),
    st.tuples(st.just("destination"), CALLS, UNITS),
    st.tuples(st.just("close"), CALLS),
    st.tuples(st.just("urgency"), CALLS, st.integers(1, 4)),
    st.tuples(st.just("duty"), UNITS, st.booleans()),
    st.tuples(st.just("aboard"), UNITS, st.sampled_from(PEOPLE), st.booleans()),
    st.tuples(st.just("divert"), st.booleans()),
    st.tuples(st.just("draft"), st.booleans()),
    st.tuples(st.just("twice"), CALLS, UNITS),
    st.tuples(st.just("wait"), st.integers(1, 900)),
    stateful_incident.STEPS,
)
# What has to have happened before what, whoever presses; where the times say otherwise, it is said.
ORDER = ("unit_notified", "en_route", "on_scene", "left_scene", "at_destination", "back_in_service")
AS_IT_WAS = (Phase.reuse, Phase.generate)  # Each run goes on where the last one ended: a shorter one says little.
REFUSED = {400, 404, 409, 422}


def do(desk, calls, step):  # noqa: C901, PLR0911, PLR0912 -- One step, one line.
    """Do one step; return the status of the answer."""
    match step:
        case "assign", call, unit, deliberate:
            running = queries.find_running(f"town/{unit}")
            divert = running.call_id if running and deliberate else ""
            return desk.assign(calls[call], unit, divert_from=divert)[0]
        case "advise", call:
            return desk.client.get(f"/api/calls/{calls[call]}/recommendation").status_code
        case "stamp", call, unit, stamp, ago_s:
            at = {"at": iso(desk.clock.at() - timedelta(seconds=ago_s))} if ago_s else {}
            return desk.stamp(unit, stamp, **({"call_id": calls[call]} if call else {}), **at)[0]
        case "strike", unit, which:
            times = desk.client.get(f"/api/units/town/{unit}/times").json()
            entries = [one for run in times.get("runs", ()) for one in run["entries"]]
            struck = entries[which % len(entries)]["id"] if entries else new_id()
            return desk.post(f"/api/units/town/{unit}/strike", id=new_id(), struck_id=struck, reason="wrong")[0]
        case "clear", call, unit:
            return desk.post(f"/api/units/town/{unit}/clear", id=new_id(), call_id=calls[call])[0]
        case "destination", call, unit:
            return desk.post(f"/api/units/town/{unit}/destination", call_id=calls[call])[0]
        case "close", call:
            return desk.post(f"/api/calls/{calls[call]}/close", outcome="no_patient")[0]
        case "urgency", call, priority:
            return desk.post(f"/api/calls/{calls[call]}/priority", id=new_id(), priority=priority)[0]
        case "duty", unit, on:
            return desk.post(f"/api/units/town/{unit}/duty", id=new_id(), on=on)[0]
        case "aboard", unit, person, on:
            gesture = "on" if on else "off"
            return desk.post(f"/api/workforce/crews/town/{unit}/{gesture}", id=new_id(), person=person)[0]
        case "divert", True:
            hospital = desk.get("/api/board")["hospitals"][0]["id"]
            return desk.post(f"/api/hospitals/{hospital}/diversion", id=new_id(), reason="full")[0]
        case "divert", False:
            hospital = desk.get("/api/board")["hospitals"][0]["id"]
            return desk.client.delete(f"/api/hospitals/{hospital}/diversion").status_code
        case "draft", kept:
            status, said = desk.post("/api/drafts", id=new_id())
            if not kept:
                desk.post(f"/api/drafts/{said['call_id']}/discard", id=new_id(), reason="silent")
            return status
        case "twice", call, unit:  # The line broke, and the same press comes again.
            body = {"id": new_id(), "unit": f"town/{unit}", "slot": "ambulance"}
            first = desk.post(f"/api/calls/{calls[call]}/assignments", **body)[0]
            before = head().position
            again = desk.post(f"/api/calls/{calls[call]}/assignments", **body)[0]
            assert again == first or first in REFUSED
            assert first in REFUSED or head().position == before
            return again
        case "wait", seconds:
            desk.wait(seconds=seconds)
            return 204
    return stateful_incident.do_incident(desk, calls, step)


def insist(desk, calls, since):
    """Hold the board, the tables and the log against what must hold."""
    board = desk.get("/api/board")
    running = Counter(one.unit for one in queries.list_running())
    assert not [unit for unit, times in running.items() if times > 1]
    shown = {one["id"]: one["call_id"] for one in board["units"] if one["call_id"]}
    assert shown == {one.unit: one.call_id for one in queries.list_running()}
    for draft in desk.get("/api/drafts"):
        assert draft["owner"], draft["call_id"]
    on_board = {one["id"] for one in board["calls"]}
    closed = {one for one in {*calls, *shown.values()} if desk.get(f"/api/calls/{one}")["closed_at"]}
    assert set(calls) - closed <= on_board  # Nobody loses sight of one.
    assert closed.isdisjoint(shown.values())
    for unit in NAMES:
        for run in _times(desk, unit):
            _insist_on_order(run)
    facts = read_from(since, 100_000)
    assert [where.position for where, _ in facts] == list(range(since + 1, since + 1 + len(facts)))


def _times(desk, unit):
    answer = desk.client.get(f"/api/units/town/{unit}/times")
    return answer.json()["runs"] if answer.status_code == 200 else []


def _insist_on_order(run):
    stamps = run["stamps"]
    odd = [
        (first, then)
        for first, then in combinations([one for one in ORDER if one in stamps], 2)
        if stamps[first] > stamps[then]
    ]
    said = run["warnings"] or [one for one in run["entries"] if one["flags"]]
    assert not odd or said, odd


def free(desk):
    """Let the next run begin with a free fleet and an open hospital."""
    do(desk, [], ("divert", False))
    for unit in NAMES:
        running = queries.find_running(f"town/{unit}")
        if running:
            desk.post(f"/api/units/town/{unit}/clear", id=new_id(), call_id=running.call_id)
    for draft in desk.get("/api/drafts"):
        desk.post(f"/api/drafts/{draft['call_id']}/discard", id=new_id(), reason="over")


@pytest.mark.parametrize(
    ("runs", "fewest", "most", "rebuilt"),
    [
        pytest.param(50, 4, 12, 25, id="50 runs"),
        pytest.param(2000, 50, 50, 100, id="2000 runs of 50 steps", marks=pytest.mark.soak),
    ],
)
def test_whatever_is_pressed_the_board_the_tables_and_the_log_agree(desk, clock, runs, fewest, most, rebuilt):
    for person in PEOPLE:
        affiliation = {"agency": "town", "start": "2020-01-01"}
        status, said = desk.post("/api/workforce/people", id=new_id(), person=person, affiliation=affiliation)
        assert status == 201, said
    numbers = iter(range(1, 10 * runs))

    @given(steps=st.lists(STEPS, min_size=fewest, max_size=most))
    @settings(max_examples=runs, deadline=None, suppress_health_check=list(HealthCheck), phases=AS_IT_WAS)
    def run(steps):
        desk = Desk(clock)
        since = head().position
        calls = [desk.take_call() for _ in range(3)]
        answers = [do(desk, calls, step) for step in steps]

        assert set(answers) <= {200, 201, 204, *REFUSED}, Counter(answers)  # Refused is fine; a fault is a find.
        insist(desk, calls, since)
        if next(numbers) % rebuilt == 0:
            assert rebuild().differences == []
        free(desk)

    run()
    assert rebuild().differences == []

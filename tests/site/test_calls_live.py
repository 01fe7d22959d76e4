"""Taking a call through its front door: drafts that are never lost or merged, triage while units roll, the rest beside."""

from datetime import timedelta

import pytest

from goldenhour.access.wire import iso
from goldenhour.log.live.rebuild import rebuild
from tests.roads.places import corner
from tests.site.conftest import new_id


@pytest.fixture
def training(settings, desk):
    """A desk where cards that nobody approved may be asked, as in a demo."""
    settings.GOLDENHOUR_DEMO = True
    return desk


def place():
    lon, lat = corner(2, 2)
    return {"lon": lon, "lat": lat}


def begin(desk, **fields):
    status, said = desk.post("/api/drafts", id=new_id(), fields=fields)
    assert status == 201, said
    return said["call_id"]


def typed(desk, call, seen, **fields):
    return desk.post(f"/api/drafts/{call}/changes", id=new_id(), seen=seen, fields=fields)


def answer(desk, call, *pairs):
    for pair in pairs:
        question, _, said = pair.partition("=")
        status, told = desk.post(f"/api/calls/{call}/triage/answers", id=new_id(), question=question, answer=said)
        assert status == 200, told
    return told


def test_a_call_is_saved_as_typed_and_becomes_the_call_of_its_number_with_the_first_ring(desk):
    rang = desk.clock.at()
    call = begin(desk, place="12 ma")
    assert call == "26-0001"
    desk.wait(seconds=4)
    assert typed(desk, call, 0, place="12 main st", callback="555-0100", nature="ches", age_years="7o", **place()) == (
        200,
        {"version": 1},
    )
    desk.wait(seconds=30)
    assert typed(desk, call, 1, nature="chest_pain", language="es", caller="Ann Example") == (200, {"version": 2})

    status, said = desk.post("/api/calls", id=new_id(), draft=call, seen=2)

    assert (status, said) == (201, {"call_id": call})
    sent = desk.get(f"/api/calls/{call}")
    assert (sent["received_at"], sent["sent_at"]) == (iso(rang), iso(rang + timedelta(seconds=34)))
    assert (sent["nature"], sent["details"]["language"]) == ("chest_pain", "es")
    assert sent["details"]["callback"] == "555-0100"
    assert "age_years" not in sent["details"]  # What was typed was none ...
    assert sent["details"]["note"] == "age years as typed: 7o"  # ... and is not lost.
    assert desk.get("/api/drafts") == []
    assert desk.call(call)["received_at"] == iso(rang)
    assert desk.take_call() == "26-0002"
    assert rebuild().differences == []


def test_nothing_that_identifies_the_caller_stands_in_the_log_or_its_tail(desk, database):
    call = begin(desk, caller="Ann Example", place="12 Hidden Lane", note="my husband Bob fell")
    typed(desk, call, 0, patient="Bob Example", **place())
    desk.post("/api/calls", id=new_id(), draft=call)

    told = str(desk.get("/api/log?limit=500"))

    for secret in ("Ann Example", "Hidden Lane", "husband", "Bob"):
        assert secret not in told
    assert desk.get(f"/api/calls/{call}")["details"]["patient"] == "Bob Example"


def test_arrest_is_recognised_after_two_answers_before_there_is_a_call_and_the_call_follows(training):
    desk = training
    call = begin(desk, nature="sick_person", **place())
    desk.wait(seconds=20)
    told = desk.get(f"/api/calls/{call}/triage")
    assert (told["question"]["key"], told["determinant"], told["training"]) == ("entry.conscious", None, True)
    assert [one["press"] for one in told["question"]["answers"]] == ["1", "2", "3"]

    told = answer(desk, call, "entry.conscious=no", "entry.breathing=unsure")

    assert told["determinant"]["id"] == "arrest/arrest"
    assert (told["script"]["id"], told["script"]["step"]) == ("cpr_adult", "safe")
    assert told["recognised_at"] == iso(desk.clock.at())
    assert desk.post("/api/calls", id=new_id(), draft=call)[0] == 201
    assert (desk.call(call)["nature"], desk.call(call)["priority"]) == ("cardiac_arrest", 1)
    desk.wait(seconds=40)
    assert desk.post(f"/api/calls/{call}/triage/first-compression", id=new_id()) == (204, None)
    assert desk.get(f"/api/calls/{call}/triage")["first_compression_at"] == iso(desk.clock.at())
    assert desk.names().count("calls.arrest_recognised") == 1
    assert rebuild().differences == []

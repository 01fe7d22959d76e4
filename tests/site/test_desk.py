"""The desk through its front door: taking, assigning, pressing, refusing in words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from goldenhour.access.wire import iso
from goldenhour.log.live.rebuild import rebuild
from tests.site.conftest import START, Desk, new_id


def test_a_call_walks_from_the_first_ring_to_its_end(desk):
    call = desk.take_call(priority=1)
    advice = desk.get(f"/api/calls/{call}/recommendation")
    sent = {one["slot"]: one["unit"] for one in advice["chosen"]}
    assert desk.call(call)["state"] == "waiting"
    for slot, unit in sent.items():
        assert desk.assign(call, unit.removeprefix("town/"), slot=slot) == (204, None)
    ambulance = next(unit for unit in sent.values() if unit.startswith("town/M")).removeprefix("town/")
    assert (desk.call(call)["state"], desk.unit(ambulance)["mark"]) == ("assigned", "NT")

    desk.wait(seconds=60)
    desk.stamp(ambulance, "en_route")
    moving = desk.unit(ambulance)
    assert moving["route"]["to"] == call
    assert moving["route"]["points"][-1][:2] == pytest.approx(
        [desk.call(call)["lon"], desk.call(call)["lat"]], abs=1e-4
    )
    desk.wait(minutes=4)
    desk.stamp(ambulance, "on_scene")
    assert (desk.call(call)["state"], desk.unit(ambulance)["route"]) == ("on_scene", None)
    assert desk.call(call)["first_on_scene_at"] == iso(desk.clock.at())
    desk.wait(minutes=10)
    status, door = desk.post(f"/api/units/town/{ambulance}/destination", call_id=call)
    assert (status, door["facility"]) == (200, "H01")
    assert door["reason"].startswith("The only one")
    desk.stamp(ambulance, "left_scene")
    assert (desk.unit(ambulance)["destination"], desk.get("/api/board")["hospitals"][0]["inbound"]) == ("H01", 1)
    desk.wait(minutes=5)
    desk.stamp(ambulance, "at_destination")
    hospital = desk.get("/api/board")["hospitals"][0]
    assert (hospital["inbound"], hospital["at_door"]) == (0, 1)
    desk.wait(minutes=20)
    for unit in sent.values():
        desk.stamp(unit.removeprefix("town/"), "back_in_service")
    assert (desk.unit(ambulance)["mark"], desk.unit(ambulance)["call_id"]) == ("RT", None)
    assert desk.unit(ambulance)["route"]["to"] == "1"
    assert desk.post(f"/api/calls/{call}/close", outcome="transported") == (204, None)
    desk.stamp(ambulance, "at_home")

    assert (desk.call(call)["state"], desk.unit(ambulance)["mark"]) == ("closed", "AV")
    day = desk.get("/api/measures/day")
    assert (day["date"], day["response"]["n"], day["response"]["median_s"]) == ("2026-03-01", 1, 300.0)
    assert rebuild().differences == []


def test_a_unit_on_a_call_is_refused_in_words_and_nothing_is_half_done(desk):
    first, second = desk.take_call(), desk.take_call()
    desk.assign(first, "M12")
    before = desk.names()

    status, said = desk.assign(second, "M12")

    assert status == 409
    assert said["what"] == f"M12 has been on call {first} since 14:02:31, sent by desk."
    assert said["do"] == "Pick another unit, or clear it from that call first."
    assert desk.names() == before
    assert desk.unit("M12")["call_id"] == first


def test_of_four_desks_that_send_one_unit_at_once_one_wins_and_the_others_read_why(desk):
    calls = [desk.take_call() for _ in range(4)]
    together = Barrier(4)

    def press(call):
        together.wait()
        try:
            return call, *Desk(desk.clock).assign(call, "M12")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as desks:
        answers = list(desks.map(press, calls))

    (winner,) = [call for call, status, _ in answers if status == 204]
    losers = [said for _, status, said in answers if status == 409]
    assert {said["what"] for said in losers} == {f"M12 has been on call {winner} since 14:02:31, sent by desk."}
    assert len(losers) == 3
    assert desk.names().count("dispatch.unit_assigned") == 1
    assert desk.unit("M12")["call_id"] == winner


def test_a_gesture_sent_twice_is_done_once(desk):
    again = {"id": new_id()}
    call = desk.take_call(**again)
    assert desk.take_call(**again) == call
    sent = {"id": new_id()}
    assert desk.assign(call, "M12", **sent) == desk.assign(call, "M12", **sent) == (204, None)
    pressed = {"id": new_id()}
    assert desk.stamp("M12", "en_route", **pressed) == desk.stamp("M12", "en_route", **pressed) == (204, None)

    names = desk.names()
    assert [names.count(one) for one in ("calls.call_received", "dispatch.unit_assigned")] == [1, 1]
    assert names.count("fleet.time_stamped") == 2  # Notified, en route.


def test_a_unit_under_way_is_taken_off_only_deliberately(desk):
    first, second = desk.take_call(priority=3), desk.take_call(priority=1)
    desk.assign(first, "M12")
    desk.wait(seconds=60)
    desk.stamp("M12", "en_route")
    desk.wait(seconds=20)
    assert desk.assign(second, "M12", divert_from="26-0099")[0] == 409

    assert desk.assign(second, "M12", divert_from=first) == (204, None)

    assert (desk.unit("M12")["call_id"], desk.unit("M12")["mark"]) == (second, "NT")
    assert desk.call(first)["state"] == "waiting"
    assert "cancelled" in desk.call(first)["units"][0]["stamps"]
    assert desk.unit("M12")["route"]["to"] == first  # It drives on until its crew turns.
    desk.stamp("M12", "en_route")
    assert desk.unit("M12")["route"]["to"] == second
    desk.wait(minutes=5)
    desk.stamp("M12", "on_scene")
    status, said = desk.assign(first, "M12", divert_from=second)
    assert (status, said["code"]) == (409, "unit_cannot_leave")
    assert rebuild().differences == []


def test_a_call_waits_when_nobody_is_free_and_says_so(desk):
    calls = [desk.take_call() for _ in range(4)]
    for call, unit in zip(calls, ("M11", "M12", "M13"), strict=False):
        desk.assign(call, unit)

    advice = desk.get(f"/api/calls/{calls[3]}/recommendation")

    assert not [one for one in advice["chosen"] if one["slot"] == "ambulance"]
    assert [one["slot"] for one in advice["shortfalls"] if one["required"]] == ["ambulance"]
    assert any("is on its way to" in one["why"] for one in advice["passed_over"])
    assert desk.names().count("dispatch.call_queued") == 1
    desk.get(f"/api/calls/{calls[3]}/recommendation")
    assert desk.names().count("dispatch.call_queued") == 1  # It waits already.


def test_a_press_keeps_its_true_time_and_late_news_does_not_turn_the_board_back(desk):
    call = desk.take_call()
    desk.assign(call, "M12")
    desk.wait(minutes=8)
    desk.stamp("M12", "on_scene")

    assert desk.stamp("M12", "en_route", at=iso(START + timedelta(minutes=1))) == (204, None)

    own = desk.call(call)["units"][0]["stamps"]
    assert (own["en_route"], own["on_scene"]) == ("2026-03-01T22:03:31.000Z", "2026-03-01T22:10:31.000Z")
    assert (desk.unit("M12")["mark"], desk.unit("M12")["route"]) == ("AS", None)
    assert "left_scene" not in own


def test_only_the_impossible_press_is_refused(desk):
    call = desk.take_call()

    status, said = desk.stamp("M12", "on_scene")
    assert (status, said["what"]) == (409, "M12 is on no call, so there is no on scene to record.")
    status, said = desk.stamp("M12", "on_scene", call_id=call)
    assert (status, said["what"]) == (409, f"M12 was never sent to call {call}.")
    desk.assign(call, "M12")
    status, said = desk.stamp("M12", "on_scene", at=iso(START + timedelta(hours=1)))
    assert (status, said["code"]) == (409, "time_in_future")
    assert desk.stamp("M12", "at_destination") == (204, None)  # Odd, kept, flagged.


def test_a_unit_sent_to_the_same_call_again_begins_a_run_of_its_own(desk):
    call = desk.take_call()
    desk.assign(call, "M12")
    desk.post("/api/units/town/M12/clear", id=new_id(), call_id=call, reason="wrong unit")
    assert (desk.unit("M12")["call_id"], desk.unit("M12")["mark"]) == (None, "RT")

    assert desk.assign(call, "M12") == (204, None)

    assert desk.unit("M12")["mark"] == "NT"
    (own,) = desk.call(call)["units"]
    assert list(own["stamps"]) == ["unit_notified"]
    assert rebuild().differences == []


def test_who_nobody_staffs_is_not_sent(desk):
    call = desk.take_call()

    status, said = desk.assign(call, "V1")

    assert (status, said["code"]) == (409, "unit_out_of_service")
    assert desk.post("/api/units/town/V1/duty", id=new_id(), on=True) == (204, None)
    assert desk.assign(call, "V1") == (204, None)
    status, said = desk.post("/api/units/town/V1/duty", id=new_id(), on=False)
    assert (status, said["code"]) == (409, "unit_busy")


def test_a_call_with_units_on_it_is_not_closed(desk):
    call = desk.take_call()
    desk.assign(call, "M12")

    status, said = desk.post(f"/api/calls/{call}/close", outcome="no_patient")

    assert (status, said["what"]) == (409, f"Still on call {call}: M12.")
    assert desk.call(call)["state"] == "assigned"


def test_what_is_wrong_is_named_and_what_does_not_exist_is_not_found(desk):
    assert desk.post("/api/calls", id=new_id(), lon=2.0, lat=48.0, nature="fall")[0] == 422
    status, said = desk.post("/api/calls", id=new_id(), lon=0, lat=0, nature="sorcery", patients=1)
    assert (status, said["code"]) == (422, "place_outside")
    status, said = desk.post("/api/calls", id=new_id(), lon="x", lat=0)
    assert (status, said["code"]) == (422, "bad_input")
    assert desk.assign("26-9999", "M12")[0] == 404
    assert desk.stamp("M99", "en_route")[0] == 404
    assert desk.client.get("/api/demo").status_code == 200  # The test's clock is a demo's.
    assert "calls.call_received" not in desk.names()


def test_a_diversion_is_advice(desk):
    assert desk.post("/api/hospitals/H01/diversion", services=[], reason="full")[0] == 204
    call = desk.take_call()
    desk.assign(call, "M12")
    desk.stamp("M12", "on_scene")

    status, door = desk.post("/api/units/town/M12/destination", call_id=call)

    assert (status, door["facility"]) == (200, "H01")
    assert "asks to be passed over (full)" in door["reason"]
    assert desk.get("/api/board")["hospitals"][0]["diverting"]["reason"] == "full"
    assert desk.client.delete("/api/hospitals/H01/diversion").status_code == 204
    assert desk.get("/api/board")["hospitals"][0]["diverting"] is None

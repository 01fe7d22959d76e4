"""One incident from several desks: its timeline, notes, claims, swaps, staging, splits, reopening, another place."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from goldenhour.access.wire import iso
from goldenhour.dispatch.live import queries
from goldenhour.fleet.positions import distance_m
from goldenhour.log.live import feed, keys
from goldenhour.log.live.rebuild import rebuild
from tests.roads.places import corner
from tests.site.conftest import START, Desk, new_id
from tests.site.test_accounts import Somebody, make


@pytest.fixture
def people(desk):
    """Alice takes calls, Bob and Beth dispatch, Sue supervises, Eve rides an ambulance."""
    roles = {"alice": "call_taker", "bob": "dispatcher", "beth": "dispatcher", "sue": "supervisor", "eve": "crew@town"}
    for name, role in roles.items():
        make(desk, name, role)
    found = {}
    for name in roles:
        found[name] = Somebody(desk)
        assert found[name].sign_in(name)[0] == 200
    return found


def post(who, path, **body):
    return who.ask("POST", path, {"id": new_id(), **body})


def do(desk, call, what, **body):
    return desk.post(f"/api/calls/{call}/{what}", **{"id": new_id(), **body})


def lines(desk, call):
    return desk.get(f"/api/calls/{call}/timeline")["entries"]


def rolling(desk, call, unit, **more):
    """A unit on its way, some hundred metres from its station."""
    assert desk.assign(call, unit, **more) == (204, None)
    desk.wait(seconds=60)
    assert desk.stamp(unit, "en_route") == (204, None)
    desk.wait(seconds=10)


# ---------------------------------------------------------------- timeline and notes


def test_the_timeline_holds_all_that_happened_with_who_and_when_and_marks_what_was_told_late(desk):
    call = desk.take_call()
    desk.get(f"/api/calls/{call}/recommendation")
    rolling(desk, call, "M12")
    assert do(desk, call, "notes", text="Dog in the yard")[0] == 201
    assert do(desk, call, "priority", priority=2, reason="awake again")[0] == 204
    desk.wait(minutes=6)
    desk.stamp("M12", "on_scene", at=iso(desk.clock.at() - timedelta(minutes=3)))
    other = desk.take_call()
    desk.assign(other, "M11")

    found = lines(desk, call)

    assert [one["name"].partition(".")[2] for one in found] == [
        "call_received", "units_recommended", "unit_assigned", "time_stamped", "time_stamped", "note_written",
        "priority_changed", "time_stamped",
    ]  # fmt: skip
    assert [one["at"] for one in found] == sorted(one["at"] for one in found)
    assert [one["payload"]["stamp"] for one in found if one["late"]] == ["on_scene"]
    assert {one["actor"] for one in found} == {"desk"}
    assert next(one for one in found if one["name"] == "calls.note_written")["payload"]["text"] == "Dog in the yard"
    assert other not in str(found)
    assert desk.client.get("/api/calls/26-0099/timeline").status_code == 404


def test_the_timeline_holds_who_was_taken_off_for_another_call_and_what_the_hospital_was_told(desk):
    first, second = desk.take_call(priority=3), desk.take_call(priority=1)
    rolling(desk, first, "M12")
    desk.assign(second, "M12", divert_from=first, reason="arrest")
    desk.post("/api/units/town/M12/destination", call_id=second)
    assert do(desk, second, "prealerts", unit="town/M12", kind="stroke")[0] == 201

    off, told = lines(desk, first), [one["name"] for one in lines(desk, second)]

    assert [one["payload"]["to_call_id"] for one in off if one["name"] == "dispatch.unit_diverted"] == [second]
    assert [one["payload"]["stamp"] for one in off if one["name"] == "fleet.time_stamped"][-1] == "cancelled"
    assert {"dispatch.unit_diverted", "hospitals.destination_chosen", "hospitals.prealert_sent"} <= set(told)
    assert not [one for one in off if one["payload"].get("call_id") == second]


def test_what_was_struck_stays_on_the_timeline_with_who_and_why(desk):
    call = desk.take_call()
    desk.assign(call, "M12")
    note = do(desk, call, "notes", text="Wrong house")[1]["note"]
    desk.stamp("M12", "on_scene")
    stamp = next(one for one in lines(desk, call) if one["payload"].get("stamp") == "on_scene")["id"]
    desk.post("/api/units/town/M12/strike", id=new_id(), struck_id=stamp, reason="slip")

    assert do(desk, call, f"notes/{note}/strike", reason="It is the right one") == (204, None)

    struck = {
        one["payload"].get("text") or one["payload"]["stamp"]: one["struck"]
        for one in lines(desk, call)
        if one["struck"]
    }
    assert struck["Wrong house"] == {"at": iso(desk.clock.at()), "by": "desk", "reason": "It is the right one"}
    assert struck["on_scene"]["reason"] == "slip"
    status, said = do(desk, call, f"notes/{note}/strike", reason="again")
    assert (status, said["code"]) == (409, "note_struck")
    assert said["what"].startswith("desk struck it at 14:02:31")
    assert do(desk, call, "notes/none/strike", reason="x")[0] == 404
    assert rebuild().differences == []


def test_a_note_is_written_once_and_its_text_is_in_no_log_line(desk):
    call = desk.take_call()
    again = {"id": new_id(), "text": "Ann Example has the key", "shown_to": "desk"}

    assert do(desk, call, "notes", **again) == do(desk, call, "notes", **again)

    (kept,) = desk.get(f"/api/calls/{call}/notes")
    assert (kept["text"], kept["by"], kept["shown_to"]) == ("Ann Example has the key", "desk", "desk")
    assert "Ann Example" not in str(desk.get("/api/log?limit=500"))
    keys.destroy(f"call_id/{call}", at=desk.clock.at(), actor="officer", reason="asked for")
    assert desk.get(f"/api/calls/{call}/notes")[0]["text"] == ""
    assert rebuild().differences == []
    assert do(desk, call, "notes", text="")[0] == 422


def test_a_note_is_read_by_those_it_is_for_and_a_struck_one_by_the_desk_alone(desk):
    call = desk.take_call()
    rolling(desk, call, "M12")
    desk.post("/api/units/town/M12/destination", call_id=call)
    for shown_to in ("desk", "crews", "hospital"):
        assert do(desk, call, "notes", text=f"for {shown_to}", shown_to=shown_to)[0] == 201
    wrong = do(desk, call, "notes", text="for nobody", shown_to="hospital")[1]["note"]
    assert do(desk, call, f"notes/{wrong}/strike", reason="another call") == (204, None)

    crew = desk.get("/api/units/town/M12/crew")["call"]["notes"]
    hospital = desk.get("/api/hospitals/H01/inbound")["inbound"][0]["notes"]

    assert [one["text"] for one in crew] == ["for crews", "for hospital"]
    assert [one["text"] for one in hospital] == ["for hospital"]
    assert len(desk.get(f"/api/calls/{call}/notes")) == 4
    assert do(desk, call, "notes", text="x", shown_to="everybody")[0] == 422


def test_the_crew_reads_where_to_wait_and_that_its_call_is_elsewhere(desk):
    call = desk.take_call()
    rolling(desk, call, "M12")
    assert desk.get("/api/units/town/M12/crew")["call"]["staging"] is None

    do(desk, call, "stage", reason="violence", note="shots heard")
    lon, lat = corner(0, 0)
    do(desk, call, "place", lon=lon, lat=lat, address="1 Far St")

    shown = desk.get("/api/units/town/M12/crew")["call"]
    assert (shown["staging"]["label"], shown["staging"]["note"]) == ("Violence, or a weapon", "shots heard")
    assert (shown["moved_at"], shown["address"]) == (iso(desk.clock.at()), "1 Far St")
    assert shown["route"]["to"] == "staging"


# ---------------------------------------------------------------- claims


def test_two_desks_see_who_works_on_a_call_and_a_claim_holds_nothing_up(desk, people):
    call = post(people["alice"], "/api/calls", **place())[1]["call_id"]
    assert post(people["bob"], f"/api/calls/{call}/claim", doing="typing") == (204, None)
    seen = people["beth"].ask("GET", "/api/board")[1]["calls"][0]["claim"]
    assert (seen["by"], seen["doing"], seen["since"]) == ("bob", "typing", iso(START))
    desk.wait(seconds=20)

    status, said = post(people["beth"], f"/api/calls/{call}/claim")

    assert (status, said["code"]) == (409, "claimed")
    assert said["what"] == f"bob is typing on call {call}, since 14:02:31, last at 14:02:31."
    body = {"unit": "town/M12", "slot": "ambulance"}
    assert post(people["beth"], f"/api/calls/{call}/assignments", **body) == (204, None)
    assert post(people["beth"], f"/api/calls/{call}/notes", text="Sent M12")[0] == 201


def test_a_claim_is_taken_over_only_from_whom_one_saw_there(desk, people):
    call = post(people["alice"], "/api/calls", **place())[1]["call_id"]
    post(people["bob"], f"/api/calls/{call}/claim")
    desk.wait(seconds=5)
    assert post(people["sue"], f"/api/calls/{call}/claim", take_over_from="bob") == (204, None)

    status, said = post(people["beth"], f"/api/calls/{call}/claim", take_over_from="bob")

    assert (status, said["what"]) == (409, f"sue works on call {call}, since 14:02:36, last at 14:02:36.")
    assert post(people["bob"], f"/api/calls/{call}/claim/release") == (204, None)  # It is not his: nothing happens.
    assert claim(people["bob"], call)["by"] == "sue"
    assert post(people["sue"], f"/api/calls/{call}/claim/release") == (204, None)
    assert claim(people["bob"], call) is None
    assert rebuild().differences == []


def test_a_claim_ends_when_its_holder_does_nothing_and_is_kept_by_going_on(desk, people):
    call = post(people["alice"], "/api/calls", **place())[1]["call_id"]
    post(people["bob"], f"/api/calls/{call}/claim")
    before = claims_in(desk)
    desk.wait(seconds=30)
    post(people["bob"], f"/api/calls/{call}/claim")  # Too soon to say it again.
    assert claims_in(desk) == before
    desk.wait(seconds=170)
    post(people["bob"], f"/api/calls/{call}/claim")
    assert claims_in(desk) == before + 1
    desk.wait(seconds=299)
    assert claim(people["beth"], call)["since"] == iso(START)
    assert post(people["beth"], f"/api/calls/{call}/claim")[0] == 409

    desk.wait(seconds=1)

    assert claim(people["beth"], call) is None
    assert post(people["beth"], f"/api/calls/{call}/claim") == (204, None)


def test_of_two_desks_that_claim_a_call_at_once_one_has_it_and_the_other_reads_who(desk, people):
    call = post(people["alice"], "/api/calls", **place())[1]["call_id"]
    together = Barrier(2)

    def press(name):
        together.wait()
        try:
            return name, *post(people[name], f"/api/calls/{call}/claim")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as desks:
        answers = list(desks.map(press, ["bob", "beth"]))

    (winner,) = [name for name, status, _ in answers if status == 204]
    (said,) = [said for _, status, said in answers if status == 409]
    assert said["what"].startswith(f"{winner} works on call {call}, since 14:02:31")
    assert claim(people["sue"], call)["by"] == winner


def test_a_closed_call_is_claimed_by_nobody(desk):
    call = desk.take_call()
    do(desk, call, "claim")
    do(desk, call, "close", outcome="no_patient")
    assert desk.call(call)["claim"] is None
    assert do(desk, call, "claim")[1]["code"] == "call_closed"


def place():
    lon, lat = corner(2, 2)
    return {"lon": lon, "lat": lat, "nature": "fall"}


def claim(who, call):
    return next(one for one in who.ask("GET", "/api/board")[1]["calls"] if one["id"] == call)["claim"]


def claims_in(desk):
    """How often somebody's claim was recorded."""
    return recorded().count("calls.call_claimed")


def recorded():
    return [where.name for where, _ in feed.read_from(0, limit=1000)]


# ---------------------------------------------------------------- swap, cancel


def test_another_unit_takes_a_unit_s_place_in_one_gesture_and_the_slot_is_kept(desk):
    call = desk.take_call()
    rolling(desk, call, "M12", slot="ambulance")
    again = {"id": new_id(), "unit": "town/M12", "for_unit": "town/M13", "reason": "nearer"}

    assert do(desk, call, "swap", **again) == do(desk, call, "swap", **again) == (204, None)

    left, came = desk.unit("M12"), desk.unit("M13")
    assert (left["call_id"], left["mark"], came["call_id"], came["mark"]) == (None, "RT", call, "NT")
    slots = {one["unit"]: (one["slot"], list(one["stamps"])[-1]) for one in desk.call(call)["units"]}
    assert slots == {"town/M12": ("ambulance", "cancelled"), "town/M13": ("ambulance", "unit_notified")}
    assert desk.names().count("dispatch.unit_swapped") == 1
    assert rebuild().differences == []


def test_of_two_desks_that_swap_one_unit_at_once_one_does_and_the_other_reads_who_came(desk):
    call = desk.take_call()
    rolling(desk, call, "M12")
    together = Barrier(2)

    def press(other):
        body = {"id": new_id(), "unit": "town/M12", "for_unit": f"town/{other}"}
        together.wait()
        try:
            return other, *Desk(desk.clock).post(f"/api/calls/{call}/swap", **body)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as desks:
        answers = list(desks.map(press, ["M11", "M13"]))

    (winner,) = [other for other, status, _ in answers if status == 204]
    (said,) = [said for _, status, said in answers if status == 409]
    assert said["what"] == f"M12 is on no call, not on {call}. desk took it off at 14:03:41: swapped for {winner}."
    assert recorded().count("dispatch.unit_swapped") == 1
    assert [one.unit for one in queries.list_running()] == [f"town/{winner}"]


def test_a_swap_with_a_unit_on_another_call_is_said_and_can_be_an_exchange(desk):
    first, second = desk.take_call(), desk.take_call()
    rolling(desk, first, "M12")
    rolling(desk, second, "M13", slot="helper")
    body = {"unit": "town/M12", "for_unit": "town/M13"}
    status, said = do(desk, first, "swap", **body)
    assert (status, said["code"]) == (409, "unit_busy")
    assert said["what"].startswith(f"M13 has been on call {second} since 14:03:41")

    assert do(desk, first, "swap", **body, exchange=True) == (204, None)

    assert (desk.unit("M12")["call_id"], desk.unit("M13")["call_id"]) == (second, first)
    assert (desk.unit("M12")["mark"], desk.unit("M13")["mark"]) == ("NT", "NT")
    assert next(one for one in desk.call(second)["units"] if one["unit"] == "town/M12")["slot"] == "helper"
    assert rebuild().differences == []


def test_who_has_come_there_is_not_swapped_and_nobody_takes_the_place_of_a_unit_that_is_elsewhere(desk):
    call = desk.take_call()
    assert do(desk, call, "swap", unit="town/M12", for_unit="town/M13")[1]["code"] == "not_on_that_call"
    rolling(desk, call, "M12")
    assert do(desk, call, "swap", unit="town/M12", for_unit="town/V1")[1]["code"] == "unit_out_of_service"
    desk.stamp("M12", "on_scene")
    before = desk.names()

    status, said = do(desk, call, "swap", unit="town/M12", for_unit="town/M13")

    assert (status, said["code"]) == (409, "unit_cannot_leave")
    assert "It is at scene" in said["what"]
    assert desk.names() == before


def test_everybody_on_the_way_is_cancelled_at_once_and_who_is_there_stays(desk):
    call = desk.take_call()
    for unit in ("M11", "M12", "E1"):
        rolling(desk, call, unit)
    desk.stamp("M11", "on_scene")

    status, said = do(desk, call, "cancel-units", reason="nobody is hurt")

    assert (status, said) == (200, {"cancelled": ["town/E1", "town/M12"], "stay": ["town/M11"]})
    stamps = {one["unit"]: list(one["stamps"])[-1] for one in desk.call(call)["units"]}
    assert stamps == {"town/M11": "on_scene", "town/M12": "cancelled", "town/E1": "cancelled"}
    assert [one["payload"]["reason"] for one in lines(desk, call) if one["name"] == "dispatch.unit_cleared"] == [
        "nobody is hurt", "nobody is hurt",
    ]  # fmt: skip
    status, said = do(desk, call, "cancel-units", reason="again")
    assert (status, said["what"]) == (409, f"Nobody is on the way to call {call}. There already: M11.")
    assert rebuild().differences == []


# ---------------------------------------------------------------- staging


def test_units_wait_away_from_the_scene_until_somebody_says_that_they_may_enter(desk):
    call = desk.take_call()
    rolling(desk, call, "M12")
    lon, lat = corner(0, 2)

    assert do(desk, call, "stage", reason="violence", lon=lon, lat=lat, note="police asked") == (204, None)

    staging = desk.call(call)["staging"]
    assert (staging["label"], staging["by"], staging["note"]) == ("Violence, or a weapon", "desk", "police asked")
    assert staging["where"]  # The streets that meet there.
    assert ends_at(desk.unit("M12")) == pytest.approx([lon, lat], abs=1e-4)
    desk.assign(call, "M13")
    desk.stamp("M13", "en_route")  # Sent afterwards: it waits there too.
    assert ends_at(desk.unit("M13")) == pytest.approx([lon, lat], abs=1e-4)
    desk.wait(minutes=5)
    desk.stamp("M12", "at_staging")
    assert (desk.unit("M12")["mark"], desk.unit("M12")["route"]) == ("ER", None)

    assert do(desk, call, "enter", reason="police: secured") == (204, None)

    assert desk.call(call)["staging"] is None
    there = desk.call(call)
    assert ends_at(desk.unit("M12")) == pytest.approx([there["lon"], there["lat"]], abs=1e-4)
    assert [one["name"] for one in lines(desk, call) if "stag" in one["name"] or "entry" in one["name"]] == [
        "dispatch.staging_ordered", "dispatch.entry_cleared",
    ]  # fmt: skip
    assert do(desk, call, "enter")[1]["code"] == "not_staged"
    assert rebuild().differences == []


def test_a_staging_place_is_proposed_and_an_unknown_reason_is_refused(desk):
    call = desk.take_call()
    reasons = desk.get("/api/staging-reasons")
    assert {"key": "hazmat", "label": "Hazardous material, gas or smoke"} in reasons["reasons"]
    assert do(desk, call, "stage", reason="weather")[0] == 422

    status, said = do(desk, call, "stage", reason="hazmat")

    assert status == 204, said
    staging, there = desk.call(call)["staging"], desk.call(call)
    assert distance_m(staging["lon"], staging["lat"], there["lon"], there["lat"]) >= reasons["apart_m"]
    do(desk, call, "close", outcome="cancelled")
    assert desk.call(call)["staging"] is None


def ends_at(unit):
    return unit["route"]["points"][-1][:2]


# ---------------------------------------------------------------- linked, split, open again


def test_incidents_of_one_event_are_linked_and_unlinked(desk):
    first, second = desk.take_call(), desk.take_call()

    assert do(desk, second, "links", other=first, reason="same crash") == (204, None)

    assert (desk.call(first)["linked"], desk.call(second)["linked"]) == ([second], [first])
    assert "calls.incidents_linked" in [one["name"] for one in lines(desk, first)]
    status, said = do(desk, first, "links", other=second)
    assert (status, said["what"]) == (409, f"desk linked {first} and {second} at 14:02:31.")
    assert do(desk, first, "links", other=first)[1]["code"] == "same_call"
    assert do(desk, first, "links", other="26-0099")[0] == 404
    assert do(desk, first, "links/undo", other=second) == (204, None)
    assert (desk.call(first)["linked"], desk.call(second)["linked"]) == ([], [])
    assert do(desk, first, "links/undo", other=second)[1]["code"] == "not_linked"
    assert rebuild().differences == []


def test_a_second_incident_keeps_the_first_ring_and_the_units_that_go_over_as_they_are(desk):
    first = desk.take_call(priority=1)
    rolling(desk, first, "M11")
    rolling(desk, first, "M12")
    desk.assign(first, "M13")
    desk.wait(minutes=4)
    desk.stamp("M12", "on_scene")
    lon, lat = corner(1, 2)
    again = {"id": new_id(), "reason": "second patient", "units": ["town/M11", "town/M12"], "lon": lon, "lat": lat}

    status, said = do(desk, first, "split", **again)
    assert do(desk, first, "split", **again) == (status, said)

    assert status == 201
    second = said["call_id"]
    shown = desk.call(second)
    assert (shown["received_at"], shown["split_from"], shown["linked"]) == (iso(START), first, [first])
    assert (shown["nature"], shown["priority"]) == ("cardiac_arrest", 1)
    marks = {one: (desk.unit(one)["call_id"], desk.unit(one)["mark"]) for one in ("M11", "M12", "M13")}
    assert marks == {"M11": (second, "ER"), "M12": (second, "AS"), "M13": (first, "NT")}
    assert ends_at(desk.unit("M11")) == pytest.approx([lon, lat], abs=1e-4)
    assert "dispatch.unit_moved_over" in [one["name"] for one in lines(desk, first)]
    (there,) = [one for one in lines(desk, second) if one["payload"].get("stamp") == "on_scene"]
    assert there["payload"]["flags"] == ["went_over"]
    assert rebuild().differences == []

    assert do(desk, second, "split/undo", reason="one patient after all") == (200, {"call_id": first})

    assert {one: (desk.unit(one)["call_id"], desk.unit(one)["mark"]) for one in ("M11", "M12")} == {
        "M11": (first, "ER"), "M12": (first, "AS"),
    }  # fmt: skip
    assert (desk.call(second)["state"], desk.call(second)["linked"]) == ("closed", [])
    assert desk.call(first)["state"] == "on_scene"
    assert do(desk, first, "split/undo", reason="x")[1]["code"] == "not_split"
    assert rebuild().differences == []


def test_a_unit_with_a_patient_aboard_does_not_go_over_and_nothing_is_half_done(desk):
    first = desk.take_call()
    rolling(desk, first, "M12")
    desk.stamp("M12", "on_scene")
    desk.stamp("M12", "left_scene")
    before = desk.names()

    status, said = do(desk, first, "split", reason="second patient", units=["town/M12"])

    assert (status, said["code"]) == (409, "unit_cannot_leave")
    assert do(desk, first, "split", reason="second patient", units=["town/M11"])[1]["code"] == "not_on_that_call"
    assert desk.names() == before
    assert [one["id"] for one in desk.get("/api/board")["calls"]] == [first]


def test_a_closed_call_is_opened_again_with_its_history_and_after_a_while_by_a_supervisor(desk, people):
    call = post(people["bob"], "/api/calls", **place())[1]["call_id"]
    desk.wait(minutes=5)
    people["bob"].ask("POST", f"/api/calls/{call}/close", {"outcome": "no_patient"})
    assert post(people["alice"], f"/api/calls/{call}/reopen", reason="rang again")[0] == 403
    assert post(people["bob"], f"/api/calls/{call}/reopen", reason="")[0] == 422
    desk.wait(hours=11)

    assert post(people["bob"], f"/api/calls/{call}/reopen", reason="rang again") == (204, None)

    (shown,) = people["bob"].ask("GET", "/api/board")[1]["calls"]
    assert (shown["state"], shown["closed_at"]) == ("waiting", None)
    assert shown["reopened"] == {"at": iso(desk.clock.at()), "by": "bob", "reason": "rang again"}
    told = people["bob"].ask("GET", f"/api/calls/{call}/timeline")[1]["entries"]
    assert [one["name"] for one in told][-2:] == ["calls.call_closed", "calls.call_reopened"]
    status, said = post(people["beth"], f"/api/calls/{call}/reopen", reason="x")
    assert (status, said["what"].startswith(f"Call {call} is open. bob reopened it at")) == (409, True)
    people["bob"].ask("POST", f"/api/calls/{call}/close", {"outcome": "no_patient"})
    desk.wait(hours=12, seconds=1)
    status, said = post(people["bob"], f"/api/calls/{call}/reopen", reason="late")
    assert (status, said["code"]) == (409, "reopen_by_supervisor")
    assert post(people["sue"], f"/api/calls/{call}/reopen", reason="late") == (204, None)
    assert rebuild().differences == []


# ---------------------------------------------------------------- another place


def test_a_call_that_is_elsewhere_takes_the_units_on_the_way_with_it(desk):
    call = desk.take_call()
    rolling(desk, call, "M12")
    desk.assign(call, "M13")
    expected = queries.find_running("town/M13").expected_arrival_s
    lon, lat = corner(0, 0)

    assert do(desk, call, "place", lon=lon, lat=lat, address="1 Far St", reason="caller corrected") == (204, None)

    assert ends_at(desk.unit("M12")) == pytest.approx([lon, lat], abs=1e-4)
    assert {one["retargeted_at"] for one in desk.call(call)["units"]} == {iso(desk.clock.at())}
    assert desk.call(call)["place_changed_at"] == iso(desk.clock.at())
    assert queries.find_running("town/M13").expected_arrival_s != expected
    told = [one["payload"] for one in lines(desk, call) if one["name"] == "dispatch.unit_retargeted"]
    assert {one["unit"] for one in told} == {"town/M12", "town/M13"}
    assert all(one["expected_arrival_s"] >= 0 for one in told)
    desk.stamp("M13", "en_route")
    assert ends_at(desk.unit("M13")) == pytest.approx([lon, lat], abs=1e-4)
    assert rebuild().differences == []


def test_who_is_at_the_scene_already_is_not_sent_on_by_a_changed_place(desk):
    call = desk.take_call()
    rolling(desk, call, "M12")
    desk.wait(minutes=4)
    desk.stamp("M12", "on_scene")
    lon, lat = corner(0, 0)

    assert do(desk, call, "place", lon=lon, lat=lat) == (204, None)

    assert (desk.unit("M12")["mark"], desk.unit("M12")["route"]) == ("AS", None)
    assert "dispatch.unit_retargeted" not in desk.names()


def test_a_unit_that_is_diverted_away_and_back_is_on_its_way_and_not_cancelled(desk):
    first, second = desk.take_call(priority=3), desk.take_call(priority=1)
    rolling(desk, first, "M12")
    desk.assign(second, "M12", divert_from=first)

    assert desk.assign(first, "M12", divert_from=second) == (204, None)

    assert (desk.unit("M12")["call_id"], desk.unit("M12")["mark"]) == (first, "NT")
    assert rebuild().differences == []


# ---------------------------------------------------------------- who may


def test_a_call_taker_notes_and_claims_and_moves_no_unit(desk, people):
    call = post(people["alice"], "/api/calls", **place())[1]["call_id"]
    assert post(people["alice"], f"/api/calls/{call}/notes", text="x")[0] == 201
    assert post(people["alice"], f"/api/calls/{call}/claim")[0] == 204
    for what in ("swap", "cancel-units", "stage", "enter", "split", "split/undo", "reopen"):
        assert post(people["alice"], f"/api/calls/{call}/{what}", reason="x")[0] == 403, what
    for what in ("notes", "claim", "links"):
        assert post(people["eve"], f"/api/calls/{call}/{what}", text="x", other="x")[0] == 403, what
    assert people["eve"].ask("GET", f"/api/calls/{call}/timeline")[0] == 403

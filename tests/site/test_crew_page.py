"""A crew's page through its front door: the call its unit is on, its taps, its safety, and nothing of others' calls."""

import json
import re
import struct
import subprocess
import sys
from datetime import timedelta

import pytest

from goldenhour.access.roles import Role
from goldenhour.access.wire import iso
from goldenhour.errors import BadInput
from goldenhour.fleet.crew_limits import load_crew_limits
from goldenhour.fleet.live.welfare import par_look
from goldenhour.log.live.rebuild import rebuild
from goldenhour.site import pages
from tests.conftest import HOUSE
from tests.site.conftest import new_id
from tests.site.test_hospital_live import Nurse, only

SECRET = "Third floor, ask for Ada Example"


def page(desk, unit="M12"):
    return desk.get(f"/api/units/town/{unit}/crew")


def act(desk, what, unit="M12", **body):
    return desk.post(f"/api/units/town/{unit}/{what}", **{"id": new_id(), **body})


def send(desk, unit="M12", nature="cardiac_arrest", **more):
    call = desk.take_call(nature, **more)
    assert desk.assign(call, unit) == (204, None)
    return call


def signals(desk, unit="M12"):
    return desk.unit(unit)["signals"]


def test_a_crew_sees_its_call_until_it_is_over_and_then_only_its_times(desk):
    before = page(desk)
    assert (before["call"], before["before"], before["unit"]["status"]) == (None, None, "available")
    call = send(desk, address="12 Dawn Street")
    assert (
        desk.post(f"/api/calls/{call}/details", id=new_id(), seen=0, fields={"note": SECRET, "age_years": 71})[0] == 200
    )

    shown = page(desk)["call"]
    assert (shown["call_id"], shown["address"], shown["nature_words"]) == (call, "12 Dawn Street", "Cardiac arrest")
    assert (shown["caller"]["note"], shown["caller"]["age_years"]) == (SECRET, 71)
    assert only(shown["presses"])["stamp"] == "unit_notified"
    desk.wait(minutes=1)
    desk.stamp("M12", "en_route")
    assert page(desk)["call"]["route"]["arrive_at"] == desk.unit("M12")["route"]["arrive_at"]

    desk.stamp("M12", "back_in_service")
    over = page(desk)
    assert over["call"] is None
    assert over["before"]["call_id"] == call
    assert SECRET not in json.dumps(over)
    assert "12 Dawn Street" not in json.dumps(over)
    assert page(desk)["chain"]["leads_to"]["on_scene"] == "at_scene"


def test_a_crew_sees_its_own_agencys_units_and_what_its_unit_is_not_on_is_not_there(desk):
    call = send(desk, address="12 Dawn Street")
    own = Nurse(desk, "bob.rides", Role.CREW, "town")
    other = Nurse(desk, "charlie.elsewhere", Role.CREW, "elsewhere")

    assert own.get("/api/units/town/M12/crew")[1]["call"]["call_id"] == call
    assert own.get("/api/units/town/M13/crew")[1]["call"] is None
    assert [one["call_sign"] for one in own.get("/api/crew/units")[1]["units"]] == ["E1", "M11", "M12", "M13", "V1"]
    assert other.get("/api/crew/units")[1]["units"] == []
    for what in ("crew", "crew/check", "crew/checklists", "crew/destinations"):
        status, said = other.get(f"/api/units/town/M12/{what}")
        assert (status, said["code"]) == (404, "not_found")
    assert other.post("/api/units/town/M12/mayday", id=new_id())[0] == 404
    assert own.get("/api/units/town/M12/crew")[1]["mayday"] is None


def test_taps_of_a_dead_zone_come_late_in_order_and_once_and_keep_their_true_times(desk):
    call = send(desk)
    sent_at = desk.clock.at()
    taps = []
    for number, (stamp, minutes) in enumerate(
        (("acknowledged", 1), ("en_route", 2), ("on_scene", 9), ("at_patient", 11))
    ):
        at = sent_at + timedelta(minutes=minutes)
        # The phone's clock is 95 s slow, and knows it.
        kept = {"device_at": iso(at - timedelta(seconds=95)), "offset_ms": 95_000, "device": "phone-1", "tap": number}
        taps.append({"id": new_id(), "stamp": stamp, "call_id": call, **kept})
    answered = {"id": new_id(), "call_id": call, "checklist": "arrest", "item": "pads", **kept}
    desk.wait(minutes=30)  # Without a signal.

    for tap in taps:
        assert desk.stamp("M12", **tap) == (204, None)
        assert desk.stamp("M12", **tap) == (204, None)  # The answer was lost: the phone sends it again.
    assert act(desk, "checklists", **answered) == (204, None)

    shown = page(desk)["call"]
    assert shown["stamps"] == {
        "unit_notified": iso(sent_at),
        **{tap["stamp"]: iso(sent_at + timedelta(minutes=m)) for tap, m in zip(taps, (1, 2, 9, 11), strict=True)},
    }
    assert shown["ticks"] == {"arrest": {"pads": iso(sent_at + timedelta(minutes=11))}}
    assert desk.names().count("fleet.time_stamped") == 5

    wrong = {"id": new_id(), "struck_id": taps[-1]["id"], "reason": "Pressed by mistake.", **kept}
    assert act(desk, "strike", **wrong) == (204, None)
    assert "at_patient" not in page(desk)["call"]["stamps"]
    assert rebuild().differences == []


def test_a_phone_says_how_far_its_clock_is_off_and_the_board_knows_that_the_crew_has_its_page(desk):
    assert signals(desk) is None
    body = {"device": "phone-1", "offset_ms": -1234, "trip_ms": 48}
    assert act(desk, "phone", **body) == (204, None)
    assert signals(desk)["phones"] == 1
    (fact,) = [one for one in desk.get("/api/log?limit=50") if one["name"] == "fleet.phone_signed_on"]
    assert (fact["payload"]["offset_ms"], fact["payload"]["trip_ms"]) == (-1234, 48)
    assert desk.get("/api/clock") == {"at": iso(desk.clock.at())}
    assert act(desk, "phone/off", device="phone-1") == (204, None)
    assert act(desk, "phone/off", device="phone-1") == (204, None)
    assert signals(desk) is None
    assert desk.names().count("fleet.phone_signed_off") == 1


def test_a_crew_that_does_not_answer_is_an_alarm_on_the_board_until_it_does(desk):
    call = send(desk, nature="assault")
    desk.stamp("M12", "on_scene")
    assert page(desk)["call"]["par_here"]
    assert act(desk, "par", call_id=call, because="assault") == (204, None)
    assert act(desk, "par", call_id=call) == (204, None)  # It is asked already.
    start = desk.clock.at()
    assert page(desk)["par"]["ask_at"] == iso(start + timedelta(minutes=10))

    desk.wait(minutes=9)
    act(desk, "par/answer")
    assert page(desk)["par"]["ask_at"] == iso(start + timedelta(minutes=19))
    desk.wait(minutes=10, seconds=59)
    assert par_look(desk.clock.at()) == 0
    desk.wait(seconds=1)
    assert par_look(desk.clock.at()) == 1
    assert par_look(desk.clock.at()) == 0  # Said once.
    assert signals(desk)["par"]["missed_at"] == iso(desk.clock.at())
    assert page(desk)["par"]["missed_at"] == iso(desk.clock.at())

    act(desk, "par/answer")
    assert signals(desk)["par"]["missed_at"] is None
    desk.stamp("M12", "left_scene")
    assert signals(desk) is None
    assert desk.names().count("fleet.par_missed") == 1
    assert desk.names().count("fleet.par_started") == 1
    assert rebuild().differences == []


def test_an_answer_given_long_ago_silences_no_alarm(desk):
    call = send(desk, nature="assault")
    act(desk, "par", call_id=call)
    early = desk.clock.at() - timedelta(minutes=5)
    desk.wait(minutes=12)
    par_look(desk.clock.at())
    act(desk, "par/answer", device_at=iso(early), offset_ms=0, device="phone-1")
    assert signals(desk)["par"]["missed_at"] is not None
    during = desk.clock.at() - timedelta(minutes=2)  # When it was asked; the signal was gone.
    act(desk, "par/answer", device_at=iso(during), offset_ms=0, device="phone-1")
    assert signals(desk)["par"]["missed_at"] is None


def test_a_scene_of_another_kind_asks_nobody_by_itself(desk):
    send(desk, nature="cardiac_arrest")
    assert not page(desk)["call"]["par_here"]
    assert page(desk)["par"] is None
    assert act(desk, "par", call_id="26-0999")[1]["code"] == "not_on_that_call"


def test_a_mayday_stands_on_the_board_until_somebody_says_that_the_crew_is_safe(desk):
    call = send(desk)
    called = desk.clock.at()
    first = new_id()
    assert act(desk, "mayday", id=first) == (204, None)
    assert act(desk, "mayday", id=first) == (204, None)
    assert act(desk, "mayday") == (204, None)  # It stands already.
    nobody_yet = {"acknowledged_at": None, "acknowledged_by": ""}
    assert signals(desk)["mayday"] == {"at": iso(called), "by": "desk", "call_id": call, **nobody_yet}
    assert act(desk, "mayday/end")[0] == 422  # Not without a reason.
    assert act(desk, "mayday/end", reason="M12 answers: all safe.") == (204, None)
    assert signals(desk) is None
    assert desk.names().count("fleet.mayday_called") == 1
    assert act(desk, "mayday", unit="M13") == (204, None)  # Also on no call.
    assert signals(desk, "M13")["mayday"]["call_id"] is None
    assert rebuild().differences == []


def test_the_desk_has_a_mayday_in_hand_as_the_crew_reads_and_it_stands_on(desk):
    send(desk)
    first = iso(desk.clock.at())
    assert act(desk, "mayday/acknowledge", called_at=first)[1]["code"] == "mayday_over"
    act(desk, "mayday")
    desk.wait(seconds=20)
    taken = iso(desk.clock.at())
    gesture = new_id()

    for _ in range(2):
        assert act(desk, "mayday/acknowledge", id=gesture, called_at=first) == (204, None)
    desk.wait(seconds=20)
    assert act(desk, "mayday/acknowledge", called_at=first) == (204, None)  # Who was first stays.

    for shown in (signals(desk)["mayday"], page(desk)["mayday"]):
        assert (shown["at"], shown["acknowledged_at"], shown["acknowledged_by"]) == (first, taken, "desk")
    assert desk.names().count("fleet.mayday_acknowledged") == 1
    act(desk, "mayday/end", reason="M12 answers: all safe.")
    act(desk, "mayday")  # Another one, which nobody has seen.
    assert act(desk, "mayday/acknowledge", called_at=first)[1]["code"] == "mayday_over"
    assert signals(desk)["mayday"]["acknowledged_at"] is None
    assert rebuild().differences == []


def test_a_crew_that_says_it_is_all_right_is_heard_of_on_scene(desk):
    call = send(desk, nature="assault")
    desk.stamp("M12", "on_scene")
    on_scene = desk.clock.at()
    act(desk, "par", call_id=call)
    assert desk.unit("M12")["alarm"]["since"] == iso(on_scene)
    desk.wait(minutes=15)
    early, answered = iso(desk.clock.at() - timedelta(minutes=10)), desk.clock.at()
    act(desk, "par/answer")
    act(desk, "par/answer", device_at=early, offset_ms=0, device="phone-1")  # Given before, come in late.

    alarm = desk.unit("M12")["alarm"]
    assert (alarm["quantity"], alarm["since"]) == ("no_contact", iso(answered))
    act(desk, "par/end", reason="Police are there.")
    assert desk.unit("M12")["alarm"]["since"] == iso(answered)  # It was heard of all the same.
    acknowledge = {"id": new_id(), "quantity": "no_contact", "about": "town/M12"}
    desk.wait(minutes=19, seconds=59)  # 35 minutes after it came there.
    assert desk.post("/api/alarms/acknowledge", **acknowledge)[1]["code"] == "no_alarm"
    desk.wait(seconds=1)
    assert desk.post("/api/alarms/acknowledge", **acknowledge) == (204, None)
    desk.stamp("M12", "back_in_service")
    other = send(desk, nature="assault")
    desk.wait(minutes=1)
    desk.stamp("M12", "on_scene")
    assert other != call
    assert desk.unit("M12")["alarm"]["since"] == iso(desk.clock.at())  # What it said of the scene before is over.
    assert rebuild().differences == []


def test_what_a_crew_asks_for_stands_on_the_board_until_it_is_answered(desk):
    call = send(desk, unit="E1")
    status, said = act(desk, "asks", unit="E1", call_id=call, kind="helicopter")
    assert status == 200
    assert act(desk, "asks", unit="E1", call_id=call, kind="helicopter")[1] == said  # One is open already.
    (open_one,) = signals(desk, "E1")["asks"]
    assert (open_one["id"], open_one["kind"], open_one["call_id"]) == (said["ask"], "helicopter", call)
    crew = Nurse(desk, "bob.rides", Role.CREW, "town")
    path = f"/api/units/town/E1/asks/{said['ask']}/answer"
    assert crew.post(path, id=new_id(), answer="coming")[0] == 403  # The desk answers, not the crew.
    answered = {"answer": "coming", "words": "H1 in 12 minutes"}
    dispatcher = Nurse(desk, "alice.sends", Role.DISPATCHER, "town")
    assert dispatcher.post(path, id=new_id(), **answered) == (204, None)
    assert dispatcher.post(path, id=new_id(), **answered)[1]["code"] == "answered"
    assert crew.get("/api/units/town/E1/crew")[1]["call"]["asks"][0]["words"] == "H1 in 12 minutes"
    assert crew.get("/api/units/town/M13/crew")[1]["call"] is None

    assert crew.post("/api/units/town/E1/asks", id=new_id(), call_id=call, kind="ambulance")[0] == 200
    assert crew.post("/api/units/town/E1/asks", id=new_id(), call_id=call, kind="boat")[0] == 422
    assert crew.post("/api/units/town/E1/reassessed", id=new_id(), call_id=call) == (204, None)
    assert crew.get("/api/units/town/E1/crew")[1]["call"]["reassessed"]["times"] == 1
    assert crew.post("/api/units/town/E1/stamps", id=new_id(), stamp="back_in_service")[0] == 204
    assert dispatcher.get("/api/units/town/E1/crew")[1]["call"] is None
    (unit,) = [one for one in dispatcher.get("/api/board")[1]["units"] if one["call_sign"] == "E1"]
    assert unit["signals"] is None  # With its job what it asked for is over.
    assert rebuild().differences == []


def test_a_checklist_is_ticked_on_the_call_and_a_real_service_shows_only_what_a_physician_approved(desk, settings):
    path = "/api/units/town/M12/crew/checklists"
    assert desk.get(path) == {"checklists": []}  # Nobody stands for them yet.
    items = {one["name"]: one for one in desk.get("/api/cards")["items"]}
    assert not items["checklist arrest"]["approved"]
    approve = {
        "items": [{"name": "checklist arrest", "words": items["checklist arrest"]["words"]}],
        "until": "2027-01-01",
    }
    assert desk.post("/api/cards/approvals", id=new_id(), **approve) == (204, None)
    found = only(desk.get(path)["checklists"])
    assert (found["id"], found["training"], found["approved_by"]) == ("arrest", False, "desk")
    settings.GOLDENHOUR_DEMO = "2026-03-01T22:00:00Z"
    assert [(one["id"], one["training"]) for one in desk.get(path)["checklists"]] == [
        ("airway", True),
        ("arrest", False),
    ]

    call = send(desk)
    tick = {"call_id": call, "checklist": "arrest", "item": "compressions"}
    assert act(desk, "checklists", **tick) == (204, None)
    first = desk.clock.at()
    desk.wait(seconds=5)
    act(desk, "checklists", **tick)  # The first time stands.
    assert page(desk)["call"]["ticks"] == {"arrest": {"compressions": iso(first)}}
    act(desk, "checklists", **tick, ticked=False)
    assert page(desk)["call"]["ticks"] == {}
    assert act(desk, "checklists", **{**tick, "item": "tea"})[1]["code"] == "no_item"
    assert act(desk, "checklists", unit="M13", **tick)[1]["code"] == "not_on_that_call"
    assert desk.names().count("calls.checklist_ticked") == 2
    assert rebuild().differences == []


def test_the_shift_check_says_who_sits_where_what_the_crew_counts_for_and_what_is_missing(desk):
    check = desk.get("/api/units/town/M12/crew/check")
    assert [one["name"] for one in check["seats"]] == ["attendant", "driver"]
    assert check["missing"] == ["Attendant is empty.", "Driver is empty."]
    body = {"person": "p-1", "affiliation": {"agency": "town", "start": "2020-01-01", "practice": ""}}
    assert desk.post("/api/workforce/people", id=new_id(), **body)[0] == 201
    issue = {"kind": "licence", "place": "CA", "level": "emt", "issued": "2024-01-01", "expires": "2026-03-20"}
    assert desk.post("/api/workforce/people/p-1/credentials", id=new_id(), **issue)[0] == 201
    assert desk.post("/api/workforce/crews/town/M12/on", id=new_id(), person="p-1", seat="driver")[0] == 200
    check = desk.get("/api/units/town/M12/crew/check")
    driver = check["seats"][1]
    assert (driver["person"], driver["licence"]["level"], driver["lacks"]) == ("p-1", "emt", [])
    assert any("2026" in one or "ends" in one for one in driver["warnings"])
    assert "Attendant is empty." in check["missing"]
    assert check["crew"]["levels"] == ["emt"]


def test_a_crew_reads_where_it_may_take_its_patient(desk):
    assert desk.client.get("/api/units/town/M12/crew/destinations").status_code == 409
    call = send(desk)
    said = desk.get("/api/units/town/M12/crew/destinations")
    assert said["call_id"] == call
    first = said["destinations"][0]
    assert (first["facility"], first["advised"]) == ("H01", True)
    assert first["travel_s"] > 0


def test_a_crew_reads_all_that_is_known_of_its_call(desk, settings):
    settings.GOLDENHOUR_DEMO = True  # The cards as shipped are for training.
    where = desk.get("/api/board")["stations"][0]
    there = {"lon": where["lon"], "lat": where["lat"]}
    call = send(desk, **there)
    assert desk.assign(call, "M11") == (204, None)
    note = {"kind": "hazard", "text": "A dog behind the gate", "address": "", **there}
    assert desk.post("/api/premises/notes", id=new_id(), **note)[0] == 201
    asked = {"question": "entry.conscious", "answer": "no"}
    assert desk.post(f"/api/calls/{call}/triage/answers", id=new_id(), **asked)[0] == 200
    desk.stamp("M11", "en_route")
    desk.post("/api/units/town/M12/destination", call_id=call, facility="H01")
    told = {"unit": "town/M12", "kind": "stroke", "age": 71, "age_unit": "years"}
    assert desk.post(f"/api/calls/{call}/prealerts", id=new_id(), **told)[0] == 201

    shown = page(desk)["call"]

    assert [one["text"] for one in shown["premise"]["notes"]] == ["A dog behind the gate"]
    assert [one["answer"] for one in shown["answers"]] == ["No"]
    other = only(shown["units"])
    assert (other["unit"], other["status"], other["eta"] is not None) == ("town/M11", "en_route", True)
    assert shown["destination"]["facility"] == "H01"
    assert (only(shown["prealerts"])["kind"], only(shown["prealerts"])["age"]) == ("stroke", 71)


@pytest.mark.parametrize("line", [
    "quantity: par, seconds: 600", "quantity: tea, seconds: 60", "quantity: reassess, seconds: 0",
    "quantity: delayed, seconds: 60, grace_s: 3",
])  # fmt: skip
def test_a_limit_that_is_none_is_refused_with_its_line(line, tmp_path):
    file = tmp_path / "crew_limits.yaml"
    file.write_text(f'limits:\n  - {{id: x, tier: agency, from: 2026-01-01, source: "x", {line}}}\n')
    with pytest.raises(BadInput, match=r"crew_limits\.yaml, x"):
        load_crew_limits((file,))


def test_the_page_and_its_worker_are_served_so_that_a_phone_can_keep_them(desk):
    worker = pages.WEB / pages.CREW_WORKER
    if not worker.exists():
        pytest.skip("The page is not built.")
    answer = desk.client.get("/static/web/crew-worker.js")
    assert answer.headers["Service-Worker-Allowed"] == "/crew"
    assert "javascript" in answer.headers["Content-Type"]
    assert desk.client.get("/crew").status_code == 200
    assert "Service-Worker-Allowed" not in desk.client.get("/static/web/icon.svg").headers


def test_the_crew_page_can_be_put_on_a_phones_screen_with_an_icon_of_every_kind_that_is_asked_for(desk):
    if not (pages.WEB / "crew.webmanifest").exists():
        pytest.skip("The page is not built.")
    manifest = json.loads(desk.client.get("/static/web/crew.webmanifest").content)
    assert manifest["start_url"].startswith(manifest["scope"])
    drawn = [one for one in manifest["icons"] if one["type"] == "image/png"]
    assert {(one["sizes"], one["purpose"]) for one in drawn} == {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    }  # fmt: skip
    touch = re.search(
        r'rel="apple-touch-icon" href="([^"]+)" sizes="([^"]+)"', desk.client.get("/crew").content.decode()
    )
    for address, size in [*((one["src"], one["sizes"]) for one in drawn), touch.groups()]:
        answer = desk.client.get(address)
        assert answer.headers["Content-Type"] == "image/png"
        file = b"".join(answer)
        assert "{}x{}".format(*struct.unpack(">2I", file[16:24])) == size
    assert subprocess.run([sys.executable, "tools/icons.py", "--check"], cwd=HOUSE, check=False).returncode == 0

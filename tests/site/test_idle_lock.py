"""A station that nobody touches locks itself: on the server, never in the middle of a call, and opens where it was."""

import json

import pytest

from goldenhour.access.limits import OWN
from goldenhour.log.live import feed
from tests.roads.places import corner
from tests.site.conftest import new_id
from tests.site.test_accounts import PASSWORD, Somebody, make
from tests.site.test_matrix import AFFILIATION, ISSUE


def own_limits(settings, **seconds):
    """Times of the house's own, such as idle_desk=600."""
    lines = [
        {"id": name, "tier": "agency", "source": "Our rule 3", "quantity": name, "seconds": one}
        for name, one in seconds.items()
    ]
    text = "".join(f"  - {json.dumps(line)[:-1]}, from: 2026-01-01}}\n" for line in lines)
    (settings.DATA / OWN).write_text(f"limits:\n{text}")


@pytest.fixture
def olga(desk):
    """Olga keeps the town's people, in an office."""
    make(desk, "olga", "credentialing@town")
    olga = Somebody(desk)
    assert olga.sign_in("olga")[0] == 200
    return olga


def facts():
    return [fact.NAME for _, fact in feed.read_from(0, 1000) if fact.NAME.startswith("access.station")]


def test_an_office_locks_itself_on_the_server_and_opens_with_the_password(desk, olga):
    assert olga.session()["lock"]["after_s"] == 1800
    desk.wait(minutes=30)
    assert olga.ask("GET", "/api/workforce/people")[0] == 200
    desk.wait(seconds=1)

    for path in ("/api/workforce/people", "/api/workforce/scope/vocabulary", "/api/account/second-step"):
        assert olga.ask("GET", path)[1]["code"] == "locked"
    assert olga.client.get("/workforce/people").headers["Location"] == "/signin?next=/workforce/people"
    assert olga.ask("POST", "/api/session/here")[1]["code"] == "locked"  # Only a proof opens it, no hand does.
    assert olga.ask("POST", "/api/account/password", {"current": PASSWORD, "password": "x" * 20})[1]["code"] == "locked"
    assert olga.session()["lock"]["locked"]
    assert olga.ask("POST", "/api/account/again", {"password": "a guess"})[0] == 400
    assert olga.session()["lock"]["locked"]

    assert olga.ask("POST", "/api/account/again", {"password": PASSWORD})[0] == 200

    assert olga.ask("GET", "/api/workforce/people")[0] == 200
    assert facts() == ["access.station_locked", "access.station_unlocked"]


def test_a_page_that_reads_by_itself_keeps_nothing_open_and_a_hand_does(desk, olga):
    for _ in range(4):
        desk.wait(minutes=20)
        assert olga.ask("POST", "/api/session/here")[0] == 204
    for _ in range(3):
        desk.wait(minutes=10)
        assert olga.ask("GET", "/api/workforce/people")[0] == 200
    desk.wait(minutes=1)

    assert olga.ask("GET", "/api/workforce/people")[1]["code"] == "locked"


def test_five_wrong_passwords_lock_out_at_a_locked_station_as_at_the_door(desk, olga):
    desk.wait(minutes=31)
    for n in range(5):
        assert olga.ask("POST", "/api/account/again", {"password": f"guess {n}"})[0] == 400

    assert olga.ask("POST", "/api/account/again", {"password": PASSWORD})[1]["code"] == "locked_out"
    assert olga.session()["signed_in"]
    assert olga.session()["lock"]["locked"]


def test_signing_out_at_a_locked_station_ends_the_session(desk, olga):
    desk.wait(minutes=31)
    assert olga.ask("GET", "/api/workforce/people")[1]["code"] == "locked"

    assert olga.ask("DELETE", "/api/session")[0] == 204

    assert olga.ask("GET", "/api/workforce/people")[1]["code"] == "not_signed_in"


@pytest.fixture
def alice(desk):
    """Alice runs the desk."""
    make(desk, "alice", "dispatcher")
    alice = Somebody(desk)
    alice.sign_in("alice")
    return alice


def test_a_desk_never_locks_as_shipped_and_does_where_the_house_says_so(desk, alice, settings):
    assert alice.session()["lock"] == {
        "station": "desk",
        "stations": [{"key": "desk", "words": "a dispatch desk"}, {"key": "office", "words": "an office"}],
        "after_s": None,
        "locked": False,
    }
    desk.wait(days=2)
    assert alice.ask("GET", "/api/board")[0] == 200

    own_limits(settings, idle_desk=600)

    assert alice.ask("GET", "/api/board")[1]["code"] == "locked"


def test_a_desk_in_the_middle_of_a_call_does_not_lock(desk, alice, settings):
    own_limits(settings, idle_desk=60)
    draft = alice.ask("POST", "/api/drafts", {"id": new_id()})[1]["call_id"]
    desk.wait(minutes=25)
    assert alice.ask("GET", "/api/board")[0] == 200  # She types a call.
    lon, lat = corner(2, 2)
    body = {"id": new_id(), "draft": draft, "seen": 0, "lon": lon, "lat": lat, "nature": "fall"}
    assert alice.ask("POST", "/api/calls", body)[0] == 201
    claim = {"id": new_id(), "doing": "working"}
    assert alice.ask("POST", f"/api/calls/{draft}/claim", claim)[0] == 204
    claimed = alice.ask("GET", "/api/board")[1]["calls"][0]["claim"]
    assert claimed["by"] == "alice"

    desk.wait(seconds=61)
    assert alice.ask("GET", "/api/board")[0] == 200  # She has claimed it.

    assert alice.ask("POST", f"/api/calls/{draft}/claim/release", {"id": new_id()})[0] == 204
    desk.wait(seconds=61)
    assert alice.ask("GET", "/api/board")[1]["code"] == "locked"


def test_a_crew_on_a_call_is_neither_locked_nor_signed_out(desk, settings):
    own_limits(settings, idle_phone=300, longest_phone=3600)
    body = {"id": new_id(), "person": "p-1", "affiliation": AFFILIATION}
    assert desk.post("/api/workforce/people", **body)[0] == 201
    assert desk.post("/api/workforce/people/p-1/credentials", id=new_id(), **ISSUE)[0] == 201
    assert desk.post("/api/workforce/crews/town/M11/on", id=new_id(), person="p-1")[0] == 200
    call = desk.take_call()
    assert desk.assign(call, "M11")[0] == 204
    make(desk, "bob", "crew@town", person="p-1")
    make(desk, "eve", "crew@town")
    bob, eve = Somebody(desk), Somebody(desk)
    bob.sign_in("bob")
    eve.sign_in("eve")
    desk.wait(hours=3)

    assert bob.ask("GET", "/api/units/town/M11/prealerts")[0] == 200
    assert eve.ask("GET", "/api/units/town/M11/prealerts")[1]["code"] == "not_signed_in"


def test_a_locked_wall_shows_who_comes_and_nothing_of_any_patient(desk):
    facility = desk.get("/api/board")["hospitals"][0]["id"]
    call = desk.take_call(callback="555-0100", address="12 Main Street")
    desk.assign(call, "M11")
    desk.post("/api/units/town/M11/destination", id=new_id(), call_id=call, facility=facility)
    alert = {"id": new_id(), "unit": "town/M11", "kind": "stroke", "age": 61, "sex": "female", "complaint": "Slurred"}
    desk.post(f"/api/calls/{call}/prealerts", **alert)
    make(desk, "er.one", f"hospital@{facility}")
    nurse = Somebody(desk)
    nurse.sign_in("er.one")
    desk.wait(minutes=31)

    assert nurse.ask("GET", f"/api/hospitals/{facility}/inbound")[1]["code"] == "locked"
    status, wall = nurse.ask("GET", f"/api/hospitals/{facility}/wall")

    assert status == 200
    assert [(one["call_sign"], one["announced"]) for one in wall["inbound"]] == [("M11", ["Stroke"])]
    said = json.dumps(wall)
    assert not any(one in said for one in (call, "61", "female", "Slurred", "Main", "555"))
    assert nurse.ask("POST", "/api/account/again", {"password": PASSWORD})[0] == 200
    assert nurse.ask("GET", f"/api/hospitals/{facility}/inbound")[0] == 200


def test_nobody_calls_their_office_a_desk_so_that_it_never_locks(desk, olga, alice):
    assert olga.ask("POST", "/api/session/station", {"station": "desk"})[1]["code"] == "no_station"
    assert alice.ask("POST", "/api/session/station", {"station": "office"}) == (204, None)

    assert alice.session()["lock"]["after_s"] == 1800
    desk.wait(minutes=31)
    assert alice.ask("GET", "/api/board")[1]["code"] == "locked"


def test_nobody_is_locked_out_of_a_demo_by_its_fast_clock(desk, olga, settings):
    settings.GOLDENHOUR_DEMO = True
    desk.wait(days=1)

    assert olga.ask("GET", "/api/workforce/people")[0] == 200
    assert olga.session()["lock"]["after_s"] is None

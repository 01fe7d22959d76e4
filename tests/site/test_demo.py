"""The demo plays callers, dispatchers and crews through the endpoints that people use, and nobody gets stuck."""

import json
import re
import shutil
from contextlib import redirect_stderr
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings

from goldenhour.log.live.rebuild import rebuild
from goldenhour.roads.region import load
from goldenhour.site.accounts.demo import PASSWORD as DEMO_PASSWORD
from goldenhour.site.accounts.demo import open_demo
from goldenhour.site.clock import Clock, get_clock, set_clock
from goldenhour.site.demo.driver import Driver
from goldenhour.site.demo.people import people_of
from goldenhour.site.demo.prelude import OPENED, SCRIPT, InnerDesk, play_on, play_prelude
from goldenhour.site.demo.script import write_script
from goldenhour.site.serve import environment
from tests import database as databases
from tests.roads.places import corner
from tests.site.conftest import START, UNITS, new_id
from tests.site.test_accounts import Somebody

pytestmark = pytest.mark.xdist_group("demo")  # The morning is played once, in one process.


@pytest.fixture(scope="module")
def county(town, tmp_path_factory):
    """The town with ambulances enough for a demo's busy day."""
    region = shutil.copytree(town, tmp_path_factory.mktemp("regions") / "county")
    more = "town/V3,V3,town,ambulance,1,2,emt;emt,,1,60,Mon-Sun 03:00-06:00\n"  # Signs off an hour in.
    more += "town/V4,V4,town,ambulance,1,2,emt;emt,,1,60,Mon-Sun 06:00-18:00\n"
    more += "town/A9,A9,town,ambulance,1,2,emt;emr,,1,230,\n"  # Nobody waits there: its volunteers are paged.
    more += "".join(f"town/M{n},M{n},town,ambulance,1,2,paramedic;emt,,1,60,\n" for n in range(21, 29))
    (region / "units.csv").write_text(UNITS + more)
    service = (region / "service.toml").read_text()
    (region / "service.toml").write_text(re.sub("calls_per_day = [0-9.]+", "calls_per_day = 40.0", service))
    return region


@dataclass(frozen=True)
class Morning:
    """Two played hours of the county: a database to be copied, the demo's data folder, and what the driver said."""

    database: str
    data: Path
    opens: datetime
    said: str


@pytest.fixture(scope="module")
def morning(_template, county, tmp_path_factory, django_db_blocker):
    """The county after two played hours, played once."""
    data, before = tmp_path_factory.mktemp("morning"), get_clock()
    with (
        django_db_blocker.unblock(),
        databases.copy_of(_template, data) as made,
        override_settings(DATA=data, GOLDENHOUR_REGION=str(county)),
    ):
        with redirect_stderr(StringIO()) as said:
            opens = play_prelude(data, hours=2, seed=3)
        set_clock(before)
        connection.close()  # It is whole on the disk, and nobody holds it.
        yield Morning(made.name, data, opens, said.getvalue())


@pytest.fixture
def played(morning, county, tmp_path, settings, clock, django_db_blocker):
    """A copy of the county after two played hours, of this test's own; the demo's data folder."""
    settings.DATA, settings.GOLDENHOUR_REGION = tmp_path, str(county)
    shutil.copytree(morning.data, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sqlite3*"))
    with django_db_blocker.unblock(), databases.copy_of(morning.database, tmp_path):
        set_clock(Clock(morning.opens, paused=True))
        yield tmp_path
        set_clock(clock)


def test_two_hours_play_themselves_training_too_and_the_log_says_it_all(played, morning):
    desk = InnerDesk()
    board = desk.get("/api/board")[1]

    assert board["demo"]
    assert json.loads((played / OPENED).read_text())["at"].startswith("2026-05-05T07:00:00")
    assert board["measures"]["response"]["n"] >= 5
    assert "closed" in {one["state"] for one in board["calls"]}
    assert len({one["call_id"] for one in board["units"] if one["call_id"]}) >= 1
    duty = {one["call_sign"]: one["status"] == "out_of_service" for one in board["units"]}
    assert duty["V3"]  # Its shift ended an hour in ...
    assert not duty["V4"]  # ... and this one's began.
    stamps = {stamp for call in board["calls"] for one in call["units"] for stamp in one["stamps"]}
    assert {"en_route", "on_scene", "at_patient", "back_in_service"} <= stamps
    assert "demo:" not in morning.said  # Nothing was refused.
    assert rebuild().differences == []

    # A course is under way, and the mill's night shift is one short.
    _, course = desk.get("/api/workforce/courses/county-college/emt-spring")
    _, team = desk.get(
        "/api/workforce/teams/river-mill/response/coverage?start=2026-05-04T00:00Z&end=2026-05-11T00:00Z"
    )

    assert [one["counts"] for one in course["sessions"]] == [True] * 6  # The instructor may teach.
    assert {one["passed"] for one in course["attempts"]} == {True, False}  # One had to try again.
    covered = {one["name"]: one["fraction"] for one in team["shifts"]}
    assert covered["early"] == 1
    assert covered["night"] == 0


def test_a_call_that_a_person_adds_is_answered_by_the_recommended_unit(played):
    desk, clock = InnerDesk(), get_clock()
    driver = Driver(desk, json.loads((played / SCRIPT).read_text()))
    driver.begin(desk.get("/api/board")[1])
    position = desk.get("/api/board")[1]["position"]
    lon, lat = corner(3, 0)
    _, said = desk.post("/api/calls", {"id": new_id(), "lon": lon, "lat": lat, "nature": "stroke", "priority": 1})

    play_on(driver, position, until=clock.at() + timedelta(hours=3))

    log = desk.get("/api/log?limit=500")[1]
    sent = [one["payload"] for one in log if one["name"] == "dispatch.unit_assigned"]
    mine = [one for one in sent if one["call_id"] == said["call_id"]]
    assert mine
    assert not [one for one in mine if one["override"]]
    closed = [one["payload"]["call_id"] for one in log if one["name"] == "calls.call_closed"]
    assert said["call_id"] in closed


def test_volunteers_are_on_call_and_answer_a_page_and_the_unit_rolls_with_them(played, capsys):
    desk, clock = InnerDesk(), get_clock()
    crew = next(one for one in desk.get("/api/workforce/crews")[1] if one["unit"] == "town/A9")
    assert crew["on_call"]["volunteers"] >= 2  # And the agency's own word counts until one of them has come.
    driver = Driver(desk, json.loads((played / SCRIPT).read_text()))
    board = desk.get("/api/board")[1]
    driver.begin(board)
    lon, lat = corner(3, 0)
    asked = {"lon": lon, "lat": lat, "nature": "stroke", "priority": 1}
    call = desk.post("/api/calls", {"id": new_id(), **asked})[1]["call_id"]
    desk.post(f"/api/calls/{call}/assignments", {"id": new_id(), "unit": "town/A9", "slot": "ambulance"})

    play_on(driver, board["position"], until=clock.at() + timedelta(hours=3))

    log = [one for one in desk.get("/api/log?limit=1000")[1] if one["position"] > board["position"]]
    mine = [one for one in log if one["payload"].get("call_id") == call and one["payload"].get("unit") == "town/A9"]
    accepted = [one for one in mine if one["name"] == "paging.alert_accepted"]
    rolled = next(one for one in mine if one["payload"].get("stamp") == "en_route")
    assert accepted
    assert all(one["at"] < rolled["at"] for one in accepted)
    guest = json.loads((played / SCRIPT).read_text())["guest"]
    said = desk.get(f"/api/calls/{call}/pages")[1]
    people = {one["person"]: one["answer"] for one in said["alerts"][0]["people"]}
    assert people[guest] is None  # Whoever signs in as them answers.
    assert said["messages"] == []  # A demo has no outbox.
    assert "workforce.crew_off" in {one["name"] for one in log}  # And home they went.
    assert "demo:" not in capsys.readouterr().err
    assert rebuild().differences == []


def test_who_signs_in_as_the_demos_volunteer_is_paged_and_answers_for_themselves(played, settings):
    settings.GOLDENHOUR_DEMO = True
    desk, guest = InnerDesk(), json.loads((played / SCRIPT).read_text())["guest"]
    open_demo(at=get_clock().at(), volunteer=guest)
    volunteer = Somebody(desk)
    assert volunteer.sign_in("volunteer", DEMO_PASSWORD)[0] == 200
    assert volunteer.ask("GET", "/api/paging/mine")[1]["on_call"] == ["town/A9"]
    lon, lat = corner(3, 0)
    asked = {"lon": lon, "lat": lat, "nature": "stroke", "priority": 1}
    call = desk.post("/api/calls", {"id": new_id(), **asked})[1]["call_id"]
    desk.post(f"/api/calls/{call}/assignments", {"id": new_id(), "unit": "town/A9", "slot": "ambulance"})

    mine = volunteer.ask("GET", "/api/paging/mine")[1]["alerts"][0]
    body = {"id": new_id(), "eta_min": 5}
    assert volunteer.ask("POST", f"/api/paging/mine/{mine['id']}/accept", body)[0] == 204

    people = desk.get(f"/api/calls/{call}/pages")[1]["alerts"][0]["people"]
    assert [one["person"] for one in people if one["answer"] == "accepted"] == [guest]
    mail = {"id": new_id(), "address": "me@example.org"}
    assert volunteer.ask("POST", "/api/paging/channels/email", mail)[1]["code"] == "demo"


def test_a_crew_does_not_press_again_because_the_feed_is_behind(played):
    desk, clock = InnerDesk(), get_clock()
    driver = Driver(desk, json.loads((played / SCRIPT).read_text()))
    driver.begin(desk.get("/api/board")[1])
    lon, lat = corner(3, 0)
    position = desk.get("/api/board")[1]["position"]
    desk.post("/api/calls", {"id": new_id(), "lon": lon, "lat": lat, "nature": "stroke", "priority": 1})
    play_on(driver, position, until=clock.at() + timedelta(minutes=4))
    board = desk.get("/api/board")[1]
    driver.begin(board)

    for _ in range(20):  # Each time the board is heard again as it was before.
        now_s = driver.next_s()
        assert driver.act(now_s)
        driver.hear({"changed": {"calls": board["calls"], "units": board["units"]}}, now_s)

    log = [one for one in desk.get("/api/log?limit=200")[1] if one["position"] > board["position"]]
    presses = [
        (one["payload"]["unit"], one["payload"]["stamp"])
        for one in log
        if one["name"] == "fleet.time_stamped" and one["payload"]["call_id"]
    ]
    assert presses
    assert len(presses) == len(set(presses))


def test_the_same_seed_gives_the_same_script(town, tmp_path):
    region = load(town)
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        write_script(region, START, people=people_of(region, at=START, seed=seed), seed=seed, to=tmp_path / name)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a").read_bytes() != (tmp_path / "c").read_bytes()


def test_a_demo_never_sees_the_real_database(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://real/house")
    monkeypatch.setenv("GOLDENHOUR_DATA", "/real")

    for env in (
        environment(tmp_path / "demo" / "run-1", None, opens="2026-05-05T11:00:00-05:00"),
        environment(tmp_path / "demo" / ".morning-1", None),
    ):
        assert "DATABASE_URL" not in env
        assert env["GOLDENHOUR_DATA"].startswith(str(tmp_path))
    assert environment(tmp_path, None)["DATABASE_URL"] == "postgres://real/house"
    assert "GOLDENHOUR_DEMO" not in environment(tmp_path, None)


def test_a_demos_clock_runs_fast_pauses_and_never_goes_back(desk):
    desk.clock.run(paused=False)
    assert desk.post("/api/demo", speed=500)[0] == 422
    status, said = desk.post("/api/demo", speed=60, paused=True)
    assert (status, said["speed"], said["paused"]) == (200, 60.0, True)
    first = desk.get("/api/demo")["at"]
    assert desk.get("/api/demo")["at"] == first >= "2026-03-01T22:02:31"
    with pytest.raises(ValueError, match="only forward"):
        desk.clock.leap(START - timedelta(days=1))


def test_a_real_house_has_no_demo_and_nothing_generated(database, settings):
    settings.GOLDENHOUR_REGION = ""
    before = set_clock(Clock())
    try:
        board = InnerDesk().get("/api/board")[1]
        status, said = InnerDesk().get("/api/demo")
        paused = InnerDesk().post("/api/demo", {"paused": True})[0]
    finally:
        set_clock(before)
    assert (board["demo"], board["units"], board["calls"], board["stations"]) == (False, [], [], [])
    assert board["measures"]["response"] == {"n": 0, "median_s": None, "p90_s": None, "histogram": []}
    assert (status, said["code"], paused) == (404, "no_demo", 404)
    assert abs(datetime.fromisoformat(board["at"]) - Clock().at()) < timedelta(minutes=5)

"""Who is aboard, through the front door: signing on, what a crew counts for, midnight, roles, rosters, volunteers."""

import asyncio
import json
import shutil
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from goldenhour.access.wire import iso
from goldenhour.log.live.rebuild import rebuild
from goldenhour.roads.region import load
from goldenhour.site.demo.crews import open_crews
from goldenhour.site.demo.people import open_people
from goldenhour.site.feed import Broadcaster
from goldenhour.site.follow import LogSource
from goldenhour.site.opening import open_region
from tests.site.conftest import START, Desk, new_id

MIDNIGHT = datetime(2026, 3, 2, 6, tzinfo=UTC)  # In EX, which is on Chicago's clock: 22:00 in the town.
LAPSED = "the paramedic's licence lapsed on 2 March 2026"


class CrewDesk(Desk):
    """A desk with people to sign on."""

    def add(self, person, level, *, expires="2027-12-31", kind="licence", place="EX", practice=""):
        affiliation = {"agency": "town", "start": "2020-01-01", "practice": practice}
        status, said = self.post("/api/workforce/people", id=new_id(), person=person, affiliation=affiliation)
        assert status == 201, said
        if level:
            self.issue(person, kind, place, level=level, expires=expires)

    def issue(self, person, kind, place, *, expires="2027-12-31", **what):
        body = {"id": new_id(), "kind": kind, "place": place, "issued": "2024-01-01", "expires": expires, **what}
        status, said = self.post(f"/api/workforce/people/{person}/credentials", **body)
        assert status == 201, said
        return said["credential"]

    def crew(self, unit, gesture, **body):
        return self.post(f"/api/workforce/crews/town/{unit}/{gesture}", **{"id": new_id(), **body})

    def on(self, unit, person, seat="", **more):
        return self.crew(unit, "on", person=person, seat=seat, **more)

    def counts(self, unit):
        return self.unit(unit)["crew"]

    def advice(self, call):
        return self.get(f"/api/calls/{call}/recommendation")

    def until(self, at):
        self.clock.leap(at)


@pytest.fixture(scope="module")
def ex_town(town, tmp_path_factory):
    """The town in the invented state EX, whose rules ship with the demo."""
    region = shutil.copytree(town, tmp_path_factory.mktemp("regions") / "ex-town")
    text = (region / "region.toml").read_text()
    assert 'jurisdiction = "US-CA"' in text
    (region / "region.toml").write_text(text.replace('jurisdiction = "US-CA"', 'jurisdiction = "EX"'))
    return region


@pytest.fixture
def desk(database, ex_town, settings, clock):
    settings.GOLDENHOUR_REGION = str(ex_town)
    open_region(at=clock.at())
    return CrewDesk(clock)


@pytest.fixture
def crewed(desk):
    """M12 with a paramedic whose licence ends tonight and an EMT; M11 with two whose licences last."""
    desk.add("p-1", "paramedic", expires="2026-03-01")
    desk.add("p-2", "emt")
    desk.add("p-3", "paramedic")
    desk.add("p-4", "emt")
    for unit, *crew in (("M12", "p-1", "p-2"), ("M11", "p-3", "p-4")):
        for person in crew:
            status, said = desk.on(unit, person)
            assert status == 200, said
    return desk


def ambulance(advice):
    return next(one["unit"] for one in advice["chosen"] if one["slot"] == "ambulance")


def passed_over(advice, unit):
    return next(one["why"] for one in advice["passed_over"] if one["unit"] == f"town/{unit}")


def test_at_the_licensing_states_midnight_the_unit_counts_for_less_and_dispatch_answers_otherwise(crewed):
    desk = crewed
    for unit in ("M11", "M13"):
        desk.post(f"/api/units/town/{unit}/duty", id=new_id(), on=False)
    desk.post("/api/units/town/V1/duty", id=new_id(), on=True)
    assert desk.counts("M12") == {
        "levels": ["paramedic", "emt"],
        "aboard": 2,
        "can_transport": True,
        "why_no_transport": "",
        "unconfirmed": [],
        "warnings": [],
        "next_change": {"at": iso(MIDNIGHT), "levels": ["emt"], "can_transport": False, "why": LAPSED},
    }
    running = desk.take_call(nature="chest_pain", priority=1)
    desk.until(MIDNIGHT - timedelta(seconds=1))
    assert desk.counts("M12")["levels"] == ["paramedic", "emt"]
    before = desk.advice(running)
    assert ambulance(before) == "town/M12"
    assert "unconfirmed" not in next(one["reason"] for one in before["chosen"] if one["unit"] == "town/M12")
    desk.assign(running, "M12")
    names = desk.names()

    desk.until(MIDNIGHT)

    now = desk.counts("M12")
    assert (now["levels"], now["can_transport"], now["warnings"]) == (["emt"], False, [LAPSED])
    assert now["next_change"] is None
    assert desk.names() == names  # Nobody said so: it follows from the dates.
    # A running call keeps its crew.
    assert desk.unit("M12")["call_id"] == running
    for stamp in ("en_route", "on_scene", "left_scene", "at_destination", "back_in_service"):
        desk.wait(minutes=3)
        assert desk.stamp("M12", stamp) == (204, None)
    # The next one gets another ambulance, lesser and farther in the list, and is told why not M12.
    call = desk.take_call(nature="chest_pain", priority=1)
    after = desk.advice(call)
    assert ambulance(after) == "town/V1"
    assert LAPSED in passed_over(after, "M12")
    assert rebuild().differences == []


def test_every_board_learns_of_midnight_by_itself_also_one_that_was_cut_off_meanwhile(crewed):
    desk = crewed
    head = desk.get("/api/board")["position"]

    async def hear(board):
        """Return the entries of the next message that tells of units by the clock alone."""
        async for news in board:
            for part in news.decode().split("\n\n"):
                if part.startswith("event: units"):
                    return json.loads(part.partition("data: ")[2])["units"]
        return None

    async def walk():
        broadcaster = Broadcaster(LogSource())
        board = broadcaster.follow(head)
        heard = asyncio.ensure_future(hear(board))
        for _ in range(3):  # Some looks before midnight: nothing is told.
            broadcaster.wake()
            await asyncio.sleep(0)
        assert not heard.done()
        desk.until(MIDNIGHT)
        broadcaster.wake()
        first = await asyncio.wait_for(heard, 30)
        late = await asyncio.wait_for(hear(broadcaster.follow(head)), 30)
        await broadcaster.stop()
        return first, late

    first, late = asyncio.run(walk())

    assert [(one["id"], one["crew"]["levels"]) for one in first] == [("town/M12", ["emt"])]
    assert late == first
    assert desk.get("/api/board")["position"] == head


def test_a_change_of_credentials_brings_the_units_entry_with_the_fact(crewed):
    desk, source = crewed, LogSource()
    path = "/api/workforce/people/p-3/credentials/p-3:licence:EX:paramedic"
    head = desk.get("/api/board")["position"]

    desk.post(f"{path}/suspend", id=new_id())

    (facts,) = [source.read(head, 10)]
    (changed,) = source.changed(facts)
    assert [(one["id"], one["crew"]["levels"]) for one in changed["units"]] == [("town/M11", ["emt"])]


def test_who_signs_on_is_told_what_ends_within_ninety_days_to_the_hour(desk):
    desk.add("p-1", "paramedic", expires="2026-03-01")
    desk.add("p-2", "emt", expires="2026-05-30")  # Ends at midnight 31 May, 05:00 UTC: 90 days and 7 h ahead.
    desk.add("p-3", "emt", expires="2026-05-29")

    assert desk.on("M11", "p-1") == (
        200,
        {"warnings": ["The paramedic's licence of EX ends on 1 March 2026 at midnight, in 7 h."]},
    )
    assert desk.on("M12", "p-2", "driver") == (200, {"warnings": []})
    assert desk.on("M13", "p-3", "driver")[1]["warnings"] == [
        "The EMT's licence of EX ends on 29 May 2026 at midnight, in 89 days."
    ]


def test_a_person_is_aboard_one_unit_at_a_time_and_a_seat_holds_one(crewed):
    desk = crewed
    names = desk.names()

    status, said = desk.on("M13", "p-1")
    assert (status, said["code"]) == (409, "aboard_elsewhere")
    assert said["what"] == "This person has been aboard M12 as attendant since 14:02:31."
    desk.add("p-5", "paramedic")
    assert desk.on("M12", "p-5", "driver")[1]["code"] == "seat_taken"
    assert desk.on("M12", "p-5")[1]["code"] == "seat_taken"
    assert desk.on("M12", "p-5", "pilot")[0] == 422
    assert desk.on("M99", "p-5")[0] == 404
    assert desk.on("M13", "p-99")[0] == 404
    assert desk.names().count("workforce.crew_on") == names.count("workforce.crew_on")


def test_a_seat_that_asks_for_more_is_refused_in_words_unless_a_supervisor_lets_them_aboard(desk):
    desk.add("p-1", "emt")

    status, said = desk.on("M12", "p-1", "attendant")
    assert (status, said["code"]) == (409, "seat_asks_more")
    assert said["what"] == "attendant of M12 asks for paramedic or above: counts as EMT here today."
    assert "workforce.crew_on" not in desk.names()
    status, said = desk.on("M12", "p-1", "attendant", override="nobody else came")
    assert status == 200

    fact = desk.get("/api/log?limit=1")[0]
    assert (fact["payload"]["supervisor"], fact["payload"]["reason"]) == ("desk", "nobody else came")
    assert desk.counts("M12")["levels"] == ["emt"]  # Aboard, and counted for what they are.


def test_a_lapsed_paramedic_takes_no_paramedics_seat_and_the_words_say_when(desk):
    desk.add("p-1", "paramedic", expires="2026-02-27")

    status, said = desk.on("M12", "p-1", "attendant")

    assert status == 409
    assert "the paramedic's licence lapsed on 28 February 2026" in said["what"]


def test_who_is_on_a_call_stays_aboard(crewed):
    desk = crewed
    call = desk.take_call()
    desk.assign(call, "M12")

    status, said = desk.crew("M12", "off", person="p-2")
    assert (status, said["what"]) == (409, f"M12 is still on call {call}.")
    desk.post("/api/units/town/M12/clear", id=new_id(), call_id=call)
    assert desk.crew("M12", "off", person="p-2") == (204, None)
    assert desk.counts("M12")["levels"] == ["paramedic"]
    assert desk.counts("M12")["why_no_transport"] == "has a crew of 1, and a transport needs 2"
    assert desk.crew("M12", "off", person="p-2")[1]["code"] == "not_aboard"


def test_a_unit_that_everybody_left_counts_for_nothing_until_its_agency_staffs_it_anew(crewed):
    desk = crewed
    for person in ("p-1", "p-2"):
        desk.crew("M12", "off", person=person)
    assert (desk.counts("M12")["levels"], desk.counts("M12")["aboard"]) == ([], 0)
    for on in (False, True):
        assert desk.post("/api/units/town/M12/duty", id=new_id(), on=on) == (204, None)

    again = desk.counts("M12")

    assert (again["levels"], again["aboard"]) == (["paramedic", "emt"], None)
    assert again["unconfirmed"] == ["its agency says who is aboard, nobody by name"]
    assert rebuild().differences == []


def test_a_unit_that_goes_out_of_service_is_left_by_its_crew(crewed):
    desk = crewed

    desk.post("/api/units/town/M12/duty", id=new_id(), on=False, reason="end of shift")

    assert desk.on("M11", "p-1")[1]["code"] == "seat_taken"  # Free to go elsewhere.
    assert desk.counts("M12")["aboard"] == 0


def test_a_command_role_takes_the_care_out_of_the_count_and_giving_it_back_returns_it(crewed):
    desk = crewed
    call = desk.take_call(nature="traffic_incident", priority=1)
    desk.assign(call, "M12")

    status, said = desk.crew("M12", "roles", person="p-2", role="incident_commander", call_id=call)

    assert status == 200
    less, legal = said["warnings"]
    assert less == "M12 counts one EMT less until the role is given back."
    assert legal.startswith("M12 has no legal crew for transport without this person: has a crew of 1, and a transport")
    counts = desk.counts("M12")
    assert (counts["levels"], counts["can_transport"]) == (["paramedic"], False)
    assert counts["warnings"] == ["the EMT has incident commander"]
    # Two commanders of one incident there are not.
    desk.assign(call, "M11", slot="")
    status, said = desk.crew("M11", "roles", person="p-3", role="incident_commander", call_id=call)
    assert (status, said["code"]) == (409, "role_taken")
    assert desk.crew("M12", "roles/end", person="p-2") == (204, None)
    assert desk.counts("M12")["can_transport"]
    names = desk.names()
    assert [names.count(f"workforce.role_{one}") for one in ("taken", "given_back")] == [1, 1]
    assert rebuild().differences == []


def test_a_role_is_given_back_when_its_call_is_closed_and_holds_nobody_ashore(crewed):
    desk = crewed
    call = desk.take_call()
    desk.assign(call, "M12")
    desk.crew("M12", "roles", person="p-1", role="command", call_id=call)
    desk.post("/api/units/town/M12/clear", id=new_id(), call_id=call)
    assert desk.crew("M12", "off", person="p-1")[1]["code"] == "role_held"

    desk.post(f"/api/calls/{call}/close", outcome="treated_in_place")

    assert desk.counts("M12")["levels"] == ["paramedic", "emt"]
    assert desk.crew("M12", "off", person="p-1") == (204, None)


def test_a_role_names_its_incident_and_is_a_role(crewed):
    desk = crewed

    assert desk.crew("M12", "roles", person="p-1", role="command")[1]["code"] == "role_of_what"
    assert desk.crew("M12", "roles", person="p-1", role="attendant", scope="shift")[1]["code"] == "no_role"
    assert desk.crew("M12", "roles", person="p-1", role="safety", scope="week")[1]["code"] == "no_role"
    assert desk.crew("M11", "roles", person="p-1", role="safety", scope="shift")[1]["code"] == "not_aboard"
    assert desk.crew("M12", "roles", person="p-1", role="safety", scope="shift")[0] == 200
    assert desk.crew("M12", "off", person="p-1") == (204, None)  # A role of the shift ends with it.
    assert desk.names()[-2:] == ["workforce.role_given_back", "workforce.crew_off"]


def test_a_suspension_counts_at_once_and_its_end_too(crewed):
    desk = crewed
    path = "/api/workforce/people/p-3/credentials/p-3:licence:EX:paramedic"
    assert desk.counts("M11")["levels"] == ["paramedic", "emt"]

    assert desk.post(f"{path}/suspend", id=new_id(), reason="a complaint")[0] == 204
    assert desk.counts("M11")["levels"] == ["emt"]
    assert desk.counts("M11")["warnings"] == ["the paramedic's licence was suspended on 1 March 2026"]
    assert desk.post(f"{path}/reinstate", id=new_id())[0] == 204
    assert desk.counts("M11")["levels"] == ["paramedic", "emt"]


def test_who_has_no_licence_on_record_is_not_counted_and_that_is_said(desk):
    desk.add("p-1", "")
    desk.add("p-2", "paramedic")
    assert desk.on("M12", "p-1", "driver")[0] == 409
    desk.on("M12", "p-1", "driver", override="drives only")
    desk.on("M12", "p-2", "attendant")

    counts = desk.counts("M12")

    assert (counts["levels"], counts["aboard"]) == (["paramedic"], 2)
    assert counts["warnings"] == ["no licence of EX is on record"]
    assert counts["why_no_transport"].startswith("has no legal crew: beside the attendant a transport needs an EMR")


def test_a_certificate_alone_counts_for_nothing(desk):
    desk.add("p-1", "paramedic", kind="certificate", place="US")

    status, said = desk.on("M12", "p-1", "attendant")

    assert status == 409
    assert "permits nothing by itself" in said["what"]


def test_a_crew_signs_on_as_rostered_and_what_is_wrong_with_a_roster_is_said(desk):
    for person, level in (("p-1", "paramedic"), ("p-2", "emt"), ("p-3", "emt")):
        desk.add(person, level)
    desk.post("/api/units/town/M12/duty", id=new_id(), on=False)
    start, end = iso(START - timedelta(hours=1)), iso(START + timedelta(hours=11))

    def plan(unit, person, seat, start=start, end=end, **more):
        return desk.crew(unit, "roster", person=person, seat=seat, start=start, end=end, **more)

    assert plan("M12", "p-1", "attendant")[0] == 200
    status, said = plan("M12", "p-2", "driver")
    assert (status, said["warnings"]) == (200, [])
    status, said = plan("M11", "p-2", "driver")
    assert (status, said["code"]) == (409, "two_places")
    assert "p-2 is rostered for driver of town/M1" in said["what"]
    status, said = plan("M12", "p-3", "driver")
    assert (status, said["code"]) == (409, "seat_taken")
    long = iso(START + timedelta(hours=29))
    assert "on duty for 30 h on end; it must be under 24 h" in plan("M13", "p-3", "driver", end=long)[1]["warnings"][0]

    desk.post("/api/units/town/M12/duty", id=new_id(), on=True)

    assert (desk.counts("M12")["levels"], desk.counts("M12")["aboard"]) == (["paramedic", "emt"], 2)
    roster = desk.get(f"/api/workforce/crews/town/M12/roster?start={START:%Y-%m-%dT%H:%M:%SZ}&days=1")
    assert [(one["person"], one["seat"]) for one in roster["duties"]] == [("p-1", "attendant"), ("p-2", "driver")]
    assert [one["what"] for one in roster["faults"]] == [
        "attendant of town/M12 has nobody (Mon 2 Mar 01:02 to 14:02).",
        "driver of town/M12 has nobody (Mon 2 Mar 01:02 to 14:02).",
    ]
    assert rebuild().differences == []


def test_a_volunteer_on_call_is_never_counted_before_they_have_come(desk):
    desk.add("p-1", "emt")
    desk.add("p-2", "emt")
    desk.on("V1", "p-2", "driver")
    desk.post("/api/units/town/V1/duty", id=new_id(), on=True)
    hours = {"start": iso(START - timedelta(hours=1)), "end": iso(START + timedelta(hours=10))}
    assert desk.crew("V1", "on-call", person="p-1", **hours) == (204, None)

    found = next(one for one in desk.get("/api/workforce/crews") if one["unit"] == "town/V1")

    assert (found["crew"]["levels"], found["crew"]["can_transport"]) == (["emt"], False)
    assert found["on_call"]["volunteers"] == 1
    assert 0.8 < found["on_call"]["chance_of_one"] < 1
    assert found["on_call"]["chance_of_two"] == 0
    assert found["on_call"]["turnout_s"] == 218  # A weekend day, as measured.
    call = desk.take_call()
    assert desk.on("V1", "p-1", page=call)[0] == 200
    assert desk.counts("V1")["can_transport"]


def test_a_crew_on_a_call_is_not_relieved_and_one_that_nobody_is_planned_for_stays(crewed):
    desk = crewed
    call = desk.take_call()
    desk.assign(call, "M12")

    status, said = desk.crew("M12", "relieve")
    assert (status, said["what"]) == (409, f"M12 is still on call {call}.")
    assert desk.crew("M11", "relieve") == (204, None)

    assert desk.counts("M12")["aboard"] == desk.counts("M11")["aboard"] == 2
    assert "workforce.crew_off" not in desk.names()


def test_a_gesture_sent_twice_is_one(crewed):
    desk = crewed
    again = {"id": new_id()}
    desk.add("p-5", "paramedic")

    assert desk.on("M13", "p-5", **again)[0] == desk.on("M13", "p-5", **again)[0] == 200

    assert desk.names().count("workforce.crew_on") == 5


def test_the_seats_of_a_unit_are_its_agencys_to_say(desk):
    desk.add("p-1", "paramedic")
    seats = [{"name": "lead", "level": "paramedic", "endorsements": ["rescue"]}, {"name": "driver"}]
    assert desk.crew("M12", "seats", seats=seats) == (204, None)

    status, said = desk.on("M12", "p-1", "lead")
    assert (status, said["what"]) == (409, "lead of M12 asks for rescue: none on record that holds.")
    desk.issue("p-1", "rescue", "US", name="rescue_technician")
    assert desk.on("M12", "p-1", "lead")[0] == 200
    assert [one["name"] for one in desk.get("/api/workforce/crews/town/M12/aboard")["seats"]] == ["lead", "driver"]
    assert desk.crew("M12", "seats", seats=[{"name": "driver"}])[1]["code"] == "seat_taken"


def test_the_demos_people_crew_its_units_and_one_licence_lapses_tonight(desk, ex_town):
    region = load(ex_town)
    people = open_people(region, at=START.astimezone(ZoneInfo(region.time_zone)), seed=1)
    open_crews(region, people, at=desk.clock.at())

    before = {one["call_sign"]: one["crew"] for one in desk.get("/api/board")["units"]}
    tonight = next(seat.unit for seat in people.seats if people.tonight in seat.people).removeprefix("town/")
    assert {call_sign: one["aboard"] for call_sign, one in before.items()} == {
        "E1": 4, "M11": 2, "M12": 2, "M13": 2, "V1": None,
    }  # fmt: skip
    assert before["M11"]["levels"] == before[tonight]["levels"] == ["paramedic", "emt"]
    assert before[tonight]["next_change"]["at"] == iso(MIDNIGHT)
    assert before["M11"]["unconfirmed"] == []

    desk.until(MIDNIGHT)
    assert desk.counts(tonight)["levels"] == ["emt"]
    desk.until(MIDNIGHT + timedelta(hours=9))  # 07:00 in the town: the next platoon.
    assert desk.crew(tonight, "relieve") == (204, None)
    assert desk.counts(tonight)["levels"] == ["paramedic", "emt"]
    aboard = desk.get(f"/api/workforce/crews/town/{tonight}/aboard")["seats"]
    assert people.tonight not in [one["person"] for one in aboard]
    assert [one["person"] for one in aboard] == [one["rostered"] for one in aboard]
    assert rebuild().differences == []


def test_an_emr_near_by_bridges_the_time_to_a_late_ambulance_and_is_stood_down_when_that_is_there_first(desk):
    desk.add("p-1", "emr")
    assert desk.on("E1", "p-1", "seat_3")[0] == 200
    call = desk.take_call(nature="chest_pain", priority=2)
    desk.wait(minutes=8)  # Nobody was sent so far: the ambulance's target is nearly used up, and it turns out late.
    sent = {one["slot"]: one["unit"] for one in desk.advice(call)["chosen"]}
    assert sent.keys() >= {"ambulance"}
    desk.assign(call, "M11")
    desk.assign(call, "E1", slot="first_responder")
    assert desk.call(call)["stand_down"] == []

    desk.stamp("M11", "en_route")
    desk.stamp("M11", "on_scene")

    assert desk.call(call)["stand_down"] == [
        {"unit": "town/E1", "why": "M11, which it was to bridge the time to, is there first"}
    ]
    desk.post("/api/units/town/E1/clear", id=new_id(), call_id=call)
    assert desk.call(call)["stand_down"] == []


def test_an_emr_alone_is_counted_for_what_emrs_may_do_and_never_to_transport(desk):
    desk.add("p-1", "emr")
    desk.add("p-2", "emr")
    assert desk.on("V1", "p-1", "attendant", override="nobody else came")[0] == 200
    assert desk.on("V1", "p-2", "driver", override="nobody else came")[0] == 200

    counts = desk.counts("V1")

    assert counts["levels"] == ["emr", "emr"]
    assert counts["why_no_transport"] == "has only an EMR for the patient, and a transport needs an EMT or above"

"""Pages to people on call, through the front door: accept, decline, enough, again, escalate; nobody counts unasked."""

import json
import shutil
from datetime import timedelta

import pytest
from django.test import Client
from numpy.random import default_rng

from goldenhour.access.live import services as accounts
from goldenhour.access.roles import EVERY, Grant, Role
from goldenhour.access.wire import iso
from goldenhour.log.live import feed
from goldenhour.log.live.rebuild import rebuild
from goldenhour.paging.live import alerting
from goldenhour.paging.live.shown import own_names
from goldenhour.paging.live.worker import Worker
from goldenhour.site.opening import open_region
from tests.site.conftest import Desk, new_id
from tests.site.outside import Mailbox, running
from tests.site.test_hospital_live import Nurse

UNIT = "town/M12"


class OnCallDesk(Desk):
    """A desk with people on call for M12."""

    def add(self, person, level, *, agency="town"):
        body = {"id": new_id(), "person": person, "affiliation": {"agency": agency, "start": "2020-01-01"}}
        assert self.post("/api/workforce/people", **body)[0] == 201
        licence = {"kind": "licence", "place": "EX", "issued": "2024-01-01", "expires": "2027-12-31", "level": level}
        assert self.post(f"/api/workforce/people/{person}/credentials", id=new_id(), **licence)[0] == 201

    def on_call(self, person, unit=UNIT):
        at = self.clock.at()
        span = {"start": iso(at - timedelta(hours=1)), "end": iso(at + timedelta(hours=8))}
        status, said = self.post(f"/api/workforce/crews/{unit}/on-call", id=new_id(), person=person, **span)
        assert status == 204, said

    def page(self, call):
        (one,) = self.call(call)["pages"]
        return one

    def answer(self, alert, person, answer="accepted", **more):
        return self.post(f"/api/paging/alerts/{alert}/answers", id=new_id(), person=person, answer=answer, **more)

    def look(self, **time):
        self.wait(**time)
        alerting.step(self.clock.at())


@pytest.fixture(scope="module")
def ex_town(town, tmp_path_factory):
    """The town in the invented state EX, whose rules ship with the demo."""
    region = shutil.copytree(town, tmp_path_factory.mktemp("regions") / "ex-town")
    text = (region / "region.toml").read_text()
    (region / "region.toml").write_text(text.replace('jurisdiction = "US-CA"', 'jurisdiction = "EX"'))
    return region


@pytest.fixture
def desk(database, ex_town, settings, clock):
    """Four on call for M12: a paramedic, two EMTs, an EMR."""
    settings.GOLDENHOUR_REGION = str(ex_town)
    open_region(at=clock.at())
    desk = OnCallDesk(clock)
    for person, level in (("p-1", "paramedic"), ("p-2", "emt"), ("p-3", "emt"), ("p-4", "emr")):
        desk.add(person, level)
        desk.on_call(person)
    return desk


@pytest.fixture
def paged(desk):
    """M12 is on its way to a call, and the four are paged."""
    desk.paged_call = desk.take_call("chest_pain", priority=1, address="12 Main St")
    assert desk.assign(desk.paged_call, "M12") == (204, None)
    return desk


def test_sending_a_unit_pages_those_on_call_and_counts_only_who_accepted(paged):
    desk, call = paged, paged.paged_call
    page = desk.page(call)
    assert (page["state"], page["needed"], page["accepted"], page["unanswered"]) == ("open", 2, 0, 4)
    assert page["words"] == "nobody of 2 coming yet"
    before = desk.unit("M12")["crew"]
    assert before["aboard"] is None  # Nobody by name: its agency's word.

    assert desk.answer(page["id"], "p-2", eta_min=4) == (204, None)

    page = desk.page(call)
    assert (page["state"], page["accepted"], page["unanswered"]) == ("open", 1, 3)
    assert page["words"] == "1 of 2 coming, first in 4 min"
    assert "transport needs 2" in page["missing"]
    crew = desk.unit("M12")["crew"]
    assert (crew["aboard"], crew["levels"], crew["can_transport"]) == (1, ["emt"], False)

    assert desk.answer(page["id"], "p-1", eta_min=6) == (204, None)

    page = desk.page(call)
    assert (page["state"], page["because"], page["missing"]) == ("enough", "enough", "")
    crew = desk.unit("M12")["crew"]
    assert (crew["aboard"], crew["levels"], crew["can_transport"]) == (2, ["paramedic", "emt"], True)
    status, said = desk.answer(page["id"], "p-3")
    assert (status, said["code"]) == (409, "enough_coming")
    assert rebuild().differences == []


def test_a_crew_that_may_not_carry_is_not_enough_however_many_accept(desk):
    for person in ("p-1", "p-2", "p-3"):
        desk.post(f"/api/workforce/crews/{UNIT}/off-call", id=new_id(), person=person)
    desk.add("p-5", "emr")
    desk.on_call("p-5")
    call = desk.take_call("chest_pain", priority=1)
    desk.assign(call, "M12")
    alert = desk.page(call)["id"]
    for person in ("p-4", "p-5"):
        assert desk.answer(alert, person) == (204, None)
    page = desk.page(call)
    assert (page["state"], page["accepted"]) == ("open", 2)
    assert page["missing"]
    assert desk.unit("M12")["crew"]["aboard"] is None  # Its agency's word alone, as before.
    people = {one["person"]: one for one in desk.get(f"/api/calls/{call}/pages")["alerts"][0]["people"]}
    assert "asks for" in people["p-4"]["counts"]  # They come, and take no seat.


def test_a_word_taken_back_no_longer_counts_and_the_others_are_paged_again(paged):
    desk, call = paged, paged.paged_call
    alert = desk.page(call)["id"]
    desk.answer(alert, "p-1")
    desk.answer(alert, "p-2")
    assert desk.page(call)["state"] == "enough"
    names = len(desk.names())

    assert desk.answer(alert, "p-2", "declined") == (204, None)

    page = desk.page(call)
    assert (page["state"], page["accepted"], page["declined"], page["unanswered"]) == ("open", 1, 1, 2)
    assert desk.unit("M12")["crew"]["aboard"] == 1
    assert desk.names()[names:] == [
        "workforce.crew_off", "paging.alert_declined", "paging.alert_reopened", "paging.people_paged",
    ]  # fmt: skip
    assert desk.answer(alert, "p-3") == (204, None)
    assert desk.page(call)["state"] == "enough"
    assert rebuild().differences == []


def test_who_has_not_answered_is_paged_again_and_then_the_desk_is_told_who_is_next(desk):
    call = desk.take_call("chest_pain", priority=1)
    advice = desk.get(f"/api/calls/{call}/recommendation")
    chosen = next(one for one in advice["chosen"] if one["slot"] == "ambulance")
    unit = chosen["unit"]
    for person in ("p-1", "p-2", "p-3", "p-4"):
        desk.post(f"/api/workforce/crews/{UNIT}/off-call", id=new_id(), person=person)
        desk.on_call(person, unit)
    desk.assign(call, unit.rpartition("/")[2])
    alert = desk.page(call)["id"]
    desk.answer(alert, "p-4", "declined")
    desk.answer(alert, "p-2")

    desk.look(seconds=60)
    assert desk.page(call)["round"] == 1  # Not yet.
    desk.look(seconds=31)
    assert desk.page(call)["round"] == 2
    desk.look(seconds=1)
    assert desk.page(call)["round"] == 2  # Once.
    desk.look(seconds=90)
    desk.look(seconds=90)
    page = desk.page(call)
    assert page["round"] == 3  # And no more than the rule says.
    assert page["escalated_at"]
    assert page["next_unit"] == chosen["runner_up"]
    paged = [one for one in desk.names() if one == "paging.people_paged"]
    assert len(paged) == 2
    assert desk.names().count("paging.alert_escalated") == 1
    assert desk.call(call)["units"][0]["unit"] == unit  # Nobody was sent by machine.
    assert rebuild().differences == []


def test_too_few_who_come_are_an_alarm_that_somebody_takes_and_that_ends_once_enough_come(paged):
    desk, call = paged, paged.paged_call
    alert = desk.page(call)["id"]

    def acknowledge():
        return desk.post("/api/alarms/acknowledge", id=new_id(), quantity="on_call_escalation", about=alert)

    desk.look(seconds=239)
    assert desk.page(call)["alarm"] is None
    assert acknowledge()[1]["code"] == "no_alarm"
    desk.look(seconds=1)
    alarm = desk.page(call)["alarm"]
    assert (alarm["quantity"], alarm["steps_s"], alarm["silenced"]) == ("on_call_escalation", [240.0], None)
    assert alarm["words"] == "has too few of those on call coming"

    assert acknowledge() == (204, None)

    assert desk.page(call)["alarm"]["silenced"] == {"step": 1, "by": "desk", "at": iso(desk.clock.at())}
    assert acknowledge()[1]["code"] == "acknowledged_already"
    desk.look(seconds=240)
    assert acknowledge() == (204, None)  # It comes again.
    desk.answer(alert, "p-1")
    desk.answer(alert, "p-2")
    assert desk.page(call)["state"] == "enough"
    assert desk.page(call)["alarm"] is None
    desk.wait(minutes=9)
    assert acknowledge()[1]["code"] == "no_alarm"
    assert rebuild().differences == []


def test_those_who_declined_or_came_are_not_paged_again(paged):
    desk, call = paged, paged.paged_call
    alert = desk.page(call)["id"]
    desk.answer(alert, "p-4", "declined")
    desk.answer(alert, "p-2")
    desk.wait(minutes=2)
    alerting.step(desk.clock.at())
    with_names = [fact for fact in facts() if type(fact).__name__ == "PeoplePaged"]
    assert [one.people for one in with_names] == [("p-1", "p-3")]


def facts():
    return [fact for _, fact in feed.read_from(0, 1000)]


def test_when_the_unit_is_cleared_the_page_is_over_and_they_go_home(paged):
    desk, call = paged, paged.paged_call
    alert = desk.page(call)["id"]
    desk.answer(alert, "p-1")
    desk.post(f"/api/units/{UNIT}/clear", id=new_id(), call_id=call, reason="not needed")
    assert desk.call(call)["pages"] == []
    status, said = desk.answer(alert, "p-2")
    assert (status, said["code"]) == (409, "alert_over")
    alerting.step(desk.clock.at())
    crew = desk.unit("M12")["crew"]
    assert crew["aboard"] is None  # Its agency's word again.
    assert rebuild().differences == []


def test_without_anybody_on_call_nobody_is_paged_and_a_full_crew_pages_nobody(desk):
    call = desk.take_call()
    desk.assign(call, "M11")
    assert desk.call(call)["pages"] == []
    status, said = desk.post(f"/api/calls/{call}/pages", id=new_id(), unit="town/M11")
    assert (status, said["code"]) == (409, "nobody_on_call")
    desk.add("p-8", "paramedic")
    desk.add("p-9", "emt")
    for person in ("p-8", "p-9"):
        assert desk.post(f"/api/workforce/crews/{UNIT}/on", id=new_id(), person=person)[0] == 200
    second = desk.take_call()
    desk.assign(second, "M12")
    assert desk.call(second)["pages"] == []
    assert "paging.alert_opened" not in desk.names()


def test_a_volunteer_answers_on_their_own_page_and_sees_nobody_elses(paged):
    desk, call = paged, paged.paged_call
    alert = desk.page(call)["id"]
    mine = volunteer(desk, "p-2")
    stranger = volunteer(desk, "p-77", known=False)

    _status, said = mine.get("/api/paging/mine")
    (one,) = said["alerts"]
    assert (one["call_sign"], one["address"], one["answer"]) == ("M12", "12 Main St", None)
    assert one["line"].startswith("M12: Chest pain")
    assert "p-1" not in json.dumps(said)
    assert stranger.get("/api/paging/mine")[1]["alerts"] == []
    assert stranger.post(f"/api/paging/mine/{alert}/accept", id=new_id())[0] == 404

    gesture = new_id()
    assert mine.post(f"/api/paging/mine/{alert}/accept", id=gesture, eta_min=5) == (204, None)
    assert mine.post(f"/api/paging/mine/{alert}/accept", id=gesture, eta_min=5) == (204, None)  # The same tap again.
    assert desk.page(call)["accepted"] == 1
    assert mine.get("/api/paging/mine")[1]["alerts"][0]["answer"] == "accepted"
    assert mine.post(f"/api/paging/mine/{alert}/decline", id=new_id()) == (204, None)
    assert desk.page(call)["accepted"] == 0


def volunteer(desk, person, *, known=True):
    one = Nurse(desk, person.replace("-", "."), Role.CREW, "town")
    if not known:
        desk_person = {"id": new_id(), "person": person, "affiliation": {"agency": "town", "start": "2020-01-01"}}
        Nurse(desk, "officer", Role.CREDENTIALING, EVERY).post("/api/workforce/people", **desk_person)
    accounts.account_tie(account=person.replace("-", "."), person=person, at=desk.clock.at(), actor="console")
    # The desk signs in too, now that there are accounts.
    if not hasattr(desk, "signed_in"):
        grants = [Grant(Role.SUPERVISOR, EVERY)]
        at = desk.clock.at()
        accounts.account_make(account="boss", grants=grants, agency=EVERY, at=at, actor="console")
        key = accounts.link_make(account="boss", at=at, actor="console")
        accounts.password_set(key=key, password="correct horse battery", at=at)
        body = {"username": "boss", "password": "correct horse battery"}
        assert desk.post("/api/signin", **body)[0] == 200
        desk.signed_in = True
    return one


def test_pages_go_by_e_mail_to_those_who_gave_an_address_and_stop_when_enough_come(desk, settings):
    with running(Mailbox()) as mail:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail.port
        people = {one: volunteer(desk, one) for one in ("p-1", "p-2", "p-3")}
        for name, who in people.items():
            body = {"id": new_id(), "address": f"{name}@example.org", "detail": "street"}
            assert who.post("/api/paging/channels/email", **body)[0] == 201
        worker = Worker(rng=default_rng(3))
        call = desk.take_call("chest_pain", priority=1, address="12 Main St")
        desk.assign(call, "M12")
        worker.finish(desk.clock.at())
        assert sorted(to for (to,), _ in mail.letters) == [f"{one}@example.org" for one in ("p-1", "p-2", "p-3")]
        assert all("M12 is needed" in text and "12 Main" not in text for _, text in mail.letters)
        alert = desk.page(call)["id"]
        mail.letters.clear()
        for one in ("p-1", "p-2"):
            people[one].post(f"/api/paging/mine/{alert}/accept", id=new_id(), eta_min=4)
        worker.finish(desk.clock.at())
        worker.close()
        ((to, text),) = mail.letters  # Only the third: nobody more is needed.
        assert to == ["p-3@example.org"]
        assert "stand down" in text
        (channel,) = people["p-3"].get("/api/paging/mine")[1]["channels"]
        assert channel["address"] == "p...@example.org"
        assert people["p-1"].post(f"/api/paging/channels/{channel['id']}/end", id=new_id())[0] == 404
        assert people["p-3"].post(f"/api/paging/channels/{channel['id']}/end", id=new_id()) == (204, None)
    assert rebuild().differences == []


def test_ones_own_feed_hears_of_the_units_one_is_on_call_for_and_is_nobody_elses(desk):
    mine = volunteer(desk, "p-2")
    said = mine.get("/api/paging/mine")[1]
    assert said["on_call"] == [UNIT]
    assert own_names("p-2", said) == {"p-2", UNIT}
    call = desk.take_call("chest_pain", priority=1)
    desk.assign(call, "M12")
    assert own_names("p-2", mine.get("/api/paging/mine")[1]) == {"p-2", UNIT, call}
    assert Client(headers={"Host": "localhost"}).get("/api/paging/mine/feed").status_code == 401


def test_the_desk_pages_those_who_came_on_call_after_the_unit_was_sent(desk):
    for person in ("p-1", "p-2", "p-3", "p-4"):
        desk.post(f"/api/workforce/crews/{UNIT}/off-call", id=new_id(), person=person)
    call = desk.take_call("chest_pain", priority=1)
    desk.assign(call, "M12")
    assert desk.get(f"/api/calls/{call}/pages")["can_page"] == []
    desk.on_call("p-1")
    desk.on_call("p-2")
    assert desk.get(f"/api/calls/{call}/pages")["can_page"] == [UNIT]
    gesture = new_id()
    for _ in range(2):  # The same gesture again is harmless.
        assert desk.post(f"/api/calls/{call}/pages", id=gesture, unit=UNIT) == (201, {"alert": gesture})
    assert desk.page(call)["unanswered"] == 2
    status, said = desk.post(f"/api/calls/{call}/pages", id=new_id(), unit=UNIT)
    assert (status, said["code"]) == (409, "paged_already")
    assert desk.post(f"/api/paging/alerts/{gesture}/close", id=new_id()) == (204, None)
    assert desk.call(call)["pages"] == []
    assert desk.get(f"/api/calls/{call}/pages")["can_page"] == [UNIT]
    assert rebuild().differences == []


@pytest.mark.parametrize("name", ["none", "%00", "..", "x" * 300])
def test_a_page_that_is_none_is_not_there(desk, name):
    for doing, body in (("answers", {"person": "p-1", "answer": "accepted"}), ("close", {})):
        assert desk.post(f"/api/paging/alerts/{name}/{doing}", id=new_id(), **body)[0] == 404
    assert desk.post(f"/api/paging/destinations/{name}/try", id=new_id())[0] in {404, 422}
    assert desk.post(f"/api/paging/messages/{name}/again", id=new_id())[0] in {404, 422}

"""People over HTTP: gestures, past days, who sees whom, the second person, forgetting, the calendar."""

import json
import logging
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import uuid_utils
from django.db import connection
from django.test import Client

from goldenhour.log.live import feed, keys
from goldenhour.log.live.rebuild import rebuild
from goldenhour.site.clock import Clock, set_clock
from goldenhour.workforce.live import queries
from goldenhour.workforce.live.models import PendingChange

START = datetime(2026, 4, 30, 22, 2, 31, tzinfo=UTC)  # 17:02:31 in EX, on the last day of Ann's licence.
NAME, MAIL = "Ann Example", "ann@example.org"


def new_id():
    return str(uuid_utils.uuid7())


class Office:
    """Somebody at the machine, under a name of their own. Each answer is (status, body)."""

    def __init__(self, clock, actor="alice"):
        self.clock, self.actor = clock, actor
        self.client = Client(headers={"Host": "localhost", "Goldenhour-Actor": actor})

    def wait(self, **time):
        self.clock.leap(self.clock.at() + timedelta(**time))

    def get(self, path):
        answer = self.client.get(path)
        return answer.status_code, answer.json()

    def post(self, path, **body):
        body = {"id": new_id(), **body}
        answer = self.client.post(path, json.dumps(body), content_type="application/json")
        return answer.status_code, answer.json() if answer.content else None

    def done(self, path, **body):
        status, said = self.post(path, **body)
        assert status in {200, 201, 204}, said
        return said

    def on(self, credential, doing, **body):
        return self.post(f"/api/workforce/people/ke-1/credentials/{credential}/{doing}", **body)

    def status(self, credential, day):
        said = self.get(f"/api/workforce/people/ke-1?on={day}")[1]
        return next(one["status"] for one in said["credentials"] if one["id"] == credential)

    def held(self, credential="ke-1:licence:EX:paramedic"):
        said = self.get("/api/workforce/people/ke-1")[1]
        return next(one for one in said["credentials"] if one["id"] == credential)


@pytest.fixture
def clock():
    clock = Clock(START, paused=True)
    before = set_clock(clock)
    yield clock
    set_clock(before)


@pytest.fixture
def office(database, settings, clock):
    settings.GOLDENHOUR_REGION = ""
    return Office(clock)


LICENCE = "ke-1:licence:EX:paramedic"


@pytest.fixture
def ann(office):
    """Ann Example, a paramedic whose licence of EX holds until today."""
    office.done(
        "/api/workforce/people",
        person="KE-1",
        who={"given_name": "Ann", "family_name": "Example", "email": MAIL, "born": "1990-02-03",
             "languages": ["en", "es"], "immunisations": ["Hepatitis B 2021"]},
        affiliation={"agency": "kestrel-ems", "service": "ambulance", "start": "2020-01-01"},
    )  # fmt: skip
    said = office.done(
        "/api/workforce/people/ke-1/credentials",
        kind="licence", place="EX", level="Paramedic", issued="2024-05-01", expires="2026-04-30", number="P-777",
    )  # fmt: skip
    assert said == {"credential": LICENCE}
    return office


def rebuilt():
    return rebuild().differences == []


def test_somebody_is_added_with_a_licence_and_everything_is_in_the_answer(ann):
    status, said = ann.get("/api/workforce/people/ke-1")

    assert status == 200
    assert (said["name"], said["born"], said["languages"]) == (NAME, "1990-02-03", ["en", "es"])
    assert said["immunisations"] == [{"name": "hepatitis_b", "year": 2021}]
    assert said["standing"]["live"]
    assert said["standing"]["why"] == "The paramedic's licence of EX holds until 30 April 2026."
    assert (ann.held()["expires"], ann.held()["until"], ann.held()["number"]) == ("2026-04-30", "2026-05-01", "P-777")
    assert said["next_change"] == "2026-05-01"
    assert rebuilt()


def test_at_midnight_in_the_state_it_lapses_by_itself_and_nothing_is_recorded(ann):
    head = feed.head().position
    ann.clock.leap(datetime(2026, 5, 1, 4, 59, 59, tzinfo=UTC))
    assert ann.get("/api/workforce/people/ke-1")[1]["standing"]["live"]

    ann.wait(seconds=1)  # 00:00 in EX.

    here = ann.get("/api/workforce/people/ke-1")[1]["standing"]
    assert (here["live"], here["why"]) == (False, "The paramedic's licence lapsed on 1 May 2026.")
    assert feed.head().position == head


def test_the_state_of_any_past_day_can_be_asked(ann):
    assert ann.on(LICENCE, "suspend", day="2025-01-01", until="2025-03-01", reason="inquiry")[0] == 204
    assert ann.on(LICENCE, "renew", expires="2028-04-30")[0] == 204
    assert ann.on(LICENCE, "surrender", day="2027-01-01")[0] == 204

    days = [
        "2024-04-30",
        "2024-05-01",
        "2025-01-01",
        "2025-02-28",
        "2025-03-01",
        "2026-05-01",
        "2026-12-31",
        "2027-01-01",
    ]
    assert [ann.status(LICENCE, day) for day in days] == [
        "not_yet", "live", "suspended", "suspended", "live", "live", "live", "surrendered",
    ]  # fmt: skip
    assert [one["what"] for one in ann.held()["history"]] == ["issued", "suspended", "renewed", "surrendered"]
    assert rebuilt()


def test_a_gesture_sent_twice_is_done_once_and_another_under_its_id_is_refused(ann):
    one = new_id()
    assert ann.on(LICENCE, "renew", id=one, expires="2028-04-30")[0] == 204
    assert ann.on(LICENCE, "renew", id=one, expires="2028-04-30")[0] == 204
    assert len(ann.held()["history"]) == 2

    same = new_id()
    body = {"kind": "certificate", "place": "US", "level": "paramedic", "issuer": "nremt", "issued": "2025-01-01"}
    first = ann.post("/api/workforce/people/ke-1/credentials", **body, id=same)
    assert first == ann.post("/api/workforce/people/ke-1/credentials", **body, id=same)
    assert first[0] == 201


def test_what_cannot_be_done_is_refused_in_words_and_nothing_changes(ann):
    head = feed.head().position
    for credential, doing, more, code in [
        (LICENCE, "reinstate", {}, 409),
        (LICENCE, "restrict", {}, 422),
        (LICENCE, "renew", {"expires": "2020-01-01"}, 422),
        (LICENCE, "melt", {}, 422),
        ("ke-1:licence:EX:emt", "lapse", {}, 404),
        (LICENCE, "verify", {"how": " "}, 422),
    ]:
        status, said = ann.on(credential, doing, **more)
        assert status == code, said
        assert {"code", "what", "do"} <= said.keys()
    again = {"kind": "licence", "place": "EX", "level": "paramedic", "issued": "2025-01-01", "expires": "2027-01-01"}
    assert ann.post("/api/workforce/people/ke-1/credentials", **again)[0] == 409
    assert feed.head().position == head


def test_what_was_revoked_is_not_renewed_but_issued_anew(ann):
    assert ann.on(LICENCE, "revoke", day="2026-04-01")[0] == 204
    status, said = ann.on(LICENCE, "renew", expires="2028-04-30")
    assert (status, said["code"]) == (409, "cannot_be_renewed")
    assert "revoked since 1 April 2026" in said["what"]

    new = {"kind": "licence", "place": "EX", "level": "paramedic", "issued": "2026-04-30", "expires": "2028-04-30"}
    assert ann.done("/api/workforce/people/ke-1/credentials", **new) == {"credential": f"{LICENCE}:2"}
    assert ann.get("/api/workforce/people/ke-1")[1]["standing"]["live"]
    assert ann.status(LICENCE, "2026-04-30") == "revoked"


def test_any_edit_of_a_credential_clears_that_it_was_verified(ann):
    assert ann.on(LICENCE, "verify", how="the state's register")[0] == 204
    assert ann.held()["verified"] == {"by": "alice", "at": "2026-04-30T22:02:31.000Z", "how": "the state's register"}

    ann.done("/api/workforce/people/ke-1/edit", who={"phone": "555-0100"})
    assert ann.held()["verified"]  # Another number to ring changes no credential.
    ann.on(LICENCE, "renew", expires="2028-04-30")

    assert ann.held()["verified"] is None
    assert ann.get("/api/workforce/people?verified=true")[1]["total"] == 0
    assert rebuilt()


def test_practice_lies_below_the_licence_or_is_refused_and_moves_from_a_day_on(ann):
    serves = {"agency": "kestrel-ems", "service": "ambulance", "start": "2026-03-01"}
    above = ann.post("/api/workforce/people/ke-1/affiliations", affiliation={**serves, "practice": "physician"})
    assert (above[0], above[1]["code"]) == (409, "practice_above_licence")

    ann.done("/api/workforce/people/ke-1/affiliations", affiliation={**serves, "practice": "emt"})

    here = ann.get("/api/workforce/people/ke-1")[1]
    assert (here["standing"]["level"], here["standing"]["practice"]) == ("paramedic", "emt")
    past = ann.get("/api/workforce/people/ke-1?on=2026-02-28")[1]
    assert past["standing"]["practice"] == "paramedic"
    assert [(one["start"], one["end"], one["practice"]) for one in here["affiliations"]] == [
        ("2020-01-01", "2026-03-01", ""), ("2026-03-01", None, "emt"),
    ]  # fmt: skip
    assert rebuilt()


# ---------------------------------------------------------------- the second person


def test_a_correction_that_gives_more_waits_for_another_person_ends_by_itself_and_lasts_once_verified(ann):
    ann.clock.leap(datetime(2026, 5, 1, 6, 0, tzinfo=UTC))
    assert not ann.get("/api/workforce/people/ke-1")[1]["standing"]["live"]
    said = ann.on(LICENCE, "correct", expires="2027-04-30", reason="The year was mistyped.")[1]
    assert not said["done"]
    assert not ann.get("/api/workforce/people/ke-1")[1]["standing"]["live"]  # Until somebody else has looked.

    path = f"/api/workforce/proposals/{said['proposal']}"
    assert ann.get("/api/workforce/proposals")[1]["proposals"][0]["yours"]
    status, refused = ann.post(f"{path}/confirm")
    assert (status, refused["code"]) == (409, "same_person")
    assert not ann.get("/api/workforce/people/ke-1")[1]["standing"]["live"]

    Office(ann.clock, "bob").done(f"{path}/confirm")

    assert ann.get("/api/workforce/people/ke-1")[1]["standing"]["live"]
    assert (ann.status(LICENCE, "2026-05-14"), ann.status(LICENCE, "2026-05-15")) == ("live", "lapsed")
    owed = ann.get("/api/workforce/people/ke-1/page?place=EX")[1]["owes"]
    assert any(one["what"].startswith("A correction of it ends") for one in owed)
    assert ann.post(f"{path}/confirm")[1]["code"] == "decided"

    ann.on(LICENCE, "verify", how="the state's register")

    assert (ann.status(LICENCE, "2026-05-15"), ann.status(LICENCE, "2027-05-01")) == ("live", "lapsed")
    assert rebuilt()


def test_a_correction_for_longer_than_thirty_days_is_refused(ann):
    status, said = ann.on(LICENCE, "correct", expires="2027-04-30", holds_until="2026-06-30", reason="typo")

    assert (status, said["code"]) == (422, "bad_holds_until")
    assert ann.get("/api/workforce/proposals")[1]["proposals"] == []


def people_of(office, count, agency="north"):
    head = "person,agency,kind,place,level,issued,expires\n"
    rows = "".join(f"{agency[0]}-{k},{agency},licence,EX,EMT,2025-01-01,2027-01-31\n" for k in range(1, count + 1))
    assert office.done("/api/workforce/import", text=head + rows)["done"]


@pytest.mark.parametrize(("count", "waits"), [(20, False), (19, True)])
def test_more_than_five_percent_of_a_place_waits_for_a_second_person_and_five_does_not(office, count, waits):
    people_of(office, count)

    path = "/api/workforce/people/n-1/credentials/n-1:licence:EX:emt/correct"
    said = office.done(path, expires="2026-04-01", reason="It was the year before.")

    assert said["done"] != waits
    assert office.get("/api/workforce/people/n-1")[1]["standing"]["live"] == waits
    if waits:
        (waiting,) = office.get("/api/workforce/proposals")[1]["proposals"]
        assert (waiting["dropped"], waiting["of"], waiting["day"]) == (1, 19, "2026-04-30")
        Office(office.clock, "bob").done(f"/api/workforce/proposals/{waiting['id']}/confirm")
        assert not office.get("/api/workforce/people/n-1")[1]["standing"]["live"]
        assert office.held_nothing_aside()
    assert rebuilt()


Office.held_nothing_aside = lambda _self: not PendingChange.objects.exists()


def test_a_waiting_change_can_be_dropped_and_is_then_over(office):
    people_of(office, 3)
    path = "/api/workforce/people/n-1/credentials/n-1:licence:EX:emt/correct"
    said = office.done(path, expires="2026-04-01", reason="typo")

    office.done(f"/api/workforce/proposals/{said['proposal']}/drop", reason="It was right.")

    status, refused = Office(office.clock, "bob").post(f"/api/workforce/proposals/{said['proposal']}/confirm")
    assert (status, refused["code"]) == (409, "decided")
    assert office.held_nothing_aside()
    assert office.get("/api/workforce/people/n-1")[1]["standing"]["live"]


def test_one_suspension_is_never_held_back_however_small_the_place(office):
    people_of(office, 1)

    path = "/api/workforce/people/n-1/credentials/n-1:licence:EX:emt/suspend"
    assert office.post(path, reason="order of the state")[0] == 204

    assert not office.get("/api/workforce/people/n-1")[1]["standing"]["live"]


# ---------------------------------------------------------------- who sees whom


def test_the_people_of_other_agencies_are_not_there(ann):
    people_of(ann, 2)
    at = ann.clock.at()

    def seen(*agencies):
        return {one.id for one in queries.list_people(agencies=frozenset(agencies), at=at)}

    assert seen("kestrel-ems") == {"ke-1"}
    assert seen("north") == {"n-1", "n-2"}
    assert seen("kestrel-ems", "north") == {"ke-1", "n-1", "n-2"}
    assert seen("elsewhere") == seen() == set()
    assert {one.id for one in queries.list_people(agencies=None, at=at)} == {"ke-1", "n-1", "n-2"}


def test_who_serves_in_two_agencies_is_seen_by_both_each_its_own_part_and_no_longer_once_they_left(ann):
    ann.done("/api/workforce/people/ke-1/affiliations", affiliation={
        "agency": "village-vfd", "service": "fire", "pay": "volunteer", "start": "2026-01-01"})  # fmt: skip

    def part(agency):
        found = queries.list_people(agencies=frozenset({agency}), at=ann.clock.at())
        return [own.agency for one in found for own in one.affiliations]

    assert (part("kestrel-ems"), part("village-vfd")) == (["kestrel-ems"], ["village-vfd"])
    ann.done("/api/workforce/people/ke-1/affiliations/end", agency="village-vfd", end="2026-04-30", reason="moved")
    assert (part("kestrel-ems"), part("village-vfd")) == (["kestrel-ems"], [])


# ---------------------------------------------------------------- names


def test_a_name_is_in_no_address_log_line_error_tail_or_calendar(ann, caplog):
    caplog.set_level(logging.DEBUG)
    answers = [
        ann.post("/api/workforce/people", person=NAME, who={"given_name": "Ann"}),
        ann.post("/api/workforce/people", person="ke-1", who={"given_name": "Ann", "family_name": "Example"}),
        ann.post("/api/workforce/people/ke-1/edit", who={"email": f"{MAIL}\n{NAME}"}),
        ann.post("/api/workforce/people/ke-1/edit", who={"languages": [NAME]}),
        ann.post("/api/workforce/people/ke-1/edit", who={"immunisations": [NAME]}),
        ann.post("/api/workforce/people/ke-1/credentials", kind=NAME, place=NAME, level=NAME, issued="2020-01-01"),
        ann.post("/api/workforce/import", text=f"person,agency,kind\n{NAME},{NAME},{NAME}\nx-1,{NAME},{NAME}\n"),
        ann.post("/api/workforce/import", text=f"{NAME},{MAIL}\n{NAME},1\n"),
        ann.post("/api/workforce/people", person="x-9", who={"given_name": NAME * 30}),
    ]
    assert all(status in {409, 422} for status, _ in answers)
    told = json.dumps([said for _, said in answers]) + caplog.text + json.dumps(ann.get("/api/log?limit=500")[1])
    assert "Ann" not in told
    assert "Example" not in told
    assert MAIL not in told

    found = ann.client.post("/api/workforce/people/search", '{"text": "exam"}', content_type="application/json").json()
    assert [one["name"] for one in found["people"]] == [NAME]  # The answer is for who may see it; the address is bare.
    assert ann.client.get("/api/workforce/people?text=Example").status_code == 422


def test_the_boards_tail_says_that_something_was_said_of_people_and_nothing_of_whom(ann):
    ann.on(LICENCE, "suspend", reason="inquiry")

    told = [one for one in ann.get("/api/log?limit=500")[1] if one["name"].startswith("workforce.")]

    assert told[0]["name"] == "workforce.credential_suspended"
    assert {(one["stream"], json.dumps(one["payload"])) for one in told} == {("people", "{}")}
    assert "ke-1" not in json.dumps(told)


def test_a_destroyed_key_forgets_who_it_was_and_keeps_what_was_held(ann, database):
    ann.on(LICENCE, "suspend", day="2025-01-01", until="2025-03-01", reason="Ann was ill")
    assert NAME.split()[1].encode() in database.stored_bytes

    keys.destroy("person/ke-1", reason="asked to", at=ann.clock.at(), actor="alice")

    said = ann.get("/api/workforce/people/ke-1")[1]
    assert (said["name"], said["born"], said["email"], said["languages"]) == ("", None, "", [])
    assert ann.held()["number"] == ""
    assert [one["words"] for one in ann.held()["history"]] == ["", ""]
    assert ann.status(LICENCE, "2025-02-01") == "suspended"
    if connection.vendor == "sqlite":
        for secret in (b"Example", MAIL.encode(), b"P-777", b"Ann was ill"):
            assert secret not in database.stored_bytes
    assert rebuilt()


# ---------------------------------------------------------------- lists, what ends, own page


def test_people_are_listed_by_what_is_asked_and_nothing_else_may_be_asked(ann):
    people_of(ann, 3)

    def ids(query):
        status, said = ann.get(f"/api/workforce/people?{query}")
        assert status == 200, said
        return [one["id"] for one in said["people"]]

    assert ids("sort=id") == ["ke-1", "n-1", "n-2", "n-3"]
    assert ids("sort=id&descending=true&limit=2") == ["n-3", "n-2"]
    assert ids("sort=id&offset=3") == ["n-3"]
    assert ids("level=paramedic") == ["ke-1"]
    assert ids("agency=north&sort=id") == ["n-1", "n-2", "n-3"]
    assert ids("service=ambulance") == ["ke-1"]
    assert ids("expiring=30") == ["ke-1"]
    assert ids("standing=not_live&on=2026-05-01") == ["ke-1"]
    for query in ("sort=number", "born=1990-02-03", "limit=0", "on=yesterday", "level=wizard"):
        assert ann.get(f"/api/workforce/people?{query}")[0] == 422


def test_what_ends_is_told_with_its_notice(ann):
    people_of(ann, 1)

    (one,) = ann.get("/api/workforce/expiring")[1]["expiring"]
    assert (one["person"], one["expires"], one["days_left"], one["notice"]) == ("ke-1", "2026-04-30", 0, 7)
    assert one["ends_at"] == "2026-05-01T05:00:00.000Z"
    assert len(ann.get("/api/workforce/expiring?within=400")[1]["expiring"]) == 2
    assert ann.get("/api/workforce/expiring?within=400&agency=kestrel-ems")[1]["expiring"] == [one]


def test_the_calendar_is_behind_a_secret_address_and_holds_no_name(ann):
    address = ann.done("/api/workforce/calendars/kestrel-ems")["address"]
    answer = ann.client.get(address)

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    (day,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert day["SUMMARY"] == "ke-1: EX paramedic licence ends"
    assert day["DTSTART"].dt == date(2026, 4, 30)
    assert sorted(-alarm["TRIGGER"].dt.days for alarm in day.walk("VALARM")) == [7, 30, 60, 90]
    for secret in (b"Ann", b"Example", MAIL.encode(), b"P-777"):
        assert secret not in answer.content
    token = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert token not in json.dumps(ann.get("/api/log?limit=500")[1])

    again = ann.done("/api/workforce/calendars/kestrel-ems")["address"]
    assert ann.client.get(address).status_code == 404  # The new one voids it.
    assert ann.client.get(again).status_code == 200
    ann.done("/api/workforce/calendars/kestrel-ems/close")
    assert ann.client.get(again).status_code == 404
    for wrong in ("x" * 43, "x", "kestrel-ems"):
        assert ann.client.get(f"/api/workforce/calendar/{wrong}.ics").status_code == 404
    assert rebuilt()


def test_somebodys_page_says_what_they_may_do_here_today_and_why(ann):
    status, page = ann.get("/api/workforce/people/ke-1/page?place=EX")

    assert status == 200
    may = {one["skill"]: one for group in page["may"] for one in group["skills"]}
    assert may["iv_access"]["verdict"] == "allow"
    assert may["iv_access"]["source"]
    assert sum(group["allow"] + group["deny"] + group["unknown"] for group in page["may"]) == len(may)
    assert [one["what"] for one in page["owes"]] == ["Renew it: 0 days are left."]

    ann.wait(days=1)
    page = ann.get("/api/workforce/people/ke-1/page?place=EX")[1]
    may = {one["skill"]: one for group in page["may"] for one in group["skills"]}
    assert {one["verdict"] for one in may.values()} <= {"deny"} or page["may"] == []
    assert page["standing"]["why"] == "The paramedic's licence lapsed on 1 May 2026."


def test_what_is_owed_names_the_hours_of_education_that_are_missing(ann):
    nremt = {"kind": "certificate", "place": "US", "issuer": "NREMT", "level": "paramedic"}
    ann.done("/api/workforce/people/ke-1/credentials", **nremt, issued="2025-04-01", expires="2027-03-31")

    owed = ann.get("/api/workforce/people/ke-1/page?place=EX")[1]["owes"]

    assert [(one["credential"], one["by"]) for one in owed] == [
        (LICENCE, "2026-04-30"), ("ke-1:certificate:US:paramedic", "2027-03-31"),
    ]  # fmt: skip
    assert owed[1]["what"].startswith("0 of 60 h count. national: 30 of 30 h are missing.")


def test_who_lacks_what_for_a_seat_is_listed(ann):
    people_of(ann, 1)

    said = ann.get("/api/workforce/lacking?place=EX&level=paramedic")[1]
    assert {one["id"]: (one["fits"], one["lacks"]) for one in said["people"]} == {
        "ke-1": (True, []),
        "n-1": (False, ["The seat needs paramedic; the licence is as EMT."]),
    }

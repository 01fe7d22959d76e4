"""Training through the front door: courses, sheets, completion, renewals, workplace teams; and who may see them."""

import json
import shutil

import pytest

from goldenhour.log.live import feed
from goldenhour.log.live.rebuild import rebuild
from goldenhour.site.opening import open_region
from tests.site.conftest import new_id
from tests.site.test_accounts import Somebody, make
from tests.site.test_crews_live import CrewDesk

COURSE = "town/emr-2026"


class School(CrewDesk):
    """A desk from which a course is run."""

    def open(self, course=COURSE, level="emr", **more):
        body = {"id": new_id(), "course": course, "programme": "town/school", "level": level, "state": "EX"}
        body |= {"place_kind": "workplace", "hours": {"breathing": 20, "bleeding": 28}, "sheets": ["tourniquet"]}
        return self.post("/api/workforce/courses", **body | {"start": "2026-02-01"} | more)

    def approve(self, levels=("emr",), start="2026-01-01", **more):
        body = {"id": new_id(), "programme": "town/school", "state": "EX", "levels": list(levels), "start": start}
        return self.post("/api/workforce/training/approvals", **body | {"source": "letter 12 of the office"} | more)

    def course(self, gesture, course=COURSE, **body):
        return self.post(f"/api/workforce/courses/{course}/{gesture}", **{"id": new_id(), **body})

    def session(self, session, topic, hours, **more):
        body = {"session": session, "day": "2026-02-10", "topic": topic, "hours": hours, "instructor": "t-1"}
        return self.course("sessions", **body | {"attended": {"s-1": hours}} | more)

    def try_sheet(self, done=8, critical=(), **more):
        steps = ["gloves", "pressure", "place", "tighten", "secure", "time", "recheck", "warm"][:done]
        body = {"person": "s-1", "sheet": "tourniquet", "day": "2026-02-10", "done": steps, "critical": list(critical)}
        return self.course("sheets", **body | {"examiner": "t-1"} | more)

    def complete(self, day="2026-02-28", **more):
        return self.course("complete", **{"person": "s-1", "day": day} | more)

    def student(self, course=COURSE, person="s-1"):
        return next(one for one in self.get(f"/api/workforce/courses/{course}")["people"] if one["person"] == person)


@pytest.fixture(scope="module")
def ex_town(town, tmp_path_factory):
    region = shutil.copytree(town, tmp_path_factory.mktemp("regions") / "ex-town")
    text = (region / "region.toml").read_text()
    (region / "region.toml").write_text(text.replace('jurisdiction = "US-CA"', 'jurisdiction = "EX"'))
    return region


@pytest.fixture
def desk(database, ex_town, settings, clock):
    settings.GOLDENHOUR_REGION = str(ex_town)
    open_region(at=clock.at())
    return School(clock)


@pytest.fixture
def school(desk):
    """An approved programme, an EMR course in it, an instructor, and one student enrolled."""
    desk.add("t-1", "emt")
    desk.issue("t-1", "instructor", "EX", level="emt", expires="2027-12-31")
    desk.add("s-1", "")
    assert desk.approve()[0] == 201
    assert desk.open()[0] == 201
    assert desk.course("enrol", person="s-1")[0] == 204
    return desk


def teach(school):
    for session, topic, hours in (("s1", "breathing", 20), ("s2", "bleeding", 28)):
        status, said = school.session(session, topic, hours)
        assert (status, said["notes"]) == (201, [])


# ---------------------------------------------------------------- a course, from opening to eligible


def test_a_course_shows_how_its_hours_stand_beside_what_is_known(desk):
    status, said = desk.open()

    assert (status, said["total"]) == (201, 48)
    assert said["known_hours"]["agree"] is False
    judged = {one["basis"]: one["judged"] for one in said["known_hours"]["ranges"]}
    assert judged["older practice"] == "within"
    assert "disagree" in said["known_hours"]["words"]


def test_somebody_who_did_everything_in_an_approved_programme_is_eligible(school):
    teach(school)
    assert school.try_sheet()[1]["passed"]

    status, said = school.complete()

    assert (status, said["completed"], said["eligible"]) == (201, True, True)
    assert (school.student()["status"], school.student()["eligible"]) == ("completed", True)
    assert "workforce.course_completed" in school.names()
    assert "workforce.credential_issued" not in school.names()[school.names().index("workforce.course_completed") :]


def test_completing_on_a_day_without_approval_is_kept_and_makes_nobody_eligible(desk):
    desk.add("t-1", "emt")
    desk.issue("t-1", "instructor", "EX", level="emr")
    desk.add("s-1", "")
    approval = desk.approve()[1]["approval"]
    body = {"id": new_id(), "approval": approval, "end": "2026-02-28", "reason": "withdrawn"}
    assert desk.post("/api/workforce/training/approvals/end", **body)[0] == 204
    desk.open()
    desk.course("enrol", person="s-1")
    teach(desk)
    desk.try_sheet()

    eligible_before = desk.student()["eligible"]
    status, said = desk.complete("2026-02-28")

    assert eligible_before is None
    assert (status, said["completed"], said["eligible"]) == (201, True, False)
    assert "not approved" in desk.student()["why"]


def test_what_is_missing_refuses_completion_in_words_and_records_nothing(school):
    school.session("s1", "breathing", 20)

    status, said = school.complete()

    assert (status, said["code"]) == (409, "not_completed")
    assert "28 h are missing" in said["do"]
    assert "tourniquet: not passed" in said["do"]
    assert "workforce.course_completed" not in school.names()


def test_one_critical_fail_fails_the_sheet_which_can_be_tried_again_and_is_kept(school):
    failed = school.try_sheet(critical=["bleeding_goes_on"])[1]
    passed = school.try_sheet()[1]
    again = school.try_sheet()

    assert (failed["passed"], failed["points"]) == (False, 8)
    assert passed["passed"]
    assert (again[0], again[1]["code"]) == (409, "passed_already")
    tries = school.get(f"/api/workforce/courses/{COURSE}")["attempts"]
    assert [one["passed"] for one in tries] == [False, True]
    assert tries[0]["critical"] == ["bleeding_goes_on"]


def test_a_try_that_is_struck_stays_on_record_and_counts_no_longer(school):
    teach(school)
    tried = school.try_sheet()[1]["attempt"]
    assert school.course("sheets/strike", attempt=tried, reason="another student")[0] == 204

    assert school.complete()[0] == 409
    assert [one["struck"] for one in school.get(f"/api/workforce/courses/{COURSE}")["attempts"]] == [True]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"examiner": "s-1"}, "own_examiner"),
        ({"examiner": "x-1"}, "examiner_not_qualified"),
        ({"examiner": "nobody-1"}, "no_person"),
        ({"sheet": "juggling"}, "unknown_sheet"),
        ({"critical": ["sneezed"]}, "not_on_the_sheet"),
        ({"day": "2030-01-01"}, "bad_day"),
        ({"person": "x-1"}, "not_enrolled"),
    ],
)
def test_a_try_that_cannot_be_marked_is_refused(school, change, code):
    school.add("x-1", "paramedic")

    status, said = school.try_sheet(**change)

    assert (status >= 400, said["code"]) == (True, code)
    assert "workforce.skill_sheet_marked" not in school.names()


def test_hours_of_an_instructor_whose_credential_is_over_that_day_count_nothing(school):
    school.add("t-2", "emt")
    body = {"id": new_id(), "kind": "instructor", "place": "EX", "level": "emt", "issued": "2020-01-01"}
    school.post("/api/workforce/people/t-2/credentials", **body | {"expires": "2026-02-09"})

    notes = school.session("s1", "breathing", 20, instructor="t-2")[1]["notes"]

    assert "not qualified" in notes[0]
    assert school.student()["done"] == {}
    assert "not qualified" in school.student()["uncounted"][0]["why"]


def test_attendance_is_corrected_and_a_struck_session_counts_nothing(school):
    teach(school)
    assert school.course("attendance", session="s2", person="s-1", hours=27)[0] == 204
    assert school.student()["done"] == {"breathing": 20, "bleeding": 27}
    assert school.course("attendance", session="s2", person="s-1", hours=29)[0] == 422
    assert school.course("sessions/strike", session="s1", reason="wrong day")[0] == 204
    assert school.student()["done"] == {"bleeding": 27}
    assert school.course("attendance", session="s2", person="s-1", hours=0)[0] == 204
    assert school.student()["done"] == {}


def test_emr_hours_brought_to_an_emt_course_count_nothing(school):
    school.open("town/emt-2026", level="emt", hours={"breathing": 150})
    school.course("enrol", "town/emt-2026", person="s-1")

    status, said = school.course("credits", "town/emt-2026", person="s-1", level="EMR", hours=60)

    assert (status, said["counts"]) == (201, 0)
    assert "not a step of the EMT course" in said["why"]
    assert school.student("town/emt-2026")["progress"] == 0


def test_every_gesture_twice_with_one_id_is_one_fact(school):
    ids = {name: new_id() for name in ("open", "enrol", "session", "sheet", "complete", "approve")}
    for _ in range(2):
        assert school.approve(("aemt",), id=ids["approve"])[1]["approval"] == ids["approve"]
        assert school.open("town/emr-b", id=ids["open"])[0] == 201
        assert school.course("enrol", person="s-1", id=ids["enrol"])[0] == 204
        assert school.session("s1", "breathing", 20, id=ids["session"])[0] == 201
        assert school.try_sheet(id=ids["sheet"])[1]["attempt"] == ids["sheet"]
    school.session("s2", "bleeding", 28)
    for _ in range(2):
        assert school.complete(id=ids["complete"])[1]["eligible"]

    names = school.names()
    assert [names.count(f"workforce.{name}") for name in (
        "programme_approved", "course_opened", "session_held", "skill_sheet_marked", "course_completed",
    )] == [2, 2, 2, 1, 1]  # fmt: skip
    assert school.complete()[0] == 409  # Another id is another gesture.


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"course": "no slash"}, 422),
        ({"course": COURSE}, 409),
        ({"hours": {"poetry": 3}}, 422),
        ({"hours": {}}, 422),
        ({"level": "driver"}, 422),
        ({"state": "ZZ"}, 422),
        ({"place_kind": "cellar"}, 422),
        ({"sheets": ["juggling"]}, 422),
        ({"start": "2026-02-01", "end": "2026-02-01"}, 422),
    ],
)
def test_a_course_that_could_not_be_held_is_refused(school, change, status):
    before = school.names()

    answer = school.open(**{"course": "town/other-1"} | change)

    assert answer[0] == status
    assert answer[1]["do"]
    assert school.names() == before


def test_a_state_approves_a_programme_once_at_a_time(school):
    assert school.approve()[1]["code"] == "approved_already"
    assert school.approve(start="2025-01-01", until="2026-01-01")[0] == 201  # Until the day before.
    assert school.approve(start="2025-06-01", until="2025-07-01")[1]["code"] == "approved_already"
    assert school.approve(("emt",))[0] == 201  # Another level.
    assert school.approve(("paramedic",), source=" ")[0] == 422


def test_a_cancelled_course_takes_nobody_in(school):
    school.course("cancel", reason="no room")

    assert school.course("enrol", person="t-1")[1]["code"] == "course_cancelled"
    assert school.session("s1", "breathing", 20)[1]["code"] == "course_cancelled"


# ---------------------------------------------------------------- renewals


def education(desk, person, hours, **more):
    body = {"id": new_id(), "day": "2026-01-15", "hours": hours, "component": "national", "format": "in_person"}
    return desk.post(f"/api/workforce/people/{person}/education", **body | more)


def test_a_renewal_says_what_counts_what_is_missing_and_why_hours_do_not_count(desk):
    desk.add("e-1", "")
    body = {"id": new_id(), "kind": "certificate", "place": "US", "issuer": "nremt", "level": "paramedic"}
    desk.post("/api/workforce/people/e-1/credentials", **body | {"issued": "2025-04-01", "expires": "2027-03-31"})
    education(desk, "e-1", 20)
    education(desk, "e-1", 12, day="2026-01-16")
    education(desk, "e-1", 4, component="local", day="2025-03-31")
    struck = education(desk, "e-1", 8, component="individual")[1]["entry"]
    body = {"id": new_id(), "entry": struck, "reason": "another person's"}
    assert desk.post("/api/workforce/people/e-1/education/strike", **body)[0] == 204

    [renewal] = desk.get("/api/workforce/people/e-1/training")["renewals"]

    progress = renewal["progress"]
    assert (renewal["authority"], renewal["ends"], progress["model"]) == ("nremt", "2027-03-31", "NCCP 2025")
    assert (progress["counted"], progress["total"], progress["fraction"]) == (30, 60, 0.5)
    assert {one["name"]: one["missing"] for one in progress["parts"]} == {"national": 0, "local": 15, "individual": 15}
    assert sorted(one["hours"] for one in progress["uncounted"]) == [2, 4]
    assert any("about children" in one for one in progress["missing"])


def test_a_renewal_that_nobody_recorded_is_said_to_be_unknown(desk):
    desk.add("e-1", "emt", expires="2026-12-31")

    [renewal] = desk.get("/api/workforce/people/e-1/training")["renewals"]

    assert renewal["progress"] is None
    assert "not recorded" in renewal["what"]


@pytest.mark.parametrize(
    "change",
    [{"hours": 25}, {"hours": 0}, {"day": "2030-01-01"}, {"format": "asleep"}, {"topic": "poetry"}, {"component": "x"}],
)
def test_hours_that_cannot_be_are_refused(desk, change):
    desk.add("e-1", "emt")

    status, said = education(desk, "e-1", **{"hours": 2} | change)

    assert (status, bool(said["do"])) == (422, True)
    assert "workforce.education_recorded" not in desk.names()


# ---------------------------------------------------------------- workplace teams


@pytest.fixture
def team(desk):
    """The mill's north hall: two EMRs, the day shift of the one leaving an hour of it open; it is Sunday, 16:02."""
    for person in ("w-1", "w-2", "w-3"):
        desk.add(person, "emr")
    body = {"id": new_id(), "team": "town/north-hall", "site": "North hall", "state": "EX"}
    shifts = {"early": "Mon-Fri 06:00-14:00", "late": "Mon-Fri 14:00-22:00"}
    assert desk.post("/api/workforce/teams", **body, shifts=shifts)[0] == 201
    for person, hours in (("w-1", "Mon-Fri 06:00-13:00"), ("w-2", "Mon-Fri 14:00-22:00")):
        assert join(desk, person, hours)[0] == 204
    return desk


def join(desk, person, hours, start="2026-01-01", **more):
    body = {"id": new_id(), "person": person, "hours": hours, "start": start}
    return desk.post("/api/workforce/teams/town/north-hall/members", **body | more)


def cover(desk, **more):
    span = {"start": "2026-03-02T00:00:00-06:00", "end": "2026-03-07T00:00:00-06:00"} | more
    answer = desk.client.get("/api/workforce/teams/town/north-hall/coverage", span)
    assert answer.status_code == 200, answer.content
    return {one["name"]: one for one in answer.json()["shifts"]}


def test_coverage_says_per_shift_who_is_on_site_when_and_where_the_gaps_are(team):
    shifts = cover(team)

    assert (shifts["early"]["hours"], shifts["early"]["covered_hours"]) == (40, 35)
    assert shifts["late"]["fraction"] == 1
    assert shifts["early"]["gaps"][0] == {"start": "2026-03-02T19:00:00.000Z", "end": "2026-03-02T20:00:00.000Z"}
    assert [one["who"] for one in shifts["early"]["stretches"][:2]] == [["w-1"], []]


def test_another_member_fills_the_gap_and_an_absence_opens_one(team):
    join(team, "w-3", "Mon-Fri 12:00-15:00")
    assert cover(team)["early"]["fraction"] == 1

    away = {"start": "2026-03-03T06:00:00-06:00", "end": "2026-03-03T13:00:00-06:00"}
    assert team.post("/api/workforce/teams/town/north-hall/absences", id=new_id(), person="w-1", **away)[0] == 204

    assert cover(team)["early"]["covered_hours"] == 34
    assert len(cover(team)["early"]["gaps"]) == 1


def test_a_member_counts_until_the_midnight_their_licence_ends(team):
    team.add("w-4", "emr", expires="2026-03-03")
    join(team, "w-4", "Mon-Fri 06:00-14:00")

    early = cover(team)["early"]

    assert early["covered_hours"] == 35 + 2
    assert ["w-4"] in [one["not_counted"] for one in early["stretches"]]


def test_a_certificate_is_no_licence_unless_the_team_asks_for_certificates(team):
    team.add("w-5", "")
    team.issue("w-5", "certificate", "US", level="emr", issuer="nremt")
    join(team, "w-5", "Mon-Fri 13:00-14:00")
    assert cover(team)["early"]["covered_hours"] == 35

    body = {"id": new_id(), "team": "town/north-hall", "site": "North hall", "state": "EX", "asks": "certificate"}
    team.post("/api/workforce/teams", **body, shifts={"early": "Mon-Fri 06:00-14:00"})

    assert cover(team)["early"]["covered_hours"] == 5


def test_who_left_is_on_site_no_longer(team):
    body = {"id": new_id(), "person": "w-2", "end": "2026-03-05"}
    assert team.post("/api/workforce/teams/town/north-hall/leave", **body)[0] == 204

    assert cover(team)["late"]["covered_hours"] == 24


def test_minutes_gained_stand_beside_the_hours_away_from_work(team):
    asked = {"emergencies_per_year": 10, "ambulance_min": "16,20", "team_min": "3", "training_h_per_member": 24}
    asked |= {"away_min_per_call": 30, "start": "2026-03-02T00:00:00-06:00", "end": "2026-03-07T00:00:00-06:00"}

    said = team.client.get("/api/workforce/teams/town/north-hall/worth", asked).json()

    assert (said["covered"], said["members"], said["gained_min_per_call"]) == (75 / 80, 2, 15)
    assert said["gained_min_per_year"] == pytest.approx(10 * 75 / 80 * 15)
    assert said["training_h"] == 48
    assert said["response_h"] == pytest.approx(10 * 75 / 80 * 2 * 0.5)
    for wrong in ({"ambulance_min": "soon"}, {"ambulance_min": ""}, {"team_min": "-1"}):
        answer = team.client.get("/api/workforce/teams/town/north-hall/worth", asked | wrong)
        assert (answer.status_code, bool(answer.json()["do"])) == (422, True)


@pytest.mark.parametrize(
    "change",
    [
        {"shifts": {}},
        {"shifts": {"x": "sometimes"}},
        {"least": 0},
        {"asks": "smile"},
        {"team": "hall"},
        {"state": "ZZ"},
    ],
)
def test_a_team_that_could_not_be_is_refused(desk, change):
    body = {
        "id": new_id(),
        "team": "town/hall",
        "site": "Hall",
        "state": "EX",
        "shifts": {"all": "Mon-Sun 00:00-24:00"},
    }

    status, said = desk.post("/api/workforce/teams", **body | change)

    assert (status, bool(said["do"])) == (422, True)
    assert "workforce.team_set" not in desk.names()


# ---------------------------------------------------------------- who may see it, and the log


PATHS = (
    f"/api/workforce/courses/{COURSE}",
    "/api/workforce/people/s-1/training",
    "/api/workforce/teams/town/north-hall/coverage",
)


def test_another_agencys_officer_sees_and_changes_nothing(school, team):
    make(school, "olive", "credentialing@town")
    make(school, "oscar", "credentialing@elsewhere")
    make(school, "dora", "dispatcher")
    make(school, "sam", "crew@town", agency="town", person="s-1")
    browsers = {name: Somebody(school) for name in ("olive", "oscar", "dora", "sam")}
    for name, browser in browsers.items():
        assert browser.sign_in(name)[0] == 200
    seen = {name: [browser.ask("GET", path)[0] for path in PATHS] for name, browser in browsers.items()}

    assert seen == {
        "olive": [200, 200, 200],
        "oscar": [404, 404, 404],
        "dora": [403, 404, 403],
        "sam": [403, 200, 403],  # What is about themselves.
    }
    assert browsers["oscar"].ask("GET", "/api/workforce/courses")[1] == {"courses": []}
    assert browsers["oscar"].ask("GET", "/api/workforce/teams")[1] == {"teams": []}
    assert browsers["oscar"].ask("GET", "/api/workforce/training/approvals")[1] == {"approvals": []}
    before = len(list_log())
    for path, body in (
        (f"/api/workforce/courses/{COURSE}/enrol", {"person": "t-1"}),
        (f"/api/workforce/courses/{COURSE}/cancel", {"reason": "mine"}),
        ("/api/workforce/courses", {"course": "town/x-1", "programme": "town/p", "level": "emr", "state": "EX",
                                    "place_kind": "college", "hours": {"breathing": 1}, "start": "2026-01-01"}),
        ("/api/workforce/people/s-1/education", {"day": "2026-01-01", "hours": 1}),
        ("/api/workforce/teams/town/north-hall/leave", {"person": "w-1", "end": "2026-01-02"}),
        ("/api/workforce/teams", {"team": "town/y", "site": "y", "state": "EX", "shifts": {"a": "Mon 06:00-07:00"}}),
    ):  # fmt: skip
        assert browsers["oscar"].ask("POST", path, {"id": new_id(), **body})[0] == 404, path
        assert browsers["dora"].ask("POST", path, {"id": new_id(), **body})[0] == 403, path
    assert len(list_log()) == before


def list_log():
    return feed.read_from(0, limit=10_000)


def test_an_employer_never_reads_who_was_treated(team):
    name = "Patricia Example"
    call = team.take_call(address=f"{name}, North hall", callback="555-0177")
    told = json.dumps([cover(team), team.get("/api/workforce/teams")])

    assert name not in told
    assert call not in told
    assert "555-0177" not in told


def test_training_replayed_from_the_log_is_the_same(school, team):
    teach(school)
    school.try_sheet(critical=["no_safety"])
    tried = school.try_sheet()[1]["attempt"]
    school.course("sheets/strike", attempt=tried, reason="x")
    school.try_sheet()
    school.course("attendance", session="s1", person="s-1", hours=19)
    school.course("attendance", session="s1", person="s-1", hours=20)
    school.course("credits", person="s-1", level="emr", hours=5)
    school.complete()
    education(school, "s-1", 3)
    join(team, "w-1", "Sat 06:00-07:00", start="2026-04-01")
    team.post("/api/workforce/teams/town/north-hall/leave", id=new_id(), person="w-1", end="2026-03-20")

    done = rebuild(swap=False)

    assert done.differences == []
    assert done.events > 30

"""What it takes to practise in another state, asked over HTTP: for anybody, and for somebody of ours."""

from datetime import date

import pytest

from goldenhour.workforce.credentials import Affiliation, Kind, Service
from goldenhour.workforce.entry import NewCredential, Who
from goldenhour.workforce.live import services
from goldenhour.workforce.live.services import By
from tests.site.test_accounts import Somebody, make

ASK = "/api/workforce/path?level=EMT&licence=KS&to=MO&on=2026-06-01&age=30"


@pytest.fixture
def somebody(desk):
    """An EMT of Kansas in the town's service, with an NREMT certificate; the licence is renewed to the end of 2026."""
    by = By(actor="console", at=desk.clock.at())
    serves = Affiliation(agency="town", service=Service.EMS, start=date(2025, 1, 1))
    person = services.person_add(
        person="t-001", who=Who(given_name="Ann", born=date(1990, 5, 1)), affiliation=serves, by=by
    )
    days = {"start": date(2025, 1, 1), "until": date(2027, 1, 1)}
    for new in (
        NewCredential(kind=Kind.LICENCE, place="KS", level="emt", **days),
        NewCredential(kind=Kind.CERTIFICATE, place="US", issuer="nremt", level="emt", **days),
    ):
        services.credential_issue(person=person, new=new, by=by)
    return person


def steps(said, way):
    found = next(one for one in said["ways"] if one["way"] == way)
    return {one["what"]: one["state"] for one in found["steps"]}


def test_anybody_at_the_machine_is_told_each_step_with_its_source(desk):
    said = desk.get(f"{ASK}&has=affiliated,medical_director")

    assert said["verdict"] == "may_practise"
    assert all(step["source"] for way in said["ways"] for step in way["steps"])
    assert desk.get(ASK)["verdict"] == "steps_to_take"
    assert desk.get(f"{ASK}&restricted=true")["verdict"] == "unknown"


@pytest.mark.parametrize("wrong", ["level=Wizard", "to=Mordor", "licence=ZZ", "on=2026-02-30", "age=-1", "has=charm"])
def test_a_question_that_cannot_be_read_is_refused_in_words(desk, wrong):
    asked = dict(part.split("=") for part in ASK.partition("?")[2].split("&")) | dict([wrong.split("=")])
    answer = desk.client.get("/api/workforce/path", asked)

    assert answer.status_code == 422
    assert answer.json()["do"]


def test_what_is_on_record_of_somebody_is_asked_with_the_state_they_go_to(desk, somebody):
    said = desk.get(f"/api/workforce/people/{somebody}/path?to=RI&on=2026-06-01")

    assert (said["level"], said["licence"]) == ("emt", "KS")
    assert said["verdict"] == "steps_to_take"
    assert steps(said, "nremt")["Hold a current NREMT certificate at the level."] == "met"
    assert steps(said, "nremt")["Be 18 or older."] == "met"
    assert steps(said, "nremt")["Pass the biometric background check."] == "to_do"


def test_a_licence_restricted_or_suspended_on_that_day_closes_the_compact(desk, somebody):
    ask = f"/api/workforce/people/{somebody}/path?to=MO&has=affiliated,medical_director"
    by = By(actor="console", at=desk.clock.at())
    services.credential_restrict(
        person=somebody, credential=f"{somebody}:licence:KS:emt", day=date(2026, 7, 1), reason="no driving", by=by
    )

    assert desk.get(f"{ask}&on=2026-06-30")["verdict"] == "may_practise"
    assert desk.get(f"{ask}&on=2026-07-01")["verdict"] == "unknown"


def test_the_day_after_the_licence_ends_the_certificate_alone_opens_nothing(desk, somebody):
    ask = f"/api/workforce/people/{somebody}/path?to=MO&has=affiliated,medical_director"

    assert desk.get(f"{ask}&on=2026-12-31")["verdict"] == "may_practise"
    answer = desk.client.get(f"{ask}&on=2027-01-01")
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_held")


def test_others_officers_learn_nothing_about_somebody(desk, somebody):
    make(desk, "olive", "credentialing@town")
    make(desk, "oscar", "credentialing@elsewhere")
    make(desk, "sam", "crew@town", agency="town", person=somebody)
    address = f"/api/workforce/people/{somebody}/path?to=MO&on=2026-06-01"
    answers = {}
    for name in ("olive", "oscar", "sam"):
        browser = Somebody(desk)
        assert browser.sign_in(name)[0] == 200
        answers[name] = browser.ask("GET", address)

    assert {name: status for name, (status, _) in answers.items()} == {"olive": 200, "oscar": 404, "sam": 200}
    assert "KS" not in str(answers["oscar"][1])
    assert Somebody(desk).ask("GET", address)[0] == 401

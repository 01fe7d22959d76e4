"""A hospital through its front door: what comes, what it says to that, what it takes over, and nothing of others'."""

import json
from datetime import datetime, timedelta

import pytest
from django.test import Client

from goldenhour.access.live import services as accounts
from goldenhour.access.roles import EVERY, Grant, Role
from goldenhour.access.wire import iso
from goldenhour.hospitals.live.services import facilities_register
from goldenhour.log.live.rebuild import rebuild
from tests.roads.places import corner
from tests.site.conftest import START, new_id
from tests.site.test_accounts import PASSWORD
from tests.site.test_times_live import Phone

OWN, OTHER = "H01", "H02"
SECRETS = ("Chest pain since breakfast", "Ada Example")


@pytest.fixture
def desk(desk):
    """A town with a second hospital."""
    lon, lat = corner(0, 3)
    row = {"id": OTHER, "name": "Other", "kind": "emergency_department", "capabilities": "stroke"}
    facilities_register([{**row, "lon": str(lon), "lat": str(lat)}], at=desk.clock.at(), actor="console")
    return desk


class Nurse:
    """Somebody who is signed in with one role."""

    def __init__(self, desk, account, role, agency):
        at = desk.clock.at()
        accounts.account_make(account=account, grants=[Grant(role, agency)], agency=EVERY, at=at, actor="console")
        accounts.password_set(key=accounts.link_make(account=account, at=at, actor="console"), password=PASSWORD, at=at)
        self.client = Client(headers={"Host": "localhost"})
        assert self.post("/api/signin", username=account, password=PASSWORD)[0] == 200

    def get(self, path):
        answer = self.client.get(path)
        return answer.status_code, answer.json()

    def post(self, path, **body):
        answer = self.client.post(path, json.dumps(body), content_type="application/json")
        return answer.status_code, answer.json() if answer.content else None

    def act(self, what, hospital=OWN, **body):
        return self.post(f"/api/hospitals/{hospital}/{what}", id=new_id(), **body)


def bring(desk, unit="M12", facility=OWN, nature="cardiac_arrest"):
    """A unit on scene that is going to take its patient to a hospital; return the call."""
    call = desk.take_call(nature)
    assert desk.assign(call, unit) == (204, None)
    desk.wait(minutes=1)
    desk.stamp(unit, "en_route")
    desk.wait(minutes=4)
    desk.stamp(unit, "on_scene")
    desk.wait(minutes=10)
    status, said = desk.post(f"/api/units/town/{unit}/destination", id=new_id(), call_id=call, facility=facility)
    assert status == 200, said
    return call


def alert(desk, call, unit="M12", kind="stemi", **more):
    body = {"id": new_id(), "unit": f"town/{unit}", "kind": kind, **more}
    return desk.post(f"/api/calls/{call}/prealerts", **body)


def page(desk, hospital=OWN):
    return desk.get(f"/api/hospitals/{hospital}/inbound")


def door_on_board(desk, hospital=OWN):
    return next(one for one in desk.get("/api/board")["hospitals"] if one["id"] == hospital)


def only(rows):
    (one,) = rows
    return one


def test_a_patient_comes_is_announced_and_taken_over_by_one_tap(desk):
    call = bring(desk)
    assert only(page(desk)["inbound"])["state"] == "to_come"
    status, said = alert(desk, call, age=67, sex="female", complaint=SECRETS[0])
    assert status == 201
    row = only(page(desk)["inbound"])
    told = only(row["prealerts"])
    assert (told["id"], told["code"], told["words"]) == (said["prealert"], "4224013", "STEMI")
    assert (told["age"], told["age_unit"], told["sex"], told["complaint"]) == (67, "years", "female", SECRETS[0])
    assert (row["eta"], row["arrived_at"], told["acknowledged_at"]) == (None, None, None)

    desk.wait(minutes=1)
    desk.stamp("M12", "left_scene")
    on_the_way = only(page(desk)["inbound"])
    assert on_the_way["state"] == "on_the_way"
    assert on_the_way["eta"] == desk.unit("M12")["route"]["arrive_at"]
    left = desk.clock.at()
    desk.wait(seconds=20)
    (unanswered,) = door_on_board(desk)["unanswered"]
    assert (unanswered["call_id"], unanswered["unit"], unanswered["kind"]) == (call, "town/M12", "stemi")
    path = f"/api/hospitals/{OWN}/prealerts/{told['id']}/acknowledge"
    first = desk.post(path, id=new_id())
    assert door_on_board(desk)["unanswered"] == []
    desk.wait(seconds=20)
    assert desk.post(path, id=new_id()) == first  # Who was first stays.
    assert first == (200, {"acknowledged_at": iso(left + timedelta(seconds=20)), "acknowledged_by": "desk"})

    desk.wait(minutes=5)
    arrived = desk.clock.at()
    desk.stamp("M12", "at_destination")
    here = only(page(desk)["inbound"])
    assert (here["state"], here["arrived_at"], here["transfer_at"]) == ("here", iso(arrived), None)
    assert page(desk)["limits"]["offload"]["seconds"] == 1800
    desk.wait(minutes=12)
    patient = {"call_id": call, "unit": "town/M12"}
    status, said = desk.post(f"/api/hospitals/{OWN}/accept", id=new_id(), **patient)
    assert (status, said["accepted_at"]) == (200, iso(desk.clock.at()))
    assert desk.call(call)["units"][0]["stamps"]["transfer_of_care"] == iso(arrived + timedelta(minutes=12))
    assert only(page(desk)["inbound"])["state"] == "accepted"

    desk.stamp("M12", "back_in_service")
    shown = page(desk)
    assert (shown["inbound"], shown["not_coming"]) == ([], [])
    assert only(shown["handed_over"])["call_id"] == call
    refused = {**patient, "refused": "The charge nurse is busy."}
    assert desk.post(f"/api/hospitals/{OWN}/signatures", id=new_id(), **refused) == (204, None)
    assert only(page(desk)["handed_over"])["signature_refused"] == "The charge nurse is busy."
    signed = {**patient, "name": SECRETS[1], "role": "nurse"}
    assert desk.post(f"/api/hospitals/{OWN}/signatures", id=new_id(), **signed) == (204, None)
    last = only(page(desk)["handed_over"])
    assert (last["signed_name"], last["signed_role"], last["signature_refused"]) == (SECRETS[1], "nurse", "")
    assert rebuild().differences == []
    assert not [one for one in SECRETS if one in json.dumps(desk.get("/api/log?limit=500"))]


def test_the_eta_counts_from_where_the_device_says_while_that_is_fresh(desk):
    phone = Phone(desk)
    bring(desk)
    scene = corner(2, 2)
    assert phone.owntracks(scene)[0] == 200
    left = desk.clock.at()
    desk.stamp("M12", "left_scene")
    by_crew = desk.unit("M12")["route"]["arrive_at"]
    at_scene = only(page(desk)["inbound"])  # Reported just before it left: it counts from its leaving.
    assert (at_scene["eta"], at_scene["eta_from"]) == (by_crew, "reported")

    desk.wait(seconds=30)
    reported = desk.clock.at()
    phone.owntracks(scene)  # It stands at a crossing still.
    row = only(page(desk)["inbound"])
    assert row["eta_from"] == "reported"
    assert row["eta"] == iso(datetime.fromisoformat(by_crew) + (reported - left))
    desk.wait(seconds=20)
    assert only(page(desk)["inbound"])["eta"] == row["eta"]  # It does not slide while nothing is heard.

    desk.wait(seconds=41)  # Stale, as the board says too: the estimate, and it is called that.
    assert desk.unit("M12")["position"]["source"] == "estimated"
    stale = only(page(desk)["inbound"])
    assert (stale["eta"], stale["eta_from"]) == (by_crew, "estimated")
    desk.stamp("M12", "at_destination")
    phone.owntracks(scene)
    here = only(page(desk)["inbound"])
    assert (here["eta"], here["eta_from"]) == (None, None)
    assert str(scene[0]) not in json.dumps(page(desk))  # An ETA, and never a position.


def test_a_hospital_sees_its_own_patients_and_nothing_of_others(desk):
    mine, theirs = bring(desk), bring(desk, "M11", OTHER)
    _, sent = alert(desk, theirs, "M11", complaint=SECRETS[0])
    name = page(desk)["hospital"]["name"]
    nurse = Nurse(desk, "nurse", Role.HOSPITAL, OWN)  # From the first account on, everybody signs in.

    assert nurse.get("/api/hospitals") == (200, {"hospitals": [{"id": OWN, "name": name}]})
    status, shown = nurse.get(f"/api/hospitals/{OWN}/inbound")
    assert (status, [one["call_id"] for one in shown["inbound"]]) == (200, [mine])
    told = json.dumps(shown)
    assert not [one for one in (theirs, "M11", OTHER, SECRETS[0]) if one in told]

    nowhere = nurse.get("/api/hospitals/H99/inbound")
    patient = {"call_id": theirs, "unit": "town/M11"}
    answers = [
        nurse.get(f"/api/hospitals/{OTHER}/inbound"),
        nurse.act(f"prealerts/{sent['prealert']}/acknowledge", OTHER),
        nurse.act("accept", OTHER, **patient),
        nurse.act("status", OTHER, level="diversion"),
        nurse.act("beds", OTHER, beds={"ed": 1}),
    ]
    assert answers == [nowhere] * 5
    assert nowhere[0] == 404
    # Another's patient under one's own name is not there either, and no more than one that does not exist.
    assert nurse.act("accept", **patient)[0] == 404
    assert nurse.act("accept", **patient)[1] == nurse.act("accept", call_id="26-9999", unit="town/M11")[1]
    assert nurse.act("signatures", **patient, name="x")[0] == 404
    theirs_ = nurse.act(f"prealerts/{sent['prealert']}/acknowledge")
    assert theirs_ == nurse.act(f"prealerts/{new_id()}/acknowledge")
    assert theirs_[0] == 404
    assert nurse.get("/api/board")[0] == nurse.get("/api/log")[0] == 403
    assert nurse.post(f"/api/calls/{mine}/prealerts", id=new_id(), unit="town/M12", kind="stemi")[0] == 403
    anonymous = Client(headers={"Host": "localhost"})
    assert anonymous.get(f"/api/hospitals/{OWN}/inbound").status_code == 401
    assert anonymous.get(f"/api/hospitals/{OWN}/feed").status_code == 401


def test_a_patient_who_goes_elsewhere_is_told_to_both_hospitals(desk):
    call = bring(desk)
    _, sent = alert(desk, call, kind="stroke", age=81, sex="male", complaint=SECRETS[0])
    desk.post(f"/api/hospitals/{OWN}/prealerts/{sent['prealert']}/acknowledge", id=new_id())
    desk.stamp("M12", "left_scene")
    desk.wait(minutes=1)
    desk.post("/api/units/town/M12/destination", id=new_id(), call_id=call, facility=OTHER)

    former, new = page(desk), page(desk, OTHER)
    assert former["inbound"] == []
    gone = only(former["not_coming"])
    assert (gone["call_sign"], gone["words"]) == ("M12", "Stroke")
    assert gone["because"] == "The unit goes to another hospital."
    assert SECRETS[0] not in json.dumps(former)
    told = only(only(new["inbound"])["prealerts"])
    assert (told["kind"], told["age"], told["complaint"], told["acknowledged_at"]) == ("stroke", 81, SECRETS[0], None)
    desk.wait(minutes=16)
    assert page(desk)["not_coming"] == []
    status, said = desk.post(f"/api/hospitals/{OWN}/accept", id=new_id(), call_id=call, unit="town/M12")
    assert (status, said["code"]) == (409, "has_left")
    assert "transfer_of_care" not in desk.call(call)["units"][0]["stamps"]
    assert rebuild().differences == []


def test_a_hospital_hears_that_a_patient_of_whom_it_was_told_is_not_coming(desk):
    call = bring(desk)
    alert(desk, call)
    _, withdrawn = alert(desk, call, kind="sepsis")
    gone = {"id": new_id(), "unit": "town/M12", "reason": "Lactate is normal."}
    assert desk.post(f"/api/calls/{call}/prealerts/{withdrawn['prealert']}/withdraw", **gone) == (204, None)
    assert [one["words"] for one in only(page(desk)["inbound"])["prealerts"]] == ["STEMI"]
    path = f"/api/hospitals/{OWN}/prealerts/{withdrawn['prealert']}/acknowledge"
    status, said = desk.post(path, id=new_id())
    assert (status, said["what"]) == (409, "This patient is not coming: Lactate is normal.")

    desk.wait(minutes=2)
    desk.stamp("M12", "back_in_service")
    shown = page(desk)
    assert shown["inbound"] == []
    reasons = {one["words"]: one["because"] for one in shown["not_coming"]}
    assert reasons == {"Sepsis": "Lactate is normal.", "STEMI": "The unit is back in service."}
    assert rebuild().differences == []


def test_what_nobody_said_stays_missing_and_what_cannot_be_is_refused(desk):
    call = desk.take_call()
    assert alert(desk, call)[1]["code"] == "not_on_that_call"
    desk.assign(call, "M12")
    assert alert(desk, call)[1]["code"] == "no_destination"
    call = bring(desk, "M11")
    assert alert(desk, call, "M11", age=131)[0] == alert(desk, call, "M11", kind="nothing")[0] == 422
    status, sent = alert(desk, call, "M11", kind="trauma")
    assert status == 201
    row = only(page(desk)["inbound"])
    told = only(row["prealerts"])
    assert (told["age"], told["sex"], told["complaint"], told["code"]) == (None, "", "", "4224017")

    patient = {"call_id": call, "unit": "town/M11"}
    status, said = desk.post(f"/api/hospitals/{OWN}/accept", id=new_id(), **patient)
    assert (status, said["code"]) == (409, "not_here_yet")
    desk.stamp("M11", "left_scene")
    desk.wait(minutes=9)
    assert desk.post(f"/api/hospitals/{OWN}/accept", id=new_id(), **patient)[0] == 200  # Its crew forgot to arrive.
    row = only(page(desk)["inbound"])
    assert (row["state"], row["arrived_at"], row["transfer_at"]) == ("accepted", None, iso(desk.clock.at()))
    own = desk.get("/api/units/town/M11/prealerts")
    assert (own["call_id"], only(own["prealerts"])["id"]) == (call, sent["prealert"])


def test_a_gesture_sent_twice_is_done_once_and_a_wrong_acceptance_is_taken_back(desk):
    call = bring(desk)
    sent = {"id": new_id()}
    assert alert(desk, call, **sent) == alert(desk, call, **sent)
    desk.stamp("M12", "left_scene")
    desk.wait(minutes=5)
    desk.stamp("M12", "at_destination")
    patient = {"call_id": call, "unit": "town/M12"}
    accepted = {"id": new_id(), **patient}
    path = f"/api/hospitals/{OWN}/accept"
    first = desk.post(path, **accepted)
    desk.wait(minutes=1)
    assert desk.post(path, **accepted) == desk.post(path, id=new_id(), **patient) == first
    assert desk.names().count("hospitals.prealert_sent") == desk.names().count("hospitals.patient_accepted") == 1

    assert desk.post(f"{path}/strike", id=new_id(), **patient, reason="the other patient") == (204, None)
    assert "transfer_of_care" not in desk.call(call)["units"][0]["stamps"]
    assert only(page(desk)["inbound"])["state"] == "here"
    desk.wait(minutes=3)
    crews = iso(desk.clock.at())
    desk.stamp("M12", "transfer_of_care")
    desk.wait(minutes=3)
    assert desk.post(path, id=new_id(), **patient)[0] == 200  # After the crew's own stamp, which stands.
    assert only(page(desk)["inbound"])["transfer_at"] == crews
    assert desk.post(f"{path}/strike", id=new_id(), **patient, reason="again") == (204, None)
    assert desk.call(call)["units"][0]["stamps"]["transfer_of_care"] == crews
    assert rebuild().differences == []


def test_a_hospital_says_how_it_stands_and_the_advice_follows_until_then(desk):
    nurse_of = {"id": new_id(), "level": "diversion", "service": "stroke", "reason": "CT is down"}
    until = iso(START + timedelta(hours=1))
    assert desk.post(f"/api/hospitals/{OWN}/status", **nurse_of, until=until) == (204, None)
    assert desk.post(f"/api/hospitals/{OWN}/status", id=new_id(), level="advisory", reason="crowded") == (204, None)
    shown = [(one["service"], one["level"], one["until"], one["reason"]) for one in page(desk)["status"]]
    assert shown == [("", "advisory", None, "crowded"), ("stroke", "diversion", until, "CT is down")]
    door = door_on_board(desk)
    assert door["diverting"] == {"services": ["stroke"], "until": until, "reason": "CT is down"}
    assert door["advisory"] == {"services": [], "until": "", "reason": "crowded"}

    advised = desk.post("/api/units/town/M12/destination", call_id=(call := desk.take_call("stroke")))
    assert advised[0] == 409  # Not on that call yet.
    desk.assign(call, "M12")
    _, door = desk.post("/api/units/town/M12/destination", call_id=call, id=new_id())
    assert door["facility"] == OTHER  # Its stroke service asks to be passed over ...
    other = desk.take_call("chest_pain")
    desk.assign(other, "M11")
    _, door = desk.post("/api/units/town/M11/destination", call_id=other, facility=OWN, id=new_id())
    assert door["facility"] == OWN  # ... and nobody is turned away.

    desk.wait(hours=1)
    assert [one["service"] for one in page(desk)["status"]] == [""]
    assert desk.get("/api/board")["hospitals"][0]["diverting"] is None
    assert desk.post(f"/api/hospitals/{OWN}/status", id=new_id(), level="open") == (204, None)
    assert page(desk)["status"] == []
    wrong = {"id": new_id(), "level": "diversion", "until": iso(START)}
    assert desk.post(f"/api/hospitals/{OWN}/status", **wrong)[1]["code"] == "until_past"
    assert desk.post("/api/hospitals/H99/status", id=new_id(), level="open")[0] == 404
    assert rebuild().differences == []


def test_beds_are_what_was_counted_and_what_was_not_is_not_none(desk):
    assert page(desk)["beds"] is None
    assert desk.post(f"/api/hospitals/{OWN}/beds", id=new_id(), beds={"ed": 4, "icu": 0}) == (204, None)
    desk.wait(hours=5)
    beds = page(desk)["beds"]
    assert (beds["beds"], beds["at"], beds["by"]) == ({"ed": 4, "icu": 0}, iso(START), "desk")
    assert "burn" not in beds["beds"]
    for wrong in ({"rooms": 1}, {"ed": -1}, {"ed": True}, {"ed": None}):
        assert desk.post(f"/api/hospitals/{OWN}/beds", id=new_id(), beds=wrong)[0] == 422
    assert page(desk)["beds"] == beds


def test_a_crew_tells_only_of_its_own_units(desk):
    call = bring(desk)
    crew, stranger = Nurse(desk, "crew.own", Role.CREW, "town"), Nurse(desk, "crew.other", Role.CREW, "elsewhere")
    path, body = f"/api/calls/{call}/prealerts", {"unit": "town/M12", "kind": "stroke"}

    foreign = stranger.post(path, id=new_id(), **body)
    assert foreign == stranger.post("/api/calls/26-9999/prealerts", id=new_id(), **body | {"unit": "town/Z9"})
    assert foreign[0] == stranger.get("/api/units/town/M12/prealerts")[0] == 404
    status, sent = crew.post(path, id=new_id(), **body)
    assert status == 201
    assert only(crew.get("/api/units/town/M12/prealerts")[1]["prealerts"])["id"] == sent["prealert"]
    gone = {"id": new_id(), "unit": "elsewhere/M12", "reason": "x"}
    assert stranger.post(f"{path}/{sent['prealert']}/withdraw", **gone)[0] == 404
    assert crew.post(f"{path}/{sent['prealert']}/withdraw", **gone | {"unit": "town/M12"})[0] == 204
    assert crew.post(f"/api/hospitals/{OWN}/accept", id=new_id(), call_id=call, unit="town/M12")[0] == 403

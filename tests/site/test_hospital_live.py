"""A hospital through its front door: what comes, what it says to that, what it takes over, and nothing of others'."""

import json
from datetime import timedelta

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
    path = f"/api/hospitals/{OWN}/prealerts/{told['id']}/acknowledge"
    first = desk.post(path, id=new_id())
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

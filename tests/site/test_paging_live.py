"""The outbox through the front door: what an administrator sets up is told, what is dead waits, and nothing else."""

import base64
import json
import os
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from numpy.random import default_rng

from goldenhour.access.roles import EVERY, Role
from goldenhour.access.wire import iso
from goldenhour.log.live import feed
from goldenhour.log.live.rebuild import rebuild
from goldenhour.paging.live import alerting, sending
from goldenhour.paging.live.worker import Worker
from goldenhour.paging.signing import HEADER, why_not_genuine
from tests.roads.places import corner
from tests.serving import Server
from tests.site.conftest import new_id
from tests.site.outside import Mailbox, Web, free_port, running, silent
from tests.site.test_hospital_live import Nurse
from tests.site.test_on_call_live import volunteer

GETS = ["station_alert", "station_cancel", "escalation"]


@pytest.fixture
def web():
    with running(Web()) as server:
        yield server


@pytest.fixture
def worker():
    one = Worker(rng=default_rng(7))
    yield one
    one.close()


@pytest.fixture
def allow(settings):
    """Let the operator allow hosts of this machine."""

    def allow(*ports):
        settings.GOLDENHOUR_PAGING_HOSTS = (*settings.GOLDENHOUR_PAGING_HOSTS, *(f"127.0.0.1:{one}" for one in ports))

    return allow


def set_up(desk, address, kind="webhook", **more):
    body = {"id": new_id(), "kind": kind, "label": "Station printer", "gets": GETS, "address": address, **more}
    status, said = desk.post("/api/paging/destinations", **body)
    assert status == 201, said
    return said


def listed(desk):
    return desk.get("/api/paging/destinations")


def only(rows):
    (one,) = rows
    return one


def test_a_unit_that_is_sent_is_told_to_its_station_signed_and_once(desk, web, worker, allow):
    allow(web.port)
    said = set_up(desk, web.url)
    call = desk.take_call(address="12 Main St Apt 3")
    worker.finish(desk.clock.at())
    assert web.came == []  # Nobody is sent yet.

    desk.assign(call, "M12")
    worker.finish(desk.clock.at())

    path, headers, body = only(web.came)
    assert path == "/pages?key=k3y"
    now = int(time.time())
    assert why_not_genuine(body, headers[HEADER], secrets=[said["secret"]], at_s=now) == ""
    assert why_not_genuine(body, headers[HEADER], secrets=["another"], at_s=now) != ""
    told = json.loads(body)
    assert told["what"] == "station_alert"
    assert told["id"] == headers["Goldenhour-Message"]
    assert (told["call"]["id"], told["unit"]["call_sign"], told["place"]["address"]) == (
        call,
        "M12",
        "12 Main St Apt 3",
    )
    assert told["text"].startswith("M12: Cardiac arrest")
    worker.finish(desk.clock.at())
    assert len(web.came) == 1
    assert listed(desk)["waiting"] == listed(desk)["dead"] == []
    assert "paging.message_delivered" in desk.names()
    assert rebuild().differences == []


def test_nothing_is_sent_where_no_administrator_set_anything_up(desk, worker):
    desk.assign(desk.take_call(), "M12")
    worker.finish(desk.clock.at())
    assert not [one for one in desk.names() if one.startswith("paging.")]


def test_with_every_outside_address_dead_actions_succeed_the_queue_grows_and_drains_once_it_is_back(
    desk, worker, allow, monkeypatch, settings
):
    monkeypatch.setattr(sending, "ANSWER_S", 0.5)
    dead = free_port()
    with silent() as deaf, running(Web()) as well:
        allow(dead, deaf, well.port)
        set_up(desk, f"http://127.0.0.1:{dead}/", label="dead")
        set_up(desk, f"http://127.0.0.1:{deaf}/", label="deaf")
        set_up(desk, well.url, label="well")
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", dead
        set_up(desk, "duty@example.org", kind="email", label="mail")
        calls = [desk.take_call() for _ in range(3)]

        for call, unit in zip(calls, ("M11", "M12", "M13"), strict=True):
            assert desk.assign(call, unit) == (204, None)
            worker.step(desk.clock.at())
            assert desk.stamp(unit, "en_route") == (204, None)
        while len(well.came) < 3:  # The well one is not held up: the deaf one still waits for its first answer.
            worker.step(desk.clock.at())
        waiting = {one["label"]: one["waiting"] for one in listed(desk)["destinations"]}
        assert (waiting["dead"], waiting["deaf"]) == (3, 3)
        worker.finish(desk.clock.at())  # The deaf one's time is up.

        faults = {one["label"]: (one["failures"], one["waiting"]) for one in listed(desk)["destinations"]}
        assert faults == {
            "dead": (1, 3),
            "deaf": (1, 3),
            "mail": (1, 3),
            "well": (0, 0),
        }  # One attempt tells; the others wait.
        assert all(one["said"] for one in listed(desk)["waiting"] if one["attempts"])
        desk.wait(seconds=20)
        with running(Web(("127.0.0.1", dead))) as back:
            worker.finish(desk.clock.at())
            desk.wait(seconds=20)
            worker.finish(desk.clock.at())
            assert sorted(one["call"]["id"] for one in back.bodies()) == calls
    assert rebuild().differences == []


def test_a_message_is_tried_again_ever_later_and_given_up_in_the_end(desk, web, worker, allow):
    allow(web.port)
    said = set_up(desk, web.url)
    web.status = 503
    desk.assign(desk.take_call(), "M12")
    pauses, before = [], desk.clock.at()
    while listed(desk)["waiting"]:
        came = len(web.came)
        worker.finish(desk.clock.at())
        if len(web.came) > came:
            pauses.append((desk.clock.at() - before).total_seconds())
            before = desk.clock.at()
        desk.wait(seconds=10)

    assert 8 <= len(web.came) <= 12
    assert pauses[1] < pauses[3] < pauses[5]
    assert len({headers["Goldenhour-Message"] for _, headers, _ in web.came}) == 1  # So that a receiver drops doubles.
    dead = only(listed(desk)["dead"])
    assert "HTTP 503" in dead["said"]
    web.status = 204
    assert desk.post(f"/api/paging/messages/{dead['id']}/again", id=new_id()) == (204, None)
    desk.wait(minutes=10)
    worker.finish(desk.clock.at())
    assert listed(desk)["dead"] == []
    assert rebuild().differences == []
    assert said["secret"]


def test_what_the_other_side_will_never_take_is_given_up_and_holds_nothing_else_up(desk, web, worker, allow):
    allow(web.port)
    set_up(desk, web.url)
    web.status = 422
    desk.assign(desk.take_call(), "M12")
    worker.finish(desk.clock.at())
    web.status = 200
    desk.assign(desk.take_call(), "M11")
    worker.finish(desk.clock.at())
    assert [one["said"] for one in listed(desk)["dead"]] == ["HTTP 422"]
    assert len(web.came) == 2


def test_a_redirect_is_not_followed(desk, web, worker, allow):
    allow(web.port)
    with running(Web()) as other:
        allow(other.port)
        set_up(desk, web.url)
        web.status, web.headers_sent = 307, {"Location": other.url}
        desk.assign(desk.take_call(), "M12")
        worker.finish(desk.clock.at())
        assert other.came == []
    assert only(listed(desk)["waiting"])["said"] == "HTTP 307"


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.example.org/x",  # Open for all to read.
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://10.0.0.8/x",
        "https://[::1]/x",
        "https://[::ffff:10.0.0.8]/x",
        "https://2130706433/x",
        "https://127.1/x",
        "https://169.254.169.254/latest",
        "https://user:word@hooks.example.org/x",
        "ftp://hooks.example.org/x",
        "file:///etc/passwd",
        "https://",
        "https://hooks.example.org/x\n",
    ],
)
def test_a_private_or_open_address_is_refused(desk, address):
    body = {"id": new_id(), "kind": "webhook", "label": "x", "gets": GETS, "address": address}
    status, said = desk.post("/api/paging/destinations", **body)
    assert (status, said["code"]) == (422, "bad_address")
    assert listed(desk)["destinations"] == []


def test_a_name_that_leads_to_a_private_machine_is_refused_when_it_is_looked_up(desk, worker, settings):
    settings.GOLDENHOUR_PAGING_HOSTS = ("localhost",)
    set_up(desk, "https://localhost/x")
    settings.GOLDENHOUR_PAGING_HOSTS = ()  # The operator thinks better of it.
    desk.assign(desk.take_call(), "M12")
    worker.finish(desk.clock.at())
    assert "network only" in only(listed(desk)["waiting"])["said"]


def test_a_destination_is_told_no_more_of_the_place_than_it_may_know(desk, worker, allow):
    with running(Web()) as street, running(Web()) as area, running(Web()) as nothing:
        allow(street.port, area.port, nothing.port)
        for server, detail in ((street, "street"), (area, "area"), (nothing, "none")):
            set_up(desk, server.url, detail=detail)
        call = desk.take_call(address="12 Main St Apt 3, Town", callback="555-0101")
        body = {"id": new_id(), "seen": 0, "fields": {"caller": "Ada Example"}}
        assert desk.post(f"/api/calls/{call}/details", **body)[0] in {200, 204}
        desk.assign(call, "M12")
        worker.finish(desk.clock.at())
        texts = {
            name: only(one.came)[2].decode() for name, one in (("street", street), ("area", area), ("none", nothing))
        }
        places = {name: json.loads(text)["place"] for name, text in texts.items()}
    for text in texts.values():
        assert "Ada" not in text
        assert "555-0101" not in text
        assert "12 Main" not in text
        assert "Apt" not in text
    assert places["street"]["address"] == "Main St, Town"
    assert places["street"]["lon"] is None
    assert places["area"] == {"address": "", "cross": [], "lon": -122.42, "lat": 37.75}
    assert places["none"] == {"address": "", "cross": [], "lon": None, "lat": None}


def test_secrets_and_addresses_are_told_once_and_stand_nowhere_in_clear(desk, database, web, worker, allow):
    allow(web.port)
    said = set_up(desk, web.url)
    desk.assign(desk.take_call(), "M12")
    worker.finish(desk.clock.at())

    shown = json.dumps([listed(desk), desk.get("/api/log?limit=500"), desk.get("/api/board")])
    for secret in (said["secret"], "k3y"):
        assert secret not in shown
        assert secret.encode() not in database.stored_bytes
    assert said["secret"] in str(feed.read_from(0, 500))  # It is there, sealed: the worker signs with it.

    assert desk.post(f"/api/paging/destinations/{said['destination']}/end", id=new_id(), reason="x") == (204, None)

    assert said["secret"] not in str(feed.read_from(0, 500))  # Its key is destroyed.
    assert rebuild().differences == []


def test_while_a_secret_is_replaced_both_sign_and_afterwards_the_new_one_alone(desk, web, worker, allow):
    allow(web.port)
    old = set_up(desk, web.url)
    status, new = desk.post(f"/api/paging/destinations/{old['destination']}/secret", id=new_id(), former_for_s=3600)
    assert status == 200
    now = int(time.time())

    def fits():
        desk.post(f"/api/paging/destinations/{old['destination']}/try", id=new_id())
        worker.finish(desk.clock.at())
        _, headers, body = web.came[-1]
        return [why_not_genuine(body, headers[HEADER], secrets=[one["secret"]], at_s=now) == "" for one in (old, new)]

    assert fits() == [True, True]
    desk.wait(hours=1)
    assert fits() == [False, True]
    assert rebuild().differences == []


def test_a_station_hears_of_its_own_agencys_units_alone_and_of_a_cancel(desk, web, worker, allow):
    allow(web.port)
    set_up(desk, web.url, agency="town", station="1")
    with running(Web()) as other:
        allow(other.port)
        set_up(desk, other.url, agency="elsewhere")
        set_up(desk, other.url, agency="town", station="2")
        call = desk.take_call()
        desk.assign(call, "M12")
        desk.post("/api/units/town/M12/clear", id=new_id(), call_id=call, reason="not needed")
        worker.finish(desk.clock.at())
        worker.finish(desk.clock.at())
        assert other.came == []
    assert [one["what"] for one in web.bodies()] == ["station_alert", "station_cancel"]


def test_an_e_mail_goes_over_the_mail_server_that_the_operator_named(desk, worker, settings):
    body = {"id": new_id(), "kind": "email", "label": "Duty officer", "gets": GETS, "address": "duty@example.org"}
    assert desk.post("/api/paging/destinations", **body)[1]["code"] == "no_mail"
    with running(Mailbox()) as mail:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail.port
        set_up(desk, "duty@example.org", kind="email", detail="street")
        set_up(desk, "gone@example.org", kind="email")
        mail.refuses.add("gone@example.org")
        desk.assign(desk.take_call(address="12 Main St"), "M12")
        worker.finish(desk.clock.at())
        (to, letter) = only(mail.letters)
    assert to == ["duty@example.org"]
    assert "Subject: M12: Cardiac arrest" in letter
    assert "Main St" in letter
    assert "12 Main" not in letter
    assert "SMTP 550" in only(listed(desk)["dead"])["said"]
    assert "example.org" not in only(listed(desk)["dead"])["said"]


def test_two_who_deliver_do_not_both_take_a_message(desk, web, worker, allow):
    allow(web.port)
    set_up(desk, web.url)
    desk.assign(desk.take_call(), "M12")
    other = Worker(rng=default_rng(8))
    worker.step(desk.clock.at())
    other.step(desk.clock.at())
    worker.finish(desk.clock.at())
    other.finish(desk.clock.at())
    other.close()
    assert len(web.came) == 1


def test_a_demo_sends_nothing_to_anybody(desk, settings):
    chief = Nurse(desk, "chief", Role.ADMINISTRATOR, EVERY)
    settings.GOLDENHOUR_DEMO = True
    body = {"id": new_id(), "kind": "webhook", "label": "x", "gets": GETS, "address": "https://hooks.example.org/x"}
    status, said = chief.post("/api/paging/destinations", **body)
    assert (status, said["code"]) == (409, "demo")


def test_an_administrator_looks_after_their_own_agencys_destinations_alone(desk, web, allow):
    allow(web.port)
    body = {"kind": "webhook", "label": "x", "gets": GETS, "address": web.url}
    own = Nurse(desk, "own.chief", Role.ADMINISTRATOR, "town")
    other = Nurse(desk, "other.chief", Role.ADMINISTRATOR, "elsewhere")
    status, said = own.post("/api/paging/destinations", **body, agency="town", id=new_id())
    assert status == 201
    assert own.post("/api/paging/destinations", **body, agency="*", id=new_id())[0] == 404
    assert other.get("/api/paging/destinations")[1]["destinations"] == []
    for doing in ("secret", "try", "pause", "resume", "end"):
        nothing = other.post(f"/api/paging/destinations/none/{doing}", id=new_id())
        assert other.post(f"/api/paging/destinations/{said['destination']}/{doing}", id=new_id()) == nothing
        assert nothing[0] == 404
    assert len(own.get("/api/paging/destinations")[1]["destinations"]) == 1


def change(desk, said, **body):
    body = {"id": new_id(), "label": "Station printer", "gets": GETS, "detail": "full", **body}
    return desk.post(f"/api/paging/destinations/{said['destination']}/change", **body)


def test_a_destination_is_told_what_it_was_changed_to_and_its_address_and_secret_stay(desk, web, worker, allow):
    allow(web.port)
    said = set_up(desk, web.url)
    again = {"id": new_id(), "label": "Printer 1", "gets": ["station_alert"], "detail": "area"}
    assert change(desk, said, **again) == change(desk, said, **again) == (204, None)
    assert change(desk, said, gets=[])[1]["code"] == "bad_gets"
    assert change(desk, said, gets=["page"])[1]["code"] == "bad_gets"  # For persons alone.
    call = desk.take_call(address="12 Main St")
    desk.assign(call, "M12")
    desk.post("/api/units/town/M12/clear", id=new_id(), call_id=call, reason="not needed")
    worker.finish(desk.clock.at())
    _, headers, body = only(web.came)
    assert json.loads(body)["what"] == "station_alert"  # And not of the cancel, as before.
    assert "12 Main" not in body.decode()
    assert why_not_genuine(body, headers[HEADER], secrets=[said["secret"]], at_s=int(time.time())) == ""
    assert only(listed(desk)["destinations"])["label"] == "Printer 1"
    assert desk.names().count("paging.destination_changed") == 1
    assert rebuild().differences == []


def test_a_paused_destination_is_told_nothing_not_even_later_but_can_be_tried(desk, web, worker, allow, database, town):
    allow(web.port)
    said = set_up(desk, web.url)
    at = f"/api/paging/destinations/{said['destination']}"
    desk.assign(desk.take_call(), "M12")  # Waits, and is old news when it resumes.
    assert desk.post(f"{at}/pause", id=new_id(), reason="new paper") == (204, None)
    assert desk.post(f"{at}/pause", id=new_id()) == (204, None)
    assert only(listed(desk)["destinations"])["stopped_at"]
    assert run(database, town, "destinations", "list").endswith("waiting 0, paused")
    call = desk.take_call()
    desk.assign(call, "E1", slot="first_response")
    assert only(desk.get(f"/api/calls/{call}/pages")["station_alerts"])["paused"] == ["Station printer"]
    desk.post(f"{at}/try", id=new_id())
    worker.finish(desk.clock.at())
    assert [one["what"] for one in web.bodies()] == ["test"]
    assert desk.post(f"{at}/resume", id=new_id()) == (204, None)
    worker.finish(desk.clock.at())
    assert len(web.came) == 1
    call = desk.take_call()
    desk.assign(call, "M11")
    worker.finish(desk.clock.at())
    assert [one["what"] for one in web.bodies()] == ["test", "station_alert"]
    assert only(desk.get(f"/api/calls/{call}/pages")["station_alerts"])["paused"] == []
    assert desk.names().count("paging.destination_paused") == 1
    assert rebuild().differences == []


def test_a_gesture_sent_twice_is_one(desk, web, allow):
    allow(web.port)
    body = {"id": new_id(), "kind": "webhook", "label": "x", "gets": GETS, "address": web.url}
    first = desk.post("/api/paging/destinations", **body)
    again = desk.post("/api/paging/destinations", **body)
    assert first[1]["secret"]
    assert again[0] == 201
    assert len(listed(desk)["destinations"]) == 1


def run(database, town, *args, said="", **env):
    done = subprocess.run(
        [sys.executable, "-m", "goldenhour.cli", "paging", *args],
        env={**database.env, "GOLDENHOUR_REGION": str(town), **env},
        input=said, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_operator_sets_a_destination_up_and_delivers_from_the_command_line(desk, database, town, web):
    allowed = {"GOLDENHOUR_PAGING_HOSTS": f"127.0.0.1:{web.port}"}
    secret = run(database, town, "destinations", "add", "Printer", "--gets", "station_alert", said=web.url, **allowed)
    made = only(json.loads(run(database, town, "destinations", "list", "--json"))["destinations"])["id"]
    run(database, town, "destinations", "try", made)
    found = json.loads(run(database, town, "destinations", "list", "--json"))
    assert only(found["destinations"])["waiting"] == 1
    assert secret not in json.dumps(found)
    assert "k3y" not in json.dumps(found)
    run(database, town, "deliver", **allowed)
    _, headers, body = only(web.came)
    assert why_not_genuine(body, headers[HEADER], secrets=[secret], at_s=int(time.time())) == ""


# ---------------------------------------------------------------- browsers


class Browser:
    """A browser's side of web push: it subscribes, and opens what comes (RFC 8291)."""

    def __init__(self, endpoint):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = os.urandom(16)
        self.endpoint = endpoint
        self.public = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def subscription(self):
        return {"endpoint": self.endpoint, "keys": {"auth": _b64(self.auth), "p256dh": _b64(self.public)}}

    def opened(self, body):
        salt, length = body[:16], body[20]
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        first = _hkdf(self.auth, b"WebPush: info\0" + self.public + theirs, 32, shared)
        key = _hkdf(salt, b"Content-Encoding: aes128gcm\0", 16, first)
        nonce = _hkdf(salt, b"Content-Encoding: nonce\0", 12, first)
        return json.loads(AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\2"))


def _hkdf(salt, info, length, secret):
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


def _b64(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def test_a_page_reaches_the_browser_of_the_person_alone_and_a_browser_that_is_gone_is_forgotten(
    desk, database, town, web, worker, allow, settings
):
    settings.DATA = database.data
    allow(web.port)
    mine, browser = volunteer(desk, "p-2", known=False), Browser(f"http://127.0.0.1:{web.port}/push/abc")
    body = {"id": new_id(), "subscription": browser.subscription}
    assert mine.get("/api/paging/mine")[1]["may"]["push"] is None
    assert mine.post("/api/paging/channels/push", **body)[1]["code"] == "no_push"
    public = run(database, town, "keys")
    assert mine.get("/api/paging/mine")[1]["may"]["push"] == public
    assert mine.post("/api/paging/channels/push", **body)[0] == 201
    at = desk.clock.at()
    span = {"start": iso(at - timedelta(hours=1)), "end": iso(at + timedelta(hours=8))}
    assert desk.post("/api/workforce/crews/town/M12/on-call", id=new_id(), person="p-2", **span)[0] == 204
    desk.assign(desk.take_call("chest_pain", address="12 Main St"), "M12")
    worker.finish(desk.clock.at())

    path, headers, sealed = only(web.came)
    assert (path, headers["content-encoding"], headers["urgency"]) == ("/push/abc", "aes128gcm", "high")
    assert headers["authorization"].startswith("vapid t=")
    assert public in headers["authorization"]
    said = browser.opened(sealed)
    assert said["title"] == "M12: can you come?"
    assert "12 Main St" in said["text"]
    assert b"Main" not in sealed

    web.status = 410
    desk.clock.leap(desk.clock.at() + timedelta(seconds=95))
    alerting.step(desk.clock.at())
    worker.finish(desk.clock.at())
    assert mine.get("/api/paging/mine")[1]["channels"] == []
    assert rebuild().differences == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://10.0.0.8/push",
        "https://hooks.example.org/push",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com.evil.org/x",
    ],
)
def test_a_subscription_that_leads_anywhere_but_to_a_push_service_is_refused(desk, database, town, settings, endpoint):
    settings.DATA = database.data
    run(database, town, "keys")
    mine = volunteer(desk, "p-2", known=False)
    status, said = mine.post("/api/paging/channels/push", id=new_id(), subscription=Browser(endpoint).subscription)
    assert status == 422, said
    wrong = {"endpoint": "https://fcm.googleapis.com/x", "keys": {"auth": "xx", "p256dh": "yy"}}
    assert mine.post("/api/paging/channels/push", id=new_id(), subscription=wrong)[1]["code"] == "bad_subscription"
    assert mine.get("/api/paging/mine")[1]["channels"] == []


def test_a_station_is_told_once_more_when_the_call_turns_out_to_be_elsewhere(desk, web, worker, allow):
    allow(web.port)
    set_up(desk, web.url)
    call = desk.take_call(address="12 Main St")
    desk.assign(call, "M12")
    worker.finish(desk.clock.at())
    lon, lat = corner(0, 2)
    body = {"id": new_id(), "lon": lon, "lat": lat, "address": "7 Oak St", "reason": "caller said so"}
    status, said = desk.post(f"/api/calls/{call}/place", **body)
    assert status in {200, 204}, said
    worker.finish(desk.clock.at())
    assert [one["place"]["address"] for one in web.bodies()] == ["12 Main St", "7 Oak St"]
    desk.post("/api/units/town/M12/clear", id=new_id(), call_id=call, reason="not needed")
    for _ in range(3):
        worker.finish(desk.clock.at())
    assert [one["what"] for one in web.bodies()][2:] == ["station_cancel"]


def test_the_running_site_delivers_by_itself_also_what_it_could_not_before_it_was_killed(town, tmp_path, monkeypatch):
    port = free_port()
    monkeypatch.setenv("GOLDENHOUR_PAGING_HOSTS", f"127.0.0.1:{port}")
    server = Server("--region", town, data=tmp_path)
    try:
        body = {"id": new_id(), "kind": "webhook", "label": "x", "gets": GETS, "address": f"http://127.0.0.1:{port}/"}
        assert server.ask("POST", "/api/paging/destinations", body)[0] == 201
        lon, lat = corner(2, 2)
        status, _, said = server.ask(
            "POST", "/api/calls", {"id": new_id(), "lon": lon, "lat": lat, "nature": "cardiac_arrest"}
        )
        assert status == 201
        call = json.loads(said)["call_id"]
        send = {"id": new_id(), "unit": "town/M12", "slot": "ambulance"}
        assert server.ask("POST", f"/api/calls/{call}/assignments", send)[0] == 204
        server.kill()
        with running(Web(("127.0.0.1", port))) as web:
            server.start()
            assert web.news.wait(60)
            assert web.bodies()[0]["call"]["id"] == call
    finally:
        server.stop()

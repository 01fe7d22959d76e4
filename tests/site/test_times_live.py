"""Times, positions and arrivals over HTTP: one tap each, both clocks kept, and nothing stamped by software alone."""

import json
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenhour.fleet.live.models import LatestFix, TrackPoint
from goldenhour.fleet.status import CHAIN, Stamp
from goldenhour.log.live.rebuild import rebuild
from goldenhour.log.live.verify import verify
from tests.roads.places import corner
from tests.site.conftest import new_id

SCENE = corner(2, 2)
METRE = 1 / 111_200  # Of latitude, in degrees.


def times(desk, call="", unit="M12"):
    return desk.get(f"/api/units/town/{unit}/times?call_id={call}")


def running(desk, unit="M12"):
    """A call with a unit that is on its way."""
    call = desk.take_call()
    assert desk.assign(call, unit)[0] == 204
    desk.wait(seconds=30)
    assert desk.stamp(unit, "en_route")[0] == 204
    desk.wait(minutes=2)
    return call


def iso(at):
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


# ---------------------------------------------------------------- times


def test_each_of_the_17_times_is_one_tap_and_stands_under_its_element(desk):
    call = desk.take_call()
    assert desk.assign(call, "M12")[0] == 204
    taken = {}
    for stamp in CHAIN:
        desk.wait(seconds=20)
        if stamp is Stamp.UNIT_NOTIFIED:
            continue  # Told by being sent.
        taken[stamp] = iso(desk.clock.at())
        assert desk.stamp("M12", stamp, call_id=call) == (204, None)

    (run,) = times(desk, call)["runs"]

    assert set(run["stamps"]) == set(Stamp)
    assert {stamp: at for stamp, at in run["stamps"].items() if stamp != Stamp.UNIT_NOTIFIED} == taken
    assert sorted(run["elements"]) == [f"eTimes.{n:02}" for n in range(1, 18)]
    assert run["elements"]["eTimes.06"] == taken[Stamp.ON_SCENE]
    assert {one["basis"] for one in run["entries"]} == {"now"}
    assert all(one["counts"] and one["actor"] == "desk" for one in run["entries"])
    assert run["rules_known"]


def test_a_tap_from_a_dead_zone_keeps_both_clocks_and_counts_by_the_corrected_one(desk):
    call = running(desk)
    tapped = desk.clock.at()
    desk.wait(minutes=15)  # No signal; and the phone's clock is two minutes slow.
    device_at = iso(tapped - timedelta(minutes=2))

    assert desk.stamp("M12", "on_scene", device_at=device_at, offset_ms=120_000, device="phone-1", tap=7)[0] == 204

    (run,) = times(desk, call)["runs"]
    entry = run["entries"][-1]
    assert (entry["at"], entry["device_at"]) == (iso(tapped), device_at)
    assert (entry["offset_s"], entry["skewed"], entry["late_s"]) == (120.0, True, 900.0)
    assert (entry["basis"], entry["device"]) == ("device", "phone-1")
    assert [one["flag"] for one in entry["flags"]] == ["device_clock_off"]
    assert run["warnings"] == []
    assert desk.unit("M12")["mark"] == "AS"


def test_a_clock_that_jumps_back_reorders_nothing(desk):
    running(desk)
    first = desk.clock.at()
    phone = {"device": "phone-1", "offset_ms": 0}
    desk.stamp("M12", "on_scene", device_at=iso(first), tap=1, **phone)
    desk.wait(minutes=10)
    desk.stamp("M12", "left_scene", device_at=iso(first - timedelta(hours=1)), tap=2, **phone)

    (run,) = times(desk)["runs"]
    left = next(one for one in run["entries"] if one["stamp"] == "left_scene")

    assert desk.unit("M12")["mark"] == "TR"  # It left: the page does not go back to the scene.
    assert left["at"] == iso(first)
    assert left["device_at"] == iso(first - timedelta(hours=1))
    assert "device_clock_went_back" in [one["flag"] for one in left["flags"]]
    assert run["warnings"] == []


def test_a_tap_that_is_sent_again_is_one_tap(desk):
    call = running(desk)
    body = {"id": new_id(), "stamp": "on_scene", "device_at": iso(desk.clock.at()), "offset_ms": 0, "tap": 1}
    for _ in range(3):
        assert desk.post("/api/units/town/M12/stamps", **body)[0] == 204
        desk.wait(seconds=5)

    assert [one["stamp"] for one in times(desk, call)["runs"][0]["entries"]].count("on_scene") == 1


def test_an_odd_late_entry_is_kept_flagged_and_warned_of_and_a_struck_one_counts_no_longer(desk):
    call = running(desk)
    desk.stamp("M12", "on_scene")
    late = iso(desk.clock.at() - timedelta(minutes=10))
    assert desk.stamp("M12", "at_patient", at=late)[0] == 204  # Never refused.

    (run,) = times(desk, call)["runs"]
    wrong = run["entries"][-1]
    assert (wrong["at"], wrong["basis"], wrong["late_s"]) == (late, "entered", 600.0)
    assert [one["rule"] for one in run["warnings"]] == ["at_patient/unit_notified"]
    assert "At patient 13:55:01 lies before unit notified 14:02:31." in run["warnings"][0]["what"]
    assert desk.unit("M12")["mark"] == "AS"

    body = {"id": new_id(), "struck_id": wrong["id"], "reason": "typed 13 for 14"}
    assert desk.post("/api/units/town/M12/strike", **body)[0] == 204

    (run,) = times(desk, call)["runs"]
    assert run["warnings"] == []
    assert "at_patient" not in run["stamps"]
    struck = run["entries"][-1]
    assert (struck["at"], struck["counts"]) == (late, False)  # It stays to be read.
    assert (struck["struck"]["reason"], struck["struck"]["by"]) == ("typed 13 for 14", "desk")


def test_a_time_entered_for_later_is_refused_and_a_strike_needs_its_reason(desk):
    running(desk)

    status, said = desk.stamp("M12", "on_scene", at=iso(desk.clock.at() + timedelta(minutes=1)))
    assert (status, said["code"]) == (409, "time_in_future")
    assert desk.post("/api/units/town/M12/strike", id=new_id(), struck_id=new_id(), reason="")[0] == 422
    assert desk.stamp("M12", "on_scene", device_at="2026-03-01T14:00:00")[0] == 422  # Of which place?
    assert desk.unit("M12")["mark"] == "ER"


def test_times_of_a_call_a_unit_never_had_are_not_there(desk):
    running(desk)

    assert desk.client.get("/api/units/town/M12/times?call_id=26-9999").json()["code"] == "no_times"
    assert desk.client.get("/api/units/town/M99/times").json()["code"] == "no_unit"


def test_a_second_run_on_the_same_call_has_times_of_its_own(desk):
    call = running(desk)
    desk.stamp("M12", "back_in_service")
    desk.wait(minutes=1)
    desk.assign(call, "M12")

    runs = times(desk, call)["runs"]

    assert [run["run"] for run in runs] == [1, 2]
    assert "en_route" in runs[0]["stamps"]
    assert list(runs[1]["stamps"]) == ["unit_notified"]


def test_what_the_board_exports_warns_of_nothing_in_real_order_and_keeps_every_odd_one(desk):
    call = desk.take_call()
    own = [one for one in CHAIN if one not in (Stamp.UNIT_NOTIFIED, Stamp.CANCELLED, Stamp.PSAP_CALL)]

    @settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
    @given(steps=st.sets(st.sampled_from(own), min_size=1, max_size=5), odd=st.booleans())
    def run(steps, odd):
        desk.wait(minutes=30)
        assert desk.assign(call, "M12")[0] == 204
        order = [one for one in CHAIN if one in steps and one is not Stamp.DISPATCH_NOTIFIED]
        for stamp in order[::-1] if odd else order:
            desk.wait(seconds=20)
            assert desk.stamp("M12", stamp, call_id=call)[0] == 204
        latest = times(desk, call)["runs"][-1]
        exported = next(one for one in desk.call(call)["units"] if one["unit"] == "town/M12")["stamps"]
        assert exported == latest["stamps"]
        assert set(exported) == {*order, Stamp.UNIT_NOTIFIED}
        warned = {(one["stamp"], one["beside"]) for one in latest["warnings"]}
        assert all(exported[stamp] < exported[beside] for stamp, beside in warned)
        if not odd:
            assert warned == set()
        desk.post("/api/units/town/M12/clear", id=new_id(), call_id=call, reason="next")

    run()
    assert rebuild().differences == []


# ---------------------------------------------------------------- positions


class Phone:
    """A phone in a unit, with its token and nobody signed in."""

    def __init__(self, desk, unit="M12", label="the tablet"):
        self.desk, self.unit = desk, unit
        status, said = desk.post(f"/api/units/town/{unit}/position-tokens", id=new_id(), label=label)
        assert status == 201, said
        self.token, self.secret = said["token"], said["secret"]
        self.client = Client(headers={"Host": "localhost"})

    def owntracks(self, place, *, at=None, secret=None, **more):
        body = {"_type": "location", "lon": place[0], "lat": place[1], "acc": 5, **more}
        body.setdefault("tst", (at or self.desk.clock.at()).timestamp())
        word = b64encode(f"M12:{secret or self.secret}".encode()).decode()
        answer = self.client.post(
            "/api/positions/owntracks",
            json.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Basic {word}"},
        )
        self.desk.wait(seconds=1)  # The board's picture is made once a second.
        return answer.status_code, answer.json()

    def osmand(self, place, *, method="get", **more):
        said = {"id": self.secret, "lon": place[0], "lat": place[1], "timestamp": self.desk.clock.at().timestamp()}
        said |= more
        answer = getattr(self.client, method)("/api/positions/osmand", said)
        self.desk.wait(seconds=1)
        return answer.status_code, answer.json()


@pytest.fixture
def phone(desk):
    return Phone(desk)


def test_a_phones_position_is_on_the_board_with_its_age_and_in_no_log(desk, phone):
    before = desk.get("/api/board")["position"]
    estimate = desk.unit("M12")["position"]
    assert (estimate["source"], estimate["accuracy_m"], estimate["reported_at"]) == ("estimated", None, None)
    at = desk.clock.at()

    assert phone.owntracks((-122.41, 37.76), acc=7.5) == (200, [])

    here = desk.unit("M12")["position"]
    assert (here["lon"], here["lat"], here["source"], here["accuracy_m"]) == (-122.41, 37.76, "reported", 7.5)
    assert (here["at"], here["age_s"]) == (iso(at), 1.0)
    assert desk.get("/api/board")["position"] == before  # Not in the log.
    desk.wait(seconds=60)
    stale = desk.unit("M12")["position"]
    assert stale["source"] == "estimated"
    assert stale["lon"] == estimate["lon"]
    assert stale["reported_at"] == iso(at)  # How long nothing was heard can still be told.


def test_osmands_form_comes_as_an_address_or_as_a_form_and_nowhere_else(desk, phone):
    assert phone.osmand((-122.41, 37.76)) == (200, {"shown": True, "why": None})
    desk.wait(seconds=55)
    answer = phone.client.post(
        "/api/positions/osmand",
        f"id={phone.secret}&lon=-122.42&lat=37.77&timestamp={desk.clock.at().timestamp()}",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.json() == {"shown": True, "why": None}
    desk.wait(seconds=1)
    assert desk.unit("M12")["position"]["lat"] == 37.77

    for path in ("/api/positions/owntracks", "/api/units/town/M12/stamps", "/api/positions/osmand/"):
        form = phone.client.post(path, "a=b", content_type="application/x-www-form-urlencoded")
        assert form.status_code in {404, 415}
    multipart = phone.client.post("/api/positions/osmand", {"id": phone.secret})
    assert multipart.status_code == 415


def test_late_and_repeated_positions_never_overwrite_newer_ones_but_fill_the_track(desk, phone):
    start = desk.clock.at()
    desk.wait(minutes=5)
    phone.owntracks((-122.41, 37.76))
    replayed = phone.osmand((-122.41, 37.70), timestamp=(start + timedelta(minutes=1)).timestamp())
    phone.osmand((-122.41, 37.70), timestamp=(start + timedelta(minutes=1)).timestamp())

    assert replayed == (200, {"shown": False, "why": "a newer one is known"})
    assert desk.unit("M12")["position"]["lat"] == 37.76
    points = desk.get("/api/units/town/M12/track")["points"]
    assert [one["lat"] for one in points] == [37.70, 37.76]  # In the order of time, each once.


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"tst_in": 31}, "position_in_future"),
        ({"lat": 91}, "bad_position"),
        ({"lat": "x"}, "bad_position"),
        ({"vel": 2000}, "bad_position"),
        ({"tst": "soon"}, "bad_position"),
    ],
)
def test_what_cannot_be_is_refused_and_moves_nothing(desk, phone, more, code):
    said = {"tst": (desk.clock.at() + timedelta(seconds=31)).timestamp()} if "tst_in" in more else more
    status, answer = phone.owntracks(SCENE, **said)

    assert (status, answer["code"]) == (422, code)
    assert not LatestFix.objects.exists()
    assert not TrackPoint.objects.exists()
    assert desk.unit("M12")["position"]["source"] == "estimated"


def test_without_a_token_or_with_a_foreign_or_revoked_one_nothing_is_taken(desk, phone):
    other = Phone(desk, "M11")
    assert phone.owntracks(SCENE, secret="x" * 43)[1]["code"] == "no_token"
    assert phone.osmand(SCENE, id="M12")[0] == 401  # A unit's name is no secret.
    assert phone.osmand(SCENE, id="")[0] == 401
    assert phone.client.post("/api/positions/owntracks", "{}", content_type="application/json").status_code == 401
    assert not LatestFix.objects.exists()

    body = {"id": new_id(), "token": phone.token, "reason": "lost"}
    assert desk.post("/api/units/town/M11/position-tokens/revoke", **body)[0] == 404  # It is not that unit's.
    assert desk.post("/api/units/town/M12/position-tokens/revoke", **{**body, "id": new_id()})[0] == 204
    assert phone.owntracks(SCENE)[1]["code"] == "no_token"
    assert other.owntracks(SCENE)[0] == 200
    assert [one.unit for one in LatestFix.objects.all()] == ["town/M11"]  # A token moves its own unit alone.


def test_a_tokens_secret_is_said_once_and_kept_nowhere(desk, database, phone):
    body = {"id": new_id(), "label": "modem"}
    _, said = desk.post("/api/units/town/M12/position-tokens", **body)
    status, again = desk.post("/api/units/town/M12/position-tokens", **body)

    assert (status, again["code"]) == (409, "token_shown_once")
    assert said["secret"].encode() not in database.stored_bytes
    shown = json.dumps(desk.get("/api/units/town/M12/position-tokens")) + json.dumps(desk.get("/api/log?limit=50"))
    assert said["secret"] not in shown
    assert "modem" in shown


def test_a_recommendation_counts_on_a_fresh_report_and_on_the_last_status_once_it_is_stale(desk, phone):
    phone.owntracks(SCENE)
    call = desk.take_call()

    fresh = desk.get(f"/api/calls/{call}/recommendation")
    (ambulance,) = [one for one in fresh["chosen"] if one["slot"] == "ambulance"]
    assert ambulance["unit"] == "town/M12"
    assert ambulance["position_age_s"] == 1.0

    desk.wait(seconds=61)
    stale = desk.get(f"/api/calls/{call}/recommendation")
    assert [one["position_age_s"] for one in stale["chosen"]] == [None] * len(stale["chosen"])


def test_of_many_reports_at_once_the_newest_stands_and_none_fails(desk, phone):
    start = desk.clock.at()
    desk.wait(minutes=10)

    def say(second):
        at = (start + timedelta(seconds=second)).timestamp()
        client = Client(headers={"Host": "localhost"})
        said = {"id": phone.secret, "lon": -122.41, "lat": 37.76, "timestamp": at}
        try:
            return client.get("/api/positions/osmand", said).status_code
        finally:
            connection.close()

    seconds = [(7 * n) % 40 for n in range(40)]
    with ThreadPoolExecutor(8) as crowd:
        assert set(crowd.map(say, seconds)) == {200}

    assert LatestFix.objects.get().at == start + timedelta(seconds=39)
    track = list(TrackPoint.objects.order_by("at").values_list("at", flat=True))
    assert len(track) == len(set(track))


# ---------------------------------------------------------------- arrivals


def near(place, north_m):
    return place[0], place[1] + north_m * METRE


def test_a_unit_that_stands_at_its_scene_is_asked_about_and_stamped_by_a_person_with_the_true_time(desk, phone):
    call = running(desk)
    phone.owntracks(near(SCENE, 900), vel=40)
    assert desk.unit("M12")["suggestion"] is None
    desk.wait(seconds=70)
    since = desk.clock.at()
    phone.owntracks(near(SCENE, 60), vel=3)
    desk.wait(seconds=40)

    asked = desk.unit("M12")["suggestion"]
    assert asked == {"stamp": "on_scene", "call_id": call, "since": iso(since), "what": asked["what"]}
    assert asked["what"] == f"at scene since {since - timedelta(hours=8):%H:%M:%S}?"
    assert desk.unit("M12")["mark"] == "ER"  # Nothing is stamped by software.
    assert "on_scene" not in times(desk)["runs"][0]["stamps"]

    body = {"id": new_id(), "stamp": "on_scene", "since": asked["since"]}
    for _ in range(2):  # Sent twice, done once.
        assert desk.post("/api/units/town/M12/arrival/confirm", **body) == (204, None)
    entry = times(desk)["runs"][0]["entries"][-1]
    assert (entry["stamp"], entry["at"], entry["basis"]) == ("on_scene", iso(since), "position")
    assert desk.unit("M12")["mark"] == "AS"
    assert desk.unit("M12")["suggestion"] is None
    assert rebuild().differences == []
    assert verify().faults == []


def test_a_suggestion_that_a_person_dismisses_does_not_come_back(desk, phone):
    running(desk)
    phone.owntracks(near(SCENE, 10), vel=0)
    asked = desk.unit("M12")["suggestion"]
    body = {"id": new_id(), "stamp": "on_scene", "since": asked["since"]}

    assert desk.post("/api/units/town/M12/arrival/dismiss", **body)[0] == 204

    desk.wait(seconds=30)
    phone.owntracks(near(SCENE, 20), vel=0)
    assert desk.unit("M12")["suggestion"] is None
    assert desk.unit("M12")["mark"] == "ER"
    status, said = desk.post("/api/units/town/M12/arrival/confirm", **{**body, "id": new_id()})
    assert (status, said["code"]) == (409, "suggestion_gone")


def test_what_was_not_suggested_cannot_be_confirmed(desk, phone):
    running(desk)
    phone.owntracks(near(SCENE, 10), vel=0)
    asked = desk.unit("M12")["suggestion"]
    for stamp, since in (("at_destination", asked["since"]), ("on_scene", iso(desk.clock.at()))):
        body = {"id": new_id(), "stamp": stamp, "since": since}
        assert desk.post("/api/units/town/M12/arrival/confirm", **body)[1]["code"] == "suggestion_gone"
    assert "on_scene" not in times(desk)["runs"][0]["stamps"]


def test_a_unit_without_a_call_is_asked_nothing_wherever_it_stands(desk, phone):
    desk.take_call()
    phone.owntracks(near(SCENE, 10), vel=0)

    assert desk.unit("M12")["suggestion"] is None


def test_a_unit_that_stands_at_its_hospital_is_asked_about_too(desk, phone):
    call = running(desk)
    desk.stamp("M12", "on_scene")
    desk.wait(minutes=10)
    desk.stamp("M12", "left_scene")
    status, said = desk.post("/api/units/town/M12/destination", id=new_id(), call_id=call)
    assert status == 200, said
    hospital = next(one for one in desk.get("/api/board")["hospitals"] if one["id"] == said["facility"])
    desk.wait(minutes=8)

    phone.owntracks(near((hospital["lon"], hospital["lat"]), 40), vel=0)

    asked = desk.unit("M12")["suggestion"]
    assert asked["stamp"] == "at_destination"
    assert asked["what"].startswith("at hospital since")

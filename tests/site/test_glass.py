"""Breaking the glass: one call, a while, to read, with a reason that somebody else reviews."""

import json

import pytest

from goldenhour.access.limits import OWN, load_limits
from goldenhour.access.live import services
from goldenhour.access.live.models import Glass
from goldenhour.errors import BadInput
from goldenhour.log.live import keys
from goldenhour.log.live.models import LoggedEvent
from goldenhour.log.live.rebuild import rebuild
from goldenhour.site.follow import LogSource
from tests.site.conftest import new_id
from tests.site.test_accounts import Somebody, make

REASON = "Her daughter is in my ambulance."


@pytest.fixture
def call(desk):
    return desk.take_call()


@pytest.fixture
def bob(desk, call):
    """Bob rides an ambulance; what stands on the board is not his to see."""
    make(desk, "bob", "crew@town")
    bob = Somebody(desk)
    assert bob.sign_in("bob")[0] == 200
    return bob


@pytest.fixture
def quinn(desk, bob):
    """Quinn reviews."""
    make(desk, "quinn", "quality")
    quinn = Somebody(desk)
    assert quinn.sign_in("quinn")[0] == 200
    return quinn


def breaks(one, call, *, gesture=None, why="care", reason=REASON):
    body = {"id": gesture or new_id(), "call_id": call, "why": why, "reason": reason}
    return one.ask("POST", "/api/glass", body)


def test_a_call_is_read_after_a_reason_for_a_while_and_nothing_else_is(desk, call, bob):
    other = desk_call(desk, bob)
    assert bob.ask("GET", f"/api/calls/{call}")[1]["code"] == "no_role"

    status, said = breaks(bob, call)

    assert (status, said["until"]) == (201, "2026-03-01T23:02:31.000Z")
    assert bob.ask("GET", f"/api/calls/{call}")[1]["call_id"] == call
    assert bob.ask("GET", f"/api/calls/{call}/timeline")[0] == bob.ask("GET", f"/api/calls/{call}/notes")[0] == 200
    assert bob.ask("GET", f"/api/calls/{call}/triage")[0] in {200, 404}  # Nobody has asked anything yet.
    # Nothing else opens, and nothing can be changed.
    assert bob.ask("GET", f"/api/calls/{other}")[0] == 403
    assert bob.ask("GET", "/api/board")[0] == 403
    body = {"id": new_id(), "priority": 1, "reason": ""}
    assert bob.ask("POST", f"/api/calls/{call}/priority", body)[0] == 403
    assert bob.ask("POST", f"/api/calls/{call}/triage/stop", {"id": new_id(), "script": "x", "reason": "x"})[0] == 403
    # It closes by itself; somebody else's stays closed all the while.
    make(desk, "eve", "crew@town")
    eve = Somebody(desk)
    eve.sign_in("eve")
    assert eve.ask("GET", f"/api/calls/{call}")[0] == 403
    desk.wait(minutes=59, seconds=59)
    assert bob.ask("GET", f"/api/calls/{call}")[0] == 200
    desk.wait(seconds=1)
    assert bob.ask("GET", f"/api/calls/{call}")[0] == 403


def desk_call(desk, bob):
    make(desk, "alice", "dispatcher")
    alice = Somebody(desk)
    alice.sign_in("alice")
    return alice.ask("POST", "/api/calls", {"id": new_id(), "lon": -122.4, "lat": 37.75})[1].get("call_id", "26-0002")


def test_it_is_in_the_log_before_anything_is_shown_and_a_retry_is_the_same_glass(desk, call, bob):
    gesture = new_id()

    assert breaks(bob, call, gesture=gesture) == breaks(bob, call, gesture=gesture)

    assert Glass.objects.count() == 1
    assert not rebuild().differences


@pytest.mark.parametrize(
    ("body", "code"),
    [({"reason": "  why not "}, "few_words"), ({"why": "curious"}, "bad_input"), ({"reason": ""}, "few_words")],
)
def test_without_a_reason_nothing_opens(call, bob, body, code):
    status, said = breaks(bob, call, **body)

    assert (status, said["code"]) == (422, code)
    assert bob.ask("GET", f"/api/calls/{call}")[0] == 403


def test_neither_the_desks_log_nor_its_feed_tells_who_read_what(desk, call, bob, quinn):
    make(desk, "alice", "dispatcher")
    alice = Somebody(desk)
    alice.sign_in("alice")
    head = desk_position(alice)
    glass = breaks(bob, call)[1]["glass"]
    bob.ask("GET", f"/api/calls/{call}")
    review = {"id": new_id(), "right": True, "words": "His own patient, told to me by the crew."}
    assert quinn.ask("POST", f"/api/glass/{glass}/review", review)[0] == 204

    tail = [one for one in alice.ask("GET", "/api/log?limit=500")[1] if one["position"] > head]
    source = LogSource()
    facts = source.read(head, 100)
    feed = [source.fact(*one, changed) for one, changed in zip(facts, source.changed(facts), strict=True)]

    assert [one["name"] for one in feed] == ["access.glass_broken", "access.glass_reviewed"]
    assert [one["name"] for one in tail] == ["access.glass_reviewed", "access.glass_broken"]
    for one in (*tail, *feed):
        assert (one["actor"], one["stream"], one["payload"]) == ("", "accounts", {})
    assert [one["changed"] for one in feed] == [{}, {}]
    told = json.dumps([tail, feed, alice.ask("GET", f"/api/calls/{call}/timeline")[1]["entries"]])
    assert not [word for word in ("bob", "quinn", REASON, "glass/", glass) if word in told]
    assert call not in json.dumps([tail, feed])
    for path in ("/api/reads", "/api/glass"):  # Who may know, asks there; the desk may not.
        assert alice.ask("GET", path)[0] == 403
        assert quinn.ask("GET", path)[0] == 200


def test_the_desks_log_tells_of_a_destroyed_key_but_not_whose_it_was_unless_a_calls(desk, call):
    services.account_make(account="dora", name="Dora Example", at=desk.clock.at(), actor="console")
    make(desk, "alice", "dispatcher")
    alice = Somebody(desk)
    alice.sign_in("alice")
    for key in ("account/dora", f"call_id/{call}"):
        keys.destroy(key, reason="asked for", at=desk.clock.at(), actor="console")

    of_call, of_account = alice.ask("GET", "/api/log?limit=2")[1]

    assert (of_account["name"], of_account["stream"], of_account["payload"]) == ("log.key_destroyed", "log", {})
    assert of_call["payload"]["name"] == f"call_id/{call}"


def desk_position(one):
    return one.ask("GET", "/api/board")[1]["position"]


def test_an_account_that_cares_for_nobody_cannot_break_it(desk, call, bob):
    for role in ("planner", "administrator", "credentialing", "state_office"):
        name = role.replace("_", ".")
        make(desk, name, role)
        one = Somebody(desk)
        one.sign_in(name)
        assert breaks(one, call)[1]["code"] == "no_role"
    assert breaks(Somebody(desk), call)[0] == 401
    assert breaks(bob, "26-0999")[0] == 404
    assert Glass.objects.count() == 0


def test_it_stays_on_the_list_until_somebody_else_has_reviewed_it_in_words(desk, call, bob, quinn):
    glass = breaks(bob, call)[1]["glass"]
    bob.ask("GET", f"/api/calls/{call}")

    [entry] = quinn.ask("GET", "/api/glass")[1]

    assert (entry["account"], entry["reason"], entry["why_words"]) == ("bob", REASON, "I care for this patient now")
    assert [one["address"] for one in entry["reads"]] == ["GET /api/calls/{call_id}"]
    assert bob.ask("GET", "/api/glass")[0] == 403
    assert review(quinn, glass, words="fine")[1]["code"] == "few_words"
    assert review(quinn, glass) == (204, None)
    assert review(quinn, glass)[1]["code"] == "glass_reviewed"
    assert quinn.ask("GET", "/api/glass")[1] == []
    [done] = quinn.ask("GET", "/api/glass?state=reviewed")[1]
    assert (done["reviewed_by"], done["right"], done["words"]) == ("quinn", True, "The crew list names him.")
    assert not rebuild().differences


def review(one, glass, *, words="The crew list names him."):
    return one.ask("POST", f"/api/glass/{glass}/review", {"id": new_id(), "right": True, "words": words})


def test_nobody_reviews_their_own_nor_what_another_agencys_account_did(desk, call):
    make(desk, "dora", "crew@town", "quality", agency="town")
    dora = Somebody(desk)
    dora.sign_in("dora")
    glass = breaks(dora, call)[1]["glass"]
    make(desk, "far.admin", "administrator@elsewhere")
    far = Somebody(desk)
    far.sign_in("far.admin")

    assert review(dora, glass)[1]["code"] == "own_glass"
    assert far.ask("GET", "/api/glass") == (200, [])
    assert review(far, glass)[1]["code"] == "no_glass"


def test_the_reason_is_sealed_and_forgotten_with_the_call(desk, call, bob, database):
    breaks(bob, call)
    events = desk_events()
    assert REASON not in events

    keys.destroy(f"call_id/{call}", reason="asked", at=desk.clock.at(), actor="console")

    assert Glass.objects.get().reason == ""


def desk_events():
    return " ".join(bytes(one).decode() for one in LoggedEvent.objects.values_list("payload", flat=True))


def test_a_house_has_its_own_time_and_a_wrong_line_is_refused(desk, call, bob, settings, tmp_path):
    line = {"id": "glass", "tier": "agency", "from": "2026-01-01", "source": "Our rule 7", "quantity": "glass"}
    own = settings.DATA / OWN
    own.write_text("limits:\n  - " + json.dumps(line | {"seconds": 600}).replace('"2026-01-01"', "2026-01-01"))

    assert breaks(bob, call)[1]["until"] == "2026-03-01T22:12:31.000Z"

    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("limits:\n  - " + json.dumps(line | {"seconds": 0}).replace('"2026-01-01"', "2026-01-01"))
    with pytest.raises(BadInput):
        load_limits((wrong,))

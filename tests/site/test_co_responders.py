"""Co-responders through their front door: who was asked, what they said, and that a person sends and clears."""

import shutil
from datetime import timedelta

import pytest

from goldenhour.access.wire import iso
from goldenhour.errors import BadInput
from goldenhour.log.live import keys
from goldenhour.log.live.rebuild import rebuild
from goldenhour.site.opening import open_region
from tests.roads.places import corner
from tests.site.conftest import START, new_id
from tests.site.test_accounts import Somebody, make


def ask(desk, call, service="police", **more):
    """Ask for help; returns status, body and the request's id."""
    body = {"id": new_id(), "service": service, **more}
    return (*desk.post(f"/api/calls/{call}/co-responders", **body), body["id"])


def say(desk, request, said, **more):
    return desk.post(f"/api/co-responders/{request}/said", **{"id": new_id(), "said": said, **more})


def asked(desk, call):
    return desk.call(call)["co_responders"]


def told(desk, call):
    """What the timeline says of co-responders."""
    entries = desk.get(f"/api/calls/{call}/timeline")["entries"]
    return [
        (one["name"].removeprefix("dispatch.co_responder_"), one["payload"].get("said"), one["actor"])
        for one in entries
        if "co_responder" in one["name"]
    ]


def test_what_a_plan_proposes_is_asked_by_a_person_alone_and_is_never_a_unit(desk):
    call = desk.take_call("assault")
    desk.get(f"/api/calls/{call}/recommendation")
    (proposed,) = desk.call(call)["proposed"]
    assert (proposed["service"], proposed["task"], proposed["stage"]) == ("law_enforcement", "scene_safety", True)
    assert proposed["source"]
    assert asked(desk, call) == []
    before = desk.call(call)

    status, said, request = ask(desk, call, note="a man with a knife")

    (one,) = asked(desk, call)
    assert (status, said, one["request"]) == (201, one, request)
    assert (one["state"], one["task"], one["asked_by"], one["asked_at"]) == (
        "asked",
        "scene_safety",
        "desk",
        iso(START),
    )
    assert one["note"] == "a man with a knife"
    after = desk.call(call)
    assert after["proposed"] == []
    assert [after[key] for key in ("state", "units", "recommendation", "first_on_scene_at", "staging")] == [
        before[key] for key in ("state", "units", "recommendation", "first_on_scene_at", "staging")
    ]
    assert "knife" not in str(desk.get("/api/log?limit=500"))
    assert rebuild().differences == []


def test_they_come_are_there_and_leave_each_on_the_timeline_once(desk):
    call = desk.take_call("traffic_incident")
    _, _, request = ask(desk, call, "FIRE")
    again = {"id": new_id(), "said": "coming", "eta_min": 8, "said_by": "Engine 4"}
    for _ in range(2):
        assert desk.post(f"/api/co-responders/{request}/said", **again) == (204, None)
    (one,) = asked(desk, call)
    assert (one["state"], one["due_at"], one["said_by"]) == ("coming", iso(START + timedelta(minutes=8)), "Engine 4")
    desk.wait(minutes=3)
    assert say(desk, request, "coming") == (204, None)  # Later than they thought, and they do not say how much.
    assert asked(desk, call)[0]["due_at"] is None
    desk.wait(minutes=7)
    assert say(desk, request, "there") == (204, None)
    assert say(desk, request, "cleared") == (204, None)

    (one,) = asked(desk, call)

    assert (one["state"], one["open"], one["there_at"]) == ("cleared", False, iso(START + timedelta(minutes=10)))
    assert told(desk, call) == [
        ("asked", None, "desk"), ("said", "coming", "desk"), ("said", "coming", "desk"), ("said", "there", "desk"),
        ("said", "cleared", "desk"),
    ]  # fmt: skip
    assert desk.call(call)["state"] == "waiting"  # Nobody of ours is on it.
    assert rebuild().differences == []


def test_whoever_does_not_answer_sounds_until_somebody_has_it_and_again_later(desk):
    def acknowledge():
        return desk.post("/api/alarms/acknowledge", id=new_id(), quantity="co_responder_answer", about=request)

    call = desk.take_call("assault")
    _, said, request = ask(desk, call)
    alarm = said["alarm"]
    assert (alarm["words"], alarm["since"], alarm["steps_s"]) == ("has not answered", iso(START), [120.0, 300.0])
    assert alarm["source"]
    desk.wait(seconds=119)
    assert acknowledge()[1]["code"] == "no_alarm"
    desk.wait(seconds=1)

    assert acknowledge() == (204, None)

    taken = {"step": 1, "by": "desk", "at": iso(desk.clock.at())}
    assert asked(desk, call)[0]["alarm"]["silenced"] == taken
    desk.wait(seconds=60)
    status, refused = acknowledge()
    assert (status, refused["what"]) == (409, "desk acknowledged it at 14:04:31.")
    assert desk.get(f"/api/calls/{call}/timeline")["entries"][-1]["name"] == "dispatch.alarm_acknowledged"
    desk.wait(minutes=2)
    assert acknowledge() == (204, None)  # Its next step.
    assert say(desk, request, "coming") == (204, None)
    assert asked(desk, call)[0]["alarm"] is None
    desk.wait(minutes=9)
    assert acknowledge()[1]["code"] == "no_alarm"
    unknown = desk.post("/api/alarms/acknowledge", id=new_id(), quantity="co_responder_answer", about=new_id())
    assert unknown[0] == 404
    assert rebuild().differences == []


def test_nobody_is_called_about_an_answer_that_a_closed_call_no_longer_needs(desk):
    call = desk.take_call("assault")
    _, _, request = ask(desk, call)
    assert desk.post(f"/api/calls/{call}/close", id=new_id(), outcome="no_patient")[0] == 204
    desk.wait(minutes=10)

    assert asked(desk, call)[0]["alarm"] is None
    status, said = desk.post("/api/alarms/acknowledge", id=new_id(), quantity="co_responder_answer", about=request)
    assert (status, said["code"]) == (409, "no_alarm")


def test_who_was_slower_reads_who_and_when_and_nothing_is_written_twice(desk):
    for name, role in {"alice": "call_taker", "bob": "dispatcher"}.items():
        make(desk, name, role)
    alice, bob = Somebody(desk), Somebody(desk)
    assert (alice.sign_in("alice")[0], bob.sign_in("bob")[0]) == (200, 200)
    lon, lat = corner(2, 2)
    call = alice.ask("POST", "/api/calls", {"id": new_id(), "lon": lon, "lat": lat, "nature": "assault"})[1]["call_id"]
    path = f"/api/calls/{call}/co-responders"
    request = alice.ask("POST", path, {"id": new_id(), "service": "police"})[1]["request"]
    desk.wait(seconds=20)

    status, said = bob.ask("POST", path, {"id": new_id(), "service": "law_enforcement", "task": "scene_safety"})

    words = "alice asked Law enforcement at 14:02:31: make the scene safe. It did not answer yet."
    assert (status, said["code"], said["what"]) == (409, "asked_already", words)
    body = {"id": new_id(), "said": "declined", "words": "nobody free", "said_by": "Kim"}
    assert bob.ask("POST", f"/api/co-responders/{request}/said", body)[0] == 204
    desk.wait(seconds=20)
    for what, more in (("said", {"said": "coming"}), ("said", {"said": "safe"}), ("cancel", {})):
        status, said = alice.ask("POST", f"/api/co-responders/{request}/{what}", {"id": new_id(), **more})
        assert (status, said["what"]) == (409, "It declined, as bob entered at 14:02:51.")
    board = alice.ask("GET", "/api/board")[1]["calls"][0]
    assert [(one["state"], one["words"]) for one in board["co_responders"]] == [("declined", "nobody free")]
    assert (
        alice.ask("POST", path, {"id": new_id(), "service": "police"})[0] == 201
    )  # Asked anew, it is another request.
    assert rebuild().differences == []


def test_entering_is_offered_once_they_say_it_is_safe_and_a_person_clears_it(desk):
    call = desk.take_call("assault")
    assert desk.assign(call, "M12") == (204, None)
    _, _, police = ask(desk, call)
    _, _, fire = ask(desk, call, "fire")
    assert desk.post(f"/api/calls/{call}/stage", id=new_id(), reason="violence") == (204, None)
    assert say(desk, police, "there") == (204, None)
    assert desk.call(call)["said_safe"] is None  # Being there is not being safe.
    assert say(desk, police, "safe", said_by="Sgt Lee") == (204, None)
    assert desk.call(call)["said_safe"] is None  # The fire service was asked as well.
    assert desk.post(f"/api/co-responders/{fire}/cancel", id=new_id(), reason="no fire") == (204, None)

    offered = desk.call(call)

    assert offered["said_safe"] == {"label": "Law enforcement", "at": iso(START), "said_by": "Sgt Lee"}
    assert offered["staging"] is not None  # Offered, not done.
    crew = desk.get("/api/units/town/M12/crew")["call"]
    assert crew["staging"] is not None
    assert [(one["label"], one["state"]) for one in crew["co_responders"]] == [("Law enforcement", "there")]
    assert "safe_at" not in str(crew["co_responders"])  # That they may enter is the desk's to say.
    assert say(desk, police, "not_safe", said_by="Sgt Lee") == (204, None)
    assert desk.call(call)["said_safe"] is None
    assert say(desk, police, "safe") == (204, None)
    desk.wait(minutes=1)
    assert desk.post(f"/api/calls/{call}/stage", id=new_id(), reason="fire") == (204, None)
    assert desk.call(call)["said_safe"] is None  # That word was of the danger before.
    assert say(desk, police, "safe") == (204, None)
    assert desk.post(f"/api/calls/{call}/enter", id=new_id(), reason="Law enforcement: safe") == (204, None)
    assert (desk.call(call)["staging"], desk.call(call)["said_safe"]) == (None, None)
    assert rebuild().differences == []


def test_what_cannot_be_is_refused_in_words(desk):
    call = desk.take_call("stroke")
    assert desk.call(call)["proposed"] == []
    assert ask(desk, call, "polis")[1]["what"].startswith("service: no service is 'polis'.")
    assert ask(desk, call, task="lift")[1]["what"] == "task: Law enforcement has no task 'lift'."
    assert ask(desk, "26-0099")[0] == 404
    _, _, request = ask(desk, call)
    assert say(desk, request, "declined")[1]["code"] == "why"
    assert say(desk, request, "there", eta_min=5)[1]["code"] == "eta"
    assert say(desk, request, "perhaps")[0] == 422
    assert say(desk, request, "coming", eta_min=-1)[0] == 422
    assert say(desk, "none", "coming")[0] == 404
    assert asked(desk, call)[0]["state"] == "asked"
    assert say(desk, request, "there") == (204, None)
    status, said = desk.post(f"/api/co-responders/{request}/cancel", id=new_id())
    assert (status, said["what"]) == (409, "It is there, as desk entered at 14:02:31.")
    assert desk.post(f"/api/calls/{call}/close", id=new_id(), outcome="no_patient")[0] == 204
    assert ask(desk, call, "fire")[1]["code"] == "call_closed"
    assert say(desk, request, "cleared") == (204, None)  # They were there longer than we were.


def test_what_they_were_told_is_gone_with_the_call_s_key(desk):
    call = desk.take_call("assault")
    _, _, first = ask(desk, call, note="Ann Example has a knife")
    _, _, second = ask(desk, call, "fire")
    say(desk, first, "coming", words="Ann Example is known")
    desk.post(f"/api/co-responders/{second}/cancel", id=new_id(), reason="Ann Example rang")

    keys.destroy(f"call_id/{call}", at=desk.clock.at(), actor="officer", reason="asked for")

    assert [(one["note"], one["words"]) for one in asked(desk, call)] == [("", ""), ("", "")]
    assert rebuild().differences == []


def test_a_region_s_wrong_line_is_refused_when_the_house_opens(desk, town, tmp_path, settings):
    folder = tmp_path / "town"
    shutil.copytree(town, folder)
    line = "{id: x, tier: agency, from: 2030-01-01, source: s, natures: [nonsense], asks: {fire: lift}}"
    (folder / "co_responder_plans.yaml").write_text(f"proposals:\n  - {line}\n")
    settings.GOLDENHOUR_REGION = str(folder)

    with pytest.raises(BadInput, match="nonsense is unknown"):
        open_region(at=desk.clock.at())


def test_the_services_are_listed_with_their_tasks(desk):
    found = {one["key"]: one for one in desk.get("/api/co-responders")["services"]}
    assert found["law_enforcement"]["words"][0] == "police"
    assert found["utilities"]["tasks"][0] == {"key": "power_off", "label": "Cut the power"}

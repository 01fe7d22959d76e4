"""The hold queue and time-in-status alarms through their front door: who waits, why, and what sounds."""

from datetime import timedelta

import pytest

from goldenhour.access.wire import iso
from goldenhour.dispatch.alarms import load_alarms
from goldenhour.errors import BadInput
from goldenhour.log.live.rebuild import rebuild
from goldenhour.site.hold_watch import HoldWatch
from tests.site.conftest import new_id


def all_busy(desk):
    """Every ambulance of the town is on a call."""
    calls = [desk.take_call(priority=2) for _ in range(3)]
    for call, unit in zip(calls, ("M11", "M12", "M13"), strict=True):
        assert desk.assign(call, unit) == (204, None)
    return calls


def waits(desk, **more):
    call = desk.take_call(**more)
    desk.get(f"/api/calls/{call}/recommendation")
    return call


def acknowledge(desk, quantity, about, **more):
    return desk.post("/api/alarms/acknowledge", **{"id": new_id(), "quantity": quantity, "about": about, **more})


def test_a_call_that_nobody_is_free_for_is_held_with_its_age_and_its_alarm(desk):
    all_busy(desk)
    call = waits(desk, priority=1)

    hold = desk.call(call)["hold"]

    assert (hold["since"], hold["on_purpose"], hold["slots"]) == (iso(desk.clock.at()), False, ["ambulance"])
    assert (hold["alarm"]["steps_s"], hold["alarm"]["silenced"]) == ([60.0, 180.0, 300.0], None)
    assert desk.call(desk.take_call())["hold"] is None  # Nobody was asked for it yet.


def test_when_a_unit_comes_free_the_call_is_asked_for_anew_without_anybody_pressing(desk):
    busy = all_busy(desk)
    call = waits(desk, priority=1)
    watch = HoldWatch()
    desk.wait(minutes=5)
    assert watch.look() == []

    assert desk.post("/api/units/town/M12/clear", id=new_id(), call_id=busy[1], reason="no patient")[0] == 204

    assert watch.look() == [call]
    advice = desk.call(call)["recommendation"]
    assert [one["unit"] for one in advice["chosen"] if one["slot"] == "ambulance"] == ["town/M12"]
    assert desk.call(call)["state"] == "waiting"  # A person sends it.
    assert watch.look() == []
    desk.assign(call, "M12")
    assert desk.call(call)["hold"] is None


def test_an_acknowledged_alarm_is_silent_until_its_next_step(desk):
    all_busy(desk)
    call = waits(desk, priority=1)
    status, said = acknowledge(desk, "hold", call)
    assert (status, said["code"]) == (409, "no_alarm")
    desk.wait(seconds=70)

    assert acknowledge(desk, "hold", call) == (204, None)

    assert desk.call(call)["hold"]["alarm"]["silenced"] == {"step": 1, "by": "desk", "at": iso(desk.clock.at())}
    desk.wait(seconds=20)
    status, said = acknowledge(desk, "hold", call)
    assert (status, said["what"]) == (409, "desk acknowledged it at 14:03:41.")
    desk.wait(seconds=100)
    assert acknowledge(desk, "hold", call) == (204, None)
    assert desk.call(call)["hold"]["alarm"]["silenced"]["step"] == 2
    assert rebuild().differences == []


def test_a_call_is_held_on_purpose_with_a_reason_and_goes_on_when_somebody_is_sent(desk):
    call = desk.take_call(priority=4)
    held = {"id": new_id(), "reason": "The nurse rings back at ten."}
    assert desk.post(f"/api/calls/{call}/hold", **held) == (204, None)
    assert desk.post(f"/api/calls/{call}/hold", **held) == (204, None)

    hold = desk.call(call)["hold"]

    assert (hold["on_purpose"], hold["reason"], hold["by"]) == (True, "The nurse rings back at ten.", "desk")
    status, said = desk.post(f"/api/calls/{call}/hold", id=new_id(), reason="again")
    assert (status, said["what"]) == (409, f"desk holds {call} since 14:02:31: The nurse rings back at ten.")
    assert desk.names().count("dispatch.call_held") == 1
    desk.assign(call, "M12")
    assert desk.call(call)["hold"] is None
    status, said = desk.post(f"/api/calls/{call}/hold", id=new_id(), reason="too late")
    assert (status, said["what"]) == (409, f"M12 is on {call}: it does not wait.")
    assert desk.post(f"/api/calls/{call}/hold/end", id=new_id())[1]["code"] == "not_held"
    assert rebuild().differences == []


def test_a_held_call_goes_on_at_a_persons_word(desk):
    call = desk.take_call(priority=4)
    desk.post(f"/api/calls/{call}/hold", id=new_id(), reason="later")

    assert desk.post(f"/api/calls/{call}/hold/end", id=new_id(), reason="She is worse.") == (204, None)

    assert desk.call(call)["hold"] is None


def test_a_unit_too_long_in_a_status_has_an_alarm_that_ends_with_its_next_step(desk):
    call = desk.take_call(priority=1)
    desk.assign(call, "M12")
    notified = desk.clock.at()
    assert (desk.unit("M12")["alarm"]["quantity"], desk.unit("M12")["alarm"]["since"]) == ("turnout", iso(notified))
    assert desk.unit("M11")["alarm"] is None
    desk.wait(minutes=3)
    assert acknowledge(desk, "turnout", "town/M12") == (204, None)
    assert desk.unit("M12")["alarm"]["silenced"]["step"] == 1
    desk.stamp("M12", "en_route")
    assert desk.unit("M12")["alarm"] is None
    desk.wait(minutes=4)
    desk.stamp("M12", "on_scene")
    desk.wait(minutes=2)
    desk.stamp("M12", "at_patient")
    alarm = desk.unit("M12")["alarm"]
    assert (alarm["quantity"], alarm["since"], alarm["silenced"]) == ("no_contact", iso(desk.clock.at()), None)
    status, said = acknowledge(desk, "turnout", "town/M12")
    assert (status, said["code"]) == (409, "no_alarm")
    desk.stamp("M12", "left_scene")
    desk.wait(minutes=9)
    desk.stamp("M12", "at_destination")
    alarm = desk.unit("M12")["alarm"]
    assert (alarm["quantity"], alarm["steps_s"]) == ("offload", [1800.0])
    desk.stamp("M12", "transfer_of_care")
    assert desk.unit("M12")["alarm"] is None


def test_two_limits_for_the_same_are_refused_with_both_names(tmp_path):
    dated = "tier: agency, from: 2020-01-01, source: EX"
    line = f"  - {{{{id: {{0}}, {dated}, quantity: hold, priorities: [1], steps_s: [{{1}}]}}}}\n"
    (tmp_path / "alarms.yaml").write_text("alarms:\n" + line.format("a", 60) + line.format("b", 90))

    with pytest.raises(BadInput, match="speaks of the same as alarms.yaml, a"):
        load_alarms((tmp_path / "alarms.yaml",))

    (tmp_path / "alarms.yaml").write_text("alarms:\n" + line.format("c", "90, 60"))
    with pytest.raises(BadInput, match="rising seconds"):
        load_alarms((tmp_path / "alarms.yaml",))


def test_the_last_step_comes_again(desk):
    all_busy(desk)
    call = waits(desk, priority=1)
    desk.wait(minutes=6)
    assert acknowledge(desk, "hold", call) == (204, None)
    assert desk.call(call)["hold"]["alarm"]["silenced"]["step"] == 3
    desk.wait(minutes=1)
    assert acknowledge(desk, "hold", call) == (204, None)  # 300 s and 120 s more.
    assert desk.call(call)["hold"]["alarm"]["silenced"]["step"] == 4
    assert timedelta(seconds=desk.call(call)["hold"]["alarm"]["again_s"]) == timedelta(minutes=2)

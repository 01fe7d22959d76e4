"""Mutual aid through its front door: who was asked, what was said, and their unit."""

import shutil
from datetime import date

import pytest

from goldenhour.access.wire import iso
from goldenhour.dispatch.mutual_aid import agreements_on, counted_across, cover_of, load_agreements, scope_across
from goldenhour.errors import BadInput
from goldenhour.log.live import keys
from goldenhour.log.live.rebuild import rebuild
from goldenhour.workforce.capability import Capability
from tests.site.conftest import START, new_id

AGREED = """agreements:
  - id: next-door
    tier: agency
    from: 2025-01-01
    source: "Agreement 1"
    neighbour: next
    name: Next Door EMS
    contact: "Ring their desk"
    place: CA
    costs: "By invoice"
    lends: [{type: ambulance, has: 2, keeps: 1, levels: [paramedic, emt]}]
  - id: far
    tier: agency
    from: 2025-01-01
    source: "Agreement 2"
    neighbour: far
    contact: "By radio"
    lends: [{type: ambulance, has: 1, levels: [emt]}]
  - id: over
    tier: agency
    from: 2020-01-01
    to: 2025-01-01
    source: "Agreement 0"
    neighbour: over
    contact: "none"
    lends: [{type: ambulance, has: 1}]
"""


@pytest.fixture
def agreed(desk, town, tmp_path, settings):
    """The desk of a town that has agreements."""
    folder = tmp_path / "town"
    shutil.copytree(town, folder)
    (folder / "mutual_aid.yaml").write_text(AGREED)
    settings.GOLDENHOUR_REGION = str(folder)
    return desk


def ask(desk, call, neighbour="next", **more):
    body = {"id": new_id(), "neighbour": neighbour, **more}
    return (*desk.post(f"/api/calls/{call}/mutual-aid", **body), body["id"])


def aid(desk, request):
    return next(one for one in desk.get("/api/board")["aid"] if one["id"] == request)


def test_the_neighbours_are_those_agreed_with_today_and_what_nobody_knows_is_said(agreed):
    found = {one["neighbour"]: one for one in agreed.get("/api/mutual-aid")["neighbours"]}

    assert set(found) == {"next", "far"}  # The third agreement is over.
    lent = found["next"]["lends"][0]
    assert (lent["has"], lent["left"], lent["cover"]) == (
        2,
        2,
        "One more leaves it 1 of 2, 50% of its own; it keeps 1.",
    )
    assert [one["verdict"] for one in found["far"]["lends"][0]["scope"]] == ["unknown"]
    assert found["far"]["lends"][0]["scope"][0]["why"] == "nobody says whose licences its crews hold"
    assert (found["next"]["costs"], found["next"]["contact"]) == ("By invoice", "Ring their desk")


def test_a_lent_unit_comes_on_the_board_is_sent_arrives_and_goes_home(agreed):
    desk, call = agreed, agreed.take_call(priority=1)
    status, said, request = ask(desk, call, level="paramedic")
    assert (status, said) == (201, {"request": request})
    waits = aid(desk, request)
    assert (waits["state"], waits["alarm"]["steps_s"], waits["name"]) == ("asked", [120.0, 300.0], "Next Door EMS")
    desk.wait(minutes=3)
    assert desk.post("/api/alarms/acknowledge", id=new_id(), quantity="aid_answer", about=request) == (204, None)
    assert aid(desk, request)["alarm"]["silenced"]["step"] == 1

    taken = {"id": new_id(), "call_sign": "N7", "eta_min": 9, "said_by": "their desk", "left": 0}
    assert desk.post(f"/api/mutual-aid/{request}/accept", **taken) == (204, None)
    assert desk.post(f"/api/mutual-aid/{request}/accept", **taken) == (204, None)

    unit = desk.unit("N7")
    assert (unit["agency"], unit["call_id"], unit["mark"]) == ("next", call, "NT")
    assert (unit["lent"]["request"], unit["lent"]["by"]) == (request, "next")
    lent = desk.get("/api/mutual-aid")["neighbours"]
    assert next(one for one in lent if one["neighbour"] == "next")["lends"][0]["left"] == 1
    assert (aid(desk, request)["left"], aid(desk, request)["alarm"]) == (0, None)
    for step in ("en_route", "on_scene"):
        desk.wait(minutes=4)
        assert desk.post("/api/units/next/N7/stamps", id=new_id(), stamp=step) == (204, None)
    assert aid(desk, request)["arrived_at"] == iso(desk.clock.at())
    status, said = desk.post(f"/api/mutual-aid/{request}/release", id=new_id())
    assert (status, said["what"]) == (409, f"N7 is still on call {call}.")
    desk.post("/api/units/next/N7/stamps", id=new_id(), stamp="back_in_service")

    assert desk.post(f"/api/mutual-aid/{request}/release", id=new_id(), reason="quiet again") == (204, None)

    board = desk.get("/api/board")
    assert [one for one in board["units"] if one["call_sign"] == "N7"] == []
    assert aid(desk, request)["state"] == "released"
    told = [one["name"] for one in desk.get(f"/api/calls/{call}/timeline")["entries"]]
    assert [one for one in told if one.startswith("dispatch.aid")] == [
        "dispatch.aid_requested", "dispatch.aid_accepted", "dispatch.aid_released",
    ]  # fmt: skip
    status, _, again = ask(desk, call)
    assert status == 201
    desk.post(f"/api/mutual-aid/{again}/accept", id=new_id(), call_sign="N7", eta_min=5, send=False)
    assert (desk.unit("N7")["mark"], desk.unit("N7")["call_id"]) == ("AV", None)  # Lent once more, and not sent yet.
    assert desk.post(f"/api/calls/{call}/assignments", id=new_id(), unit="next/N7", slot="")[0] == 204
    assert rebuild().differences == []


def test_a_neighbour_declines_and_what_is_not_agreed_is_refused_in_words(agreed):
    desk, call = agreed, agreed.take_call()
    _, _, request = ask(desk, call)
    status, said, _ = ask(desk, call)
    assert (status, said["what"]) == (409, "desk asked Next Door EMS at 14:02:31 and nobody answered.")

    assert desk.post(f"/api/mutual-aid/{request}/decline", id=new_id(), reason="All out.", said_by="Kim") == (204, None)

    assert (aid(desk, request)["state"], aid(desk, request)["reason"]) == ("declined", "All out.")
    status, said = desk.post(f"/api/mutual-aid/{request}/accept", id=new_id(), call_sign="N7", eta_min=3)
    assert (status, said["code"], said["what"]) == (409, "aid_declined", "It was declined at 14:02:31.")
    assert not [one for one in desk.get("/api/board")["units"] if one["agency"] == "next"]
    assert ask(desk, call, "over")[:2][1]["code"] == "no_agreement"
    assert ask(desk, call, type="engine")[1]["what"] == "type: Next Door EMS lends ambulance; asked was engine."
    _, _, second = ask(desk, call, "far")
    assert desk.post(f"/api/mutual-aid/{second}/withdraw", id=new_id(), reason="ours came") == (204, None)
    assert aid(desk, second)["state"] == "withdrawn"


def test_what_a_neighbour_was_told_is_gone_with_the_call_s_key(agreed):
    call = agreed.take_call()
    _, _, request = ask(agreed, call, note="Ann Example fell")
    assert aid(agreed, request)["note"] == "Ann Example fell"

    keys.destroy(f"call_id/{call}", at=agreed.clock.at(), actor="officer", reason="asked for")

    assert aid(agreed, request)["note"] == ""
    assert rebuild().differences == []


def test_a_level_that_a_rule_denies_here_is_not_counted_and_an_unknown_one_is_unconfirmed(tmp_path):
    (tmp_path / "a.yaml").write_text(AGREED)
    near, far = agreements_on(load_agreements(tmp_path), START.date())
    counts = Capability(levels=("paramedic", "emt"), can_transport=True, named=False)

    home = counted_across(counts, scope_across(near, "US-CA", START.date(), counts.levels))
    denied = scope_across(near, "EX", date(2026, 5, 5), counts.levels)
    away = counted_across(counts, denied)
    unknown = counted_across(counts, scope_across(far, "US-CA", START.date(), counts.levels))

    assert {one.verdict for one in denied} == {"deny"}
    assert (home.levels, home.warnings) == (("paramedic", "emt"), ())
    assert (away.levels, away.can_transport, away.any_care) == ((), False, False)
    assert away.warnings[0].startswith("the paramedic may not practise here: ")
    assert (unknown.levels, unknown.can_transport, len(unknown.unconfirmed)) == (("paramedic", "emt"), True, 2)
    assert cover_of(near, ["ambulance", "ambulance"])["ambulance"].words == "By the agreement none of its 2 is left."


def test_two_agreements_with_one_neighbour_on_a_day_are_refused(tmp_path):
    (tmp_path / "a.yaml").write_text(AGREED.replace("neighbour: far", "neighbour: next"))

    with pytest.raises(BadInput, match="overlaps with a.yaml, next-door"):
        load_agreements(tmp_path)

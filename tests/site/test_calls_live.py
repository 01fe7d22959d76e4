"""Taking a call by its front door: drafts never lost or merged, triage while units roll, and what stands beside."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from goldenhour.access.wire import iso
from goldenhour.log.live import keys
from goldenhour.log.live.rebuild import rebuild
from tests.roads.places import corner
from tests.site.conftest import Desk, new_id
from tests.site.test_accounts import Somebody, make


@pytest.fixture
def training(settings, desk):
    """A desk where cards that nobody approved may be asked, as in a demo."""
    settings.GOLDENHOUR_DEMO = True
    return desk


def place():
    lon, lat = corner(2, 2)
    return {"lon": lon, "lat": lat}


def begin(desk, **fields):
    status, said = desk.post("/api/drafts", id=new_id(), fields=fields)
    assert status == 201, said
    return said["call_id"]


def typed(desk, call, seen, **fields):
    return desk.post(f"/api/drafts/{call}/changes", id=new_id(), seen=seen, fields=fields)


def answer(desk, call, *pairs):
    for pair in pairs:
        question, _, said = pair.partition("=")
        status, told = desk.post(f"/api/calls/{call}/triage/answers", id=new_id(), question=question, answer=said)
        assert status == 200, told
    return told


def test_a_call_is_saved_as_typed_and_becomes_the_call_of_its_number_with_the_first_ring(desk):
    rang = desk.clock.at()
    call = begin(desk, place="12 ma")
    assert call == "26-0001"
    desk.wait(seconds=4)
    assert typed(desk, call, 0, place="12 main st", callback="555-0100", nature="ches", age_years="7o", **place()) == (
        200,
        {"version": 1},
    )
    desk.wait(seconds=30)
    assert typed(desk, call, 1, nature="chest_pain", language="es", caller="Ann Example") == (200, {"version": 2})

    status, said = desk.post("/api/calls", id=new_id(), draft=call, seen=2)

    assert (status, said) == (201, {"call_id": call})
    sent = desk.get(f"/api/calls/{call}")
    assert (sent["received_at"], sent["sent_at"]) == (iso(rang), iso(rang + timedelta(seconds=34)))
    assert (sent["nature"], sent["details"]["language"]) == ("chest_pain", "es")
    assert sent["details"]["callback"] == "555-0100"
    assert "age_years" not in sent["details"]  # What was typed was none ...
    assert sent["details"]["note"] == "age years as typed: 7o"  # ... and is not lost.
    assert desk.get("/api/drafts") == []
    assert desk.call(call)["received_at"] == iso(rang)
    assert desk.take_call() == "26-0002"
    assert rebuild().differences == []


def test_nothing_that_identifies_the_caller_stands_in_the_log_or_its_tail(desk, database):
    call = begin(desk, caller="Ann Example", place="12 Hidden Lane", note="my husband Bob fell")
    typed(desk, call, 0, patient="Bob Example", **place())
    desk.post("/api/calls", id=new_id(), draft=call)

    told = str(desk.get("/api/log?limit=500"))

    for secret in ("Ann Example", "Hidden Lane", "husband", "Bob"):
        assert secret not in told
    assert desk.get(f"/api/calls/{call}")["details"]["patient"] == "Bob Example"


def test_arrest_is_recognised_after_two_answers_before_there_is_a_call_and_the_call_follows(training):
    desk = training
    call = begin(desk, nature="sick_person", **place())
    desk.wait(seconds=20)
    told = desk.get(f"/api/calls/{call}/triage")
    assert (told["question"]["key"], told["determinant"], told["training"]) == ("entry.conscious", None, True)
    assert [one["press"] for one in told["question"]["answers"]] == ["1", "2", "3"]

    told = answer(desk, call, "entry.conscious=no", "entry.breathing=unsure")

    assert told["determinant"]["id"] == "arrest/arrest"
    assert (told["script"]["id"], told["script"]["step"]) == ("cpr_adult", "safe")
    assert told["recognised_at"] == iso(desk.clock.at())
    assert desk.post("/api/calls", id=new_id(), draft=call)[0] == 201
    assert (desk.call(call)["nature"], desk.call(call)["priority"]) == ("cardiac_arrest", 1)
    desk.wait(seconds=40)
    assert desk.post(f"/api/calls/{call}/triage/first-compression", id=new_id()) == (204, None)
    assert desk.get(f"/api/calls/{call}/triage")["first_compression_at"] == iso(desk.clock.at())
    assert desk.names().count("calls.arrest_recognised") == 1
    assert rebuild().differences == []


# ---------------------------------------------------------------- drafts


@pytest.fixture
def people(desk):
    """Alice and Bob take calls, Carol is the medical director, Dan listens to calls again, Eve rides an ambulance."""
    roles = {
        "alice": "call_taker",
        "bob": "dispatcher",
        "carol": "medical_director",
        "dan": "quality",
        "eve": "crew@town",
    }
    for name, role in roles.items():
        make(desk, name, role)
    found = {}
    for name in roles:
        found[name] = Somebody(desk)
        assert found[name].sign_in(name)[0] == 200
    return found


def post(who, path, **body):
    return who.ask("POST", path, {"id": new_id(), **body})


def test_of_two_who_type_on_the_same_version_the_second_reads_who_was_faster_and_nothing_is_overwritten(desk):
    call = begin(desk, place="12 main")
    desk.wait(seconds=5)
    assert typed(desk, call, 0, place="12 main street")[0] == 200
    before = desk.names()

    status, said = typed(desk, call, 0, place="12 maine ave", caller="Ann")

    assert (status, said["code"]) == (409, "changed_meanwhile")
    assert said["what"].startswith("desk changed 26-0001 at 14:02:36, after what this was typed on")
    draft = desk.get(f"/api/drafts/{call}")
    assert (draft["version"], draft["fields"]) == (1, {"place": "12 main street"})
    assert desk.names() == before


def test_a_change_sent_twice_is_saved_once_and_answers_with_the_version_that_it_made(desk):
    call = begin(desk)
    again = {"id": new_id(), "seen": 0, "fields": {"place": "12 main"}}
    assert desk.post(f"/api/drafts/{call}/changes", **again) == (200, {"version": 1})
    assert typed(desk, call, 1, place="12 main st")[0] == 200

    assert desk.post(f"/api/drafts/{call}/changes", **again) == (200, {"version": 1})  # Not 2: it must look anew.

    assert desk.get(f"/api/drafts/{call}")["fields"] == {"place": "12 main st"}
    begun = {"id": new_id(), "fields": {}}
    assert desk.post("/api/drafts", **begun) == desk.post("/api/drafts", **begun)
    assert len(desk.get("/api/drafts")) == 2


def test_a_field_is_emptied_and_what_is_no_field_is_refused_in_words(desk):
    call = begin(desk, nature="fall", language="es")
    assert typed(desk, call, 0, language=None)[0] == 200
    assert desk.get(f"/api/drafts/{call}")["fields"] == {"nature": "fall"}
    for fields in ({"colour": "red"}, {"note": ["a"]}, {"note": "x" * 2001}):
        assert typed(desk, call, 1, **fields)[0] == 422
    assert desk.get(f"/api/drafts/{call}")["version"] == 1


def test_a_second_call_taker_takes_over_in_words_and_the_first_can_no_longer_type(desk, people):
    alice, bob = people["alice"], people["bob"]
    status, said = post(alice, "/api/drafts", fields={"place": "12 main"})
    call = said["call_id"]
    desk.wait(minutes=2)

    status, said = post(bob, f"/api/drafts/{call}/changes", seen=0, fields={"place": "13"})
    assert (status, said["code"]) == (409, "draft_taken")
    assert said["what"] == f"alice has had draft {call} since 14:02:31 and last typed at 14:02:31."
    assert post(bob, "/api/calls", draft=call, **place())[0] == 409
    assert post(bob, f"/api/drafts/{call}/discard", reason="?")[0] == 409

    status, draft = post(bob, f"/api/drafts/{call}/take-over")

    assert (status, draft["owner"], draft["fields"]) == (200, "bob", {"place": "12 main"})
    assert post(alice, f"/api/drafts/{call}/changes", seen=0, fields={"place": "14"})[0] == 409
    assert post(bob, "/api/calls", draft=call, seen=0, **place()) == (201, {"call_id": call})
    status, said = post(alice, f"/api/drafts/{call}/take-over")
    assert (status, said["what"]) == (409, f"Draft {call} was sent to dispatch by bob at 14:04:31.")
    assert rebuild().differences == []


def test_two_who_send_the_same_draft_make_one_call(desk):
    call = begin(desk, **place())
    assert desk.post("/api/calls", id=new_id(), draft=call)[0] == 201
    again = {"id": new_id(), "draft": call}

    status, said = desk.post("/api/calls", **again)

    assert (status, said["code"]) == (409, "draft_over")
    assert desk.names().count("calls.call_received") == 1


def test_sending_again_with_the_same_id_is_the_same_call(desk):
    call = begin(desk, **place())
    again = {"id": new_id(), "draft": call}
    assert desk.post("/api/calls", **again) == desk.post("/api/calls", **again) == (201, {"call_id": call})


def test_a_draft_that_was_changed_since_it_was_looked_at_is_not_sent(desk):
    call = begin(desk, **place())
    typed(desk, call, 0, nature="fall")

    status, said = desk.post("/api/calls", id=new_id(), draft=call, seen=0)

    assert (status, said["code"]) == (409, "changed_meanwhile")
    assert "calls.call_received" not in desk.names()
    assert [one["call_id"] for one in desk.get("/api/drafts")] == [call]


def test_a_draft_without_a_place_is_not_sent_and_stays_on_the_desk(desk):
    call = begin(desk, place="somewhere by the river")
    status, said = desk.post("/api/calls", id=new_id(), draft=call)
    assert (status, said["code"]) == (422, "no_place")
    assert desk.get(f"/api/drafts/{call}")["state"] == "open"


def test_a_discarded_draft_keeps_its_number_and_reason_and_is_never_sent(desk):
    call = begin(desk, **place())
    assert desk.post(f"/api/drafts/{call}/discard", id=new_id(), reason="")[0] == 422
    assert desk.post(f"/api/drafts/{call}/discard", id=new_id(), reason="a test of the line") == (204, None)

    assert desk.get("/api/drafts") == []
    assert desk.get(f"/api/drafts/{call}")["reason"] == "a test of the line"
    assert desk.post("/api/calls", id=new_id(), draft=call)[0] == 409
    assert typed(desk, call, 0, place="x")[0] == 409
    assert desk.take_call() == "26-0002"


def test_a_draft_of_paper_keeps_its_true_ring_and_none_is_of_the_future(desk):
    rang = desk.clock.at() - timedelta(hours=2)
    status, said = desk.post("/api/drafts", id=new_id(), at=iso(rang), fields=place())
    assert status == 201
    desk.post("/api/calls", id=new_id(), draft=said["call_id"])
    assert desk.get(f"/api/calls/{said['call_id']}")["received_at"] == iso(rang)
    ahead = iso(desk.clock.at() + timedelta(hours=1))
    assert desk.post("/api/drafts", id=new_id(), at=ahead)[1]["code"] == "time_in_future"


def test_drafts_begun_at_once_have_numbers_of_their_own(desk):
    together = Barrier(4)

    def press(_):
        together.wait()
        try:
            return begin(Desk(desk.clock))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as takers:
        numbers = list(takers.map(press, range(4)))

    assert sorted(numbers) == ["26-0001", "26-0002", "26-0003", "26-0004"]
    assert desk.names().count("calls.draft_begun") == 4


def test_forgetting_a_call_forgets_what_was_typed_and_the_log_still_rebuilds(desk):
    call = begin(desk, caller="Ann Example", address="12 Hidden Lane", note="fell", **place())
    desk.post(f"/api/calls/{call}/texts", id=new_id(), direction="in", text="I am Ann")
    desk.post("/api/calls", id=new_id(), draft=call)
    desk.post(f"/api/calls/{call}/disposition", id=new_id(), kind="advice", note="Ann is well")

    keys.destroy(f"call_id/{call}", reason="a court's order", at=desk.clock.at(), actor="console")

    told = str(desk.get(f"/api/calls/{call}"))
    assert not [secret for secret in ("Ann", "Hidden", "fell") if secret in told]
    assert rebuild().differences == []


# ---------------------------------------------------------------- triage


def test_a_real_service_without_approved_cards_takes_calls_and_says_why_it_cannot_triage(desk):
    call = desk.take_call(nature="fall")

    told = desk.get(f"/api/calls/{call}/triage")
    assert (told["available"], told["answers"]) == (False, [])
    assert "no approved card called entry is in force" in told["what"]
    assert "medical director" in told["do"]
    status, said = desk.post(f"/api/calls/{call}/triage/answers", id=new_id(), question="entry.conscious", answer="no")
    assert (status, said["code"]) == (409, "no_triage")
    assert not [name for name in desk.names() if "answered" in name]
    assert desk.call(call)["nature"] == "fall"


def approve(who, desk, *, until="2027-01-01", but=()):
    items = [
        {"name": one["name"], "words": one["words"]}
        for one in who.ask("GET", "/api/cards")[1]["items"]
        if one["name"] not in but
    ]
    return post(who, "/api/cards/approvals", items=items, until=until)


def test_cards_go_live_once_a_medical_director_stands_for_all_that_they_lead_to(desk, people):
    carol, alice = people["carol"], people["alice"]
    call = post(alice, "/api/calls", nature="chest_pain", **place())[1]["call_id"]
    assert approve(alice, desk)[0] == 403
    assert approve(carol, desk, but=["script sit_up"]) == (204, None)
    assert "leads to sit_up" in alice.ask("GET", f"/api/calls/{call}/triage")[1]["what"]

    assert approve(carol, desk) == (204, None)

    told = alice.ask("GET", f"/api/calls/{call}/triage")[1]
    assert (told["available"], told["training"]) == (True, False)
    shown = {one["name"]: one for one in alice.ask("GET", "/api/cards")[1]["items"]}
    assert shown["card entry"]["approval"]["by"] == "carol"
    answered = post(alice, f"/api/calls/{call}/triage/answers", question="entry.conscious", answer="yes")
    assert answered[0] == 200
    assert post(carol, "/api/cards/approvals/withdraw", names=["card entry"], reason="wrong words") == (204, None)
    assert alice.ask("GET", f"/api/calls/{call}/triage")[1]["available"] is False
    assert post(carol, "/api/cards/approvals/withdraw", names=["card entry"], reason="again")[0] == 404
    assert rebuild().differences == []


def test_an_approval_is_of_the_words_that_were_read_and_ends_on_its_day(desk, people):
    carol = people["carol"]
    wrong = [{"name": "card entry", "words": "0" * 64}]
    assert post(carol, "/api/cards/approvals", items=wrong, until="2027-01-01")[1]["code"] == "words_changed"
    assert approve(carol, desk, until="2026-03-01")[1]["code"] == "until"
    none = [{"name": "card tarot", "words": "0" * 64}]
    assert post(carol, "/api/cards/approvals", items=none, until="2027-01-01")[0] == 404
    assert "calls.card_approved" not in desk_names(people)

    assert approve(carol, desk, until="2026-03-02") == (204, None)
    for days, available in ((0, True), (1, False)):
        desk.wait(days=days)
        call = post(people["alice"], "/api/calls", **place())[1]["call_id"]
        told = people["alice"].ask("GET", f"/api/calls/{call}/triage")[1]
        assert told["available"] is available


def desk_names(people):
    return [one["name"] for one in people["alice"].ask("GET", "/api/log?limit=500")[1]]


def test_further_answers_change_nature_and_priority_while_units_roll_and_the_need_follows(training):
    desk = training
    call = desk.take_call(nature="sick_person")
    assert desk.call(call)["priority"] == 3
    answer(desk, call, "entry.conscious=yes", "entry.breathing=yes")
    assert desk.call(call)["priority"] == 2
    desk.assign(call, "M12")
    desk.wait(minutes=1)
    desk.stamp("M12", "en_route")

    told = answer(desk, call, "generic.worst=weak", "stroke.face=yes", "stroke.last_well=under_6h")

    assert told["determinant"]["id"] == "stroke/fresh"
    assert (desk.call(call)["nature"], desk.call(call)["priority"]) == ("stroke", 1)
    advice = desk.get(f"/api/calls/{call}/recommendation")
    assert advice["plan"].startswith("medical-1")
    changed = next(one for one in desk.get("/api/log") if one["name"] == "calls.priority_changed")
    assert changed["payload"]["reason"] == "Possible stroke (stroke/stroke)"
    reached = next(one for one in desk.get("/api/log?limit=500") if one["name"] == "calls.determinant_reached")
    assert len(reached["payload"]["rules_hash"]) == 64
    assert reached["payload"]["card_version"] == "stroke (2026-01-01)"
    assert rebuild().differences == []


def test_an_answer_given_anew_takes_the_formers_place_and_the_former_is_shown(training):
    desk = training
    call = desk.take_call(nature="fall")
    answer(desk, call, "entry.conscious=yes", "entry.breathing=yes", "bleeding.danger=no", "bleeding.flow=no")
    desk.wait(seconds=30)

    told = answer(desk, call, "bleeding.flow=yes")

    flow = next(one for one in told["answers"] if one["question"] == "bleeding.flow")
    assert (flow["answer"], [one["answer"] for one in flow["former"]]) == ("yes", ["no"])
    assert flow["at"] == iso(desk.clock.at())
    assert (desk.call(call)["priority"], desk.call(call)["nature"]) == (1, "fall")  # What it is stays what it is.


def test_an_answer_sent_twice_is_one_answer(training):
    desk = training
    call = desk.take_call()
    again = {"id": new_id(), "question": "entry.conscious", "answer": "yes"}
    for _ in range(2):
        assert desk.post(f"/api/calls/{call}/triage/answers", **again)[0] == 200
    assert desk.names().count("calls.question_answered") == 1


@pytest.mark.parametrize(("hand", "found", "then"), [(1, "quiet", 1), (4, "grave", 1)])
def test_what_a_person_made_urgent_is_never_lowered_by_an_answer_and_is_raised_by_one(training, hand, found, then):
    desk = training
    call = desk.take_call(nature="injury")
    desk.post(f"/api/calls/{call}/priority", id=new_id(), priority=hand, reason="I heard the caller")

    answer(desk, call, "entry.conscious=yes", "entry.breathing=yes", "bleeding.danger=no")
    grave = {"quiet": "no", "grave": "yes"}[found]
    answer(desk, call, f"bleeding.flow={grave}", "bleeding.where=limb", "bleeding.faint=no", "bleeding.force=no")

    assert desk.call(call)["priority"] == then


def test_what_a_person_made_urgent_is_not_forgotten_once_an_answer_raised_it(training):
    desk = training
    call = desk.take_call(nature="injury")
    answer(desk, call, "entry.conscious=yes", "entry.breathing=yes", "bleeding.danger=no", "bleeding.flow=no")
    desk.post(f"/api/calls/{call}/priority", id=new_id(), priority=2, reason="he is 90")
    answer(desk, call, "bleeding.where=trunk")
    assert desk.call(call)["priority"] == 1

    answer(desk, call, "bleeding.where=limb", "bleeding.faint=no", "bleeding.force=no")

    assert desk.get(f"/api/calls/{call}/triage")["determinant"]["priority"] == 3
    assert desk.call(call)["priority"] == 2


def test_a_priority_typed_in_a_draft_is_the_least_that_triage_comes_to(training):
    desk = training
    call = begin(desk, nature="injury", priority=1, **place())
    answer(desk, call, "entry.conscious=yes", "entry.breathing=yes", "bleeding.danger=no")
    desk.post("/api/calls", id=new_id(), draft=call)
    answer(desk, call, "bleeding.flow=no", "bleeding.where=limb", "bleeding.faint=no", "bleeding.force=no")
    assert desk.call(call)["priority"] == 1


def test_of_four_who_type_on_one_version_at_once_one_is_saved_and_the_others_read_why(desk):
    call = begin(desk)
    together = Barrier(4)

    def press(at):
        together.wait()
        try:
            return typed(Desk(desk.clock), call, 0, place=f"{at} main st")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as takers:
        answers = list(takers.map(press, range(4)))

    assert sorted(status for status, _ in answers) == [200, 409, 409, 409]
    (saved,) = [at for at, (status, _) in enumerate(answers) if status == 200]
    assert desk.get(f"/api/drafts/{call}")["fields"] == {"place": f"{saved} main st"}


def test_what_a_person_says_it_is_about_is_what_triage_goes_by(training):
    desk = training
    call = desk.take_call(nature="sick_person")
    answer(desk, call, "entry.conscious=yes", "entry.breathing=yes")

    assert desk.post(f"/api/calls/{call}/nature", id=new_id(), nature="stroke", reason="now she says so") == (204, None)

    assert desk.get(f"/api/calls/{call}/triage")["card"]["id"] == "stroke"
    assert (desk.call(call)["nature"], desk.call(call)["priority"]) == ("stroke", 1)
    assert desk.post(f"/api/calls/{call}/nature", id=new_id(), nature="sorcery")[0] == 422


def test_a_script_is_told_step_by_step_and_stopped_with_one_gesture(training):
    desk = training
    call = desk.take_call()
    told = answer(desk, call, "entry.conscious=no", "entry.breathing=no")
    for step in ("safe", "phone", "flat", "hands"):
        assert told["script"]["step"] == step
        status, told = desk.post(f"/api/calls/{call}/triage/steps", id=new_id(), script="cpr_adult", step=step)
        assert status == 200
    push = next(one for one in told["script"]["steps"] if one["key"] == "push")
    assert (told["script"]["step"], push["metronome"], push["stamps"]) == ("push", 110, "first_compression")
    assert told["first_compression_at"] is None  # Being told to push is not pushing.

    status, told = desk.post(f"/api/calls/{call}/triage/stop", id=new_id(), script="cpr_adult", reason="crew is there")

    assert told["script"]["stopped_at"] == iso(desk.clock.at())
    for wrong in ({"script": "spell", "step": "a"}, {"script": "cpr_adult", "step": "fly"}):
        assert desk.post(f"/api/calls/{call}/triage/steps", id=new_id(), **wrong)[0] == 422
    assert desk.names().count("calls.instruction_given") == 4
    assert rebuild().differences == []


def test_an_arrest_that_shows_while_a_script_is_told_is_recognised_and_leads_to_compressions_for_the_age(training):
    desk = training
    call = desk.take_call(nature="overdose")
    desk.post(f"/api/calls/{call}/details", id=new_id(), seen=0, fields={"age_years": 9})
    answer(desk, call, "entry.conscious=yes", "entry.breathing=yes", "overdose.awake=no")
    desk.wait(seconds=50)
    desk.post(f"/api/calls/{call}/triage/steps", id=new_id(), script="naloxone", step="stopped", answer="unsure")

    _, told = desk.post(f"/api/calls/{call}/triage/steps", id=new_id(), script="naloxone", step="arrest")

    assert (told["script"]["id"], told["script"]["step"]) == ("cpr_child", "safe")
    assert (told["recognised"], told["recognised_at"]) == (["arrest"], iso(desk.clock.at()))
    assert desk.call(call)["nature"] == "cardiac_arrest"
    assert rebuild().differences == []


def test_the_first_compression_is_stamped_once_and_a_wrong_one_is_struck_and_missing(training):
    desk = training
    call = desk.take_call()
    ring = desk.clock.at()
    desk.wait(minutes=2)
    early = iso(ring - timedelta(seconds=1))
    stamp = f"/api/calls/{call}/triage/first-compression"
    assert desk.post(stamp, id=new_id(), at=early)[1]["code"] == "before_the_ring"
    assert desk.post(stamp, id=new_id(), at=iso(ring + timedelta(seconds=95))) == (204, None)
    status, said = desk.post(stamp, id=new_id())
    assert (status, said["what"]) == (409, "desk stamped it at 14:04:06.")
    strike = f"/api/calls/{call}/triage/strike"
    assert desk.post(strike, id=new_id(), what="first_compression", reason="another call") == (204, None)
    assert desk.get(f"/api/calls/{call}/triage")["first_compression_at"] is None
    assert desk.post(strike, id=new_id(), what="first_compression", reason="again")[0] == 409
    assert desk.post(stamp, id=new_id()) == (204, None)
    assert rebuild().differences == []


def test_the_days_measures_tell_how_soon_arrests_were_recognised_and_pushed_and_what_is_missing(training):
    desk = training
    for pushed in (True, False):
        call = begin(desk, **place())
        desk.wait(seconds=80)
        answer(desk, call, "entry.conscious=no", "entry.breathing=no")
        desk.post("/api/calls", id=new_id(), draft=call)
        desk.wait(seconds=60)
        if pushed:
            desk.post(f"/api/calls/{call}/triage/first-compression", id=new_id())
    desk.take_call(nature="cardiac_arrest")  # Reported as one, and nobody was asked.

    arrests = desk.get("/api/measures/day")["arrests"]

    assert arrests["n"] == 3
    recognition, pushing = arrests["recognition"], arrests["first_compression"]
    assert (recognition["n"], recognition["missing"], recognition["median_s"]) == (2, 1, 80.0)
    assert (pushing["n"], pushing["missing"], pushing["median_s"], pushing["target_s"]) == (1, 2, 140.0, 180.0)


def test_no_question_is_answered_on_a_closed_call_or_one_that_does_not_exist(training):
    desk = training
    call = desk.take_call()
    desk.post(f"/api/calls/{call}/close", outcome="cancelled")
    for number, status in ((call, 409), ("26-0999", 404)):
        path = f"/api/calls/{number}/triage/answers"
        assert desk.post(path, id=new_id(), question="entry.conscious", answer="no")[0] == status
    assert "calls.question_answered" not in desk.names()


# ---------------------------------------------------------------- what is known


def test_details_are_checked_and_of_two_on_one_version_the_second_is_refused(desk):
    call = desk.take_call()
    path = f"/api/calls/{call}/details"
    assert desk.post(path, id=new_id(), seen=0, fields={"age_years": "71", "sex": "female", "patients": 2})[0] == 200

    status, said = desk.post(path, id=new_id(), seen=0, fields={"sex": "male"})

    assert (status, said["code"]) == (409, "changed_meanwhile")
    details = desk.get(f"/api/calls/{call}")["details"]
    assert (details["age_years"], details["sex"], desk.call(call)["patients"]) == (71.0, "female", 2)
    for fields in ({"age_years": 200}, {"sex": "f"}, {"patients": -1}, {"lon": 3}, {"callback": "5" * 61}):
        assert desk.post(path, id=new_id(), seen=1, fields=fields)[0] == 422
    assert rebuild().differences == []


def test_a_phones_place_is_shown_beside_a_place_that_is_no_number_yet(desk):
    call = begin(desk, **place() | {"lon": "-122.4x"})
    lon, lat = corner(1, 1)
    assert desk.post(f"/api/calls/{call}/locations", id=new_id(), lon=lon, lat=lat, accuracy_m=850) == (204, None)

    (known,) = desk.get(f"/api/calls/{call}")["locations"]

    assert (known["lon"], known["lat"], known["off_m"]) == (lon, lat, None)


def test_a_phones_place_is_kept_with_radius_and_age_and_moves_no_call(desk):
    call = begin(desk, **place())
    lon, lat = corner(1, 1)
    heard = {"lon": lon, "lat": lat, "accuracy_m": 850}
    earlier = iso(desk.clock.at())
    desk.wait(seconds=20)
    assert desk.post(f"/api/calls/{call}/locations", id=new_id(), at=earlier, **heard) == (204, None)
    desk.post("/api/calls", id=new_id(), draft=call)
    desk.post(f"/api/calls/{call}/locations", id=new_id(), **heard | {"source": "rebid", "accuracy_m": 12})

    known = desk.get(f"/api/calls/{call}")

    assert [(one["source"], one["accuracy_m"]) for one in known["locations"]] == [("rebid", 12.0), ("first", 850.0)]
    assert known["locations"][1]["at"] == earlier
    assert known["locations"][0]["off_m"] > 50
    assert (known["lon"], known["lat"]) == corner(2, 2)
    assert desk.post(f"/api/calls/{call}/locations", id=new_id(), **heard | {"accuracy_m": -1})[0] == 422
    assert desk.post(f"/api/calls/{call}/place", id=new_id(), lon=lon, lat=lat, address="1 A St") == (204, None)
    assert (desk.call(call)["lon"], desk.call(call)["address"]) == (lon, "1 A St")
    assert desk.post(f"/api/calls/{call}/place", id=new_id(), lon=2.0, lat=48.0)[0] == 422
    assert rebuild().differences == []


def test_texts_and_interpreters_are_kept_with_their_times(desk):
    call = desk.take_call()
    desk.post(f"/api/calls/{call}/texts", id=new_id(), direction="in", text="he is behind the door")
    desk.wait(seconds=9)
    desk.post(f"/api/calls/{call}/texts", id=new_id(), direction="out", text="stay quiet")
    desk.post(f"/api/calls/{call}/interpreter", id=new_id(), language="Tagalog")
    desk.wait(seconds=30)
    desk.post(f"/api/calls/{call}/interpreter", id=new_id(), language="Tagalog", joined=True)

    known = desk.get(f"/api/calls/{call}")

    assert [one["direction"] for one in known["texts"]] == ["in", "out"]
    assert known["interpreter"]["joined_at"] == iso(desk.clock.at())
    assert known["interpreter"]["wanted_at"] < known["interpreter"]["joined_at"]
    assert "behind the door" not in str(desk.get("/api/log?limit=500"))
    assert desk.post(f"/api/calls/{call}/texts", id=new_id(), direction="up", text="x")[0] == 422


# ---------------------------------------------------------------- places


def test_a_place_is_found_while_it_is_typed_and_the_one_near_the_phone_comes_first_of_equals(desk):
    found = desk.get("/api/places?q=hospital")
    assert {"q", "ambiguous", "ask", "places"} == set(found)
    lon, lat = corner(1, 1)
    near = desk.get(f"/api/places?q={lat:.5f},{lon:.5f}&lon={lon}&lat={lat}")["places"][0]
    assert (near["kind"], near["exact"]) == ("coordinates", True)
    assert near["distance_m"] < 2
    assert desk.get("/api/places?q=")["places"] == []


def test_notes_of_a_place_hold_until_they_are_over_and_are_never_in_the_logs_tail(desk):
    note = {"kind": "medical_need", "text": "oxygen at home, door code 4711", "address": "12 Hidden Lane", **place()}
    assert desk.post("/api/premises/notes", id=new_id(), **note)[0] == 201
    until = iso(desk.clock.at() + timedelta(hours=1))
    desk.post("/api/premises/notes", id=new_id(), **note | {"kind": "hazard", "text": "dog", "until": until})
    lon, lat = corner(2, 2)
    there = f"/api/premises?lon={lon}&lat={lat}"
    assert {one["kind"] for one in desk.get(there)["notes"]} == {"medical_need", "hazard"}
    assert "4711" not in str(desk.get("/api/log?limit=500"))
    away = corner(3, 3)
    assert desk.get(f"/api/premises?lon={away[0]}&lat={away[1]}")["notes"] == []

    desk.wait(hours=2)

    (kept,) = desk.get(there)["notes"]
    assert (kept["kind"], kept["author"]) == ("medical_need", "desk")
    assert desk.post(f"/api/premises/notes/{kept['note']}/end", id=new_id(), reason="moved away") == (204, None)
    assert desk.get(there)["notes"] == []
    assert desk.post(f"/api/premises/notes/{kept['note']}/end", id=new_id())[0] == 409
    assert desk.post("/api/premises/notes", id=new_id(), **note | {"kind": "gossip"})[0] == 422
    assert rebuild().differences == []


def test_earlier_calls_of_a_place_are_counted_for_a_year_and_name_nobody(desk):
    old = desk.take_call(address="12 Hidden Lane", callback="555-0199")
    desk.post(f"/api/calls/{old}/close", outcome="transported")
    lon, lat = corner(2, 2)
    there = f"/api/premises?lon={lon}&lat={lat}"
    desk.wait(days=300)
    earlier = desk.get(there)["earlier"]
    assert (earlier["count"], earlier["calls"][0]["call_id"]) == (1, old)
    assert not [secret for secret in ("Hidden", "555") if secret in str(earlier)]
    desk.wait(days=66)
    assert desk.get(there)["earlier"]["count"] == 0


def test_open_calls_and_drafts_near_are_offered_and_linked_by_a_person_alone(desk):
    first = desk.take_call(nature="traffic_incident")
    desk.wait(minutes=3)
    lon, lat = corner(2, 2)
    draft = begin(desk, lon=lon + 0.0004, lat=lat, nature="fall")
    other = begin(desk, **place())

    near = desk.get(f"/api/premises?lon={lon}&lat={lat}&call_id={draft}")

    assert [(one["call_id"], one["minutes"]) for one in near["nearby"]] == [(first, 3.0)]
    assert [one["call_id"] for one in near["drafts"]] == [other]
    assert desk.get(f"/api/calls/{first}")["duplicates"] == []  # Nothing is linked by itself.
    assert desk.post(f"/api/calls/{draft}/duplicate", id=new_id(), same_as=first) == (204, None)
    assert [one["call_id"] for one in desk.get(f"/api/calls/{first}")["duplicates"]] == [draft]
    assert desk.get(f"/api/drafts/{draft}")["state"] == "duplicate"
    assert desk.post("/api/calls", id=new_id(), draft=draft)[0] == 409
    assert desk.post(f"/api/calls/{other}/duplicate", id=new_id(), same_as=other)[0] in {404, 409}
    assert desk.post(f"/api/calls/{draft}/duplicate/undo", id=new_id(), reason="two crashes") == (204, None)
    assert desk.get(f"/api/drafts/{draft}")["state"] == "open"
    assert desk.post("/api/calls", id=new_id(), draft=draft)[0] == 201
    assert rebuild().differences == []


def test_a_duplicate_of_a_duplicate_is_refused_with_the_first_one(desk):
    first, second, third = desk.take_call(), desk.take_call(), desk.take_call()
    desk.post(f"/api/calls/{second}/duplicate", id=new_id(), same_as=first)
    status, said = desk.post(f"/api/calls/{third}/duplicate", id=new_id(), same_as=second)
    assert (status, said["do"]) == (409, f"Link to {first} instead.")
    assert desk.post(f"/api/calls/{first}/duplicate", id=new_id(), same_as=third)[0] == 409
    assert desk.post(f"/api/calls/{second}/duplicate", id=new_id(), same_as=third)[0] == 409
    assert desk.call(second)["state"] == "waiting"  # It is still a call, until somebody closes it.


# ---------------------------------------------------------------- not, or not yet, an emergency


def test_a_planned_visit_is_off_the_desk_due_on_its_day_and_then_a_call(desk):
    call = begin(desk, note="wound care", **place())
    path = f"/api/calls/{call}/disposition"
    assert desk.post(path, id=new_id(), kind="community_visit")[1]["code"] == "disposition_due"
    due = iso(desk.clock.at() + timedelta(days=1))
    assert desk.post(path, id=new_id(), kind="community_visit", due_at=due, note="wound") == (204, None)
    assert desk.get("/api/drafts") == []
    assert desk.get("/api/follow-ups?state=due") == []
    desk.wait(days=1, minutes=1)
    (planned,) = desk.get("/api/follow-ups?state=due")
    assert (planned["call_id"], planned["overdue"], planned["note"]) == (call, True, "wound")

    assert desk.post("/api/calls", id=new_id(), draft=call) == (201, {"call_id": call})

    done = f"/api/follow-ups/{planned['follow_up']}/done"
    assert desk.post(done, id=new_id(), note="visited") == (204, None)
    assert desk.post(done, id=new_id())[1]["code"] == "follow_up_done"
    assert desk.get("/api/follow-ups") == []
    assert desk.get("/api/follow-ups?state=done")[0]["done_by"] == "desk"
    assert desk.get("/api/follow-ups?state=done")[0]["outcome"] == "done"
    assert rebuild().differences == []


def test_a_follow_up_is_moved_and_what_is_over_is_moved_no_more(desk):
    call = desk.take_call()
    due = desk.clock.at() + timedelta(hours=3)
    desk.post(f"/api/calls/{call}/follow-ups", id=new_id(), kind="welfare_check", due_at=iso(due))
    (one,) = desk.get("/api/follow-ups")
    later = iso(due + timedelta(days=1))
    move = f"/api/follow-ups/{one['follow_up']}/move"
    assert desk.post(move, id=new_id(), due_at=later, reason="asleep") == (204, None)
    assert desk.get("/api/follow-ups")[0]["due_at"] == later
    desk.post(f"/api/follow-ups/{one['follow_up']}/done", id=new_id(), outcome="dropped")
    assert desk.post(move, id=new_id(), due_at=later)[0] == 409
    assert desk.post("/api/follow-ups/nothing/done", id=new_id())[0] == 404


def test_what_was_typed_is_answered_as_it_was_typed(desk):
    typed = {"callback": 5550123, "exact": True, "age_years": "7o", "lon": 1, "note": "third door"}
    call = begin(desk, **typed)
    assert desk.post(f"/api/calls/{call}/disposition", id=new_id(), kind="abandoned") == (204, None)

    for fields in (desk.get(f"/api/drafts/{call}")["fields"], desk.get(f"/api/calls/{call}")["draft"]["fields"]):
        assert {name: (fields[name], type(fields[name])) for name in typed} == {
            name: (value, type(value)) for name, value in typed.items()
        }
    assert desk.get("/api/callbacks")[0]["callback"] == 5550123


@pytest.mark.parametrize("kind", ["referral", "transferred_out", "transferred_in", "crisis_line"])
def test_who_takes_over_is_named(desk, kind):
    call = desk.take_call()
    path = f"/api/calls/{call}/disposition"
    assert desk.post(path, id=new_id(), kind=kind)[1]["code"] == "disposition_to"
    assert desk.post(path, id=new_id(), kind=kind, to="988") == (204, None)
    (given,) = desk.get(f"/api/dispositions?kind={kind}")["given"]
    assert (given["call_id"], given["to"], given["by"]) == (call, "988", "desk")
    assert desk.get("/api/dispositions?kind=advice")["given"] == []


def test_an_abandoned_call_stays_on_the_list_of_those_to_ring_back_until_it_is_over(desk):
    call = begin(desk, callback="555-0123")
    assert desk.post(f"/api/calls/{call}/disposition", id=new_id(), kind="abandoned") == (204, None)
    for outcome in ("no_answer", "voicemail"):
        desk.wait(minutes=2)
        assert desk.post(f"/api/calls/{call}/callbacks", id=new_id(), outcome=outcome) == (204, None)
    (one,) = desk.get("/api/callbacks")
    assert (one["callback"], [each["outcome"] for each in one["attempts"]]) == ("555-0123", ["no_answer", "voicemail"])
    assert one["reached"] is False
    assert desk.get("/api/drafts")[0]["call_id"] == call  # Nobody loses it.
    assert desk.post(f"/api/calls/{call}/callbacks", id=new_id(), outcome="magic")[0] == 422
    desk.post(f"/api/drafts/{call}/discard", id=new_id(), reason="a child played")
    assert desk.get("/api/callbacks") == []
    assert rebuild().differences == []


# ---------------------------------------------------------------- review


def test_every_arrest_and_a_share_of_the_others_is_reviewed_by_quality_alone(desk, people):
    alice, dan = people["alice"], people["dan"]
    arrest = post(alice, "/api/calls", nature="cardiac_arrest", **place())[1]["call_id"]
    post(alice, "/api/calls", nature="fall", **place())
    assert alice.ask("GET", "/api/reviews")[0] == 403
    assert people["eve"].ask("GET", "/api/reviews")[0] == 403
    listed = dan.ask("GET", "/api/reviews")[1]
    assert (listed[0]["call_id"], listed[0]["why"], listed[0]["recognition_s"]) == (arrest, "arrest", None)

    assert post(dan, f"/api/reviews/{arrest}", findings={"instructions": 4}, note="Dr A was too slow") == (204, None)

    assert arrest not in [one["call_id"] for one in dan.ask("GET", "/api/reviews")[1]]
    (done,) = dan.ask("GET", "/api/reviews?state=done")[1]
    assert (done["findings"], done["reviewed_by"]) == ({"instructions": 4}, "dan")
    tail = next(one for one in alice.ask("GET", "/api/log")[1] if one["name"] == "calls.call_reviewed")
    assert arrest not in str(tail)
    assert "too slow" not in str(tail)
    assert post(dan, f"/api/reviews/{arrest}", note="again")[0] == 409
    assert post(dan, "/api/reviews/26-0999", note="none")[0] == 404
    assert rebuild().differences == []


def test_who_may_not_take_calls_reads_and_changes_none_of_them(desk, people):
    call = post(people["alice"], "/api/drafts", fields={"caller": "Ann Example"})[1]["call_id"]
    for path in ("/api/drafts", f"/api/drafts/{call}", f"/api/calls/{call}", "/api/places?q=main", "/api/callbacks"):
        status, said = people["eve"].ask("GET", path)
        assert status == 403, path
        assert "Ann" not in str(said)
    assert post(people["eve"], f"/api/drafts/{call}/changes", seen=0, fields={"note": "x"})[0] == 403
    assert post(people["dan"], f"/api/drafts/{call}/changes", seen=0, fields={"note": "x"})[0] == 403
    assert people["alice"].ask("GET", f"/api/drafts/{call}")[1]["version"] == 0


ODD = [
    "\0",
    chr(0xD800),
    "x" * 5000,
    -1,
    2**70,
    1e308,
    True,
    None,
    [],
    {},
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00",
]
GESTURES = {
    "/api/calls": {"lon": 0.0, "lat": 0.0, "draft": "", "seen": 0, "nature": "", "address": ""},
    "/api/drafts": {"at": "", "fields": {"note": "", "lon": 1.0, "caller": "x"}},
    "/api/drafts/{}/changes": {"seen": 0, "fields": {"note": "x"}},
    "/api/drafts/{}/discard": {"reason": ""},
    "/api/calls/{}/details": {"seen": 0, "fields": {"note": "x"}},
    "/api/calls/{}/place": {"lon": 0.0, "lat": 0.0, "address": ""},
    "/api/calls/{}/nature": {"nature": "", "reason": ""},
    "/api/calls/{}/locations": {"lon": 0.0, "lat": 0.0, "accuracy_m": 3.0, "source": "first", "at": ""},
    "/api/calls/{}/texts": {"direction": "in", "text": "", "at": ""},
    "/api/calls/{}/interpreter": {"language": ""},
    "/api/calls/{}/triage/answers": {"question": "entry.conscious", "answer": "no", "at": ""},
    "/api/calls/{}/triage/card": {"card": ""},
    "/api/calls/{}/triage/steps": {"script": "cpr_adult", "step": "safe", "answer": "", "at": ""},
    "/api/calls/{}/triage/stop": {"script": "", "reason": ""},
    "/api/calls/{}/triage/first-compression": {"at": ""},
    "/api/calls/{}/triage/strike": {"what": "", "reason": ""},
    "/api/calls/{}/duplicate": {"same_as": "", "reason": ""},
    "/api/calls/{}/disposition": {"kind": "advice", "to": "", "note": "", "due_at": ""},
    "/api/calls/{}/follow-ups": {"kind": "advice", "due_at": "", "note": ""},
    "/api/calls/{}/callbacks": {"outcome": "", "at": ""},
    "/api/premises/notes": {"lon": 0.0, "lat": 0.0, "kind": "hazard", "text": "x", "address": "", "until": ""},
    "/api/reviews/{}": {"findings": {"x": "x"}, "note": ""},
    "/api/cards/approvals": {"items": [{"name": "", "words": ""}], "until": ""},
    "/api/cards/approvals/withdraw": {"names": [""], "reason": ""},
}


def odd_bodies(body):
    """The body with one odd value after the other in one place after the other."""
    for name, value in body.items():
        for odd in ODD:
            yield {**body, name: dict.fromkeys(value, odd) if isinstance(value, dict) else odd}


def test_whatever_is_sent_is_taken_or_refused_in_words_and_the_log_still_rebuilds(desk):
    draft, call = begin(desk), desk.take_call(nature="cardiac_arrest")
    wrong = []
    for path, body in GESTURES.items():
        for odd in odd_bodies(body):
            text = json.dumps({"id": new_id(), **odd})
            answer = desk.client.post(
                path.format(draft if "drafts" in path else call), text, content_type="application/json"
            )
            if answer.status_code not in {200, 201, 204, 403, 404, 409, 422, 400}:
                wrong.append((path, text[60:160], answer.status_code))
    assert wrong == []
    for query in (
        "places?q=%00",
        "places?q=a&lon=nan",
        "premises?lon=1e999&lat=0",
        "dispositions?since=0001-01-01T00:00:00%2B14:00",
    ):
        assert desk.client.get(f"/api/{query}").status_code in {200, 422}
    assert rebuild().differences == []

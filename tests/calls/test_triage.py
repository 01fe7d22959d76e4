"""Triage from outside: what is asked, who is sent, what the caller is told; every path of every card and script."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.calls.cards import FASTEST, SLOWEST, Approval, load_protocol, words_of
from goldenhour.calls.cards import SHIPPED as SHIPPED_CARDS
from goldenhour.calls.natures import natures
from goldenhour.calls.triage import triage
from goldenhour.errors import BadInput

TODAY = date(2026, 11, 22)
SHIPPED = load_protocol(TODAY)
AWAKE = {"entry.conscious": "yes", "entry.breathing": "yes"}
NOT_AWAKE = ("no", "unsure")
NOT_NORMAL = ("no", "gasping", "unsure")


@pytest.mark.parametrize(("conscious", "breathing"), list(product(NOT_AWAKE, NOT_NORMAL)))
@pytest.mark.parametrize(
    ("age", "script"), [(None, "cpr_adult"), (40, "cpr_adult"), (5, "cpr_child"), (0.2, "cpr_infant")]
)
def test_two_answers_lead_to_compressions_for_the_age_and_not_sure_counts_as_no(conscious, breathing, age, script):
    told = triage(SHIPPED, {"entry.conscious": conscious, "entry.breathing": breathing}, age=age)
    assert told.recognised == {"arrest"}
    assert (told.nature, told.determinant.priority, told.determinant.response) == ("cardiac_arrest", 1, "als_bls")
    assert told.script.id == script
    assert told.script.steps[0].key == "safe"  # The caller's own safety comes before anything else.


@pytest.mark.parametrize("breathing", ["yes"])
def test_somebody_who_breathes_is_not_called_an_arrest(breathing):
    told = triage(SHIPPED, {"entry.conscious": "no", "entry.breathing": breathing})
    assert told.card.id == "unconscious"
    assert not told.recognised
    assert "cpr" not in told.script.id


@pytest.mark.parametrize(
    ("cause", "script"),
    [("water", "cpr_drowning"), ("choking", "cpr_choked"), ("hanging", "cpr_hanging"), ("current", "cpr_current")],
)
def test_the_cause_turns_the_script(cause, script):
    answers = {"entry.conscious": "no", "entry.breathing": "no", "arrest.cause": cause}
    assert triage(SHIPPED, answers, age=5).script.id == script


def test_after_water_breaths_come_before_the_first_compression():
    keys = [step.key for step in SHIPPED.scripts["cpr_drowning"].steps]
    assert keys.index("breaths") < keys.index("push")


def test_units_can_be_sent_after_the_second_question_and_not_before():
    assert triage(SHIPPED, {}).determinant is None
    assert triage(SHIPPED, {"entry.conscious": "yes"}).determinant is None
    assert triage(SHIPPED, AWAKE).determinant is not None


def test_a_further_answer_changes_the_response_while_units_roll():
    answers = AWAKE | {"allergy.throat": "no", "allergy.faint": "no", "allergy.before": "no"}
    assert triage(SHIPPED, answers, nature="allergic_reaction").determinant.response == "bls"
    worse = triage(SHIPPED, answers | {"allergy.throat": "yes"}, nature="allergic_reaction")
    assert (worse.determinant.response, worse.determinant.priority) == ("als_bls", 1)


def test_an_answer_opens_the_better_card_and_keeps_what_was_said():
    told = triage(SHIPPED, AWAKE | {"generic.worst": "weak", "stroke.face": "yes"})
    assert told.card.id == "stroke"
    assert told.determinant.nature in {"", "stroke"}
    assert told.question.key == "arm"


def test_an_arrest_found_later_on_another_card_is_recognised():
    answers = {"entry.conscious": "no", "entry.breathing": "yes", "unconscious.breathing_now": "no"}
    assert triage(SHIPPED, answers).card.id == "arrest"
    assert triage(SHIPPED, answers).script.id == "cpr_adult"


def test_nobody_is_talked_out_of_an_arrest_by_another_card():
    told = triage(SHIPPED, {"entry.conscious": "no", "entry.breathing": "no"}, card="chest_pain")
    assert told.recognised == {"arrest"}
    assert told.nature == "cardiac_arrest"


@pytest.mark.parametrize("nature", sorted(natures()))
@pytest.mark.parametrize("age", [None, 6, 0.5])
def test_nobody_who_is_awake_and_breathes_is_told_to_be_pushed_on_the_chest(nature, age):
    told = triage(SHIPPED, AWAKE, nature=nature, age=age)
    assert not told.recognised
    assert not told.script.id.startswith("cpr_")
    assert told.nature != "cardiac_arrest"


def test_a_call_that_was_reported_as_an_arrest_and_is_none_is_about_something_else():
    assert triage(SHIPPED, AWAKE, nature="cardiac_arrest").nature == "unknown_problem"


@pytest.mark.parametrize(
    ("nature", "script"),
    [
        ("drowning", "cpr_drowning"),
        ("choking", "cpr_choked"),
        ("electrocution", "cpr_current"),
        ("asphyxiation", "cpr_hanging"),
        ("fall", "cpr_adult"),
    ],
)
def test_two_answers_lead_to_the_compressions_for_what_the_caller_said_had_happened(nature, script):
    assert triage(SHIPPED, {"entry.conscious": "no", "entry.breathing": "no"}, nature=nature).script.id == script


@pytest.mark.parametrize("nature", ["traffic_incident", "drowning", "fire", "entrapment", "active_shooter"])
@pytest.mark.parametrize("conscious", ["yes", "no"])
@pytest.mark.parametrize("breathing", ["yes", "no"])
def test_what_is_found_out_about_the_patient_takes_no_rescue_off_the_call(nature, conscious, breathing):
    told = triage(SHIPPED, {"entry.conscious": conscious, "entry.breathing": breathing}, nature=nature)
    assert told.nature in {"", nature}


@pytest.mark.parametrize("nature", ["fall", "seizure", "heart_problem", "chest_pain", "burns"])
def test_what_the_caller_said_more_closely_is_kept(nature):
    assert triage(SHIPPED, AWAKE, nature=nature).nature == ""


def test_who_chokes_and_is_awake_is_asked_about_choking_first():
    told = triage(SHIPPED, {"entry.conscious": "yes", "entry.breathing": "no"}, nature="choking")
    assert (told.card.id, told.determinant.priority) == ("choking", 1)
    told = triage(
        SHIPPED, {"entry.conscious": "yes", "entry.breathing": "no", "choking.can_speak": "no"}, nature="choking", age=4
    )
    assert told.script.id == "choking_child"


def test_what_was_found_on_one_card_is_not_lost_on_the_next():
    answers = AWAKE | {"breathing.sentences": "no", "breathing.sudden": "sting"}
    answers |= {"allergy.throat": "no", "allergy.faint": "no", "allergy.before": "no"}
    told = triage(SHIPPED, answers, nature="breathing_problem")
    assert told.card.id == "allergy"
    assert (told.determinant.id, told.determinant.priority) == ("breathing/severe", 1)


def test_the_picked_card_does_not_calm_down_who_cannot_breathe():
    answers = {"entry.conscious": "yes", "entry.breathing": "no"}
    answers |= dict.fromkeys([f"chest_pain.{one}" for one in ("sweating", "over_35", "heart", "cocaine")], "no")
    assert triage(SHIPPED, answers, card="chest_pain").determinant.priority == 1


def test_the_caller_in_danger_is_told_to_get_safe_until_the_danger_is_over():
    answers = AWAKE | {"bleeding.danger": "yes", "bleeding.flow": "yes", "bleeding.where": "limb"}
    assert triage(SHIPPED, answers, nature="bleeding").script.id == "get_safe"
    assert triage(SHIPPED, answers | {"bleeding.danger": "no"}, nature="bleeding").script.id == "bleeding_limb"


def test_once_the_baby_is_born_nobody_asks_for_the_pains_or_says_that_birth_is_near():
    answers = AWAKE | {"childbirth.born": "no", "childbirth.pains": "close"}
    assert triage(SHIPPED, answers, nature="childbirth").script.id == "childbirth_ready"
    born = triage(SHIPPED, answers | {"childbirth.born": "born"}, nature="childbirth")
    assert born.script.id == "newborn"
    assert born.question.key == "baby_breathes"
    answers |= {"childbirth.born": "born", "childbirth.baby_breathes": "unsure"}
    silent = triage(SHIPPED, answers, nature="childbirth")
    assert (silent.script.id, silent.recognised) == ("cpr_newborn", {"arrest"})


def test_an_arrest_that_the_caller_is_told_about_on_another_card_gets_compressions():
    told = triage(SHIPPED, {"entry.conscious": "no", "entry.breathing": "no"}, card="chest_pain", age=5)
    assert told.script.id == "cpr_child"


@pytest.mark.parametrize("age", [None, 5, 0.2])
def test_a_step_that_leads_on_leads_to_the_script_for_the_age(age):
    group = {None: "adult", 5: "child", 0.2: "infant"}[age]
    for script, key in (("naloxone", "arrest"), ("beyond_help", "start")):
        (step,) = [one for one in SHIPPED.scripts[script].steps if one.key == key]
        assert step.to[group] == f"cpr_{group}"
        assert SHIPPED.scripts[script].after(key) is None


def test_a_step_that_means_an_arrest_answers_the_question_for_it():
    (step,) = [one for one in SHIPPED.scripts["naloxone"].steps if one.key == "arrest"]
    answers = AWAKE | {"overdose.awake": "no", "overdose.breaths": "slow"}
    assert not triage(SHIPPED, answers, nature="overdose").recognised
    told = triage(SHIPPED, answers | dict(step.sets), nature="overdose")
    assert (told.recognised, told.script.id) == ({"arrest"}, "cpr_adult")


@pytest.mark.parametrize("nature", sorted(natures()))
def test_every_nature_has_a_card_that_can_be_asked(nature):
    told = triage(SHIPPED, AWAKE, nature=nature)
    assert told.question is not None
    assert told.script is not None


@pytest.mark.parametrize("card", sorted(SHIPPED.cards.keys() - {"entry"}))
@pytest.mark.parametrize("age", [None, 6, 0.5])
def test_every_path_of_every_card_ends_with_a_response_and_something_to_say(card, age):
    paths = [AWAKE]
    walked = 0
    while paths:
        answers = paths.pop()
        told = triage(SHIPPED, answers, card=card, age=age)
        assert told.determinant is not None
        assert told.script is not None
        walked += 1
        if told.question is None or told.card.id != card:
            continue
        paths += [answers | {f"{card}.{told.question.key}": answer} for answer in told.question.answers]
    assert walked > 3


@given(st.data())
def test_whatever_is_answered_in_whatever_order_the_answer_stands(data):
    questions = [
        (f"{card.id}.{one.key}", sorted(one.answers)) for card in SHIPPED.cards.values() for one in card.questions
    ]
    picked = data.draw(st.lists(st.sampled_from(questions), unique_by=lambda one: one[0]))
    answers = [(key, data.draw(st.sampled_from(options))) for key, options in picked]
    turned = data.draw(st.permutations(answers))
    one, other = triage(SHIPPED, AWAKE | dict(answers)), triage(SHIPPED, AWAKE | dict(turned))
    assert one == other
    assert one.determinant is not None


@pytest.mark.parametrize("script", sorted(SHIPPED.scripts))
def test_every_step_of_every_script_is_reached_and_every_way_ends(script):
    said = SHIPPED.scripts[script]
    reached, left = set(), [said.steps[0]]
    while left:
        step = left.pop()
        if step.key in reached:
            continue
        reached.add(step.key)
        left += [one for answer in step.answers or ["next"] if (one := said.after(step.key, answer)) is not None]
    assert reached == {step.key for step in said.steps}
    last = said.steps[-1]
    assert last.goes or said.after(last.key) is None


@pytest.mark.parametrize("script", sorted(name for name in SHIPPED.scripts if name.startswith("cpr_")))
def test_compressions_are_beaten_between_100_and_120_and_the_first_one_is_stamped(script):
    pushes = [step for step in SHIPPED.scripts[script].steps if step.key == "push"]
    assert pushes
    assert all(SLOWEST <= step.metronome <= FASTEST and step.stamps == "first_compression" for step in pushes)


def test_shipped_cards_are_for_training_and_cannot_go_live():
    assert triage(SHIPPED, AWAKE).training
    with pytest.raises(BadInput, match="medical director"):
        load_protocol(TODAY, live=True)


def test_an_answer_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(BadInput, match="yes, no, unsure"):
        triage(SHIPPED, {"entry.conscious": "perhaps"})
    with pytest.raises(BadInput, match="Pick one of"):
        triage(SHIPPED, AWAKE, card="nothing")


CARD = """
cards:
  - id: {id}
    tier: agency
    from: 2026-01-01
    source: an agency's own
    label: One
    {approval}
    questions: [{{key: q, ask: "Well?", answers: {{yes: "Yes", no: "No"}}{more}}}]
    determinants: [{{id: all, label: All, priority: 2, response: bls}}]
    scripts: {{adult: rest, child: rest, infant: rest}}
"""
SCRIPT = """
scripts:
  - {id: rest, tier: agency, from: 2026-01-01, source: an agency's own, title: Rest,
     approved_by: Dr A, approved_on: 2026-01-01, expires: 2027-01-01, steps: [{key: rest, say: Rest.}]}
"""


APPROVED = "approved_by: Dr A\n    approved_on: 2026-01-01\n    expires: 2027-01-01"


def agency_cards(folder, *, more="", approval=APPROVED):
    for name in ("cards", "scripts"):
        (folder / name).mkdir()
    for name in ("entry", "generic"):
        (folder / "cards" / f"{name}.yaml").write_text(CARD.format(id=name, more=more, approval=approval))
    (folder / "scripts" / "rest.yaml").write_text(SCRIPT)
    return folder


def test_an_approved_card_goes_live_until_its_approval_ends(tmp_path):
    folder = agency_cards(tmp_path)
    live = load_protocol(date(2026, 12, 31), [folder], live=True)
    assert not triage(live, {"entry.q": "yes"}).training
    with pytest.raises(BadInput, match="no approved card"):
        load_protocol(date(2027, 1, 1), [folder], live=True)


def test_a_card_that_nobody_approved_stays_out(tmp_path):
    with pytest.raises(BadInput, match="no approved card"):
        load_protocol(TODAY, [agency_cards(tmp_path, approval="")], live=True)


@pytest.mark.parametrize(
    "approval",
    [
        "approved_by: Dr A",
        "approved_by: Dr A\n    approved_on: 2026-01-01",
        "approved_by: Dr A\n    approved_on: soon\n    expires: 2027-01-01",
    ],
)
def test_an_approval_says_by_whom_from_when_and_until_when(tmp_path, approval):
    with pytest.raises(BadInput, match="approval is not whole"):
        load_protocol(TODAY, [agency_cards(tmp_path, approval=approval)])


def approvals_of(protocol, *, until=date(2027, 1, 1), **change):
    """An approval by a physician of every card and script."""
    return [
        Approval(
            **{
                "kind": kind,
                "id": one.id,
                "version": one.rule.version,
                "words": words_of(one),
                "by": "dr.a",
                "start": date(2026, 6, 1),
                "until": until,
            }
            | change
        )
        for kind, found in (("card", protocol.cards), ("script", protocol.scripts))
        for one in found.values()
    ]


def test_what_is_approved_beside_the_files_goes_live_between_its_days():
    given = approvals_of(SHIPPED)
    assert not triage(load_protocol(TODAY, live=True, approvals=given), AWAKE).training
    assert load_protocol(TODAY, approvals=given[1:]).training == (f"card {given[0].id}",)
    for day in (date(2026, 5, 31), date(2027, 1, 1)):
        with pytest.raises(BadInput, match="medical director"):
            load_protocol(day, live=True, approvals=given)


@pytest.mark.parametrize("change", [{"words": "0" * 64}, {"version": "entry (2025-01-01)"}, {"kind": "script"}])
def test_an_approval_of_other_words_or_another_version_is_none(change):
    with pytest.raises(BadInput, match="no approved card"):
        load_protocol(TODAY, live=True, approvals=approvals_of(SHIPPED, **change))


def test_an_agencys_own_card_goes_before_the_shipped_one_of_that_name(tmp_path):
    both = load_protocol(TODAY, [agency_cards(tmp_path), SHIPPED_CARDS])
    assert both.cards["generic"].label == "One"
    assert both.cards["stroke"].label == "Stroke"
    assert "card generic" not in both.training
    assert "card stroke" in both.training


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (", turns: {yes: nowhere}", "leads to nowhere"),
        (", turns: {maybe: rest}", "none of its answers"),
        (", opens: {no: nowhere}", "leads to nowhere"),
        (", colour: red", "'colour' is not known"),
        (", when: {other: [yes]}", "asks for an answer to 'other' that cannot be given"),
        (", when: {q: [yes]}", "asks for an answer to 'q' that cannot be given"),  # Not before it is asked.
    ],
)
def test_a_card_that_leads_nowhere_is_refused_with_its_file(tmp_path, more, words):
    with pytest.raises(BadInput, match=words) as refused:
        load_protocol(TODAY, [agency_cards(tmp_path, more=more)])
    assert "entry.yaml" in str(refused.value) or "generic.yaml" in str(refused.value)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("{key: rest, say: Rest., to: {adult: rest}}", "for some ages only"),
        ("{key: rest, say: Rest., to: nowhere}", "leads to nowhere"),
        ("{key: rest, say: Rest., sets: {entry.q: perhaps}}", "leads to entry.q"),
        ("{key: rest, say: Rest., metronome: 130}", "100 to 120"),
        ("{key: rest, say: Rest., goes: {next: nowhere}}", "leads nowhere"),
        ("{key: rest, say: Rest., answers: {yes: Yes}}", "not from each of its answers"),
    ],
)
def test_a_script_that_leads_nowhere_is_refused_with_its_file(tmp_path, step, words):
    folder = agency_cards(tmp_path)
    (folder / "scripts" / "rest.yaml").write_text(SCRIPT.replace("{key: rest, say: Rest.}", step))
    with pytest.raises(BadInput, match=words) as refused:
        load_protocol(TODAY, [folder])
    assert "rest.yaml" in str(refused.value)


def test_a_turn_by_age_is_refused_where_an_age_is_left_out(tmp_path):
    folder = agency_cards(tmp_path, more=", turns: {yes: by_age}")
    for file in (folder / "cards").glob("*.yaml"):
        file.write_text(file.read_text() + "    turned: {by_age: {adult: rest, child: rest}}\n")
    with pytest.raises(BadInput, match="adult, child, infant"):
        load_protocol(TODAY, [folder])

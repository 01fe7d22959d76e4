"""Levels: found by every name, grouped, coded; an alias gives no right to anything."""

import csv
from datetime import date

import pytest

from goldenhour.errors import BadInput
from goldenhour.workforce.crews import LEVELS
from goldenhour.workforce.levels import GROUPS, level_named, level_of_code, levels
from goldenhour.workforce.scope import Ask, decide


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("EMR", "emr"),
        ("first responder", "emr"),
        ("Medical First Responder", "emr"),
        ("Certified First Responder", "emr"),
        ("EMT-B", "emt"),
        ("EMT-Basic", "emt"),
        ("emt_intermediate_85", "emt_intermediate_85"),
        ("EMT-Intermediate/99", "emt_intermediate_99"),
        ("Advanced EMT", "aemt"),
        ("EMT-P", "paramedic"),
        ("Nationally Registered Paramedic", "paramedic"),
        ("AEMT-CC", "emt_critical_care"),
        ("AEMT-Cardiac", "aemt_cardiac"),
        ("EMT-Enhanced", "emt_enhanced"),
        ("Critical Care Paramedic", "critical_care_paramedic"),
        ("EMS First Responder", "ems_first_responder"),
        ("VEFR", "vefr"),
        ("RN", "nurse_registered"),
        ("Physician", "physician"),
        ("Telecommunicator", "telecommunicator"),
    ],
)
def test_a_level_is_found_by_any_of_its_names_whatever_the_case(text, key):
    assert level_named(text).key == key
    assert level_named(text.upper()).key == key


def test_a_title_of_the_place_goes_before_the_national_one():
    assert level_named("EMT-I", place="AK").key == "emt_1"
    assert level_named("EMT-I", place="WI").key == "emt_intermediate"
    assert level_named("Licensed Paramedic", place="TX").key == "paramedic"
    with pytest.raises(BadInput):
        level_named("EMT-F", place="KS")  # Montana's title only.
    assert level_named("EMT-F", place="MT").key == "emr"


def test_a_title_of_other_days_is_found_and_gives_no_right():
    assert level_named("First Responder", on=date(1996, 1, 1)).key == "emr"
    assert level_named("First Responder", on=date(2026, 1, 1)).key == "emr"
    # No state recognised an EMR in 1996 as far as anybody here knows: the title found is no licence.
    decision = decide(Ask(level="First Responder", skill="oral_airway", place="MT", on=date(1996, 1, 1)))
    assert decision.verdict == "unknown"


@pytest.mark.parametrize("text", ["", "EMTT", "doctor who"])
def test_what_is_no_level_is_refused_with_what_is_near(text):
    with pytest.raises(BadInput) as refused:
        level_named(text)
    assert f'no level "{text}"' in refused.value.what
    assert refused.value.do
    if text == "EMTT":
        assert "EMT" in refused.value.do


def test_every_level_has_a_group_a_code_or_a_word_about_it_and_counts_for_at_most_what_dispatch_knows():
    for level in levels().values():
        assert level.group in GROUPS
        assert level.counts_as in {"", *LEVELS}
        assert level.care == (level.group != "no_care")
        assert level.nemsis["member"].startswith("9925")
        assert level.nemsis["caregiver"].startswith("9905")
        assert not level.nemsis["state_cert"] or level.nemsis["state_cert"].startswith("9917")
        assert not level.nemsis["nremt"] or level.nemsis["nremt"].startswith("1529")
        assert level.care or not level.counts_as


def test_the_four_levels_of_dispatch_are_the_four_national_ones():
    assert [key for key, level in levels().items() if key == level.counts_as] == list(LEVELS)


def test_a_code_gives_the_level_whose_own_it_is(shared):
    path = shared / "reference" / "workforce" / "nemsis_levels.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    names = {"Licensed Practical Nurse": "nurse_practical"}
    for name, state, member, caregiver, nremt, _ in rows[:12]:
        level = levels()[names[name]] if name in names else level_named(name)
        assert [level.nemsis[family] for family in ("state_cert", "member", "caregiver", "nremt")] == [
            state, member, caregiver, nremt,
        ]  # fmt: skip
        assert level_of_code("state_cert", state) is level
    assert level_of_code("state_cert", "9917999") is None
    assert level_of_code("state_cert", "") is None

"""The vocabulary of skills: every label of the records finds its skill, forms and families, the user's own codes."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.errors import BadInput
from goldenhour.workforce.skills import (
    KINDS,
    families_of,
    forms_of,
    load_codes,
    skill_named,
    skills,
    skills_named,
)

# What a table of skills says that is none: who may widen a scope, and who may come from elsewhere.
NO_SKILLS = {"widen scope by local protocol", "practise temporarily"}


def rows(shared, name):
    """Return the lines of a file of the record."""
    with (shared / "reference" / "workforce" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_110_skills_of_the_national_model_stand_first_with_their_labels_and_categories(shared):
    table = rows(shared, "scope_2019.csv")
    first = list(skills().values())[: len(table)]

    assert len(table) == 110
    assert [(one.category, one.label) for one in first] == [(row["category"], row["skill"]) for row in table]


@pytest.mark.parametrize("name", ["scope_2019.csv", "state_scope_MT.csv", "state_skills.csv", "skill_nemsis_map.csv"])
def test_every_label_of_the_records_finds_its_skills(shared, name):
    labels = {row["skill"] for row in rows(shared, name)} - NO_SKILLS

    assert labels
    assert all(skills_named(label) for label in labels)


def test_the_names_that_charts_use_find_the_skill_of_the_row_or_its_family(shared):
    apart = {  # A chart's name that says more, or less, than the row it was put beside.
        "Intubation, laryngeal mask airway (LMA)": "laryngeal_mask_airway",
        "Intubation, double lumen supraglottic": "double_lumen_airway",
        "Intubation, combitube": "double_lumen_airway",
        "Albuterol (Proventil, Ventolin, AccuNeb)": "beta_agonist",
        "Epinephrine 1 mg/ml (Epi 1:1,000)": "epinephrine_1mg_ml",
    }
    for row in rows(shared, "skill_nemsis_map.csv"):
        found, meant = skill_named(row["label"]).key, skill_named(row["skill"]).key

        assert found == apart.get(row["label"], meant) or meant in forms_of(found), row


def test_no_two_skills_share_a_name_and_every_form_is_a_skill():
    seen = {}
    for skill in skills().values():
        assert skill.kind in KINDS
        assert set(skill.covers) <= set(skills())
        for name in {skill.key, skill.label, *skill.aliases}:
            assert skill_named(name) is skill
            assert seen.setdefault(name.casefold(), skill.key) == skill.key


@given(
    st.sampled_from(sorted(skills())), st.sampled_from(["upper", "lower", "title"]), st.sampled_from(["  ", "-", "_"])
)
def test_case_and_punctuation_do_not_matter(key, change, between):
    skill = skills()[key]

    assert skill_named(getattr(key, change)().replace("_", between)) is skill
    assert skill_named(f" {getattr(skill.label, change)()} ") is skill


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("King LT airway; humeral IO", ["king_lt_airway", "humeral_io"]),
        ("CPR and AED", ["cpr_manual", "aed"]),
        ("OPA and NPA", ["oral_airway", "nasal_airway"]),
        ("Intraosseous access, adult or paediatric", ["intraosseous_access"]),  # One skill with a comma in its name.
        ("airway and oxygen", ["airway_and_oxygen"]),
    ],
)
def test_a_line_that_names_several_skills_is_taken_apart_and_one_skill_is_not(text, keys):
    assert [skill.key for skill in skills_named(text)] == keys


def test_a_family_has_its_forms_and_nothing_that_is_merely_akin():
    assert forms_of("naloxone") >= {"naloxone_auto_injector", "naloxone_intranasal", "naloxone_endotracheal"}
    assert families_of("naloxone_intravenous") == {"naloxone", "naloxone_other_routes"}
    # To allow one of these must not allow the other: they differ in what they ask of the person.
    for lesser, greater in (
        ("automatic_transport_ventilator", "transport_ventilator"),
        ("orotracheal_intubation_apnoeic", "endotracheal_intubation"),
        ("bipap_chronic", "bipap"),
        ("rhythm_strip_interpretation", "ecg_interpretation"),
        ("bag_valve_mask", "bag_valve_to_tube"),
    ):
        assert not {greater} & (forms_of(lesser) | families_of(lesser))


def test_rescue_is_a_kind_of_its_own():
    rescue = {key for key, skill in skills().items() if skill.kind == "rescue"}

    assert {"technical_rescue", "extrication", "water_rescue", "ice_rescue"} <= rescue
    assert all(skills()[form].kind == "rescue" for key in rescue for form in forms_of(key))


@pytest.mark.parametrize(
    ("text", "near"), [("naloxon", "naloxone"), ("oral airways", "oral_airway"), ("needle", "needle_decompression")]
)
def test_a_skill_that_is_none_is_refused_with_what_is_near(text, near):
    with pytest.raises(BadInput, match=f'There is no skill "{text}"') as refused:
        skill_named(text)

    assert near in refused.value.do


@pytest.mark.parametrize("text", ["", " ", "-", "xyzzy"])
def test_an_empty_or_strange_name_is_refused_in_words(text):
    with pytest.raises(BadInput, match="There is no skill") as refused:
        skill_named(text)

    assert "scope table" in refused.value.do


def test_the_users_own_list_of_codes_finds_skills(shared):
    codes = load_codes(shared / "reference" / "workforce" / "skill_nemsis_map.csv")

    assert codes["snomed", "7443007"] == ("oral_airway",)
    assert codes["rxnorm", "7242"] == ("naloxone_intranasal", "naloxone_auto_injector")  # One code, two skills.
    pairs = {(row["system"].casefold(), row["code"]) for row in rows(shared, "skill_nemsis_map.csv")}
    assert set(codes) == pairs


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("skill,system,code,label\nCPAP,SNOMED,1,x\nCPUP,SNOMED,2,x\n", r'codes\.csv line 3: There is no skill "CPUP"'),
        ("skill,system,code,label\nCPAP,SNOMED,,x\n", r"codes\.csv line 2: has no system or no code"),
        ("skill,system,code,label\nCPAP\n", r"codes\.csv line 2: has no system or no code"),
        ("skill,code,label\nCPAP,1,x\n", r"codes\.csv: has no column system"),
        ("", r"codes\.csv: has no column skill, system, code, label"),
    ],
)
def test_a_list_of_codes_that_is_wrong_is_refused_with_its_line(tmp_path, content, says):
    (tmp_path / "codes.csv").write_text(content, encoding="utf-8")

    with pytest.raises(BadInput, match=says):
        load_codes(tmp_path / "codes.csv")


def test_a_list_of_codes_that_cannot_be_read_is_refused(tmp_path):
    (tmp_path / "codes.csv").write_bytes(b"skill,system,code,label\n\xff\xfe")

    with pytest.raises(BadInput, match="UTF-8"):
        load_codes(tmp_path / "codes.csv")
    with pytest.raises(BadInput, match="cannot be read"):
        load_codes(tmp_path / "none.csv")

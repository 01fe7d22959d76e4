"""The shipped rule books: each stated date from both sides; every row of the record is in a book or explained."""

import csv
from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from goldenhour.dated import read_yaml
from goldenhour.workforce import reciprocity
from goldenhour.workforce.book_lines import ROUTES, states
from goldenhour.workforce.books import SHIPPED, load_books
from goldenhour.workforce.compact import load_compact
from goldenhour.workforce.levels import level_named
from goldenhour.workforce.scope import Ask, decide
from goldenhour.workforce.skills import forms_of, skill_named, skills, skills_named

RECORD = date(2026, 5, 12)  # The latest day that the record names: rules without any day are known from then.
MODEL = date(2019, 2, 1)
NOTICES = date(2021, 6, 1)
SURVEY = date(2013, 11, 1)
DAY = timedelta(days=1)
DOCS = Path(__file__).parents[2] / "docs"
TABLE = DOCS / "reference" / "scope-rules.md"
LEVELS = ("EMR", "EMT", "AEMT", "PARAMEDIC")


def verdict(place, level, skill, on, **more):
    if isinstance(more.get("endorsements"), str):
        more["endorsements"] = frozenset({more["endorsements"]})
    return decide(Ask(level=level, skill=skill, place=place, on=on, **more)).verdict


def standing(place, level, on):
    """Return whether a place knows a level that day, whatever the skill."""
    found = decide(Ask(level=level, skill="oral_airway", place=place, on=on)).findings
    return next(one for one in found if one.layer == "standing").verdict


@cache
def record(folder, name):
    with (folder / "reference" / "workforce" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


# ---------------------------------------------------------------- each stated date, from both sides

CHANGES = [  # Place, level, skill; the first day of the later answer; the answer on the day before, and on that day.
    # The national model of 2019 and its change notices of 2021.
    ("US", "emr", "oral_airway", MODEL, "unknown", "allow"),
    ("US", "emr", "cpap", MODEL, "unknown", "deny"),
    ("US", "emt", "intramuscular_injection", MODEL, "unknown", "deny"),
    ("US", "aemt", "intramuscular_injection", MODEL, "unknown", "allow"),
    ("US", "emt", "intramuscular_injection", NOTICES, "deny", "allow"),
    ("US", "aemt", "intramuscular_injection", NOTICES, "allow", "allow"),
    ("US", "emr", "intramuscular_injection", NOTICES, "deny", "deny"),
    ("US", "emt", "vaccination_emergency", NOTICES, "unknown", "allow"),
    ("US", "emr", "vaccination_emergency", NOTICES, "unknown", "deny"),
    ("US", "paramedic", "nasal_swab", NOTICES, "unknown", "allow"),
    # Naloxone in 2013, where the survey gives "by" a day.
    *[
        (place, "emt", form, SURVEY, "unknown", "allow")
        for place in ("CA", "CO", "DC", "MA", "MD", "NM", "NC", "OH", "OK", "RI", "VT")
        for form in ("naloxone", "naloxone_intranasal", "naloxone_auto_injector")
    ],
    ("MD", "emr", "naloxone_intranasal", SURVEY, "unknown", "allow"),
    ("OH", "emr", "naloxone_intranasal", SURVEY, "unknown", "allow"),
    ("CO", "emr", "naloxone_intranasal", SURVEY, "unknown", "unknown"),
    ("MD", "emt", "naloxone_intravenous", SURVEY, "unknown", "unknown"),  # The survey names no form.
    ("MS", "aemt", "naloxone_intranasal", SURVEY, "unknown", "deny"),
    ("MS", "emt_intermediate", "naloxone", SURVEY, "unknown", "deny"),
    ("MS", "aemt", "naloxone_intranasal", date(2020, 7, 1), "deny", "unknown"),
    ("MS", "emt", "naloxone_intranasal", SURVEY, "unknown", "unknown"),
    # Kansas.
    ("KS", "emr", "naloxone_intranasal", RECORD, "unknown", "allow"),
    ("KS", "emr", "naloxone_intramuscular", RECORD, "unknown", "allow"),
    ("KS", "emr", "naloxone_intravenous", RECORD, "unknown", "unknown"),
    ("KS", "aemt", "naloxone_intravenous", RECORD, "unknown", "allow"),
    ("KS", "emr", "blood_glucose", RECORD, "unknown", "allow"),
    ("KS", "emr", "childbirth_complicated", RECORD, "unknown", "unknown"),
    ("KS", "emt", "king_lt_airway", date(2012, 3, 9), "unknown", "allow"),
    ("KS", "emt", "supraglottic_airway", date(2012, 3, 9), "unknown", "allow"),
    ("KS", "emt", "laryngeal_mask_airway", date(2012, 3, 9), "unknown", "deny"),
    ("KS", "emt", "automatic_transport_ventilator", date(2012, 3, 9), "unknown", "allow"),
    ("KS", "emt", "transport_ventilator", date(2012, 3, 9), "unknown", "unknown"),
    ("KS", "emr", "supraglottic_airway", date(2012, 3, 9), "unknown", "unknown"),
    # Ohio.
    ("OH", "emr", "nerve_agent_auto_injector", date(2012, 2, 6), "unknown", "allow"),
    ("OH", "emt", "nerve_agent_antidote", date(2012, 2, 6), "unknown", "allow"),
    ("OH", "emt", "nerve_agent_antidote_injected", date(2012, 2, 6), "unknown", "deny"),
    # Pennsylvania's notices and table.
    ("PA", "paramedic", "king_lt_airway", date(2006, 12, 30), "unknown", "allow"),
    ("PA", "paramedic", "humeral_io", date(2006, 12, 30), "unknown", "allow"),
    ("PA", "paramedic", "intraosseous_access", date(2006, 12, 30), "unknown", "allow"),
    ("PA", "paramedic", "laryngeal_mask_airway", date(2006, 12, 30), "unknown", "unknown"),
    ("PA", "paramedic", "king_lt_airway", RECORD, "allow", "allow"),
    ("PA", "paramedic", "laryngeal_mask_airway", RECORD, "unknown", "allow"),
    ("PA", "emt", "king_lt_airway", date(2006, 12, 30), "unknown", "unknown"),
    ("PA", "emt", "king_lt_airway", RECORD, "unknown", "deny"),
    ("PA", "emt", "mast", date(2011, 4, 15), "unknown", "allow"),
    ("PA", "emt", "mast", date(2011, 4, 16), "allow", "deny"),
    ("PA", "paramedic", "mast", date(2011, 4, 16), "allow", "deny"),
    ("PA", "paramedic", "transport_ventilator", date(2011, 4, 16), "unknown", "allow"),
    ("PA", "phrn", "transport_ventilator", date(2011, 4, 16), "unknown", "allow"),
    ("PA", "phpe", "transport_ventilator", date(2014, 11, 29), "unknown", "allow"),
    ("PA", "emt", "transport_ventilator", date(2011, 4, 16), "unknown", "unknown"),
    ("PA", "emt", "cpr_mechanical", date(2013, 6, 8), "unknown", "allow"),
    ("PA", "emt", "needle_decompression", RECORD, "unknown", "deny"),
    ("PA", "paramedic", "cricothyrotomy", RECORD, "unknown", "allow"),
    ("PA", "paramedic", "chest_tube_closed_monitoring", RECORD, "unknown", "deny"),
    ("PA", "paramedic", "chest_tube_open_monitoring", RECORD, "unknown", "allow"),
    ("PA", "paramedic", "bipap_chronic", RECORD, "unknown", "allow"),
    ("PA", "paramedic", "bipap_acute", RECORD, "unknown", "deny"),
    ("PA", "paramedic", "bipap", RECORD, "unknown", "unknown"),  # Its acute kind is denied, its chronic one allowed.
    ("PA", "emt", "cpap", RECORD, "unknown", "unknown"),  # Under a footnote that was not seen.
    ("PA", "emr", "cpap", RECORD, "unknown", "deny"),
    ("PA", "emr", "bag_valve_to_tube", RECORD, "unknown", "unknown"),
    # Missouri stands on the model of 2007, which is not shipped.
    ("MO", "emt", "blood_glucose", RECORD, "unknown", "allow"),
    ("MO", "emt", "king_lt_airway", RECORD, "unknown", "allow"),
    ("MO", "emt", "oral_airway", RECORD, "unknown", "unknown"),
    ("MO", "emt_intermediate", "intraosseous_access", RECORD, "unknown", "deny"),
    ("MO", "emt_intermediate", "iv_access", RECORD, "unknown", "unknown"),
    # The invented state: its own line on naloxone goes before the model it adopted.
    ("EX", "emr", "oral_airway", date(2019, 6, 1), "unknown", "allow"),
    ("EX", "emr", "naloxone_intranasal", date(2019, 6, 1), "unknown", "deny"),
    ("EX", "emr", "naloxone_intranasal", date(2026, 1, 1), "deny", "allow"),
    ("EX", "emr", "naloxone_auto_injector", date(2026, 1, 1), "deny", "deny"),
    ("EX", "emt", "naloxone_intranasal", date(2026, 1, 1), "allow", "allow"),
    ("EX", "emt", "intramuscular_injection", NOTICES, "deny", "allow"),
]


@pytest.mark.parametrize(("place", "level", "skill", "day", "before", "then"), CHANGES)
def test_an_answer_changes_on_its_day_and_not_the_day_before(place, level, skill, day, before, then):
    assert verdict(place, level, skill, day - DAY) == before
    assert verdict(place, level, skill, day) == then


LEVEL_CHANGES = [
    ("US", "emr", MODEL, "unknown", "allow"),
    ("MT", "emr", date(2014, 1, 1), "unknown", "allow"),
    ("MT", "emt", date(2014, 1, 1), "unknown", "allow"),
    ("MT", "aemt", RECORD, "unknown", "allow"),
    ("VA", "emt", date(2012, 10, 10), "unknown", "allow"),
    ("VA", "ems_first_responder", date(2012, 10, 10), "unknown", "allow"),
    ("VA", "ems_first_responder", date(2016, 10, 10), "allow", "deny"),
    ("VA", "emr", date(2016, 10, 10), "allow", "allow"),
    ("VA", "emt_enhanced", date(2012, 10, 10), "unknown", "allow"),
    ("VA", "emt_enhanced", date(2016, 4, 10), "allow", "deny"),
    ("VA", "emt", date(2016, 4, 10), "allow", "allow"),
    ("TX", "emt_intermediate", date(2016, 8, 12), "unknown", "unknown"),
    ("TX", "emt_intermediate", date(2019, 11, 29), "unknown", "deny"),
    ("TX", "aemt", date(2019, 11, 29), "unknown", "allow"),
    ("TX", "eca", date(2024, 9, 20), "unknown", "allow"),
    ("RI", "aemt_cardiac", date(2024, 12, 26), "unknown", "allow"),
    ("RI", "paramedic", date(2024, 12, 26), "unknown", "allow"),
    ("RI", "emt", SURVEY, "unknown", "allow"),  # A rule that names it shows that it is known.
    ("AK", "emt_1", date(2024, 9, 25), "unknown", "allow"),
    ("AK", "emt_3", date(2024, 9, 25), "unknown", "allow"),
    ("AK", "micp", date(2024, 9, 25), "unknown", "allow"),
    ("AK", "aemt", date(2024, 9, 25), "unknown", "allow"),
    ("AK", "ett", RECORD, "unknown", "allow"),
    ("AK", "emt", RECORD, "unknown", "unknown"),  # Its title there is EMT-I.
    ("VT", "vefr", RECORD, "unknown", "allow"),
    ("UT", "emr", date(2009, 1, 1), "unknown", "allow"),
    ("NY", "emt_critical_care", date(2017, 5, 10), "unknown", "allow"),
    ("NY", "emr", RECORD, "unknown", "allow"),
    ("WI", "emt_intermediate", RECORD, "unknown", "allow"),
    ("CA", "aemt", RECORD, "unknown", "allow"),
    ("KS", "emr", date(2021, 12, 31), "unknown", "allow"),
    ("KS", "emt", date(2012, 3, 9), "unknown", "allow"),
    ("MO", "community_paramedic", RECORD, "unknown", "allow"),
    ("PA", "ambulance_attendant", date(2006, 12, 30), "unknown", "allow"),
    ("PA", "ambulance_attendant", date(2014, 11, 29), "allow", "deny"),
    ("PA", "emr", date(2013, 6, 8), "unknown", "allow"),
    ("PA", "emr", date(2014, 11, 29), "allow", "allow"),
    ("PA", "aemt", date(2014, 11, 29), "unknown", "allow"),
    ("PA", "php", date(2014, 11, 29), "unknown", "allow"),
    ("EX", "aemt", date(2019, 6, 1), "unknown", "allow"),
]


@pytest.mark.parametrize(("place", "level", "day", "before", "then"), LEVEL_CHANGES)
def test_a_level_is_known_from_its_day_and_ends_on_its_day(place, level, day, before, then):
    assert standing(place, level, day - DAY) == before
    assert standing(place, level, day) == then


def test_a_level_that_ended_denies_every_skill_and_says_which_rule_ended_it():
    found = decide(Ask(level="emt_enhanced", skill="naloxone_intranasal", place="VA", on=date(2016, 4, 10)))

    assert found.verdict == "deny"
    assert next(one for one in found.findings if one.layer == "standing").rule == "va-emt-enhanced"


# ---------------------------------------------------------------- conditions of the shipped rules


@pytest.mark.parametrize(
    ("place", "level", "skill", "on", "more", "expected"),
    [
        # A pilot programme is a condition: not said is not known, another programme is none.
        *[
            (place, "emt", "naloxone_intranasal", on, more, expected)
            for place in ("NY", "WI", "DE")
            for on, more, expected in (
                (SURVEY, {}, "unknown"),
                (SURVEY, {"programme": "pilot"}, "allow"),
                (SURVEY - DAY, {"programme": "pilot"}, "unknown"),
            )
        ],
        ("IL", "emt", "naloxone", SURVEY, {}, "unknown"),
        ("IL", "emt", "naloxone", SURVEY, {"programme": "Peoria protocol"}, "allow"),
        ("IL", "emt", "naloxone_intranasal", SURVEY, {"programme": "Springfield"}, "deny"),
        # Ohio: auto-injector only; a declared emergency; an order or protocol.
        ("OH", "emr", "nerve_agent_auto_injector", date(2012, 2, 6), {"route": "im_auto"}, "allow"),
        ("OH", "emr", "nerve_agent_auto_injector", date(2012, 2, 6), {"route": "im"}, "deny"),
        ("OH", "emr", "nerve_agent_antidote", date(2012, 2, 6), {"route": "im"}, "deny"),
        ("OH", "emr", "nerve_agent_antidote", date(2012, 2, 6), {"route": "im_auto"}, "allow"),
        ("OH", "emr", "vaccination_emergency", RECORD, {"declared": True}, "allow"),
        ("OH", "emr", "vaccination_emergency", RECORD, {}, "deny"),
        ("OH", "emr", "vaccination_emergency", RECORD - DAY, {"declared": True}, "unknown"),
        ("OH", "paramedic", "emergency_drugs_declared", RECORD, {}, "deny"),
        ("OH", "emt_intermediate", "morphine", RECORD, {}, "unknown"),
        ("OH", "emt_intermediate", "morphine", RECORD, {"order": "online"}, "allow"),
        ("OH", "emt_intermediate", "morphine", RECORD, {"order": "standing"}, "allow"),
        ("OH", "emt_intermediate", "morphine", RECORD - DAY, {"order": "standing"}, "unknown"),
        ("OH", "emt", "morphine", RECORD, {"order": "standing"}, "unknown"),
        # Pennsylvania: the expanded list belongs to the air ambulance.
        ("PA", "paramedic", "expanded list", date(2015, 9, 5), {"setting": "air_ambulance"}, "allow"),
        ("PA", "php", "expanded list", date(2015, 9, 5), {"setting": "air_ambulance"}, "allow"),
        ("PA", "paramedic", "expanded list", date(2015, 9, 4), {"setting": "air_ambulance"}, "unknown"),
        ("PA", "paramedic", "expanded list", date(2015, 9, 5), {}, "deny"),
        ("PA", "emt", "expanded list", date(2015, 9, 5), {"setting": "air_ambulance"}, "unknown"),
        # Nebraska: the medical director.
        ("NE", "paramedic", "RSI", RECORD, {"director": True}, "allow"),
        ("NE", "paramedic", "RSI", RECORD, {"director": False}, "deny"),
        ("NE", "paramedic", "RSI", RECORD, {}, "unknown"),
        ("NE", "paramedic", "RSI", RECORD - DAY, {"director": True}, "unknown"),
        ("NE", "emt", "RSI", RECORD, {"director": True}, "unknown"),
        # Montana: endorsements and routes.
        ("MT", "emt", "Diphenhydramine", RECORD, {"route": "po"}, "allow"),
        ("MT", "emt", "Diphenhydramine", RECORD, {"route": "im"}, "deny"),
        ("MT", "emt", "Diphenhydramine", RECORD, {"route": "im", "endorsements": "EMT medication"}, "allow"),
        ("MT", "emt", "Diphenhydramine", RECORD, {"route": "iv", "endorsements": "EMT medication"}, "deny"),
        ("MT", "emt", "Diphenhydramine", RECORD, {}, "allow"),
        ("MT", "aemt", "Diphenhydramine", RECORD, {"route": "iv"}, "deny"),
        ("MT", "aemt", "Diphenhydramine", RECORD, {}, "deny"),
        ("MT", "aemt", "Diphenhydramine", RECORD, {"endorsements": "AEMT medication"}, "allow"),
        ("MT", "emt", "Glucagon", RECORD, {"endorsements": "EMT medication"}, "allow"),
        ("MT", "aemt", "Diphenhydramine", RECORD, {"route": "iv", "endorsements": "AEMT medication"}, "allow"),
        ("MT", "emt", "Glucagon", RECORD, {"route": "in", "endorsements": "EMT medication"}, "allow"),
        ("MT", "emt", "Glucagon", RECORD, {"route": "iv", "endorsements": "EMT medication"}, "deny"),
        ("MT", "aemt", "Glucagon", RECORD, {"route": "iv"}, "allow"),
        ("MT", "aemt", "Epinephrine 1 mg/mL", RECORD, {"route": "im"}, "allow"),
        ("MT", "aemt", "Epinephrine 1 mg/mL", RECORD, {"route": "iv"}, "deny"),
        ("MT", "paramedic", "Epinephrine 1 mg/mL", RECORD, {"route": "iv"}, "allow"),
        ("MT", "emt", "Analgesic, non-opioid", RECORD, {"route": "po"}, "allow"),
        ("MT", "emt", "Analgesic, non-opioid", RECORD, {"route": "iv"}, "deny"),
        ("MT", "aemt", "Analgesic, non-opioid", RECORD, {"route": "iv"}, "allow"),
        ("MT", "aemt", "Analgesic, non-opioid", RECORD, {"route": "pr"}, "deny"),
        ("MT", "paramedic", "Analgesic, non-opioid", RECORD, {"route": "pr"}, "allow"),
        ("MT", "emt", "iv_fluids_plain", RECORD, {"endorsements": "EMT IV/IO maintenance"}, "allow"),
        ("MT", "emt", "iv_access", RECORD, {"endorsements": "EMT IV/IO maintenance"}, "deny"),
        ("MT", "emt", "iv_access", RECORD, {"endorsements": "EMT IV/IO initiation"}, "allow"),
        ("MT", "aemt", "Endotracheal intubation", RECORD, {"endorsements": "aemt_99"}, "allow"),
        ("MT", "emt", "Endotracheal intubation", RECORD, {"endorsements": "AEMT-99"}, "deny"),
        ("MT", "paramedic", "RSI", RECORD, {"endorsements": "paramedic critical care", "director": True}, "deny"),
        # The invented state: endorsements, a declared emergency, and a rescue credential at any level.
        ("EX", "emt", "iv_access", date(2024, 1, 1), {"endorsements": "EMT IV"}, "allow"),
        ("EX", "emt", "iv_access", date(2024, 1, 1), {}, "deny"),
        ("EX", "emr", "vaccination_emergency", date(2022, 1, 1), {"declared": True}, "allow"),
        ("EX", "emr", "vaccination_emergency", date(2022, 1, 1), {}, "deny"),
        ("EX", "emr", "technical_rescue", RECORD, {"endorsements": "rescue"}, "allow"),
        ("EX", "paramedic", "technical_rescue", RECORD, {}, "deny"),
    ],
)
def test_a_rule_holds_only_under_its_condition(place, level, skill, on, more, expected):
    assert verdict(place, level, skill, on, **more) == expected


@pytest.mark.parametrize(
    ("place", "level", "licence", "on", "more", "expected"),
    [
        # California: out-of-state or NREMT EMTs, with the approval of the LEMSA's medical director.
        ("CA", "emt", "MD", RECORD, {"director": True}, "allow"),
        ("CA", "emt", "MD", RECORD, {"director": False}, "deny"),
        ("CA", "emt", "MD", RECORD, {}, "unknown"),
        ("CA", "emt", "MD", RECORD - DAY, {"director": True}, "deny"),
        ("CA", "emr", "MD", RECORD, {"director": True}, "deny"),
        ("CA", "emt", "NREMT", RECORD, {"director": True}, "allow"),
        ("MD", "emt", "NREMT", RECORD, {"director": True}, "deny"),
        # Alaska: crews sent under mutual aid.
        ("AK", "emt", "MD", date(2024, 9, 25), {"programme": "mutual aid"}, "allow"),
        ("AK", "emt", "MD", date(2024, 9, 24), {"programme": "mutual aid"}, "deny"),
        ("AK", "emt", "MD", date(2024, 9, 25), {}, "unknown"),
    ],
)
def test_visitors_have_the_scope_of_their_home_where_a_rule_lets_them_come(place, level, licence, on, more, expected):
    assert verdict(place, level, "naloxone_intranasal", on, licence=licence, **more) == expected


@pytest.mark.parametrize("place", ["KS", "MO", "EX"])
def test_no_agency_may_widen_where_the_state_says_never(place, tmp_path):
    (tmp_path / "agency.yaml").write_text(
        f"""
place: {place}/county-ems
name: County EMS
synthetic: {"true" if place == "EX" else "false"}
skills:
  - id: county-lma
    skills: [laryngeal_mask_airway, intraosseous_access]
    allow: [emt, emt_intermediate]
    from: 2026-06-01
    source: protocol 7
""",
        encoding="utf-8",
    )
    books = load_books((tmp_path,))
    level, skill = {
        "KS": ("emt", "laryngeal_mask_airway"),
        "MO": ("emt_intermediate", "intraosseous_access"),
        "EX": ("emt", "laryngeal_mask_airway"),
    }[place]

    found = decide(Ask(level=level, skill=skill, place=place, on=date(2026, 6, 2), agency="county-ems"), books)

    assert found.verdict == "deny"
    assert next(one for one in found.findings if one.layer == "agency").rule == f"{place.lower()}-never-widen"


# ---------------------------------------------------------------- every line of every book


def met(line, level):
    """Return what an ask must say so that the conditions of a rule are met."""
    when = line.limits(level)
    more = {"endorsements": frozenset(when.endorsement[:1]), "declared": when.declared}
    more["order"] = when.order[0] if when.order else ""
    more["setting"] = when.setting[0] if when.setting else "ambulance"
    more["route"] = when.route[0] if when.route else ""
    more["director"] = True if when.director else None
    return more | {"programme": when.programme}


def skill_lines():
    for book in load_books().places.values():
        for line in book.lines:
            if hasattr(line, "skills"):
                yield pytest.param(book, line, id=line.id)


@pytest.mark.parametrize(("book", "line"), skill_lines())
def test_every_rule_answers_from_its_first_day_until_its_last_and_not_before(book, line):
    for skill, level in product(sorted(line.skills), sorted(line.named)):
        expected = "allow" if level in line.allow else "deny"
        more = met(line, level)
        say = lambda day, more=more, skill=skill, level=level: verdict(book.place, level, skill, day, **more)  # noqa: E731
        knows = lambda day, level=level: standing(book.place, level, day)  # noqa: E731

        forms = {skill, *forms_of(skill)}
        amended = any(other.amends == line.id and forms & other.skills for other in book.lines)
        rescue = skills()[skill].kind == "rescue"  # Without a rule, the credential itself answers.
        assert rescue or knows(line.start) == "allow"
        assert amended or say(line.start) == expected
        if line.end is None:
            assert amended or say(date(2030, 1, 1)) == expected
        else:
            assert say(line.end - DAY) == expected
        earlier = [one for form in forms for one in book.about[form, level] if one.in_force(line.start - DAY)]
        if not rescue and not earlier and not book.adopted(line.start - DAY):
            assert say(line.start - DAY) == "unknown"


def test_every_rule_has_its_source_its_day_and_its_grade():
    lines = [line for book in load_books().places.values() for line in book.lines]

    assert len(lines) > 200
    for line in lines:
        assert line.source
        assert line.confidence in {"A", "B", "C"}
        assert line.start <= RECORD
    assert {line.id for line in lines if line.confidence == "C"} >= {
        "us-routes-emr",
        "pa-cpap-note-1",
        "ne-paramedic-rsi",
    }


def test_a_grade_c_is_shown_as_unconfirmed_and_the_national_table_as_second_hand():
    sure = decide(Ask(level="emt", skill="oral_airway", place="US", on=RECORD)).findings[-1]
    unsure = decide(Ask(level="emt", skill="route_oral", place="US", on=RECORD)).findings[-1]

    assert not sure.unconfirmed
    assert unsure.unconfirmed
    assert all("second-hand" in f"{one.what} {one.note} {one.source}" for one in (sure, unsure))


def test_the_invented_state_answers_for_itself_and_says_that_it_is_invented():
    found = decide(Ask(level="emt", skill="oral_airway", place="EX", on=RECORD))

    assert found.verdict == "allow"
    assert any("invented" in f"{one.what} {one.note} {one.source}" for one in found.findings)


# ---------------------------------------------------------------- every row of the record


def test_every_row_of_the_national_table_is_a_rule_from_its_day_with_its_grade(shared):
    late = {"Vaccination during a public health emergency", "Nasal swab specimen"}
    for row, level in product(record(shared, "scope_2019.csv"), LEVELS):
        skill = row["skill"]
        start = NOTICES if skill in late else MODEL
        expected = "allow" if row[level] == "1" else "deny"
        changed = NOTICES if skill == "Intramuscular injection" else start

        found = decide(Ask(level=level, skill=skill, place="US", on=changed))

        assert found.verdict == expected, (skill, level)
        finding = next(one for one in found.findings if one.layer == "national")
        assert finding.confidence == row["confidence"], skill
        assert finding.unconfirmed is (row["confidence"] == "C")
        assert verdict("US", level, skill, start - DAY) == "unknown", (skill, level)
        assert verdict("US", level, skill, RECORD) == expected, (skill, level)


# Where the note of a row sets ways of giving apart: the routes that each level may use, and by which endorsement.
MONTANA_WAYS = {
    ("Analgesic, non-opioid", "EMT"): {"": ["po"]},
    ("Analgesic, non-opioid", "AEMT"): {"": ["po", "iv", "io"]},
    ("Analgesic, non-opioid", "PARAMEDIC"): {"": ["po", "pr", "iv", "io"]},
    ("Glucagon", "EMT"): {"EMT medication": ["im", "in"]},
    ("Diphenhydramine", "EMT"): {"": ["po"], "EMT medication": ["po", "im"]},
    ("Diphenhydramine", "AEMT"): {"AEMT medication": ["po", "im", "iv"]},
    ("Epinephrine 1 mg/mL", "EMT"): {"EMT medication": ["im"]},
    ("Epinephrine 1 mg/mL", "AEMT"): {"": ["im"]},
    ("Nitroglycerin EMS supplied", "EMT"): {"EMT medication": ["sl"]},  # The endorsement opens no vein.
}
ALSO_BY = {"im": {"im_auto"}, "in": {"in_unit_dose"}}  # Finer names of a way; an auto-injector is intramuscular.
AUTO = {"Antidote auto-injector chemical", "CANA auto-injector", "Naloxone auto-injector", "Naloxone intranasal"} | {
    "Epinephrine auto-injector patient's own",
    "Epinephrine auto-injector EMS supplied",
}


def endorsements_of(row, level):
    """Return the endorsements that the note of a Montana row names for a level."""
    note = row["endorsement_or_note"]
    if note == "EMT IV/IO initiation or maintenance":
        return ["EMT IV/IO initiation", "EMT IV/IO maintenance"]
    if note == "EMT and AEMT medication endorsements":
        return [f"{level} medication"]
    if "by EMT medication" in note:
        return [f"{level} medication"]
    return [note.partition(";")[0]]


@pytest.mark.parametrize("level", LEVELS)
def test_every_row_of_montanas_tables_is_a_rule_with_its_endorsement_and_routes(shared, level):
    for row in record(shared, "state_scope_MT.csv"):
        skill, cell = row["skill"], row[level]
        held = {"yes": [""], "no": [], "endorsement": endorsements_of(row, level)}[cell]
        listed = [one.casefold() for one in row["routes"].split("/") if one]
        ways = MONTANA_WAYS.get((skill, level)) or dict.fromkeys(held, listed)
        every = ["", *ROUTES]

        for endorsement in {"", *held}:
            more = {"endorsements": frozenset({endorsement} - {""})}
            may = set(ways.get(endorsement, ways.get("", ())) if cell != "no" else ())
            allowed = bool(held) and (endorsement in held or "" in ways)
            for route in every if listed else [""]:
                answer = verdict("MT", level, skill, RECORD, route=route, **more)
                before = verdict("MT", level, skill, RECORD - DAY, route=route, **more)
                case = (skill, level, endorsement, route)

                assert before == "unknown", case
                if not allowed:
                    assert answer == "deny" or (not route and answer == "unknown"), case
                elif route and listed:
                    fits = route in may or (skill in AUTO and any(route in ALSO_BY.get(one, ()) for one in may))
                    assert answer == ("allow" if fits else "deny"), case
                else:  # Nobody spoke of a route: allowed, by the routes that the answer names.
                    assert answer == "allow", case


# A row of state_levels.csv: the levels it speaks of and the day they are known from; and where one ended, that day too.
LEVEL_ROWS = {
    ("RI", "EMR"): (["emr"], date(2024, 12, 26), None),
    ("RI", "EMT"): (["emt"], SURVEY, None),  # By the survey's rule on naloxone; by the rule on levels from 2024-12-26.
    ("RI", "AEMT"): (["aemt"], date(2024, 12, 26), None),
    ("RI", "AEMT-Cardiac"): (["aemt_cardiac"], date(2024, 12, 26), None),
    ("RI", "Paramedic"): (["paramedic"], date(2024, 12, 26), None),
    ("VA", "EMS First Responder"): (["ems_first_responder"], date(2012, 10, 10), date(2016, 10, 10)),
    ("VA", "EMR"): (["emr"], date(2012, 10, 10), None),
    ("VA", "EMT"): (["emt"], date(2012, 10, 10), None),
    ("VA", "EMT-Enhanced"): (["emt_enhanced"], date(2012, 10, 10), date(2016, 4, 10)),
    ("MT", "EMR"): (["emr"], date(2014, 1, 1), None),
    ("MT", "EMT"): (["emt"], date(2014, 1, 1), None),
    ("MT", "AEMT"): (["aemt"], RECORD, None),
    ("MT", "Paramedic"): (["paramedic"], RECORD, None),
    ("AK", "ETT"): (["ett"], RECORD, None),
    ("AK", "EMT-I (EMT-1)"): (["emt_1"], date(2024, 9, 25), None),
    ("AK", "EMT-II (EMT-2)"): (["emt_2"], date(2024, 9, 25), None),
    ("AK", "EMT-III (EMT-3)"): (["emt_3"], date(2024, 9, 25), None),
    ("AK", "MICP"): (["micp"], date(2024, 9, 25), None),
    ("AK", "AEMT"): (["aemt"], date(2024, 9, 25), None),
    ("TX", "ECA"): (["eca"], date(2024, 9, 20), None),
    ("TX", "EMT"): (["emt"], date(2024, 9, 20), None),
    ("TX", "AEMT"): (["aemt"], date(2019, 11, 29), None),
    ("TX", "EMT-P / licensed paramedic"): (["paramedic"], date(2024, 9, 20), None),
    ("TX", "EMT-Intermediate"): (["emt_intermediate"], None, date(2019, 11, 29)),
    ("KS", "EMR"): (["emr"], date(2021, 12, 31), None),
    ("KS", "EMT"): (["emt"], date(2012, 3, 9), None),  # By K.A.R. 109-3-4, which names it.
    ("KS", "AEMT"): (["aemt"], date(2021, 12, 31), None),
    ("KS", "Paramedic"): (["paramedic"], date(2021, 12, 31), None),
    ("MO", "EMT-B"): (["emt"], RECORD, None),
    ("MO", "EMT-I"): (["emt_intermediate"], RECORD, None),
    ("MO", "EMT-P"): (["paramedic"], RECORD, None),
    ("MO", "EMT-Community Paramedic"): (["community_paramedic"], RECORD, None),
    ("PA", "EMR"): (["emr"], date(2013, 6, 8), None),  # "EMR from 2013"; again in the notice of 2014-11-29.
    ("PA", "EMT"): (["emt"], date(2006, 12, 30), None),
    ("PA", "AEMT"): (["aemt"], date(2014, 11, 29), None),
    ("PA", "Paramedic"): (["paramedic"], date(2006, 12, 30), None),
    ("PA", "PHRN"): (["phrn"], date(2006, 12, 30), None),
    ("PA", "PHPE"): (["phpe"], date(2014, 11, 29), None),
    ("PA", "PHP"): (["php"], date(2014, 11, 29), None),
    ("PA", "Ambulance attendant"): (["ambulance_attendant"], date(2006, 12, 30), date(2014, 11, 29)),
    ("NY", "EMT-Critical Care"): (["emt_critical_care"], date(2017, 5, 10), None),
    ("NY", "CFR / EMT / AEMT / Paramedic"): (["emr", "aemt", "paramedic"], RECORD, None),  # EMT: the pilot of 2013.
    ("WI", "EMR"): (["emr"], RECORD, None),
    ("WI", "EMT"): (["emt"], SURVEY, None),  # By the pilot of 2013, which names it.
    ("WI", "EMT-Intermediate"): (["emt_intermediate"], RECORD, None),
    ("WI", "AEMT"): (["aemt"], RECORD, None),
    ("WI", "Paramedic"): (["paramedic"], RECORD, None),
    ("VT", "VEFR"): (["vefr"], RECORD, None),
    ("UT", "EMR/EMT/A-EMT/Paramedic"): (["emr", "emt", "aemt", "paramedic"], date(2009, 1, 1), None),
    ("CA", "EMT / Advanced EMT / Paramedic"): (["aemt", "paramedic"], RECORD, None),  # EMT: the survey of 2013.
}
# Rows that are no rule: counts, claims and synthetic files. Each is said in the table of the books.
NOTES = {
    ("CO/VA/IA", "legacy names"): "legacy names",
    ("CT", "EMR/EMT/AEMT/Paramedic/Community Paramedicine"): "Connecticut",
    ("ALL", "mid-level between EMT and paramedic"): "48 of 53 jurisdictions",
    ("ALL", "EMR", "naloxone"): "39 states",
    ("ALL", "EMT", "naloxone"): "RAND EP68982",
}


def test_every_row_of_the_states_levels_is_a_rule_from_its_day_or_an_explained_note(shared):
    table = record(shared, "state_levels.csv")
    text = TABLE.read_text(encoding="utf-8")

    assert {(row["state"], row["level"]) for row in table} == {*LEVEL_ROWS, *(key for key in NOTES if len(key) == 2)}
    for (place, _), (levels, start, end) in LEVEL_ROWS.items():
        for level in levels:
            case = (place, level)
            if start is not None:
                assert standing(place, level, start - DAY) == "unknown", case
                assert standing(place, level, start) == "allow", case
            if end is not None:
                assert standing(place, level, end - DAY) == ("allow" if start else "unknown"), case
                assert standing(place, level, end) == "deny", case
            else:
                assert standing(place, level, date(2030, 1, 1)) == "allow", case
    for row in table:  # Days that the record states are days on which something changes.
        for name in ("valid_from", "valid_to"):
            if len(row[name]) == len("2016-10-10"):
                lines = load_books().places[row["state"]].lines
                days = {one for line in lines for one in (line.start, line.end)}
                assert date.fromisoformat(row[name]) in days, row
    for key, words in NOTES.items():
        assert words in text, key
    assert not {"CT", "IA"} & set(load_books().places)


@pytest.mark.parametrize(
    ("place", "text", "key"),
    [
        ("AK", "EMT-I (EMT-1)", "emt_1"),
        ("TX", "Licensed Paramedic", "paramedic"),
        ("MO", "EMT-B", "emt"),
        ("MO", "EMT-I", "emt_intermediate"),
        ("MO", "EMT-Community Paramedic", "community_paramedic"),
        ("NY", "CFR", "emr"),
        ("UT", "A-EMT", "aemt"),
        ("CA", "Advanced EMT", "aemt"),
    ],
)
def test_a_states_title_finds_the_level_that_its_book_names(place, text, key):
    assert level_named(text, place=place, on=RECORD).key == key


MID_LEVELS = ["aemt", "emt_intermediate", "emt_intermediate_85", "emt_intermediate_99"]
ALS = ["paramedic", "phrn"]


EARLIER = {  # Allowed on the day before too: it was removed on its day; one form of it came before.
    ("PA", "emt", "mast"),
    ("PA", "paramedic", "mast"),
    ("PA", "paramedic", "supraglottic_airway"),
}


def levels_of(row):
    """Return the levels that a row of state_skills.csv speaks of."""
    cell = row["level"]
    given = {
        "any": ["emt", "paramedic"],
        "mid-level": MID_LEVELS,
        "ALS": ALS,
        "EMT-P": ["paramedic"],
        "Paramedic/PHRN/PHPE/PHP on air ambulance": [*ALS, "phpe", "php"],
    }
    return given.get(cell) or [level_named(cell, place=row["state"], on=RECORD).key]


def start_of(row):
    """Return the day that a row of state_skills.csv is known from."""
    text = row["valid_from"].removeprefix("by ")
    if not text:
        return RECORD
    return date.fromisoformat(text if len(text) > len("2013-11") else f"{text}-01")


def asked_of(row):
    """Return what a row's answer depends on, and the answer with and without it."""
    cell = row["allowed"]
    if cell in {"yes", "no", "auto-injector only"}:
        answer = "deny" if cell == "no" else "allow"
        if row["skill"] == "expanded list":
            return {"setting": "air_ambulance"}, answer, "deny"
        return {}, answer, answer
    return {
        "pilot": ({"programme": "pilot"}, "allow", "unknown"),
        "local": ({"programme": "Peoria protocol"}, "allow", "unknown"),
        "yes if governor declares": ({"declared": True}, "allow", "deny"),
        "yes with order or protocol": ({"order": "standing"}, "allow", "unknown"),
        "yes, note 1": ({"programme": "footnote 1 of the state's table"}, "allow", "unknown"),
        "yes, note 2": ({"programme": "footnote 2 of the state's table"}, "allow", "unknown"),
        "yes with medical director": ({"director": True}, "allow", "unknown"),
    }[cell]


def test_every_row_of_the_states_skills_is_a_rule_from_its_day_with_its_condition_or_an_explained_note(shared):
    walked = defaultdict(int)
    text = TABLE.read_text(encoding="utf-8")
    for row in record(shared, "state_skills.csv"):
        place, cell, start = row["state"], row["allowed"], start_of(row)
        if row["skill"] == "widen scope by local protocol":
            for state in place.split("/"):
                assert load_books().places[state].widens(start).allowed is False
                assert load_books().places[state].widens(start - DAY) is None
        elif row["skill"] == "practise temporarily":
            assert verdict(place, "emt", "naloxone", start, licence="MD", director=True) == "allow"
            assert verdict(place, "emt", "naloxone", start - DAY, licence="MD", director=True) == "deny"
        elif place == "ALL" and cell == "national minimum":
            for skill in skills_named(row["skill"]):
                assert verdict("US", "emt", skill.key, start) == "allow"
                assert verdict("US", "emt", skill.key, start - DAY) != "allow"
        elif place == "ALL":
            assert NOTES[place, row["level"], row["skill"]] in text
        else:
            more, met_, unmet = asked_of(row)
            for skill, level in product(skills_named(row["skill"]), levels_of(row)):
                case = (place, level, skill.key)
                assert verdict(place, level, skill.key, start, **more) == met_, case
                assert verdict(place, level, skill.key, start) == unmet, case
                before = "allow" if case in EARLIER else "unknown"
                assert verdict(place, level, skill.key, start - DAY, **more) == before, case
        walked[cell] += 1

    assert sum(walked.values()) == 123


def test_every_member_of_the_compact_is_one_from_its_day(shared):
    compact = load_compact()
    days = {"GA": compact.formed, "UT": compact.formed, "SC": date(2018, 5, 18), "AR": date(2025, 10, 1)}
    table = record(shared, "compact_states.csv")

    assert {row["state"] for row in table if row["member"] == "yes"} == set(compact.members)
    assert len(compact.members) == 25
    for state in compact.members:
        day = days.get(state, date(2025, 1, 1))
        known = state in {"GA", "UT", "SC"}
        assert compact.membership(state, day).member is True
        assert compact.membership(state, day - DAY).member is (False if known else None)
    assert {row["state"] for row in table if row["member"] == "bill"} == {"NM"}
    assert compact.membership("NM", date(2025, 12, 31)).member is False
    assert compact.membership("NM", date(2026, 1, 1)).member is None


@pytest.mark.parametrize(
    ("place", "level", "on", "expected"),
    [
        ("TX", "emt", date(2025, 1, 1), "allow"),  # Colorado's rule on naloxone goes along to Texas.
        ("TX", "emt", date(2024, 12, 31), "unknown"),  # Both joined earlier, on a day that is not known.
        ("TX", "emt", date(2017, 10, 10), "deny"),  # There was no compact.
        ("TX", "emr", date(2025, 1, 1), "deny"),  # An EMR is not covered.
        ("TX", "aemt", date(2025, 1, 1), "unknown"),  # Colorado has no rule on it.
        ("KS", "emt", date(2025, 1, 1), "unknown"),  # Kansas has a rule of its own, known only from a later day,
        ("KS", "emt", RECORD, "allow"),  # which changes what goes along.
        ("RI", "emt", RECORD, "deny"),  # No member.
    ],
)
def test_the_compacts_privilege_carries_the_home_states_scope_from_the_day_both_are_members(place, level, on, expected):
    assert verdict(place, level, "naloxone_auto_injector", on, licence="CO") == expected


def test_every_row_on_moving_between_states_is_a_term_a_rule_or_an_explained_note(shared):
    terms = {"individual", "scope", "discipline", "home state", "agency", "time limit", "identifier", "formed"}
    ways = {
        ("RI", "initial"): "ri-by-nremt",
        ("TX", "initial"): "tx-by-nremt",
        ("AK", "reciprocity"): "ak-emt-equivalent",
        ("KS", "initial"): "ks-equivalent-course",
        ("CA", "NREMT"): "ca-nremt-at-entry",
        ("DC / MD", "forum claim"): "dc-forum",
        ("NREMT", "lapsed certificate"): "us-nremt-lapsed",
        ("NREMT", "founded"): "us-nremt-permits-nothing",
    }
    told = {("NREMT", "use"): "38 states used the exam"}
    folder = Path(reciprocity.__file__).with_name("reciprocity_rules")
    known = {line["id"] for path in folder.glob("*.yaml") for line in read_yaml(path)["reciprocity"]}
    rows = {(row["state_or_body"], row["rule"]) for row in record(shared, "reciprocity_rules.csv")}

    assert rows == {*(("EMS Compact", one) for one in terms), *ways, *told}
    assert {one.replace(" ", "_") for one in terms} == set(load_compact().terms)
    assert set(ways.values()) <= known
    assert all(text in TABLE.read_text(encoding="utf-8") for text in told.values())
    assert "ak-mutual-aid" in {one.id for one in load_books().places["AK"].visitors}


# ---------------------------------------------------------------- the table in the docs


def test_the_table_in_the_docs_names_every_rule_with_its_days_and_grade():
    text = TABLE.read_text(encoding="utf-8")
    for book in load_books().places.values():
        for line in book.lines:
            until = line.end.isoformat() if line.end else ""
            known = "known from " if line.first_known else ""
            row = f"| {known}{line.start} | {until} | {line.confidence} |"
            assert any(one.startswith(f"| `{line.id}` |") and row in one for one in text.splitlines()), line.id


def test_the_table_in_the_docs_names_every_state_and_territory_without_a_book():
    text = TABLE.read_text(encoding="utf-8")
    section = text.partition("## States and territories without a book")[2].partition("\n## ")[0]
    listed = {
        one.strip("| ").split(" | ")[0] for one in section.splitlines() if one.startswith("| ") and "---" not in one
    }

    assert listed - {"code"} == set(states()) - set(load_books().places)


def test_every_shipped_file_is_a_book_of_its_own_place():
    files = {path.stem for path in SHIPPED.glob("*.yaml")} - {"compact"}

    assert files == {place.casefold() for place in load_books().places}


def test_a_state_without_a_book_says_which_file_is_missing():
    found = decide(Ask(level="emt", skill=skill_named("OPA").key, place="FL", on=RECORD))

    assert found.verdict == "unknown"
    assert any("add scope_rules/fl.yaml" in one.what for one in found.findings)


@pytest.mark.parametrize(
    ("level", "skill", "on", "more", "expected"),
    [
        ("emr", "blood_glucose", date(2019, 12, 31), {}, "unknown"),  # Before any rule.
        ("emr", "blood_glucose", date(2024, 2, 29), {}, "deny"),  # Its own rule is still to come: the model it adopted.
        ("emr", "blood_glucose", date(2024, 3, 1), {}, "allow"),
        ("emr", "naloxone_intranasal", date(2020, 1, 1), {}, "allow"),  # By the model it adopted.
        ("emr", "naloxone_intranasal", date(2019, 12, 31), {}, "unknown"),
        ("emt", "iv_access", date(2026, 5, 1), {"endorsements": frozenset({"EMT IV"})}, "allow"),
        ("emt", "iv_access", date(2026, 5, 1), {}, "deny"),
        ("emt", "laryngeal_mask_airway", date(2022, 1, 1), {}, "deny"),
        ("emt", "king_lt_airway", date(2022, 1, 1), {}, "allow"),
        ("paramedic", "oral_airway", date(2015, 6, 30), {}, "unknown"),
    ],
)
def test_the_book_in_the_how_to_loads_and_answers(tmp_path, level, skill, on, more, expected):
    text = (DOCS / "how-to" / "add-a-state.md").read_text(encoding="utf-8")
    (tmp_path / "zz.yaml").write_text(text.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")

    found = decide(Ask(level=level, skill=skill, place="ZZ", on=on, **more), load_books((tmp_path,)))

    assert found.verdict == expected

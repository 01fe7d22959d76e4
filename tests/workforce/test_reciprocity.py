"""What it takes to practise in another state: each way, both sides of each date, and an honest unknown."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from goldenhour.cli.main import gather
from goldenhour.errors import BadInput, Refused
from goldenhour.workforce.compact import load_compact
from goldenhour.workforce.credentials import Change, Credential, Kind, Person, What
from goldenhour.workforce.levels import levels
from goldenhour.workforce.reciprocity import Holding, known_facts, load_rules, path
from goldenhour.workforce.scope import Ask, decide

LATE = date(2026, 6, 1)
READY = {"affiliated": True, "medical_director": True}


def way(found, name):
    return next((one for one in found.ways if one.way == name), None)


def states_of(found, name):
    return {step.what: step.state for step in way(found, name).steps}


# ---------------------------------------------------------------- the compact


def test_the_compact_lets_an_emt_practise_once_every_term_is_met():
    emt = Holding(level="EMT", licence="KS", age=30, facts=READY)

    found = path(emt, "MO", LATE)

    assert found.verdict == "may_practise"
    assert way(found, "compact").verdict == "open"
    assert all(step.source for step in found.steps)


@pytest.mark.parametrize("lacking", ["affiliated", "medical_director"])
@pytest.mark.parametrize("said", ["nothing", "no"])
def test_without_agency_or_medical_director_there_is_a_step_left_to_take(lacking, said):
    facts = {name: True for name in READY if name != lacking} | ({lacking: False} if said == "no" else {})

    found = path(Holding(level="emt", licence="KS", age=30, facts=facts), "MO", LATE)

    assert found.verdict == "steps_to_take"
    assert list(states_of(found, "compact").values()).count("to_do") == 1


@pytest.mark.parametrize("level", ["EMR", "First Responder", "VEFR", "ECA", "nurse_registered", "physician"])
def test_the_compact_does_not_cover_levels_below_emt_or_beside_ems(level):
    found = path(Holding(level=level, licence="TX" if level == "ECA" else "KS", age=30, facts=READY), "MO", LATE)

    assert way(found, "compact").verdict == "closed"
    assert found.verdict != "may_practise"
    assert found.verdict == "unknown"
    assert "Ask the state office" in found.do


@pytest.mark.parametrize("level", ["AEMT", "paramedic", "emt_enhanced", "EMT-Intermediate"])
def test_the_compact_covers_levels_from_emt_to_paramedic(level):
    assert path(Holding(level=level, licence="KS", age=30, facts=READY), "WY", LATE).verdict == "may_practise"


def test_a_restriction_in_one_state_closes_the_compact_in_all():
    free = Holding(level="EMT", licence="KS", age=30, facts=READY)
    restricted = Holding(level="EMT", licence="KS", age=30, facts=READY, restricted=True)

    for to in sorted(set(load_compact().members) - {"KS"}):
        assert way(path(free, to, LATE), "compact").verdict == "open"
        assert way(path(restricted, to, LATE), "compact").verdict == "closed"
        assert path(restricted, to, LATE).verdict != "may_practise"


def test_the_privilege_begins_at_eighteen_and_an_unknown_age_is_not_eighteen():
    def asked(age):
        return way(path(Holding(level="EMT", licence="KS", age=age, facts=READY), "MO", LATE), "compact").verdict

    assert (asked(17.9), asked(18), asked(None)) == ("closed", "open", "to_do")


def test_a_certificate_without_a_licence_opens_no_compact():
    found = path(Holding(level="EMT", nremt="EMT", age=30, facts=READY), "MO", LATE)

    assert way(found, "compact").verdict == "closed"
    assert found.verdict == "unknown"


@pytest.mark.parametrize(
    ("home", "to", "day", "verdict"),
    [
        ("SC", "UT", date(2018, 5, 17), "closed"),  # South Carolina was no member yet.
        ("SC", "UT", date(2018, 5, 18), "open"),
        ("GA", "UT", date(2017, 10, 10), "closed"),  # No compact yet.
        ("GA", "UT", date(2017, 10, 11), "open"),
        ("KS", "GA", date(2024, 12, 31), "unknown"),  # Kansas was a member by then or was not: not recorded.
        ("KS", "GA", date(2025, 1, 1), "open"),
        ("AR", "GA", date(2025, 9, 30), "unknown"),
        ("AR", "GA", date(2025, 10, 1), "open"),
        ("NM", "GA", date(2025, 12, 31), "closed"),
        ("NM", "GA", date(2026, 1, 1), "unknown"),  # A bill was before the legislature; its outcome was not seen.
        ("GA", "CA", LATE, "closed"),  # Never a member.
        ("CA", "GA", LATE, "closed"),
    ],
)
def test_each_side_of_each_members_first_day(home, to, day, verdict):
    found = path(Holding(level="paramedic", licence=home, age=40, facts=READY), to, day)

    assert way(found, "compact").verdict == verdict
    assert (found.verdict == "may_practise") == (verdict == "open")


# ---------------------------------------------------------------- recognition, both sides of each date


@pytest.mark.parametrize(
    ("to", "level", "before", "first", "name"),
    [
        ("RI", "EMR", date(2024, 12, 25), date(2024, 12, 26), "nremt"),
        ("RI", "paramedic", date(2024, 12, 25), date(2024, 12, 26), "nremt"),
        ("TX", "AEMT", date(2024, 9, 19), date(2024, 9, 20), "nremt"),
        ("AK", "EMT", date(2024, 9, 24), date(2024, 9, 25), "licence"),
        ("AK", "AEMT", date(2024, 9, 24), date(2024, 9, 25), "licence"),
        ("KS", "EMR", date(2026, 5, 11), date(2026, 5, 12), "course"),
        ("CA", "EMT", date(2026, 5, 11), date(2026, 5, 12), "nremt"),
        ("MD", "EMT", date(2026, 5, 11), date(2026, 5, 12), "nremt"),
        ("DC", "EMT", date(2026, 5, 11), date(2026, 5, 12), "nremt"),
    ],
)
def test_a_rule_counts_from_its_first_known_day_and_is_unknown_before(to, level, before, first, name):
    held = Holding(level=level, licence="NH", nremt=level, age=30)  # No member of the compact.

    assert way(path(held, to, before), name) is None
    assert path(held, to, before).verdict == "unknown"
    assert way(path(held, to, first), name) is not None


def test_rhode_island_licenses_every_level_on_a_current_certificate():
    for level in ("EMR", "EMT", "AEMT", "Paramedic"):
        found = path(Holding(level=level, licence="NH", nremt=level, age=30), "RI", LATE)
        assert found.verdict == "steps_to_take"
        assert states_of(found, "nremt")["Hold a current NREMT certificate at the level."] == "met"

    other = path(Holding(level="AEMT", licence="NH", nremt="EMT", age=30), "RI", LATE)
    assert states_of(other, "nremt")["Hold a current NREMT certificate at the level."] == "to_do"


def test_texas_has_no_reciprocity_below_emt():
    for level in ("EMR", "ECA"):
        found = path(Holding(level=level, licence="NH", nremt="EMR", age=30), "TX", LATE)
        assert found.verdict == "not_recognised"
        assert "course" in found.do
    assert path(Holding(level="EMR", licence="NH"), "TX", date(2024, 9, 19)).verdict == "unknown"


def test_texas_asks_for_more_than_the_certificate():
    found = path(Holding(level="EMT", licence="NH", nremt="EMT", age=30), "TX", LATE)
    steps = states_of(found, "nremt")

    assert steps["Pass the state's jurisprudence exam."] == "to_do"
    assert any("lapsing" in what and state == "to_do" for what, state in steps.items())


def test_alaska_asks_a_refresher_of_those_not_trained_to_the_2009_standards():
    def refresher(**facts):
        found = path(Holding(level="EMT", licence="NH", age=30, facts=facts), "AK", LATE)
        return next(state for what, state in states_of(found, "licence").items() if "refresher" in what)

    assert refresher() == "to_do"  # Not known is not trained.
    assert refresher(trained_2009=False) == "to_do"
    assert refresher(trained_2009=True) == "met"
    assert refresher(refresher=True) == "met"


def test_alaska_asks_aemts_for_acls_and_a_sponsor_and_not_emts():
    def steps(level):
        return " ".join(states_of(path(Holding(level=level, licence="NH"), "AK", LATE), "licence"))

    assert "ACLS" in steps("AEMT")
    assert "sponsors" in steps("AEMT")
    assert "ACLS" not in steps("EMT")
    assert path(Holding(level="paramedic", licence="NH"), "AK", LATE).verdict == "unknown"


def test_kansas_takes_an_equivalent_course_or_a_certificate_with_military_training():
    def course(**more):
        found = path(Holding(level="EMT", licence="NH", **more), "KS", LATE)
        return next(state for what, state in states_of(found, "course").items() if "course" in what)

    assert course() == "to_do"
    assert course(nremt="EMT") == "to_do"  # Alone it is not enough.
    assert course(facts={"military": True}) == "to_do"
    assert course(nremt="EMT", facts={"military": True}) == "met"
    assert course(facts={"course_equivalent": True}) == "met"


def test_what_a_forum_claims_is_shown_as_unconfirmed_and_decides_nothing():
    for to in ("MD", "DC"):
        found = path(Holding(level="EMT", licence="NH", nremt="EMT"), to, LATE)
        assert way(found, "nremt").unconfirmed
        assert found.verdict == "unknown"
        assert "no authority confirms" in found.what


def test_a_restricted_licence_is_for_the_state_office_to_judge():
    found = path(Holding(level="EMT", licence="NH", nremt="EMT", age=30, restricted=True), "RI", LATE)

    assert found.verdict == "unknown"
    assert "restricted" in found.what


def test_a_minor_has_no_way_that_asks_for_eighteen():
    found = path(Holding(level="EMT", licence="NH", nremt="EMT", age=17), "RI", LATE)

    assert way(found, "nremt").verdict == "closed"
    assert found.verdict == "not_recognised"


def test_the_certificate_is_said_to_permit_nothing_only_to_those_who_hold_one():
    with_one = path(Holding(level="EMT", licence="NH", nremt="EMT"), "OR", LATE)
    without = path(Holding(level="EMT", licence="NH"), "OR", LATE)

    assert "permits nothing by itself" in way(with_one, "note").what
    assert way(without, "note") is None
    assert with_one.verdict == without.verdict == "unknown"


def test_a_lapsed_certificate_names_the_way_back_and_says_what_is_not_known():
    found = path(Holding(level="EMT", licence="NH", facts={"nremt_lapsed": True}), "RI", LATE)

    assert "Mark King" in way(found, "note").what


# ---------------------------------------------------------------- at home, and nowhere


def test_at_home_a_live_licence_is_enough_and_a_restricted_one_is_not():
    assert path(Holding(level="EMT", licence="KS"), "Kansas", LATE).verdict == "may_practise"
    assert path(Holding(level="EMT", licence="KS", restricted=True), "KS", LATE).verdict == "unknown"


def test_a_place_without_rules_is_an_honest_unknown():
    found = path(Holding(level="EMT", licence="NH", age=30), "OR", LATE)

    assert found.verdict == "unknown"
    assert "Ask the state office" in found.do


def test_someone_who_gives_no_care_is_recognised_nowhere_as_care():
    assert path(Holding(level="telecommunicator"), "KS", LATE).verdict == "not_recognised"


PAIRS = ("KS", "MO", "SC", "UT", "GA", "AR", "NM", "CA", "TX", "PA", "OH")
DAYS = (date(2017, 10, 10), date(2018, 5, 18), date(2024, 12, 31), date(2025, 1, 1), date(2025, 10, 1), LATE)


@pytest.mark.parametrize("level", ["emr", "emt", "paramedic"])
def test_the_way_by_the_compact_and_the_scope_of_practice_never_disagree(level):
    said = {"closed": "deny", "unknown": "unknown", "open": "allow"}
    compared = 0
    for home in PAIRS:
        for to in set(PAIRS) - {home}:
            for day in DAYS:
                mine = way(path(Holding(level=level, licence=home, age=30, facts=READY), to, day), "compact").verdict
                asked = Ask(level=level, skill="cpr_manual", place=to, on=day, licence=home, director=True)
                marks = [one.verdict for one in decide(asked).findings if one.layer == "compact"]
                if marks:
                    compared += 1
                    worst = next(one for one in ("deny", "unknown", "allow") if one in marks)
                    assert worst == said[mine], (level, home, to, day)
    assert compared > 100


def test_one_of_ours_is_asked_by_what_is_on_record_that_day():
    issued = Change(what=What.ISSUED, day=date(2025, 1, 1), until=date(2027, 1, 1), position=1)
    limited = Change(what=What.RESTRICTED, day=date(2026, 3, 1), until=date(2026, 4, 1), position=2)
    licence = Credential(id="l", kind=Kind.LICENCE, place="KS", level="emt", history=(issued, limited))
    somebody = Person(id="p-1", credentials=(licence,), born=date(2007, 6, 1))

    assert path(somebody, "MO", date(2026, 2, 28)).verdict == "steps_to_take"
    assert way(path(somebody, "MO", date(2026, 3, 1)), "compact").verdict == "closed"
    assert path(somebody, "MO", date(2026, 4, 1)).verdict == "steps_to_take"
    assert way(path(somebody, "MO", date(2025, 5, 31)), "compact").verdict == "closed"  # Not 18 before the birthday.
    assert way(path(somebody, "MO", date(2025, 6, 1)), "compact").verdict == "to_do"
    with pytest.raises(Refused, match="holds no licence"):
        path(somebody, "MO", date(2027, 1, 1))


def test_of_several_licences_the_best_way_decides():
    both = [Holding(level="EMT", licence="NH", age=30), Holding(level="EMT", licence="KS", age=30, facts=READY)]

    assert path(both[0], "MO", LATE).verdict == "unknown"
    assert path(both, "MO", LATE).verdict == "may_practise"


@pytest.mark.parametrize(
    ("held", "to"),
    [
        (Holding(level="wizard", licence="KS"), "MO"),
        (Holding(level="EMT", licence="ZZ"), "MO"),
        (Holding(level="EMT", licence="KS"), "Atlantis"),
        (Holding(level="EMT", licence="KS"), "US"),
        (Holding(level="EMT", licence="KS", facts={"charming": True}), "MO"),
    ],
)
def test_what_is_not_known_here_is_refused_in_words(held, to):
    with pytest.raises(BadInput) as refused:
        path(held, to, LATE)
    assert refused.value.do


# ---------------------------------------------------------------- the rules themselves


def test_every_shipped_rule_has_a_source_a_confidence_and_levels_that_exist():
    rules = load_rules()
    assert len(rules) >= 10
    for rule in rules:
        assert rule.source
        assert set(rule.says["levels"]) <= set(levels()) | {"any"}, rule.where
        for step in rule.says.get("steps", ()):
            assert step["what"].endswith(".")


def test_no_way_is_ever_open_with_a_step_that_is_not_met():
    for to in ("RI", "TX", "AK", "KS", "CA", "MD", "MO", "NM"):
        for level in ("emr", "emt", "aemt", "paramedic"):
            for facts in ({}, READY, dict.fromkeys(known_facts(), True)):
                for one in path(Holding(level=level, licence="SC", nremt=level, age=30, facts=facts), to, LATE).ways:
                    if one.verdict == "open":
                        assert {step.state for step in one.steps} <= {"met"}


# ---------------------------------------------------------------- the command


def run(*words):
    return CliRunner().invoke(gather("workforce"), ["workforce", "path", *words])


@pytest.mark.parametrize(
    ("words", "exit_code", "verdict"),
    [
        (["--level", "EMT", "--licence", "KS", "--to", "MO", "--on", "2026-03-01"], 0, "steps_to_take"),
        (["--level", "EMT", "--licence", "KS", "--restricted", "--to", "MO", "--on", "2026-03-01"], 3, "unknown"),
        (["--level", "EMR", "--licence", "KS", "--to", "MO", "--on", "2026-03-01"], 3, "unknown"),
        (["--level", "ECA", "--licence", "NH", "--to", "TX", "--on", "2026-03-01"], 1, "not_recognised"),
    ],
)
def test_the_command_answers_by_json_and_exit_code(words, exit_code, verdict):
    done = run(*words, "--json")

    assert done.exit_code == exit_code
    said = json.loads(done.stdout)
    assert said["verdict"] == verdict
    assert said["on"] == "2026-03-01"
    assert all(way["source"] or way["way"] == "home" for way in said["ways"])
    assert all(step["source"] and step["state"] in {"met", "to_do", "unknown"} for step in said["steps"])


def test_the_command_prints_each_step_with_its_source():
    done = run("--level", "EMT", "--licence", "KS", "--to", "MO", "--on", "2026-03-01", "--has", "affiliated")

    assert "[x] Be affiliated" in done.stdout
    assert "[ ] Practise under a physician" in done.stdout
    assert "Source: SC Code 44-61-740" in done.stdout


@pytest.mark.parametrize("day", ["2026-02-30", "tomorrow", "01/02/2026"])
def test_a_day_that_is_none_is_refused(day):
    done = run("--level", "EMT", "--licence", "KS", "--to", "MO", "--on", day)

    assert isinstance(done.exception, BadInput)
    assert not done.stdout


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--on", "2026-8-1"], "is no day"),
        (["--on", "2026-08-01", "--has", "acls", "--lacks", "acls"], "is said to hold and not to"),
        (["--on", "2026-08-01", "--licence", "nremt"], "a certificate, no licence"),
    ],
)
def test_a_call_that_contradicts_itself_is_refused_in_a_sentence(more, words):
    refused = run("--level", "EMT", "--to", "KS", *more).exception
    assert isinstance(refused, BadInput)
    assert words in refused.what

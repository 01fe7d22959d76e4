"""Scope of practice: every layer both ways, and what is not known is never a yes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.errors import BadInput
from goldenhour.workforce.books import check_books, load_books
from goldenhour.workforce.credentials import Standing
from goldenhour.workforce.levels import levels
from goldenhour.workforce.scope import COMMAND_ROLES, Ask, decide
from goldenhour.workforce.skills import skills
from tests.workforce.scope_books import DAY, HEAD, LEVELS, asked, said, verdict, write, zed

AIRWAY = "skills:\n  - {id: zz-airway, skills: [oral_airway], allow: [emr], from: 2015-01-01, source: Zed Code 2}\n"


def rule(what, *, number=1, skill="oral_airway", levels="allow: [emr]", start="2015-01-01"):
    """Return a rule of Zed on one skill with more fields."""
    return f"  - {{id: zz-{number}, skills: [{skill}], {levels}, from: {start}, source: Zed Code {number}{what}}}\n"


def with_rules(folder, *rules, head=HEAD, levels=LEVELS, more=""):
    return zed(folder, "skills:\n" + "".join(rules) + more, head=head, levels=levels)


# ---------------------------------------------------------------- the state


def test_each_finding_names_its_rule_its_source_and_its_days(tmp_path):
    books = with_rules(tmp_path / "b", rule(", to: 2021-01-01, confidence: B"))
    decision = asked(books)
    assert decision.verdict == "allow"
    assert decision.rules_hash == books.hash
    standing, state = decision.findings
    assert (standing.layer, standing.rule) == ("standing", "zz-levels")
    assert (state.layer, state.rule, state.source) == ("state", "zz-1", "Zed Code 1")
    assert (state.start, state.end, state.confidence) == (date(2015, 1, 1), date(2021, 1, 1), "B")
    assert state.what == 'Zed: an EMR may do "Oral airway (OPA)" (since 1 January 2015, until 31 December 2020).'


def test_before_the_first_rule_the_answer_is_unknown_and_never_a_denial(tmp_path):
    books = with_rules(tmp_path / "b", rule(", first_known: true"))
    assert verdict(books, on=date(2015, 1, 1)) == "allow"
    assert verdict(books, on=date(2014, 12, 31)) == "unknown"
    assert verdict(books, on=date(2009, 12, 31)) == "unknown"  # Nor is the level known that early.
    denied = with_rules(tmp_path / "d", rule("", levels="deny: [emr]"))
    assert verdict(denied, on=date(2015, 1, 1)) == "deny"
    assert verdict(denied, on=date(2014, 12, 31)) == "unknown"


def test_after_a_rule_ran_out_the_answer_is_unknown(tmp_path):
    books = with_rules(tmp_path / "b", rule(", to: 2018-01-01"))
    assert verdict(books, on=date(2017, 12, 31)) == "allow"
    late = asked(books, on=date(2018, 1, 1))
    assert late.verdict == "unknown"
    assert "ran until 31 December 2017" in said(late, "state")


def test_silence_is_unknown(tmp_path):
    decision = asked(zed(tmp_path / "b", AIRWAY), skill="cpap")
    assert decision.verdict == "unknown"
    assert "No rule of Zed recorded here speaks of" in said(decision, "state")


def test_a_rule_for_one_level_says_nothing_of_another(tmp_path):
    assert verdict(zed(tmp_path / "b", AIRWAY), level="paramedic") == "unknown"


def test_a_place_without_a_book_answers_unknown_in_the_words_that_say_what_to_add():
    for place in ("CT", "GU"):
        decision = asked(load_books(), place=place)
        assert decision.verdict == "unknown"
        assert f"no rule book for {place}; add scope_rules/{place.lower()}.yaml" in decision.findings[-1].what


def test_a_synthetic_book_never_answers_for_a_real_place(tmp_path):
    books = zed(tmp_path / "b", AIRWAY)
    assert verdict(books, place="CT") == "unknown"
    assert verdict(books, place="ZZ") == "allow"
    assert verdict(load_books(), place="ZZ") == "unknown"  # Without its book nothing is known of it.


def test_what_nobody_confirmed_is_shown_so_and_the_books_note_goes_along(tmp_path):
    books = with_rules(tmp_path / "b", rule(", confidence: C, note: as remembered"), head=HEAD + "note: second-hand\n")
    decision = asked(books)
    assert decision.verdict == "allow"
    state = decision.findings[-1]
    assert (state.unconfirmed, state.note) == (True, "as remembered second-hand")
    assert decision.findings[0].unconfirmed is False


def test_terms_are_told_and_change_nothing(tmp_path):
    decision = asked(with_rules(tmp_path / "b", rule(", provided: after local training")))
    assert decision.verdict == "allow"
    assert "Terms: after local training." in said(decision, "state")


@pytest.mark.parametrize(
    "wrong", [{"level": "emrr"}, {"skill": "flying"}, {"place": "Q"}, {"role": "king"}, {"setting": "moon"}]
)
def test_an_ask_about_what_does_not_exist_is_refused(wrong):
    with pytest.raises(BadInput):
        asked(load_books(), **({"place": "KS"} | wrong))


# ---------------------------------------------------------------- the nation

ADOPTS = "adopts:\n  - {id: zz-adopts, model: us-2019, from: 2019-06-01, source: Zed Code 9}\n"


def test_the_adopted_model_stands_behind_a_states_silence_from_its_first_day(tmp_path):
    books = zed(tmp_path / "b", AIRWAY + ADOPTS)
    yes = asked(books, level="emt", skill="cpap")
    assert yes.verdict == "allow"
    assert [one.layer for one in yes.findings] == ["standing", "national", "national"]
    assert "adopted the national model us-2019" in yes.findings[1].what
    assert verdict(books, level="emr", skill="cpap") == "deny"
    assert verdict(books, level="emt", skill="cpap", on=date(2019, 5, 31)) == "unknown"
    assert verdict(books, level="emt", skill="cpap", on=date(2019, 6, 1)) == "allow"


def test_the_states_own_rule_goes_before_the_model(tmp_path):
    books = with_rules(tmp_path / "b", rule("", skill="cpap", levels="deny: [emt]"), more=ADOPTS)
    decision = asked(books, level="emt", skill="cpap")
    assert decision.verdict == "deny"
    assert [one.layer for one in decision.findings] == ["standing", "state"]
    assert verdict(books, level="aemt", skill="cpap") == "allow"  # Of which the state's rule does not speak.


def test_a_rule_from_a_known_day_leaves_the_model_before_it_and_one_from_an_unknown_day_does_not(tmp_path):
    later = {"skill": "cpap", "levels": "deny: [emt]", "start": "2022-01-01"}
    books = with_rules(tmp_path / "b", rule("", **later), more=ADOPTS)
    assert verdict(books, level="emt", skill="cpap", on=date(2021, 12, 31)) == "allow"
    assert verdict(books, level="emt", skill="cpap", on=date(2022, 1, 1)) == "deny"
    books = with_rules(tmp_path / "c", rule(", first_known: true", **later), more=ADOPTS)
    assert verdict(books, level="emt", skill="cpap", on=date(2021, 12, 31)) == "unknown"


def test_a_model_that_is_not_shipped_leaves_the_answer_unknown(tmp_path):
    decision = asked(zed(tmp_path / "b", AIRWAY + ADOPTS.replace("us-2019", "us-1850")), level="emt", skill="cpap")
    assert decision.verdict == "unknown"
    assert "us-1850, whose table is not shipped" in said(decision, "national")


def test_asked_itself_the_nation_answers_by_its_model_and_says_that_it_is_second_hand():
    decision = asked(load_books(), place="US", on=date(2026, 1, 1))
    assert decision.verdict == "allow"
    assert [one.layer for one in decision.findings] == ["standing", "national"]
    assert "second-hand" in decision.findings[-1].note
    assert verdict(load_books(), place="US", on=date(2018, 1, 1)) == "unknown"


# ---------------------------------------------------------------- role and rescue


@pytest.mark.parametrize("role", sorted(COMMAND_ROLES | {"safety_officer", "operations_section_chief"}))
def test_who_leads_gives_no_planned_care_and_what_is_given_is_charted(role, tmp_path):
    decision = asked(zed(tmp_path / "b", AIRWAY), role=role)
    assert decision.verdict == "deny"
    assert "is charted with this finding" in said(decision, "role", "deny")
    # The rest of the answer is still there: the licence is not touched.
    assert said(decision, "state", "allow")


@pytest.mark.parametrize("role", ["care", "attendant", "driver"])
def test_who_does_not_lead_is_asked_about_as_usual(role, tmp_path):
    assert verdict(zed(tmp_path / "b", AIRWAY), role=role) == "allow"


RESCUES = [key for key, skill in skills().items() if skill.kind == "rescue"]


@pytest.mark.parametrize("level", ["emr", "paramedic", "physician", "driver"])
def test_rescue_is_a_credential_of_its_own_whatever_the_level(level, tmp_path):
    books = zed(tmp_path / "b", AIRWAY)
    for skill in RESCUES:
        assert verdict(books, level=level, skill=skill) == "deny"
        assert verdict(books, level=level, skill=skill, endorsements=frozenset({"emt_airway"})) == "deny"
        assert verdict(books, level=level, skill=skill, endorsements=frozenset({"rescue"})) == "allow"
    assert verdict(books, skill=RESCUES[0], endorsements=frozenset({"Rescue"}), role="command") == "deny"
    # And it gives no care.
    assert verdict(books, level="paramedic", endorsements=frozenset({"rescue"})) == "unknown"


def test_rescue_in_a_place_without_a_book_is_not_known():
    assert verdict(load_books(), place="CT", skill=RESCUES[0], endorsements=frozenset({"rescue"})) == "unknown"
    assert verdict(load_books(), place="CT", skill=RESCUES[0]) == "deny"


# ---------------------------------------------------------------- standing


def test_a_level_that_ended_is_denied_from_that_day(tmp_path):
    ended = LEVELS.replace("from: 2010-01-01", "from: 2010-01-01, to: 2016-10-10")
    books = zed(tmp_path / "b", AIRWAY, levels=ended)
    assert verdict(books, on=date(2016, 10, 9)) == "allow"
    late = asked(books, on=date(2016, 10, 10))
    assert late.verdict == "deny"
    assert "its last day was 9 October 2016" in said(late, "standing")


def test_a_level_that_is_not_recognised_is_denied_and_one_of_which_nothing_is_said_is_unknown(tmp_path):
    books = zed(tmp_path / "b", AIRWAY, levels=LEVELS.replace("recognised: true", "recognised: false"))
    assert verdict(books) == "deny"
    books = with_rules(tmp_path / "c", rule("", levels="allow: any"))
    decision = asked(books, level="vefr")
    assert decision.verdict == "unknown"
    assert "Ask its EMS office" in said(decision, "standing")


def test_a_rule_that_names_a_level_is_evidence_that_the_place_knows_it(tmp_path):
    books = zed(tmp_path / "b", AIRWAY, levels="")
    decision = asked(books)
    assert decision.verdict == "allow"
    assert "but its rule on" in said(decision, "standing")
    assert verdict(books, level="emt") == "unknown"
    assert verdict(books, on=date(2014, 12, 31)) == "unknown"


def test_any_level_is_evidence_of_a_national_one_unless_the_place_names_it_from_another_day(tmp_path):
    books = with_rules(tmp_path / "b", rule("", levels="allow: any"), levels="")
    assert verdict(books) == verdict(books, level="paramedic") == "allow"
    assert verdict(books, level="vefr") == "unknown"
    later = LEVELS.replace("from: 2010-01-01", "from: 2021-01-01")
    books = with_rules(tmp_path / "c", rule("", levels="allow: any"), levels=later)
    assert verdict(books) == "unknown"
    assert verdict(books, on=date(2021, 1, 1)) == "allow"


def test_evidence_does_not_bring_back_a_level_that_ended(tmp_path):
    ended = LEVELS.replace("from: 2010-01-01", "from: 2010-01-01, to: 2016-10-10")
    assert verdict(zed(tmp_path / "b", AIRWAY, levels=ended), on=date(2020, 1, 1)) == "deny"


@pytest.mark.parametrize("level", [key for key, level in levels().items() if not level.care])
def test_who_belongs_to_ems_without_giving_care_may_do_nothing_for_a_patient(level, tmp_path):
    books = with_rules(tmp_path / "b", rule("", levels="allow: any"))
    assert verdict(books, level=level) == "deny"


def test_an_nremt_certificate_permits_nothing_by_itself(tmp_path):
    decision = asked(zed(tmp_path / "b", AIRWAY), licence="NREMT")
    assert decision.verdict == "deny"
    assert "permits nothing by itself" in said(decision, "standing")
    assert verdict(zed(tmp_path / "b", AIRWAY), licence="nremt") == "deny"
    assert verdict(zed(tmp_path / "b", AIRWAY), licence="ZZ") == "allow"


# ---------------------------------------------------------------- the compact

GA, SC, WY = (
    f"place: {code}\nname: {name}\n"
    + LEVELS.replace("zz-", f"{code.lower()}-").replace("[emr,", "[emr, aemt_cardiac,")
    + "skills:\n"
    for code, name in (("GA", "Georgia"), ("SC", "South Carolina"), ("WY", "Wyoming"))
)
HOME = "  - {{id: {id}, skills: [{skill}], {levels}, from: 2012-01-01, source: {id} code}}\n"


@pytest.fixture
def compact(tmp_path):
    """Georgia (member since 2017-10-11), South Carolina (2018-05-18) and Wyoming (known from 2025-01-01) with books."""
    folder = tmp_path / "compact"
    every = "allow: [emr, emt, aemt_cardiac, paramedic]"
    write(folder, GA + HOME.format(id="ga-1", skill="cpap", levels=every)
          + HOME.format(id="ga-2", skill="oral_airway", levels=every)
          + HOME.format(id="ga-3", skill="tourniquet", levels="deny: [emt]"), "ga.yaml")  # fmt: skip
    write(folder, SC + HOME.format(id="sc-1", skill="oral_airway", levels="deny: [emt]")
          + HOME.format(id="sc-2", skill="tourniquet", levels=every), "sc.yaml")  # fmt: skip
    write(folder, WY + HOME.format(id="wy-1", skill="cpap", levels=every), "wy.yaml")
    return load_books((folder,))


def go(books, **more):
    """Return the decision on an EMT licensed in Georgia who works in South Carolina."""
    return asked(books, **{"level": "emt", "place": "SC", "licence": "GA", "on": date(2026, 1, 1), **more})


def test_under_the_privilege_the_home_states_scope_goes_along(compact):
    decision = go(compact, skill="cpap")
    assert decision.verdict == "allow"
    assert [one.layer for one in decision.findings] == ["compact", "state", "state"]
    assert [one.rule for one in decision.findings][::2] == ["compact-scope", "ga-1"]
    assert go(compact, skill="needle_decompression").verdict == "unknown"


def test_the_remote_states_own_rule_changes_it(compact):
    denied = go(compact, skill="oral_airway")
    assert denied.verdict == "deny"
    assert "sc-1" in [one.rule for one in denied.findings]
    assert go(compact, skill="tourniquet").verdict == "allow"  # Denied at home.
    assert asked(compact, level="emt", skill="tourniquet", place="GA").verdict == "deny"


def test_the_privilege_begins_when_both_are_members(compact):
    assert go(compact, skill="cpap", on=date(2018, 5, 18)).verdict == "allow"
    early = go(compact, skill="cpap", on=date(2018, 5, 17))
    assert early.verdict == "deny"
    assert "SC became a member on 2018-05-18" in said(early, "compact")
    none = go(compact, skill="cpap", on=date(2017, 10, 10))
    assert none.verdict == "deny"
    assert "no compact on that day" in said(none, "compact")


def test_a_membership_from_a_day_nobody_knows_leaves_the_answer_unknown(compact):
    assert go(compact, skill="cpap", licence="WY", on=date(2025, 1, 1)).verdict == "allow"
    unsure = go(compact, skill="cpap", licence="WY", on=date(2024, 12, 31))
    assert unsure.verdict == "unknown"
    assert "earlier is not known" in said(unsure, "compact", "unknown")


def test_a_state_outside_of_the_compact_gives_no_privilege(compact):
    for states in ({"licence": "CA"}, {"place": "CA", "licence": "GA"}):
        assert go(compact, skill="cpap", **states, director=False).verdict == "deny"
    assert go(compact, skill="cpap", licence="OR").verdict == "deny"


def test_an_emr_has_no_privilege_and_a_state_level_between_emt_and_paramedic_has(compact):
    emr = go(compact, level="emr", skill="cpap")
    assert emr.verdict == "deny"
    assert "an EMR is not covered" in said(emr, "compact")
    assert go(compact, level="aemt_cardiac", skill="cpap").verdict == "allow"
    assert go(compact, level="physician", skill="cpap").verdict == "deny"


def test_the_privilege_needs_a_medical_director(compact):
    assert go(compact, skill="cpap", director=True).verdict == "allow"
    assert go(compact, skill="cpap", director=False).verdict == "deny"


def test_a_home_state_without_a_book_leaves_its_scope_unknown(compact):
    unknown = go(compact, skill="cpap", licence="DE" if "DE" not in compact.places else "IA")
    assert unknown.verdict == "unknown"
    assert go(compact, skill="cpap", place="IA").verdict == "unknown"


def test_what_a_home_states_book_does_not_say_of_a_level_is_taken_from_the_licence(compact):
    assert go(compact, level="aemt_cardiac", skill="cpap", licence="GA").verdict == "allow"
    unsaid = go(compact, level="emt_intermediate", skill="tourniquet", licence="GA")
    assert unsaid.verdict == "unknown"  # Of its scope nothing is known ...
    assert said(unsaid, "compact", "allow")  # ... and the privilege carries.
    assert said(unsaid, "standing") == ""


def test_a_level_that_the_home_state_ended_carries_nothing(tmp_path):
    folder = tmp_path / "b"
    write(folder, (GA + HOME.format(id="ga-1", skill="cpap", levels="allow: [emt]")).replace(
        "from: 2010-01-01", "from: 2010-01-01, to: 2020-01-01"), "ga.yaml")  # fmt: skip
    write(folder, SC + HOME.format(id="sc-2", skill="tourniquet", levels="allow: [emt]"), "sc.yaml")
    books = load_books((folder,))
    assert go(books, skill="cpap", on=date(2019, 12, 31)).verdict == "allow"
    assert go(books, skill="cpap", on=date(2020, 1, 1)).verdict == "deny"


# ---------------------------------------------------------------- visitors

VISITORS = (
    "visitors:\n  - {id: zz-v, levels: [emt], from_licence: [FROM], when: {director: true}, scope: SCOPE, "
    "from: 2018-01-01, source: Zed Code 7}\n"
)


def visited(folder, licences="any", scope="home"):
    rules = rule("", skill="tourniquet", levels="allow: [emt]") + VISITORS.replace("FROM", licences).replace(
        "SCOPE", scope
    )
    write(folder, GA + HOME.format(id="ga-1", skill="cpap", levels="allow: [emt]"), "ga.yaml")
    return with_rules(folder, rules)


def guest(books, **more):
    return verdict(books, **{"level": "emt", "skill": "cpap", "licence": "GA", "director": True, **more})


def test_a_visitor_is_let_in_by_a_rule_of_the_place_within_the_scope_of_home(tmp_path):
    books = visited(tmp_path / "b")
    assert guest(books) == "allow"
    assert guest(books, director=None) == "unknown"
    assert guest(books, director=False) == "deny"
    assert guest(books, on=date(2017, 12, 31)) == "deny"
    assert guest(books, level="paramedic") == "deny"
    assert guest(books, licence="OR") == "unknown"  # Its scope is not known here.
    assert guest(books, licence="NREMT") == "deny"  # A certificate is no licence, unless the rule names it.
    # What the place lets its own people do adds nothing for a visitor, and what it denies them is denied.
    assert guest(books, skill="tourniquet") == "unknown"
    assert guest(books, skill="tourniquet", licence="") == "allow"
    write(tmp_path / "b", f"{HEAD}skills:\n" + rule("", number=5, skill="cpap", levels="deny: [emt]"), "more.yaml")
    assert guest(load_books((*sorted((tmp_path / "b").iterdir()),))) == "deny"


def test_a_rule_may_let_in_one_state_only_or_a_certificate(tmp_path):
    books = visited(tmp_path / "b", licences="GA")
    assert guest(books) == "allow"
    assert guest(books, licence="OR") == "deny"
    books = visited(tmp_path / "c", licences="any, nremt")
    assert guest(books, licence="NREMT") == "allow"  # The national model lets an EMT use CPAP ...
    assert guest(books, licence="NREMT", skill="endotracheal_intubation") == "deny"  # ... and not intubate.
    assert guest(books, licence="NREMT", director=False) == "deny"


def test_a_rule_may_give_visitors_the_places_own_scope(tmp_path):
    books = visited(tmp_path / "b", scope="here")
    assert guest(books, skill="tourniquet") == "allow"
    assert guest(books, skill="cpap") == "unknown"


# ---------------------------------------------------------------- conditions


def conditional(folder, when):
    return with_rules(folder, rule(f", when: {{{when}}}"))


@pytest.mark.parametrize(
    ("when", "met", "unmet", "unsaid"),
    [
        ("endorsement: [EMR monitoring, iv]", {"endorsements": frozenset({"emr_monitoring"})},
         {"endorsements": frozenset({"airway"})}, (None, {})),
        ("declared: true", {"declared": True}, {"declared": False}, (None, {})),
        ("setting: [air_ambulance, clinic]", {"setting": "clinic"}, {"setting": "ambulance"}, (None, {})),
        ("route: [im, in]", {"route": "im"}, {"route": "iv"}, ("unknown", {})),
        ("order: [online]", {"order": "online"}, {"order": "standing"}, ("unknown", {})),
        ("director: true", {"director": True}, {"director": False}, ("unknown", {})),
        ("programme: Community Naloxone", {"programme": "community naloxone"}, {"programme": "other"}, ("unknown", {})),
        ("age_min: 8", {"age": 8}, {"age": 7.99}, ("unknown", {})),
        ("age_max: 17", {"age": 17.9}, {"age": 18}, ("unknown", {})),
        ("age_min: 1, age_max: 1", {"age": 1.5}, {"age": 2}, ("unknown", {})),
    ],
)  # fmt: skip
def test_each_condition_allows_when_met_denies_when_not_and_is_unknown_when_nobody_said(
    when, met, unmet, unsaid, tmp_path
):
    books = conditional(tmp_path / "b", when)
    yes, no = asked(books, **met), asked(books, **unmet)
    assert yes.verdict == "allow"
    assert said(yes, "conditions", "allow")
    assert no.verdict == "deny"
    assert said(no, "conditions", "deny")
    assert no.findings[-1].rule == "zz-1"
    if unsaid[0] is not None:
        open_ = asked(books)
        assert open_.verdict == unsaid[0]
        assert said(open_, "conditions", "unknown")


def test_conditions_add_up_and_one_that_fails_denies(tmp_path):
    books = conditional(tmp_path / "b", "order: [online, standing], declared: true, age_min: 18")
    assert verdict(books, order="standing", declared=True, age=40) == "allow"
    assert verdict(books, order="standing", declared=True) == "unknown"
    assert verdict(books, order="standing", declared=True, age=4) == "deny"
    assert verdict(books, declared=False, age=40) == "deny"


def test_a_denial_beside_an_allowance_holds_without_its_conditions(tmp_path):
    books = with_rules(tmp_path / "b", rule(", when: {order: [online]}", levels="allow: [emt], deny: [emr]"))
    assert verdict(books, order="online") == "deny"
    assert verdict(books, level="emt", order="online") == "allow"


def test_rules_for_different_routes_answer_each_for_its_own(tmp_path):
    books = with_rules(
        tmp_path / "b",
        rule(", when: {route: [po]}"),
        rule(", when: {route: [im], endorsement: [EMT medication]}", number=2),
    )
    assert verdict(books, route="po") == "allow"
    assert verdict(books, route="im") == "deny"
    assert verdict(books, route="im", endorsements=frozenset({"EMT medication"})) == "allow"
    assert verdict(books, route="iv") == "deny"
    assert verdict(books) == "unknown"


def test_an_amendment_for_one_route_leaves_the_others_as_they_were(tmp_path):
    books = with_rules(
        tmp_path / "b", rule(""), rule(", amends: zz-1, when: {route: [iv]}", number=2, levels="deny: [emr]")
    )
    assert verdict(books, route="iv") == "deny"
    assert verdict(books, route="im") == "allow"
    assert verdict(books) == "unknown"


def test_a_denial_for_one_setting_leaves_the_model_for_the_others(tmp_path):
    books = with_rules(
        tmp_path / "b", rule(", when: {setting: [clinic]}", skill="cpap", levels="deny: [emt]"), more=ADOPTS
    )
    assert verdict(books, level="emt", skill="cpap", setting="clinic") == "deny"
    assert verdict(books, level="emt", skill="cpap") == "allow"


# ---------------------------------------------------------------- skills and their forms


def test_a_rule_about_a_family_speaks_of_every_form_and_a_family_is_allowed_when_a_form_is(tmp_path):
    books = with_rules(tmp_path / "b", rule("", skill="naloxone"))
    assert verdict(books, skill="naloxone_intramuscular") == "allow"
    assert verdict(books, skill="naloxone") == "allow"
    books = with_rules(
        tmp_path / "c",
        rule("", skill="naloxone_intranasal"),
        rule("", number=2, skill="naloxone_intramuscular", levels="deny: [emr]"),
    )
    decision = asked(books, skill="naloxone")
    assert decision.verdict == "allow"
    words = said(decision, "state", "allow")
    assert "in some forms: Opioid antagonist: intranasal unit dose." in words
    assert "Naloxone intramuscular" in words.partition("Not so: ")[2]
    assert verdict(books, skill="naloxone_intravenous") == "unknown"
    assert verdict(books, skill="naloxone_intramuscular") == "deny"


def test_a_family_none_of_whose_forms_is_allowed_is_denied_or_unknown(tmp_path):
    books = with_rules(tmp_path / "b", rule("", skill="naloxone", levels="deny: [emr]"))
    assert verdict(books, skill="naloxone") == "deny"
    books = with_rules(tmp_path / "c", rule("", skill="naloxone_intramuscular", levels="deny: [emr]"))
    assert verdict(books, skill="naloxone") == "unknown"


def test_a_family_whose_forms_hang_on_conditions_says_which(tmp_path):
    books = with_rules(tmp_path / "b", rule(", when: {order: [online]}", skill="naloxone_intranasal"))
    decision = asked(books, skill="naloxone")
    assert decision.verdict == "unknown"
    assert "online order" in said(decision, "conditions")
    assert verdict(books, skill="naloxone", order="online") == "allow"


# ---------------------------------------------------------------- the agency

AGENCY = "place: ZZ/county-ems\nname: County EMS\nsynthetic: true\n"


def with_agency(folder, rules, *, state=AIRWAY, more=""):
    write(folder, AGENCY + rules, "zz_county.yaml")
    return zed(folder, state + more)


def told(*rules):
    return "skills:\n" + "".join(rules).replace("zz-", "county-")


def test_an_agency_narrows(tmp_path):
    books = with_agency(tmp_path / "b", told(rule("", levels="deny: [emr]", start="2018-01-01")))
    assert verdict(books, agency="county-ems") == "deny"
    assert verdict(books, agency="county-ems", on=date(2017, 12, 31)) == "allow"
    assert verdict(books) == "allow"
    assert asked(books, agency="county-ems").findings[-1].layer == "agency"


def test_an_agency_adds_conditions(tmp_path):
    books = with_agency(tmp_path / "b", told(rule(", when: {order: [online]}")))
    assert verdict(books, agency="county-ems") == "unknown"
    assert verdict(books, agency="county-ems", order="standing") == "deny"
    assert verdict(books, agency="county-ems", order="online") == "allow"


def test_where_the_agency_is_silent_the_state_stands_and_an_agency_without_a_book_is_unknown(tmp_path):
    books = with_agency(tmp_path / "b", told(rule("", skill="cpap")))
    assert verdict(books, agency="county-ems") == "allow"
    nobody = asked(books, agency="city-ems")
    assert nobody.verdict == "unknown"
    assert "no rule book of the agency city-ems" in said(nobody, "agency")


@pytest.mark.parametrize(
    ("widening", "verdict_", "words"),
    [
        ("", "deny", "no rule of Zed recorded here lets an agency widen"),
        ("widening:\n  - {id: zz-w, allowed: false, from: 2010-01-01, source: s}\n", "deny", "may not widen"),
        ("widening:\n  - {id: zz-w, allowed: true, from: 2010-01-01, source: s}\n", "allow", ""),
        ("widening:\n  - {id: zz-w, allowed: true, from: 2021-01-01, source: s}\n", "deny", "no rule of Zed"),
    ],
)
def test_an_agency_allows_what_the_state_denies_only_where_a_rule_of_the_place_lets_it(
    widening, verdict_, words, tmp_path
):
    state = AIRWAY.replace("allow", "deny")
    books = with_agency(tmp_path / "b", told(rule("")), state=state, more=widening)
    decision = asked(books, agency="county-ems")
    assert decision.verdict == verdict_
    assert words in said(decision, "agency")
    assert verdict(books) == "deny"  # For everybody else it stays.
    # A rule of the agency never helps where its own condition fails.
    books = with_agency(tmp_path / "c", told(rule(", when: {declared: true}")), state=state, more=widening)
    assert verdict(books, agency="county-ems") == "deny"


def test_an_agencys_word_alone_does_not_fill_a_states_silence(tmp_path):
    books = with_agency(tmp_path / "b", told(rule("", skill="cpap")))
    assert verdict(books, agency="county-ems", skill="cpap") == "unknown"


def test_an_agency_may_leave_out_a_level(tmp_path):
    lines = "levels:\n  - {id: c-l, levels: [emr], recognised: false, from: 2019-01-01, source: s}\n"
    books = with_agency(tmp_path / "b", lines)
    assert verdict(books, agency="county-ems") == "deny"
    assert verdict(books, agency="county-ems", on=date(2018, 12, 31)) == "allow"


# ---------------------------------------------------------------- a real person's standing


def standing(**more):
    given = {"person": "p1", "place": "ZZ", "on": DAY, "live": True, "by": "licence", "licence": "ZZ", "level": "emr",
             "practice": "emr", "why": "The EMR's licence of ZZ holds."}  # fmt: skip
    return Standing(**given | more)


@pytest.mark.parametrize(
    ("more", "verdict_", "words"),
    [
        ({}, "allow", "licence of ZZ holds"),
        ({"live": False, "by": "", "practice": "", "why": "It lapsed on 1 May 2019."}, "deny", "lapsed on"),
        ({"live": False, "by": "certificate", "licence": ""}, "deny", "permits nothing by itself"),
        ({"restrictions": ("no medications",), "why": "Restricted: no drugs."}, "unknown", "medical director to say"),
    ],
)  # fmt: skip
def test_a_persons_own_record_decides_their_standing(more, verdict_, words, tmp_path):
    decision = asked(zed(tmp_path / "b", AIRWAY), standing=standing(**more))
    assert decision.verdict == verdict_
    assert words in said(decision, "standing")


def test_nobody_is_asked_above_the_level_they_practise_at(tmp_path):
    books = with_rules(tmp_path / "b", rule("", levels="allow: any"))
    assert verdict(books, level="emt", standing=standing(level="emt", practice="emt")) == "allow"
    assert verdict(books, level="paramedic", standing=standing(level="emt", practice="emt")) == "deny"
    assert verdict(books, level="emr", standing=standing(level="emt", practice="emt")) == "allow"


def test_a_persons_endorsements_count_without_being_said(tmp_path):
    books = conditional(tmp_path / "b", "endorsement: [iv]")
    assert verdict(books, standing=standing(endorsements=frozenset({"IV"}))) == "allow"
    assert verdict(books, standing=standing()) == "deny"


def test_a_recorded_privilege_carries_and_a_barred_one_does_not(compact):
    on = date(2026, 1, 1)
    there = {"place": "SC", "on": on, "licence": "GA", "level": "emt", "practice": "emt", "why": "By privilege."}
    assert go(compact, skill="cpap", licence="", standing=standing(by="privilege", **there)).verdict == "allow"
    away = standing(live=False, by="elsewhere", **there)
    assert go(compact, skill="cpap", licence="", standing=away).verdict == "allow"
    barred = standing(live=False, by="elsewhere", barred="The licence of GA is suspended.", **there)
    decision = go(compact, skill="cpap", licence="", standing=barred)
    assert decision.verdict == "deny"
    assert "suspended" in said(decision, "compact")


# ---------------------------------------------------------------- of every answer

FRESH, _ = check_books()
PLACES = sorted(place for place in load_books().places if "/" not in place)


@given(
    level=st.sampled_from(sorted(levels())),
    skill=st.sampled_from(sorted(skills())),
    place=st.sampled_from([*PLACES, "CT"]),
    on=st.dates(date(2005, 1, 1), date(2030, 1, 1)),
    licence=st.sampled_from(["", "", "", "NREMT", "KS", "OR", "PA"]),
    role=st.sampled_from(["care", "care", "command"]),
    setting=st.sampled_from(["ambulance", "air_ambulance", "clinic"]),
    route=st.sampled_from(["", "im", "iv", "po"]),
    order=st.sampled_from(["", "online", "standing"]),
    declared=st.booleans(),
    director=st.sampled_from([None, True, False]),
    age=st.none() | st.floats(0, 110),
    agency=st.sampled_from(["", "", "county-ems"]),
)
def test_an_answer_is_what_its_findings_come_to_and_each_rests_on_a_rule_in_force(**given_):
    ask = Ask(**given_)
    decision = decide(ask)
    verdicts = {one.verdict for one in decision.findings}
    expected = "deny" if "deny" in verdicts else "unknown" if "unknown" in verdicts else "allow"
    assert decision.verdict == expected
    assert decision.findings
    assert decide(ask) == decision  # The same ask, the same answer, word for word ...
    FRESH.decided.clear()
    FRESH.said.clear()
    assert decide(ask, FRESH) == decision  # ... also where nothing was asked before.
    for one in decision.findings:
        assert one.what.strip().endswith(".")
        assert "None" not in one.what
        assert not one.rule or one.source
        if one.verdict == "allow" and one.layer in {"state", "national", "agency"} and one.rule:
            assert one.start <= ask.on
            assert one.end is None or ask.on < one.end
    if decision.verdict == "allow":  # Never without somebody's rule.
        assert any(one.rule and one.verdict == "allow" for one in decision.findings)

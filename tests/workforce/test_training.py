"""Courses: hours by whom, skill sheets with critical fails, completion, and approval on the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.errors import BadInput
from goldenhour.workforce import training
from goldenhour.workforce.credentials import Change, Credential, Kind, Person, What
from goldenhour.workforce.levels import levels
from goldenhour.workforce.skills import skills
from goldenhour.workforce.training import Approval, Attended, Course, Credit, completion, course_hours, get_sheet, mark

DAY = date(2026, 6, 1)
LAST = date(2026, 8, 31)


def ranges(level, on=DAY):
    return {(one.basis.split(" (")[0], one.low, one.high) for one in course_hours(level, on).ranges}


# ---------------------------------------------------------------- hours by each basis


def test_the_hours_of_an_emr_course_are_shown_by_each_basis_with_their_disagreement():
    known = course_hours("EMR", DAY)

    assert {("National EMS Education Standards", 48, 60), ("older practice", 24, 60)} <= ranges("EMR")
    assert known.agree is False
    assert "They disagree" in known.words
    assert all(one.source for one in known.ranges)


def test_the_hours_of_the_other_levels():
    assert ("National EMS Education Standards", 150, 190) in ranges("EMT")
    assert ("National EMS Education Standards", 150, 250) in ranges("AEMT")
    assert ("the state's course", 16, 16) in ranges("VEFR")
    assert ("the state's course", 40, 40) in ranges("ETT")
    assert course_hours("AEMT", DAY).agree is None  # One voice neither agrees nor disagrees.


def test_a_basis_without_hours_judges_nothing_and_a_curriculum_says_what_comes_before_it():
    by = {one.id: one for one in course_hours("paramedic", DAY).ranges}

    assert by["paramedic-standards"].judge(1) == "no_range"
    assert by["emt-paramedic-1998"].beyond == "emt"
    assert [by["emt-paramedic-1998"].judge(hours) for hours in (999, 1000, 1200, 1201)] == [
        "below", "within", "within", "above",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "basis", "last", "gone"),
    [
        ("EMR", "First Responder curriculum of 1995", date(2008, 12, 31), date(2009, 1, 1)),
        ("EMT", "EMT-Basic curriculum of 1994, least classroom hours", date(2011, 12, 31), date(2012, 1, 1)),
    ],
)
def test_a_curriculum_is_shown_until_its_last_day(level, basis, last, gone):
    assert basis in {one[0] for one in ranges(level, last)}
    assert basis not in {one[0] for one in ranges(level, gone)}


@pytest.mark.parametrize(
    ("level", "basis", "first"),
    [
        ("EMR", "National EMS Education Standards", date(2009, 1, 1)),
        ("EMR", "First Responder curriculum of 1995", date(1995, 9, 1)),
        ("EMT", "EMT-Basic curriculum of 1994, least classroom hours", date(1994, 1, 1)),
        ("emt_intermediate_99", "EMT-Intermediate curriculum of 1999", date(1999, 1, 1)),
        ("paramedic", "EMT-Paramedic curriculum of 1998", date(1998, 1, 1)),
    ],
)
def test_a_dated_figure_is_shown_from_its_first_day(level, basis, first):
    assert basis not in {one[0] for one in ranges(level, first - timedelta(days=1))}
    assert basis in {one[0] for one in ranges(level, first)}


def test_what_only_a_consumer_site_says_is_unconfirmed():
    known = {one.id: one for one in course_hours("EMR", DAY).ranges}

    assert known["emr-consumer"].unconfirmed
    assert not known["emr-standards"].unconfirmed


def test_a_state_course_is_not_shown_for_another_state():
    assert [one.place for one in course_hours("VEFR", DAY, place="VT").ranges] == ["VT"]
    assert course_hours("vefr", DAY, place="NH").ranges == ()


# ---------------------------------------------------------------- skill sheets


def test_every_sheet_has_a_source_a_skill_that_exists_and_is_for_training_until_approved():
    sheets = training.sheets_on(DAY)
    assert len(sheets) >= 4
    for sheet in sheets.values():
        assert sheet.source
        assert sheet.skill in skills()
        assert sheet.levels <= set(levels())
        assert not sheet.approved


def test_one_critical_fail_fails_a_sheet_with_every_point():
    sheet = get_sheet("tourniquet", DAY)

    flawless = mark(sheet, done=sheet.steps, critical=[])
    failed = mark(sheet, done=sheet.steps, critical=["bleeding_goes_on"])

    assert flawless.passed
    assert (failed.passed, failed.points, failed.critical) == (False, len(sheet.steps), ("bleeding_goes_on",))
    assert "bleeding" in failed.why


@given(data=st.data())
def test_a_sheet_is_passed_exactly_with_enough_points_and_no_critical_fail(data):
    sheet = data.draw(st.sampled_from(list(training.sheets_on(DAY).values())))
    done = data.draw(st.sets(st.sampled_from(list(sheet.steps))))
    critical = data.draw(st.sets(st.sampled_from(list(sheet.critical))))

    marked = mark(sheet, done=done, critical=critical)

    assert marked.passed == (not critical and len(done) >= sheet.pass_points)
    assert set(marked.critical) == critical


def test_what_is_not_on_the_sheet_cannot_be_marked():
    sheet = get_sheet("tourniquet", DAY)
    for said in ({"done": ["dance"], "critical": []}, {"done": [], "critical": ["yawned"]}):
        with pytest.raises(BadInput, match="not on the sheet"):
            mark(sheet, **said)
    with pytest.raises(BadInput, match="no skill sheet"):
        get_sheet("juggling", DAY)
    with pytest.raises(BadInput, match="no skill sheet"):
        get_sheet("tourniquet", date(2025, 12, 31))


# ---------------------------------------------------------------- completion


def course(level="emr", **more):
    given = {"id": "c1", "programme": "p1", "agency": "mill", "state": "EX", "place_kind": "workplace"}
    given |= {"hours": {"breathing": 20, "bleeding": 28}, "sheets": ("tourniquet",), "start": DAY}
    return Course(level=level, **given | more)


APPROVED = Approval(state="EX", levels=frozenset({"emr"}), start=date(2026, 1, 1), source="test")
FULL = (
    Attended(session="s1", day=DAY, topic="breathing", hours=20, instructor_qualified=True),
    Attended(session="s2", day=DAY, topic="bleeding", hours=28, instructor_qualified=True),
)


def complete(**more):
    given = {"attended": FULL, "passed": {"tourniquet"}, "approvals": [APPROVED], "on": LAST}
    return completion(more.pop("course", course()), **given | more)


def test_all_hours_and_sheets_in_an_approved_programme_make_somebody_eligible():
    found = complete()

    assert (found.completed, found.eligible, found.progress) == (True, True, 1.0)
    assert found.missing == ()


@pytest.mark.parametrize(
    ("approval", "day", "eligible"),
    [
        (APPROVED, date(2026, 1, 1), True),
        (APPROVED, date(2025, 12, 31), False),
        (Approval(state="EX", levels=frozenset({"emr"}), start=DAY, end=LAST), LAST - timedelta(days=1), True),
        (Approval(state="EX", levels=frozenset({"emr"}), start=DAY, end=LAST), LAST, False),
        (Approval(state="EX", levels=frozenset({"emt"}), start=date(2020, 1, 1)), LAST, False),
        (Approval(state="KS", levels=frozenset({"emr"}), start=date(2020, 1, 1)), LAST, False),
    ],
)
def test_only_approval_on_the_day_makes_eligible_and_completing_is_kept_apart(approval, day, eligible):
    early = course(start=date(2025, 1, 1))
    attended = [
        Attended(session=one.session, day=date(2025, 2, 1), topic=one.topic, hours=one.hours, instructor_qualified=True)
        for one in FULL
    ]

    found = complete(course=early, attended=attended, approvals=[approval], on=day)

    assert found.completed
    assert found.eligible is eligible
    if not eligible:
        assert "not approved" in found.missing[0]


def test_a_programme_without_any_approval_on_record_makes_nobody_eligible():
    assert not complete(approvals=[]).eligible


@pytest.mark.parametrize(
    ("attended", "said"),
    [
        (FULL[:1], "28 h are missing"),
        (
            (*FULL[:1], Attended(session="s2", day=DAY, topic="bleeding", hours=27.5, instructor_qualified=True)),
            "0.5 h",
        ),
        ((*FULL[:1], Attended(session="s2", day=DAY, topic="heart", hours=28, instructor_qualified=True)), "28 h are"),
        ((), "20 h are missing"),
    ],
)
def test_missing_hours_of_one_topic_are_not_made_up_by_another(attended, said):
    found = complete(attended=attended)

    assert not found.completed
    assert not found.eligible
    assert any(said in one for one in found.missing)
    assert found.progress < 1


def test_a_sheet_not_passed_keeps_a_course_open():
    found = complete(passed=set())

    assert not found.completed
    assert found.missing == ("Skill sheet tourniquet: not passed. It can be tried again.",)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"instructor_qualified": False}, "not qualified"),
        ({"day": DAY - timedelta(days=1)}, "outside the course's days"),
        ({"day": LAST + timedelta(days=1)}, "after"),
        ({"session": "s1"}, "there twice"),
    ],
)
def test_hours_that_do_not_count_are_said_with_their_reason(change, why):
    given = {"session": "s2", "day": DAY, "topic": "bleeding", "hours": 28, "instructor_qualified": True}

    found = complete(attended=(FULL[0], Attended(**given | change)))

    assert not found.completed
    [(hours, said)] = found.uncounted
    assert (hours, why in said) == (28, True)


def test_emr_hours_count_nothing_towards_the_emt_course():
    emt = course("emt", hours={"breathing": 60, "bleeding": 100})
    approval = Approval(state="EX", levels=frozenset({"emt"}), start=date(2026, 1, 1))
    attended = [
        Attended(session="s1", day=DAY, topic="breathing", hours=60, instructor_qualified=True),
        Attended(session="s2", day=DAY, topic="bleeding", hours=40, instructor_qualified=True),
    ]
    given = {"course": emt, "attended": attended, "approvals": [approval]}

    without = complete(**given)
    brought = complete(**given, credits_brought=[Credit(level="emr", hours=60)])

    assert brought.progress == without.progress == 100 / 160
    assert not brought.completed
    assert brought.done == without.done
    [(hours, why)] = brought.uncounted
    assert hours == 60
    assert "not a step of the EMT course" in why


def test_other_earlier_courses_count_nothing_until_a_rule_says_so():
    assert training.credit_for("paramedic", Credit(level="emt", hours=180), DAY)[0] == 0


@pytest.mark.parametrize(
    ("held", "level", "day", "may"),
    [
        (("instructor", "emt"), "emr", DAY, True),
        (("instructor", "emt"), "emt", DAY, True),
        (("instructor", "emt"), "aemt", DAY, False),
        (("instructor", ""), "emr", DAY, False),  # For which level is not known.
        (("licence", "paramedic"), "emr", DAY, False),  # A licence to practise is none to teach.
        (("instructor", "emt"), "emr", date(2025, 12, 31), False),
        (("instructor", "emt"), "emr", date(2026, 12, 31), True),
        (("instructor", "emt"), "emr", date(2027, 1, 1), False),
    ],
)
def test_an_instructor_teaches_up_to_the_level_of_a_credential_that_holds_that_day(held, level, day, may):
    kind, of = held
    issued = Change(what=What.ISSUED, day=date(2026, 1, 1), until=date(2027, 1, 1), position=1)
    one = Credential(id="x", kind=Kind(kind), place="EX", level=of, history=(issued,))

    assert training.may_teach(Person(id="p-1", credentials=(one,)), level, day) is may


def test_a_course_shorter_than_any_basis_is_said_to_be():
    short = completion(course(hours={"breathing": 12}), attended=[], passed=[], approvals=[], on=LAST)
    assert any("fewer than any known basis" in note for note in short.notes)

    older = completion(course(hours={"breathing": 30}), attended=[], passed=[], approvals=[], on=LAST)
    assert any("fewer than these give: National EMS Education Standards" in note for note in older.notes)
    assert not any("any known basis" in note for note in older.notes)


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": "driver"},
        {"level": "wizard"},
        {"place_kind": "cellar"},
        {"hours": {}},
        {"hours": {"poetry": 3}},
        {"hours": {"breathing": 0}},
        {"hours": {"breathing": float("nan")}},
        {"sheets": ("juggling",)},
        {"end": DAY},
    ],
)
def test_a_course_that_could_not_be_held_is_refused_in_words(wrong):
    training.check_course(course())
    with pytest.raises(BadInput) as refused:
        training.check_course(course(**wrong))
    assert refused.value.do

"""Who must be aboard to carry a patient, by place and day; volunteers on call; drops that need a second person."""

from datetime import UTC, date, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.errors import BadInput
from goldenhour.workforce.crews import (
    DROP_NEEDS_SECOND,
    LEVELS,
    Seat,
    answering,
    capability_drop,
    chance_of_answer,
    legal_crew_changes,
    legal_crew_on,
    legal_crew_rules,
    part_of_week,
    seats_of,
)

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("place", "crew", "why"),
    [
        ("MT", ["emt", "emr"], ""),  # Montana: an EMR may be part of a legal crew beside an EMT.
        ("MT", ["paramedic", "emr"], ""),
        ("MT", ["emt", "emt"], ""),
        ("MT", ["emr", "emr"], "has only an EMR for the patient, and a transport needs an EMT or above"),
        ("MT", ["emt", ""], "has no legal crew: beside the attendant a transport needs an EMR or above"),
        ("MT", ["emt"], "has a crew of 1, and a transport needs 2"),
        ("MT", [], "has a crew of 0, and a transport needs 2"),
        ("US", ["emt", ""], ""),  # The model says nothing of who drives.
        ("US", ["emr", ""], "has only an EMR for the patient, and a transport needs an EMT or above"),
        ("US", ["", ""], "has nobody with care for the patient, and a transport needs an EMT or above"),
        ("US", ["", "paramedic"], ""),  # In whatever order they sit.
    ],
)
def test_who_may_carry_a_patient_is_the_places_rule(place, crew, why):
    assert legal_crew_on(place, TODAY).why_not(crew) == why


@pytest.mark.parametrize(
    ("place", "day", "unconfirmed", "others"),
    [
        ("MT", date(2026, 5, 12), False, "emr"),  # The first day Montana's rule is known.
        ("MT", date(2026, 5, 11), True, ""),  # The day before: unknown, the country's model stands in.
        ("EX", date(2019, 6, 1), False, "emr"),
        ("EX", date(2019, 5, 31), True, ""),
        ("OR", TODAY, True, ""),  # No rule of Oregon is known.
        ("", TODAY, True, ""),
        ("US", date(2019, 2, 1), False, ""),
        ("US", date(2019, 1, 31), True, ""),
    ],
)
def test_where_no_rule_is_known_the_countrys_model_counts_and_is_marked(place, day, unconfirmed, others):
    found = legal_crew_on(place, day)

    assert (found.unconfirmed, found.others) == (unconfirmed, others)
    assert found.source


@given(
    crew=st.lists(st.sampled_from(["", *LEVELS]), max_size=4), day=st.dates(), place=st.sampled_from(["MT", "OR", "US"])
)
def test_nobody_below_an_emt_is_ever_alone_with_a_patient(crew, day, place):
    if legal_crew_on(place, day).why_not(crew) == "":
        assert set(crew) & {"emt", "aemt", "paramedic"}
        assert len(crew) >= 2


@given(crew=st.lists(st.sampled_from(["", *LEVELS]), max_size=3), more=st.sampled_from(["", *LEVELS]))
def test_one_more_aboard_never_takes_the_right_to_transport_away(crew, more):
    legal = legal_crew_on("MT", TODAY)

    assert legal.why_not(crew) != "" or legal.why_not([*crew, more]) == ""


def test_every_shipped_rule_has_its_source_and_a_days_change_is_known():
    assert all(rule.source for rule in legal_crew_rules())
    assert legal_crew_changes("MT") == [date(2019, 2, 1), date(2026, 5, 12)]
    assert legal_crew_changes("OR") == [date(2019, 2, 1)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("members: 2", "members: 0"), "members above 0"),
        (("attendant: emt", "attendant: wizard"), "Levels: emr"),
        (('source: "US 1"', 'source: ""'), "has no source"),
        (("place: EX", "place: US"), "speaks of the same place on the same days"),
    ],
)
def test_a_wrong_rule_of_legal_crews_is_refused(tmp_path, change, said):
    text = """crews:
  - {id: us, tier: national, place: US, from: 2019-01-01, members: 2, attendant: emt, source: "US 1"}
  - {id: ex, tier: state, place: EX, from: 2020-01-01, members: 2, attendant: emt, others: emr, source: "EX 1"}
"""
    assert change[0] in text
    (tmp_path / "crews.yaml").write_text(text.replace(*change, 1))
    with pytest.raises(BadInput) as refusal:
        legal_crew_rules(tmp_path / "crews.yaml")
    assert said in str(refusal.value)


def test_a_unit_that_nobody_described_has_a_seat_a_head_the_highest_first():
    seats = seats_of("ems/E1", ("emt", "paramedic"), 4)

    assert [(one.name, one.level) for one in seats] == [
        ("attendant", "paramedic"), ("driver", "emt"), ("seat_3", ""), ("seat_4", ""),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="unknown care level"):
        Seat(unit="ems/E1", name="attendant", level="wizard")


@pytest.mark.parametrize(
    ("when", "part"),
    [
        (datetime(2026, 3, 6, 5, 59), "night"),
        (datetime(2026, 3, 6, 6), "weekday_day"),  # A Friday.
        (datetime(2026, 3, 6, 17, 59), "weekday_day"),
        (datetime(2026, 3, 6, 18), "evening"),
        (datetime(2026, 3, 7, 12), "weekend_day"),
        (datetime(2026, 3, 8, 0), "night"),
    ],
)
def test_volunteers_answer_by_the_part_of_the_week_on_the_local_clock(when, part):
    here = ZoneInfo("America/Denver")
    assert part_of_week(when.replace(tzinfo=here).astimezone(UTC), here) == part
    found = answering(when.replace(tzinfo=here), here)
    assert 0.8 < found.answers < 1
    assert found.turnout_s_p90 > found.turnout_s_p50 > 67  # Longer than a career crew's.


@given(chances=st.lists(st.floats(0, 1), max_size=5), needed=st.integers(0, 6))
def test_the_chance_that_enough_answer_is_that_of_every_combination(chances, needed):
    plain = 0.0
    for answer in product([True, False], repeat=len(chances)):
        if sum(answer) >= needed:
            one = 1.0
            for chance, came in zip(chances, answer, strict=True):
                one *= chance if came else 1 - chance
            plain += one

    assert chance_of_answer(chances, needed) == pytest.approx(plain, abs=1e-9)


def test_a_drop_is_the_worst_over_what_is_counted_and_a_gain_is_none():
    twenty = [["emt", "transport"]] * 20
    one_less = [*twenty[1:], ["emt"]]

    assert capability_drop(twenty, twenty) == 0
    assert capability_drop(twenty, one_less) == pytest.approx(0.05)
    assert capability_drop(twenty, one_less) <= DROP_NEEDS_SECOND + 1e-9
    assert capability_drop(twenty, [*twenty[2:], ["emt"], ["emt"]]) > DROP_NEEDS_SECOND
    assert capability_drop([["emt"], ["emt", "paramedic"]], [["emt"], ["emt"]]) == 1  # The only paramedic.
    assert capability_drop([["emt"]], [["emt", "paramedic"]]) == 0
    assert capability_drop([["emt", "emt"]], [["emt"]]) == 0.5
    assert capability_drop([], []) == 0

"""Shifts are written as people say them and read on the local clock; a roster's faults are said in words."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goldenhour.errors import BadInput
from goldenhour.workforce.shifts import Duty, Shifts, conflicts, fatigue_rules, gaps, limits_on, tired

HERE = ZoneInfo("America/Los_Angeles")


def local(*when):
    return datetime(*when, tzinfo=HERE)


@pytest.mark.parametrize(
    ("text", "when", "on_duty"),
    [
        ("", (2026, 3, 2, 3), True),  # Nothing written: always.
        ("Mon-Sun 07:00-19:00", (2026, 3, 2, 7), True),
        ("Mon-Sun 07:00-19:00", (2026, 3, 2, 6, 59), False),
        ("Mon-Sun 07:00-19:00", (2026, 3, 2, 19), False),  # The end is not on duty.
        ("Fri 19:00-07:00", (2026, 3, 7, 6, 59), True),  # Saturday morning, Friday's crew.
        ("Fri 19:00-07:00", (2026, 3, 6, 6, 59), False),
        ("Sat-Mon 08:00-16:00", (2026, 3, 8, 12), True),  # Over the week's end.
        ("Sat-Mon 08:00-16:00", (2026, 3, 10, 12), False),
        ("Mon 00:00-24:00", (2026, 3, 2, 23, 59), True),
        ("Mon,Wed 08:00-16:00;Tue 20:00-22:00", (2026, 3, 3, 21), True),
    ],
)
def test_a_unit_is_on_duty_in_its_hours(text, when, on_duty):
    assert Shifts.parse(text).on_duty(local(*when), HERE) is on_duty


@pytest.mark.parametrize(
    ("night", "hours"),
    [((2026, 3, 7), 11), ((2026, 10, 31), 13), ((2026, 6, 6), 12)],  # Clocks forward, back, and not at all.
)
def test_a_night_shift_is_as_long_as_the_clock_on_the_wall_makes_it(night, hours):
    start = local(*night, 12)

    spans = Shifts.parse("Sat 19:00-07:00").spans(start, start + timedelta(days=1, hours=6), HERE)

    assert [to - begin for begin, to in spans] == [timedelta(hours=hours)]


def test_spans_touching_each_other_are_one_and_are_cut_to_the_asked_time():
    shifts = Shifts.parse("Mon-Sun 07:00-19:00;Mon-Sun 19:00-07:00")
    start, end = local(2026, 3, 6), local(2026, 3, 10)

    assert shifts.spans(start, end, HERE) == [(start.astimezone(UTC), end.astimezone(UTC))]
    assert shifts.next_change(start, HERE) is None


def test_the_next_change_is_told():
    assert Shifts.parse("Mon-Fri 07:00-19:00").next_change(local(2026, 3, 6, 20), HERE) == local(2026, 3, 9, 7)


@pytest.mark.parametrize("text", ["always", "Mon 7-19", "Mun 07:00-19:00", "Mon 25:00-26:00", "Mon"])
def test_what_is_no_shift_is_refused_with_an_example(text):
    with pytest.raises(BadInput, match=r'units.csv line 4: .* is not a shift. Write days and hours such as "Mon-Fri'):
        Shifts.parse(text, where="units.csv line 4")


# ---------------------------------------------------------------- rosters


def duty(person, unit, seat, start, end):
    return Duty(person=person, unit=unit, seat=seat, start=local(*start), end=local(*end))


def test_nobody_is_in_two_places_and_a_seat_holds_one():
    roster = [
        duty("p-1", "ems/M12", "attendant", (2026, 3, 2, 7), (2026, 3, 2, 19)),
        duty("p-1", "ems/M11", "driver", (2026, 3, 2, 18), (2026, 3, 3, 6)),
        duty("p-2", "ems/M12", "attendant", (2026, 3, 2, 12), (2026, 3, 2, 13)),
        duty("p-3", "ems/M12", "attendant", (2026, 3, 2, 19), (2026, 3, 3, 7)),  # Touches: relieved.
    ]

    found = conflicts(roster, HERE)

    assert [(one.kind, one.grave) for one in found] == [("seat_taken", True), ("two_places", True)]
    assert found[0].what == "attendant of ems/M12 is given to p-1 and to p-2 (Mon 2 Mar 12:00 to 13:00)."
    assert found[1].what == (
        "p-1 is rostered for attendant of ems/M12 and for driver of ems/M11 (Mon 2 Mar 18:00 to 19:00)."
    )


def test_a_gap_is_a_required_seat_without_anybody_while_the_unit_is_staffed():
    hours = {"ems/M12": Shifts.parse("Mon 07:00-19:00").spans(local(2026, 3, 1), local(2026, 3, 4), HERE)}
    roster = [
        duty("p-1", "ems/M12", "attendant", (2026, 3, 2, 6), (2026, 3, 2, 9)),
        duty("p-2", "ems/M12", "attendant", (2026, 3, 2, 10), (2026, 3, 2, 21)),
        duty("p-3", "ems/M12", "driver", (2026, 3, 2, 7), (2026, 3, 2, 19)),
    ]

    found = gaps({"ems/M12": ["attendant", "driver"]}, hours, roster, HERE)

    assert [one.what for one in found] == ["attendant of ems/M12 has nobody (Mon 2 Mar 09:00 to 10:00)."]
    assert gaps({"ems/M12": ["driver"]}, hours, roster, HERE) == []
    assert gaps({"ems/M99": ["driver"]}, hours, roster, HERE) == []  # Nobody staffs it: nothing is missing.


@pytest.mark.parametrize(
    ("day", "under_h"),
    [(date(2018, 1, 10), None), (date(2018, 1, 11), 24)],  # The day before and the day it was recommended.
)
def test_the_length_of_a_duty_is_a_dated_rule(day, under_h):
    assert limits_on("EX", day).on_duty_under_h == under_h


@pytest.mark.parametrize(("ends", "kinds"), [((2026, 3, 3, 6, 59), []), ((2026, 3, 3, 7), ["long_duty"])])
def test_a_day_on_end_is_too_long_and_a_minute_less_is_not(ends, kinds):
    limits = limits_on("EX", date(2026, 3, 2))
    halves = [
        duty("p-1", "ems/M12", "attendant", (2026, 3, 2, 7), (2026, 3, 2, 19)),
        duty("p-1", "ems/M11", "driver", (2026, 3, 2, 19), ends),  # Another unit: on duty all the same.
    ]

    found = tired(halves, limits, HERE)

    assert [one.kind for one in found] == kinds
    assert all("Patterson" in one.source for one in found)


@pytest.mark.parametrize(("begins", "kinds"), [((2026, 3, 3, 3), []), ((2026, 3, 3, 2, 59), ["short_rest"])])
def test_a_rest_shorter_than_the_agencys_own_is_said_with_its_source(begins, kinds):
    limits = limits_on("EX", date(2026, 3, 2))
    own = [
        duty("p-1", "ems/M12", "attendant", (2026, 3, 2, 7), (2026, 3, 2, 19)),
        duty("p-1", "ems/M12", "attendant", begins, (2026, 3, 3, 12)),
        duty("p-2", "ems/M12", "driver", (2026, 3, 2, 20), (2026, 3, 3, 3)),  # Others' duties are not theirs.
    ]

    found = tired(own, limits, HERE)

    assert [one.kind for one in found] == kinds
    assert all("Agency's own choice" in one.source for one in found)


def test_a_week_of_too_many_hours_is_said_once_it_is_one():
    limits = limits_on("EX", date(2026, 3, 2))
    five = [duty("p-1", "ems/M12", "attendant", (2026, 3, day, 7), (2026, 3, day, 19)) for day in range(2, 7)]
    six = [*five, duty("p-1", "ems/M12", "attendant", (2026, 3, 7, 7), (2026, 3, 7, 8))]

    assert tired(five, limits, HERE) == []  # 60 hours: at most is not over.
    assert [one.kind for one in tired(six, limits, HERE)] == ["long_week"]


def test_a_nearer_tiers_fatigue_rule_goes_before_and_a_wrong_one_is_refused(tmp_path):
    text = """fatigue:
  - {id: us, tier: national, place: US, from: 2018-01-01, on_duty_under_h: 24, rest_h: 8, source: "US 1"}
  - {id: ex, tier: state, place: EX, from: 2020-01-01, rest_h: 10, source: "EX 1"}
"""
    (tmp_path / "f.yaml").write_text(text)
    rules = fatigue_rules(tmp_path / "f.yaml")

    assert limits_on("EX", date(2019, 12, 31), rules).rest_h == 8
    assert limits_on("EX", date(2020, 1, 1), rules).rest_h == 10
    assert limits_on("EX/town", date(2020, 1, 1), rules).source("rest_h") == "EX 1"
    assert limits_on("MT", date(2020, 1, 1), rules).rest_h == 8
    assert limits_on("EX", date(2017, 12, 31), rules).rest_h is None  # No rule: nothing is claimed.
    (tmp_path / "g.yaml").write_text(text.replace("rest_h: 10", "rest_h: 0"))
    with pytest.raises(BadInput, match="above 0"):
        fatigue_rules(tmp_path / "g.yaml")


def test_a_duty_that_ends_before_it_starts_is_no_duty():
    with pytest.raises(ValueError, match="must end after it starts"):
        duty("p-1", "ems/M12", "attendant", (2026, 3, 2, 7), (2026, 3, 2, 7))
    with pytest.raises(ValueError, match="with offsets"):
        Duty(person="p-1", unit="u", seat="s", start=datetime(2026, 3, 2, 7), end=datetime(2026, 3, 2, 8))


spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda one: (one[0], one[0] + one[1])), max_size=8
)


@given(hours=spans, taken=spans)
@example(hours=[(0, 10)], taken=[(2, 3), (3, 5)])
def test_what_is_staffed_is_taken_or_a_gap_to_the_hour(hours, taken):
    def at(hour):
        return datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=hour)

    staffed = {"u": [(at(start), at(end)) for start, end in hours]}
    roster = [
        Duty(person=f"p-{n}", unit="u", seat="driver", start=at(start), end=at(end))
        for n, (start, end) in enumerate(taken)
    ]

    found = gaps({"u": ["driver"]}, staffed, roster, HERE)

    for hour in range(75):
        moment = at(hour + 0.5)
        open_ = any(start <= hour < end for start, end in hours) and not any(
            start <= hour < end for start, end in taken
        )
        assert any(one.start <= moment < one.end for one in found) == open_

"""Shifts are written as people say them and read on the local clock, also when clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from goldenhour.errors import BadInput
from goldenhour.workforce.shifts import Shifts

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

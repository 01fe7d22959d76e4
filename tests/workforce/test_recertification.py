"""Renewing: what is asked by the day a term ends, what counts, what is missing."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.errors import BadInput
from goldenhour.workforce.recertification import Hours, get_requirement, progress, requirements, term_start

ENDS = date(2024, 3, 31)  # Under NCCP 2016.
IN_TERM = date(2023, 6, 1)


def asked(level="EMT", ends=ENDS, authority="nremt", model=""):
    return get_requirement(authority, level, ends, model=model)


def hours(count, component="national", id=None, **more):
    return Hours(
        id=id or f"{component}-{count}-{more}", day=more.pop("day", IN_TERM), hours=count, component=component, **more
    )


def done(*given, level="EMT", ends=ENDS, **more):
    return progress(asked(level, ends), given, ends=ends, **more)


FULL = (hours(20), hours(10, "local"), hours(10, "individual"))


# ---------------------------------------------------------------- what is asked


@pytest.mark.parametrize(
    ("level", "total", "national", "local", "individual", "cap"),
    [
        ("EMR", 16, 8, 4, 4, 10),
        ("EMT", 40, 20, 10, 10, 24),
        ("AEMT", 50, 25, 12.5, 12.5, 28.5),
        ("Paramedic", 60, 30, 15, 15, 35),
    ],
)
def test_the_hours_of_the_model_of_2016(level, total, national, local, individual, cap):
    found = asked(level)

    assert (found.model, found.total, found.cycle_years, found.distributive_max) == ("NCCP 2016", total, 2, cap)
    assert dict(found.parts) == {"national": national, "local": local, "individual": individual}


@pytest.mark.parametrize(("level", "total"), [("EMR", 16), ("EMT", 40), ("AEMT", 50), ("Paramedic", 60)])
def test_the_model_of_2025_keeps_the_totals_and_its_split_is_known_for_paramedics_only(level, total):
    found = asked(level, date(2027, 3, 31))

    assert (found.model, found.total) == ("NCCP 2025", total)
    assert found.split_known == (level == "Paramedic")
    assert found.distributive_max is None


@pytest.mark.parametrize(
    ("ends", "models"),
    [
        (date(2015, 12, 31), ["traditional"]),
        (date(2016, 1, 1), ["NCCP 2016", "traditional"]),
        (date(2019, 3, 31), ["NCCP 2016", "traditional"]),
        (date(2019, 4, 1), ["NCCP 2016"]),
        (date(2024, 12, 31), ["NCCP 2016"]),
        (date(2025, 1, 1), ["NCCP 2025"]),
        (date(1979, 12, 31), []),
    ],
)
def test_which_models_hold_on_each_side_of_each_date(ends, models):
    assert [one.model for one in requirements("NREMT", "EMT", ends)] == models


def test_the_traditional_model_asks_72_hours_and_knows_no_emr():
    assert asked(ends=date(2018, 3, 31), model="traditional").total == 72
    with pytest.raises(BadInput):
        asked("EMR", date(2018, 3, 31), model="traditional")


@pytest.mark.parametrize(
    ("state", "level", "total"),
    [
        ("KS", "EMR", 16), ("KS", "EMT", 28), ("KS", "AEMT", 44), ("KS", "paramedic", 60),
        ("MO", "EMT", 100), ("MO", "EMT-Intermediate", 144), ("MO", "paramedic", 144), ("AK", "emt_1", 48),
    ],
)  # fmt: skip
def test_a_state_asks_its_own_hours_from_the_first_known_day(state, level, total):
    assert asked(level, date(2026, 5, 12), state).total == total
    assert requirements(state, level, date(2026, 5, 11)) == ()


def test_what_is_not_recorded_is_refused_and_never_nothing():
    with pytest.raises(BadInput, match="not recorded"):
        asked(authority="VT")
    with pytest.raises(BadInput, match="How long a term"):
        term_start(asked("EMT", date(2026, 12, 31), "MO"), date(2026, 12, 31))


def test_an_older_text_is_said_to_be_unconfirmed():
    requirement = asked("emt_1", date(2026, 12, 31), "AK")
    assert requirement.unconfirmed
    assert any("UNCONFIRMED" in note for note in progress(requirement, [], ends=date(2026, 12, 31)).notes)


def test_a_term_of_two_years_begins_the_day_after_the_one_before_ended():
    assert term_start(asked(), ENDS) == date(2022, 4, 1)
    assert term_start(asked(), date(2024, 2, 28)) == date(2022, 3, 1)  # The day after is 29 February.


# ---------------------------------------------------------------- what counts


def test_all_components_filled_is_done():
    found = done(*FULL)

    assert (found.done, found.fraction, found.missing, found.uncounted) == (True, 1.0, (), ())


def test_nothing_done_is_nothing_and_everything_is_missing():
    found = done()

    assert (found.done, found.counted, found.fraction) == (False, 0, 0)
    assert found.missing == (
        "national: 20 of 20 h are missing.", "local: 10 of 10 h are missing.", "individual: 10 of 10 h are missing.",
    )  # fmt: skip


def test_hours_of_one_component_do_not_fill_another():
    found = done(hours(40))

    assert found.counted == 20
    assert not found.done
    assert found.uncounted == ((hours(40).id, 20, "national is full with 20 h."),)


@pytest.mark.parametrize(
    ("day", "counts"),
    [(date(2022, 3, 31), 0), (date(2022, 4, 1), 1), (ENDS, 1), (ENDS + timedelta(days=1), 0)],
)
def test_hours_count_within_the_term_only(day, counts):
    found = done(hours(1, day=day))

    assert found.counted == counts
    assert len(found.uncounted) == 1 - counts


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (hours(1, accredited=False), "not accepted"),
        (hours(1, "astrology"), "knows national, local, individual"),
        (hours(1, ""), "no component"),
    ],
)
def test_hours_that_count_for_nothing_say_why(one, why):
    found = done(one)

    assert found.counted == 0
    assert why in found.uncounted[0][2]


def test_the_same_hours_entered_twice_count_once():
    found = done(hours(4, id="x"), hours(4, id="x"))

    assert found.counted == 4
    assert "twice" in found.uncounted[0][2]


def test_hours_without_an_instructor_count_up_to_the_cap():
    alone = [hours(20, format="distributive"), hours(10, "local", format="distributive")]

    found = done(*alone, hours(10, "individual"))

    assert found.distributive_counted == 24
    assert found.counted == 34
    assert found.missing == ("local: 6 of 10 h are missing.",)
    assert "cap" in found.uncounted[0][2]


def test_hours_with_an_instructor_go_before_those_without():
    found = done(hours(20, format="distributive"), hours(15))

    assert (found.counted, found.distributive_counted) == (20, 5)


def test_where_no_cap_is_recorded_none_is_applied_and_that_is_said():
    found = done(hours(60, format="distributive"), level="paramedic", ends=date(2027, 3, 31), start=date(2022, 1, 1))

    assert found.counted == 30
    assert any("cap" in note for note in found.notes)


def test_a_total_without_a_split_takes_hours_of_any_component():
    found = done(hours(16, ""), level="EMR", ends=date(2027, 3, 31), start=date(2023, 1, 1))

    assert found.done
    assert any("split" in note for note in found.notes)


def test_a_tenth_of_the_national_hours_of_a_paramedic_must_be_about_children():
    ends, day = date(2027, 3, 31), date(2026, 6, 1)
    rest = [hours(15, "local", day=day), hours(15, "individual", day=day)]

    without = done(hours(30, day=day), *rest, level="paramedic", ends=ends)
    exactly = done(hours(27, day=day), hours(3, day=day, about_children=True), *rest, level="paramedic", ends=ends)

    assert without.fraction == 1
    assert not without.done
    assert "3 h of the national component must be about children" in without.missing[0]
    assert exactly.done


def test_hours_that_are_none_cannot_be_entered():
    for wrong in (0, -1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="above 0"):
            hours(wrong)


ENTRY = st.tuples(
    st.sampled_from(["national", "local", "individual"]),
    st.sampled_from(["in_person", "distributive"]),
    st.integers(1, 30),
)


def best(entries, parts, cap):
    """The most hours that can count, by trying every share of the cap in whole hours."""
    live = {name: sum(h for c, f, h in entries if (c, f) == (name, "in_person")) for name in parts}
    alone = {name: sum(h for c, f, h in entries if (c, f) == (name, "distributive")) for name in parts}
    most = 0
    for a in range(cap + 1):
        for b in range(cap + 1 - a):
            shares = dict(zip(parts, (a, b, cap - a - b), strict=True))
            most = max(most, sum(min(need, live[n] + min(alone[n], shares[n])) for n, need in parts.items()))
    return most


@given(entries=st.lists(ENTRY, max_size=8))
def test_as_many_hours_count_as_any_choice_of_them_could(entries):
    given_hours = [hours(h, c, id=str(n), format=f) for n, (c, f, h) in enumerate(entries)]

    found = done(*given_hours)

    assert found.counted == best(entries, {"national": 20, "local": 10, "individual": 10}, 24)
    assert found.distributive_counted <= 24
    assert all(0 <= part.counted <= part.asked for part in found.parts)
    assert found.counted + sum(h for _, h, _ in found.uncounted) == sum(h for _, _, h in entries)


@given(entries=st.lists(ENTRY, max_size=8))
def test_more_hours_never_count_less(entries):
    counted = [
        done(*(hours(h, c, id=str(n), format=f) for n, (c, f, h) in enumerate(entries[:upto]))).counted
        for upto in range(len(entries) + 1)
    ]
    assert all(before <= after for before, after in pairwise(counted))

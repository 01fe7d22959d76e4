"""Workplace response teams: who is on site when, and minutes gained against hours away from work."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.errors import BadInput
from goldenhour.workforce.response_teams import Presence, coverage, worth

START = datetime(2026, 6, 1, 6, tzinfo=UTC)


def at(hour):
    return START + timedelta(hours=hour)


def here(person, start, end):
    return Presence(person=person, start=at(start), end=at(end))


ALWAYS = {name: [(at(-100), at(1000))] for name in "abc"}
SHIFT = [(at(0), at(8))]


def test_a_shift_with_a_member_all_the_time_is_covered():
    found = coverage(SHIFT, [here("a", -1, 5), here("b", 4, 9)], holds=ALWAYS)

    assert (found.hours, found.covered_hours, found.fraction, found.gaps) == (8, 8, 1, ())
    assert [one.who for one in found.stretches] == [("a",), ("a", "b"), ("b",)]


def test_a_gap_is_named_with_its_hours():
    found = coverage(SHIFT, [here("a", 0, 3), here("b", 5, 8)], holds=ALWAYS)

    assert found.gaps == ((at(3), at(5)),)
    assert found.fraction == 0.75


def test_two_asked_for_and_one_there_is_not_enough():
    assert coverage(SHIFT, [here("a", 0, 8)], holds=ALWAYS, least=2).fraction == 0
    assert coverage(SHIFT, [here("a", 0, 8), here("b", 0, 4)], holds=ALWAYS, least=2).fraction == 0.5


def test_a_member_whose_licence_ends_during_the_shift_counts_until_then():
    holds = {"a": [(at(-100), at(6))]}

    found = coverage(SHIFT, [here("a", 0, 8)], holds=holds)

    assert found.gaps == ((at(6), at(8)),)
    assert found.stretches[-1].not_counted == ("a",)


def test_a_member_of_whom_nothing_is_known_counts_never():
    assert coverage(SHIFT, [here("a", 0, 8)], holds={}).fraction == 0


def test_a_shift_without_anybody_is_a_gap_and_no_time_is_no_fraction():
    assert coverage(SHIFT, [], holds={}).gaps == ((at(0), at(8)),)
    assert coverage([], [here("a", 0, 8)], holds=ALWAYS).fraction is None


def test_at_least_one_member_must_be_asked_for():
    with pytest.raises(BadInput):
        coverage(SHIFT, [], holds={}, least=0)


PRESENCES = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(-2, 10), st.integers(1, 8)).map(
        lambda p: here(p[0], p[1], p[1] + p[2])
    ),
    max_size=8,
)


@given(presences=PRESENCES, least=st.integers(1, 3), ends=st.integers(0, 9))
def test_every_half_hour_is_as_the_plain_count_says(presences, least, ends):
    holds = ALWAYS | {"a": [(at(-100), at(ends))]}

    found = coverage(SHIFT, presences, holds=holds, least=least)

    for half in range(16):
        moment = at(half / 2 + 0.25)
        there = {one.person for one in presences if one.start <= moment < one.end}
        counted = {one for one in there if one != "a" or moment < at(ends)}
        stretch = next(one for one in found.stretches if one.start <= moment < one.end)
        assert set(stretch.who) == counted
        assert set(stretch.not_counted) == there - counted
        assert stretch.enough == (len(counted) >= least)
    assert found.hours == 8


# ---------------------------------------------------------------- worth


def ask(**more):
    given = {"emergencies_per_year": 12, "ambulance_min": 18, "team_min": 3, "covered": 0.5, "members": 4}
    given |= {"training_h_per_member": 24, "responders_per_call": 2, "away_min_per_call": 30}
    return worth(**given | more)


def test_minutes_gained_and_hours_away_are_those_of_a_year():
    found = ask()

    assert found.gained_min_per_call == 15
    assert found.answered_per_year == 6
    assert found.gained_min_per_year == 90
    assert (found.training_h, found.response_h, found.away_h) == (96, 6, 102)
    assert found.gained_min_per_hour_away == pytest.approx(90 / 102)
    assert "15.0 min sooner in 6.0 emergencies" in found.words


def test_where_the_ambulance_is_as_near_a_team_gains_nothing_and_is_said_to():
    found = ask(ambulance_min=2)

    assert found.gained_min_per_year == 0
    assert "gains no minutes" in found.words
    assert found.away_h > 0


def test_an_uncovered_site_gains_nothing():
    assert ask(covered=0).gained_min_per_year == 0
    assert "until its shifts are covered" in ask(covered=0).words


def test_no_hour_away_gives_no_ratio():
    found = ask(training_h_per_member=0, away_min_per_call=0)
    assert found.gained_min_per_hour_away is None


@given(
    ambulance=st.lists(st.floats(0, 60), min_size=1, max_size=6),
    team=st.lists(st.floats(0, 60), min_size=1, max_size=6),
)
def test_measured_times_gain_the_mean_over_all_pairs_and_never_less_than_the_means_do(ambulance, team):
    gained = ask(ambulance_min=ambulance, team_min=team).gained_min_per_call

    pairs = [max(0.0, far - near) for far in ambulance for near in team]
    assert gained == pytest.approx(sum(pairs) / len(pairs), abs=1e-9)
    assert gained >= sum(ambulance) / len(ambulance) - sum(team) / len(team) - 1e-9


@pytest.mark.parametrize(
    "wrong",
    [
        {"emergencies_per_year": -1},
        {"ambulance_min": float("nan")},
        {"ambulance_min": []},
        {"team_min": [3, float("inf")]},
        {"covered": 1.1},
        {"covered": -0.1},
        {"members": -1},
    ],
)
def test_what_is_no_measure_is_refused_in_words(wrong):
    with pytest.raises(BadInput) as refused:
        ask(**wrong)
    assert next(iter(wrong)) in refused.value.what

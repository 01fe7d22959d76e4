"""Laws, call streams and responses are drawn as service.toml says, or it is refused in words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from goldenhour.errors import BadInput
from goldenhour.roads.draft import Demand
from goldenhour.simulate.clock import FIRST_MONDAY, Clock
from goldenhour.simulate.demand import Luck, call_processing_us, draw_plans, draw_rows, generate, group_types
from goldenhour.simulate.kernels import DESTINATION, SCENE, TURNOUT
from goldenhour.simulate.service import Law, parse

MONDAY = Clock.from_wall(FIRST_MONDAY, "UTC")
SPOT = np.zeros(1)


def somewhere(profile):
    return Demand(lon=SPOT, lat=SPOT, weight=np.ones(1), profile=profile, node=np.zeros(1, np.int32), off_road_km=SPOT)


LAWS = {
    ("exponential", (60.0,)): stats.expon(scale=60.0),
    ("normal", (50.0, 40.0)): stats.truncnorm(-50.0 / 40.0, np.inf, loc=50.0, scale=40.0),
    ("lognormal", (300.0, 0.5)): stats.lognorm(0.5, scale=300.0),
    ("weibull", (2.5, 30.0)): stats.weibull_min(2.5, scale=30.0),
    ("gamma", (2.0, 500.0)): stats.gamma(2.0, scale=500.0),
    ("uniform", (10.0, 20.0)): stats.uniform(10.0, 10.0),
}


@pytest.mark.parametrize("law", LAWS)
@given(u=st.floats(1e-9, 1 - 1e-9))
def test_a_law_inverts_its_distribution(law, u):
    assert Law(*law).at(np.array([u]))[0] == pytest.approx(LAWS[law].ppf(u), rel=1e-6, abs=1e-9)


def test_chances_ranks_and_quantiles_are_drawn_in_their_shares():
    u = (np.arange(1000) + 0.5) / 1000

    assert Law("bernoulli", (0.3,)).at(u).mean() == pytest.approx(0.3)
    assert np.bincount(Law("categorical", (1.0, 2.0, 1.0)).at(u).astype(int)).tolist() == [250, 500, 250]
    assert Law("empirical", (0.0, 10.0, 100.0)).at(np.array([0.25, 0.5, 0.75])).tolist() == [5.0, 10.0, 55.0]
    assert Law("normal", (50.0, 0.0)).at(u).tolist() == [50.0] * 1000


def test_calls_come_at_the_profiles_rate_hour_by_hour():
    profile = np.tile([0.5, 1.5], 84)
    service = parse({"calls_per_day": 480.0})

    calls = generate(service, somewhere(profile), MONDAY, days=70, luck=Luck(1))

    hour = (calls.received_us // 3_600_000_000) % 2
    assert len(calls) == pytest.approx(480 * 70, rel=0.02)
    assert (hour == 1).mean() == pytest.approx(0.75, abs=0.01)
    busy = np.bincount(calls.received_us // 3_600_000_000, minlength=24 * 70)[1::2]
    assert busy.var() / busy.mean() == pytest.approx(1.0, abs=0.15)  # Poisson.
    assert (np.diff(calls.received_us) >= 0).all()


def test_hours_without_calls_stay_empty_and_a_run_may_begin_in_midweek():
    profile = np.zeros(168)
    profile[100:110] = 16.8
    clock = Clock.from_wall(FIRST_MONDAY.replace(day=3, hour=5), "UTC")

    calls = generate(parse({"calls_per_day": 100.0}), somewhere(profile), clock, days=14, luck=Luck(2))

    hours = clock.hour_of_week(calls.received_us)
    assert len(calls) > 1000
    assert ((hours >= 100) & (hours <= 110)).all()


def test_another_law_between_calls_keeps_their_number():
    service = parse({"calls_per_day": 480.0, "draw": [{"quantity": "interarrival", "law": "constant", "value_s": 7.0}]})

    calls = generate(service, somewhere(np.ones(168)), MONDAY, days=2, luck=Luck(0))

    assert set(np.diff(calls.received_us).tolist()) == {180_000_000}


def test_one_more_law_leaves_the_luck_of_the_others_alone():
    laws = [{"quantity": "scene", "law": "exponential", "mean_s": 600}]
    more = [*laws, {"quantity": "turnout", "law": "uniform", "low_s": 0, "high_s": 90}]
    rows = []
    for draw in (laws, more):
        service = parse({"calls_per_day": 100.0, "draw": draw})
        calls = generate(service, somewhere(np.ones(168)), MONDAY, days=1, luck=Luck(4))
        takes = np.ones((len(calls), 2), np.bool_)
        rows.append(draw_rows(service, calls, group_types(service, {"ambulance"}), takes, Luck(4)))

    assert (rows[0][..., SCENE] == rows[1][..., SCENE]).all()
    assert (rows[0][..., TURNOUT] == -1).all()
    assert (rows[1][..., TURNOUT] >= 0).all()
    assert (rows[0][:, 0, :, SCENE] != rows[0][:, 1, :, SCENE]).any()  # Two slots, two lots.


def test_the_most_exact_row_wins():
    service = parse(
        {
            "calls_per_day": 2000.0,
            "priority": {"share": {"1": 0.5, "2": 0.5}},
            "draw": [
                {"quantity": "call_processing", "law": "constant", "value_s": 9},
                {"quantity": "scene", "law": "constant", "value_s": 1},
                {"quantity": "scene", "law": "constant", "value_s": 2, "priority": 1},
                {"quantity": "scene", "law": "constant", "value_s": 3, "unit_type": "engine"},
                {"quantity": "scene", "law": "constant", "value_s": 4, "unit_type": "engine", "hours": [22, 6]},
            ],
        }
    )
    calls = generate(service, somewhere(np.ones(168)), MONDAY, days=1, luck=Luck(4))
    groups = group_types(service, {"ambulance", "engine", "truck"})
    scene = draw_rows(service, calls, groups, np.zeros((len(calls), 1), np.bool_), Luck(4))[:, 0, :, SCENE] / 1e6

    night = ~((calls.received_us // 3_600_000_000 >= 6) & (calls.received_us // 3_600_000_000 < 22))
    assert groups.of_type["ambulance"] == groups.of_type["truck"] != groups.of_type["engine"]
    assert (scene[:, groups.of_type["ambulance"]] == np.where(calls.priority == 1, 2, 1)).all()
    assert (scene[:, groups.of_type["engine"]] == np.where(night, 4, 3)).all()
    assert (call_processing_us(service, calls, Luck(4)) == 9_000_000).all()


def test_what_is_sent_follows_the_shares_of_the_nature_and_priority():
    service = parse(
        {
            "calls_per_day": 5000.0,
            "nature": [
                {"key": "fire", "share": 0.2, "priority": {"1": 1.0}},
                {"key": "fall", "share": 0.8, "priority": {"1": 0.5, "3": 0.5}},
            ],
            "mix": [
                {"nature": "fire", "share": 1.0, "slots": ["engine", "engine", "truck"]},
                {"priority": 1, "share": 0.75, "slots": ["ambulance", "engine"]},
                {"priority": 1, "share": 0.25, "slots": ["ambulance"]},
            ],
        }
    )
    calls = generate(service, somewhere(np.ones(168)), MONDAY, days=2, luck=Luck(4))
    answers, plan = draw_plans(service, calls, Luck(4))
    sent = np.array(["+".join(answers[one]) for one in plan])

    assert (calls.nature == "fire").mean() == pytest.approx(0.2, abs=0.02)
    assert set(sent[calls.nature == "fire"]) == {"engine+engine+truck"}
    falls = sent[(calls.nature == "fall") & (calls.priority == 1)]
    assert (falls == "ambulance+engine").mean() == pytest.approx(0.75, abs=0.03)
    assert set(sent[calls.priority == 3]) == {"ambulance"}  # Nothing is said of these: the usual.


def test_without_a_patient_nobody_is_taken_to_hospital():
    service = parse({"calls_per_day": 500.0, "draw": [{"quantity": "transport", "law": "bernoulli", "p": 0.0}]})
    calls = generate(service, somewhere(np.ones(168)), MONDAY, days=1, luck=Luck(4))

    rows = draw_rows(service, calls, group_types(service, {"ambulance"}), np.ones((len(calls), 1), np.bool_), Luck(4))

    assert (rows[..., DESTINATION] == -1).all()


WRONG = {
    "there is no such law": {"draw": [{"quantity": "scene", "law": "cauchy", "mean_s": 1}]},
    "there is no such quantity": {"draw": [{"quantity": "lunch", "law": "constant", "value_s": 1}]},
    "a time needs seconds": {"draw": [{"quantity": "scene", "law": "exponential", "mean": 1}]},
    "a chance is no time": {"draw": [{"quantity": "transport", "law": "exponential", "mean": 1}]},
    "a chance is at most 1": {"draw": [{"quantity": "transport", "law": "bernoulli", "p": 1.5}]},
    "nothing is negative": {"draw": [{"quantity": "scene", "law": "constant", "value_s": -1}]},
    "quantiles rise": {"draw": [{"quantity": "scene", "law": "empirical", "quantiles_s": [3, 2]}]},
    "no such key": {"draw": [{"quantity": "scene", "law": "constant", "value_s": 1, "colour": "red"}]},
    "no such slot": {"mix": [{"share": 1.0, "slots": ["balloon"]}]},
    "no such priority": {"draw": [{"quantity": "scene", "law": "constant", "value_s": 1, "priority": 7}]},
    "shares add up to something": {"priority": {"share": {"1": 0.0}}},
    "no such table": {"drew": []},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_service_is_refused_with_its_table(wrong):
    with pytest.raises(BadInput) as said:
        parse(WRONG[wrong], "service.toml")

    assert said.value.where.startswith("service.toml")
    assert said.value.do

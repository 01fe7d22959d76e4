"""The decision kernels equal their plain twins, whatever the fleet."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from goldenhour.dispatch import kernels
from goldenhour.fleet.status import Status
from tests.reference import dispatch as plain

ARRIVALS = st.one_of(  # Few different values make ties.
    st.just(plain.CANNOT_US), st.integers(0, 4).map(lambda minutes: minutes * 60_000_000), st.integers(0, 3_600_000_000)
)


@st.composite
def decisions(draw, most_units=6, most_slots=4):
    units = draw(st.integers(0, most_units))
    slots = draw(st.integers(1, most_slots))
    kinds = draw(st.lists(st.integers(0, 2), min_size=slots, max_size=slots))  # Slots of one kind ask for the same.
    able = draw(st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=units, max_size=units))
    targets = draw(st.lists(st.sampled_from([-60_000_000, 0, 120_000_000, 480_000_000]), min_size=3, max_size=3))
    weights = draw(st.lists(st.integers(0, 3), min_size=3, max_size=3))
    required = draw(st.lists(st.booleans(), min_size=3, max_size=3))
    return {
        "able": [[row[kind] for kind in kinds] for row in able],
        "arrive_us": draw(st.lists(ARRIVALS, min_size=units, max_size=units)),
        "outside": draw(st.lists(st.booleans(), min_size=units, max_size=units)),
        "target_us": [targets[kind] for kind in kinds],
        "weight": [weights[kind] for kind in kinds],
        "required": [required[kind] for kind in kinds],
    }


def choose(case):
    slots = len(case["target_us"])
    out = np.full(slots, -7, np.int64)
    filled = kernels.choose(
        np.array(case["able"], np.bool_).reshape(-1, slots),
        np.array(case["arrive_us"], np.int64),
        np.array(case["outside"], np.bool_),
        np.array(case["target_us"], np.int64),
        np.array(case["weight"], np.int64),
        np.array(case["required"], np.bool_),
        out,
    )
    assert filled == (out != kernels.NOBODY).sum()
    return out.tolist()


@given(case=decisions())
@example(  # The nearest engine is also the only rescue: it may not be spent on the other slot.
    case={
        "able": [[True, True], [True, False]],
        "arrive_us": [60_000_000, 300_000_000],
        "outside": [False, False],
        "target_us": [240_000_000, 240_000_000],
        "weight": [1, 1],
        "required": [True, True],
    }
)
def test_the_kernel_sends_whom_the_plain_version_sends(case):
    assert choose(case) == plain.choose(**case)


@given(
    fleet=st.lists(st.tuples(st.booleans(), ARRIVALS), max_size=40),
)
@example(fleet=[(True, 240), (True, 240)])
def test_the_soonest_unit_is_the_plain_versions_soonest(fleet):
    able = [one for one, _ in fleet]
    arrive_us = [us for _, us in fleet]
    expected = plain.first_to_arrive(able, arrive_us)

    assert kernels.first_to_arrive(np.array(able, np.bool_), np.array(arrive_us, np.int64)) == expected
    if fleet:  # One slot of the joint choice is the same question.
        case = {"able": [[one] for one in able], "arrive_us": arrive_us, "outside": [False] * len(fleet),
                "target_us": [0], "weight": [1], "required": [True]}  # fmt: skip
        assert choose(case) == [expected]


@pytest.mark.parametrize("status", list(Status))
def test_only_free_units_and_allowed_diversions_may_go(status):
    allowed = {(3, 1), (2, 1)}
    table = np.zeros((5, 5), np.bool_)
    for pair in allowed:
        table[pair] = True
    for current in range(5):
        for new in range(1, 5):
            assert kernels.may_go(status.code, current, new, table) == plain.may_go(status, current, new, allowed)


def test_a_large_alarm_among_a_large_tied_fleet_is_decided_soon_enough_to_count():
    rng = np.random.default_rng(5)
    units, slots = 200, 8
    able = rng.random((units, slots)) < 0.5
    arrive_us = rng.integers(1, 6, units) * 60_000_000
    out = np.empty(slots, np.int64)

    filled = kernels.choose(able, arrive_us, np.zeros(units, np.bool_), rng.integers(0, 300_000_000, slots),
                            np.ones(slots, np.int64), np.ones(slots, np.bool_), out)  # fmt: skip

    assert filled == slots
    assert len(set(out.tolist())) == slots
    assert all(able[unit, slot] for slot, unit in enumerate(out))


@given(case=decisions(most_units=5, most_slots=3), data=st.data())
def test_lesser_units_and_bridges_are_taken_as_in_the_plain_version(case, data):
    slots = len(case["target_us"])
    rows = st.lists(st.booleans(), min_size=slots, max_size=slots)
    lesser = data.draw(st.lists(rows, min_size=len(case["arrive_us"]), max_size=len(case["arrive_us"])))
    bridges = data.draw(st.lists(st.integers(-1, slots - 1), min_size=slots, max_size=slots))
    bridges = [kernels.NOBODY if main == slot else main for slot, main in enumerate(bridges)]
    units, opened, needless = np.empty(slots, np.int64), np.empty(slots, np.bool_), np.empty(slots, np.bool_)
    arrays = {name: np.array(values) for name, values in case.items() if name != "able"}
    asked = (
        np.array(case["able"], np.bool_).reshape(-1, slots),
        np.array(lesser, np.bool_).reshape(-1, slots),
        arrays["arrive_us"].astype(np.int64),
        arrays["outside"].astype(np.bool_),
        arrays["target_us"],
        arrays["weight"],
        arrays["required"],
    )

    kernels.choose_or_lesser(*asked, units, opened)
    assert (units.tolist(), opened.tolist()) == plain.choose_or_lesser(lesser=lesser, **case)

    filled = kernels.respond(*asked, np.array(bridges, np.int64), units, opened, needless)
    answer = (units.tolist(), opened.tolist(), needless.tolist())
    assert answer == plain.respond(lesser=lesser, bridges=bridges, **case)
    assert filled == (units != kernels.NOBODY).sum()


@pytest.mark.parametrize("seed", range(40))
def test_a_large_choice_is_as_good_as_the_best_assignment_known_to_scipy(seed):
    rng = np.random.default_rng(seed)
    units, slots = int(rng.integers(5, 60)), int(rng.integers(5, 14))
    able = rng.random((units, slots)) < rng.uniform(0.1, 0.9)
    arrive_us = rng.integers(1, 900, units) * 1_000_000
    nobody = 10**15
    cost = np.full((slots, units + slots), nobody)
    cost[:, :units] = np.where(able.T, arrive_us, 2 * nobody)
    rows, columns = linear_sum_assignment(cost)
    best = cost[rows, columns]
    out = np.empty(slots, np.int64)

    filled = kernels.choose(able, arrive_us, np.zeros(units, np.bool_), np.zeros(slots, np.int64),
                            np.zeros(slots, np.int64), np.ones(slots, np.bool_), out)  # fmt: skip

    assert filled == (best < nobody).sum()
    assert arrive_us[out[out != kernels.NOBODY]].sum() == best[best < nobody].sum()


@given(case=decisions(), data=st.data())
def test_the_order_of_the_slots_does_not_change_who_is_sent(case, data):
    order = data.draw(st.permutations(range(len(case["target_us"]))))
    turned = case | {name: [case[name][slot] for slot in order] for name in ("target_us", "weight", "required")}
    turned["able"] = [[row[slot] for slot in order] for row in case["able"]]

    assert sorted(choose(case)) == sorted(choose(turned))

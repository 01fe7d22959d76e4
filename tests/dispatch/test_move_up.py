"""Move-up: the kernel equals its twin, and what is proposed is worth it."""

from datetime import date

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from goldenhour.dispatch.cover_kernels import moves
from goldenhour.dispatch.move_up import WHOLE, cover_on, load_cover, parts_of, propose
from tests.reference import cover as plain


@st.composite
def places(draw):
    units, posts, points = (draw(st.integers(1, 5)) for _ in range(3))
    rows = st.lists(st.booleans(), min_size=points, max_size=points)
    return (
        draw(st.lists(rows, min_size=units, max_size=units)),
        draw(st.lists(rows, min_size=posts, max_size=posts)),
        draw(st.lists(st.integers(0, 3), min_size=points, max_size=points)),
    )


@given(where=places())
@example(where=([[True, False], [True, False]], [[False, True]], [2, 3]))  # Either may go: it costs nothing.
def test_the_kernel_says_what_trying_each_move_says(where):
    near, reach, demand = where
    wins, costs = np.empty((2, len(near), len(reach)), np.int64)

    covered = moves(np.array(near), np.array(reach), np.array(demand, np.int64), wins, costs)

    assert (covered, wins.tolist(), costs.tolist()) == plain.moves(near, reach, demand)


RULE = cover_on(load_cover(), date(2026, 1, 1))
# Two units at the town (points 0, 1), nobody in the village (point 2).
NEAR = np.array([[True, True, False], [True, True, False]])
REACH = np.array([[True, True, False], [False, False, True]])
DEMAND = parts_of(np.array([5.0, 3.0, 2.0]))


def proposed(drive_us=((0, 600_000_000), (0, 300_000_000)), **more):
    found = propose(
        ["A", "B"], ["town", "village"], near=NEAR, reach=REACH, demand=DEMAND,
        drive_us=np.array(drive_us, np.int64), rule=RULE, **more,
    )  # fmt: skip
    return found, [(one.unit, one.post, one.wins, one.costs, one.drive_s) for one in found.moves]


def test_the_nearer_of_two_goes_to_the_village_and_costs_nothing():
    found, moved = proposed()

    assert found.covered == 0.8
    assert moved == [("B", "village", 0.2, 0.0, 300.0)]  # One move for one post.
    assert found.moves[0].after == 1.0
    assert DEMAND.sum() == WHOLE


def test_what_was_declined_or_is_too_far_is_not_proposed():
    assert [one[:2] for one in proposed(not_again={("B", "village")})[1]] == [("A", "village")]
    assert proposed(drive_us=((0, 3_000_000_000), (0, 3_000_000_000)))[1] == []

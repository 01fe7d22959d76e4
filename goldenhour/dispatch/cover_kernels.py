"""What a move of one unit wins and costs in cover, for every unit and post at once.

The plain twin stands in tests/reference/cover.py.
"""

import numpy as np
from numpy.typing import NDArray

from goldenhour.compiled import kernel


@kernel
def moves(
    near: NDArray[np.bool_],
    reach: NDArray[np.bool_],
    demand: NDArray[np.int64],
    out_wins: NDArray[np.int64],
    out_costs: NDArray[np.int64],
) -> int:
    """Fill in what each move wins and costs; return the demand that is covered as the units stand.

    Shapes: near (units, points), which points a unit covers from where it stands or is going; reach (posts, points),
    which it would from a post; demand (points,), none negative, its sum within an int64; out_wins and out_costs
    (units, posts), in the unit of demand. Wins: demand that nobody covers and the unit would from the post. Costs:
    demand that it alone covers and would not from there.

    A point nobody covers adds to the wins of every post near it; a point that one unit alone covers is what that unit
    takes away unless the post covers it too. A point that two or more cover changes nothing. So: units * points +
    (points that matter) * posts steps.
    """
    units, points = near.shape
    posts = reach.shape[0]
    out_wins[:] = 0
    out_costs[:] = 0
    covered = 0
    for d in range(points):
        count, alone = 0, -1
        for u in range(units):
            if near[u, d]:
                count += 1
                alone = u
                if count > 1:
                    break
        if count == 0:
            for p in range(posts):
                if reach[p, d]:
                    out_wins[0, p] += demand[d]  # The same for every unit: copied below.
            continue
        covered += demand[d]
        if count == 1:
            for p in range(posts):
                if not reach[p, d]:
                    out_costs[alone, p] += demand[d]
    for u in range(1, units):
        for p in range(posts):
            out_wins[u, p] = out_wins[0, p]
    return covered


def warm() -> None:
    """Compile the kernel once."""
    table = np.zeros((1, 1), np.bool_)
    moves(table, table, np.ones(1, np.int64), np.empty((1, 1), np.int64), np.empty((1, 1), np.int64))

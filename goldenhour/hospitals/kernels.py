"""The choice of a destination, as arrays in and an index out. The desk and the simulator call this."""

import numpy as np
from numpy.typing import NDArray

from goldenhour.compiled import kernel

NOWHERE = -1
CANNOT_US = 1 << 60  # Same as roads.network.UNREACHABLE_US.


@kernel
def nearest_facility(
    able: NDArray[np.bool_], diverting: NDArray[np.bool_], travel_us: NDArray[np.int64], heed_diversion: bool
) -> int:
    """Return the able facility that is reached soonest, or NOWHERE.

    Shapes: able, diverting (for what this patient needs) and travel_us are (facilities,); travel_us in microseconds,
    CANNOT_US where there is no way. With `heed_diversion` one that diverts comes after all that do not, never out of
    the list: diversion is advice. Ties go to the lowest index.
    """
    best, best_us, best_diverts = NOWHERE, np.int64(CANNOT_US), True
    for f in range(travel_us.shape[0]):
        us = travel_us[f]
        if us >= CANNOT_US or not able[f]:
            continue
        diverts = heed_diversion and diverting[f]
        if best == NOWHERE or diverts < best_diverts or (diverts == best_diverts and us < best_us):
            best, best_us, best_diverts = f, us, diverts
    return best


def warm() -> None:
    """Compile every kernel of this file once: one door."""
    nearest_facility(np.ones(1, np.bool_), np.zeros(1, np.bool_), np.ones(1, np.int64), True)  # noqa: FBT003

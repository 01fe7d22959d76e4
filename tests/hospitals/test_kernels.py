"""The choice of a destination equals its plain twin, whatever the doors."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.hospitals import kernels
from tests.reference import hospitals as plain

TRAVEL = st.one_of(st.just(plain.CANNOT_US), st.integers(0, 3), st.integers(0, 10**10))


@given(rows=st.lists(st.tuples(st.booleans(), st.booleans(), TRAVEL), max_size=20), heed=st.booleans())
def test_the_kernel_goes_where_the_plain_version_goes(rows, heed):
    able, diverting, travel = ([row[k] for row in rows] for k in range(3))

    went = kernels.nearest_facility(
        np.array(able, np.bool_), np.array(diverting, np.bool_), np.array(travel, np.int64), heed
    )

    assert went == plain.nearest_facility(able, diverting, travel, heed)

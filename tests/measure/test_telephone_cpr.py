"""How soon an arrest was recognised and somebody pushed: what nobody stamped is missing, never nought."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.errors import BadInput
from goldenhour.measure.telephone_cpr import how_soon, target_s

TOOK = st.lists(st.one_of(st.none(), st.floats(-600, 3600, allow_nan=False)), max_size=60)


@given(TOOK, st.one_of(st.none(), st.floats(1, 600)))
def test_every_arrest_is_counted_once_and_a_missing_time_moves_no_figure(took, target):
    found = how_soon(took, target=target)
    good = [one for one in took if one is not None and one >= 0]
    assert found.n + found.missing + found.wrong == len(took)
    assert found == how_soon([*took], target=target)
    assert how_soon([*took, None], target=target).median_s == found.median_s
    if not good:
        assert (found.median_s, found.p90_s, found.within) == (None, None, None)
    else:
        assert found.median_s == pytest.approx(float(np.median(good)))
        assert (found.within is None) == (target is None)


def test_the_targets_hold_from_the_first_day_on_which_they_are_known_to_have_held():
    assert target_s("recognition", date(2020, 1, 1)) == 120.0
    assert target_s("first_compression", date(2026, 3, 1)) == 180.0
    assert target_s("recognition", date(2019, 12, 31)) is None


@pytest.mark.parametrize("line", ["{id: speech, seconds: 9}", "{id: recognition, seconds: 0}"])
def test_a_target_that_is_none_is_refused(tmp_path, line):
    file = tmp_path / "targets.yaml"
    file.write_text(f"targets: [{line[:-1]}, tier: agency, from: 2020-01-01, source: x}}]")
    with pytest.raises(BadInput, match="no target of telephone CPR"):
        target_s("recognition", date(2026, 1, 1), file)

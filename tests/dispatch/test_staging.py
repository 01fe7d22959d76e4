"""Why units wait away from a scene, and the corner that is proposed for it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.dispatch.staging import SHIPPED, corner_apart, corner_words, staging_rules_on
from goldenhour.errors import BadInput
from goldenhour.fleet.positions import distance_m
from goldenhour.roads.build import sf
from tests.roads.places import corner, sf_files

DAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    source = tmp_path_factory.mktemp("source")
    for name, content in sf_files().items():
        (source / name).write_text(content)
    return sf.build(source).network


def test_the_reasons_that_ship_have_words_and_a_distance():
    rules = staging_rules_on(DAY)
    assert rules.apart_m > 0
    assert all(text and text[0].isupper() for text in rules.reasons.values())
    assert "other" in rules.reasons


def test_a_region_s_own_reasons_go_before_from_their_day_on(tmp_path):
    file = tmp_path / "staging.yaml"
    file.write_text(
        "staging_rules:\n"
        "  - {id: own, tier: agency, from: 2026-03-01, source: 'Order 9', apart_m: 150, reasons: {bear: Bear}}\n"
    )
    before, after = (staging_rules_on(day, (SHIPPED, file)) for day in (date(2026, 2, 28), DAY))
    assert "bear" not in before.reasons
    assert (after.apart_m, after.reasons) == (150, {"bear": "Bear"})


@pytest.mark.parametrize("says", ["apart_m: -1, reasons: {a: A}", "apart_m: 10", "apart_m: true, reasons: {a: A}"])
def test_a_line_without_distance_or_reasons_is_refused(tmp_path, says):
    file = tmp_path / "staging.yaml"
    file.write_text(f"staging_rules:\n  - {{id: own, tier: agency, from: 2026-01-01, source: s, {says}}}\n")
    with pytest.raises(BadInput):
        staging_rules_on(DAY, (SHIPPED, file))


def test_before_any_rule_there_is_none():
    with pytest.raises(BadInput, match="No rule holds"):
        staging_rules_on(date(2019, 12, 31))


@given(x=st.integers(0, 3), y=st.integers(0, 3), apart_m=st.floats(0, 2000))
def test_the_corner_proposed_is_the_nearest_that_is_far_enough(network, x, y, apart_m):
    lon, lat = corner(x, y)
    away = sorted(distance_m(lon, lat, *one) for one in zip(network.node_lon, network.node_lat, strict=True))

    found = corner_apart(network, lon, lat, apart_m)

    far = [one for one in away if one >= apart_m + 1]  # A metre: the two distances round differently.
    if found is None:
        assert not far
    else:
        assert distance_m(lon, lat, *found) == pytest.approx(min([*far, distance_m(lon, lat, *found)]), rel=0.01)
        assert distance_m(lon, lat, *found) >= apart_m - 1


def test_a_corner_is_named_by_the_streets_that_meet_there(network):
    words = corner_words(network, *corner(1, 2))
    assert len(words.split(" and ")) == 2

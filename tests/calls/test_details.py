"""What is written down of a call: nothing typed is lost, what identifies somebody is set apart, wrong values told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.calls.details import DETAILS, PERSONAL, PLAIN, age_of, carried, check_details, merged, split
from goldenhour.calls.dispositions import check, dispositions
from goldenhour.calls.nearby import Spot, box, distance_m, near
from goldenhour.calls.review import draw, is_drawn, share_on
from goldenhour.errors import BadInput

AT = datetime(2026, 3, 1, 14, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
VALUES = st.one_of(st.none(), TEXT, st.integers(-5, 500), st.floats(allow_nan=False, allow_infinity=False))
FIELDS = st.dictionaries(st.sampled_from(sorted(PERSONAL | PLAIN)), VALUES)


@given(FIELDS)
def test_what_identifies_somebody_is_set_apart_and_nothing_is_lost(fields):
    plain, personal = split(fields)
    assert plain | personal == fields
    assert not plain.keys() & PERSONAL
    assert personal.keys() <= PERSONAL


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "a\0b", chr(0xD800), ["a"], {"a": 1}, "x" * 2001])
def test_what_no_database_can_keep_is_refused(value):
    with pytest.raises(BadInput, match="note must be readable text"):
        split({"note": value})


@given(FIELDS, FIELDS)
def test_a_change_touches_only_what_it_names_and_null_empties(before, change):
    after = merged(before, change)
    for name in before.keys() | change.keys():
        told = change.get(name, before.get(name)) if name in change else before[name]
        assert after.get(name) == told
    assert None not in after.values()


@given(FIELDS)
def test_what_a_draft_carries_to_its_call_is_fit_for_it_and_the_unfit_stands_in_the_note(fields):
    found = carried(merged({}, fields))
    check_details(found)
    age = fields.get("age_years")
    if age is not None and age_of(fields) is None:
        assert f"age years as typed: {age}" in str(found["note"])
    assert found.keys() <= DETAILS


@pytest.mark.parametrize(
    ("text", "years"), [("0.5", 0.5), (71, 71.0), ("", None), ("old", None), (-1, None), ("nan", None)]
)
def test_an_age_is_years_or_not_known_and_never_nought_for_unknown(text, years):
    assert age_of({"age_years": text}) == years


@given(st.floats(-179, 179), st.floats(-80, 80), st.floats(0, 360), st.floats(1, 2000))
def test_whatever_is_within_some_metres_is_within_the_box_that_is_asked_for(lon, lat, towards, metres):
    west, south, east, north = box(lon, lat, metres)
    assert west < lon < east
    assert south < lat < north
    assert distance_m(lon, lat, lon, north) == pytest.approx(metres, rel=1e-6)
    assert distance_m(lon, lat, east, lat) >= metres * 0.999


def test_of_two_calls_on_a_block_the_one_that_just_came_in_is_offered_first():
    spots = [Spot("old", 0.0, 0.0, AT - timedelta(minutes=80)), Spot("new", 0.001, 0.0, AT - timedelta(minutes=1))]
    assert [one.id for one in near(0.0, 0.0, AT, spots, within_m=400)] == ["new", "old"]
    assert near(0.0, 0.0, AT, [Spot("far", 0.1, 0.0, AT)], within_m=400) == []


def test_the_share_of_calls_that_is_reviewed_is_drawn_by_the_calls_themselves():
    calls = [f"call-{at}" for at in range(4000)]
    drawn = [one for one in calls if is_drawn(one, date(2026, 3, 1))]
    share = share_on(date(2026, 3, 1))
    assert 0 < share < 1
    assert abs(len(drawn) / 4000 - share) < 0.012
    assert drawn == [one for one in calls if is_drawn(one, date(2026, 3, 1))]  # Every replay draws the same.
    assert share_on(date(2019, 12, 31)) == 0.0  # Before the first known one nobody is drawn.
    assert all(0 <= draw(one) < 1 for one in calls)


def test_a_share_that_is_none_is_refused(tmp_path):
    file = tmp_path / "review.yaml"
    file.write_text("shares: [{id: share, tier: agency, from: 2020-01-01, source: x, share: 3}]")
    with pytest.raises(BadInput, match="no number from 0 to 1"):
        share_on(date(2026, 1, 1), file)


@pytest.mark.parametrize("kind", sorted(dispositions()))
def test_every_disposition_says_what_it_needs(kind):
    known = dispositions()[kind]
    assert check(kind, to="988", due=True) == known
    if known.to:
        with pytest.raises(BadInput, match="name of the other side"):
            check(kind, to=" ", due=True)
    if known.follow_up:
        with pytest.raises(BadInput, match="time when somebody sees to it"):
            check(kind, to="x", due=False)
    with pytest.raises(BadInput, match="Use one of"):
        check("prayer", to="", due=False)

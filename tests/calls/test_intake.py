"""A call is taken with what is known; what cannot be dispatched is refused in words."""

from datetime import UTC, datetime

import pytest

from goldenhour.calls.events import PriorityChanged
from goldenhour.calls.intake import next_number, take_call
from goldenhour.calls.natures import natures
from goldenhour.errors import BadInput
from goldenhour.log.codec import decode

RING = datetime(2026, 3, 1, 12, tzinfo=UTC)
BOUNDS = (-123.0, 37.0, -122.0, 38.0)


def take(**change):
    return take_call(
        **({"received_at": RING, "lon": -122.4, "lat": 37.7, "nature": "chest_pain", "bounds": BOUNDS} | change)
    )


def test_a_call_takes_the_priority_of_its_nature_unless_somebody_knows_better():
    assert take().priority == natures()["chest_pain"].priority == 1
    assert take(priority=3).priority == 3
    assert take(nature="unknown_problem").priority == 1  # What nobody knows is urgent.


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"lon": -121.9}, "place_outside", "outside the region served here. Check the place"),
        ({"lon": 37.7, "lat": -122.4}, "place", "not a place on the globe"),
        ({"lon": float("nan")}, "place", "not a place on the globe"),
        ({"nature": "chestpain"}, "unknown_nature", 'no nature "chestpain"'),
        ({"priority": 0}, "priority", "0 is no priority"),
        ({"patients": -1}, "patients", "-1 is not a number of patients"),
    ],
)
def test_what_cannot_be_dispatched_is_refused_in_words(change, code, said):
    with pytest.raises(BadInput) as refusal:
        take(**change)
    assert refusal.value.code == code
    assert said in str(refusal.value)


def test_swapped_coordinates_are_named_as_such():
    with pytest.raises(BadInput, match="look swapped"):
        take(lon=50.5, lat=8.5, bounds=(8.0, 50.0, 9.0, 51.0))


def test_nobody_hurt_is_a_call_all_the_same():
    assert take(patients=0).patients == 0


def test_natures_are_the_fifty_reasons_of_nemsis():
    assert len(natures()) == 50
    assert [one.code for one in natures().values()] == sorted(one.code for one in natures().values())


@pytest.mark.parametrize(
    ("last", "year", "number"),
    [("", 2026, "26-0001"), ("26-0001", 2026, "26-0002"), ("26-9999", 2026, "26-10000"), ("26-0007", 2027, "27-0001")],
)
def test_numbers_rise_within_a_year_and_start_anew_with_the_next(last, year, number):
    assert next_number(last, year=year) == number


def test_a_priority_changed_before_triage_could_was_changed_by_a_person():
    old = {"call_id": "26-0001", "priority": 2, "reason": "worse"}
    assert decode("calls.priority_changed", 1, old) == PriorityChanged(**old, determinant="")

"""A destination is chosen by need, travel time and status, with its reason; diversion is advice, never a wall."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from goldenhour.errors import BadInput
from goldenhour.hospitals.capability import Capability, Diversion, Facility, Kind, facility_from_row
from goldenhour.hospitals.destination import PatientNeed, choose
from goldenhour.roads.network import UNREACHABLE_US

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def hospital(name, *capabilities, kind=Kind.EMERGENCY_DEPARTMENT, diversion=None):
    return Facility(
        id=name.lower(),
        name=name,
        kind=kind,
        capabilities=frozenset(Capability(one) for one in capabilities),
        diversion=diversion,
    )


def go(need, facilities, seconds, at=NOON):
    travel = np.array([UNREACHABLE_US if s is None else s * 1_000_000 for s in seconds], np.int64)
    return choose(need, facilities, travel, at)


def test_the_nearest_with_what_the_patient_needs_is_proposed():
    where = go(
        PatientNeed(capabilities=frozenset({Capability.TRAUMA_2})),
        [hospital("Near"), hospital("General", "trauma_1"), hospital("Far", "trauma_2")],
        [100, 400, 500],
    )

    assert (where.facility, where.arrive_s) == ("general", 400.0)  # Level 1 does what level 2 does.
    assert where.reason == "Nearest of 2 with trauma level 2."
    assert [(one.facility, one.why) for one in where.passed_over] == [
        ("near", "has no trauma level 2"),
        ("far", "is 100 s farther"),
    ]
    assert not where.warnings


def test_a_diverting_hospital_ranks_behind_but_not_for_an_unstable_patient():
    closed = Diversion(since=NOON - HOUR, reason="no beds")
    both = [hospital("Near", diversion=closed), hospital("Far")]

    stable = go(PatientNeed(), both, [100, 400])
    assert stable.facility == "far"
    assert stable.reason == "Nearest of 2 with an emergency department, beyond 1 that diverts."
    assert stable.passed_over[0].why == "asks to be passed over: no beds"

    unstable = go(PatientNeed(unstable=True), both, [100, 400])
    assert unstable.facility == "near"
    assert "asks to be passed over (no beds); it is proposed because the patient is unstable" in unstable.warnings[0]


def test_the_only_door_is_proposed_although_it_diverts():
    where = go(PatientNeed(), [hospital("Near", diversion=Diversion(since=NOON - HOUR))], [100])

    assert where.facility == "near"
    assert "no other can take the patient" in where.warnings[0]


@pytest.mark.parametrize(
    ("at", "goes"),
    [
        (NOON - timedelta(seconds=1), "near"),  # Before it starts.
        (NOON, "far"),  # From the first moment.
        (NOON + HOUR - timedelta(seconds=1), "far"),
        (NOON + HOUR, "near"),  # No longer from the last moment on.
    ],
)
def test_a_diversion_holds_from_then_until_then(at, goes):
    diversion = Diversion(since=NOON, until=NOON + HOUR)

    assert go(PatientNeed(), [hospital("Near", diversion=diversion), hospital("Far")], [1, 2], at).facility == goes


def test_a_diversion_of_one_service_concerns_only_those_who_need_it():
    near = hospital("Near", "stroke", "trauma_1", diversion=Diversion(since=NOON, services=frozenset({"trauma"})))
    both = [near, hospital("Far", "stroke", "trauma_2")]

    assert go(PatientNeed(capabilities=frozenset({Capability.STROKE})), both, [1, 2]).facility == "near"
    assert go(PatientNeed(capabilities=frozenset({Capability.TRAUMA_3})), both, [1, 2]).facility == "far"


def test_where_nobody_has_what_is_needed_the_nearest_emergency_department_is_proposed():
    where = go(
        PatientNeed(capabilities=frozenset({Capability.BURN})),
        [hospital("Clinic", kind=Kind.CLINIC), hospital("Near"), hospital("Far")],
        [10, 100, 200],
    )

    assert where.facility == "near"
    assert where.warnings[0].startswith("No facility in reach has burn")


def test_no_way_to_any_door_is_said():
    where = go(PatientNeed(), [hospital("Island")], [None])

    assert where.facility == ""
    assert where.arrive_s is None
    assert where.passed_over[0].why == "cannot be reached by road"


def test_of_two_equally_near_ones_the_first_is_taken():
    assert go(PatientNeed(), [hospital("A"), hospital("B")], [100, 100]).facility == "a"


def test_a_row_is_a_facility_or_says_what_is_wrong():
    row = {"id": "h1", "name": "One", "kind": "emergency_department", "capabilities": "stemi;trauma_2"}
    assert facility_from_row(row, where="2").capabilities == {Capability.STEMI, Capability.TRAUMA_2}
    with pytest.raises(BadInput, match=r"hospitals.csv line 3: 'palace' is not a valid Kind"):
        facility_from_row(row | {"kind": "palace"}, where="hospitals.csv line 3")

"""What a phone says of where it is: read strictly, never overwritten by older news, and only ever a suggestion."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.errors import BadInput
from goldenhour.fleet.positions import (
    Fix,
    distance_m,
    position_rules_on,
    read_osmand,
    read_owntracks,
    refuse_impossible,
    seems_arrived,
    thinned,
    why_not_shown,
)
from goldenhour.fleet.status import Stamp

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
RULES = position_rules_on(NOON.date())
SCENE = (-122.4, 37.75)
METRE = 1 / 111_200  # Of latitude, in degrees.
LOCATION = {"_type": "location", "lat": 37.75, "lon": -122.4, "tst": NOON.timestamp(), "acc": 8, "vel": 36, "cog": 90}


def fix(seconds, north_m=0.0, **more):
    return Fix(lon=SCENE[0], lat=SCENE[1] + north_m * METRE, at=NOON + timedelta(seconds=seconds), **more)


def test_an_owntracks_location_is_read_in_metres_and_seconds():
    told = read_owntracks(LOCATION)

    assert (told.lon, told.lat, told.at) == (-122.4, 37.75, NOON)
    assert (told.accuracy_m, told.speed_mps, told.course) == (8, pytest.approx(10), 90)
    assert read_owntracks(LOCATION | {"vel": -1, "acc": 0}).speed_mps is None  # It does not know.
    assert read_owntracks({"_type": "lwt", "tst": 1}) is None


def test_osmands_form_is_read_with_seconds_milliseconds_or_iso_and_knots():
    form = {"lat": "37.75", "lon": "-122.4", "speed": "19.43844", "accuracy": "12.5", "bearing": "270"}
    for time in (f"{NOON.timestamp():.0f}", f"{NOON.timestamp() * 1000:.0f}", "2026-03-01T12:00:00Z"):
        told = read_osmand(form | {"timestamp": time})
        assert told.at == NOON
    assert (told.speed_mps, told.accuracy_m, told.course) == (pytest.approx(10), 12.5, 270)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"lat": 91}, "no vehicle can be there"),
        ({"lat": 0, "lon": 0}, "no vehicle can be there"),
        ({"lat": "nan"}, "lat: it is no number"),
        ({"lat": True}, "lat: it is no number"),
        ({"lon": None}, "a coordinate is missing"),
        ({"acc": "good"}, "acc: it is no number"),
        ({"tst": "yesterday"}, "tst: it is no time"),
        ({"tst": 1e30}, "tst: it is no time"),
        ({"tst": None}, "tst: it is no time"),
        ({"tst": "2026-03-01T12:00:00"}, "tst: it is no time"),  # Of which place?
        ({"_type": "encrypted"}, "it is encrypted"),
    ],
)
def test_what_cannot_be_read_is_refused_and_named(change, said):
    with pytest.raises(BadInput, match=said):
        read_owntracks(LOCATION | change)


@given(
    st.dictionaries(
        st.sampled_from(["lat", "lon", "timestamp", "speed", "accuracy", "bearing"]),
        st.text(max_size=12) | st.floats() | st.integers() | st.none() | st.booleans(),
    )
)
def test_whatever_a_device_sends_is_read_or_refused_in_words(said):
    told = None
    with suppress(BadInput):
        told = read_osmand(said)

    if told is not None:
        assert -180 <= told.lon <= 180
        assert -90 <= told.lat <= 90
        assert told.at.utcoffset() == timedelta(0)


def test_a_position_of_a_time_to_come_or_of_no_vehicle_is_refused():
    refuse_impossible(fix(30), now=NOON, rules=RULES)
    with pytest.raises(BadInput, match="31 s in the future"):
        refuse_impossible(fix(31), now=NOON, rules=RULES)
    with pytest.raises(BadInput, match="too fast"):
        refuse_impossible(fix(0, speed_mps=200.0), now=NOON, rules=RULES)


@pytest.mark.parametrize(
    ("told", "latest", "why"),
    [
        (fix(0), None, ""),
        (fix(0), fix(-5), ""),
        (fix(0), fix(0), "a newer one is known"),
        (fix(-60), fix(-5), "a newer one is known"),
        (fix(-90_000), None, "it is too old"),
        (fix(0, accuracy_m=800.0), None, "it is only good to 800 m"),
        (fix(0, north_m=5000), fix(-5), "no vehicle can have come there"),
        (fix(0, north_m=5000), fix(-600), ""),
    ],
)
def test_only_a_newer_credible_fix_becomes_the_units_position(told, latest, why):
    assert why_not_shown(told, latest, now=NOON, rules=RULES).startswith(why)
    assert bool(why) == bool(why_not_shown(told, latest, now=NOON, rules=RULES))


@given(st.lists(st.tuples(st.integers(0, 3600), st.integers(0, 3000)), max_size=60))
def test_a_thinned_track_is_in_order_and_loses_no_turn_of_a_hundred_metres_or_half_a_minute(points):
    track = [fix(seconds, north_m) for seconds, north_m in points]

    kept = thinned(track, RULES)

    assert [one.at for one in kept] == sorted(one.at for one in kept)
    assert set(kept) <= set(track)
    for one in track:
        before = next(other for other in reversed(kept) if other.at <= one.at)
        near = distance_m(one.lon, one.lat, before.lon, before.lat) < 100 and (one.at - before.at).seconds < 30
        assert one in kept or near or any(other.at == one.at for other in kept)


def arrived(*fixes, going_since=NOON):
    known = None
    for one in fixes:
        known = seems_arrived(
            one, known, call_id="26-0001", stamp=Stamp.ON_SCENE, going_since=going_since, target=SCENE, rules=RULES
        )
    return known


def test_a_vehicle_that_stands_within_75_metres_seems_to_have_arrived_since_it_stood():
    found = arrived(fix(10, 300, speed_mps=12.0), fix(15, 74, speed_mps=1.0), fix(20, 70, speed_mps=0.0))

    assert found.sure
    assert found.since == NOON + timedelta(seconds=15)


@pytest.mark.parametrize(
    "fixes",
    [
        [fix(15, 76, speed_mps=0.0)],  # Too far.
        [fix(15, 20, speed_mps=9.0), fix(20, 60, speed_mps=9.0)],  # A drive past.
        [fix(15, 10), fix(25, 10)],  # Not long enough, where no speed is told.
        [fix(15, 10, speed_mps=0.0, accuracy_m=90.0)],  # It cannot tell.
        [fix(15, 10, speed_mps=0.0), fix(60, 400, speed_mps=9.0)],  # It has gone on.
    ],
)
def test_nothing_is_suggested_of_who_has_not_come_there(fixes):
    found = arrived(*fixes)

    assert found is None or not found.sure


def test_without_a_speed_it_has_to_stay_a_while():
    found = arrived(fix(15, 10), fix(31, 10))

    assert (found.sure, found.since) == (True, NOON + timedelta(seconds=15))


def test_what_was_dismissed_stays_so_until_the_vehicle_has_gone_on_and_come_back():
    said_no = replace(arrived(fix(15, 10, speed_mps=0.0)), dismissed=True)
    same = {"call_id": "26-0001", "stamp": Stamp.ON_SCENE, "going_since": NOON, "target": SCENE, "rules": RULES}

    assert seems_arrived(fix(60, 100, speed_mps=0.0), said_no, **same).dismissed  # A step aside is no other arrival.
    assert seems_arrived(fix(60, 151), said_no, **same) is None
    assert not seems_arrived(fix(90, 10, speed_mps=0.0), None, **same).dismissed


def test_an_arrival_of_another_run_counts_for_nothing():
    old = arrived(fix(15, 10, speed_mps=0.0))
    later = {"stamp": Stamp.ON_SCENE, "target": SCENE, "rules": RULES}

    again = seems_arrived(
        fix(600, 10, speed_mps=0.0), old, call_id="26-0001", going_since=NOON + timedelta(seconds=500), **later
    )
    other = seems_arrived(fix(20, 10, speed_mps=0.0), old, call_id="26-0002", going_since=NOON, **later)

    assert again.since == NOON + timedelta(seconds=600)
    assert other.since == NOON + timedelta(seconds=20)

"""A device's clock may be off, jump or run ahead: the true time is corrected, both are kept, the order stands."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from goldenhour.fleet.taps import Tap, true_time
from goldenhour.log.codec import decode

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def at(seconds):
    return NOON + timedelta(seconds=seconds)


def tap(seconds, offset_ms=0, number=None):
    return Tap(device="phone-1", at=at(seconds), offset_ms=offset_ms, number=number)


def test_a_clock_that_is_off_is_corrected_and_flagged_beyond_half_a_minute():
    assert true_time(tap(100, -30_000), now=at(400)).at == at(70)
    assert true_time(tap(100, -30_000), now=at(400)).flags == ()
    assert true_time(tap(100, 31_000), now=at(400)).flags == ("device_clock_off",)
    assert true_time(tap(100, 31_000), now=at(400)).at == at(131)


def test_a_clock_that_nobody_measured_is_said_to_be_so():
    told = true_time(tap(100, None), now=at(400))

    assert (told.at, told.flags) == (at(100), ("device_clock_not_measured",))


def test_a_tap_never_lies_after_the_moment_it_was_received():
    told = true_time(tap(500), now=at(400))

    assert (told.at, told.flags) == (at(400), ("device_clock_ahead",))
    assert true_time(tap(401), now=at(400)).flags == ()  # A second is no fault worth a word.


def test_a_backwards_jump_puts_no_step_before_the_one_that_was_pressed_first():
    told = true_time(tap(100), now=at(400), before=at(300))

    assert (told.at, told.flags) == (at(300), ("device_clock_went_back",))


def test_a_tap_that_comes_in_after_its_follower_is_not_put_behind_it():
    told = true_time(tap(350), now=at(400), after=at(200))

    assert (told.at, told.flags) == (at(200), ("device_clock_went_back",))


@given(
    clock=st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=12),
    offset_ms=st.none() | st.integers(-10_000_000, 10_000_000),
)
def test_whatever_a_clock_does_taps_keep_their_order_and_none_lies_in_the_future(clock, offset_ms):
    times = []
    for seconds in clock:
        times.append(true_time(tap(seconds, offset_ms), now=at(5000), before=max(times, default=None)).at)

    assert times == sorted(times)
    assert max(times) <= at(5000)


def test_a_time_written_before_devices_were_asked_is_read_as_one_of_which_nothing_is_known():
    old = {"unit": "town/M12", "call_id": "26-0001", "stamp": "on_scene", "flags": ["before_en_route"]}

    fact = decode("fleet.time_stamped", 1, old)

    assert (fact.unit, fact.stamp, fact.flags) == ("town/M12", "on_scene", ("before_en_route",))
    assert (fact.basis, fact.entered_at, fact.device, fact.device_at) == ("", "", "", "")
    assert (fact.offset_ms, fact.tap) == (None, None)

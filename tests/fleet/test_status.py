"""A crew's press is always accepted, with its true time; only the impossible is refused, in words."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.errors import Refused
from goldenhour.fleet.status import CHAIN, FOLLOWS, LEADS_TO, Stamp, Status, oddities, press, status_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def at(seconds):
    return NOON + timedelta(seconds=seconds)


def pressed(stamps, stamp, seconds, *, now=None, call_id="26-0001"):
    return press(stamps, stamp, at=at(seconds), now=at(now if now is not None else seconds), call_sign="M12",
                 call_id=call_id)  # fmt: skip


def test_a_run_in_order_has_no_flags_and_passes_through_every_status():
    stamps, seen = {}, []
    for second, stamp in enumerate(s for s in CHAIN if s in LEADS_TO and s not in (Stamp.CANCELLED, Stamp.AT_STAGING)):
        answer = pressed(stamps, stamp, second)
        assert answer.counts
        assert answer.flags == ()
        stamps[stamp] = answer.at
        seen.append(answer.status.mark)

    assert list(dict.fromkeys(seen)) == ["NT", "ER", "AS", "TR", "AH", "RT", "AV"]
    assert oddities(stamps) == ()


def test_a_skipped_step_stays_blank():
    stamps = {Stamp.UNIT_NOTIFIED: at(0)}

    answer = pressed(stamps, Stamp.ON_SCENE, 300)

    assert answer.flags == ()
    assert answer.status is Status.AT_SCENE
    assert Stamp.EN_ROUTE not in stamps  # Nobody makes up when it rolled.


def test_an_odd_order_is_accepted_and_flagged_on_either_side():
    stamps = {Stamp.UNIT_NOTIFIED: at(0), Stamp.EN_ROUTE: at(60)}
    assert pressed(stamps, Stamp.ON_SCENE, 50, now=400).flags == ("before_en_route",)

    late = pressed({Stamp.UNIT_NOTIFIED: at(0), Stamp.ON_SCENE: at(50)}, Stamp.EN_ROUTE, 60)
    assert late.flags == ("after_on_scene",)
    assert late.at == at(60)  # The true time, not a tidied one.


def test_a_late_entry_never_turns_the_board_back():
    stamps = {Stamp.UNIT_NOTIFIED: at(0), Stamp.ON_SCENE: at(300)}

    answer = pressed(stamps, Stamp.EN_ROUTE, 60, now=900)

    assert answer.flags == ()  # It fills the gap, which is not odd.
    assert answer.status is Status.AT_SCENE


def test_a_step_that_does_not_usually_follow_is_flagged():
    answer = pressed({Stamp.UNIT_NOTIFIED: at(0), Stamp.AT_DESTINATION: at(900)}, Stamp.AT_STAGING, 960)

    assert answer.flags == ("unusual_when_at_hospital",)
    assert answer.counts


def test_a_second_press_is_kept_but_the_first_time_stands():
    answer = pressed({Stamp.EN_ROUTE: at(60)}, Stamp.EN_ROUTE, 75)

    assert not answer.counts
    assert answer.flags == ("again",)


def test_a_cancelled_run_has_no_scene():
    assert pressed({Stamp.UNIT_NOTIFIED: at(0), Stamp.ON_SCENE: at(9)}, Stamp.CANCELLED, 20).flags == (
        "cancelled_with_on_scene",
    )
    assert pressed({Stamp.UNIT_NOTIFIED: at(0), Stamp.EN_ROUTE: at(9)}, Stamp.CANCELLED, 20).flags == ()


@pytest.mark.parametrize(("ahead", "refused"), [(30, False), (31, True)])
def test_only_a_time_beyond_the_clocks_skew_is_in_the_future(ahead, refused):
    if not refused:
        assert pressed({}, Stamp.UNIT_NOTIFIED, ahead, now=0).counts
        return
    with pytest.raises(Refused, match=r"31 s in the future. Set the device's clock") as said:
        pressed({}, Stamp.UNIT_NOTIFIED, ahead, now=0)
    assert said.value.code == "time_in_future"


def test_a_unit_on_no_call_is_told_the_way_out_but_may_come_home():
    with pytest.raises(Refused, match=r"M12 is on no call.*Ask dispatch"):
        pressed({}, Stamp.ON_SCENE, 0, call_id="")
    assert pressed({}, Stamp.AT_HOME, 0, call_id="").status is Status.AVAILABLE


def test_every_stamp_has_its_nemsis_element_and_every_status_its_mark():
    assert [stamp.element for stamp in Stamp] == [f"eTimes.{n:02}" for n in range(1, 18)]
    assert sorted(CHAIN) == sorted(Stamp)
    assert [status.code for status in Status] == list(range(8))
    assert set(FOLLOWS) == set(Status)


@given(
    presses=st.lists(st.tuples(st.sampled_from(list(Stamp)), st.integers(0, 3600)), max_size=20),
    stamp=st.sampled_from(list(Stamp)),
    second=st.integers(0, 3600),
)
def test_any_press_on_a_call_is_accepted(presses, stamp, second):
    stamps = {one: at(seconds) for one, seconds in presses}

    answer = pressed(stamps, stamp, second, now=3600)

    assert answer.at == at(second)
    assert answer.counts == (stamp not in stamps)
    assert answer.status is status_of(stamps | ({stamp: at(second)} if answer.counts else {}))

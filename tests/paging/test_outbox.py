"""Which messages follow from what, and when a failed one is tried again."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng

from goldenhour.errors import BadInput
from goldenhour.paging.alerts import Asked, due
from goldenhour.paging.destinations import Detail, What, check_gets, check_mail
from goldenhour.paging.limits import SHIPPED, asking_on, load_limits, retrying_on
from goldenhour.paging.outbox import Listener, Occasion, after_failure, message_id, receivers
from goldenhour.paging.words import Place, place_words, told

AT = datetime(2026, 3, 1, 22, 2, 31, tzinfo=UTC)
DAY = date(2026, 3, 1)
RULE = retrying_on(load_limits(), DAY)
ALERT = frozenset({What.STATION_ALERT})
HEARS_ALL = Listener(id="all", agency="*", gets=ALERT)
OF_TOWN = Listener(id="town", agency="town", gets=ALERT)
OF_STATION = Listener(id="station", agency="town", station="1", gets=ALERT)
OF_OTHERS = Listener(id="others", agency="elsewhere", gets=ALERT)
CANCELS = Listener(id="cancels", agency="town", gets=frozenset({What.STATION_CANCEL}))
ADA, BEN = Listener(id="ada", person="p-1"), Listener(id="ben", person="p-2")
EVERYBODY = (HEARS_ALL, OF_TOWN, OF_STATION, OF_OTHERS, CANCELS, ADA, BEN)


def test_a_station_alert_is_told_to_those_who_hear_of_that_agency_and_station():
    first = Occasion(what=What.STATION_ALERT, agency="town", station="1")
    second = Occasion(what=What.STATION_ALERT, agency="town", station="2")
    assert receivers(first, EVERYBODY) == ("all", "town", "station")
    assert receivers(second, EVERYBODY) == ("all", "town")


def test_a_page_is_told_to_the_people_paged_and_to_nobody_else():
    page = Occasion(what=What.PAGE, people=frozenset({"p-2"}))
    greedy = Listener(id="greedy", agency="*", gets=frozenset({What.PAGE, What.STATION_ALERT}))
    assert receivers(page, (*EVERYBODY, greedy)) == ("ben",)
    assert receivers(Occasion(what=What.PAGE), EVERYBODY) == ()


def test_a_message_has_one_id_at_every_attempt_and_in_every_rebuild():
    event = "018f3c5e-0000-7000-8000-000000000001"
    ids = {message_id(event, what, to) for what in (What.PAGE, What.STATION_ALERT) for to in ("a", "b")}
    assert len(ids) == 4
    assert message_id(event, What.PAGE, "a") in ids


@given(st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_the_pause_grows_is_spread_and_has_an_end(failures, seed):
    pause = RULE.pause_s(failures, default_rng(seed))
    plain = min(RULE.first_s * 2 ** (failures - 1), RULE.most_s)
    assert 0.75 * plain <= pause <= 1.25 * plain


def verdict(**more):
    said = {"attempt": 1, "failures": 1, "permanent": False, "at": AT, "rule": RULE, "rng": default_rng(1)}
    return after_failure(**{**said, **more})


def test_a_failed_message_waits_and_is_given_up_after_so_many_attempts():
    assert verdict().again_at > AT
    assert verdict().paused_until > AT
    last = verdict(attempt=RULE.attempts)
    assert (last.final, last.again_at) == (True, None)
    assert last.paused_until  # The destination is still left alone.
    never = verdict(permanent=True)
    assert (never.final, never.again_at, never.paused_until) == (True, None, None)
    assert verdict() == verdict()  # The same seed, the same pause.


def test_people_are_asked_again_and_the_desk_told_as_the_rule_of_the_day_says():
    rule = asking_on(load_limits(), DAY)
    asked = Asked(since=AT, paged_at=AT, round=1, escalated=False)
    assert not due(asked, AT + timedelta(seconds=rule.again_s - 1), rule).page_again
    assert due(asked, AT + timedelta(seconds=rule.again_s), rule).page_again
    last = Asked(since=AT, paged_at=AT, round=rule.rounds, escalated=False)
    assert not due(last, AT + timedelta(hours=1), rule).page_again
    assert not due(last, AT + timedelta(seconds=rule.escalate_s - 1), rule).escalate
    assert due(last, AT + timedelta(seconds=rule.escalate_s), rule).escalate
    told_before = Asked(since=AT, paged_at=AT, round=rule.rounds, escalated=True)
    assert not due(told_before, AT + timedelta(hours=1), rule).escalate


def test_an_agencys_own_rule_holds_from_its_day_on(tmp_path):
    own = tmp_path / "paging_limits.yaml"
    own.write_text(
        "limits:\n  - {id: on_call_page, tier: agency, from: 2026-03-01, source: order 7, again_s: 60, rounds: 5,"
        " escalate_s: 120}\n"
    )
    limits = load_limits((SHIPPED, own))
    assert asking_on(limits, date(2026, 2, 28)).again_s == asking_on(load_limits(), DAY).again_s
    assert asking_on(limits, DAY).again_s == 60


@pytest.mark.parametrize("line", ["again_s: 0, rounds: 5, escalate_s: 120", "again_s: 60, rounds: 5", "attempts: 3"])
def test_a_wrong_limit_is_refused(tmp_path, line):
    own = Path(tmp_path / "own.yaml")
    own.write_text(f"limits:\n  - {{id: on_call_page, tier: agency, from: 2026-03-01, source: x, {line}}}\n")
    with pytest.raises(BadInput):
        load_limits((own,))


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("12 Main St", "Main St"),
        ("12B Main St # 4, Bigtown", "Main St, Bigtown"),
        ("12-14 Main St, Unit 3", "Main St"),
        ("100 1/2 Oak Ave", "Oak Ave"),
        ("Ada Example's house", ""),  # Nobody can say that it is no name.
        ("", ""),
    ],
)
def test_a_street_is_told_without_its_number_and_a_name_is_not(address, street):
    assert told(Place(address=address, lon=1.0, lat=2.0), Detail.STREET) == Place(address=street)


def test_an_area_is_about_a_kilometre_and_nothing_is_nothing():
    place = Place(address="12 Main St", cross=("Oak St",), lon=-122.41234, lat=37.75678)
    assert told(place, Detail.AREA) == Place(lon=-122.41, lat=37.76)
    assert place_words(told(place, Detail.AREA)) == "near 37.76, -122.41"
    assert told(place, Detail.NONE) == Place()
    assert told(place, Detail.FULL) == place


@pytest.mark.parametrize(
    "address", ["", "x", "x@", "@y.org", "a b@y.org", "a@y.org\nBcc: z@y.org", "a@y.org, b@y.org", "<a@y.org>"]
)
def test_what_is_no_e_mail_address_is_refused(address):
    with pytest.raises(BadInput):
        check_mail(address)


def test_a_destination_of_an_agency_never_gets_pages_to_people():
    with pytest.raises(BadInput):
        check_gets(("page",))
    with pytest.raises(BadInput):
        check_gets(())

"""Intervals come from stamps; a missing end is left out and counted, never zero; a negative one is counted apart."""

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.fleet.status import Stamp
from goldenhour.measure.intervals import (
    INTERVALS,
    SUMMARY,
    first_on_scene,
    runs_table,
    statistics,
    summary,
    with_area,
    with_hour,
)
from goldenhour.measure.runs import runs_from_events

S = Stamp
US = 1_000_000


def runs(*rows, **more):
    """Each row is {stamp: seconds}; call 0, 1, ..., unit type ambulance."""
    stamps = {stamp: np.array([row.get(stamp, -1 / US) * US for row in rows]).round().astype(np.int64) for stamp in S}
    plain = {"call_id": range(len(rows)), "unit": ["M1"] * len(rows), "unit_type": ["ambulance"] * len(rows),
             "priority": [1] * len(rows)}  # fmt: skip
    return runs_table(stamps=stamps, **(plain | more))


FULL = {stamp: 100.0 * n for n, stamp in enumerate(S)}  # eTimes.01 at 0 s, .02 at 100 s, ... .17 at 1600 s.


@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        ("psap_to_unit_notified", 200), ("dispatch_to_unit_notified", 100), ("call_to_en_route", 400), ("chute", 200),
        ("unit_response", 300), ("en_route_to_scene", 100), ("scene", 300), ("patient_scene", 200), ("transport", 200),
        ("wall_time", 100), ("destination_to_in_service", 200), ("transfer_to_in_service", 100), ("time_on_task", 1000),
        ("overall", 1200), ("cancelled", 1100),
    ],
)  # fmt: skip
def test_the_fifteen_intervals_are_those_of_nemsis(name, seconds):
    (row,) = statistics(runs(FULL), {name: INTERVALS[name]}).to_dicts()

    assert row["mean_s"] == row["median_s"] == row["p90_s"] == seconds
    assert len(INTERVALS) == 15


@pytest.mark.parametrize(
    ("name", "without", "seconds"),
    [
        ("scene", S.LEFT_SCENE, 700),
        ("patient_scene", S.LEFT_SCENE, 600),
        ("call_to_en_route", S.PSAP_CALL, 300),
        ("overall", S.PSAP_CALL, 1100),
    ],
)
def test_where_a_stamp_is_missing_the_stated_other_one_counts(name, without, seconds):
    stamps = {stamp: at for stamp, at in FULL.items() if stamp is not without}

    assert statistics(runs(stamps), {name: INTERVALS[name]})["mean_s"].item() == seconds


def test_a_missing_end_is_left_out_and_counted_and_a_negative_one_apart():
    table = runs(
        {S.EN_ROUTE: 0, S.ON_SCENE: 60},
        {S.EN_ROUTE: 0, S.ON_SCENE: 120},
        {S.EN_ROUTE: 0},
        {S.ON_SCENE: 50},
        {},
        {S.EN_ROUTE: 80, S.ON_SCENE: 20},
    )

    (row,) = statistics(table, {"travel": SUMMARY["travel"]}).to_dicts()

    assert (row["n"], row["missing"], row["absent"], row["negative"]) == (2, 2, 1, 1)
    assert row["mean_s"] == row["median_s"] == 90.0
    assert row["p90_s"] == pytest.approx(114.0)


def test_a_job_without_transport_has_no_handover_and_none_is_missing():
    stayed = {S.UNIT_NOTIFIED: 0, S.ON_SCENE: 60, S.BACK_IN_SERVICE: 900}
    taken = stayed | {S.LEFT_SCENE: 300, S.AT_DESTINATION: 500}
    never_stamped_there = stayed | {S.LEFT_SCENE: 300}
    never_back = {S.UNIT_NOTIFIED: 0, S.LEFT_SCENE: 300, S.AT_DESTINATION: 500}
    table = runs(stayed, stayed, taken, never_stamped_there, never_back, {S.UNIT_NOTIFIED: 0, S.CANCELLED: 30})

    found = {row["interval"]: row for row in statistics(table, dict(INTERVALS) | dict(SUMMARY)).to_dicts()}

    def counts(name):
        return tuple(found[name][key] for key in ("n", "missing", "absent", "negative"))

    assert counts("handover") == counts("destination_to_in_service") == (1, 2, 3, 0)
    assert counts("transport") == (2, 1, 3, 0)  # Of the same jobs the same are absent.
    assert counts("transfer_to_in_service") == (0, 2, 4, 0)  # The one whose crew is not back lacks both ends.
    assert counts("cancelled") == (1, 0, 5, 0)
    assert found["handover"]["mean_s"] == 400.0


@given(
    seconds=st.lists(
        st.tuples(st.one_of(st.none(), st.integers(0, 9999)), st.one_of(st.none(), st.integers(0, 9999))), min_size=1
    )
)
def test_figures_are_numpys_over_the_good_ones(seconds):
    table = runs(*({stamp: s for stamp, s in zip((S.EN_ROUTE, S.ON_SCENE), pair, strict=True) if s is not None}
                   for pair in seconds))  # fmt: skip
    good = [b - a for a, b in seconds if a is not None and b is not None and b >= a]

    (row,) = statistics(table, {"travel": SUMMARY["travel"]}).to_dicts()

    assert row["n"] == len(good)
    assert row["n"] + row["missing"] + row["absent"] + row["negative"] == len(seconds)
    if good:
        assert (row["mean_s"], row["median_s"], row["p90_s"]) == pytest.approx(
            (np.mean(good), np.median(good), np.quantile(good, 0.9))
        )
    else:
        assert row["mean_s"] is row["median_s"] is row["p90_s"] is None  # Blank, never 0:00.


def test_a_summary_has_every_interval_for_all_and_for_each_unit_type():
    table = runs(FULL, {S.PSAP_CALL: 0, S.ON_SCENE: 60}, unit_type=["ambulance", "engine"])

    found = summary(table)

    assert list(found) == ["call_processing", "turnout", "travel", "response", "scene", "transport", "handover", "job"]
    assert found["response"]["all"]["n"] == 2
    assert found["response"]["engine"]["median_s"] == 60.0
    assert found["transport"]["engine"] == {
        "n": 0, "mean_s": None, "median_s": None, "p90_s": None, "missing": 0, "absent": 1, "negative": 0,
    }  # fmt: skip


def test_a_call_is_answered_by_its_first_unit_on_scene():
    table = runs(
        {S.PSAP_CALL: 0, S.ON_SCENE: 400}, {S.PSAP_CALL: 0, S.ON_SCENE: 300}, {S.PSAP_CALL: 5}, call_id=[7, 7, 8]
    )

    assert first_on_scene(table).select("call_id", "response_s").rows() == [(7, 300.0), (8, None)]


def test_the_hour_is_that_of_the_place():
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC).timestamp()

    assert with_hour(runs({S.PSAP_CALL: noon}), "America/Los_Angeles")["hour"].item() == 5


def test_figures_can_be_had_by_priority_hour_and_area():
    table = runs(*({S.EN_ROUTE: 0, S.ON_SCENE: second} for second in (60, 120, 180)), priority=[1, 1, 2],
                 hour=[3, 4, 4], area=["North", "South", "South"])  # fmt: skip

    def medians(by):
        return statistics(table, {"travel": SUMMARY["travel"]}, by=by).select(*by, "n", "median_s").rows()

    assert medians(["priority"]) == [(1, 2, 90.0), (2, 1, 180.0)]
    assert medians(["hour"]) == [(3, 1, 60.0), (4, 2, 150.0)]
    assert medians(["area", "priority"]) == [("North", 1, 1, 60.0), ("South", 1, 1, 120.0), ("South", 2, 1, 180.0)]


def test_an_area_is_that_of_the_nearest_place():
    table = runs({}, {}, {}, lon=[0.1, 0.9, None], lat=[0.0, 0.0, 0.0])
    places = [{"name": "West", "lon": "0", "lat": "0"}, {"name": "East", "lon": "1", "lat": "0"}]

    assert with_area(table, places, km_per_lon=80, km_per_lat=111)["area"].to_list() == ["West", "East", None]
    assert with_area(table, [], km_per_lon=80, km_per_lat=111)["area"].to_list() == [None] * 3


NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def event(seconds, name, id="x", **payload):
    return {"id": id, "name": name, "at": NOON + timedelta(seconds=seconds), "payload": json.dumps(payload)}


def stamped(seconds, call_id, stamp, id="x", unit="demo/M1"):
    return event(seconds, "fleet.time_stamped", id, unit=unit, call_id=call_id, stamp=stamp, flags=[])


def test_runs_are_read_from_events_with_late_struck_and_second_presses():
    events = pl.DataFrame(
        [
            event(0, "fleet.unit_registered", unit="demo/M1", type="ambulance", crew=2),
            event(0, "calls.call_received", call_id="26-0001", priority=2, nature="fall", lon=-1.0, lat=2.0),
            event(20, "dispatch.unit_assigned", call_id="26-0001", unit="demo/M1", slot="ambulance"),
            stamped(20, "26-0001", "unit_notified"),
            stamped(90, "26-0001", "en_route", id="wrong"),
            event(95, "fleet.time_struck", unit="demo/M1", call_id="26-0001", stamp="en_route", struck_id="wrong"),
            stamped(80, "26-0001", "en_route"),
            stamped(300, "26-0001", "on_scene"),
            stamped(310, "26-0001", "on_scene"),  # Pressed twice: the first stands.
            event(200, "calls.priority_changed", call_id="26-0001", priority=1, reason="worse"),
            event(
                400, "dispatch.unit_assigned", call_id="26-0001", unit="demo/M1", slot="ambulance"
            ),  # Sent back there.
            stamped(400, "26-0001", "unit_notified"),
            event(500, "dispatch.unit_assigned", call_id="26-0001", unit="demo/E1", slot="first"),
        ]
    )

    found = runs_from_events(events)

    start = int(NOON.timestamp()) * US
    seconds = [
        {
            stamp: (row[stamp] - start) // US
            for stamp in ("psap_call", "unit_notified", "en_route", "on_scene")
            if row[stamp]
        }
        for row in found.to_dicts()
    ]
    assert seconds == [
        {"psap_call": 0, "unit_notified": 20, "en_route": 80, "on_scene": 300},
        {"psap_call": 0, "unit_notified": 400},
        {"psap_call": 0},  # Assigned and never stamped: blank.
    ]
    assert found["priority"].to_list() == [1, 1, 1]
    assert found["unit_type"].to_list() == ["ambulance", "ambulance", "unknown"]
    assert set(S) <= set(found.columns)

"""Calibration finds again what a record was made from, and keeps no call's own times."""

import csv
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from goldenhour.errors import BadInput, NotFound
from goldenhour.roads.build import sf
from goldenhour.roads.region import load, write
from goldenhour.simulate import fits, roster, speeds
from goldenhour.simulate import kernels as k
from goldenhour.simulate.calibrate import calibrate
from goldenhour.simulate.demand import Luck
from goldenhour.simulate.engine import load_model, simulate
from goldenhour.simulate.holidays import holidays
from goldenhour.simulate.record import COLUMNS, between, home_of, read_record
from goldenhour.workforce.shifts import Shifts
from tests.roads.places import put, sf_files

COLUMNS_OF_A_FILE = (*COLUMNS, "lat", "lon")
START = datetime(2017, 1, 3)
ZONE = "America/Los_Angeles"
PACIFIC = ZoneInfo(ZONE)


def row(number, minute, **more):
    """A unit's part in a call: sent after 2 minutes, away after 3, there after 7, free after 27."""
    received = START + timedelta(minutes=minute)

    def after(minutes):
        return (received + timedelta(minutes=minutes)).isoformat(sep=" ")

    return {
        "call_number": str(number),
        "unit_id": "E01",
        "unit_type": "ENGINE",
        "als_unit": "true",
        "station_area": "01",
        "call_type": "Medical Incident",
        "priority": "3",
        "received": after(0),
        "dispatch": after(2),
        "response": after(3),
        "on_scene": after(7),
        "transport": "",
        "hospital": "",
        "available": after(27),
        "lat": "37.752",
        "lon": "-122.416",
    } | more


def medic(number, minute, **more):
    """An ambulance that also takes the patient: off after 30, there after 45, free after 75."""
    received = START + timedelta(minutes=minute)
    later = {"transport": 30, "hospital": 45, "available": 75}
    stamps = {name: (received + timedelta(minutes=m)).isoformat(sep=" ") for name, m in later.items()}
    return row(number, minute, **{"unit_id": "88", "unit_type": "MEDIC", **stamps, **more})


def record_file(folder, rows):
    path = folder / "calls.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, COLUMNS_OF_A_FILE)
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def two_calls(tmp_path):
    rows = [
        row(1, 0),
        medic(1, 0),
        row(2, 24 * 60, priority="2", on_scene="", available="2017-01-04 00:04:00"),
        medic(2, 24 * 60, priority="2", hospital="2017-01-04 00:20:00"),
    ]
    return read_record(record_file(tmp_path, rows), ZONE)


def test_intervals_leave_out_what_is_missing_or_runs_backwards(two_calls):
    assert two_calls.interval_s("response").tolist()[:2] == [420.0, 420.0]
    transport = two_calls.interval_s("transport")
    assert np.isnan(transport[[0, 2, 3]]).all()  # No stamp; no stamp; at hospital before it left.
    assert transport[1] == 900.0


def test_a_call_asks_for_the_types_that_were_sent_and_keeps_none_of_their_times(two_calls):
    assert two_calls.calls.slots == (("ambulance", "engine"), ("ambulance", "engine"))
    assert two_calls.calls.priority.tolist() == [1, 3]
    assert two_calls.calls.given == {}


def test_a_unit_that_was_long_busy_arrived_even_if_nobody_pressed_the_button(tmp_path):
    rows = [row(number, number * 60) for number in range(10)]
    rows += [row(10, 600, on_scene=""), row(11, 660, on_scene="", available="2017-01-03 11:04:00")]

    record = read_record(record_file(tmp_path, rows), ZONE)

    assert record.arrived.tolist() == [True] * 11 + [False]
    assert record.way_done[11] == pytest.approx(2 / 5)  # Two of the five minutes from dispatch to scene.
    assert np.isnan(record.way_done[:11]).all()


def test_a_part_of_a_record_begins_at_its_own_midnight(two_calls):
    part = between(two_calls, datetime(2017, 1, 4), None)

    assert part.calls.number == ("2",)
    assert part.calls.clock.start.date() == date(2017, 1, 4)
    assert part.calls.received_us.tolist() == [0]
    assert part.step["dispatch"].tolist() == [120.0, 120.0]
    with pytest.raises(BadInput, match="No call was received"):
        between(two_calls, datetime(2018, 1, 1), None)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"dispatch": "soon"}, "line 2: dispatch is 'soon', not a time"),
        ({"lat": "north"}, "line 2: lat is 'north'"),
        ({"unit_id": ""}, "line 2: unit_id is empty"),
        ({"dispatch": "", "on_scene": ""}, "No row has a time in dispatch, on_scene"),
    ],
)
def test_a_wrong_record_is_refused_by_line(tmp_path, change, says):
    with pytest.raises(BadInput, match=says):
        read_record(record_file(tmp_path, [row(1, 0, **change)]), ZONE)


def test_a_record_without_a_column_or_without_rows_is_refused(tmp_path):
    with pytest.raises(NotFound):
        read_record(tmp_path / "none.csv", ZONE)
    path = record_file(tmp_path, [])
    with pytest.raises(BadInput, match="There is no call"):
        read_record(path, ZONE)
    path.write_text(path.read_text(encoding="utf-8").replace("on_scene", "arrived"), encoding="utf-8")
    with pytest.raises(BadInput, match="no column on_scene"):
        read_record(path, ZONE)


def test_a_units_home_is_the_station_of_its_number_else_where_it_is_mostly_sent(tmp_path):
    rows = [row(number, number, unit_id="B02", station_area="07") for number in range(3)] + [row(9, 9)]
    record = read_record(record_file(tmp_path, rows), ZONE)

    assert home_of(record, "E01", frozenset({"1", "7"})) == "1"
    assert home_of(record, "B02", frozenset({"1", "7"})) == "7"
    assert home_of(record, "B02", frozenset({"1"})) == ""


def test_shifts_add_up_to_the_duty_of_every_hour():
    duty = np.array([3, 3, 2, 2, 1, 1, 1, 2, 3, 5, 6, 6, 6, 6, 7, 7, 6, 6, 5, 5, 4, 4, 4, 3], np.float64)
    noon = datetime(2017, 1, 3, tzinfo=PACIFIC)

    shifts = [Shifts.parse(text) for text in roster.shifts_of(duty)]

    for hour in range(24):
        moment = noon + timedelta(hours=hour, minutes=30)
        assert sum(one.on_duty(moment, PACIFIC) for one in shifts) == duty[hour]


def test_a_silence_of_five_hours_ends_a_stay_on_duty():
    unit = np.array(["88"] * 3)
    sent = np.array([0.0, 3600.0, 3600.0 * 12])

    stays = roster.sessions_of(unit, sent, sent + 1800.0)

    assert [(one.start_s + roster.EDGE_S, one.end_s - roster.EDGE_S) for one in stays] == [
        (0.0, 5400.0),
        (43200.0, 45000.0),
    ]


def test_posts_spread_over_the_calls_before_they_pile_up():
    reach = np.array([[True, True, False], [False, True, True], [False, False, True]])

    assert roster.posts_of(reach, np.array([5.0, 1.0, 4.0]), 2) == [0, 1]


def test_the_pace_of_roads_is_found_again_with_outliers_among_the_trips():
    rng = np.random.default_rng(3)
    road_s = rng.gamma(3.0, 40.0, (800, 2))
    travel = 60.0 + road_s @ np.array([0.7, 1.4]) + rng.normal(0, 15, 800)
    travel[:40] += 900.0  # These did not come from their station.

    pace = speeds.fit_pace(
        speeds.Trips(travel_s=travel, class_s=road_s, off_road_s=np.zeros(800)), np.array([500.0, 500.0])
    )

    assert pace.by_class == pytest.approx([0.7, 1.4], rel=0.08)
    assert pace.extra_s == pytest.approx(60.0, abs=12.0)


def test_an_empirical_law_keeps_the_median_and_the_90th_percentile():
    values = np.random.default_rng(1).lognormal(6.0, 0.7, 4000)

    kept = np.array(fits.empirical(values)["quantiles_s"])

    at = np.linspace(0, 1, len(kept))
    assert np.interp([0.5, 0.9], at, kept) == pytest.approx(np.quantile(values, [0.5, 0.9]), rel=0.01)
    assert (np.diff(kept) >= 0).all()


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(2017, 1, 2), True),  # New Year's Day was a Sunday.
        (date(2017, 1, 3), False),
        (date(2017, 1, 16), True),  # Third Monday.
        (date(2017, 5, 29), True),  # Last Monday.
        (date(2020, 6, 19), False),  # The last year before it became one.
        (date(2021, 6, 18), True),  # On Friday, for the 19th was a Saturday.
        (date(2017, 11, 23), True),
    ],
)
def test_holidays_are_those_of_the_law(day, closed):
    assert (day in holidays("US-CA", day.year)) is closed
    assert day not in holidays("NZ", day.year)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("calibrate")
    return write(sf.build(put(folder / "source", sf_files())), folder / "town")


def a_week(seed=5, calls=600):
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(calls):
        minute = float(rng.uniform(0, 7 * 24 * 60))
        place = {"lat": f"{37.75 + rng.uniform(0, 0.006):.6f}", "lon": f"{-122.42 + rng.uniform(0, 0.006):.6f}"}
        code = {"priority": str(rng.choice(["2", "3"]))}
        rows += [row(number, minute, **place, **code), medic(number, minute, unit_id=f"8{number % 4}", **place, **code)]
    return rows


def test_a_calibrated_region_has_the_records_units_and_laws(town, tmp_path):
    record = read_record(record_file(tmp_path, a_week()), ZONE)

    fitted = write(calibrate(town, record), tmp_path / "fitted")

    units = fitted.table("units")
    assert {unit["call_sign"] for unit in units if unit["type"] == "ambulance"} <= {"80", "81", "82", "83"}
    assert [unit["call_sign"] for unit in units if unit["type"] == "engine"] == ["E01"]
    laws = {(one["quantity"], one.get("unit_type")): one for one in reversed(fitted.service["draw"])}
    assert set(laws["handover", "ambulance"]["quantiles_s"]) == {1800.0}
    assert laws["transport", "ambulance"]["p"] > 0.99
    assert fitted.service["calls_per_day"] == pytest.approx(600 / 7, rel=0.01)
    assert load_model(fitted).service.mixes[0].slots == ("ambulance", "engine")
    # The region that it was made from is as it was.
    assert load(town.folder).table("units") != units
    assert any(said.startswith("Calibrated on 600 calls") for said in fitted.settings["warnings"])


def test_the_same_record_gives_the_same_bytes(town, tmp_path):
    record = read_record(record_file(tmp_path, a_week(calls=250)), ZONE)

    one, two = (write(calibrate(town, record), tmp_path / name) for name in ("one", "two"))

    for file in ("service.toml", "units.csv", "roads/time_us.npy"):
        assert (one.folder / file).read_bytes() == (two.folder / file).read_bytes()


def test_a_record_that_is_too_short_is_refused(town, two_calls):
    with pytest.raises(BadInput, match="The record holds 2 calls"):
        calibrate(town, two_calls)


@pytest.mark.slow
@pytest.mark.soak  # `make validate` holds the same replay against the record, and more.
def test_san_francisco_fitted_on_five_days_agrees_with_the_next_three(shared, tmp_path):
    source = shared / "data" / "san_francisco"
    region = write(sf.build(source), tmp_path / "sf")
    record = read_record(source / "calls_units.csv", ZONE)
    model = load_model(write(calibrate(region, between(record, None, datetime(2017, 1, 5))), tmp_path / "fitted"))
    unseen = between(record, datetime(2017, 1, 5), None)

    simulated = simulated_intervals(model, unseen)

    for who in ("ambulance", "engine"):
        for name in ("travel", "response", "transport", "job"):
            real = unseen.interval_s(name)[unseen.unit_type == who]
            real = real[np.isfinite(real)]
            if len(real) < 50:  # Engines do not transport.
                continue
            ours = np.quantile(simulated[who, name], [0.5, 0.9])
            assert ours[0] == pytest.approx(np.quantile(real, 0.5), rel=0.10), (who, name)
            assert ours[1] == pytest.approx(np.quantile(real, 0.9), rel=0.15), (who, name)


def simulated_intervals(model, record, runs=5):
    ends = {
        "travel": (k.EN_ROUTE_AT, k.ON_SCENE_AT),
        "transport": (k.LEFT_SCENE_AT, k.AT_DESTINATION_AT),
        "job": (k.NOTIFIED_AT, k.BACK_AT),
    }
    types = np.array([unit.type for unit in model.units])
    found = {}
    for run in range(runs):
        rows = simulate(model, record.calls, Luck(7, run)).rows
        kind = types[rows[:, k.UNIT]]
        received = record.calls.received_us[rows[:, k.CALL]]
        for who in ("ambulance", "engine"):
            for name, (start, end) in ends.items():
                good = (kind == who) & (rows[:, start] >= 0) & (rows[:, end] >= 0)
                found.setdefault((who, name), []).append((rows[good, end] - rows[good, start]) / 1e6)
            good = (kind == who) & (rows[:, k.ON_SCENE_AT] >= 0)
            found.setdefault((who, "response"), []).append((rows[good, k.ON_SCENE_AT] - received[good]) / 1e6)
    return {key: np.concatenate(values) for key, values in found.items()}

"""`goldenhour simulate` from the outside: figures, files, and what it says when something is wrong."""

import csv
import json

import polars as pl
import pytest
from typer.testing import CliRunner

from goldenhour.cli.main import gather
from goldenhour.errors import BadInput, NotFound, Refused
from goldenhour.log.event import event_types
from goldenhour.measure.intervals import summary
from goldenhour.measure.runs import runs_from_events
from tests.simulate.towns import town, unit

SERVICE = {
    "calls_per_day": 150.0,
    "priority": {"share": {"1": 0.3, "3": 0.7}},
    "mix": [
        {"priority": 1, "share": 0.8, "slots": ["ambulance", "engine"]},
        {"share": 1.0, "slots": ["ambulance"]},
    ],
    "draw": [
        {"quantity": "call_processing", "law": "lognormal", "median_s": 60.0, "sigma": 0.4},
        {"quantity": "turnout", "law": "normal", "mean_s": 60.0, "sd_s": 20.0},
        {"quantity": "travel_factor", "law": "lognormal", "mean": 1.1, "sd": 0.3},
        {"quantity": "cancel_en_route", "unit_type": "engine", "law": "bernoulli", "p": 0.2},
        {"quantity": "scene", "law": "gamma", "shape": 2.0, "scale_s": 500.0},
        {"quantity": "transport", "law": "bernoulli", "p": 0.7},
        {"quantity": "handover", "law": "weibull", "shape": 2.0, "scale_s": 1800.0},
    ],
}
UNITS = [unit("A1"), unit("A2", shifts="Mon-Sun 07:00-19:00"), unit("E1", type="engine", can_transport="0")]


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    return town(
        tmp_path_factory.mktemp("town"), units=UNITS, service=SERVICE,
        policy="closest-with-redispatch", redispatch=((3, 1),),
    ).folder  # fmt: skip


def simulate(*words):
    answer = CliRunner().invoke(gather("simulate"), ["simulate", *map(str, words)], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def rows_of(file):
    with file.open() as lines:
        return list(csv.DictReader(lines))


def refusal(*words):
    answer = CliRunner().invoke(gather("simulate"), ["simulate", *map(str, words)])
    assert isinstance(answer.exception, Refused), answer.output
    return answer.exception


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(region, tmp_path):
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        simulate(region, "--days", 2, "--seed", seed, "--out", tmp_path / name)

    for file in ("events.parquet", "calls.csv", "summary.json", "report.html"):
        first, second, other = ((tmp_path / name / file).read_bytes() for name in "abc")
        assert first == second
        assert first != other


def test_the_events_tell_the_same_as_the_summary(region, tmp_path):
    told = json.loads(simulate(region, "--days", 3, "--seed", 1, "--out", tmp_path, "--json"))

    events = pl.read_parquet(tmp_path / "events.parquet")
    assert summary(runs_from_events(events)) == told["intervals"]
    assert told == json.loads((tmp_path / "summary.json").read_text())
    known = event_types()
    assert set(zip(events["name"], events["version"], strict=True)) <= set(known)
    assert events["position"].to_list() == list(range(1, len(events) + 1))
    assert events["at"].is_sorted()
    assert events["id"].n_unique() == len(events)
    for name, version, payload in events.select("name", "version", "payload").iter_rows():
        known[name, version](**json.loads(payload))  # Every field, and none that the event does not have.


def test_a_row_a_call_and_never_a_zero_for_what_did_not_happen(region, tmp_path):
    told = json.loads(simulate(region, "--days", 3, "--seed", 2, "--out", tmp_path, "--json"))

    rows = rows_of(tmp_path / "calls.csv")
    assert len(rows) == told["counts"]["calls_n"]
    assert [int(row["index"]) for row in rows] == list(range(1, len(rows) + 1))
    stayed = [row for row in rows if row["left_scene_s"] == ""]
    assert stayed
    assert all(row["at_destination_s"] == "" for row in stayed)
    for row in rows:
        if row["response_s"]:
            assert float(row["response_s"]) == pytest.approx(
                float(row["on_scene_s"]) - float(row["received_s"]), abs=2e-6
            )


def test_replications_differ_and_each_figure_says_how_far_it_is_to_be_trusted(region):
    told = json.loads(simulate(region, "--days", 2, "--replications", 4, "--json"))

    response = told["intervals"]["response"]["all"]
    assert response["half_width_s"] > 0
    assert told["fleet"]["busy_fraction_half_width"] > 0
    once = json.loads(simulate(region, "--days", 2, "--json"))
    assert "half_width_s" not in once["intervals"]["response"]["all"]
    assert response["n"] > 3 * once["intervals"]["response"]["all"]["n"]


def test_calls_of_the_warm_up_are_played_but_not_measured(region):
    whole = json.loads(simulate(region, "--days", 3, "--json"))
    later = json.loads(simulate(region, "--days", 3, "--warm-up", 1, "--json"))

    assert 0 < later["counts"]["calls_n"] < whole["counts"]["calls_n"]
    assert later["counts"]["assignments_n"] == whole["counts"]["assignments_n"]


def test_what_is_missing_or_wrong_is_said_in_words(region, tmp_path):
    assert "One of --calls and --days" in refusal(region).what
    assert "there is no policy" in refusal(region, "--days", 1, "--policy", "nearest").what
    assert isinstance(refusal(tmp_path / "nowhere", "--days", 1), NotFound)
    assert isinstance(refusal(region, "--calls", tmp_path / "none.csv"), NotFound)
    assert "No call is left" in refusal(region, "--days", 1, "--warm-up", 5).what


LISTS = {
    "a,b\n1,2\n": ("line 1", "header names a, b"),
    "received_s,lon,lat,priority\n": ("", "no call"),
    "received_s,lon,lat,priority\n10,-122.42,37.75,1\n20,-122.42,37.75,urgent\n": ("line 3", "priority is 'urgent'"),
    "received_s,lon,lat,priority\n10,-122.42,x,1\n": ("line 2", "lat is 'x'"),
    "received_s,lon,lat,priority\n-5,-122.42,37.75,1\n": ("line 2", "received_s is -5"),
    "received_s,lon,lat,priority\n10,37.75,-122.42,1\n": ("line 2", "lat is -122.42"),
    "received,lon,lat,priority\nyesterday,-122.42,37.75,1\n": ("line 2", "'yesterday', not a time"),
    "received,lon,lat,priority\n2024-01-01T10:00:00Z,-122.42,37.75,1\n": ("line 2", "with a zone"),
    "received_s,lon,lat,priority,slots\n10,-122.42,37.75,1,\n": ("line 2", "slots is empty"),
    "received_s,lon,lat,priority,slots\n10,-122.42,37.75,1,balloon\n": (
        "calls.csv, line 2",
        "there is no slot balloon",
    ),
    "received_s,lon,lat,priority,slots\n20,-122.42,37.75,1,ambulance\n10,-122.42,37.75,1,ambulance;balloon\n"
    "5,-122.42,37.75,1,engine\n30,-122.42,37.75,1,ambulance;balloon\n": (
        "calls.csv, line 3",
        "Call 2: there is no slot",
    ),
    "received_s,lon,lat,priority,transport\n10,-122.42,37.75,1,2\n": ("line 2", "transport is 2"),
}


@pytest.mark.parametrize("content", LISTS)
def test_a_bad_call_list_is_refused_with_its_line(region, tmp_path, content):
    (tmp_path / "calls.csv").write_text(content)

    said = refusal(region, "--calls", tmp_path / "calls.csv")

    assert isinstance(said, BadInput)
    where, what = LISTS[content]
    assert where in said.where
    assert what in said.what
    assert said.do


def test_our_own_call_list_is_played_with_what_it_gives(region, tmp_path):
    (tmp_path / "calls.csv").write_text(
        "call_number,received,lon,lat,priority,nature,slots,scene_s,transport,handover_s,call_processing_s\n"
        "B-2,2024-03-05 10:30:00,-122.42,37.75,3,fall,ambulance,100,0,0,5\n"
        "B-1,2024-03-05 08:00:00,-122.42,37.75,1,chest pain,ambulance;engine,600,1,1200,30\n"
    )

    told = json.loads(simulate(region, "--calls", tmp_path / "calls.csv", "--out", tmp_path / "out", "--json"))

    rows = rows_of(tmp_path / "out" / "calls.csv")
    assert [row["call_number"] for row in rows] == ["B-1", "B-2"]
    assert float(rows[0]["unit_notified_s"]) - float(rows[0]["received_s"]) == 30.0
    assert told["intervals"]["handover"]["all"] == {  # The engine, and the call without transport, have none.
        "n": 1, "mean_s": 1200.0, "median_s": 1200.0, "p90_s": 1200.0, "missing": 0, "absent": 2, "negative": 0,
    }  # fmt: skip
    assert told["intervals"]["transport"]["all"]["absent"] == 2
    assert told["inputs"][-1]["name"] == "calls.csv"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("1924-03-05 08:00:00,-122.42,37.75,1,ambulance,600", "not between 1970 and 2200"),
        ("2124-03-05 08:00:00,-122.42,37.75,1,ambulance,600", "more than 30 years after"),
        ("2024-03-05 08:00:00,37.75,-22.42,1,ambulance,600", "km from the nearest road"),
        ("2024-03-05 08:00:00,-122.42,37.75,1,ambulance,1e15", "scene_s is 1e15"),
        (f"2024-03-05 08:00:00,-122.42,37.75,1,{'ambulance;' * 65},600", "slots names 65 units"),
    ],
)
def test_a_slip_of_the_pen_in_a_call_list_is_refused_before_anything_is_written(region, tmp_path, line, what):
    (tmp_path / "calls.csv").write_text(
        f"received,lon,lat,priority,slots,scene_s\n2024-03-05 08:00:00,-122.42,37.75,1,ambulance,600\n{line}\n"
    )

    said = refusal(region, "--calls", tmp_path / "calls.csv", "--out", tmp_path / "out")

    assert isinstance(said, BadInput)
    assert "calls.csv" in said.where
    assert what in said.what
    assert not (tmp_path / "out").exists()


def test_calls_off_the_roads_are_counted_and_the_farthest_is_named(region, tmp_path):
    (tmp_path / "calls.csv").write_text(
        "call_number,received_s,lon,lat,priority\n"
        "B-1,40,-122.42,37.75,1\n"
        "B-2,30,-122.42,37.77,1\n"
        "B-3,20,-122.42,37.90,2\n"
    )

    words = (region, "--calls", tmp_path / "calls.csv", "--out", tmp_path / "out")
    said, told = simulate(*words), json.loads(simulate(*words, "--json"))

    found = told["off_road"]
    assert (found["limit_km"], found["calls_n"], found["of_n"]) == (0.5, 2, 3)
    assert (found["farthest_call"], found["farthest_where"]) == ("B-3", "calls.csv, line 4")
    assert 10 < found["farthest_km"] < 20
    for page in (said, (tmp_path / "out" / "report.html").read_text()):
        assert "2 of 3 calls lie more than 0.5 km from any road" in page
        assert "call B-3 (calls.csv, line 4)" in page


def test_calls_on_the_roads_are_not_said_to_be_off_them(region, tmp_path):
    said = simulate(region, "--days", 1, "--out", tmp_path)

    told = json.loads((tmp_path / "summary.json").read_text())
    assert told["off_road"] == {"limit_km": 0.5, "calls_n": 0, "of_n": told["counts"]["calls_n"]}
    assert "from any road" not in said + (tmp_path / "report.html").read_text()


def test_where_results_cannot_go_is_said_before_the_simulation(region, tmp_path):
    (tmp_path / "file").write_text("mine")

    assert "This is a file" in refusal(region, "--days", 1, "--out", tmp_path / "file").what
    assert "cannot be written" in refusal(region, "--days", 1, "--out", tmp_path / "file" / "out").what
    assert "region's folder" in refusal(region, "--days", 1, "--out", region).what

    assert (tmp_path / "file").read_text() == "mine"
    assert not (region / "summary.json").exists()


def test_results_hold_four_files_and_nothing_of_the_writing(region, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")

    simulate(region, "--days", 1, "--out", tmp_path)

    found = {file.name for file in tmp_path.iterdir()}
    assert found == {"events.parquet", "calls.csv", "summary.json", "report.html", "notes.txt"}


@pytest.mark.parametrize("words", [("--days", "inf"), ("--days", "nan"), ("--days", "1", "--warm-up", "inf")])
def test_days_that_are_no_number_of_days_are_a_wrong_call(region, words):
    answer = CliRunner().invoke(gather("simulate"), ["simulate", str(region), *words])

    assert answer.exit_code == 2
    assert "Invalid value" in answer.stderr


def test_replications_do_not_multiply_the_units(region):
    told = json.loads(simulate(region, "--days", 1, "--replications", 3, "--json"))

    assert told["fleet"]["unit_types"]["ambulance"]["units_n"] == 2


def test_events_that_cannot_be_read_are_refused_in_words(tmp_path):
    broken = pl.DataFrame({"id": ["a"], "name": ["b"], "at": ["noon"], "payload": ["{"]})

    with pytest.raises(BadInput, match="a time or a payload that cannot be read"):
        runs_from_events(broken)

"""Simulated calls answered by the dated response plans: the desk's needs, columns and decision, event by event."""

import json
from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from goldenhour.cli.main import gather
from goldenhour.dispatch.plans import load_book
from goldenhour.errors import BadInput, Refused
from goldenhour.log.event import event_types
from goldenhour.simulate.calls import read_calls
from goldenhour.simulate.clock import Clock
from goldenhour.simulate.decisions import recommendations
from goldenhour.simulate.demand import Luck, generate
from goldenhour.simulate.engine import load_model, simulate
from goldenhour.simulate.needs import local_days
from tests.simulate.towns import corner, town, unit

SERVICE = {
    "calls_per_day": 90.0,
    "nature": [
        {"key": "chest_pain", "share": 0.3, "priority": {"1": 0.7, "2": 0.3}},
        {"key": "cardiac_arrest", "share": 0.2, "priority": {"1": 1.0}},
        {"key": "fall", "share": 0.3, "priority": {"2": 0.5, "3": 0.5}},
        {"key": "traffic_incident", "share": 0.1, "priority": {"1": 0.5, "2": 0.5}},
        {"key": "nothing_known", "share": 0.1, "priority": {"1": 0.5, "4": 0.5}},
    ],
    "draw": [
        {"quantity": "call_processing", "law": "lognormal", "median_s": 40.0, "sigma": 0.9},
        {"quantity": "turnout", "unit_type": "engine", "law": "lognormal", "median_s": 200.0, "sigma": 1.2},
        {"quantity": "travel_factor", "law": "lognormal", "mean": 1.6, "sd": 0.8},
        {"quantity": "scene", "law": "gamma", "shape": 2.0, "scale_s": 700.0},
        {"quantity": "transport", "law": "bernoulli", "p": 0.7},
        {"quantity": "handover", "law": "weibull", "shape": 2.0, "scale_s": 1800.0},
    ],
}
UNITS = [
    unit("M1", levels="paramedic;emt"),
    unit("M2", levels="paramedic;emt", station="2", shifts="Mon-Sun 06:00-18:00"),
    unit("A3", levels="emt;emt", station="2", turnout_s="700"),  # Late: somebody near bridges the time.
    unit("A4", levels="emt;emr", turnout_s="640"),
    unit("E1", type="engine", can_transport="0", levels="emr;emr", crew="4"),
    unit("E2", type="engine", can_transport="0", levels="emt;emr;emr", station="2", crew="4", turnout_s="40"),
    unit("R1", type="rescue", can_transport="0", levels="emt;emt", station="2"),
    unit("F1", type="responder", can_transport="0", levels="emr", crew="1", turnout_s="90"),
    unit("C1", type="supervisor", can_transport="0", levels="paramedic", crew="1"),
]


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    return town(
        tmp_path_factory.mktemp("planned"), units=UNITS, service=SERVICE, stations=2,
        policy="closest-with-redispatch", redispatch=((3, 1), (2, 1), (4, 1), (4, 2)), jurisdiction="EX",
    )  # fmt: skip


def command(*words):
    answer = CliRunner().invoke(gather("simulate"), ["simulate", *map(str, words)], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def refusal(*words):
    answer = CliRunner().invoke(gather("simulate"), ["simulate", *map(str, words)])
    assert isinstance(answer.exception, Refused), answer.output
    return answer.exception


@pytest.mark.parametrize("policy", ["closest", "closest-with-redispatch", "district-first"])
@pytest.mark.parametrize("needs", ["plans", "mix"])
@pytest.mark.parametrize("seed", range(3))
def test_the_desks_decision_is_the_simulators_whatever_it_looks_at(region, policy, needs, seed):
    model = load_model(region, policy)
    luck = Luck(seed)
    calls = generate(model.service, region.demand, _clock(region), days=2, luck=luck)

    run = simulate(model, calls, luck, needs=needs, trace=True)

    asked = list(recommendations(run))
    assert [[(one.slot, one.unit) for one in each.told.chosen] for each in asked] == [list(each.sent) for each in asked]
    assert sum(len(each.sent) for each in asked) + (needs == "mix") * len(run.rows) >= len(run.rows)
    assert len(asked) >= len(calls)


def _clock(region):
    return Clock.from_wall(datetime(2026, 2, 2), region.time_zone)


def test_the_random_snapshots_hold_every_kind_of_answer(region):
    model = load_model(region)
    calls = generate(model.service, region.demand, _clock(region), days=4, luck=Luck(5))

    run = simulate(model, calls, Luck(5), needs="plans", trace=True)

    told = [each.told for each in recommendations(run)]
    reasons = " ".join(one.reason for each in told for one in each.chosen)
    assert "Taken off call" in reasons
    assert "Bridges" in reasons
    assert any("comes with emt" in lack.why for each in told for lack in each.shortfalls)
    assert any(each.waits for each in told)
    assert any("is not needed as a bridge" in one.why for each in told for one in each.passed_over)
    assert any(each.note.startswith("Default plan") for each in told)


def test_calls_get_the_slots_of_the_plan_in_force_on_their_local_day(tmp_path, region):
    lon, lat = corner(1, 1)
    (tmp_path / "calls.csv").write_text(
        "received,lon,lat,priority,nature\n"
        f"2026-02-02 23:59:00,{lon},{lat},1,cardiac_arrest\n"
        f"2026-02-03 00:01:00,{lon},{lat},2,fall\n"
        f"2026-02-03 08:00:00,{lon},{lat},4,\n"
    )
    calls = read_calls(tmp_path / "calls.csv", region.time_zone)

    run = simulate(load_model(region), calls, Luck(0), needs="plans")

    book = load_book("county")
    names = [run.needs.names[plan] for plan in run.needs.plan]
    asked = [("cardiac_arrest", 1), ("fall", 2), ("", 4)]
    right = [book.need(call_id="", nature=key, priority=p, day=date(2026, 2, 3)) for key, p in asked]
    assert names == [tuple(slot.name for slot in need.slots) for need in right]
    assert local_days(calls, ZoneInfo(region.time_zone)) == [date(2026, 2, 2), date(2026, 2, 3), date(2026, 2, 3)]


BOOK = """
plans:
  - id: old
    tier: agency
    from: 2020-01-01
    to: 2026-02-03
    source: "test"
    slots:
      - {name: ambulance, types: [ambulance], transport: true, care: emt, target_s: 600}
  - id: new
    tier: agency
    from: 2026-02-03
    source: "test"
    slots:
      - {name: ambulance, types: [ambulance], transport: true, care: paramedic, target_s: 600}
      - {name: hands, types: [engine], target_s: 900, required: false}
"""


def test_a_plan_changes_at_the_places_midnight_and_nobody_lesser_is_taken_unless_accepted(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "plans.yaml").write_text(BOOK)
    units = [unit("A1", levels="emt;emt"), unit("M1", levels="paramedic;emt", station="2"),
             unit("E1", type="engine", can_transport="0", levels="", station="2")]  # fmt: skip
    built = town(tmp_path, units=units, service={}, stations=2, jurisdiction="EX",
                 dispatch={"book": str(tmp_path / "book")})  # fmt: skip
    lon, lat = corner(0, 0)
    (tmp_path / "calls.csv").write_text(
        f"received,lon,lat,priority\n2026-02-02 23:00:00,{lon},{lat},1\n2026-02-03 01:00:00,{lon},{lat},1\n"
    )

    told = json.loads(
        command(built.folder, "--calls", tmp_path / "calls.csv", "--out", tmp_path / "out", "--events", "--json")
    )

    # The region names a book, so the plans are asked without being told.
    assert told["needs"] == {"source": "plans", "rules_hash": load_book(str(tmp_path / "book")).hash}
    events = pl.read_parquet(tmp_path / "out" / "events.parquet")
    sent = [json.loads(one) for one in events.filter(pl.col("name") == "dispatch.unit_assigned")["payload"]]
    assert [(one["call_id"], one["slot"], one["unit"]) for one in sent] == [
        ("1", "ambulance", "ems/A1"), ("2", "ambulance", "ems/M1"), ("2", "hands", "ems/E1"),
    ]  # fmt: skip
    asked = [json.loads(one) for one in events.filter(pl.col("name") == "dispatch.units_recommended")["payload"]]
    assert [one["plan"] for one in asked] == ["old (2020-01-01)", "new (2026-02-03)"]
    assert {"unit": "ems/A1", "why": "has no paramedic aboard"} in asked[1]["passed_over"]


def test_a_call_waits_while_a_required_slot_is_open_and_the_first_unit_that_fits_goes(tmp_path):
    units = [unit("M1", levels="paramedic;emt")]
    service = {"draw": [{"quantity": "scene", "law": "constant", "value_s": 1800},
                        {"quantity": "transport", "law": "bernoulli", "p": 0.0}]}  # fmt: skip
    built = town(tmp_path, units=units, service=service, jurisdiction="EX")
    lon, lat = corner(0, 0)
    (tmp_path / "calls.csv").write_text(
        "received_s,lon,lat,priority,nature\n"
        f"0,{lon},{lat},3,fall\n10,{lon},{lat},3,fall\n20,{lon},{lat},1,chest_pain\n"
    )

    command(built.folder, "--calls", tmp_path / "calls.csv", "--needs", "plans", "--out", tmp_path / "out", "--events")

    events = pl.read_parquet(tmp_path / "out" / "events.parquet")
    story = [(name.partition(".")[2], json.loads(payload)) for name, payload in events.select("name", "payload").rows()]
    waits = [(one["call_id"], one["slots"]) for name, one in story if name == "call_queued"]
    assert waits == [("2", ["ambulance"]), ("3", ["ambulance", "first_responder"])]  # Then only the optional one is.
    sent = [(one["call_id"], one["slot"]) for name, one in story if name == "unit_assigned"]
    assert sent == [("1", "ambulance"), ("3", "ambulance"), ("2", "ambulance")]  # The more urgent one first.
    back = events.filter(pl.col("payload").str.contains("back_in_service"))["at"].to_list()
    assigned = events.filter(pl.col("name") == "dispatch.unit_assigned")["at"].to_list()
    assert assigned[1:] == back[:2]  # At the moment it is free, and not before.


def test_a_bridge_is_stood_down_when_the_crew_arrives_that_it_bridges_the_time_to(region, tmp_path):
    told = json.loads(command(region.folder, "--days", 4, "--needs", "plans", "--out", tmp_path, "--json"))

    events = pl.read_parquet(tmp_path / "events.parquet")
    story = [(at, name, json.loads(payload)) for at, name, payload in events.select("at", "name", "payload").rows()]
    slot = {(one["call_id"], one["unit"]): one["slot"] for _, name, one in story if name == "dispatch.unit_assigned"}
    cleared = [(at, one["call_id"], slot[one["call_id"], one["unit"]]) for at, name, one in story
               if name == "dispatch.unit_cleared"]  # fmt: skip
    assert {which for _, _, which in cleared} == {"first_responder"}  # No law of this service cancels anybody.
    assert told["counts"]["cancelled_n"] == len(cleared) > 0
    there = {(at, one["call_id"]) for at, name, one in story
             if name == "fleet.time_stamped" and one["stamp"] == "on_scene"}  # fmt: skip
    assert {(at, call) for at, call, _ in cleared} <= there


def test_events_hold_recommendations_only_when_asked_and_every_assignment_follows_from_one(region, tmp_path):
    words = (region.folder, "--days", 1, "--seed", 3, "--needs", "plans", "--out")
    command(*words, tmp_path / "plain")
    command(*words, tmp_path / "full", "--events", "--replications", 2)

    plain, full = (pl.read_parquet(tmp_path / name / "events.parquet") for name in ("plain", "full"))
    assert "dispatch.units_recommended" not in plain["name"].to_list()
    rest = full.filter(pl.col("name") != "dispatch.units_recommended")
    assert rest.select("stream", "name", "at", "payload").equals(plain.select("stream", "name", "at", "payload"))
    known, advised = event_types(), Counter()
    for name, at, payload in full.select("name", "at", "payload").rows():
        content = json.loads(payload)
        if name == "dispatch.units_recommended":
            known[name, 1](**content)
            assert all(one["reason"].startswith("There in ") for one in content["chosen"])
            advised.update((at, content["call_id"], one["slot"], one["unit"]) for one in content["chosen"])
        elif name == "dispatch.unit_assigned":
            advised.subtract([(at, content["call_id"], content["slot"], content["unit"])])
    assert not +advised  # Whoever was advised went,
    assert not -advised  # and nobody else.


def test_generated_calls_that_say_no_nature_get_a_usual_one(tmp_path):
    service = {"calls_per_day": 100.0, "priority": {"share": {"1": 0.5, "3": 0.5}}}
    built = town(tmp_path, units=[unit("M1", levels="paramedic;emt")], service=service, jurisdiction="EX")
    model = load_model(built)
    calls = generate(model.service, built.demand, _clock(built), days=2, luck=Luck(1))

    planned, mixed = (simulate(model, calls, Luck(1), needs=needs).calls for needs in ("plans", "mix"))

    assert not mixed.nature.astype(bool).any()
    assert {"chest_pain", "fall"} <= set(planned.nature.tolist())
    assert "" not in planned.nature.tolist()
    assert (planned.priority == calls.priority).all()


def test_without_response_plans_nothing_of_them_is_said(region, tmp_path):
    told = json.loads(command(region.folder, "--days", 1, "--json"))

    assert told["needs"] == {"source": "mix"}
    assert not np.isin("first_responder", list(told["intervals"]["response"]))


@pytest.mark.parametrize(
    ("words", "where", "what"),
    [
        (("--needs", "wishes"), "--needs", "no source of needs 'wishes'"),
        (("--needs", "list"), "--needs list", "do not say who is sent"),
        (("--events",), "", "--events writes to events.parquet"),
        (("--start", "2026-02-31"), "--start", "is not a day"),
        (("--start", "2026-02-03"), "--start", "is a Tuesday, and the calls begin on a Monday"),
        (("--compare", "luck=good"), "--compare", "'luck=good' is no change"),
        (("--compare", "start=2026-02-03"), "--start", "is a Tuesday"),
        (("--skill", "flying"), "skill", 'no skill "flying"'),
        (("--skill", "naloxone@flu"), "--skill naloxone@flu", "no nature 'flu'"),
    ],
)
def test_a_wrong_word_is_refused_in_words(region, words, where, what):
    said = refusal(region.folder, "--days", 1, *words)

    assert isinstance(said, BadInput)
    assert what in said.what
    assert where in said.where
    assert said.do

"""What a changed rule or staffing does: crews by hours and by date, who may give what, two runs on the same luck."""

import json

import polars as pl
import pytest
from typer.testing import CliRunner

from goldenhour.cli.main import gather
from goldenhour.errors import BadInput, Refused
from tests.simulate.test_plans import command
from tests.simulate.towns import corner, town, unit

HERE = "{},{}".format(*corner(0, 0))  # The engine's corner; the ambulance is at the other end of the town.
LAWS = [
    {"quantity": "turnout", "unit_type": "ambulance", "law": "lognormal", "median_s": 600.0, "sigma": 0.3},
    {"quantity": "turnout", "unit_type": "engine", "law": "constant", "value_s": 30},
    {"quantity": "scene", "law": "constant", "value_s": 300},
    {"quantity": "transport", "law": "bernoulli", "p": 0.0},
]
UNITS = [
    unit("M1", levels="paramedic;emt", station="2"),
    unit("E1", type="engine", can_transport="0", levels="emr;emr", crew="3"),
]
SKILL = "skill:naloxone_intranasal"


def build(folder, *, units=UNITS, laws=LAWS, jurisdiction="EX", **more):
    service = {"calls_per_day": 10.0, "nature": [{"key": "overdose", "share": 1.0, "priority": {"1": 1.0}}],
               "draw": laws}  # fmt: skip
    return town(folder, units=units, service=service, stations=2, jurisdiction=jurisdiction, **more).folder


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    return build(tmp_path_factory.mktemp("whatif"))


def told(*words):
    return json.loads(command(*words, "--json"))


def calls(folder, *lines):
    file = folder / "calls.csv"
    file.write_text("received,lon,lat,priority,nature\n" + "".join(f"{line}\n" for line in lines))
    return file


def refusal(*words):
    answer = CliRunner().invoke(gather("simulate"), ["simulate", *map(str, words)])
    assert isinstance(answer.exception, Refused), answer.output
    return answer.exception


def arrivals(folder):
    """Return {(call, unit): seconds from receipt} of a run's events."""
    story = pl.read_parquet(folder / "events.parquet").select("at", "name", "payload").rows()
    content = [(at, name, json.loads(payload)) for at, name, payload in story]
    ring = {one["call_id"]: at for at, name, one in content if name == "calls.call_received"}
    return {
        (one["call_id"], one["unit"]): (at - ring[one["call_id"]]).total_seconds()
        for at, name, one in content
        if name == "fleet.time_stamped" and one["stamp"] == "on_scene"
    }


def test_the_first_who_may_give_it_counts_by_the_rule_of_the_day_on_which_they_arrive(region, tmp_path):
    ring = {"EMRs may not": "2025-12-31 23:40:00", "arrives after midnight": "2025-12-31 23:59:50"}
    for name, at in ring.items():
        file = calls(tmp_path, f"{at},{HERE},1,overdose")

        found = told(region, "--calls", file, "--needs", "plans", "--skill", "naloxone_intranasal", "--out", tmp_path)

        there = arrivals(tmp_path)
        assert there["1", "ems/E1"] < there["1", "ems/M1"]
        first = "ems/M1" if name == "EMRs may not" else "ems/E1"
        assert found["skills"][SKILL]["mean_s"] == pytest.approx(there["1", first])
        assert found["response"]["all"]["mean_s"] == pytest.approx(there["1", "ems/E1"])


def test_nobody_who_may_is_counted_and_never_a_zero(tmp_path):
    folder = build(tmp_path, units=[unit("A1", levels="emr;emr"), unit("X1", type="engine", can_transport="0")])
    file = calls(tmp_path, f"2025-06-01 10:00:00,{HERE},1,overdose", f"2025-06-01 12:00:00,{HERE},1,fall")

    found = told(folder, "--calls", file, "--skill", "naloxone_intranasal", "--skill", "naloxone@fall")

    row = found["skills"][SKILL]
    assert (row["n"], row["never_n"], row["mean_s"], row["p90_s"]) == (0, 2, None, None)
    assert found["skills"]["skill:naloxone@fall"]["never_n"] == 1


def test_a_crew_whose_level_nobody_states_is_unknown_and_never_able(tmp_path):
    folder = build(tmp_path, units=[unit("A1", levels="")])
    file = calls(tmp_path, f"2026-06-01 10:00:00,{HERE},1,overdose")

    row = told(folder, "--calls", file, "--skill", "naloxone_intranasal")["skills"][SKILL]

    assert (row["n"], row["never_n"], row["unknown_n"]) == (0, 1, 1)


def test_a_changed_rule_is_shown_with_its_interval_and_what_it_leaves_alone_stays_the_same(region, tmp_path):
    words = (region, "--days", 7, "--needs", "plans", "--start", "2025-12-01", "--replications", 6,
             "--skill", "naloxone_intranasal@overdose", "--compare", "start=2026-02-02")  # fmt: skip

    found, said = told(*words, "--out", tmp_path), command(*words)

    compare = found["compare"]
    name = f"{SKILL}@overdose"
    row = compare["figures"][name]
    gain, wide = row["difference"]["mean_s"], row["difference"]["mean_s_half_width"]
    assert compare["pairs"] == 6
    assert compare["before"] == {"start": "2025-12-01"}
    assert compare["after"] == {"start": "2026-02-02"}
    assert compare["both"] == {"needs": "plans"}
    assert gain + wide < 0  # Sooner, and not by chance.
    assert row["difference"]["both_n"] == row["before"]["n"] == row["after"]["n"] == found["counts"]["calls_n"]
    assert gain == pytest.approx(row["after"]["mean_s"] - row["before"]["mean_s"], abs=1e-3 + abs(gain) * 0.05)
    assert wide < row["before"]["half_width_s"]  # The same luck twice tells more than each run for itself.
    assert compare["figures"]["response, all"]["difference"]["mean_s"] == 0.0  # Who is sent did not change.
    for page in (said, (tmp_path / "report.html").read_text()):
        assert "start 2026-02-02 instead of 2025-12-01, with needs plans" in page.replace("\n", " ").replace(
            "Start", "start"
        )
    assert "sooner by" in said
    assert "What the change does" in (tmp_path / "report.html").read_text()
    assert found == json.loads((tmp_path / "summary.json").read_text())


def test_a_rule_book_of_ones_own_is_tried_before_it_is_law(region, tmp_path):
    (tmp_path / "try.yaml").write_text(
        "place: EX\nname: EX (invented)\nsynthetic: true\nskills:\n"
        "  - {id: ex-try, skills: [naloxone_intranasal], allow: [emr], from: 2025-06-01, to: 2026-01-01,\n"
        "     amends: ex-emr-no-naloxone, source: a proposal, confidence: B}\n"
    )

    found = told(region, "--days", 3, "--needs", "plans", "--start", "2025-12-01", "--replications", 3,
                 "--skill", "naloxone_intranasal", "--compare", f"rules={tmp_path / 'try.yaml'}")  # fmt: skip

    row = found["compare"]["figures"][SKILL]
    assert found["compare"]["after"] == {"rules": ["try.yaml"]}
    assert row["difference"]["mean_s"] < -60
    assert "try.yaml" in [one["name"] for one in found["inputs"]]


def test_staffing_by_hours_changes_who_is_sent_from_its_first_moment_to_its_last(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "plans.yaml").write_text(
        "plans:\n  - {id: one, tier: agency, from: 2020-01-01, source: test, slots: [{name: ambulance,"
        " types: [ambulance], transport: true, care: paramedic, target_s: 600}]}\n"
    )
    folder = build(tmp_path, units=[unit("A1", levels="emt;emt"), unit("M1", levels="paramedic;emt", station="2")],
                   dispatch={"book": str(tmp_path / "book")})  # fmt: skip
    (tmp_path / "staffing.csv").write_text(
        "unit,levels,hours,from,to\nems/A1,Paramedic; EMT,Mon-Fri 08:00-20:00,2026-02-02,2026-02-04\n"
    )
    times = ["2026-02-02 07:00:00", "2026-02-02 08:01:00", "2026-02-02 20:30:00", "2026-02-04 12:00:00"]
    file = calls(tmp_path, *(f"{at},{HERE},1,overdose" for at in times))

    words = (folder, "--calls", file, "--staffing", tmp_path / "staffing.csv", "--out", tmp_path / "out")
    found = told(*words)

    assert [unit for _, unit in sorted(arrivals(tmp_path / "out"))] == ["ems/M1", "ems/A1", "ems/M1", "ems/M1"]
    assert found["scenario"] == {"staffing": "staffing.csv"}


def test_a_call_that_waits_gets_the_crew_that_comes_aboard(tmp_path):
    folder = build(tmp_path, units=[unit("A1", levels="emr;emr")], laws=LAWS[2:])
    (tmp_path / "staffing.csv").write_text("unit,levels,hours\nems/A1,paramedic;emt,Mon-Sun 09:00-17:00\n")
    file = calls(tmp_path, f"2026-02-02 08:00:00,{HERE},1,overdose")

    told(
        folder, "--calls", file, "--needs", "plans", "--staffing", tmp_path / "staffing.csv", "--out", tmp_path / "out"
    )

    assert arrivals(tmp_path / "out") == {("1", "ems/A1"): 3600.0}


def test_two_staffings_are_compared_and_hours_of_duty_may_change_too(region, tmp_path):
    (tmp_path / "now.csv").write_text("unit,levels,duty\nems/M1,paramedic;emt,Mon-Sun 00:00-12:00\n")
    (tmp_path / "then.csv").write_text("unit,levels,crew\nems/E1,emt;emr,4\n")

    found = told(region, "--days", 7, "--needs", "plans", "--start", "2025-12-01", "--replications", 4,
                 "--skill", "naloxone_intranasal", "--staffing", tmp_path / "now.csv",
                 "--compare", f"staffing={tmp_path / 'then.csv'}")  # fmt: skip

    assert found["fleet"]["unit_types"]["ambulance"]["on_duty_h"] < 0.6 * found["fleet"]["clock_h"]
    assert found["compare"]["figures"][SKILL]["difference"]["mean_s"] < 0  # An EMT on the engine may give it at once.
    assert found["compare"]["before"] == {"staffing": "now.csv"}
    assert found["compare"]["after"] == {"staffing": "then.csv"}


@pytest.mark.parametrize(
    ("content", "where", "what"),
    [
        ("unit,levels\nems/Q9,emt\n", "line 2", "no unit 'ems/Q9'"),
        ("unit,levels\nems/M1,wizard\n", "line 2", "wizard"),
        ("unit,levels\nems/M1,driver\n", "line 2", "gives no care"),
        ("unit,levels,hours\nems/M1,emt,at night\n", "line 2", "not a shift"),
        ("unit,levels,from,to\nems/M1,emt,2026-02-01,2026-02-01\n", "line 2", "not after it starts"),
        ("unit,levels,from\nems/M1,emt,tomorrow\n", "line 2", "not a day"),
        ("unit,levels,crew\nems/M1,emt;emt,1\n", "line 2", "crew is '1'"),
        ("unit,levels,mood\nems/M1,emt,good\n", "line 1", "mood"),
        ("unit,levels\n", "staffing.csv", "no row"),
    ],
)
def test_a_wrong_staffing_file_is_refused_with_its_line(region, tmp_path, content, where, what):
    (tmp_path / "staffing.csv").write_text(content)

    said = refusal(region, "--days", 1, "--staffing", tmp_path / "staffing.csv")

    assert isinstance(said, BadInput)
    assert where in said.where
    assert what in said.what
    assert said.do


def test_where_no_rule_book_speaks_of_the_place_it_is_said(tmp_path):
    said = refusal(build(tmp_path, jurisdiction=""), "--days", 1, "--skill", "naloxone")

    assert "who may do what there is unknown" in said.what


def test_the_same_seed_gives_the_same_bytes_of_a_comparison(region, tmp_path):
    for name in "ab":
        command(region, "--days", 2, "--needs", "plans", "--replications", 2, "--skill", "naloxone", "--events",
                "--compare", "policy=closest", "--out", tmp_path / name)  # fmt: skip

    for file in ("events.parquet", "calls.csv", "summary.json", "report.html"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()

"""Call lists with known answers: what JEMSS's model gives call by call, and what queueing theory gives on average."""

import csv
import json
import math

import numpy as np
import pytest

from goldenhour.simulate.calls import CallList, read_calls
from goldenhour.simulate.clock import FIRST_MONDAY, Clock
from goldenhour.simulate.decisions import recommendations
from goldenhour.simulate.demand import Luck, generate
from goldenhour.simulate.engine import load_model, simulate
from goldenhour.simulate.replicate import half_width, paired
from tests.shell import typed
from tests.simulate.towns import town, unit


def responses(file, key):
    with file.open() as lines:
        return {row[key]: float(row["response_s"]) for row in csv.DictReader(lines)}


@pytest.mark.xdist_group("cities")
@pytest.mark.parametrize("name", ["auckland_5d", "edmonton_3d"])
def test_a_golden_file_is_reproduced_call_by_call(shared, real_city, tmp_path, name):
    folder = shared / "simulation" / "golden"
    known = json.loads((folder / "golden.json").read_text())[name]
    region = real_city(known["city"]).folder

    answer = typed("simulate", region, "--calls", folder / f"{name}.csv", "--out", tmp_path / "out", "--json")

    told = json.loads(answer.stdout)
    right, ours = responses(folder / f"{name}.csv", "index"), responses(tmp_path / "out" / "calls.csv", "call_number")
    assert ours.keys() == right.keys()
    assert max(abs(ours[index] - right[index]) for index in right) < 0.001
    assert (told["counts"]["queued_n"], told["counts"]["bumped_n"]) == (known["queued"], known["bumped"])
    assert told["fleet"]["busy_fraction"] == pytest.approx(known["busy_fraction"], abs=1e-8)
    assert told["response"]["all"]["mean_s"] == pytest.approx(known["mean_response_s"], abs=1e-3)
    assert told["response"]["all"]["in_time_share"] == pytest.approx(known["in_time"], abs=1e-5)


@pytest.mark.xdist_group("cities")
def test_in_a_real_city_the_desk_would_have_sent_whom_the_engine_sent(shared, real_city):
    region = real_city("edmonton")
    calls = read_calls(shared / "simulation" / "golden" / "edmonton_3d.csv", region.time_zone)

    for needs in ("", "plans"):
        run = simulate(load_model(region), calls, Luck(0), needs=needs, trace=True)

        asked = list(recommendations(run))
        assert len(asked) >= len(calls)
        for one in asked:
            assert [(chosen.slot, chosen.unit) for chosen in one.told.chosen] == list(one.sent)


def erlang_c(servers, load):
    """Return the chance to wait in M/M/c. Source: Erlang (1917)."""
    top = load**servers / math.factorial(servers) * servers / (servers - load)
    return top / (sum(load**k / math.factorial(k) for k in range(servers)) + top)


def test_without_travel_calls_wait_as_erlang_says(tmp_path):
    servers, mean_s, load, n = 3, 600.0, 2.1, 20_000
    region = town(
        tmp_path,
        units=[unit(f"A{at}") for at in range(servers)],
        policy="closest",
        service={"draw": [
            {"quantity": "scene", "law": "exponential", "mean_s": mean_s},
            {"quantity": "transport", "law": "bernoulli", "p": 0.0},
        ]},
    )  # fmt: skip
    model = load_model(region)
    station = model.units[0]
    waited, waits = [], []
    for replication in range(12):
        luck = Luck(11, replication)
        gaps = luck.stream("test arrivals").exponential(mean_s / load, n)
        calls = CallList(
            clock=Clock.from_wall(FIRST_MONDAY, "UTC"), number=tuple(map(str, range(n))),
            received_us=np.rint(np.cumsum(gaps) * 1e6).astype(np.int64), priority=np.ones(n, np.int64),
            nature=np.full(n, ""), lon=np.zeros(n), lat=np.zeros(n), node=np.full(n, station.node),
            off_road_km=np.zeros(n),
        )  # fmt: skip
        model.ways.us_per_km[:] = 0.0  # The station stands a few metres off the road.
        response_s = simulate(model, calls, luck).response_us[1000:] / 1e6
        waited.append(float((response_s > 0).mean()))
        waits.append(float(response_s.mean()))

    chance = erlang_c(servers, load)
    assert abs(np.mean(waited) - chance) < half_width(waited, 0.999)
    assert abs(np.mean(waits) - chance * mean_s / (servers - load)) < half_width(waits, 0.999)
    assert half_width(waited, 0.999) < 0.02  # Narrow enough to mean something.


def test_two_policies_meet_the_same_luck_so_their_difference_is_sharper(tmp_path):
    service = {
        "calls_per_day": 120.0,
        "priority": {"share": {"1": 0.4, "3": 0.6}},
        "draw": [{"quantity": "scene", "law": "exponential", "mean_s": 1500.0}],
    }
    region = town(
        tmp_path, units=[unit("A1"), unit("A2"), unit("A3", station="2")], service=service, stations=2,
        redispatch=((3, 1),),
    )  # fmt: skip
    means = {}
    for policy in ("closest", "closest-with-redispatch"):
        model = load_model(region, policy)
        runs = [simulate(model, generated(model, luck), luck) for luck in (Luck(3, r) for r in range(8))]
        means[policy] = [float(run.response_us[run.calls.priority == 1].mean() / 1e6) for run in runs]

    _, sharp = paired(means["closest"], means["closest-with-redispatch"])
    assert sharp < half_width(means["closest"])


def generated(model, luck):
    return generate(model.service, model.region.demand, Clock.from_wall(FIRST_MONDAY, "UTC"), days=2, luck=luck)

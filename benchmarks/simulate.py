"""goldenhour's simulator beside the same model in SimPy, on the same Auckland calls, in the same run.

    python benchmarks/simulate.py [--days 100] [--seed 1] [--json]

Needs the folder of shared data beside the repository (or GOLDENHOUR_SHARED): simulation/baseline and data/cities.
Both are timed from a call list in memory, places already at their road nodes, to every call's response; ours keeps
every time of every unit on top. Runs alternate; the median of each counts. One thread.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import numpy as np

from goldenhour.roads.build import jemss
from goldenhour.roads.region import write
from goldenhour.simulate.calls import CallList
from goldenhour.simulate.clock import Clock
from goldenhour.simulate.demand import Luck
from goldenhour.simulate.engine import load_model, simulate

SHARED = Path(os.environ.get("GOLDENHOUR_SHARED", Path(__file__).resolve().parents[2] / "shared"))
WITHIN_S = 0.001  # Responses that differ by less agree: our times are whole microseconds.
ROUNDS = 3
OURS_A_ROUND = 5


def call_list(calls: dict) -> CallList:
    """Return the baseline's calls as ours, every time given."""
    return CallList(
        clock=Clock.from_wall(datetime(2024, 1, 1), "UTC"),  # noqa: DTZ001 -- A wall clock.
        number=tuple(map(str, range(1, len(calls["t"]) + 1))),
        received_us=np.rint(calls["t"] * 1e6).astype(np.int64),
        priority=calls["priority"] + 1,
        nature=np.full(len(calls["t"]), ""),
        lon=calls["x"],
        lat=calls["y"],
        node=calls["node"].astype(np.int64),
        off_road_km=calls["dist"],
        given={
            "call_processing": calls["delay"],
            "scene": calls["scene"],
            "transport": calls["transport"].astype(np.float64),
            "handover": calls["handover"],
        },
        nothing_drawn=True,
    )


def measure(days: float, seed: int) -> dict:
    """Run both, and return calls per second of each, their ratio, and whether the responses agree."""
    sys.path.insert(0, str(SHARED / "simulation" / "baseline"))
    from model import load_city, make_calls  # noqa: PLC0415 -- It stands outside the repository.
    from sim_simpy import simulate as simulate_simpy  # noqa: PLC0415

    source = SHARED / "data" / "cities" / "auckland"
    city = load_city(source)
    calls = make_calls(city, days, seed)
    with tempfile.TemporaryDirectory() as folder:
        model = load_model(write(jemss.build(source), Path(folder) / "auckland"))
        mine = call_list(calls)
        run = simulate(model, mine, Luck(seed))  # Once unmeasured: kernels are loaded, pages are touched.
        ours_s, simpy_s = [], []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            response, stat = simulate_simpy(city, calls)
            simpy_s.append(time.perf_counter() - start)
            for _ in range(OURS_A_ROUND):
                start = time.perf_counter()
                run = simulate(model, mine, Luck(seed))
                ours_s.append(time.perf_counter() - start)
    n = len(response)
    apart_s = float(np.abs(run.response_us / 1e6 - response).max())
    same = (run.queued, run.bumped) == (stat["queued"], stat["bumped"]) and abs(run.busy_fraction - stat["busy"]) < 1e-6
    ours, theirs = n / statistics.median(ours_s), n / statistics.median(simpy_s)
    return {
        "ours_calls_per_s": round(ours),
        "simpy_calls_per_s": round(theirs),
        "ratio": round(ours / theirs, 2),
        "agree": bool(apart_s < WITHIN_S and same),
        "calls": n,
        "farthest_apart_s": apart_s,
        "queued": run.queued,
        "bumped": run.bumped,
    }


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=float, default=100.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    missing = [
        path for path in ("simulation/baseline/model.py", "data/cities/auckland") if not (SHARED / path).exists()
    ]
    if missing:
        sys.exit(f"The baseline is not there: no {missing[0]} in {SHARED} (GOLDENHOUR_SHARED names another folder).")
    found = measure(asked.days, asked.seed)
    if asked.json:
        print(json.dumps(found))
        sys.exit(not found["agree"])
    print(f"{found['calls']:,} calls of {asked.days:g} days in Auckland, seed {asked.seed}, one thread")
    print(f"  goldenhour {found['ours_calls_per_s']:>10,} calls/s")
    print(f"  SimPy      {found['simpy_calls_per_s']:>10,} calls/s")
    agree = "agree" if found["agree"] else "DO NOT AGREE"
    print(f"  ratio      {found['ratio']:>10.1f}   responses {agree}, at most {found['farthest_apart_s']:.6f} s apart")
    sys.exit(not found["agree"])


if __name__ == "__main__":
    main()

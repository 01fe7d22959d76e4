"""San Francisco: fit on some days of the record, simulate others, and hold the two side by side.

    python benchmarks/validate_sf.py [--split 2017-01-05] [--test FILE] [--replications 10] [--json]

Needs the folder of shared data beside the repository (or GOLDENHOUR_SHARED): data/san_francisco. Runs the ordinary
commands: region build, calibrate, simulate. Of a judged call only its time, place, nature, priority and the types of
unit sent are used. Exits 1 when a median is more than 10 % off, or a 90th percentile more than 15 %.

With --test, the whole record is fitted and that other file of the same layout is judged.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

import numpy as np
import polars as pl

from goldenhour.roads.region import load
from goldenhour.simulate.calls import days_of
from goldenhour.simulate.record import Record, read_record
from goldenhour.simulate.roster import sessions_of
from goldenhour.workforce.shifts import Shifts

SHARED = Path(os.environ.get("GOLDENHOUR_SHARED", Path(__file__).resolve().parents[2] / "shared"))
SOURCE = SHARED / "data" / "san_francisco"
JUDGED = ("travel", "response", "transport", "job")
SHOWN = ("call_processing", "turnout", *JUDGED[:2], "scene", "transport", "handover", "job")
MEDIAN_BAR, P90_BAR = 0.10, 0.15
FIRE = ("engine", "truck", "rescue", "supervisor")
MEDICAL = "Medical Incident"


def run(*words: str) -> str:
    """Run a goldenhour command and return what it printed."""
    done = subprocess.run([sys.executable, "-m", "goldenhour.cli", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"goldenhour {' '.join(words)}:\n{done.stderr}")
    return done.stdout


def split(record: Path, day: str, folder: Path) -> tuple[Path, Path]:
    """Write the rows received before a day and from it on as two files, and return them."""
    with record.open(newline="", encoding="utf-8") as stream:
        header, *rows = csv.reader(stream)
    at = header.index("received")
    parts = {
        "fitted.csv": [row for row in rows if row[at] < day],
        "judged.csv": [row for row in rows if row[at] >= day],
    }
    for name, some in parts.items():
        with (folder / name).open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([header, *some])
    return folder / "fitted.csv", folder / "judged.csv"


def compare(told: dict, record: Record) -> list[dict]:
    """Return one row an interval and unit type: real and simulated, and whether it is within the bars."""
    found = []
    for who in ("ambulance", "engine"):
        for name in SHOWN:
            real = record.interval_s(name)[record.unit_type == who]
            real = real[np.isfinite(real)]
            ours = told["intervals"][name].get(who, {"n": 0})
            if len(real) < 50 or ours["n"] < 50:
                continue
            median, p90 = (float(value) for value in np.quantile(real, [0.5, 0.9]))
            row = {
                "who": who,
                "interval": name,
                "judged": name in JUDGED,
                "real_n": len(real),
                "real_median_s": median,
                "simulated_median_s": ours["median_s"],
                "median_off": ours["median_s"] / median - 1.0,
                "real_p90_s": p90,
                "simulated_p90_s": ours["p90_s"],
                "p90_off": ours["p90_s"] / p90 - 1.0,
            }
            row["within"] = abs(row["median_off"]) <= MEDIAN_BAR and abs(row["p90_off"]) <= P90_BAR
            found.append(row)
    return found


def medical_share(record: Record, out: Path, region: Path) -> dict[str, dict[str, float]]:
    """Return the share of each fire unit's responses that went to medical calls, real and simulated.

    Over a whole type both are the same, for the types sent to a call are taken from the record; which unit went is not.
    """
    nature = dict(zip(record.calls.number, record.calls.nature.tolist(), strict=True))
    events = pl.read_parquet(out / "events.parquet").filter(pl.col("name") == "dispatch.unit_assigned")
    sent = [json.loads(payload) for payload in events["payload"]]
    call_sign = {row["id"]: row["call_sign"] for row in load(region).table("units")}
    ours, medical = Counter(), Counter()
    for one in sent:
        unit = call_sign[one["unit"]]
        ours[unit] += 1
        medical[unit] += nature[one["call_id"]] == MEDICAL
    found = {}
    for kind in FIRE:
        mine = record.unit_type == kind
        names = [name for name in np.unique(record.unit[mine]).tolist() if ours[name]]
        real_n = np.array([(record.unit == name).sum() for name in names])
        real = np.array([(record.nature[record.unit == name] == MEDICAL).mean() for name in names])
        simulated = np.array([medical[name] / ours[name] for name in names])
        found[kind] = {
            "units_n": len(names),
            "all_real": float((record.nature[mine] == MEDICAL).mean()),
            "all_simulated": sum(medical[name] for name in names) / sum(ours[name] for name in names),
            "mean_gap_per_unit": float(np.average(np.abs(real - simulated), weights=real_n)),
            "responses_correlation": float(np.corrcoef(real_n, [ours[name] for name in names])[0, 1]),
        }
    return found


def utilisation(told: dict, record: Record, region: Path) -> dict[str, dict[str, float]]:
    """Return unit-hour utilisation of ambulances a day, real and simulated.

    Task time: hours from dispatch to available over hours on duty. Transport: patients taken over hours on duty. Real
    hours on duty are those that the record shows (first dispatch to last return, cut at five silent hours); simulated
    ones those of the roster. The reserve's work counts, its waiting does not.
    """
    opened = load(region)
    days = days_of(record.calls)
    mine = record.where(record.unit_type == "ambulance")
    seen = sessions_of(mine.unit, mine.step["dispatch"], mine.step["available"])
    real_duty = sum(min(one.end_s, days * 86_400.0) - max(one.start_s, 0.0) for one in seen) / 3600.0 / days
    start = record.calls.clock.start
    rostered = 0.0
    for row in opened.table("units"):
        if row["type"] == "ambulance" and row["agency"] != "reserve":
            spans = Shifts.parse(row["shifts"]).spans(start, start + timedelta(days=7), start.tzinfo)
            rostered += sum((to - begin).total_seconds() for begin, to in spans) / 3600.0 / 7.0
    ours = told["fleet"]["unit_types"]["ambulance"]
    job = mine.interval_s("job")
    return {
        "task_share": {
            "real": float(np.nansum(job)) / 3600.0 / days / real_duty,
            "simulated": ours["task_h"] / days / rostered,
        },
        "transports_per_h": {
            "real": float(np.isfinite(mine.step["transport"]).sum()) / days / real_duty,
            "simulated": ours["transports_n"] / days / rostered,
        },
        "on_duty_h_per_day": {"real": real_duty, "simulated": rostered},
    }


def show(rows: list[dict], shares: dict, use: dict) -> None:
    """Print the tables."""
    head = ("real med", "ours", "off", "real p90", "ours", "off")
    print(f"{'who':10} {'interval':16} {'n':>5}  " + " ".join(f"{one:>8}" for one in head))
    for row in rows:
        figures = [row["real_median_s"] / 60, row["simulated_median_s"] / 60, row["real_p90_s"] / 60]
        verdict = ("ok" if row["within"] else "OUTSIDE") if row["judged"] else ""
        print(
            f"{row['who']:10} {row['interval']:16} {row['real_n']:5}  {figures[0]:8.2f} {figures[1]:8.2f} "
            f"{row['median_off']:+8.1%} {figures[2]:8.2f} {row['simulated_p90_s'] / 60:8.2f} "
            f"{row['p90_off']:+8.1%}  {verdict}"
        )
    print("\nminutes; judged: median within 10 %, 90th percentile within 15 %\n")
    for kind, one in shares.items():
        print(
            f"medical share of {kind} responses: real {one['all_real']:.1%}, simulated {one['all_simulated']:.1%}; "
            f"unit by unit {one['mean_gap_per_unit']:.1%} apart; "
            f"responses a unit correlate {one['responses_correlation']:.2f} ({one['units_n']} units)"
        )
    for name, one in use.items():
        print(f"ambulances, {name}: real {one['real']:.3f}, simulated {one['simulated']:.3f}")


def main() -> None:
    """Build, calibrate, simulate, compare."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--split", default="2017-01-05", help="Fit before this day, judge from it on.")
    options.add_argument("--test", type=Path, help="Fit the whole record and judge this file instead.")
    options.add_argument("--replications", type=int, default=10)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    whole = SOURCE / "calls_units.csv"
    if not whole.exists():
        sys.exit(f"The record is not there: no {whole} (GOLDENHOUR_SHARED names another folder than ../shared).")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        fitted, judged = (whole, given.test) if given.test else split(whole, given.split, folder)
        region, out = folder / "sf", folder / "out"
        run("region", "build", "sf", str(SOURCE), "-o", str(region))
        run("calibrate", str(region), "--calls", str(fitted))
        words = ("simulate", str(region), "--calls", str(judged), "--out", str(out), "--seed", str(given.seed))
        run(*words)
        record = read_record(judged, load(region).time_zone)
        shares = medical_share(record, out, region)
        use = utilisation(json.loads((out / "summary.json").read_text(encoding="utf-8")), record, region)
        told = json.loads(
            run(*words[:-4], "--seed", str(given.seed), "--replications", str(given.replications), "--json")
        )
        rows = compare(told, record)
    if given.json:
        print(json.dumps({"rows": rows, "medical_share": shares, "utilisation": use}, indent=2))
    else:
        show(rows, shares, use)
    sys.exit(not all(row["within"] for row in rows if row["judged"]))


if __name__ == "__main__":
    main()

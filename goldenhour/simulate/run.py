"""One simulation, from a region and a call list or a number of days to figures and files."""

import json
import os
import platform
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numba
import numpy as np
import orjson

from goldenhour.errors import BadInput, Refused
from goldenhour.fleet.status_codes import OUT_OF_SERVICE
from goldenhour.measure.intervals import summary
from goldenhour.measure.report import Report, report_html
from goldenhour.measure.targets import region_targets
from goldenhour.roads.checks import FAR_KM
from goldenhour.roads.region import Region
from goldenhour.simulate import kernels as k
from goldenhour.simulate.calls import CallList, days_of
from goldenhour.simulate.clock import DAY_US, FIRST_MONDAY, Clock
from goldenhour.simulate.compare import changes_in_words, compared, differences
from goldenhour.simulate.crews import read_staffing
from goldenhour.simulate.demand import Luck, generate
from goldenhour.simulate.engine import Model, Run, load_model, simulate, with_nodes
from goldenhour.simulate.output import calls_table, events_table, runs_of
from goldenhour.simulate.replicate import CONFIDENCE, pooled
from goldenhour.simulate.skills import SkillTime, Waits, waits_of
from goldenhour.workforce.books import load_books

UNITS = {
    "*_s": "seconds",
    "*_share": "share, 0 to 1",
    "*_fraction": "share, 0 to 1",
    "*_h": "hours",
    "*_km": "kilometres",
    "*_per_h": "per unit-hour on duty",
    "*_n": "count",
    "n": "count",
    "half_width_s": f"seconds, half the {CONFIDENCE:.0%} t-interval of mean_s over the replications",
    "*_half_width": f"half the {CONFIDENCE:.0%} t-interval over the replications, in the figure's unit",
}
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NEEDS = {
    "list": "as the call list says",
    "mix": "drawn from the mix of service.toml",
    "plans": "by the response plans in force on the day of the call",
}
_FILES = ("region.toml", "service.toml", "stations.csv", "hospitals.csv", "units.csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """How the service is run: everything that a what-if can change. Nothing: as the region says."""

    policy: str = ""
    needs: str = ""  # list, mix or plans, see simulate.needs
    start: date | None = None  # First day of the calls; the same day of the week as they have.
    staffing: Path | None = None  # See simulate.crews.
    rules: tuple[Path, ...] = ()  # Rule books beside those that ship.

    def told(self) -> dict[str, Any]:
        """Return what differs from the region's own ways."""
        said: dict[str, Any] = {"policy": self.policy, "needs": self.needs, "start": str(self.start or "")}
        said |= {"staffing": self.staffing.name if self.staffing else "", "rules": [one.name for one in self.rules]}
        return {name: value for name, value in said.items() if value}

    def model(self, region: Region) -> Model:
        """Return the region ready to be simulated so."""
        ids = [row["id"] for row in region.table("units")]
        staffing = read_staffing(self.staffing, ids) if self.staffing else None
        return load_model(region, self.policy, staffing=staffing, books=load_books(self.rules) if self.rules else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for."""

    calls: CallList | None = None  # None: generate.
    days: float = 1.0
    seed: int = 0
    replications: int = 1
    warm_up_days: float = 0.0
    scenario: Scenario = field(default_factory=Scenario)
    other: Scenario | None = None  # To compare with, on the same calls and the same luck.
    skills: tuple[SkillTime, ...] = ()
    reasons: bool = False  # Keep every decision of the first replication.


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came out: the summary, and the first replication to look into."""

    summary: dict[str, Any]
    first: Run
    luck: Luck
    warm_up_us: int
    days: float


def carry_out(region: Region, wanted: Wanted, progress: Callable[[float], None] | None = None) -> Outcome:
    """Simulate what is wanted; `progress` is told the share that is done.

    Raises:
        BadInput: the region, the policy or the calls do not fit together.
        Refused: the warm-up leaves no call to measure.
    """
    scenarios = [wanted.scenario, *([wanted.other] if wanted.other else [])]
    models = [one.model(region) for one in scenarios]
    if not models[0].units:
        raise Refused(
            code="no_units", what="The region has no units.", do=f"Add some to {region.folder / 'units.csv'}."
        )
    if wanted.calls:
        wanted = replace(wanted, calls=_on_roads(with_nodes(wanted.calls, region)))
    warm_up_us = round(wanted.warm_up_days * DAY_US)
    first: Run | None = None
    found: list[list[dict[str, Any]]] = [[] for _ in scenarios]
    pairs = []
    for number in range(wanted.replications):
        luck = Luck(wanted.seed, number)
        looked = []
        for at, (scenario, model) in enumerate(zip(scenarios, models, strict=True)):
            part = _part(progress, number * len(models) + at, wanted.replications * len(models))
            calls = _calls(model, wanted, scenario.start, luck)
            if not len(calls) or calls.received_us[-1] < warm_up_us:
                raise Refused(
                    code="no_calls", what="No call is left to measure.", do="Simulate more days, or a shorter warm-up."
                )
            trace = wanted.reasons and first is None
            run = simulate(model, calls, luck, part, needs=scenario.needs, trace=trace)
            first = first or run
            told, waits = _look(run, wanted.skills, warm_up_us)
            found[at].append(told)
            looked.append((told, waits))
        if wanted.other:
            pairs.append(differences(*looked[0], *looked[1]))
    assert first is not None
    days = days_of(first.calls) if wanted.calls else wanted.days
    told, *others = [one[0] if len(one) == 1 else pooled(one) for one in found]
    head = _head(region, models[0], wanted, days) | {
        "needs": needs_told(first),
        "off_road": off_road(first.calls, float(region.settings["far_from_road_km"])),
    }
    if wanted.other:
        head["compare"] = compared(wanted.scenario.told(), wanted.other.told(), told, others[0], pairs)
        head["compare"]["words"] = changes_in_words(head["compare"])
    return Outcome(summary=head | told, first=first, luck=Luck(wanted.seed), warm_up_us=warm_up_us, days=days)


def _look(run: Run, skills: tuple[SkillTime, ...], warm_up_us: int) -> tuple[dict[str, Any], dict[str, Waits]]:
    """Return the figures of a run, and how long each call waited for each skill."""
    waits = {one.name: waits_of(run, one, from_us=warm_up_us) for one in skills}
    told = figures(run, warm_up_us)
    if waits:
        told["skills"] = {name: one.figures() for name, one in waits.items()}
    return told, waits


def _calls(model: Model, wanted: Wanted, start: date | None, luck: Luck) -> CallList:
    """Return the calls of a replication, from the first day that is asked for.

    Raises:
        BadInput: that is another day of the week than the calls' own: they would not come at the same hours.
    """
    wall = wanted.calls.clock.start.replace(tzinfo=None) if wanted.calls else FIRST_MONDAY
    if start:
        begin = datetime.combine(start, wall.time())
        if begin.weekday() != wall.weekday():
            raise BadInput(
                code="start",
                what=f"{start} is a {DAY_NAMES[begin.weekday()]}, and the calls begin on a "
                f"{DAY_NAMES[wall.weekday()]}.",
                do="Take the same day of the week: calls keep their hours.",
                where="--start",
            )
        wall = begin
    clock = Clock.from_wall(wall, model.region.time_zone)
    if wanted.calls:
        return replace(wanted.calls, clock=clock)
    return generate(model.service, model.region.demand, clock, days=wanted.days, luck=luck)


def needs_told(run: Run) -> dict[str, Any]:
    """Return where what the calls need came from."""
    book = run.needs.book
    told: dict[str, Any] = {"source": run.needs.source} | ({"rules_hash": book.hash} if book else {})
    if book and run.calls.source is None and not any(one.key for one in run.model.service.natures):
        told["natures"] = "not known: each usual nature of a call's priority equally often"
    return told


def _on_roads(calls: CallList) -> CallList:
    """Refuse calls of another region: too far from any road for a unit to go there."""
    assert calls.off_road_km is not None
    far = calls.off_road_km > FAR_KM
    if far.any():
        at = int(far.argmax())
        place = f"longitude {calls.lon[at]:g}, latitude {calls.lat[at]:g}"
        raise BadInput(
            code="far_away",
            what=f"Call {calls.number[at]} ({place}) lies {calls.off_road_km[at]:,.0f} km from the nearest road of the "
            f"region; {far.sum():,} of {len(calls):,} calls lie more than {FAR_KM:.0f} km from any.",
            do="Check that longitude and latitude are not swapped, and that the list is of this region.",
            where=calls.where(at),
        )
    return calls


def off_road(calls: CallList, limit_km: float) -> dict[str, Any]:
    """Return how many calls lie farther than that from any road, and which is the farthest and how far."""
    assert calls.off_road_km is not None
    far = calls.off_road_km > limit_km
    found: dict[str, Any] = {"limit_km": limit_km, "calls_n": int(far.sum()), "of_n": len(calls)}
    if far.any():
        at = int(calls.off_road_km.argmax())
        found["farthest_km"] = round(float(calls.off_road_km[at]), 3)
        found["farthest_call"], found["farthest_where"] = calls.number[at], calls.where(at)
    return found


def off_road_words(found: Mapping[str, Any]) -> str:
    """Return in a sentence what `off_road` found; "" when all calls lie on roads."""
    if not found["calls_n"]:
        return ""
    where = f" ({found['farthest_where']})" if found["farthest_where"] else ""
    lie = "1 call lies" if found["calls_n"] == 1 else f"{found['calls_n']:,} of {found['of_n']:,} calls lie"
    return (
        f"{lie} more than {found['limit_km']:g} km from any road, the farthest, call {found['farthest_call']}{where}, "
        f"{found['farthest_km']:,.1f} km: units go there off-road, which takes long. Check its place."
    )


def _part(progress: Callable[[float], None] | None, number: int, replications: int) -> Callable[[float], None] | None:
    """Return a report of progress for one replication of several."""
    if progress is None:
        return None
    return lambda share: progress((number + share) / replications)


def _head(region: Region, model: Model, wanted: Wanted, days: float) -> dict[str, Any]:
    """Return what was simulated, and with what: enough to do it again."""
    inputs = [{"name": name, **_checksum(region.folder / name)} for name in _FILES]
    for scenario in (wanted.scenario, wanted.other):
        files = [scenario.staffing, *scenario.rules] if scenario else []
        inputs += [{"name": file.name, **_checksum(file)} for file in files if file and file.is_file()]
    if wanted.calls and wanted.calls.source:
        source = wanted.calls.source
        inputs.append({"name": source.name, "sha256": source.sha256, "bytes": source.bytes})
    return {
        "format": 1,
        "region": region.name,
        "region_kind": region.kind,
        "policy": model.policy.name,
        "scenario": wanted.scenario.told(),
        "calls": "list" if wanted.calls else "generated",
        "days": days,
        "warm_up_days": wanted.warm_up_days,
        "seed": wanted.seed,
        "replications": wanted.replications,
        "versions": {
            "goldenhour": version("goldenhour"),
            "python": platform.python_version(),
            "numpy": np.__version__,
            "numba": numba.__version__,
        },
        "inputs": inputs,
        "units": UNITS,
    }


def _checksum(path: Path) -> dict[str, Any]:
    """Return the checksum and size of a file."""
    content = path.read_bytes()
    return {"sha256": sha256(content).hexdigest(), "bytes": len(content)}


def figures(run: Run, warm_up_us: int = 0) -> dict[str, Any]:
    """Return every figure of one run; calls received in the warm-up are left out of response and intervals."""
    calls = run.calls
    counted = calls.received_us >= warm_up_us
    response_s, priority = run.response_us / 1e6, calls.priority
    answered = counted & (run.response_us >= 0)
    target_s = run.model.target_s
    outcome = run.rows[:, k.OUTCOME]
    return {
        "response": {
            "all": _response(response_s[answered], priority[answered], target_s),
            **{
                f"priority {p}": _response(response_s[answered & (priority == p)], np.full(1, p), target_s)
                for p in sorted(set(priority[counted].tolist()))
            },
        },
        "counts": {
            "calls_n": int(counted.sum()),
            "answered_n": int(answered.sum()),
            "unanswered_n": int(counted.sum() - answered.sum()),
            "assignments_n": len(run.rows),
            "queued_n": run.queued,
            "bumped_n": run.bumped,
            "cancelled_n": int((outcome == k.CANCELLED).sum()),
            "transports_n": int((run.rows[:, k.HOSPITAL] >= 0).sum()),
        },
        "fleet": {"busy_fraction": round(run.busy_fraction, 9), "clock_h": round(run.end_us / 3.6e9, 6)}
        | {"unit_types": utilisation(run)},
        "intervals": summary(runs_of(run, from_us=warm_up_us)),
    }


def _response(took_s: Any, priority: Any, target_s: dict[int, float]) -> dict[str, Any]:
    """Return the figures of calls' response: receipt to first unit on scene."""
    if not len(took_s):
        return {"n": 0, "mean_s": None, "median_s": None, "p90_s": None, "in_time_share": None}
    target = np.array([target_s.get(int(one), np.inf) for one in range(5)])
    return {
        "n": len(took_s),
        "mean_s": round(float(took_s.mean()), 6),
        "median_s": round(float(np.median(took_s)), 6),
        "p90_s": round(float(np.quantile(took_s, 0.9)), 6),
        "in_time_share": round(float((took_s <= target[priority]).mean()), 6),
    }


def utilisation(run: Run) -> dict[str, dict[str, float]]:
    """Return the unit-hour utilisation of each unit type over the whole run.

    Task time: from notified to back in service, over hours on duty. Transports: patients taken, per hour on duty.
    """
    types = np.array([unit.type for unit in run.model.units])
    on_duty = np.delete(run.in_us, OUT_OF_SERVICE, axis=1).sum(axis=1) / 3.6e9
    task = run.in_us[:, 1:6].sum(axis=1) / 3.6e9
    transports = np.bincount(run.rows[run.rows[:, k.HOSPITAL] >= 0, k.UNIT], minlength=len(types))
    jobs = np.bincount(run.rows[:, k.UNIT], minlength=len(types))
    found = {}
    for name in sorted(set(types.tolist())):
        mine = types == name
        hours = float(on_duty[mine].sum())
        found[name] = {
            "units_n": int(mine.sum()),
            "on_duty_h": round(hours, 6),
            "task_h": round(float(task[mine].sum()), 6),
            "assignments_n": int(jobs[mine].sum()),
            "transports_n": int(transports[mine].sum()),
            "task_share": round(float(task[mine].sum()) / hours, 6) if hours else 0.0,
            "transports_per_h": round(float(transports[mine].sum()) / hours, 6) if hours else 0.0,
        }
    return found


def check_folder(folder: Path) -> None:
    """Refuse a folder that results cannot go to, before anything is simulated.

    Raises:
        BadInput: it is a file or a region, or it cannot be written.
    """
    folder = folder.resolve()
    if (folder / "region.toml").exists():
        what = "This is a region's folder."
    elif folder.exists() and not folder.is_dir():
        what = "This is a file."
    else:
        there = next(one for one in [folder, *folder.parents] if one.exists())
        if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
            return
        what = "It cannot be written."
    raise BadInput(code="unwritable", what=what, do="Name another folder for the results.", where=str(folder))


def write(outcome: Outcome, folder: Path) -> None:
    """Write events.parquet, calls.csv, summary.json and report.html of a simulation.

    Events and calls are those of the first replication, warm-up included. The same seed gives the same bytes. All four
    are written beside their places first, so that results of two runs are not mixed.

    Raises:
        BadInput: the folder cannot be written.
    """
    check_folder(folder)
    told = orjson.dumps(outcome.summary, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    fresh = folder / f".writing-{os.getpid()}"
    try:
        fresh.mkdir(parents=True)
        events_table(outcome.first, outcome.luck).write_parquet(fresh / "events.parquet", compression="zstd")
        calls_table(outcome.first).write_csv(fresh / "calls.csv")
        (fresh / "summary.json").write_bytes(told)
        (fresh / "report.html").write_text(report_html(_report(outcome)), encoding="utf-8")
        for file in sorted(fresh.iterdir()):
            file.replace(folder / file.name)
    except OSError as problem:
        raise BadInput(
            code="unwritable",
            what=f"It cannot be written: {problem.strerror}.",
            do="Name another folder for the results, on a disk with room.",
            where=str(folder),
        ) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _report(outcome: Outcome) -> Report:
    """Return what the report is made from."""
    run, told = outcome.first, outcome.summary
    region = run.model.region
    many = told["replications"] > 1
    facts = {
        "Policy": told["policy"],
        "What calls need": _NEEDS[told["needs"]["source"]],
        "Seed": str(told["seed"]),
        "Replications": str(told["replications"]),
        "Warm-up": f"{told['warm_up_days']:g} days",
        "Versions": ", ".join(f"{name} {version}" for name, version in told["versions"].items()),
        **{f"SHA-256 of {one['name']}": one["sha256"] for one in told["inputs"]},
    }
    far = off_road_words(told["off_road"])
    notes = [*region.settings["warnings"], *([far] if far else [])]
    if "natures" in told["needs"]:
        notes.append(f"Natures of the generated calls are {told['needs']['natures']}.")
    if many:
        notes.append("Curves, load and map show the first replication; the intervals are means over all.")
    source = "generated calls" if told["calls"] == "generated" else "a call list"
    roads = region.folder / "map" / "roads.geojson"
    return Report(
        title=f"{region.name}, {outcome.days:g} simulated day{'' if outcome.days == 1 else 's'}",
        about=f"Simulated with the {told['policy']} policy on {source}, {len(run.model.units)} units.",
        runs=runs_of(run, from_us=outcome.warm_up_us),
        days=outcome.days - outcome.warm_up_us / DAY_US,
        targets=region_targets(run.model.target_s, source="region.toml"),
        target_s=run.model.target_s,
        roads=json.loads(roads.read_bytes()) if roads.exists() else None,
        stations=region.table("stations"),
        hospitals=region.table("hospitals"),
        facts=facts,
        notes=notes,
        intervals=told["intervals"] if many else None,
        skills=told.get("skills", {}),
        compared=told.get("compare"),
    )

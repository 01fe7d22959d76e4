"""Targets: dated time standards, and what was measured judged against them, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

from goldenhour.calls.natures import PRIORITIES
from goldenhour.dated import Rule, read_rules
from goldenhour.errors import BadInput
from goldenhour.fleet.status import Stamp
from goldenhour.fleet.units import UnitType
from goldenhour.measure.intervals import INTERVALS, SUMMARY, Interval, interval_us

SHIPPED = Path(__file__).with_name("targets")
TOO_FEW = 30  # Below this many a share says little.
UNMEASURED = frozenset({"answer"})  # Nothing stamps these yet.
_FIELDS = {
    "standard",
    "jurisdiction",
    "interval",
    "of",
    "unit_types",
    "priorities",
    "staffing",
    "percent",
    "average",
    "seconds",
}
_HOUR_S = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One time that a share of calls or units, or their average, should not exceed."""

    rule: Rule
    standard: str
    jurisdiction: str  # "" for anywhere.
    interval: str
    of: str  # "call": the first unit on scene of each call. "unit": every unit.
    seconds: float
    percent: float | None  # None: the target is for the average.
    unit_types: frozenset[str]  # Empty: all.
    priorities: frozenset[int]
    staffing: str  # "" for any; a standard for volunteers is judged only where it is asked for.

    @property
    def words(self) -> str:
        """Return the target as a sentence's start."""
        what = f"{self.standard}: {self.interval.replace('_', ' ')}"
        who = [
            " and ".join(sorted(self.unit_types)).replace("_", " "),
            f"priority {' and '.join(map(str, sorted(self.priorities)))}" if self.priorities else "",
            "first unit on scene" if self.of == "call" and self.interval in {"travel", "response"} else "",
        ]
        told = ", ".join(one for one in who if one)
        limit = f"at most {clock(self.seconds)}"
        limit += " on average" if self.percent is None else f" for {self.percent:g} %"
        return f"{what}{f' ({told})' if told else ''} {limit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a target was met."""

    target: Target
    n: int
    met: bool | None  # None: not judged, see `words`.
    share: float | None  # Of those within the target's seconds.
    reached_s: float | None  # The time at the target's percentile, or the average.
    words: str


@cache
def load_targets(folder: Path = SHIPPED) -> tuple[tuple[Target, ...], str]:
    """Return the targets of a folder of YAML files and the hash of them all.

    Raises:
        BadInput: a line is wrong; it says which.
    """
    rules, digest = read_rules(sorted(folder.glob("*.yaml")), section="targets", fields=_FIELDS)
    return tuple(_target(rule) for rule in rules), digest


def targets_on(day: date, *, jurisdiction: str = "", staffing: str = "", folder: Path = SHIPPED) -> tuple[Target, ...]:
    """Return the targets in force that day at that place.

    `jurisdiction` is such as US-CA: targets of US, of US-CA and of no place in particular hold there; where it is not
    known, only the last. `staffing` "volunteer" adds the targets for volunteer departments.
    """
    found, _ = load_targets(folder)
    return tuple(
        one
        for one in found
        if one.rule.in_force(day)
        and (one.staffing in {"", staffing})
        and (not one.jurisdiction or f"{jurisdiction}-".startswith(f"{one.jurisdiction}-"))
    )


def _target(rule: Rule) -> Target:
    """Return a rule as a target."""
    says = rule.says
    wrong = [
        *(f"unit type {one}" for one in says.get("unit_types", ()) if one not in set(UnitType)),
        *(f"priority {one}" for one in says.get("priorities", ()) if one not in PRIORITIES),
        *([] if says.get("interval") in {*SUMMARY, *INTERVALS, *UNMEASURED} else [f"interval {says.get('interval')}"]),
        *([] if says.get("of") in {"call", "unit"} else [f"of: {says.get('of')}"]),
    ]
    percent, average, seconds = says.get("percent"), says.get("average", False), says.get("seconds", 0)
    if wrong or bool(average) == (percent is not None) or not seconds > 0 or not 0 < (percent or 50) < 100:  # noqa: PLR2004
        raise BadInput(
            code="target",
            what=f"{wrong[0]} is unknown."
            if wrong
            else "needs seconds above 0, and either a percent or average: true.",
            do="See the files that ship in goldenhour/measure/targets.",
            where=rule.where,
        )
    return Target(
        rule=rule,
        standard=says.get("standard", rule.id),
        jurisdiction=says.get("jurisdiction", ""),
        interval=says["interval"],
        of=says["of"],
        seconds=float(seconds),
        percent=None if percent is None else float(percent),
        unit_types=frozenset(says.get("unit_types", ())),
        priorities=frozenset(says.get("priorities", ())),
        staffing=says.get("staffing", ""),
    )


def judge(runs: pl.DataFrame, target: Target) -> Verdict:
    """Return how the runs meet a target. A missing or negative time is left out, neither met nor missed."""
    if target.interval in UNMEASURED:
        return Verdict(
            target=target, n=0, met=None, share=None, reached_s=None,
            words=f"{target.words}: not measured, nothing stamps when a call is answered.",
        )  # fmt: skip
    rows = runs
    if target.unit_types:
        rows = rows.filter(pl.col("unit_type").is_in(sorted(target.unit_types)))
    if target.priorities:
        rows = rows.filter(pl.col("priority").is_in(sorted(target.priorities)))
    took = _seconds(rows, SUMMARY.get(target.interval) or INTERVALS[target.interval], first=target.of == "call")
    return _verdict(target, took.filter(took >= 0))


def _seconds(rows: pl.DataFrame, interval: Interval, *, first: bool) -> pl.Series:
    """Return the interval of every run, or of the first unit on scene (or notified) of each call."""
    if first:
        order = Stamp.UNIT_NOTIFIED if Stamp.UNIT_NOTIFIED in interval.ends else Stamp.ON_SCENE
        rows = rows.filter(pl.col(order).is_not_null()).sort(order, maintain_order=True)
        rows = rows.unique("call_id", keep="first", maintain_order=True)
    return rows.select((interval_us(interval) / 1e6).alias("took_s"))["took_s"].drop_nulls()


def _verdict(target: Target, took_s: pl.Series) -> Verdict:
    """Return the judgement of good times against a target."""
    n, times = len(took_s), took_s.to_numpy()
    share = float(np.mean(times <= target.seconds)) if n else None
    if share is None or n < TOO_FEW:
        words = f"{target.words}: too few to judge ({n})."
        return Verdict(target=target, n=n, met=None, share=share, reached_s=None, words=words)
    if target.percent is None:
        reached = float(np.mean(times))
        met = reached <= target.seconds
        told = f"the average of {n:,} was {clock(reached)}"
    else:
        reached = float(np.quantile(times, target.percent / 100))
        met = share >= target.percent / 100
        told = f"{100 * share:.1f} % of {n:,} were; {target.percent:g} % took {clock(reached)} or less"
    words = f"{target.words}: {'met' if met else 'not met'}; {told}."
    return Verdict(target=target, n=n, met=met, share=share, reached_s=reached, words=words)


def region_targets(target_s: Mapping[int, float], *, source: str) -> tuple[Target, ...]:
    """Return a region's own response targets by priority, 90 % of first units on scene, as targets to judge by."""
    rule = Rule(id="own", tier="agency", start=date.min, end=None, source=source, says={}, where=source)
    return tuple(
        Target(
            rule=rule, standard="Own target", jurisdiction="", interval="response", of="call", seconds=float(seconds),
            percent=90.0, unit_types=frozenset(), priorities=frozenset({int(priority)}), staffing="",
        )
        for priority, seconds in sorted(target_s.items())
    )  # fmt: skip


def clock(seconds: float) -> str:
    """Return a length of time as minutes and seconds, or hours and minutes.

    >>> clock(61), clock(3660)
    ('1:01', '1:01 h')
    """
    whole = round(seconds)
    if whole < _HOUR_S:
        return f"{whole // 60}:{whole % 60:02}"
    return f"{whole // _HOUR_S}:{whole % _HOUR_S // 60:02} h"

"""Telephone CPR: from the first ring until the arrest was recognised, and until somebody there began to push.

An arrest whose time nobody stamped is counted as missing, never as nought; one with a time before its ring as wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from goldenhour.dated import read_rules
from goldenhour.errors import BadInput

SHIPPED = Path(__file__).with_name("telephone_cpr.yaml")
TIMES = ("recognition", "first_compression")


@dataclass(frozen=True, slots=True, kw_only=True)
class Soon:
    """How soon one of the two came about, over many arrests. Times in seconds from the first ring."""

    n: int  # With a time.
    missing: int
    wrong: int
    median_s: float | None
    p90_s: float | None
    target_s: float | None  # None where none was in force.
    within: float | None  # Share of those with a time; None where there is none, or no target.


@cache
def _targets(file: Path) -> tuple[tuple[str, date, date | None, float], ...]:
    rules, _ = read_rules([file], section="targets", fields={"seconds"})
    for rule in rules:
        if rule.id not in TIMES or not float(rule.says.get("seconds", 0)) > 0:
            do = f"Give seconds above 0 for {' or '.join(TIMES)}."
            raise BadInput(code="target", what="this is no target of telephone CPR.", do=do, where=rule.where)
    return tuple((rule.id, rule.start, rule.end, float(rule.says["seconds"])) for rule in rules)


def target_s(time: str, day: date, file: Path = SHIPPED) -> float | None:
    """Return the seconds within which one of the two should come about, None where no target is known for that day."""
    return next(
        (
            seconds
            for one, start, end, seconds in _targets(file)
            if one == time and start <= day and (end is None or day < end)
        ),
        None,
    )


def how_soon(took_s: Sequence[float | None], *, target: float | None) -> Soon:
    """Return how soon it came about.

    Args:
        took_s: of each arrest, in seconds from the first ring; None where nobody stamped it.
        target: seconds, None for none.

    >>> how_soon([60.0, 100.0, None, -3.0], target=90.0)
    Soon(n=2, missing=1, wrong=1, median_s=80.0, p90_s=96.0, target_s=90.0, within=0.5)
    """
    times = np.array([one for one in took_s if one is not None and one >= 0], np.float64)
    known = len(times)
    return Soon(
        n=known,
        missing=sum(one is None for one in took_s),
        wrong=sum(one is not None and one < 0 for one in took_s),
        median_s=float(np.quantile(times, 0.5)) if known else None,
        p90_s=float(np.quantile(times, 0.9)) if known else None,
        target_s=target,
        within=float(np.mean(times <= target)) if known and target is not None else None,
    )

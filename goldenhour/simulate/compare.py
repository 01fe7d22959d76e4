"""What a changed rule, staffing or policy does: two runs on the same calls with the same luck, again and again.

The luck of a call is drawn by its place in the list, so a pair of runs differs only by what was changed. Differences
are taken within each pair of replications; their t-interval is the narrower for it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from goldenhour.simulate.replicate import CONFIDENCE, half_width
from goldenhour.simulate.skills import Waits

OWN = "as the region"
_RESPONSE = ("mean_s", "median_s", "p90_s", "in_time_share")
_TAKEN = ("n", "never_n", "unknown_n", "mean_s", "median_s", "p90_s", "half_width_s", "median_s_half_width",
          "p90_s_half_width", "in_time_share", "in_time_share_half_width")  # fmt: skip


def differences(
    before: Mapping[str, Any], waits: Mapping[str, Waits], after: Mapping[str, Any], others: Mapping[str, Waits]
) -> dict[str, dict[str, float]]:
    """Return how much more each figure is after the change, in one replication; below 0 is sooner.

    Of a response the difference of the figure; of a skill time that of the calls to which somebody who may came both
    times, so that one to which nobody came before does not make the others look slower (`both_n` says how many).
    """
    found: dict[str, dict[str, float]] = {}
    for who, row in before["response"].items():
        now = after["response"].get(who, {})
        told = {key: now[key] - row[key] for key in _RESPONSE if now.get(key) is not None and row[key] is not None}
        found[f"response, {who}"] = told
    for name, first in waits.items():
        second = others[name]
        both = first.counted & second.counted & np.isfinite(first.took_s) & np.isfinite(second.took_s)
        a, b = first.took_s[both], second.took_s[both]
        told = {"both_n": float(both.sum())}
        if both.any():
            told["mean_s"] = float(b.mean() - a.mean())
            told["median_s"] = float(np.median(b) - np.median(a))
            told["p90_s"] = float(np.quantile(b, 0.9) - np.quantile(a, 0.9))
        found[name] = told
    return found


def compared(
    scenario: Mapping[str, Any],
    other: Mapping[str, Any],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    pairs: Sequence[Mapping[str, Mapping[str, float]]],
) -> dict[str, Any]:
    """Return the comparison as summaries hold it: each figure before, after, and the difference with its interval."""
    found = {}
    for name in pairs[0]:
        difference: dict[str, Any] = {}
        for key in dict.fromkeys(key for pair in pairs for key in pair[name]):
            values = [pair[name][key] for pair in pairs if key in pair[name]]
            if key.endswith("_n"):
                difference[key] = int(sum(values))
                continue
            difference[key] = round(float(np.mean(values)), 6)
            wide = half_width(values)
            if wide is not None:
                difference[f"{key}_half_width"] = round(wide, 6)
        sides = [_figure(one, name) for one in (before, after)]
        found[name] = {"before": sides[0], "after": sides[1], "difference": difference}
    changed = [key for key in {**scenario, **other} if scenario.get(key) != other.get(key)]
    return {
        "before": {key: scenario.get(key, OWN) for key in changed},
        "after": {key: other.get(key, OWN) for key in changed},
        "both": {key: value for key, value in scenario.items() if key not in changed},
        "confidence": CONFIDENCE,
        "pairs": len(pairs),
        "figures": found,
    }


def _figure(told: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return a response or a skill time of a summary."""
    table, _, who = name.partition(", ")
    row = told["response"].get(who, {}) if table == "response" else told["skills"][name]
    return {key: row[key] for key in _TAKEN if key in row}


def changes_in_words(told: Mapping[str, Any]) -> str:
    """Return what was compared with what.

    >>> changes_in_words({"before": {"start": "2025-12-01"}, "after": {"start": "2026-02-02"}, "both": {}})
    'start 2026-02-02 instead of 2025-12-01'
    """

    def one(value: Any) -> str:
        return ", ".join(value) if isinstance(value, list) else str(value)

    said = "; ".join(
        f"{key} {one(value)} instead of {one(told['before'][key])}" for key, value in told["after"].items()
    )
    alike = ", ".join(f"{key} {one(value)}" for key, value in told["both"].items())
    return (said or "nothing changed") + (f", with {alike}" if alike else "")


def words(difference: Mapping[str, Any], *, seconds: str = "mean_s") -> str:
    """Return in words what a difference says: how much sooner or later, and whether that can be told from chance.

    >>> words({"mean_s": -83.2, "mean_s_half_width": 9.9})
    'sooner by 83 s (95 % interval 73 to 93 s)'
    >>> words({"mean_s": 2.0, "mean_s_half_width": 9.9})
    'no difference that these replications can tell (-8 to 12 s)'
    >>> words({"mean_s": 2.0}), words({})
    ('later by 2 s (one pair of runs: no interval)', 'not known')
    """
    if seconds not in difference:
        return "not known"
    mean, wide = difference[seconds], difference.get(f"{seconds}_half_width")
    sign = "sooner" if mean < 0 else "later"
    if wide is None:
        return f"{sign} by {abs(mean):.0f} s (one pair of runs: no interval)" if mean else "the same"
    if mean == 0 and wide == 0:
        return "the same"
    if abs(mean) <= wide:
        return f"no difference that these replications can tell ({mean - wide:.0f} to {mean + wide:.0f} s)"
    low, high = abs(mean) - wide, abs(mean) + wide
    return f"{sign} by {abs(mean):.0f} s ({100 * CONFIDENCE:.0f} % interval {low:.0f} to {high:.0f} s)"

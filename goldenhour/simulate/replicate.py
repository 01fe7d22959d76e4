"""Replications: the same model under other luck, and how far their mean can be trusted.

Replication r of a seed has the same luck whatever the policy, so two policies can be compared pair by pair.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import special

CONFIDENCE = 0.95
_FEWEST = 2


def half_width(values: Sequence[float], confidence: float = CONFIDENCE) -> float | None:
    """Return half the width of the t-interval of a mean, in the values' unit; None for fewer than two.

    >>> round(half_width([9.0, 10.0, 11.0]), 3)
    2.484
    """
    n = len(values)
    if n < _FEWEST:
        return None
    t = float(special.stdtrit(n - 1, 0.5 + confidence / 2))
    return float(t * np.std(values, ddof=1) / n**0.5)


def paired(first: Sequence[float], second: Sequence[float]) -> tuple[float, float | None]:
    """Return the mean of second less first over replications of equal luck, and its half width."""
    less = [b - a for a, b in zip(first, second, strict=True)]
    return float(np.mean(less)), half_width(less)


def pooled(figures: Sequence[Any]) -> Any:
    """Return one figure, or nested tables of figures, for several replications of it.

    Numbers become their mean over the replications; counts (`n`, and what ends in `_n`) their sum, but for the
    number of units, which is the same in each; None is left out.
    In a table that has `mean_s` the half widths stand beside: `half_width_s` of the mean, and `median_s_half_width`,
    `p90_s_half_width` of the others; elsewhere `NAME_half_width` beside each NAME.
    """
    if not isinstance(figures[0], dict):
        known = [one for one in figures if one is not None]
        return round(float(np.mean(known)), 6) if known and not isinstance(known[0], str | bool) else figures[0]
    found: dict[str, Any] = {}
    for key in dict.fromkeys(key for one in figures for key in one):
        each = [one[key] for one in figures if key in one]
        if isinstance(each[0], dict):
            found[key] = pooled(each)
        elif key in _ALIKE:
            found[key] = each[0]
        elif key in _COUNTS or key.endswith("_n"):
            found[key] = sum(each)
        else:
            found[key] = pooled(each)
            known = [one for one in each if isinstance(one, int | float)]
            wide = half_width(known)
            if wide is not None:
                found["half_width_s" if key == "mean_s" else f"{key}_half_width"] = round(wide, 6)
    return found


_ALIKE = frozenset({"units_n"})  # The same in every replication.
_COUNTS = frozenset({"n", "missing", "absent", "negative"})

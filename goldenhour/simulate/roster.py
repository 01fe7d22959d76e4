"""Who is on duty: units found in a record, their shifts, and where ambulances wait."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HOURS = 24
_HOUR_S = 3600.0
_DAY_S = 86_400.0
GAP_S = 5 * _HOUR_S  # A unit silent for longer has gone home in between.
EDGE_S = 20 * 60.0  # A crew is there some time before its first call and after its last: half an ordinary wait.
REACH_US = 6 * 60 * 1_000_000  # A post covers what it reaches in this time.
QUANTILE = 0.75  # Of the days. A crew is seen only when called, so what was seen on a day is a lower bound.
BUSY = 0.6  # Share of its time that an ambulance is busy, for placing only.


@dataclass(frozen=True, slots=True)
class Session:
    """One stay of a unit on duty, seconds from the record's start."""

    unit: str
    start_s: float
    end_s: float


def sessions_of(
    unit: NDArray[np.str_], dispatch_s: NDArray[np.float64], available_s: NDArray[np.float64]
) -> list[Session]:
    """Return each unit's stays on duty: from its first dispatch to its last return, cut at silences above GAP_S.

    Args:
        unit: (rows,) who.
        dispatch_s: (rows,) when sent; NaN is left out.
        available_s: (rows,) when free again; NaN is left out.
    """
    good = np.isfinite(dispatch_s) & np.isfinite(available_s) & (available_s >= dispatch_s)
    found = []
    for name in np.unique(unit[good]).tolist():
        mine = np.flatnonzero(good & (unit == name))
        mine = mine[np.argsort(dispatch_s[mine], kind="stable")]
        start, end = float(dispatch_s[mine[0]]), float(available_s[mine[0]])
        for row in mine[1:].tolist():
            if dispatch_s[row] - end >= GAP_S:
                found.append(Session(name, start - EDGE_S, end + EDGE_S))
                start, end = float(dispatch_s[row]), float(available_s[row])
            end = max(end, float(available_s[row]))
        found.append(Session(name, start - EDGE_S, end + EDGE_S))
    return found


def duty_by_hour(sessions: Sequence[Session], days: float) -> NDArray[np.float64]:
    """Return the number on duty at each hour of the day, (24,).

    The record's first and last hours see only some of the sessions that overlap them, so days count by a quantile,
    hour by hour: neither a cut day nor a festival moves it much.
    """
    whole = max(1, round(days))
    edges = np.arange(whole * HOURS + 1) * _HOUR_S
    found = np.zeros(whole * HOURS)
    for one in sessions:
        overlap = np.minimum(edges[1:], one.end_s) - np.maximum(edges[:-1], one.start_s)
        found += np.clip(overlap, 0.0, None) / _HOUR_S
    by_day = found.reshape(whole, HOURS)
    return np.asarray(np.quantile(by_day, QUANTILE, axis=0))


def shifts_of(duty: NDArray[np.float64]) -> list[str]:
    """Return the shifts of as many units as are ever on duty, the longest first; "" is always.

    Unit i is on duty in the hours that need more than i units, so that the sum over units is the duty of each hour.

    >>> shifts_of(np.array([1.0] * 8 + [2.0] * 12 + [1.0] * 4))
    ['', 'Mon-Sun 08:00-20:00']
    """
    needed = np.rint(duty).astype(np.int64)
    found = []
    for unit in range(int(needed.max(initial=0))):
        on = needed > unit
        if on.all():
            found.append("")
            continue
        starts = [hour for hour in range(HOURS) if on[hour] and not on[hour - 1]]
        spans = []
        for start in starts:
            end = next(hour for hour in range(start + 1, start + HOURS + 1) if not on[hour % HOURS])
            spans.append(f"Mon-Sun {start:02d}:00-{end % HOURS or HOURS:02d}:00")
        found.append(";".join(spans))
    return found


def posts_of(reach: NDArray[np.bool_], weight: NDArray[np.float64], count: int) -> list[int]:
    """Return where to post units one after the other: each where it adds the most expected coverage; ties lowest.

    Args:
        reach: (posts, points) whether a post reaches a point in time.
        weight: (points,) calls there.
        count: how many units.

    Source: Daskin (1983), Transportation Science 17(1), the MEXCLP objective, taken greedily.
    """
    covered = np.zeros(reach.shape[1], np.int64)
    found = []
    for _ in range(count):
        gain = reach @ (weight * BUSY**covered)
        best = int(gain.argmax())
        found.append(best)
        covered += reach[best]
    return found

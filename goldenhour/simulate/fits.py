"""Rows of service.toml fitted to a record: one law a quantity and unit type, and where there is enough, by priority."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenhour.simulate.record import Record

ENOUGH = 40  # Values from which a law of its own is fitted; fewer are pooled with others.
ENOUGH_FOR_NATURE = 80
STEPS = 20  # Empirical laws keep this many equal steps of probability.
_ENDS = (0.005, 0.995)  # The law's ends; what lies beyond is one or two slips of the record.
_RARE = 5  # Natures with fewer calls share one answer table.
Row = dict[str, Any]


def empirical(values: NDArray[np.float64], unit: str = "_s", digits: int = 1) -> Row:
    """Return the empirical law of some finite values, as quantiles at equal steps of probability."""
    at = np.linspace(0.0, 1.0, STEPS + 1)
    at[0], at[-1] = _ENDS
    return {"law": "empirical", f"quantiles{unit}": [round(float(one), digits) for one in np.quantile(values, at)]}


def bernoulli(happened: NDArray[np.bool_]) -> Row:
    """Return the chance of something, by the rule of succession (never quite 0 or 1)."""
    return {"law": "bernoulli", "p": round(float((happened.sum() + 1) / (len(happened) + 2)), 4)}


def _kept(values: NDArray[np.float64], rows: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the finite values of some rows."""
    found = values[rows]
    return found[np.isfinite(found)]


def by_type(
    record: Record,
    quantity: str,
    values: NDArray[np.float64],
    *,
    chance: bool = False,
    natures: bool = False,
    types: Sequence[str] = (),
) -> Iterator[Row]:
    """Yield the rows of a quantity: any unit, each type, each type and priority, and each type and common nature.

    Args:
        record: (rows,) unit responses.
        quantity: as in service.toml.
        values: (rows,) seconds, or 0 and 1 for a chance; NaN is left out.
        chance: whether the quantity is a chance.
        natures: whether common natures get rows of their own.
        types: unit types that the quantity concerns; none is all.
    """

    def law(found: NDArray[np.float64]) -> Row:
        return bernoulli(found > 0) if chance else empirical(found)

    priority, nature = record.priority, record.nature
    concerned = np.isin(record.unit_type, types) if types else np.ones(len(record), np.bool_)
    everyone = _kept(values, concerned)
    if not types and len(everyone) >= ENOUGH:
        yield {"quantity": quantity, **law(everyone)}
    for unit_type in sorted(set(record.unit_type[concerned].tolist())):
        of_type = record.unit_type == unit_type
        mine = _kept(values, of_type)
        if len(mine) < ENOUGH:
            continue
        head = {"quantity": quantity, "unit_type": unit_type}
        yield {**head, **law(mine)}
        for level in sorted(set(priority.tolist())):
            some = _kept(values, of_type & (priority == level))
            if len(some) >= ENOUGH:
                yield {**head, "priority": level, **law(some)}
        names = sorted(set(nature[of_type].tolist())) if natures else []
        common = [name for name in names if len(_kept(values, of_type & (nature == name))) >= ENOUGH_FOR_NATURE]
        for name, level in product(common, sorted(set(priority.tolist()))):
            some = _kept(values, of_type & (nature == name) & (priority == level))
            if len(some) >= ENOUGH:
                yield {**head, "nature": name, "priority": level, **law(some)}


def call_processing(record: Record) -> Iterator[Row]:
    """Yield the laws of receipt to units notified, by priority, and for common natures by nature and priority.

    Every unit counts with its own time, for some are asked for later, and some calls are held until one is free. Only
    an ambulance that was sent with others counts with the first of them: what it waits longer is a lack of ambulances,
    which is none of the others' delay.
    """
    own = record.interval_s("call_processing")
    first = np.full(len(record.calls), np.inf)
    np.fmin.at(first, record.call, own)
    ambulance = record.unit_type == "ambulance"
    others = np.zeros(len(record.calls), np.bool_)
    others[record.call[~ambulance]] = True
    delay = np.where(ambulance & others[record.call] & np.isfinite(own), first[record.call], own)
    priority, nature = record.priority, record.nature
    known = np.isfinite(delay)
    yield {"quantity": "call_processing", **empirical(delay[known])}
    for level in sorted(set(priority.tolist())):
        some = known & (priority == level)
        if some.sum() >= ENOUGH:
            yield {"quantity": "call_processing", "priority": level, **empirical(delay[some])}
        for name in sorted(set(nature.tolist())):
            these = some & (nature == name)
            if these.sum() >= ENOUGH:
                yield {"quantity": "call_processing", "nature": name, "priority": level, **empirical(delay[these])}


def answers(record: Record) -> Iterator[Row]:
    """Yield what was sent to calls of each nature and priority, and how often: each set of unit types seen."""
    sent = record.calls.slots or ()
    natures, priorities = record.calls.nature.tolist(), record.calls.priority.tolist()
    common = {name for name, count in Counter(natures).items() if count >= _RARE}
    tables: dict[tuple[str, int], Counter[tuple[str, ...]]] = {}
    anything: Counter[tuple[str, ...]] = Counter()
    for nature, priority, units in zip(natures, priorities, sent, strict=True):
        if not units:
            continue
        answer = tuple(sorted(units))
        anything[answer] += 1
        if nature in common:
            tables.setdefault((nature, priority), Counter())[answer] += 1
    for (nature, priority), table in sorted(tables.items()):
        for answer, count in sorted(table.items(), key=lambda item: (-item[1], item[0])):
            yield {"nature": nature, "priority": priority, "share": count, "slots": list(answer)}
    for answer, count in sorted(anything.items(), key=lambda item: (-item[1], item[0])):
        if count >= _RARE:
            yield {"share": count, "slots": list(answer)}


def natures(record: Record) -> Iterator[Row]:
    """Yield the natures of calls, their shares, and the share of each priority."""
    calls = record.calls
    for name, count in sorted(Counter(calls.nature.tolist()).items(), key=lambda item: (-item[1], item[0])):
        levels = Counter(calls.priority[calls.nature == name].tolist())
        yield {
            "key": name or "Unknown",
            "share": round(count / len(calls), 5),
            "priority": {str(level): round(number / count, 5) for level, number in sorted(levels.items())},
        }


def week_profile(hours: NDArray[np.float64], days: float) -> NDArray[np.float64]:
    """Return the share of calls in each hour of the week, mean 1, from Monday, shape (168,).

    The hours of the day are taken from all days, and each day of the week is only drawn towards its own level as far as
    the record covers it, so that a record of a week does not pass one busy night on as a rule.

    Args:
        hours: of the week, of each call, (calls,).
        days: that the record covers.
    """
    by_hour = np.bincount((hours % 24).astype(np.int64), minlength=24).astype(np.float64) + 1.0
    by_day = np.bincount((hours // 24).astype(np.int64), minlength=7).astype(np.float64)
    seen = days / 7.0
    trust = seen / (seen + 4.0)
    level = 1.0 + trust * (by_day / max(by_day[by_day > 0].mean(), 1.0) - 1.0) * (by_day > 0)
    found = np.outer(level, by_hour / by_hour.mean()).ravel()
    return np.asarray(found / found.mean())

"""Public holidays, on which traffic and work are those of a Sunday."""

from datetime import date, timedelta

_SATURDAY, _SUNDAY = 5, 6
_FIXED = ((1, 1), (7, 4), (11, 11), (12, 25))
_JUNETEENTH_SINCE = 2021
# Month, weekday (0 is Monday), which one in the month (-1: the last).
_FLOATING = ((1, 0, 3), (2, 0, 3), (5, 0, -1), (9, 0, 1), (10, 0, 2), (11, 3, 4))


def holidays(jurisdiction: str, year: int) -> frozenset[date]:
    """Return the days of a year on which public offices are closed; none where the rules are not known.

    Source: 5 U.S.C. 6103: a holiday on a Saturday is kept on Friday, one on a Sunday on Monday.

    >>> date(2017, 1, 2) in holidays("US-CA", 2017), date(2017, 1, 3) in holidays("US-CA", 2017)
    (True, False)
    """
    if not jurisdiction.startswith("US"):
        return frozenset()
    fixed = [date(year, month, day) for month, day in _FIXED]
    if year >= _JUNETEENTH_SINCE:
        fixed.append(date(year, 6, 19))
    found = set(fixed)
    found |= {day + timedelta(days=1) for day in fixed if day.weekday() == _SUNDAY}
    found |= {day - timedelta(days=1) for day in fixed if day.weekday() == _SATURDAY}
    return frozenset(found | {_nth(year, *rule) for rule in _FLOATING})


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    """Return the n-th weekday of a month, or the last one for -1."""
    if which > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)

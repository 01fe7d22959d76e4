"""Which metric holds when: travel times by travel mode, hour of the local day and day of the week."""

from collections.abc import Sequence

from goldenhour.errors import BadInput
from goldenhour.roads.draft import Metric

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def metric_at(metrics: Sequence[Metric], mode: str, weekday: int, hour: float) -> int:
    """Return the index of the metric of a travel mode at a local time.

    The first metric of the mode whose hours and days fit; else its first metric for the whole week. A band begins with
    its first instant and ends before its last one; hours (22, 6) run over midnight, and then `days` are those on which
    the hour itself falls.

    Args:
        metrics: in the order of `Network.time_us`.
        mode: such as "lights".
        weekday: 0 is Monday.
        hour: hours since local midnight.

    Raises:
        BadInput: no metric of this mode holds then.

    >>> rush = Metric(id="lights 07-09", mode="lights", hours=(7, 9), days="Mon-Fri")
    >>> bands = (Metric(id="lights", mode="lights"), rush)
    >>> metric_at(bands, "lights", weekday=0, hour=7.0), metric_at(bands, "lights", weekday=5, hour=7.0)
    (1, 0)
    """
    always = -1
    for index, one in enumerate(metrics):
        if one.mode == mode and one.hours is None and not one.days:
            always = index if always < 0 else always
        elif one.mode == mode and _within(one.hours, hour) and (not one.days or weekday in days_of(one.days)):
            return index
    if always < 0:
        raise BadInput(
            code="no_metric",
            what=f"No metric of mode {mode!r} holds on {DAYS[weekday]} at hour {hour:g}.",
            do="Give the region a metric of this mode without hours and days: it holds where no other does.",
        )
    return always


def days_of(text: str) -> frozenset[int]:
    """Return the days named by "Mon-Fri", "Sat;Sun" or "Fri-Mon"; 0 is Monday.

    Raises:
        BadInput: a day is not one of Mon Tue Wed Thu Fri Sat Sun.

    >>> sorted(days_of("Fri-Mon"))
    [0, 4, 5, 6]
    """
    found: set[int] = set()
    for part in text.replace(",", ";").split(";"):
        first, _, last = part.strip().partition("-")
        for day in (first, last or first):
            if day not in DAYS:
                raise BadInput(
                    code="unknown_day",
                    what=f"{day!r} in the days {text!r} is not a day of the week.",
                    do=f"Use {' '.join(DAYS)}, such as Mon-Fri or Sat;Sun.",
                )
        start, end = DAYS.index(first), DAYS.index(last or first)
        found |= {(start + day) % 7 for day in range((end - start) % 7 + 1)}
    return frozenset(found)


def _within(hours: tuple[float, float] | None, hour: float) -> bool:
    if hours is None:
        return True
    start, end = hours
    return start <= hour < end if start <= end else hour >= start or hour < end

"""The dated limits that hold in this deployment, and alarms as pages show them."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.dispatch.alarms import OWN, SHIPPED, Alarm, Limit, Silenced, alarm_of, limit_on, load_alarms
from goldenhour.dispatch.live.models import Acknowledged
from goldenhour.roads.live import region

Key = tuple[str, str]  # Quantity; call, unit or request.


def paths() -> tuple[Path, ...]:
    """Return the files of limits that hold here: the shipped one, and the region's own."""
    own = region.get_region().folder / OWN if region.is_known() else None
    return (SHIPPED, own) if own is not None and own.is_file() else (SHIPPED,)


def limit(quantity: str, at: datetime, *, priority: int | None = None) -> Limit | None:
    """Return the limit of a quantity that holds at a moment, by the place's own calendar; None for none."""
    return limit_on(load_alarms(paths()), quantity, at.astimezone(region.time_zone()).date(), priority=priority)


def silenced(quantities: Collection[str], about: Collection[str]) -> dict[Key, Silenced]:
    """Return what was acknowledged of these."""
    rows = Acknowledged.objects.filter(quantity__in=quantities, about__in=about) if about else ()
    return {(row.quantity, row.about): Silenced(since=row.since, step=row.step, by=row.by, at=row.at) for row in rows}


def alarm(found: Limit | None, since: datetime, about: str, said: dict[Key, Silenced]) -> Alarm | None:
    """Return the alarm of something that began at `since`, with what was acknowledged of it."""
    return alarm_of(found, since, said.get((found.quantity, about))) if found else None


def entry(one: Alarm | None) -> dict[str, Any] | None:
    """Return an alarm as a page shows it: from these figures the page's own clock tells when it sounds."""
    if one is None:
        return None
    quiet = one.silenced
    return {
        "quantity": one.quantity,
        "words": one.words,
        "since": iso(one.since),
        "steps_s": list(one.limit.steps_s),
        "again_s": one.limit.again_s,
        "source": one.limit.rule.source,
        "silenced": {"step": quiet.step, "by": quiet.by, "at": iso(quiet.at)} if quiet else None,
    }

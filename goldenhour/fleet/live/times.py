"""A unit's times of a call as people review them: what is odd about each, and the order rules they break."""

from datetime import datetime
from itertools import groupby
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.errors import NotFound
from goldenhour.fleet.live import queries
from goldenhour.fleet.live.models import UnitTime
from goldenhour.fleet.status import CHAIN, CLOCK_SKEW, Stamp, flag_words
from goldenhour.fleet.time_rules import check_times, day_of, rules_on
from goldenhour.roads.live import region


def times_of(unit: str, call_id: str, now: datetime) -> dict[str, Any]:
    """Return every time of a unit on a call, its latest where none is named, run by run.

    Raises:
        NotFound: there is no such unit, or it was never on that call.
    """
    known = queries.get_unit(unit)
    call_id = call_id or known.call_id
    rows = queries.list_own_times(unit, call_id) if call_id else []
    if not rows:
        raise NotFound(
            code="no_times", what=f"{known.call_sign} has no times of that call.", do="Pick a call it was sent to."
        )
    by_run = groupby(sorted(rows, key=lambda one: (one.run, one.id)), key=lambda one: one.run)
    return {
        "unit": unit,
        "call_sign": known.call_sign,
        "call_id": call_id,
        "runs": [{"run": run, **_run(list(own), now)} for run, own in by_run],
    }


def _run(rows: list[UnitTime], now: datetime) -> dict[str, Any]:
    stamps = queries.last_stamps(rows)
    counting = {name: _first(rows, name).event_id for name in stamps}
    warned = check_times(stamps, now=now, zone=region.time_zone())
    return {
        "stamps": {name: iso(stamps[name]) for name in CHAIN if name in stamps},
        "elements": {Stamp(name).element: iso(at) for name, at in sorted(stamps.items(), key=_element)},
        "entries": [_entry(one, counts=counting.get(one.stamp) == one.event_id) for one in rows],
        "warnings": [{"rule": one.rule, "stamp": one.stamp, "beside": one.beside, "what": one.words} for one in warned],
        "rules_known": bool(rules_on(day_of(stamps, now))),  # Without a rule for that day nothing was checked.
    }


def _element(one: tuple[str, datetime]) -> str:
    return Stamp(one[0]).element


def _first(rows: list[UnitTime], stamp: str) -> UnitTime:
    return min((one for one in rows if one.stamp == stamp and not one.struck), key=lambda one: one.at)


def _entry(one: UnitTime, *, counts: bool) -> dict[str, Any]:
    late_s = (one.entered_at - one.at).total_seconds() if one.entered_at else None
    offset_s = None if one.offset_ms is None else one.offset_ms / 1000
    return {
        "id": one.event_id,
        "stamp": one.stamp,
        "element": Stamp(one.stamp).element,
        "at": iso(one.at),
        "counts": counts,
        "flags": [{"flag": flag, "what": flag_words(flag)} for flag in one.flags],
        "actor": one.actor,
        "basis": one.basis or None,
        "entered_at": iso(one.entered_at),
        "late_s": late_s,
        "device": one.device or None,
        "device_at": iso(one.device_at),
        "offset_s": offset_s,
        "skewed": offset_s is not None and abs(offset_s) > CLOCK_SKEW.total_seconds(),
        "struck": {"reason": one.struck_reason, "by": one.struck_by, "at": iso(one.struck_at)} if one.struck else None,
    }

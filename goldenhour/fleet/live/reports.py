"""Positions as devices report them, written together: whoever comes first writes for all who came meanwhile.

Three hundred vehicles report sixty times a second. One transaction a group, and a few questions for all of it, leave
the machine to those who press. A report is answered once it is written, as before.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from django.db import connection, transaction

from goldenhour.errors import BadInput, NotSignedIn
from goldenhour.fleet.live import positions, queries
from goldenhour.fleet.live.models import LatestFix, PositionToken, TrackPoint
from goldenhour.fleet.positions import Fix, PositionRules, is_track_point, refuse_impossible, why_not_shown
from goldenhour.log.live.store import in_line

GATHER_S = 0.1  # From one group to the next, where reports come that fast: a position on a map may be that much older.
_MOST = 200

# Written out, because every report asks it, and Django would take longer to build than to run it.
_BEFORE = "SELECT * FROM fleet_trackpoint WHERE unit = %s AND at <= %s ORDER BY at DESC LIMIT 1"
_SHOWN = ("lon", "lat", "at", "received_at", "accuracy_m", "speed_mps", "course", "token")


@dataclass(slots=True)
class _Report:
    """What a device said, and what came of it."""

    secret: str
    fix: Fix
    now: datetime
    done: bool = False
    why: str = ""  # Why it does not become the unit's position.
    failed: Exception | None = None

    def end(self, *, why: str = "", failed: Exception | None = None) -> None:
        self.why, self.failed, self.done = why, failed, True


@dataclass(slots=True)
class _Line:
    """Those who wait to be written together."""

    mutex: Lock = field(default_factory=Lock)
    writing: Lock = field(default_factory=Lock)
    waiting: list[_Report] = field(default_factory=list)
    written_s: float = 0.0  # When the last group was, by the machine's own clock.


_line = _Line()


def report(secret: str, fix: Fix, now: datetime) -> str:
    """Take what a device reports; return why it does not become the unit's position, "" when it does.

    A late one never overwrites a newer one; it may still add to the track.

    Raises:
        NotSignedIn: the token is none.
        BadInput: the fix cannot be.
    """
    mine = _Report(secret, fix, now)
    with _line.mutex:
        _line.waiting.append(mine)
    with _line.writing:
        while not mine.done:  # Of one unit's reports each group takes one, so it may need a second.
            time.sleep(max(0.0, _line.written_s + GATHER_S - time.monotonic()))
            with _line.mutex:
                group, _line.waiting = _line.waiting[:_MOST], _line.waiting[_MOST:]
            _take(group)
            with _line.mutex:
                _line.waiting = [one for one in group if not one.done] + _line.waiting
            _line.written_s = time.monotonic()
    if mine.failed is not None:
        raise mine.failed
    return mine.why


def _take(group: Sequence[_Report]) -> None:
    """Judge and write a group. What fails for all of it is everybody's answer: each device reports again."""
    try:
        tokens = positions.find_tokens({one.secret for one in group})
        good: dict[str, tuple[_Report, PositionToken]] = {}
        for one in group:
            token = tokens.get(one.secret)
            try:
                if token is None:
                    raise positions.no_token()
                refuse_impossible(one.fix, now=one.now, rules=positions.rules_now(one.now))
            except (NotSignedIn, BadInput) as refused:
                one.end(failed=refused)
            else:
                good.setdefault(token.unit, (one, token))
        whys = _write(good) if good else {}
    except Exception as error:  # noqa: BLE001 -- It is raised again in each thread that waits.
        for one in group:
            one.end(failed=error)
        return
    for unit, (one, _) in good.items():
        one.end(why=whys[unit])


def _write(good: dict[str, tuple[_Report, PositionToken]]) -> dict[str, str]:
    """Write one report of each unit; return why each is not shown."""
    with in_line(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit TO off")  # The next one comes in seconds.
        held = {one.unit: one for one in LatestFix.objects.select_for_update().filter(pk__in=sorted(good))}
        whys: dict[str, str] = {}
        shown: list[LatestFix] = []
        points: list[TrackPoint] = []
        for unit, (one, token) in good.items():
            rules = positions.rules_now(one.now)
            before = _as_fix(held[unit]) if unit in held else None
            whys[unit] = why_not_shown(one.fix, before, now=one.now, rules=rules)
            if not whys[unit]:
                shown.append(_latest(unit, one, token))
            points += _track(unit, one.fix, one.now, rules)
        if shown:
            LatestFix.objects.bulk_create(
                shown, update_conflicts=True, unique_fields=["unit"], update_fields=list(_SHOWN)
            )
        if points:
            TrackPoint.objects.bulk_create(points, ignore_conflicts=True)
        units = {one.id: one for one in queries.list_by_id([unit for unit in good if not whys[unit]])}
        seen = positions.list_arrivals(units)
        for unit, known in units.items():
            one = good[unit][0]
            positions.look_for_arrival(known, seen.get(unit), one.fix, positions.rules_now(one.now))
    return whys


def _as_fix(row: LatestFix) -> Fix:
    return Fix(lon=row.lon, lat=row.lat, at=row.at, accuracy_m=row.accuracy_m)


def _latest(unit: str, one: _Report, token: PositionToken) -> LatestFix:
    fix = one.fix
    return LatestFix(
        unit=unit, lon=fix.lon, lat=fix.lat, at=fix.at, received_at=one.now, accuracy_m=fix.accuracy_m,
        speed_mps=fix.speed_mps, course=fix.course, token=token.id,
    )  # fmt: skip


def _track(unit: str, fix: Fix, now: datetime, rules: PositionRules) -> list[TrackPoint]:
    """Return the point that a fix adds to its unit's track, if any; forget what is older than tracks are kept."""
    oldest = now - timedelta(days=rules.keep_days)
    if fix.at < oldest or (fix.accuracy_m is not None and fix.accuracy_m > rules.coarse_m):
        return []
    row = next(iter(TrackPoint.objects.raw(_BEFORE, [unit, fix.at])), None)
    before = Fix(lon=row.lon, lat=row.lat, at=row.at) if row else None
    if (before is not None and before.at == fix.at) or not is_track_point(fix, before, rules):
        return []
    if before is None or before.at.date() != fix.at.date():
        TrackPoint.objects.filter(unit=unit, at__lt=oldest).delete()
    return [
        TrackPoint(unit=unit, at=fix.at, lon=fix.lon, lat=fix.lat, accuracy_m=fix.accuracy_m, speed_mps=fix.speed_mps)
    ]

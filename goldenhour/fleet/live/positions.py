"""Where vehicles say they are: kept beside the log, one newest value a unit and a thinned track, for a time.

A device has a token of its own for one unit. What it reports moves a mark on the map and may suggest that the unit has
arrived; no step is ever recorded without a person.
"""

import binascii
import hashlib
import re
import secrets
from base64 import b64decode
from collections.abc import Collection
from datetime import date, datetime
from typing import Any, cast
from uuid import uuid4

from django.http import HttpRequest

from goldenhour.access.rules import Asked, Caller, Rule, front_door
from goldenhour.access.wire import iso
from goldenhour.errors import NotFound, NotSignedIn, Refused
from goldenhour.fleet.events import ArrivalDismissed, PositionTokenIssued, PositionTokenRevoked
from goldenhour.fleet.live import queries, services
from goldenhour.fleet.live.models import Arrival, LatestFix, PositionToken, TrackPoint, Unit
from goldenhour.fleet.positions import (
    ARRIVES,
    OWN,
    SHIPPED,
    Arrived,
    Fix,
    PositionRules,
    position_rules_on,
    seems_arrived,
)
from goldenhour.fleet.status import Stamp, Status
from goldenhour.fleet.taps import Basis
from goldenhour.log.live.rows import KeptRows
from goldenhour.log.live.store import writing
from goldenhour.roads.live import region

LatestRow = LatestFix
_fixes = KeptRows(LatestFix)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")  # 32 random bytes.


# ---------------------------------------------------------------- tokens


def token_of(request: Asked) -> str:
    """Return the secret that a device sent, as password, bearer or the `id` of OsmAnd's form; "" for none."""
    scheme, _, said = str(request.META.get("HTTP_AUTHORIZATION", "")).partition(" ")
    found = ""
    if scheme.lower() == "bearer":
        found = said.strip()
    elif scheme.lower() == "basic":
        try:
            found = b64decode(said, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            found = ""
    else:
        asked = cast("HttpRequest", request)
        found = asked.GET.get("id", "") or asked.POST.get("id", "")
    return found if _TOKEN.fullmatch(found) else ""


def _holds_a_token(request: Asked) -> Caller:
    if not token_of(request):
        raise no_token()
    return front_door(request)


position_token = Rule("position_token", "Whoever holds a unit's position token.", _holds_a_token)


def no_token() -> NotSignedIn:
    """Return the refusal of a device without a token that holds: the same words, whether there never was one."""
    return NotSignedIn(
        code="no_token",
        what="No token of a unit came with this, or it holds no longer.",
        do="Ask dispatch for a token of the unit and enter it in the app.",
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def token_issue(
    *,
    unit: str,
    label: str,
    at: datetime,
    actor: str,
    device: str = "",
    id: str | None = None,  # noqa: A002
) -> tuple[str, str]:
    """Let a device report the position of a unit; return the token's id, and its secret, which is not kept.

    Raises:
        NotFound: there is no such unit.
        Refused: this request was sent before: its secret is not known any more.
    """
    secret, token = secrets.token_urlsafe(32), id or str(uuid4())
    with writing(f"unit/{unit}", at=at, actor=actor, device=device, id=id) as record:
        if record.earlier:
            raise Refused(
                code="token_shown_once",
                what="This token was issued before, and its secret is shown once only.",
                do="Revoke it and issue a new one.",
            )
        known = queries.get_unit(unit)
        record(PositionTokenIssued(unit=known.id, token=token, label=label, token_hash=_hash(secret)))
    return token, secret


def token_revoke(
    *,
    unit: str,
    token: str,
    reason: str,
    at: datetime,
    actor: str,
    device: str = "",
    id: str | None = None,  # noqa: A002
) -> None:
    """Let a device report no longer, from this moment on.

    Raises:
        NotFound: the unit has no such token.
    """
    with writing(f"unit/{unit}", at=at, actor=actor, device=device, id=id) as record:
        if record.earlier:
            return
        known = queries.get_unit(unit)
        if not PositionToken.objects.filter(pk=token, unit=unit, revoked_at=None).exists():
            raise NotFound(
                code="no_such_token", what=f"{known.call_sign} has no such token.", do="Look at the unit's tokens."
            )
        record(PositionTokenRevoked(unit=unit, token=token, reason=reason))


def list_tokens(unit: str) -> list[dict[str, Any]]:
    """Return a unit's tokens, without their secrets, and when each last reported.

    Raises:
        NotFound: there is no such unit.
    """
    queries.get_unit(unit)
    latest = LatestFix.objects.filter(pk=unit).first()
    return [
        {
            "token": one.id,
            "label": one.label,
            "issued_at": iso(one.issued_at),
            "issued_by": one.issued_by,
            "revoked_at": iso(one.revoked_at),
            "revoked_by": one.revoked_by or None,
            "reported_at": iso(latest.at) if latest and latest.token == one.id else None,
        }
        for one in PositionToken.objects.filter(unit=unit).order_by("issued_at", "id")
    ]


def find_tokens(secrets: Collection[str]) -> dict[str, PositionToken]:
    """Return the token of each of these secrets that has one which holds."""
    by_hash = {_hash(secret): secret for secret in secrets}
    found = PositionToken.objects.filter(token_hash__in=by_hash, revoked_at=None)
    return {by_hash[one.token_hash]: one for one in found}


# ---------------------------------------------------------------- positions


def rules_now(at: datetime) -> PositionRules:
    """Return the figures in force here, at a moment."""
    local = at.astimezone(region.time_zone()).date()
    own = region.get_region().folder / OWN if region.is_known() else None
    return _rules(local, (SHIPPED, own) if own is not None and own.exists() else (SHIPPED,))


def _rules(day: date, paths: tuple[Any, ...]) -> PositionRules:
    return position_rules_on(day, paths)


def find_fixes(units: Collection[str] | None = None) -> dict[str, LatestFix]:
    """Return the newest reported position of each of these units (None: of all) that has one."""
    rows = _fixes.all() if units is None else LatestFix.objects.filter(pk__in=units)
    return {one.unit: one for one in rows}


def track_of(unit: str, start: datetime, end: datetime) -> list[TrackPoint]:
    """Return the kept points of a unit's track between two moments."""
    return list(TrackPoint.objects.filter(unit=unit, at__gte=start, at__lt=end).order_by("at"))


# ---------------------------------------------------------------- arrivals


def _going(unit: Unit) -> tuple[Stamp, tuple[float, float]] | None:
    """Return the step that stands for coming to where a unit is going, and the place; None when it is going nowhere."""
    to = unit.legs[-1]["to"] if unit.legs else None
    if to is None or not unit.on_job or to["lon"] is None or to["lat"] is None:
        return None
    stamp = ARRIVES.get((Status(unit.status), to["kind"]))
    if stamp is None:
        return None
    return stamp, (float(to["lon"]), float(to["lat"]))


def list_arrivals(units: Collection[str]) -> dict[str, Arrival]:
    """Return what is known of the arrival of each of these units."""
    return Arrival.objects.in_bulk(list(units))


def look_for_arrival(unit: Unit, row: Arrival | None, fix: Fix, rules: PositionRules) -> None:
    """Keep what a new fix says of a unit's arrival; `row` is what was known of it."""
    going = _going(unit)
    if going is None:
        return  # What was seen before is of another leg, and is not asked about any more.
    stamp, target = going
    found = seems_arrived(
        fix,
        _as_arrived(row) if row else None,
        call_id=unit.call_id,
        stamp=stamp,
        going_since=unit.since,
        target=target,
        rules=rules,
    )
    if found is None:
        if row is not None:
            row.delete()
    elif row is None or _as_arrived(row) != found:
        Arrival.objects.update_or_create(
            pk=unit.id,
            defaults={
                "call_id": found.call_id,
                "stamp": str(found.stamp),
                "since": found.since,
                "sure": found.sure,
                "dismissed": found.dismissed,
            },
        )


def _as_arrived(row: Arrival) -> Arrived:
    return Arrived(call_id=row.call_id, stamp=Stamp(row.stamp), since=row.since, sure=row.sure, dismissed=row.dismissed)


def suggestions(units: Collection[Unit]) -> dict[str, dict[str, Any]]:
    """Return, for each of these units that seems to have arrived, what a person may confirm."""
    rows = {one.unit: one for one in Arrival.objects.filter(sure=True, dismissed=False)}
    found = {}
    for unit in units:
        row, going = rows.get(unit.id), _going(unit) if unit.id in rows else None
        if row is None or going is None or (row.stamp, row.call_id) != (going[0], unit.call_id):
            continue
        if row.since >= unit.since:
            found[unit.id] = _entry(row)
    return found


_SEEMS = {Stamp.ON_SCENE: "at scene", Stamp.AT_STAGING: "at staging", Stamp.AT_DESTINATION: "at hospital"}


def _entry(row: Arrival) -> dict[str, Any]:
    where = _SEEMS[Stamp(row.stamp)]
    local = row.since.astimezone(region.time_zone())
    return {
        "stamp": row.stamp,
        "call_id": row.call_id,
        "since": iso(row.since),
        "what": f"{where} since {local:%H:%M:%S}?",
    }


def _suggested(unit: Unit, stamp: Stamp, since: datetime) -> dict[str, Any]:
    found = suggestions([unit]).get(unit.id)
    if found is None or found["stamp"] != stamp or found["since"] != iso(since):
        raise Refused(
            code="suggestion_gone",
            what=f"Nothing suggests any more that {unit.call_sign} has been {stamp.words} since then.",
            do="Look at the unit on the board; press the step yourself if it is so.",
        )
    return found


def arrival_confirm(
    *,
    unit: str,
    stamp: Stamp,
    since: datetime,
    now: datetime,
    actor: str,
    device: str = "",
    id: str | None = None,  # noqa: A002
) -> None:
    """Let a person say that a unit did arrive when its position suggests: stamped with that time.

    Raises:
        NotFound: there is no such unit.
        Refused: that is not, or no longer, suggested.
    """
    with writing(f"unit/{unit}", at=since, actor=actor, device=device, id=id) as record:
        if record.earlier:
            return
        known = queries.get_unit(unit)
        call_id = _suggested(known, stamp, since)["call_id"]
        record(services.stamped(known, stamp, call_id=call_id, at=since, now=now, basis=Basis.POSITION))


def arrival_dismiss(
    *,
    unit: str,
    stamp: Stamp,
    since: datetime,
    now: datetime,
    actor: str,
    device: str = "",
    id: str | None = None,  # noqa: A002
) -> None:
    """Let a person say that a unit has not arrived: not suggested again before it has gone on and come back.

    Raises:
        NotFound: there is no such unit.
        Refused: that is not, or no longer, suggested.
    """
    with writing(f"unit/{unit}", at=now, actor=actor, device=device, id=id) as record:
        if record.earlier:
            return
        known = queries.get_unit(unit)
        call_id = _suggested(known, stamp, since)["call_id"]
        record(ArrivalDismissed(unit=unit, call_id=call_id, stamp=str(stamp), since=since.isoformat()))
        Arrival.objects.filter(pk=unit).update(dismissed=True)

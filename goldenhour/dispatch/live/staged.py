"""Units that wait away from a scene, and calls that turn out to be elsewhere: where units are sent to."""

from datetime import datetime
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.calls.events import PlaceChanged
from goldenhour.calls.intake import refuse_nowhere
from goldenhour.calls.live import queries as calls
from goldenhour.calls.live.by import By, writing_of
from goldenhour.calls.live.services import open_call
from goldenhour.dispatch.incident_events import EntryCleared, StagingOrdered, UnitRetargeted
from goldenhour.dispatch.live import desk, queries
from goldenhour.dispatch.live.models import Staging
from goldenhour.dispatch.live.services import refuse_closed
from goldenhour.dispatch.staging import OWN, SHIPPED, StagingRules, corner_apart, corner_words, staging_rules_on
from goldenhour.errors import BadInput, Refused
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.status import Status
from goldenhour.roads.live import region

_ON_THE_WAY = {Status.NOTIFIED, Status.EN_ROUTE}


def rules_now(at: datetime) -> StagingRules:
    """Return the reasons and the distance in force here, at a moment."""
    own = region.get_region().folder / OWN if region.is_known() else None
    paths = (SHIPPED, own) if own is not None and own.exists() else (SHIPPED,)
    return staging_rules_on(at.astimezone(region.time_zone()).date(), paths)


def stage_order(*, call_id: str, reason: str, note: str, place: tuple[float, float] | None, where: str, by: By) -> None:
    """Let the units of a call wait away from the scene: those on the way, and those sent from now on.

    Args:
        call_id: the call.
        reason: a key of dispatch.staging.
        note: in the dispatcher's words.
        place: where, as (lon, lat); None for the nearest corner that is far enough.
        where: the place in words; "" takes the names of the streets.
        by: who says so.

    Raises:
        NotFound: there is no such call.
        Refused: it is closed; or no corner is far enough, and no place was named.
        BadInput: there is no such reason, or the place is outside the region.
    """
    rules = rules_now(by.at)
    if reason not in rules.reasons:
        do = f"Use one of {', '.join(rules.reasons)}."
        raise BadInput(code="staging_reason", what=f"there is no reason {reason!r}.", do=do, where="reason")
    if place is not None:
        refuse_nowhere(*place, region.bounds() if region.is_known() else None)
    call = calls.get_call(call_id)
    lon, lat = place or _proposed(call, rules)
    if not where and region.is_known():
        where = corner_words(region.get_region().network, lon, lat)
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        refuse_closed(call_id)
        record(StagingOrdered(call_id=call_id, lon=lon, lat=lat, reason=reason, note=note, where=where))


def _proposed(call: Any, rules: StagingRules) -> tuple[float, float]:
    found = None
    if region.is_known():
        found = corner_apart(region.get_region().network, call.lon, call.lat, rules.apart_m)
    if found is None:
        what = f"No corner is known that is {rules.apart_m:g} m from call {call.id}."
        raise Refused(code="no_staging_place", what=what, do="Name a place to wait at.")
    return found


def entry_clear(*, call_id: str, reason: str, by: By) -> None:
    """Say that the units of a call may enter its scene. Those on the way go on to it.

    Raises:
        NotFound: there is no such call.
        Refused: nobody was told to wait, or the call is closed.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        refuse_closed(call_id)
        if not Staging.objects.filter(pk=call_id).exists():
            what = f"Nobody was told to wait for call {call_id}."
            raise Refused(code="not_staged", what=what, do="Nothing was changed.")
        record(EntryCleared(call_id=call_id, reason=reason))


def place_change(*, call_id: str, lon: float, lat: float, address: str, reason: str, by: By) -> None:
    """Say that a call is somewhere else than it was taken for. The units on the way are sent there.

    Raises:
        NotFound: there is no such call.
        Refused: it is closed.
        BadInput: it is outside the region.
    """
    refuse_nowhere(lon, lat, region.bounds() if region.is_known() else None)
    coming = [one.id for one in _coming(call_id)]
    expected = desk.expected_elsewhere_s(call_id, coming, lon=lon, lat=lat, at=by.at)  # Slow: before the log is held.
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        call = open_call(call_id)
        moved = (call.lon, call.lat) != (lon, lat)
        if not moved and call.address == address:
            return
        record(PlaceChanged(call_id=call_id, lon=lon, lat=lat, reason=reason, address=address))
        for unit in _coming(call_id) if moved else ():
            arrival_s = expected.get(unit.id, desk.NOT_KNOWN_S)  # Not known for whoever was sent in between.
            record(UnitRetargeted(call_id=call_id, unit=unit.id, expected_arrival_s=arrival_s))


def _coming(call_id: str) -> list[Any]:
    on_it = [one.unit for one in queries.list_of_calls([call_id]) if one.cleared_at is None]
    return [one for one in fleet.list_by_id(on_it) if one.status in _ON_THE_WAY]


def find_staging(call_id: str, at: datetime) -> dict[str, Any] | None:
    """Return where the units of a call wait, and why; None where they need not."""
    found = Staging.objects.filter(pk=call_id).first()
    return staging_entry(found, rules_now(at)) if found else None


def staging_entry(staging: Staging, rules: StagingRules) -> dict[str, Any]:
    """Return where the units of a call wait, and why, as the board shows it."""
    return {
        "lon": staging.lon,
        "lat": staging.lat,
        "where": staging.where,
        "reason": staging.reason,
        "label": rules.reasons.get(staging.reason, staging.reason),
        "note": staging.note,
        "since": iso(staging.since),
        "by": staging.by,
    }

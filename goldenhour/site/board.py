"""The board: the whole picture that a page shows, and the entries of it that a fact changed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.calls.live import queries as calls
from goldenhour.calls.natures import natures
from goldenhour.dispatch.bridges import OnCall
from goldenhour.dispatch.live import aid, holding, move_up
from goldenhour.dispatch.live import queries as dispatch
from goldenhour.dispatch.live.desk import lists, stand_downs
from goldenhour.dispatch.live.places import age_s, position_entry
from goldenhour.dispatch.live.together import together_entries
from goldenhour.fleet.live import positions, welfare
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live.crews import crew_entry, crews_of
from goldenhour.fleet.live.whereabouts import find_whereabouts
from goldenhour.fleet.status import Stamp, Status
from goldenhour.hospitals.live import queries as hospitals
from goldenhour.log.event import Event, Recorded, personal_fields
from goldenhour.log.events import KeyDestroyed
from goldenhour.log.live import feed as log_feed
from goldenhour.paging.live.shown import alerts_of_calls
from goldenhour.roads.live import region
from goldenhour.site.alarms import unit_alarm_entries
from goldenhour.site.clock import get_clock
from goldenhour.site.day import day_measures

_BOARDS_OWN = {"calls", "dispatch", "fleet", "hospitals", "log"}  # What is said of other rooms is not for every reader.
_OF_UNITS = {"workforce", "paging"}  # But who is aboard a unit, or asked to be, is the board's own.
_CLOSED = {"workforce": "people", "access": "accounts"}
SHOWN_AFTER_CLOSING = timedelta(minutes=15)


def board() -> dict[str, Any]:
    """Return the whole picture. Entries may be newer than `position`: the feed says them again, which is harmless."""
    head = log_feed.head()
    at = get_clock().at()
    return {
        "position": head.position,
        "epoch": head.epoch,
        "at": iso(at),
        "clock": {"at": iso(at), **get_clock().state()},
        "demo": get_clock().simulated,
        "region": _region(),
        "stations": [
            {"id": one.id, "name": one.name, "lon": one.lon, "lat": one.lat, "kind": one.kind}
            for one in region.list_stations()
        ],
        "hospitals": hospital_entries(),
        "units": unit_entries(aid.units_of(fleet.list_units()), at),
        "calls": call_entries(calls.list_current(at - SHOWN_AFTER_CLOSING)),
        "aid": aid_entries(at),
        "measures": day_measures(at),
        "natures": [
            {"key": one.key, "label": one.label, "default_priority": one.priority} for one in natures().values()
        ],
    }


def unit_entries(units: Iterable[Any], at: datetime) -> list[dict[str, Any]]:
    """Return the board's entries of these units."""
    rows = list(units)
    going = {one.unit: one.facility for one in hospitals.list_under_way()}
    running = {one.unit: one.call_id for one in dispatch.list_running()}
    crews = aid.across(crews_of(rows, at), at)
    fixes, asked = positions.find_fixes({unit.id for unit in rows}), positions.suggestions(rows)
    lent, gone = aid.lent_units(), aid.gone_units({unit.id for unit in rows})
    posts, late = move_up.list_posts(), unit_alarm_entries(rows, at)
    signals = welfare.list_signals({unit.id for unit in rows})
    return [
        {
            **_unit(unit, running.get(unit.id), going.get(unit.id), at, fixes.get(unit.id)),
            "signals": signals.get(unit.id),
            "suggestion": asked.get(unit.id),
            "crew": crew_entry(crews[unit.id]),
            "alarm": late.get(unit.id),
            "post": posts.get(unit.id),
            "lent": _lent(lent.get(unit.id)),
            **({"gone": True} if unit.id in gone else {}),
        }
        for unit in rows
    ]


def _lent(request: Any) -> dict[str, Any] | None:
    """Return by which request a unit is here, None for one of our own."""
    if request is None:
        return None
    scope = {"verdict": request.scope, "why": request.scope_why}
    return {"request": request.id, "by": request.neighbour, "due_at": iso(request.due_at), "scope": scope}


def moved_entries(units: Collection[str], at: datetime) -> list[dict[str, Any]]:
    """Return where these units are, and what that suggests: what the feed says of positions between facts."""
    rows = fleet.list_by_id(units)
    fixes, asked = positions.find_fixes(units), positions.suggestions(rows)
    found = []
    for unit in rows:
        fix = fixes.get(unit.id)
        estimate = find_whereabouts(unit, at) if age_s(fix, at) is None else None
        here = position_entry(unit, fix, at, estimate)
        found.append({"unit": unit.id, "position": here, "suggestion": asked.get(unit.id)})
    return found


def _unit(unit: Any, call_id: str | None, destination: str | None, at: datetime, fix: Any) -> dict[str, Any]:
    here = find_whereabouts(unit, at)
    route = None
    if here is not None and here.journey is not None and here.heading is not None:
        route = {
            "started_at": iso(here.started_at),
            "points": here.journey.points,
            "to": here.heading["id"],
            "arrive_at": iso(here.arrive_at),
        }
    return {
        "id": unit.id,
        "call_sign": unit.call_sign,
        "agency": unit.agency,
        "type": unit.type,
        "station": unit.station,
        "can_transport": unit.can_transport,
        "status": unit.status,
        "mark": Status(unit.status).mark,
        "since": iso(unit.since),
        "call_id": call_id,
        "position": position_entry(unit, fix, at, here),
        "route": route,
        "destination": destination,
    }


def call_entries(rows: Collection[Any]) -> list[dict[str, Any]]:
    """Return the board's entries of these calls."""
    ids = [call.id for call in rows]
    known = natures()
    times = fleet.list_times(ids)
    on_scene = fleet.list_first(Stamp.ON_SCENE, ids)
    advice = dispatch.list_advice(ids)
    holds = holding.entries(rows, get_clock().at())
    on_call: defaultdict[str, list[Any]] = defaultdict(list)
    for assignment in dispatch.list_of_calls(ids):
        on_call[assignment.call_id].append(assignment)
    pages = alerts_of_calls(ids, get_clock().at())
    call_signs = fleet.call_signs({one.unit for some in on_call.values() for one in some})
    together = together_entries(rows, get_clock().at())
    return [
        {
            **_call(call, on_call[call.id], times),
            **together[call.id],
            "stand_down": stand_downs(call, _under_way(on_call[call.id], times, call_signs)),
            "nature_label": known[call.nature].label if call.nature in known else call.nature,
            "recommendation": advice_entry(advice.get(call.id)),
            "hold": holds.get(call.id),
            "first_on_scene_at": iso(on_scene.get(call.id)),
            "pages": pages.get(call.id, []),  # To people on call: who comes, and what is missing.
        }
        for call in rows
    ]


def _call(call: Any, on_call: list[Any], times: dict[tuple[str, str], Any]) -> dict[str, Any]:
    latest = {one.unit: one for one in on_call}  # A unit sent twice shows its latest assignment.
    stamps = {unit: times.get((call.id, unit), {}) for unit in latest}
    running = [unit for unit, one in latest.items() if one.cleared_at is None]
    return {
        "id": call.id,
        "received_at": iso(call.received_at),
        "lon": call.lon,
        "lat": call.lat,
        "address": call.address,
        "nature": call.nature,
        "priority": call.priority,
        "patients": call.patients,
        "state": _state(call, [stamps[unit] for unit in running]),
        "units": [
            {
                "unit": unit,
                "slot": one.slot,
                "stamps": {stamp: iso(when) for stamp, when in stamps[unit].items()},
                "retargeted_at": iso(one.retargeted_at),
            }
            for unit, one in latest.items()
        ],
    }


def _under_way(on_call: list[Any], times: dict[tuple[str, str], Any], call_signs: dict[str, str]) -> list[OnCall]:
    """Return who is on a call now, and whether they are there."""
    return [
        OnCall(
            unit=one.unit,
            call_sign=call_signs.get(one.unit, one.unit),
            slot=one.slot,
            there=Stamp.ON_SCENE in times.get((one.call_id, one.unit), {}),
        )
        for one in on_call
        if one.cleared_at is None
    ]


def _state(call: Any, running: list[dict[str, datetime]]) -> str:
    """Return how far a call has come, by the units that are on it now."""
    if call.closed_at is not None:
        return "closed"
    if any(Stamp.LEFT_SCENE in own for own in running):
        return "transporting"
    if any(Stamp.ON_SCENE in own for own in running):
        return "on_scene"
    return "assigned" if running else "waiting"


def advice_entry(advice: Any) -> dict[str, Any] | None:
    """Return a recommendation as the board shows it."""
    if advice is None:
        return None
    shown = lists(advice.chosen, advice.passed_over, advice.shortfalls)
    return {"policy": advice.policy, "plan": advice.plan, "at": iso(advice.at), **shown}


def aid_entries(at: datetime) -> list[dict[str, Any]]:
    """Return the board's entries of mutual aid that was asked for: all that is not over, and what ended just now."""
    return aid.entries(at, at - SHOWN_AFTER_CLOSING)


def hospital_entries() -> list[dict[str, Any]]:
    """Return the board's entries of all hospitals, with who is on the way and who is at the door."""
    inbound: Counter[str] = Counter()
    at_door: Counter[str] = Counter()
    going = hospitals.list_under_way()
    status = {unit.id: unit.status for unit in fleet.list_by_id([one.unit for one in going])}
    for one in going:
        if status.get(one.unit) == Status.AT_HOSPITAL:
            at_door[one.facility] += 1
        else:
            inbound[one.facility] += 1
    at = get_clock().at()
    diversions, advisories = hospitals.list_diversions(at), hospitals.list_advisories(at)
    unanswered = hospitals.list_unanswered()
    return [
        {
            "id": one.id,
            "name": one.name,
            "lon": one.lon,
            "lat": one.lat,
            "kind": one.kind,
            "capabilities": one.capabilities,
            "diverting": _diverting(diversions.get(one.id)),
            "advisory": _diverting(advisories.get(one.id)),
            "inbound": inbound[one.id],
            "at_door": at_door[one.id],
            "unanswered": [  # Pre-alerts that nobody there has acknowledged: the desk rings up.
                {"call_id": alert.call_id, "unit": alert.unit, "kind": alert.kind, "sent_at": iso(alert.sent_at)}
                for alert in unanswered
                if alert.facility == one.id
            ],
        }
        for one in hospitals.list_facilities()
    ]


def _diverting(diversion: Any) -> dict[str, Any] | None:
    if diversion is None:
        return None
    return {"services": sorted(diversion.services), "until": iso(diversion.until) or "", "reason": diversion.reason}


def _region() -> dict[str, Any]:
    if not region.is_known():
        nowhere = {"bounds": [-180.0, -80.0, 180.0, 80.0], "centre": [0.0, 0.0], "layers": [], "attribution": ""}
        return {"name": "No region", "time_zone": "UTC", **nowhere, "jurisdiction": ""}
    here = region.get_region()
    west, south, east, north = region.bounds()
    return {
        "name": here.name,
        "time_zone": here.time_zone,
        "bounds": [west, south, east, north],
        "centre": [(west + east) / 2, (south + north) / 2],
        "jurisdiction": str(here.settings.get("jurisdiction", "")),
        "layers": sorted(layer.stem for layer in (here.folder / "map").glob("*.geojson")),  # /map/NAME.geojson
        "attribution": "; ".join(here.settings.get("licences", [])),  # Whom the map must name.
    }


def fact_entry(where: Recorded, fact: Event) -> dict[str, Any]:
    """Return a fact as the log's tail shows it, without what identifies a person.

    Of what is said about people of the service and about accounts, whose books are not for everybody who sees the
    board, only that something was said is shown; who is aboard a unit is the board's own.
    """
    hidden = personal_fields(type(fact))
    payload = {name: getattr(fact, name) for name in fact.__dataclass_fields__ if name not in hidden}  # type: ignore[attr-defined]
    room = where.name.partition(".")[0]
    closed = room not in _BOARDS_OWN and not (room in _OF_UNITS and payload.get("unit"))
    if where.name == KeyDestroyed.NAME:  # Of a person or an account not even that it was theirs.
        closed = not str(payload["name"]).startswith("call_id/")
    return {
        "position": where.position,
        "name": where.name,
        "at": iso(where.at),
        "recorded_at": iso(where.recorded_at),
        "actor": "" if room == "access" else where.actor,
        "stream": _CLOSED.get(room, room) if closed else where.stream,
        "payload": {} if closed else payload,
    }

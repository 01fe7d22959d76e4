"""What a hospital's page shows: its own patients, its own status, its own beds, and nothing of anybody else's."""

from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.calls.live import notes
from goldenhour.calls.live import queries as calls
from goldenhour.calls.natures import natures
from goldenhour.calls.notes import ShownTo
from goldenhour.dispatch.live.places import counted
from goldenhour.fleet.live import positions
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live.positions import LatestRow
from goldenhour.fleet.live.queries import UnitRow
from goldenhour.fleet.live.whereabouts import find_whereabouts
from goldenhour.fleet.status import Stamp
from goldenhour.hospitals.limits import OWN, SHIPPED, limit_on, load_limits
from goldenhour.hospitals.live import queries
from goldenhour.hospitals.live.models import Destination, Prealert
from goldenhour.hospitals.prealerts import PreAlert
from goldenhour.hospitals.standing import Bed, Service, service_words
from goldenhour.roads.live import journeys, region

MICROSECOND = timedelta(microseconds=1)
REPORTED, ESTIMATED = "reported", "estimated"  # What an ETA counts from, in the board's words for a position.
NOT_COMING_SHOWN = timedelta(minutes=15)
HANDED_OVER_SHOWN = timedelta(hours=1)  # So long may a signature still be asked for on the page.

_ORDER = ("here", "on_the_way", "to_come", "accepted")


def hospital_view(facility: str, at: datetime) -> dict[str, Any]:
    """Return all that one hospital's page shows.

    Raises:
        NotFound: there is no such hospital.
    """
    known = queries.get_facility(facility)
    coming = queries.list_inbound(facility)
    before = queries.list_handed_over(facility, at - HANDED_OVER_SHOWN)
    gone = queries.list_not_coming(facility, at - NOT_COMING_SHOWN)
    named = {one.unit for one in (*coming, *before)} | {one.unit for one in gone}
    units = {one.id: one for one in fleet.list_by_id(named)}
    return {
        "hospital": {"id": known.id, "name": known.name, "kind": known.kind},
        "at": iso(at),
        "time_zone": str(region.time_zone()),
        "limits": _limits(at),
        "inbound": _inbound(coming, units, at),
        "handed_over": [
            {
                **_handover(one),
                "call_id": one.call_id,
                "unit": one.unit,
                "call_sign": _call_sign(units, one.unit),
                "left_at": iso(one.ended_at),
            }
            for one in before
        ],
        "not_coming": [
            {
                "id": one.id,
                "call_id": one.call_id,
                "call_sign": _call_sign(units, one.unit),
                "words": PreAlert(one.kind).words,
                "at": iso(one.ended_at),
                "because": one.ended_because,
            }
            for one in gone
        ],
        "status": [
            {
                "service": one.service,
                "words": service_words(one.service),
                "level": one.level,
                "until": iso(one.until),
                "reason": one.reason,
                "since": iso(one.since),
                "by": one.by,
            }
            for one in queries.list_standings(facility, at)
        ],
        "services": [{"key": one.value, "words": one.words} for one in Service],
        "beds": _beds(facility),
        "bed_kinds": [{"key": one.value, "words": one.words} for one in Bed],
    }


def _inbound(coming: list[Destination], units: dict[str, UnitRow], at: datetime) -> list[dict[str, Any]]:
    """Return the hospital's patients: those at the door, then those on the way by when they will be here."""
    ids = {one.call_id for one in coming}
    times, rows = fleet.list_times(ids), {one.id: one for one in calls.list_by_id(ids)}
    alerts: defaultdict[tuple[str, str], list[Prealert]] = defaultdict(list)
    for alert in queries.list_prealerts(coming[0].facility) if coming else ():
        alerts[alert.call_id, alert.unit].append(alert)
    said: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for note in notes.list_notes(ids, ShownTo.HOSPITAL):
        if note.struck_at is None:
            said[note.call_id].append({"note": note.id, "text": note.text, "at": iso(note.at), "by": note.by})
    known, fixes = natures(), positions.find_fixes({one.unit for one in coming})
    found = []
    for one in coming:
        stamps, call = times.get((one.call_id, one.unit), {}), rows.get(one.call_id)
        state = _state(one, stamps)
        nature = call.nature if call else ""
        eta, eta_from = None, None
        if state == "on_the_way" and one.unit in units:
            eta, eta_from = _eta(units[one.unit], fixes.get(one.unit), one, at)
        found.append(
            {
                **_handover(one),
                "call_id": one.call_id,
                "unit": one.unit,
                "call_sign": _call_sign(units, one.unit),
                "state": state,
                "priority": call.priority if call else None,
                "nature": known[nature].label if nature in known else nature,
                "eta": iso(eta),
                "eta_from": eta_from,
                "arrived_at": iso(stamps.get(Stamp.AT_DESTINATION)),
                "transfer_at": iso(stamps.get(Stamp.TRANSFER_OF_CARE)),
                "prealerts": [prealert_entry(alert) for alert in alerts[one.call_id, one.unit]],
                "notes": said[one.call_id],
            }
        )
    return sorted(found, key=_place)


def _place(row: dict[str, Any]) -> tuple[int, str, str]:
    first = row["arrived_at"] if row["state"] in {"here", "accepted"} else row["eta"]
    return _ORDER.index(row["state"]), first or "9", row["unit"]


def _state(one: Destination, stamps: fleet.Stamps) -> str:
    if one.accepted_at is not None or Stamp.TRANSFER_OF_CARE in stamps:
        return "accepted"
    if Stamp.AT_DESTINATION in stamps:
        return "here"
    return "on_the_way" if Stamp.LEFT_SCENE in stamps else "to_come"


def _eta(unit: UnitRow, fix: LatestRow | None, one: Destination, at: datetime) -> tuple[datetime | None, str | None]:
    """Return when the unit should be here by the roads, and what that counts from; None where nobody can say.

    From where its device reported to be, and when, while dispatch counts on that; else from the times of its crew.
    """
    here = find_whereabouts(unit, at)
    if here is None or here.heading is None or here.heading["id"] != one.facility:
        return None, None
    lon, lat = here.heading["lon"], here.heading["lat"]
    reported = counted(unit, fix, at)
    if reported.age_s is not None and reported.here and reported.here.place and lon is not None and lat is not None:
        way = journeys.setting_off(reported.here.place, journeys.road_place(lon, lat), here.metric)
        if way is not None:  # A report from before it left the scene still counts from its leaving.
            set_off = max(reported.here.at, here.started_at or reported.here.at)
            return set_off + way.total_us * MICROSECOND, REPORTED
    return here.arrive_at, ESTIMATED if here.arrive_at else None


def _handover(one: Destination) -> dict[str, Any]:
    return {
        "accepted_at": iso(one.accepted_at),
        "accepted_by": one.accepted_by,
        "signed_at": iso(one.signed_at),
        "signed_role": one.signed_role,
        "signed_name": one.signed_name,
        "signature_refused": one.refusal,
    }


def prealert_entry(one: Prealert) -> dict[str, Any]:
    """Return a pre-alert as the hospital, and whoever sent it, read it."""
    kind = PreAlert(one.kind)
    return {
        "id": one.id,
        "kind": one.kind,
        "words": kind.words,
        "code": one.code,
        "age": int(one.age) if one.age else None,
        "age_unit": one.age_unit,
        "sex": one.sex,
        "complaint": one.complaint,
        "sent_at": iso(one.sent_at),
        "sent_by": one.sent_by,
        "acknowledged_at": iso(one.acknowledged_at),
        "acknowledged_by": one.acknowledged_by,
    }


def _call_sign(units: dict[str, UnitRow], unit: str) -> str:
    return units[unit].call_sign if unit in units else unit


def _beds(facility: str) -> dict[str, Any] | None:
    found = queries.find_beds(facility)
    return {"beds": found.beds, "at": iso(found.at), "by": found.by} if found else None


def limits_paths() -> tuple[Path, ...]:
    """Return the files of limits that hold here: those as shipped, and the region's own."""
    own = region.get_region().folder / OWN if region.is_known() else None
    return (SHIPPED, own) if own is not None and own.is_file() else (SHIPPED,)


def _limits(at: datetime) -> dict[str, Any]:
    """Return each limit that holds today, with where it stands written; None where no rule says any."""
    day, limits = at.astimezone(region.time_zone()).date(), load_limits(limits_paths())
    found = {quantity: limit_on(limits, quantity, day) for quantity in ("offload", "acknowledge", "beds")}
    return {
        quantity: {"seconds": one.seconds, "percent": one.percent, "source": one.rule.source} if one else None
        for quantity, one in found.items()
    }


def wall_view(facility: str, at: datetime) -> dict[str, Any]:
    """Return who comes to a hospital, for everybody's eyes: the unit, when it is here, and what it was announced for.

    Raises:
        NotFound: there is no such hospital.
    """
    view = hospital_view(facility, at)
    return {
        "hospital": view["hospital"],
        "at": view["at"],
        "time_zone": view["time_zone"],
        "inbound": [
            {
                "call_sign": one["call_sign"],
                "state": one["state"],
                "eta": one["eta"],
                "announced": sorted({alert["words"] for alert in one["prealerts"]}),
            }
            for one in view["inbound"]
        ],
    }

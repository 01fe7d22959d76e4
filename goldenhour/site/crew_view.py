"""What a crew's page shows: its unit, the call it is on, and nothing of anybody else's calls."""

from datetime import datetime
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.calls.live import notes, premises, shown
from goldenhour.calls.live import queries as calls
from goldenhour.calls.live.queries import CallRow
from goldenhour.calls.live.ticks import ticks_of
from goldenhour.calls.natures import natures
from goldenhour.calls.notes import ShownTo
from goldenhour.dispatch.live import queries as dispatch
from goldenhour.dispatch.live.co_responding import for_crew
from goldenhour.dispatch.live.staged import find_staging
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live import welfare
from goldenhour.fleet.live.crews import crew_entry, crews_of
from goldenhour.fleet.live.queries import UnitRow
from goldenhour.fleet.live.whereabouts import Whereabouts, find_whereabouts
from goldenhour.fleet.status import FOLLOWS, LEADS_TO, Status
from goldenhour.hospitals.live import queries as hospitals
from goldenhour.hospitals.live.view import prealert_entry
from goldenhour.paging.live.shown import alerts_of_calls
from goldenhour.roads.live import region
from goldenhour.site.clock import get_clock

_OF_CALLER = ("age_years", "sex", "language", "patients", "caller", "patient", "callback", "apartment", "note")

# The steps as the page needs them to go on without a signal: what leads where, and what usually follows.
_CHAIN = {
    "leads_to": {str(stamp): str(status) for stamp, status in LEADS_TO.items()},
    "follows": {str(status): [str(stamp) for stamp in stamps] for status, stamps in FOLLOWS.items()},
}


def crew_view(unit: str, at: datetime) -> dict[str, Any]:
    """Return all that one unit's page shows.

    Raises:
        NotFound: there is no such unit.
    """
    row = fleet.get_unit(unit)
    running = dispatch.find_running(unit)
    call = calls.get_call(running.call_id) if running else None
    signals = welfare.list_signals({unit}).get(unit, {})
    return {
        "at": iso(at),
        "time_zone": str(region.time_zone()),
        "demo": get_clock().simulated,
        "unit": {
            "id": row.id,
            "call_sign": row.call_sign,
            "agency": row.agency,
            "type": row.type,
            "station": row.station,
            "can_transport": row.can_transport,
            "status": row.status,
            "since": iso(row.since),
        },
        "crew": crew_entry(crews_of([row], at)[unit]),
        "chain": _CHAIN,
        "mayday": signals.get("mayday"),
        "par": signals.get("par"),
        "limits": _limits(at),
        "call": _call(call, row, at) if call else None,
        "before": _before(row, at) if call is None else None,
    }


def _call(call: CallRow, row: UnitRow, at: datetime) -> dict[str, Any]:
    known = natures()
    details = {**call.details, **call.sealed, "patients": call.patients, "callback": call.callback}
    here = find_whereabouts(row, at)
    par = welfare.limits_at(at)["par"]
    reassessed = welfare.find_reassessed(row.id, call.id)
    return {
        "call_id": call.id,
        "received_at": iso(call.received_at),
        "priority": call.priority,
        "nature": call.nature,
        "nature_words": known[call.nature].label if call.nature in known else call.nature,
        "address": call.address,
        "lon": call.lon,
        "lat": call.lat,
        "caller": {name: details[name] for name in _OF_CALLER if details.get(name) not in {None, ""}},
        **_triage(call.id),
        "premise": _premise(call, at),
        "notes": _notes(call.id),
        "staging": find_staging(call.id, at),
        "moved_at": _moved_at(call.id, row.id),
        "units": _others(call.id, row.id, at),
        "co_responders": for_crew(call.id, at),
        "volunteers": [
            {"call_sign": one["unit"].rpartition("/")[2], "words": one["words"], "missing": one["missing"]}
            for one in alerts_of_calls([call.id], at).get(call.id, [])
        ],
        "route": _route(here),
        "destination": _destination(call.id, row.id, here),
        "prealerts": [prealert_entry(one) for one in hospitals.list_of_unit(call.id, row.id) if one.ended_at is None],
        "asks": welfare.list_asks(row.id, call.id),
        "reassessed": {"at": iso(reassessed.at), "times": reassessed.times} if reassessed else None,
        "ticks": ticks_of(call.id, row.id),
        "par_here": par is not None and call.nature in par.natures,
        **_times(row.id, call.id),
    }


def _times(unit: str, call_id: str) -> dict[str, Any]:
    """Return a unit's stamps of a call, and each press with its id, so that it can be taken back."""
    rows = fleet.list_own_times(unit, call_id)
    last = max((one.run for one in rows), default=1)
    return {
        "stamps": {stamp: iso(when) for stamp, when in fleet.last_stamps(rows).items()},
        "presses": [
            {"id": one.event_id, "stamp": one.stamp, "at": iso(one.at), "flags": one.flags, "by": one.actor}
            for one in rows
            if not one.struck and one.run == last
        ],
    }


def _before(row: UnitRow, at: datetime) -> dict[str, Any] | None:
    """Return the times of the call the unit came from: they may still be completed. Nothing else of that call."""
    if not row.call_id or row.status in {Status.AVAILABLE, Status.OUT_OF_SERVICE}:
        return None
    here = find_whereabouts(row, at)
    return {"call_id": row.call_id, "route": _route(here), **_times(row.id, row.call_id)}


def _triage(call_id: str) -> dict[str, Any]:
    said = shown.triage_entry(call_id)
    found = said.get("determinant") or {}
    return {
        "determinant": found.get("label", ""),
        "recognised": said.get("recognised", []),
        "answers": [
            {"ask": one["ask"], "answer": one["label"] or one["answer"], "at": one["at"]}
            for one in said["answers"]
            if one.get("ask")
        ],
    }


def _premise(call: CallRow, at: datetime) -> dict[str, Any]:
    there = premises.premise(lon=call.lon, lat=call.lat, at=at, but=call.id)
    return {
        "notes": [{name: one[name] for name in ("kind", "text", "at", "distance_m")} for one in there["notes"]],
        "earlier": there["earlier"]["count"],
        "months": there["earlier"]["months"],
    }


def _moved_at(call_id: str, unit: str) -> str | None:
    """Return when the call turned out to be elsewhere while this unit was on its way; None for never."""
    running = dispatch.find_running(unit)
    return iso(running.retargeted_at) if running is not None and running.call_id == call_id else None


def _notes(call_id: str) -> list[dict[str, Any]]:
    """Return what the desk wrote for crews; what was struck is not for acting on."""
    said = notes.list_notes([call_id], ShownTo.CREWS)
    return [
        {"note": one.id, "text": one.text, "at": iso(one.at), "by": one.by} for one in said if one.struck_at is None
    ]


def _others(call_id: str, own: str, at: datetime) -> list[dict[str, Any]]:
    """Return who else is on the call, and when they should be there."""
    on_call = {one.unit: one for one in dispatch.list_of_calls([call_id]) if one.cleared_at is None}
    found = []
    for row in fleet.list_by_id(set(on_call) - {own}):
        here = find_whereabouts(row, at)
        coming = row.status in {Status.NOTIFIED, Status.EN_ROUTE}
        found.append(
            {
                "unit": row.id,
                "call_sign": row.call_sign,
                "type": row.type,
                "slot": on_call[row.id].slot,
                "status": row.status,
                "eta": iso(here.arrive_at) if coming and here is not None else None,
            }
        )
    return sorted(found, key=lambda one: str(one["call_sign"]))


def _route(here: Whereabouts | None) -> dict[str, Any] | None:
    if here is None or here.journey is None or here.heading is None:
        return None
    return {
        "to": here.heading["kind"],
        "started_at": iso(here.started_at),
        "arrive_at": iso(here.arrive_at),
        "points": [[lon, lat, s] for lon, lat, s in here.journey.points],
    }


def _destination(call_id: str, unit: str, here: Whereabouts | None) -> dict[str, Any] | None:
    going = hospitals.find_going(call_id, unit)
    if going is None:
        return None
    known = hospitals.get_facility(going.facility)
    driving = here is not None and here.heading is not None and here.heading["id"] == going.facility
    return {
        "facility": known.id,
        "name": known.name,
        "eta": iso(here.arrive_at) if driving and here is not None else None,
        "accepted_at": iso(going.accepted_at),
    }


def _limits(at: datetime) -> dict[str, Any]:
    """Return each limit of the page that holds today, with where it stands written; None where no rule says any."""
    return {
        quantity: {"seconds": one.seconds, "grace_s": one.grace_s, "source": one.rule.source} if one else None
        for quantity, one in welfare.limits_at(at).items()
    }


def names_of(unit: str, view: dict[str, Any]) -> set[str]:
    """Return what a fact must name to be about what the page shows: the unit, its call, the others on it."""
    call = view["call"]
    return {unit} | ({call["call_id"], *(one["unit"] for one in call["units"])} if call else set())

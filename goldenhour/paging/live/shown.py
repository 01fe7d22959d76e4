"""How pages, destinations and the outbox stand in an answer. Never an address, never a secret."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.calls.live import queries as calls
from goldenhour.calls.natures import natures
from goldenhour.dispatch.live import alarm_book
from goldenhour.dispatch.live import queries as dispatch
from goldenhour.fleet.live import queries as fleet
from goldenhour.paging.alerts import State, coming_words
from goldenhour.paging.live import composing, push, queries, services
from goldenhour.paging.live.calling import count
from goldenhour.paging.live.escalated import escalations
from goldenhour.paging.live.models import Alert, AskedPerson, Destination, Message
from goldenhour.workforce.live import crew_queries


def alert_entry(row: Alert, at: datetime) -> dict[str, Any]:
    """Return how far a page has come: numbers, no names."""
    here = count(row, at)
    return {
        "id": row.id,
        "call_id": row.call_id,
        "unit": row.unit,
        "state": row.state,
        "because": row.because or None,
        "opened_at": iso(row.opened_at),
        "paged_at": iso(row.paged_at),
        "round": row.round,
        "needed": here.needed,
        "aboard": here.aboard,
        "accepted": here.accepted,
        "declined": here.declined,
        "unanswered": here.unanswered,
        "soonest_s": here.soonest_s,
        "missing": here.missing,
        "words": coming_words(here.accepted, max(here.needed - here.aboard, 1), here.soonest_s),
        "escalated_at": iso(row.escalated_at),
        "next_unit": row.next_unit or None,
    }


def alerts_of_calls(call_ids: Sequence[str], at: datetime) -> dict[str, list[dict[str, Any]]]:
    """Return the pages of calls that are not over, by call: for the board."""
    found: dict[str, list[dict[str, Any]]] = {}
    rows = queries.list_alerts(call_ids)
    late = escalations(rows, at)
    for row in rows:
        if row.state != State.OVER:
            entry = {**alert_entry(row, at), "alarm": alarm_book.entry(late.get(row.id))}
            found.setdefault(row.call_id, []).append(entry)
    return found


def pages_of_call(call_id: str, at: datetime) -> dict[str, Any]:
    """Return who was paged for a call and what they answered, and what the stations of its units hear."""
    rows = queries.list_alerts([call_id])
    asked = queries.list_asked({row.id for row in rows})
    call = calls.get_call(call_id)
    units = fleet.list_by_id({one.unit for one in dispatch.list_of_calls([call_id]) if one.cleared_at is None})
    return {
        "call_id": call_id,
        "alerts": [
            {**alert_entry(row, at), "people": [_person(one) for one in asked if one.alert == row.id]} for row in rows
        ],
        "can_page": _can_page({unit.id for unit in units} - {row.unit for row in rows if row.state != State.OVER}, at),
        "station_alerts": [
            {
                "unit": unit.id,
                "line": composing.station_words(call, unit),
                "paused": [one.label for one in queries.list_paused(unit.agency, unit.station)],
            }
            for unit in units
        ],
        "messages": [_of_call(one) for one in queries.list_of_call(call_id)],
    }


def _can_page(units: set[str], at: datetime) -> list[str]:
    """Return for which of these units somebody is on call who is not aboard anywhere."""
    offers = crew_queries.list_offers(at, units)
    aboard = crew_queries.units_of({one.person for one in offers})
    return sorted({one.unit for one in offers if one.person not in aboard})


def _person(one: AskedPerson) -> dict[str, Any]:
    return {
        "person": one.person,
        "answer": one.answer or None,
        "answered_at": iso(one.answered_at),
        "eta_s": one.eta_s,
        "counts": one.counts,
        "paged_at": iso(one.paged_at),
    }


def _of_call(one: Message) -> dict[str, Any]:
    return {
        "id": one.id,
        "what": one.what,
        "unit": one.unit,
        "state": one.state,
        "attempts": one.attempts,
        "said": one.said,
        "queued_at": iso(one.queued_at),
        "done_at": iso(one.done_at),
    }


def own_entry(row: Alert, mine: AskedPerson, at: datetime) -> dict[str, Any]:
    """Return a page as the one who was paged sees it: who needs them, where, and how many come."""
    call, unit = calls.find_call(row.call_id), fleet.find_unit(row.unit)
    known = natures().get(call.nature) if call else None
    return {
        **alert_entry(row, at),
        "call_sign": unit.call_sign if unit else row.unit,
        "nature_label": known.label if known else "",
        "priority": call.priority if call else None,
        "address": call.address if call else "",
        "line": composing.station_words(call, unit) if call and unit else "",
        "answer": mine.answer or None,
        "answered_at": iso(mine.answered_at),
        "eta_s": mine.eta_s,
        "counts": mine.counts,
    }


def own_pages(person: str, at: datetime) -> dict[str, Any]:
    """Return the pages to somebody that are not over, and where pages to them go."""
    keys = push.find_keys()
    return {
        "person": person,
        "at": iso(at),
        "alerts": [own_entry(row, mine, at) for row, mine in queries.list_alerts_of(person)] if person else [],
        "channels": [channel_entry(row) for row in queries.list_channels(person)] if person else [],
        "may": {"email": services.sends_mail(), "push": keys.application if keys else None},
        "on_call": [one.unit for one in crew_queries.list_offers_of(person, at)] if person else [],
    }


def own_names(person: str, view: dict[str, Any]) -> set[str]:
    """Return what a fact must name to be about somebody's pages: them, a unit they are on call for, a call."""
    of_alerts = {str(one[name]) for one in view["alerts"] for name in ("unit", "call_id")}
    return {person, *view["on_call"], *of_alerts}


def destination_entry(row: Destination, waiting: int) -> dict[str, Any]:
    """Return a destination: what it is told, and whether it is well."""
    return {
        "id": row.id,
        "kind": row.kind,
        "label": row.label,
        "agency": row.agency,
        "station": row.station,
        "gets": row.gets,
        "detail": row.detail,
        "host": row.host,
        "since": iso(row.since),
        "former_until": next((one["until"] for one in row.secrets if one["until"]), None),
        "waiting": waiting,
        "failures": row.failures,
        "paused_until": iso(row.paused_until),
        "stopped_at": iso(row.stopped_at),
        "heard_at": iso(row.heard_at),
    }


def message_entry(one: Message) -> dict[str, Any]:
    """Return a message as whoever looks after its destination sees it."""
    return {**_of_call(one), "destination": one.destination, "next_at": iso(one.next_at)}


def channel_entry(row: Destination) -> dict[str, Any]:
    """Return somebody's own channel; the address of an e-mail only by its first letter and its host."""
    address = queries.address_of(row) if row.kind == "email" else ""
    name, _, host = address.partition("@")
    return {
        "id": row.id,
        "kind": row.kind,
        "label": row.label,
        "detail": row.detail,
        "address": f"{name[:1]}...@{host}" if address else row.host,
        "since": iso(row.since),
        "heard_at": iso(row.heard_at),
        "failures": row.failures,
    }

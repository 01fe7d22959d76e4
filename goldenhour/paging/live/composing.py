"""What a message says: made when it goes, from what is known then, so that a late one names the place as it is now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from goldenhour.access.wire import iso
from goldenhour.calls.live import queries as calls
from goldenhour.calls.live.queries import CallRow
from goldenhour.calls.natures import natures
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live.queries import UnitRow
from goldenhour.paging.alerts import Because, coming_words
from goldenhour.paging.destinations import Detail, What
from goldenhour.paging.live import calling, queries
from goldenhour.paging.live.models import Alert, Destination, Message
from goldenhour.paging.words import Place, Sent, cancel_line, place_words, station_line, told
from goldenhour.roads.live import region

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A message in its three shapes."""

    title: str
    text: str
    body: dict[str, Any]  # As JSON.


def content_of(message: Message, destination: Destination, at: datetime) -> Content:
    """Return what a message says to its destination: no patient's name, and of the place what it may know."""
    call, unit = calls.find_call(message.call_id), fleet.find_unit(message.unit)
    detail = Detail(destination.detail)
    place = told(place_of(call), detail) if call else Place()
    title, text = _words(message, call, unit, place, at)
    return Content(
        title=title,
        text=text,
        body={
            "version": VERSION,
            "id": message.id,
            "what": message.what,
            "queued_at": iso(message.queued_at),
            "position": message.position,
            "title": title,
            "text": text,
            "call": _call_entry(call),
            "unit": _unit_entry(unit),
            "place": {"address": place.address, "cross": list(place.cross), "lon": place.lon, "lat": place.lat},
            "alert": _alert_entry(queries.get_alert(message.alert), at) if message.alert else None,
        },
    )


def station_words(call: CallRow, unit: UnitRow) -> str:
    """Return the line that a unit's station hears of a call."""
    return station_line(_sent(call, unit, place_of(call)))


def place_of(call: CallRow) -> Place:
    """Return where a call is, with the streets that cross there."""
    cross = region.get_region().gazetteer.crossing_near(call.lon, call.lat, call.address) if region.is_known() else ()
    return Place(address=call.address, cross=cross, lon=call.lon, lat=call.lat)


def _sent(call: CallRow, unit: UnitRow, place: Place) -> Sent:
    known = natures().get(call.nature)
    return Sent(
        call_sign=unit.call_sign,
        call_id=call.id,
        nature=known.label if known else call.nature.replace("_", " "),
        priority=call.priority,
        mode=region.mode_of_priority(call.priority),
        place=place,
    )


def _words(message: Message, call: CallRow | None, unit: UnitRow | None, place: Place, at: datetime) -> tuple[str, str]:
    """Return the title and the text of a message."""
    if message.what == What.TEST:
        return "Test of goldenhour", "This is a test. Nobody is needed anywhere."
    if call is None or unit is None:
        return "goldenhour", f"{unit.call_sign if unit else message.unit}: see the board."
    sign = unit.call_sign
    sent = _sent(call, unit, place)
    if message.what == What.STATION_ALERT:
        return f"{sign}: {sent.nature}", station_line(sent)
    if message.what == What.STATION_CANCEL:
        return f"{sign}: cancelled", cancel_line(sign, call.id)
    return _page_words(message, sent, at)


def _page_words(message: Message, sent: Sent, at: datetime) -> tuple[str, str]:
    """Return the title and the text of what concerns people on call."""
    alert, sign = queries.get_alert(message.alert), sent.call_sign
    if message.what == What.ESCALATION:
        after = fleet.find_unit(alert.next_unit)
        return (
            f"{sign}: too few come",
            f"{alert.missing}. Call {sent.call_id}.{f' Next: {after.call_sign}.' if after else ''}",
        )
    if message.what == What.STAND_DOWN:
        why = "Enough are coming" if alert.because == Because.ENOUGH else "The unit is not needed"
        return f"{sign}: stand down", f"{why}. Nobody more is needed for call {sent.call_id}."
    here = calling.count(alert, at)
    said = [
        f"{sign} is needed: {sent.nature}, priority {sent.priority}",
        place_words(sent.place),
        coming_words(here.accepted, here.needed, here.soonest_s).capitalize(),
        f"Accept or decline on your own page{f': {settings.GOLDENHOUR_URL}/me' if settings.GOLDENHOUR_URL else ''}",
    ]
    return f"{sign}: can you come?", " ".join(f"{one}." for one in said if one)


def _call_entry(call: CallRow | None) -> dict[str, Any] | None:
    if call is None:
        return None
    known = natures().get(call.nature)
    return {
        "id": call.id,
        "received_at": iso(call.received_at),
        "nature": call.nature,
        "nature_code": known.code if known else "",
        "nature_label": known.label if known else call.nature,
        "priority": call.priority,
    }


def _unit_entry(unit: UnitRow | None) -> dict[str, Any] | None:
    if unit is None:
        return None
    return {"id": unit.id, "call_sign": unit.call_sign, "agency": unit.agency, "station": unit.station}


def _alert_entry(alert: Alert, at: datetime) -> dict[str, Any]:
    count = calling.count(alert, at)
    return {
        "id": alert.id,
        "state": alert.state,
        "needed": count.needed,
        "accepted": count.accepted,
        "missing": count.missing,
    }

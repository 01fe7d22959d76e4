"""Mutual aid as it happens: who was asked, what the neighbour said, and its unit on the board until it goes home."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.calls.live import queries as calls
from goldenhour.calls.live.by import By, writing_of
from goldenhour.calls.live.services import open_call
from goldenhour.dispatch.alarms import AID, Alarm
from goldenhour.dispatch.events import AidAccepted, AidDeclined, AidReleased, AidRequested, AidWithdrawn, UnitAssigned
from goldenhour.dispatch.live import alarm_book, queries
from goldenhour.dispatch.live.models import Aid, AidState
from goldenhour.dispatch.mutual_aid import (
    BOOKS,
    OWN,
    Agreement,
    agreements_on,
    counted_across,
    cover_of,
    load_agreements,
    of_the_crew,
    scope_across,
)
from goldenhour.errors import BadInput, NotFound, Refused
from goldenhour.fleet.events import UnitOffDuty, UnitOnDuty, UnitRegistered
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live import services as fleet_services
from goldenhour.fleet.status import Status
from goldenhour.fleet.units import unit_id
from goldenhour.log.live.store import Record
from goldenhour.roads.live import region
from goldenhour.roads.live.region import wall_clock
from goldenhour.workforce.crews import LEVELS
from goldenhour.workforce.live.crew_queries import Crew

_WITH_US = (AidState.ASKED, AidState.ACCEPTED)
_TURNOUT_S = 60.0  # Of a unit that is lent: what its agency says of it is not on record here.


# ---------------------------------------------------------------- reading


def agreements(at: datetime) -> tuple[Agreement, ...]:
    """Return the agreements in force at a moment, by the place's own calendar; () where there are none."""
    path = _book()
    if path is None:
        return ()
    return agreements_on(load_agreements(path), at.astimezone(region.time_zone()).date())


def _book() -> Path | None:
    """Return where the agreements stand: the region's own file, else the book that region.toml names."""
    if not region.is_known():
        return None
    here = region.get_region()
    named = str(here.settings.get("policy", {}).get("agreements", ""))
    own = here.folder / OWN
    return own if own.is_file() else (BOOKS / named if named else None)


def get_aid(request: str) -> Aid:
    """Return a request.

    Raises:
        NotFound: there is none of that id.
    """
    found = Aid.objects.filter(pk=request).first()
    if found is None:
        raise NotFound(code="no_request", what="There is no such request.", do="Look at the list anew.")
    return found


def find_alarm(request: str, at: datetime) -> Alarm | None:
    """Return the alarm of a request that nobody answered yet."""
    one = get_aid(request)
    if one.state != AidState.ASKED:
        return None
    call = calls.find_call(one.call_id)
    limit = alarm_book.limit(AID, at, priority=call.priority if call else None)
    return alarm_book.alarm(limit, one.asked_at, one.id, alarm_book.silenced([AID], [one.id]))


def gone_units(units: Collection[str]) -> set[str]:
    """Return which of these units were lent and went home: they are on the board no longer."""
    lent = Aid.objects.filter(unit__in=units).values_list("unit", "state")
    found = {unit for unit, _ in lent}
    return found - {unit for unit, state in lent if state == AidState.ACCEPTED}


def lent_units() -> dict[str, Aid]:
    """Return the units that neighbours lend us now, with their requests."""
    return {one.unit: one for one in Aid.objects.filter(state=AidState.ACCEPTED)}


def entries(at: datetime, ended_since: datetime) -> list[dict[str, Any]]:
    """Return the requests that are not over, and those that ended since, the oldest first, as the board shows them."""
    rows = [
        one
        for one in Aid.objects.order_by("asked_at", "id")
        if one.state in _WITH_US or (one.ended_at is not None and one.ended_at >= ended_since)
    ]
    by_agency = {one.neighbour: one for one in agreements(at)}
    urgency = {call.id: call.priority for call in calls.list_by_id({one.call_id for one in rows})}
    said = alarm_book.silenced([AID], [one.id for one in rows])
    signs = fleet.call_signs({one.unit for one in rows if one.unit})
    found = []
    for one in rows:
        limit = alarm_book.limit(AID, at, priority=urgency.get(one.call_id)) if one.state == AidState.ASKED else None
        agreement = by_agency.get(one.neighbour)
        found.append(
            {
                "id": one.id,
                "call_id": one.call_id,
                "neighbour": one.neighbour,
                "name": agreement.name if agreement else one.neighbour,
                "contact": agreement.contact if agreement else "",
                "type": one.type,
                "level": one.level,
                "note": one.note,
                "state": str(one.state),
                "scope": {"verdict": one.scope, "why": one.scope_why},
                "asked_at": iso(one.asked_at),
                "asked_by": one.asked_by,
                "answered_at": iso(one.answered_at),
                "said_by": one.said_by,
                "reason": one.reason,
                "unit": one.unit or None,
                "call_sign": signs.get(one.unit),
                "due_at": iso(one.due_at),
                "arrived_at": iso(one.arrived_at),
                "left": one.left,
                "alarm": alarm_book.entry(alarm_book.alarm(limit, one.asked_at, one.id, said)),
            }
        )
    return found


def neighbours(at: datetime) -> list[dict[str, Any]]:
    """Return the neighbours by agreement: what each lends, what that leaves it, and whether its crews may practise."""
    with_us: dict[str, list[str]] = {}
    for asked in Aid.objects.filter(state=AidState.ACCEPTED):
        with_us.setdefault(asked.neighbour, []).append(asked.type)
    day = at.astimezone(region.time_zone()).date()
    found = []
    for one in agreements(at):
        cover = cover_of(one, with_us.get(one.neighbour, ()))
        found.append(
            {
                "neighbour": one.neighbour,
                "name": one.name,
                "contact": one.contact,
                "place": one.place,
                "costs": one.costs,
                "agreement": one.rule.version,
                "source": one.rule.source,
                "lends": [
                    {
                        "type": str(lent.type),
                        "has": lent.has,
                        "left": cover[str(lent.type)].left,
                        "keeps": lent.keeps,
                        "cover": cover[str(lent.type)].words,
                        "levels": list(lent.levels),
                        "scope": [
                            {"level": each.level, "verdict": each.verdict, "why": each.why}
                            for each in scope_across(one, region.jurisdiction(), day, lent.levels)
                        ],
                    }
                    for lent in one.lends
                ],
            }
        )
    return found


# ---------------------------------------------------------------- gestures


def aid_request(*, request: str, call_id: str, neighbour: str, type: str, level: str, note: str, by: By) -> None:  # noqa: A002
    """Ask a neighbour for a unit.

    Args:
        request: its id, the gesture's own.
        call_id: for which call.
        neighbour: the agency that is asked.
        type: kind of unit.
        level: care level that is asked for, "" for none in particular.
        note: what its desk is told beside.
        by: who asks.

    Raises:
        NotFound: there is no such call, or no agreement with that agency today.
        Refused: the call is closed, or they were asked the same already.
        BadInput: the agreement does not speak of that kind of unit, or there is no such level.
    """
    agreement = _agreement(neighbour, by.at)
    lent = agreement.lent(type)
    if lent is None or (level and level not in LEVELS):
        lends = ", ".join(one.type.words for one in agreement.lends)
        raise BadInput(
            code="not_lent",
            what=f"{agreement.name} lends {lends}; asked was {type} {level}".strip() + ".",
            do="Ask for one of these, or another neighbour.",
            where="type",
        )
    day = by.at.astimezone(region.time_zone()).date()
    scope = of_the_crew(scope_across(agreement, region.jurisdiction(), day, [level] if level else lent.levels))
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        open_call(call_id)
        asked = Aid.objects.filter(call_id=call_id, neighbour=neighbour, type=type, state=AidState.ASKED).first()
        if asked is not None:
            raise Refused(
                code="asked_already",
                what=f"{asked.asked_by} asked {agreement.name} at {wall_clock(asked.asked_at)} and nobody answered.",
                do="Enter what it says, or withdraw that request first.",
            )
        record(
            AidRequested(
                request=request,
                call_id=call_id,
                neighbour=neighbour,
                agreement=agreement.rule.version,
                type=type,
                level=level,
                scope=scope.verdict,
                scope_why=scope.why,
                note=note,
            )
        )


def _agreement(neighbour: str, at: datetime) -> Agreement:
    found = next((one for one in agreements(at) if one.neighbour == neighbour), None)
    if found is None:
        raise NotFound(
            code="no_agreement",
            what=f"There is no agreement with {neighbour} today.",
            do="Pick a neighbour from the list; agreements stand in the region's mutual_aid.yaml.",
        )
    return found


def aid_accept(
    *,
    request: str,
    call_sign: str,
    eta_s: float,
    said_by: str,
    levels: tuple[str, ...],
    left: int | None,
    send: bool,
    by: By,
) -> None:
    """Enter that a neighbour sends a unit: it comes on the board as the neighbour's, and is sent to the call.

    Args:
        request: which.
        call_sign: what the unit is called at home.
        eta_s: seconds until it is there, as the neighbour said.
        said_by: who said so.
        levels: care levels aboard, as said; () takes those of the agreement.
        left: how many of that kind the neighbour has left, as said; None where it did not say.
        send: whether it is assigned to the call at once.
        by: who enters it.

    Raises:
        NotFound: there is no such request.
        Refused: it was answered already, or a unit of that name is on the board.
        BadInput: a level that there is none of.
    """
    asked = get_aid(request)
    agreement = next((one for one in agreements(asked.asked_at) if one.neighbour == asked.neighbour), None)
    lent = agreement.lent(asked.type) if agreement else None
    if set(levels) - set(LEVELS):
        do = f"Use {', '.join(LEVELS)}."
        raise BadInput(code="level", what="names a level there is none of.", do=do, where="levels")
    aboard = levels or (lent.levels if lent else ())
    unit = unit_id(asked.neighbour, call_sign)
    with writing_of(asked.call_id, by) as record:
        if record.earlier:
            return
        _insist(get_aid(request), AidState.ASKED)
        known = fleet.find_unit(unit)
        if known is not None and known.status != Status.OUT_OF_SERVICE:
            raise Refused(
                code="unit_here", what=f"{call_sign} of {asked.neighbour} is on the board already.",
                do="Check the call sign.",
            )  # fmt: skip
        record(
            AidAccepted(
                request=request,
                call_id=asked.call_id,
                unit=unit,
                eta_s=eta_s,
                said_by=said_by,
                levels=aboard,
                left=left,
            )
        )
        if known is None:
            record(
                UnitRegistered(
                    unit=unit,
                    call_sign=call_sign,
                    agency=asked.neighbour,
                    type=asked.type,
                    station="",  # It has no post here.
                    crew=len(aboard) or (lent.crew if lent else 2),
                    levels=aboard,
                    skills=(),
                    can_transport=lent.can_transport if lent else False,
                    turnout_s=_TURNOUT_S,
                )
            )
        record(UnitOnDuty(unit=unit, station=""))
        if send and calls.get_call(asked.call_id).closed_at is None:
            why = f"Lent by {agreement.name if agreement else asked.neighbour}, as {said_by or 'its desk'} said."
            slot = _slot_for(asked)
            record(
                UnitAssigned(
                    call_id=asked.call_id, unit=unit, slot=slot, expected_arrival_s=eta_s, reason=why, override=True
                )
            )
            fleet_services.notify(record, fleet.get_unit(unit), asked.call_id, by.at)


def _slot_for(asked: Aid) -> str:
    """Return the slot of the call's plan that waits for such a unit; "" for none."""
    waiting: list[str] = next((one.slots for one in queries.list_waiting() if one.call_id == asked.call_id), [])
    return next((slot for slot in waiting if slot.startswith(asked.type)), "")


def aid_decline(*, request: str, reason: str, said_by: str, by: By) -> None:
    """Enter that a neighbour sends nobody.

    Raises:
        NotFound: there is no such request.
        Refused: it was answered already.
    """
    asked = get_aid(request)
    with writing_of(asked.call_id, by) as record:
        if not record.earlier:
            _insist(get_aid(request), AidState.ASKED)
            record(AidDeclined(request=request, call_id=asked.call_id, reason=reason, said_by=said_by))


def aid_withdraw(*, request: str, reason: str, by: By) -> None:
    """Take a request back that nobody answered.

    Raises:
        NotFound: there is no such request.
        Refused: it was answered: release the unit instead.
    """
    asked = get_aid(request)
    with writing_of(asked.call_id, by) as record:
        if not record.earlier:
            _insist(get_aid(request), AidState.ASKED)
            record(AidWithdrawn(request=request, call_id=asked.call_id, reason=reason))


def aid_release(*, request: str, reason: str, by: By) -> None:
    """Let a lent unit go home: it is on the board no longer.

    Raises:
        NotFound: there is no such request.
        Refused: no unit came by it, or the unit is on a call.
    """
    asked = get_aid(request)
    with writing_of(asked.call_id, by) as record:
        if record.earlier:
            return
        _insist(asked := get_aid(request), AidState.ACCEPTED)
        unit = fleet.get_unit(asked.unit)
        if unit.on_job:
            raise Refused(
                code="unit_busy",
                what=f"{unit.call_sign} is still on call {unit.call_id}.",
                do="Clear it from that call first, then let it go home.",
            )
        _off(record, unit.id, reason)
        record(AidReleased(request=request, call_id=asked.call_id, unit=unit.id, reason=reason))


def _off(record: Record, unit: str, reason: str) -> None:
    if fleet.get_unit(unit).status != Status.OUT_OF_SERVICE:
        record(UnitOffDuty(unit=unit, reason=reason or "released to its own agency"))


_SAID = {
    AidState.ASKED: "Nobody answered that request yet.",
    AidState.ACCEPTED: "It was accepted",
    AidState.DECLINED: "It was declined",
    AidState.WITHDRAWN: "It was withdrawn",
    AidState.RELEASED: "Its unit went home",
}


def _insist(asked: Aid, state: AidState) -> None:
    """Refuse a gesture on a request that has come farther, or not so far."""
    if asked.state == state:
        return
    now = AidState(asked.state)
    when = asked.ended_at or asked.answered_at
    at = f" at {wall_clock(when)}." if when else ""
    raise Refused(code=f"aid_{now}", what=f"{_SAID[now]}{at}", do="Look at the list anew.")


def across(crews: Mapping[str, Crew], at: datetime) -> dict[str, Crew]:
    """Return what crews count for, those of lent units as far as their scope holds here. `crews` are by unit."""
    lent = {unit: one for unit, one in lent_units().items() if unit in crews}
    if not lent:
        return dict(crews)
    by_agency = {one.neighbour: one for one in agreements(at)}
    day = at.astimezone(region.time_zone()).date()
    found = dict(crews)
    for unit, asked in lent.items():
        agreement = by_agency.get(asked.neighbour)
        if agreement is not None:
            counts = crews[unit].counts
            scope = scope_across(agreement, region.jurisdiction(), day, counts.levels)
            found[unit] = replace(crews[unit], counts=counted_across(counts, scope))
    return found


def units_of(rows: Iterable[Any]) -> list[Any]:
    """Return those of these units that are on the board: all but lent ones that went home."""
    known = list(rows)
    gone = gone_units([one.id for one in known])
    return [one for one in known if one.id not in gone]

"""The endpoints of crews: who is aboard, roles, seats, the roster, volunteers on call. One gesture each."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field

from goldenhour.access.roles import EVERY, Role
from goldenhour.access.rules import Asked, aboard, inside, rostering, unit_step
from goldenhour.access.wire import iso
from goldenhour.errors import BadInput
from goldenhour.fleet.live import crewing, queries
from goldenhour.fleet.live.crewing import By
from goldenhour.fleet.live.crews import crew_entry, crews_of
from goldenhour.fleet.live.shapes import AboardOut, RosteredOut, RosterOut, UnitsCrewOut, WarningsOut
from goldenhour.roads.live import region
from goldenhour.workforce.crews import LEVELS, Seat, answering, chance_of_answer
from goldenhour.workforce.live import crew_queries as crews
from goldenhour.workforce.shifts import Shifts, conflicts, gaps, limits_on, tired

router = Router(tags=["crews"])
_ROSTER_DAYS = 62


class GestureIn(Schema):
    """A gesture that needs no more than its id."""

    model_config = ConfigDict(extra="forbid")

    id: UUID


class AboardIn(Schema):
    """Somebody sits down in a unit."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    person: str = Field(max_length=60)
    seat: str = Field(default="", max_length=40)
    page: str = Field(default="", max_length=40)  # The call whose page a volunteer accepted.
    override: str = Field(default="", max_length=300)  # Why, where the seat asks for more.


class LeavesIn(Schema):
    """Somebody leaves a unit."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    person: str = Field(max_length=60)
    reason: str = Field(default="", max_length=300)


class SeatIn(Schema):
    """One seat."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    level: str = ""
    endorsements: list[str] = Field(default_factory=list)
    required: bool = True


class SeatsIn(Schema):
    """All seats of a unit."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    seats: list[SeatIn] = Field(min_length=1, max_length=20)


class RoleIn(Schema):
    """Somebody takes a role."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    person: str = Field(max_length=60)
    role: str = Field(max_length=40)
    scope: str = "incident"
    call_id: str = Field(default="", max_length=40)


class RoleBackIn(Schema):
    """Somebody gives their role back."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    person: str = Field(max_length=60)
    reason: str = Field(default="", max_length=300)


class DutyRosterIn(Schema):
    """Somebody is planned for a seat."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    person: str = Field(max_length=60)
    seat: str = Field(max_length=40)
    start: AwareDatetime
    end: AwareDatetime
    hours: str = Field(default="", max_length=200)


class DutyStrikeIn(Schema):
    """A planned duty is off."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    duty: str = Field(max_length=36)
    reason: str = Field(default="", max_length=300)


class OfferIn(Schema):
    """A volunteer would come if paged."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    person: str = Field(max_length=60)
    start: AwareDatetime
    end: AwareDatetime


def _by(request: Asked, id: UUID) -> By:  # noqa: A002 -- The event's id.
    who = request.auth
    return By(
        actor=who.actor,
        at=who.at,
        device=who.device,
        id=str(id),
        supervises=Role.SUPERVISOR in who.roles,
        person=who.person,
        agencies=None if EVERY in who.agencies else who.agencies,
    )


@router.get("/workforce/crews", auth=inside, response=list[UnitsCrewOut])
def list_crews(request: Asked) -> list[dict[str, Any]]:
    """Return what each unit's crew counts for, how many are aboard, and who of the volunteers is on call."""
    at, zone = request.auth.at, region.time_zone()
    rows = queries.list_units()
    found = crews_of(rows, at)
    offers: dict[str, int] = {}
    for offer in crews.list_offers(at):
        offers[offer.unit] = offers.get(offer.unit, 0) + 1
    usual = answering(at, zone)
    return [
        {
            "unit": row.id,
            "crew": crew_entry(found[row.id]),
            "on_call": {
                "volunteers": offers[row.id],
                "chance_of_one": round(chance_of_answer([usual.answers] * offers[row.id], 1), 3),
                "chance_of_two": round(chance_of_answer([usual.answers] * offers[row.id], 2), 3),
                "turnout_s": usual.turnout_s_p50,
                "source": usual.source,
            }
            if row.id in offers
            else None,
        }
        for row in rows
    ]


@router.get("/workforce/crews/{path:unit}/aboard", auth=aboard, response=AboardOut)
def list_aboard(request: Asked, unit: str) -> dict[str, Any]:
    """Return a unit's seats, who sits in them, and who is planned for them now."""
    at = request.auth.at
    vehicle = crewing.vehicle_named(unit)
    sitting = {one.seat: one for one in crews.list_aboard({unit})}
    planned = {one.seat: one.person for one in crews.rostered_now(unit, at, region.time_zone())}
    roles = {one.person: one for one in crews.list_roles()}
    return {
        "unit": unit,
        "seats": [
            {
                "name": seat.name,
                "level": seat.level,
                "endorsements": sorted(seat.endorsements),
                "required": seat.required,
                "person": (here := sitting.get(seat.name)) and here.person,
                "since": iso(here.since) if here else None,
                "role": roles[here.person].role if here and here.person in roles else None,
                "rostered": planned.get(seat.name),
            }
            for seat in crews.list_seats(unit, vehicle)
        ],
        "crew": crew_entry(crews_of([queries.get_unit(unit)], at)[unit]),
    }


@router.post("/workforce/crews/{path:unit}/on", auth=unit_step, response=WarningsOut)
def sign_person_on(request: Asked, unit: str, body: AboardIn) -> dict[str, Any]:
    """Let somebody sit down in a unit; return what they are told: what ends soon, what nobody can confirm."""
    told = crewing.person_on(
        unit=unit,
        person=body.person,
        seat=body.seat,
        page=body.page,
        override=body.override,
        by=_by(request, body.id),
    )
    return {"warnings": list(told)}


@router.post("/workforce/crews/{path:unit}/off", auth=unit_step, response={204: None})
def sign_person_off(request: Asked, unit: str, body: LeavesIn) -> Status[None]:
    """Let somebody leave a unit."""
    crewing.person_off(unit=unit, person=body.person, reason=body.reason, by=_by(request, body.id))
    return Status(204, None)


@router.post("/workforce/crews/{path:unit}/relieve", auth=unit_step, response={204: None})
def relieve_crew(request: Asked, unit: str, body: GestureIn) -> Status[None]:
    """Let a unit's crew be relieved by those whom the roster names now."""
    crewing.unit_relieve(unit=unit, by=_by(request, body.id))
    return Status(204, None)


@router.post("/workforce/crews/{path:unit}/seats", auth=rostering, response={204: None})
def set_seats(request: Asked, unit: str, body: SeatsIn) -> Status[None]:
    """Say which seats a unit has."""
    wrong = [one.level for one in body.seats if one.level and one.level not in LEVELS]
    if wrong:
        raise BadInput(code="level", what=f"{wrong[0]!r} is no level.", do=f"Use {', '.join(LEVELS)}.", where="seats")
    seats = [
        Seat(unit=unit, name=one.name, level=one.level, endorsements=frozenset(one.endorsements), required=one.required)
        for one in body.seats
    ]
    crewing.seats_set(unit=unit, seats=seats, by=_by(request, body.id))
    return Status(204, None)


@router.post("/workforce/crews/{path:unit}/roles", auth=unit_step, response=WarningsOut)
def take_role(request: Asked, unit: str, body: RoleIn) -> dict[str, Any]:
    """Let one of a unit's crew take a role; return what the unit can no longer do until it is given back."""
    lost = crewing.role_take(
        unit=unit, person=body.person, role=body.role, scope=body.scope, call_id=body.call_id, by=_by(request, body.id)
    )
    return {"warnings": list(lost)}


@router.post("/workforce/crews/{path:unit}/roles/end", auth=unit_step, response={204: None})
def give_role_back(request: Asked, unit: str, body: RoleBackIn) -> Status[None]:
    """Let one of a unit's crew give their role back: their care counts again."""
    crewing.role_give_back(unit=unit, person=body.person, reason=body.reason, by=_by(request, body.id))
    return Status(204, None)


@router.post("/workforce/crews/{path:unit}/on-call", auth=unit_step, response={204: None})
def offer_to_come(request: Asked, unit: str, body: OfferIn) -> Status[None]:
    """Let a volunteer say when they would come if paged. They are counted once they have come, not before."""
    crewing.volunteer_offer(person=body.person, unit=unit, start=body.start, end=body.end, by=_by(request, body.id))
    return Status(204, None)


@router.post("/workforce/crews/{path:unit}/off-call", auth=unit_step, response={204: None})
def withdraw_offer(request: Asked, unit: str, body: LeavesIn) -> Status[None]:
    """Let a volunteer take the offer back."""
    crewing.volunteer_withdraw(person=body.person, unit=unit, by=_by(request, body.id))
    return Status(204, None)


@router.get("/workforce/crews/{path:unit}/roster", auth=aboard, response=RosterOut)
def show_roster(request: Asked, unit: str, start: AwareDatetime | None = None, days: int = 7) -> dict[str, Any]:
    """Return who is planned for a unit in the days from `start` (now), the gaps, and what is wrong with it."""
    begin = start or request.auth.at
    end = begin + timedelta(days=min(max(days, 1), _ROSTER_DAYS))
    zone, vehicle = region.time_zone(), crewing.vehicle_named(unit)
    rows = crews.list_rostered(begin, end, units={unit})
    duties = crewing.roster_duties(rows, begin, end)
    others = [row for row in crews.list_rostered(begin, end) if row.person in {one.person for one in rows}]
    people = crewing.roster_duties(others, begin, end)
    wanted = {unit: [seat.name for seat in crews.list_seats(unit, vehicle) if seat.required]}
    limits = limits_on(region.jurisdiction().removeprefix("US-"), begin.astimezone(zone).date())
    hours = {unit: crewing.hours_of(unit).spans(begin, end, zone)}
    faults = [*conflicts(people, zone), *gaps(wanted, hours, duties, zone), *tired(people, limits, zone)]
    return {
        "unit": unit,
        "lines": [
            {
                "duty": row.id,
                "person": row.person,
                "seat": row.seat,
                "start": iso(row.start),
                "end": iso(row.end),
                "hours": row.hours,
            }
            for row in rows
        ],
        "duties": [
            {"person": one.person, "seat": one.seat, "start": iso(one.start), "end": iso(one.end)} for one in duties
        ],
        "faults": [
            {"kind": one.kind, "what": one.what, "start": iso(one.start), "end": iso(one.end), "source": one.source}
            for one in faults
        ],
    }


@router.post("/workforce/crews/{path:unit}/roster", auth=rostering, response=RosteredOut)
def plan_duty(request: Asked, unit: str, body: DutyRosterIn) -> dict[str, Any]:
    """Plan somebody for a seat; return the duty's id and what speaks against it."""
    Shifts.parse(body.hours, where="hours")
    duty, warnings = crewing.duty_roster(
        person=body.person,
        unit=unit,
        seat=body.seat,
        start=body.start,
        end=body.end,
        hours=body.hours,
        by=_by(request, body.id),
    )
    return {"duty": duty, "warnings": list(warnings)}


@router.post("/workforce/crews/{path:unit}/roster/strike", auth=rostering, response={204: None})
def strike_duty(request: Asked, unit: str, body: DutyStrikeIn) -> Status[None]:
    """Take a planned duty out of the roster."""
    crewing.duty_strike(unit=unit, duty=body.duty, reason=body.reason, by=_by(request, body.id))
    return Status(204, None)

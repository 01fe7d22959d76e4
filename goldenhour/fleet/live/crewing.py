"""What can be done with crews: sitting down in a unit and leaving it, roles, seats, rosters, volunteers on call.

Each function is one gesture of one person. What a crew counts for is the workforce's answer; here it meets the unit:
nobody leaves a unit that is on a call, and a role says what its unit can no longer do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from goldenhour.errors import BadInput, NotAllowed, Refused
from goldenhour.fleet.crews import vehicle_of
from goldenhour.fleet.live import queries
from goldenhour.fleet.live.crews import unit_of
from goldenhour.fleet.live.models import Unit
from goldenhour.log.live.store import Record, writing
from goldenhour.roads.live import region
from goldenhour.roads.live.region import wall_clock
from goldenhour.workforce.capability import Member, Vehicle, capability, sign_on
from goldenhour.workforce.crews import SCOPES, Seat, level_words
from goldenhour.workforce.events import (
    CrewOff,
    CrewOn,
    CrewUnnamed,
    DutyRostered,
    DutyStruck,
    RoleGivenBack,
    RoleTaken,
    SeatsSet,
    VolunteerOffCall,
    VolunteerOnCall,
)
from goldenhour.workforce.live import crew_queries as crews
from goldenhour.workforce.live import queries as people
from goldenhour.workforce.scope import is_command
from goldenhour.workforce.shifts import Duty, Fault, Shifts, conflicts, limits_on, tired

_AROUND = timedelta(days=8)  # A week's hours are counted from each duty on, and rest before it.
_LINES_AT_ONCE = 500
_LOOKED_AHEAD = timedelta(days=35)  # A pattern of the week shows its faults within a few of them.
LONGEST_ROSTER = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who does something, when, and with what id. The same id again is harmless."""

    actor: str
    at: datetime
    device: str = ""
    id: str | None = None
    supervises: bool = False  # Whether they may let somebody aboard although the seat asks for more.
    person: str = ""  # Whom of the workforce they are themselves, "" when not known.
    agencies: people.Agencies = None  # Whose people they may name; None: everybody's.


def _writing(stream: str, by: By) -> Any:
    return writing(stream, at=by.at, actor=by.actor, device=by.device, id=by.id)


# ---------------------------------------------------------------- aboard


def person_on(*, unit: str, person: str, seat: str, page: str = "", override: str = "", by: By) -> tuple[str, ...]:
    """Let somebody sit down in a unit; return what they are told.

    Args:
        unit: where.
        person: who.
        seat: which seat; "" is the first free one whose demands they meet, else the first free one.
        page: the call whose page a volunteer on call accepted; "" otherwise.
        override: why a supervisor lets them aboard although the seat asks for more; "" where nothing stands against it.
        by: who says so.

    Raises:
        NotFound: there is no such unit or person.
        Refused: they are aboard another unit, the seat is taken or asks for more.
        NotAllowed: only somebody else, a supervisor, may override.
    """
    known = queries.get_unit(unit)
    who = people.get_person(person, agencies=by.agencies, at=by.at)
    vehicle = vehicle_of(unit_of(known))
    seats = crews.list_seats(unit, vehicle)
    checks = {one.name: sign_on(who, one, vehicle, region.jurisdiction(), by.at) for one in seats}
    with _writing(f"unit/{unit}", by) as record:
        if record.earlier:
            return ()
        _refuse_elsewhere(person, unit)
        taken = {one.seat: one.person for one in crews.list_aboard({unit})}
        meant = _seat(seat, seats, taken, [one.name for one in seats if not checks[one.name].lacks], known.call_sign)
        check = checks[meant.name]
        if check.lacks and not override:
            raise Refused(
                code="seat_asks_more",
                what=" ".join(check.lacks),
                do="Take another seat, or have a supervisor let this person aboard with a reason.",
            )
        if check.lacks:
            _insist_on_supervisor(person, by)
        record(
            CrewOn(
                person=person,
                unit=unit,
                seat=meant.name,
                station=known.station,
                page=page,
                warnings=(*check.lacks, *check.warnings),
                supervisor=by.actor if check.lacks else "",
                reason=override if check.lacks else "",
            )
        )
    return (*check.lacks, *check.warnings)


def _refuse_elsewhere(person: str, unit: str) -> None:
    here = crews.find_aboard(person)
    if here is None:
        return
    known = queries.find_unit(here.unit)
    where = known.call_sign if known else here.unit
    since = f"has been aboard {where} as {here.seat.replace('_', ' ')} since {wall_clock(here.since)}."
    if here.unit == unit:
        raise Refused(code="aboard_already", what=f"This person {since}", do="Nothing is to be done.")
    raise Refused(code="aboard_elsewhere", what=f"This person {since}", do=f"Sign off from {where} first.")


def _seat(asked: str, seats: Sequence[Seat], taken: dict[str, str], fitting: Sequence[str], call_sign: str) -> Seat:
    """Return the seat that is meant, or refuse."""
    by_name = {one.name: one for one in seats}
    if asked and asked not in by_name:
        raise BadInput(
            code="no_seat",
            what=f"{call_sign} has no seat {asked}.",
            do=f"Its seats: {', '.join(by_name)}.",
            where="seat",
        )
    free = [one for one in seats if one.name not in taken]
    if asked in taken or not free:
        what = (
            f"{asked.replace('_', ' ')} of {call_sign} is taken." if asked else f"Every seat of {call_sign} is taken."
        )
        raise Refused(code="seat_taken", what=what, do="Take a free seat, or sign the other person off first.")
    if asked:
        return by_name[asked]
    return next((one for one in free if one.name in fitting), free[0])


def _insist_on_supervisor(person: str, by: By) -> None:
    if not by.supervises or by.person == person:
        raise NotAllowed(
            code="not_supervisor",
            what="Only a supervisor, and nobody for themselves, lets somebody aboard although the seat asks for more.",
            do="Ask a supervisor to sign this person on.",
        )


def person_off(*, unit: str, person: str, reason: str, by: By) -> None:
    """Let somebody leave a unit.

    Raises:
        NotFound: there is no such unit.
        Refused: they are not aboard, the unit is on a call, or they hold a role of an incident.
    """
    with _writing(f"unit/{unit}", by) as record:
        if record.earlier:
            return
        known, here = _aboard(unit, person)
        if known.on_job:
            raise Refused(
                code="unit_busy",
                what=f"{known.call_sign} is still on call {known.call_id}.",
                do="Clear it from that call first; its crew stays until then.",
            )
        _leave(record, here, reason)


def _aboard(unit: str, person: str) -> tuple[Unit, crews.AboardRow]:
    """Return a unit and where somebody sits in it, or refuse."""
    known, here = queries.get_unit(unit), crews.find_aboard(person)
    if here is None or here.unit != unit:
        raise Refused(
            code="not_aboard",
            what=f"This person is not aboard {known.call_sign}.",
            do="Look who is aboard which unit.",
        )
    return known, here


def everybody_off(record: Record, unit: Unit, reason: str) -> None:
    """Record that everybody leaves a unit, as part of the command that puts it out of service."""
    for here in crews.list_aboard({unit.id}):
        _leave(record, here, reason)


def _leave(record: Record, here: crews.AboardRow, reason: str) -> None:
    role = crews.find_role(here.person)
    if role is not None and role.scope == "incident":
        raise Refused(
            code="role_held",
            what=f"This person has {role.role.replace('_', ' ')} on call {role.call_id}.",
            do="Give the role back or hand it over first.",
        )
    if role is not None:
        record(RoleGivenBack(person=here.person, unit=role.unit, role=role.role, reason=reason or "signed off"))
    record(CrewOff(person=here.person, unit=here.unit, seat=here.seat, reason=reason))


def staffed(record: Record, unit: Unit, at: datetime) -> None:
    """Record whom the roster names for a unit that comes on duty, as part of that command.

    Only those who are nowhere else and may take their seat as they stand; the others sign on themselves. Where nobody
    is named, the agency's word for its crew counts again.
    """
    vehicle = vehicle_of(unit_of(unit))
    seats = {one.name: one for one in crews.list_seats(unit.id, vehicle)}
    taken = {one.seat for one in crews.list_aboard({unit.id})}
    planned = crews.rostered_now(unit.id, at, region.time_zone())
    known = {one.id: one for one in people.list_people(agencies=None, at=at, ids={one.person for one in planned})}
    for duty in planned:
        seat, who = seats.get(duty.seat), known.get(duty.person)
        if seat is None or who is None or seat.name in taken or crews.find_aboard(duty.person) is not None:
            continue
        check = sign_on(who, seat, vehicle, region.jurisdiction(), at)
        if check.lacks:
            continue
        taken.add(seat.name)
        record(
            CrewOn(
                person=duty.person, unit=unit.id, seat=seat.name, station=unit.station, page="",
                warnings=check.warnings, supervisor="", reason="as rostered",
            )
        )  # fmt: skip
    if not taken and crews.is_named(unit.id):
        record(CrewUnnamed(unit=unit.id))


def unit_relieve(*, unit: str, by: By) -> None:
    """Let a unit's crew be relieved by those whom the roster names now. Where it names nobody, whoever is aboard stays.

    Raises:
        NotFound: there is no such unit.
        Refused: it is on a call, or one of them holds a role of an incident.
    """
    planned = {(one.person, one.seat) for one in crews.rostered_now(unit, by.at, region.time_zone())}
    with _writing(f"unit/{unit}", by) as record:
        if record.earlier:
            return
        known = queries.get_unit(unit)
        if known.on_job:
            raise Refused(
                code="unit_busy",
                what=f"{known.call_sign} is still on call {known.call_id}.",
                do="Its crew is relieved when that is over.",
            )
        if planned:
            for here in crews.list_aboard({unit}):
                if (here.person, here.seat) not in planned:
                    _leave(record, here, "relieved")
            staffed(record, known, by.at)


# ---------------------------------------------------------------- roles


def role_take(*, unit: str, person: str, role: str, scope: str, call_id: str, by: By) -> tuple[str, ...]:
    """Let one of a unit's crew take a command or management role; return what the unit can no longer do.

    At any level, and without asking: the first on scene may take command. Their care is out of the counted capacity of
    their unit until the role is given back; care they give all the same is charted with that finding.

    Raises:
        NotFound: there is no such unit.
        BadInput: it is no such role, or nothing says for which incident.
        Refused: they are not aboard, have a role, or somebody else has this one on this incident.
    """
    if not is_command(role) or scope not in SCOPES:
        raise BadInput(
            code="no_role",
            what=f"{role!r} is no role that takes somebody out of care."
            if scope in SCOPES
            else f"{scope!r} is no scope.",
            do=f"Name a command or management role, and one of {', '.join(SCOPES)}.",
            where="role" if scope in SCOPES else "scope",
        )
    if (scope == "incident") != bool(call_id):
        raise BadInput(
            code="role_of_what",
            what="A role of an incident names its call, and one of the shift names none.",
            do="Give call_id with scope incident, and only then.",
            where="call_id",
        )
    with _writing(f"unit/{unit}", by) as record:
        if record.earlier:
            return ()
        _aboard(unit, person)
        held = crews.find_role(person)
        if held is not None:
            raise Refused(
                code="role_held",
                what=f"This person has had {held.role.replace('_', ' ')} since {wall_clock(held.since)}.",
                do="Give that role back first.",
            )
        other = next((one for one in crews.list_roles(call_id) if one.role == role), None) if call_id else None
        if other is not None:
            raise Refused(
                code="role_taken",
                what=f"On call {call_id} somebody else has {role.replace('_', ' ')} since {wall_clock(other.since)}.",
                do="Have it handed over: they give it back, then you take it.",
            )
        lost = _lost_with(person, unit, role, by.at)
        record(RoleTaken(person=person, unit=unit, role=role, scope=scope, call_id=call_id, warnings=lost))
    return lost


def _lost_with(person: str, unit: str, role: str, at: datetime) -> tuple[str, ...]:
    """Return what a unit can no longer do once one of its crew has a role."""
    known = queries.get_unit(unit)
    vehicle, place = vehicle_of(unit_of(known)), region.jurisdiction()
    aboard = crews.members_of({unit}, at).get(unit, [])
    then = [
        Member(person=one.person, seat=one.seat, role=role if one.person.id == person else one.role) for one in aboard
    ]
    before, after = capability(aboard, vehicle, place, at), capability(then, vehicle, place, at)
    lost = [level for level in dict.fromkeys(before.levels) if after.levels.count(level) < before.levels.count(level)]
    said = [f"{known.call_sign} counts one {level_words(level)} less until the role is given back." for level in lost]
    if before.can_transport and not after.can_transport:
        said.append(f"{known.call_sign} has no legal crew for transport without this person: {after.why_no_transport}.")
    return tuple(said)


def role_give_back(*, unit: str, person: str, reason: str, by: By) -> None:
    """Let one of a unit's crew give their role back: their care counts again.

    Raises:
        Refused: they have none.
    """
    with _writing(f"unit/{unit}", by) as record:
        if record.earlier:
            return
        held = crews.find_role(person)
        if held is None or held.unit != unit:
            raise Refused(code="no_role_held", what="This person has no role.", do="Nothing is to be done.")
        record(RoleGivenBack(person=person, unit=held.unit, role=held.role, reason=reason))


def roles_end(record: Record, call_id: str) -> None:
    """Record that the roles of an incident are over, as part of the command that closes it: none is left held."""
    for held in crews.list_roles(call_id):
        record(RoleGivenBack(person=held.person, unit=held.unit, role=held.role, reason="the call was closed"))


# ---------------------------------------------------------------- seats, roster, volunteers


def seats_set(*, unit: str, seats: Sequence[Seat], by: By) -> None:
    """Say which seats a unit has.

    Raises:
        NotFound: there is no such unit.
        BadInput: two seats have one name.
        Refused: somebody sits in a seat that would be gone.
    """
    names = [one.name for one in seats]
    if len(set(names)) < len(names):
        raise BadInput(code="seat_twice", what="two seats have one name.", do="Name each once.", where="seats")
    with _writing(f"unit/{unit}", by) as record:
        if record.earlier:
            return
        known = queries.get_unit(unit)
        sitting = [one.seat for one in crews.list_aboard({unit}) if one.seat not in names]
        if sitting:
            raise Refused(
                code="seat_taken",
                what=f"Somebody sits as {sitting[0].replace('_', ' ')} in {known.call_sign}.",
                do="Keep that seat, or change it when nobody is aboard.",
            )
        said = tuple(
            {
                "name": one.name,
                "level": one.level,
                "endorsements": sorted(one.endorsements),
                "required": one.required,
            }
            for one in seats
        )
        record(SeatsSet(unit=unit, seats=said))


def duty_roster(
    *, person: str, unit: str, seat: str, start: datetime, end: datetime, hours: str, by: By
) -> tuple[str, tuple[str, ...]]:
    """Plan somebody for a seat; return the duty's id and what speaks against it.

    Raises:
        NotFound: there is no such unit or person.
        BadInput: there is no such seat, or the time is no time.
        Refused: they are planned for another unit then, or somebody else for this seat.
    """
    known = queries.get_unit(unit)
    who = people.get_person(person, agencies=by.agencies, at=by.at)
    vehicle = vehicle_of(unit_of(known))
    asked = _seat(seat or "", crews.list_seats(unit, vehicle), {}, [seat], known.call_sign)
    if end <= start or end - start > LONGEST_ROSTER:
        raise BadInput(
            code="roster_time",
            what="A duty ends after it starts, and within 400 days.",
            do="Correct the times; a longer one is planned anew.",
            where="end",
        )
    Shifts.parse(hours, where="hours")
    duty = str(uuid4()) if by.id is None else by.id
    new = crews.DutyRow(id=duty, person=person, unit=unit, seat=asked.name, start=start, end=end, hours=hours)
    check = sign_on(who, asked, vehicle, region.jurisdiction(), max(start, by.at))
    beside, faults = _faults(new)
    with _writing(f"unit/{unit}", by) as record:
        if {row.id for row in _near(new)} != beside:  # Somebody planned beside us while we looked.
            _, faults = _faults(new)
        warnings = tuple(dict.fromkeys([*(one.what for one in faults), *check.lacks]))
        if record.earlier:
            return duty, warnings
        grave = next((one for one in faults if one.grave), None)
        if grave is not None:
            raise Refused(code=grave.kind, what=grave.what, do="Plan somebody else, or other hours.")
        record(
            DutyRostered(
                duty=duty,
                person=person,
                unit=unit,
                seat=asked.name,
                start=start.isoformat(),
                end=end.isoformat(),
                hours=hours,
                warnings=warnings,
            )
        )
    return duty, warnings


def roster_enrol(*, duties: Sequence[Duty], by: By) -> None:
    """Put a whole roster in place as its agencies planned it: nobody weighs it line by line."""
    for at in range(0, len(duties), _LINES_AT_ONCE):
        with writing("roster", at=by.at, actor=by.actor, device=by.device) as record:
            for one in duties[at : at + _LINES_AT_ONCE]:
                record(
                    DutyRostered(
                        duty=str(uuid4()), person=one.person, unit=one.unit, seat=one.seat,
                        start=one.start.isoformat(), end=one.end.isoformat(), hours="", warnings=(),
                    )
                )  # fmt: skip


def _near(new: crews.DutyRow) -> list[crews.DutyRow]:
    """Return the lines of the roster that a new one may collide with: of its person, and of its seat."""
    start, end = new.start - _AROUND, _looked_until(new) + _AROUND
    own = crews.list_rostered(start, end, person=new.person)
    beside = [row for row in crews.list_rostered(start, end, units={new.unit}) if row.seat == new.seat]
    return list({row.id: row for row in (*own, *beside)}.values())


def _looked_until(new: crews.DutyRow) -> datetime:
    return min(new.end, new.start + _LOOKED_AHEAD)


def _faults(new: crews.DutyRow) -> tuple[set[str], list[Fault]]:
    """Return the lines beside a new one by id, and what is wrong with the roster once it is in it."""
    zone, rows = region.time_zone(), _near(new)
    start, end = new.start - _AROUND, _looked_until(new) + _AROUND
    duties = crews.duties_of([*rows, new], start, end, zone)
    mine = [one for one in duties if one.person == new.person]
    limits = limits_on(region.jurisdiction().removeprefix("US-"), new.start.astimezone(zone).date())
    said = [*_touching(new, conflicts(duties, zone)), *_first_of_a_kind(tired(mine, limits, zone))]
    return {row.id for row in rows}, said


def _touching(new: crews.DutyRow, faults: Sequence[Fault]) -> list[Fault]:
    return [one for one in faults if one.start < new.end and new.start < one.end]


def _first_of_a_kind(faults: Sequence[Fault]) -> list[Fault]:
    return list({one.kind: one for one in reversed(faults)}.values())


def duty_strike(*, unit: str, duty: str, reason: str, by: By) -> None:
    """Take a planned duty of a unit out of the roster.

    Raises:
        NotFound: the unit has none of that id.
    """
    with _writing(f"unit/{unit}", by) as record:
        if not record.earlier:
            known = crews.get_duty(unit, duty)
            record(DutyStruck(duty=duty, person=known.person, unit=unit, reason=reason))


def volunteer_offer(*, person: str, unit: str, start: datetime, end: datetime, by: By) -> None:
    """Let a volunteer say when they would come if paged. They are counted once they have come.

    Raises:
        NotFound: there is no such unit or person.
        BadInput: the time is no time.
    """
    queries.get_unit(unit)
    people.get_person(person, agencies=by.agencies, at=by.at)
    if end <= start:
        raise BadInput(code="offer_time", what="It ends before it starts.", do="Correct the times.", where="end")
    with _writing(f"person/{person}", by) as record:
        if not record.earlier:
            record(VolunteerOnCall(person=person, unit=unit, start=start.isoformat(), end=end.isoformat()))


def volunteer_withdraw(*, person: str, unit: str, by: By) -> None:
    """Let a volunteer take the offer back. Without one nothing happens."""
    with _writing(f"person/{person}", by) as record:
        if not record.earlier:
            record(VolunteerOffCall(person=person, unit=unit))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A volunteer who was paged, before they sit down: the seat they may take, if any."""

    person: str
    unit: Unit
    fits: tuple[str, ...]  # The seats whose demands they meet.
    warnings: tuple[str, ...]
    why_not: str  # Why they meet none's, in words.


def volunteer_ready(*, unit: str, person: str, at: datetime) -> Ready:
    """Return which seats of a unit a volunteer who was paged may take as they stand.

    Raises:
        NotFound: there is no such unit or person.
    """
    known = queries.get_unit(unit)
    who = people.get_person(person, agencies=None, at=at)
    vehicle = vehicle_of(unit_of(known))
    seats = crews.list_seats(unit, vehicle)
    checks = {one.name: sign_on(who, one, vehicle, region.jurisdiction(), at) for one in seats}
    lacks = [check.lacks[0] for check in checks.values() if check.lacks]
    return Ready(
        person=person,
        unit=known,
        fits=tuple(name for name, check in checks.items() if not check.lacks),
        warnings=next((check.warnings for check in checks.values()), ()),
        why_not=lacks[0] if lacks else f"{known.call_sign} has no seats.",
    )


def volunteer_on(record: Record, ready: Ready, call_id: str) -> str:
    """Record that a volunteer who accepted a page is aboard, as part of that command; return why they are not counted.

    They take the first free seat that they may take as they stand. Where there is none they come all the same, and do
    not count.

    Raises:
        Refused: they are aboard another unit.
    """
    here = crews.find_aboard(ready.person)
    if here is not None and here.unit == ready.unit.id:
        return ""
    _refuse_elsewhere(ready.person, ready.unit.id)
    taken = {one.seat for one in crews.list_aboard({ready.unit.id})}
    free = [name for name in ready.fits if name not in taken]
    if not free:
        return "Every seat that they may take is taken." if ready.fits else ready.why_not
    record(
        CrewOn(
            person=ready.person, unit=ready.unit.id, seat=free[0], station=ready.unit.station, page=call_id,
            warnings=ready.warnings, supervisor="", reason="accepted the page",
        )
    )  # fmt: skip
    return ""


def volunteer_off(record: Record, *, unit: str, person: str, call_id: str) -> None:
    """Record that a volunteer who came for a call's page does not, as part of that command."""
    here = crews.find_aboard(person)
    if here is not None and here.unit == unit and here.page == call_id:
        _leave(record, here, "took their word back")


def volunteers_home(record: Record, unit: str) -> None:
    """Record that those who came for a page leave the unit, whose call is over, as part of a command.

    Where nobody else is aboard, the agency's word for its crew counts again.
    """
    came = [one for one in crews.list_aboard({unit}) if one.page]
    for here in came:
        _leave(record, here, "the call is over")
    if came and not crews.list_aboard({unit}):
        record(CrewUnnamed(unit=unit))


def roster_duties(rows: Sequence[crews.DutyRow], start: datetime, end: datetime) -> list[Duty]:
    """Return the duties that lines of the roster come to between two moments, on the region's clock."""
    return crews.duties_of(rows, start, end, region.time_zone())


def hours_of(unit: str) -> Shifts:
    """Return the hours a unit is staffed, as the region's units.csv says; always, where it does not."""
    rows = region.get_region().table("units") if region.is_known() else []
    said = next((row.get("shifts", "") for row in rows if row["id"] == unit), "")
    return Shifts.parse(said, where="units.csv")


def vehicle_named(unit: str) -> Vehicle:
    """Return what a unit's crew sits in.

    Raises:
        NotFound: there is no such unit.
    """
    return vehicle_of(unit_of(queries.get_unit(unit)))

"""The check when a crew signs on: who sits where, by what licence, what this crew counts for and what is missing."""

from datetime import datetime
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.fleet.live import crewing, queries
from goldenhour.fleet.live.crews import crew_entry, crews_of
from goldenhour.roads.live import region
from goldenhour.workforce.capability import sign_on
from goldenhour.workforce.credentials import Person, level_words, standing_at, state_of
from goldenhour.workforce.live import crew_queries as crews
from goldenhour.workforce.live import queries as people


def shift_check(unit: str, at: datetime, *, you: str = "") -> dict[str, Any]:
    """Return a unit's seats with who is in them, and what its crew counts for and lacks.

    Args:
        unit: whose.
        at: when.
        you: the person who asks; for them each free seat says what stands against taking it. "" for nobody.

    Raises:
        NotFound: there is no such unit.
    """
    vehicle, place = crewing.vehicle_named(unit), region.jurisdiction()
    seats = crews.list_seats(unit, vehicle)
    sitting = {one.seat: one for one in crews.list_aboard({unit})}
    planned = {one.seat: one.person for one in crews.rostered_now(unit, at, region.time_zone())}
    named = {one.person for one in sitting.values()} | set(planned.values()) | {you} - {""}
    known = {one.id: one for one in people.list_people(agencies=None, at=at, ids=named)}
    asker = known.get(you)
    here = crews.find_aboard(you) if you else None
    counts = crew_entry(crews_of([queries.get_unit(unit)], at)[unit])
    rows = []
    for seat in seats:
        aboard = sitting.get(seat.name)
        who = known.get(aboard.person) if aboard else None
        check = sign_on(who, seat, vehicle, place, at) if who else None
        own = sign_on(asker, seat, vehicle, place, at) if asker and not aboard else None
        rows.append(
            {
                "name": seat.name,
                "level": seat.level,
                "endorsements": sorted(seat.endorsements),
                "required": seat.required,
                "person": aboard.person if aboard else None,
                "name_of_person": _name(who),
                "you": bool(you) and aboard is not None and aboard.person == you,
                "since": iso(aboard.since) if aboard else None,
                "rostered": planned.get(seat.name),
                "rostered_name": _name(known.get(planned.get(seat.name, ""))),
                "licence": _licence(who, place, at),
                "lacks": list(check.lacks) if check else [],
                "warnings": list(check.warnings) if check else [],
                "for_you": {"lacks": list(own.lacks), "warnings": list(own.warnings)} if own else None,
            }
        )
    return {
        "unit": unit,
        "at": iso(at),
        "you": you or None,
        "you_aboard": here.unit if here else None,
        "seats": rows,
        "crew": counts,
        "missing": _missing(rows, counts),
    }


def _name(who: Person | None) -> str:
    return f"{who.given_name} {who.family_name}".strip() if who else ""


def _licence(who: Person | None, place: str, at: datetime) -> dict[str, Any] | None:
    """Return what somebody may work as here today; None without anybody, or where no state is known."""
    state = state_of(place)
    if who is None or not state:
        return None
    here = standing_at(who, state, at)
    return {
        "live": here.live,
        "level": here.practice or here.level,
        "words": level_words(here.practice or here.level),
        "until": here.until.isoformat() if here.until else None,
        "why": here.why,
    }


def _missing(rows: list[dict[str, Any]], counts: dict[str, Any]) -> list[str]:
    """Return in words what this crew lacks: empty seats that must be filled, and why it could not carry a patient."""
    empty = [row for row in rows if row["required"] and row["person"] is None]
    said = [f"{row['name'].replace('_', ' ').capitalize()} is empty." for row in empty]
    said += [lack for row in rows for lack in row["lacks"]]
    if not counts["can_transport"] and counts["why_no_transport"]:
        said.append(f"No transport: {counts['why_no_transport']}.")
    return said

"""What units' crews count for, as the workforce says it, for the units on the board."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.fleet.crews import vehicle_of
from goldenhour.fleet.live.queries import UnitRow
from goldenhour.fleet.units import Unit, UnitType
from goldenhour.roads.live import region
from goldenhour.workforce.capability import Vehicle
from goldenhour.workforce.live import crew_queries
from goldenhour.workforce.live.crew_queries import Crew


def unit_of(row: UnitRow) -> Unit:
    """Return a unit as its agency registered it."""
    return _described(row)[0]


def _described(row: UnitRow) -> tuple[Unit, Vehicle]:
    return _as_registered(
        row.id, row.call_sign, row.agency, row.type, row.station, row.crew, tuple(row.levels), tuple(row.skills),
        row.can_transport, row.turnout_s,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _as_registered(  # noqa: PLR0917 -- The columns of a row; every recommendation asks it of every unit.
    id: str,  # noqa: A002
    call_sign: str,
    agency: str,
    type: str,  # noqa: A002
    station: str,
    crew: int,
    levels: tuple[str, ...],
    skills: tuple[str, ...],
    can_transport: bool,
    turnout_s: float,
) -> tuple[Unit, Vehicle]:
    unit = Unit(
        id=id,
        call_sign=call_sign,
        agency=agency,
        type=UnitType(type),
        station=station,
        crew=crew,
        levels=levels,
        skills=skills,
        can_transport=can_transport,
        turnout_s=turnout_s,
    )
    return unit, vehicle_of(unit)


def crews_of(rows: Iterable[UnitRow], at: datetime) -> dict[str, Crew]:
    """Return what the crew of each of these units counts for in the region's jurisdiction, by unit."""
    vehicles = {row.id: _described(row)[1] for row in rows}
    return crew_queries.crews_of(vehicles, region.jurisdiction(), at)


def crew_entry(crew: Crew) -> dict[str, Any]:
    """Return what a unit's crew counts for as the board shows it: by level, never by name."""
    counts, ahead = crew.counts, crew.foreseen
    return {
        "levels": list(counts.levels),
        "aboard": crew.aboard if counts.named else None,
        "can_transport": counts.can_transport,
        "why_no_transport": counts.why_no_transport,
        "unconfirmed": list(counts.unconfirmed),
        "warnings": list(counts.warnings),
        "next_change": {
            "at": iso(ahead.at),
            "levels": list(ahead.levels),
            "can_transport": ahead.can_transport,
            "why": ahead.words,
        }
        if ahead
        else None,
    }

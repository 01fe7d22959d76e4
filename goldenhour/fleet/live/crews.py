"""What units' crews count for, as the workforce says it, for the units on the board."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.fleet.crews import vehicle_of
from goldenhour.fleet.live.queries import UnitRow
from goldenhour.fleet.units import Unit, UnitType
from goldenhour.roads.live import region
from goldenhour.workforce.live import crew_queries
from goldenhour.workforce.live.crew_queries import Crew


def unit_of(row: UnitRow) -> Unit:
    """Return a unit as its agency registered it."""
    return Unit(
        id=row.id,
        call_sign=row.call_sign,
        agency=row.agency,
        type=UnitType(row.type),
        station=row.station,
        crew=row.crew,
        levels=tuple(row.levels),
        skills=tuple(row.skills),
        can_transport=row.can_transport,
        turnout_s=row.turnout_s,
    )


def crews_of(rows: Iterable[UnitRow], at: datetime) -> dict[str, Crew]:
    """Return what the crew of each of these units counts for in the region's jurisdiction, by unit."""
    vehicles = {row.id: vehicle_of(unit_of(row)) for row in rows}
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

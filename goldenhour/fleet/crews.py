"""The crew of a unit: what its agency asserts of it, for the workforce's count of what it may really do."""

from goldenhour.fleet.units import Unit, UnitType
from goldenhour.workforce.capability import Vehicle

# Kinds of unit whose crew counts as giving care also where its agency says nothing of it.
MEDICAL = frozenset({UnitType.AMBULANCE, UnitType.QUICK_RESPONSE, UnitType.SUPERVISOR, UnitType.RESPONDER})


def vehicle_of(unit: Unit) -> Vehicle:
    """Return what a unit's crew sits in."""
    return Vehicle(
        call_sign=unit.call_sign,
        agency=unit.agency,
        carries=unit.can_transport,
        levels=unit.levels,
        crew=unit.crew,
        medical=unit.type in MEDICAL,
    )

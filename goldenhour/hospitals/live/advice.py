"""Where a unit should take its patient: asks the pure front with what the tables say."""

from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenhour.calls.live import queries as calls
from goldenhour.calls.live.queries import CallRow
from goldenhour.errors import NotFound
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live.whereabouts import find_whereabouts
from goldenhour.hospitals.capability import Capability, Facility, Kind
from goldenhour.hospitals.destination import Destination, PatientNeed, choose
from goldenhour.hospitals.events import DestinationChosen
from goldenhour.hospitals.kernels import CANNOT_US
from goldenhour.hospitals.live import queries
from goldenhour.roads.live import journeys, region

# What the nature of a call alone says of the destination, until the crew has seen the patient and says more.
_BY_NATURE = {
    "stroke": frozenset({Capability.STROKE}),
    "burns": frozenset({Capability.BURN}),
    "childbirth": frozenset({Capability.OBSTETRIC}),
    "penetrating_trauma": frozenset({Capability.TRAUMA_2}),
}


def advise(
    *, unit: str, call_id: str, at: datetime, needs: frozenset[Capability] | None = None, unstable: bool = False
) -> Destination:
    """Return where the patient should go, from where the unit is.

    Args:
        unit: who has the patient.
        call_id: of which call.
        at: when.
        needs: what the crew says the patient needs; None goes by the nature of the call.
        unstable: the nearest able door, whatever it asks for.

    Raises:
        NotFound: there is no such unit or call, or no region to drive in.
    """
    call = calls.get_call(call_id)
    need = PatientNeed(
        capabilities=_BY_NATURE.get(call.nature, frozenset()) if needs is None else needs, unstable=unstable
    )
    return choose(need, _facilities(at), _travel_us(unit, call, at), at)


def list_choices(*, unit: str, call_id: str, at: datetime) -> list[dict[str, Any]]:
    """Return every hospital that a crew may choose, the advised one first, with the way there and what is against it.

    Raises:
        NotFound: there is no such unit or call, or no region to drive in.
    """
    call, facilities = calls.get_call(call_id), _facilities(at)
    travel = _travel_us(unit, call, at)
    advised = choose(PatientNeed(capabilities=_BY_NATURE.get(call.nature, frozenset())), facilities, travel, at)
    why = {advised.facility: " ".join((advised.reason, *advised.warnings))}
    why |= {one.facility: one.why for one in advised.passed_over}
    took_us = dict(zip((one.id for one in facilities), travel.tolist(), strict=True))
    order = [advised.facility, *(one.facility for one in advised.passed_over)]
    names = {one.id: one for one in facilities}
    return [
        {
            "facility": one,
            "name": names[one].name,
            "kind": names[one].kind.words,
            "advised": one == advised.facility,
            "travel_s": None if took_us[one] >= CANNOT_US else took_us[one] / 1e6,
            "diverting": names[one].diversion is not None,
            "why": why[one],
        }
        for one in order
        if one
    ]


def _travel_us(unit: str, call: CallRow, at: datetime) -> NDArray[np.int64]:
    """Return how long it takes to each facility from where the unit is, in microseconds, (facilities,)."""
    roads = region.get_region().roads
    here = find_whereabouts(fleet.get_unit(unit), at)
    start = journeys.road_place(here.lon, here.lat) if here else journeys.road_place(call.lon, call.lat)
    metric = region.metric_at(region.transport_mode(), at)
    rows = queries.list_facilities()
    return np.array([roads.time_us(start, journeys.road_place(one.lon, one.lat), metric) for one in rows], np.int64)


def _facilities(at: datetime) -> list[Facility]:
    diversions, advisories = queries.list_diversions(at), queries.list_advisories(at)
    return [
        Facility(
            id=one.id,
            name=one.name,
            kind=Kind(one.kind),
            capabilities=frozenset(map(Capability, one.capabilities)),
            diversion=diversions.get(one.id),
            advisory=advisories.get(one.id),
        )
        for one in queries.list_facilities()
    ]


def fact_of(advised: Destination, *, unit: str, call_id: str, facility: str | None) -> DestinationChosen:
    """Return the fact that the advised facility, or the named one, was chosen.

    Raises:
        NotFound: none is named and there is no way to any.
    """
    if facility is None and not advised.facility:
        raise NotFound(code="no_door", what=advised.reason, do="Name the facility to go to.")
    passed: tuple[dict[str, object], ...] = tuple(
        {"facility": one.facility, "why": one.why} for one in advised.passed_over
    )
    if facility is None or facility == advised.facility:
        reason = " ".join((advised.reason, *advised.warnings))
        return DestinationChosen(
            call_id=call_id, unit=unit, facility=advised.facility, reason=reason, passed_over=passed
        )
    why = next((one.why for one in advised.passed_over if one.facility == facility), "")
    return DestinationChosen(
        call_id=call_id,
        unit=unit,
        facility=facility,
        reason=f"Named by the desk or crew; the advice was {advised.facility or 'nowhere'}. It {why}."
        if why
        else "Named by the desk or crew.",
        passed_over=({"facility": advised.facility, "why": "was advised"},) if advised.facility else (),
    )

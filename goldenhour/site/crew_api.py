"""The endpoints of a crew's page: which units it may be, the page itself, the check at sign-on, the hospitals."""

from typing import Any

from ninja import Router

from goldenhour.access.rules import Asked, crews, unit_step
from goldenhour.dispatch.live import queries as dispatch
from goldenhour.errors import Refused
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live.shapes import OwnUnitsOut, ShiftCheckOut
from goldenhour.fleet.live.shift_check import shift_check
from goldenhour.hospitals.live.advice import list_choices
from goldenhour.hospitals.live.shapes import ChoicesOut
from goldenhour.site.crew_shapes import CrewViewOut
from goldenhour.site.crew_view import crew_view

router = Router(tags=["crews' page"])


@router.get("/crew/units", auth=crews, response=OwnUnitsOut)
def list_own_units(request: Asked) -> dict[str, Any]:
    """Return the units whose page the caller may open."""
    rows = [one for one in fleet.list_units() if request.auth.covers(one.agency)]
    return {
        "units": [
            {
                "id": one.id,
                "call_sign": one.call_sign,
                "agency": one.agency,
                "type": one.type,
                "station": one.station,
                "status": one.status,
            }
            for one in rows
        ]
    }


@router.get("/units/{path:unit}/crew", auth=unit_step, response=CrewViewOut)
def get_crew_page(request: Asked, unit: str) -> dict[str, Any]:
    """Return all that one unit's page shows: the call it is on, and nothing of another's."""
    return crew_view(unit, request.auth.at)


@router.get("/units/{path:unit}/crew/check", auth=unit_step, response=ShiftCheckOut)
def get_shift_check(request: Asked, unit: str) -> dict[str, Any]:
    """Return who sits where, what this crew counts for, and what is missing."""
    return shift_check(unit, request.auth.at, you=request.auth.person)


@router.get("/units/{path:unit}/crew/destinations", auth=unit_step, response=ChoicesOut)
def list_destinations(request: Asked, unit: str) -> dict[str, Any]:
    """Return every hospital that the patient of the unit's call may be taken to, the advised one first."""
    known, running = fleet.get_unit(unit), dispatch.find_running(unit)
    if running is None:
        raise Refused(code="on_no_call", what=f"{known.call_sign} is on no call.", do="Nothing is to be chosen.")
    choices = list_choices(unit=unit, call_id=running.call_id, at=request.auth.at)
    return {"call_id": running.call_id, "destinations": choices}

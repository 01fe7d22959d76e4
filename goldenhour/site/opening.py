"""Opening the house: what a deployment does before it answers."""

from datetime import datetime

from goldenhour.dispatch.live.co_responding import book_now
from goldenhour.fleet.live import services as fleet
from goldenhour.fleet.units import unit_from_row
from goldenhour.hospitals.capability import facility_from_row
from goldenhour.hospitals.live import services as hospitals
from goldenhour.roads.live import region

ACTOR = "region"


def open_region(*, at: datetime) -> None:
    """Put the region's units and hospitals that are not known yet on the board; crews on shift now are signed on.

    Raises:
        NotFound: the deployment has no region.
        BadInput: a row of units.csv or hospitals.csv is wrong, or a line of the region's co-responders.
    """
    here, zone = region.get_region(), region.time_zone()
    book_now(at)  # Every picture of the board reads it.
    rows = here.table("hospitals")
    for number, row in enumerate(rows, start=2):
        facility_from_row(row, where=f"hospitals.csv, line {number}")  # Refuses what the rest could not read.
    hospitals.facilities_register(rows, at=at, actor=ACTOR)
    units = [
        unit_from_row(row, where=f"units.csv, line {number}") for number, row in enumerate(here.table("units"), start=2)
    ]
    on_duty = frozenset(unit.id for unit in units if unit.shifts.on_duty(at, zone))
    fleet.units_register(units, on_duty=on_duty, at=at, actor=ACTOR)

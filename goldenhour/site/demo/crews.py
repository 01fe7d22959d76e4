"""The demo's crews: its people planned for the days ahead, and those whose turn it is aboard.

Volunteers who come when they are paged stand in no roster: when they are on call stands in the script.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from goldenhour.fleet.live import crewing, queries
from goldenhour.fleet.live.crewing import By
from goldenhour.fleet.status import Status
from goldenhour.fleet.units import Unit, unit_from_row
from goldenhour.roads.region import Region
from goldenhour.site.demo.script import RELIEF, ROSTERED_DAYS
from goldenhour.workforce.crews import seats_of
from goldenhour.workforce.demo_people import DemoPeople, DemoSeat, comes_when_paged
from goldenhour.workforce.shifts import Duty, Span

ACTOR = "demo"


def open_crews(region: Region, people: DemoPeople, *, at: datetime) -> None:
    """Plan the demo's people for the days around the one that begins, and let those whose turn it is sign on.

    Args:
        region: whose units they crew.
        people: of the demo, in its books already.
        at: when the demo's day begins, on the region's own clock.
    """
    zone = ZoneInfo(region.time_zone)
    rows = region.table("units")
    units = {row["id"]: unit_from_row(row, where="units.csv") for row in rows if not comes_when_paged(row)}
    seats = [seat for seat in people.seats if seat.unit in units]
    crewing.roster_enrol(
        duties=[duty for seat in seats for duty in _duties(seat, units[seat.unit], at, zone)],
        by=By(actor=ACTOR, at=at),
    )
    for unit in queries.list_units():
        if unit.id in units and unit.status != Status.OUT_OF_SERVICE:
            crewing.unit_relieve(unit=unit.id, by=By(actor=ACTOR, at=at))


def _duties(seat: DemoSeat, unit: Unit, at: datetime, zone: ZoneInfo) -> Iterator[Duty]:
    """Yield the turns of those who share a seat, from the day before on."""
    name = seats_of(unit.id, unit.levels, unit.crew)[seat.number].name
    first = at.astimezone(zone).date() - timedelta(days=1)
    for ahead in range(ROSTERED_DAYS + 1):
        day = first + timedelta(days=ahead)
        for start, end in _spans(unit, datetime.combine(day, time(), zone)):
            yield Duty(person=seat.on(day), unit=unit.id, seat=name, start=start, end=end)


def _spans(unit: Unit, midnight: datetime) -> Iterator[Span]:
    """Yield when the turn of a day begins and ends: in the unit's hours, or from one relief to the next."""
    zone = midnight.tzinfo
    assert isinstance(zone, ZoneInfo)
    if not unit.shifts.shifts:
        tomorrow = midnight.date() + timedelta(days=1)
        yield datetime.combine(midnight.date(), RELIEF, zone), datetime.combine(tomorrow, RELIEF, zone)
    for shift in unit.shifts.shifts:
        span = shift.on(midnight.date(), zone)
        if span:
            yield span

"""The tables of a region that people may change: what is wrong in them is said before anything is done with them."""

from collections.abc import Mapping, Sequence

from goldenhour.errors import BadInput
from goldenhour.fleet.units import unit_from_row
from goldenhour.hospitals.capability import facility_from_row
from goldenhour.roads.region import Region

Rows = Sequence[Mapping[str, str]]


def check_tables(stations: Rows, hospitals: Rows, units: Rows) -> None:
    """Refuse stations, hospitals and units that the desk or the simulator could not read.

    Raises:
        BadInput: says in which table and line.
    """
    for name, rows in (("stations", stations), ("hospitals", hospitals), ("units", units)):
        _check_ids(f"{name}.csv", rows)
    for line, row in enumerate(hospitals, start=2):
        facility_from_row(row, where=f"hospitals.csv, line {line}")
    posts = {row["id"] for row in stations}
    for line, row in enumerate(units, start=2):
        unit_from_row(row, where=f"units.csv, line {line}")
        if row["station"] not in posts:
            raise BadInput(
                code="unknown_station",
                what=f"station is {row['station']!r}, which stations.csv does not have.",
                do="Name the id of a station.",
                where=f"units.csv, line {line}",
            )


def check_region(region: Region) -> None:
    """Refuse a region with a wrong row in one of its tables."""
    check_tables(region.table("stations"), region.table("hospitals"), region.table("units"))


def _check_ids(file: str, rows: Rows) -> None:
    """Refuse an id that is empty or there twice."""
    seen: dict[str, int] = {}
    for line, row in enumerate(rows, start=2):
        one = row["id"]
        if not one or one in seen:
            what = f"id {one} stands on line {seen[one]} already." if one else "id is empty."
            raise BadInput(code="bad_id", what=what, do="Give each row its own.", where=f"{file}, line {line}")
        seen[one] = line

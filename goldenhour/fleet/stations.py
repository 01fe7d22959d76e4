"""Stations: where units wait for the next call."""

from collections.abc import Mapping
from dataclasses import dataclass

from goldenhour.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A post with a place. `kind` says who staffs it: career, volunteer, ..."""

    id: str
    name: str
    lon: float
    lat: float
    agency: str = ""
    kind: str = "career"

    def __post_init__(self) -> None:
        if not (-180 <= self.lon <= 180 and -90 <= self.lat <= 90):  # noqa: PLR2004 -- The globe's own bounds.
            msg = f"Station {self.id}: ({self.lon}, {self.lat}) is not a place on the globe (longitude, latitude)."
            raise ValueError(msg)


def station_from_row(row: Mapping[str, str], *, where: str) -> Station:
    """Return the station of one row of a region's stations.csv.

    Raises:
        BadInput: a column is missing or a value is wrong; it says where.
    """
    try:
        return Station(
            id=row["id"],
            name=row["name"],
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            agency=row.get("agency", ""),
            kind=row.get("kind", "") or "career",
        )
    except (KeyError, ValueError) as wrong:
        raise BadInput(
            code="station_row", what=f"{wrong} is missing or wrong.", do="Give id, name, lon, lat.", where=where
        ) from None

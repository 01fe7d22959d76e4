"""A small town to simulate in: sixteen corners, stations, a hospital, units and laws as a test wants them."""

from dataclasses import replace

import numpy as np

from goldenhour.roads.build import sf
from goldenhour.roads.draft import Demand
from goldenhour.roads.region import Region, write
from tests.roads.places import corner, put, sf_files

AMBULANCE = {"type": "ambulance", "station": "1", "agency": "ems", "crew": "2", "can_transport": "1",
             "levels": "", "skills": "", "turnout_s": "0", "shifts": ""}  # fmt: skip


def unit(name: str, **more: str) -> dict[str, str]:
    row = {
        "id": f"ems/{name}",
        "call_sign": name,
        "levels": "",
        "skills": "",
        "turnout_s": "0",
        "shifts": "",
        **AMBULANCE,
    }
    return row | more


def town(folder, *, units, service, stations=1, profile=None, **more) -> Region:
    """Write the town. Stations are 1 at the south-west corner, 2 at the north-east one, where the hospital is."""
    draft = sf.build(put(folder / "source", sf_files()))
    places = [{"agency": "ems", "kind": "career"} for _ in range(stations)]
    for at, place in enumerate(places):
        lon, lat = corner(3 * at, 3 * at)
        place |= {"id": str(at + 1), "name": f"Station {at + 1}", "lon": f"{lon:.6f}", "lat": f"{lat:.6f}"}
    lon, lat = np.array([corner(column, row) for row in range(4) for column in range(4)]).T
    week = np.ones(168) if profile is None else profile
    demand = Demand(lon=lon, lat=lat, weight=np.ones(16), profile=week)
    return write(
        replace(draft, stations=tuple(places), units=tuple(units), service=service, demand=demand, **more),
        folder / "region",
    )

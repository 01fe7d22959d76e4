"""The demo's people: invented for the region's units, and put into the books of the demo's own log."""

from datetime import datetime

import numpy as np

from goldenhour.roads.region import Region
from goldenhour.workforce.credentials import state_of
from goldenhour.workforce.demo_people import DemoPeople, demo_people
from goldenhour.workforce.live.services import By, people_enrol

ACTOR = "demo"


def people_of(region: Region, *, at: datetime, seed: int) -> DemoPeople:
    """Return the demo's people for the day that begins at a moment: the same region, day and seed, the same people."""
    place = state_of(str(region.settings.get("jurisdiction", ""))) or "EX"
    return demo_people(region.table("units"), place=place, on=at.date(), rng=np.random.default_rng([seed, 0x9E0]))


def open_people(region: Region, *, at: datetime, seed: int) -> DemoPeople:
    """Put the demo's people into the books, those that are not there yet; return all of them.

    Args:
        region: whose units they crew.
        at: when the demo's day begins, on the region's own clock.
        seed: of chance.
    """
    found = people_of(region, at=at, seed=seed)
    people_enrol(people=found.people, by=By(actor=ACTOR, at=at))
    return found

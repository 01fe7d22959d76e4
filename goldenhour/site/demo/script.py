"""The demo's script: the calls of some weeks and the luck on each, drawn from the region's own service; who is on call.

Written once, beside the demo's database, so that the driver that plays it needs nothing but the standard library and
starts in a moment. The same region and seed give the same script.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from goldenhour.calls.natures import natures
from goldenhour.errors import BadInput
from goldenhour.fleet.units import unit_from_row
from goldenhour.roads.network import Network
from goldenhour.roads.region import Region
from goldenhour.roads.snap import snap
from goldenhour.simulate.clock import Clock
from goldenhour.simulate.demand import Luck, generate
from goldenhour.simulate.service import ANY, Service, parse
from goldenhour.workforce.demo_people import DemoPeople, comes_when_paged

LEAST_PER_DAY = 120.0  # Calls. A quiet county is shown on one of its busiest days, or there is little to see.
RELIEF = time(7)  # When the crews of units that are always on duty change, by the county's own clock ...
ROSTERED_DAYS = 5  # ... on so many days: then whoever is aboard stays.
WEEKS = 8  # Then it begins anew: at full speed more than half a day of watching.
_AMBULANCE, _OTHER = "ambulance", "engine"
# For what a region's service does not say. Seconds, medians of what crews usually take; chances.
_USUAL = {
    "call_processing": 75.0,
    "turnout": 60.0,
    "scene": 1080.0,
    "scene_no_transport": 900.0,
    "handover": 1300.0,
    "transport": 0.72,
    "cancel_en_route": 0.12,
}
_ON_CALL = 0.8  # The chance that a volunteer whose turn it is not is on call for a day all the same.
_ANSWERS, _COMES_MIN = (0.35, 0.85), (3, 9)  # From who seldom comes to who mostly does, and in how many minutes.
_BETWEEN_S = 2.0  # From one who says that they are on call to the next ...
_LONGER_S = 900.0  # ... and so much longer than a day, so that nobody is missing in between.
_MEDICAL = {"medical", "trauma", "arrest", "traffic", "unknown"}  # Groups of natures that the demo's callers ask for.


def write_script(region: Region, start: datetime, *, people: DemoPeople, seed: int, to: Path) -> None:
    """Write the script that begins at `start`, played by `people`.

    Raises:
        BadInput: the region says nothing of its calls.
    """
    service = parse(region.service)
    if service.calls_per_day is not None:
        service = replace(service, calls_per_day=max(service.calls_per_day, LEAST_PER_DAY))
    luck = Luck(seed)
    calls = generate(service, region.demand, Clock.from_wall(start, region.time_zone), days=7 * WEEKS, luck=luck)
    if not len(calls):
        raise BadInput(code="no_calls", what="The region has no calls to play.", do="Raise calls_per_day.")
    rng = luck.stream("demo")
    nature = _natures(calls.priority, calls.nature, rng)
    columns = {
        name: {kind: _drawn(service, name, kind, calls.priority, rng) for kind in (_AMBULANCE, _OTHER)}
        for name in _USUAL
    }
    address = _addresses(region.network, calls.lon, calls.lat)
    rows = [
        {
            "s": round(int(us) / 1e6, 1),
            "lon": round(float(calls.lon[i]), 6),
            "lat": round(float(calls.lat[i]), 6),
            "address": address[i],
            "nature": nature[i],
            "priority": int(calls.priority[i]),
            "patients": 1 + int(rng.random() < 0.06),  # noqa: PLR2004 -- Now and then somebody else is hurt too.
            "luck": {name: [round(float(kinds[kind][i]), 1) for kind in kinds] for name, kinds in columns.items()},
        }
        for i, us in enumerate(calls.received_us)
    ]
    script = {
        "start": start.isoformat(),
        "weeks": WEEKS,
        "calls": rows,
        "duty": _duty(region, start),
        **_volunteers(region, people, start, luck.stream("on_call")),
    }
    with to.open("w") as file:
        json.dump(script, file, separators=(",", ":"))


def _duty(region: Region, start: datetime) -> list[tuple[float, str, bool | None]]:
    """Return when each crew signs on or off, or is relieved (None): seconds from the start, unit, on; in order."""
    zone, end = ZoneInfo(region.time_zone), start + timedelta(weeks=WEEKS)
    days = [start.astimezone(zone).date() + timedelta(days=day) for day in range(ROSTERED_DAYS)]
    reliefs = [datetime.combine(day, RELIEF, zone) for day in days]
    found: list[tuple[float, str, bool | None]] = []
    for number, row in enumerate(region.table("units"), start=2):
        unit = unit_from_row(row, where=f"units.csv, line {number}")
        if comes_when_paged(row):
            continue
        if not unit.shifts.shifts:
            found += [((at - start).total_seconds(), unit.id, None) for at in reliefs if at > start]
            continue
        for span in unit.shifts.spans(start, end, zone):
            changes = zip(span, (True, False), strict=True)
            found += [((at - start).total_seconds(), unit.id, on) for at, on in changes if start < at < end]
    return sorted(found, key=lambda one: one[:2])


def _volunteers(region: Region, people: DemoPeople, start: datetime, rng: np.random.Generator) -> dict[str, Any]:
    """Return who says when that they are on call, and how each of them answers a page.

    on_call: seconds from the start, unit, person, until when in seconds; in order. answers: the share of pages that
    somebody accepts, and in how many minutes they come. guest: for whom nobody answers but who signs in as them.
    """
    zone = ZoneInfo(region.time_zone)
    paged = {row["id"]: row["can_transport"] for row in region.table("units") if comes_when_paged(row)}
    seats = [seat for seat in people.seats if seat.unit in paged]
    answers = {
        person: [round(float(rng.uniform(*_ANSWERS)), 2), int(rng.integers(*_COMES_MIN))]
        for seat in seats
        for person in seat.people
    }
    carries = [seat for seat in seats if paged[seat.unit] == "1"] or seats  # Those are paged most.
    guest = carries[0].people[0] if carries else ""
    on_call: list[tuple[float, str, str, float]] = []
    first = start.astimezone(zone).date() - timedelta(days=1)
    for day in (first + timedelta(days=ahead) for ahead in range(7 * WEEKS + 1)):
        begin, end = (datetime.combine(day + timedelta(days=n), RELIEF, zone) for n in (0, 1))
        from_s, until_s = (max(0.0, (at - start).total_seconds()) for at in (begin, end))
        for seat in seats if until_s else ():
            for person in seat.people:
                if rng.random() < _ON_CALL or person in {seat.on(day), guest}:
                    says_s = from_s + _BETWEEN_S * (1 + len(on_call) % len(answers))
                    on_call.append((says_s, seat.unit, person, until_s + _LONGER_S))
    return {"on_call": sorted(on_call), "answers": answers, "guest": guest}


def _natures(priority: NDArray[np.int64], own: NDArray[np.str_], rng: np.random.Generator) -> list[str]:
    """Return the nature of each call: its own where we know it, else one that usually has its priority."""
    known = natures()
    usual = {
        p: [one.key for one in known.values() if one.priority == p and one.group in _MEDICAL] or ["unknown_problem"]
        for p in range(1, 5)
    }
    return [str(key) if key in known else str(rng.choice(usual[int(p)])) for key, p in zip(own, priority, strict=True)]


def _addresses(network: Network, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> list[str]:
    """Return what a caller would say: the crossing that is nearest, or the street; "" where no street has a name."""
    node, _ = snap(network, lon, lat)
    order = np.argsort(network.tail, kind="stable")
    first = np.searchsorted(network.tail[order], np.arange(network.nodes + 1))
    found = []
    for one in node.tolist():
        streets = network.street[order[first[one] : first[one + 1]]].tolist()
        names = dict.fromkeys(network.streets[street] for street in streets if street >= 0)
        found.append(" / ".join(list(names)[:2]))
    return found


def _drawn(
    service: Service, quantity: str, unit_type: str, priority: NDArray[np.int64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return the quantity of each call for a kind of unit, by the most exact row that fits; (calls,)."""
    u = rng.random(len(priority))
    found = _usual(quantity, u)
    rows: Sequence[Any] = service.of(quantity)
    if not rows and quantity == "scene_no_transport":
        rows = service.of("scene")
    for row in rows:
        if row.unit_type in {ANY, unit_type} and row.nature == ANY and row.hours is None:
            fits = np.ones(len(u), np.bool_) if row.priority is None else priority == row.priority
            found[fits] = row.law.at(u[fits])
    return found


def _usual(quantity: str, u: NDArray[np.float64]) -> NDArray[np.float64]:
    usual = _USUAL[quantity]
    if usual < 1:
        return (u < usual).astype(np.float64)
    return usual * np.exp(0.35 * (u - 0.5) * 2)  # Half to twice as long, about.

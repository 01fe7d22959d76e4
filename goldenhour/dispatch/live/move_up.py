"""Move-up as it happens: what could be moved now, and the dispatcher's order or refusal."""

from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenhour.access.wire import iso
from goldenhour.calls.live.by import By
from goldenhour.dispatch.events import MoveUpDeclined, UnitMovedUp
from goldenhour.dispatch.live import places
from goldenhour.dispatch.live.models import DeclinedMove, Posting
from goldenhour.dispatch.move_up import (
    OWN,
    SHIPPED,
    WHOLE,
    CoverRule,
    Move,
    Proposal,
    cover_on,
    load_cover,
    parts_of,
    propose,
)
from goldenhour.errors import NotFound, Refused
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live.positions import find_fixes
from goldenhour.fleet.live.queries import UnitRow
from goldenhour.fleet.status import Status
from goldenhour.log.live.store import writing
from goldenhour.roads.live import journeys, region
from goldenhour.roads.network import UNREACHABLE_US

_FREE = (Status.AVAILABLE, Status.RETURNING)
_PRIORITY = 1  # Cover is counted for the most urgent calls, lights on.
NO_DEMAND = "Nobody says where people live or calls come from here, so cover cannot be counted."
NO_RULE = "No rule says what counts as covered here."


# ---------------------------------------------------------------- reading


def list_posts() -> dict[str, str]:
    """Return the post that each unit was ordered to which waits, or drives, elsewhere than at its own."""
    return dict(Posting.objects.values_list("unit", "post"))


def proposal(at: datetime) -> dict[str, Any]:
    """Return who could move where now, as the API shows it; where that cannot be counted, why."""
    rule, why = rule_at(at), ""
    if rule is None:
        why = NO_RULE
    elif not region.is_known() or region.get_region().demand is None:
        why = NO_DEMAND
    if why or rule is None:
        return {"at": iso(at), "why_not": why, "covered": None, "drive_s": None, "source": "", "free": 0, "moves": []}
    rows = _free()
    found = _propose(rows, at, rule)
    return {
        "at": iso(at),
        "why_not": "",
        "covered": round(found.covered, 4),
        "drive_s": rule.drive_s,
        "source": rule.rule.source,
        "free": len(rows),
        "moves": [_entry(one) for one in found.moves],
    }


def _entry(one: Move) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "post": one.post,
        "wins": round(one.wins, 4),
        "costs": round(one.costs, 4),
        "after": round(one.after, 4),
        "drive_s": round(one.drive_s, 1),
    }


def rule_at(at: datetime) -> CoverRule | None:
    """Return what counts as covered at a moment, by the place's own calendar."""
    own = region.get_region().folder / OWN if region.is_known() else None
    paths: tuple[Path, ...] = (SHIPPED, own) if own is not None and own.is_file() else (SHIPPED,)
    return cover_on(load_cover(paths), at.astimezone(region.time_zone()).date())


def _free() -> list[UnitRow]:
    """Return the free units that carry patients: cover is theirs."""
    return [row for row in fleet.list_units() if row.can_transport and row.status in _FREE]


def _propose(rows: list[UnitRow], at: datetime, rule: CoverRule) -> Proposal:
    folder = str(region.get_region().folder)
    lights = region.metric_at(region.mode_of_priority(_PRIORITY), at)
    quiet = DeclinedMove.objects.filter(at__gt=at - timedelta(seconds=rule.quiet_s)).values_list("unit", "post")
    posts = [one.id for one in region.list_stations()]
    nodes, drive_us, known = _whereabouts(rows, at)
    rows = [row for row, one in zip(rows, known, strict=True) if one]
    return propose(
        [row.id for row in rows],
        posts,
        near=_near(folder, nodes[known], lights, rule.drive_s),
        reach=_reach(folder, lights, rule.drive_s),
        demand=_demand(folder),
        drive_us=drive_us[known],
        rule=rule,
        not_again=set(quiet),
    )


def _whereabouts(rows: list[UnitRow], at: datetime) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return the node each unit counts from, its drive to each post in microseconds, and whether its place is known."""
    roads = region.get_region().roads
    metric = region.metric_at(region.transport_mode(), at)
    stations = region.list_stations()
    post_nodes = np.array([journeys.road_place(one.lon, one.lat).node for one in stations], np.int64)
    counts, stands = np.zeros((2, len(rows)), np.int64)
    left_us = np.full(len(rows), UNREACHABLE_US, np.int64)
    fixes = find_fixes({row.id for row in rows})
    home = {one.id: int(post_nodes[at]) for at, one in enumerate(stations)}
    for i, row in enumerate(rows):
        here = places.counted(row, fixes.get(row.id), at).here
        if here is None:
            continue
        stands[i], left_us[i] = here.node, here.left_us
        going = row.legs[-1]["to"] if row.legs else row.stands
        counts[i] = home.get(str(going.get("id")), here.node) if going.get("kind") == "station" else here.node
    drive_us = np.minimum(left_us[:, None] + roads.many_to_many_us(stands, post_nodes, metric), UNREACHABLE_US)
    return counts, drive_us, left_us < UNREACHABLE_US


@lru_cache(maxsize=4)
def _demand(_folder: str) -> NDArray[np.int64]:
    demand = region.get_region().demand
    assert demand is not None
    return parts_of(np.asarray(demand.weight, np.float64))


@lru_cache(maxsize=16)
def _reach(folder: str, metric: int, drive_s: float) -> NDArray[np.bool_]:
    """Return which points are within the drive of each station, (stations, points)."""
    nodes = [journeys.road_place(one.lon, one.lat).node for one in region.list_stations()]
    return np.stack([_from(folder, node, metric, drive_s) for node in nodes])


def _near(folder: str, nodes: NDArray[np.int64], metric: int, drive_s: float) -> NDArray[np.bool_]:
    """Return which points are within the drive of each unit, (units, points)."""
    if not len(nodes):
        return np.zeros((0, len(_demand(folder))), np.bool_)
    return np.stack([_from(folder, int(node), metric, drive_s) for node in nodes])


@lru_cache(maxsize=2048)
def _from(_folder: str, node: int, metric: int, drive_s: float) -> NDArray[np.bool_]:
    """Return which points are within the drive of a node, (points,): one sweep over the roads, kept."""
    demand = region.get_region().demand
    assert demand is not None
    found: NDArray[np.bool_] = region.get_region().roads.one_to_all_us(node, metric)[demand.node] <= drive_s * 1e6
    return found


# ---------------------------------------------------------------- gestures


def unit_move_up(*, unit: str, post: str, reason: str, by: By) -> None:
    """Order a free unit to a post: it drives there and stays available.

    Raises:
        NotFound: there is no such unit or post.
        Refused: the unit is not free, or is at that post or on its way there.
    """
    station = region.find_station(post)
    if station is None:
        raise NotFound(code="no_post", what=f"There is no post {post}.", do="Pick a station from the list.")
    figures = _figures(unit, post, by.at)  # Slow, so before the log is held.
    with writing(f"unit/{unit}", at=by.at, actor=by.actor, device=by.device, id=by.id) as record:
        if record.earlier:
            return
        row = fleet.get_unit(unit)
        if row.status not in _FREE or row.on_job:
            raise Refused(
                code="unit_not_free",
                what=f"{row.call_sign} is {Status(row.status).words}: it cannot be moved up.",
                do="Pick a unit that is available.",
            )
        if list_posts().get(unit, "") == post:
            raise Refused(
                code="there_already",
                what=f"{row.call_sign} was sent to {station.name} already.",
                do="Nothing was changed.",
            )
        record(UnitMovedUp(unit=unit, post=post, reason=reason, **figures))


def _figures(unit: str, post: str, at: datetime) -> dict[str, float | None]:
    """Return what a move wins and costs as it is ordered; None where that cannot be counted."""
    nothing: dict[str, float | None] = {"wins": None, "costs": None, "drive_s": None}
    rule = rule_at(at)
    if rule is None or region.get_region().demand is None:
        return nothing
    rows = _free()
    nodes, drive_us, known = _whereabouts(rows, at)
    ids = [row.id for row, one in zip(rows, known, strict=True) if one]
    if unit not in ids:
        return nothing
    folder, lights = str(region.get_region().folder), region.metric_at(region.mode_of_priority(_PRIORITY), at)
    near, reach = _near(folder, nodes[known], lights, rule.drive_s), _reach(folder, lights, rule.drive_s)
    u, p = ids.index(unit), [one.id for one in region.list_stations()].index(post)
    others = np.delete(near, u, axis=0).any(axis=0)
    shares = _demand(folder) / WHOLE
    return {
        "wins": float(shares[reach[p] & ~near[u] & ~others].sum()),
        "costs": float(shares[near[u] & ~reach[p] & ~others].sum()),
        "drive_s": int(drive_us[known][u, p]) / 1e6,
    }


def move_up_decline(*, unit: str, post: str, reason: str, by: By) -> None:
    """Say that a proposed move is not followed: it is not proposed again for a while.

    Raises:
        NotFound: there is no such unit or post.
    """
    if region.find_station(post) is None:
        raise NotFound(code="no_post", what=f"There is no post {post}.", do="Pick a station from the list.")
    with writing(f"unit/{unit}", at=by.at, actor=by.actor, device=by.device, id=by.id) as record:
        if not record.earlier:
            fleet.get_unit(unit)
            record(MoveUpDeclined(unit=unit, post=post, reason=reason))

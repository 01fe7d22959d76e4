"""The desk asks the one decision: who should go to this call, now."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenhour.access.wire import iso
from goldenhour.calls.live import queries as calls
from goldenhour.calls.live.asking import find_asking
from goldenhour.calls.live.queries import CallRow
from goldenhour.dated import hash_of
from goldenhour.dispatch.bridges import OnCall
from goldenhour.dispatch.bridges import stand_downs as stand_down
from goldenhour.dispatch.choose import Recommendation
from goldenhour.dispatch.choose import recommend as decide
from goldenhour.dispatch.events import CallQueued
from goldenhour.dispatch.live import aid, places, queries
from goldenhour.dispatch.plans import Asking, Book, Need, load_book
from goldenhour.dispatch.policies import DISTRICT_FIRST, Policy, policy_named
from goldenhour.dispatch.units import UnitNow
from goldenhour.errors import Refused
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live.crews import crews_of, unit_of
from goldenhour.fleet.live.positions import LatestRow, find_fixes
from goldenhour.fleet.live.queries import UnitRow
from goldenhour.fleet.live.whereabouts import MICROSECOND
from goldenhour.fleet.status import Status
from goldenhour.log.live.store import writing
from goldenhour.roads.live import journeys, region
from goldenhour.roads.network import UNREACHABLE_US
from goldenhour.workforce.books import load_books as load_scope
from goldenhour.workforce.crews import rules_hash as crew_rules_hash

NOT_KNOWN_S = -1.0  # An arrival that nobody can expect: no region, or no way there.
_thinking = Lock()  # It is all computing: two at once would each take twice as long, and so would everybody else.
_TRIES = 4  # The fleet moves on while we think: think again, and give up thinking afresh after that.

States = list[tuple[str, str, str]]  # Of every unit: id, status, the call it is on.


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The fleet as it was when we thought."""

    states: States
    travel_us: NDArray[np.int64] | None  # Until each would be there, (units,); None where nobody was looked for.

    def matters(self, now: States, advised: Recommendation) -> bool:
        """Return whether what changed since may change the advice.

        In a busy county some unit always moves on while we think. One that is advised, or that would be there sooner
        than the last of those, matters; so does every change where a slot stays empty or a district goes first.
        """
        if now == self.states or self.travel_us is None:
            return False
        chosen = {one.unit for one in advised.chosen}
        if advised.shortfalls or advised.empty or not chosen or len(now) != len(self.states):
            return True
        if advised.policy == DISTRICT_FIRST:
            return True
        last_us = max(one.arrive_s for one in advised.chosen) * 1e6
        return any(
            was[0] != one[0] or was[0] in chosen or took_us <= last_us
            for was, one, took_us in zip(self.states, now, self.travel_us.tolist(), strict=True)
            if was != one
        )


def recommend(*, call_id: str, at: datetime, actor: str, device: str = "") -> dict[str, Any]:
    """Return who should go to a call, and why. Asking is recorded; a call that must wait is queued.

    Raises:
        NotFound: there is no such call, or no region to drive in.
        Refused: the call is closed.
    """
    for attempt in range(_TRIES):
        before, advised = _think(call_id, at)
        with writing(f"call/{call_id}", at=at, actor=actor, device=device) as record:
            if attempt < _TRIES - 1 and before.matters(_states(), advised):
                continue
            if advised.chosen or advised.empty:
                record(advised.as_event())
            waiting = {one.call_id: one.slots for one in queries.list_waiting()}.get(call_id, [])
            if advised.waits and list(advised.waits_for) != waiting:
                record(CallQueued(call_id=call_id, slots=advised.waits_for))
            break
    return entry(advised, at)


def reconsider(*, call_id: str, at: datetime, actor: str, id: str) -> bool:  # noqa: A002
    """Ask anew who should go to a call; record it where that is news. Return whether it is.

    Args:
        call_id: an open call.
        at: when.
        actor: who asks.
        id: of this asking; the same one again is harmless.
    """
    if not region.is_known():
        return False
    before, advised = _think(call_id, at)
    if not advised.chosen or [one.unit for one in advised.chosen] == _chosen_before(call_id):
        return False
    with writing(f"call/{call_id}", at=at, actor=actor, id=id) as record:
        if record.earlier or before.matters(
            _states(), advised
        ):  # Whoever changed it meanwhile is followed by another look.
            return False
        record(advised.as_event())
    return True


def _chosen_before(call_id: str) -> list[str]:
    advice = queries.list_advice([call_id]).get(call_id)
    return [str(one["unit"]) for one in advice.chosen] if advice else []


def entry(advised: Recommendation, at: datetime) -> dict[str, Any]:
    """Return a recommendation as the API shows it."""
    fact = advised.as_event()
    return {"policy": fact.policy, "plan": fact.plan, "at": iso(at)} | lists(
        fact.chosen, fact.passed_over, fact.shortfalls
    )


def lists(chosen: Sequence[Any], passed_over: Sequence[Any], shortfalls: Sequence[Any]) -> dict[str, Any]:
    """Return a recommendation's lists as the API shows them: what there is none of is null."""
    return {
        "chosen": [
            {**one, "runner_up": one["runner_up"] or None, "from_call_id": one["from_call_id"] or None}
            for one in chosen
        ],
        "passed_over": list(passed_over),
        "shortfalls": list(shortfalls),
    }


def _think(call_id: str, at: datetime) -> tuple[Seen, Recommendation]:
    """Ask the decision with what the tables say, and return the fleet as it was seen. One after another."""
    with _thinking:
        return _thought(call_id, at)


def _thought(call_id: str, at: datetime) -> tuple[Seen, Recommendation]:
    call = calls.get_call(call_id)
    if call.closed_at is not None:
        raise Refused(
            code="call_closed",
            what=f"Call {call_id} was closed at {region.wall_clock(call.closed_at)}.",
            do="Take a new call if help is needed again.",
        )
    rows = fleet.list_units()
    policy = _policy()
    need = _need(call, at, policy)
    if not need.slots:  # Everybody is on the way.
        nobody = {"chosen": (), "passed_over": (), "shortfalls": (), "empty": ()}
        return Seen(states=_snapshot(rows), travel_us=None), Recommendation(
            call_id=call_id, policy=policy.name, plan=need.plan, rules_hash=need.rules_hash, note=need.note, **nobody
        )
    counted = _counted(rows, at, find_fixes())
    travel_us = _travel_us(rows, call, at, counted)
    advised = decide(_fleet_now(rows, at, counted), need, travel_us, policy)
    return Seen(states=_snapshot(rows), travel_us=travel_us), advised


def _snapshot(rows: Sequence[UnitRow]) -> States:
    return [(row.id, row.status, row.call_id if row.on_job else "") for row in rows]


def _states() -> States:
    return fleet.list_states()


def _policy() -> Policy:
    said = region.get_region().settings.get("policy", {})
    return policy_named(
        said.get("default", "closest"),
        redispatch=said.get("redispatch") or None,
        district_margin_s=float(said.get("district_margin_s", 0)),
    )


def _need(call: CallRow, at: datetime, policy: Policy) -> Need:
    """Return what the call still needs by the plan in force at its place today."""
    need = _book().need(
        call_id=call.id,
        nature=call.nature,
        priority=call.priority,
        day=_local_day(call.received_at),
        waited_s=max(0.0, (at - call.received_at).total_seconds()),
        district=_district(call) if policy.own_district_first else "",
        more=_asking(call),
    )
    there_s = {
        one.slot: one.expected_arrival_s - (at - one.assigned_at).total_seconds()
        for one in queries.list_of_calls([call.id])
        if one.cleared_at is None
    }
    # By these books it is decided what is asked, and who counts for it.
    asked = replace(need, rules_hash=hash_of([need.rules_hash, load_scope().hash, crew_rules_hash()]))
    return asked.without(there_s)


def stand_downs(call: CallRow, on_call: Sequence[OnCall]) -> list[dict[str, str]]:
    """Return who is on a call and no longer needed there, and why: for the board. The dispatcher clears them."""
    if len(on_call) < len(("bridge", "crew")):
        return []
    plan, _ = _book().plan_on(call.nature, call.priority, _local_day(call.received_at), _asking(call))
    return [asdict(one) for one in stand_down(plan.slots, on_call)]


def _book() -> Book:
    named = region.get_region().settings.get("policy", {}) if region.is_known() else {}
    return load_book(str(named.get("book", "county")))


def _asking(call: CallRow) -> Asking:
    """Return what a plan may ask of a call beside what it is about: by the clock of its first ring."""
    triaged = find_asking(call.id)
    return Asking(
        lon=call.lon,
        lat=call.lat,
        at=call.received_at.astimezone(region.time_zone()),
        response=triaged.response if triaged else "",
    )


def _local_day(at: datetime) -> date:
    return at.astimezone(region.time_zone()).date()


def _district(call: CallRow) -> str:
    """Return the station that is nearest to the call by road, lights on."""
    stations = region.list_stations()
    nodes = np.array([journeys.road_place(one.lon, one.lat).node for one in stations])
    metric = region.metric_at(region.mode_of_priority(1), call.received_at)
    there = journeys.road_place(call.lon, call.lat).node
    took_us = region.get_region().roads.many_to_one_us(nodes, there, metric)
    return stations[int(np.argmin(took_us))].id if stations else ""


def _counted(rows: Sequence[UnitRow], at: datetime, fixes: Mapping[str, LatestRow]) -> list[places.Counted]:
    return [places.counted(row, fixes.get(row.id), at) for row in rows]


def _fleet_now(rows: Sequence[UnitRow], at: datetime, counted: Sequence[places.Counted]) -> list[UnitNow]:
    """Return every unit as the decision sees it, in the lasting order of their ids."""
    running = {one.unit: one.call_id for one in queries.list_running()}
    urgency = {call.id: call.priority for call in calls.list_by_id(set(running.values()))}
    crews = aid.across(crews_of(rows, at), at)
    return [
        UnitNow(
            unit=unit_of(row),
            crew=crews[row.id].counts,
            status=Status(row.status),
            since=row.since,
            call_id=running.get(row.id, ""),
            call_priority=urgency.get(running.get(row.id, ""), 0),
            position_age_s=where.age_s,
        )
        for row, where in zip(rows, counted, strict=True)
    ]


def _travel_us(
    rows: Sequence[UnitRow], call: CallRow, at: datetime, counted: Sequence[places.Counted]
) -> NDArray[np.int64]:
    """Return when each unit would be at the call if sent now, turnout included, in microseconds from now, (units,)."""
    roads = region.get_region().roads
    metric = region.metric_at(region.mode_of_priority(call.priority), at)
    there = journeys.road_place(call.lon, call.lat)
    last_us = roads.off_road_us(there, metric)
    nodes = np.zeros(len(rows), np.int64)
    ahead_us = np.full(len(rows), UNREACHABLE_US, np.int64)
    for i, (row, where) in enumerate(zip(rows, counted, strict=True)):
        here = where.here
        if here is None:
            continue
        nodes[i] = here.node
        stands_us = roads.off_road_us(here.place, metric) if here.place else here.left_us
        ahead_us[i] = stands_us + _turnout_us(row, at)
    road_us = roads.many_to_one_us(nodes, there.node, metric)
    arrive_us: NDArray[np.int64] = np.minimum(ahead_us + road_us + last_us, UNREACHABLE_US)
    return arrive_us


def _turnout_us(row: UnitRow, at: datetime) -> int:
    turnout_us = round(row.turnout_s * 1_000_000)
    if row.status == Status.AVAILABLE:
        return turnout_us
    if row.status == Status.NOTIFIED:
        return int(max(0, turnout_us - (at - row.since) // MICROSECOND))
    return 0


def find_advised(call_id: str, unit: str) -> dict[str, Any] | None:
    """Return the unit's place in the call's latest recommendation, if it has one."""
    advice = queries.list_advice([call_id]).get(call_id)
    return next((one for one in (advice.chosen if advice else ()) if one["unit"] == unit), None)


def expected_arrival_s(call_id: str, unit: str, at: datetime) -> float:
    """Return when a unit sent now would arrive, in seconds from now; NOT_KNOWN_S when nobody can say.

    Raises:
        NotFound: there is no such call or unit.
    """
    call, row = calls.get_call(call_id), fleet.get_unit(unit)
    return _expected_s([row], call, at)[0]


def expected_elsewhere_s(
    call_id: str, units: Sequence[str], *, lon: float, lat: float, at: datetime
) -> dict[str, float]:
    """Return when each of these units would arrive if their call were at another place, in seconds from now.

    Raises:
        NotFound: there is no such call.
    """
    call = calls.get_call(call_id)
    call.lon, call.lat = lon, lat  # Of this copy of the row alone.
    rows = fleet.list_by_id(units)
    return dict(zip([row.id for row in rows], _expected_s(rows, call, at), strict=True))


def _expected_s(rows: Sequence[UnitRow], call: CallRow, at: datetime) -> list[float]:
    if not region.is_known() or not rows:
        return [NOT_KNOWN_S] * len(rows)
    took_us = _travel_us(rows, call, at, _counted(rows, at, find_fixes({row.id for row in rows})))
    return [NOT_KNOWN_S if one >= UNREACHABLE_US else one / 1_000_000 for one in took_us.tolist()]

"""The engine: one event after the other, each decision by the desk's own kernels.

Every unit has at most one event ahead; its status says what that is. At one instant units come first (the newest event
first, as in JEMSS), then changes of duty, then calls in their order. A call whose unit was taken for a more urgent one
is decided anew at the same instant, after that. The plain twin stands in tests/reference/simulate.py.

What is sent comes from a list of slots (`choose`; each slot waits for itself), or from response plans (`Plans.rich`:
`respond` with lesser units and bridges, over the open slots of the call, as the desk asks; the call waits while a
required slot is open, and is decided on anew when a unit that fits becomes free).

Semantics: JEMSS.jl 1.3.6 (simulation.jl, decision/dispatch.jl), extended by slots, duty, cancellation and turnout.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from goldenhour.compiled import kernel, kernel_apart, kernel_aside, kernel_inner
from goldenhour.dispatch.arrival_kernels import (
    FLEET,
    NO_PLACE,
    Fleet,
    Ways,
    arrival,
    arrivals,
    off_road_us,
    scaled_us,
    whereabouts,
)
from goldenhour.dispatch.kernels import CANNOT_US, NOBODY, choose, choose_one, may_go, respond
from goldenhour.fleet.status_codes import (
    AT_HOSPITAL,
    AT_SCENE,
    AVAILABLE,
    EN_ROUTE,
    NOTIFIED,
    OUT_OF_SERVICE,
    RETURNING,
    TRANSPORTING,
)
from goldenhour.hospitals.kernels import NOWHERE, nearest_facility
from goldenhour.roads.kernels import Tables
from goldenhour.roads.network import UNREACHABLE_US
from goldenhour.roads.place_kernels import PlaceTables

NEVER = np.int64(1) << np.int64(62)
WEEK_US = 7 * 24 * 3600 * 1_000_000
PPM = 1_000_000
STATUSES = 8
_LINE = 8  # Times in a line of the cache.

# Columns of a drawn row.
TURNOUT, TURNOUT_AWAY, TRAVEL_PPM, CANCEL_PPM, SCENE, DESTINATION, TRANSPORT_PPM, HANDOVER = range(8)
TRAVEL_EXTRA, TRANSPORT_EXTRA = 8, 9
DRAWN = 10

# Columns of an assignment: one unit's part in one call. Times are -1 where the step was not reached.
CALL, SLOT, UNIT, NOTIFIED_AT, EN_ROUTE_AT, ON_SCENE_AT, LEFT_SCENE_AT, AT_DESTINATION_AT, BACK_AT = range(9)
HOSPITAL, OUTCOME, EXPECTED, FROM_STATUS, TO_CALL, HOME_AT = range(9, 15)
COLUMNS = 16
COMPLETED, DIVERTED, CANCELLED = 1, 2, 3  # Outcomes; 0 is under way.


CALLS = np.dtype(
    [
        ("received_us", np.int64),
        ("ready_us", np.int64),  # For dispatch.
        ("priority", np.int64),  # 1..4
        ("node", np.int64),
        ("off_road_km", np.float64),
        ("plan", np.int64),
        ("area", np.int64),  # District, -1: none.
        ("first_us", np.int64),  # First unit on scene, -1: none. The engine writes it.
    ]
)
POSTS = np.dtype(
    [
        ("place", np.int64),  # Of the unit's station.
        ("node", np.int64),
        ("off_road_km", np.float64),
        ("turnout_us", np.int64),  # The unit's own, where none is drawn.
        ("group", np.int64),  # Column of `drawn`.
        ("area", np.int64),  # Its own district; -1: districts do not matter.
    ]
)
DOORS = np.dtype([("place", np.int64), ("node", np.int64), ("off_road_km", np.float64)])
DUTY = np.dtype([("at_us", np.int64), ("unit", np.int64), ("on", np.int64)])  # 0 off, 1 on, CREWS + n: another crew.
CREWS = 2
UNITS = np.dtype(
    [
        ("call", np.int64),  # -1: none.
        ("slot", np.int64),
        ("row", np.int64),  # Its assignment.
        ("cancel_us", np.int64),  # NEVER: not.
        ("roll_us", np.int64),  # When a NOTIFIED unit will roll.
        ("leaving", np.int64),  # 1: its duty is over, it finishes its job.
        ("since_us", np.int64),  # Of its status.
    ]
)
LEAVES = np.dtype([("due_us", np.int64), ("order", np.int64)])
WAITS = np.dtype([("at_us", np.int64), ("call", np.int64), ("slots", np.int64)])  # A call begins to wait: set of slots.
TRACE = np.dtype([("at_us", np.int64), ("call", np.int64), ("start", np.int64), ("end", np.int64)])  # Its assignments.
SEEN = np.dtype([("status", np.int64), ("call", np.int64), ("leaving", np.int64), ("travel_us", np.int64)])


class Calls(NamedTuple):
    """The calls, in the order in which they are ready for dispatch."""

    each: NDArray[np.void]  # (calls,) CALLS
    drawn: NDArray[np.int64]  # (calls, slots, groups, DRAWN)


class Plans(NamedTuple):
    """What is sent: a plan is a list of slots, a slot is of a kind."""

    start: NDArray[np.int64]  # (plans + 1,)
    kind: NDArray[np.int64]  # (start[-1],)
    able: NDArray[np.bool_]  # (kinds, units, 1)
    able_ptr: NDArray[np.int64]  # (plans,) where a plan's (units, slots) begin in able_flat
    able_flat: NDArray[np.bool_]
    target_us: NDArray[np.int64]  # (kinds, 5) from receipt, by priority
    required: NDArray[np.bool_]  # (kinds,)
    # Of response plans:
    rich: bool
    lesser: NDArray[np.bool_]  # (kinds, units) who will do when nobody who is able can
    bridges: NDArray[np.int64]  # (start[-1],) the slot of the same plan that a slot bridges the time to, or NOBODY
    weight: NDArray[np.int64]  # (kinds,)
    plain_us: NDArray[np.int64]  # (kinds, 5) target_us without the policy's margin
    crew_able: NDArray[np.bool_]  # (kinds, crews) able and lesser of the crews that units may get, see DUTY
    crew_lesser: NDArray[np.bool_]


class Service(NamedTuple):
    """The rest of what decides: hours, policy, stations, hospitals, duty."""

    band_start_us: NDArray[np.int64]  # (bands,) in the week, the first 0
    response_metric: NDArray[np.int64]  # (bands, 5) by priority
    return_metric: NDArray[np.int64]  # (bands,) transport and return
    week_us: int  # Time of the week at time 0.
    redispatch: NDArray[np.bool_]  # (5, 5) [from, to]
    post: NDArray[np.void]  # (units,) POSTS
    door: NDArray[np.void]  # (hospitals,) DOORS, those that take patients
    duty: NDArray[np.void]  # (changes,) DUTY, in order
    prune: bool


class State(NamedTuple):
    """What changes. Made by `engine.new_state`."""

    tree: NDArray[np.int64]  # (2 * leaves,) [1] is the unit with the next event
    leaf: NDArray[np.void]  # (leaves,) LEAVES; a later event has a greater order
    unit: NDArray[np.void]  # (units,) UNITS
    in_us: NDArray[np.int64]  # (units, STATUSES) time spent in each
    waits: NDArray[np.int64]  # (queue room,) a heap a kind: call * (1 << 16) + slot
    wait_start: NDArray[np.int64]  # (kinds + 1,)
    wait_count: NDArray[np.int64]  # (kinds,)
    rows: NDArray[np.int64]  # (room, COLUMNS)
    counts: NDArray[np.int64]  # (COUNTS,)
    bumped: NDArray[np.int64]  # (4 * (units + slots),) to decide anew: call * (1 << 16) + slot, of plans the call
    filled: NDArray[np.int64]  # (calls, slots) of plans: the assignment that fills it, -1 for none
    open: NDArray[np.int64]  # (calls,) set of slots that the call waits for, 0: it does not wait
    queue: NDArray[np.int64]  # (calls,) those that wait, in order
    began: NDArray[np.void]  # (room,) WAITS
    trace: NDArray[np.void]  # (room,) TRACE, every decision; of no length: nothing is kept
    seen: NDArray[np.void]  # (room, units) SEEN, what it looked at
    there_us: NDArray[np.int64]  # (room, slots) from then until the slot's unit is there; NEVER: it was asked for
    may: NDArray[np.bool_]  # (units,) the rest is room for one decision
    outside: NDArray[np.bool_]
    soonest_us: NDArray[np.int64]  # (slots, slots)
    to_hospital_us: NDArray[np.int64]  # (hospitals,)
    door_able: NDArray[np.bool_]
    door_diverting: NDArray[np.bool_]
    arrive_us: NDArray[np.int64]
    via: NDArray[np.int64]
    ahead_us: NDArray[np.int64]
    chosen: NDArray[np.int64]  # (slots,)
    target_us: NDArray[np.int64]
    weight: NDArray[np.int64]
    required: NDArray[np.bool_]


COUNTS = 12
ROWS, ORDER, QUEUED, BUMPED, END_US, NEXT_CALL, NEXT_DUTY, TOUCHED = range(8)
WAITING, BEGAN, TRACED = 8, 9, 10


@kernel_inner
def set_due(state: State, unit: int, at_us: int) -> None:
    """Give a unit its next event, or NEVER."""
    state.leaf["due_us"][unit] = at_us
    state.counts[ORDER] += 1
    state.leaf["order"][unit] = state.counts[ORDER]
    leaves = len(state.leaf)
    parent = (unit + leaves) >> 1
    while parent >= 1:
        left, right = state.tree[2 * parent], state.tree[2 * parent + 1]
        a, b = state.leaf["due_us"][left], state.leaf["due_us"][right]
        state.tree[parent] = (
            left if a < b or (a == b and state.leaf["order"][left] > state.leaf["order"][right]) else right
        )
        parent >>= 1


@kernel_inner
def set_status(fleet: Fleet, state: State, unit: int, status: int, now_us: int) -> None:
    """Change a unit's status and book the time of the old one."""
    state.in_us[unit, fleet["status"][unit]] += now_us - state.unit["since_us"][unit]
    state.unit["since_us"][unit] = now_us
    fleet["status"][unit] = status


@kernel_inner
def band_at(service: Service, now_us: int) -> int:
    """Return the band of the week at a time: the last that has begun."""
    bands = len(service.band_start_us)
    if bands == 1:
        return 0
    week_us = (service.week_us + now_us) % WEEK_US
    return np.searchsorted(service.band_start_us, week_us, side="right") - 1


@kernel_inner
def _before(calls: Calls, a: int, b: int) -> bool:
    """Return whether waiting slot a comes before b: by priority, then age, then call and slot."""
    call_a, call_b = a >> 16, b >> 16
    if calls.each["priority"][call_a] != calls.each["priority"][call_b]:
        return calls.each["priority"][call_a] < calls.each["priority"][call_b]
    if calls.each["received_us"][call_a] != calls.each["received_us"][call_b]:
        return calls.each["received_us"][call_a] < calls.each["received_us"][call_b]
    return a < b


@kernel_inner
def put_waiting(calls: Calls, state: State, kind: int, entry: int) -> None:
    """Add a slot to the queue of its kind."""
    heap = state.waits[state.wait_start[kind] : state.wait_start[kind + 1]]
    at = state.wait_count[kind]
    state.wait_count[kind] += 1
    while at > 0 and _before(calls, entry, heap[(at - 1) >> 1]):
        heap[at] = heap[(at - 1) >> 1]
        at = (at - 1) >> 1
    heap[at] = entry


@kernel_inner
def take_waiting(calls: Calls, state: State, kind: int) -> int:
    """Take the first slot from the queue of a kind."""
    heap = state.waits[state.wait_start[kind] : state.wait_start[kind + 1]]
    first = heap[0]
    state.wait_count[kind] -= 1
    count = state.wait_count[kind]
    last = heap[count]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= count:
            break
        if child + 1 < count and _before(calls, heap[child + 1], heap[child]):
            child += 1
        if not _before(calls, heap[child], last):
            break
        heap[at] = heap[child]
        at = child
    heap[at] = last
    return first


@kernel_inner
def anybody_waits(state: State) -> bool:
    """Return whether any slot waits for a unit."""
    most = np.int64(0)
    for kind in range(len(state.wait_count)):
        most = max(most, state.wait_count[kind])
    return most > 0


@kernel_inner
def next_waiting(calls: Calls, plans: Plans, state: State, unit: int) -> int:
    """Take the waiting slot that comes first of those the unit can fill, or return -1."""
    best, best_kind = np.int64(-1), -1
    for kind in range(len(state.wait_count)):
        if state.wait_count[kind] > 0 and plans.able[kind, unit, 0]:
            head = state.waits[state.wait_start[kind]]
            if best < 0 or _before(calls, head, best):
                best, best_kind = head, kind
    return best if best < 0 else take_waiting(calls, state, best_kind)


@kernel_inner
def send(
    calls: Calls,
    service: Service,
    ways: Ways,
    fleet: Fleet,
    state: State,
    unit: int,
    call: int,
    slot: int,
    now_us: int,
    metric: int,
    off_us: int,
    arrive_us: int,
    via: int,
    ahead_us: int,
) -> None:
    """Send a unit to a slot of a call: from its bed, from where it stands, or from the road."""
    status = fleet["status"][unit]
    drawn = calls.drawn[call, slot, service.post["group"][unit]]
    row = state.counts[ROWS]
    state.counts[ROWS] += 1
    record = state.rows[row]
    record[:] = -1
    record[CALL], record[SLOT], record[UNIT], record[NOTIFIED_AT] = call, slot, unit, now_us
    record[OUTCOME], record[EXPECTED], record[FROM_STATUS] = 0, now_us + arrive_us, status
    road_us = arrive_us - ahead_us - off_us
    if status in (AVAILABLE, NOTIFIED):
        if status == AVAILABLE:
            turnout_us = drawn[TURNOUT] if drawn[TURNOUT] >= 0 else service.post["turnout_us"][unit]
            roll_us = now_us + turnout_us
            fleet["ready_us"][unit] = now_us + fleet["turnout_us"][unit]
        else:
            roll_us = state.unit["roll_us"][unit]  # It goes on getting ready.
        start_us = roll_us + off_road_us(fleet["off_road_km"][unit], ways.us_per_km[metric])
        fleet["from_place"][unit] = fleet["place"][unit]
    else:
        roll_us = now_us + drawn[TURNOUT_AWAY]
        start_us = max(now_us + ahead_us, roll_us)
        if status in (EN_ROUTE, RETURNING):
            place = fleet["from_place"][unit] if via == fleet["from_node"][unit] else np.int64(NO_PLACE)
            fleet["from_place"][unit] = fleet["to_place"][unit] if via == fleet["to_node"][unit] else place
        else:
            start_us = roll_us + ahead_us
            fleet["from_place"][unit] = fleet["place"][unit]
    start_us += drawn[TRAVEL_EXTRA]
    fleet["from_node"][unit], fleet["to_node"][unit], fleet["to_place"][unit] = via, calls.each["node"][call], NO_PLACE
    fleet["start_us"][unit], fleet["drive_us"][unit], fleet["metric"][unit] = start_us, road_us, metric
    fleet["factor_ppm"][unit] = drawn[TRAVEL_PPM]
    state.unit["call"][unit], state.unit["slot"][unit], state.unit["row"][unit] = call, slot, row
    state.unit["roll_us"][unit] = roll_us
    there_us = start_us + scaled_us(road_us, drawn[TRAVEL_PPM]) + off_us
    state.unit["cancel_us"][unit] = NEVER
    if drawn[CANCEL_PPM] >= 0:
        state.unit["cancel_us"][unit] = now_us + (there_us - now_us) * drawn[CANCEL_PPM] // PPM
    if status in (AVAILABLE, NOTIFIED) and roll_us > now_us:
        set_status(fleet, state, unit, NOTIFIED, now_us)
        set_due(state, unit, min(roll_us, state.unit["cancel_us"][unit]))
    else:
        record[EN_ROUTE_AT] = roll_us
        set_status(fleet, state, unit, EN_ROUTE, now_us)
        set_due(state, unit, min(there_us, state.unit["cancel_us"][unit]))


@kernel_inner
def go_home(
    service: Service, ways: Ways, fleet: Fleet, state: State, unit: int, now_us: int, via: int, ahead_us: int
) -> None:
    """Let a unit drive to its station, from a node where it is in some time."""
    metric = service.return_metric[band_at(service, now_us)]
    station = service.post["place"][unit]
    fleet["from_node"][unit], fleet["to_node"][unit] = via, service.post["node"][unit]
    fleet["to_place"][unit] = station
    fleet["start_us"][unit], fleet["drive_us"][unit] = now_us + ahead_us, ways.places.to_us[metric, via, station]
    fleet["metric"][unit], fleet["factor_ppm"][unit] = metric, PPM
    fleet["lag_us"][unit] = ways.lag_us[station, via] if metric == ways.places.way_metric else UNREACHABLE_US
    state.unit["call"][unit] = -1
    set_status(fleet, state, unit, RETURNING, now_us)
    off_us = off_road_us(service.post["off_road_km"][unit], ways.us_per_km[metric])
    set_due(state, unit, fleet["start_us"][unit] + fleet["drive_us"][unit] + off_us)


@kernel_inner
def at_station(service: Service, fleet: Fleet, unit: int) -> None:
    """Put a unit at its station."""
    fleet["node"][unit], fleet["place"][unit] = service.post["node"][unit], service.post["place"][unit]
    fleet["off_road_km"][unit] = service.post["off_road_km"][unit]


@kernel_inner
def go_off(service: Service, fleet: Fleet, state: State, unit: int, now_us: int) -> None:
    """Take a unit out of service; it will begin its next duty at its station."""
    state.unit["leaving"][unit] = 0
    state.unit["call"][unit] = -1
    at_station(service, fleet, unit)
    set_status(fleet, state, unit, OUT_OF_SERVICE, now_us)
    set_due(state, unit, NEVER)


@kernel_aside
def look_for_work(
    calls: Calls, plans: Plans, service: Service, ways: Ways, fleet: Fleet, state: State, unit: int, now_us: int
) -> bool:
    """Send a unit that can take one to the first waiting slot that it can fill; return whether it went."""
    entry = next_waiting(calls, plans, state, unit)
    if entry < 0:
        return False
    call, slot = entry >> 16, entry & 0xFFFF
    metric = service.response_metric[band_at(service, now_us), calls.each["priority"][call]]
    off_us = off_road_us(calls.each["off_road_km"][call], ways.us_per_km[metric])
    us, via, ahead_us, _ = arrival(fleet, ways, unit, now_us, metric, calls.each["node"][call], off_us)
    send(calls, service, ways, fleet, state, unit, call, slot, now_us, metric, off_us, us, via, ahead_us)
    return True


@kernel_inner
def free(
    calls: Calls, plans: Plans, service: Service, ways: Ways, fleet: Fleet, state: State, unit: int, now_us: int
) -> None:
    """A unit's job is done where it stands: it goes off duty, takes waiting work, or drives home."""
    state.rows[state.unit["row"][unit], BACK_AT] = now_us
    state.rows[state.unit["row"][unit], OUTCOME] = COMPLETED
    if state.unit["leaving"][unit] != 0:
        go_off(service, fleet, state, unit, now_us)
        return
    if anybody_waits(state) and look_for_work(calls, plans, service, ways, fleet, state, unit, now_us):
        return
    metric = service.return_metric[band_at(service, now_us)]
    fleet["from_place"][unit] = fleet["place"][unit]
    ahead_us = off_road_us(fleet["off_road_km"][unit], ways.us_per_km[metric])
    go_home(service, ways, fleet, state, unit, now_us, fleet["node"][unit], ahead_us)


@kernel_inner
def look(
    calls: Calls,
    plans: Plans,
    service: Service,
    ways: Ways,
    fleet: Fleet,
    state: State,
    call: int,
    first: int,
    slots: int,
    able: NDArray[np.bool_],
    now_us: int,
) -> None:
    """See who may go to some slots of a call, by when, and what these ask for: what `choose` wants to know."""
    priority = calls.each["priority"][call]
    for unit in range(len(fleet)):
        held = state.unit["call"][unit]
        current = calls.each["priority"][held] if held >= 0 else 0
        may = may_go(fleet["status"][unit], current, priority, service.redispatch)
        state.may[unit] = may and state.unit["leaving"][unit] == 0
        area = service.post["area"][unit]
        state.outside[unit] = area >= 0 and area != calls.each["area"][call]
    start = plans.start[calls.each["plan"][call]] + first
    for slot in range(slots):
        kind = plans.kind[start + slot]
        state.target_us[slot] = calls.each["received_us"][call] + plans.target_us[kind, priority] - now_us
        state.required[slot] = plans.required[kind]
    metric = service.response_metric[band_at(service, now_us), priority]
    off_us = off_road_us(calls.each["off_road_km"][call], ways.us_per_km[metric])
    arrivals(
        fleet,
        ways,
        now_us,
        metric,
        calls.each["node"][call],
        off_us,
        state.may,
        able,
        state.outside,
        service.prune,
        state.soonest_us,
        state.arrive_us,
        state.via,
        state.ahead_us,
    )


@kernel_inner
def carry_out(
    calls: Calls,
    plans: Plans,
    service: Service,
    ways: Ways,
    fleet: Fleet,
    state: State,
    call: int,
    first: int,
    slots: int,
    now_us: int,
    bumped: int,
) -> int:
    """Send the chosen units and queue what nobody fills; return how many slots are to be decided anew."""
    metric = service.response_metric[band_at(service, now_us), calls.each["priority"][call]]
    off_us = off_road_us(calls.each["off_road_km"][call], ways.us_per_km[metric])
    start = plans.start[calls.each["plan"][call]] + first
    for slot in range(slots):
        unit = state.chosen[slot]
        if unit == NOBODY:
            state.counts[QUEUED] += 1
            put_waiting(calls, state, plans.kind[start + slot], (call << 16) + first + slot)
            continue
        held, held_slot = state.unit["call"][unit], state.unit["slot"][unit]
        if held >= 0:  # It was on its way to something less urgent.
            old = state.rows[state.unit["row"][unit]]
            old[OUTCOME], old[BACK_AT], old[TO_CALL] = DIVERTED, now_us, call
            if old[EN_ROUTE_AT] > now_us:
                old[EN_ROUTE_AT] = -1
            state.bumped[bumped] = (held << 16) + held_slot
            bumped += 1
            state.counts[BUMPED] += 1
        us, via, ahead_us = state.arrive_us[unit], state.via[unit], state.ahead_us[unit]
        send(
            calls, service, ways, fleet, state, unit, call, first + slot, now_us, metric, off_us, us, via, ahead_us
        )  # fmt: skip
    return bumped


@kernel_inner
def destination(calls: Calls, service: Service, ways: Ways, state: State, call: int, metric: int, rank: int) -> int:
    """Return the hospital that comes at that rank by the choice of `hospitals`, the last one for less; or NOWHERE."""
    for h in range(len(service.door)):
        road_us = ways.places.to_us[metric, calls.each["node"][call], service.door["place"][h]]
        off_us = off_road_us(service.door["off_road_km"][h], ways.us_per_km[metric])
        state.to_hospital_us[h] = min(UNREACHABLE_US, road_us + off_us)
        state.door_able[h] = True
    found = nearest_facility(state.door_able, state.door_diverting, state.to_hospital_us, False)  # noqa: FBT003
    for _ in range(rank):
        if found == NOWHERE:
            break
        state.door_able[found] = False
        more = nearest_facility(state.door_able, state.door_diverting, state.to_hospital_us, False)  # noqa: FBT003
        if more == NOWHERE:
            break
        found = more
    return found


@kernel_inner
def leave_scene(
    calls: Calls, plans: Plans, service: Service, ways: Ways, fleet: Fleet, state: State, unit: int, now_us: int
) -> None:
    """A unit has done what there was to do on scene: to hospital, or free."""
    call = state.unit["call"][unit]
    drawn = calls.drawn[call, state.unit["slot"][unit], service.post["group"][unit]]
    metric = service.return_metric[band_at(service, now_us)]
    hospital = NOWHERE
    if drawn[DESTINATION] >= 0:
        hospital = destination(calls, service, ways, state, call, metric, drawn[DESTINATION])
    if hospital == NOWHERE:
        free(calls, plans, service, ways, fleet, state, unit, now_us)
        return
    speed = ways.us_per_km[metric]
    road_us = ways.places.to_us[metric, calls.each["node"][call], service.door["place"][hospital]]
    record = state.rows[state.unit["row"][unit]]
    record[LEFT_SCENE_AT], record[HOSPITAL] = now_us, hospital
    off_us = off_road_us(calls.each["off_road_km"][call], speed) + off_road_us(
        service.door["off_road_km"][hospital], speed
    )
    set_status(fleet, state, unit, TRANSPORTING, now_us)
    set_due(state, unit, now_us + drawn[TRANSPORT_EXTRA] + off_us + scaled_us(road_us, drawn[TRANSPORT_PPM]))


@kernel_aside
def cancel(
    calls: Calls, plans: Plans, service: Service, ways: Ways, fleet: Fleet, state: State, unit: int, now_us: int
) -> None:
    """A unit is not needed any more before it has arrived."""
    record = state.rows[state.unit["row"][unit]]
    record[OUTCOME], record[BACK_AT] = CANCELLED, now_us
    if record[EN_ROUTE_AT] > now_us:
        record[EN_ROUTE_AT] = -1
    if state.unit["leaving"][unit] != 0:
        go_off(service, fleet, state, unit, now_us)
        return
    if fleet["status"][unit] == NOTIFIED:
        state.unit["call"][unit] = -1
        set_status(fleet, state, unit, AVAILABLE, now_us)
        set_due(state, unit, NEVER)
    else:
        metric = service.return_metric[band_at(service, now_us)]
        via, ahead_us = whereabouts(fleet, ways, unit, now_us, metric)
        if via != fleet["from_node"][unit]:
            fleet["from_place"][unit] = NO_PLACE
        go_home(service, ways, fleet, state, unit, now_us, via, ahead_us)
    look_for_work(calls, plans, service, ways, fleet, state, unit, now_us)


@kernel_inner
def unit_event(
    calls: Calls, plans: Plans, service: Service, ways: Ways, fleet: Fleet, state: State, unit: int, now_us: int
) -> None:
    """Let happen what a unit's status says comes next."""
    status, call = fleet["status"][unit], state.unit["call"][unit]
    record = state.rows[state.unit["row"][unit]]
    if status in (NOTIFIED, EN_ROUTE) and now_us >= state.unit["cancel_us"][unit]:
        cancel(calls, plans, service, ways, fleet, state, unit, now_us)
    elif status == NOTIFIED:
        record[EN_ROUTE_AT] = now_us
        set_status(fleet, state, unit, EN_ROUTE, now_us)
        off_us = off_road_us(calls.each["off_road_km"][call], ways.us_per_km[fleet["metric"][unit]])
        road_us = scaled_us(fleet["drive_us"][unit], fleet["factor_ppm"][unit])
        set_due(state, unit, min(fleet["start_us"][unit] + road_us + off_us, state.unit["cancel_us"][unit]))
    elif status == EN_ROUTE:
        record[ON_SCENE_AT] = now_us
        if calls.each["first_us"][call] < 0:
            calls.each["first_us"][call] = now_us
        fleet["node"][unit], fleet["off_road_km"][unit] = calls.each["node"][call], calls.each["off_road_km"][call]
        fleet["place"][unit] = NO_PLACE
        set_status(fleet, state, unit, AT_SCENE, now_us)
        set_due(state, unit, now_us + calls.drawn[call, state.unit["slot"][unit], service.post["group"][unit], SCENE])
    elif status == AT_SCENE:
        leave_scene(calls, plans, service, ways, fleet, state, unit, now_us)
    elif status == TRANSPORTING:
        hospital = record[HOSPITAL]
        record[AT_DESTINATION_AT] = now_us
        fleet["node"][unit], fleet["off_road_km"][unit] = (
            service.door["node"][hospital],
            service.door["off_road_km"][hospital],
        )
        fleet["place"][unit] = service.door["place"][hospital]
        set_status(fleet, state, unit, AT_HOSPITAL, now_us)
        set_due(
            state, unit, now_us + calls.drawn[call, state.unit["slot"][unit], service.post["group"][unit], HANDOVER]
        )
    elif status == AT_HOSPITAL:
        free(calls, plans, service, ways, fleet, state, unit, now_us)
    elif status == RETURNING:
        record[HOME_AT] = now_us
        at_station(service, fleet, unit)
        set_status(fleet, state, unit, AVAILABLE, now_us)
        set_due(state, unit, NEVER)


@kernel_aside
def duty_change(
    calls: Calls,
    plans: Plans,
    service: Service,
    ways: Ways,
    fleet: Fleet,
    state: State,
    unit: int,
    on: bool,
    now_us: int,
) -> None:
    """A unit's duty begins or ends; one that is on a call finishes it first."""
    status = fleet["status"][unit]
    if on:
        state.unit["leaving"][unit] = 0
        if status == OUT_OF_SERVICE:
            set_status(fleet, state, unit, AVAILABLE, now_us)
            look_for_work(calls, plans, service, ways, fleet, state, unit, now_us)
    elif status in (AVAILABLE, RETURNING):
        go_off(service, fleet, state, unit, now_us)
    elif status != OUT_OF_SERVICE:
        state.unit["leaving"][unit] = 1


@kernel_aside
def note(
    calls: Calls,
    service: Service,
    ways: Ways,
    fleet: Fleet,
    state: State,
    call: int,
    asked: NDArray[np.int64],
    now_us: int,
) -> None:
    """Keep what a decision looks at: every unit, how soon it would be there, and the slots that are asked for."""
    at = state.counts[TRACED]
    state.counts[TRACED] += 1
    state.trace["at_us"][at], state.trace["call"][at] = now_us, call
    state.trace["start"][at] = state.trace["end"][at] = state.counts[ROWS]
    for slot in range(state.there_us.shape[1]):
        row = state.filled[call, slot] if call < len(state.filled) else np.int64(-1)
        state.there_us[at, slot] = state.rows[row, EXPECTED] - now_us if row >= 0 else 0
    for slot in asked:
        state.there_us[at, slot] = NEVER
    metric = service.response_metric[band_at(service, now_us), calls.each["priority"][call]]
    off_us = off_road_us(calls.each["off_road_km"][call], ways.us_per_km[metric])
    for unit in range(len(fleet)):
        seen, status = state.seen[at, unit], fleet["status"][unit]
        seen["status"], seen["call"] = status, state.unit["call"][unit]
        seen["leaving"], seen["travel_us"] = state.unit["leaving"][unit], UNREACHABLE_US
        if status not in (OUT_OF_SERVICE, TRANSPORTING):
            seen["travel_us"] = arrival(fleet, ways, unit, now_us, metric, calls.each["node"][call], off_us)[0]


@kernel_aside
def wait_for(calls: Calls, state: State, call: int, slots: int, now_us: int) -> None:
    """Let a call wait for a set of slots, or for none; the queue is by priority, then age, then order."""
    was = state.open[call]
    if slots == was:
        return
    state.open[call] = slots
    if slots == 0:
        at = 0
        while state.queue[at] != call:
            at += 1
        state.counts[WAITING] -= 1
        for k in range(at, state.counts[WAITING]):
            state.queue[k] = state.queue[k + 1]
        return
    if was == 0:
        at = state.counts[WAITING]
        while at > 0 and _before(calls, call << 16, state.queue[at - 1] << 16):
            state.queue[at] = state.queue[at - 1]
            at -= 1
        state.queue[at] = call
        state.counts[WAITING] += 1
    more = slots & ~was
    while more:
        state.counts[QUEUED] += more & 1
        more >>= 1
    begin = state.began[state.counts[BEGAN]]
    begin["at_us"], begin["call"], begin["slots"] = now_us, call, slots
    state.counts[BEGAN] += 1


@kernel_apart
def decide(
    calls: Calls,
    plans: Plans,
    service: Service,
    ways: Ways,
    fleet: Fleet,
    state: State,
    call: int,
    now_us: int,
    bumped: int,
    again: bool,
) -> int:
    """Decide on the open slots of a call as `dispatch.choose.recommend` does on `plans.Need.without` the filled ones.

    Sends, and lets the call wait while a required slot is open; returns how many calls are to be decided anew. `again`:
    it waits already, and a decision that sends nobody is not kept.
    """
    plan, priority = calls.each["plan"][call], calls.each["priority"][call]
    received_us, start, units = calls.each["received_us"][call], plans.start[plan], len(fleet)
    slots = plans.start[plan + 1] - start
    asked, before_us = np.empty(slots, np.int64), np.empty(slots, np.int64)
    index = np.full(slots, NOBODY, np.int64)
    n = 0
    for slot in range(slots):
        if state.filled[call, slot] >= 0:
            continue
        main = plans.bridges[start + slot]
        before_us[n] = CANNOT_US
        if main != NOBODY and state.filled[call, main] >= 0:
            there_us = state.rows[state.filled[call, main], EXPECTED]
            if there_us <= received_us + plans.plain_us[plans.kind[start + main], priority]:
                continue
            before_us[n] = there_us - now_us
        asked[n], index[slot] = slot, n
        n += 1
    if n == 0:
        wait_for(calls, state, call, 0, now_us)
        return bumped
    asked = asked[:n]
    kind = plans.kind[start + asked]
    tracing = len(state.trace) > 0
    if tracing:
        note(calls, service, ways, fleet, state, call, asked, now_us)
    # Arrivals are left out where they cannot matter to any of the choices that `respond` makes: among those who are
    # able for a slot, and among these and the lesser.
    columns = np.empty((units, 2 * n), np.bool_)
    for unit in range(units):
        held = state.unit["call"][unit]
        current = calls.each["priority"][held] if held >= 0 else 0
        may = may_go(fleet["status"][unit], current, priority, service.redispatch)
        state.may[unit] = may and state.unit["leaving"][unit] == 0
        area = service.post["area"][unit]
        state.outside[unit] = area >= 0 and area != calls.each["area"][call]
        for k in range(n):
            columns[unit, k] = plans.able[kind[k], unit, 0]
            columns[unit, n + k] = columns[unit, k] or plans.lesser[kind[k], unit]
    metric = service.response_metric[band_at(service, now_us), priority]
    node = calls.each["node"][call]
    off_us = off_road_us(calls.each["off_road_km"][call], ways.us_per_km[metric])
    arrivals(
        fleet,
        ways,
        now_us,
        metric,
        node,
        off_us,
        state.may,
        columns,
        state.outside,
        service.prune,
        state.soonest_us,
        state.arrive_us,
        state.via,
        state.ahead_us,
    )
    able, lesser = np.empty((units, n), np.bool_), np.empty((units, n), np.bool_)
    for unit in range(units):
        for k in range(n):
            in_time = state.arrive_us[unit] < before_us[k]
            able[unit, k] = columns[unit, k] and in_time
            lesser[unit, k] = columns[unit, n + k] and in_time
    target_us, bridges = np.empty(n, np.int64), np.empty(n, np.int64)
    for k in range(n):
        target_us[k] = received_us + plans.target_us[kind[k], priority] - now_us
        main = plans.bridges[start + asked[k]]
        bridges[k] = NOBODY if main == NOBODY else index[main]
    unit_of = np.full(n, NOBODY, np.int64)
    opened, needless = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    respond(
        able,
        lesser,
        state.arrive_us,
        state.outside,
        target_us,
        plans.weight[kind],
        plans.required[kind],
        bridges,
        unit_of,
        opened,
        needless,
    )
    empty, waits, sent = np.int64(0), False, False
    for k in range(n):
        unit = unit_of[k]
        if unit == NOBODY:
            if not needless[k]:
                empty |= np.int64(1) << asked[k]
                waits |= plans.required[kind[k]]
            continue
        held = state.unit["call"][unit]
        if held >= 0:  # It was on its way to something less urgent.
            old = state.rows[state.unit["row"][unit]]
            old[OUTCOME], old[BACK_AT], old[TO_CALL] = DIVERTED, now_us, call
            if old[EN_ROUTE_AT] > now_us:
                old[EN_ROUTE_AT] = -1
            state.filled[held, state.unit["slot"][unit]] = -1
            state.bumped[bumped] = held
            bumped += 1
            state.counts[BUMPED] += 1
        us, via, ahead_us = state.arrive_us[unit], state.via[unit], state.ahead_us[unit]
        send(
            calls, service, ways, fleet, state, unit, call, asked[k], now_us, metric, off_us, us, via, ahead_us
        )  # fmt: skip
        state.filled[call, asked[k]] = state.unit["row"][unit]
        sent = True
    if tracing:
        state.trace["end"][state.counts[TRACED] - 1] = state.counts[ROWS]
        state.counts[TRACED] -= again and not sent
    wait_for(calls, state, call, empty if waits else np.int64(0), now_us)
    return bumped


@kernel_apart
def decide_all(
    calls: Calls,
    plans: Plans,
    service: Service,
    ways: Ways,
    fleet: Fleet,
    state: State,
    call: int,
    now_us: int,
    again: bool,
) -> None:
    """Decide on a call, and anew on those whose units it takes: the last one first."""
    bumped = decide(calls, plans, service, ways, fleet, state, call, now_us, 0, again)
    while bumped > 0:
        bumped -= 1
        held = state.bumped[bumped]
        bumped = decide(calls, plans, service, ways, fleet, state, held, now_us, bumped, False)  # noqa: FBT003


@kernel_apart
def happened(
    calls: Calls,
    plans: Plans,
    service: Service,
    ways: Ways,
    fleet: Fleet,
    state: State,
    unit: int,
    before: int,
    now_us: int,
) -> None:
    """Draw the consequences of a unit's new status for calls that are answered by response plans.

    Bridges that are still on the way are stood down when the unit arrives that they bridge the time to. A unit that has
    become free may fill an open slot: the waiting calls for which it could are decided on anew, in their order.
    """
    status = fleet["status"][unit]
    if status == AT_SCENE:
        call, slot = state.unit["call"][unit], state.unit["slot"][unit]
        start = plans.start[calls.each["plan"][call]]
        for other in range(len(fleet)):
            if fleet["status"][other] not in (NOTIFIED, EN_ROUTE) or state.unit["call"][other] != call:
                continue
            if plans.bridges[start + state.unit["slot"][other]] == slot:
                state.unit["cancel_us"][other] = now_us
                set_due(state, other, now_us)
        return
    if before in (AVAILABLE, RETURNING):
        return
    at = 0
    while at < state.counts[WAITING] and fleet["status"][unit] in (AVAILABLE, RETURNING):
        call = state.queue[at]
        start = plans.start[calls.each["plan"][call]]
        fits = False
        for slot in range(plans.start[calls.each["plan"][call] + 1] - start):
            kind = plans.kind[start + slot]
            fits |= state.filled[call, slot] < 0 and (plans.able[kind, unit, 0] or plans.lesser[kind, unit])
        if fits:
            decide_all(calls, plans, service, ways, fleet, state, call, now_us, True)  # noqa: FBT003
        if at < state.counts[WAITING] and state.queue[at] == call:
            at += 1


@kernel_aside
def change_crew(plans: Plans, unit: int, crew: int) -> None:
    """Give a unit another crew: what it can do from now on."""
    for kind in range(len(plans.able)):
        plans.able[kind, unit, 0] = plans.crew_able[kind, crew]
        plans.lesser[kind, unit] = plans.crew_lesser[kind, crew]


@kernel_inner
def fetch(calls: Calls, service: Service, ways: Ways, state: State, call: int) -> None:
    """Touch what the decision on a call will read, so that memory brings it all at once while other events happen.

    These rows lie anywhere in tables far larger than a cache; waiting for them is a good part of a decision's time.
    """
    node, priority = calls.each["node"][call], calls.each["priority"][call]
    band = band_at(service, calls.each["ready_us"][call])
    there, back = service.response_metric[band, priority], service.return_metric[band]
    touched = np.int64(ways.tables.position[node])
    for place in range(0, ways.places.from_us.shape[2], _LINE):
        touched ^= ways.places.from_us[there, node, place] ^ ways.places.to_us[back, node, place]
    state.counts[TOUCHED] = touched  # Kept, or the compiler would leave the reading out.


@kernel
def run(calls: Calls, plans: Plans, service: Service, ways: Ways, fleet: Fleet, state: State, upto_call: int) -> None:
    """Run until `upto_call` calls have been decided on; with all of them, until every unit has finished.

    Called again with more, it goes on where it stopped. The fleet and the state must be fresh at the first call.
    """
    all_calls, changes, units = len(calls.each), len(service.duty), len(fleet)
    call, duty = state.counts[NEXT_CALL], state.counts[NEXT_DUTY]
    rich, tracing = plans.rich, len(state.trace) > 0
    full = len(state.trace) - 8 * (units + state.there_us.shape[1])  # One event leads to fewer decisions than that.
    while call < upto_call or upto_call == all_calls:
        if tracing and state.counts[TRACED] > full:
            break  # To be read and emptied; then it goes on.
        unit = state.tree[1]
        unit_us = state.leaf["due_us"][unit]
        duty_us = service.duty["at_us"][duty] if duty < changes else NEVER
        call_us = calls.each["ready_us"][call] if call < all_calls else NEVER
        over = unit_us == NEVER and call_us == NEVER
        if over and (duty_us == NEVER or not (anybody_waits(state) or state.counts[WAITING] > 0)):
            break
        if unit_us <= duty_us and unit_us <= call_us:
            state.counts[END_US] = unit_us
            before = fleet["status"][unit]
            unit_event(calls, plans, service, ways, fleet, state, unit, unit_us)
            if rich:
                happened(calls, plans, service, ways, fleet, state, unit, before, unit_us)
            continue
        if duty_us <= call_us:
            state.counts[END_US] = duty_us
            who, on = service.duty["unit"][duty], service.duty["on"][duty]
            before = np.int64(OUT_OF_SERVICE)
            if on >= CREWS:
                change_crew(plans, who, on - CREWS)
            else:
                before = fleet["status"][who]
                duty_change(calls, plans, service, ways, fleet, state, who, on != 0, duty_us)
            if rich and fleet["status"][who] != AT_SCENE:
                happened(calls, plans, service, ways, fleet, state, who, before, duty_us)
            duty += 1
            continue
        state.counts[END_US] = call_us
        if rich:
            decide_all(calls, plans, service, ways, fleet, state, call, call_us, False)  # noqa: FBT003
            call += 1
            continue
        plan = calls.each["plan"][call]
        slots = plans.start[plan + 1] - plans.start[plan]
        begin = plans.able_ptr[plan]
        able = plans.able_flat[begin : begin + units * slots].reshape(units, slots)
        again, first, bumped = call, 0, 0
        while True:
            look(calls, plans, service, ways, fleet, state, again, first, slots, able, call_us)
            if tracing:
                note(calls, service, ways, fleet, state, again, np.arange(first, first + slots), call_us)
            if slots == 1:
                target_us, weight = state.target_us[0], state.weight[0]
                state.chosen[0] = choose_one(able, state.arrive_us, state.outside, target_us, weight, 0)
            else:
                choose(
                    able,
                    state.arrive_us,
                    state.outside,
                    state.target_us[:slots],
                    state.weight[:slots],
                    state.required[:slots],
                    state.chosen[:slots],
                )
            bumped = carry_out(calls, plans, service, ways, fleet, state, again, first, slots, call_us, bumped)
            if tracing:
                state.trace["end"][state.counts[TRACED] - 1] = state.counts[ROWS]
            if bumped == 0:
                break
            bumped -= 1
            again, first, slots = state.bumped[bumped] >> 16, state.bumped[bumped] & 0xFFFF, 1
            able = plans.able[plans.kind[plans.start[calls.each["plan"][again]] + first]]
        call += 1
        if call < all_calls:
            fetch(calls, service, ways, state, call)
    state.counts[NEXT_CALL], state.counts[NEXT_DUTY] = call, duty


def warm() -> None:
    """Compile the engine once: a run of no call."""

    def read_only(kind: type, dimensions: int) -> NDArray[Any]:
        array: NDArray[Any] = np.zeros((1,) * dimensions, kind)
        array.flags.writeable = False  # As in every `Tables` and `PlaceTables`: kernels are compiled for that.
        return array

    def whole(*shape: int) -> NDArray[np.int64]:
        return np.zeros(shape, np.int64)

    def flags(*shape: int) -> NDArray[np.bool_]:
        return np.zeros(shape, np.bool_)

    n32, n64 = np.int32, np.int64
    kinds = [
        (n32, 1),
        (n32, 1),
        (n32, 2),
        (n64, 1),
        (n64, 2),
        (n64, 2),
        (n64, 1),
        (n32, 1),
        (n32, 1),
        (n64, 2),
        (n64, 2),
    ]
    tables = Tables(*(read_only(*kind) for kind in [*kinds, (n32, 3), (n32, 3)]))
    kinds = [(n32, 1), (n64, 3), (n64, 3), (n32, 2), (n32, 2), (n64, 2), (n32, 2), (n32, 2)]
    places = PlaceTables._make([*(read_only(*kind) for kind in kinds), 0])
    ways = Ways(tables, places, np.zeros(1), np.zeros((1, 1)), np.zeros((1, 1)), whole(1, 1))
    state = State(
        tree=np.array([0, 0, 0, 1], np.int64), leaf=np.array([(NEVER, 0), (NEVER, 0)], LEAVES), unit=np.zeros(1, UNITS),
        in_us=whole(1, STATUSES), waits=whole(1), wait_start=whole(2), wait_count=whole(1), rows=whole(1, COLUMNS),
        counts=whole(COUNTS), bumped=whole(1), filled=whole(1, 1), open=whole(1), queue=whole(1),
        began=np.zeros(1, WAITS), trace=np.zeros(0, TRACE), seen=np.zeros((0, 1), SEEN), there_us=whole(0, 1),
        may=flags(1), outside=flags(1), soonest_us=whole(1, 1),
        to_hospital_us=whole(1), door_able=flags(1), door_diverting=flags(1),
        arrive_us=whole(1), via=whole(1), ahead_us=whole(1), chosen=whole(1),
        target_us=whole(1), weight=whole(1), required=flags(1),
    )  # fmt: skip
    plans = Plans(
        start=whole(2), kind=whole(1), able=flags(1, 1, 1), able_ptr=whole(1), able_flat=flags(1),
        target_us=whole(1, 5), required=flags(1), rich=False, lesser=flags(1, 1), bridges=whole(1),
        weight=whole(1), plain_us=whole(1, 5),
        crew_able=flags(1, 1), crew_lesser=flags(1, 1),
    )  # fmt: skip
    service = Service(
        whole(1),
        whole(1, 5),
        whole(1),
        0,
        flags(5, 5),
        np.zeros(1, POSTS),
        np.zeros(1, DOORS),
        np.zeros(0, DUTY),
        True,  # noqa: FBT003
    )
    calls = Calls(np.zeros(0, CALLS), whole(0, 1, 1, DRAWN))
    run(calls, plans, service, ways, np.zeros(1, FLEET), state, 0)

"""The engine equals its plain twin to the microsecond, unit by unit; and what it leaves out changes nothing."""

import copy
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenhour.dispatch import arrival_kernels
from goldenhour.fleet.status_codes import AVAILABLE, OUT_OF_SERVICE
from goldenhour.roads import hierarchy
from goldenhour.roads.network import UNREACHABLE_US, Network
from goldenhour.roads.times import Roads
from goldenhour.simulate import engine, kernels
from tests.reference import simulate as plain

HOUR = 3_600_000_000
DRAWN = [
    "turnout", "turnout_away", "travel_ppm", "cancel_ppm", "scene", "destination", "transport_ppm", "handover",
    "travel_extra", "transport_extra",
]  # fmt: skip
ROW = ["call", "slot", "unit", "notified", "en_route", "on_scene", "left", "there", "back", "hospital"]
OUTCOMES = ["open", "completed", "diverted", "cancelled"]


FEWER = settings(max_examples=settings().max_examples // 2)  # The twin is slow; `make soak` asks for many more.


def random_case(seed, *, busy=True):
    """A small city with shifts, slots, redispatch, two hours of the week and every kind of draw, from a seed.

    Times are large random numbers, so that no two ways take equally long.
    """
    rng = np.random.default_rng(seed)
    nodes = int(rng.integers(4, 14))
    pairs = {(i, (i + 1) % nodes) for i in range(nodes)} | {((i + 1) % nodes, i) for i in range(nodes)}
    pairs |= {(int(a), int(b)) for a, b in rng.integers(0, nodes, (nodes, 2)) if a != b}
    slow = {pair: int(rng.integers(5_000_000, 400_000_000)) for pair in sorted(pairs)}
    arcs = {pair: [int(us * rng.uniform(0.5, 1.0)), us] for pair, us in slow.items()}
    units, types = int(rng.integers(1, 7)), int(rng.integers(1, 3))
    stations = [(int(rng.integers(nodes)), float(rng.uniform(0, 0.3))) for _ in range(3)]
    doors = [(int(rng.integers(nodes)), float(rng.uniform(0, 0.3))) for _ in range(int(rng.integers(0, 3)))]
    fleet = [
        {
            "station": stations[rng.integers(3)],
            "turnout_us": int(rng.choice([0, 60_000_000])),
            "group": int(rng.integers(types)),
            "on": bool(rng.random() < 0.8),
        }
        for _ in range(units)
    ]
    plans = [
        [
            {
                "able": set(np.flatnonzero(rng.random(units) < 0.7).tolist()),
                "target_us": int(rng.choice([0, 300_000_000, 3_000_000_000])),
                "required": bool(rng.random() < 0.8),
            }
            for _ in range(int(rng.integers(1, 4)))
        ]
        for _ in range(3)
    ]
    n = int(rng.integers(1, 25))
    gaps = rng.integers(0, 300_000_000 if busy else HOUR, n)
    received = np.cumsum(gaps) * rng.choice([0, 1, 1, 1])  # Now and then all at once.
    calls = [
        {
            "received_us": int(at),
            "ready_us": int(at) + 1_000_000,
            "priority": int(rng.integers(1, 5)),
            "node": int(rng.integers(nodes)),
            "off_road_km": float(rng.uniform(0, 0.3)),
            "plan": int(rng.integers(3)),
            "drawn": [[random_draw(rng) for _ in range(types)] for _ in range(3)],
        }
        for at in received
    ]
    duty = sorted((int(rng.integers(0, HOUR)), int(rng.integers(units)), bool(rng.random() < 0.6)) for _ in range(4))
    service = {
        "bands": [(0, [0, 0, 0, 1, 1], 1), (10 * HOUR, [0, 0, 1, 0, 1], 1 if rng.random() < 0.7 else 0)],
        "week_us": 10 * HOUR - int(rng.integers(0, HOUR)),
        "redispatch": {pair for pair in [(3, 1), (2, 1), (4, 3), (4, 1), (3, 2)] if rng.random() < 0.6},
        "doors": doors,
        "duty": duty,
    }
    return {"nodes": nodes, "arcs": arcs, "us_per_km": [60_000_000.0, 100_000_000.0], "units": fleet, "plans": plans,
            "calls": calls, "service": service}  # fmt: skip


def by_plans(case, seed):
    """Make the case's answers response plans: lesser units, weights, bridges, margins, and crews that change."""
    rng = np.random.default_rng((seed, 1))
    units = len(case["units"])
    for plan in case["plans"]:
        plan[0]["required"] = True
        for at, slot in enumerate(plan):
            slot["plain_us"] = max(0, slot["target_us"] - int(rng.choice([0, 200_000_000])))
            slot["weight"] = int(rng.choice([1, 1, 3]))
            slot["lesser"] = set(np.flatnonzero(rng.random(units) < 0.4).tolist()) if rng.random() < 0.5 else set()
            slot["bridges"] = 0 if at and rng.random() < 0.6 else -1
            slot["required"] &= slot["bridges"] < 0
    slots = [(p, s) for p, plan in enumerate(case["plans"]) for s in range(len(plan))]
    crews = [[{one for one in slots if rng.random() < 0.6} for _ in "ab"] for _ in range(3)]
    changes = [(int(rng.integers(0, HOUR)), int(rng.integers(units)), int(rng.integers(3))) for _ in range(4)]
    duty = sorted([*case["service"]["duty"], *changes], key=lambda one: one[0])
    case["service"] |= {"crews": crews, "duty": duty}
    return case | {"rich": True}


def random_draw(rng):
    return {
        "turnout": int(rng.choice([-1, 0, 45_000_000])),
        "turnout_away": int(rng.choice([0, 0, 20_000_000, 400_000_000])),
        "travel_ppm": int(rng.choice([1_000_000, 1_000_000, 700_000, 1_300_001])),
        "cancel_ppm": int(rng.choice([-1, -1, -1, 0, 400_000, 1_000_000])),
        "scene": int(rng.integers(0, 900_000_000)),
        "destination": int(rng.choice([-1, 0, 0, 1])),
        "transport_ppm": int(rng.choice([1_000_000, 1_500_000])),
        "handover": int(rng.integers(0, 900_000_000)),
        "travel_extra": int(rng.choice([0, 0, 30_000_000])),
        "transport_extra": int(rng.choice([0, 30_000_000])),
    }


def run_plain(case):
    case = copy.deepcopy(case)
    city = plain.City(case["nodes"], case["arcs"], case["us_per_km"])
    rich = case.get("rich", False)
    return plain.Simulation(city, case["service"], case["units"], case["calls"], case["plans"], rich=rich).run()


def network_of(case):
    pairs = list(case["arcs"])
    arcs, nodes = len(pairs), case["nodes"]
    return Network(
        node_lon=np.cos(np.arange(nodes)), node_lat=np.sin(np.arange(nodes)), off_road=np.ones(nodes, np.bool_),
        tail=np.array([a for a, _ in pairs], np.int32), head=np.array([b for _, b in pairs], np.int32),
        length_m=np.ones(arcs), road_class=np.zeros(arcs, np.int8),
        time_us=np.array([case["arcs"][pair] for pair in pairs], np.int64).T.copy(), km_per_lon=1.0, km_per_lat=1.0,
        street=np.full(arcs, -1, np.int32), streets=(), shape_ptr=np.zeros(arcs + 1, np.int64),
        shape_lon=np.zeros(0), shape_lat=np.zeros(0),
    )  # fmt: skip


def ways_for(case):
    network = network_of(case)
    roads = Roads(network, hierarchy.build(network))
    nodes = sorted({unit["station"][0] for unit in case["units"]} | {node for node, _ in case["service"]["doors"]})
    return engine.ways_of(roads, nodes, way_metric=1, us_per_km=np.array(case["us_per_km"])), nodes


def plans_as_arrays(case):
    """Every slot of every plan is a kind of its own."""
    units, rich = range(len(case["units"])), case.get("rich", False)
    slots = [(p, s, slot) for p, plan in enumerate(case["plans"]) for s, slot in enumerate(plan)]
    crews = case["service"].get("crews", [])

    def of_units(name):
        return np.array([[unit in slot.get(name, ()) for unit in units] for _, _, slot in slots], np.bool_)

    def of_crews(part):
        found = [[(p, s) in crew[part] for crew in crews] for p, s, _ in slots]
        return np.array(found, np.bool_).reshape(len(slots), len(crews))

    able = of_units("able")
    start = np.cumsum([0, *map(len, case["plans"])])
    flat = [np.ascontiguousarray(able[a:b].T).ravel() for a, b in pairwise(start)]
    return kernels.Plans(
        start=start,
        kind=np.arange(len(slots)),
        able=np.ascontiguousarray(able[:, :, None]),
        able_ptr=np.cumsum([0, *map(len, flat)])[:-1],
        able_flat=np.concatenate(flat),
        target_us=np.array([[slot["target_us"]] * 5 for _, _, slot in slots], np.int64),
        required=np.array([slot["required"] for _, _, slot in slots], np.bool_),
        rich=rich,
        lesser=of_units("lesser"),
        bridges=np.array([slot.get("bridges", -1) for _, _, slot in slots], np.int64),
        weight=np.array([slot.get("weight", 1) for _, _, slot in slots], np.int64),
        plain_us=np.array([[slot.get("plain_us", 0)] * 5 for _, _, slot in slots], np.int64),
        crew_able=of_crews(0),
        crew_lesser=of_crews(1),
    )


def run_kernel(case, *, prune=True, chunks=1, trace=False):
    ways, nodes = ways_for(case)
    place = {node: at for at, node in enumerate(nodes)}
    units, calls, service = case["units"], case["calls"], case["service"]
    each = np.zeros(len(calls), kernels.CALLS)
    for name in ("received_us", "ready_us", "priority", "node", "off_road_km", "plan"):
        each[name] = [call[name] for call in calls]
    each["area"] = each["first_us"] = -1
    drawn = np.array(
        [[[[d[key] for key in DRAWN] for d in slot] for slot in call["drawn"]] for call in calls], np.int64
    )
    redispatch = np.zeros((5, 5), np.bool_)
    for low, high in service["redispatch"]:
        redispatch[low, high] = True
    plans = plans_as_arrays(case)
    posts = [(place[unit["station"][0]], *unit["station"], unit["turnout_us"], unit["group"], -1) for unit in units]
    arranged = kernels.Service(
        band_start_us=np.array([band[0] for band in service["bands"]], np.int64),
        response_metric=np.array([band[1] for band in service["bands"]], np.int64),
        return_metric=np.array([band[2] for band in service["bands"]], np.int64),
        week_us=service["week_us"],
        redispatch=redispatch,
        post=np.array(posts, kernels.POSTS),
        door=np.array([(place[node], node, km) for node, km in service["doors"]], kernels.DOORS),
        duty=np.array(
            [(us, unit, on if isinstance(on, bool) else kernels.CREWS + on) for us, unit, on in service["duty"]],
            kernels.DUTY,
        ),
        prune=prune,
    )
    fleet = np.zeros(len(units), arrival_kernels.FLEET)
    fleet["status"] = [AVAILABLE if unit["on"] else OUT_OF_SERVICE for unit in units]
    fleet["node"], fleet["off_road_km"] = [u["station"][0] for u in units], [u["station"][1] for u in units]
    fleet["place"] = [place[unit["station"][0]] for unit in units]
    fleet["turnout_us"] = [unit["turnout_us"] for unit in units]
    fleet["from_place"] = fleet["to_place"] = -1
    fleet["factor_ppm"], fleet["lag_us"] = 1_000_000, UNREACHABLE_US
    listed = kernels.Calls(each, np.array(drawn, np.int64))
    state = engine.new_state(len(units), len(service["doors"]), listed, plans, trace=trace)
    for upto in [len(calls) * part // chunks for part in range(1, chunks + 1)]:
        kernels.run(listed, plans, arranged, ways, fleet, state, upto)
    for unit in range(len(units)):
        state.in_us[unit, fleet["status"][unit]] += state.counts[kernels.END_US] - state.unit["since_us"][unit]
    return listed, state


def told(listed, state):
    rows = state.rows[: state.counts[kernels.ROWS]]
    return [
        {name: int(row[at]) for at, name in enumerate(ROW)}
        | {"outcome": OUTCOMES[row[kernels.OUTCOME]], "to_call": int(row[kernels.TO_CALL])}
        | {"expected": int(row[kernels.EXPECTED])}
        for row in rows
    ]


@given(seed=st.integers(0, 2**32), busy=st.booleans())
@FEWER
def test_every_unit_does_what_it_does_in_the_plain_version(seed, busy):
    case = random_case(seed, busy=busy)

    listed, state = run_kernel(case)

    right = run_plain(case)
    assert told(listed, state) == right.rows
    assert listed.each["first_us"].tolist() == [call["first_us"] for call in right.calls]
    assert state.in_us.tolist() == [unit["in_us"] for unit in right.units]
    assert (state.counts[kernels.QUEUED], state.counts[kernels.BUMPED]) == (right.queued, right.bumped)
    assert state.counts[kernels.END_US] == right.now


@given(seed=st.integers(0, 2**32), busy=st.booleans())
@FEWER
def test_by_response_plans_every_unit_does_what_it_does_in_the_plain_version(seed, busy):
    case = by_plans(random_case(seed, busy=busy), seed)

    listed, state = run_kernel(case, trace=True)

    right = run_plain(case)
    assert told(listed, state) == right.rows
    assert listed.each["first_us"].tolist() == [call["first_us"] for call in right.calls]
    assert state.in_us.tolist() == [unit["in_us"] for unit in right.units]
    assert (state.counts[kernels.QUEUED], state.counts[kernels.BUMPED]) == (right.queued, right.bumped)
    assert state.counts[kernels.END_US] == right.now
    began = state.began[: state.counts[kernels.BEGAN]].tolist()
    assert began == [(at, call, sum(1 << slot for slot in slots)) for at, call, slots in right.began]
    kept = slice(0, state.counts[kernels.TRACED])
    asked = [np.flatnonzero(row == kernels.NEVER).tolist() for row in state.there_us[kept]]
    trace = zip(state.trace[kept].tolist(), asked, strict=True)
    assert [(at, call, slots, start, end) for (at, call, start, end), slots in trace] == right.asked


@given(seed=st.integers(0, 2**32), rich=st.booleans())
@FEWER
def test_arrivals_that_are_not_worked_out_never_change_who_goes(seed, rich):
    case = by_plans(random_case(seed), seed) if rich else random_case(seed)

    assert told(*run_kernel(case, prune=True)) == told(*run_kernel(case, prune=False))


@given(seed=st.integers(0, 2**32), rich=st.booleans())
@FEWER
def test_each_units_times_in_its_states_add_up_to_the_clock(seed, rich):
    _, state = run_kernel(by_plans(random_case(seed), seed) if rich else random_case(seed))

    assert (state.in_us >= 0).all()
    assert (state.in_us.sum(axis=1) == state.counts[kernels.END_US]).all()


@pytest.mark.parametrize("chunks", [2, 7])
def test_a_run_in_parts_is_the_same_run(chunks):
    case = random_case(7)

    assert told(*run_kernel(case, chunks=chunks)) == told(*run_kernel(case))

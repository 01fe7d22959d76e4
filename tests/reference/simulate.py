"""The simulator in plain Python: an event list, Dijkstra, the plain dispatch decision. simulate.kernels must equal it.

Times are whole microseconds. A `city` holds arcs as {(tail, head): [time of each metric]}, `us_per_km` of each metric,
stations and hospitals as (node, km). Calls, units and draws are dicts, named as the kernel's columns.
"""

import heapq
from collections import defaultdict
from functools import cache

from tests.reference import dispatch

AVAILABLE, NOTIFIED, EN_ROUTE, AT_SCENE, TRANSPORTING, AT_HOSPITAL, RETURNING, OUT = range(8)
WORDS = ["available", "notified", "en_route", "at_scene", "transporting", "at_hospital", "returning", "out_of_service"]
CANNOT = 1 << 60
PPM = 1_000_000
WEEK = 7 * 24 * 3600 * 1_000_000


class City:
    def __init__(self, nodes, arcs, us_per_km):
        self.nodes, self.arcs, self.us_per_km = nodes, arcs, us_per_km
        self.from_node = cache(self._from_node)

    def _from_node(self, metric, start):
        leaving = defaultdict(list)
        for (tail, head), times in self.arcs.items():
            leaving[tail].append((head, times[metric]))
        found, before, ahead = {start: 0}, {}, [(0, start)]
        while ahead:
            at, node = heapq.heappop(ahead)
            if at > found[node]:
                continue
            for head, us in leaving[node]:
                if at + us < found.get(head, CANNOT):
                    found[head], before[head] = at + us, node
                    heapq.heappush(ahead, (at + us, head))
        return found, before

    def time(self, metric, start, end):
        return self.from_node(metric, start)[0].get(end, CANNOT)

    def path(self, metric, start, end):
        """Return [(node, microseconds from the start), ...]."""
        found, before = self.from_node(metric, start)
        way = [end]
        while way[-1] != start:
            way.append(before[way[-1]])
        return [(node, found[node]) for node in reversed(way)]

    def off(self, km, metric):
        return round(km * self.us_per_km[metric])


def scaled(us, ppm):
    return us * ppm // PPM


class Simulation:
    """`service`: bands [(start, [metric by priority], return metric)], week_us, redispatch {(from, to)}, doors
    [(node, km)], duty [(us, unit, on)]. `plans`: lists of slots, each with able (set of units), target_us, required.

    `rich`: these are response plans, whose slots have also lesser (set of units), weight, bridges (a slot of the plan,
    or NOBODY) and plain_us; duty may then hold (us, unit, crew) with a crew of `service["crews"]`: what it is able for
    and
    what as a lesser one, two sets of (plan, slot)."""

    def __init__(self, city, service, units, calls, plans, *, rich=False):
        self.city, self.service, self.units, self.calls, self.plans = city, service, units, calls, plans
        self.rich, self.began, self.asked = rich, [], []
        self.now = self.order = self.queued = self.bumped = 0
        self.events, self.rows, self.waiting = [], [], []
        for index, unit in enumerate(units):
            unit |= {
                "index": index,
                "status": AVAILABLE if unit["on"] else OUT,
                "call": None,
                "since": 0,
                "in_us": [0] * 8,
            }
            unit |= {"leaving": False, "event": 0, "at": unit["station"], "leg": None}
        for call in calls:
            call |= {"first_us": -1, "filled": {}, "open": set()}

    def run(self):
        for index, call in enumerate(self.calls):
            heapq.heappush(self.events, (call["ready_us"], 2, index, "call", index))
        for index, (us, unit, on) in enumerate(self.service["duty"]):
            heapq.heappush(self.events, (us, 1, index, "duty", (unit, on)))
        while self.events:
            at, _, _, kind, what = heapq.heappop(self.events)
            if kind == "unit" and what[1] != self.units[what[0]]["event"]:
                continue  # It was given another event since.
            if kind == "duty" and not self.more_to_come():
                break
            self.now = at
            if self.rich:
                self.happen_by_plans(kind, what)
            elif kind == "call":
                self.decide(what, list(range(len(self.plans[self.calls[what]["plan"]]))))
            elif kind == "duty":
                self.duty(*what)
            else:
                self.happen(self.units[what[0]])
        for unit in self.units:
            unit["in_us"][unit["status"]] += self.now - unit["since"]
        return self

    def more_to_come(self):
        live = (kind == "call" or (kind == "unit" and what[1] == self.units[what[0]]["event"])
                for _, _, _, kind, what in self.events)  # fmt: skip
        return any(live) or bool(self.waiting) or any(call["open"] for call in self.calls)

    # Response plans: the open slots of a call are decided on together, as the desk asks.

    def happen_by_plans(self, kind, what):
        if kind == "call":
            self.ask_all(what, again=False)
            return
        unit = self.units[what[0]]
        before = unit["status"]
        if kind == "unit":
            self.happen(unit)
            if unit["status"] == AT_SCENE:
                self.stand_down(unit)
        elif isinstance(what[1], bool):
            self.duty(*what)
        else:
            self.change_crew(*what)
            before = OUT
        if before not in (AVAILABLE, RETURNING):
            self.work_by_plans(unit)

    def change_crew(self, index, crew):
        able, lesser = self.service["crews"][crew]
        for p, plan in enumerate(self.plans):
            for s, slot in enumerate(plan):
                for name, who in (("able", able), ("lesser", lesser)):
                    (slot[name].add if (p, s) in who else slot[name].discard)(index)

    def stand_down(self, unit):
        call, slot = unit["call"]
        plan = self.plans[self.calls[call]["plan"]]
        for other in self.units:
            under_way = other["status"] in (NOTIFIED, EN_ROUTE) and other["call"][0] == call
            if under_way and plan[other["call"][1]]["bridges"] == slot:
                other["cancel"] = self.now
                self.next_event(other, self.now)

    def urgency(self, call):
        return self.calls[call]["priority"], self.calls[call]["received_us"], call

    def work_by_plans(self, unit):
        last = (0,)
        while unit["status"] in (AVAILABLE, RETURNING):
            ahead = [self.urgency(at) for at, call in enumerate(self.calls) if call["open"]]
            ahead = [one for one in ahead if one > last]
            if not ahead:
                return
            last = min(ahead)
            call = self.calls[last[2]]
            slots = [slot for s, slot in enumerate(self.plans[call["plan"]]) if s not in call["filled"]]
            if any(unit["index"] in slot["able"] | slot["lesser"] for slot in slots):
                self.ask_all(last[2], again=True)

    def ask_all(self, call, *, again):
        bumped = self.ask(call, again=again)
        while bumped:
            bumped += self.ask(bumped.pop(), again=False)

    def still_needed(self, place):
        """Return a call's open slots, and until when each must be filled to be of use where that matters."""
        plan, filled, received = self.plans[place["plan"]], place["filled"], place["received_us"]
        asked, before = [], {}
        for s, slot in enumerate(plan):
            main = slot["bridges"]
            if s in filled:
                continue
            if main in filled:
                there = filled[main]["expected"]
                if there <= received + plan[main]["plain_us"]:
                    continue  # What it would bridge the time to comes in time.
                before[s] = there - self.now
            asked.append(s)
        return asked, before

    def ask(self, call, *, again):
        """Decide on the open slots of a call; return the calls whose units are taken."""
        place = self.calls[call]
        plan, received = self.plans[place["plan"]], place["received_us"]
        asked, before = self.still_needed(place)
        units = range(len(self.units))
        reached = [self.reach(unit, call) if self.may(unit, call) else (CANNOT,) for unit in self.units]
        answer, _, needless = dispatch.respond(
            [[u in plan[s]["able"] and reached[u][0] < before.get(s, CANNOT) for s in asked] for u in units],
            [
                [u in plan[s]["able"] | plan[s]["lesser"] and reached[u][0] < before.get(s, CANNOT) for s in asked]
                for u in units
            ],
            [one[0] for one in reached],
            [False] * len(self.units),
            [received + plan[s]["target_us"] - self.now for s in asked],
            [plan[s]["weight"] for s in asked],
            [plan[s]["required"] for s in asked],
            [asked.index(plan[s]["bridges"]) if plan[s]["bridges"] in asked else dispatch.NOBODY for s in asked],
        )
        return self.carry_out(call, asked, answer, needless, reached, again=again)

    def carry_out(self, call, asked, answer, needless, reached, *, again):
        place = self.calls[call]
        plan, bumped, empty, start = self.plans[place["plan"]], [], set(), len(self.rows)
        for s, index, left_out in zip(asked, answer, needless, strict=True):
            if index == dispatch.NOBODY:
                empty |= set() if left_out else {s}
                continue
            unit = self.units[index]
            if unit["call"]:
                bumped.append(unit["call"][0])
                self.bumped += 1
                row = unit["row"]
                row |= {"outcome": "diverted", "back": self.now, "to_call": call}
                if row["en_route"] > self.now:
                    row["en_route"] = -1
                del self.calls[unit["call"][0]]["filled"][unit["call"][1]]
            self.send(unit, call, s, reached[index])
            place["filled"][s] = unit["row"]
        if asked and (len(self.rows) > start or not again):
            self.asked.append((self.now, call, asked, start, len(self.rows)))
        waits = empty if any(plan[s]["required"] for s in empty) else set()
        self.queued += len(waits - place["open"])
        if waits and waits != place["open"]:
            self.began.append((self.now, call, waits))
        place["open"] = waits
        return bumped

    def next_event(self, unit, at):
        self.order += 1
        unit["event"] = self.order
        if at is not None:
            index = unit["index"]
            heapq.heappush(self.events, (at, 0, -self.order, "unit", (index, self.order)))

    def become(self, unit, status):
        unit["in_us"][unit["status"]] += self.now - unit["since"]
        unit["since"], unit["status"] = self.now, status

    def band(self):
        week = (self.service["week_us"] + self.now) % WEEK
        return [band for band in self.service["bands"] if band[0] <= week][-1]

    def metric(self, call):
        return self.band()[1][self.calls[call]["priority"]]

    def whereabouts(self, unit, metric):
        old, start, first, last, ppm = unit["leg"]
        if self.now <= start:
            return first, start - self.now
        way = self.city.path(old, first, last)
        beyond = self.now - start - scaled(way[-1][1], ppm)
        if beyond >= 0:
            if metric != old:
                beyond = round(beyond * (self.city.us_per_km[metric] / self.city.us_per_km[old]))
            return last, beyond
        gone = (self.now - start) * PPM // ppm
        node, at = next((node, at) for node, at in way if at > gone)
        return node, scaled(at - gone, ppm)

    def reach(self, unit, call):
        """Return (arrival, first node, microseconds to it, road time from it)."""
        metric, place = self.metric(call), self.calls[call]
        if unit["status"] in (EN_ROUTE, RETURNING):
            via, ahead = self.whereabouts(unit, metric)
        else:
            via, km = unit["at"]
            ahead = self.city.off(km, metric)
            if unit["status"] == AVAILABLE:
                ahead += unit["turnout_us"]
            elif unit["status"] == NOTIFIED:
                ahead += max(0, unit["ready"] - self.now)
        road = self.city.time(metric, via, place["node"])
        if road >= CANNOT:
            return CANNOT, via, ahead, road
        return ahead + road + self.city.off(place["off_road_km"], metric), via, ahead, road

    def may(self, unit, call):
        held = self.calls[unit["call"][0]]["priority"] if unit["call"] else 0
        status = WORDS[unit["status"]]
        return not unit["leaving"] and dispatch.may_go(
            status, held, self.calls[call]["priority"], self.service["redispatch"]
        )

    def decide(self, call, slots):
        plan = [self.plans[self.calls[call]["plan"]][slot] for slot in slots]
        reached = [self.reach(unit, call) if self.may(unit, call) else (CANNOT,) for unit in self.units]
        answer = dispatch.choose(
            [[index in slot["able"] for slot in plan] for index in range(len(self.units))],
            [one[0] for one in reached],
            [False] * len(self.units),
            [self.calls[call]["received_us"] + slot["target_us"] - self.now for slot in plan],
            [1] * len(plan),
            [slot["required"] for slot in plan],
        )
        bumped = []
        for slot, index in zip(slots, answer, strict=True):
            if index == dispatch.NOBODY:
                self.queued += 1
                place = self.calls[call]
                heapq.heappush(self.waiting, (place["priority"], place["received_us"], call, slot))
                continue
            unit = self.units[index]
            if unit["call"]:
                bumped.append(unit["call"])
                self.bumped += 1
                row = unit["row"]
                row |= {"outcome": "diverted", "back": self.now, "to_call": call}
                if row["en_route"] > self.now:
                    row["en_route"] = -1
            self.send(unit, call, slot, reached[index])
        while bumped:  # The last one first; those that it bumps in turn come before the rest.
            again, slot = bumped.pop()
            self.decide(again, [slot])

    def send(self, unit, call, slot, reached):
        arrive, via, ahead, road = reached
        place, metric = self.calls[call], self.metric(call)
        drawn = place["drawn"][slot][unit["group"]]
        status, km = unit["status"], unit["at"][1]
        unit["row"] = {"call": call, "slot": slot, "unit": unit["index"], "notified": self.now, "en_route": -1,
                       "on_scene": -1, "left": -1, "there": -1, "back": -1, "hospital": -1, "outcome": "open",
                       "to_call": -1, "expected": self.now + arrive}  # fmt: skip
        self.rows.append(unit["row"])
        if status == AVAILABLE:
            turnout = drawn["turnout"] if drawn["turnout"] >= 0 else unit["turnout_us"]
            unit["roll"], unit["ready"] = self.now + turnout, self.now + unit["turnout_us"]
        elif status != NOTIFIED:
            unit["roll"] = self.now + drawn["turnout_away"]
        if status in (AVAILABLE, NOTIFIED):
            start = unit["roll"] + self.city.off(km, metric)
        elif status in (EN_ROUTE, RETURNING):
            start = max(self.now + ahead, unit["roll"])
        else:
            start = unit["roll"] + ahead
        start += drawn["travel_extra"]
        unit["leg"], unit["call"] = (metric, start, via, place["node"], drawn["travel_ppm"]), (call, slot)
        there = start + scaled(road, drawn["travel_ppm"]) + self.city.off(place["off_road_km"], metric)
        unit["there"], unit["cancel"] = there, None
        if drawn["cancel_ppm"] >= 0:
            unit["cancel"] = self.now + (there - self.now) * drawn["cancel_ppm"] // PPM
        if status in (AVAILABLE, NOTIFIED) and unit["roll"] > self.now:
            self.become(unit, NOTIFIED)
            self.next_event(unit, min(one for one in (unit["roll"], unit["cancel"]) if one is not None))
        else:
            unit["row"]["en_route"] = unit["roll"]
            self.become(unit, EN_ROUTE)
            self.next_event(unit, min(one for one in (there, unit["cancel"]) if one is not None))

    def happen(self, unit):
        status, row = unit["status"], unit.get("row")
        drawn = None
        if unit["call"]:
            call, slot = unit["call"]
            place = self.calls[call]
            drawn = place["drawn"][slot][unit["group"]]
        if status in (NOTIFIED, EN_ROUTE) and unit["cancel"] is not None and self.now >= unit["cancel"]:
            self.cancelled(unit)
        elif status == NOTIFIED:
            row["en_route"] = self.now
            self.become(unit, EN_ROUTE)
            self.next_event(unit, min(one for one in (unit["there"], unit["cancel"]) if one is not None))
        elif status == EN_ROUTE:
            row["on_scene"] = self.now
            if place["first_us"] < 0:
                place["first_us"] = self.now
            unit["at"] = (place["node"], place["off_road_km"])
            self.become(unit, AT_SCENE)
            self.next_event(unit, self.now + drawn["scene"])
        elif status == AT_SCENE:
            self.leave(unit, place, drawn)
        elif status == TRANSPORTING:
            row["there"] = self.now
            unit["at"] = self.service["doors"][row["hospital"]]
            self.become(unit, AT_HOSPITAL)
            self.next_event(unit, self.now + drawn["handover"])
        elif status == AT_HOSPITAL:
            self.free(unit)
        elif status == RETURNING:
            unit["at"] = unit["station"]
            self.become(unit, AVAILABLE)

    def leave(self, unit, place, drawn):
        metric, doors = self.band()[2], self.service["doors"]
        ways = sorted(
            (self.city.time(metric, place["node"], node) + self.city.off(km, metric), door)
            for door, (node, km) in enumerate(doors)
        )
        if drawn["destination"] < 0 or not doors:
            self.free(unit)
            return
        door = ways[min(drawn["destination"], len(doors) - 1)][1]
        node, km = doors[door]
        road = self.city.time(metric, place["node"], node)
        if road >= CANNOT:
            self.free(unit)
            return
        unit["row"] |= {"left": self.now, "hospital": door}
        off = self.city.off(place["off_road_km"], metric) + self.city.off(km, metric)
        self.become(unit, TRANSPORTING)
        self.next_event(unit, self.now + drawn["transport_extra"] + off + scaled(road, drawn["transport_ppm"]))

    def free(self, unit):
        unit["row"] |= {"back": self.now, "outcome": "completed"}
        if unit["leaving"]:
            self.off(unit)
        elif not self.work(unit):
            self.home(unit, unit["at"][0], self.city.off(unit["at"][1], self.band()[2]))

    def cancelled(self, unit):
        row = unit["row"]
        row |= {"outcome": "cancelled", "back": self.now}
        if row["en_route"] > self.now:
            row["en_route"] = -1
        if unit["leaving"]:
            self.off(unit)
            return
        if unit["status"] == NOTIFIED:
            unit["call"] = None
            self.become(unit, AVAILABLE)
            self.next_event(unit, None)
        else:
            self.home(unit, *self.whereabouts(unit, self.band()[2]))
        self.work(unit)

    def home(self, unit, via, ahead):
        metric = self.band()[2]
        node, km = unit["station"]
        unit["leg"], unit["call"] = (metric, self.now + ahead, via, node, PPM), None
        self.become(unit, RETURNING)
        self.next_event(unit, self.now + ahead + self.city.time(metric, via, node) + self.city.off(km, metric))

    def work(self, unit):
        index = unit["index"]
        could = [one for one in self.waiting if index in self.plans[self.calls[one[2]]["plan"]][one[3]]["able"]]
        if not could:
            return False
        first = min(could)
        self.waiting.remove(first)
        heapq.heapify(self.waiting)
        self.send(unit, first[2], first[3], self.reach(unit, first[2]))
        return True

    def off(self, unit):
        unit |= {"leaving": False, "call": None, "at": unit["station"]}
        self.become(unit, OUT)
        self.next_event(unit, None)

    def duty(self, index, on):
        unit = self.units[index]
        if on:
            unit["leaving"] = False
            if unit["status"] == OUT:
                self.become(unit, AVAILABLE)
                self.work(unit)
        elif unit["status"] in (AVAILABLE, RETURNING):
            self.off(unit)
        elif unit["status"] != OUT:
            unit["leaving"] = True

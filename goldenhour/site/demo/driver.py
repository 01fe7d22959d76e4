"""The driver plays callers, dispatchers and crews of the demo: hears what the log says, and presses what is due.

It knows only what the HTTP interface says and decides nothing itself: whom to send it asks the recommendation, as any
desk does. What each unit and call needs next follows from its board entry alone, so a call that a person adds, or a
step that a person presses, is played on like any other. Standard library only: it starts in a moment.
"""

import heapq
import itertools
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

import uuid_utils

Entry = dict[str, Any]
Answer = tuple[int, Any]

_QUEUE_AT_ONCE = 3  # Waiting calls that are asked for anew when a unit comes free.
_LEAST_URGENT, _HELD_OF_TEN, _HELD_S = 4, 6, 2400.0  # So many calls of that priority wait so long.
_OVER = ("back_in_service", "cancelled")
# What a crew tells the hospital of some natures beforehand, and of how many in ten.
_ALERTS = {
    "cardiac_arrest": ("cardiac_arrest", 10, "CPR in progress"),
    "chest_pain": ("stemi", 4, "Chest pain, ST elevation"),
    "stroke": ("stroke", 9, "Arm drift, slurred speech"),
    "traffic_incident": ("trauma", 4, "Collision, belted driver"),
    "penetrating_trauma": ("trauma_adult", 9, "Penetrating injury of the chest"),
    "fall": ("trauma", 2, "Fall from height"),
    "childbirth": ("obstetric", 9, "Contractions three minutes apart"),
    "sick_person": ("sepsis", 2, "Fever, confused, low blood pressure"),
}
_ROLLS_S = 420.0  # A volunteers' unit waits no longer for those who were paged: it rolls with whoever came.
_LOOKS_S, _ANSWERS_S, _DECLINES = 8.0, 45, 2  # After a page; then so many, and so many of ten say no.
_ACCEPTED_BY_HOSPITAL = 7  # Of ten patients; of the others the crew stamps the transfer of care itself.


class Desk(Protocol):
    """How the driver reaches goldenhour."""

    def get(self, path: str) -> Answer:
        """Return status and body."""

    def post(self, path: str, body: Entry) -> Answer:
        """Return status and body."""


def seconds(iso: str) -> float:
    """Return an API time as seconds."""
    return datetime.fromisoformat(iso).timestamp()


def iso(at_s: float) -> str:
    """Return seconds as an API time."""
    return datetime.fromtimestamp(at_s, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(order=True, slots=True)
class _Due:
    at_s: float
    order: int
    what: tuple[str, ...] = field(compare=False)
    act: Callable[[], None] = field(compare=False)


class Driver:
    """Plays the script on a desk."""

    def __init__(self, desk: Desk, script: Entry) -> None:
        """Play `script` (see script.py) through `desk`."""
        self._desk = desk
        self._rows: list[Entry] = script["calls"]
        self._duty: list[list[Any]] = script["duty"]
        self._on_call: list[list[Any]] = script["on_call"]
        self._answers: dict[str, list[float]] = script["answers"]
        self._guest: str = script["guest"]
        self._paged: dict[str, int] = {}  # Each page that was looked at, and the round it was in.
        self._there_s: dict[tuple[str, str], float] = {}  # When the last who accepted is at the unit, by call and unit.
        self._start_s = seconds(script["start"])
        self._lap_s = script["weeks"] * 7 * 86_400.0
        self._units: dict[str, Entry] = {}
        self._calls: dict[str, Entry] = {}
        self._due: list[_Due] = []
        self._latest: dict[tuple[str, ...], int] = {}  # The one plan that holds for each unit, call, ...
        self._order = itertools.count()
        self._short: set[str] = set()  # Calls that somebody is still wanted for.
        self._asked: set[str] = set()
        self._done: dict[str, tuple[str, str]] = {}  # Each unit's last step: call and stamp.
        self._now_s = 0.0
        self._acting_s = 0.0  # When what is being done was due: the true time of a press, however late it is made.

    def begin(self, board: Entry) -> None:
        """Take the board as it is, and plan from there."""
        self._now_s = seconds(board["at"])
        self._due, self._latest = [], {}
        self._units = {one["id"]: one for one in board["units"]}
        self._calls = {one["id"]: one for one in board["calls"]}
        self._asked, self._done, self._paged, self._there_s = set(), {}, {}, {}
        self._short = {
            call["id"] for call in self._calls.values() if call["units"] and _is_short(call["recommendation"])
        }
        self._plan_script()
        self._plan_duty()
        self._plan_on_call()
        for call in self._calls.values():
            self._plan_call(call)
            self._plan_pages(call)
        for unit in self._units.values():
            self._plan_unit(unit)

    def hear(self, fact: Entry, at_s: float) -> None:
        """Take in one fact of the feed with the entries it changed, and plan anew for these."""
        self._now_s = max(self._now_s, at_s)
        changed = fact.get("changed", {})
        for call in changed.get("calls", ()):
            self._calls[call["id"]] = call
        for unit in changed.get("units", ()):
            self._units[unit["id"]] = unit
        for call in changed.get("calls", ()):
            self._plan_call(call)
            self._plan_pages(call)
            for own in call["units"]:
                self._plan_unit(self._units[own["unit"]])
        for unit in changed.get("units", ()):
            self._plan_unit(unit)
            if unit["call_id"] is None and unit["status"] in {"available", "returning"}:
                self._ask_for_waiting()

    def next_s(self) -> float:
        """Return when something is next due, in seconds."""
        while self._due and self._latest.get(self._due[0].what) != self._due[0].order:
            heapq.heappop(self._due)
        return self._due[0].at_s if self._due else float("inf")

    def act(self, until_s: float) -> bool:
        """Do the next thing that is due by then; return whether there was one."""
        if self.next_s() > until_s:
            return False
        due = heapq.heappop(self._due)
        del self._latest[due.what]
        self._now_s = max(self._now_s, due.at_s)
        self._acting_s = due.at_s
        due.act()
        return True

    def _at(self, at_s: float, what: tuple[str, ...], act: Callable[[], None]) -> None:
        """Plan something, in place of what was planned for the same unit or call before."""
        order = next(self._order)
        self._latest[what] = order
        heapq.heappush(self._due, _Due(max(at_s, self._now_s), order, what, act))

    # ------------------------------------------------------------ callers

    def _plan_script(self) -> None:
        """Plan the script's next call after now."""
        lap, within_s = divmod(self._now_s - self._start_s, self._lap_s)
        row = next((i for i, one in enumerate(self._rows) if one["s"] > within_s), len(self._rows))
        self._plan_row(int(lap) * len(self._rows) + row)

    def _plan_row(self, number: int) -> None:
        """Plan one call of the script; after its last week it begins anew."""
        lap, row = divmod(number, len(self._rows))
        at_s = self._start_s + lap * self._lap_s + self._rows[row]["s"]
        self._at(at_s, ("script",), lambda: self._ring(number))

    def _ring(self, number: int) -> None:
        row = self._rows[number % len(self._rows)]
        asked = {key: row[key] for key in ("lon", "lat", "address", "nature", "priority", "patients")}
        self._plan_row(number + 1)
        self._post("/api/calls", {"id": _id(), **asked})

    def _luck(self, call: Entry, quantity: str, *, ambulance: bool = True) -> float:
        """Return what the script says of a quantity on a call: by its number, so the same call has the same luck."""
        row = self._rows[zlib.crc32(call["id"].encode()) % len(self._rows)]
        return float(row["luck"][quantity][0 if ambulance else 1])

    def _plan_duty(self) -> None:
        """Plan the next change of shift after now."""
        lap, within_s = divmod(self._now_s - self._start_s, self._lap_s)
        row = next((i for i, (s, _, _) in enumerate(self._duty) if s > within_s), len(self._duty))
        self._plan_shift(int(lap) * len(self._duty) + row)

    def _plan_shift(self, number: int) -> None:
        """Plan one change of shift; after the script's last week they begin anew."""
        if not self._duty:
            return
        lap, row = divmod(number, len(self._duty))
        s, unit, on = self._duty[row]
        at_s = self._start_s + lap * self._lap_s + s
        self._at(at_s, ("shift",), lambda: self._change_shift(number, unit, on=on))

    def _change_shift(self, number: int, unit: str, *, on: bool | None) -> None:
        self._plan_shift(number + 1)
        self._sign(("duty", unit), unit, on=on)

    def _sign(self, what: tuple[str, ...], unit: str, *, on: bool | None) -> None:
        """Sign a crew on or off, or let it be relieved (None); one that is on a call stays until that is over."""
        if not on and self._units[unit]["call_id"]:
            self._at(self._now_s + 300, what, lambda: self._sign(what, unit, on=on))
            return
        if on is None:
            self._post(f"/api/workforce/crews/{unit}/relieve", {"id": _id()})
            return
        self._post(f"/api/units/{unit}/duty", {"id": _id(), "on": on, "reason": "" if on else "end of shift"})

    # ------------------------------------------------------------ volunteers

    def _plan_on_call(self) -> None:
        """Plan the next who says that they are on call after now."""
        lap, within_s = divmod(self._now_s - self._start_s, self._lap_s)
        row = next((i for i, one in enumerate(self._on_call) if one[0] > within_s), len(self._on_call))
        self._plan_offer(int(lap) * len(self._on_call) + row)

    def _plan_offer(self, number: int) -> None:
        if not self._on_call:
            return
        lap, row = divmod(number, len(self._on_call))
        s, unit, person, until_s = self._on_call[row]
        lap_s = self._start_s + lap * self._lap_s
        self._at(lap_s + s, ("on_call",), lambda: self._offer(number, unit, person, lap_s + until_s))

    def _offer(self, number: int, unit: str, person: str, until_s: float) -> None:
        self._plan_offer(number + 1)
        body = {"id": _id(), "person": person, "start": iso(self._acting_s), "end": iso(until_s)}
        self._post(f"/api/workforce/crews/{unit}/on-call", body)

    def _plan_pages(self, call: Entry) -> None:
        """Plan who answers each page of a call, once in each of its rounds."""
        for page in call.get("pages", ()):
            if page["state"] == "open" and self._paged.get(page["id"]) != page["round"]:
                self._paged[page["id"]] = page["round"]
                look_s = seconds(page["paged_at"]) + _LOOKS_S
                self._at(look_s, ("page", page["id"]), lambda page=page: self._look(page))  # type: ignore[misc]

    def _look(self, page: Entry) -> None:
        """See who was paged, and let each of them answer in their own time, or not before they are paged again."""
        status, said = self._get(f"/api/calls/{page['call_id']}/pages")
        mine = [one for one in said["alerts"] if one["id"] == page["id"]] if status == 200 else []  # noqa: PLR2004
        for one in (person for alert in mine for person in alert["people"] if person["answer"] is None):
            person = one["person"]
            if person in self._answers and person != self._guest:
                wait_s = zlib.crc32(f"{page['call_id']} {person} answers".encode()) % _ANSWERS_S
                what = ("answer", page["id"], person)
                self._at(self._now_s + wait_s, what, lambda person=person: self._answer(page, person))  # type: ignore[misc]

    def _answer(self, page: Entry, person: str) -> None:
        """Say what somebody paged says, on the same call always the same; who was silent comes when asked anew."""
        call = self._calls.get(page["call_id"], {})
        now = next((one for one in call.get("pages", ()) if one["id"] == page["id"]), None)
        if now is None or now["state"] != "open":
            return
        comes, minutes = self._answers[person]
        share = _share(page["call_id"], person)
        declines = share >= 10 - _DECLINES
        if not declines and share >= 10 * comes and now["round"] == 1:
            return
        answer = "declined" if declines else "accepted"
        body = {"id": _id(), "person": person, "answer": answer, **({} if declines else {"eta_min": int(minutes)})}
        status, _ = self._post(f"/api/paging/alerts/{page['id']}/answers", body)
        if status < 400 and not declines:  # noqa: PLR2004
            what = (page["call_id"], page["unit"])
            self._there_s[what] = max(self._there_s.get(what, 0.0), self._now_s + 60 * minutes)

    def _rolls_s(self, call: Entry, unit: Entry, notified_s: float) -> float:
        """Return when a unit whose people were paged rolls at the earliest: with the last of those who are enough."""
        page = next((one for one in call.get("pages", ()) if one["unit"] == unit["id"]), None)
        if page is None:
            return 0.0
        last_s = notified_s + _ROLLS_S
        return last_s if page["state"] == "open" else min(last_s, self._there_s.get((call["id"], unit["id"]), 0.0))

    # ------------------------------------------------------------ dispatchers

    def _plan_call(self, call: Entry) -> None:
        if call["state"] == "closed":
            self._short.discard(call["id"])
            self._latest.pop(("call", call["id"]), None)
        elif not call["units"] and call["id"] not in self._asked:
            ready_s = seconds(call["received_at"]) + self._luck(call, "call_processing")
            held = call.get("hold")
            if held and held["on_purpose"]:
                ready_s = max(ready_s, seconds(held["since"]) + _HELD_S)
            elif call["priority"] == _LEAST_URGENT and _share(call["id"], "hold") < _HELD_OF_TEN:
                self._at(ready_s, ("call", call["id"]), lambda: self._hold(call["id"]))
                return
            self._at(ready_s, ("call", call["id"]), lambda: self._dispatch(call["id"]))
        elif call["units"] and all(_over(own) for own in call["units"]) and call["id"] not in self._short:
            self._at(self._now_s + 5, ("call", call["id"]), lambda: self._close(call["id"]))

    def _hold(self, call_id: str) -> None:
        """Let a call that does not press wait; where that is refused, send somebody."""
        body = {"id": _id(), "reason": "The caller agrees to wait: more urgent calls first"}
        status, _ = self._post(f"/api/calls/{call_id}/hold", body)
        if status >= 400:  # noqa: PLR2004
            self._dispatch(call_id)

    def _dispatch(self, call_id: str) -> None:
        """Ask who should go, and send them."""
        self._asked.add(call_id)
        status, advice = self._get(f"/api/calls/{call_id}/recommendation")
        if status != 200:  # noqa: PLR2004
            return
        for one in advice["chosen"]:
            body = {"id": _id(), "unit": one["unit"], "slot": one["slot"], "divert_from": one["from_call_id"] or ""}
            status, _ = self._post(f"/api/calls/{call_id}/assignments", body)
            if status >= 400:  # noqa: PLR2004 -- Somebody took it a moment ago: ask once more.
                self._at(self._now_s + 10, ("call", call_id), lambda: self._dispatch(call_id))
        if _is_short(advice):
            self._short.add(call_id)
        else:
            self._short.discard(call_id)

    def _ask_for_waiting(self) -> None:
        """Ask again for the calls that wait, the most urgent and oldest first."""
        waiting = [self._calls[one] for one in self._short if one in self._calls]
        waiting.sort(key=lambda call: (call["priority"], call["received_at"]))
        for call in waiting[:_QUEUE_AT_ONCE]:
            self._at(self._now_s + 3, ("call", call["id"]), lambda call=call: self._dispatch(call["id"]))  # type: ignore[misc]

    def _close(self, call_id: str) -> None:
        stamped = [own["stamps"] for own in self._calls[call_id]["units"]]
        if any("at_destination" in own for own in stamped):
            outcome = "transported"
        else:
            outcome = "treated_in_place" if any("on_scene" in own for own in stamped) else "cancelled"
        self._post(f"/api/calls/{call_id}/close", {"id": _id(), "outcome": outcome})

    # ------------------------------------------------------------ crews

    def _plan_unit(self, unit: Entry) -> None:
        """Plan a unit's next press from where it stands."""
        what = ("unit", unit["id"])
        if (unit.get("signals") or {}).get("phones"):  # A person plays this crew, on its page.
            self._latest.pop(what, None)
            return
        call = self._calls.get(unit["call_id"] or "")
        own = _own(call, unit)
        if call is None or own is None:
            self._latest.pop(what, None)
            if unit["status"] == "returning":
                home_s = seconds(unit["route"]["arrive_at"]) if unit["route"] else self._now_s + 60
                self._at(home_s, what, lambda: self._press(unit, "", "at_home"))
            return
        step = self._next_step(unit, call, own["stamps"])
        if step is None:
            self._latest.pop(what, None)
            return
        at_s, stamp = step
        if (
            stamp == "transfer_of_care"
            and unit["destination"]
            and _share(call["id"], unit["id"]) < _ACCEPTED_BY_HOSPITAL
        ):
            stamp = "accept"
        if self._done.get(unit["id"]) == (call["id"], stamp):  # Done, and the board that was just heard is older.
            return
        if stamp == "destination":
            self._at(at_s, what, lambda: self._choose_door(unit, call["id"]))
        elif stamp == "accept":
            self._at(at_s, what, lambda: self._accept(unit, call["id"]))
        elif stamp == "clear":
            self._at(at_s, what, lambda: self._clear(unit, call["id"]))
        else:
            self._at(at_s, what, lambda: self._press(unit, call["id"], stamp))

    def _next_step(self, unit: Entry, call: Entry, stamps: dict[str, str]) -> tuple[float, str] | None:
        """Return what a crew does next on its call, and when; None when it is done."""
        ambulance = bool(unit["can_transport"])
        at = {stamp: seconds(when) for stamp, when in stamps.items()}
        if any(stamp in at for stamp in _OVER):
            return None
        if "left_scene" in at or "at_destination" in at:
            return self._transporting(unit, call, at)
        if "on_scene" in at:
            return self._at_scene(unit, call, at)
        if "en_route" in at:
            stood_down = unit["id"] in {one["unit"] for one in call["stand_down"]}
            there = call["state"] in {"on_scene", "transporting"}
            not_needed = stood_down or (there and self._luck(call, "cancel_en_route") > 0)
            arrival = self._arrival_s(unit, at["en_route"] + 600), "on_scene"
            return (self._now_s + 20, "clear") if not_needed else arrival
        notified_s = at.get("unit_notified", self._now_s)
        if "acknowledged" not in at:
            return notified_s + 8, "acknowledged"
        turnout_s = max(12.0, self._luck(call, "turnout", ambulance=ambulance))
        return max(notified_s + turnout_s, self._rolls_s(call, unit, notified_s)), "en_route"

    def _transporting(self, unit: Entry, call: Entry, at: dict[str, float]) -> tuple[float, str]:
        if "at_destination" not in at:
            return self._arrival_s(unit, at["left_scene"] + 600), "at_destination"
        handover_s = self._luck(call, "handover")
        if "transfer_of_care" not in at:
            return at["at_destination"] + 0.6 * handover_s, "transfer_of_care"
        return at["at_destination"] + handover_s, "back_in_service"

    def _at_scene(self, unit: Entry, call: Entry, at: dict[str, float]) -> tuple[float, str]:
        ambulance = bool(unit["can_transport"])
        transports = ambulance and self._luck(call, "transport") > 0 and self._is_among_first(unit, call)
        if ambulance and "at_patient" not in at:
            return at["on_scene"] + 45 + zlib.crc32(call["id"].encode()) % 60, "at_patient"
        quantity = "scene" if transports or not ambulance else "scene_no_transport"
        end_s = at["on_scene"] + max(180.0, self._luck(call, quantity, ambulance=ambulance))
        if not transports:
            return end_s, "back_in_service"
        return (end_s, "left_scene") if unit["destination"] else (end_s - 40, "destination")

    def _is_among_first(self, unit: Entry, call: Entry) -> bool:
        """Return whether a unit is one of those that take the patients: as many as there are, the first on scene."""
        arrived = sorted(
            (own["stamps"]["on_scene"], own["unit"])
            for own in call["units"]
            if "on_scene" in own["stamps"] and self._units[own["unit"]]["can_transport"]
        )
        return unit["id"] in [one for _, one in arrived[: max(1, call["patients"])]]

    def _arrival_s(self, unit: Entry, otherwise_s: float) -> float:
        return seconds(unit["route"]["arrive_at"]) if unit["route"] else otherwise_s

    def _press(self, unit: Entry, call_id: str, stamp: str) -> None:
        body = {"id": _id(), "stamp": stamp, "at": iso(self._acting_s), **({"call_id": call_id} if call_id else {})}
        self._done[unit["id"]] = (call_id, stamp)
        status, _ = self._post(f"/api/units/{unit['id']}/stamps", body)
        if status >= 400:  # noqa: PLR2004 -- Looked at once more, as the board then shows it.
            del self._done[unit["id"]]
            self._at(self._now_s + 10, ("unit", unit["id"]), lambda: self._plan_unit(self._units[unit["id"]]))

    def _choose_door(self, unit: Entry, call_id: str) -> None:
        status, _ = self._post(f"/api/units/{unit['id']}/destination", {"id": _id(), "call_id": call_id})
        if status != 200:  # noqa: PLR2004 -- No door in reach: the crew stays with the patient and is free afterwards.
            self._press(unit, call_id, "back_in_service")
            return
        kind, tenths, complaint = _ALERTS.get(self._calls[call_id]["nature"], ("", 0, ""))
        if _share(call_id, "alert") < tenths:
            self._alert(unit["id"], call_id, kind, complaint)

    # ------------------------------------------------------------ hospitals

    def _alert(self, unit: str, call_id: str, kind: str, complaint: str) -> None:
        """Tell the hospital what comes; somebody there reads it after a while."""
        age, sex = 20 + zlib.crc32(f"{call_id} age".encode()) % 65, ("female", "male")[_share(call_id, "sex") % 2]
        body = {"id": _id(), "unit": unit, "kind": kind, "age": age, "sex": sex, "complaint": complaint}
        status, said = self._post(f"/api/calls/{call_id}/prealerts", body)
        if status == 201:  # noqa: PLR2004
            wait_s = 45 + 15 * _share(call_id, "seen")
            self._at(self._now_s + wait_s, ("alert", call_id, unit), lambda: self._acknowledge(unit, said["prealert"]))

    def _acknowledge(self, unit: str, prealert: str) -> None:
        door = self._units[unit]["destination"]
        if door:
            self._post(f"/api/hospitals/{door}/prealerts/{prealert}/acknowledge", {"id": _id()})

    def _accept(self, unit: Entry, call_id: str) -> None:
        """Let the hospital take the patient over; where it does not, the crew stamps it."""
        body = {"id": _id(), "call_id": call_id, "unit": unit["id"]}
        self._done[unit["id"]] = (call_id, "accept")
        status, _ = self._post(f"/api/hospitals/{unit['destination']}/accept", body)
        if status >= 400:  # noqa: PLR2004
            self._press(unit, call_id, "transfer_of_care")

    def _clear(self, unit: Entry, call_id: str) -> None:
        body = {"id": _id(), "call_id": call_id, "reason": "not needed: another crew is there"}
        self._post(f"/api/units/{unit['id']}/clear", body)

    # ------------------------------------------------------------ the line

    def _get(self, path: str) -> Answer:
        return self._heard(path, self._desk.get(path))

    def _post(self, path: str, body: Entry) -> Answer:
        return self._heard(path, self._desk.post(path, body))

    def _heard(self, path: str, answer: Answer) -> Answer:
        status, said = answer
        if status >= 400:  # noqa: PLR2004 -- Somebody was quicker; what follows shows on the feed.
            code = said.get("code", "") if isinstance(said, dict) else ""
            print(f"demo: {path} was answered {status} {code}", file=sys.stderr)  # noqa: T201
        return answer


def _is_short(advice: Entry | None) -> bool:
    """Return whether a recommendation could not fill a slot that must be filled."""
    return any(one.get("required") for one in (advice or {}).get("shortfalls", ()))


def _id() -> str:
    return str(uuid_utils.uuid7())


def _share(*what: str) -> int:
    """Return a number from 0 to 9 that these words always have."""
    return zlib.crc32(" ".join(what).encode()) % 10


def _own(call: Entry | None, unit: Entry) -> Entry | None:
    """Return what the call's entry says of the unit."""
    return next((one for one in call["units"] if one["unit"] == unit["id"]), None) if call else None


def _over(own: Entry) -> bool:
    return any(stamp in own["stamps"] for stamp in _OVER)

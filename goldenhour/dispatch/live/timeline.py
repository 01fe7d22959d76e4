"""The timeline of a call: everything that happened, from the log, each with who and when, and whether it was told late.

Read, not kept: the log is the only list. A call's own stream holds what was said, sent and decided, pre-alerts too; its
units' steps stand in their streams and are found by their ids; what happened in another incident's stream, by the
incidents that it is linked to or that its units went over to.
"""

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.calls.live import linking, notes
from goldenhour.calls.live.asking import get_subject
from goldenhour.calls.live.rules import desk_rules_now
from goldenhour.dispatch.live.models import Assignment
from goldenhour.fleet.live.queries import TimeRow, list_times_of_call
from goldenhour.log.event import Event, Recorded
from goldenhour.log.live import feed

Facts = list[tuple[Recorded, Event]]

_NAMES_CALL = ("call_id", "from_call_id", "to_call_id", "same_as")
_FIRST_RING = {"calls.call_received", "calls.draft_begun", "calls.draft_sent"}  # Told later by their nature.
_FOLDED = {"calls.draft_changed", "calls.details_changed", "calls.call_claimed"}  # One line while one person goes on.
_ADVICE = ("slot", "unit", "arrive_s")


def timeline(call_id: str, at: datetime) -> dict[str, Any]:
    """Return everything that happened on a call or draft, in the order in which it happened.

    Raises:
        NotFound: there is neither of that number.
    """
    get_subject(call_id)
    late = timedelta(seconds=desk_rules_now(at).late_s)
    times = list_times_of_call(call_id)
    struck = _struck(call_id, times)
    entries: list[dict[str, Any]] = []
    latest: datetime | None = None
    for where, fact in _facts(call_id, {one.event_id for one in times}):
        happened, told = _times(where, fact)
        before = latest if where.name not in _FIRST_RING else None
        is_late = happened < (told or before or happened) - late
        latest = max(happened, latest or happened)
        entries.append(_entry(where, fact, happened) | {"late": is_late, "struck": struck.get(where.id)})
    entries.sort(key=lambda one: (one["at"], one["position"]))
    return {"call_id": call_id, "late_s": late.total_seconds(), "entries": _folded(entries)}


def _facts(call_id: str, steps: set[str]) -> Facts:
    """Return the facts that speak of a call, in the order of the log; `steps` are the ids of its units' times."""
    moved = Assignment.objects.filter(call_id=call_id).exclude(moved_to="").values_list("moved_to", flat=True)
    linked = linking.list_linked([call_id]).get(call_id, [])
    others = {one for link in linked for one in (link.call_id, link.other)} | set(moved)
    streams = {f"call/{one}" for one in (call_id, *others)}
    found = [(where, fact) for where, fact in feed.read_streams(streams) if _speaks_of(fact, call_id)]
    known = {where.id for where, _ in found}
    return sorted([*found, *feed.read_ids(steps - known)], key=lambda one: one[0].position)


def _speaks_of(fact: Event, call_id: str) -> bool:
    return any(getattr(fact, name, None) == call_id for name in _NAMES_CALL)


def _times(where: Recorded, fact: Event) -> tuple[datetime, datetime | None]:
    """Return when something happened, and when it was told where the fact says so."""
    sent_at, entered_at = getattr(fact, "sent_at", ""), getattr(fact, "entered_at", "")
    happened = datetime.fromisoformat(sent_at) if sent_at else where.at
    return happened, datetime.fromisoformat(entered_at) if entered_at else None


def _struck(call_id: str, times: list[TimeRow]) -> dict[str, dict[str, Any]]:
    """Return what was struck of the call's notes and its units' times, by the id of the event."""
    found = {
        one.event_id: {"at": iso(one.struck_at), "by": one.struck_by, "reason": one.struck_reason}
        for one in times
        if one.struck
    }
    written = [notes.note_entry(one) for one in notes.list_notes([call_id])]
    return found | {one["note"]: one["struck"] for one in written if one["struck"]}


def _entry(where: Recorded, fact: Event, happened: datetime) -> dict[str, Any]:
    return {
        "position": where.position,
        "id": where.id,
        "name": where.name,
        "at": iso(happened),
        "until": None,
        "times": 1,
        "actor": where.actor,
        "stream": where.stream,
        "payload": _payload(fact),
    }


def _payload(fact: Event) -> dict[str, Any]:
    """Return what a fact says; of what is sealed as a whole not even the names of its fields."""
    said = {one.name: getattr(fact, one.name) for one in fields(fact) if one.name != "sealed"}  # type: ignore[arg-type]
    if "passed_over" in said:  # Of a recommendation or a destination: the card shows the last in full.
        del said["passed_over"]
        if "chosen" in said:
            said["chosen"] = [{name: one.get(name) for name in _ADVICE} for one in said["chosen"]]
    return said


def _folded(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the entries with what one person said again and again as one line."""
    found: list[dict[str, Any]] = []
    for one in entries:
        last = found[-1] if found else None
        same = last and one["name"] in _FOLDED and (last["name"], last["actor"]) == (one["name"], one["actor"])
        if last and same and not one["payload"].get("former"):
            last["until"], last["times"] = one["at"], last["times"] + 1
        else:
            found.append(one)
    return found

"""The hold queue: calls that nobody is free for, and calls that somebody lets wait on purpose."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from goldenhour.access.wire import iso
from goldenhour.calls.live import queries as calls
from goldenhour.calls.live.by import By, writing_of
from goldenhour.calls.live.queries import CallRow
from goldenhour.calls.live.services import open_call
from goldenhour.dispatch.alarms import HOLD, Alarm
from goldenhour.dispatch.choose import WaitingCall, queue_order
from goldenhour.dispatch.events import CallHeld, CallReleased
from goldenhour.dispatch.live import alarm_book, desk, queries
from goldenhour.dispatch.live.models import Held, Waiting
from goldenhour.errors import Refused
from goldenhour.fleet.live import queries as fleet
from goldenhour.log.live.store import Record
from goldenhour.roads.live.region import wall_clock

ASKER = "hold-queue"  # Who asks anew once a unit is free.
_MOST_ASKED = 5  # Of the most urgent: one free unit answers one call.


def call_hold(*, call_id: str, reason: str, by: By) -> None:
    """Let a call wait on purpose.

    Raises:
        NotFound: there is no such call.
        Refused: it is closed, is held already, or somebody is on it.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        open_call(call_id)
        held = Held.objects.filter(pk=call_id).first()
        if held is not None:
            raise Refused(
                code="held_already",
                what=f"{held.by} holds {call_id} since {wall_clock(held.since)}: {held.reason}",
                do="Send somebody, or let it go on first.",
            )
        on_it = [one.unit for one in queries.list_of_calls([call_id]) if one.cleared_at is None]
        if on_it:
            names = ", ".join(fleet.call_signs(on_it).values())
            raise Refused(
                code="units_on_call",
                what=f"{names} is on {call_id}: it does not wait.",
                do="Clear the unit first if the call shall wait.",
            )
        record(CallHeld(call_id=call_id, reason=reason))


def call_release(*, call_id: str, reason: str, by: By) -> None:
    """Let a call that was held on purpose go on.

    Raises:
        NotFound: there is no such call.
        Refused: it is not held.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        calls.get_call(call_id)
        release(record, call_id, reason, insist=True)


def release(record: Record, call_id: str, reason: str, *, insist: bool = False) -> None:
    """Record that a call is held on purpose no longer, where it is."""
    if Held.objects.filter(pk=call_id).exists():
        record(CallReleased(call_id=call_id, reason=reason))
    elif insist:
        raise Refused(code="not_held", what=f"{call_id} is not held.", do="Look at the board: it may have gone on.")


def entries(rows: Collection[CallRow], at: datetime) -> dict[str, dict[str, Any]]:
    """Return how these calls stand in the hold queue, as the board shows it; those that do not are not there."""
    waiting = {one.call_id: one for one in queries.list_waiting()}
    held = {one.call_id: one for one in Held.objects.all()}
    mine = [row for row in rows if row.closed_at is None and (row.id in waiting or row.id in held)]
    said = alarm_book.silenced([HOLD], [row.id for row in mine])
    return {row.id: _entry(held.get(row.id), waiting.get(row.id), _alarm(row, held, waiting, at, said)) for row in mine}


def find_alarm(call_id: str, at: datetime) -> Alarm | None:
    """Return the alarm of a call in the hold queue; None where it is not in it, or nothing limits it."""
    waiting = {one.call_id: one for one in queries.list_waiting()}
    held = {one.call_id: one for one in Held.objects.filter(pk=call_id)}
    if call_id not in waiting and call_id not in held:
        return None
    return _alarm(calls.get_call(call_id), held, waiting, at, alarm_book.silenced([HOLD], [call_id]))


def _alarm(row: CallRow, held: Any, waiting: Any, at: datetime, said: Any) -> Alarm | None:
    since = min(one.since for one in (held.get(row.id), waiting.get(row.id)) if one is not None)
    return alarm_book.alarm(alarm_book.limit(HOLD, at, priority=row.priority), since, row.id, said)


def _entry(held: Held | None, waiting: Waiting | None, alarm: Alarm | None) -> dict[str, Any]:
    since = min(one.since for one in (held, waiting) if one is not None)
    return {
        "since": iso(since),
        "on_purpose": held is not None,
        "reason": held.reason if held else "",
        "by": held.by if held else None,
        "slots": list(waiting.slots) if waiting else [],
        "alarm": alarm_book.entry(alarm),
    }


def anybody_waits() -> bool:
    """Return whether a call is in the hold queue."""
    return Waiting.objects.exists() or Held.objects.exists()


def ask_again(because: str, at: datetime) -> Sequence[str]:
    """Ask anew who should go to the most urgent calls of the hold queue; return those for which that is news.

    Args:
        because: the id of the fact that set a unit free: asked twice for it, the log takes it once.
        at: when.
    """
    ids = {one.call_id for one in queries.list_waiting()} | set(Held.objects.values_list("call_id", flat=True))
    rows = [row for row in calls.list_by_id(ids) if row.closed_at is None]
    order = queue_order(WaitingCall(call_id=row.id, priority=row.priority, received_at=row.received_at) for row in rows)
    asked = [one.call_id for one in order[:_MOST_ASKED]]
    return [
        call_id
        for call_id in asked
        if desk.reconsider(call_id=call_id, at=at, actor=ASKER, id=_asking(because, call_id))
    ]


def _asking(because: str, call_id: str) -> str:
    """Return the id of asking for a call because of a fact: the fact's own time, and always the same."""
    rest = int.from_bytes(hashlib.sha256(f"{because}/{call_id}".encode()).digest()[:10])
    whole = (UUID(because).int >> 80 << 80) | rest
    whole = whole & ~(0xF << 76) | 7 << 76  # Version 7 ...
    return str(UUID(int=whole & ~(0x3 << 62) | 0x2 << 62))  # ... of the usual variant.

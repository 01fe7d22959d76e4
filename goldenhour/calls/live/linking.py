"""Incidents of one event, one made out of another, and calls that are open again."""

from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta

from django.db.models import Q

from goldenhour.access.wire import iso
from goldenhour.calls.events import CallReopened, CallSplit, IncidentsLinked, IncidentsUnlinked, SplitUndone
from goldenhour.calls.live import queries
from goldenhour.calls.live.by import By, writing_of
from goldenhour.calls.live.models import Call, Link
from goldenhour.calls.live.rules import desk_rules_now
from goldenhour.errors import Refused
from goldenhour.log.live.store import Record
from goldenhour.roads.live.region import wall_clock


def pair(call_id: str, other: str) -> tuple[str, str]:
    """Return two numbers in the order in which a link holds them."""
    return (call_id, other) if call_id < other else (other, call_id)


def find_link(call_id: str, other: str) -> Link | None:
    """Return what links two calls, if anything does."""
    lower, higher = pair(call_id, other)
    return Link.objects.filter(call_id=lower, other=higher).first()


def list_linked(call_ids: Collection[str]) -> dict[str, list[Link]]:
    """Return the links of each of these calls that has any, in the order in which they were made."""
    found: defaultdict[str, list[Link]] = defaultdict(list)
    for one in Link.objects.filter(Q(call_id__in=call_ids) | Q(other__in=call_ids)).order_by("id"):
        found[one.call_id].append(one)
        found[one.other].append(one)
    return found


def incidents_link(*, call_id: str, other: str, reason: str, by: By) -> None:
    """Say that two calls belong to one event. Each keeps its units.

    Raises:
        NotFound: there is no such call.
        Refused: it is one and the same call, or they are linked already.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        queries.get_call(call_id)
        queries.get_call(other)
        if call_id == other:
            raise Refused(code="same_call", what=f"{call_id} is this very call.", do="Name the other one.")
        known = find_link(call_id, other)
        if known is not None:
            what = f"{known.by} linked {call_id} and {other} at {wall_clock(known.at)}."
            raise Refused(code="linked_already", what=what, do="Nothing was changed.")
        record(IncidentsLinked(call_id=call_id, to_call_id=other, reason=reason))


def incidents_unlink(*, call_id: str, other: str, reason: str, by: By) -> None:
    """Say that two calls do not belong to one event.

    Raises:
        NotFound: there is no such call.
        Refused: they are not linked.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        queries.get_call(call_id)
        if find_link(call_id, other) is None:
            what = f"{call_id} and {other} are not linked."
            raise Refused(code="not_linked", what=what, do="Nothing is to be undone.")
        record(IncidentsUnlinked(call_id=call_id, to_call_id=other, reason=reason))


def split_off(record: Record, first: Call, number: str, reason: str) -> None:
    """Record that a call that was just received was made out of another one, as part of that command."""
    rang_at = str(iso(first.received_at))
    record(CallSplit(call_id=number, from_call_id=first.id, rang_at=rang_at, reason=reason))


def split_undo(record: Record, call: Call, reason: str) -> None:
    """Record that a call was no second incident, as part of the command that moves its units back."""
    record(SplitUndone(call_id=call.id, from_call_id=call.split_from, reason=reason))


def call_reopen(*, call_id: str, reason: str, supervisor: bool, by: By) -> None:
    """Open a closed call again. Its history stays; whoever was on it is sent anew.

    Raises:
        NotFound: there is no such call.
        Refused: it is open, or so long closed that a supervisor has to.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        call = queries.get_call(call_id)
        if call.closed_at is None:
            who = f"{call.reopened_by} reopened it at {wall_clock(call.reopened_at)}." if call.reopened_at else ""
            raise Refused(code="call_open", what=f"Call {call_id} is open. {who}".strip(), do="Nothing was changed.")
        window_h = desk_rules_now(by.at).reopen_h
        if by.at - call.closed_at > timedelta(hours=window_h) and not supervisor:
            raise Refused(
                code="reopen_by_supervisor",
                what=f"Call {call_id} was closed more than {window_h:g} hours ago.",
                do="Ask a supervisor to reopen it, or take a new call if help is needed.",
            )
        record(CallReopened(call_id=call_id, reason=reason))

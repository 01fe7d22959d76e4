"""Calls while they are typed: saved with every change, handed from one call taker to the next, never lost or merged.

One person has a draft at a time. A change says which version it was typed on: of two that were typed on the same one
the second is refused, whole, and reads who was faster.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from goldenhour.calls.details import split
from goldenhour.calls.events import DraftBegun, DraftChanged, DraftDiscarded, DraftTakenOver
from goldenhour.calls.live import queries
from goldenhour.calls.live.by import By, writing_of
from goldenhour.calls.live.models import Draft, DraftState
from goldenhour.calls.live.services import TRIES, contested, next_free
from goldenhour.errors import Refused
from goldenhour.log.live import feed
from goldenhour.log.live.store import Record
from goldenhour.roads.live.region import wall_clock

MOST_FIELDS = 40


def draft_begin(*, fields: Mapping[str, Any], by: By) -> str:
    """Begin to take a call; return the number that it will have. The clock runs from here.

    The same id again is the same draft.

    Raises:
        BadInput: a field that there is not.
    """
    plain, personal = split(fields)
    for _ in range(TRIES):
        earlier = queries.find_draft_by_event(by.id) if by.id else None
        if earlier is not None:
            return earlier.id
        number = next_free(by.at)
        with writing_of(number, by) as record:
            if queries.is_taken(number):
                continue  # Of two calls at the same instant one takes the number first; the other takes the next.
            record(DraftBegun(call_id=number, fields=plain, sealed=json.dumps(personal)))
            return number
    raise contested()


def draft_change(*, call_id: str, seen: int, fields: Mapping[str, Any], by: By) -> int:
    """Save what was typed; return the version that this made.

    Args:
        call_id: the draft's number.
        seen: the version that it was typed on.
        fields: what was typed, by field; null empties one.
        by: who typed it.

    Raises:
        NotFound: there is no such draft.
        Refused: somebody else has it, or changed it meanwhile, or it is sent. Nothing is overwritten.
        BadInput: a field that there is not.
    """
    plain, personal = split(fields)
    with writing_of(call_id, by) as record:
        if record.earlier:
            return _version_of(record)
        draft = open_draft(call_id)
        insist_on_owner(draft, by)
        insist_on_version(call_id, draft.version, seen, who=draft.changed_by, at=draft.changed_at)
        record(DraftChanged(call_id=call_id, version=seen + 1, fields=plain, sealed=json.dumps(personal)))
    return seen + 1


def _version_of(record: Record) -> int:
    """Return the version that this very change made, when it was sent before: others may have gone on since."""
    _, fact = feed.read_from(record.earlier[0].position - 1, limit=1)[0]
    return int(getattr(fact, "version", 0))


def draft_take_over(*, call_id: str, by: By) -> None:
    """Go on with somebody else's draft.

    Raises:
        NotFound: there is no such draft.
        Refused: it is sent or off the desk.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        draft = open_draft(call_id)
        if draft.owner != by.actor:
            record(DraftTakenOver(call_id=call_id, former=draft.owner))


def draft_discard(*, call_id: str, reason: str, by: By) -> None:
    """Say that a draft is no call, and why.

    Raises:
        NotFound: there is no such draft.
        Refused: somebody else has it, or it is sent.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        insist_on_owner(open_draft(call_id), by)
        record(DraftDiscarded(call_id=call_id, reason=reason))


_BECAME = {
    DraftState.SENT: "was sent to dispatch",
    DraftState.HANDLED: "was dealt with",
    DraftState.DUPLICATE: "was linked to another call",
    DraftState.DISCARDED: "was discarded",
}


def open_draft(call_id: str) -> Draft:
    """Return a draft that is still typed.

    Raises:
        NotFound: there is none of that number.
        Refused: it is over; the words say how.
    """
    draft = queries.get_draft(call_id)
    if draft.state != DraftState.OPEN:
        raise over(draft)
    return draft


def over(draft: Draft) -> Refused:
    """Return the refusal of a draft that is over."""
    said = (
        f"Draft {draft.id} {_BECAME[DraftState(draft.state)]} by {draft.changed_by} at {wall_clock(draft.changed_at)}"
    )
    why = f": {draft.reason}" if draft.reason else ""
    do = "Open the call of that number." if draft.state == DraftState.SENT else "Begin a new call if help is needed."
    return Refused(code="draft_over", what=f"{said}{why}.", do=do)


def insist_on_owner(draft: Draft, by: By) -> None:
    """Refuse who does not have the draft."""
    if draft.owner == by.actor:
        return
    raise Refused(
        code="draft_taken",
        what=f"{draft.owner} has had draft {draft.id} since {wall_clock(draft.owned_since)} and last typed "
        f"at {wall_clock(draft.changed_at)}.",
        do="Leave it to them, or take it over first. Nothing was changed.",
    )


def insist_on_version(call_id: str, version: int, seen: int, *, who: str, at: datetime | None) -> None:
    """Refuse a change that was typed on another version than there is now."""
    if version == seen:
        return
    said = f"{who} changed {call_id} at {wall_clock(at)}" if at else f"{call_id} was changed"
    raise Refused(
        code="changed_meanwhile",
        what=f"{said}, after what this was typed on (version {seen}, now {version}).",
        do="Look at it anew, then enter it again. Nothing was overwritten.",
    )

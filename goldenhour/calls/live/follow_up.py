"""Calls that are not, or not yet, emergencies: what was done, who sees to them again, whom to ring back; and review."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import uuid_utils

from goldenhour.access.wire import iso
from goldenhour.calls import dispositions
from goldenhour.calls.details import is_plain
from goldenhour.calls.events import (
    CallbackTried,
    CallReviewed,
    DispositionGiven,
    FollowUpDone,
    FollowUpMoved,
    FollowUpPlanned,
)
from goldenhour.calls.live import queries
from goldenhour.calls.live.asking import get_subject
from goldenhour.calls.live.by import By, refuse_far, writing_of
from goldenhour.calls.live.drafts import insist_on_owner, over
from goldenhour.calls.live.models import DraftState, FollowUp
from goldenhour.errors import BadInput, NotFound, Refused
from goldenhour.log.live.store import Record, writing
from goldenhour.roads.live.region import wall_clock

OUTCOMES = ("done", "dropped")
MOST_FINDINGS = 40
_STANDS = {DraftState.OPEN, DraftState.HANDLED}


def disposition_give(*, call_id: str, kind: str, to: str, note: str, due_at: datetime | None, by: By) -> None:
    """Write down what was done about a call beside sending units, or instead of it.

    Args:
        call_id: of a call, also a closed one, or of a draft.
        kind: a key of calls.dispositions.
        to: the other center, line or service.
        note: in the call taker's own words.
        due_at: when somebody is to see to it again; None for never.
        by: who says so.

    Raises:
        NotFound: there is no such call or draft.
        Refused: somebody else has the draft, or it is over otherwise.
        BadInput: there is no such disposition, or it lacks where to or when.
    """
    known = dispositions.check(kind, to=to, due=due_at is not None)
    refuse_far(due_at, by.at, where="due_at")
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        draft = get_subject(call_id).draft
        if draft is not None:
            if draft.state not in _STANDS:
                raise over(draft)
            if draft.state == DraftState.OPEN:
                insist_on_owner(draft, by)
        record(DispositionGiven(call_id=call_id, kind=known.key, to=to.strip(), note=note))
        if due_at is not None:
            _plan(record, call_id=call_id, kind=known.key, due_at=due_at, note=note)


def _plan(record: Record, *, call_id: str, kind: str, due_at: datetime, note: str) -> None:
    record(
        FollowUpPlanned(
            follow_up=str(uuid_utils.uuid7()), call_id=call_id, kind=kind, due_at=str(iso(due_at)), note=note
        )
    )


def follow_up_plan(*, call_id: str, kind: str, due_at: datetime, note: str, by: By) -> None:
    """Let somebody see to a call again.

    Raises:
        NotFound: there is no such call or draft.
        BadInput: there is no such kind.
    """
    dispositions.check(kind, to=kind, due=True)
    refuse_far(due_at, by.at, where="due_at")
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        get_subject(call_id)
        _plan(record, call_id=call_id, kind=kind, due_at=due_at, note=note)


def _open_follow_up(follow_up: str) -> FollowUp:
    known = queries.find_follow_up(follow_up)
    if known is None:
        raise NotFound(code="no_follow_up", what="There is no such follow-up.", do="Look at the list anew.")
    if known.done_at is not None:
        what = f"{known.done_by} closed it at {wall_clock(known.done_at)} ({known.outcome})."
        raise Refused(code="follow_up_done", what=what, do="Plan another one if it is needed.")
    return known


def follow_up_move(*, follow_up: str, due_at: datetime, reason: str, by: By) -> None:
    """Let it be due at another time.

    Raises:
        NotFound: there is no such follow-up.
        Refused: it is done.
    """
    refuse_far(due_at, by.at, where="due_at")
    call_id = _call_of(follow_up)
    with writing_of(call_id, by) as record:
        if not record.earlier:
            _open_follow_up(follow_up)
            record(FollowUpMoved(follow_up=follow_up, call_id=call_id, due_at=str(iso(due_at)), reason=reason))


def follow_up_end(*, follow_up: str, outcome: str, note: str, by: By) -> None:
    """Say that somebody saw to it, or that it is not needed any more.

    Raises:
        NotFound: there is no such follow-up.
        Refused: it is done already.
        BadInput: there is no such outcome.
    """
    if outcome not in OUTCOMES:
        do = f"Use one of {', '.join(OUTCOMES)}."
        raise BadInput(code="outcome", what=f"there is no outcome {outcome!r}.", do=do, where="outcome")
    call_id = _call_of(follow_up)
    with writing_of(call_id, by) as record:
        if not record.earlier:
            _open_follow_up(follow_up)
            record(FollowUpDone(follow_up=follow_up, call_id=call_id, outcome=outcome, note=note))


def _call_of(follow_up: str) -> str:
    known = queries.find_follow_up(follow_up)
    if known is None:
        raise NotFound(code="no_follow_up", what="There is no such follow-up.", do="Look at the list anew.")
    return known.call_id


def callback_try(*, call_id: str, outcome: str, by: By) -> None:
    """Write down that somebody rang a caller back, and what came of it.

    Raises:
        NotFound: there is no such call or draft.
        BadInput: there is no such outcome.
    """
    if outcome not in dispositions.CALLBACKS:
        do = f"Use one of {', '.join(dispositions.CALLBACKS)}."
        raise BadInput(code="outcome", what=f"there is no outcome {outcome!r}.", do=do, where="outcome")
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        get_subject(call_id)
        record(CallbackTried(call_id=call_id, outcome=outcome))


def call_review(*, call_id: str, findings: Mapping[str, Any], note: str, by: By) -> None:
    """Write down what a reviewer found. Once for each call; it stands apart from the call's own record.

    Raises:
        NotFound: the call is not on the review list.
        Refused: it was reviewed already.
        BadInput: a finding that is no plain value.
    """
    if not all(is_plain(part) for pair in findings.items() for part in pair):
        raise BadInput(code="finding", what="a finding is no text or number.", do="Correct it.", where="findings")
    review = by.id or str(uuid_utils.uuid7())
    with writing(f"review/{review}", at=by.at, actor=by.actor, device=by.device, id=by.id) as record:
        if record.earlier:
            return
        listed = queries.find_review(call_id)
        if listed is None:
            what = f"Call {call_id} is not on the review list."
            raise NotFound(code="no_review", what=what, do="Pick one of the list.")
        if listed.reviewed_at is not None:
            what = f"{listed.reviewed_by} reviewed {call_id} at {wall_clock(listed.reviewed_at)}."
            raise Refused(code="reviewed_already", what=what, do="Nothing was changed.")
        said = {"call_id": call_id, "findings": dict(findings), "note": note}
        record(CallReviewed(review=review, sealed=json.dumps(said)))

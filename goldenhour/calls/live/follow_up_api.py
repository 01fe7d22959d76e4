"""The endpoints of calls that are not, or not yet, emergencies, and of call review. One gesture each."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field

from goldenhour.access.rules import Asked, at_desk, reviewing
from goldenhour.access.wire import iso
from goldenhour.calls.dispositions import dispositions
from goldenhour.calls.live import asking, follow_up, queries
from goldenhour.calls.live.by import Text, by, refuse_far
from goldenhour.calls.live.models import Review
from goldenhour.calls.live.shapes import DispositionsOut, DueOut, ReviewOut, RingBackOut
from goldenhour.calls.live.shown import callback_entry, follow_up_entry, given_entry
from goldenhour.errors import BadInput

router = Router(tags=["calls: follow-up and review"])
_RECENT = timedelta(days=30)


class DispositionIn(Schema):
    """What was done: see GET /api/dispositions for the kinds. `due_at`: when somebody sees to it again."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    kind: Text = Field(max_length=30)
    to: Text = Field(default="", max_length=120)
    note: Text = Field(default="", max_length=1000)
    due_at: AwareDatetime | None = None


class PlanIn(Schema):
    """When somebody sees to it again."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    kind: Text = Field(max_length=30)
    due_at: AwareDatetime
    note: Text = Field(default="", max_length=1000)


class MoveIn(Schema):
    """When it is due now."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    due_at: AwareDatetime
    reason: Text = Field(default="", max_length=300)


class DoneIn(Schema):
    """How it ended: done or dropped."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    outcome: Text = "done"
    note: Text = Field(default="", max_length=1000)


class CallbackIn(Schema):
    """What came of ringing back: reached, no_answer, busy, voicemail, wrong_number."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    outcome: Text = Field(max_length=20)
    at: AwareDatetime | None = None


class ReviewIn(Schema):
    """What the reviewer found: values by the name of a finding, and a note."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    findings: dict[str, Any] = Field(default_factory=dict, max_length=follow_up.MOST_FINDINGS)
    note: Text = Field(default="", max_length=4000)


class GivenIn(Schema):
    """Of one kind, or all; of a time, or the last 30 days."""

    kind: Text = Field(default="", max_length=30)
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


@router.get("/dispositions", auth=at_desk, response=DispositionsOut)
def list_dispositions(request: Asked, asked: Query[GivenIn]) -> dict[str, Any]:
    """Return the kinds that there are, and what was done about calls, the latest first."""
    for name, when in (("since", asked.since), ("until", asked.until)):
        refuse_far(when, request.auth.at, where=name)
    until = asked.until or request.auth.at + timedelta(seconds=1)
    since = asked.since or until - _RECENT
    return {
        "kinds": [
            {"key": one.key, "label": one.label, "ends": one.ends, "to": one.to, "follow_up": one.follow_up}
            for one in dispositions().values()
        ],
        "given": [given_entry(one) for one in queries.list_given(asked.kind, since, until)],
    }


@router.post("/calls/{call_id}/disposition", auth=at_desk, response={204: None})
def give_disposition(request: Asked, call_id: str, body: DispositionIn) -> Status[None]:
    """Write down what was done about a call beside sending units, or instead of it."""
    follow_up.disposition_give(
        call_id=call_id,
        kind=body.kind,
        to=body.to,
        note=body.note,
        due_at=body.due_at,
        by=by(request, body.id),
    )
    return Status(204, None)


@router.get("/follow-ups", auth=at_desk, response=list[DueOut])
def list_follow_ups(request: Asked, state: str = "open") -> list[dict[str, Any]]:
    """Return the follow-ups that are open, those due by now, or those done in the last 30 days."""
    at = request.auth.at
    if state == "done":
        rows = queries.list_follow_ups_done(at - _RECENT)
    elif state in {"open", "due"}:
        rows = queries.list_follow_ups_open(at if state == "due" else None)
    else:
        what, do = f"there is no state {state!r}.", "Use open, due or done."
        raise BadInput(code="state", what=what, do=do, where="state")
    return [{**follow_up_entry(one), "overdue": one.done_at is None and one.due_at <= at} for one in rows]


@router.post("/calls/{call_id}/follow-ups", auth=at_desk, response={204: None})
def plan_follow_up(request: Asked, call_id: str, body: PlanIn) -> Status[None]:
    """Let somebody see to a call again."""
    follow_up.follow_up_plan(
        call_id=call_id, kind=body.kind, due_at=body.due_at, note=body.note, by=by(request, body.id)
    )
    return Status(204, None)


@router.post("/follow-ups/{one}/move", auth=at_desk, response={204: None})
def move_follow_up(request: Asked, one: str, body: MoveIn) -> Status[None]:
    """Let it be due at another time."""
    follow_up.follow_up_move(follow_up=one, due_at=body.due_at, reason=body.reason, by=by(request, body.id))
    return Status(204, None)


@router.post("/follow-ups/{one}/done", auth=at_desk, response={204: None})
def end_follow_up(request: Asked, one: str, body: DoneIn) -> Status[None]:
    """Say that somebody saw to it, or that it is not needed any more."""
    follow_up.follow_up_end(follow_up=one, outcome=body.outcome, note=body.note, by=by(request, body.id))
    return Status(204, None)


@router.get("/callbacks", auth=at_desk, response=list[RingBackOut])
def list_callbacks(request: Asked) -> list[dict[str, Any]]:  # noqa: ARG001
    """Return the abandoned and silent calls that are still open, with who was rung back and what came of it."""
    rows = queries.list_to_ring_back()
    tried = queries.list_callbacks([one.call_id for one in rows])
    entries = []
    for one in rows:
        mine = [each for each in tried if each.call_id == one.call_id]
        subject = asking.get_subject(one.call_id)
        number = (
            subject.call.callback if subject.call else subject.draft.sealed.get("callback") if subject.draft else ""
        )
        entries.append(
            {
                **given_entry(one),
                "callback": number or "",
                "attempts": [callback_entry(each) for each in mine],
                "reached": any(each.outcome == "reached" for each in mine),
            }
        )
    return entries


@router.post("/calls/{call_id}/callbacks", auth=at_desk, response={204: None})
def try_callback(request: Asked, call_id: str, body: CallbackIn) -> Status[None]:
    """Write down that somebody rang a caller back."""
    follow_up.callback_try(call_id=call_id, outcome=body.outcome, by=by(request, body.id, at=body.at))
    return Status(204, None)


# ---------------------------------------------------------------- review


@router.get("/reviews", auth=reviewing, response=list[ReviewOut], exclude_unset=True)
def list_reviews(request: Asked, state: str = "open") -> list[dict[str, Any]]:  # noqa: ARG001
    """Return the calls that are still to be reviewed, arrests first; or, with state=done, those that were."""
    rows = queries.list_reviews(reviewed=state == "done")
    calls = {one.id: one for one in queries.list_by_id([row.call_id for row in rows])}
    return [_review(row, calls.get(row.call_id)) for row in rows]


def _review(row: Review, call: Any) -> dict[str, Any]:
    known = asking.find_asking(row.call_id)
    rang_at = call.received_at if call else None
    times = {
        "recognition_s": known.recognised_at if known else None,
        "first_compression_s": known.first_compression_at if known else None,
    }
    return {
        "call_id": row.call_id,
        "why": row.why,
        "listed_at": iso(row.listed_at),
        "received_at": iso(rang_at),
        "nature": call.nature if call else "",
        "closed_at": iso(call.closed_at) if call else None,
        "determinant": known.determinant if known else "",
        **{name: (when - rang_at).total_seconds() if when and rang_at else None for name, when in times.items()},
        "reviewed_at": iso(row.reviewed_at),
        "reviewed_by": row.reviewed_by,
        **({"findings": row.findings.get("findings", {}), "note": row.findings.get("note", "")} if row.review else {}),
    }


@router.post("/reviews/{call_id}", auth=reviewing, response={204: None})
def review_call(request: Asked, call_id: str, body: ReviewIn) -> Status[None]:
    """Write down what the reviewer found."""
    follow_up.call_review(call_id=call_id, findings=body.findings, note=body.note, by=by(request, body.id))
    return Status(204, None)

"""What the log says beside a call, as tables: its place, other calls about it, what was done otherwise, its review."""

import json
from datetime import datetime

from goldenhour.calls import review
from goldenhour.calls.dispositions import dispositions
from goldenhour.calls.events import (
    ArrestRecognised,
    CallbackTried,
    CallReceived,
    CallReviewed,
    DispositionGiven,
    DuplicateLinked,
    DuplicateUnlinked,
    FollowUpDone,
    FollowUpMoved,
    FollowUpPlanned,
    NatureChanged,
    PremiseNoted,
    PremiseNoteEnded,
)
from goldenhour.calls.live.models import (
    Callback,
    Draft,
    DraftState,
    Duplicate,
    FollowUp,
    Given,
    PremiseNote,
    Review,
)
from goldenhour.calls.triage import ARREST
from goldenhour.log.event import Recorded
from goldenhour.log.events import KeyDestroyed
from goldenhour.log.live.projections import projects


def opened(sealed: str) -> dict[str, object]:
    """Return sealed fields by name; none where the key to them is destroyed."""
    found: dict[str, object] = json.loads(sealed or "{}")
    return found


def end_draft(call_id: str, state: DraftState, where: Recorded, *, at: datetime, reason: str = "") -> None:
    """Take a draft off the desk, or put it back."""
    Draft.objects.filter(pk=call_id).update(state=state, reason=reason, changed_at=at, changed_by=where.actor)


# ---------------------------------------------------------------- the place


@projects(PremiseNoted)
def show_note(fact: PremiseNoted, where: Recorded) -> None:
    """Show the note at its place."""
    PremiseNote.objects.create(
        id=fact.note,
        lon=fact.lon,
        lat=fact.lat,
        kind=fact.kind,
        address=fact.address,
        text=fact.text,
        author=where.actor,
        at=where.at,
        until=datetime.fromisoformat(fact.until) if fact.until else None,
    )


@projects(PremiseNoteEnded)
def show_note_ended(fact: PremiseNoteEnded, where: Recorded) -> None:
    """Show it no more."""
    PremiseNote.objects.filter(pk=fact.note).update(ended_at=where.at)


# ---------------------------------------------------------------- calls about the same


@projects(DuplicateLinked)
def show_duplicate(fact: DuplicateLinked, where: Recorded) -> None:
    """Show both as one. A draft is off the desk with it: its callers are the other call's."""
    Duplicate.objects.update_or_create(
        call_id=fact.call_id,
        defaults={"same_as": fact.same_as, "at": where.at, "by": where.actor, "reason": fact.reason},
    )
    if Draft.objects.filter(pk=fact.call_id, state=DraftState.OPEN).exists():
        end_draft(fact.call_id, DraftState.DUPLICATE, where, at=where.at, reason=f"same as {fact.same_as}")


@projects(DuplicateUnlinked)
def show_no_duplicate(fact: DuplicateUnlinked, where: Recorded) -> None:
    """Show them as two. A draft is back on the desk."""
    Duplicate.objects.filter(pk=fact.call_id).delete()
    if Draft.objects.filter(pk=fact.call_id, state=DraftState.DUPLICATE).exists():
        end_draft(fact.call_id, DraftState.OPEN, where, at=where.at)
        Draft.objects.filter(pk=fact.call_id).update(owner=where.actor, owned_since=where.at)


# ---------------------------------------------------------------- not, or not yet, an emergency


@projects(DispositionGiven)
def show_disposition(fact: DispositionGiven, where: Recorded) -> None:
    """Show what was done. A draft is off the desk with it, where nothing more is to be done now."""
    Given.objects.update_or_create(
        call_id=fact.call_id,
        defaults={"kind": fact.kind, "to": fact.to, "note": fact.note, "at": where.at, "by": where.actor},
    )
    known = dispositions().get(fact.kind)
    if known and known.ends and Draft.objects.filter(pk=fact.call_id, state=DraftState.OPEN).exists():
        end_draft(fact.call_id, DraftState.HANDLED, where, at=where.at, reason=known.label)


@projects(FollowUpPlanned)
def show_planned(fact: FollowUpPlanned, where: Recorded) -> None:
    """Show what is to be done."""
    FollowUp.objects.create(
        id=fact.follow_up,
        call_id=fact.call_id,
        kind=fact.kind,
        due_at=datetime.fromisoformat(fact.due_at),
        note=fact.note,
        by=where.actor,
        at=where.at,
    )


@projects(FollowUpMoved)
def show_moved(fact: FollowUpMoved, _where: Recorded) -> None:
    """Show when it is due now."""
    FollowUp.objects.filter(pk=fact.follow_up).update(due_at=datetime.fromisoformat(fact.due_at))


@projects(FollowUpDone)
def show_done(fact: FollowUpDone, where: Recorded) -> None:
    """Show that it is done."""
    FollowUp.objects.filter(pk=fact.follow_up).update(
        done_at=where.at, done_by=where.actor, outcome=fact.outcome, done_note=fact.note
    )


@projects(CallbackTried)
def show_callback(fact: CallbackTried, where: Recorded) -> None:
    """Keep the attempt."""
    Callback.objects.create(
        call_id=fact.call_id, position=where.position, at=where.at, by=where.actor, outcome=fact.outcome
    )


# ---------------------------------------------------------------- review


@projects(CallReceived)
def show_drawn(fact: CallReceived, where: Recorded) -> None:
    """Put the call on the review list: an arrest always, another by chance, which its own id decides."""
    if fact.nature == ARREST:
        _list(fact.call_id, "arrest", where)
    elif review.is_drawn(where.id, where.at.date()):
        _list(fact.call_id, "share", where)


@projects(ArrestRecognised)
def show_arrest(fact: ArrestRecognised, where: Recorded) -> None:
    """Put the call on the review list."""
    _list(fact.call_id, "arrest", where)


@projects(NatureChanged)
def show_turned_out(fact: NatureChanged, where: Recorded) -> None:
    """Put a call that turned out to be an arrest on the review list."""
    if fact.nature == ARREST:
        _list(fact.call_id, "arrest", where)


def _list(call_id: str, why: str, where: Recorded) -> None:
    """List a call once; that it was an arrest outweighs chance."""
    listed, fresh = Review.objects.get_or_create(call_id=call_id, defaults={"why": why, "listed_at": where.at})
    if not fresh and why == "arrest" and listed.why != why:
        Review.objects.filter(pk=call_id).update(why=why)


@projects(CallReviewed)
def show_review(fact: CallReviewed, where: Recorded) -> None:
    """Show what the reviewer found."""
    said = opened(fact.sealed)
    Review.objects.filter(pk=str(said.pop("call_id", ""))).update(
        review=fact.review, reviewed_at=where.at, reviewed_by=where.actor, findings=said
    )


@projects(KeyDestroyed)
def show_forgotten(fact: KeyDestroyed, _where: Recorded) -> None:
    """Forget what was said of people, once the key to it is destroyed."""
    kind, _, name = fact.name.partition("/")
    if kind == "call_id":
        Given.objects.filter(pk=name).update(note="")
        FollowUp.objects.filter(call_id=name).update(note="", done_note="")
    elif kind == "note":
        PremiseNote.objects.filter(pk=name).update(address="", text="")
    elif kind == "review":  # A replay cannot tell any more which call it was about.
        Review.objects.filter(review=name).update(review="", reviewed_at=None, reviewed_by="", findings={})

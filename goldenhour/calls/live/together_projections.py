"""What the log says of working on one call together, as tables: notes, claims, linked incidents, calls open again."""

from datetime import datetime

from goldenhour.calls.events import (
    CallClaimed,
    CallReopened,
    CallSplit,
    ClaimReleased,
    IncidentsLinked,
    IncidentsUnlinked,
    NoteStruck,
    NoteWritten,
    SplitUndone,
)
from goldenhour.calls.live.linking import pair
from goldenhour.calls.live.models import Call, CallNote, Link
from goldenhour.log.event import Recorded
from goldenhour.log.events import KeyDestroyed
from goldenhour.log.live.projections import projects

NO_CLAIM = {"claimed_by": "", "claimed_since": None, "claim_seen_at": None, "claim_doing": ""}


@projects(NoteWritten)
def show_note(fact: NoteWritten, where: Recorded) -> None:
    """Keep the note."""
    CallNote.objects.create(
        id=where.id,
        position=where.position,
        call_id=fact.call_id,
        at=where.at,
        by=where.actor,
        shown_to=fact.shown_to,
        text=fact.text,
    )


@projects(NoteStruck)
def show_note_struck(fact: NoteStruck, where: Recorded) -> None:
    """Strike it through."""
    CallNote.objects.filter(pk=fact.note).update(struck_at=where.at, struck_by=where.actor, struck_reason=fact.reason)


@projects(CallClaimed)
def show_claim(fact: CallClaimed, where: Recorded) -> None:
    """Show who works on the call; whoever goes on keeps the time at which they began."""
    call = Call.objects.get(pk=fact.call_id)
    if call.claimed_by != where.actor or call.claimed_since is None:
        call.claimed_by, call.claimed_since = where.actor, where.at
    call.claim_seen_at, call.claim_doing = where.at, fact.doing
    call.save(update_fields=list(NO_CLAIM))


@projects(ClaimReleased)
def show_released(fact: ClaimReleased, _where: Recorded) -> None:
    """Nobody works on it."""
    Call.objects.filter(pk=fact.call_id).update(**NO_CLAIM)


@projects(IncidentsLinked)
def show_linked(fact: IncidentsLinked, where: Recorded) -> None:
    """Link the two."""
    _link(fact.call_id, fact.to_call_id, where, fact.reason)


@projects(IncidentsUnlinked)
def show_unlinked(fact: IncidentsUnlinked, _where: Recorded) -> None:
    """Undo the link."""
    _unlink(fact.call_id, fact.to_call_id)


@projects(CallSplit)
def show_split(fact: CallSplit, where: Recorded) -> None:
    """Let the second incident's clock run from the first ring, and link the two."""
    rang_at = datetime.fromisoformat(fact.rang_at)
    Call.objects.filter(pk=fact.call_id).update(split_from=fact.from_call_id, received_at=rang_at)
    _link(fact.call_id, fact.from_call_id, where, fact.reason)


@projects(SplitUndone)
def show_split_undone(fact: SplitUndone, _where: Recorded) -> None:
    """Undo the link. The number stays, with where it came from."""
    _unlink(fact.call_id, fact.from_call_id)


@projects(CallReopened)
def show_reopened(fact: CallReopened, where: Recorded) -> None:
    """Put the call back on the board."""
    Call.objects.filter(pk=fact.call_id).update(
        closed_at=None, outcome="", reopened_at=where.at, reopened_by=where.actor, reopened_why=fact.reason
    )


@projects(KeyDestroyed)
def show_notes_erased(fact: KeyDestroyed, _where: Recorded) -> None:
    """Forget what was written on a call, once the key to it is destroyed."""
    call_id = fact.name.removeprefix("call_id/")
    if call_id != fact.name:
        CallNote.objects.filter(call_id=call_id).update(text="")


def _link(call_id: str, other: str, where: Recorded, reason: str) -> None:
    lower, higher = pair(call_id, other)
    Link.objects.create(call_id=lower, other=higher, at=where.at, by=where.actor, reason=reason)


def _unlink(call_id: str, other: str) -> None:
    lower, higher = pair(call_id, other)
    Link.objects.filter(call_id=lower, other=higher).delete()

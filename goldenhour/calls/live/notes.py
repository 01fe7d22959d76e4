"""Notes on a call: written with who and when, struck with a reason, never erased."""

from collections.abc import Collection
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.calls.events import NoteStruck, NoteWritten
from goldenhour.calls.live.asking import get_subject
from goldenhour.calls.live.by import By, writing_of
from goldenhour.calls.live.models import CallNote
from goldenhour.calls.notes import ShownTo, readers
from goldenhour.errors import NotFound, Refused
from goldenhour.roads.live.region import wall_clock


def note_write(*, call_id: str, text: str, shown_to: ShownTo, by: By) -> str:
    """Write something down on a call, also on a closed one; return the note's id.

    Raises:
        NotFound: there is no such call or draft.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return record.earlier[0].id
        get_subject(call_id)
        return record(NoteWritten(call_id=call_id, shown_to=str(shown_to), text=text)).id


def note_strike(*, call_id: str, note: str, reason: str, by: By) -> None:
    """Say that a note was wrong. It stays, struck through.

    Raises:
        NotFound: the call has no such note.
        Refused: it is struck already.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        known = CallNote.objects.filter(pk=note, call_id=call_id).first()
        if known is None:
            what = f"{call_id} has no such note."
            raise NotFound(code="no_note", what=what, do="Look at the call's timeline anew.")
        if known.struck_at is not None:
            what = f"{known.struck_by} struck it at {wall_clock(known.struck_at)}: {known.struck_reason}"
            raise Refused(code="note_struck", what=what, do="Nothing was changed.")
        record(NoteStruck(call_id=call_id, note=note, reason=reason))


def list_notes(call_ids: Collection[str], reader: ShownTo = ShownTo.DESK) -> list[CallNote]:
    """Return the notes of these calls that somebody may read, in the order in which they were written."""
    shown = [str(one) for one in readers(reader)]
    return list(CallNote.objects.filter(call_id__in=call_ids, shown_to__in=shown).order_by("position"))


def note_entry(note: CallNote) -> dict[str, Any]:
    """Return a note as the API shows it."""
    struck = note.struck_at is not None
    return {
        "note": note.id,
        "call_id": note.call_id,
        "at": iso(note.at),
        "by": note.by,
        "shown_to": note.shown_to,
        "text": note.text,
        "struck": {"at": iso(note.struck_at), "by": note.struck_by, "reason": note.struck_reason} if struck else None,
    }

"""What is known of a place: notes about it, calls there before, calls near it now; and that two calls are the same.

Nothing here is done by the machine: it says what is near, a person links or goes on.
"""

from datetime import datetime
from typing import Any

import uuid_utils

from goldenhour.access.wire import iso
from goldenhour.calls.details import typed_place
from goldenhour.calls.events import DuplicateLinked, DuplicateUnlinked, PremiseNoted, PremiseNoteEnded
from goldenhour.calls.intake import refuse_nowhere
from goldenhour.calls.live import queries
from goldenhour.calls.live.asking import get_subject
from goldenhour.calls.live.by import By, refuse_far, writing_of
from goldenhour.calls.live.drafts import insist_on_owner, over
from goldenhour.calls.live.models import DraftState
from goldenhour.calls.nearby import DUPLICATE_FOR, DUPLICATE_M, EARLIER_FOR, SAME_PLACE_M, Near, Spot, near
from goldenhour.errors import BadInput, NotFound, Refused
from goldenhour.log.live.store import writing
from goldenhour.roads.live.region import wall_clock

NOTE_KINDS = ("hazard", "access", "medical_need", "contact", "other")
_MOST_EARLIER = 20


def note_write(*, lon: float, lat: float, kind: str, text: str, address: str, until: datetime | None, by: By) -> str:
    """Write down what matters at a place; return the note's id.

    Raises:
        BadInput: it is no place, no kind, or over already.
    """
    refuse_nowhere(lon, lat, None)
    if kind not in NOTE_KINDS:
        do = f"Use one of {', '.join(NOTE_KINDS)}."
        raise BadInput(code="note_kind", what=f"there is no kind {kind!r}.", do=do, where="kind")
    refuse_far(until, by.at, where="until")
    if until is not None and until <= by.at:
        raise BadInput(code="note_until", what="it would be over already.", do="Give a later time.", where="until")
    note = by.id or str(uuid_utils.uuid7())
    with writing(f"premise/{note}", at=by.at, actor=by.actor, device=by.device, id=by.id) as record:
        if not record.earlier:
            record(
                PremiseNoted(note=note, lon=lon, lat=lat, kind=kind, until=iso(until) or "", address=address, text=text)
            )
    return note


def note_end(*, note: str, reason: str, by: By) -> None:
    """Say that a note holds no longer.

    Raises:
        NotFound: there is no such note.
        Refused: it is ended already.
    """
    with writing(f"premise/{note}", at=by.at, actor=by.actor, device=by.device, id=by.id) as record:
        if record.earlier:
            return
        known = queries.find_note(note)
        if known is None:
            raise NotFound(code="no_note", what="There is no such note.", do="Look at the notes of the place anew.")
        if known.ended_at is not None:
            what = f"The note was ended at {wall_clock(known.ended_at)}."
            raise Refused(code="note_ended", what=what, do="Nothing is to be done.")
        record(PremiseNoteEnded(note=note, reason=reason))


# ---------------------------------------------------------------- what is there


def premise(*, lon: float, lat: float, at: datetime, but: str = "") -> dict[str, Any]:
    """Return what is known of a place and which open calls and drafts are near it.

    Args:
        lon: of the place.
        lat: of the place.
        at: now.
        but: the call or draft that is asked for; it is not near itself.
    """
    notes = {one.id: one for one in queries.list_notes_near(lon, lat, SAME_PLACE_M, at)}
    earlier = {
        one.id: one for one in queries.list_received_near(lon, lat, SAME_PLACE_M, at - EARLIER_FOR) if one.id != but
    }
    calls = {one.id: one for one in queries.list_open_near(lon, lat, DUPLICATE_M, at - DUPLICATE_FOR) if one.id != but}
    drafts = {one.id: one for one in queries.list_drafts() if one.id != but}
    typed = [spot for one in drafts.values() if (spot := _spot_of(one))]
    found = near(
        lon, lat, at, [Spot(one.id, one.lon, one.lat, one.received_at) for one in earlier.values()],
        within_m=SAME_PLACE_M,
    )  # fmt: skip
    closed = sorted(
        (one for one in found if earlier[one.id].closed_at is not None),
        key=lambda one: earlier[one.id].received_at,
        reverse=True,
    )
    return {
        "notes": [_note(notes[one.id], one) for one in _near_notes(notes, lon, lat, at)],
        "earlier": {
            "months": round(EARLIER_FOR.days / 30.4),
            "count": len(closed),
            "calls": [_earlier(earlier[one.id], one) for one in closed[:_MOST_EARLIER]],
        },
        "nearby": [
            _open(calls[one.id], one)
            for one in near(
                lon,
                lat,
                at,
                [Spot(one.id, one.lon, one.lat, one.received_at) for one in calls.values()],
                within_m=DUPLICATE_M,
            )
        ],
        "drafts": [
            {
                "call_id": one.id,
                "owner": drafts[one.id].owner,
                "rang_at": iso(drafts[one.id].rang_at),
                "nature": str(drafts[one.id].fields.get("nature", "")),
                "distance_m": round(one.distance_m),
                "minutes": round(one.minutes, 1),
            }
            for one in near(lon, lat, at, typed, within_m=DUPLICATE_M)
        ],
    }


def _spot_of(draft: Any) -> Spot | None:
    """Return where and when a draft is, as far as that is typed."""
    place = typed_place(draft.fields)
    return None if place is None else Spot(draft.id, *place, draft.rang_at)


def _near_notes(notes: dict[str, Any], lon: float, lat: float, at: datetime) -> list[Near]:
    spots = [Spot(one.id, one.lon, one.lat, one.at) for one in notes.values()]
    return sorted(near(lon, lat, at, spots, within_m=SAME_PLACE_M), key=lambda one: (one.distance_m, one.id))


def _note(note: Any, where: Near) -> dict[str, Any]:
    return {
        "note": note.id,
        "kind": note.kind,
        "text": note.text,
        "address": note.address,
        "author": note.author,
        "at": iso(note.at),
        "until": iso(note.until),
        "distance_m": round(where.distance_m),
    }


def _earlier(call: Any, where: Near) -> dict[str, Any]:
    return {
        "call_id": call.id,
        "received_at": iso(call.received_at),
        "nature": call.nature,
        "priority": call.priority,
        "outcome": call.outcome,
        "distance_m": round(where.distance_m),
    }


def _open(call: Any, where: Near) -> dict[str, Any]:
    return {
        "call_id": call.id,
        "received_at": iso(call.received_at),
        "nature": call.nature,
        "priority": call.priority,
        "patients": call.patients,
        "address": call.address,
        "distance_m": round(where.distance_m),
        "minutes": round(where.minutes, 1),
    }


# ---------------------------------------------------------------- the same


def duplicate_link(*, call_id: str, same_as: str, reason: str, by: By) -> None:
    """Say that a call, or the draft of one, is about the same as another call.

    Raises:
        NotFound: there is no such call.
        Refused: it is linked already, to itself, or to one that is itself a duplicate.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        subject = get_subject(call_id)
        if subject.draft is not None:
            if subject.draft.state != DraftState.OPEN:
                raise over(subject.draft)
            insist_on_owner(subject.draft, by)
        queries.get_call(same_as)
        known, other = queries.find_duplicate(call_id), queries.find_duplicate(same_as)
        if call_id == same_as:
            raise Refused(code="same_call", what=f"{call_id} is this very call.", do="Name the other one.")
        if known is not None:
            what = f"{known.by} linked {call_id} to {known.same_as} at {wall_clock(known.at)}."
            raise Refused(code="linked_already", what=what, do="Undo that first if it is wrong.")
        if other is not None or queries.list_duplicates(call_id):
            first = other.same_as if other else call_id
            what = f"{same_as if other else 'another call'} is itself linked to {first}."
            raise Refused(code="linked_on", what=what, do=f"Link to {first} instead.")
        record(DuplicateLinked(call_id=call_id, same_as=same_as, reason=reason))


def duplicate_unlink(*, call_id: str, reason: str, by: By) -> None:
    """Say that a call is not the same as the one that it was linked to. A draft is back on the desk.

    Raises:
        NotFound: there is no such call.
        Refused: it is not linked.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        get_subject(call_id)
        known = queries.find_duplicate(call_id)
        if known is None:
            raise Refused(code="not_linked", what=f"{call_id} is not linked.", do="Nothing is to be undone.")
        record(DuplicateUnlinked(call_id=call_id, same_as=known.same_as, reason=reason))

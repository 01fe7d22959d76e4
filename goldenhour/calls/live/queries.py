"""Reading the calls. Rows are for reading only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from goldenhour.calls.live.models import (
    Answer,
    Asking,
    Call,
    Callback,
    Draft,
    DraftState,
    Duplicate,
    FollowUp,
    Given,
    Interpreter,
    Location,
    PremiseNote,
    Review,
    TextLine,
    Told,
)
from goldenhour.calls.nearby import box
from goldenhour.calls.triage import ARREST
from goldenhour.errors import NotFound

CallRow = Call


def get_call(call_id: str) -> Call:
    """Return a call.

    Raises:
        NotFound: there is no call of that number.
    """
    call = find_call(call_id)
    if call is None:
        raise no_call(call_id)
    return call


def no_call(call_id: str) -> NotFound:
    """Return the refusal of a number that no call has."""
    return NotFound(code="no_call", what=f"There is no call {call_id}.", do="Look at the number on the board.")


def find_call_by_event(event_id: str) -> Call | None:
    """Return the call that an event id made, if any."""
    return Call.objects.filter(event_id=event_id).first()


def list_current(closed_since: datetime) -> list[Call]:
    """Return the open calls and those closed since, the oldest first."""
    return list(Call.objects.filter(Q(closed_at=None) | Q(closed_at__gte=closed_since)).order_by("received_at", "id"))


def list_by_id(call_ids: Collection[str]) -> list[Call]:
    """Return the calls of these numbers."""
    return list(Call.objects.filter(pk__in=call_ids).order_by("received_at", "id"))


def list_received(start: datetime, end: datetime) -> list[Call]:
    """Return the calls received from `start` up to `end`."""
    return list(Call.objects.filter(received_at__gte=start, received_at__lt=end).order_by("received_at", "id"))


def last_number(year: int) -> str:
    """Return the last number given out in a year of the place's own calendar, to a call or a draft; "" for none yet."""
    rows = [kind.objects.filter(year=year % 100).order_by("-serial").first() for kind in (Call, Draft)]
    last = max((row for row in rows if row is not None), key=lambda row: row.serial, default=None)
    return last.id if last else ""


def is_taken(number: str) -> bool:
    """Return whether a call or a draft has that number."""
    return Call.objects.filter(pk=number).exists() or Draft.objects.filter(pk=number).exists()


def get_draft(call_id: str) -> Draft:
    """Return a draft, whatever became of it.

    Raises:
        NotFound: there is none of that number.
    """
    draft = Draft.objects.filter(pk=call_id).first()
    if draft is None:
        raise NotFound(code="no_draft", what=f"There is no draft {call_id}.", do="Look at the list of drafts.")
    return draft


def find_draft(call_id: str) -> Draft | None:
    """Return a draft, whatever became of it, if there is one of that number."""
    return Draft.objects.filter(pk=call_id).first()


def find_call(call_id: str) -> Call | None:
    """Return a call, if there is one of that number."""
    return Call.objects.filter(pk=call_id).first()


def find_draft_by_event(event_id: str) -> Draft | None:
    """Return the draft that an event id began, if any."""
    return Draft.objects.filter(event_id=event_id).first()


def list_drafts() -> list[Draft]:
    """Return the drafts that are still typed, the longest ringing first."""
    return list(Draft.objects.filter(state=DraftState.OPEN).order_by("rang_at", "id"))


def list_locations(call_id: str) -> list[Location]:
    """Return where the phone of a call said it is, the latest first."""
    return list(Location.objects.filter(call_id=call_id).order_by("-at", "-position"))


def list_texts(call_id: str) -> list[TextLine]:
    """Return the text conversation of a call, in order."""
    return list(TextLine.objects.filter(call_id=call_id).order_by("position"))


def find_interpreter(call_id: str) -> Interpreter | None:
    """Return the interpreter of a call, if one was wanted."""
    return Interpreter.objects.filter(pk=call_id).first()


def list_answers(call_id: str) -> list[Answer]:
    """Return every answer of a call, in order, also those that no longer stand."""
    return list(Answer.objects.filter(call_id=call_id).order_by("position"))


def list_told(call_id: str) -> list[Told]:
    """Return the steps that the caller was told, in order."""
    return list(Told.objects.filter(call_id=call_id).order_by("position"))


# ---------------------------------------------------------------- near a place


def _around(lon: float, lat: float, within_m: float) -> dict[str, float]:
    west, south, east, north = box(lon, lat, within_m)
    return {"lon__gte": west, "lon__lte": east, "lat__gte": south, "lat__lte": north}


def list_notes_near(lon: float, lat: float, within_m: float, at: datetime) -> list[PremiseNote]:
    """Return the notes that hold at a time, of a square around a place."""
    holds = PremiseNote.objects.filter(Q(until=None) | Q(until__gt=at), ended_at=None)
    return list(holds.filter(**_around(lon, lat, within_m)))


def list_received_near(lon: float, lat: float, within_m: float, since: datetime) -> list[Call]:
    """Return the calls received since, of a square around a place."""
    return list(Call.objects.filter(received_at__gte=since, **_around(lon, lat, within_m)))


def list_open_near(lon: float, lat: float, within_m: float, since: datetime) -> list[Call]:
    """Return the open calls received since, of a square around a place."""
    return list(Call.objects.filter(closed_at=None, received_at__gte=since, **_around(lon, lat, within_m)))


def find_note(note: str) -> PremiseNote | None:
    """Return a note about a place, if there is one of that id."""
    return PremiseNote.objects.filter(pk=note).first()


def find_duplicate(call_id: str) -> Duplicate | None:
    """Return what a call is the same as, if it was linked."""
    return Duplicate.objects.filter(pk=call_id).first()


def list_duplicates(same_as: str) -> list[Duplicate]:
    """Return the calls and drafts that are the same as a call."""
    return list(Duplicate.objects.filter(same_as=same_as).order_by("at", "call_id"))


# ---------------------------------------------------------------- not, or not yet, an emergency


def find_given(call_id: str) -> Given | None:
    """Return what was done about a call beside sending units, if anything."""
    return Given.objects.filter(pk=call_id).first()


def list_given(kind: str, since: datetime, until: datetime) -> list[Given]:
    """Return what was done about calls in a time, of one kind or ("") of all, the latest first."""
    found = Given.objects.filter(at__gte=since, at__lt=until)
    return list((found.filter(kind=kind) if kind else found).order_by("-at", "call_id"))


def find_follow_up(follow_up: str) -> FollowUp | None:
    """Return a follow-up, if there is one of that id."""
    return FollowUp.objects.filter(pk=follow_up).first()


def list_follow_ups(call_id: str) -> list[FollowUp]:
    """Return the follow-ups of a call, the earliest due first."""
    return list(FollowUp.objects.filter(call_id=call_id).order_by("due_at", "id"))


def list_follow_ups_open(due_by: datetime | None = None) -> list[FollowUp]:
    """Return the follow-ups that nobody saw to, the earliest due first; only those due by a time, if one is given."""
    found = FollowUp.objects.filter(done_at=None)
    return list((found if due_by is None else found.filter(due_at__lte=due_by)).order_by("due_at", "id"))


def list_follow_ups_done(since: datetime) -> list[FollowUp]:
    """Return the follow-ups that somebody saw to since, the latest first."""
    return list(FollowUp.objects.filter(done_at__gte=since).order_by("-done_at", "id"))


def list_callbacks(call_ids: Collection[str]) -> list[Callback]:
    """Return the attempts to ring the callers of these calls back, in order."""
    return list(Callback.objects.filter(call_id__in=call_ids).order_by("position"))


def list_to_ring_back() -> list[Given]:
    """Return the abandoned and silent calls whose draft or call is still open, the longest waiting first."""
    drafts = Draft.objects.filter(state=DraftState.OPEN).values_list("id", flat=True)
    calls = Call.objects.filter(closed_at=None).values_list("id", flat=True)
    found = Given.objects.filter(kind__in=("abandoned", "silent"))
    return list(found.filter(Q(call_id__in=list(drafts)) | Q(call_id__in=list(calls))).order_by("at", "call_id"))


# ---------------------------------------------------------------- review, measures


def find_review(call_id: str) -> Review | None:
    """Return a call's place on the review list, if it has one."""
    return Review.objects.filter(pk=call_id).first()


def list_reviews(*, reviewed: bool) -> list[Review]:
    """Return the calls that are still to be reviewed, arrests first; or those that were, the latest first."""
    found = Review.objects.filter(reviewed_at__isnull=not reviewed)
    return list(
        found.order_by("-reviewed_at", "call_id") if reviewed else found.order_by("why", "listed_at", "call_id")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrestTimes:
    """When an arrest was recognised and when somebody began to push; None where that is not known."""

    call_id: str
    received_at: datetime
    recognised_at: datetime | None
    first_compression_at: datetime | None


def list_arrest_times(start: datetime, end: datetime) -> list[ArrestTimes]:
    """Return the calls received from `start` up to `end` that were recognised as, or turned out to be, an arrest."""
    calls = {one.id: one for one in list_received(start, end)}
    asked = {one.call_id: one for one in Asking.objects.filter(call_id__in=list(calls))}
    return [
        ArrestTimes(
            call_id=call.id,
            received_at=call.received_at,
            recognised_at=asked[call.id].recognised_at if call.id in asked else None,
            first_compression_at=asked[call.id].first_compression_at if call.id in asked else None,
        )
        for call in calls.values()
        if call.nature == ARREST or (call.id in asked and asked[call.id].recognised_at)
    ]

"""Reading the calls. Rows are for reading only."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from goldenhour.calls.live.models import Answer, Call, Draft, DraftState, Interpreter, Location, TextLine, Told
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

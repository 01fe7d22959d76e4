"""Reading the calls. Rows are for reading only."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from goldenhour.calls.live.models import Call
from goldenhour.errors import NotFound

CallRow = Call


def get_call(call_id: str) -> Call:
    """Return a call.

    Raises:
        NotFound: there is no call of that number.
    """
    call = Call.objects.filter(pk=call_id).first()
    if call is None:
        raise NotFound(code="no_call", what=f"There is no call {call_id}.", do="Look at the number on the board.")
    return call


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
    """Return the last call number given out in a year of the place's own calendar; "" when there is none yet."""
    last = Call.objects.filter(year=year % 100).order_by("-serial").first()
    return last.id if last else ""

"""What can be done with calls. Each function is one gesture of one person."""

from datetime import datetime

from goldenhour.calls.events import CallClosed, CallReceived, PriorityChanged
from goldenhour.calls.intake import Intake, next_number
from goldenhour.calls.live import queries
from goldenhour.calls.live.models import Call
from goldenhour.calls.natures import PRIORITIES
from goldenhour.errors import BadInput, Refused
from goldenhour.log.live.store import Record, writing
from goldenhour.roads.live.region import time_zone, wall_clock

TRIES = 20  # Of two calls at the same instant one takes the number first; the other takes the next.


def call_receive(intake: Intake, *, actor: str, device: str = "", id: str | None = None) -> str:  # noqa: A002
    """Put a call on the board; return the number that people read out.

    The same id again is the same call.

    Raises:
        Refused: the log cannot be written now.
    """
    for _ in range(TRIES):
        earlier = queries.find_call_by_event(id) if id else None
        if earlier is not None:
            return earlier.id
        number = next_free(intake.received_at)
        with writing(f"call/{number}", at=intake.received_at, actor=actor, device=device, id=id) as record:
            if queries.is_taken(number):
                continue
            record(received(number, intake))
            return number
    raise contested()


def next_free(at: datetime) -> str:
    """Return the next number that no call and no draft has, of the year of a first ring by the place's calendar."""
    year = at.astimezone(time_zone()).year
    return next_number(queries.last_number(year), year=year)


def contested() -> Refused:
    """Return the refusal of a call that found every number taken, again and again."""
    return Refused(code="numbers_contested", what="Too many calls came in at once.", do="Send this one again.")


def received(number: str, intake: Intake) -> CallReceived:
    """Return the fact that a call was received under a number."""
    return CallReceived(
        call_id=number,
        lon=intake.lon,
        lat=intake.lat,
        nature=intake.nature,
        priority=intake.priority,
        patients=intake.patients,
        address=intake.address,
        callback=intake.callback,
    )


def priority_change(
    *,
    call_id: str,
    priority: int,
    reason: str,
    at: datetime,
    actor: str,
    device: str = "",
    id: str | None = None,  # noqa: A002
) -> None:
    """Make a call more, or less, urgent.

    Raises:
        NotFound: there is no such call.
        Refused: it is closed.
        BadInput: there is no such priority.
    """
    if priority not in PRIORITIES:
        raise BadInput(
            code="priority", what=f"{priority} is no priority.", do="Give 1 (most urgent) to 4.", where="priority"
        )
    with writing(f"call/{call_id}", at=at, actor=actor, device=device, id=id) as record:
        if record.earlier:
            return
        call = open_call(call_id)
        if (call.priority, call.said_priority) != (priority, priority):  # Also to hold it where triage put it.
            record(PriorityChanged(call_id=call_id, priority=priority, reason=reason))


def open_call(call_id: str) -> Call:
    """Return a call that is not closed.

    Raises:
        NotFound: there is no such call.
        Refused: it is closed.
    """
    call = queries.get_call(call_id)
    if call.closed_at is not None:
        raise Refused(
            code="call_closed",
            what=f"Call {call_id} was closed at {wall_clock(call.closed_at)}.",
            do="Take a new call if help is needed again.",
        )
    return call


def close(record: Record, call_id: str, outcome: str) -> None:
    """Record that nobody is needed on a call any more, as part of the command that looked whether that is so."""
    record(CallClosed(call_id=call_id, outcome=outcome))

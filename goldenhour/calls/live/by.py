"""Who does something, when, from where and with what id: the same for every gesture of this room."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator

from goldenhour.access.rules import Asked
from goldenhour.calls.details import unreadable
from goldenhour.errors import BadInput
from goldenhour.log.live.store import Record, writing

CLOCK_SKEW = timedelta(seconds=30)
LONG_AGO = timedelta(days=400)  # What paper may still bring.
FAR_AHEAD = timedelta(days=20 * 366)


def _readable(text: str) -> str:
    if unreadable(text):
        msg = "it holds signs that no text has"
        raise ValueError(msg)
    return text


Text = Annotated[str, AfterValidator(_readable)]  # What every database can keep.


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who does something. The same id again is harmless."""

    actor: str
    at: datetime
    device: str = ""
    id: str | None = None


def by(request: Asked, gesture: object = None, *, at: datetime | None = None) -> By:
    """Return who asked, with the gesture's id; `at` where it happened earlier than it is told.

    Raises:
        BadInput: it is told of the future, or of long ago.
    """
    who = request.auth
    if at is not None and at > who.at + CLOCK_SKEW:
        what = "that time is not yet."
        raise BadInput(code="time_in_future", what=what, do="Check the device's clock.", where="at")
    if at is not None and at < who.at - LONG_AGO:
        what = f"that was more than {LONG_AGO.days} days ago."
        raise BadInput(code="time_long_ago", what=what, do="Check the day.", where="at")
    when = who.at if at is None else min(at, who.at).astimezone(UTC)
    return By(actor=who.actor, at=when, device=who.device, id=str(gesture) if gesture else None)


def refuse_far(at: datetime | None, now: datetime, *, where: str) -> None:
    """Refuse a time that no plan is made for.

    Raises:
        BadInput: it is more than a year ago, or decades ahead.
    """
    if at is not None and not now - LONG_AGO <= at <= now + FAR_AHEAD:
        raise BadInput(code="far_time", what="that time is too far away.", do="Check the year.", where=where)


def writing_of(call_id: str, who: By) -> AbstractContextManager[Record]:
    """Hold the log for one command on a call, or on the draft of that number."""
    return writing(f"call/{call_id}", at=who.at, actor=who.actor, device=who.device, id=who.id)

"""Who does something, when, from where and with what id: the same for every gesture of this room."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from goldenhour.access.rules import Asked
from goldenhour.errors import BadInput
from goldenhour.log.live.store import Record, writing
from goldenhour.roads.live.region import wall_clock

CLOCK_SKEW = timedelta(seconds=30)


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
        BadInput: it is told of the future.
    """
    who = request.auth
    if at is not None and at > who.at + CLOCK_SKEW:
        what = f"{wall_clock(at)} is not yet."
        raise BadInput(code="time_in_future", what=what, do="Check the device's clock.", where="at")
    when = who.at if at is None else min(at, who.at).astimezone(UTC)
    return By(actor=who.actor, at=when, device=who.device, id=str(gesture) if gesture else None)


def writing_of(call_id: str, who: By) -> AbstractContextManager[Record]:
    """Hold the log for one command on a call, or on the draft of that number."""
    return writing(f"call/{call_id}", at=who.at, actor=who.actor, device=who.device, id=who.id)

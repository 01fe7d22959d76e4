"""A press on a device that may have been without a signal: what it says of its own clock, and when it truly was."""

from datetime import datetime
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field

from goldenhour.access.rules import Asked
from goldenhour.fleet.live.crewing import By
from goldenhour.fleet.taps import Tap, true_time

_TEN_YEARS_MS = 10 * 366 * 86_400_000
DEVICE = r"^[A-Za-z0-9_.-]*$"
Offset = Field(default=None, ge=-_TEN_YEARS_MS, le=_TEN_YEARS_MS)


class TapIn(Schema):
    """A gesture that a device may have kept for a while.

    A device says when it was tapped by its own clock (`device_at`), how many milliseconds the site's clock was ahead of
    it when they last met (`offset_ms`), what it calls itself and its running number of its taps.
    """

    model_config = ConfigDict(extra="forbid")

    id: UUID
    device_at: AwareDatetime | None = None
    offset_ms: int | None = Offset
    device: str = Field(default="", max_length=64, pattern=DEVICE)
    tap: int | None = Field(default=None, ge=0, le=2**53)

    def as_tap(self) -> Tap | None:
        """Return what the device kept, if it says so."""
        if self.device_at is None:
            return None
        return Tap(device=self.device, at=self.device_at, offset_ms=self.offset_ms, number=self.tap)

    def true_at(self, now: datetime) -> datetime:
        """Return when it was tapped; `now` where the device kept no time."""
        tap = self.as_tap()
        return now if tap is None else true_time(tap, now=now).at


def by(request: Asked, body: TapIn) -> By:
    """Return who tapped, and when that truly was."""
    who = request.auth
    return By(actor=who.actor, at=body.true_at(who.at), device=who.device, id=str(body.id))

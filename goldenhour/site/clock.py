"""The one clock of the site: the wall's, or in a demo one that runs faster, pauses and starts where it is told."""

import time
from datetime import UTC, datetime, timedelta
from threading import Lock

from goldenhour.errors import BadInput

SLOWEST, FASTEST = 1.0, 120.0


class Clock:
    """What time it is, for every `at`. Never runs backwards."""

    def __init__(self, start: datetime | None = None, *, speed: float = 1.0, paused: bool = False) -> None:
        """Follow the wall, or in a demo start at `start` and run `speed` times as fast."""
        self._lock = Lock()
        self._at = start
        self._since = time.monotonic()
        self._speed = speed
        self._paused = paused

    @property
    def simulated(self) -> bool:
        """Whether this is a demo's clock."""
        return self._at is not None

    def at(self) -> datetime:
        """Return the time, UTC, in whole milliseconds."""
        with self._lock:
            now = self._now()
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def state(self) -> dict[str, object]:
        """Return speed and paused, as the page shows them."""
        with self._lock:
            return {"speed": self._speed, "paused": self._paused}

    def run(self, *, speed: float | None = None, paused: bool | None = None) -> None:
        """Change speed or pause of a demo's clock.

        Raises:
            BadInput: it is the wall's clock, or the speed is out of range.
        """
        if not self.simulated:
            raise BadInput(code="real_clock", what="This is not a demo: time cannot be changed.", do="Start --demo.")
        if speed is not None and not SLOWEST <= speed <= FASTEST:
            raise BadInput(
                code="speed_out_of_range",
                what=f"The speed is {speed:g}; it goes from {SLOWEST:g} to {FASTEST:g}.",
                do="Choose one in between.",
                where="speed",
            )
        with self._lock:
            self._at, self._since = self._now(), time.monotonic()
            self._speed = self._speed if speed is None else speed
            self._paused = self._paused if paused is None else paused

    def leap(self, at: datetime) -> None:
        """Put a paused demo's clock forward to `at`: how the hours before the page opens are played."""
        with self._lock:
            if self._at is None or not self._paused or at < self._at:
                msg = "Only a demo's paused clock leaps, and only forward."
                raise ValueError(msg)
            self._at = at

    def _now(self) -> datetime:
        if self._at is None:
            return datetime.now(UTC)
        gone_s = 0.0 if self._paused else (time.monotonic() - self._since) * self._speed
        return self._at + timedelta(seconds=gone_s)


_clock = Clock()


def get_clock() -> Clock:
    """Return the site's clock."""
    return _clock


def set_clock(clock: Clock) -> Clock:
    """Use another clock from now on (a demo's, a test's); return the one before."""
    global _clock
    before, _clock = _clock, clock
    return before

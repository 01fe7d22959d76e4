"""The simulated clock: microseconds from the run's first moment, and what the wall shows then."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
WEEK_US = 7 * DAY_US
FIRST_MONDAY = datetime(2024, 1, 1)  # noqa: DTZ001 -- A wall clock: where a run without dates begins.


@dataclass(frozen=True, slots=True)
class Clock:
    """When the run begins, in the region's time zone. Days are 24 hours long, as the profile of the week is."""

    start: datetime  # Aware, in the region's zone.

    @classmethod
    def from_wall(cls, wall: datetime, time_zone: str) -> "Clock":
        """Return the clock of a run that begins when the wall shows that time."""
        return cls(wall.replace(tzinfo=ZoneInfo(time_zone)))

    @property
    def week_us(self) -> int:
        """Return the time since Monday 00:00 at the run's first moment."""
        start = self.start
        since = timedelta(days=start.weekday(), hours=start.hour, minutes=start.minute, seconds=start.second)
        return round(since / timedelta(microseconds=1)) + start.microsecond

    def at(self, us: int) -> datetime:
        """Return the moment, UTC."""
        return self.start.astimezone(UTC) + timedelta(microseconds=us)

    def us(self, at: datetime) -> int:
        """Return the time of a moment on this clock."""
        return round((at - self.start) / timedelta(microseconds=1))

    def hour_of_week(self, us: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the hours since Monday 00:00 at some times, 0 to 168; same shape."""
        return ((self.week_us + us) % WEEK_US) / HOUR_US

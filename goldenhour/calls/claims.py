"""Who works on a call: said to the others, in nobody's way. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Doing(StrEnum):
    """What somebody does who works on a call."""

    WORKING = "working"
    TYPING = "typing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Somebody works on a call until they have done nothing there for a while."""

    by: str
    since: datetime
    seen_at: datetime  # When they last did something there.
    doing: str
    idle: timedelta

    @property
    def until(self) -> datetime:
        """Return when it ends by itself."""
        return self.seen_at + self.idle

    def holds(self, at: datetime) -> bool:
        """Return whether they still work on it."""
        return at < self.until

    def is_due(self, at: datetime) -> bool:
        """Return whether it is worth saying again: a third of the idle time is gone."""
        return at - self.seen_at >= self.idle / 3

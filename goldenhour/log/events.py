"""What can happen to the log itself."""

from dataclasses import dataclass

from goldenhour.log.event import Event, event


@event("log.key_destroyed")
@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDestroyed(Event):
    """What was sealed under a key can never be read again. A room blanks what it shows of it."""

    name: str  # Such as call_id/26-0001.
    key: str  # The id of the key.
    reason: str


@event("log.epoch_began")
@dataclass(frozen=True, slots=True, kw_only=True)
class EpochBegan(Event):
    """The log went on from a restored copy: what followers have read after it may not be in it."""

    epoch: str
    reason: str

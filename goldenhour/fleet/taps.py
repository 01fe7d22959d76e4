"""Whose clock a tap is by: a device keeps its taps while there is no signal, and its clock may be off or jump.

    true time = the device's own time + how far the site's clock was ahead of it when they last met

Both are kept. A tap never lies after the moment it was received, and taps of one device never change places: where its
clock jumped between two of them, the one that was pressed later is not put before the other.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from goldenhour.fleet.status import CLOCK_SKEW


class Basis(StrEnum):
    """Where a step's true time is from."""

    NOW = "now"  # It was told as it happened.
    DEVICE = "device"  # The device kept the time of the tap.
    ENTERED = "entered"  # A person entered the time afterwards.
    POSITION = "position"  # A person confirmed what the unit's position suggested.


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """A press as a device kept it."""

    device: str  # The name the device gave itself; "" for none.
    at: datetime  # By the device's own clock.
    offset_ms: int | None = None  # How far the site's clock was ahead of it; None: not measured.
    number: int | None = None  # Rising with each tap of this device.


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueTime:
    """When a tap happened, and what was odd about the device's clock."""

    at: datetime
    flags: tuple[str, ...]


def true_time(tap: Tap, *, now: datetime, before: datetime | None = None, after: datetime | None = None) -> TrueTime:
    """Return when a tap happened.

    Args:
        tap: what the device kept.
        now: when it was received.
        before: the true time of the same device's tap before this one.
        after: the true time of the one after it, where that one came in first.
    """
    flags: list[str] = []
    at = tap.at
    if tap.offset_ms is None:
        flags.append("device_clock_not_measured")
    else:
        offset = timedelta(milliseconds=tap.offset_ms)
        at += offset
        if abs(offset) > CLOCK_SKEW:
            flags.append("device_clock_off")
    if at > now + CLOCK_SKEW:
        flags.append("device_clock_ahead")
    at = min(at, now)
    if before is not None and at < before:
        at = before
        flags.append("device_clock_went_back")
    elif after is not None and at > after:
        at = after
        flags.append("device_clock_went_back")
    return TrueTime(at=at, flags=tuple(flags))

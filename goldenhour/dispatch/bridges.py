"""Bridges once they run: who was sent ahead of a late crew is stood down when that crew is there first.

A bridge never carries a patient or rescues, and behind it always comes a crew with an EMT or above: that is refused
where a plan is read (`plans`). Whether a bridge is sent at all is the kernel's choice (`kernels.respond`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from goldenhour.dispatch.units import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCall:
    """A unit that fills a slot of a call."""

    unit: str
    call_sign: str
    slot: str
    there: bool  # It has arrived.


@dataclass(frozen=True, slots=True, kw_only=True)
class StandDown:
    """A unit that is no longer needed. The dispatcher clears it."""

    unit: str
    why: str


def stand_downs(slots: Sequence[Slot], on_call: Sequence[OnCall]) -> tuple[StandDown, ...]:
    """Return the bridges still under way whose crew behind them is there.

    One that has arrived itself stays: it has a patient, and hands over.
    """
    there = {one.slot: one.call_sign for one in on_call if one.there}
    ahead_of = {slot.name: slot.bridges for slot in slots if slot.bridges}
    return tuple(
        StandDown(unit=one.unit, why=f"{there[main]}, which it was to bridge the time to, is there first")
        for one in on_call
        if not one.there and (main := ahead_of.get(one.slot, "")) in there
    )

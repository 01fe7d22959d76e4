"""What a slot of a response plan asks for, and which units can fill it. The desk and the simulator share this.

Where an agency states no care level for a crew, a unit of a medical kind counts as able and is marked unconfirmed:
what is not known must never empty a county.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from goldenhour.fleet.crews import level_at_least
from goldenhour.fleet.status import Status
from goldenhour.fleet.units import Unit, UnitType

# What a kind of unit brings by itself, beside the skills its agency states.
BRINGS = {
    UnitType.ENGINE: frozenset({"fire"}),
    UnitType.TRUCK: frozenset({"ladder"}),
    UnitType.RESCUE: frozenset({"rescue"}),
    UnitType.SUPERVISOR: frozenset({"command"}),
}
MEDICAL = frozenset({UnitType.AMBULANCE, UnitType.QUICK_RESPONSE, UnitType.SUPERVISOR, UnitType.RESPONDER})
TRANSPORT_CREW = 2  # One drives, one is with the patient.


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One place in a response to be filled by one unit."""

    name: str  # Such as "ambulance", "first_responder", "engine_2".
    target_s: float  # From the first ring to arrival.
    weight: int = 1  # How much a second of lateness counts beside the other slots'.
    required: bool = True
    types: frozenset[UnitType] = frozenset()  # Empty: any kind.
    care: str = ""  # Least care level aboard; "" asks for none.
    accept: str = ""  # Care level that will do when nobody with `care` can come; "" for no such thing.
    skills: frozenset[str] = frozenset()  # Such as fire, ladder, rescue, command.
    transport: bool = False
    bridges: str = ""  # Slot that this one only bridges the time to: filled where it is sooner and that one late.

    @property
    def words(self) -> str:
        """Return what people call it."""
        return self.name.replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNow:
    """A unit at one instant, as dispatch sees it."""

    unit: Unit
    status: Status
    since: datetime | None = None
    call_id: str = ""  # The call it is on, "" for none.
    call_priority: int = 0  # Of that call.
    position_age_s: float | None = None  # Age of the reported position behind its arrival; None: from its last status.
    why_out: str = ""  # Why it is out of service.


def why_not_able(unit: Unit, slot: Slot, *, lesser: bool = False) -> str:
    """Return why a unit cannot fill a slot, in words; "" when it can. `lesser` accepts the slot's lesser care level."""
    if slot.types and unit.type not in slot.types:
        return f"is {_a(unit.type.words)}, not {' or '.join(_a(one.words) for one in sorted(slot.types))}"
    missing = slot.skills - set(unit.skills) - BRINGS.get(unit.type, frozenset())
    if missing:
        return f"cannot do {', '.join(sorted(missing))}"
    if slot.transport and not unit.can_transport:
        return "cannot transport"
    if slot.transport and unit.crew < TRANSPORT_CREW:
        return f"has a crew of {unit.crew}, and a transport needs {TRANSPORT_CREW}"
    needed = slot.accept if lesser and slot.accept else slot.care
    return "" if _has_care(unit, needed) else f"has no {needed} aboard"


def _has_care(unit: Unit, needed: str) -> bool:
    """Return whether the care level is aboard; where none is stated, a unit of a medical kind counts as having it."""
    if not needed or (not unit.levels and unit.type in MEDICAL):
        return True
    return any(level_at_least(level, needed) for level in unit.levels)


def unconfirmed(unit: Unit, slot: Slot) -> bool:
    """Return whether nobody stated the care level that the slot asks for."""
    return bool(slot.care) and not unit.levels


def able_columns(units: Sequence[Unit], slots: Sequence[Slot], *, lesser: bool = False) -> NDArray[np.bool_]:
    """Return who can fill what, shape (units, slots). `lesser` accepts each slot's lesser care level as well."""
    able = np.zeros((len(units), len(slots)), np.bool_)
    for u, unit in enumerate(units):
        for s, slot in enumerate(slots):
            able[u, s] = not why_not_able(unit, slot, lesser=lesser)
    return able


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotArrays:
    """The slots of a plan as the kernel reads them, each (slots,)."""

    target_us: NDArray[np.int64]
    weight: NDArray[np.int64]
    required: NDArray[np.bool_]
    bridges: NDArray[np.int64]  # Index of the slot it is a bridge to, -1 for none.


def slot_arrays(slots: Sequence[Slot], *, waited_s: float = 0.0, margin_s: float = 0.0) -> SlotArrays:
    """Return targets from now in microseconds, weights, whether required, and bridges.

    `waited_s` is the call's age: it has used up that much of every target. `margin_s` is the policy's.
    """
    index = {slot.name: at for at, slot in enumerate(slots)}
    return SlotArrays(
        target_us=np.array([round((slot.target_s - waited_s + margin_s) * 1e6) for slot in slots], np.int64),
        weight=np.array([slot.weight for slot in slots], np.int64),
        required=np.array([slot.required for slot in slots], np.bool_),
        bridges=np.array([index.get(slot.bridges, -1) for slot in slots], np.int64),
    )


def _a(words: str) -> str:
    """Return the words with their article."""
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"

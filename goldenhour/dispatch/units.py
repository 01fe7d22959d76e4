"""What a slot of a response plan asks for, and which units can fill it.

What a unit's crew may do here and now is the workforce's answer (`UnitNow.crew`); the vehicle brings the rest. Where
nobody can say what a crew may do, what its agency asserts counts and is marked unconfirmed: what is not known must
never empty a county.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import numpy as np
from numpy.typing import NDArray

from goldenhour.fleet.crews import vehicle_of
from goldenhour.fleet.status import Status
from goldenhour.fleet.units import Unit, UnitType
from goldenhour.workforce.capability import Capability, asserted
from goldenhour.workforce.skills import skills

# What a kind of unit brings by itself, beside the skills its agency states.
BRINGS = {
    UnitType.ENGINE: frozenset({"fire"}),
    UnitType.TRUCK: frozenset({"ladder"}),
    UnitType.RESCUE: frozenset({"rescue"}),
    UnitType.SUPERVISOR: frozenset({"command"}),
}
_ANY_DAY = datetime(2020, 1, 1, tzinfo=UTC)
RESCUE = "rescue"  # The vehicle brings the tools, and somebody aboard holds the credential.


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One place in a response to be filled by one unit."""

    name: str  # Such as "ambulance", "first_responder", "engine_2".
    target_s: float  # From the first ring to arrival.
    weight: int = 1  # How much a second of lateness counts beside the other slots'.
    required: bool = True
    types: frozenset[UnitType] = frozenset()  # Empty: any kind.
    care: str = ""  # Least care level aboard; "" asks for none.
    count: int = 1  # How many aboard of that level or above.
    accept: str = ""  # Care level that will do when nobody with `care` can come; "" for no such thing.
    # What the vehicle brings (fire, ladder, rescue, command), and what somebody aboard may do here (naloxone, ...).
    skills: frozenset[str] = frozenset()
    transport: bool = False
    bridges: str = ""  # Slot that this one only bridges the time to: filled where it is sooner and that one late.

    @property
    def words(self) -> str:
        """Return what people call it."""
        return self.name.replace("_", " ")

    @property
    def of_the_crew(self) -> frozenset[str]:
        """Return which of its skills are somebody's scope of practice, not the vehicle's tools."""
        return _of_the_crew(self.skills)


@cache
def _of_the_crew(asked: frozenset[str]) -> frozenset[str]:
    return frozenset(one for one in asked if one in skills())


@dataclass(frozen=True, slots=True, kw_only=True)
class Crewed:
    """A unit and what its crew counts for at one place, now."""

    unit: Unit
    crew: Capability


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNow(Crewed):
    """A unit at one instant, as dispatch sees it."""

    status: Status
    since: datetime | None = None
    call_id: str = ""  # The call it is on, "" for none.
    call_priority: int = 0  # Of that call.
    position_age_s: float | None = None  # Age of the reported position behind its arrival; None: from its last status.
    why_out: str = ""  # Why it is out of service.


def as_stated(unit: Unit, place: str = "", at: datetime = _ANY_DAY) -> Crewed:
    """Return a unit with the crew its agency states, nobody by name: for simulations, and where nobody signed on.

    Without a place no rule of a state is asked, and the day does not matter.
    """
    return Crewed(unit=unit, crew=asserted(vehicle_of(unit), place, at))


def why_not_able(now: Crewed, slot: Slot, *, lesser: bool = False) -> str:
    """Return why a unit cannot fill a slot, in words; "" when it can. `lesser` accepts the slot's lesser care level."""
    unit, crew = now.unit, now.crew
    if slot.types and unit.type not in slot.types:
        return _of_another_kind(unit.type, slot.types)
    of_the_crew = slot.of_the_crew
    missing = slot.skills - of_the_crew - set(unit.skills) - BRINGS.get(unit.type, frozenset())
    if missing:
        return f"cannot do {', '.join(sorted(missing))}"
    if RESCUE in slot.skills and crew.named and RESCUE not in crew.endorsements:
        return "has nobody aboard with a rescue credential that holds"
    if slot.transport and not crew.can_transport:
        return crew.why_no_transport
    needed = slot.accept if lesser and slot.accept else slot.care
    if not crew.has(needed, slot.count):
        return crew.why_no_care(needed, slot.count)
    barred = sorted(skills()[one].label for one in of_the_crew if not crew.can(one))
    return f"has nobody aboard who may do {', '.join(barred)} here" if barred else ""


@cache
def _of_another_kind(mine: UnitType, asked: frozenset[UnitType]) -> str:
    return f"is {_a(mine.words)}, not {' or '.join(_a(one.words) for one in sorted(asked))}"


def unconfirmed(now: Crewed, slot: Slot) -> tuple[str, ...]:
    """Return what of a unit's fitness for a slot nobody has confirmed, in words."""
    if not (slot.care or slot.transport or slot.of_the_crew):
        return ()
    presumed = sorted(skills()[one].label for one in slot.of_the_crew if now.crew.is_presumed(one))
    said = [f"no rule says whether its crew may do {', '.join(presumed)} here"] if presumed and now.crew.named else []
    return (*now.crew.unconfirmed, *said)


def able_columns(fleet: Sequence[Crewed | Unit], slots: Sequence[Slot], *, lesser: bool = False) -> NDArray[np.bool_]:
    """Return who can fill what, shape (units, slots). `lesser` accepts each slot's lesser care level as well.

    A bare unit counts as its agency states (`as_stated`).
    """
    crewed = [one if isinstance(one, Crewed) else as_stated(one) for one in fleet]
    columns = [[not why_not_able(now, slot, lesser=lesser) for now in crewed] for slot in slots]
    return np.array(columns, np.bool_).reshape(len(slots), len(fleet)).T.copy()


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

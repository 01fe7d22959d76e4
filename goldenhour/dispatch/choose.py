"""Who should go: the one decision, for people. A snapshot in, units with their reasons out.

`recommend` puts the kernel's answer (dispatch.kernels) into words: why each one, who was next and by how much, who was
passed over and why, what is missing. The simulator asks the same kernel with the same columns, without the words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from goldenhour.dispatch.events import UnitsRecommended
from goldenhour.dispatch.kernels import CANNOT_US, NOBODY, first_to_arrive, may_go, respond
from goldenhour.dispatch.plans import Need
from goldenhour.dispatch.policies import Policy
from goldenhour.dispatch.units import Slot, UnitNow, able_columns, slot_arrays, unconfirmed, why_not_able
from goldenhour.fleet.status import Status

Place = TypeVar("Place")

STALE_AFTER_S = 60.0  # A reported position older than this is not counted on; see `counted_place`.
MOST_PASSED_OVER = 12  # The nearest ones; nobody reads three hundred.


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One unit that should go."""

    slot: str
    unit: str
    arrive_s: float
    reason: str
    runner_up: str  # The next best for this slot that is not going anyway; "" for nobody.
    margin_s: float | None  # How much later the runner-up would arrive; below 0 where it would be sooner.
    from_call_id: str  # The call it is taken off, "" when it is free.
    position_age_s: float | None  # Age of the position that the arrival counts on; None: from its last status.


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """One unit that should not go, and why."""

    unit: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """One slot that stays empty, or is filled by less than was asked."""

    slot: str
    why: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """Who should go to a call, and why. The dispatcher decides."""

    call_id: str
    policy: str
    plan: str
    rules_hash: str
    chosen: tuple[Chosen, ...]
    passed_over: tuple[PassedOver, ...]
    shortfalls: tuple[Shortfall, ...]
    empty: tuple[
        str, ...
    ]  # Slots nobody fills now: with a required one among them the call waits for the next free unit.
    note: str

    @property
    def waits(self) -> bool:
        """Return whether a slot that must be filled stays empty."""
        return bool(self.waits_for)

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Return the slots that must be filled and stay empty."""
        return tuple(lack.slot for lack in self.shortfalls if lack.required and lack.slot in self.empty)

    def as_event(self) -> UnitsRecommended:
        """Return it as the fact that it was given."""
        return UnitsRecommended(
            call_id=self.call_id,
            policy=self.policy,
            chosen=tuple(asdict(one) for one in self.chosen),
            passed_over=tuple(asdict(one) for one in self.passed_over),
            shortfalls=tuple(asdict(one) for one in self.shortfalls),
            plan=self.plan,
            rules_hash=self.rules_hash,
        )


def recommend(fleet: Sequence[UnitNow], need: Need, travel: NDArray[np.int64], policy: Policy) -> Recommendation:
    """Return who should go.

    Args:
        fleet: every unit, in a lasting order: of equal answers the one with the earlier units is taken.
        need: the slots that are still to be filled, of dispatch.plans.
        travel: (units,) microseconds from now until each would be at the call if sent now, turnout included,
            UNREACHABLE_US when there is no way. Also for units that may not be sent: it says how near they are.
        policy: of dispatch.policies.
    """
    slots = need.slots
    table = policy.table()
    able = able_columns(fleet, slots)
    lesser = able_columns(fleet, slots, lesser=True) if any(slot.accept for slot in slots) else able.copy()
    for s, slot in enumerate(slots):  # A bridge that would not be there first is none.
        in_time = travel < need.ahead_of_s.get(slot.name, CANNOT_US) * 1e6
        able[:, s] &= in_time
        lesser[:, s] &= in_time
    barred = [_why_barred(now, need, policy, table) for now in fleet]
    arrive_us = np.where([not why for why in barred], travel, CANNOT_US).astype(np.int64)
    outside = np.array(
        [policy.own_district_first and need.district not in {"", now.unit.station} for now in fleet],
        np.bool_,
    )
    asked = slot_arrays(slots, waited_s=need.waited_s, margin_s=policy.district_margin_s)
    unit_of = np.full(len(slots), NOBODY, np.int64)
    opened, needless = np.zeros((2, len(slots)), np.bool_)
    respond(
        able,
        lesser,
        arrive_us,
        outside,
        asked.target_us,
        asked.weight,
        asked.required,
        asked.bridges,
        unit_of,
        opened,
        needless,
    )
    told = _Teller(
        fleet,
        need,
        travel,
        arrive_us,
        np.where(opened, lesser, able),
        outside,
        asked.bridges,
        unit_of,
        needless,
        barred,
    )
    lacking = [s for s in range(len(slots)) if not needless[s]]
    lacks = [told.shortfall(s, lesser_sent=bool(opened[s]) and not able[unit_of[s], s]) for s in lacking]
    return Recommendation(
        call_id=need.call_id,
        policy=policy.name,
        plan=need.plan,
        rules_hash=need.rules_hash,
        chosen=tuple(told.chosen(s) for s in range(len(slots)) if unit_of[s] != NOBODY),
        passed_over=told.passed_over(),
        shortfalls=tuple(lack for lack in lacks if lack),
        empty=tuple(slots[s].name for s in lacking if unit_of[s] == NOBODY),
        note=need.note,
    )


def _why_barred(now: UnitNow, need: Need, policy: Policy, redispatch: NDArray[np.bool_]) -> str:
    """Return why a unit may not be sent now, whatever it can do; "" when it may."""
    if now.call_id and now.call_id == need.call_id:
        return "is on this call already"
    if may_go(now.status.code, now.call_priority, need.priority, redispatch):
        return ""
    if now.status is Status.OUT_OF_SERVICE:
        return f"is out of service{f': {now.why_out}' if now.why_out else ''}"
    where = f" call {now.call_id} (priority {now.call_priority})" if now.call_id else " another call"
    if now.status in (Status.NOTIFIED, Status.EN_ROUTE):
        return f"is on its way to{where}, and policy {policy.name} does not take it off"
    return f"is busy on{where}: {now.status.words}"


@dataclass(frozen=True, slots=True)
class _Teller:
    """The answer of the kernel, and what it was asked, to be told in words."""

    fleet: Sequence[UnitNow]
    need: Need
    travel: NDArray[np.int64]
    arrive_us: NDArray[np.int64]
    able: NDArray[np.bool_]  # As in the end asked: lesser units where a slot was opened to them.
    outside: NDArray[np.bool_]
    bridges: NDArray[np.int64]
    unit_of: NDArray[np.int64]
    needless: NDArray[np.bool_]
    barred: list[str]

    def chosen(self, s: int) -> Chosen:
        """Return the unit of a slot with its reason."""
        slot, u = self.need.slots[s], int(self.unit_of[s])
        now = self.fleet[u]
        rest = self.able[:, s].copy()
        rest[self.unit_of[self.unit_of != NOBODY]] = False
        runner = int(first_to_arrive(rest, self.arrive_us))
        margin = None if runner == NOBODY else (self.arrive_us[runner] - self.arrive_us[u]) / 1e6
        diverted = now.status in (Status.NOTIFIED, Status.EN_ROUTE)
        return Chosen(
            slot=slot.name,
            unit=now.unit.id,
            arrive_s=float(self.arrive_us[u] / 1e6),
            reason=self._reason(s, u, margin, diverted=diverted),
            runner_up="" if runner == NOBODY else self.fleet[runner].unit.id,
            margin_s=None if margin is None else float(margin),
            from_call_id=now.call_id if diverted else "",
            position_age_s=now.position_age_s,
        )

    def _reason(self, s: int, u: int, margin: float | None, *, diverted: bool) -> str:
        """Return why this unit fills this slot, in a sentence or three."""
        slot, now = self.need.slots[s], self.fleet[u]
        could = int((self.able[:, s] & (self.arrive_us < CANNOT_US)).sum())
        if margin is None:
            first = "the only one left that can" if could > 1 else "the only one that can"
        elif margin >= 0:
            first = f"soonest of {could} that can"
        elif self.outside.any() and not self.outside[u]:
            first = "of the call's own district"
        else:
            first = "best for all slots together"
        late_s = self.arrive_us[u] / 1e6 + self.need.waited_s - slot.target_s
        target = f"{clock(late_s)} past its target" if late_s > 0 else f"within its target of {clock(slot.target_s)}"
        words = [f"There in {clock(self.arrive_us[u] / 1e6)}, {first}; {target}."]
        if diverted:
            words.append(f"Taken off call {now.call_id} (priority {now.call_priority}).")
        main = int(self.unit_of[self.bridges[s]]) if self.bridges[s] != NOBODY else NOBODY
        if main != NOBODY:
            ahead_s = (self.arrive_us[main] - self.arrive_us[u]) / 1e6
            words.append(
                f"Bridges {clock(ahead_s)} until {self.fleet[main].unit.call_sign}, which comes late, is there."
            )
        doubts = unconfirmed(now, slot)
        if doubts:
            words.append(f"Its crew is unconfirmed: {'; '.join(doubts)}.")
        if now.position_age_s is not None and now.position_age_s > STALE_AFTER_S:
            words.append(f"Its position is {clock(now.position_age_s)} old.")
        return " ".join(words)

    def shortfall(self, s: int, *, lesser_sent: bool) -> Shortfall | None:
        """Return what is missing in a slot, None when nothing is."""
        slot = self.need.slots[s]
        if self.unit_of[s] != NOBODY:
            if not lesser_sent:
                return None
            now = self.fleet[int(self.unit_of[s])]
            why = f"Nobody with {slot.care} can come; {now.unit.call_sign} comes with {slot.accept}."
            if now.crew.warnings:
                why += f" Aboard {now.unit.call_sign}: {'; '.join(now.crew.warnings)}."
            return Shortfall(slot=slot.name, why=why, required=slot.required)
        capable = [u for u in range(len(self.fleet)) if not why_not_able(self.fleet[u], slot, lesser=True)]
        if not capable:
            why = "No unit of the fleet can fill it."
        elif all(u in self.unit_of for u in capable if self.arrive_us[u] < CANNOT_US):
            nearest = min(capable, key=lambda u: (u in self.unit_of, self.travel[u], u))
            why = f"{self.fleet[nearest].unit.call_sign}, the nearest that could, {self._why_not(nearest)}."
        else:
            why = "No free unit can fill it."
        return Shortfall(slot=slot.name, why=why, required=slot.required)

    def passed_over(self) -> tuple[PassedOver, ...]:
        """Return the nearest units that do not go, and why."""
        sent = set(self.unit_of.tolist())
        nearest = (u for u in np.argsort(self.travel, kind="stable").tolist() if u not in sent)
        return tuple(
            PassedOver(unit=self.fleet[u].unit.id, why=self._why_not(u)) for u in islice(nearest, MOST_PASSED_OVER)
        )

    def _why_not(self, u: int) -> str:
        """Return why a unit does not fill any slot."""
        if u in self.unit_of:
            return f"goes as {self.need.slots[list(self.unit_of).index(u)].words}"
        if self.barred[u]:
            return self.barred[u]
        if self.arrive_us[u] >= CANNOT_US:
            return "cannot get there by road"
        could = [s for s in range(len(self.need.slots)) if self.able[u, s] and self.unit_of[s] != NOBODY]
        if not could and any(self.able[u, s] and self.needless[s] for s in range(len(self.need.slots))):
            return "is not needed as a bridge"
        if not could:
            slot = self.need.slots[0] if self.need.slots else Slot(name="", target_s=1)
            return why_not_able(self.fleet[u], slot) or "is not needed"
        return self._beside_the_chosen(u, could)

    def _beside_the_chosen(self, u: int, could: list[int]) -> str:
        """Return how a unit that could fill these slots compares with those that do."""
        farther = [(self.arrive_us[u] - self.arrive_us[self.unit_of[s]], s) for s in could]
        more_us, s = min(farther)
        who = self.fleet[int(self.unit_of[s])].unit.call_sign
        if more_us > 0:
            return f"is {clock(more_us / 1e6)} farther than {who}"
        if more_us == 0:
            return f"is as near as {who}, which stands before it in the list"
        if self.outside[u] and not self.outside[self.unit_of[s]]:
            return f"is {clock(-more_us / 1e6)} nearer than {who}, but not of the call's own district"
        return f"is {clock(-more_us / 1e6)} nearer than {who}, but the slots together are filled better without it"


def clock(seconds: float) -> str:
    """Return a length of time as minutes and seconds, or hours and minutes.

    >>> clock(250.4), clock(7260)
    ('4:10', '2:01 h')
    """
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}" if whole < 3600 else f"{whole // 3600}:{whole % 3600 // 60:02} h"  # noqa: PLR2004


def counted_place(
    reported: Place | None, reported_at: datetime | None, last_status: Place, *, at: datetime
) -> tuple[Place, float | None]:
    """Return the place to count a unit's arrival from, and the age of that report in seconds.

    A report older than STALE_AFTER_S is not counted on: the place of the unit's last status is, with age None.
    """
    if reported is None or reported_at is None:
        return last_status, None
    age_s = (at - reported_at).total_seconds()
    return (reported, age_s) if age_s <= STALE_AFTER_S else (last_status, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCall:
    """A call with slots that nobody was free for."""

    call_id: str
    priority: int
    received_at: datetime


def queue_order(waiting: Iterable[WaitingCall]) -> list[WaitingCall]:
    """Return the calls in the order in which they get the next free unit: priority, then age, then number."""
    return sorted(waiting, key=lambda call: (call.priority, call.received_at, call.call_id))

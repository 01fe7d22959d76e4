"""What each simulated call needs: from its call list, from the mix of service.toml, or from the dated response plans.

The plans are the desk's (`dispatch.plans`), and so are the columns of who can fill what (`dispatch.units`): care
levels, skills, transport crews, lesser units and bridges.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from goldenhour.dispatch.kernels import NOBODY
from goldenhour.dispatch.plans import Asking, Book, Need, load_book
from goldenhour.dispatch.units import Crewed, Slot, able_columns
from goldenhour.errors import BadInput
from goldenhour.fleet.units import UnitType
from goldenhour.simulate import kernels
from goldenhour.simulate import service as laws
from goldenhour.simulate.calls import CallList
from goldenhour.simulate.demand import Luck, draw_plans
from goldenhour.simulate.service import Service

LIST, MIX, PLANS = "list", "mix", "plans"
SOURCES = (LIST, MIX, PLANS)
USUAL_BOOK = "county"  # What the desk takes where region.toml names none.
_US = 1_000_000
_PRIORITIES = 5  # 1..4; 0 is not used.
_QUARTER_US = 15 * 60 * _US  # Every zone's days begin at a whole quarter of an hour.


class Vehicle(Protocol):
    """What lists and mixes know of a unit."""

    @property
    def type(self) -> str:
        """Return its type."""

    @property
    def can_transport(self) -> bool:
        """Return whether it can carry a patient."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """The different answers that calls get, and which one each gets."""

    source: str  # list, mix or plans
    names: tuple[tuple[str, ...], ...]  # The slots of each answer, each of its own name.
    plan: NDArray[np.int64]  # (calls,) the answer of each
    takes: NDArray[np.bool_]  # (answers, slots) whether a slot's unit takes the patient
    wants: tuple[tuple[laws.Slot, ...], ...]  # The slots of a list or mix.
    plans: tuple[Need, ...]  # The response plans.
    book: Book | None = None

    def need(self, call: int, priority: int, target_s: Mapping[int, float]) -> Need:
        """Return what one call of that priority asks of the decision, all its slots, as the desk would say it."""
        answer = int(self.plan[call])
        if self.plans:
            return replace(self.plans[answer], priority=priority)
        slots = tuple(
            _as_slot(slot, name, target_s.get(priority, 0.0))
            for slot, name in zip(self.wants[answer], self.names[answer], strict=True)
        )
        words = "the call list" if self.source == LIST else "the mix of service.toml"
        return Need(call_id="", priority=priority, slots=slots, plan=words)


def source_of(calls: CallList, asked: str, book: str) -> str:
    """Return where needs come from: as asked; else the call list, the plans that region.toml names, or the mix.

    Raises:
        BadInput: there is no such source, or the call list names no slots.
    """
    if asked not in {"", *SOURCES}:
        raise BadInput(
            code="needs", what=f"There is no source of needs {asked!r}.", do=f"Use one of {', '.join(SOURCES)}.",
            where="--needs",
        )  # fmt: skip
    if asked == LIST and calls.slots is None:
        raise BadInput(
            code="needs",
            what="The calls do not say who is sent.",
            do="Give a call list with slots, or take them from the mix or the plans.",
            where="--needs list",
        )
    return asked or (LIST if calls.slots is not None else PLANS if book else MIX)


def needs_of(service: Service, calls: CallList, luck: Luck, *, source: str, book: str, zone: ZoneInfo) -> Needs:
    """Return what the calls need.

    Args:
        service: for the slots of lists and mixes.
        calls: with natures and priorities.
        luck: the stream of the mix.
        source: list, mix or plans.
        book: the response plans: a name of those that ship, or a folder.
        zone: of the region; a plan holds for local days.

    Raises:
        BadInput: there is no such slot as the calls ask for, or no such book.
    """
    if source == PLANS:
        return _by_plans(calls, load_book(book or USUAL_BOOK), zone)
    listed = calls if source == LIST else replace(calls, slots=None)
    answers, plan = draw_plans(service, listed, luck)
    kinds = _kinds(service, answers, listed, plan)
    wants = tuple(tuple(kinds[name] for name in answer) for answer in answers)
    return Needs(
        source=source,
        names=tuple(_names(answer) for answer in answers),
        plan=plan,
        takes=_flags([[slot.transports for slot in want] for want in wants]),
        wants=wants,
        plans=(),
    )


def _by_plans(calls: CallList, book: Book, zone: ZoneInfo) -> Needs:
    """Return the needs of calls by the response plans in force on their local days."""
    days = local_days(calls, zone)
    ordinal, which_day = np.unique([day.toordinal() for day in days], return_inverse=True)
    natures, which = np.unique(calls.nature.astype(str), return_inverse=True)
    key = (which * len(ordinal) + which_day) * _PRIORITIES + calls.priority
    if book.asks_where or book.asks_when:
        return _one_by_one(calls, book, zone, days)
    asked, of_call = np.unique(key, return_inverse=True)
    found: dict[str, int] = {}
    plans: list[Need] = []
    index = np.empty(len(asked), np.int64)
    for at, one in enumerate(asked.tolist()):
        rest, priority = divmod(one, _PRIORITIES)
        nature, day = divmod(rest, len(ordinal))
        on = date.fromordinal(int(ordinal[day]))
        need = book.need(call_id="", nature=str(natures[nature]), priority=priority, day=on)
        if need.plan + need.note not in found:
            found[need.plan + need.note] = len(plans)
            plans.append(need)
        index[at] = found[need.plan + need.note]
    return _planned(plans, index[of_call].astype(np.int64), book)


def _planned(plans: Sequence[Need], plan: NDArray[np.int64], book: Book) -> Needs:
    """Return the needs of calls, each by one of these plans."""
    return Needs(
        source=PLANS,
        names=tuple(tuple(slot.name for slot in need.slots) for need in plans),
        plan=plan,
        takes=_flags([[slot.transport for slot in need.slots] for need in plans]),
        wants=(),
        plans=tuple(plans),
        book=book,
    )


def _one_by_one(calls: CallList, book: Book, zone: ZoneInfo, days: Sequence[date]) -> Needs:
    """Return the needs of calls by plans that ask where and when a call is: each asked for itself, as the desk does."""
    found: dict[str, int] = {}
    plans: list[Need] = []
    index = np.empty(len(days), np.int64)
    for at, day in enumerate(days):
        local = calls.clock.at(int(calls.received_us[at])).astimezone(zone)
        more = Asking(lon=float(calls.lon[at]), lat=float(calls.lat[at]), at=local)
        need = book.need(
            call_id="", nature=str(calls.nature[at]), priority=int(calls.priority[at]), day=day, more=more
        )  # fmt: skip
        if need.plan + need.note not in found:
            found[need.plan + need.note] = len(plans)
            plans.append(need)
        index[at] = found[need.plan + need.note]
    return _planned(plans, index, book)


def local_days(calls: CallList, zone: ZoneInfo) -> list[date]:
    """Return the day at the place on which each call was received."""
    quarter, of_call = np.unique(calls.received_us // _QUARTER_US, return_inverse=True)
    days = [calls.clock.at(int(one) * _QUARTER_US).astimezone(zone).date() for one in quarter]
    return [days[at] for at in of_call]


def _kinds(
    service: Service, answers: list[tuple[str, ...]], calls: CallList, plan: NDArray[np.int64]
) -> dict[str, laws.Slot]:
    """Return every slot that is asked for, by name; refuse the first call that asks for one there is not."""
    known = {slot.name: slot for slot in service.slots}
    found = {}
    for name in dict.fromkeys(name for answer in answers for name in answer):
        if name not in known and name not in laws.UNIT_TYPES:
            asking = [at for at, answer in enumerate(answers) if name in answer]
            call = int(np.isin(plan, asking).argmax())
            raise BadInput(
                code="no_slot",
                what=f"Call {calls.number[call]}: there is no slot {name}.",
                do=f"Use {', '.join([*known, *laws.UNIT_TYPES])}, or add a [[slot]] of that name to service.toml.",
                where=calls.where(call) or "slots",
            )
        found[name] = known.get(name) or laws.Slot(name=name, types=(name,), transports=name == "ambulance")
    return found


def _names(answer: Sequence[str]) -> tuple[str, ...]:
    """Return the slots' names, the second of a kind with its number."""
    return tuple(name if not (n := answer[:at].count(name)) else f"{name}_{n + 1}" for at, name in enumerate(answer))


def _flags(rows: list[list[bool]]) -> NDArray[np.bool_]:
    """Return rows of different lengths as one table, False beyond their ends."""
    most = max(map(len, rows))
    return np.array([row + [False] * (most - len(row)) for row in rows], np.bool_)


def _as_slot(slot: laws.Slot, name: str, target_s: float) -> Slot:
    """Return a slot of service.toml as the decision in words reads it; a type that no unit has is asked as a skill."""
    known = frozenset(UnitType(one) for one in slot.types if one in set(UnitType))
    return Slot(
        name=name,
        target_s=target_s if slot.target_s is None else slot.target_s,
        required=slot.required,
        types=known,
        skills=frozenset() if known else frozenset(slot.types),
        transport=slot.transports,
    )


def list_arrays(
    needs: Needs, units: Sequence[Vehicle], *, target_s: Mapping[int, float], margin_s: float
) -> kernels.Plans:
    """Return the slots of a list or mix as the engine reads them.

    Args:
        needs: of a list or mix.
        units: the fleet. Who drives and who cares is not asked here: service.toml says nothing of crews.
        target_s: from receipt, by priority, where a slot has none of its own.
        margin_s: of the policy.
    """
    kinds = list(dict.fromkeys(slot for want in needs.wants for slot in want))
    index = {slot: at for at, slot in enumerate(kinds)}
    able = np.array(
        [[unit.type in slot.types and (unit.can_transport or not slot.transports) for unit in units] for slot in kinds],
        np.bool_,
    ).reshape(len(kinds), len(units))
    default = {priority: target_s.get(priority, 0.0) for priority in range(_PRIORITIES)}
    targets = [[default[p] if slot.target_s is None else slot.target_s for p in range(_PRIORITIES)] for slot in kinds]
    return _arrays(
        [[index[slot] for slot in want] for want in needs.wants],
        able,
        target_s=np.array(targets),
        margin_s=margin_s,
        required=np.array([slot.required for slot in kinds], np.bool_),
    )


def plan_arrays(
    needs: Needs, units: Sequence[Crewed], *, crews: Sequence[Crewed] = (), margin_s: float
) -> kernels.Plans:
    """Return response plans as the engine reads them.

    Args:
        needs: by response plans.
        units: the fleet as it begins.
        crews: units with another crew, as they may become while it runs, see `kernels.CREWS`.
        margin_s: of the policy.
    """
    kinds = list(dict.fromkeys(slot for need in needs.plans for slot in need.slots))
    index = {slot: at for at, slot in enumerate(kinds)}
    bridges = []
    for need in needs.plans:
        at = {slot.name: number for number, slot in enumerate(need.slots)}
        bridges += [at.get(slot.bridges, NOBODY) for slot in need.slots]
    plain = _arrays(
        [[index[slot] for slot in need.slots] for need in needs.plans],
        _able(units, kinds, lesser=False),
        target_s=np.array([[slot.target_s] * _PRIORITIES for slot in kinds]),
        margin_s=margin_s,
        required=np.array([slot.required for slot in kinds], np.bool_),
    )
    return plain._replace(
        rich=True,
        lesser=_able(units, kinds, lesser=True),
        bridges=np.array(bridges, np.int64),
        weight=np.array([slot.weight for slot in kinds], np.int64),
        plain_us=np.array([[round(slot.target_s * _US)] * _PRIORITIES for slot in kinds], np.int64),
        crew_able=_able(crews, kinds, lesser=False),
        crew_lesser=_able(crews, kinds, lesser=True),
    )


def _able(units: Sequence[Crewed], slots: Sequence[Slot], *, lesser: bool) -> NDArray[np.bool_]:
    """Return who can fill what by the desk's own columns, (slots, units)."""
    return np.ascontiguousarray(able_columns(units, slots, lesser=lesser).T)


def _arrays(
    answers: list[list[int]],
    able: NDArray[np.bool_],
    *,
    target_s: NDArray[np.float64],
    margin_s: float,
    required: NDArray[np.bool_],
) -> kernels.Plans:
    """Return answers as arrays. `answers` hold kinds; able (kinds, units), target_s (kinds, 5), required (kinds,)."""
    each = [np.array(answer, np.int64) for answer in answers]
    flat = [np.ascontiguousarray(able[one].T).ravel() for one in each]
    return kernels.Plans(
        start=np.cumsum([0, *map(len, each)]),
        kind=np.concatenate(each),
        able=np.ascontiguousarray(able[:, :, None]),
        able_ptr=np.cumsum([0, *map(len, flat)])[:-1],
        able_flat=np.concatenate(flat),
        target_us=np.rint((target_s + margin_s) * _US).astype(np.int64),
        required=required,
        rich=False,
        lesser=np.zeros((1, 1), np.bool_),
        bridges=np.full(1, NOBODY, np.int64),
        weight=np.ones(1, np.int64),
        plain_us=np.zeros((1, _PRIORITIES), np.int64),
        crew_able=np.zeros((1, 1), np.bool_),
        crew_lesser=np.zeros((1, 1), np.bool_),
    )

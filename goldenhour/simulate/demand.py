"""Chance: generated calls, and every quantity that is drawn, each from a random stream of its own.

Two policies, or two station plans, meet the same calls and the same luck when they are run with the same seed: what
happens on a call is drawn by its position in the list, never by the order in which things happen.
"""

import zlib
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from goldenhour.calls.natures import natures
from goldenhour.errors import BadInput
from goldenhour.roads.draft import Demand
from goldenhour.simulate.calls import CallList
from goldenhour.simulate.clock import DAY_US, WEEK_US, Clock
from goldenhour.simulate.kernels import (
    CANCEL_PPM,
    DESTINATION,
    DRAWN,
    HANDOVER,
    PPM,
    SCENE,
    TRANSPORT_EXTRA,
    TRANSPORT_PPM,
    TRAVEL_EXTRA,
    TRAVEL_PPM,
    TURNOUT,
    TURNOUT_AWAY,
)
from goldenhour.simulate.service import ANY, Draw, Law, Service

US = 1_000_000
_HOURS = 168
_TIME_COLUMNS = (
    ("scene", SCENE),
    ("handover", HANDOVER),
    ("turnout", TURNOUT),
    ("turnout_away", TURNOUT_AWAY),
    ("travel_extra", TRAVEL_EXTRA),
    ("transport_extra", TRANSPORT_EXTRA),
)
_RATIO_COLUMNS = (("travel_factor", TRAVEL_PPM), ("transport_factor", TRANSPORT_PPM))
_UNDRAWN = np.zeros(DRAWN, np.int64)  # What a quantity without a law is.
_UNDRAWN[[TURNOUT, CANCEL_PPM, DESTINATION]] = -1
_UNDRAWN[[TRAVEL_PPM, TRANSPORT_PPM]] = PPM
_CALLED_FOR = frozenset({"medical", "trauma", "arrest", "traffic", "unknown", "service"})  # Groups of natures.
_LEAST_PPM = 1000  # A factor of a thousandth; below it a drive would take no time.


@dataclass(frozen=True, slots=True)
class Luck:
    """The random streams of one replication."""

    seed: int
    replication: int = 0

    def stream(self, quantity: str) -> np.random.Generator:
        """Return the stream of a quantity, from its beginning."""
        key = (self.replication, zlib.crc32(quantity.encode()))
        return np.random.Generator(np.random.Philox(np.random.SeedSequence(self.seed, spawn_key=key)))


def generate(service: Service, demand: Demand | None, clock: Clock, *, days: float, luck: Luck) -> CallList:
    """Return the calls of some days: a Poisson process (or another renewal law) that follows the week's profile.

    Intervals are drawn in a time that runs as fast as calls come, then read back on the clock: for exponential ones
    this is exactly the Poisson process with the profile's rate.

    Raises:
        BadInput: the region says neither how many calls there are nor where.

    Source: Cinlar (1975), Introduction to Stochastic Processes, 4.7: inversion of the cumulated rate.
    """
    if demand is None or demand.node is None or demand.off_road_km is None:
        raise BadInput(code="no_demand", what="The region says nothing of where calls come from.", do="Give --calls.")
    rows = service.of("interarrival")
    law = rows[-1].law if rows else Law("exponential", (1.0,))
    mean_s = float(law.at((np.arange(100_000) + 0.5) / 100_000).mean())
    if mean_s <= 0 or (service.calls_per_day is None and not rows):
        raise BadInput(code="no_rate", what="service.toml does not say calls_per_day.", do="Add it, or give --calls.")
    per_day = service.calls_per_day if service.calls_per_day is not None else 86_400.0 / mean_s
    rate = demand.profile * (per_day / 24.0)
    received_us = _received(rate, law, mean_s, clock, days=days, rng=luck.stream("interarrival"))
    n = len(received_us)
    nature, priority = _kinds(service, n, luck)
    weight = np.cumsum(demand.weight)
    point = np.searchsorted(weight / weight[-1], luck.stream("place").random(n), side="right")
    inside = luck.stream("place in cell").random((n, 2)) - 0.5
    return CallList(
        clock=clock,
        number=tuple(str(at) for at in range(1, n + 1)),
        received_us=received_us,
        priority=priority,
        nature=nature,
        lon=demand.lon[point] + inside[:, 0] * demand.cell_lon,
        lat=demand.lat[point] + inside[:, 1] * demand.cell_lat,
        node=None if demand.cell_lon else demand.node[point].astype(np.int64),
        off_road_km=None if demand.cell_lon else demand.off_road_km[point],
    )


def _received(
    rate: NDArray[np.float64], law: Law, mean_s: float, clock: Clock, *, days: float, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Return when calls are received, (calls,), rising. `rate`: calls expected in each hour of the week, (168,)."""
    share = np.concatenate([[0.0], np.cumsum(rate)])  # Expected from Monday 00:00 to each full hour.
    week = share[-1]

    def expected(us: float) -> float:
        hours = us * _HOURS / WEEK_US
        return float(week * (hours // _HOURS) + np.interp(hours % _HOURS, np.arange(_HOURS + 1), share))

    at, last = expected(clock.week_us), expected(clock.week_us + days * DAY_US)
    parts = [np.zeros(0)]
    while at < last:
        steps = law.at(rng.random(max(16, int((last - at) * 1.1)))) / mean_s
        parts.append(at + np.cumsum(steps))
        at = float(parts[-1][-1])
    calls = np.concatenate(parts)
    calls = calls[: np.searchsorted(calls, last)]
    inside = calls % week
    hour = np.maximum(np.searchsorted(share, inside, side="left") - 1, 0)  # Never one without calls.
    hours = calls // week * _HOURS + hour + (inside - share[hour]) / rate[hour]
    us: NDArray[np.int64] = np.rint(hours * (WEEK_US / _HOURS)).astype(np.int64) - clock.week_us
    return np.maximum(0, us)


def _kinds(service: Service, n: int, luck: Luck) -> tuple[NDArray[np.str_], NDArray[np.int64]]:
    """Return nature and priority of each call, each (calls,)."""
    shares = np.cumsum([one.share for one in service.natures])
    which = np.searchsorted(shares / shares[-1], luck.stream("nature").random(n), side="right")
    u = luck.stream("priority").random(n)
    priority = np.zeros(n, np.int64)
    for index, nature in enumerate(service.natures):
        mine = which == index
        steps = np.cumsum(list(nature.priority.values()))
        keys = np.array(list(nature.priority), np.int64)
        priority[mine] = keys[np.searchsorted(steps / steps[-1], u[mine], side="right")]
    return np.array([one.key for one in service.natures], np.str_)[which], priority


def usual_natures(priority: NDArray[np.int64], luck: Luck) -> NDArray[np.str_]:
    """Return a nature for each call of which only the priority is known, (calls,): one that usually has that priority.

    Each as often as the others, which no county is like: response plans speak of natures, and these have to be of some.
    """
    u = luck.stream("usual nature").random(len(priority))
    found = np.full(len(priority), "", dtype="<U40")
    for one in np.unique(priority).tolist():
        usual = [nature.key for nature in natures().values() if nature.priority == one and nature.group in _CALLED_FOR]
        mine = priority == one
        found[mine] = np.array(usual)[(u[mine] * len(usual)).astype(np.int64)]
    return found


def draw_plans(service: Service, calls: CallList, luck: Luck) -> tuple[list[tuple[str, ...]], NDArray[np.int64]]:
    """Return the different answers (each a list of slots) and which one each call gets, (calls,)."""
    if calls.slots is not None:
        answers = sorted(set(calls.slots))
        index = {answer: at for at, answer in enumerate(answers)}
        return answers, np.array([index[one] for one in calls.slots], np.int64)
    answers = list(dict.fromkeys(mix.slots for mix in service.mixes)) or [("ambulance",)]
    u = luck.stream("mix").random(len(calls))
    plan = np.full(len(calls), -1, np.int64)
    for exactness, nature, priority in sorted({(m.exactness, m.nature, m.priority or 0) for m in service.mixes})[::-1]:
        rows = [m for m in service.mixes if (m.exactness, m.nature, m.priority or 0) == (exactness, nature, priority)]
        fits = plan < 0
        if nature != ANY:
            fits &= calls.nature == nature
        if priority:
            fits &= calls.priority == priority
        shares = np.cumsum([mix.share for mix in rows])
        if shares[-1] <= 0:
            continue
        which = np.array([answers.index(mix.slots) for mix in rows], np.int64)
        plan[fits] = which[np.searchsorted(shares / shares[-1], u[fits], side="right")]
    if (plan < 0).any() and ("ambulance",) not in answers:
        answers.append(("ambulance",))
    plan[plan < 0] = answers.index(("ambulance",)) if (plan < 0).any() else 0
    return answers, plan


def call_processing_us(service: Service, calls: CallList, luck: Luck) -> NDArray[np.int64]:
    """Return the time from receipt to units notified, (calls,)."""
    if "call_processing" in calls.given:
        return _microseconds(calls.given["call_processing"])
    if calls.nothing_drawn:
        return np.zeros(len(calls), np.int64)
    u = luck.stream("call_processing").random(len(calls))
    found = _drawn(service.of("call_processing"), calls, "", u)
    return _microseconds_or(found, 0, len(calls))


@dataclass(frozen=True, slots=True)
class Groups:
    """Unit types that share every law."""

    of_type: dict[str, int]
    example: tuple[str, ...]  # One unit type of each group.


def group_types(service: Service, types: set[str]) -> Groups:
    """Return which unit types never differ in a law, so that one draw serves them all."""
    named = {draw.unit_type for draw in service.draws}
    example = sorted(types & named)
    of_type = {name: at for at, name in enumerate(example)}
    rest = sorted(types - named)
    if rest or not example:
        of_type |= dict.fromkeys(rest, len(example))
        example.append(rest[0] if rest else ANY)
    return Groups(of_type, tuple(example))


def draw_rows(
    service: Service,
    calls: CallList,
    groups: Groups,
    transports: NDArray[np.bool_],
    luck: Luck,
) -> NDArray[np.int64]:
    """Return what happens to whoever fills each slot, (calls, slots, groups, DRAWN) int64, see simulate.kernels.

    Args:
        service: the laws.
        calls: the calls; what is given there is not drawn.
        groups: of unit types, see `group_types`.
        transports: whether a slot's unit takes the patient, (calls, slots).
        luck: the streams.
    """
    n, slots = transports.shape
    found = np.empty((n, slots, len(groups.example), DRAWN), np.int64)
    found[:] = _UNDRAWN
    lots = _Lots(service, calls, luck, (n, slots))
    for slot in range(slots):
        for group, unit_type in enumerate(groups.example):
            _draw_row(found[:, slot, group], lots, slot, unit_type, transports[:, slot])
    return found


@dataclass(slots=True)
class _Lots:
    """Draws of every quantity; a stream is only begun when it is asked for."""

    service: Service
    calls: CallList
    luck: Luck
    shape: tuple[int, int]  # (calls, slots)
    drawn: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    def uniform(self, quantity: str, slot: int) -> NDArray[np.float64]:
        """Return a quantity's uniform numbers for one slot, (calls,)."""
        if quantity not in self.drawn:
            self.drawn[quantity] = self.luck.stream(quantity).random(self.shape)
        return self.drawn[quantity][:, slot]

    def values(self, quantity: str, slot: int, unit_type: str) -> NDArray[np.float64] | None:
        """Return a quantity for one slot, (calls,), None where neither the calls nor the service say anything of it."""
        if quantity in self.calls.given:
            return self.calls.given[quantity]
        rows = self.service.of(quantity)
        stays = quantity == "scene_no_transport" and "scene" in self.calls.given
        if self.calls.nothing_drawn or not rows or stays:
            return None
        return _drawn(rows, self.calls, unit_type, self.uniform(quantity, slot))


def _draw_row(row: NDArray[np.int64], lots: _Lots, slot: int, unit_type: str, transports: NDArray[np.bool_]) -> None:
    """Fill in the draws of one slot for one group of unit types, (calls, DRAWN)."""
    n = len(row)
    for quantity, column in _TIME_COLUMNS:
        seconds = lots.values(quantity, slot, unit_type)
        if seconds is not None:
            row[:, column] = _microseconds_or(seconds, int(_UNDRAWN[column]), n)
    for quantity, column in _RATIO_COLUMNS:
        factor = lots.values(quantity, slot, unit_type)
        if factor is not None:
            row[:, column] = _ppm(factor)
    taken, rank = lots.values("transport", slot, unit_type), lots.values("destination", slot, unit_type)
    goes = transports & (taken > 0 if taken is not None else True)
    row[:, DESTINATION] = np.where(goes, rank if rank is not None else 0, -1)
    left = lots.values("scene_no_transport", slot, unit_type)
    if left is not None:
        row[:, SCENE] = np.where(goes | np.isnan(left), row[:, SCENE], _microseconds_or(left, 0, n))
    cancelled = lots.values("cancel_en_route", slot, unit_type)
    if cancelled is not None:
        share = lots.values("cancel_point", slot, unit_type)
        when = np.rint((share if share is not None else lots.uniform("cancel_point", slot)) * PPM)
        row[:, CANCEL_PPM] = np.where(cancelled > 0, np.minimum(when, PPM), -1)


def _drawn(
    rows: tuple[Draw, ...], calls: CallList, unit_type: str, u: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """Return the quantity of each call by the most exact row that fits, NaN where none does; None without any row."""
    since_monday = calls.clock.hour_of_week(calls.received_us)
    hour, day = since_monday % 24.0, (since_monday // 24.0).astype(np.int64)
    found = np.full(len(calls), np.nan)
    law_of = np.full(len(calls), -1)
    laws: list[Law] = []
    for draw in rows:
        if draw.unit_type not in {ANY, unit_type}:
            continue
        fits = np.ones(len(calls), np.bool_)
        if draw.nature != ANY:
            fits &= calls.nature == draw.nature
        if draw.priority is not None:
            fits &= calls.priority == draw.priority
        if draw.hours is not None:
            start, end = draw.hours
            fits &= ((hour >= start) & (hour < end)) if start <= end else ((hour >= start) | (hour < end))
        if draw.days is not None:
            fits &= np.isin(day, sorted(draw.days))
        law_of[fits] = len(laws)
        laws.append(draw.law)
    for index, law in enumerate(laws):
        mine = law_of == index
        found[mine] = law.at(u[mine])
    return found if laws else None


def _microseconds(seconds: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return seconds as whole microseconds."""
    return np.rint(seconds * US).astype(np.int64)


def _microseconds_or(seconds: NDArray[np.float64] | None, default: int, n: int) -> NDArray[np.int64]:
    """Return seconds as whole microseconds, `default` where there is none."""
    if seconds is None:
        return np.full(n, default, np.int64)
    return np.where(np.isnan(seconds), default, _microseconds(np.nan_to_num(seconds)))


def _ppm(factor: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return a factor in parts a million, 1 where there is none."""
    return np.maximum(_LEAST_PPM, np.rint(np.nan_to_num(factor, nan=1.0) * PPM)).astype(np.int64)

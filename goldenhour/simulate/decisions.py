"""The decisions of a run, put into words by the desk's own `dispatch.choose.recommend`.

The engine keeps what each decision looked at; here the same units, need and travel times are handed to `recommend`. It
must choose whom the engine sent: one decision, whoever asks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from goldenhour.dispatch.choose import Recommendation, recommend
from goldenhour.dispatch.plans import Need
from goldenhour.dispatch.units import Crewed, UnitNow
from goldenhour.fleet.status import Status
from goldenhour.simulate import kernels as k
from goldenhour.simulate.crews import watch_at
from goldenhour.simulate.engine import Run, units_of
from goldenhour.simulate.needs import PLANS
from goldenhour.workforce.capability import Capability

_STATUS = {status.code: status for status in Status}
_US = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One decision of a run."""

    at_us: int
    told: Recommendation
    sent: tuple[tuple[str, str], ...]  # (slot, unit) as the engine sent them.


def recommendations(run: Run) -> Iterator[Asked]:
    """Yield every decision of a run that kept them, in order, with its reasons."""
    if not run.decisions:
        return
    fleet = _Fleet(run)
    for some in run.decisions:
        for trace, seen, there_us in zip(some.trace.tolist(), some.seen, some.there_us.tolist(), strict=True):
            at_us, call, start, end = trace
            need = _need(run, fleet, call, at_us, there_us)
            told = recommend(fleet.at(at_us, seen["status"], seen["call"], seen["leaving"]), need, seen["travel_us"],
                             run.model.policy)  # fmt: skip
            names = run.needs.names[run.needs.plan[call]]
            sent = tuple((names[row[k.SLOT]], run.model.units[row[k.UNIT]].id) for row in run.rows[start:end].tolist())
            yield Asked(at_us=at_us, told=told, sent=sent)


def _need(run: Run, fleet: "_Fleet", call: int, at_us: int, there_us: Sequence[int]) -> Need:
    """Return what a call still needed at a decision: every slot of its answer without those that are filled."""
    priority = int(run.calls.priority[call])
    whole = replace(
        run.needs.need(call, priority, run.model.target_s),
        call_id=run.calls.number[call],
        waited_s=(at_us - int(run.calls.received_us[call])) / _US,
        district=fleet.district(call),
    )
    filled = {slot.name: us / _US for slot, us in zip(whole.slots, there_us, strict=False) if us != k.NEVER}
    return whole.without(filled)


class _Fleet:
    """The units of a run as the decision sees them at any time."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._station = {post.place: post.station for post in reversed(run.model.units)}
        station = {post.id: self._station[post.place] for post in run.model.units}
        self._units = [replace(unit, station=station[unit.id]) for unit in units_of(run.model)]
        self._area = run.areas

    def district(self, call: int) -> str:
        """Return the station whose district a call lies in, "" where districts do not matter."""
        if not self._run.model.policy.own_district_first:
            return ""
        return self._station.get(int(self._area[call]), "another")

    def at(self, at_us: int, statuses: Sequence[int], calls: Sequence[int], leaving: Sequence[int]) -> list[UnitNow]:
        """Return every unit at a time."""
        numbers, priority = self._run.calls.number, self._run.calls.priority
        found = []
        for u, (status, call, leaves) in enumerate(zip(statuses, calls, leaving, strict=True)):
            found.append(
                UnitNow(
                    unit=self._units[u],
                    crew=self._crew(u, at_us).crew,
                    status=Status.OUT_OF_SERVICE if leaves else _STATUS[int(status)],
                    call_id=numbers[call] if call >= 0 else "",
                    call_priority=int(priority[call]) if call >= 0 else 0,
                    why_out="its shift is over when its call is" if leaves else "",
                )
            )
        return found

    def _crew(self, unit: int, at_us: int) -> Crewed:
        """Return who is aboard. Lists and mixes know nothing of crews: there whoever can carry a patient may."""
        if self._run.needs.source == PLANS:
            return watch_at(self._run.crews[unit], at_us).crewed
        post = self._run.model.units[unit]
        why = "" if post.can_transport else "cannot transport"
        counts = Capability(any_care=True, can_transport=post.can_transport, why_no_transport=why)
        return Crewed(unit=self._units[unit], crew=counts)

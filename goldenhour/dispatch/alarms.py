"""Alarms by age: how long a call may be held, a unit be in a status, a request be left unanswered, too few come.

Limits are dated rules with steps. An alarm that somebody acknowledged is silent until its next step; after the last one
it comes again at a steady distance, so nothing is silenced for good.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

from goldenhour.calls.natures import PRIORITIES
from goldenhour.dated import TIERS, Rule, read_rules
from goldenhour.errors import BadInput
from goldenhour.fleet.status import Stamp, Status

SHIPPED = Path(__file__).with_name("alarms.yaml")
OWN = "alarms.yaml"  # In a region's folder: what holds there.
HOLD, TURNOUT, NO_CONTACT, OFFLOAD, AID = "hold", "turnout", "no_contact", "offload", "aid_answer"
CO_RESPONDER, ESCALATION = "co_responder_answer", "on_call_escalation"
QUANTITIES = (HOLD, TURNOUT, NO_CONTACT, AID, CO_RESPONDER)
_WORDS = {
    HOLD: "held too long",
    TURNOUT: "has not set off",
    NO_CONTACT: "not heard of on scene",
    OFFLOAD: "waits to hand its patient over",
    AID: "has not answered",
    CO_RESPONDER: "has not answered",
    ESCALATION: "has too few of those on call coming",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How long something may last, by rising steps."""

    rule: Rule
    quantity: str  # One of QUANTITIES; or OFFLOAD or ESCALATION, whose limits stand with hospitals and paging.
    steps_s: tuple[float, ...]  # Rising.
    again_s: float = 0.0  # After the last step it comes again at this distance; 0: it does not.
    priorities: frozenset[int] = frozenset()  # Empty: any.

    def step(self, age_s: float) -> int:
        """Return how many steps have come by an age: 0 before the first.

        >>> from goldenhour.dispatch.alarms import limit_on, load_alarms
        >>> limit = limit_on(load_alarms(), "hold", date(2026, 1, 1), priority=1)
        >>> [limit.step(age_s) for age_s in (59, 60, 299, 300, 420)]
        [0, 1, 2, 3, 4]
        """
        past = sum(age_s >= one for one in self.steps_s)
        if past < len(self.steps_s) or not self.again_s:
            return past
        return past + int((age_s - self.steps_s[-1]) // self.again_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silenced:
    """That somebody acknowledged an alarm: which span of time it was about, and up to which step."""

    since: datetime
    step: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """What sounds once it lasts too long."""

    quantity: str
    since: datetime
    limit: Limit
    silenced: Silenced | None = None  # Only where it is about the same span of time.

    @property
    def words(self) -> str:
        """Return what is wrong once it sounds, in words."""
        return _WORDS[self.quantity]

    def step(self, at: datetime) -> int:
        """Return the step that has come by a moment, acknowledged or not; 0 for none."""
        return self.limit.step((at - self.since).total_seconds())

    def sounds(self, at: datetime) -> bool:
        """Return whether it sounds at a moment: a step has come that nobody acknowledged."""
        return self.step(at) > (self.silenced.step if self.silenced else 0)


def alarm_of(limit: Limit | None, since: datetime, silenced: Silenced | None = None) -> Alarm | None:
    """Return the alarm of something that began at `since`; None where no rule limits it.

    What was acknowledged of an earlier span of time (a unit's former turnout) does not silence this one.
    """
    if limit is None:
        return None
    mine = silenced if silenced is not None and silenced.since == since else None
    return Alarm(quantity=limit.quantity, since=since, limit=limit, silenced=mine)


def quantity_of_unit(
    status: Status, since: datetime, stamps: Mapping[str, datetime], all_right_at: datetime | None = None
) -> tuple[str, datetime] | None:
    """Return what limits a unit's time in its status, and since when that counts; None where nothing does.

    Args:
        status: of the unit.
        since: when it came to that status.
        stamps: the times of its call, of fleet.status.Stamp.
        all_right_at: when its crew last said there that it is all right; None: it was not asked.
    """
    if status is Status.NOTIFIED:
        return TURNOUT, since
    if status is Status.AT_SCENE:
        return NO_CONTACT, max([since, *stamps.values(), *([all_right_at] if all_right_at else [])])
    if status is Status.AT_HOSPITAL and Stamp.TRANSFER_OF_CARE not in stamps:
        return OFFLOAD, stamps.get(Stamp.AT_DESTINATION, since)
    return None


# ---------------------------------------------------------------- the rules


@cache
def load_alarms(paths: Sequence[Path] = (SHIPPED,)) -> tuple[Limit, ...]:
    """Return the limits of these files.

    Args:
        paths: a tuple, so that each set of files is read once.

    Raises:
        BadInput: a line is wrong, or two of one tier speak of the same thing on the same day; it says where.
    """
    rules, _ = read_rules(paths, section="alarms", fields={"quantity", "priorities", "steps_s", "again_s"})
    limits = tuple(_limit(rule) for rule in rules)
    for at, one in enumerate(limits):
        for other in limits[:at]:
            if _speak_of_the_same(one, other):
                raise BadInput(
                    code="alarms_overlap",
                    what=f"speaks of the same as {other.rule.where} on the same days.",
                    do="End one of them with `to`, or let them speak of different priorities.",
                    where=one.rule.where,
                )
    return limits


def _speak_of_the_same(one: Limit, other: Limit) -> bool:
    alike = (one.rule.tier, one.quantity, bool(one.priorities)) == (
        other.rule.tier, other.quantity, bool(other.priorities),
    )  # fmt: skip
    return alike and one.rule.overlaps(other.rule) and bool(one.priorities & other.priorities or not one.priorities)


def _limit(rule: Rule) -> Limit:
    says = rule.says
    steps, again, priorities = says.get("steps_s"), says.get("again_s", 0), says.get("priorities", [])
    numbers = isinstance(steps, list) and steps and all(_is_time(one) for one in (*steps, again or 1))
    rising = numbers and all(a < b for a, b in pairwise([0, *(steps or [])]))
    if says.get("quantity") not in QUANTITIES or not rising or set(priorities) - set(PRIORITIES):
        raise BadInput(
            code="alarm_line",
            what="needs a quantity, steps_s in rising seconds, and priorities (if any) of 1 to 4.",
            do=f"Quantities are {', '.join(QUANTITIES)}.",
            where=rule.where,
        )
    return Limit(
        rule=rule,
        quantity=str(says["quantity"]),
        steps_s=tuple(float(one) for one in steps or ()),
        again_s=float(again),
        priorities=frozenset(priorities),
    )


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def limit_on(limits: Sequence[Limit], quantity: str, day: date, *, priority: int | None = None) -> Limit | None:
    """Return the limit that holds on a day, the nearest tier's, of these the one for the priority; None for none."""
    held = [
        one
        for one in limits
        if one.quantity == quantity and one.rule.in_force(day) and (not one.priorities or priority in one.priorities)
    ]
    return max(held, key=lambda one: (TIERS.index(one.rule.tier), bool(one.priorities)), default=None)

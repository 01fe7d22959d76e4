"""Limits of paging as dated rules: how often a message is tried, when people are asked again, and the desk told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from goldenhour.dated import TIERS, Rule, read_rules
from goldenhour.errors import BadInput
from goldenhour.paging.outbox import Retrying

SHIPPED = Path(__file__).with_name("limits.yaml")
OWN = "paging_limits.yaml"  # In a region's folder: what holds there.
_FIELDS = {
    "delivery": ("attempts", "first_s", "most_s", "expires_s"),
    "on_call_page": ("again_s", "rounds", "escalate_s"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How people on call are asked, by the rule of the day."""

    again_s: float  # Between one page and the next to those who have not answered.
    rounds: int  # Pages in all, the first included.
    escalate_s: float  # From the first page until the desk is told that too few come.
    rule: Rule


@cache
def load_limits(paths: Sequence[Path] = (SHIPPED,)) -> tuple[Rule, ...]:
    """Return the limits of these files (a tuple, so that each set of files is read once).

    Raises:
        BadInput: a line is wrong; it says where.
    """
    rules, _ = read_rules(paths, section="limits", fields={one for some in _FIELDS.values() for one in some})
    for rule in rules:
        wanted = _FIELDS.get(rule.id)
        good = (
            wanted is not None and set(rule.says) == set(wanted) and all(_positive(one) for one in rule.says.values())
        )
        if not good:
            raise BadInput(
                code="limit_line",
                what="needs its own fields, each more than 0.",
                do="; ".join(f"{name}: {', '.join(fields)}" for name, fields in _FIELDS.items()),
                where=rule.where,
            )
    return rules


def _positive(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def retrying_on(limits: Sequence[Rule], day: date) -> Retrying:
    """Return how messages are tried on a day."""
    says = _rule_on(limits, "delivery", day).says
    return Retrying(
        attempts=int(says["attempts"]),
        first_s=float(says["first_s"]),
        most_s=float(says["most_s"]),
        expires_s=float(says["expires_s"]),
    )


def asking_on(limits: Sequence[Rule], day: date) -> Asking:
    """Return how people on call are asked on a day."""
    rule = _rule_on(limits, "on_call_page", day)
    return Asking(
        again_s=float(rule.says["again_s"]),
        rounds=int(rule.says["rounds"]),
        escalate_s=float(rule.says["escalate_s"]),
        rule=rule,
    )


def _rule_on(limits: Sequence[Rule], name: str, day: date) -> Rule:
    """Return the rule that holds on a day, the nearest tier's; before the first one, the first."""
    mine = [one for one in limits if one.id == name]
    held = [one for one in mine if one.in_force(day)]
    return max(held, key=lambda one: TIERS.index(one.tier)) if held else min(mine, key=lambda one: one.start)

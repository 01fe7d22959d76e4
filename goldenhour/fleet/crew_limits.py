"""Time limits of a crew's page, as dated rules: how often it is asked if it is all right, when a patient waits long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from goldenhour.dated import TIERS, Rule, read_rules
from goldenhour.errors import BadInput

SHIPPED = Path(__file__).with_name("crew_limits.yaml")
OWN = "crew_limits.yaml"  # In a region's folder: what holds there.
QUANTITIES = ("par", "reassess", "delayed")


@dataclass(frozen=True, slots=True, kw_only=True)
class CrewLimit:
    """One interval or limit."""

    rule: Rule
    quantity: str  # One of QUANTITIES.
    seconds: float
    grace_s: float  # Of par alone: how long an answer may take; 0 for the others.
    natures: frozenset[str]  # Of par alone: calls on whose scene the asking begins by itself.


@cache
def load_crew_limits(paths: tuple[Path, ...] = (SHIPPED,)) -> tuple[CrewLimit, ...]:
    """Return the limits of these files.

    Raises:
        BadInput: a line is wrong; it says where.
    """
    rules, _ = read_rules(paths, section="limits", fields={"quantity", "seconds", "grace_s", "natures"})
    return tuple(_limit(rule) for rule in rules)


def _limit(rule: Rule) -> CrewLimit:
    quantity, seconds = rule.says.get("quantity"), rule.says.get("seconds")
    grace_s, natures = rule.says.get("grace_s", 0), rule.says.get("natures", [])
    is_par = quantity == "par"
    good = _is_time(seconds) and (_is_time(grace_s) if is_par else grace_s == 0 and not natures)
    if quantity not in QUANTITIES or not good or not isinstance(natures, list):
        raise BadInput(
            code="limit_line",
            what="needs a quantity and its seconds, more than 0; par, and it alone, also grace_s and natures.",
            do=f"Quantities are {', '.join(QUANTITIES)}.",
            where=rule.where,
        )
    return CrewLimit(
        rule=rule,
        quantity=str(quantity),
        seconds=float(seconds or 0),
        grace_s=float(grace_s),
        natures=frozenset(map(str, natures)),
    )


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def crew_limit_on(limits: Sequence[CrewLimit], quantity: str, day: date) -> CrewLimit | None:
    """Return the limit that holds on a day, the nearest tier's; None where no rule says any."""
    held = [one for one in limits if one.quantity == quantity and one.rule.in_force(day)]
    return max(held, key=lambda one: TIERS.index(one.rule.tier), default=None)

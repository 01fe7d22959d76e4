"""Time limits of a hospital's page, as dated rules: how long an offload may take, when a count of beds is old."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from goldenhour.dated import TIERS, Rule, read_rules
from goldenhour.errors import BadInput

SHIPPED = Path(__file__).with_name("limits.yaml")
OWN = "hospital_limits.yaml"  # In a region's folder: what holds there.
QUANTITIES = ("offload", "acknowledge", "beds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A time that should not be exceeded."""

    rule: Rule
    quantity: str  # One of QUANTITIES.
    seconds: float
    percent: float | None  # Of how many; None: of all.


@cache
def load_limits(paths: Sequence[Path] = (SHIPPED,)) -> tuple[Limit, ...]:
    """Return the limits of these files.

    Args:
        paths: a tuple, so that each set of files is read once.

    Raises:
        BadInput: a line is wrong; it says where.
    """
    rules, _ = read_rules(paths, section="limits", fields={"quantity", "seconds", "percent"})
    return tuple(_limit(rule) for rule in rules)


def _limit(rule: Rule) -> Limit:
    quantity, seconds, percent = (rule.says.get(name) for name in ("quantity", "seconds", "percent"))
    good = isinstance(seconds, int | float) and not isinstance(seconds, bool) and seconds > 0
    if quantity not in QUANTITIES or not good:
        raise BadInput(
            code="limit_line",
            what="needs a quantity and its seconds, more than 0.",
            do=f"Quantities are {', '.join(QUANTITIES)}.",
            where=rule.where,
        )
    return Limit(
        rule=rule,
        quantity=str(quantity),
        seconds=float(seconds or 0),
        percent=None if percent is None else float(percent),
    )


def limit_on(limits: Sequence[Limit], quantity: str, day: date) -> Limit | None:
    """Return the limit that holds on a day, the nearest tier's; None where no rule says any."""
    held = [one for one in limits if one.quantity == quantity and one.rule.in_force(day)]
    return max(held, key=lambda one: TIERS.index(one.rule.tier), default=None)

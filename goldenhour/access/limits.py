"""Times of the house's guards, as dated rules: how long broken glass stays open, when a station locks itself."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from goldenhour.access.stations import Station
from goldenhour.dated import TIERS, Rule, read_rules
from goldenhour.errors import BadInput

SHIPPED = Path(__file__).with_name("limits.yaml")
OWN = "access_limits.yaml"  # In the house's data folder: what holds there.
GLASS = "glass"
IDLE, OUT, LONGEST = "idle", "out", "longest"  # Of a kind of station each.
QUANTITIES = (GLASS, *(f"{what}_{station}" for what in (IDLE, OUT, LONGEST) for station in Station))


@cache
def load_limits(paths: Sequence[Path] = (SHIPPED,)) -> tuple[Rule, ...]:
    """Return the limits of these files.

    Args:
        paths: a tuple, so that each set of files is read once.

    Raises:
        BadInput: a line is wrong; it says where.
    """
    rules, _ = read_rules(paths, section="limits", fields={"quantity", "seconds"})
    for rule in rules:
        quantity, seconds = rule.says.get("quantity"), rule.says.get("seconds")
        least = 1 if quantity == GLASS else 0
        if quantity not in QUANTITIES or type(seconds) is not int or seconds < least:
            raise BadInput(
                code="limit_line",
                what=f"needs a quantity and its whole seconds, at least {least}.",
                do=f"Quantities are {', '.join(QUANTITIES)}.",
                where=rule.where,
            )
    return rules


def limit_on(limits: Sequence[Rule], quantity: str, day: date) -> timedelta | None:
    """Return the time that holds on a day, the nearest tier's; None where there is none, or it is 0: never."""
    held = [one for one in limits if one.says["quantity"] == quantity and one.in_force(day)]
    nearest = max(held, key=lambda one: TIERS.index(one.tier), default=None)
    return timedelta(seconds=nearest.says["seconds"]) if nearest and nearest.says["seconds"] else None

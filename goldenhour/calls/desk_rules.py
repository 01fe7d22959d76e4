"""How people work on one call together, in figures: dated data, an agency's own before what is shipped. Pure."""

from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path

from goldenhour.dated import TIERS, read_rules
from goldenhour.errors import BadInput

SHIPPED = Path(__file__).with_name("desk_rules.yaml")
OWN = "desk_rules.yaml"  # In a region's folder: what holds there.


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRules:
    """The figures in force on a day; what each means stands in desk_rules.yaml."""

    claim_idle_s: float
    reopen_h: float
    late_s: float


_FIGURES = {one.name for one in fields(DeskRules)}


@cache
def desk_rules_on(day: date, paths: tuple[Path, ...] = (SHIPPED,)) -> DeskRules:
    """Return the figures in force on a day: each from the nearest tier that says it.

    Raises:
        BadInput: a line is wrong, or a figure is said by none.
    """
    rules, _ = read_rules(paths, section="desk_rules", fields=_FIGURES)
    said: dict[str, float] = {}
    for rule in sorted((one for one in rules if one.in_force(day)), key=lambda one: TIERS.index(one.tier)):
        for name, value in rule.says.items():
            if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
                what = f"{name} is {value!r}, not a number of 0 or more."
                raise BadInput(code="desk_rule_line", what=what, do="Correct it.", where=rule.where)
            said[name] = float(value)
    missing = sorted(_FIGURES - set(said))
    if missing:
        what = f"No rule says {', '.join(missing)} on {day}."
        raise BadInput(code="desk_rules", what=what, do="Add a line.", where=OWN)
    return DeskRules(**said)

"""The desk's figures in force here."""

from datetime import datetime

from goldenhour.calls.desk_rules import OWN, SHIPPED, DeskRules, desk_rules_on
from goldenhour.roads.live import region


def desk_rules_now(at: datetime) -> DeskRules:
    """Return the figures of working on calls that are in force here, at a moment."""
    own = region.get_region().folder / OWN if region.is_known() else None
    paths = (SHIPPED, own) if own is not None and own.exists() else (SHIPPED,)
    return desk_rules_on(at.astimezone(region.time_zone()).date(), paths)

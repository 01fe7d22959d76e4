"""The times of the house's guards that hold now: as shipped, and as the house's own file says."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from goldenhour.access.limits import OWN, SHIPPED, limit_on, load_limits
from goldenhour.roads.live import region


def limit_at(quantity: str, at: datetime) -> timedelta | None:
    """Return the time that holds on the place's day; None for never."""
    own = Path(settings.DATA) / OWN
    paths = (SHIPPED, own) if own.exists() else (SHIPPED,)
    return limit_on(load_limits(paths), quantity, at.astimezone(region.time_zone()).date())

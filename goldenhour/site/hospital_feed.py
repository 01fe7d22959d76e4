"""A hospital's own feed: its page, whole, whenever something on it may have changed, and the clock.

Nothing of another hospital's patients, and no position.
"""

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from goldenhour.access.rules import receiving
from goldenhour.hospitals.live.view import hospital_view
from goldenhour.site.own_feed import OwnFeed


def _names_of(hospital: str, view: dict[str, Any]) -> set[str]:
    """Return what a fact must name to be about what the page shows: the hospital, its patients' units or calls."""
    rows = [*view["inbound"], *view["handed_over"], *view["not_coming"]]
    return {hospital, *(row[name] for row in rows for name in ("unit", "call_id") if name in row)}


_FEED = OwnFeed(
    name="hospital",
    rule=receiving,
    view=hospital_view,
    names=_names_of,
    fields=("facility", "unit", "call_id"),
    anyway_s=15.0,  # A unit comes nearer without a fact.
)


@receiving.guards
async def feed(request: HttpRequest, hospital: str) -> HttpResponseBase:
    """Follow one hospital's page: server-sent events `hospital` (the page, whole) and `clock`."""
    return await _FEED.follow(request, hospital)

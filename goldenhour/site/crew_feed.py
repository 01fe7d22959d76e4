"""A crew's own feed: its page, whole, whenever something on it may have changed, and the clock."""

from django.http import HttpRequest, HttpResponseBase

from goldenhour.access.rules import unit_step
from goldenhour.site.crew_view import crew_view, names_of
from goldenhour.site.own_feed import OwnFeed

_FEED = OwnFeed(
    name="crew",
    rule=unit_step,
    view=crew_view,
    names=names_of,
    fields=("unit", "call_id", "to_call_id", "from_call_id"),
    anyway_s=60.0,
)


@unit_step.guards
async def feed(request: HttpRequest, unit: str) -> HttpResponseBase:
    """Follow one unit's page: server-sent events `crew` (the page, whole) and `clock`."""
    return await _FEED.follow(request, unit)

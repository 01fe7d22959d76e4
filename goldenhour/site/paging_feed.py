"""One's own pages as a feed: whole, whenever somebody on call may be asked or has answered, and the clock."""

from django.http import HttpRequest, HttpResponseBase

from goldenhour.access.rules import signed_in
from goldenhour.paging.live.shown import own_names, own_pages
from goldenhour.site.own_feed import OwnFeed

_FEED = OwnFeed(
    name="pages", rule=signed_in, view=own_pages, names=own_names, fields=("unit", "call_id", "person"), anyway_s=15.0
)


@signed_in.guards
async def feed(request: HttpRequest) -> HttpResponseBase:
    """Follow the pages to oneself: server-sent events `pages` (all of them) and `clock`."""
    return await _FEED.follow(request, request.auth.person)  # type: ignore[attr-defined]

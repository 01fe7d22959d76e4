"""The addresses of the site. Each has a rule of access: see goldenhour.access, and the test that walks them all."""

from django.urls import URLPattern, URLResolver, path

from goldenhour.site import crew_feed, hospital_feed, pages, paging_feed, print_board
from goldenhour.site.accounts import doors
from goldenhour.site.addresses import Remembering
from goldenhour.site.api import api

_operations, _app, _space = api.urls
handler404 = "goldenhour.site.errors.not_there"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home),
    path("me", pages.office),
    path("workforce", pages.office),
    path("workforce/", pages.office),
    path("workforce/<path:_section>", pages.office),
    path("hospital", pages.office),
    path("admin", pages.office),
    path("admin/<path:_section>", pages.office),
    path("glass", pages.office),
    path("crew", pages.office),
    path("signin", pages.sign_in),
    path("signin/sign-on", pages.sign_in),
    path("trust", pages.trust),
    path("trust/authority.crt", pages.authority),
    path("print/board", print_board.print_board),
    path("static/web/<path:name>", pages.asset),
    path("map/<slug:name>.geojson", pages.map_layer),
    path("api/feed", pages.feed),
    path("api/units/<path:unit>/crew/feed", crew_feed.feed),
    path("api/hospitals/<str:hospital>/feed", hospital_feed.feed),
    path("api/paging/mine/feed", paging_feed.feed),
    *doors.urlpatterns,
    Remembering("api/", [one for one in _operations if getattr(one, "name", "") != "api-root"], _app, _space),
]

"""The addresses of the site. Each has a rule of access: see goldenhour.access, and the test that walks them all."""

from django.urls import URLPattern, URLResolver, path

from goldenhour.site import hospital_feed, pages, print_board
from goldenhour.site.accounts import doors
from goldenhour.site.api import api

_operations, _app, _space = api.urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home),
    path("me", pages.office),
    path("workforce", pages.office),
    path("workforce/", pages.office),
    path("workforce/<path:_section>", pages.office),
    path("hospital", pages.office),
    path("signin", pages.sign_in),
    path("print/board", print_board.print_board),
    path("static/web/<path:name>", pages.asset),
    path("map/<slug:name>.geojson", pages.map_layer),
    path("api/feed", pages.feed),
    path("api/hospitals/<str:hospital>/feed", hospital_feed.feed),
    *doors.urlpatterns,
    path("api/", ([one for one in _operations if getattr(one, "name", "") != "api-root"], _app, _space)),
]

"""What every request passes: same origin, JSON only, an access rule, and headers that keep the page to itself."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, cast
from urllib.parse import quote, urlsplit

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import connection
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from ninja.operation import PathView

from goldenhour.access.live import reads
from goldenhour.access.live.tokens import pace
from goldenhour.access.rules import AT, HOUSE, SESSION, Asked, Rule, Session
from goldenhour.errors import NotAllowed, NotSignedIn, Refused
from goldenhour.site import reading
from goldenhour.site.accounts import sessions
from goldenhour.site.clock import get_clock
from goldenhour.site.errors import refusal

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

# Styles may be set from script (the map does); nothing is loaded from, or sent to, another machine.
_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
_HEADERS = {
    "Content-Security-Policy": "; ".join(f"{what} {where}" for what, where in _SOURCES.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}

# Position apps send a form there; its only key is the token in it, never a browser's cookie.
_FORMS = {("/api/positions/osmand", "application/x-www-form-urlencoded")}

Answer = Callable[[HttpRequest], Any]


def _foreign(request: HttpRequest) -> Refused | None:
    """Return the refusal of a request that another site sent through this person's browser."""
    if request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"} and (
        request.method not in _SAFE or request.path.startswith(("/api/", "/map/"))
    ):
        return _other_site()
    if request.method in _SAFE:
        return None
    origin = request.headers.get("Origin")
    if origin is None:  # Not a browser: browsers always send it with what changes something.
        return None
    there = urlsplit(origin)
    if (there.scheme, there.netloc) != (request.scheme, request.get_host()):
        return _other_site()
    return None


def _other_site() -> Refused:
    return NotAllowed(
        code="other_site",
        what="This request comes from another web page.",
        do="Use goldenhour's own page, opened at its own address.",
    )


def _not_json(request: HttpRequest) -> JsonResponse | None:
    """Return the answer to a body that is not JSON: forms of other sites can only send those."""
    if request.method in _SAFE or not request.headers.get("Content-Length", "0").strip("0"):
        return None
    if request.content_type == "application/json" or (request.path, request.content_type) in _FORMS:
        return None
    return JsonResponse(
        {"code": "not_json", "what": "The body is not JSON.", "do": "Send it with Content-Type: application/json."},
        status=415,
    )


def _hear_proxy(request: HttpRequest) -> None:
    """Take a proxy's word about who asks and how; anybody else's word about it is thrown away."""
    said = request.META.pop("HTTP_X_FORWARDED_FOR", "")
    if request.META.get("REMOTE_ADDR") not in settings.GOLDENHOUR_PROXIES:
        request.META.pop("HTTP_X_FORWARDED_PROTO", None)
    else:  # The last is what the proxy itself saw; what stands before, anybody may have written.
        request.META["REMOTE_ADDR"] = said.rpartition(",")[2].strip() or "proxy"


def rules_of(view: Callable[..., Any]) -> dict[str, Rule | None]:
    """Return the access rule of a view by HTTP method ("*" for a plain page); None where it has none."""
    path_view = next(
        (
            cell.cell_contents
            for cell in getattr(view, "__closure__", None) or ()
            if isinstance(cell.cell_contents, PathView)
        ),
        None,
    )
    if path_view is None:
        return {"*": getattr(view, "access_rule", None)}
    return {
        method: next((one for one in operation.auth_callbacks if isinstance(one, Rule)), None)
        for operation in path_view.operations
        for method in operation.methods
    }


class Guard:
    """Refuse what comes from elsewhere or has no rule; put the headers on every answer. Works sync and async."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Answer) -> None:
        """Wrap the next layer."""
        self.get_response = get_response
        self._asynchronous = iscoroutinefunction(get_response)
        if self._asynchronous:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        """Answer a request."""
        if self._asynchronous:
            return self._answer_async(request)
        response: HttpResponseBase = self._refused(request) or reading.guarded(request, self.get_response(request))
        return dressed(request, response)

    async def _answer_async(self, request: HttpRequest) -> HttpResponseBase:
        response = self._refused(request) or await self.get_response(request)
        shown = reading.reading_of(request, response)
        if shown is not None and not reads.is_known(shown):  # Only what is new needs the database, and a thread.
            response = await sync_to_async(reading.guarded)(request, response)
        return dressed(request, response)

    def _refused(self, request: HttpRequest) -> HttpResponseBase | None:
        request.META[AT] = get_clock().at()
        _hear_proxy(request)
        try:
            request.get_host()
        except DisallowedHost:  # Somebody's own name that leads here: no rebinding of names.
            return refusal(
                NotAllowed(
                    code="other_name",
                    what="This goldenhour does not go by the name it was asked under.",
                    do="Open it as http://localhost with its port.",
                )
            )
        foreign = _foreign(request)
        return refusal(foreign) if foreign else _not_json(request)

    def _look_up(self, request: HttpRequest, *, touch: bool) -> HttpResponseBase | None:
        """Put who asks on the request; return the answer to a token that is none, or that asks too often."""
        request.META[HOUSE] = sessions.house()
        try:
            request.META[SESSION] = session = sessions.who(request, touch=touch)
        except Refused as refused:
            return refusal(refused)
        return _too_many(session, request.META[AT]) if session is not None and session.token is not None else None

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Look up who asks, and ask the rule of a plain page.

        API operations ask theirs themselves, before they read the body. Django runs this in a thread.
        """
        refused = self._look_up(request, touch=not iscoroutinefunction(view))
        if iscoroutinefunction(view):
            connection.close()  # The feed goes on for hours, and this thread waits with it.
        rules = rules_of(view)
        if refused is not None or "*" not in rules:
            return refused
        rule = rules["*"]
        if rule is None:
            return refusal(
                NotAllowed(code="no_rule", what="Nobody may open this address.", do="Go back to the start page.")
            )
        try:
            asked = cast("Asked", request)
            asked.auth = rule(asked)
        except NotSignedIn as closed:
            if request.method == "GET" and not request.path.startswith(("/api/", "/map/")):
                return HttpResponseRedirect(f"/signin?next={quote(request.get_full_path(), safe='/')}")
            return refusal(closed)
        except Refused as closed:
            return refusal(closed)
        return None


def _too_many(session: Session, at: datetime) -> HttpResponseBase | None:
    """Return the answer to a program that asks more often than its token may; None where it does not."""
    most = session.token.per_minute if session.token else 0
    wait_s = pace.wait_s(session.account, most, at)
    if not wait_s:
        return None
    said = {"code": "too_many", "what": f"This token asks at most {most} times a minute.", "do": f"Wait {wait_s} s."}
    return JsonResponse(said, status=429, headers={"Retry-After": str(wait_s)})


def dressed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return an answer with the headers that keep the page to itself."""
    if settings.GOLDENHOUR_HSTS_S and request.is_secure():
        response.headers["Strict-Transport-Security"] = f"max-age={settings.GOLDENHOUR_HSTS_S}"
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response

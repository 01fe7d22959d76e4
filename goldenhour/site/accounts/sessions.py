"""Sessions: who is signed in, how long they may sit idle, and what each request tells the rules of access.

Times are the site's clock's. A demo's runs as fast as it likes, so nobody is signed out of a demo by the clock.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, cast

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth import logout as end_session
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from goldenhour.access.live import queries, services
from goldenhour.access.roles import DESK
from goldenhour.access.rules import AT, HOUSE, SESSION, Asked, House, Rule, Session
from goldenhour.errors import Refused
from goldenhour.site.clock import get_clock

IDLE = timedelta(minutes=30)  # CJIS AC-11, IA-5.
LONGEST = timedelta(hours=16)  # A long shift; whoever works at a desk stays until signing out.
_NOTED = timedelta(minutes=1)  # How exactly it is kept when a session was last used.

SIGNED_IN_AT, SEEN_AT = "goldenhour.signed_in_at", "goldenhour.seen_at"


class Sessions(SessionMiddleware):
    """Django's sessions and their user, looked up only where somebody asks, and never on the event loop."""

    def process_request(self, request: HttpRequest) -> None:
        """Hang the session and its user on the request."""
        super().process_request(request)
        request.user = SimpleLazyObject(partial(get_user, request))  # type: ignore[assignment]

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Save the session; over TLS its cookie goes over nothing else."""
        response = super().process_response(request, response)
        if settings.SESSION_COOKIE_NAME in response.cookies and request.is_secure():
            response.cookies[settings.SESSION_COOKIE_NAME]["secure"] = True
        return response

    async def __acall__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer on the event loop: only a changed session needs the database."""
        self.process_request(request)
        response: HttpResponseBase = await self.get_response(request)  # type: ignore[misc]
        if request.session.modified:
            response = await sync_to_async(self.process_response)(request, response)
        else:
            response = self.process_response(request, response)
        return response


def house() -> House:
    """Return what the house is for those who are not signed in."""
    if settings.GOLDENHOUR_DEMO:
        return House.DEMO
    return House.RUNNING if queries.any_account() else House.NEW


def begin(request: HttpRequest) -> None:
    """Note in a session that somebody has just signed in."""
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = request.META[AT].isoformat()


def who(request: HttpRequest, *, touch: bool = True) -> Session | None:
    """Return who is signed in; None when nobody is, or not any more.

    Args:
        request: any, once it has passed `Sessions`.
        touch: whether the request shows that somebody is there. A feed that runs by itself does not.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    account = request.user.get_username()
    session = queries.find_session(account)
    if session is None:
        return None
    at: datetime = request.META[AT]
    if why := _over(request, session, at):
        end_session(request)
        services.sign_out(account=account, why=why, at=at, device=str(request.META.get("REMOTE_ADDR", "")))
        return None
    if touch and at - _time(request, SEEN_AT, at) > _NOTED:
        request.session[SEEN_AT] = at.isoformat()
    return session


def forget_ended() -> None:
    """Throw away what is left of sessions that ended by themselves."""
    SessionStore.clear_expired()


class _Heard:
    """How often accounts, grants or sessions changed, as far as this process has heard."""

    changes = 0


def note_change() -> None:
    """Let every open feed look again whether it may go on. Called by what reads the log."""
    _Heard.changes += 1


def changes() -> int:
    """Return a number that grows with every change of accounts, grants or sessions."""
    return _Heard.changes


def look_again(request: HttpRequest, rule: Rule) -> Refused | None:
    """Return why a request that goes on for hours may do so no longer; None when it may. Runs in a thread."""
    try:
        request.META[AT] = get_clock().at()
        request.META[HOUSE] = house()
        request.session = SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
        request.user = SimpleLazyObject(partial(get_user, request))  # type: ignore[assignment]
        vars(request).pop("_cached_user", None)
        request.META[SESSION] = who(request, touch=False)
        rule(cast("Asked", request))
    except Refused as refused:
        return refused
    finally:
        connection.close()
    return None


def _over(request: HttpRequest, session: Session, at: datetime) -> str:
    """Return why a session is over by the clock; "" when it is not. One that works a desk never is."""
    if settings.GOLDENHOUR_DEMO or any(one.role in DESK for one in session.grants):
        return ""
    if at - _time(request, SEEN_AT, at) > IDLE:
        return "idle"
    return "too_long" if at - _time(request, SIGNED_IN_AT, at) > LONGEST else ""


def _time(request: HttpRequest, name: str, otherwise: datetime) -> datetime:
    said = request.session.get(name)
    return datetime.fromisoformat(said) if said else otherwise

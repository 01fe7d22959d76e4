"""Sessions: who is signed in, how long they may sit idle, and what each request tells the rules of access.

Times are the site's clock's. A demo's runs as fast as it likes, so nobody is signed out of a demo by the clock.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, cast

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth import logout as end_session
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from goldenhour.access.limits import IDLE, LONGEST, OUT
from goldenhour.access.live import queries, services, tokens
from goldenhour.access.rules import AT, HOUSE, SESSION, Asked, House, Rule, Session
from goldenhour.access.stations import Station, stations_of
from goldenhour.errors import NotAllowed, Refused
from goldenhour.site.accounts.in_a_call import in_a_call
from goldenhour.site.accounts.limits import limit_at
from goldenhour.site.clock import get_clock

_NOTED = timedelta(minutes=1)  # How exactly it is kept when a session was last used.
_READS = frozenset({"GET", "HEAD", "OPTIONS"})

SIGNED_IN_AT, SEEN_AT = "goldenhour.signed_in_at", "goldenhour.seen_at"
ACTED_AT, LOCKED_AT, STATION = "goldenhour.acted_at", "goldenhour.locked_at", "goldenhour.station"


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
    at = request.META[AT].isoformat()
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = request.session[ACTED_AT] = at


def who(request: HttpRequest, *, touch: bool = True) -> Session | None:
    """Return who is signed in; None when nobody is, or not any more.

    Args:
        request: any, once it has passed `Sessions`.
        touch: whether the request shows that somebody is there. A feed that runs by itself does not.

    Raises:
        NotSignedIn: a program asks, with a token that is none, or none any more.
    """
    if (said := bearer(request)) is not None:
        return tokens.session_of(said, request.META[AT])
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    account = request.user.get_username()
    at: datetime = request.META[AT]
    session = queries.find_session(account, at)
    if session is None:
        return None
    if why := _over(request, session, at):
        end_session(request)
        services.sign_out(account=account, why=why, at=at, device=_device(request))
        return None
    if _locks(request, session, at):
        return replace(session, locked=True)
    if touch and at - _time(request, SEEN_AT, at) > _NOTED:
        request.session[SEEN_AT] = at.isoformat()
    if touch and request.method not in _READS and at - _time(request, ACTED_AT, at) > _NOTED:
        request.session[ACTED_AT] = at.isoformat()  # A page reads by itself; only what changes something is a hand.
    return session


def bearer(request: HttpRequest) -> str | None:
    """Return the token with which a program asks; None where it is none of ours. Then no cookie counts."""
    kind, _, said = request.headers.get("Authorization", "").partition(" ")
    return said.strip() if kind.lower() == "bearer" and said.strip().startswith(tokens.PREFIX) else None


def station_of(request: HttpRequest, session: Session) -> Station:
    """Return the kind of station at which a session was begun: as was said there, else as its roles have it."""
    kinds = stations_of(one.role for one in session.grants)
    said = request.session.get(STATION)
    return Station(said) if said in kinds else kinds[0]


def lock_of(request: HttpRequest, session: Session) -> dict[str, Any]:
    """Return when a station locks itself, and whether it has, as its page needs to know it."""
    station = station_of(request, session)
    limit = None if settings.GOLDENHOUR_DEMO else limit_at(f"{IDLE}_{station}", request.META[AT])
    return {
        "station": station,
        "stations": [{"key": one, "words": one.words} for one in stations_of(grant.role for grant in session.grants)],
        "after_s": limit.total_seconds() if limit else None,
        "locked": session.locked,
    }


def sit_at(request: HttpRequest, session: Session, station: Station) -> None:
    """Say what kind of station this is.

    Raises:
        Refused: the account has no role for such a one, which may lock itself later than its own.
    """
    if station not in stations_of(one.role for one in session.grants):
        raise NotAllowed(
            code="no_station",
            what=f"Your account does not work at {station.words}.",
            do="Pick the kind of place where you are.",
        )
    request.session[STATION] = str(station)


def list_sessions(account: str) -> list[dict[str, Any]]:
    """Return where an account is signed in now, as its sessions say, the latest used first."""
    login = queries.get_login(account)
    found = []
    for row in SessionStore.get_model_class().objects.filter(expire_date__gt=datetime.now(UTC)):
        said = row.get_decoded()
        own = said.get(SESSION_KEY) == str(login.pk)
        if own and constant_time_compare(said.get(HASH_SESSION_KEY, ""), login.get_session_auth_hash()):
            times = {"signed_in_at": said.get(SIGNED_IN_AT), "seen_at": said.get(SEEN_AT)}
            found.append({**times, "station": said.get(STATION, ""), "locked": LOCKED_AT in said})
    return sorted(found, key=lambda one: str(one["seen_at"]), reverse=True)


def unlock(request: HttpRequest) -> None:
    """Let a station show again what it showed; whoever is signed in has just proved it."""
    session = request.META.get(SESSION)
    if isinstance(session, Session) and session.locked:
        at: datetime = request.META[AT]
        del request.session[LOCKED_AT]
        request.session[SEEN_AT] = request.session[ACTED_AT] = at.isoformat()
        station = station_of(request, session)
        services.station_unlock(account=session.account, station=station, at=at, device=_device(request))


def _locks(request: HttpRequest, session: Session, at: datetime) -> bool:
    """Return whether a station is locked; lock it when nobody has touched it for too long, outside of any call."""
    if LOCKED_AT in request.session:
        return True
    idle = at - _time(request, ACTED_AT, at)
    if settings.GOLDENHOUR_DEMO or idle <= _NOTED:
        return False
    station = station_of(request, session)
    limit = limit_at(f"{IDLE}_{station}", at)
    if limit is None or idle <= limit or in_a_call(session, at):
        return False
    request.session[LOCKED_AT] = at.isoformat()
    request.session.save()  # Also where a feed was what found it.
    services.station_lock(account=session.account, station=station, at=at, device=_device(request))
    return True


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
    """Return why a session is over by the clock; "" when it is not."""
    idle, whole = at - _time(request, SEEN_AT, at), at - _time(request, SIGNED_IN_AT, at)
    if settings.GOLDENHOUR_DEMO or max(idle, whole) <= _NOTED:
        return ""
    station = station_of(request, session)
    out, longest = limit_at(f"{OUT}_{station}", at), limit_at(f"{LONGEST}_{station}", at)
    why = "idle" if out and idle > out else "too_long" if longest and whole > longest else ""
    return "" if why and in_a_call(session, at) else why


def _device(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _time(request: HttpRequest, name: str, otherwise: datetime) -> datetime:
    said = request.session.get(name)
    return datetime.fromisoformat(said) if said else otherwise

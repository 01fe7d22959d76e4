"""The endpoints of sessions and accounts."""

from typing import Any, cast

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import get_totp_secret
from django.conf import settings
from django.contrib.auth import logout as end_session
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from goldenhour.access.glass import MAY_BREAK, SEE_EVERY_CALL
from goldenhour.access.live import queries, services, sign_on, tries
from goldenhour.access.roles import DESK, Grant, Role, role_named
from goldenhour.access.rules import SESSION, Asked, Caller, House, Session, administrator, front_door, signed_in
from goldenhour.access.stations import Station
from goldenhour.access.wire import iso
from goldenhour.errors import BadInput, NotSignedIn
from goldenhour.site.accounts import demo, oidc, sessions
from goldenhour.site.accounts.adapter import address_of
from goldenhour.site.accounts.glass_api import router as glass
from goldenhour.site.accounts.shapes import AccountNameOut, AccountOut, LinkKeyOut, SessionOut, SessionRowOut, TotpOut
from goldenhour.site.accounts.tokens_api import router as tokens

router = Router(tags=["accounts"])
router.add_router("", glass)
router.add_router("", tokens)

_BOARD = DESK | {Role.MEDICAL_DIRECTOR, Role.QUALITY}
_CREWS = {Role.CREW, Role.DISPATCHER, Role.SUPERVISOR}


class _In(Schema):
    model_config = ConfigDict(extra="forbid")


class StationIn(_In):
    """The kind of station."""

    station: Station


class PasswordIn(_In):
    """A password for the account that a link was made for."""

    key: str = Field(max_length=200)
    password: str = Field(max_length=300)


class PasswordChangeIn(_In):
    """The password as it is, and as it shall be."""

    current: str = Field(max_length=300)
    password: str = Field(max_length=300)


@router.get("/session", auth=front_door, response=SessionOut, exclude_unset=True)
def get_session(request: Asked) -> dict[str, Any]:
    """Return who is signed in, and which pages they may open. Nobody signed in is no fault."""
    who = request.auth
    session = request.META.get(SESSION)
    house = sessions.house()
    said: dict[str, Any] = {
        "accounts": house is not House.NEW,
        "demo": settings.GOLDENHOUR_DEMO,
        "signed_in": session is not None,
        "account": who.account,
        "name": who.account,
        "roles": [one.words for one in sorted(session.grants)] if session else [],
        "grants": [_grant(one) for one in sorted(session.grants)] if session else [],
        "person": who.person,
        "pages": _pages(who, session),
        "lock": sessions.lock_of(cast("HttpRequest", request), session) if session else None,
    }
    if (session is None or session.locked) and (called := oidc.called()):
        said["directory"] = called
    if settings.GOLDENHOUR_DEMO and session is None:
        said["demo_people"], said["demo_password"] = demo.people(), demo.PASSWORD
    return said


def _pages(who: Caller, session: Session | None) -> list[str]:
    """Return the pages that the caller may open: scope of practice is for everybody, one's own page for persons."""
    pages = ["desk", "workforce"] if who.roles & _BOARD else ["workforce"]
    if not session or who.roles & _CREWS:
        pages.append("crew")
    if not session or Role.HOSPITAL in who.roles:
        pages.append("hospital")
    if session and who.roles & {Role.ADMINISTRATOR, Role.QUALITY, Role.MEDICAL_DIRECTOR}:
        pages.append("admin")
    if session and who.roles & MAY_BREAK and not who.roles & SEE_EVERY_CALL:
        pages.append("glass")
    own = who.person if session else who.roles > _BOARD  # Before accounts exist, every page is open.
    return [*pages, "me"] if own else pages


def _grant(grant: Grant) -> dict[str, str]:
    return {"role": grant.role, "agency": grant.agency, "words": grant.words}


@router.delete("/session", auth=front_door, response={204: None})
def end(request: Asked) -> Status[None]:
    """Sign out. Doing so twice is harmless."""
    who = request.auth
    if who.account:
        end_session(cast("HttpRequest", request))
        services.sign_out(account=who.account, why="asked", at=who.at, device=who.device)
    return Status(204, None)


@router.post("/session/here", auth=signed_in, response={204: None})
def be_here(request: Asked) -> Status[None]:  # noqa: ARG001 -- That it was asked is all.
    """Say that somebody touched this station: it locks itself only when nobody does."""
    return Status(204, None)


@router.post("/session/station", auth=signed_in, response={204: None})
def say_station(request: Asked, body: StationIn) -> Status[None]:
    """Say at what kind of station one sits, where one's roles allow several."""
    session = request.META[SESSION]
    sessions.sit_at(cast("HttpRequest", request), session, body.station)
    return Status(204, None)


@router.post("/password", auth=front_door, response=AccountNameOut)
def set_password(request: Asked, body: PasswordIn) -> dict[str, str]:
    """Set a password by the link that the command line or an administrator made; it works once."""
    who = request.auth
    return {"account": services.password_set(key=body.key, password=body.password, at=who.at, device=who.device)}


@router.post("/account/password", auth=signed_in, response={204: None})
def change_password(request: Asked, body: PasswordChangeIn) -> Status[None]:
    """Change one's own password. One's other sessions are over."""
    who = request.auth
    asked = cast("HttpRequest", request)
    where = address_of(asked)
    tries.begin(name=who.account, what=tries.PASSWORD, address=where, at=who.at)
    if not asked.user.check_password(body.current):
        tries.failed(name=who.account, what=tries.PASSWORD, address=where, device=who.device, at=who.at)
        raise BadInput(code="wrong_password", what="The password is wrong.", do="Try again.", where="current")
    tries.succeeded(name=who.account, what=tries.PASSWORD, address=where)
    login = services.password_change(account=who.account, password=body.password, at=who.at, device=who.device)
    update_session_auth_hash(asked, login)
    return Status(204, None)


@router.post("/account/second-step/totp/new", auth=signed_in, response=TotpOut)
def new_totp(request: Asked) -> dict[str, str]:  # noqa: ARG001 -- allauth keeps the secret in the session.
    """Return a fresh secret for an app of codes, and its picture to scan. It counts once a code of it was given.

    The password is asked for before: a code typed first would be too old afterwards.
    """
    if is_reauthentication_required(context.request, app="allauth.mfa"):
        raise NotSignedIn(
            code="sign_in_again", what="This needs your password once more.", do="Give it, then try again."
        )
    secret = get_totp_secret(regenerate=True)
    adapter = get_adapter()
    url = adapter.build_totp_url(context.request.user, secret)
    return {"secret": secret, "url": url, "svg": adapter.build_totp_svg(url)}


# ---------------------------------------------------------------- administrators


class GrantIn(_In):
    """A role in an agency."""

    role: str = Field(max_length=40)
    agency: str = Field(max_length=80)

    def read(self) -> Grant:
        """Return the grant; the agency is looked at by the command."""
        return Grant(role_named(self.role), self.agency)


class AccountIn(_In):
    """A new account."""

    account: str = Field(max_length=80)
    agency: str = Field(max_length=80)
    name: str = Field(default="", max_length=200)
    email: str = Field(default="", max_length=200)
    person: str = Field(default="", max_length=80)
    grants: tuple[GrantIn, ...] = Field(default=(), max_length=50)


class ReasonIn(_In):
    """Why, as it is to stand in the log."""

    reason: str = Field(min_length=1, max_length=300)


class SubjectIn(_In):
    """A directory's subject, as its `sub` has it; "" ends it."""

    subject: str = Field(default="", max_length=300)


class PersonIn(_In):
    """The person of the workforce room that the account belongs to; "" for none."""

    person: str = Field(default="", max_length=80)


def _by(who: Caller) -> dict[str, Any]:
    return {"within": who.agencies, "at": who.at, "actor": who.actor, "device": who.device}


@router.get("/accounts", auth=administrator, response=list[AccountOut])
def list_accounts(request: Asked) -> list[dict[str, Any]]:
    """Return the accounts that this administrator looks after."""
    found = queries.list_accounts(request.auth.agencies)
    locked = tries.locked_until([one.account.account for one in found], request.auth.at)
    return [
        {
            "account": one.account.account,
            "name": one.account.name,
            "email": one.account.email,
            "agency": one.account.agency,
            "person": one.account.person,
            "made_at": iso(one.account.made_at),
            "disabled_at": iso(one.account.disabled_at),
            "signed_in_at": iso(one.account.signed_in_at),
            "locked_until": iso(locked.get(one.account.account)),
            "grants": [_grant(grant) for grant in one.grants],
        }
        for one in found
    ]


@router.post("/accounts", auth=administrator, response={201: LinkKeyOut})
def make_account(request: Asked, body: AccountIn) -> Status[dict[str, str]]:
    """Make an account; return the key of the link that sets its password."""
    grants = [one.read() for one in body.grants]
    said = body.model_dump(exclude={"grants"})
    services.account_make(**said, grants=grants, **_by(request.auth))
    return Status(201, {"key": services.link_make(account=body.account, **_by(request.auth))})


@router.post("/accounts/{account}/password-link", auth=administrator, response=LinkKeyOut)
def make_link(request: Asked, account: str) -> dict[str, str]:
    """Return the key of a fresh link that sets the account's password; an earlier one is void."""
    return {"key": services.link_make(account=account, **_by(request.auth))}


@router.post("/accounts/{account}/grants", auth=administrator, response={204: None})
def grant_role(request: Asked, account: str, body: GrantIn) -> Status[None]:
    """Give a role."""
    services.role_grant(account=account, grant=body.read(), **_by(request.auth))
    return Status(204, None)


@router.post("/accounts/{account}/grants/revoke", auth=administrator, response={204: None})
def revoke_role(request: Asked, account: str, body: GrantIn) -> Status[None]:
    """Take a role away."""
    services.role_revoke(account=account, grant=body.read(), **_by(request.auth))
    return Status(204, None)


@router.post("/accounts/{account}/person", auth=administrator, response={204: None})
def tie_account(request: Asked, account: str, body: PersonIn) -> Status[None]:
    """Say which person the account belongs to."""
    services.account_tie(account=account, person=body.person, **_by(request.auth))
    return Status(204, None)


@router.post("/accounts/{account}/sign-on", auth=administrator, response={204: None})
def tie_sign_on(request: Asked, account: str, body: SubjectIn) -> Status[None]:
    """Say which subject of the directory signs in with the account."""
    known = oidc.directory()
    issuer = known.issuer if known else ""
    sign_on.sign_on_tie(account=account, issuer=issuer, subject=body.subject, **_by(request.auth))
    return Status(204, None)


@router.post("/accounts/{account}/disable", auth=administrator, response={204: None})
def disable_account(request: Asked, account: str, body: ReasonIn) -> Status[None]:
    """Let nobody use the account; who is signed in with it is out at once."""
    services.account_disable(account=account, reason=body.reason, **_by(request.auth))
    return Status(204, None)


@router.get("/accounts/{account}/sessions", auth=administrator, response=list[SessionRowOut])
def list_sessions(request: Asked, account: str) -> list[dict[str, Any]]:
    """Return where an account is signed in now."""
    services.account_within(account, request.auth.agencies)
    return sessions.list_sessions(account)


@router.post("/accounts/{account}/sessions/end", auth=administrator, response={204: None})
def end_sessions(request: Asked, account: str, body: ReasonIn) -> Status[None]:
    """Sign an account out everywhere; it may sign in again."""
    services.sessions_end(account=account, reason=body.reason, **_by(request.auth))
    return Status(204, None)


@router.post("/accounts/{account}/enable", auth=administrator, response={204: None})
def enable_account(request: Asked, account: str, body: ReasonIn) -> Status[None]:
    """Let it be used again."""
    services.account_enable(account=account, reason=body.reason, **_by(request.auth))
    return Status(204, None)


@router.post("/accounts/{account}/unlock", auth=administrator, response={204: None})
def unlock_account(request: Asked, account: str) -> Status[None]:
    """Let an account that was locked out be tried again now."""
    services.lock_lift(account=account, **_by(request.auth))
    return Status(204, None)

"""Commands on accounts. `within` is how far an administrator's hand reaches: agencies, or EVERY."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import F

from goldenhour.access.events import (
    AccountDisabled,
    AccountEnabled,
    AccountMade,
    AccountTied,
    LockLifted,
    PasswordLinkMade,
    PasswordSet,
    RoleGranted,
    RoleRevoked,
    SecondStepChanged,
    SessionsEnded,
    SignedIn,
    SignedOut,
    StationLocked,
    StationUnlocked,
)
from goldenhour.access.live import tries
from goldenhour.access.live.models import Account, AccountGrant, Login, PasswordLink
from goldenhour.access.roles import EVERY, Grant, account_named, agency_named
from goldenhour.access.rules import not_yours
from goldenhour.access.wire import iso
from goldenhour.errors import BadInput, NotFound, Refused
from goldenhour.log.live.store import writing

LINK_LASTS = timedelta(days=3)

Within = frozenset[str]
ALL: Within = frozenset({EVERY})


def _stream(account: str) -> str:
    return f"account/{account}"


def _insist_on_reach(agency: str, within: Within) -> None:
    if EVERY not in within and agency not in within:
        raise not_yours()


def _account(account: str, within: Within) -> Account:
    """Return an account that this administrator looks after; what others look after is not there."""
    found = Account.objects.filter(pk=account).first()
    if found is None:
        if EVERY not in within:
            raise not_yours()
        raise NotFound(
            code="no_such_account",
            what=f"There is no account {account}.",
            do="List them with `goldenhour accounts list`, or make it with `goldenhour accounts add`.",
        )
    _insist_on_reach(found.agency, within)
    return found


def account_make(
    *,
    account: str,
    agency: str = EVERY,
    name: str = "",
    email: str = "",
    person: str = "",
    grants: Iterable[Grant] = (),
    within: Within = ALL,
    at: datetime,
    actor: str,
    device: str = "",
    id: str | None = None,  # noqa: A002 -- The event's, as everywhere.
) -> None:
    """Make an account, with its first roles. Nobody can sign in with it before a password is set.

    Raises:
        BadInput: the name or an agency is none.
        Refused: the name is taken, or was ever given to anybody.
        NotFound: an agency is out of this administrator's reach.
    """
    account_named(account)
    wanted = sorted(set(grants))
    for named in (agency, *(grant.agency for grant in wanted)):
        _insist_on_reach(agency_named(named), within)
    with writing(_stream(account), at=at, actor=actor, device=device, id=id) as record:
        if record.earlier:
            return
        if Account.objects.filter(pk=account).exists():
            raise Refused(
                code="account_taken",
                what=f"The name {account} is taken. A name is never given twice, not even a disabled account's.",
                do="Choose another name.",
            )
        login = Login(username=account)
        login.set_unusable_password()
        login.save()
        record(AccountMade(account=account, agency=agency, person=person, name=name.strip(), email=email.strip()))
        for one in wanted:
            record(RoleGranted(account=account, role=one.role, agency=one.agency))


def account_tie(*, account: str, person: str, within: Within = ALL, at: datetime, actor: str, device: str = "") -> None:
    """Say which person of the workforce room the account belongs to; "" for none."""
    with writing(_stream(account), at=at, actor=actor, device=device) as record:
        if _account(account, within).person != person:
            record(AccountTied(account=account, person=person))


def account_disable(
    *, account: str, reason: str, within: Within = ALL, at: datetime, actor: str, device: str = ""
) -> None:
    """Let nobody use the account any more; whoever is signed in with it is out at once. Doing so twice is harmless."""
    with writing(_stream(account), at=at, actor=actor, device=device) as record:
        if _account(account, within).disabled_at is None:
            Login.objects.filter(username=account).update(is_active=False, ended=F("ended") + 1)
            PasswordLink.objects.filter(pk=account).delete()
            record(AccountDisabled(account=account, reason=reason))


def sessions_end(
    *, account: str, reason: str, within: Within = ALL, at: datetime, actor: str, device: str = ""
) -> None:
    """Sign an account out everywhere, at once. It may sign in again."""
    with writing(_stream(account), at=at, actor=actor, device=device) as record:
        _account(account, within)
        Login.objects.filter(username=account).update(ended=F("ended") + 1)
        record(SessionsEnded(account=account, reason=reason))


def account_within(account: str, within: Within) -> None:
    """Insist that an account is within an administrator's reach.

    Raises:
        NotFound: it is not, or there is none.
    """
    _account(account, within)


def account_enable(
    *, account: str, reason: str, within: Within = ALL, at: datetime, actor: str, device: str = ""
) -> None:
    """Let the account be used again. Sessions of before stay over."""
    with writing(_stream(account), at=at, actor=actor, device=device) as record:
        if _account(account, within).disabled_at is not None:
            Login.objects.filter(username=account).update(is_active=True)
            record(AccountEnabled(account=account, reason=reason))


def role_grant(*, account: str, grant: Grant, within: Within = ALL, at: datetime, actor: str, device: str = "") -> None:
    """Give an account a role in an agency. Giving it twice is harmless."""
    _insist_on_reach(agency_named(grant.agency), within)
    with writing(_stream(account), at=at, actor=actor, device=device) as record:
        _account(account, within)
        if not AccountGrant.objects.filter(account=account, role=grant.role, agency=grant.agency).exists():
            record(RoleGranted(account=account, role=grant.role, agency=grant.agency))


def role_revoke(
    *, account: str, grant: Grant, within: Within = ALL, at: datetime, actor: str, device: str = ""
) -> None:
    """Take a role in an agency away.

    Raises:
        NotFound: there is no such account, or it has no such role there.
    """
    _insist_on_reach(agency_named(grant.agency), within)
    with writing(_stream(account), at=at, actor=actor, device=device) as record:
        _account(account, within)
        if not AccountGrant.objects.filter(account=account, role=grant.role, agency=grant.agency).exists():
            raise NotFound(
                code="no_such_grant",
                what=f"{account} is not {grant.words}.",
                do="See what it has with `goldenhour accounts list`.",
            )
        record(RoleRevoked(account=account, role=grant.role, agency=grant.agency))


def link_make(*, account: str, within: Within = ALL, at: datetime, actor: str, device: str = "") -> str:
    """Return the key of a link that sets a password once, within three days; an earlier link is void.

    The password of before stays good until then. Only the key's digest is kept.

    Raises:
        NotFound: there is no such account.
        Refused: it is disabled.
    """
    key = secrets.token_urlsafe(32)
    until = at + LINK_LASTS
    with writing(_stream(account), at=at, actor=actor, device=device) as record:
        if _account(account, within).disabled_at is not None:
            raise Refused(
                code="account_disabled",
                what=f"The account {account} is disabled.",
                do="Enable it first, if its owner is to use it again.",
            )
        PasswordLink.objects.update_or_create(account=account, defaults={"digest": _digest(key), "until": until})
        record(PasswordLinkMade(account=account, until=str(iso(until))))
    return key


def password_set(*, key: str, password: str, at: datetime, device: str = "") -> str:
    """Set a password by a link; return the account's name.

    Raises:
        Refused: the link was used, replaced or is too old.
        BadInput: the password is too easy to guess.
    """
    link = PasswordLink.objects.filter(digest=_digest(key)).first()
    if link is None or at > link.until:
        raise _void_link()
    login = Login.objects.get(username=link.account)
    insist_on_good_password(password, login)
    login.set_password(password)  # Takes a while by intent: not while the log is held.
    with writing(_stream(link.account), at=at, actor=link.account, device=device) as record:
        gone, _ = PasswordLink.objects.filter(digest=link.digest).delete()
        if not gone:  # Somebody used it in the meantime.
            raise _void_link()
        login.save(update_fields=["password"])
        record(PasswordSet(account=link.account, how="link"))
    return link.account


def password_change(*, account: str, password: str, at: datetime, device: str = "") -> Login:
    """Give an account another password; return what it signs in with. Its sessions under the old one are over.

    Raises:
        BadInput: the password is too easy to guess.
    """
    login = Login.objects.get(username=account)
    insist_on_good_password(password, login)
    login.set_password(password)
    with writing(_stream(account), at=at, actor=account, device=device) as record:
        login.save(update_fields=["password"])
        PasswordLink.objects.filter(pk=account).delete()
        record(PasswordSet(account=account, how="changed"))
    return login


def second_step_change(*, account: str, kind: str, change: str, at: datetime, device: str) -> None:
    """Record that a second step was added, renewed or removed by whose it is."""
    with writing(_stream(account), at=at, actor=account, device=device) as record:
        record(SecondStepChanged(account=account, kind=kind, change=change))


def sign_in(*, account: str, how: str, address: str, at: datetime, device: str) -> None:
    """Record that somebody signed in.

    Raises:
        NotFound: there is no such account.
    """
    with writing(_stream(account), at=at, actor=account, device=device) as record:
        _account(account, ALL)
        record(SignedIn(account=account, how=how, address=address))


def sign_out(*, account: str, why: str, at: datetime, device: str) -> None:
    """Record that a session ended, and why: asked, idle, too_long."""
    with writing(_stream(account), at=at, actor=account, device=device) as record:
        record(SignedOut(account=account, why=why))


def station_lock(*, account: str, station: str, at: datetime, device: str) -> None:
    """Record that a station locked itself."""
    with writing(_stream(account), at=at, actor=account, device=device) as record:
        record(StationLocked(account=account, station=station))


def station_unlock(*, account: str, station: str, at: datetime, device: str) -> None:
    """Record that a station was unlocked."""
    with writing(_stream(account), at=at, actor=account, device=device) as record:
        record(StationUnlocked(account=account, station=station))


def lock_lift(*, account: str, within: Within = ALL, at: datetime, actor: str, device: str = "") -> None:
    """Let an account that was locked out be tried again now."""
    with writing(_stream(account), at=at, actor=actor, device=device) as record:
        _account(account, within)
        if tries.forget(account):
            record(LockLifted(account=account))


def insist_on_good_password(password: str, login: Login) -> None:
    """Refuse a password that is too easy to guess.

    Raises:
        BadInput: what is wrong with it. The password itself is not said.
    """
    try:
        validate_password(password, login)
    except ValidationError as error:
        raise BadInput(
            code="bad_password",
            what=" ".join(error.messages),
            do="Take several words that nobody would guess together.",
            where="password",
        ) from None


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _void_link() -> Refused:
    return Refused(
        code="link_void",
        what="This link was used already, was replaced by a newer one, or is older than three days.",
        do="Ask your administrator for a new link.",
    )

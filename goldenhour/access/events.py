"""What can happen to an account: made, granted a role, signed in with, disabled. Never a password, never a code.

The name of an account is no secret: the log names by it who did what. What else tells who somebody is, is sealed under
the account's own key.
"""

from dataclasses import dataclass

from goldenhour.log.event import Event, event, personal


@event("access.account_made", personal_key="account")
@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMade(Event):
    """Somebody may sign in once they have set a password."""

    account: str  # Never given to anybody else.
    agency: str  # Whose administrators look after it; "*" only those of every agency.
    person: str  # Of the workforce room; "" for none.
    name: str = personal()
    email: str = personal()


@event("access.account_tied")
@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTied(Event):
    """The account belongs to this person of the workforce room."""

    account: str
    person: str  # "" ends it.


@event("access.account_disabled")
@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDisabled(Event):
    """Nobody may sign in with it, and whoever is signed in with it is not any more."""

    account: str
    reason: str


@event("access.account_enabled")
@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEnabled(Event):
    """It may be signed in with again."""

    account: str
    reason: str


@event("access.role_granted")
@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGranted(Event):
    """The account has a role in an agency."""

    account: str
    role: str
    agency: str  # "*" is every agency.


@event("access.role_revoked")
@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRevoked(Event):
    """The account has it no longer."""

    account: str
    role: str
    agency: str


@event("access.password_link_made")
@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordLinkMade(Event):
    """A link was handed over, with which a password can be set once. An earlier one is void."""

    account: str
    until: str  # ISO-8601, UTC.


@event("access.password_set")
@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordSet(Event):
    """The account has a new password; sessions under the old one are over."""

    account: str
    how: str  # link, changed


@event("access.second_step_changed")
@dataclass(frozen=True, slots=True, kw_only=True)
class SecondStepChanged(Event):
    """What is asked for besides the password."""

    account: str
    kind: str  # totp, recovery_codes, webauthn
    change: str  # added, renewed, removed


@event("access.signed_in", personal_key="account")
@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Event):
    """Somebody signed in."""

    account: str
    how: str  # password, password+totp, password+recovery_codes, password+webauthn, webauthn
    address: str = personal()


@event("access.signed_out")
@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOut(Event):
    """A session ended."""

    account: str
    why: str  # asked, idle, too_long


@event("access.sign_in_failed", personal_key="account")
@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFailed(Event):
    """A name, password or code was wrong. What was typed is not kept: it may be a password."""

    account: str  # "" when no account has the name.
    what: str  # password, code
    address: str = personal()


@event("access.locked_out", personal_key="account")
@dataclass(frozen=True, slots=True, kw_only=True)
class LockedOut(Event):
    """Too many wrong tries: no more are looked at for a while. Who is signed in stays so."""

    account: str  # "" when no account has the name, or the address is locked out for all names.
    until: str  # ISO-8601, UTC.
    address: str = personal()


@event("access.lock_lifted")
@dataclass(frozen=True, slots=True, kw_only=True)
class LockLifted(Event):
    """An administrator let the account be tried again before the time."""

    account: str

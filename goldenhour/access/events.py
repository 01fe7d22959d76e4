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


@event("access.reads_anchored")
@dataclass(frozen=True, slots=True, kw_only=True)
class ReadsAnchored(Event):
    """Where the chain of reads of patients' data ended: the log holds it from here on."""

    position: int
    hash: str  # Hexadecimal.


@event("access.glass_broken", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class GlassBroken(Event):
    """Somebody opened the record of a call that their roles do not open. The event's id names it."""

    account: str
    call_id: str
    why: str  # A kind: see glass.py.
    until: str  # ISO-8601, UTC.
    reason: str = personal()


@event("access.glass_reviewed", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class GlassReviewed(Event):
    """Somebody else looked at why it was opened."""

    glass: str
    call_id: str
    right: bool  # Whether it was right to.
    words: str = personal()


@event("access.station_locked")
@dataclass(frozen=True, slots=True, kw_only=True)
class StationLocked(Event):
    """Nobody touched a station for too long: it shows nothing until whoever is signed in proves it again."""

    account: str
    station: str  # Its kind.


@event("access.station_unlocked")
@dataclass(frozen=True, slots=True, kw_only=True)
class StationUnlocked(Event):
    """They did."""

    account: str
    station: str


@event("access.sign_on_tied")
@dataclass(frozen=True, slots=True, kw_only=True)
class SignOnTied(Event):
    """A subject of a directory signs in with the account from here on."""

    account: str
    issuer: str
    digest: str  # Of issuer and subject; "" ends it.


@event("access.token_made")
@dataclass(frozen=True, slots=True, kw_only=True)
class TokenMade(Event):
    """A program may ask."""

    token: str  # Its name; in the log it acts as token:NAME.
    agency: str  # "*" is every agency.
    rules: tuple[str, ...]  # Names of rules of access.
    until: str  # ISO-8601, UTC.
    per_minute: int
    digest: str  # Of 256 bits of chance: nobody finds them by it.


@event("access.token_revoked")
@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRevoked(Event):
    """It may no longer."""

    token: str
    reason: str


@event("access.sessions_ended")
@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsEnded(Event):
    """An administrator signed the account out everywhere; it may sign in again."""

    account: str
    reason: str

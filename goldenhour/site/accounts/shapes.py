"""What accounts answer, as the description of the interface says it. Times are ISO-8601 in UTC; s is seconds."""

from pydantic import BaseModel

from goldenhour.access.glass import Why
from goldenhour.access.stations import Station


class GrantOut(BaseModel):
    """A role in an agency ("*" is every agency), and how people say it."""

    role: str
    agency: str
    words: str


class StationKindOut(BaseModel):
    """A kind of station: its key, and what people read."""

    key: Station
    words: str


class LockOut(BaseModel):
    """When a station locks itself (null: never), and whether it has."""

    station: Station
    stations: list[StationKindOut]
    after_s: float | None
    locked: bool


class DemoPersonOut(BaseModel):
    """An account of the demo, as the sign-in page offers it."""

    account: str
    words: str


class SessionOut(BaseModel):
    """Who is signed in, and which pages they may open."""

    accounts: bool  # Whether this house has accounts at all.
    demo: bool
    signed_in: bool
    account: str
    name: str
    roles: list[str]
    grants: list[GrantOut]
    person: str
    pages: list[str]
    lock: LockOut | None
    directory: str = ""  # Through which one may sign in, where there is one.
    demo_people: list[DemoPersonOut] = []
    demo_password: str = ""


class AccountNameOut(BaseModel):
    """The account whose password was set."""

    account: str


class TotpOut(BaseModel):
    """A fresh secret for an app of codes, and its picture to scan."""

    secret: str
    url: str
    svg: str


class LinkKeyOut(BaseModel):
    """The key of the link that sets an account's password."""

    key: str


class AccountOut(BaseModel):
    """An account."""

    account: str
    name: str
    email: str
    agency: str
    person: str
    made_at: str
    disabled_at: str | None
    signed_in_at: str | None
    locked_until: str | None
    grants: list[GrantOut]


class SessionRowOut(BaseModel):
    """Where an account is signed in."""

    signed_in_at: str | None
    seen_at: str | None
    station: str
    locked: bool


class OpenedOut(BaseModel):
    """The call whose record is open, until when."""

    glass: str
    call_id: str
    until: str


class ReadUnderOut(BaseModel):
    """What was read while the glass was broken."""

    at: str
    address: str


class GlassOut(BaseModel):
    """A record that somebody opened without a role for it, and what was said of that."""

    glass: str
    account: str
    call_id: str
    why: Why
    why_words: str
    reason: str
    at: str
    until: str
    reads: list[ReadUnderOut]
    reviewed_at: str | None
    reviewed_by: str
    right: bool | None
    words: str


class TokenOut(BaseModel):
    """A program's token, never its secret."""

    token: str
    agency: str
    rules: list[str]
    until: str
    per_minute: int
    made_at: str
    made_by: str
    revoked_at: str | None


class TokenRuleOut(BaseModel):
    """A rule that a token can be made for; `everywhere`: it is not held to an agency."""

    rule: str
    words: str
    everywhere: bool


class TokensOut(BaseModel):
    """The tokens within reach, and the rules that one can be made for."""

    tokens: list[TokenOut]
    rules: list[TokenRuleOut]


class MadeTokenOut(BaseModel):
    """A token; this is the only place where it ever stands."""

    token: str


class ReadOut(BaseModel):
    """That somebody was shown something of patients."""

    position: int
    at: str
    until: str
    account: str
    session: str
    device: str
    address: str
    named: str
    calls: list[str]
    board: bool

"""The rules of access. Every endpoint names one; an endpoint without a rule answers nobody.

A rule looks at a request and returns the caller, or raises NotAllowed in words. It is handed to an endpoint as
`auth=at_desk` (an API operation) or `@inside.guards` (a plain page), so that one test can walk every address and find
the rule of each. A rule asks no database: the site's Guard has put what it needs into the request before.

    NotSignedIn  401   nobody is signed in, and this address wants somebody
    NotAllowed   403   the account has no role that opens this address
    NotFound     404   it belongs to another agency: what is not yours is not there

While a house has no account, whoever sits at its machine may do everything, and nobody else anything. A demo leaves its
board open to its own machine. See docs/decisions/0008-accounts.md.
"""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Protocol, TypeVar

from goldenhour.access.glass import MAY_BREAK
from goldenhour.access.roles import DESK, EVERY, Grant, Role, agencies_of
from goldenhour.errors import NotAllowed, NotFound, NotSignedIn

View = TypeVar("View", bound=Callable[..., Any])

# Where the site puts what a rule needs to know of a request.
AT = "goldenhour.at"  # Its time.
HOUSE = "goldenhour.house"
SESSION = "goldenhour.session"  # Who is signed in, or None.

_PROGRAM = re.compile(r"[a-z][a-z0-9-]{0,31}")
_EVERYWHERE = frozenset({EVERY})


class House(Enum):
    """What the house is, for those who are not signed in."""

    NEW = "new"  # It has no account yet: whoever sits at its machine may do everything.
    DEMO = "demo"  # Whoever sits at its machine may use the desk.
    RUNNING = "running"  # Nobody may do anything before signing in.


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What a program's token opens."""

    rules: frozenset[str]  # Names of rules.
    agency: str  # Whose records; EVERY for everybody's.
    per_minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Who is signed in."""

    account: str
    grants: frozenset[Grant]
    person: str = ""  # The person of the workforce room that the account belongs to; "" for none.
    token: Token | None = None  # A program asks: its token alone says what it may.
    locked: bool = False  # Nobody touched the station for too long: it shows nothing until it is unlocked.
    glass: frozenset[str] = frozenset()  # Calls whose record it opened without a role for them, for a while.


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks, as the log will name them, and when; and how far the rule let them."""

    actor: str
    device: str
    at: datetime  # By the site's clock, which runs its own way in a demo.
    account: str = ""  # "" for whoever sits at the machine.
    roles: frozenset[Role] = frozenset()  # Held in any agency.
    agencies: frozenset[str] = frozenset()  # Those whose records the rule opened; EVERY stands for all.
    person: str = ""

    def covers(self, agency: str) -> bool:
        """Return whether the rule opened this agency's records. What it did not open is NotFound, never refused."""
        return EVERY in self.agencies or agency in self.agencies


class Asked(Protocol):
    """A request: what a rule looks at, and the caller once the rule has let it through."""

    META: dict[str, Any]
    auth: Caller
    resolver_match: Any  # Its `kwargs` are the parts of the address.


Decide = Callable[[Asked], Caller]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule of access."""

    name: str
    words: str  # For the list of endpoints: who may.
    decide: Decide
    scoped: bool = False  # Whether it opens the records of single agencies, not everybody's alone.
    of: Callable[[Asked], str] | None = None  # The agency of what the address names, where the address tells.

    def __call__(self, request: Asked) -> Caller:
        """Return the caller, or raise NotAllowed."""
        session = request.META.get(SESSION)
        if isinstance(session, Session) and session.token is not None:
            return self._for_program(request, session.token)
        return self.decide(request)

    def _for_program(self, request: Asked, token: Token) -> Caller:
        """Return the caller of a request that a program makes: its token names the rules that it opens."""
        _insist_on_this_machine(request)
        if self.name not in token.rules or (token.agency != EVERY and not self.scoped):
            raise NotAllowed(
                code="not_in_token",
                what=f"This token does not open what {self.name} opens.",
                do="Ask an administrator for one that does.",
            )
        if self.of is not None and token.agency not in {EVERY, self.of(request)}:
            raise not_yours()
        return _caller(request, frozenset({token.agency}))

    def guards(self, view: View) -> View:
        """Put the rule on a plain page; the site's middleware asks it."""
        view.access_rule = self  # type: ignore[attr-defined]
        return view


# ---------------------------------------------------------------- who asks


def _on_loopback(request: Asked) -> bool:
    address = str(request.META.get("REMOTE_ADDR", ""))
    try:
        return ipaddress.ip_address(address.removeprefix("::ffff:")).is_loopback
    except ValueError:
        return False


def _device(request: Asked) -> str:
    return "this-machine" if _on_loopback(request) else str(request.META.get("REMOTE_ADDR", ""))


def _house(request: Asked) -> House:
    return House(request.META.get(HOUSE, House.RUNNING))  # What nobody said is the strictest.


def _insist_on_this_machine(request: Asked) -> None:
    """Let nobody else into a house without accounts, nor into a demo, whose passwords everybody knows."""
    if _house(request) is House.RUNNING or _on_loopback(request):
        return
    new = _house(request) is House.NEW
    raise NotAllowed(
        code="not_this_machine",
        what="This goldenhour has no accounts yet and answers only the machine it runs on."
        if new
        else "This is a demo and answers only the machine it runs on.",
        do="Open it in a browser on that machine.",
    )


def _session(request: Asked, *, locked_too: bool = False) -> Session | None:
    found = request.META.get(SESSION)
    if not isinstance(found, Session):
        return None
    if found.locked and not locked_too:
        raise NotSignedIn(
            code="locked",
            what="This station locked itself: nobody has touched it for a while.",
            do="Unlock it with your password or your key.",
        )
    return found


def _open_to(request: Asked) -> frozenset[Role]:
    """Return the roles of whoever sits at the machine without having signed in."""
    return {House.NEW: frozenset(Role), House.DEMO: DESK}.get(_house(request), frozenset())


def _caller(request: Asked, agencies: frozenset[str], *, locked_too: bool = False) -> Caller:
    """Return the caller of a request that a rule lets through."""
    at: datetime = request.META[AT]
    if session := _session(request, locked_too=locked_too):
        return Caller(
            actor=session.account,
            device=_device(request),
            at=at,
            account=session.account,
            roles=frozenset(one.role for one in session.grants),
            agencies=agencies,
            person=session.person,
        )
    said = str(request.META.get("HTTP_GOLDENHOUR_ACTOR", ""))
    actor = said if _PROGRAM.fullmatch(said) else "desk"
    return Caller(actor=actor, device=_device(request), at=at, roles=_open_to(request), agencies=agencies)


def _sign_in_first() -> NotSignedIn:
    return NotSignedIn(code="not_signed_in", what="Nobody is signed in here.", do="Sign in, then try again.")


# ---------------------------------------------------------------- the rules' parts


def part(name: str) -> Callable[[Asked], str]:
    """Return what reads a part of the address, such as `hospital` in /api/hospitals/{hospital}/diversion."""
    return lambda request: str(request.resolver_match.kwargs.get(name, ""))


def agency_of_unit(request: Asked) -> str:
    """Return the agency of the unit in the address: a unit's id is agency/call sign."""
    return part("unit")(request).partition("/")[0]


def with_role(
    name: str,
    words: str,
    *anywhere: Role,
    own: tuple[Role, ...] = (),
    of: Callable[[Asked], str] | None = None,
    locked_too: bool = False,
) -> Rule:
    """Return a rule that asks for a role.

    Args:
        name: of the rule.
        words: who may, for people.
        anywhere: any of these, held in any agency, opens the address for every agency's records.
        own: any of these opens it for the records of the agencies where it is held: the caller's `agencies`, and the
            endpoint looks no further than those.
        of: the agency (or hospital) of what the address names, where the address itself tells; another's is not there.
        locked_too: also a station that locked itself may ask.
    """

    def decide(request: Asked) -> Caller:
        _insist_on_this_machine(request)
        session = _session(request, locked_too=locked_too)
        if session is None:
            if _open_to(request) & {*anywhere, *own}:
                return _caller(request, _EVERYWHERE)
            raise _sign_in_first()
        if agencies_of(session.grants, anywhere):
            return _caller(request, _EVERYWHERE, locked_too=locked_too)
        agencies = agencies_of(session.grants, own)
        if not agencies:
            raise _no_role(words)
        if of is not None and agencies.isdisjoint({EVERY, of(request)}):
            raise not_yours()
        return _caller(request, agencies, locked_too=locked_too)

    return Rule(name, words, decide, scoped=bool(own), of=of)


def _no_role(words: str) -> NotAllowed:
    return NotAllowed(
        code="no_role",
        what=f"Your account may not do this. It is for: {words}",
        do="Ask an administrator of your agency for the role, or sign in with another account.",
    )


def not_yours() -> NotFound:
    """Return the refusal of what belongs to others: the same words whether or not it exists."""
    return NotFound(
        code="not_found", what="There is nothing of that name for your account.", do="Check the name and the agency."
    )


def _at_the_door(request: Asked) -> Caller:
    _insist_on_this_machine(request)
    return _caller(request, frozenset(), locked_too=True)


def _inside(request: Asked) -> Caller:
    _insist_on_this_machine(request)
    if session := _session(request):
        return _caller(request, agencies_of(session.grants, Role))
    if _house(request) is House.RUNNING:
        raise _sign_in_first()
    return _caller(request, _EVERYWHERE)


def _signed_in(request: Asked) -> Caller:
    _insist_on_this_machine(request)
    if session := _session(request):
        return _caller(request, agencies_of(session.grants, Role))
    raise _sign_in_first()


def _unlocking(request: Asked) -> Caller:
    _insist_on_this_machine(request)
    if session := _session(request, locked_too=True):
        return _caller(request, agencies_of(session.grants, Role), locked_too=True)
    raise _sign_in_first()


def _own_person(request: Asked) -> Caller:
    """Let people read what is about themselves; others' as far as `people` does."""
    _insist_on_this_machine(request)
    session = _session(request)
    if session and session.person and part("person")(request) in {"", session.person}:
        return _caller(request, frozenset())
    try:
        return people(request)
    except NotSignedIn:
        raise
    except NotAllowed:
        raise not_yours() from None


def _one_call(request: Asked) -> Caller:
    """Let those who may see the board read a call; others only one whose glass they have broken."""
    try:
        return board(request)
    except NotSignedIn:
        raise
    except NotAllowed:
        session = _session(request)
        if session is None or part("call_id")(request) not in session.glass:
            raise
        return _caller(request, frozenset())


def _this_machine(request: Asked) -> Caller:
    _insist_on_this_machine(request)
    if _house(request) is House.RUNNING:
        raise _sign_in_first() if _session(request) is None else _no_role("nobody, once accounts exist.")
    return _caller(request, _EVERYWHERE)


# ---------------------------------------------------------------- the rules

front_door = Rule("front_door", "Anybody, to sign in.", _at_the_door)
inside = Rule("inside", "Everybody who is signed in.", _inside)
signed_in = Rule("signed_in", "Everybody who is signed in, for what is their own.", _signed_in)
unlocking = Rule("unlocking", "Everybody who is signed in, also at a station that locked itself.", _unlocking)
this_machine = Rule("this_machine", "Whoever sits at the machine, while there are no accounts.", _this_machine)

_CALLS = (Role.CALL_TAKER, Role.DISPATCHER, Role.SUPERVISOR)
_SENDS = (Role.DISPATCHER, Role.SUPERVISOR)
_REVIEWS = (Role.MEDICAL_DIRECTOR, Role.QUALITY)

board = with_role("board", "call takers, dispatchers, supervisors, medical directors, quality.", *_CALLS, *_REVIEWS)
measures = with_role("measures", "those who may see the board, and planners.", *_CALLS, *_REVIEWS, Role.PLANNER)
at_desk = with_role("at_desk", "call takers, dispatchers, supervisors.", *_CALLS)
approving = with_role("approving", "medical directors.", Role.MEDICAL_DIRECTOR)
reviewing = with_role("reviewing", "medical directors and quality.", *_REVIEWS)
sending = with_role("sending", "dispatchers, supervisors.", *_SENDS)
unit_step = with_role(
    "unit_step", "dispatchers, supervisors, and the unit's own agency's crews.", *_SENDS, own=(Role.CREW,),
    of=agency_of_unit,
)  # fmt: skip
unit_times = with_role(
    "unit_times", "those who may see the board, and the unit's own agency's crews.", *_CALLS, *_REVIEWS,
    own=(Role.CREW,), of=agency_of_unit,
)  # fmt: skip
positioning = with_role(
    "positioning", "dispatchers, supervisors, and the unit's own agency's administrators.", *_SENDS,
    own=(Role.ADMINISTRATOR,), of=agency_of_unit,
)  # fmt: skip
aboard = with_role(
    "aboard", "dispatchers, supervisors, and the unit's own agency's crews and credentialing officers.", *_SENDS,
    own=(Role.CREW, Role.CREDENTIALING), of=agency_of_unit,
)  # fmt: skip
rostering = with_role(
    "rostering", "supervisors, and the unit's own agency's credentialing officers.", Role.SUPERVISOR,
    own=(Role.CREDENTIALING,), of=agency_of_unit,
)  # fmt: skip
diversion = with_role(
    "diversion", "dispatchers, supervisors, and the hospital's own people.", *_SENDS, own=(Role.HOSPITAL,),
    of=part("hospital"),
)  # fmt: skip
receiving = with_role(
    "receiving", "the hospital's own people, and dispatchers and supervisors on their word.", *_SENDS,
    own=(Role.HOSPITAL,), of=part("hospital"),
)  # fmt: skip
wall = with_role(
    "wall", "the hospital's own people, also at a wall that locked itself, and dispatchers and supervisors.", *_SENDS,
    own=(Role.HOSPITAL,), of=part("hospital"), locked_too=True,
)  # fmt: skip
receivers = with_role("receivers", "hospitals' people, and dispatchers and supervisors.", *_SENDS, own=(Role.HOSPITAL,))
crews = with_role(
    "crews", "crews, for their own agency's units, and dispatchers and supervisors.", *_SENDS, own=(Role.CREW,)
)
prealerting = with_role(
    "prealerting", "dispatchers, supervisors, and crews for their own agency's units.", *_SENDS, own=(Role.CREW,)
)
officer = with_role("officer", "credentialing officers, for their agency's people.", own=(Role.CREDENTIALING,))
people = with_role(
    "people",
    "credentialing officers, medical directors and the state office, for the people of their agencies.",
    own=(Role.CREDENTIALING, Role.MEDICAL_DIRECTOR, Role.STATE_OFFICE),
)
own_person = Rule("own_person", f"The person themselves, and {people.words}", _own_person)
one_call = Rule("one_call", f"{board.words} Others after breaking the glass of that call.", _one_call)
glass = with_role(
    "glass", "those who care for patients, at the desk, on a unit, in a hospital, or looking at the care given.",
    *MAY_BREAK,
)  # fmt: skip
reviewing_glass = with_role(
    "reviewing_glass", "quality, medical directors, and administrators for the accounts of their agency.", *_REVIEWS,
    own=(Role.ADMINISTRATOR,),
)  # fmt: skip
reading_reads = with_role(
    "reading_reads", "quality, and administrators for the accounts of their agency.", Role.QUALITY,
    own=(Role.ADMINISTRATOR,),
)  # fmt: skip
administrator = with_role("administrator", "administrators, for their agency's accounts.", own=(Role.ADMINISTRATOR,))

# What a program's token may be made for: rules that ask for a role, but none that lets in, lends or judges a person.
_FOR_PEOPLE = {"administrator", "approving", "glass", "reading_reads", "reviewing", "reviewing_glass"}
FOR_TOKENS: dict[str, Rule] = {
    one.name: one
    for one in list(globals().values())
    if isinstance(one, Rule) and one.decide.__qualname__.startswith("with_role") and one.name not in _FOR_PEOPLE
} | {one_call.name: one_call, inside.name: inside}

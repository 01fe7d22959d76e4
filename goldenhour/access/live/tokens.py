"""Tokens with which programs ask: made by administrators, for named rules of access, until a day, shown once.

`gh_` and 43 signs of chance; only their digest is kept, so a stolen database opens nothing. In the log a token acts as
`token:NAME`, a name that is never given twice.
"""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime, timedelta
from threading import Lock

from django.db import connection

from goldenhour.access.events import TokenMade, TokenRevoked
from goldenhour.access.live.models import ApiToken
from goldenhour.access.roles import EVERY, account_named, agency_named
from goldenhour.access.rules import FOR_TOKENS, Session, Token, not_yours
from goldenhour.access.wire import iso
from goldenhour.errors import BadInput, NotFound, NotSignedIn, Refused
from goldenhour.log.live.store import writing

PREFIX = "gh_"
LONGEST = timedelta(days=366)
MOST_PER_MINUTE = 6000
_MINUTE = timedelta(minutes=1)
_MOST_COUNTED = 10_000

Within = frozenset[str]
TokenRow = ApiToken


def token_make(
    *,
    name: str,
    agency: str,
    rules: Iterable[str],
    until: datetime,
    per_minute: int,
    within: Within,
    at: datetime,
    actor: str,
    device: str = "",
) -> str:
    """Make a token and return it, this once.

    Args:
        name: under which it stands in the log.
        agency: whose records it opens; EVERY for everybody's.
        rules: names of rules of access; each opens the addresses that name it.
        until: when it ends, at most a year from now.
        per_minute: how often it may ask.
        within: how far the administrator's hand reaches.
        at: now.
        actor: the administrator.
        device: where it is made.

    Raises:
        BadInput: a name, a rule, a time or a number is none.
        Refused: the name was given before.
        NotFound: the agency is out of reach.
    """
    account_named(name)
    wanted = tuple(sorted(set(rules)))
    if EVERY not in within and agency_named(agency) not in within:
        raise not_yours()
    agency_named(agency)
    _insist_on_rules(wanted, agency)
    if not at < until <= at + LONGEST:
        raise BadInput(
            code="bad_until", what="A token ends within a year.", do="Give a day in that time.", where="until"
        )
    if not 1 <= per_minute <= MOST_PER_MINUTE:
        words = f"A token asks 1 to {MOST_PER_MINUTE} times a minute."
        raise BadInput(code="bad_pace", what=words, do="Give such a number.", where="per_minute")
    made = PREFIX + secrets.token_urlsafe(32)
    with writing(_stream(name), at=at, actor=actor, device=device) as record:
        if ApiToken.objects.filter(pk=name).exists():
            raise Refused(code="token_taken", what=f"There was a token {name} before.", do="Choose another name.")
        record(
            TokenMade(
                token=name,
                agency=agency,
                rules=wanted,
                until=str(iso(until)),
                per_minute=per_minute,
                digest=_digest(made),
            )
        )
    return made


def token_revoke(*, name: str, reason: str, within: Within, at: datetime, actor: str, device: str = "") -> None:
    """End a token; it opens nothing from the next request on. Doing so twice is harmless.

    Raises:
        NotFound: there is none of that name within reach.
    """
    with writing(_stream(name), at=at, actor=actor, device=device) as record:
        found = ApiToken.objects.filter(pk=name).first()
        if found is None or (EVERY not in within and found.agency not in within):
            raise NotFound(code="no_token", what="There is no such token.", do="Look at the list.")
        if found.revoked_at is None:
            record(TokenRevoked(token=name, reason=reason))


def list_tokens(within: Iterable[str]) -> list[ApiToken]:
    """Return the tokens within reach, by name."""
    found = ApiToken.objects.order_by("name")
    agencies = list(within)
    return list(found if EVERY in agencies else found.filter(agency__in=agencies))


def session_of(said: str, at: datetime) -> Session:
    """Return what a token opens.

    Raises:
        NotSignedIn: it is none, was revoked, or has ended.
    """
    found = ApiToken.objects.filter(digest=_digest(said), revoked_at=None, until__gt=at).first()
    if found is None:
        raise NotSignedIn(
            code="bad_token", what="This token opens nothing, or nothing any more.", do="Ask an administrator for one."
        )
    token = Token(rules=frozenset(found.rules.split()), agency=found.agency, per_minute=found.per_minute)
    return Session(account=f"token:{found.name}", grants=frozenset(), token=token)


class _Pace:
    """How often each token asked in its running minute, in this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked: OrderedDict[tuple[str, str], tuple[datetime, int]] = OrderedDict()

    def wait_s(self, account: str, most: int, at: datetime) -> int:
        """Count a request; return for how many seconds no more are answered, 0 where this one is."""
        key = (str(connection.settings_dict["NAME"]), account)
        with self._lock:
            began, count = self._asked.pop(key, (at, 0))
            if not began <= at < began + _MINUTE:
                began, count = at, 0
            self._asked[key] = (began, count + 1)
            while len(self._asked) > _MOST_COUNTED:
                self._asked.popitem(last=False)
        return 0 if count < most else max(1, -(-(began + _MINUTE - at) // timedelta(seconds=1)))


pace = _Pace()


def _insist_on_rules(rules: tuple[str, ...], agency: str) -> None:
    wrong = [one for one in rules if one not in FOR_TOKENS]
    if wrong or not rules:
        raise BadInput(
            code="bad_rules",
            what=f"No token opens {', '.join(wrong) or 'nothing'}.",
            do=f"Name some of: {', '.join(sorted(FOR_TOKENS))}.",
            where="rules",
        )
    everywhere = [one for one in rules if not FOR_TOKENS[one].scoped]
    if agency != EVERY and everywhere:
        raise BadInput(
            code="bad_rules",
            what=f"{', '.join(everywhere)} opens every agency's records.",
            do=f"Leave it out, or make the token for {EVERY}.",
            where="rules",
        )


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()


def _stream(name: str) -> str:
    return f"token/{name}"

"""What others ask about accounts."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from goldenhour.access.glass import MAY_BREAK, SEE_EVERY_CALL
from goldenhour.access.live.glass import open_to
from goldenhour.access.live.models import Account, AccountGrant, Login
from goldenhour.access.roles import EVERY, Grant, Role
from goldenhour.access.rules import Session

_begun: set[str] = set()  # Databases that are known to have an account; no account ever goes away.

# Written out and asked as one, because every request asks it.
_MAY = """
    SELECT a.person, g.role, g.agency
    FROM access_account a LEFT JOIN access_accountgrant g ON g.account = a.account
    WHERE a.account = %s AND a.disabled_at IS NULL
"""


class Listed(NamedTuple):
    """An account with what it may do."""

    account: Account
    grants: tuple[Grant, ...]


def any_account() -> bool:
    """Return whether this house has accounts: from the first one on, also when it is disabled."""
    name = str(connection.settings_dict["NAME"])
    if name not in _begun and Account.objects.exists():
        _begun.add(name)
    return name in _begun


def find_session(account: str, at: datetime) -> Session | None:
    """Return what an account may do at a time, as a session holds it; None when it may not be used."""
    with connection.cursor() as cursor:
        cursor.execute(_MAY, [account])
        rows = cursor.fetchall()
    if not rows:
        return None
    grants = frozenset(Grant(Role(role), agency) for _, role, agency in rows if role is not None)
    broken = open_to(account, at) if _may_break(grants) else frozenset[str]()
    return Session(account=account, grants=grants, person=rows[0][0], glass=broken)


def _may_break(grants: Iterable[Grant]) -> bool:
    """Return whether an account may have broken glass: those who see every call have none to break."""
    roles = {one.role for one in grants}
    return bool(roles & MAY_BREAK) and not roles & SEE_EVERY_CALL


def get_login(account: str) -> Login:
    """Return what an account signs in with."""
    return Login.objects.get(username=account)


def list_accounts(within: Iterable[str] = (EVERY,)) -> list[Listed]:
    """Return the accounts that the administrators of these agencies look after, by name."""
    found = Account.objects.order_by("account")
    agencies = list(within)
    if EVERY not in agencies:
        found = found.filter(agency__in=agencies)
    rows = list(found)
    grants = _grants([one.account for one in rows])
    return [Listed(one, tuple(sorted(grants[one.account]))) for one in rows]


def _grants(accounts: list[str]) -> defaultdict[str, set[Grant]]:
    found: defaultdict[str, set[Grant]] = defaultdict(set)
    for one in AccountGrant.objects.filter(account__in=accounts):
        found[one.account].add(Grant(Role(one.role), one.agency))
    return found

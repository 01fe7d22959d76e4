"""What others ask about accounts."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from goldenhour.access.live.models import Account, AccountGrant
from goldenhour.access.roles import EVERY, Grant, Role
from goldenhour.access.rules import Session

_begun: set[str] = set()  # Databases that are known to have an account; no account ever goes away.


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


def find_session(account: str) -> Session | None:
    """Return what an account may do, as a session holds it; None when it may not be used."""
    found = Account.objects.filter(pk=account, disabled_at=None).first()
    if found is None:
        return None
    return Session(account=account, grants=frozenset(_grants([account])[account]), person=found.person)


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

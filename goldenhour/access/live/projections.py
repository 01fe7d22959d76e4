"""What the log says of accounts, as tables."""

from goldenhour.access.events import (
    AccountDisabled,
    AccountEnabled,
    AccountMade,
    AccountTied,
    RoleGranted,
    RoleRevoked,
    SignedIn,
)
from goldenhour.access.live.models import Account, AccountGrant
from goldenhour.log.event import Recorded
from goldenhour.log.events import KeyDestroyed
from goldenhour.log.live.projections import projects


@projects(AccountMade)
def show_account(fact: AccountMade, where: Recorded) -> None:
    """Keep the account."""
    Account.objects.create(
        account=fact.account,
        name=fact.name,
        email=fact.email,
        agency=fact.agency,
        person=fact.person,
        made_at=where.at,
    )


@projects(AccountTied)
def show_tied(fact: AccountTied, _where: Recorded) -> None:
    """Show whose it is."""
    Account.objects.filter(pk=fact.account).update(person=fact.person)


@projects(AccountDisabled)
def show_disabled(fact: AccountDisabled, where: Recorded) -> None:
    """Show that nobody may use it."""
    Account.objects.filter(pk=fact.account).update(disabled_at=where.at)


@projects(AccountEnabled)
def show_enabled(fact: AccountEnabled, _where: Recorded) -> None:
    """Show that it may be used again."""
    Account.objects.filter(pk=fact.account).update(disabled_at=None)


@projects(RoleGranted)
def show_grant(fact: RoleGranted, where: Recorded) -> None:
    """Give the role."""
    AccountGrant.objects.get_or_create(
        account=fact.account, role=fact.role, agency=fact.agency, defaults={"since": where.at}
    )


@projects(RoleRevoked)
def show_revoked(fact: RoleRevoked, _where: Recorded) -> None:
    """Take it away."""
    AccountGrant.objects.filter(account=fact.account, role=fact.role, agency=fact.agency).delete()


@projects(SignedIn)
def show_signed_in(fact: SignedIn, where: Recorded) -> None:
    """Keep when it was last used."""
    Account.objects.filter(pk=fact.account).update(signed_in_at=where.at)


@projects(KeyDestroyed)
def show_erased(fact: KeyDestroyed, _where: Recorded) -> None:
    """Forget who it was, once the key to it is destroyed."""
    if fact.name.startswith("account/"):
        Account.objects.filter(pk=fact.name.removeprefix("account/")).update(name="", email="")

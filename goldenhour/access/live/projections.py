"""What the log says of accounts, as tables."""

from datetime import datetime

from goldenhour.access.events import (
    AccountDisabled,
    AccountEnabled,
    AccountMade,
    AccountTied,
    GlassBroken,
    GlassReviewed,
    RoleGranted,
    RoleRevoked,
    SignedIn,
    SignOnTied,
    TokenMade,
    TokenRevoked,
)
from goldenhour.access.live.models import Account, AccountGrant, ApiToken, Glass, SignOn
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
    """Forget who it was, once the key to it is destroyed; or what was said of a call."""
    if fact.name.startswith("call_id/"):
        Glass.objects.filter(call_id=fact.name.removeprefix("call_id/")).update(reason="", words="")
    if fact.name.startswith("account/"):
        Account.objects.filter(pk=fact.name.removeprefix("account/")).update(name="", email="")


@projects(GlassBroken)
def show_glass(fact: GlassBroken, where: Recorded) -> None:
    """Open the record for a while, and put it on the list for review."""
    Glass.objects.create(
        glass=where.id,
        account=fact.account,
        call_id=fact.call_id,
        why=fact.why,
        reason=fact.reason,
        at=where.at,
        until=datetime.fromisoformat(fact.until),
    )


@projects(GlassReviewed)
def show_glass_reviewed(fact: GlassReviewed, where: Recorded) -> None:
    """Keep what the reviewer said."""
    Glass.objects.filter(pk=fact.glass).update(
        reviewed_at=where.at, reviewed_by=where.actor, right=fact.right, words=fact.words
    )


@projects(SignOnTied)
def show_sign_on(fact: SignOnTied, _where: Recorded) -> None:
    """Tie the account to the subject, or to none."""
    SignOn.objects.filter(account=fact.account).delete()
    if fact.digest:
        SignOn.objects.create(account=fact.account, issuer=fact.issuer, digest=fact.digest)


@projects(TokenMade)
def show_token(fact: TokenMade, where: Recorded) -> None:
    """Keep the token."""
    ApiToken.objects.create(
        name=fact.token,
        digest=fact.digest,
        agency=fact.agency,
        rules=" ".join(fact.rules),
        until=datetime.fromisoformat(fact.until),
        per_minute=fact.per_minute,
        made_at=where.at,
        made_by=where.actor,
    )


@projects(TokenRevoked)
def show_token_revoked(fact: TokenRevoked, where: Recorded) -> None:
    """Show that it opens nothing any more."""
    ApiToken.objects.filter(pk=fact.token).update(revoked_at=where.at)

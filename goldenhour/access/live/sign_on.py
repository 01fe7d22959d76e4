"""Which account a directory's subject signs in with."""

import hashlib
from datetime import datetime

from goldenhour.access.events import SignOnTied
from goldenhour.access.live.models import Account, SignOn
from goldenhour.access.roles import EVERY
from goldenhour.access.rules import not_yours
from goldenhour.errors import NotAllowed, Refused
from goldenhour.log.live.store import writing

Within = frozenset[str]


def account_of(*, issuer: str, subject: str, email: str, at: datetime, device: str) -> str:
    """Return the account of a subject; the first time that of its verified e-mail address, which is tied to it then.

    Raises:
        NotAllowed: no account was invited.
    """
    known = SignOn.objects.filter(digest=digest_of(issuer, subject)).first()
    if known is None and email:
        tied = SignOn.objects.values("account")
        invited = list(Account.objects.filter(email__iexact=email).exclude(account__in=tied)[:2])
        if len(invited) == 1:
            known = _tie(invited[0].account, issuer, subject, at=at, actor=invited[0].account, device=device)
    if known is None or not Account.objects.filter(pk=known.account, disabled_at=None).exists():
        raise NotAllowed(
            code="not_invited",
            what="No account here belongs to you.",
            do="Ask your administrator, who makes it with your e-mail address as the directory has it.",
        )
    return known.account


def sign_on_tie(
    *, account: str, issuer: str, subject: str, within: Within, at: datetime, actor: str, device: str = ""
) -> None:
    """Say which subject of a directory signs in with an account; "" ends it.

    Raises:
        NotFound: there is no such account within reach.
        Refused: another account is tied to that subject.
    """
    found = Account.objects.filter(pk=account).first()
    if found is None or (EVERY not in within and found.agency not in within):
        raise not_yours()
    _tie(account, issuer, subject, at=at, actor=actor, device=device)


def _tie(account: str, issuer: str, subject: str, *, at: datetime, actor: str, device: str) -> SignOn | None:
    digest = digest_of(issuer, subject) if subject else ""
    with writing(f"account/{account}", at=at, actor=actor, device=device) as record:
        now = SignOn.objects.filter(account=account).first()
        other = SignOn.objects.filter(digest=digest).exclude(account=account).first() if digest else None
        if other is not None:
            raise Refused(
                code="subject_taken",
                what=f"{other.account} signs on with that already.",
                do="End it there first.",
            )
        if (now.digest if now else "") != digest:
            record(SignOnTied(account=account, issuer=issuer, digest=digest))
    return SignOn.objects.filter(account=account).first()


def digest_of(issuer: str, subject: str) -> str:
    """Return what stands for a subject: the log needs not know who somebody is in a directory."""
    return hashlib.sha256(f"{issuer}\0{subject}".encode()).hexdigest()

"""Breaking the glass, and looking afterwards at why it was broken."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from goldenhour.access.events import GlassBroken, GlassReviewed
from goldenhour.access.glass import Why
from goldenhour.access.live.models import Account, Glass
from goldenhour.access.roles import EVERY
from goldenhour.access.wire import iso
from goldenhour.errors import NotFound, Refused
from goldenhour.log.live.store import writing

GlassRow = Glass


def glass_break(
    *,
    account: str,
    call_id: str,
    why: Why,
    reason: str,
    lasts: timedelta,
    at: datetime,
    device: str,
    id: str,  # noqa: A002
) -> Glass:
    """Open the record of one call to an account for a while. The same id again is the same glass."""
    until = str(iso(at + lasts))
    fact = GlassBroken(account=account, call_id=call_id, why=why, until=until, reason=reason.strip())
    with writing(_stream(account), at=at, actor=account, device=device, id=id) as record:
        if not record.earlier:
            record(fact)
    return Glass.objects.get(pk=id)


def glass_review(
    *,
    glass: str,
    right: bool,
    words: str,
    within: Iterable[str],
    at: datetime,
    actor: str,
    device: str,
    id: str,  # noqa: A002
) -> None:
    """Say whether it was right to break a glass.

    Raises:
        NotFound: there is none of that id within reach.
        Refused: it is one's own, or somebody was quicker.
    """
    found = Glass.objects.filter(pk=glass).first()
    if found is None or not _reaches(found.account, frozenset(within)):
        raise NotFound(code="no_glass", what="There is no such opening to review.", do="Look at the list.")
    if found.account == actor:
        raise Refused(code="own_glass", what="It is your own.", do="Somebody else has to look at it.")
    with writing(_stream(found.account), at=at, actor=actor, device=device, id=id) as record:
        if record.earlier:
            return
        now = Glass.objects.get(pk=glass)
        if now.reviewed_at is not None:
            raise Refused(
                code="glass_reviewed",
                what=f"{now.reviewed_by} has reviewed it already.",
                do="Look at what was said.",
            )
        record(GlassReviewed(glass=glass, call_id=now.call_id, right=right, words=words.strip()))


def open_to(account: str, at: datetime) -> frozenset[str]:
    """Return the calls whose glass an account has broken, and which are open to it at that time."""
    found = Glass.objects.filter(account=account, until__gt=at, at__lte=at)
    return frozenset(found.values_list("call_id", flat=True))


def list_glass(*, reviewed: bool, within: Iterable[str], limit: int = 200) -> list[Glass]:
    """Return what accounts within reach opened: what awaits review, the oldest first; or the latest reviews."""
    found = Glass.objects.filter(reviewed_at__isnull=not reviewed)
    agencies = frozenset(within)
    if EVERY not in agencies:
        found = found.filter(account__in=Account.objects.filter(agency__in=agencies).values("account"))
    return list(found.order_by("-reviewed_at" if reviewed else "at")[:limit])


def _reaches(account: str, agencies: frozenset[str]) -> bool:
    return EVERY in agencies or Account.objects.filter(pk=account, agency__in=agencies).exists()


def _stream(account: str) -> str:
    return f"account/{account}"

"""Wrong tries at signing in: five within 15 minutes lock a name out from that address for 15 minutes.

A name and an address together, so that a stranger elsewhere cannot keep a dispatcher out of her own desk; an address
that tries many names is locked out for all of them. A try is counted before the password is looked at and forgotten
when it was right: many at once get no more than five. Nobody's session ends by it. A name that nobody has is counted
the same way, so that nobody can find out which names there are.
"""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from goldenhour.access.events import LockedOut, SignInFailed
from goldenhour.access.live.models import Account, FailedTry
from goldenhour.access.wire import iso
from goldenhour.errors import NotAllowed
from goldenhour.log.live.store import writing

MOST = 5  # Of one name from one address.
MOST_OF_ADDRESS = 30  # Of all names together.
WITHIN = timedelta(minutes=15)
LOCKED = timedelta(minutes=15)

PASSWORD, CODE = "password", "code"


def begin(*, name: str, what: str, address: str, at: datetime) -> None:
    """Count a try that is about to be made.

    Raises:
        NotAllowed: locked out, until when stands in its words.
    """
    digest = _digest(name, what)
    with transaction.atomic(durable=True):
        _one_at_a_time(digest)
        FailedTry.objects.filter(at__lt=at - WITHIN - LOCKED).delete()
        until = _until(digest, address, at)
        if until is None:
            FailedTry.objects.create(digest=digest, address=address, at=at)
            return
    minutes = max(1, -(-(until - at) // timedelta(minutes=1)))
    raise NotAllowed(
        code="locked_out",
        what=f"There were too many wrong tries from here. No more are looked at for {minutes} min.",
        do="Wait, or ask your administrator to lift it. Whoever is signed in stays signed in.",
    )


def failed(*, name: str, what: str, address: str, device: str, at: datetime) -> None:
    """Record that the try was wrong, and that it was the last for now."""
    known = Account.objects.filter(pk=name).exists()
    account = name if known else ""
    until = _until(_digest(name, what), address, at)
    with writing("sign-in", at=at, actor="unknown", device=device) as record:  # Whoever it was, it need not be them.
        record(SignInFailed(account=account, what=what, address=address))
        if until is not None:
            record(LockedOut(account=account, until=str(iso(until)), address=address))


def succeeded(*, name: str, what: str, address: str) -> None:
    """Forget the wrong tries of this name from this address: it was its owner's."""
    FailedTry.objects.filter(digest=_digest(name, what), address=address).delete()


def forget(name: str) -> int:
    """Forget all wrong tries of a name; return how many there were."""
    gone, _ = FailedTry.objects.filter(digest__in=[_digest(name, what) for what in (PASSWORD, CODE)]).delete()
    return gone


def locked_until(names: Iterable[str], at: datetime) -> dict[str, datetime]:
    """Return until when those of these names that are locked out from some address are so."""
    of_digest = {_digest(name, what): name for name in names for what in (PASSWORD, CODE)}
    recent: defaultdict[tuple[str, str], list[datetime]] = defaultdict(list)
    rows = FailedTry.objects.filter(at__gt=at - WITHIN - LOCKED, digest__in=of_digest).order_by("-at")
    for digest, address, when in rows.values_list("digest", "address", "at"):
        recent[digest, address].append(when)
    found: dict[str, datetime] = {}
    for (digest, _), tries in recent.items():
        end = _end(tries[:MOST], MOST)
        if end is not None and end > at:
            found[of_digest[digest]] = max(end, found.get(of_digest[digest], end))
    return found


def _until(digest: str, address: str, at: datetime) -> datetime | None:
    """Return until when a name is locked out from an address; None when it is not."""
    recent = FailedTry.objects.filter(address=address, at__gt=at - WITHIN - LOCKED).order_by("-at")
    of_name = _end(recent.filter(digest=digest).values_list("at", flat=True)[:MOST], MOST)
    of_address = _end(recent.values_list("at", flat=True)[:MOST_OF_ADDRESS], MOST_OF_ADDRESS)
    ends = [end for end in (of_name, of_address) if end is not None and end > at]
    return max(ends, default=None)


def _end(newest_first: Iterable[datetime], most: int) -> datetime | None:
    """Return when a lock made by these tries ends; None when they make none."""
    tries = list(newest_first)
    if len(tries) < most or tries[0] - tries[-1] > WITHIN:
        return None
    return tries[0] + LOCKED


def _digest(name: str, what: str) -> str:
    text = f"{what}\0{name.strip().lower()}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _one_at_a_time(digest: str) -> None:
    """Let tries of one name wait for each other. SQLite's transactions do so by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(digest[:15], 16)])

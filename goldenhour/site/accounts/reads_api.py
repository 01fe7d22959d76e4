"""The endpoint that says who read what."""

from datetime import datetime, timedelta
from typing import Any

from ninja import Query, Router, Schema
from pydantic import AwareDatetime, ConfigDict, Field

from goldenhour.access.live import queries, reads
from goldenhour.access.roles import EVERY
from goldenhour.access.rules import Asked, reading_reads
from goldenhour.access.wire import iso
from goldenhour.calls.live.queries import find_call
from goldenhour.site.accounts.shapes import ReadOut
from goldenhour.site.board import SHOWN_AFTER_CLOSING
from goldenhour.site.reading import BOARDS

router = Router(tags=["accounts"])

MOST = 500
_RECENT = timedelta(days=30)


class ReadsIn(Schema):
    """Of which call, or by which account; from when on: the last 30 days where nothing is said."""

    model_config = ConfigDict(extra="forbid")

    call: str = Field(default="", max_length=40)
    account: str = Field(default="", max_length=60)
    since: AwareDatetime | None = None


@router.get("/reads", auth=reading_reads, response=list[ReadOut])
def list_reads(request: Asked, asked: Query[ReadsIn]) -> list[dict[str, Any]]:
    """Return who was shown what of patients, the latest first; with `call` also whoever had it on an open board."""
    who = request.auth
    since = asked.since or who.at - _RECENT
    found = reads_of(call=asked.call, account=asked.account, since=since, at=who.at)
    if EVERY not in who.agencies:
        theirs = {one.account.account for one in queries.list_accounts(who.agencies)}
        found = [one for one in found if one.read.account in theirs]
    return [read_entry(one) for one in found]


def reads_of(*, call: str, account: str, since: datetime | None, at: datetime) -> list[reads.Shown]:
    """Return reads, the latest first; those of a call with the boards on which it stood."""
    known = find_call(call) if call else None
    stood = None
    if known is not None:
        stood = (known.received_at, known.closed_at + SHOWN_AFTER_CLOSING if known.closed_at else at)
    return reads.list_reads(call=call, on_board=stood, boards=BOARDS, account=account, since=since, limit=MOST)


def read_entry(one: reads.Shown) -> dict[str, Any]:
    """Return a read as the list shows it."""
    return {
        "position": one.read.position,
        "at": iso(one.read.at),
        "until": iso(one.read.until),
        "account": one.read.account,
        "session": one.read.session,
        "device": one.read.device,
        "address": one.read.address,
        "named": one.read.named,
        "calls": list(one.calls),
        "board": one.read.address in BOARDS,
    }

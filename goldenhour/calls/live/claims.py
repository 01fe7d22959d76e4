"""Claims: who works on a call is said to every desk. A claim is in nobody's way: it informs, and refuses no gesture."""

from datetime import datetime, timedelta
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.calls.claims import Claim, Doing
from goldenhour.calls.events import CallClaimed, ClaimReleased
from goldenhour.calls.live.by import By, writing_of
from goldenhour.calls.live.models import Call
from goldenhour.calls.live.rules import desk_rules_now
from goldenhour.calls.live.services import open_call
from goldenhour.errors import Refused
from goldenhour.roads.live.region import wall_clock


def claim_of(call: Call, at: datetime) -> Claim | None:
    """Return who works on a call at a moment, if anybody does."""
    if not call.claimed_by or call.claimed_since is None or call.claim_seen_at is None:
        return None
    found = Claim(
        by=call.claimed_by,
        since=call.claimed_since,
        seen_at=call.claim_seen_at,
        doing=call.claim_doing,
        idle=timedelta(seconds=desk_rules_now(at).claim_idle_s),
    )
    return found if found.holds(at) else None


def claim_entry(call: Call, at: datetime) -> dict[str, Any] | None:
    """Return who works on a call as the board shows it; a page lets it go at `until`."""
    claim = claim_of(call, at)
    if claim is None:
        return None
    return {"by": claim.by, "since": iso(claim.since), "doing": claim.doing, "until": iso(claim.until)}


def call_claim(*, call_id: str, doing: Doing, take_over_from: str, by: By) -> None:
    """Say that one works on a call, or still does.

    Args:
        call_id: of an open call.
        doing: what they do.
        take_over_from: whose claim they take over; "" for nobody's.
        by: who says so.

    Raises:
        NotFound: there is no such call.
        Refused: somebody else works on it; the words say who and since when. Or it is closed.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        call = open_call(call_id)
        claim = claim_of(call, by.at)
        if claim is not None and claim.by == by.actor:
            if claim.doing != doing or claim.is_due(by.at):
                record(CallClaimed(call_id=call_id, doing=str(doing), former=""))
            return
        if claim is not None and take_over_from != claim.by:
            raise _claimed(call_id, claim)
        record(CallClaimed(call_id=call_id, doing=str(doing), former=claim.by if claim else ""))


def _claimed(call_id: str, claim: Claim) -> Refused:
    does = "is typing on" if claim.doing == Doing.TYPING else "works on"
    return Refused(
        code="claimed",
        what=f"{claim.by} {does} call {call_id}, since {wall_clock(claim.since)}, last at {wall_clock(claim.seen_at)}.",
        do="Tell them, or take it over. It holds nothing up: you can send, note and change all the same.",
    )


def claim_release(*, call_id: str, by: By) -> None:
    """Say that one works on a call no longer. Where it is not theirs, or nobody's, nothing happens.

    Raises:
        NotFound: there is no such call.
        Refused: it is closed.
    """
    with writing_of(call_id, by) as record:
        if not record.earlier and open_call(call_id).claimed_by == by.actor:
            record(ClaimReleased(call_id=call_id))

"""The endpoints of breaking the glass, and of reviewing why it was broken."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from goldenhour.access.glass import Why
from goldenhour.access.limits import GLASS
from goldenhour.access.live import glass as glasses
from goldenhour.access.live import reads
from goldenhour.access.rules import Asked, reviewing_glass
from goldenhour.access.rules import glass as breaking
from goldenhour.access.wire import iso
from goldenhour.calls.live.by import Text
from goldenhour.calls.live.queries import get_call
from goldenhour.errors import BadInput, NotSignedIn
from goldenhour.site.accounts.limits import limit_at
from goldenhour.site.accounts.shapes import GlassOut, OpenedOut

router = Router(tags=["accounts"])

_LASTS = timedelta(hours=1)  # Where a house's own file ended the rule and named no other.
_LEAST_WORDS = 10


class GlassIn(Schema):
    """Which call, and why."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    call_id: str = Field(min_length=1, max_length=40)
    why: Why
    reason: Text = Field(max_length=600)


class GlassReviewIn(Schema):
    """Whether it was right, in words."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    right: bool
    words: Text = Field(max_length=2000)


@router.post("/glass", auth=breaking, response={201: OpenedOut})
def break_glass(request: Asked, body: GlassIn) -> Status[dict[str, Any]]:
    """Open the record of one call for a while, to read. It stands in the log before anything is shown."""
    who = request.auth
    if not who.account:
        raise NotSignedIn(code="not_signed_in", what="Nobody is signed in here.", do="Sign in, then try again.")
    _insist_on_words(body.reason, "reason")
    get_call(body.call_id)
    made = glasses.glass_break(
        account=who.account,
        call_id=body.call_id,
        why=body.why,
        reason=body.reason,
        lasts=limit_at(GLASS, who.at) or _LASTS,
        at=who.at,
        device=who.device,
        id=str(body.id),
    )
    return Status(201, {"glass": made.glass, "call_id": made.call_id, "until": iso(made.until)})


@router.get("/glass", auth=reviewing_glass, response=list[GlassOut])
def list_glass(request: Asked, state: str = "open") -> list[dict[str, Any]]:
    """Return what was opened and nobody has reviewed yet, the oldest first; with state=reviewed, the latest reviews."""
    return [_entry(one) for one in glasses.list_glass(reviewed=state == "reviewed", within=request.auth.agencies)]


@router.post("/glass/{glass}/review", auth=reviewing_glass, response={204: None})
def review_glass(request: Asked, glass: str, body: GlassReviewIn) -> Status[None]:
    """Say whether it was right to open it."""
    _insist_on_words(body.words, "words")
    who = request.auth
    glasses.glass_review(
        glass=glass,
        right=body.right,
        words=body.words,
        within=who.agencies,
        at=who.at,
        actor=who.actor,
        device=who.device,
        id=str(body.id),
    )
    return Status(204, None)


def _insist_on_words(text: str, where: str) -> None:
    if len(text.strip()) < _LEAST_WORDS:
        raise BadInput(code="few_words", what="Somebody will ask why.", do="Say it in a few words.", where=where)


def _entry(one: glasses.GlassRow) -> dict[str, Any]:
    """Return an opening with what was read under it."""
    under = reads.list_reads(call=one.call_id, account=one.account, since=one.at)
    return {
        "glass": one.glass,
        "account": one.account,
        "call_id": one.call_id,
        "why": one.why,
        "why_words": Why(one.why).words,
        "reason": one.reason,
        "at": iso(one.at),
        "until": iso(one.until),
        "reads": [
            {"at": iso(each.read.at), "address": each.read.address}
            for each in under
            if one.at <= each.read.at < one.until
        ],
        "reviewed_at": iso(one.reviewed_at),
        "reviewed_by": one.reviewed_by,
        "right": one.right,
        "words": one.words,
    }

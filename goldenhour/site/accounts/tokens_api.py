"""The endpoints of programs' tokens."""

from typing import Any

from ninja import Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field

from goldenhour.access.live import tokens
from goldenhour.access.rules import FOR_TOKENS, Asked, administrator
from goldenhour.access.wire import iso
from goldenhour.site.accounts.shapes import MadeTokenOut, TokensOut

router = Router(tags=["accounts"])


class TokenIn(Schema):
    """A new token."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=40)
    agency: str = Field(max_length=80)
    rules: tuple[str, ...] = Field(max_length=60)
    until: AwareDatetime
    per_minute: int = 600


class RevokeIn(Schema):
    """Why it ends."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=1, max_length=300)


@router.get("/tokens", auth=administrator, response=TokensOut)
def list_tokens(request: Asked) -> dict[str, Any]:
    """Return the tokens within reach, never their secret; and the rules that a token can be made for."""
    return {
        "tokens": [_entry(one) for one in tokens.list_tokens(request.auth.agencies)],
        "rules": [
            {"rule": one.name, "words": one.words, "everywhere": not one.scoped}
            for one in sorted(FOR_TOKENS.values(), key=lambda one: one.name)
        ],
    }


@router.post("/tokens", auth=administrator, response={201: MadeTokenOut})
def make_token(request: Asked, body: TokenIn) -> Status[dict[str, str]]:
    """Make a token; the answer is the only place where it ever stands."""
    who = request.auth
    made = tokens.token_make(**body.model_dump(), within=who.agencies, at=who.at, actor=who.actor, device=who.device)
    return Status(201, {"token": made})


@router.post("/tokens/{token}/revoke", auth=administrator, response={204: None})
def revoke_token(request: Asked, token: str, body: RevokeIn) -> Status[None]:
    """End a token now."""
    who = request.auth
    tokens.token_revoke(
        name=token, reason=body.reason, within=who.agencies, at=who.at, actor=who.actor, device=who.device
    )
    return Status(204, None)


def _entry(one: tokens.TokenRow) -> dict[str, Any]:
    return {
        "token": one.name,
        "agency": one.agency,
        "rules": one.rules.split(),
        "until": iso(one.until),
        "per_minute": one.per_minute,
        "made_at": iso(one.made_at),
        "made_by": one.made_by,
        "revoked_at": iso(one.revoked_at),
    }

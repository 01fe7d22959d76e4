"""What calls answer, as the description of the interface says it. Times are ISO-8601 in UTC."""

from typing import Literal

from ninja import Schema


class ClaimOut(Schema):
    """Who works on a call, until it ends by itself."""

    by: str
    since: str
    doing: Literal["working", "typing"]
    until: str


class DraftEntryOut(Schema):
    """A call as it is typed, half words and all."""

    call_id: str
    state: str
    rang_at: str
    owner: str
    owned_since: str
    version: int
    changed_at: str | None
    changed_by: str
    reason: str
    fields: dict[str, str | int | float | None]

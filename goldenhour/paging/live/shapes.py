"""What paging answers, as the description of the interface says it. Times are ISO-8601 in UTC; s is seconds."""

from typing import Literal

from pydantic import BaseModel

from goldenhour.paging.destinations import Detail, Kind, What

PageAnswer = Literal["accepted", "declined"]


class DestinationIdOut(BaseModel):
    """A destination's id, and the secret its messages are signed with, told this once."""

    destination: str
    secret: str


class SecretOut(BaseModel):
    """A new secret, told this once."""

    secret: str


class DestinationEntryOut(BaseModel):
    """Where messages go: what it is told, and whether it is well. Never its address."""

    id: str
    kind: Kind
    label: str
    agency: str
    station: str
    gets: list[What]
    detail: Detail
    host: str
    since: str
    former_until: str | None
    waiting: int
    failures: int
    paused_until: str | None  # By itself, after failures.
    stopped_at: str | None  # By a person; null where it is told.
    heard_at: str | None


class MessageOut(BaseModel):
    """A message about a call, and what became of it."""

    id: str
    what: str
    unit: str
    state: Literal["waiting", "delivered", "dead", "dropped"]
    attempts: int
    said: str
    queued_at: str
    done_at: str | None


class SentMessageOut(MessageOut):
    """A message as whoever looks after its destination sees it."""

    destination: str
    next_at: str


class DestinationsOut(BaseModel):
    """Where messages of the caller's agencies go, what waits, and what was given up."""

    destinations: list[DestinationEntryOut]
    waiting: list[SentMessageOut]
    dead: list[SentMessageOut]


class PageCountOut(BaseModel):
    """How far a page to people on call has come: numbers, no names."""

    id: str
    call_id: str
    unit: str
    state: Literal["open", "enough", "over"]
    because: str | None
    opened_at: str
    paged_at: str
    round: int
    needed: int
    aboard: int
    accepted: int
    declined: int
    unanswered: int
    soonest_s: float | None
    missing: str
    words: str
    escalated_at: str | None
    next_unit: str | None


class PagedPersonOut(BaseModel):
    """Somebody on call who was paged, and what they answered."""

    person: str
    answer: PageAnswer | None
    answered_at: str | None
    eta_s: int | None
    counts: str  # Why they take no seat although they come; "" where they take one.
    paged_at: str


class CallPageOut(PageCountOut):
    """A page as the desk sees it, with who was asked."""

    people: list[PagedPersonOut]


class StationLineOut(BaseModel):
    """What the station of a unit hears."""

    unit: str
    line: str
    paused: list[str]  # Destinations that would be told of it, and are told nothing for now.


class CallPagesOut(BaseModel):
    """Who was paged for a call and who comes; for which of its units somebody could be."""

    call_id: str
    alerts: list[CallPageOut]
    can_page: list[str]
    station_alerts: list[StationLineOut]
    messages: list[MessageOut]


class AlertIdOut(BaseModel):
    """The page's id."""

    alert: str


class OwnAlertOut(PageCountOut):
    """A page as the one who was paged sees it."""

    call_sign: str
    nature_label: str
    priority: int | None
    address: str
    line: str
    answer: PageAnswer | None
    answered_at: str | None
    eta_s: int | None
    counts: str  # Why they take no seat although they come; "" where they take one.


class ChannelOut(BaseModel):
    """Where pages to oneself go; of its address only enough to tell it from another."""

    id: str
    kind: Literal["email", "push"]
    label: str
    detail: str
    address: str
    since: str
    heard_at: str | None
    failures: int


class MaySendOut(BaseModel):
    """What this house can send: e-mail, and the key for pushing to browsers."""

    email: bool
    push: str | None


class OwnPagesOut(BaseModel):
    """The pages to oneself that are not over, where they go, and for which units one is on call."""

    person: str
    at: str
    alerts: list[OwnAlertOut]
    channels: list[ChannelOut]
    may: MaySendOut
    on_call: list[str]


class ChannelIdOut(BaseModel):
    """The channel's id."""

    channel: str

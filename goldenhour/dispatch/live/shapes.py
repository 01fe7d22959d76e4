"""What dispatch answers, as the description of the interface says it."""

from typing import Any, Literal

from pydantic import BaseModel

from goldenhour.calls.live.shapes import StruckOut


class ChosenOut(BaseModel):
    """A unit for a slot, and why it."""

    slot: str
    unit: str
    arrive_s: float
    reason: str
    runner_up: str | None
    margin_s: float | None
    from_call_id: str | None  # The call it would be taken off.
    position_age_s: float | None  # Of the report that its arrival rests on; null: from its last status.


class PassedOverOut(BaseModel):
    """A unit that is not sent, and why."""

    unit: str
    why: str


class ShortfallOut(BaseModel):
    """A slot that is not filled as it should be, and why."""

    slot: str
    why: str
    required: bool


class RecommendationOut(BaseModel):
    """Who should go, and why. Times are ISO-8601 in UTC."""

    policy: str
    plan: str
    at: str
    chosen: list[ChosenOut]
    passed_over: list[PassedOverOut]
    shortfalls: list[ShortfallOut]


class StandDownOut(BaseModel):
    """A unit that is on its way and no longer needed, and why."""

    unit: str
    why: str


class SilencedOut(BaseModel):
    """That an alarm was taken, up to this step."""

    step: int
    by: str
    at: str


class AlarmOut(BaseModel):
    """Something that lasts: from these figures a page's own clock tells whether it sounds."""

    quantity: str
    words: str  # What is wrong once it sounds.
    since: str
    steps_s: list[float]
    again_s: float  # After the last step it comes again at this distance; 0 when it does not.
    source: str
    silenced: SilencedOut | None


class CoResponderOut(BaseModel):
    """A service that the house does not run, asked for help on the call: a task, never a unit."""

    request: str
    service: str
    label: str
    words_for: list[str]  # What people type for it.
    contact: str
    task: str
    task_label: str
    makes_safe: bool
    note: str
    state: str
    open: bool
    asked_at: str
    asked_by: str
    since: str  # In that state, and who entered it.
    by: str
    said_by: str
    words: str
    due_at: str | None
    there_at: str | None
    safe_at: str | None
    alarm: AlarmOut | None  # That it has not answered.


class ProposedOut(BaseModel):
    """A co-responder that a dated plan proposes for the call and nobody asked."""

    service: str
    label: str
    task: str
    task_label: str
    stage: bool  # Units are to wait until it says that the scene is safe.
    plan: str
    source: str


class SaidSafeOut(BaseModel):
    """Who said that the scene is safe, where units wait: that they enter is offered, and confirmed by a person."""

    label: str
    at: str
    said_by: str


class StagingOut(BaseModel):
    """Where the units of a call wait, away from the scene."""

    lon: float
    lat: float
    where: str
    reason: str
    label: str
    note: str
    since: str
    by: str


class ScopeHereOut(BaseModel):
    """Whether a neighbour's crews of a level may practise here, and why."""

    level: str
    verdict: Literal["allow", "deny", "unknown"]
    why: str


class LentOut(BaseModel):
    """A kind of unit that a neighbour lends, and what that leaves it."""

    type: str
    has: int
    left: int
    keeps: int
    cover: str
    levels: list[str]
    scope: list[ScopeHereOut]


class NeighbourOut(BaseModel):
    """A neighbour by agreement."""

    neighbour: str
    name: str
    contact: str
    place: str
    costs: str
    agreement: str
    source: str
    lends: list[LentOut]


class NeighboursOut(BaseModel):
    """Whom a call can ask for a unit."""

    neighbours: list[NeighbourOut]


class AidRequestOut(BaseModel):
    """The request's id."""

    request: str


class MoveOut(BaseModel):
    """A free unit that could wait at another post; shares of the expected calls, and the drive there in seconds."""

    unit: str
    post: str
    wins: float
    costs: float
    after: float
    drive_s: float


class MoveUpOut(BaseModel):
    """Who could move where now; where that cannot be counted, why."""

    at: str
    why_not: str
    covered: float | None
    drive_s: float | None
    source: str
    free: int
    moves: list[MoveOut]


class KeyOut(BaseModel):
    """A choice: its key, and what people read."""

    key: str
    label: str


class ServiceOut(BaseModel):
    """A service that the house does not run, and what it can be asked for."""

    key: str
    label: str
    words: list[str]  # What people type for it.
    contact: str
    tasks: list[KeyOut]


class ServicesOut(BaseModel):
    """Whom a call can ask for help."""

    services: list[ServiceOut]


class StagingReasonsOut(BaseModel):
    """Why units may be told to wait, and how far from the scene, in metres."""

    apart_m: float
    reasons: list[KeyOut]


class LineOut(BaseModel):
    """A line of a timeline: a fact, or several of one person in a row."""

    position: int
    id: str
    name: str
    at: str
    until: str | None  # When the last of several was said; null for one.
    times: int
    actor: str
    stream: str
    payload: dict[str, Any]
    late: bool  # It was told after it happened.
    struck: StruckOut | None


class TimelineOut(BaseModel):
    """Everything that happened on a call, in the order in which it happened."""

    call_id: str
    late_s: float
    entries: list[LineOut]


class HoldOut(BaseModel):
    """How a call stands in the hold queue; `slots` are those that nobody is free for."""

    since: str
    on_purpose: bool
    reason: str
    by: str | None
    slots: list[str]
    alarm: AlarmOut | None


class AidScopeOut(BaseModel):
    """Whether the neighbour's crew may practise here, and why."""

    verdict: Literal["allow", "deny", "unknown"]
    why: str


class LentByOut(BaseModel):
    """By which request of mutual aid a unit is here."""

    request: str
    by: str
    due_at: str | None
    scope: AidScopeOut


class AidOut(BaseModel):
    """A request of mutual aid that is not over, or ended just now."""

    id: str
    call_id: str
    neighbour: str
    name: str
    contact: str
    type: str
    level: str
    note: str
    state: Literal["asked", "accepted", "declined", "withdrawn", "released"]
    scope: AidScopeOut
    asked_at: str
    asked_by: str
    answered_at: str | None
    said_by: str
    reason: str
    unit: str | None
    call_sign: str | None
    due_at: str | None
    arrived_at: str | None
    left: int | None  # How many of that kind the neighbour says it has for its own calls.
    alarm: AlarmOut | None

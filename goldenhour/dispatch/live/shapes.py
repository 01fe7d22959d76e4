"""What dispatch answers, as the description of the interface says it."""

from ninja import Schema


class ChosenOut(Schema):
    """A unit for a slot, and why it."""

    slot: str
    unit: str
    arrive_s: float
    reason: str
    runner_up: str | None
    margin_s: float | None
    from_call_id: str | None  # The call it would be taken off.
    position_age_s: float | None  # Of the report that its arrival rests on; null: from its last status.


class PassedOverOut(Schema):
    """A unit that is not sent, and why."""

    unit: str
    why: str


class ShortfallOut(Schema):
    """A slot that is not filled as it should be, and why."""

    slot: str
    why: str
    required: bool


class RecommendationOut(Schema):
    """Who should go, and why. Times are ISO-8601 in UTC."""

    policy: str
    plan: str
    at: str
    chosen: list[ChosenOut]
    passed_over: list[PassedOverOut]
    shortfalls: list[ShortfallOut]


class StandDownOut(Schema):
    """A unit that is on its way and no longer needed, and why."""

    unit: str
    why: str


class SilencedOut(Schema):
    """That somebody acknowledged an alarm."""

    step: int
    by: str
    at: str


class AlarmOut(Schema):
    """What sounds once it lasts too long: from these figures a page's own clock tells when."""

    quantity: str
    words: str
    since: str
    steps_s: list[float]
    again_s: float  # After the last step it comes again at this distance; 0: it does not.
    source: str
    silenced: SilencedOut | None


class CoResponderOut(Schema):
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


class ProposedOut(Schema):
    """A co-responder that a dated plan proposes for the call and nobody asked."""

    service: str
    label: str
    task: str
    task_label: str
    stage: bool  # Units are to wait until it says that the scene is safe.
    plan: str
    source: str


class SaidSafeOut(Schema):
    """Who said that the scene is safe, where units wait: that they enter is offered, and confirmed by a person."""

    label: str
    at: str
    said_by: str


class StagingOut(Schema):
    """Where the units of a call wait, away from the scene."""

    lon: float
    lat: float
    where: str
    reason: str
    label: str
    note: str
    since: str
    by: str

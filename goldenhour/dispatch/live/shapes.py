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

"""What hospitals answer, as the description of the interface says it. Times are ISO-8601 in UTC; s is seconds."""

from typing import Literal

from pydantic import BaseModel

InboundState = Literal["to_come", "on_the_way", "here", "accepted"]


class PassedOverFacilityOut(BaseModel):
    """A facility that is not advised, and why."""

    facility: str
    why: str


class DestinationOut(BaseModel):
    """Where a unit takes its patient, and why."""

    facility: str | None
    reason: str
    passed_over: list[PassedOverFacilityOut]


class PrealertIdOut(BaseModel):
    """The pre-alert's id."""

    prealert: str


class PrealertOut(BaseModel):
    """What a hospital was told of a patient who comes."""

    id: str
    kind: str
    words: str
    code: str
    age: int | None
    age_unit: str
    sex: str
    complaint: str
    sent_at: str
    sent_by: str
    acknowledged_at: str | None
    acknowledged_by: str


class UnitsPrealertOut(PrealertOut):
    """What a unit told, whom, and what became of it."""

    hospital: str
    ended_at: str | None
    ended_because: str


class UnitsPrealertsOut(BaseModel):
    """What was told about the patients of a unit's call; "" while it is on none."""

    call_id: str
    prealerts: list[UnitsPrealertOut]


class HospitalNameOut(BaseModel):
    """A hospital whose page the caller may open."""

    id: str
    name: str


class HospitalsOut(BaseModel):
    """The hospitals whose page the caller may open."""

    hospitals: list[HospitalNameOut]


class HospitalOut(BaseModel):
    """A hospital."""

    id: str
    name: str
    kind: str


class LimitOut(BaseModel):
    """A time that should not be exceeded, of how many percent (null: of all), and where that stands written."""

    seconds: float
    percent: float | None
    source: str


class LimitsOut(BaseModel):
    """The limits of a hospital's page; null where no rule says any."""

    offload: LimitOut | None
    acknowledge: LimitOut | None
    beds: LimitOut | None


class NoteShownOut(BaseModel):
    """What the desk wrote for others too."""

    note: str
    text: str
    at: str
    by: str


class HandoverOut(BaseModel):
    """How the hand-over of a patient stands."""

    accepted_at: str | None
    accepted_by: str
    signed_at: str | None
    signed_role: str
    signed_name: str
    signature_refused: str
    call_id: str
    unit: str
    call_sign: str


class InboundOut(HandoverOut):
    """A patient who comes or is here."""

    state: InboundState
    priority: int | None
    nature: str
    eta: str | None
    eta_from: Literal["reported", "estimated"] | None  # A fresh report of its device, or its crew's times.
    arrived_at: str | None
    transfer_at: str | None
    prealerts: list[PrealertOut]
    notes: list[NoteShownOut]


class HandedOverOut(HandoverOut):
    """A patient whose unit has left: a signature may still be asked for."""

    left_at: str


class NotComingOut(BaseModel):
    """A patient who was announced and does not come."""

    id: str
    call_id: str
    call_sign: str
    words: str
    at: str
    because: str


class StandingOut(BaseModel):
    """How a service stands that is not simply open; `service` "" is the whole hospital."""

    service: str
    words: str
    level: Literal["advisory", "diversion"]
    until: str | None
    reason: str
    since: str
    by: str


class WordsOut(BaseModel):
    """A choice: its key, and what people read."""

    key: str
    words: str


class BedsOut(BaseModel):
    """The latest count of free beds, by kind."""

    beds: dict[str, int]
    at: str
    by: str


class HospitalViewOut(BaseModel):
    """All that one hospital's page shows."""

    hospital: HospitalOut
    at: str
    time_zone: str
    limits: LimitsOut
    inbound: list[InboundOut]
    handed_over: list[HandedOverOut]
    not_coming: list[NotComingOut]
    status: list[StandingOut]
    services: list[WordsOut]
    beds: BedsOut | None
    bed_kinds: list[WordsOut]


class WallInboundOut(BaseModel):
    """A unit that comes, and what it was announced for."""

    call_sign: str
    state: InboundState
    eta: str | None
    announced: list[str]


class WallOut(BaseModel):
    """What a wall shows that locked itself: nothing of any patient."""

    hospital: HospitalOut
    at: str
    time_zone: str
    inbound: list[WallInboundOut]


class AcknowledgedOut(BaseModel):
    """Who saw a pre-alert first, and when."""

    acknowledged_at: str | None
    acknowledged_by: str


class AcceptedOut(BaseModel):
    """Who took over a patient's care, and when."""

    accepted_at: str | None
    accepted_by: str


class ChoiceOut(BaseModel):
    """A hospital that a crew may choose; `travel_s` null where no road leads there."""

    facility: str
    name: str
    kind: str
    advised: bool
    travel_s: float | None
    diverting: bool
    why: str


class ChoicesOut(BaseModel):
    """Where the patient of a unit's call may be taken, the advised hospital first."""

    call_id: str
    destinations: list[ChoiceOut]

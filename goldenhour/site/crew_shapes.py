"""What a crew's page shows, as the description of the interface says it. Times are ISO-8601 in UTC; s is seconds."""

from pydantic import BaseModel

from goldenhour.dispatch.live.shapes import StagingOut
from goldenhour.fleet.live.shapes import CrewOut, MaydayOut, ParOut, TransportAskOut
from goldenhour.fleet.status import Status
from goldenhour.hospitals.live.shapes import NoteShownOut, PrealertOut


class CrewsUnitOut(BaseModel):
    """The unit."""

    id: str
    call_sign: str
    agency: str
    type: str
    station: str
    can_transport: bool
    status: Status
    since: str


class ChainOut(BaseModel):
    """The steps as the page needs them without a signal: what leads where, and what usually follows."""

    leads_to: dict[str, Status]
    follows: dict[str, list[str]]


class CrewLimitOut(BaseModel):
    """An interval or limit, and where it stands written."""

    seconds: float
    grace_s: float
    source: str


class CrewLimitsOut(BaseModel):
    """The limits of a crew's page; null where no rule says any."""

    par: CrewLimitOut | None
    reassess: CrewLimitOut | None
    delayed: CrewLimitOut | None


class PressOut(BaseModel):
    """A press of a step, by whose id it is taken back."""

    id: str
    stamp: str
    at: str
    flags: list[str]
    by: str


class CrewRouteOut(BaseModel):
    """The way that the unit is on."""

    to: str
    started_at: str
    arrive_at: str
    points: list[tuple[float, float, float]]  # Longitude, latitude, seconds from the start.


class AnsweredOut(BaseModel):
    """What the caller answered, in the words of the card."""

    ask: str
    answer: str
    at: str


class NoteAtPlaceOut(BaseModel):
    """What matters at the place."""

    kind: str
    text: str
    at: str
    distance_m: int


class PlaceOut(BaseModel):
    """What is known of the place, and how many calls there were in so many months."""

    notes: list[NoteAtPlaceOut]
    earlier: int
    months: int


class OtherUnitOut(BaseModel):
    """Who else is on the call."""

    unit: str
    call_sign: str
    type: str
    slot: str
    status: Status
    eta: str | None


class ExpectedOut(BaseModel):
    """A service that the house does not run and that was asked for help."""

    request: str
    label: str
    task_label: str
    state: str
    due_at: str | None


class VolunteersOut(BaseModel):
    """How many of those on call come, by unit, without names."""

    call_sign: str
    words: str
    missing: str


class GoingOut(BaseModel):
    """Where the patient is taken."""

    facility: str
    name: str
    eta: str | None
    accepted_at: str | None


class ReassessedOut(BaseModel):
    """When a waiting patient was last looked at again, and how often."""

    at: str
    times: int


class CrewsCallOut(BaseModel):
    """The call that the unit is on."""

    call_id: str
    received_at: str
    priority: int
    nature: str
    nature_words: str
    address: str
    lon: float
    lat: float
    caller: dict[str, str | bool | int | float]
    determinant: str
    recognised: list[str]
    answers: list[AnsweredOut]
    premise: PlaceOut
    notes: list[NoteShownOut]
    staging: StagingOut | None
    moved_at: str | None  # When the call turned out to be elsewhere while this unit was on its way.
    units: list[OtherUnitOut]
    co_responders: list[ExpectedOut]
    volunteers: list[VolunteersOut]
    route: CrewRouteOut | None
    destination: GoingOut | None
    prealerts: list[PrealertOut]
    asks: list[TransportAskOut]
    reassessed: ReassessedOut | None
    ticks: dict[str, dict[str, str]]  # When each item of a checklist was ticked.
    par_here: bool  # The crew is asked whether it is all right on scenes of this kind.
    stamps: dict[str, str]
    presses: list[PressOut]


class TimesBeforeOut(BaseModel):
    """The times of the call that the unit came from: they may still be completed."""

    call_id: str
    route: CrewRouteOut | None
    stamps: dict[str, str]
    presses: list[PressOut]


class CrewViewOut(BaseModel):
    """All that one unit's page shows."""

    at: str
    time_zone: str
    demo: bool
    unit: CrewsUnitOut
    crew: CrewOut
    chain: ChainOut
    mayday: MaydayOut | None
    par: ParOut | None
    limits: CrewLimitsOut
    call: CrewsCallOut | None
    before: TimesBeforeOut | None

"""What the board shows, as the description of the interface says it. Times are ISO-8601 in UTC; s is seconds.

The board itself is sent as it was made, once for all who ask; a test holds it against these shapes.
"""

from typing import Any, Literal

from pydantic import BaseModel

from goldenhour.calls.live.shapes import ClaimOut
from goldenhour.dispatch.live.shapes import (
    AidOut,
    AlarmOut,
    CoResponderOut,
    HoldOut,
    LentByOut,
    ProposedOut,
    RecommendationOut,
    SaidSafeOut,
    StagingOut,
    StandDownOut,
)
from goldenhour.fleet.live.shapes import CrewOut, SignalsOut
from goldenhour.fleet.status import Status
from goldenhour.paging.live.shapes import PageCountOut


class PositionOut(BaseModel):
    """Where a unit is, and how that is known."""

    lon: float
    lat: float
    at: str
    source: Literal["reported", "estimated"]  # By its device; or from its last status and the roads.
    age_s: float
    accuracy_m: float | None
    reported_at: str | None  # When its device last reported, also where that is too old to count.


class RouteOut(BaseModel):
    """The way a unit is on."""

    started_at: str
    points: list[tuple[float, float, float]]  # Longitude, latitude, seconds from the start.
    to: str
    arrive_at: str


class SuggestionOut(BaseModel):
    """That a unit seems to have arrived: a person confirms it."""

    stamp: str
    call_id: str
    since: str
    what: str


class UnitOut(BaseModel):
    """A unit."""

    id: str
    call_sign: str
    agency: str
    type: str
    station: str
    can_transport: bool
    status: Status
    mark: str
    since: str
    call_id: str | None
    position: PositionOut | None
    route: RouteOut | None
    destination: str | None
    crew: CrewOut
    suggestion: SuggestionOut | None
    signals: SignalsOut | None  # Of the crew's phones, its safety, and what it asks for.
    alarm: AlarmOut | None  # That it has been as it is for too long.
    post: str | None  # Where it was moved up to.
    lent: LentByOut | None  # By which request of mutual aid it is here.
    gone: bool = False  # It was lent, and is not here any more.


class UnitOnCallOut(BaseModel):
    """A unit that was sent to a call, with its times there."""

    unit: str
    slot: str
    stamps: dict[str, str]
    retargeted_at: str | None


class ReopenedOut(BaseModel):
    """That a call was opened again."""

    at: str
    by: str
    reason: str


class CallsPageOut(PageCountOut):
    """A page to people on call, on the board."""

    alarm: AlarmOut | None  # That too few come.


class CallOnBoardOut(BaseModel):
    """A call."""

    id: str
    received_at: str
    lon: float
    lat: float
    address: str
    nature: str
    nature_label: str
    priority: int
    patients: int
    state: Literal["waiting", "assigned", "on_scene", "transporting", "closed"]
    units: list[UnitOnCallOut]
    recommendation: RecommendationOut | None
    first_on_scene_at: str | None
    stand_down: list[StandDownOut]
    pages: list[CallsPageOut]
    claim: ClaimOut | None
    staging: StagingOut | None
    co_responders: list[CoResponderOut]
    proposed: list[ProposedOut]
    said_safe: SaidSafeOut | None
    linked: list[str]
    split_from: str | None
    place_changed_at: str | None
    closed_at: str | None
    outcome: str
    reopened: ReopenedOut | None
    hold: HoldOut | None  # That it is held, and since when.


class DivertingOut(BaseModel):
    """That a hospital, or services of it, asks to be passed over, or is slow. `until` "" is without end."""

    services: list[str]
    until: str
    reason: str


class UnansweredOut(BaseModel):
    """A pre-alert that nobody at the hospital has seen."""

    call_id: str
    unit: str
    kind: str
    sent_at: str


class HospitalOnBoardOut(BaseModel):
    """A hospital."""

    id: str
    name: str
    lon: float
    lat: float
    kind: str
    capabilities: list[str]
    diverting: DivertingOut | None
    advisory: DivertingOut | None
    inbound: int
    at_door: int
    unanswered: list[UnansweredOut]


class StationOut(BaseModel):
    """A station."""

    id: str
    name: str
    lon: float
    lat: float
    kind: str


class NatureOut(BaseModel):
    """What a call can be about."""

    key: str
    label: str
    default_priority: int


class BarOut(BaseModel):
    """A bar of a histogram."""

    upto_s: int
    n: int


class ResponseOut(BaseModel):
    """The day's response times, from the first ring to the first unit on scene."""

    n: int
    median_s: float | None
    p90_s: float | None
    histogram: list[BarOut]


class PriorityMeasureOut(BaseModel):
    """The day's response times of a priority, and the share within its target."""

    priority: int
    n: int
    median_s: float | None
    p90_s: float | None
    target_s: float | None
    within: float | None


class SoonOut(BaseModel):
    """How soon something came about, over many arrests, in seconds from the first ring."""

    n: int
    missing: int  # Nobody stamped it.
    wrong: int  # It lies before the ring.
    median_s: float | None
    p90_s: float | None
    target_s: float | None
    within: float | None


class ArrestsOut(BaseModel):
    """How soon the day's arrests were recognised on the telephone, and somebody there pushed."""

    n: int
    recognition: SoonOut
    first_compression: SoonOut


class MeasuresOut(BaseModel):
    """The measures of the place's day."""

    date: str
    response: ResponseOut
    by_priority: list[PriorityMeasureOut]
    arrests: ArrestsOut


class ClockOut(BaseModel):
    """The site's clock."""

    at: str
    speed: float
    paused: bool


class RegionOut(BaseModel):
    """Where this is."""

    name: str
    time_zone: str
    bounds: tuple[float, float, float, float]  # West, south, east, north.
    centre: tuple[float, float]
    jurisdiction: str
    layers: list[str]
    attribution: str


class BoardOut(BaseModel):
    """The whole picture. Entries may be newer than `position`: the feed says them again."""

    position: int
    epoch: str
    at: str
    clock: ClockOut
    demo: bool
    region: RegionOut
    stations: list[StationOut]
    hospitals: list[HospitalOnBoardOut]
    units: list[UnitOut]
    calls: list[CallOnBoardOut]
    aid: list[AidOut]  # Requests of mutual aid that are not over, or ended just now.
    measures: MeasuresOut
    natures: list[NatureOut]


class FactOut(BaseModel):
    """One recorded fact, as the log's tail shows it."""

    position: int
    name: str
    at: str
    recorded_at: str
    actor: str
    stream: str
    payload: dict[str, Any]

"""What the fleet answers, as the description of the interface says it. Times are ISO-8601 in UTC; s is seconds."""

from pydantic import BaseModel

from goldenhour.fleet.status import Status
from goldenhour.workforce.live.shapes import Number


class CrewChangeOut(BaseModel):
    """When a crew will count for something else."""

    at: str
    levels: list[str]
    can_transport: bool
    why: str


class CrewOut(BaseModel):
    """What a unit's crew counts for here and now: by level, never by name."""

    levels: list[str]
    aboard: int | None  # By name; null while nobody has said who.
    can_transport: bool
    why_no_transport: str
    unconfirmed: list[str]
    warnings: list[str]
    next_change: CrewChangeOut | None


class OnCallOut(BaseModel):
    """How many volunteers of a unit are on call, and how likely one or two of them come."""

    volunteers: int
    chance_of_one: float
    chance_of_two: float
    turnout_s: Number
    source: str


class UnitsCrewOut(BaseModel):
    """A unit's crew, and who of its volunteers is on call; null for nobody."""

    unit: str
    crew: CrewOut
    on_call: OnCallOut | None


class SeatOut(BaseModel):
    """A seat, who sits in it, and who is planned for it now."""

    name: str
    level: str
    endorsements: list[str]
    required: bool
    person: str | None
    since: str | None
    role: str | None
    rostered: str | None


class AboardOut(BaseModel):
    """A unit's seats, and what the people in them count for."""

    unit: str
    seats: list[SeatOut]
    crew: CrewOut


class WarningsOut(BaseModel):
    """What somebody is told along with it."""

    warnings: list[str]


class RosteredOut(BaseModel):
    """The duty's id, and what speaks against it."""

    duty: str
    warnings: list[str]


class RosterLineOut(BaseModel):
    """A line of the roster, with its hours of the week."""

    duty: str
    person: str
    seat: str
    start: str
    end: str
    hours: str


class DutyOut(BaseModel):
    """Somebody's duty."""

    person: str
    seat: str
    start: str
    end: str


class RosterFaultOut(BaseModel):
    """What is wrong with a roster."""

    kind: str
    what: str
    start: str
    end: str
    source: str


class RosterOut(BaseModel):
    """Who is planned for a unit, the gaps, and what is wrong with it."""

    unit: str
    lines: list[RosterLineOut]
    duties: list[DutyOut]
    faults: list[RosterFaultOut]


class LicenceHereOut(BaseModel):
    """What somebody may work as here today."""

    live: bool
    level: str
    words: str
    until: str | None
    why: str


class AgainstOut(BaseModel):
    """What stands against taking a seat."""

    lacks: list[str]
    warnings: list[str]


class CheckedSeatOut(BaseModel):
    """A seat at the check of a shift."""

    name: str
    level: str
    endorsements: list[str]
    required: bool
    person: str | None
    name_of_person: str
    you: bool
    since: str | None
    rostered: str | None
    rostered_name: str
    licence: LicenceHereOut | None
    lacks: list[str]
    warnings: list[str]
    for_you: AgainstOut | None  # Of a free seat, for the one who asks.


class ShiftCheckOut(BaseModel):
    """Who sits where, what this crew counts for, and what is missing."""

    unit: str
    at: str
    you: str | None
    you_aboard: str | None
    seats: list[CheckedSeatOut]
    crew: CrewOut
    missing: list[str]


class MaydayOut(BaseModel):
    """A crew is in danger, and who at the desk has it in hand; null and "" while nobody has."""

    at: str
    by: str
    call_id: str | None
    acknowledged_at: str | None
    acknowledged_by: str


class ParOut(BaseModel):
    """How the asking of a crew stands."""

    call_id: str
    started_at: str
    because: str
    interval_s: float
    grace_s: float
    source: str
    ask_at: str
    due_at: str
    missed_at: str | None


class TransportAskOut(BaseModel):
    """What a crew asked for, and what became of it; `answer` "" until somebody saw to it."""

    id: str
    call_id: str
    kind: str
    at: str
    by: str
    answer: str
    words: str
    answered_at: str | None
    answered_by: str


class SignalsOut(BaseModel):
    """Of a crew's phones, its safety, and what it asks for."""

    phones: int
    mayday: MaydayOut | None
    par: ParOut | None
    asks: list[TransportAskOut]


class AskedOut(BaseModel):
    """The id of what was asked for."""

    ask: str


class TimeOut(BaseModel):
    """What time it is here."""

    at: str


class FlagOut(BaseModel):
    """What is odd about a time."""

    flag: str
    what: str


class StruckTimeOut(BaseModel):
    """That a time was taken back."""

    reason: str
    by: str
    at: str


class TimeEntryOut(BaseModel):
    """One press of a step, as it was kept."""

    id: str
    stamp: str
    element: str
    at: str
    counts: bool
    flags: list[FlagOut]
    actor: str
    basis: str | None
    entered_at: str | None
    late_s: float | None
    device: str | None
    device_at: str | None
    offset_s: float | None
    skewed: bool
    struck: StruckTimeOut | None


class TimeWarningOut(BaseModel):
    """A rule of order that two times break."""

    rule: str
    stamp: str
    beside: str  # The other step; "" for the present.
    what: str


class RunOut(BaseModel):
    """A unit's times on a call; sent there again, it has another run."""

    run: int
    stamps: dict[str, str]
    elements: dict[str, str]
    entries: list[TimeEntryOut]
    warnings: list[TimeWarningOut]
    rules_known: bool  # Without a rule for that day nothing was checked.


class UnitTimesOut(BaseModel):
    """A unit's times of a call."""

    unit: str
    call_sign: str
    call_id: str
    runs: list[RunOut]


class ReportedOut(BaseModel):
    """Whether a reported position is shown; if not, why."""

    shown: bool
    why: str | None


class OtherPositionOut(BaseModel):
    """Where another is, as OwnTracks asks for it: nobody is told."""


class PositionTokenOut(BaseModel):
    """A token of a device that reports a unit's position, without its secret."""

    token: str
    label: str
    issued_at: str
    issued_by: str
    revoked_at: str | None
    revoked_by: str | None
    reported_at: str | None


class IssuedTokenOut(BaseModel):
    """A token's id, and its secret, said this once."""

    token: str
    secret: str


class TrackPointOut(BaseModel):
    """Where a unit was."""

    lon: float
    lat: float
    at: str
    accuracy_m: float | None
    speed_mps: float | None


class TrackOut(BaseModel):
    """The kept points of a unit's track."""

    unit: str
    points: list[TrackPointOut]


class OwnUnitOut(BaseModel):
    """A unit whose page the caller may open."""

    id: str
    call_sign: str
    agency: str
    type: str
    station: str
    status: Status


class OwnUnitsOut(BaseModel):
    """The units whose page the caller may open."""

    units: list[OwnUnitOut]

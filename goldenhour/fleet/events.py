"""What can happen to a unit."""

from dataclasses import dataclass

from goldenhour.log.codec import Values, upcasts
from goldenhour.log.event import Event, event


@event("fleet.unit_registered")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRegistered(Event):
    """An agency put a unit into service with this system."""

    unit: str  # Qualified by agency, such as demo-ems/M12; the same unit for ever.
    call_sign: str  # What people say and see, such as M12.
    agency: str
    type: str  # A key of fleet.units.UnitType.
    station: str
    crew: int
    levels: tuple[str, ...]  # Care levels aboard, as the agency asserts them.
    skills: tuple[str, ...]
    can_transport: bool
    turnout_s: float


@event("fleet.unit_on_duty")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOnDuty(Event):
    """A crew signed on."""

    unit: str
    station: str


@event("fleet.unit_off_duty")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOffDuty(Event):
    """A unit went out of service."""

    unit: str
    reason: str


@event("fleet.time_stamped")
@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStampedBefore(Event):
    """As it was before a device's own clock was kept beside the true time."""

    unit: str
    call_id: str
    stamp: str
    flags: tuple[str, ...]


@event("fleet.time_stamped", version=2)
@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStamped(Event):
    """A crew (or a dispatcher for it) reported a step. The envelope's `at` is its true time."""

    unit: str
    call_id: str  # "" for a step that belongs to no call.
    stamp: str  # A value of fleet.status.Stamp.
    flags: tuple[str, ...]  # What was odd about it, such as before_en_route; kept, never refused.
    basis: str = ""  # Where the true time is from, a value of fleet.taps.Basis; "" for not known.
    entered_at: str = ""  # When it was told here, by the site's clock, ISO; "" for not known.
    device: str = ""  # The name the device gave itself; "" for none.
    device_at: str = ""  # What the device's own clock said, ISO, uncorrected; "" where it said nothing.
    offset_ms: int | None = None  # How far the site's clock was ahead of the device's; None: not measured.
    tap: int | None = None  # The device's own running number of its taps.


@upcasts("fleet.time_stamped", from_version=1)
def without_device(values: Values) -> Values:
    """Nothing is known of the device's clock."""
    return {**values, "basis": "", "entered_at": "", "device": "", "device_at": "", "offset_ms": None, "tap": None}


@event("fleet.time_struck")
@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStruck(Event):
    """An earlier time stamp was wrong and no longer counts."""

    unit: str
    call_id: str
    stamp: str
    struck_id: str  # The id of the event that is struck.
    reason: str


@event("fleet.arrival_dismissed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalDismissed(Event):
    """A person said that a unit had not arrived where its position seemed to say so."""

    unit: str
    call_id: str
    stamp: str  # The step that was suggested.
    since: str  # The time that was suggested, ISO.


@event("fleet.position_token_issued")
@dataclass(frozen=True, slots=True, kw_only=True)
class PositionTokenIssued(Event):
    """A phone or modem may report the position of a unit."""

    unit: str
    token: str  # Its id, no secret.
    label: str  # Which device, as people call it.
    token_hash: str  # SHA-256 of the secret: the log does not open it.


@event("fleet.position_token_revoked")
@dataclass(frozen=True, slots=True, kw_only=True)
class PositionTokenRevoked(Event):
    """A device may report no longer."""

    unit: str
    token: str
    reason: str


# ---------------------------------------------------------------- the crew's phone, its safety, what it asks for


@event("fleet.phone_signed_on")
@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneSignedOn(Event):
    """A phone shows the page of a unit's crew; how far its clock is off was measured."""

    unit: str
    phone: str  # The name it gave itself.
    offset_ms: int  # How far the site's clock was ahead of it: the median of some round trips.
    trip_ms: int  # The shortest of these, there and back: half of it is how well the offset is known.


@event("fleet.phone_signed_off")
@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneSignedOff(Event):
    """It shows the unit no longer."""

    unit: str
    phone: str


@event("fleet.par_started")
@dataclass(frozen=True, slots=True, kw_only=True)
class ParStarted(Event):
    """From now on a crew is asked at intervals whether it is all right."""

    unit: str
    call_id: str
    interval_s: float
    grace_s: float  # So long after being asked it may answer.
    source: str  # Where these figures stand written.
    because: str  # The nature of the call, or "by hand".


@event("fleet.par_answered")
@dataclass(frozen=True, slots=True, kw_only=True)
class ParAnswered(Event):
    """A crew said that it is all right. The envelope's `at` is when."""

    unit: str
    call_id: str


@event("fleet.par_missed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ParMissed(Event):
    """A crew was asked whether it is all right and did not answer in time."""

    unit: str
    call_id: str
    asked_at: str  # ISO.


@event("fleet.par_ended")
@dataclass(frozen=True, slots=True, kw_only=True)
class ParEnded(Event):
    """A crew is asked no longer."""

    unit: str
    call_id: str
    reason: str


@event("fleet.mayday_called")
@dataclass(frozen=True, slots=True, kw_only=True)
class MaydayCalled(Event):
    """A crew is in danger and needs help itself."""

    unit: str
    call_id: str  # "" while it is on none.


@event("fleet.mayday_acknowledged")
@dataclass(frozen=True, slots=True, kw_only=True)
class MaydayAcknowledged(Event):
    """Somebody at the desk has a mayday in hand. It stands on."""

    unit: str
    call_id: str


@event("fleet.mayday_ended")
@dataclass(frozen=True, slots=True, kw_only=True)
class MaydayEnded(Event):
    """The crew is safe, or had called by mistake."""

    unit: str
    call_id: str
    reason: str


@event("fleet.transport_asked")
@dataclass(frozen=True, slots=True, kw_only=True)
class TransportAsked(Event):
    """A crew asks for an ambulance or a helicopter for its patient."""

    unit: str
    call_id: str
    kind: str  # ambulance, helicopter


@event("fleet.transport_answered")
@dataclass(frozen=True, slots=True, kw_only=True)
class TransportAnswered(Event):
    """Somebody saw to what a crew had asked for, or the crew needs it no longer."""

    unit: str
    call_id: str
    asked: str  # The id of the event that asked.
    answer: str  # coming, not_available, withdrawn
    words: str  # What the crew reads beside it.


@event("fleet.patient_reassessed")
@dataclass(frozen=True, slots=True, kw_only=True)
class PatientReassessed(Event):
    """A crew looked at its waiting patient again."""

    unit: str
    call_id: str

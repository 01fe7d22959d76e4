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

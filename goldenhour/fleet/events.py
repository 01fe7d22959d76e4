"""What can happen to a unit."""

from dataclasses import dataclass

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
class TimeStamped(Event):
    """A crew (or a dispatcher for it) reported a step. The envelope's `at` is its true time."""

    unit: str
    call_id: str  # "" for a step that belongs to no call.
    stamp: str  # A value of fleet.status.Stamp.
    flags: tuple[str, ...]  # What was odd about it, such as before_en_route; kept, never refused.


@event("fleet.time_struck")
@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStruck(Event):
    """An earlier time stamp was wrong and no longer counts."""

    unit: str
    call_id: str
    stamp: str
    struck_id: str  # The id of the event that is struck.
    reason: str

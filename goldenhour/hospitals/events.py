"""What can happen at a hospital or equivalent facility."""

from dataclasses import dataclass

from goldenhour.log.event import Event, event


@event("hospitals.facility_registered")
@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityRegistered(Event):
    """A facility where patients can be taken became known."""

    facility: str
    name: str
    kind: str  # A key of hospitals.capability.Kind.
    lon: float
    lat: float
    capabilities: tuple[str, ...]


@event("hospitals.diversion_started")
@dataclass(frozen=True, slots=True, kw_only=True)
class DiversionStarted(Event):
    """A facility asked to be passed over. Advice, never a wall."""

    facility: str
    services: tuple[str, ...]  # Which services; empty means the whole facility.
    until: str  # ISO time, "" when open-ended.
    reason: str


@event("hospitals.diversion_ended")
@dataclass(frozen=True, slots=True, kw_only=True)
class DiversionEnded(Event):
    """A facility takes patients again."""

    facility: str


@event("hospitals.destination_chosen")
@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationChosen(Event):
    """A patient is to be taken there."""

    call_id: str
    unit: str
    facility: str
    reason: str
    passed_over: tuple[dict[str, object], ...]  # {facility, why}

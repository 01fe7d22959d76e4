"""What can happen at a hospital or equivalent facility."""

from dataclasses import dataclass

from goldenhour.log.event import Event, event, personal


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


@event("hospitals.service_status_set")
@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceStatusSet(Event):
    """A facility said how one of its services, or all of it, stands from now on. Advice, never a wall."""

    facility: str
    service: str  # A key of hospitals.standing.Service; "" for the whole facility.
    level: str  # A value of hospitals.standing.Level.
    until: str  # ISO time, "" when open-ended.
    reason: str


@event("hospitals.beds_counted")
@dataclass(frozen=True, slots=True, kw_only=True)
class BedsCounted(Event):
    """Somebody counted free beds. The envelope's `at` is when."""

    facility: str
    beds: dict[str, int]  # By kind of hospitals.standing.Bed; a kind that is missing was not counted.


@event("hospitals.prealert_sent", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class PrealertSent(Event):
    """A crew, or a dispatcher for it, told a hospital what comes. Its own id is the pre-alert's."""

    call_id: str
    unit: str
    facility: str
    kind: str  # A value of hospitals.prealerts.PreAlert.
    code: str  # Its code of eDisposition.24.
    follows: str  # The pre-alert to another hospital that this one takes the place of; "" for none.
    age_unit: str
    age: str = personal()  # A whole number; "" when nobody said.
    sex: str = personal()
    complaint: str = personal()


@event("hospitals.prealert_acknowledged")
@dataclass(frozen=True, slots=True, kw_only=True)
class PrealertAcknowledged(Event):
    """The hospital has seen it."""

    prealert: str  # The id of the event that sent it.
    call_id: str
    facility: str


@event("hospitals.prealert_withdrawn")
@dataclass(frozen=True, slots=True, kw_only=True)
class PrealertWithdrawn(Event):
    """It holds no longer."""

    prealert: str
    call_id: str
    facility: str
    reason: str


@event("hospitals.patient_accepted")
@dataclass(frozen=True, slots=True, kw_only=True)
class PatientAccepted(Event):
    """The hospital took over the care. The unit's stamp of it is a fact of its own, of the same command."""

    call_id: str
    unit: str
    facility: str
    stamped: bool  # False where the crew had stamped the transfer of care before.


@event("hospitals.acceptance_struck")
@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceStruck(Event):
    """It was pressed for the wrong patient, or too early."""

    call_id: str
    unit: str
    facility: str
    reason: str


@event("hospitals.transfer_signed", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSigned(Event):
    """Somebody at the hospital signed that they took over the care."""

    call_id: str
    unit: str
    facility: str
    role: str  # Such as nurse or physician.
    name: str = personal()


@event("hospitals.signature_refused")
@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureRefused(Event):
    """Nobody at the hospital would sign. It holds no crew."""

    call_id: str
    unit: str
    facility: str
    reason: str

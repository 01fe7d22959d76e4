from dataclasses import dataclass

from goldenhour.log.codec import upcasts
from goldenhour.log.event import Event, event, personal


@event("desk.call_taken", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallTaken(Event):
    call_id: str
    priority: int
    callback: str = personal()


@event("desk.unit_sent")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSentOld(Event):
    """As it was when the tests' forebears wrote it."""

    call_id: str
    unit: str
    minutes: float


@event("desk.unit_sent", version=2)
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSent(Event):
    call_id: str
    unit: str
    expected_arrival_s: float
    passed_over: tuple[str, ...]


@upcasts("desk.unit_sent", from_version=1)
def in_seconds(values):
    return {
        "call_id": values["call_id"],
        "unit": values["unit"],
        "expected_arrival_s": values["minutes"] * 60,
        "passed_over": [],
    }


@event("desk.unit_cleared")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCleared(Event):
    call_id: str
    unit: str

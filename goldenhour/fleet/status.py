"""Where a unit stands: the 17 NEMSIS time stamps, the status that the board shows, and what a crew's press means.

A press is always accepted and keeps its true time: in a hurry people skip steps, press late, press twice. A skipped
step stays blank, an odd order is flagged for review. Only what cannot be is refused: a time in the future, a step of a
call by a unit that is on no call.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from goldenhour.errors import Refused
from goldenhour.fleet import status_codes
from goldenhour.fleet.time_rules import not_before

CLOCK_SKEW = timedelta(seconds=30)  # A device may be that far ahead of us before its time is impossible.


class Stamp(StrEnum):
    """The NEMSIS 3.5.1 time stamps eTimes.01 to eTimes.17, in that order."""

    PSAP_CALL = "psap_call"  # The phone rings at the answering point.
    DISPATCH_NOTIFIED = "dispatch_notified"  # The call taker passed it on.
    UNIT_NOTIFIED = "unit_notified"
    ACKNOWLEDGED = "acknowledged"
    EN_ROUTE = "en_route"  # The vehicle started moving.
    ON_SCENE = "on_scene"  # The vehicle stopped.
    AT_PATIENT = "at_patient"
    TRANSFER_TO_OTHER_UNIT = "transfer_to_other_unit"
    LEFT_SCENE = "left_scene"  # The vehicle started moving.
    LANDING_AREA = "landing_area"
    AT_DESTINATION = "at_destination"
    TRANSFER_OF_CARE = "transfer_of_care"
    BACK_IN_SERVICE = "back_in_service"
    CANCELLED = "cancelled"
    AT_HOME = "at_home"
    CALL_COMPLETED = "call_completed"
    AT_STAGING = "at_staging"

    @property
    def element(self) -> str:
        """Return its NEMSIS element.

        >>> Stamp.UNIT_NOTIFIED.element
        'eTimes.03'
        """
        return f"eTimes.{list(Stamp).index(self) + 1:02}"

    @property
    def words(self) -> str:
        """Return what people call it."""
        return self.value.replace("_", " ")


class Status(StrEnum):
    """What a unit is doing, as the board shows it."""

    AVAILABLE = "available"
    NOTIFIED = "notified"
    EN_ROUTE = "en_route"
    AT_SCENE = "at_scene"
    TRANSPORTING = "transporting"
    AT_HOSPITAL = "at_hospital"
    RETURNING = "returning"
    OUT_OF_SERVICE = "out_of_service"

    @property
    def mark(self) -> str:
        """Return the two letters that go with its colour."""
        return _MARKS[self]

    @property
    def code(self) -> int:
        """Return its number in arrays and kernels."""
        return int(getattr(status_codes, self.name))

    @property
    def words(self) -> str:
        """Return what people call it."""
        return self.value.replace("_", " ")


_MARKS = dict(zip(Status, ("AV", "NT", "ER", "AS", "TR", "AH", "RT", "OS"), strict=True))

S = Stamp
# The order in which the steps of a run come, for two of the same second.
CHAIN = (
    S.PSAP_CALL, S.DISPATCH_NOTIFIED, S.UNIT_NOTIFIED, S.ACKNOWLEDGED, S.EN_ROUTE, S.AT_STAGING, S.ON_SCENE,
    S.AT_PATIENT, S.TRANSFER_TO_OTHER_UNIT, S.LEFT_SCENE, S.LANDING_AREA, S.AT_DESTINATION, S.TRANSFER_OF_CARE,
    S.CANCELLED, S.BACK_IN_SERVICE, S.AT_HOME, S.CALL_COMPLETED,
)  # fmt: skip
_PLACE = {stamp: place for place, stamp in enumerate(CHAIN)}

# The status that a step leads to. The first two steps and the last are about the call, not about the unit.
LEADS_TO = {
    S.UNIT_NOTIFIED: Status.NOTIFIED,
    S.ACKNOWLEDGED: Status.NOTIFIED,
    S.EN_ROUTE: Status.EN_ROUTE,
    S.AT_STAGING: Status.EN_ROUTE,
    S.ON_SCENE: Status.AT_SCENE,
    S.AT_PATIENT: Status.AT_SCENE,
    S.TRANSFER_TO_OTHER_UNIT: Status.AT_SCENE,
    S.LEFT_SCENE: Status.TRANSPORTING,
    S.LANDING_AREA: Status.TRANSPORTING,
    S.AT_DESTINATION: Status.AT_HOSPITAL,
    S.TRANSFER_OF_CARE: Status.AT_HOSPITAL,
    S.CANCELLED: Status.RETURNING,
    S.BACK_IN_SERVICE: Status.RETURNING,
    S.AT_HOME: Status.AVAILABLE,
}

# What usually follows, the likeliest first: the crew's one big button and the row beneath it. Anything else is accepted
# all the same, with a flag.
FOLLOWS = {
    Status.AVAILABLE: (S.UNIT_NOTIFIED, S.AT_HOME),
    Status.NOTIFIED: (S.EN_ROUTE, S.ACKNOWLEDGED, S.ON_SCENE, S.AT_STAGING, S.CANCELLED, S.BACK_IN_SERVICE),
    Status.EN_ROUTE: (S.ON_SCENE, S.AT_STAGING, S.AT_PATIENT, S.CANCELLED, S.BACK_IN_SERVICE),
    Status.AT_SCENE: (S.AT_PATIENT, S.LEFT_SCENE, S.TRANSFER_TO_OTHER_UNIT, S.BACK_IN_SERVICE, S.AT_DESTINATION),
    Status.TRANSPORTING: (S.AT_DESTINATION, S.LANDING_AREA, S.TRANSFER_TO_OTHER_UNIT, S.TRANSFER_OF_CARE),
    Status.AT_HOSPITAL: (S.TRANSFER_OF_CARE, S.BACK_IN_SERVICE, S.AT_HOME),
    Status.RETURNING: (S.AT_HOME, S.CALL_COMPLETED, S.UNIT_NOTIFIED),
    Status.OUT_OF_SERVICE: (),
}

# eTimes.14 is for a run that ended before the scene: neither of these belongs beside it.
_NOT_WITH_CANCELLED = (S.ON_SCENE, S.AT_PATIENT)
_ALSO_WITHOUT_A_CALL = frozenset({S.AT_HOME, S.BACK_IN_SERVICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What a press means. It is recorded in any case; `counts` says whether its time is the one of that step."""

    stamp: Stamp
    at: datetime
    flags: tuple[str, ...]  # What was odd, such as `before_en_route`, for review.
    counts: bool  # False when the step has a time already: the first one stands until it is struck.
    status: Status  # Of the unit afterwards.


def press(  # noqa: D417 -- The first five say themselves.
    stamps: Mapping[Stamp, datetime],
    stamp: Stamp,
    *,
    at: datetime,
    now: datetime,
    call_sign: str,
    call_id: str,
    status: Status = Status.AVAILABLE,
) -> Press:
    """Return what a crew's press of a step means.

    Args:
        stamps: the steps that the unit has on this call, struck ones left out.
        call_id: the call it belongs to, "" when the unit is on none.
        status: the unit's status before, for a unit without any stamp.

    Raises:
        Refused: the time lies in the future, or the unit is on no call.
    """
    if at > now + CLOCK_SKEW:
        raise Refused(
            code="time_in_future",
            what=f"{call_sign}: {stamp.words} at {at:%H:%M:%S} lies {(at - now).total_seconds():.0f} s in the future.",
            do="Set the device's clock, or enter the step with the time it happened.",
        )
    if not call_id and stamp not in _ALSO_WITHOUT_A_CALL:
        raise Refused(
            code="on_no_call",
            what=f"{call_sign} is on no call, so there is no {stamp.words} to record.",
            do="Ask dispatch to assign the unit, or open the call's card and enter the step there.",
        )
    before = status_of(stamps, start=status)
    counts = stamp not in stamps
    after = {**stamps, stamp: at} if counts else dict(stamps)
    flags = list(_order_flags(stamps, stamp, at))
    if not counts:
        flags.append("again")
    elif not flags and _is_latest(stamps, stamp, at) and stamp not in FOLLOWS[before]:
        flags.append(f"unusual_when_{before}")
    return Press(stamp=stamp, at=at, flags=tuple(flags), counts=counts, status=status_of(after, start=status))


def _is_latest(stamps: Mapping[Stamp, datetime], stamp: Stamp, at: datetime) -> bool:
    """Return whether the step would be the one that says the unit's status now."""
    return stamp in LEADS_TO and all(at >= other for step, other in stamps.items() if step in LEADS_TO)


def _order_flags(stamps: Mapping[Stamp, datetime], stamp: Stamp, at: datetime) -> tuple[str, ...]:
    """Return what is odd about the step's time beside the others', by the order rules of its day."""
    rules = not_before(at.date())
    flags = [f"before_{other}" for other in rules.get(stamp, ()) if other in stamps and at < stamps[Stamp(other)]]
    flags += [
        f"after_{later}"
        for later, earlier in rules.items()
        if stamp in earlier and later in stamps and at > stamps[Stamp(later)]
    ]
    if stamp is S.CANCELLED:
        flags += [f"cancelled_with_{other}" for other in _NOT_WITH_CANCELLED if other in stamps]
    elif stamp in _NOT_WITH_CANCELLED and S.CANCELLED in stamps:
        flags.append(f"cancelled_with_{stamp}")
    return tuple(flags)


def status_of(stamps: Mapping[Stamp, datetime], *, start: Status = Status.AVAILABLE) -> Status:
    """Return the status that a unit's steps on its call lead to: that of the latest; `start` when there is none.

    A late entry keeps its true time, so it never turns the board back.
    """
    steps = [(at, _PLACE[stamp], stamp) for stamp, at in stamps.items() if stamp in LEADS_TO]
    return LEADS_TO[max(steps)[2]] if steps else start


def oddities(stamps: Mapping[Stamp, datetime]) -> tuple[tuple[Stamp, str], ...]:
    """Return what is odd about a finished run's times, each as (step, flag)."""
    return tuple(
        (stamp, flag)
        for stamp in CHAIN
        if stamp in stamps
        for flag in _order_flags(stamps, stamp, stamps[stamp])
        if not flag.startswith("after_")  # The other of the two says it already.
    )


_FLAGS = {
    "again": "pressed again; the first time stands",
    "went_over": "went over from another incident, as it was",
    "before": "earlier than {}",
    "after": "later than {}",
    "unusual_when": "unusual for a unit that is {}",
    "cancelled_with": "cancelled, and yet there is {}",
    "device_clock_off": "the device's clock is off by more than 30 s; the time is corrected",
    "device_clock_not_measured": "nobody measured how far the device's clock is off",
    "device_clock_ahead": "the device's clock said a time to come; the time it was received stands",
    "device_clock_went_back": "the device's clock jumped; the order in which the steps were pressed stands",
}


def flag_words(flag: str) -> str:
    """Return a flag as people read it.

    >>> flag_words("before_en_route"), flag_words("unusual_when_at_hospital")
    ('earlier than en route', 'unusual for a unit that is at hospital')
    """
    if flag in _FLAGS:
        return _FLAGS[flag]
    kind = next((one for one in _FLAGS if flag.startswith(f"{one}_")), "")
    rest = flag.removeprefix(f"{kind}_").replace("_", " ")
    return _FLAGS.get(kind, "{}").format(rest)

"""Where a patient should go: by need, travel time and status, with the reason. People decide.

Diversion is advice: a facility that diverts ranks behind the others, is taken all the same where it is the only one or
the patient is unstable and it is nearest, and that is said as a warning. Where no facility has what the patient needs,
the nearest emergency department is proposed: nowhere is never the answer while there is a door.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from goldenhour.hospitals.capability import EMERGENCY, Capability, Facility, Kind, implied
from goldenhour.hospitals.kernels import CANNOT_US, NOWHERE, nearest_facility


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientNeed:
    """What a patient needs of a destination."""

    capabilities: frozenset[Capability] = frozenset()
    kinds: frozenset[Kind] = EMERGENCY
    unstable: bool = False  # The nearest able door, whatever it asks for.


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A facility that is not proposed, and why."""

    facility: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where the patient should go. `facility` is "" only when there is no way to any door."""

    facility: str
    arrive_s: float | None
    reason: str
    warnings: tuple[str, ...]
    passed_over: tuple[PassedOver, ...]


def able_facilities(facilities: Sequence[Facility], need: PatientNeed) -> NDArray[np.bool_]:
    """Return which facilities have what the patient needs, shape (facilities,)."""
    return np.array([not _why_not_able(one, need) for one in facilities], np.bool_)


def choose(need: PatientNeed, facilities: Sequence[Facility], travel: NDArray[np.int64], at: datetime) -> Destination:
    """Return where the patient should go.

    Args:
        need: of the patient.
        facilities: all that are known, in a lasting order: of two equally near ones the first is taken.
        travel: (facilities,) microseconds from where the patient is, UNREACHABLE_US where there is no way.
        at: when, for diversions.
    """
    able = able_facilities(facilities, need)
    diverting = np.array([_diverts(one, need, at) for one in facilities], np.bool_)
    warnings: list[str] = []
    best = nearest_facility(able, diverting, travel, not need.unstable)
    if best == NOWHERE:
        able = np.array([one.kind in EMERGENCY for one in facilities], np.bool_)
        best = nearest_facility(able, diverting, travel, not need.unstable)
        warnings.append(f"No facility in reach has {_wanted(need)}: the nearest emergency department is proposed.")
    if best == NOWHERE:
        passed = _passed_over(need, facilities, travel, at, best)
        return Destination(
            facility="", arrive_s=None, reason="There is no way to any facility.", warnings=(), passed_over=passed
        )
    chosen = facilities[best]
    if diverting[best]:
        why = f" ({chosen.diversion.reason})" if chosen.diversion and chosen.diversion.reason else ""
        because = "the patient is unstable and it is nearest" if need.unstable else "no other can take the patient"
        warnings.append(f"{chosen.name} asks to be passed over{why}; it is proposed because {because}. Call ahead.")
    if (advisory := chosen.advisory) and advisory.holds(at) and advisory.concerns(need.capabilities):
        warnings.append(
            f"{chosen.name} gives an advisory{f': {advisory.reason}' if advisory.reason else ''}. Call ahead."
        )
    others = int((able & (travel < CANNOT_US)).sum())
    reason = f"Nearest of {others} with {_wanted(need)}" if others > 1 else f"The only one with {_wanted(need)}"
    return Destination(
        facility=chosen.id,
        arrive_s=float(travel[best] / 1e6),
        reason=f"{reason}{_beyond_diverting(able, diverting, travel, best)}.",
        warnings=tuple(warnings),
        passed_over=_passed_over(need, facilities, travel, at, best),
    )


def _beyond_diverting(
    able: NDArray[np.bool_], diverting: NDArray[np.bool_], travel: NDArray[np.int64], best: int
) -> str:
    """Return how many nearer ones were left out because they divert, in words."""
    nearer = int((able & diverting & (travel < travel[best])).sum())
    return f", beyond {nearer} that divert{'s' if nearer == 1 else ''}" if nearer else ""


def _diverts(facility: Facility, need: PatientNeed, at: datetime) -> bool:
    """Return whether the facility asks for such a patient to be taken elsewhere now."""
    diversion = facility.diversion
    return diversion is not None and diversion.holds(at) and diversion.concerns(need.capabilities)


def _why_not_able(facility: Facility, need: PatientNeed) -> str:
    """Return why a facility does not have what the patient needs; "" when it does."""
    if facility.kind not in need.kinds:
        return f"is of another kind: {facility.kind.words}"
    missing = need.capabilities - implied(facility.capabilities)
    return f"has no {' and no '.join(one.words for one in sorted(missing))}" if missing else ""


def _passed_over(
    need: PatientNeed, facilities: Sequence[Facility], travel: NDArray[np.int64], at: datetime, best: int
) -> tuple[PassedOver, ...]:
    """Return every other facility, nearest first, with why it is not proposed."""
    order = sorted((f for f in range(len(facilities)) if f != best), key=lambda f: (travel[f], f))
    return tuple(
        PassedOver(facility=facilities[f].id, why=_why_passed(need, facilities[f], travel, at, (f, best)))
        for f in order
    )


def _why_passed(
    need: PatientNeed, facility: Facility, travel: NDArray[np.int64], at: datetime, pair: tuple[int, int]
) -> str:
    """Return why the facility, the first of the pair, is not the one proposed."""
    f, best = pair
    if travel[f] >= CANNOT_US:
        return "cannot be reached by road"
    lack = _why_not_able(facility, need)
    if lack:
        return lack
    farther_s = round((travel[f] - travel[best]) / 1e6)
    if _diverts(facility, need, at) and (not need.unstable or farther_s < 0):
        return f"asks to be passed over{f': {facility.diversion.reason}' if facility.diversion else ''}".rstrip(": ")
    return f"is {farther_s} s farther" if farther_s else "is as near, and stands later in the list"


def _wanted(need: PatientNeed) -> str:
    """Return what is looked for, in words."""
    if need.capabilities:
        return " and ".join(one.words for one in sorted(need.capabilities))
    if need.kinds == EMERGENCY:
        return "an emergency department"
    return " or ".join(one.words for one in sorted(need.kinds))

"""Reading the hospitals. Rows are for reading only."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from goldenhour.errors import NotFound
from goldenhour.hospitals.capability import Diversion
from goldenhour.hospitals.live.models import Beds, Destination, Facility, Prealert, Standing
from goldenhour.hospitals.standing import WHOLE, Level, one_of


def list_facilities() -> list[Facility]:
    """Return all facilities by id."""
    return list(Facility.objects.order_by("id"))


def get_facility(facility: str) -> Facility:
    """Return a facility.

    Raises:
        NotFound: there is none of that id.
    """
    found = Facility.objects.filter(pk=facility).first()
    if found is None:
        raise NotFound(code="no_hospital", what=f"There is no hospital {facility}.", do="Pick one from the board.")
    return found


def list_diversions(at: datetime) -> dict[str, Diversion]:
    """Return what the facilities that ask to be passed over at a moment ask for, by facility."""
    return _asked(at, Level.DIVERSION)


def list_advisories(at: datetime) -> dict[str, Diversion]:
    """Return what facilities give as an advisory at a moment, by facility, in the same shape."""
    return _asked(at, Level.ADVISORY)


def _asked(at: datetime, level: Level) -> dict[str, Diversion]:
    found: defaultdict[str, list[Diversion]] = defaultdict(list)
    for one in Standing.objects.filter(_holds(at), level=level).order_by("service"):
        services = frozenset() if one.service == WHOLE else frozenset({one.service})
        found[one.facility].append(Diversion(since=one.since, until=one.until, services=services, reason=one.reason))
    return {facility: one_of(several) for facility, several in found.items()}


def _holds(at: datetime) -> Q:
    return Q(until=None) | Q(until__gt=at)


def list_standings(facility: str, at: datetime) -> list[Standing]:
    """Return what a facility asks for at a moment, all of it before its services."""
    return list(Standing.objects.filter(_holds(at), facility=facility).order_by("service"))


def find_beds(facility: str) -> Beds | None:
    """Return the latest count of a facility's free beds, if there is one."""
    return Beds.objects.filter(pk=facility).first()


def list_under_way() -> list[Destination]:
    """Return who is on the way to, or at, which door."""
    return list(Destination.objects.filter(ended_at=None))


def list_of_calls(call_ids: Collection[str]) -> list[Destination]:
    """Return every destination chosen on these calls, in order."""
    return list(Destination.objects.filter(call_id__in=call_ids).order_by("id"))


def list_inbound(facility: str) -> list[Destination]:
    """Return who is on the way to, or at, one door, in the order in which it was chosen."""
    return list(Destination.objects.filter(facility=facility, ended_at=None).order_by("id"))


def list_handed_over(facility: str, since: datetime) -> list[Destination]:
    """Return those whom one door accepted since then and whose unit has left, the latest first."""
    return list(
        Destination.objects.filter(facility=facility, ended_at__gte=since).exclude(accepted_at=None).order_by("-id")
    )


def find_visit(call_id: str, unit: str, facility: str) -> Destination | None:
    """Return a unit's latest way to one door on a call, also when it is over, if there is one."""
    return Destination.objects.filter(call_id=call_id, unit=unit, facility=facility).order_by("-id").first()


def find_going(call_id: str, unit: str) -> Destination | None:
    """Return where a unit is taking the patient of a call, if it was said."""
    return Destination.objects.filter(call_id=call_id, unit=unit, ended_at=None).first()


def find_prealert(prealert: str) -> Prealert | None:
    """Return a pre-alert, also when it is over, if there is one of that id."""
    return Prealert.objects.filter(pk=prealert).first()


def list_prealerts(facility: str) -> list[Prealert]:
    """Return what one door was told that still holds, the oldest first."""
    return list(Prealert.objects.filter(facility=facility, ended_at=None).order_by("sent_at", "id"))


def list_unanswered() -> list[Prealert]:
    """Return the pre-alerts of all doors that hold and that nobody has acknowledged, the oldest first."""
    return list(Prealert.objects.filter(ended_at=None, acknowledged_at=None).order_by("sent_at", "id"))


def list_not_coming(facility: str, since: datetime) -> list[Prealert]:
    """Return what one door was told and that ended since then without the patient having come, the latest first."""
    ended = Prealert.objects.filter(facility=facility, ended_at__gte=since).exclude(ended_because="")
    return list(ended.order_by("-ended_at", "id"))


def list_of_unit(call_id: str, unit: str) -> list[Prealert]:
    """Return every pre-alert of a unit on a call, the oldest first."""
    return list(Prealert.objects.filter(call_id=call_id, unit=unit).order_by("sent_at", "id"))

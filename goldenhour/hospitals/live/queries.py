"""Reading the hospitals. Rows are for reading only."""

from collections.abc import Collection

from goldenhour.errors import NotFound
from goldenhour.hospitals.live.models import Destination, Diversion, Facility


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


def list_diversions() -> dict[str, Diversion]:
    """Return the facilities that ask to be passed over, by facility."""
    return Diversion.objects.in_bulk()


def list_under_way() -> list[Destination]:
    """Return who is on the way to, or at, which door."""
    return list(Destination.objects.filter(ended_at=None))


def list_of_calls(call_ids: Collection[str]) -> list[Destination]:
    """Return every destination chosen on these calls, in order."""
    return list(Destination.objects.filter(call_id__in=call_ids).order_by("id"))

"""How a hospital stands: open, an advisory, or diversion, for all of it or by service, and how many beds it has.

A diversion asks to be passed over; an advisory only tells that something is slow or short. Neither is a wall: people
decide, and an unstable patient goes to the nearest able door.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from goldenhour.errors import BadInput
from goldenhour.hospitals.capability import Diversion

WHOLE = ""  # In the place of a service: all of the hospital.
MOST_BEDS = 5000


class Level(StrEnum):
    """How much a hospital asks of those who come."""

    OPEN = "open"
    ADVISORY = "advisory"
    DIVERSION = "diversion"


class Service(StrEnum):
    """What a hospital may ask for by itself. Those that are capabilities count in the choice of destination."""

    TRAUMA = "trauma"
    STEMI = "stemi"
    STROKE = "stroke"
    PAEDIATRIC = "paediatric"
    BURN = "burn"
    OBSTETRIC = "obstetric"
    PSYCHIATRIC = "psychiatric"
    ICU = "icu"
    CT = "ct"

    @property
    def words(self) -> str:
        """Return what people call it."""
        return _WORDS.get(self, self.value.capitalize())


_WORDS = {Service.STEMI: "STEMI", Service.ICU: "Intensive care", Service.CT: "CT scanner"}


class Bed(StrEnum):
    """Kinds of bed that a hospital counts."""

    ED = "ed"
    ICU = "icu"
    MEDICAL_SURGICAL = "medical_surgical"
    PAEDIATRIC = "paediatric"
    OBSTETRIC = "obstetric"
    PSYCHIATRIC = "psychiatric"
    BURN = "burn"
    ISOLATION = "isolation"

    @property
    def words(self) -> str:
        """Return what people call it."""
        return _BEDS.get(self, self.value.capitalize())


_BEDS = {Bed.ED: "Emergency", Bed.ICU: "Intensive care", Bed.MEDICAL_SURGICAL: "Medical and surgical"}


def service_words(service: str) -> str:
    """Return what people call a service, also one that was written in free text before."""
    if service == WHOLE:
        return "Whole hospital"
    return Service(service).words if service in set(Service) else service.replace("_", " ").capitalize()


def check_beds(beds: Mapping[str, int]) -> dict[str, int]:
    """Return counts of free beds by kind, those that were counted; what is missing was not, which is not none.

    Raises:
        BadInput: a kind is unknown or a number cannot be.
    """
    unknown = sorted(set(beds) - set(Bed))
    if unknown:
        raise BadInput(
            code="no_such_bed", what=f"{unknown[0]!r} is no kind of bed.", do=f"Use {', '.join(Bed)}.", where="beds"
        )
    wrong = next((kind for kind, n in beds.items() if not 0 <= n <= MOST_BEDS), None)
    if wrong is not None:
        raise BadInput(
            code="bad_beds",
            what=f"{beds[wrong]} free beds cannot be.",
            do="Give the number of free beds, or leave the kind out where nobody counted.",
            where=wrong,
        )
    return dict(beds)


def one_of(several: Iterable[Diversion]) -> Diversion:
    """Return what diversions that hold at the same moment come to, at that moment: all services, the nearest end.

    Args:
        several: at least one.
    """
    rows = list(several)
    whole = any(not one.services for one in rows)
    said = [one for one in rows if not one.services] if whole else rows
    return Diversion(
        since=min(one.since for one in rows),
        until=min((one.until for one in said if one.until is not None), default=None),
        services=frozenset() if whole else frozenset().union(*(one.services for one in rows)),
        reason="; ".join(dict.fromkeys(one.reason for one in said if one.reason)),
    )

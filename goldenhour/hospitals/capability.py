"""Hospitals and equivalent facilities: their kind, what they can do, and when they ask to be passed over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from goldenhour.errors import BadInput


class Kind(StrEnum):
    """Kinds of place that a patient can be taken to."""

    EMERGENCY_DEPARTMENT = "emergency_department"
    FREESTANDING_ED = "freestanding_ed"
    PSYCHIATRIC = "psychiatric"
    SOBERING = "sobering"
    CLINIC = "clinic"
    HOME = "home"

    @property
    def words(self) -> str:
        """Return what people call it."""
        return self.value.replace("_", " ").replace(" ed", " ED")


class Capability(StrEnum):
    """What a facility can do beyond its kind. A trauma centre of level 1 can do what those of 2, 3 and 4 can."""

    TRAUMA_1 = "trauma_1"
    TRAUMA_2 = "trauma_2"
    TRAUMA_3 = "trauma_3"
    TRAUMA_4 = "trauma_4"
    STEMI = "stemi"
    STROKE = "stroke"
    PAEDIATRIC = "paediatric"
    BURN = "burn"
    OBSTETRIC = "obstetric"

    @property
    def words(self) -> str:
        """Return what people call it."""
        return {"stemi": "STEMI"}.get(self.value, self.value.replace("_", " level "))


_TRAUMA = (Capability.TRAUMA_1, Capability.TRAUMA_2, Capability.TRAUMA_3, Capability.TRAUMA_4)
EMERGENCY = frozenset({Kind.EMERGENCY_DEPARTMENT, Kind.FREESTANDING_ED})


def implied(capabilities: frozenset[Capability]) -> frozenset[Capability]:
    """Return the capabilities with those that a higher trauma level brings along.

    >>> sorted(implied(frozenset({Capability.TRAUMA_3})))
    [<Capability.TRAUMA_3: 'trauma_3'>, <Capability.TRAUMA_4: 'trauma_4'>]
    """
    highest = min((_TRAUMA.index(one) for one in capabilities if one in _TRAUMA), default=len(_TRAUMA))
    return capabilities | frozenset(_TRAUMA[highest:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Diversion:
    """A facility asks to be passed over, from then until then. Advice, never a wall."""

    since: datetime
    until: datetime | None = None  # The first moment it no longer holds; None: until it is ended.
    services: frozenset[str] = frozenset()  # Such as stroke or trauma; empty: the whole facility.
    reason: str = ""

    def holds(self, at: datetime) -> bool:
        """Return whether it holds at that moment."""
        return self.since <= at and (self.until is None or at < self.until)

    def concerns(self, needed: frozenset[Capability]) -> bool:
        """Return whether it is about a patient who needs these capabilities."""
        return not self.services or any(
            one.value == service or one.value.startswith(f"{service}_") for one in needed for service in self.services
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """A hospital or equivalent place."""

    id: str
    name: str
    kind: Kind
    capabilities: frozenset[Capability] = frozenset()
    diversion: Diversion | None = None
    advisory: Diversion | None = None  # In the same shape; it only warns.


def facility_from_row(row: Mapping[str, str], *, where: str) -> Facility:
    """Return the facility of one row of a region's hospitals.csv.

    Raises:
        BadInput: a column is missing or a value is unknown; it says where.
    """
    try:
        return Facility(
            id=row["id"],
            name=row["name"],
            kind=Kind(row["kind"] or Kind.EMERGENCY_DEPARTMENT),
            capabilities=frozenset(Capability(one.strip()) for one in row["capabilities"].split(";") if one.strip()),
        )
    except KeyError as lack:
        raise BadInput(code="hospital_row", what=f"{lack} is missing.", do="Add the column.", where=where) from None
    except ValueError as wrong:
        raise BadInput(
            code="hospital_row",
            what=f"{wrong}.",
            do=f"Kinds: {', '.join(Kind)}. Capabilities: {', '.join(Capability)}.",
            where=where,
        ) from None

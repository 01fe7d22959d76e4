"""Response units: what kind each is, where it is posted, what its crew can do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from goldenhour.errors import BadInput
from goldenhour.workforce.crews import LEVELS
from goldenhour.workforce.shifts import ALWAYS, Shifts


class UnitType(StrEnum):
    """Kinds of response unit."""

    AMBULANCE = "ambulance"
    QUICK_RESPONSE = "quick_response"
    ENGINE = "engine"
    TRUCK = "truck"
    RESCUE = "rescue"
    SUPERVISOR = "supervisor"
    RESPONDER = "responder"  # On foot or in their own car.
    SUPPORT = "support"

    @property
    def words(self) -> str:
        """Return what people call it."""
        return self.value.replace("_", " ")


def unit_id(agency: str, call_sign: str) -> str:
    """Return a unit's id: two agencies may both have an M12.

    >>> unit_id("demo-ems", "M12")
    'demo-ems/M12'
    """
    return f"{agency}/{call_sign}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A crewed vehicle, or a responder, as its agency registered it."""

    id: str  # Qualified by agency, such as demo-ems/M12.
    call_sign: str  # What people say and see.
    agency: str
    type: UnitType
    station: str
    crew: int = 2
    levels: tuple[str, ...] = ()  # Care level of each member as the agency asserts it, so two paramedics are two.
    skills: tuple[str, ...] = ()
    can_transport: bool = False
    turnout_s: float = 60.0  # Seconds from notification to wheels rolling.
    shifts: Shifts = ALWAYS

    def __post_init__(self) -> None:
        if self.id != unit_id(self.agency, self.call_sign):
            msg = f"{self.id}: the id must be the agency and the call sign, {unit_id(self.agency, self.call_sign)}."
            raise ValueError(msg)
        if self.crew < 0 or not self.turnout_s >= 0:  # Also refuses NaN.
            msg = f"{self.id}: crew and turnout_s must be 0 or more, got {self.crew} and {self.turnout_s}."
            raise ValueError(msg)
        unknown = [level for level in self.levels if level not in LEVELS]
        if unknown:
            msg = f"{self.id}: unknown care level {unknown[0]}; known are {', '.join(LEVELS)}."
            raise ValueError(msg)


def unit_from_row(row: Mapping[str, str], *, where: str) -> Unit:
    """Return the unit of one row of a region's units.csv.

    Raises:
        BadInput: a column is missing or a value is wrong; it says where.
    """
    try:
        return Unit(
            id=row["id"],
            call_sign=row["call_sign"],
            agency=row["agency"],
            type=_unit_type(row["type"]),
            station=row["station"],
            crew=int(_number(row, "crew")),
            levels=_items(row["levels"]),
            skills=_items(row["skills"]),
            can_transport={"1": True, "0": False}[row["can_transport"]],
            turnout_s=_number(row, "turnout_s"),
            shifts=Shifts.parse(row["shifts"], where=where),
        )
    except KeyError as lack:
        raise BadInput(
            code="unit_row",
            what=f"{lack} is missing, or is not 0 or 1.",
            do="Give every column of units.csv; can_transport is 0 or 1.",
            where=where,
        ) from None
    except ValueError as wrong:
        raise BadInput(code="unit_row", what=f"{wrong}", do="Correct this line.", where=where) from None


def _number(row: Mapping[str, str], column: str) -> float:
    """Return a column as a number; nothing is 0."""
    try:
        return float(row[column] or 0)
    except ValueError:
        msg = f"{column} is {row[column]!r}, not a number."
        raise ValueError(msg) from None


def _items(text: str) -> tuple[str, ...]:
    """Return the items of a ";"-joined list."""
    return tuple(item.strip() for item in text.split(";") if item.strip())


def _unit_type(text: str) -> UnitType:
    """Return the unit type of that name."""
    try:
        return UnitType(text)
    except ValueError:
        msg = f"Unknown unit type {text!r}; known are {', '.join(UnitType)}."
        raise ValueError(msg) from None

"""Pre-alerts: what a crew tells a hospital before it arrives, and the NEMSIS code of each kind.

Codes are those of eDisposition.24, Destination Team Pre-Arrival Alert or Activation (NEMSIS 3.5.1).
"""

from dataclasses import dataclass
from enum import StrEnum

from goldenhour.errors import BadInput

LONGEST_COMPLAINT = 300
_OLDEST = {"years": 130, "months": 36, "days": 120, "hours": 120}


class PreAlert(StrEnum):
    """Which team should be ready."""

    STEMI = "stemi"
    STROKE = "stroke"
    TRAUMA = "trauma"  # Where nobody has said yet whether by an adult's or a child's criteria.
    TRAUMA_ADULT = "trauma_adult"
    TRAUMA_PAEDIATRIC = "trauma_paediatric"
    SEPSIS = "sepsis"
    CARDIAC_ARREST = "cardiac_arrest"
    OBSTETRIC = "obstetric"
    OTHER = "other"

    @property
    def words(self) -> str:
        """Return what people call it."""
        return _WORDS[self]

    @property
    def code(self) -> str:
        """Return its NEMSIS code.

        >>> PreAlert.STEMI.code
        '4224013'
        """
        return _CODES[self]


_WORDS = {
    PreAlert.STEMI: "STEMI",
    PreAlert.STROKE: "Stroke",
    PreAlert.TRAUMA: "Trauma",
    PreAlert.TRAUMA_ADULT: "Adult trauma",
    PreAlert.TRAUMA_PAEDIATRIC: "Paediatric trauma",
    PreAlert.SEPSIS: "Sepsis",
    PreAlert.CARDIAC_ARREST: "Cardiac arrest",
    PreAlert.OBSTETRIC: "Obstetric",
    PreAlert.OTHER: "Other",
}
_CODES = {
    PreAlert.STEMI: "4224013",
    PreAlert.STROKE: "4224015",
    PreAlert.TRAUMA: "4224017",
    PreAlert.TRAUMA_ADULT: "4224003",
    PreAlert.TRAUMA_PAEDIATRIC: "4224011",
    PreAlert.SEPSIS: "4224019",
    PreAlert.CARDIAC_ARREST: "4224005",
    PreAlert.OBSTETRIC: "4224007",
    PreAlert.OTHER: "4224009",
}


class Sex(StrEnum):
    """As the crew says it. What nobody said is missing; `unknown` says that somebody looked and cannot tell."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Who comes, as far as it was said. Everything may be missing: an alert does not wait for it."""

    age: int | None = None
    age_unit: str = "years"  # years, months, days, hours
    sex: Sex | None = None
    complaint: str = ""  # In the crew's words.

    def __post_init__(self) -> None:
        if self.age_unit not in _OLDEST:
            raise BadInput(
                code="bad_age", what=f"{self.age_unit!r} is no unit of age.", do=f"Use {', '.join(_OLDEST)}.",
                where="age_unit",
            )  # fmt: skip
        if self.age is not None and not 0 <= self.age <= _OLDEST[self.age_unit]:
            raise BadInput(
                code="bad_age",
                what=f"An age of {self.age} {self.age_unit} cannot be.",
                do="Correct it, or leave it out.",
                where="age",
            )

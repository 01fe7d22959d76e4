"""Breaking the glass: somebody who is not entitled to one call's record opens it all the same, and says why."""

from enum import StrEnum

from goldenhour.access.roles import DESK, Role

SEE_EVERY_CALL = DESK | {Role.MEDICAL_DIRECTOR, Role.QUALITY}
MAY_BREAK = SEE_EVERY_CALL | {Role.CREW, Role.HOSPITAL}  # Those who care for patients.


class Why(StrEnum):
    """What kind of reason it is."""

    CARE = "care"
    SAFETY = "safety"
    RIGHTS = "rights"
    OTHER = "other"

    @property
    def words(self) -> str:
        """Return the kind as people say it."""
        return _WORDS[self]


_WORDS = {
    Why.CARE: "I care for this patient now",
    Why.SAFETY: "Somebody's safety depends on it",
    Why.RIGHTS: "The patient, or the law, asks for it",
    Why.OTHER: "Another reason",
}

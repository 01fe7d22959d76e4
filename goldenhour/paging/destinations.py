"""Where messages go: kinds of channel, what a destination is told of, and how much of a place it may know."""

import re
from enum import StrEnum

from goldenhour.errors import BadInput

_MAIL = re.compile(r"[^@\s<>\"',;:\\()\[\]]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])")


class Kind(StrEnum):
    """How a message travels."""

    EMAIL = "email"
    WEBHOOK = "webhook"
    PUSH = "push"  # To a browser, through the push service of its maker.


class What(StrEnum):
    """What a message is about."""

    STATION_ALERT = "station_alert"  # A unit of the station is sent.
    STATION_CANCEL = "station_cancel"  # It is no longer needed there.
    ESCALATION = "escalation"  # Too few of those on call have accepted.
    PAGE = "page"  # To people on call, never to a destination of an agency.
    STAND_DOWN = "stand_down"  # To those who were paged: nobody more is needed.
    TEST = "test"

    @property
    def words(self) -> str:
        """Return what people call it."""
        return self.value.replace("_", " ")


FOR_AGENCIES = (What.STATION_ALERT, What.STATION_CANCEL, What.ESCALATION)
FOR_PEOPLE = (What.PAGE, What.STAND_DOWN)


class Detail(StrEnum):
    """How much of the place of a call a destination is told."""

    FULL = "full"  # Address, cross streets, coordinates.
    STREET = "street"  # The street without its number, and the cross streets.
    AREA = "area"  # Coordinates to about a kilometre.
    NONE = "none"


def check_mail(address: str) -> str:
    """Return an e-mail address, or refuse.

    Raises:
        BadInput: it is none.
    """
    if not _MAIL.fullmatch(address) or len(address) > 254:  # noqa: PLR2004 -- RFC 5321.
        raise BadInput(
            code="bad_address", what="This is no e-mail address.", do="Write it as name@example.org.", where="address"
        )
    return address


def check_gets(gets: tuple[str, ...]) -> tuple[What, ...]:
    """Return what a destination of an agency is told of, or refuse.

    Raises:
        BadInput: it is told of nothing, or of what is for persons.
    """
    known = {one.value: one for one in FOR_AGENCIES}
    wrong = [one for one in gets if one not in known]
    if wrong or not gets:
        raise BadInput(
            code="bad_gets",
            what=f"{wrong[0]!r} is nothing that a destination is told of." if wrong else "It is told of nothing.",
            do=f"Use any of {', '.join(known)}.",
            where="gets",
        )
    return tuple(known[one] for one in dict.fromkeys(gets))

"""Kinds of stations: where somebody sits decides when it locks itself."""

from collections.abc import Iterable
from enum import StrEnum

from goldenhour.access.roles import DESK, Role


class Station(StrEnum):
    """What kind of place a session was begun at."""

    DESK = "desk"  # A dispatch console.
    PHONE = "phone"  # A crew's.
    WALL = "wall"  # In a hospital, for everybody there to see.
    OFFICE = "office"

    @property
    def words(self) -> str:
        """Return the kind as people say it."""
        return _WORDS[self]


_WORDS = {
    Station.DESK: "a dispatch desk",
    Station.PHONE: "a crew's phone",
    Station.WALL: "a wall in a hospital",
    Station.OFFICE: "an office",
}
_OF_ROLE = {**dict.fromkeys(DESK, Station.DESK), Role.CREW: Station.PHONE, Role.HOSPITAL: Station.WALL}


def stations_of(roles: Iterable[Role]) -> tuple[Station, ...]:
    """Return the kinds of stations that somebody may say they sit at, the one taken where they say nothing first."""
    held = {_OF_ROLE.get(role, Station.OFFICE) for role in roles} | {Station.OFFICE}
    return tuple(one for one in Station if one in held)

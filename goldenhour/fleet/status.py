"""Where a unit stands: the 17 NEMSIS time stamps, and the status that the board shows."""

from enum import StrEnum

from goldenhour.fleet import status_codes


class Status(StrEnum):
    """What a unit is doing, as the board shows it."""

    AVAILABLE = "available"
    NOTIFIED = "notified"
    EN_ROUTE = "en_route"
    AT_SCENE = "at_scene"
    TRANSPORTING = "transporting"
    AT_HOSPITAL = "at_hospital"
    RETURNING = "returning"
    OUT_OF_SERVICE = "out_of_service"

    @property
    def mark(self) -> str:
        """Return the two letters that go with its colour."""
        return _MARKS[self]

    @property
    def code(self) -> int:
        """Return its number in arrays and kernels."""
        return int(getattr(status_codes, self.name))


_MARKS = dict(zip(Status, ("AV", "NT", "ER", "AS", "TR", "AH", "RT", "OS"), strict=True))

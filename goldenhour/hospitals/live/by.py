"""Who does something here, when, from where and with what id: the same for every gesture."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goldenhour.access.rules import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who does something. The same id again is harmless."""

    actor: str
    at: datetime
    device: str = ""
    id: str | None = None

    @property
    def envelope(self) -> dict[str, Any]:
        """What the log writes on every fact of the gesture."""
        return {"at": self.at, "actor": self.actor, "device": self.device, "id": self.id}


def by(request: Asked, gesture: object = None) -> By:
    """Return who asked, with the gesture's id."""
    who = request.auth
    return By(actor=who.actor, at=who.at, device=who.device, id=str(gesture) if gesture else None)

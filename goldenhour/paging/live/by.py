"""Who does something here, when, from where and with what id: the same for every gesture."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from goldenhour.access.roles import EVERY
from goldenhour.access.rules import Asked
from goldenhour.log.live.store import Record, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who does something. The same id again is harmless."""

    actor: str
    at: datetime
    device: str = ""
    id: str | None = None
    agencies: Collection[str] = (EVERY,)  # Whose destinations they may look after.

    def covers(self, agency: str) -> bool:
        """Return whether they may look after an agency's destinations; those of every agency only who has all."""
        return EVERY in self.agencies or agency in self.agencies

    def writing(self, stream: str) -> AbstractContextManager[Record]:
        """Hold the log for one command."""
        return writing(stream, at=self.at, actor=self.actor, device=self.device, id=self.id)


def by(request: Asked, gesture: object = None) -> By:
    """Return who asked, with the gesture's id."""
    who = request.auth
    return By(
        actor=who.actor,
        at=who.at,
        device=who.device,
        id=str(gesture) if gesture else None,
        agencies=who.agencies,
    )

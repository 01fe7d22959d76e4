"""What an event is: one fact, in the past tense, with a stable name and version.

Who and when stand on the envelope (`Recorded`), never in the payload. A wrong entry is struck by a later event.
Fields that identify a person are declared with `personal()`; the store keeps them as cipher text under a key of their
own, named by the event type's `personal_key`, so that destroying the key leaves the chain valid.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, ClassVar, TypeVar, cast

PERSONAL = "personal"


class Event:
    """One fact. Subclasses are frozen, keyword-only dataclasses with fields of plain values."""

    NAME: ClassVar[str]
    VERSION: ClassVar[int]
    PERSONAL_KEY: ClassVar[str]


E = TypeVar("E", bound=type[Event])

_types: dict[tuple[str, int], type[Event]] = {}


def event(name: str, *, version: int = 1, personal_key: str = "") -> Callable[[E], E]:
    """Register an event type under a name and version that are for ever.

    Args:
        name: room and past-tense fact, such as `dispatch.unit_assigned`.
        version: a new shape is a new version, plus an upcast from the one before.
        personal_key: the field that names the key under which `personal()` fields are encrypted.

    Raises:
        ValueError: the name and version are taken, or personal fields have no key.
    """

    def register(cls: E) -> E:
        if (name, version) in _types:
            msg = f"Event {name} v{version} is defined twice: {_types[name, version].__qualname__}, {cls.__qualname__}."
            raise ValueError(msg)
        cls.NAME, cls.VERSION, cls.PERSONAL_KEY = name, version, personal_key
        if personal_fields(cls) and not personal_key:
            msg = f"{name} has personal fields and no personal_key."
            raise ValueError(msg)
        _types[name, version] = cls
        return cls

    return register


def personal(default: str = "") -> str:
    """Declare a field that identifies a person: encrypted in the stored bytes, "" once its key is destroyed."""
    found: str = field(default=default, metadata={PERSONAL: True})
    return found


def personal_fields(cls: type[Event]) -> tuple[str, ...]:
    """Return the names of the fields of an event type that identify a person."""
    return tuple(one.name for one in fields(cast("Any", cls)) if one.metadata.get(PERSONAL))


def event_types() -> dict[tuple[str, int], type[Event]]:
    """Return every registered event type by name and version."""
    return dict(_types)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The envelope of one recorded event: where it stands in the log, who said it, when it happened."""

    position: int  # Gapless, from 1.
    id: str  # UUIDv7; given by the client where the client may retry.
    stream: str  # What it is about, such as `call/26-0001`.
    name: str
    version: int
    at: datetime  # When it happened, UTC.
    recorded_at: datetime  # When it was written, UTC. `at` may be earlier: paper and offline entries come late.
    actor: str
    agency: str
    device: str

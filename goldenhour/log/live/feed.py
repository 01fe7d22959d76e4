"""Reading the log on from a position, and waking when it moves. No database connection is held while waiting."""

import logging
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import NamedTuple

import orjson
from django.db.models import QuerySet

from goldenhour.log import codec
from goldenhour.log.codec import Stored
from goldenhour.log.event import Event, Recorded
from goldenhour.log.live import keys
from goldenhour.log.live.models import COLUMNS, LoggedEvent, LogHead

_notes = logging.getLogger("goldenhour.log")
_moved = threading.Condition()
_listeners: list[Callable[[int], None]] = []
_latest = 0


class Head(NamedTuple):
    """Where the log ends. Another epoch than before means: fetch everything anew."""

    position: int
    epoch: str


def head() -> Head:
    """Return where the log ends now."""
    return Head(*LogHead.objects.values_list("position", "epoch").get())


def stored_after(position: int, limit: int) -> list[Stored]:
    """Return up to `limit` rows after a position, in order."""
    return _rows(LoggedEvent.objects.filter(position__gt=position).order_by("position")[:limit])


def read_from(position: int, limit: int) -> list[tuple[Recorded, Event]]:
    """Return up to `limit` events after a position, in order. 0 reads from the beginning."""
    return opened(stored_after(position, limit))


def read_before(position: int, limit: int) -> list[tuple[Recorded, Event]]:
    """Return up to `limit` events before a position, the newest first."""
    return opened(_rows(LoggedEvent.objects.filter(position__lt=position).order_by("-position")[:limit]))


def read_named(names: Collection[str], after: int, upto: int, limit: int) -> list[tuple[Recorded, Event]]:
    """Return up to `limit` events of these names after a position and up to another, the newest first."""
    found = LoggedEvent.objects.filter(position__gt=after, position__lte=upto, name__in=list(names))
    return opened(_rows(found.order_by("-position")[:limit]))


def read_streams(streams: Collection[str]) -> list[tuple[Recorded, Event]]:
    """Return every event of these streams, in order."""
    return opened(_rows(LoggedEvent.objects.filter(stream__in=list(streams)).order_by("position")))


def read_ids(ids: Collection[str]) -> list[tuple[Recorded, Event]]:
    """Return the events of these ids, in order."""
    return opened(_rows(LoggedEvent.objects.filter(event_id__in=list(ids)).order_by("position")))


def opened(rows: list[Stored]) -> list[tuple[Recorded, Event]]:
    """Return stored rows as envelopes and events; personal fields are "" where their key is destroyed."""
    values = [orjson.loads(row.payload) for row in rows]
    ring = keys.ring(values)
    return [
        (row.where, codec.decode(row.name, row.version, codec.opened(one, keys=ring, about=row.id)))
        for row, one in zip(rows, values, strict=True)
    ]


def _rows(found: QuerySet[LoggedEvent]) -> list[Stored]:
    return [  # PostgreSQL hands out memoryviews.
        Stored(*row[:-3], *map(bytes, row[-3:])) for row in found.values_list(*COLUMNS)
    ]


def announce(position: int) -> None:
    """Tell this process's followers that the log has moved. The store does it after each commit."""
    global _latest  # noqa: PLW0603 -- One log per process.
    with _moved:
        _latest = max(_latest, position)
        _moved.notify_all()
        listeners = list(_listeners)
    for hear in listeners:
        try:
            hear(position)
        except Exception:  # noqa: BLE001 -- It is committed: a deaf listener must not make it look refused.
            _notes.exception("A listener to the log failed at position %s.", position)


@dataclass(frozen=True)
class Listening:
    """A listener in place; `stop()` ends it."""

    listener: Callable[[int], None]

    def stop(self) -> None:
        """Hear no more."""
        with _moved:
            _listeners.remove(self.listener)


def listen(listener: Callable[[int], None]) -> Listening:
    """Call a function with the head's position after each commit of this process.

    It runs in the writer's thread and must return at once, such as `lambda p: loop.call_soon_threadsafe(wake.set)`.
    Writes of other processes are not heard: look at `head()` about once a second as well.
    """
    with _moved:
        _listeners.append(listener)
    return Listening(listener)


def wait(after: int, timeout_s: float) -> int:
    """Wait until this process has written past a position, or until the time is up; return the last position heard."""
    with _moved:
        _moved.wait_for(lambda: _latest > after, timeout_s)
        return _latest

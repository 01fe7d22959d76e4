"""Writing to the log: one writer at a time, all of a command or nothing of it.

    with writing("call/26-0001", at=at, actor=actor, id=id) as record:      lock
        if record.earlier:                                                  the client has sent it before:
            return                                                          it is done
        busy = Assignment.objects.filter(...).first()                       look
        if busy:
            raise Refused(...)                                              decide
        record(UnitAssigned(...))                                           append and project

Whatever is slow is done before the lock: everyone else waits while it is held.
"""

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import uuid4

import orjson
import uuid_utils
from django.db import OperationalError, connection, transaction

from goldenhour.errors import BadInput, Refused
from goldenhour.log import codec
from goldenhour.log.codec import Stored
from goldenhour.log.event import Event, Recorded, personal_fields
from goldenhour.log.events import EpochBegan
from goldenhour.log.live import feed, keys
from goldenhour.log.live.models import LoggedEvent
from goldenhour.log.live.projections import project

_notes = logging.getLogger("goldenhour.log")
_line = threading.Lock()  # Writers of one process wait in line here rather than by polling the database.
_here = threading.local()
_MOST_PER_COMMAND = 1000
_FEW = 8  # As many facts as most commands record.

# Written out, because building them anew for each command would take longer than running them, and all others wait.
_LOCK = "SELECT position, hash, epoch FROM log_head"
_MOVE = "UPDATE log_head SET position = %s, hash = %s, epoch = %s"
_INSERT = """
    INSERT INTO log_event
        (position, id, stream, name, version, at, recorded_at, actor, agency, device, salt, payload, hash)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""  # In the order of codec.Stored.


@dataclass(slots=True)
class _Head:
    """Where the log ends, in the hands of the one who holds it."""

    position: int
    hash: bytes
    epoch: str


class _Said(NamedTuple):
    """What the envelopes of one command have in common."""

    stream: str
    at: str  # As stored.
    actor: str
    agency: str
    device: str


class Record:
    """Records facts for one command. `earlier` is what the same id recorded before: () the first time."""

    def __init__(self, head: _Head, said: _Said, *, first_id: str, fresh: bool) -> None:
        self._head = head
        self._said = said
        self._first_id = first_id
        self._count = 0
        self._failed = False
        self.earlier = () if fresh else self._earlier()

    def __call__(self, fact: Event) -> Recorded:
        """Append a fact and show it in every room's tables; return its envelope.

        Raises:
            Refused: the id was used before for something else.
        """
        self._failed = True  # Until it is through: a command that swallows the failure must not be committed.
        where = self._repeated(fact) if self.earlier else self._append(fact)
        self._count += 1
        self._failed = False
        return where

    def _earlier(self) -> tuple[Recorded, ...]:
        """Return what this command recorded when it was sent before."""
        first = LoggedEvent.objects.filter(event_id=self._first_id).values_list("position", flat=True).first()
        if first is None:
            return ()
        found: list[Recorded] = []
        ahead = iter(feed.stored_after(first - 1, _FEW))
        while (row := next(ahead, None)) and row.id == codec.following_id(self._first_id, len(found)):
            found.append(row.where)
            if len(found) % _FEW == 0:
                ahead = iter(feed.stored_after(row.position, _FEW))
        if found[0].stream != self._said.stream:
            raise self._taken(found[0])
        return tuple(found)

    def _repeated(self, fact: Event) -> Recorded:
        """Return the envelope of the same fact, recorded when the command was first sent."""
        if self._count >= len(self.earlier):
            raise self._taken(self.earlier[0])
        where = self.earlier[self._count]
        _, before = feed.read_from(where.position - 1, limit=1)[0]
        if (where.name, where.version) != (fact.NAME, fact.VERSION) or not _same(before, fact):
            raise self._taken(where)
        return where

    def _taken(self, where: Recorded) -> Refused:
        return Refused(
            code="id_taken",
            what=f"The id {self._first_id} was used before, for {where.name} in {where.stream}.",
            do="Nothing was changed. Send a fresh id for a new action.",
        )

    def _append(self, fact: Event) -> Recorded:
        if self._count == _MOST_PER_COMMAND:
            msg = f"A command records at most {_MOST_PER_COMMAND} facts: others wait while it does."
            raise ValueError(msg)
        event_id = codec.following_id(self._first_id, self._count)
        plain = codec.values_of(fact)
        as_read = orjson.loads(codec.canonical(plain))  # What a rebuild will read is what is shown now.
        row = Stored(
            position=self._head.position + 1,
            id=event_id,
            stream=self._said.stream,
            name=fact.NAME,
            version=fact.VERSION,
            at=self._said.at,
            recorded_at=codec.time_text(datetime.now(UTC)),
            actor=self._said.actor,
            agency=self._said.agency,
            device=self._said.device,
            salt=os.urandom(codec.SALT_BYTES),
            payload=codec.canonical(keys.sealed(fact, plain, about=event_id)),
            hash=b"",
        )
        row = row._replace(hash=codec.chain_hash(self._head.hash, row.digest, row.envelope))
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, row)
        self._head.position, self._head.hash = row.position, row.hash
        where = row.where
        project(codec.decode(where.name, where.version, as_read), where)
        return where

    def close(self) -> int:
        """Move the head on; return how many events were appended.

        Raises:
            RuntimeError: recording failed and the command went on as if it had not.
        """
        if self._failed:
            msg = f"A command on {self._said.stream} went on after a fact could not be recorded. Nothing was committed."
            raise RuntimeError(msg)
        if self.earlier or not self._count:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(_MOVE, [self._head.position, self._head.hash, self._head.epoch])
        return self._count

    def begin_epoch(self, epoch: str) -> None:
        """Let the head carry a new epoch."""
        self._head.epoch = epoch


def _same(before: Event, fact: Event) -> bool:
    """Return whether a fact says what the one before said. Erased personal fields say nothing."""
    left = codec.values_of(before)
    right = orjson.loads(codec.canonical(codec.values_of(fact)))
    right = codec.values_of(codec.decode(fact.NAME, fact.VERSION, right))
    erased = {name for name in personal_fields(type(before)) if not left[name]}
    return all(left[name] == right[name] for name in left.keys() - erased)


def _check(said: _Said) -> None:
    """Refuse a name that no database or reader could hold."""
    for where, text in said._asdict().items():
        if not text.isprintable():
            raise BadInput(
                code="bad_text", where=where, what="It holds unreadable signs.", do="Use plain text on one line."
            )


@contextmanager
def writing(
    stream: str,
    *,
    at: datetime,
    actor: str,
    agency: str = "",
    device: str = "",
    id: str | None = None,  # noqa: A002 -- It is the event's id on the envelope and in the API.
) -> Iterator[Record]:
    """Hold the log for one command; commit all that it records, or nothing.

    Do the slow thinking before: everyone else waits while this is held. Check `record.earlier` where the client may
    retry: the preconditions of a command that is done already no longer hold.

    Args:
        stream: what it is about, such as `call/26-0001`.
        at: when it happened, with an offset; stored as UTC.
        actor: who says so.
        agency: on whose behalf; decides who may read it in an excerpt.
        device: where it was entered.
        id: UUIDv7 from the client. The same id twice is one event; further events of the command get ids made from it.

    Raises:
        Refused: the log cannot be written now, or the id belongs to another stream.
        BadInput: the id is no UUIDv7, or a name is unreadable.
        ValueError: `at` has no offset, or stream or actor is empty.
        RuntimeError: inside another `writing`, or inside a transaction.
    """
    said = _Said(stream, codec.time_text(at), actor, agency, device)
    if not stream or not actor:
        msg = "An event needs a stream and an actor."
        raise ValueError(msg)
    _check(said)
    first_id = str(uuid_utils.uuid7()) if id is None else codec.event_id(id)
    if getattr(_here, "writing", False):
        msg = f"writing({stream!r}) inside another writing: one command is one transaction."
        raise RuntimeError(msg)
    with _line:
        _here.writing = True
        try:
            with ExitStack() as held:
                head = _lock(held)
                record = Record(head, said, first_id=first_id, fresh=id is None)
                yield record
                appended = record.close()
        finally:
            _here.writing = False
    if appended:
        feed.announce(head.position)


def in_line() -> AbstractContextManager[object]:
    """Wait in line with this process's writers of the log, where the database lets only one write at a time."""
    return _line if connection.vendor == "sqlite" else nullcontext()


def _lock(held: ExitStack) -> _Head:
    """Begin the transaction and lock the head.

    SQLite locks with BEGIN IMMEDIATE (settings: transaction_mode), PostgreSQL with SELECT FOR UPDATE.
    """
    try:
        held.enter_context(transaction.atomic(durable=True))
        with connection.cursor() as cursor:
            cursor.execute(_LOCK + (" FOR UPDATE" if connection.vendor == "postgresql" else ""))
            found = cursor.fetchone()
    except OperationalError as error:
        _notes.exception("The log could not be locked.")
        raise Refused(
            code="log_unavailable",
            what="The log cannot be written right now: the database does not answer, or others hold it.",
            do="Nothing was changed. Try again in a few seconds.",
        ) from error
    if found is None:
        msg = "The log has no head. Run `goldenhour log verify`."
        raise RuntimeError(msg)
    position, last_hash, epoch = found
    return _Head(position, bytes(last_hash), epoch)


def begin_epoch(*, reason: str, at: datetime, actor: str) -> str:
    """Say that the log goes on from a restored copy, so that followers fetch anew; return the new epoch."""
    epoch = str(uuid4())
    with writing("log", at=at, actor=actor) as record:
        record(EpochBegan(epoch=epoch, reason=reason))
        record.begin_epoch(epoch)
    return epoch

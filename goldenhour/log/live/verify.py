"""Verifying the log: recompute the chain over the stored bytes and name the first broken position."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import orjson
from django.db import DatabaseError, connection

from goldenhour.errors import Refused
from goldenhour.log import codec
from goldenhour.log.codec import Stored
from goldenhour.log.events import KeyDestroyed
from goldenhour.log.live import guards, heads
from goldenhour.log.live.heads import SignedHead
from goldenhour.log.live.models import COLUMNS, LoggedEvent, LogHead, PersonalKey

_BATCH = 2000
_NUMBERS = ("position", "version")
_BYTES = ("salt", "payload", "hash")


class Fault(NamedTuple):
    """One thing that is wrong, in words, and the first position that it breaks; None where no event is touched."""

    what: str
    position: int | None = None


class Verdict(NamedTuple):
    """What verifying found. No faults: the log is whole."""

    events: int  # How many were found in order and unchanged.
    hash: str  # Of the last of them, hexadecimal.
    faults: list[Fault]  # The first broken position first.
    came_back: tuple[str, ...] = ()  # Names of keys that were destroyed and are here; each is a fault, too.

    @property
    def broken(self) -> list[Fault]:
        """The faults but those keys: what cannot be mended by destroying them again."""
        return [fault for fault in self.faults if fault not in map(_is_back, self.came_back)]


def verify(signed: Sequence[SignedHead] = ()) -> Verdict:
    """Verify the whole log, its head row, its guards, and what signed heads say of it.

    It takes no lock: commands go on meanwhile.
    """
    before = LogHead.objects.first()
    wanted = {head.position for head in signed} | ({before.position} if before else set())
    seen: dict[int, bytes] = {}
    destroyed: list[str] = []
    last, last_hash = 0, codec.GENESIS
    fault: Fault | None = None
    try:
        for row in _walk():
            fault = _broken(row, last + 1, last_hash)
            if fault:
                break
            last, last_hash = last + 1, row.hash
            if last in wanted:
                seen[last] = last_hash
            if row.name == KeyDestroyed.NAME:
                destroyed.append(orjson.loads(row.payload)["key"])
    except (DatabaseError, UnicodeDecodeError, TypeError) as error:
        fault = Fault(f"Position {last + 1}, or one soon after it, cannot be read ({error}).", last + 1)
    faults = [fault] if fault else [*_at_the_end(before, seen, last), *_against(signed, seen, last)]
    came_back = tuple(PersonalKey.objects.filter(id__in=destroyed).values_list("name", flat=True))
    return Verdict(last, last_hash.hex(), [*faults, *_around(), *map(_is_back, came_back)], came_back)


def _is_back(name: str) -> Fault:
    return Fault(f"The key {name} was destroyed and is back, probably from a backup: destroy it again.")


def _walk() -> Iterator[Stored]:
    """Yield the rows as the database holds them, in order."""
    after = -(2**63)
    while True:
        with _raw_text():
            rows = list(
                LoggedEvent.objects.filter(position__gt=after).order_by("position").values_list(*COLUMNS)[:_BATCH]
            )
        for row in rows:
            yield Stored(*(_plain(column, value) for column, value in zip(COLUMNS, row, strict=True)))
        if len(rows) < _BATCH:
            return
        after = rows[-1][0]


@contextmanager
def _raw_text() -> Iterator[None]:
    """Read text as bytes on SQLite: a changed byte may have made it unreadable, to be found, not stumbled on."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    raw.text_factory = bytes
    try:
        yield
    finally:
        raw.text_factory = str


def _plain(column: str, value: object) -> Any:
    """Return a column's value in its type; raises TypeError or UnicodeDecodeError where it has another."""
    if column in _NUMBERS:
        if isinstance(value, int):
            return value
    elif isinstance(value, bytes | memoryview):
        return bytes(value) if column in _BYTES else bytes(value).decode()
    elif isinstance(value, str) and column not in _BYTES:
        return value
    msg = f"{column} holds a {type(value).__name__}"
    raise TypeError(msg)


def _broken(row: Stored, expected: int, before: bytes) -> Fault | None:
    """Return what is wrong with a row, or None."""
    if row.position != expected:
        return Fault(f"Position {expected} is missing: the log goes on with {row.position}.", expected)
    if not row.follows(before):
        return Fault(f"Position {expected} was changed: its hash is not that of what is stored there.", expected)
    return None


def _at_the_end(before: LogHead | None, seen: dict[int, bytes], last: int) -> Iterator[Fault]:
    """Compare the chain with the head row as it was before the walk, and as it is now."""
    if before is None:
        yield Fault("The head of the log is missing.")
        return
    position = before.position
    if position > last:
        yield Fault(f"Positions {last + 1} to {position} are missing: the log's tail was cut.", last + 1)
    elif bytes(before.hash) != (seen[position] if position else codec.GENESIS):
        yield Fault(f"The head of the log has another hash than position {position}.", position)
    else:
        now = LogHead.objects.get().position
        if now < last:
            yield Fault(f"Position {now + 1} stands after the head of the log: no command wrote it.", now + 1)


def _against(signed: Sequence[SignedHead], seen: dict[int, bytes], last: int) -> Iterator[Fault]:
    """Compare the chain with heads that were signed earlier and kept elsewhere."""
    own = heads.own_public_keys()
    for head in sorted(signed, key=lambda one: one.position):
        told = f"the head signed on {head.signed_at[:10]} at {head.signed_at[11:19]} UTC"
        if own and head.public_key not in own:
            yield Fault(f"For position {head.position}, {told} was not signed with this house's key.")
        elif head.position > last:
            gone = f"Positions {last + 1} to {head.position} are missing"
            yield Fault(f"{gone}: {told} has them (epoch {head.epoch}).", last + 1)
        elif seen[head.position].hex() != head.hash:
            words = f"The log was rewritten at or before position {head.position}: {told} has another hash."
            yield Fault(words, head.position)


def _around() -> Iterator[Fault]:
    """Look at what stands around the chain: the guards, the database file."""
    for name in guards.missing(connection):
        yield Fault(f"The database's guard {name} is missing: the log could be changed.")
    if connection.vendor == "sqlite":
        try:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA integrity_check(1)")
                found = cursor.fetchone()[0]
        except DatabaseError as error:
            found = str(error)
        if found != "ok":
            yield Fault(f"SQLite finds its file damaged ({found}).")


def insist(verdict: Verdict) -> None:
    """Refuse where the log is not whole.

    Raises:
        Refused: with every fault in words.
    """
    if verdict.faults:
        raise Refused(
            code="log_broken",
            what=" ".join(fault.what for fault in verdict.faults),
            do="Keep the database as it is for those who look into it, and go on from the last good copy.",
        )

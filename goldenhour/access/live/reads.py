"""Who was shown what of patients: each read is on the disk before its answer goes out.

Reads have a chain of their own beside the log: they change nothing, no board has to hear of them, and they must not
make commands wait. What the same session is shown again within a quarter of an hour is the same read, so that an open
board is four lines an hour. Those who read at the same moment share one write. Once an hour the log says where this
chain ends, and so the log's signed heads hold it too. See docs/decisions/0011-reads.md.
"""

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import NamedTuple

from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from goldenhour.access.events import ReadsAnchored
from goldenhour.access.live.models import Read, ReadCall, ReadHead
from goldenhour.errors import Refused
from goldenhour.log import codec
from goldenhour.log.live import feed
from goldenhour.log.live.store import in_line, writing

_notes = logging.getLogger("goldenhour.access")

LASTS = timedelta(minutes=15)
ANCHORED_EVERY = timedelta(hours=1)
_STREAM = "reads"
_MOST_KNOWN = 20_000
_BATCH = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is about to be shown, and to whom."""

    at: datetime
    account: str
    session: str = ""
    device: str = ""
    address: str  # A row's of the table of access.
    named: str = ""
    calls: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[str, ...]:
        """Whatever has this in common within the time is one read."""
        database = str(connection.settings_dict["NAME"])
        return (database, self.account, self.session, self.device, self.address, self.named)


@dataclass(slots=True)
class _Known:
    """A read on the disk: until when it counts, and the calls that it or a later one of its kind has named."""

    at: datetime
    until: datetime
    calls: frozenset[str]


@dataclass(slots=True)
class _Waiting:
    reading: Reading
    calls: frozenset[str]  # Those not on the disk yet.
    done: bool = False
    failed: Exception | None = None


@dataclass(slots=True)
class _Line:
    """Those who wait to be written together, and what this process knows to be written."""

    mutex: Lock = field(default_factory=Lock)
    writing: Lock = field(default_factory=Lock)
    waiting: list[_Waiting] = field(default_factory=list)
    known: OrderedDict[tuple[str, ...], _Known] = field(default_factory=OrderedDict)
    anchored: dict[str, datetime] = field(default_factory=dict)  # By database.


_line = _Line()


def is_known(reading: Reading) -> bool:
    """Return whether what is about to be shown is on the disk already. Asks no database."""
    return _lacking(reading) is None


def record_read(reading: Reading) -> None:
    """Put a read on the disk, unless it is there already. Call it before what it tells of is shown.

    Raises:
        Refused: it could not be written; then nothing may be shown.
    """
    lacking = _lacking(reading)
    if lacking is None:
        return
    mine = _Waiting(reading, lacking)
    with _line.mutex:
        _line.waiting.append(mine)
    with _line.writing:  # Whoever gets here first writes for all who came meanwhile.
        if not mine.done:
            with _line.mutex:
                batch, _line.waiting = _line.waiting, []
            _write(batch)
    if mine.failed is not None:
        raise Refused(
            code="reads_unavailable",
            what="Nobody can be shown this now: that it was read cannot be written down.",
            do="Try again in a few seconds; the board on paper stands meanwhile.",
        ) from mine.failed
    _anchor(reading.at)


def _lacking(reading: Reading) -> frozenset[str] | None:
    """Return the calls of a reading that are not on the disk; None where the reading is, with all of them."""
    with _line.mutex:
        known = _line.known.get(reading.key)
    if known is None or not known.at <= reading.at < known.until:
        return reading.calls
    return (reading.calls - known.calls) or None


def _write(batch: list[_Waiting]) -> None:
    try:
        with in_line(), transaction.atomic(durable=True):
            _append(batch)
    except DatabaseError as error:
        for one in batch:
            one.failed, one.done = error, True
        return
    with _line.mutex:
        for one in batch:
            _remember(one)
            one.done = True


def _append(batch: list[_Waiting]) -> None:
    head = ReadHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        ReadHead.objects.get_or_create(pk=1, defaults={"position": 0, "hash": codec.GENESIS})
        head = ReadHead.objects.select_for_update().get(pk=1)
    now = datetime.now(UTC)
    position, before = head.position, bytes(head.hash)
    rows: list[Read] = []
    calls: list[ReadCall] = []
    for one in batch:
        position += 1
        said = one.reading
        row = Read(
            position=position,
            at=said.at,
            until=said.at + LASTS,
            recorded_at=now,
            account=said.account[:60],
            session=said.session,
            device=said.device[:60],
            address=said.address,
            named=said.named[:120],
        )
        row.hash = before = _hash(before, row, one.calls)
        rows.append(row)
        calls += [ReadCall(read=position, call_id=call) for call in sorted(one.calls)]
    Read.objects.bulk_create(rows)
    ReadCall.objects.bulk_create(calls)
    ReadHead.objects.filter(pk=1).update(position=position, hash=before)


def _remember(one: _Waiting) -> None:
    """Keep what is written now, and forget what was used longest ago. With the mutex held."""
    key, at = one.reading.key, one.reading.at
    known = _line.known.pop(key, None)
    if known is not None and known.at <= at < known.until:  # Only calls were new: the time runs on as it was.
        _line.known[key] = _Known(known.at, known.until, known.calls | one.calls)
    else:
        _line.known[key] = _Known(at, at + LASTS, one.reading.calls)
    while len(_line.known) > _MOST_KNOWN:
        _line.known.popitem(last=False)


def _hash(before: bytes, row: Read, calls: Iterable[str]) -> bytes:
    said = [
        row.position,
        *(codec.time_text(when) for when in (row.at, row.until, row.recorded_at)),
        row.account,
        row.session,
        row.device,
        row.address,
        row.named,
        sorted(calls),
    ]
    return hashlib.sha256(before + codec.canonical(said)).digest()


# ---------------------------------------------------------------- held by the log


def _anchor(at: datetime) -> None:
    """Let the log say, once an hour, where this chain ends."""
    database = str(connection.settings_dict["NAME"])
    last = _line.anchored.setdefault(database, at)
    if last <= at < last + ANCHORED_EVERY:
        return
    _line.anchored[database] = at
    head = ReadHead.objects.get(pk=1)
    try:
        with writing(_STREAM, at=at, actor="goldenhour") as record:
            record(ReadsAnchored(position=head.position, hash=bytes(head.hash).hex()))
    except Refused:  # The read itself is written; the log is told with the next one.
        _line.anchored[database] = last
        _notes.exception("The log could not be told where the reads end.")


class Fault(NamedTuple):
    """What is wrong with the chain of reads, in words."""

    what: str
    position: int


def verify() -> tuple[int, list[Fault]]:
    """Recompute the chain of reads, and hold it against its head and the log; return how many are whole, and faults."""
    head = ReadHead.objects.filter(pk=1).first()
    told = {fact.position: fact.hash for fact in _anchors()}
    last, before = 0, codec.GENESIS
    for row, calls in _walk():
        if row.position != last + 1:
            return last, [Fault(f"Read {last + 1} is missing.", last + 1)]
        if bytes(row.hash) != _hash(before, row, calls):
            return last, [Fault(f"Read {last + 1} was changed.", last + 1)]
        last, before = last + 1, bytes(row.hash)
        if told.pop(last, before.hex()) != before.hex():
            return last, [Fault(f"The log has another hash for read {last}: they were written anew.", last)]
    due = max([*told, head.position if head else 0])
    if due > last:
        return last, [Fault(f"Reads {last + 1} to {due} are missing.", last + 1)]
    return last, []


def insist() -> int:
    """Return how many reads there are.

    Raises:
        Refused: the chain of them is not whole.
    """
    count, faults = verify()
    if faults:
        raise Refused(
            code="reads_broken",
            what=" ".join(one.what for one in faults),
            do="Keep the database as it is for those who look into it.",
        )
    return count


def _anchors() -> Iterator[ReadsAnchored]:
    for _, fact in feed.read_streams([_STREAM]):
        if isinstance(fact, ReadsAnchored):
            yield fact


def _walk() -> Iterator[tuple[Read, list[str]]]:
    after = 0
    while rows := list(Read.objects.filter(position__gt=after).order_by("position")[:_BATCH]):
        after = rows[-1].position
        calls = _calls(rows)
        yield from ((row, calls.get(row.position, [])) for row in rows)


def _calls(rows: list[Read]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    wanted = ReadCall.objects.filter(read__in=[row.position for row in rows])
    for position, call in wanted.values_list("read", "call_id"):
        found.setdefault(position, []).append(call)
    return found


# ---------------------------------------------------------------- who read this


class Shown(NamedTuple):
    """A read with the calls that it named."""

    read: Read
    calls: tuple[str, ...]


def list_reads(
    *,
    call: str = "",
    on_board: tuple[datetime, datetime] | None = None,
    boards: Iterable[str] = (),
    account: str = "",
    since: datetime | None = None,
    limit: int = 500,
) -> list[Shown]:
    """Return reads, the latest first.

    Args:
        call: only those that showed this call; "" for all.
        on_board: from when until when it stood on the board; then whoever had the board open meanwhile is among them.
        boards: the addresses that show the whole board.
        account: only this one's; "" for all.
        since: only those from then on.
        limit: at most so many.
    """
    found = Read.objects.order_by("-position")
    if account:
        found = found.filter(account=account)
    if since is not None:
        found = found.filter(until__gte=since)
    if call:
        named = Q(position__in=ReadCall.objects.filter(call_id=call).values("read"))
        if on_board is not None:
            named |= Q(address__in=list(boards), at__lte=on_board[1], until__gte=on_board[0])
        found = found.filter(named)
    rows = list(found[:limit])
    calls = _calls(rows)
    return [Shown(row, tuple(sorted(calls.get(row.position, [])))) for row in rows]

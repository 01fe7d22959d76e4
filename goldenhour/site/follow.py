"""What the feed reads: the log's facts, and the board entries that each of them changed."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection

from goldenhour.access.wire import iso
from goldenhour.calls.live import queries as calls
from goldenhour.dispatch.live.places import age_s
from goldenhour.fleet.live import positions
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live.crews import crew_entry, crews_of
from goldenhour.fleet.status import Stamp
from goldenhour.log.event import Event, Recorded
from goldenhour.log.live import feed as log_feed
from goldenhour.site import board
from goldenhour.site.accounts import sessions
from goldenhour.site.clock import get_clock
from goldenhour.site.day import day_measures
from goldenhour.site.feed import Broadcaster, Facts
from goldenhour.workforce.live import crew_queries

_CALL_FIELDS = ("call_id", "from_call_id", "to_call_id")
_NEVER = datetime.max.replace(tzinfo=UTC)
_RECENT = timedelta(days=2)
_OF_MEASURES = {
    "calls.call_received",
    "calls.priority_changed",
    "calls.nature_changed",
    "calls.arrest_recognised",
    "calls.first_compression",
    "calls.triage_time_struck",
    "fleet.time_struck",
}


class LogSource:
    """The deployment's log and board, as the feed reads them. Asked from one thread."""

    def __init__(self) -> None:
        """Begin with nothing known of crews and positions."""
        self._crews: dict[str, dict[str, Any]] = {}  # As last told, by unit.
        self._told: dict[str, tuple[datetime, bool]] = {}  # Which report was told of each unit, and whether as stale.
        self._next: datetime | None = None  # When that may next change by the clock alone; None: not looked at yet.

    def head(self) -> tuple[int, str]:
        """Return the newest position and the log's epoch."""
        return log_feed.head()

    def read(self, after: int, limit: int) -> Facts:
        """Return up to `limit` facts after a position."""
        facts = log_feed.read_from(after, limit)
        if any(_is_of_accounts(where) for where, _ in facts):
            sessions.note_change()
        return facts

    def fact(self, where: Recorded, fact: Event, changed: dict[str, Any]) -> dict[str, Any]:
        """Return one fact as the board reads it."""
        return {**board.fact_entry(where, fact), "changed": changed}

    def changed(self, facts: Facts) -> list[dict[str, Any]]:
        """Return, for each fact, the entries that it changed, whole and as they are now.

        An entry that several of them changed comes with the last: whoever is cut off before hears that one later. A
        fact of accounts changes none: an entry beside it would tell whom or which call it is about.
        """
        entries = iter(self._entries([(where, fact) for where, fact in facts if not _is_of_accounts(where)]))
        return [{} if _is_of_accounts(where) else next(entries) for where, _ in facts]

    def _entries(self, facts: Facts) -> list[dict[str, Any]]:
        at = get_clock().at()
        named_units = {str(getattr(fact, "unit", "")) for _, fact in facts} - {""}
        of_calls = {where.position: _calls_of(fact) for where, fact in facts}
        of_crews = crew_queries.units_of({str(getattr(fact, "person", "")) for _, fact in facts} - {""})
        named = fleet.list_by_id(named_units | set(of_crews.values()))
        units = {one["id"]: one for one in board.unit_entries(named, at)}
        self._note(units.values(), named, at)
        rows = calls.list_by_id({call for named in of_calls.values() for call in named})
        entries = {one["id"]: one for one in board.call_entries(rows)}
        aid = board.aid_entries(at) if any(_is_of_aid(where) for where, _ in facts) else []
        doors = board.hospital_entries() if any(_is_of_hospitals(where, fact) for where, fact in facts) else []
        day = day_measures(at) if any(_is_of_measures(where, fact) for where, fact in facts) else None
        found: list[dict[str, Any]] = []
        told: set[object] = set()

        def news(key: object) -> bool:
            """Return whether a later one of these facts does not bring the same entry: the last one brings it."""
            return key not in told and not told.add(key)  # type: ignore[func-returns-value]

        for where, fact in reversed(facts):
            changed: dict[str, Any] = {}
            of_fact = dict.fromkeys(
                [str(getattr(fact, "unit", "")), of_crews.get(str(getattr(fact, "person", "")), "")]
            )
            if mine := [units[unit] for unit in of_fact if unit in units and news(("unit", unit))]:
                changed["units"] = mine
            if here := [entries[call] for call in of_calls[where.position] if call in entries and news(("call", call))]:
                changed["calls"] = here
            if _is_of_hospitals(where, fact) and news("hospitals"):
                changed["hospitals"] = doors
            if _is_of_aid(where) and news("aid"):
                changed["aid"] = aid
            if _is_of_measures(where, fact) and news("measures"):
                changed["measures"] = day
            found.append(changed)
        return found[::-1]

    def expired(self) -> list[dict[str, Any]]:
        """Return the entries of units whose crew counts for something else by the clock alone, each change once.

        Costs nothing until the next moment at which that may be. A process that has just begun tells what changed since
        two days ago: boards that follow on over its restart may have missed it.
        """
        at = get_clock().at()
        if self._next is not None and at < self._next:
            return []
        rows = fleet.list_units()
        crews = crews_of(rows, at)
        now = {unit: crew_entry(crew) for unit, crew in crews.items()}
        if self._next is None:
            changed = {
                unit
                for unit, crew in crews.items()
                if crew.changed_since is not None and at - crew.changed_since < _RECENT
            }
        else:
            changed = {unit for unit, entry in now.items() if self._crews.get(unit, entry) != entry}
        self._crews = now
        self._next = min((crew.counts.until for crew in crews.values() if crew.counts.until), default=_NEVER)
        return board.unit_entries([row for row in rows if row.id in changed], at) if changed else []

    def _note(self, entries: Iterable[dict[str, Any]], rows: Sequence[Any], at: datetime) -> None:
        """Remember what was told of crews with a fact, and when it may next change by itself."""
        if self._next is None:
            return
        self._crews |= {entry["id"]: entry["crew"] for entry in entries}
        ends = [crew.counts.until for crew in crews_of(rows, at).values() if crew.counts.until]
        self._next = min([self._next, *ends])

    def moved(self) -> list[dict[str, Any]]:
        """Return where units are that reported since the last look, or whose report has just gone stale."""
        at = get_clock().at()
        known = {unit: (fix.at, age_s(fix, at) is None) for unit, fix in positions.find_fixes().items()}
        changed = {unit for unit, told in known.items() if self._told.get(unit) != told}
        self._told = known
        return board.moved_entries(changed, at) if changed else []

    def clock(self) -> dict[str, Any]:
        """Return the clock as the board shows it."""
        now = iso(datetime.now(UTC))  # The machine's own, beside the demo's.
        return {"at": iso(get_clock().at()), **get_clock().state(), "server_at": now}

    def close(self) -> None:
        """Give the database connection back."""
        connection.close()


@cache
def get_broadcaster() -> Broadcaster:
    """Return the process's broadcaster, woken whenever this process has written."""
    broadcaster = Broadcaster(LogSource())
    log_feed.listen(lambda _position: broadcaster.wake())
    return broadcaster


def _is_of_accounts(where: Recorded) -> bool:
    return where.name.startswith("access.")


def _calls_of(fact: Event) -> list[str]:
    named = [str(getattr(fact, name, "")) for name in _CALL_FIELDS]
    return [call for call in dict.fromkeys(named) if call]


def _is_of_hospitals(where: Recorded, fact: Event) -> bool:
    if where.name == "fleet.time_stamped":
        return getattr(fact, "stamp", "") in {Stamp.AT_DESTINATION, Stamp.BACK_IN_SERVICE, Stamp.CANCELLED}
    return where.name.startswith("hospitals.") or where.name == "dispatch.unit_cleared"


def _is_of_aid(where: Recorded) -> bool:
    return where.name.startswith("dispatch.aid_") or where.name == "dispatch.alarm_acknowledged"


def _is_of_measures(where: Recorded, fact: Event) -> bool:
    return where.name in _OF_MEASURES or getattr(fact, "stamp", "") == Stamp.ON_SCENE

"""The compact of states: who is a member on which day, whom it covers, and on what terms a privilege holds.

What is recorded stands in scope_rules/compact.yaml. A member whose first day is not known is UNKNOWN before the day it
is known to be one, never "no member"; so is a state whose bill was seen and its outcome not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from goldenhour.dated import read_yaml
from goldenhour.errors import BadInput
from goldenhour.workforce.levels import Level, levels

FILE = Path(__file__).parent / "scope_rules" / "compact.yaml"
_COUNTED = {"emt", "aemt", "paramedic"}
_GROUPS = {"ems_technician", "paramedic"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Whether a state is a member on a day; None where that is not known."""

    state: str
    member: bool | None
    what: str  # In words.
    rule: str
    source: str
    start: date | None = None  # Its first day as a member, as far as known.


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One of the compact's terms."""

    id: str
    says: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Joined:
    start: date
    first_known: bool
    source: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compact:
    """The compact as recorded."""

    id: str
    name: str
    source: str
    confidence: str
    formed: date
    formed_source: str
    excluded: frozenset[str]  # Level keys.
    terms: Mapping[str, Term]  # By kind: individual, scope, discipline, agency, time_limit, ...
    members: Mapping[str, _Joined]
    pending: Mapping[str, _Joined]

    @property
    def changes(self) -> tuple[date, ...]:
        """Return the days on which anybody's membership changes, or may."""
        return (self.formed, *(one.start for one in (*self.members.values(), *self.pending.values())))

    def covers(self, level: Level) -> bool:
        """Return whether a level is covered: EMT, AEMT, paramedic, and a state's levels between EMT and paramedic."""
        return level.key not in self.excluded and level.group in _GROUPS and level.counts_as in _COUNTED

    def membership(self, state: str, on: date) -> Membership:
        """Return whether a state is a member on a day."""
        joined, bill = self.members.get(state), self.pending.get(state)
        if joined is not None:
            if joined.start <= on:
                since = f"known from {joined.start} on" if joined.first_known else f"since {joined.start}"
                return self._said(joined, f"{state} is a member, {since}.", state=state, member=True)
            if joined.first_known:
                what = f"{state} is known as a member from {joined.start}; earlier is not known."
                return self._said(joined, what, state=state, member=None)
            return self._said(joined, f"{state} became a member on {joined.start}.", state=state, member=False)
        if bill is not None and bill.start <= on:
            return self._said(bill, f"{state}: {bill.note}", state=state, member=None)
        what = f"{state} is not a member of the {self.name} as recorded."
        return Membership(state=state, member=False, what=what, rule=self.id, source=self.source)

    def _said(self, line: _Joined, what: str, *, state: str, member: bool | None) -> Membership:
        rule = f"{self.id}-{state.lower()}"
        return Membership(state=state, member=member, what=what, rule=rule, source=line.source, start=line.start)


@cache
def load_compact(path: Path = FILE) -> Compact:
    """Return the compact as recorded.

    Raises:
        BadInput: its file is wrong.
    """
    said = read_yaml(path)
    try:
        return Compact(
            id=said["id"],
            name=said["name"],
            source=said["source"],
            confidence=said["confidence"],
            formed=said["formed"],
            formed_source=said["formed_source"],
            excluded=frozenset(levels()[key].key for key in said["excluded_levels"]),
            terms={
                one["kind"]: Term(id=one["id"], says=" ".join(one["says"].split()), source=one["source"])
                for one in said["terms"]
            },
            members={one["state"]: _joined(one) for one in said["members"]},
            pending={one["state"]: _joined(one) for one in said.get("pending", ())},
        )
    except (KeyError, TypeError) as wrong:
        raise BadInput(
            code="rule_file", what=f"misses or misspells {wrong}.", do="See its other lines.", where=path.name
        ) from None


def _joined(line: Mapping[str, Any]) -> _Joined:
    if type(line["from"]) is not date or not str(line["source"]).strip():
        raise BadInput(
            code="rule_file",
            what=f"{line['state']} has no day or no source.",
            do="Write from: 2026-01-31, and source.",
            where=FILE.name,
        )
    return _Joined(
        start=line["from"],
        first_known=bool(line.get("first_known")),
        source=line["source"],
        note=str(line.get("note") or ""),
    )

"""What the board says of a call beside its units: who works on it, where they wait, which incidents belong to it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.calls.live import linking
from goldenhour.calls.live.claims import claim_entry
from goldenhour.calls.live.queries import CallRow
from goldenhour.dispatch.live import co_responding, queries
from goldenhour.dispatch.live.staged import rules_now, staging_entry


def together_entries(rows: Iterable[CallRow], at: datetime) -> dict[str, dict[str, Any]]:
    """Return that of each of these calls, by number."""
    calls = list(rows)
    ids = [call.id for call in calls]
    linked, staging = linking.list_linked(ids), queries.list_staging(ids)
    rules = rules_now(at) if staging else None
    others = co_responding.entries(calls, {call: one.since for call, one in staging.items()}, at)
    return {
        call.id: {
            **others[call.id],
            "claim": claim_entry(call, at),
            "staging": staging_entry(staging[call.id], rules) if rules and call.id in staging else None,
            "linked": [one.other if one.call_id == call.id else one.call_id for one in linked.get(call.id, [])],
            "split_from": call.split_from or None,
            "place_changed_at": iso(call.place_changed_at),
            "closed_at": iso(call.closed_at),
            "outcome": call.outcome,
            "reopened": {
                "at": iso(call.reopened_at),
                "by": call.reopened_by,
                "reason": call.reopened_why,
            }
            if call.reopened_at
            else None,
        }
        for call in calls
    }

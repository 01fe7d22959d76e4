"""A draft becomes the call of its number: dispatch has it, and the clock has run from the draft's first ring."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.calls.details import carried, split
from goldenhour.calls.events import DetailsChanged, DraftSent
from goldenhour.calls.intake import Intake, take_call
from goldenhour.calls.live import queries
from goldenhour.calls.live.asking import find_asking
from goldenhour.calls.live.by import By, writing_of
from goldenhour.calls.live.drafts import insist_on_owner, insist_on_version, over
from goldenhour.calls.live.models import Asking, Draft, DraftState
from goldenhour.calls.live.services import received
from goldenhour.calls.natures import PRIORITIES, UNKNOWN, natures
from goldenhour.errors import BadInput
from goldenhour.roads.live import region

_CAN_BE_SENT = {DraftState.OPEN, DraftState.HANDLED}  # A visit that was planned is a call on its day.


def draft_send(*, call_id: str, seen: int | None, given: Mapping[str, Any], by: By) -> str:
    """Make a draft the call of its number; return that.

    Args:
        call_id: the draft's number.
        seen: the version that the call taker saw; None does not look.
        given: lon, lat, nature, priority, patients, address and callback as far as they were said with the gesture;
            the rest is the draft's.
        by: who sends it; who has the draft.

    Raises:
        NotFound: there is no such draft.
        Refused: somebody else has it, it was changed meanwhile or is over.
        BadInput: it cannot be dispatched as it is: no place, above all.
    """
    earlier = queries.find_call_by_event(by.id) if by.id else None
    if earlier is not None:
        return earlier.id
    with writing_of(
        call_id, By(actor=by.actor, at=queries.get_draft(call_id).rang_at, device=by.device, id=by.id)
    ) as record:
        if record.earlier:
            return call_id
        draft = queries.get_draft(call_id)
        if draft.state not in _CAN_BE_SENT:
            raise over(draft)
        if draft.state == DraftState.OPEN:
            insist_on_owner(draft, by)
        if seen is not None:
            insist_on_version(call_id, draft.version, seen, who=draft.changed_by, at=draft.changed_at)
        said, intake = _intake(draft, given, find_asking(call_id))
        record(received(call_id, intake))
        record(
            DraftSent(
                call_id=call_id,
                version=draft.version,
                sent_at=str(iso(by.at)),
                said_nature=str(said["nature"]),
                said_priority=said.get("priority"),
            )
        )
        plain, personal = split(carried({**draft.fields, **draft.sealed}))
        if plain or personal:
            record(DetailsChanged(call_id=call_id, version=1, fields=plain, sealed=json.dumps(personal)))
    return call_id


def _intake(draft: Draft, given: Mapping[str, Any], found: Asking | None) -> tuple[dict[str, Any], Intake]:
    """Return what people said, and the call: as said now, else as typed, else as triage found."""
    typed = {name: value for name, value in {**draft.fields, **draft.sealed}.items() if name in given}
    typed = {name: value for name, value in typed.items() if _is_whole(name, value)}
    said = {"nature": UNKNOWN, **typed, **{name: value for name, value in given.items() if value is not None}}
    if "lon" not in said or "lat" not in said:
        raise BadInput(
            code="no_place",
            what=f"Draft {draft.id} has no place yet.",
            do="Pick the place, a phone's location or a crossing near it, then send.",
            where="place",
        )
    intake = take_call(received_at=draft.rang_at, bounds=region.bounds() if region.is_known() else None, **said)
    if found is None or found.priority is None:
        return said, intake
    priority = min(int(said.get("priority", found.priority)), found.priority)
    return said, replace(intake, nature=found.nature or intake.nature, priority=priority)


def _is_whole(name: str, value: object) -> bool:
    """Return whether what was typed can stand in a call: half a word is no nature."""
    if name in {"lon", "lat"}:
        return isinstance(value, int | float)
    if name == "nature":
        return value in natures()
    if name == "priority":
        return value in PRIORITIES
    if name == "patients":
        return type(value) is int and value >= 0
    return isinstance(value, str)

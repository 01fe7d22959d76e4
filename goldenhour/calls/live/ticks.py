"""Crews' checklists on a call: what was ticked, and when. One gesture each."""

from typing import Any

from ninja import Router, Status
from pydantic import Field

from goldenhour.access.rules import Asked, unit_step
from goldenhour.access.wire import iso
from goldenhour.calls.events import ChecklistTicked
from goldenhour.calls.live import protocols
from goldenhour.calls.live.by import Text
from goldenhour.calls.live.models import ChecklistTick
from goldenhour.calls.live.shapes import ChecklistsOut
from goldenhour.calls.live.shown import approval_entry
from goldenhour.errors import BadInput, Refused
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live.crewing import By
from goldenhour.fleet.live.tapped import TapIn, by
from goldenhour.log.live.store import writing

router = Router(tags=["crews' page"])


class TickIn(TapIn):
    """An item of a list that was ticked; `ticked` false takes the tick back."""

    call_id: Text = Field(max_length=40)
    checklist: Text = Field(max_length=60)
    version: Text = Field(default="", max_length=120)
    item: Text = Field(max_length=60)
    ticked: bool = True


def item_tick(*, unit: str, call_id: str, checklist: str, version: str, item: str, ticked: bool, by: By) -> None:
    """Tick an item of a checklist, or take the tick back. Ticked twice, the first time stands.

    Raises:
        NotFound: there is no such unit.
        Refused: the unit was never on that call.
        BadInput: there is no such list or item, today or when the page was fetched.
    """
    known = fleet.get_unit(unit)
    lists = {one.id: one for one in protocols.crews_lists_on(protocols.local_day(by.at), every=True).lists}
    if checklist not in lists or item not in {one.key for one in lists[checklist].items}:
        do = "Look at the lists anew: they may have changed since."
        raise BadInput(code="no_item", what="There is no such item of a checklist.", do=do, where="item")
    with writing(f"call/{call_id}", at=by.at, actor=by.actor, device=by.device, id=by.id) as record:
        if record.earlier:
            return
        if not fleet.list_own_times(unit, call_id):
            what = f"{known.call_sign} was never sent to call {call_id}."
            raise Refused(code="not_on_that_call", what=what, do="Ask dispatch to assign the unit first.")
        there = ChecklistTick.objects.filter(call_id=call_id, unit=unit, checklist=checklist, item=item).exists()
        if there != ticked:
            record(
                ChecklistTicked(
                    call_id=call_id, unit=unit, checklist=checklist, version=version, item=item, ticked=ticked
                )
            )


def ticks_of(call_id: str, unit: str) -> dict[str, dict[str, str | None]]:
    """Return when a unit's crew ticked each item on a call, by checklist."""
    found: dict[str, dict[str, str | None]] = {}
    for one in ChecklistTick.objects.filter(call_id=call_id, unit=unit).order_by("at", "id"):
        found.setdefault(one.checklist, {})[one.item] = iso(one.at)
    return found


@router.get("/units/{path:unit}/crew/checklists", auth=unit_step, response=ChecklistsOut)
def list_checklists(request: Asked, unit: str) -> dict[str, Any]:
    """Return the checklists in force today, with who stands for each."""
    fleet.get_unit(unit)
    found = protocols.crews_lists_on(protocols.local_day(request.auth.at))
    given = {(one.kind, one.id, one.version): one for one in protocols.approvals()}
    return {
        "checklists": [
            {
                "id": one.id,
                "title": one.title,
                "version": one.rule.version,
                "training": f"{one.kind} {one.id}" in found.training,
                "approved_by": (approval_entry(given.get((one.kind, one.id, one.rule.version)), one) or {}).get(
                    "by", ""
                ),
                "source": one.rule.source,
                "items": [{"key": each.key, "say": each.say} for each in one.items],
            }
            for one in found.lists
        ]
    }


@router.post("/units/{path:unit}/checklists", auth=unit_step, response={204: None})
def tick_item(request: Asked, unit: str, body: TickIn) -> Status[None]:
    """Tick an item, or take the tick back."""
    item_tick(
        unit=unit,
        call_id=body.call_id,
        checklist=body.checklist,
        version=body.version,
        item=body.item,
        ticked=body.ticked,
        by=by(request, body),
    )
    return Status(204, None)

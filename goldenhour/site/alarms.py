"""Alarms of every room as the board shows them, and the one gesture that takes one."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from goldenhour.access.rules import Asked, sending
from goldenhour.calls.live.by import Text, by
from goldenhour.dispatch.alarms import OFFLOAD, Limit
from goldenhour.dispatch.live import alarm_book, watch
from goldenhour.hospitals.limits import limit_on, load_limits
from goldenhour.hospitals.live.view import limits_paths
from goldenhour.paging.live.escalated import find_escalation
from goldenhour.roads.live import region

router = Router(tags=["dispatch"])


class AcknowledgeIn(Schema):
    """Take an alarm: which, and of which call, unit, request or page."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    quantity: Text = Field(min_length=1, max_length=20)
    about: Text = Field(min_length=1, max_length=120)


@router.post("/alarms/acknowledge", auth=sending, response={204: None})
def acknowledge(request: Asked, body: AcknowledgeIn) -> Status[None]:
    """Take an alarm: it is silent until its next step."""
    elsewhere = watch.Elsewhere(offload=offload_limit(request.auth.at), page=find_escalation)
    watch.alarm_acknowledge(quantity=body.quantity, about=body.about, elsewhere=elsewhere, by=by(request, body.id))
    return Status(204, None)


def offload_limit(at: datetime) -> Limit | None:
    """Return how long a hand-over at hospital may take, as an alarm; None where no rule says."""
    found = limit_on(load_limits(limits_paths()), "offload", at.astimezone(region.time_zone()).date())
    if found is None:
        return None
    return Limit(rule=found.rule, quantity=OFFLOAD, steps_s=(found.seconds,), again_s=found.seconds)


def unit_alarm_entries(rows: Iterable[Any], at: datetime) -> dict[str, dict[str, Any] | None]:
    """Return the alarm of each of these units that has one, as the board shows it."""
    found = watch.unit_alarms(rows, at, offload=offload_limit(at))
    return {unit: alarm_book.entry(alarm) for unit, alarm in found.items()}

"""Whether somebody is in the middle of a call: then no clock locks their station or signs them out."""

from datetime import datetime

from goldenhour.access.rules import Session
from goldenhour.calls.live import queries as calls
from goldenhour.calls.live.claims import claim_of
from goldenhour.fleet.live.queries import find_unit
from goldenhour.workforce.live.crew_queries import find_aboard


def in_a_call(session: Session, at: datetime) -> bool:
    """Return whether an account types a call, has claimed one, or is aboard a unit that is on one."""
    if any(one.owner == session.account for one in calls.list_drafts()):
        return True
    claims = (claim_of(call, at) for call in calls.list_current(at))
    if any(claim is not None and claim.by == session.account for claim in claims):
        return True
    aboard = find_aboard(session.person) if session.person else None
    unit = find_unit(aboard.unit) if aboard else None
    return bool(unit and unit.call_id)

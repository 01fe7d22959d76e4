"""What the log says of calls, as tables."""

from goldenhour.calls.events import CallClosed, CallReceived, PriorityChanged
from goldenhour.calls.live.models import Call
from goldenhour.log.event import Recorded
from goldenhour.log.events import KeyDestroyed
from goldenhour.log.live.projections import projects


@projects(CallReceived)
def show_call(fact: CallReceived, where: Recorded) -> None:
    """Put the call on the board."""
    year, serial = fact.call_id.split("-")
    Call.objects.create(
        id=fact.call_id,
        year=int(year),
        serial=int(serial),
        event_id=where.id,
        received_at=where.at,
        lon=fact.lon,
        lat=fact.lat,
        address=fact.address,
        callback=fact.callback,
        nature=fact.nature,
        priority=fact.priority,
        patients=fact.patients,
    )


@projects(PriorityChanged)
def show_priority(fact: PriorityChanged, _where: Recorded) -> None:
    """Show how urgent it is now."""
    Call.objects.filter(pk=fact.call_id).update(priority=fact.priority)


@projects(CallClosed)
def show_closed(fact: CallClosed, where: Recorded) -> None:
    """Take the call off the open ones."""
    Call.objects.filter(pk=fact.call_id).update(closed_at=where.at, outcome=fact.outcome)


@projects(KeyDestroyed)
def show_erased(fact: KeyDestroyed, _where: Recorded) -> None:
    """Forget where the caller was and can be reached, once the key to it is destroyed."""
    Call.objects.filter(pk=fact.name.removeprefix("call_id/")).update(address="", callback="")

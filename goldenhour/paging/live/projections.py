"""What the log says of paging, as tables; and the messages that follow from it, in the very same transaction."""

from collections.abc import Iterable
from datetime import datetime

from goldenhour.calls.events import CallClosed
from goldenhour.dispatch.events import UnitAssigned, UnitCleared, UnitDiverted
from goldenhour.dispatch.incident_events import UnitMovedOver, UnitRetargeted
from goldenhour.dispatch.live import queries as dispatch
from goldenhour.fleet.events import TimeStamped
from goldenhour.fleet.live import queries as fleet
from goldenhour.fleet.live.queries import UnitRow
from goldenhour.fleet.status import Stamp
from goldenhour.log.event import Recorded
from goldenhour.log.events import KeyDestroyed
from goldenhour.log.live.projections import projects
from goldenhour.paging import events
from goldenhour.paging.alerts import Answer, Because, State
from goldenhour.paging.destinations import What
from goldenhour.paging.live.models import Alert, AskedPerson, Destination, Message, MessageState
from goldenhour.paging.outbox import Listener, Occasion, message_id, receivers
from goldenhour.workforce.live import crew_queries

_OVER = (Stamp.BACK_IN_SERVICE, Stamp.CANCELLED)


# ---------------------------------------------------------------- the outbox


def _listeners() -> list[Listener]:
    rows = Destination.objects.filter(ended_at=None, stopped_at=None).order_by("id")
    return [
        Listener(id=row.id, agency=row.agency, station=row.station, person=row.person, gets=frozenset(row.gets))
        for row in rows
    ]


def _queue(
    occasion: Occasion, where: Recorded, *, call_id: str = "", unit: str = "", alert: str = "", to: str = ""
) -> None:
    """Put the messages of an occasion into the outbox: to those who hear of it, or to one destination alone."""
    found = (to,) if to else receivers(occasion, _listeners())
    Message.objects.bulk_create(
        Message(
            id=message_id(where.id, occasion.what, one),
            destination=one,
            what=occasion.what,
            call_id=call_id,
            unit=unit,
            alert=alert,
            position=where.position,
            queued_at=where.at,
            next_at=where.at,
        )
        for one in found
    )


@projects(events.MessageDelivered)
def show_delivered(fact: events.MessageDelivered, where: Recorded) -> None:
    """Take a message out of the outbox; its destination is well."""
    Message.objects.filter(pk=fact.message).update(
        state=MessageState.DELIVERED, attempts=fact.attempt, said=fact.answer, done_at=where.at
    )
    Destination.objects.filter(pk=fact.destination).update(failures=0, paused_until=None, heard_at=where.at)


@projects(events.MessageFailed)
def show_failed(fact: events.MessageFailed, where: Recorded) -> None:
    """Keep a message for later, or give it up; leave its destination alone for a while."""
    done = {"state": MessageState.DEAD, "done_at": where.at} if fact.final else {"next_at": _time(fact.again_at)}
    Message.objects.filter(pk=fact.message).update(attempts=fact.attempt, said=fact.why, **done)
    if fact.paused_until:
        row = Destination.objects.filter(pk=fact.destination).first()
        if row is not None:
            row.failures, row.paused_until = row.failures + 1, _time(fact.paused_until)
            row.save(update_fields=["failures", "paused_until"])


@projects(events.MessageRequeued)
def show_requeued(fact: events.MessageRequeued, where: Recorded) -> None:
    """Put a dead letter back into the outbox, as if it were new."""
    Message.objects.filter(pk=fact.message).update(
        state=MessageState.WAITING, attempts=0, queued_at=where.at, next_at=where.at, done_at=None
    )


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


# ---------------------------------------------------------------- destinations


@projects(events.DestinationSet)
def show_destination(fact: events.DestinationSet, where: Recorded) -> None:
    """Show where messages of an agency may go."""
    Destination.objects.create(
        id=fact.destination,
        kind=fact.kind,
        label=fact.label,
        agency=fact.agency,
        station=fact.station,
        gets=list(fact.gets),
        detail=fact.detail,
        host=fact.host,
        position=where.position,
        secrets=[{"position": where.position, "until": None}] if fact.kind == "webhook" else [],
        since=where.at,
    )


@projects(events.SecretRotated)
def show_secret(fact: events.SecretRotated, where: Recorded) -> None:
    """Sign with the new secret, and with the one before for a while."""
    row = Destination.objects.filter(pk=fact.destination).first()
    if row is not None:
        former = [{**row.secrets[0], "until": fact.former_until}] if row.secrets else []
        row.secrets = [{"position": where.position, "until": None}, *former]
        row.save(update_fields=["secrets"])


@projects(events.DestinationTried)
def show_tried(fact: events.DestinationTried, where: Recorded) -> None:
    """Send a test message, at once also where the destination is being left alone."""
    Destination.objects.filter(pk=fact.destination).update(paused_until=None)
    _queue(Occasion(what=What.TEST), where, to=fact.destination)


@projects(events.DestinationChanged)
def show_changed(fact: events.DestinationChanged, where: Recorded) -> None:  # noqa: ARG001
    """Show what a destination is told from now on."""
    Destination.objects.filter(pk=fact.destination).update(
        label=fact.label, station=fact.station, gets=list(fact.gets), detail=fact.detail
    )


@projects(events.DestinationPaused)
def show_paused(fact: events.DestinationPaused, where: Recorded) -> None:
    """Tell it nothing, also not later of what waits: old news sends nobody anywhere."""
    Destination.objects.filter(pk=fact.destination).update(stopped_at=where.at)
    _drop([fact.destination], where)


@projects(events.DestinationResumed)
def show_resumed(fact: events.DestinationResumed, where: Recorded) -> None:  # noqa: ARG001
    """Tell it again, at once."""
    Destination.objects.filter(pk=fact.destination).update(stopped_at=None, paused_until=None)


@projects(events.DestinationEnded)
def show_ended(fact: events.DestinationEnded, where: Recorded) -> None:
    """Send nothing more there."""
    _end([fact.destination], where)


@projects(events.ChannelAdded)
def show_channel(fact: events.ChannelAdded, where: Recorded) -> None:
    """Show where pages to somebody go."""
    Destination.objects.create(
        id=fact.destination,
        kind=fact.kind,
        label=fact.label,
        person=fact.person,
        detail=fact.detail,
        host=fact.host,
        position=where.position,
        since=where.at,
    )


@projects(events.ChannelEnded)
def show_channel_ended(fact: events.ChannelEnded, where: Recorded) -> None:
    """Send nothing more there."""
    _end([fact.destination], where)


@projects(KeyDestroyed)
def show_forgotten(fact: KeyDestroyed, where: Recorded) -> None:
    """An address that nobody can read any more is none."""
    of, _, name = fact.name.partition("/")
    if of == "destination":
        _end([name], where)
    elif of == "person":
        _end(Destination.objects.filter(person=name).values_list("id", flat=True), where)


def _end(destinations: Iterable[str], where: Recorded) -> None:
    ids = list(destinations)
    Destination.objects.filter(pk__in=ids, ended_at=None).update(ended_at=where.at)
    _drop(ids, where)


def _drop(destinations: list[str], where: Recorded) -> None:
    waiting = Message.objects.filter(destination__in=destinations, state=MessageState.WAITING)
    waiting.update(state=MessageState.DROPPED, done_at=where.at)


# ---------------------------------------------------------------- units sent, and no longer


@projects(UnitAssigned)
def show_sent(fact: UnitAssigned, where: Recorded) -> None:
    """Tell the unit's station, and page those on call for it who are not aboard."""
    unit = fleet.find_unit(fact.unit)
    if unit is None:  # Known on paper only.
        return
    _queue(_of_unit(What.STATION_ALERT, unit), where, call_id=fact.call_id, unit=unit.id)
    if len(crew_queries.list_aboard({unit.id})) < unit.crew:
        _open(where.id, fact.call_id, unit.id, where)


@projects(UnitCleared)
def show_cleared(fact: UnitCleared, where: Recorded) -> None:
    """Tell the station and those who were paged."""
    _no_longer(fact.unit, fact.call_id, where, there=Stamp.ON_SCENE in fleet.stamps_of(fact.unit, fact.call_id))


@projects(UnitDiverted)
def show_diverted(fact: UnitDiverted, where: Recorded) -> None:
    """Tell the station; those who come, come for the other call."""
    _no_longer(fact.unit, fact.from_call_id, where, there=False)


@projects(UnitMovedOver)
def show_moved_over(fact: UnitMovedOver, where: Recorded) -> None:
    """End the pages for the incident that the unit came for: it is there, with whoever came."""
    for alert in Alert.objects.filter(unit=fact.unit, call_id=fact.from_call_id).exclude(state=State.OVER):
        _over(alert, Because.CLEARED, where, tell=False)


@projects(UnitRetargeted)
def show_retargeted(fact: UnitRetargeted, where: Recorded) -> None:
    """Tell the unit's station once more: the place is another."""
    unit = fleet.find_unit(fact.unit)
    if unit is not None:
        _queue(_of_unit(What.STATION_ALERT, unit), where, call_id=fact.call_id, unit=unit.id)


@projects(TimeStamped)
def show_step(fact: TimeStamped, where: Recorded) -> None:
    """See a job end by the crew's own press."""
    if fact.stamp in _OVER and fact.call_id:
        _no_longer(fact.unit, fact.call_id, where, there=fact.stamp == Stamp.BACK_IN_SERVICE)


@projects(CallClosed)
def show_call_closed(fact: CallClosed, where: Recorded) -> None:
    """Ask nobody any more."""
    for alert in Alert.objects.filter(call_id=fact.call_id).exclude(state=State.OVER):
        _over(alert, Because.CLEARED, where, tell=True)


def _of_unit(what: What, unit: UnitRow) -> Occasion:
    return Occasion(what=what, agency=unit.agency, station=unit.station)


def _no_longer(unit_id: str, call_id: str, where: Recorded, *, there: bool) -> None:
    """Show that a unit is no longer on a call. `there`: it had come there, so nobody waits to hear of it."""
    unit = fleet.find_unit(unit_id)
    running = dispatch.find_running(unit_id)
    if unit is None or (running is not None and running.call_id == call_id):
        return
    to_station = Message.objects.filter(
        call_id=call_id, unit=unit_id, what__in=(What.STATION_ALERT, What.STATION_CANCEL)
    )
    last = to_station.order_by("position").last()
    if (
        not there and last is not None and last.what == What.STATION_ALERT
    ):  # One press ends a job by more than one fact.
        _queue(_of_unit(What.STATION_CANCEL, unit), where, call_id=call_id, unit=unit_id)
    for alert in Alert.objects.filter(unit=unit_id, call_id=call_id).exclude(state=State.OVER):
        _over(alert, Because.CLEARED, where, tell=not there)


# ---------------------------------------------------------------- people on call


def _open(alert: str, call_id: str, unit: str, where: Recorded) -> None:
    """Page those on call for a unit who are not aboard anywhere. Where there are none, there is nothing to open."""
    offers = {one.person for one in crew_queries.list_offers(where.at, {unit})}
    people = sorted(offers - set(crew_queries.units_of(offers)))
    if not people:
        return
    row = Alert.objects.create(
        id=alert, call_id=call_id, unit=unit, opened_at=where.at, since=where.at, paged_at=where.at
    )
    _ask(row, people, where)


def _ask(alert: Alert, people: Iterable[str], where: Recorded) -> None:
    asked = list(people)
    known = set(AskedPerson.objects.filter(alert=alert.id).values_list("person", flat=True))
    AskedPerson.objects.bulk_create(
        AskedPerson(alert=alert.id, person=one, paged_at=where.at) for one in asked if one not in known
    )
    _tell(alert, What.PAGE, asked, where)


def _tell(alert: Alert, what: What, people: Iterable[str], where: Recorded) -> None:
    occasion = Occasion(what=what, people=frozenset(people))
    if occasion.people:
        _queue(occasion, where, call_id=alert.call_id, unit=alert.unit, alert=alert.id)


def _people(alert: Alert, *answers: Answer) -> list[str]:
    rows = AskedPerson.objects.filter(alert=alert.id, answer__in=answers).order_by("person")
    return list(rows.values_list("person", flat=True))


def _over(alert: Alert, because: Because, where: Recorded, *, tell: bool) -> None:
    """End a page. Those who were asked and have not said no hear of it, where they could still be on their way."""
    if tell:
        waiting = (Answer.NONE,) if alert.state == State.OPEN else ()
        _tell(alert, What.STAND_DOWN, _people(alert, Answer.ACCEPTED, *waiting), where)
    alert.state, alert.because, alert.closed_at = State.OVER, because, where.at
    alert.save(update_fields=["state", "because", "closed_at"])


@projects(events.AlertOpened)
def show_opened(fact: events.AlertOpened, where: Recorded) -> None:
    """Page those on call."""
    _open(fact.alert, fact.call_id, fact.unit, where)


@projects(events.PeoplePaged)
def show_paged(fact: events.PeoplePaged, where: Recorded) -> None:
    """Page them again."""
    alert = Alert.objects.filter(pk=fact.alert).first()
    if alert is not None:
        alert.round, alert.paged_at = fact.round, where.at
        alert.save(update_fields=["round", "paged_at"])
        _ask(alert, fact.people, where)


@projects(events.AlertAccepted)
def show_accepted(fact: events.AlertAccepted, where: Recorded) -> None:
    """Show that somebody comes."""
    AskedPerson.objects.update_or_create(
        alert=fact.alert,
        person=fact.person,
        defaults={
            "answer": Answer.ACCEPTED,
            "answered_at": where.at,
            "eta_s": fact.eta_s,
            "counts": fact.counts,
        },
        create_defaults={
            "answer": Answer.ACCEPTED,
            "answered_at": where.at,
            "eta_s": fact.eta_s,
            "counts": fact.counts,
            "paged_at": where.at,
        },
    )


@projects(events.AlertDeclined)
def show_declined(fact: events.AlertDeclined, where: Recorded) -> None:
    """Show that somebody does not come."""
    AskedPerson.objects.filter(alert=fact.alert, person=fact.person).update(
        answer=Answer.DECLINED, answered_at=where.at, eta_s=None, counts=""
    )


@projects(events.AlertClosed)
def show_closed(fact: events.AlertClosed, where: Recorded) -> None:
    """Ask nobody more. Where enough come, the others are told that they may stay."""
    alert = Alert.objects.filter(pk=fact.alert).first()
    if alert is None:
        return
    if fact.because != Because.ENOUGH:
        _over(alert, Because(fact.because), where, tell=True)
        return
    _tell(alert, What.STAND_DOWN, _people(alert, Answer.NONE), where)
    alert.state, alert.because, alert.closed_at = State.ENOUGH, Because.ENOUGH, where.at
    alert.save(update_fields=["state", "because", "closed_at"])


@projects(events.AlertReopened)
def show_reopened(fact: events.AlertReopened, where: Recorded) -> None:
    """Ask again, from the beginning."""
    Alert.objects.filter(pk=fact.alert).update(
        state=State.OPEN,
        because="",
        closed_at=None,
        since=where.at,
        paged_at=where.at,
        round=0,
        escalated_at=None,
        missing="",
        next_unit="",
    )


@projects(events.AlertEscalated)
def show_escalated(fact: events.AlertEscalated, where: Recorded) -> None:
    """Show the desk that too few come, and tell whoever is to know outside."""
    Alert.objects.filter(pk=fact.alert).update(escalated_at=where.at, missing=fact.missing, next_unit=fact.next_unit)
    unit = fleet.find_unit(fact.unit)
    if unit is not None:
        _queue(_of_unit(What.ESCALATION, unit), where, call_id=fact.call_id, unit=fact.unit, alert=fact.alert)

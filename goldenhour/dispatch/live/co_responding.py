"""Co-responders as it happens: who was asked for what on a call, what they said, and whom the plans propose."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.calls.live import queries as calls
from goldenhour.calls.live.by import By, writing_of
from goldenhour.calls.live.queries import CallRow
from goldenhour.calls.live.services import open_call
from goldenhour.dispatch.alarms import CO_RESPONDER, Alarm, Silenced
from goldenhour.dispatch.co_responders import (
    OPEN,
    OWN_PLANS,
    OWN_SERVICES,
    PLANS,
    SERVICES,
    Book,
    SafetyTask,
    Said,
    Service,
    State,
    book_on,
    is_said_safe,
    state_after,
)
from goldenhour.dispatch.incident_events import CoResponderAsked, CoResponderCancelled, CoResponderSaid
from goldenhour.dispatch.live import alarm_book, queries
from goldenhour.dispatch.live.models import CoResponder
from goldenhour.errors import BadInput, NotFound, Refused
from goldenhour.roads.live import region
from goldenhour.roads.live.region import wall_clock

_WORDS = {
    State.ASKED: "It did not answer yet",
    State.COMING: "It is on its way",
    State.THERE: "It is there",
    State.DECLINED: "It declined",
    State.CLEARED: "It left",
    State.CANCELLED: "It was cancelled",
}


def book_now(at: datetime) -> Book:
    """Return the services and proposals in force here, at a moment."""
    services, plans = [SERVICES], [PLANS]
    if region.is_known():
        folder = region.get_region().folder
        services += [one for one in [folder / OWN_SERVICES] if one.exists()]
        plans += [one for one in [folder / OWN_PLANS] if one.exists()]
    return book_on(at.astimezone(region.time_zone()).date(), tuple(services), tuple(plans))


def services(at: datetime) -> list[dict[str, Any]]:
    """Return whom a call can ask, and for what."""
    return [
        {
            "key": one.key,
            "label": one.label,
            "words": one.words,
            "contact": one.contact,
            "tasks": [{"key": key, "label": label} for key, label in one.tasks.items()],
        }
        for one in book_now(at).services.values()
    ]


def entries(of_calls: Iterable[CallRow], staged: dict[str, datetime], at: datetime) -> dict[str, dict[str, Any]]:
    """Return what the board says of co-responders, by call; `staged` says since when the units of a call wait."""
    rows, book = list(of_calls), book_now(at)
    asked: defaultdict[str, list[CoResponder]] = defaultdict(list)
    for one in queries.list_co_responders([call.id for call in rows]):
        asked[one.call_id].append(one)
    said = alarm_book.silenced([CO_RESPONDER], [one.id for some in asked.values() for one in some])
    return {
        call.id: {
            "co_responders": [_entry(one, book, _alarm(one, call, at, said)) for one in asked[call.id]],
            "proposed": [] if call.closed_at else _proposed(call, asked[call.id], book),
            "said_safe": _said_safe(asked[call.id], staged[call.id], book) if call.id in staged else None,
        }
        for call in rows
    }


def find_alarm(request: str, at: datetime) -> Alarm | None:
    """Return the alarm of a request that was not answered yet; None where it was, or nobody needs it any more.

    Raises:
        NotFound: there is no such request.
    """
    one = get_request(request)
    return _alarm(one, calls.get_call(one.call_id), at, alarm_book.silenced([CO_RESPONDER], [one.id]))


def _alarm(one: CoResponder, call: CallRow, at: datetime, said: dict[alarm_book.Key, Silenced]) -> Alarm | None:
    if one.state != State.ASKED or call.closed_at is not None:
        return None
    return alarm_book.alarm(alarm_book.limit(CO_RESPONDER, at, priority=call.priority), one.asked_at, one.id, said)


def _entry(one: CoResponder, book: Book, alarm: Alarm | None = None) -> dict[str, Any]:
    service = book.services.get(one.service)
    return {
        "request": one.id,
        "service": one.service,
        "label": service.label if service else one.service,
        "words_for": list(service.words) if service else [],
        "contact": service.contact if service else "",
        "task": one.task,
        "task_label": service.tasks.get(one.task, one.task) if service else one.task,
        "makes_safe": one.makes_safe,
        "note": one.note,
        "state": str(one.state),
        "open": one.state in OPEN,
        "asked_at": iso(one.asked_at),
        "asked_by": one.asked_by,
        "since": iso(one.since),
        "by": one.by,
        "said_by": one.said_by,
        "words": one.words,
        "due_at": iso(one.due_at),
        "there_at": iso(one.there_at),
        "safe_at": iso(one.safe_at),
        "alarm": alarm_book.entry(alarm),
    }


def for_crew(call_id: str, at: datetime) -> list[dict[str, Any]]:
    """Return whom a crew may expect or meet: who was asked and is not over.

    Never that they call the scene safe: that units may enter is told by the desk.
    """
    book = book_now(at)
    shown = ("request", "label", "task_label", "state", "due_at")
    rows = [_entry(one, book) for one in queries.list_co_responders([call_id]) if one.state in OPEN]
    return [{name: one[name] for name in shown} for one in rows]


def _proposed(call: CallRow, asked: list[CoResponder], book: Book) -> list[dict[str, Any]]:
    """Return whom the plans propose and nobody asked: who declined or was cancelled is a person's to ask again."""
    already = {(one.service, one.task) for one in asked}
    return [
        {
            "service": one.service,
            "label": book.services[one.service].label,
            "task": one.task,
            "task_label": book.services[one.service].tasks[one.task],
            "stage": one.stage,
            "plan": one.rule.version,
            "source": one.rule.source,
        }
        for one in book.proposed(call.nature)
        if (one.service, one.task) not in already
    ]


def _said_safe(asked: list[CoResponder], since: datetime, book: Book) -> dict[str, Any] | None:
    """Return who said that the scene is safe where units wait, None while that is not to be offered."""
    asked_for_safety = [one for one in asked if one.makes_safe]
    tasks = [SafetyTask(state=State(one.state), safe_at=one.safe_at) for one in asked_for_safety]
    if not is_said_safe(tasks, since):
        return None
    last = max((one for one in asked_for_safety if one.safe_at), key=lambda one: (one.safe_at, one.id))
    service = book.services.get(last.service)
    return {
        "label": service.label if service else last.service,
        "at": iso(last.safe_at),
        "said_by": last.safe_said_by,
    }


# ---------------------------------------------------------------- gestures


def co_responder_ask(*, request: str, call_id: str, service: str, task: str, note: str, by: By) -> dict[str, Any]:
    """Ask a service that the house does not run for help on a call; return the request as the board shows it.

    Args:
        request: its id, the gesture's own.
        call_id: for which call.
        service: its key, or a word for it.
        task: what it is asked to do; "" takes what is proposed for the call, else the service's first.
        note: what it is told beside.
        by: who asks.

    Raises:
        NotFound: there is no such call.
        Refused: the call is closed, or it was asked the same already.
        BadInput: there is no such service, or that is none of its tasks.
    """
    book = book_now(by.at)
    asked = book.service_named(service)
    if task and task not in asked.tasks:
        do = f"Use one of {', '.join(asked.tasks)}."
        raise BadInput(code="task", what=f"{asked.label} has no task {task!r}.", do=do, where="task")
    with writing_of(call_id, by) as record:
        if record.earlier:
            return _entry(get_request(request), book, find_alarm(request, by.at))
        proposals = {one.task: one for one in book.proposed(open_call(call_id).nature) if one.service == asked.key}
        meant = task or next(iter(proposals), next(iter(asked.tasks)))
        _refuse_twice(call_id, asked, meant)
        record(
            CoResponderAsked(
                request=request,
                call_id=call_id,
                service=asked.key,
                task=meant,
                makes_safe=meant in asked.make_safe,
                proposal=proposals[meant].rule.version if meant in proposals else "",
                note=note,
            )
        )
        return _entry(get_request(request), book, find_alarm(request, by.at))


def _refuse_twice(call_id: str, service: Service, task: str) -> None:
    before = CoResponder.objects.filter(call_id=call_id, service=service.key, task=task, state__in=OPEN).first()
    if before is not None:
        who, when = before.asked_by, wall_clock(before.asked_at)
        raise Refused(
            code="asked_already",
            what=f"{who} asked {service.label} at {when}: {service.tasks[task].lower()}. {_said(before)}",
            do="Enter what it says, or cancel that request first.",
        )


def co_responder_said(*, request: str, said: Said, eta_s: float | None, said_by: str, words: str, by: By) -> None:
    """Enter what a co-responder said of a request. It is taken of a closed call too: they may be there longer.

    Raises:
        NotFound: there is no such request.
        Refused: it is over, or was so already.
        BadInput: it declined without a word why, or minutes are named of one that is not coming.
    """
    one = get_request(request)
    if said is Said.DECLINED and not words:
        raise BadInput(code="why", what="it declined without a word why.", do="Say why nobody comes.", where="words")
    if eta_s is not None and said is not Said.COMING:
        raise BadInput(code="eta", what="only who is coming takes minutes.", do="Leave them out.", where="eta_min")
    with writing_of(one.call_id, by) as record:
        if record.earlier:
            return
        one = get_request(request)
        if state_after(State(one.state), said) is None:
            raise Refused(
                code=f"co_responder_{one.state}",
                what=_said(one),
                do="Nothing was changed. Ask it anew if it is needed.",
            )
        record(
            CoResponderSaid(
                request=request,
                call_id=one.call_id,
                service=one.service,
                said=said,
                eta_s=eta_s,
                said_by=said_by,
                words=words,
            )
        )


def co_responder_cancel(*, request: str, reason: str, by: By) -> None:
    """Say that a co-responder is needed no longer.

    Raises:
        NotFound: there is no such request.
        Refused: it is over, or it is there.
    """
    one = get_request(request)
    with writing_of(one.call_id, by) as record:
        if record.earlier:
            return
        one = get_request(request)
        if one.state not in {State.ASKED, State.COMING}:
            do = "Enter when it leaves." if one.state == State.THERE else "Nothing was changed."
            raise Refused(code=f"co_responder_{one.state}", what=_said(one), do=do)
        record(CoResponderCancelled(request=request, call_id=one.call_id, service=one.service, reason=reason))


def get_request(request: str) -> CoResponder:
    """Return a request.

    Raises:
        NotFound: there is none of that id.
    """
    found = CoResponder.objects.filter(pk=request).first()
    if found is None:
        raise NotFound(code="no_request", what="There is no such request.", do="Look at the call anew.")
    return found


def _said(one: CoResponder) -> str:
    """Return how far a request has come, since when, and who entered it: for whoever was slower."""
    state = State(one.state)
    if state is State.ASKED:
        return f"{_WORDS[state]}."
    return f"{_WORDS[state]}, as {one.by} entered at {wall_clock(one.since)}."

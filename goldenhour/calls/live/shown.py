"""How drafts, calls and their triage stand in an answer."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.calls.cards import Card, Protocol, Question, Script, Step, Worded, name_of, words_of
from goldenhour.calls.checklists import Checklist
from goldenhour.calls.dispositions import dispositions
from goldenhour.calls.live import asking, protocols, queries
from goldenhour.calls.live.asking import Subject
from goldenhour.calls.live.models import Answer, Asking, Call, Callback, Draft, FollowUp, Given, Told
from goldenhour.calls.nearby import distance_m
from goldenhour.calls.triage import Triage
from goldenhour.errors import Refused


def draft_entry(draft: Draft) -> dict[str, Any]:
    """Return a draft with all that was typed."""
    return {
        "call_id": draft.id,
        "state": draft.state,
        "rang_at": iso(draft.rang_at),
        "owner": draft.owner,
        "owned_since": iso(draft.owned_since),
        "version": draft.version,
        "changed_at": iso(draft.changed_at),
        "changed_by": draft.changed_by,
        "reason": draft.reason,
        "fields": {**draft.fields, **draft.sealed},
    }


def call_entry(call: Call) -> dict[str, Any]:
    """Return a call with its details."""
    return {
        "call_id": call.id,
        "received_at": iso(call.received_at),
        "sent_at": iso(call.sent_at),
        "lon": call.lon,
        "lat": call.lat,
        "address": call.address,
        "nature": call.nature,
        "said_nature": call.said_nature,
        "priority": call.priority,
        "closed_at": iso(call.closed_at),
        "outcome": call.outcome,
        "version": call.version,
        "changed_at": iso(call.changed_at),
        "changed_by": call.changed_by,
        "details": {
            **call.details,
            **call.sealed,
            "patients": call.patients,
            **({"callback": call.callback} if call.callback else {}),
        },
    }


def locations(call_id: str, place: tuple[float, float] | None) -> list[dict[str, Any]]:
    """Return where the phone said it is, the latest first, and how far that is from where the call is taken for."""
    return [
        {
            "at": iso(one.at),
            "lon": one.lon,
            "lat": one.lat,
            "accuracy_m": one.accuracy_m,
            "source": one.source,
            "off_m": None if place is None else round(distance_m(*place, one.lon, one.lat), 1),
        }
        for one in queries.list_locations(call_id)
    ]


def beside_entry(call_id: str) -> dict[str, Any]:
    """Return what stands beside a call: the calls that are the same, and what was done otherwise."""
    same, given = queries.find_duplicate(call_id), queries.find_given(call_id)
    return {
        "same_as": same.same_as if same else None,
        "duplicates": [
            {"call_id": one.call_id, "at": iso(one.at), "by": one.by, "reason": one.reason}
            for one in queries.list_duplicates(call_id)
        ],
        "disposition": given_entry(given) if given else None,
        "follow_ups": [follow_up_entry(one) for one in queries.list_follow_ups(call_id)],
        "callbacks": [callback_entry(one) for one in queries.list_callbacks([call_id])],
    }


def given_entry(given: Given) -> dict[str, Any]:
    """Return what was done about a call beside sending units."""
    known = dispositions().get(given.kind)
    return {
        "call_id": given.call_id,
        "kind": given.kind,
        "label": known.label if known else given.kind,
        "to": given.to,
        "note": given.note,
        "at": iso(given.at),
        "by": given.by,
    }


def follow_up_entry(one: FollowUp) -> dict[str, Any]:
    """Return what somebody is to see to again."""
    return {
        "follow_up": one.id,
        "call_id": one.call_id,
        "kind": one.kind,
        "due_at": iso(one.due_at),
        "note": one.note,
        "by": one.by,
        "done_at": iso(one.done_at),
        "done_by": one.done_by,
        "outcome": one.outcome,
        "done_note": one.done_note,
    }


def callback_entry(one: Callback) -> dict[str, Any]:
    """Return an attempt to ring a caller back."""
    return {"at": iso(one.at), "by": one.by, "outcome": one.outcome}


# ---------------------------------------------------------------- triage


def triage_entry(call_id: str) -> dict[str, Any]:
    """Return where the questions of a call or draft stand, and what the caller is to be told.

    Raises:
        NotFound: there is neither of that number.
    """
    subject = asking.get_subject(call_id)
    known = asking.find_asking(call_id)
    times = {
        "recognised_at": iso(known.recognised_at) if known else None,
        "first_compression_at": iso(known.first_compression_at) if known else None,
    }
    stood = asking.standing_answers(call_id)
    try:
        protocol = asking.protocol_of(subject)
    except Refused as refused:
        why = {"available": False, "what": refused.what, "do": refused.do}
        return {"call_id": call_id, **why, "age_group": subject.group, "answers": _bare(stood.values()), **times}
    now = asking.where_it_stands(protocol, subject, asking.known_answers(protocol, stood))
    return {
        "call_id": call_id,
        "available": True,
        "training": now.training,
        "rules_hash": now.rules_hash,
        "age_group": subject.group,
        "card": _card(protocol, now.card),
        "picked": known.card if known else "",
        "question": _question(now.card, now.question),
        "answers": _answers(protocol, stood, queries.list_answers(call_id)),
        "determinant": _determinant(protocol, now),
        "recognised": sorted(now.recognised),
        "script": _script(protocol, subject, now, known, queries.list_told(call_id)),
        "cards": [{"id": one.id, "label": one.label} for one in protocol.cards.values()],
        **times,
    }


def _card(protocol: Protocol, card: Card) -> dict[str, Any]:
    return {
        "id": card.id,
        "label": card.label,
        "version": card.rule.version,
        "training": name_of(card) in protocol.training,
    }


def _question(card: Card, question: Question | None) -> dict[str, Any] | None:
    if question is None:
        return None
    return {
        "key": f"{card.id}.{question.key}",
        "ask": question.ask,
        "help": question.help,
        "answers": _keyed(question.answers.items()),
    }


def _keyed(answers: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Return answers with the key that is pressed for each, by their order."""
    return [{"key": key, "label": label, "press": str(at)} for at, (key, label) in enumerate(answers, 1)]


def _bare(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    return [{"question": one.question, "answer": one.answer, "at": iso(one.at), "by": one.by} for one in answers]


def _answers(protocol: Protocol, stood: dict[str, Answer], every: Iterable[Answer]) -> list[dict[str, Any]]:
    """Return what was answered, each with what was answered before."""
    asked = {f"{card.id}.{one.key}": (one, card) for card in protocol.cards.values() for one in card.questions}
    shown = []
    former: dict[str, list[Answer]] = {}
    for one in every:
        former.setdefault(one.question, []).append(one)
    for entry in _bare(stood.values()):
        question, card = asked.get(entry["question"], (None, None))
        shown.append(
            {
                **entry,
                "card": card.label if card else "",
                "ask": question.ask if question else "",
                "label": question.answers.get(entry["answer"], "") if question else "",
                "former": _bare(former[entry["question"]][:-1]),
            }
        )
    return shown


def _determinant(protocol: Protocol, now: Triage) -> dict[str, Any] | None:
    line = now.determinant
    if line is None:
        return None
    return {
        "id": line.id,
        "label": line.label,
        "priority": line.priority,
        "response": line.response,
        "nature": now.nature,
        "card_version": protocol.cards[line.id.partition("/")[0]].rule.version,
    }


def _script(
    protocol: Protocol, subject: Subject, now: Triage, known: Asking | None, told: Iterable[Told]
) -> dict[str, Any] | None:
    """Return what the caller is told: the script that the answers ask for, or where its steps have led."""
    script, step = current(protocol, subject, now, known)
    if script is None:
        return None
    when = {one.step: one for one in told if one.script == script.id}
    return {
        "id": script.id,
        "title": script.title,
        "version": script.rule.version,
        "training": name_of(script) in protocol.training,
        "step": step.key if step else None,
        "stopped_at": iso(known.stopped_at) if known and known.stopped == script.id else None,
        "steps": [
            {
                "key": one.key,
                "say": one.say,
                "answers": _keyed(one.answers.items()),
                "goes": dict(one.goes),
                "leads_to": one.to.get(subject.group),
                "metronome": one.metronome or None,
                "stamps": one.stamps or None,
                "waits": one.waits,
                "told_at": iso(when[one.key].at) if one.key in when else None,
                "answer": when[one.key].answer if one.key in when else "",
            }
            for one in script.steps
        ],
    }


def current(
    protocol: Protocol, subject: Subject, now: Triage, known: Asking | None
) -> tuple[Script | None, Step | None]:
    """Return the script that is told now and its next step; no step at its end.

    The answers ask for a script. While its steps are told, or those of the one that it led to, that goes on; a script
    that the answers ask for anew begins at its first step.
    """
    advised = now.script
    told = protocol.scripts.get(known.script) if known else None
    if told is None or known is None:
        return advised, advised.steps[0] if advised else None
    steps = {one.key: one for one in told.steps}
    last = steps.get(known.step)
    if advised is not None and told.id != advised.id and not _led_to(protocol, advised, told.id):
        return advised, advised.steps[0]
    leads = protocol.scripts.get(last.to.get(subject.group, "")) if last else None
    if leads is not None:
        return leads, leads.steps[0]
    if last is None:
        return told, told.steps[0]
    return told, told.after(last.key, known.step_answer or "next")


def _led_to(protocol: Protocol, script: Script, other: str) -> bool:
    """Return whether a script's steps lead to another one."""
    seen, left = set(), [script.id]
    while left:
        at = left.pop()
        if at == other:
            return True
        if at in seen or at not in protocol.scripts:
            continue
        seen.add(at)
        left += [to for step in protocol.scripts[at].steps for to in step.to.values()]
    return False


def protocol_entry(day: date) -> dict[str, Any]:
    """Return the cards, scripts and checklists in force on a day, with who stands for each.

    Raises:
        BadInput: a card is wrong.
    """
    protocol = protocols.every_card_on(day)
    given = {(one.kind, one.id, one.version): one for one in protocols.approvals()}
    lists = protocols.crews_lists_on(day, every=True)
    items: list[Card | Script | Checklist] = [*protocol.cards.values(), *protocol.scripts.values(), *lists.lists]
    training = {*protocol.training, *lists.training}
    return {
        "day": day.isoformat(),
        "hash": protocol.hash,
        "training_allowed": protocols.is_training(),
        "items": [
            {
                "name": name_of(one),
                "label": one.label if isinstance(one, Card) else one.title,
                "version": one.rule.version,
                "tier": one.rule.tier,
                "source": one.rule.source,
                "words": words_of(one),
                "approved": name_of(one) not in training,
                "approval": approval_entry(given.get((one.kind, one.id, one.rule.version)), one),
            }
            for one in items
        ],
    }


def approval_entry(given: Any, one: Worded) -> dict[str, Any] | None:
    """Return who stands for something; `given` is the approval in the log, if there is one. None: nobody."""
    says = one.rule.says
    if given is not None:
        return {
            "by": given.by,
            "start": given.start.isoformat(),
            "until": given.until.isoformat(),
            "same_words": given.words == words_of(one),
        }
    if says.get("approved_by"):
        return {
            "by": str(says["approved_by"]),
            "start": says["approved_on"].isoformat(),
            "until": says["expires"].isoformat(),
            "same_words": True,
        }
    return None

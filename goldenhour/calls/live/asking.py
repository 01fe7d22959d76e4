"""Triage while the caller is on the line: answer by answer, told step by step, each with its time.

It works on a draft as on the call that it becomes. What the answers come to changes the call's nature and priority
while units roll; a priority that a person set is only ever raised by it.
"""

from dataclasses import dataclass
from datetime import datetime

from goldenhour.calls.cards import Card, Protocol, Step
from goldenhour.calls.details import age_of
from goldenhour.calls.events import (
    ArrestRecognised,
    CardPicked,
    DeterminantReached,
    FirstCompression,
    InstructionGiven,
    NatureChanged,
    PriorityChanged,
    QuestionAnswered,
    ScriptStopped,
    TriageTimeStruck,
)
from goldenhour.calls.live import protocols, queries
from goldenhour.calls.live.by import By, writing_of
from goldenhour.calls.live.drafts import over
from goldenhour.calls.live.models import Answer, Asking, Call, Draft, DraftState
from goldenhour.calls.live.services import open_call
from goldenhour.calls.natures import natures
from goldenhour.calls.triage import Triage, age_group, triage
from goldenhour.errors import BadInput, Refused
from goldenhour.log.live.store import Record
from goldenhour.roads.live.region import wall_clock

_WRITTEN = {"arrest_recognised": "recognised_at", "first_compression": "first_compression_at"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom is asked about: a call, or the draft that it still is."""

    id: str
    rang_at: datetime
    call: Call | None
    draft: Draft | None
    nature: str  # As people said.
    age: float | None

    @property
    def group(self) -> str:
        """Return whether it is an adult, a child or an infant, as far as is known."""
        return age_group(self.age)


def get_subject(call_id: str) -> Subject:
    """Return a call or a draft, whatever became of it.

    Raises:
        NotFound: there is neither of that number.
    """
    call = queries.find_call(call_id)
    if call is not None:
        return Subject(
            id=call_id,
            rang_at=call.received_at,
            call=call,
            draft=None,
            nature=call.said_nature,
            age=age_of(call.details),
        )
    draft = queries.find_draft(call_id)
    if draft is None:
        raise queries.no_call(call_id)
    said = str(draft.fields.get("nature", ""))
    nature = said if said in natures() else ""
    return Subject(id=call_id, rang_at=draft.rang_at, call=None, draft=draft, nature=nature, age=age_of(draft.fields))


def open_subject(call_id: str) -> Subject:
    """Return a call that is not closed, or a draft that is not over.

    Raises:
        NotFound: there is neither of that number.
        Refused: it is over.
    """
    subject = get_subject(call_id)
    if subject.call is not None:
        open_call(call_id)
    elif subject.draft is not None and subject.draft.state != DraftState.OPEN:
        raise over(subject.draft)
    return subject


def protocol_of(subject: Subject) -> Protocol:
    """Return the cards in force on the day on which the call rang.

    Raises:
        Refused: nobody can be triaged here: a card is wrong, or in a real service too few are approved.
    """
    try:
        return protocols.protocol_on(protocols.local_day(subject.rang_at))
    except BadInput as wrong:
        raise Refused(
            code="no_triage",
            what=f"Triage cannot be asked here: {wrong.what}",
            do=f"Take the call without it: place, nature and priority by hand. {wrong.do}",
        ) from None


def standing_answers(call_id: str) -> dict[str, Answer]:
    """Return the answer that stands to each question, in the order of the last answers."""
    found: dict[str, Answer] = {}
    for one in Answer.objects.filter(call_id=call_id).order_by("position"):
        found.pop(one.question, None)
        found[one.question] = one
    return found


def known_answers(protocol: Protocol, answers: dict[str, Answer]) -> dict[str, str]:
    """Return the answers that the cards in force know; a card may have changed since a question was asked."""
    known = {f"{card.id}.{one.key}": one.answers for card in protocol.cards.values() for one in card.questions}
    return {key: one.answer for key, one in answers.items() if one.answer in known.get(key, ())}


def where_it_stands(protocol: Protocol, subject: Subject, answers: dict[str, str]) -> Triage:
    """Return where the questions of a call stand."""
    asking = find_asking(subject.id)
    picked = asking.card if asking and asking.card in protocol.cards else ""
    return triage(protocol, answers, nature=subject.nature, age=subject.age, card=picked)


def find_asking(call_id: str) -> Asking | None:
    """Return what is known of a call's triage, if it began."""
    return Asking.objects.filter(pk=call_id).first()


# ---------------------------------------------------------------- gestures


def question_answer(*, call_id: str, question: str, answer: str, by: By) -> None:
    """Write down what the caller answered. Given anew it takes the former's place, which stays in the log.

    Raises:
        NotFound: there is no such call or draft.
        Refused: it is over.
        BadInput: there is no such question or answer, or triage cannot be asked here.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        subject = open_subject(call_id)
        protocol = protocol_of(subject)
        _record_answer(record, protocol, call_id, question, answer)
        reach(record, protocol, subject)


def _record_answer(
    record: Record, protocol: Protocol, call_id: str, question: str, answer: str, *, step: str = ""
) -> None:
    triage(protocol, {question: answer})  # Refuses, in words, what does not exist.
    card = protocol.cards[question.partition(".")[0]]
    record(
        QuestionAnswered(call_id=call_id, question=question, answer=answer, card_version=card.rule.version, step=step)
    )


def card_pick(*, call_id: str, card: str, by: By) -> None:
    """Go on with another card than the answers led to; "" goes back to these.

    Raises:
        NotFound: there is no such call or draft.
        Refused: it is over.
        BadInput: there is no such card.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        subject = open_subject(call_id)
        protocol = protocol_of(subject)
        triage(protocol, {}, card=card)  # Refuses, in words, what does not exist.
        record(CardPicked(call_id=call_id, card=card))
        reach(record, protocol, subject)


def reach(record: Record, protocol: Protocol, subject: Subject) -> None:
    """Record what the answers come to now, where that changed, and what follows for the call."""
    answers = known_answers(protocol, standing_answers(subject.id))
    now = where_it_stands(protocol, subject, answers)
    line = now.determinant
    if line is None:
        return
    before = find_asking(subject.id)
    reached = (line.id, line.priority, line.response, now.nature)
    if before is None or (before.determinant, before.priority, before.response, before.nature) != reached:
        record(
            DeterminantReached(
                call_id=subject.id,
                determinant=line.id,
                label=line.label,
                priority=line.priority,
                response=line.response,
                nature=now.nature,
                card_version=_card_of(protocol, line.id).rule.version,
                rules_hash=now.rules_hash,
                training=now.training,
            )
        )
        if subject.call is not None:
            _follow(record, subject.call, now, before)
    if now.recognised and (before is None or before.recognised_at is None):
        record(ArrestRecognised(call_id=subject.id, determinant=line.id))


def _card_of(protocol: Protocol, determinant: str) -> Card:
    return protocol.cards[determinant.partition("/")[0]]


def _follow(record: Record, call: Call, now: Triage, before: Asking | None) -> None:
    """Let nature and priority of a call follow what triage came to."""
    line = now.determinant
    assert line is not None
    nature = now.nature or call.said_nature
    if nature != call.nature:
        record(NatureChanged(call_id=call.id, nature=nature, reason=line.label, determinant=line.id))
    priority = followed(call, line.priority, first=before is None or before.priority is None)
    if priority != call.priority:
        record(
            PriorityChanged(call_id=call.id, priority=priority, reason=f"{line.label} ({line.id})", determinant=line.id)
        )


def followed(call: Call, found: int, *, first: bool) -> int:
    """Return the priority after triage found one. What a person set is raised by it and never lowered.

    Args:
        call: as it is.
        found: by triage now.
        first: whether triage found nothing before: then a priority that is not its nature's own was a person's.
    """
    said = call.said_priority
    if said is None and first and call.nature in natures() and call.priority != natures()[call.nature].priority:
        said = call.priority
    return found if said is None else min(said, found)


def step_tell(*, call_id: str, script: str, step: str, answer: str, by: By) -> None:
    """Write down that the caller was told a step, and what they said to it.

    Raises:
        NotFound: there is no such call or draft.
        Refused: it is over.
        BadInput: there is no such script, step or answer.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        subject = open_subject(call_id)
        protocol = protocol_of(subject)
        found = _step(protocol, script, step, answer)
        record(
            InstructionGiven(
                call_id=call_id,
                script=script,
                script_version=protocol.scripts[script].rule.version,
                step=step,
                answer=answer,
            )
        )
        for question, said in found.sets.items():  # To come here amounts to an answer.
            _record_answer(record, protocol, call_id, question, said, step=f"{script}/{step}")
        if found.sets:
            reach(record, protocol, subject)


def _step(protocol: Protocol, script: str, step: str, answer: str) -> Step:
    if script not in protocol.scripts:
        do = f"Tell one of {', '.join(protocol.scripts)}."
        raise BadInput(code="no_script", what=f"there is no script {script!r}.", do=do, where="script")
    steps = {one.key: one for one in protocol.scripts[script].steps}
    if step not in steps:
        raise BadInput(
            code="no_step", what=f"{script} has no step {step!r}.", do=f"Tell one of {', '.join(steps)}.", where="step"
        )
    found = steps[step]
    if answer and answer not in found.answers:
        do = f"Answer one of {', '.join(found.answers)}." if found.answers else "Leave it out."
        raise BadInput(code="answer", what=f"{answer!r} is no answer to step {step!r}.", do=do, where="answer")
    return found


def script_stop(*, call_id: str, script: str, reason: str, by: By) -> None:
    """Tell nothing more from a script. A step told later takes it up again.

    Raises:
        NotFound: there is no such call or draft.
        Refused: it is over.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        open_subject(call_id)
        record(ScriptStopped(call_id=call_id, script=script, reason=reason))


def first_compression(*, call_id: str, by: By) -> None:
    """Stamp that somebody at the scene began to push. Once: a wrong one is struck first.

    Raises:
        NotFound: there is no such call or draft.
        Refused: it is stamped already, or before the call rang.
    """
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        subject = get_subject(call_id)  # Also of a call that is over: it may be told late.
        if by.at < subject.rang_at:
            what = f"{wall_clock(by.at)} is before call {call_id} rang, at {wall_clock(subject.rang_at)}."
            raise Refused(code="before_the_ring", what=what, do="Enter the true time, or leave it missing.")
        asking = find_asking(call_id)
        if asking and asking.first_compression_at:
            said = f"{asking.first_compression_by} stamped it at {wall_clock(asking.first_compression_at)}."
            raise Refused(code="stamped_already", what=said, do="Strike that time first if it is wrong.")
        record(FirstCompression(call_id=call_id))


def time_strike(*, call_id: str, what: str, reason: str, by: By) -> None:
    """Say that a time of triage was entered wrongly. It is missing then, until it is entered anew.

    Raises:
        NotFound: there is no such call or draft.
        BadInput: there is no such time.
        Refused: it was never entered.
    """
    if what not in _WRITTEN:
        raise BadInput(
            code="no_time", what=f"there is no time {what!r}.", do=f"Use {', '.join(_WRITTEN)}.", where="what"
        )
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        get_subject(call_id)
        asking = find_asking(call_id)
        if asking is None or getattr(asking, _WRITTEN[what]) is None:
            raise Refused(
                code="not_stamped", what=f"There is no such time on {call_id}.", do="Nothing is to be struck."
            )
        record(TriageTimeStruck(call_id=call_id, what=what, reason=reason))


def nature_change(*, call_id: str, nature: str, reason: str, by: By) -> None:
    """Say what a call is about. Triage goes by it from now on.

    Raises:
        NotFound: there is no such call.
        Refused: it is closed.
        BadInput: there is no such nature.
    """
    if nature not in natures():
        raise BadInput(
            code="unknown_nature", what=f"there is no nature {nature!r}.", do="Pick one of the list.", where="nature"
        )
    with writing_of(call_id, by) as record:
        if record.earlier:
            return
        call = open_call(call_id)
        if (call.nature, call.said_nature) != (nature, nature):
            record(NatureChanged(call_id=call_id, nature=nature, reason=reason, determinant=""))
            reach_if_asked(record, call_id)


def reach_if_asked(record: Record, call_id: str) -> None:
    """Record what the answers come to now that something beside them changed, where triage began."""
    if not Answer.objects.filter(call_id=call_id).exists():
        return
    subject = get_subject(call_id)
    try:
        protocol = protocol_of(subject)
    except Refused:  # An approval ended meanwhile: what was found stands.
        return
    reach(record, protocol, subject)

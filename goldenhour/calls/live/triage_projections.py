"""What the log says of questions, answers and instructions, as tables."""

from datetime import date

from goldenhour.calls.events import (
    ArrestRecognised,
    CardApprovalWithdrawn,
    CardApproved,
    CardPicked,
    ChecklistTicked,
    DeterminantReached,
    FirstCompression,
    InstructionGiven,
    QuestionAnswered,
    ScriptStopped,
    TriageTimeStruck,
)
from goldenhour.calls.live.models import Answer, Asking, CardApproval, ChecklistTick, Told
from goldenhour.log.event import Recorded
from goldenhour.log.live.projections import projects

TIMES = {"arrest_recognised": "recognised", "first_compression": "first_compression"}


def _set(call_id: str, **values: object) -> None:
    Asking.objects.update_or_create(call_id=call_id, defaults=values)


@projects(QuestionAnswered)
def show_answer(fact: QuestionAnswered, where: Recorded) -> None:
    """Keep the answer; the latest of a question stands."""
    Answer.objects.create(
        call_id=fact.call_id,
        position=where.position,
        question=fact.question,
        answer=fact.answer,
        at=where.at,
        by=where.actor,
    )


@projects(CardPicked)
def show_picked(fact: CardPicked, _where: Recorded) -> None:
    """Go on with that card."""
    _set(fact.call_id, card=fact.card)


@projects(DeterminantReached)
def show_determinant(fact: DeterminantReached, where: Recorded) -> None:
    """Show what the answers come to."""
    _set(
        fact.call_id,
        determinant=fact.determinant,
        label=fact.label,
        priority=fact.priority,
        response=fact.response,
        nature=fact.nature,
        card_version=fact.card_version,
        rules_hash=fact.rules_hash,
        training=fact.training,
        reached_at=where.at,
    )


@projects(ArrestRecognised)
def show_recognised(fact: ArrestRecognised, where: Recorded) -> None:
    """Show when it was recognised."""
    _set(fact.call_id, recognised_at=where.at, recognised_by=where.actor)


@projects(FirstCompression)
def show_first_compression(fact: FirstCompression, where: Recorded) -> None:
    """Show when somebody began to push."""
    _set(fact.call_id, first_compression_at=where.at, first_compression_by=where.actor)


@projects(TriageTimeStruck)
def show_struck(fact: TriageTimeStruck, _where: Recorded) -> None:
    """Show the time no more: it is missing, until it is entered anew."""
    name = TIMES[fact.what]
    _set(fact.call_id, **{f"{name}_at": None, f"{name}_by": ""})


@projects(InstructionGiven)
def show_told(fact: InstructionGiven, where: Recorded) -> None:
    """Show how far the script is told."""
    Told.objects.create(
        call_id=fact.call_id,
        position=where.position,
        script=fact.script,
        step=fact.step,
        answer=fact.answer,
        at=where.at,
        by=where.actor,
    )
    _set(fact.call_id, script=fact.script, step=fact.step, step_answer=fact.answer, stopped="", stopped_at=None)


@projects(ScriptStopped)
def show_stopped(fact: ScriptStopped, where: Recorded) -> None:
    """Show that nothing more is told."""
    _set(fact.call_id, stopped=fact.script, stopped_at=where.at)


@projects(CardApproved)
def show_approved(fact: CardApproved, where: Recorded) -> None:
    """Show who stands for it, and until when."""
    CardApproval.objects.update_or_create(
        kind=fact.kind,
        card=fact.card,
        version=fact.version,
        defaults={
            "words": fact.words,
            "by": fact.by,
            "approved_at": where.at,
            "start": date.fromisoformat(fact.start),
            "until": date.fromisoformat(fact.until),
        },
    )


@projects(CardApprovalWithdrawn)
def show_withdrawn(fact: CardApprovalWithdrawn, _where: Recorded) -> None:
    """Nobody stands for it any more."""
    CardApproval.objects.filter(kind=fact.kind, card=fact.card, version=fact.version).delete()


@projects(ChecklistTicked)
def show_ticked(fact: ChecklistTicked, where: Recorded) -> None:
    """Show the tick, or show it no longer."""
    found = {"call_id": fact.call_id, "unit": fact.unit, "checklist": fact.checklist, "item": fact.item}
    if fact.ticked:
        ChecklistTick.objects.get_or_create(**found, defaults={"at": where.at, "by": where.actor})
    else:
        ChecklistTick.objects.filter(**found).delete()

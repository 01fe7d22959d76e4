"""The endpoints of triage: questions, instructions, times, and who stands for the cards. One gesture each."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field

from goldenhour.access.rules import Asked, approving, at_desk, board, one_call
from goldenhour.calls.live import asking, protocols
from goldenhour.calls.live.by import Text, by
from goldenhour.calls.live.shapes import ProtocolOut, TriageOut
from goldenhour.calls.live.shown import protocol_entry, triage_entry

router = Router(tags=["calls: triage"])


class AnswerIn(Schema):
    """What the caller answered."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    question: Text = Field(max_length=120)  # card.question
    answer: Text = Field(max_length=60)
    at: AwareDatetime | None = None


class CardIn(Schema):
    """The card to go on with; "" goes back to the one that the answers lead to."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    card: Text = Field(max_length=60)


class StepIn(Schema):
    """What the caller was told, and said to it."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    script: Text = Field(max_length=60)
    step: Text = Field(max_length=60)
    answer: Text = Field(default="", max_length=60)
    at: AwareDatetime | None = None


class StopIn(Schema):
    """Nothing more is told from this script."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    script: Text = Field(max_length=60)
    reason: Text = Field(default="", max_length=300)


class StampIn(Schema):
    """A time; now, where it does not say otherwise."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    at: AwareDatetime | None = None


class StrikeIn(Schema):
    """A time that was entered wrongly: arrest_recognised or first_compression."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    what: Text = Field(max_length=40)
    reason: Text = Field(min_length=1, max_length=300)


class ItemIn(Schema):
    """A card or script, such as "card arrest", and the hash of the words that were read."""

    model_config = ConfigDict(extra="forbid")

    name: Text = Field(max_length=80)
    words: Text = Field(max_length=64)


class ApproveIn(Schema):
    """Cards and scripts that a medical director stands for until a day."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    items: list[ItemIn] = Field(min_length=1, max_length=300)
    until: date


class WithdrawIn(Schema):
    """Cards and scripts that nobody stands for any more."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    names: list[Text] = Field(min_length=1, max_length=300)
    reason: Text = Field(min_length=1, max_length=300)


@router.get("/calls/{call_id}/triage", auth=one_call, response=TriageOut, exclude_unset=True)
def get_triage(request: Asked, call_id: str) -> dict[str, Any]:  # noqa: ARG001
    """Return where the questions stand: the next one with its keys, what the answers come to, what is told."""
    return triage_entry(call_id)


@router.post("/calls/{call_id}/triage/answers", auth=at_desk, response=TriageOut, exclude_unset=True)
def answer_question(request: Asked, call_id: str, body: AnswerIn) -> dict[str, Any]:
    """Write down an answer; return where the questions stand now."""
    asking.question_answer(
        call_id=call_id, question=body.question, answer=body.answer, by=by(request, body.id, at=body.at)
    )
    return triage_entry(call_id)


@router.post("/calls/{call_id}/triage/card", auth=at_desk, response=TriageOut, exclude_unset=True)
def pick_card(request: Asked, call_id: str, body: CardIn) -> dict[str, Any]:
    """Go on with another card; return where the questions stand now."""
    asking.card_pick(call_id=call_id, card=body.card, by=by(request, body.id))
    return triage_entry(call_id)


@router.post("/calls/{call_id}/triage/steps", auth=at_desk, response=TriageOut, exclude_unset=True)
def tell_step(request: Asked, call_id: str, body: StepIn) -> dict[str, Any]:
    """Write down that a step was told; return where the questions stand now."""
    asking.step_tell(
        call_id=call_id,
        script=body.script,
        step=body.step,
        answer=body.answer,
        by=by(request, body.id, at=body.at),
    )
    return triage_entry(call_id)


@router.post("/calls/{call_id}/triage/stop", auth=at_desk, response=TriageOut, exclude_unset=True)
def stop_script(request: Asked, call_id: str, body: StopIn) -> dict[str, Any]:
    """Tell nothing more; return where the questions stand now."""
    asking.script_stop(call_id=call_id, script=body.script, reason=body.reason, by=by(request, body.id))
    return triage_entry(call_id)


@router.post("/calls/{call_id}/triage/first-compression", auth=at_desk, response={204: None})
def stamp_first_compression(request: Asked, call_id: str, body: StampIn) -> Status[None]:
    """Stamp that somebody at the scene began to push."""
    asking.first_compression(call_id=call_id, by=by(request, body.id, at=body.at))
    return Status(204, None)


@router.post("/calls/{call_id}/triage/strike", auth=at_desk, response={204: None})
def strike_time(request: Asked, call_id: str, body: StrikeIn) -> Status[None]:
    """Strike a time that was entered wrongly."""
    asking.time_strike(call_id=call_id, what=body.what, reason=body.reason, by=by(request, body.id))
    return Status(204, None)


@router.get("/cards", auth=board, response=ProtocolOut)
def list_cards(request: Asked) -> dict[str, Any]:
    """Return the cards and scripts in force today, with who stands for each."""
    return protocol_entry(protocols.local_day(request.auth.at))


@router.post("/cards/approvals", auth=approving, response={204: None})
def approve_cards(request: Asked, body: ApproveIn) -> Status[None]:
    """Stand for cards and scripts as they are worded, until a day."""
    protocols.cards_approve(
        names=[(one.name, one.words) for one in body.items], until=body.until, by=by(request, body.id)
    )
    return Status(204, None)


@router.post("/cards/approvals/withdraw", auth=approving, response={204: None})
def withdraw_cards(request: Asked, body: WithdrawIn) -> Status[None]:
    """Stand for them no longer."""
    protocols.cards_withdraw(names=body.names, reason=body.reason, by=by(request, body.id))
    return Status(204, None)

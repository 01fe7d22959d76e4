"""What can happen to a call for help.

A call has its number from the first key that a call taker presses: as a draft, then as the call that the draft became.
Both are one stream, `call/26-0001`, and what identifies people in it is sealed under one key.
"""

from dataclasses import dataclass

from goldenhour.log.codec import Values, upcasts
from goldenhour.log.event import Event, event, personal


@event("calls.call_received", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallReceived(Event):
    """Somebody asked for help. The envelope's `at` is the first ring."""

    call_id: str  # The call number people read out, such as 26-0001.
    lon: float
    lat: float
    nature: str  # A key of calls.natures.
    priority: int  # 1 is the most urgent, 4 the least.
    patients: int
    address: str = personal()  # Where the caller is: often somebody's home.
    callback: str = personal()


@event("calls.priority_changed", version=2)
@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityChanged(Event):
    """The call turned out more, or less, urgent."""

    call_id: str
    priority: int
    reason: str
    determinant: str = ""  # What triage came to; "" when a person says so.


@upcasts("calls.priority_changed", from_version=1)
def _by_a_person(values: Values) -> Values:
    return values | {"determinant": ""}


@event("calls.call_closed")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallClosed(Event):
    """Nobody is needed on this call any more."""

    call_id: str
    outcome: str  # transported, treated_in_place, no_patient, cancelled, ...


# ---------------------------------------------------------------- as it is typed


@event("calls.draft_begun", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class DraftBegun(Event):
    """Somebody began to take a call. The envelope's `at` is the first ring."""

    call_id: str
    fields: dict[str, object]  # As typed, half words and all; see calls.details.
    sealed: str = personal("{}")  # The fields that identify somebody, as JSON.


@event("calls.draft_changed", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class DraftChanged(Event):
    """More was typed. A field that is null was emptied."""

    call_id: str
    version: int  # What this change made of it: one more than the version it was typed on.
    fields: dict[str, object]
    sealed: str = personal("{}")


@event("calls.draft_taken_over")
@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTakenOver(Event):
    """Somebody else goes on with it: the envelope's actor."""

    call_id: str
    former: str  # Who had it.


@event("calls.draft_discarded")
@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDiscarded(Event):
    """It is no call. Its number stays used, with the reason."""

    call_id: str
    reason: str


@event("calls.draft_sent")
@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSent(Event):
    """The draft became the call of that number."""

    call_id: str
    version: int  # Of the draft, as it was sent.
    sent_at: str  # When dispatch had it, ISO; the envelope's `at` is the first ring.
    said_nature: str  # What it was about as people said; triage may have found otherwise.
    said_priority: int | None  # The same; null where nobody said.


@event("calls.details_changed", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsChanged(Event):
    """More became known about the caller or the patient. A field that is null was emptied."""

    call_id: str
    version: int
    fields: dict[str, object]
    sealed: str = personal("{}")


@event("calls.location_heard")
@dataclass(frozen=True, slots=True, kw_only=True)
class LocationHeard(Event):
    """A phone, or its network, said where it is. It moves no call: a person does."""

    call_id: str
    lon: float
    lat: float
    accuracy_m: float | None  # Radius within which it probably is; null where nobody said.
    source: str  # first, rebid, text, caller


@event("calls.place_changed", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChanged(Event):
    """The call is somewhere else than it was taken for."""

    call_id: str
    lon: float
    lat: float
    reason: str
    address: str = personal()


@event("calls.text_exchanged", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class TextExchanged(Event):
    """One line of a conversation in text messages."""

    call_id: str
    direction: str  # in: from the caller; out: to the caller
    text: str = personal()


@event("calls.interpreter_wanted")
@dataclass(frozen=True, slots=True, kw_only=True)
class InterpreterWanted(Event):
    """The caller speaks another language."""

    call_id: str
    language: str


@event("calls.interpreter_joined")
@dataclass(frozen=True, slots=True, kw_only=True)
class InterpreterJoined(Event):
    """An interpreter is on the line."""

    call_id: str
    language: str


# ---------------------------------------------------------------- triage


@event("calls.question_answered")
@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered(Event):
    """The caller answered one question. An answer given anew takes the place of the former, which stays here."""

    call_id: str
    question: str  # card.question
    answer: str
    card_version: str
    step: str  # The script's step that amounts to the answer, "" when it was asked.


@event("calls.card_picked")
@dataclass(frozen=True, slots=True, kw_only=True)
class CardPicked(Event):
    """The call taker went on with another card than the answers led to; "" goes back to these."""

    call_id: str
    card: str


@event("calls.determinant_reached")
@dataclass(frozen=True, slots=True, kw_only=True)
class DeterminantReached(Event):
    """The answers so far come to this."""

    call_id: str
    determinant: str  # card/line
    label: str
    priority: int
    response: str
    nature: str  # "" leaves the call's own.
    card_version: str
    rules_hash: str
    training: bool  # Some card on the way was approved by nobody.


@event("calls.nature_changed")
@dataclass(frozen=True, slots=True, kw_only=True)
class NatureChanged(Event):
    """The call turned out to be about something else."""

    call_id: str
    nature: str
    reason: str
    determinant: str  # What triage came to; "" when a person says so.


@event("calls.arrest_recognised")
@dataclass(frozen=True, slots=True, kw_only=True)
class ArrestRecognised(Event):
    """The answers say for the first time that somebody is in cardiac arrest."""

    call_id: str
    determinant: str


@event("calls.first_compression")
@dataclass(frozen=True, slots=True, kw_only=True)
class FirstCompression(Event):
    """Somebody at the scene began to push."""

    call_id: str


@event("calls.triage_time_struck")
@dataclass(frozen=True, slots=True, kw_only=True)
class TriageTimeStruck(Event):
    """That the arrest was recognised, or that somebody began to push, was entered wrongly."""

    call_id: str
    what: str  # arrest_recognised or first_compression
    reason: str


@event("calls.instruction_given")
@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionGiven(Event):
    """The caller was told one step of a script."""

    call_id: str
    script: str
    script_version: str
    step: str
    answer: str  # What the caller said to it, "" where nothing was asked.


@event("calls.script_stopped")
@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptStopped(Event):
    """Nothing more is told from this script."""

    call_id: str
    script: str
    reason: str


@event("calls.card_approved")
@dataclass(frozen=True, slots=True, kw_only=True)
class CardApproved(Event):
    """A medical director stands for one version of a card, script or checklist, as it is worded, until a day."""

    kind: str  # card, script or checklist
    card: str
    version: str
    words: str  # Hash of what it says.
    by: str
    start: str  # ISO days.
    until: str  # The first day on which nobody stands for it any more.


@event("calls.card_approval_withdrawn")
@dataclass(frozen=True, slots=True, kw_only=True)
class CardApprovalWithdrawn(Event):
    """Nobody stands for it any more."""

    kind: str
    card: str
    version: str
    reason: str


# ---------------------------------------------------------------- the place, and calls beside this one


@event("calls.premise_noted", personal_key="note")
@dataclass(frozen=True, slots=True, kw_only=True)
class PremiseNoted(Event):
    """Somebody wrote down what matters at a place. Its text is sealed: it may be an illness or a door code."""

    note: str
    lon: float
    lat: float
    kind: str  # hazard, access, medical_need, contact, other
    until: str  # ISO, after which it is shown no more; "" for none.
    address: str = personal()
    text: str = personal()


@event("calls.premise_note_ended")
@dataclass(frozen=True, slots=True, kw_only=True)
class PremiseNoteEnded(Event):
    """It holds no longer, or never did."""

    note: str
    reason: str


@event("calls.duplicate_linked")
@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateLinked(Event):
    """Somebody says that two callers report the same thing."""

    call_id: str
    same_as: str
    reason: str


@event("calls.duplicate_unlinked")
@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateUnlinked(Event):
    """They do not."""

    call_id: str
    same_as: str
    reason: str


# ---------------------------------------------------------------- calls that are not, or not yet, emergencies


@event("calls.disposition_given", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class DispositionGiven(Event):
    """What was done about a call beside sending units, or instead of it."""

    call_id: str
    kind: str  # A key of calls.dispositions.
    to: str  # The other center, the line or the service; "" for none.
    note: str = personal()


@event("calls.follow_up_planned", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpPlanned(Event):
    """Somebody is to see to this call again."""

    follow_up: str
    call_id: str
    kind: str
    due_at: str  # ISO.
    note: str = personal()


@event("calls.follow_up_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpMoved(Event):
    """It is due at another time."""

    follow_up: str
    call_id: str
    due_at: str
    reason: str


@event("calls.follow_up_done", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpDone(Event):
    """Somebody saw to it, or it is not needed any more."""

    follow_up: str
    call_id: str
    outcome: str  # done or dropped
    note: str = personal()


@event("calls.callback_tried")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackTried(Event):
    """Somebody rang a caller back."""

    call_id: str
    outcome: str  # reached, no_answer, busy, voicemail, wrong_number


# ---------------------------------------------------------------- working on one call together


@event("calls.note_written", personal_key="call_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(Event):
    """Somebody wrote something down on a call. The event's own id is the note's."""

    call_id: str
    shown_to: str  # A value of calls.notes.ShownTo.
    text: str = personal()


@event("calls.note_struck")
@dataclass(frozen=True, slots=True, kw_only=True)
class NoteStruck(Event):
    """A note was wrong. It stays, struck through."""

    call_id: str
    note: str  # The id of the event that wrote it.
    reason: str


@event("calls.call_claimed")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallClaimed(Event):
    """Somebody works on a call: the envelope's actor. Said again while they go on."""

    call_id: str
    doing: str  # A value of calls.claims.Doing.
    former: str  # From whom it was taken over; "" when nobody had it.


@event("calls.claim_released")
@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimReleased(Event):
    """They work on it no longer."""

    call_id: str


@event("calls.incidents_linked")
@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentsLinked(Event):
    """Two calls, each with units of its own, belong to one event."""

    call_id: str
    to_call_id: str
    reason: str


@event("calls.incidents_unlinked")
@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentsUnlinked(Event):
    """They do not, or no longer."""

    call_id: str
    to_call_id: str
    reason: str


@event("calls.call_split")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallSplit(Event):
    """A second incident was made out of a call. Its clock is that of the first ring; the two are linked."""

    call_id: str  # The second one.
    from_call_id: str
    rang_at: str  # ISO: when the first one rang.
    reason: str


@event("calls.split_undone")
@dataclass(frozen=True, slots=True, kw_only=True)
class SplitUndone(Event):
    """It was one incident after all."""

    call_id: str
    from_call_id: str
    reason: str


@event("calls.call_reopened")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallReopened(Event):
    """A closed call needs somebody again."""

    call_id: str
    reason: str


# ---------------------------------------------------------------- review: a stream of its own, review/...


@event("calls.call_reviewed", personal_key="review")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallReviewed(Event):
    """A reviewer listened to a call. All of it is sealed: review is no part of the call's own record."""

    review: str
    sealed: str = personal("{}")  # call_id, findings and notes, as JSON.


@event("calls.checklist_ticked")
@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistTicked(Event):
    """A crew ticked an item of a checklist, or took the tick back."""

    call_id: str
    unit: str
    checklist: str
    version: str  # As the crew saw it.
    item: str
    ticked: bool

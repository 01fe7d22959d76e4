"""What calls answer, as the description of the interface says it. Times are ISO-8601 in UTC."""

from typing import Literal

from pydantic import BaseModel

Said = str | bool | int | float | None  # What was typed into a field.


class ClaimOut(BaseModel):
    """Who works on a call, until it ends by itself."""

    by: str
    since: str
    doing: Literal["working", "typing"]
    until: str


class DraftEntryOut(BaseModel):
    """A call as it is typed, half words and all."""

    call_id: str
    state: str
    rang_at: str
    owner: str
    owned_since: str
    version: int
    changed_at: str | None
    changed_by: str
    reason: str
    fields: dict[str, Said]


class StruckOut(BaseModel):
    """That an entry was declared wrong."""

    at: str
    by: str
    reason: str


class NoteOnCallOut(BaseModel):
    """A note of a call."""

    note: str
    call_id: str
    at: str
    by: str
    shown_to: Literal["desk", "crews", "hospital"]
    text: str
    struck: StruckOut | None


class FoundPlaceOut(BaseModel):
    """A place that may be meant."""

    kind: Literal["address", "street", "crossing", "place", "coordinates"]
    label: str
    lon: float
    lat: float
    municipality: str
    street: str
    number: int | None
    exact: bool  # Whether this very number is on record.
    note: str  # What is uncertain about it, in words; "" for nothing.
    score: float
    distance_m: float | None


class PlacesOut(BaseModel):
    """The places that may be meant, the likeliest first."""

    q: str
    ambiguous: bool  # The same words stand in several towns: a person says in which.
    ask: str
    places: list[FoundPlaceOut]


class PremiseNoteOut(BaseModel):
    """What matters at a place."""

    note: str
    kind: str
    text: str
    address: str
    author: str
    at: str
    until: str | None
    distance_m: int


class EarlierCallOut(BaseModel):
    """A closed call at a place."""

    call_id: str
    received_at: str
    nature: str
    priority: int
    outcome: str
    distance_m: int


class EarlierOut(BaseModel):
    """How many calls there were at a place in so many months, and the latest of them."""

    months: int
    count: int
    calls: list[EarlierCallOut]


class NearCallOut(BaseModel):
    """An open call near a place, and how many minutes ago it rang."""

    call_id: str
    received_at: str
    nature: str
    priority: int
    patients: int
    address: str
    distance_m: int
    minutes: float


class NearDraftOut(BaseModel):
    """A call that is being typed, near a place."""

    call_id: str
    owner: str
    rang_at: str
    nature: str
    distance_m: int
    minutes: float


class PremiseOut(BaseModel):
    """What is known of a place, and which open calls are near it."""

    notes: list[PremiseNoteOut]
    earlier: EarlierOut
    nearby: list[NearCallOut]
    drafts: list[NearDraftOut]


class AnswerKeyOut(BaseModel):
    """An answer, and the digit that is pressed for it."""

    key: str
    label: str
    press: str


class QuestionOut(BaseModel):
    """The next question."""

    key: str  # card.question
    ask: str
    help: str
    answers: list[AnswerKeyOut]


class BareAnswerOut(BaseModel):
    """What was answered."""

    question: str
    answer: str
    at: str
    by: str


class GivenAnswerOut(BareAnswerOut):
    """What was answered, with the words of the card where there is one."""

    card: str = ""
    ask: str = ""
    label: str = ""
    former: list[BareAnswerOut] = []


class CardOut(BaseModel):
    """The card that is asked from."""

    id: str
    label: str
    version: str
    training: bool


class DeterminantOut(BaseModel):
    """What the answers come to."""

    id: str
    label: str
    priority: int
    response: str
    nature: str
    card_version: str


class ScriptStepOut(BaseModel):
    """What the caller is told, and whether it was."""

    key: str
    say: str
    answers: list[AnswerKeyOut]
    goes: dict[str, str]
    leads_to: str | None
    metronome: int | None  # Beats a minute while this is told.
    stamps: str | None  # The time that belongs to this step.
    waits: bool  # The caller's answer is waited for before going on.
    told_at: str | None
    answer: str


class ScriptOut(BaseModel):
    """What the caller is told now; `step` null at its end."""

    id: str
    title: str
    version: str
    training: bool
    step: str | None
    stopped_at: str | None
    steps: list[ScriptStepOut]


class CardNameOut(BaseModel):
    """A card that can be picked."""

    id: str
    label: str


class TriageOut(BaseModel):
    """Where the questions of a call stand. Without `available` nothing can be asked here, and `what` says why."""

    call_id: str
    available: bool
    what: str = ""
    do: str = ""
    training: bool = False
    rules_hash: str = ""
    age_group: str
    card: CardOut | None = None
    picked: str = ""
    question: QuestionOut | None = None
    answers: list[GivenAnswerOut]
    determinant: DeterminantOut | None = None
    recognised: list[str] = []
    script: ScriptOut | None = None
    cards: list[CardNameOut] = []
    recognised_at: str | None
    first_compression_at: str | None


class ApprovalOut(BaseModel):
    """Who stands for words, from a day until a day; `same_words` false where they were changed since."""

    by: str
    start: str
    until: str
    same_words: bool


class WordedOut(BaseModel):
    """A card, script or checklist in force, and the hash of its words."""

    name: str
    label: str
    version: str
    tier: str
    source: str
    words: str
    approved: bool
    approval: ApprovalOut | None


class ProtocolOut(BaseModel):
    """The cards, scripts and checklists in force on a day."""

    day: str
    hash: str
    training_allowed: bool
    items: list[WordedOut]


class ItemOut(BaseModel):
    """An item of a checklist."""

    key: str
    say: str


class ChecklistOut(BaseModel):
    """A checklist, and who stands for it."""

    id: str
    title: str
    version: str
    training: bool
    approved_by: str
    source: str
    items: list[ItemOut]


class ChecklistsOut(BaseModel):
    """The checklists in force today."""

    checklists: list[ChecklistOut]


class DispositionKindOut(BaseModel):
    """What can be done about a call beside sending units."""

    key: str
    label: str
    ends: bool  # A call that is still taken is off the desk with it.
    to: bool  # It must be said to, or from, whom.
    follow_up: bool  # It must be said when somebody sees to it again.


class GivenOut(BaseModel):
    """What was done about a call beside sending units."""

    call_id: str
    kind: str
    label: str
    to: str
    note: str
    at: str
    by: str


class DispositionsOut(BaseModel):
    """The kinds that there are, and what was given."""

    kinds: list[DispositionKindOut]
    given: list[GivenOut]


class FollowUpOut(BaseModel):
    """What somebody is to see to again."""

    follow_up: str
    call_id: str
    kind: str
    due_at: str
    note: str
    by: str
    done_at: str | None
    done_by: str
    outcome: str
    done_note: str


class DueOut(FollowUpOut):
    """A follow-up, and whether it should have been done by now."""

    overdue: bool


class CallbackOut(BaseModel):
    """That somebody rang a caller back."""

    at: str
    by: str
    outcome: str


class RingBackOut(GivenOut):
    """A call whose caller is to be rung back, and who tried."""

    callback: str | bool | int | float  # As it was typed.
    attempts: list[CallbackOut]
    reached: bool


class ReviewOut(BaseModel):
    """A call that is listened to again; what was found, once it was reviewed."""

    call_id: str
    why: str
    listed_at: str
    received_at: str | None
    nature: str
    closed_at: str | None
    determinant: str
    recognition_s: float | None  # From the first ring.
    first_compression_s: float | None
    reviewed_at: str | None
    reviewed_by: str
    findings: dict[str, Said] = {}
    note: str = ""


class TriagedOut(BaseModel):
    """What triage of a call came to."""

    determinant: str
    label: str
    priority: int | None
    response: str
    training: bool
    recognised_at: str | None
    first_compression_at: str | None


class LocationOut(BaseModel):
    """Where a phone said it is; `off_m` is how far that is from where the call is taken for."""

    at: str
    lon: float
    lat: float
    accuracy_m: float | None
    source: str
    off_m: float | None


class TextLineOut(BaseModel):
    """One line of a conversation in text messages: `in` from the caller, `out` to the caller."""

    at: str
    by: str
    direction: str
    text: str


class InterpreterOut(BaseModel):
    """The interpreter of a call."""

    language: str
    wanted_at: str | None
    joined_at: str | None


class SameCallOut(BaseModel):
    """A call that is about the same."""

    call_id: str
    at: str
    by: str
    reason: str


class KnownCallOut(BaseModel):
    """All that is known of a call. Of one that is still a draft there is nothing between `call_id` and `draft`."""

    call_id: str
    received_at: str = ""
    sent_at: str | None = None
    lon: float = 0.0
    lat: float = 0.0
    address: str = ""
    nature: str = ""
    said_nature: str = ""
    priority: int = 0
    closed_at: str | None = None
    outcome: str = ""
    version: int = 0
    changed_at: str | None = None
    changed_by: str = ""
    details: dict[str, Said] = {}
    draft: DraftEntryOut | None
    triage: TriagedOut | None
    locations: list[LocationOut]
    texts: list[TextLineOut]
    interpreter: InterpreterOut | None
    same_as: str | None
    duplicates: list[SameCallOut]
    disposition: GivenOut | None
    follow_ups: list[FollowUpOut]
    callbacks: list[CallbackOut]

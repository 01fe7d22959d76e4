"""What the workforce answers, as the description of the interface says it.

Days are 2026-05-04, times ISO-8601 in UTC. Spans are half open: `end` is the first day it no longer holds.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, WithJsonSchema

Verdict = Literal["allow", "deny", "unknown"]
Stands = Literal["not_yet", "live", "restricted", "suspended", "lapsed", "revoked", "surrendered"]
StepState = Literal["met", "to_do", "blocked", "unknown"]
Number = Annotated[int | float, WithJsonSchema({"type": "number"})]  # A rule's 48 is answered as 48, not 48.0.

# ---------------------------------------------------------------- scope


class LevelWordsOut(BaseModel):
    """A level of licence or practice; `counts_as` is the highest that dispatch may count it for."""

    key: str
    name: str
    group: str
    counts_as: str
    care: bool


class SkillWordsOut(BaseModel):
    """A skill."""

    key: str
    name: str
    category: str


class PlaceWordsOut(BaseModel):
    """A place that can be asked about; without a book every answer is unknown."""

    place: str
    name: str
    book: bool
    note: str
    synthetic: bool


class WordOut(BaseModel):
    """A choice: its key, and what people read."""

    key: str
    name: str


class VocabularyOut(BaseModel):
    """The words that a question is made of, the place served ("" for none) and the day it is there."""

    today: str
    place: str
    time_zone: str
    levels: list[LevelWordsOut]
    skills: list[SkillWordsOut]
    places: list[PlaceWordsOut]
    endorsements: list[str]
    roles: list[WordOut]
    settings: list[WordOut]
    routes: list[WordOut]
    orders: list[WordOut]
    facts: list[WordOut]  # What somebody may have that a way into another state asks for.


class FindingOut(BaseModel):
    """One reason of a decision."""

    layer: Literal["role", "standing", "compact", "state", "national", "conditions", "agency"]
    verdict: Verdict
    what: str
    rule: str
    source: str
    start: str | None
    end: str | None
    confidence: str
    unconfirmed: bool
    note: str


class DecisionOut(BaseModel):
    """Whether somebody may do something, and everything the answer rests on."""

    verdict: Verdict
    findings: list[FindingOut]
    rules_hash: str


class DisputeOut(BaseModel):
    """Somebody's word that a rule is wrong; `as_then`: the books have not changed since."""

    rule: str
    place: str
    words: str
    said_by: str
    said_at: str
    rules_hash: str
    as_then: bool
    still_there: bool


class DisputesOut(BaseModel):
    """The rules that somebody says are wrong, the newest word first."""

    disputes: list[DisputeOut]


class CellOut(BaseModel):
    """One answer in short."""

    verdict: Verdict
    why: str
    unconfirmed: bool


class TableRowOut(BaseModel):
    """A skill, and its answer by level."""

    skill: str
    name: str
    category: str
    cells: dict[str, CellOut]


class ScopeTableOut(BaseModel):
    """Every skill of a place by level."""

    place: str
    name: str
    note: str
    on: str
    levels: list[WordOut]
    rows: list[TableRowOut]
    rules_hash: str


class DiffRowOut(BaseModel):
    """A skill that two places answer differently."""

    skill: str
    name: str
    category: str
    one: CellOut
    other: CellOut


class ScopeDiffOut(BaseModel):
    """The skills that two places answer differently for a level, and how many they answer alike."""

    one: str
    other: str
    level: str
    on: str
    rows: list[DiffRowOut]
    same: int
    rules_hash: str


# ---------------------------------------------------------------- people


class AffiliationOut(BaseModel):
    """A place in an agency; `practice` "" is the licence's own level."""

    agency: str
    service: str
    pay: str
    role: str
    practice: str
    director: str
    start: str
    end: str | None


class StandingOfOut(BaseModel):
    """Whether somebody holds a live licence, by what, and why or why not."""

    live: bool
    by: Literal["licence", "privilege", "elsewhere", "certificate", ""]
    licence: str
    level: str
    level_words: str
    practice: str
    endorsements: list[str]
    restrictions: list[str]
    verified: bool
    until: str | None
    why: str


class ExpiryOut(BaseModel):
    """A credential that ends: its last day, and the midnight after."""

    person: str
    credential: str
    kind: str
    place: str
    level: str
    name: str
    expires: str
    ends_at: str
    days_left: int
    notice: int


class ExpiryOfOut(ExpiryOut):
    """A credential that ends, and whose it is."""

    name_of_person: str


class ExpiringOut(BaseModel):
    """What ends, the next to end first."""

    expiring: list[ExpiryOfOut]


class PersonRowOut(BaseModel):
    """Somebody as a list shows them."""

    id: str
    name: str
    given_name: str
    family_name: str
    affiliations: list[AffiliationOut]
    standing: StandingOfOut
    credentials: int
    unverified: int
    next_end: ExpiryOut | None


class PeopleOut(BaseModel):
    """So many were found, and these of them."""

    total: int
    people: list[PersonRowOut]


class PersonIdOut(BaseModel):
    """The person's id."""

    person: str


class LookedUpOut(BaseModel):
    """That a credential was looked up where it was issued."""

    by: str
    at: str
    how: str


class SpanOut(BaseModel):
    """Days on which a credential stands in one way."""

    start: str
    end: str | None
    status: Stands
    level: str
    words: list[str]


class ChangeOut(BaseModel):
    """What was done to a credential."""

    position: int
    what: str
    day: str
    start: str | None
    until: str | None
    level: str
    strikes: int
    holds_until: str | None
    words: str
    actor: str
    at: str | None


class CredentialOut(BaseModel):
    """A credential as it stands on a day, with its history."""

    id: str
    kind: str
    place: str
    issuer: str
    level: str
    level_words: str
    name: str
    number: str
    status: Stands
    words: list[str]
    since: str | None
    until: str | None
    expires: str | None
    verified: LookedUpOut | None
    spans: list[SpanOut]
    history: list[ChangeOut]


class ImmunisationOut(BaseModel):
    """What somebody is immune against, and since when."""

    name: str
    year: int


class PersonOut(BaseModel):
    """Somebody with all they hold, as of a day."""

    id: str
    name: str
    given_name: str
    family_name: str
    affiliations: list[AffiliationOut]
    standing: StandingOfOut
    credentials: list[CredentialOut]
    unverified: int
    next_end: ExpiryOut | None
    on: str
    born: str | None
    email: str
    phone: str
    languages: list[str]
    immunisations: list[ImmunisationOut]
    next_change: str | None


class MaySkillOut(BaseModel):
    """A skill, whether somebody may do it, and by which rule."""

    skill: str
    name: str
    verdict: Verdict
    why: str
    rule: str
    source: str
    unconfirmed: bool


class MayOut(BaseModel):
    """The skills of a category, and how many of each verdict."""

    category: str
    allow: int
    deny: int
    unknown: int
    skills: list[MaySkillOut]


class EndsOut(BaseModel):
    """A credential of one's own that ends."""

    credential: str
    kind: str
    expires: str
    ends_at: str
    days_left: int
    notice: int


class OwesOut(BaseModel):
    """What somebody still has to do for a credential, by when."""

    credential: str
    what: str
    by: str


class OwnPageOut(BaseModel):
    """What somebody may do here today and why, what of theirs ends, what they owe."""

    person: str
    place: str
    on: str
    standing: StandingOfOut
    may: list[MayOut]
    ends: list[EndsOut]
    owes: list[OwesOut]


class CredentialIdOut(BaseModel):
    """The credential's id."""

    credential: str


class CorrectedOut(BaseModel):
    """Whether it was corrected; if not, the proposal that waits for a second person."""

    done: bool
    proposal: str | None


class ReportLineOut(BaseModel):
    """What is said of a line of a file."""

    line: int
    means: Literal["fault", "change", "same", "note"]
    what: str
    do: str


class ImportReportOut(BaseModel):
    """What came of a file: done, or the proposal that waits and why, and each line."""

    done: bool
    checked: bool
    facts: int
    proposal: str | None
    why: str | None
    lines: list[ReportLineOut]


class BadFileOut(BaseModel):
    """Why a file was not taken in, line by line."""

    code: str
    what: str
    do: str
    done: bool
    checked: bool
    facts: int
    proposal: str | None
    why: str | None
    lines: list[ReportLineOut]


class ProposalOut(BaseModel):
    """A change that waits, or waited, for a second person."""

    id: str
    kind: str
    state: Literal["waiting", "confirmed", "dropped"]
    proposed_by: str
    proposed_at: str
    decided_by: str
    decided_at: str | None
    dropped: int
    of: int
    where: str
    day: str
    person: str
    credential: str
    yours: bool


class ProposalsOut(BaseModel):
    """The changes that wait for a second person."""

    proposals: list[ProposalOut]


class FitsOut(BaseModel):
    """Whether somebody may sit in a seat, and what they lack."""

    id: str
    name: str
    fits: bool
    lacks: list[str]


class LackingOut(BaseModel):
    """Who may sit in a seat, and what the others lack."""

    place: str
    people: list[FitsOut]


class CalendarOut(BaseModel):
    """The secret address of an agency's calendar, said this once."""

    address: str


# ---------------------------------------------------------------- moving


class StepOut(BaseModel):
    """One thing to have or to do."""

    what: str
    state: StepState
    rule: str
    source: str


class WayOut(BaseModel):
    """One way to practise there, or why it is closed; a note has no verdict."""

    way: str
    verdict: Literal["open", "to_do", "closed", "unknown", ""]
    what: str
    steps: list[StepOut]
    rule: str
    source: str
    start: date | None
    end: date | None
    confidence: str
    unconfirmed: bool
    note: str


class WayStepOut(BaseModel):
    """A step, and of which way it is."""

    way: str
    what: str
    state: StepState
    rule: str
    source: str


class PathOut(BaseModel):
    """What it takes to practise in another state."""

    verdict: Literal["may_practise", "steps_to_take", "not_recognised", "unknown"]
    what: str
    do: str
    level: str
    licence: str
    to: str
    on: str
    ways: list[WayOut]
    steps: list[WayStepOut]  # Of every way that is not closed.

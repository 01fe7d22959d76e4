"""What training answers, as the description of the interface says it. Days are 2026-05-04, times ISO-8601 in UTC."""

from typing import Literal

from pydantic import BaseModel

from goldenhour.workforce.live.shapes import Number


class HourRangeOut(BaseModel):
    """Hours of a course as one basis gives them (null: it gives none), and how planned ones stand beside them."""

    basis: str
    low: Number | None
    high: Number | None
    beyond: str  # The level whose course comes before these hours; "" for none.
    detail: str
    place: str
    dated: bool  # False: from when the figure holds is not known.
    unconfirmed: bool
    source: str
    judged: Literal["below", "within", "above", "no_range"] | None


class CourseHoursOut(BaseModel):
    """What is said of a level's hours; whether the bases agree, null where fewer than two give any."""

    level: str
    words: str
    agree: bool | None
    ranges: list[HourRangeOut]


class SkillSheetOut(BaseModel):
    """A skill sheet: its steps and critical fails by key."""

    id: str
    version: str
    title: str
    skill: str
    levels: list[str]
    approved: bool
    steps: dict[str, str]
    critical: dict[str, str]
    pass_points: int
    source: str


class SheetsOut(BaseModel):
    """The topics that hours can be about, and the skill sheets in force."""

    topics: dict[str, str]
    sheets: list[SkillSheetOut]


class ProgrammeApprovalOut(BaseModel):
    """A state's approval of a programme."""

    id: str
    programme: str
    state: str
    levels: list[str]
    start: str
    until: str | None
    source: str


class ProgrammeApprovalsOut(BaseModel):
    """The approvals of the caller's agencies' programmes."""

    approvals: list[ProgrammeApprovalOut]


class ApprovalIdOut(BaseModel):
    """The approval's id."""

    approval: str


class CourseOut(BaseModel):
    """A course, with what is said of its level's hours."""

    id: str
    agency: str
    programme: str
    level: str
    state: str
    place_kind: str
    place: str
    hours: dict[str, Number]
    total: Number
    sheets: list[str]
    start: str
    end: str | None
    cancelled: bool
    known_hours: CourseHoursOut


class CoursesOut(BaseModel):
    """The courses of the caller's agencies."""

    courses: list[CourseOut]


class NotesOut(BaseModel):
    """What is worth knowing of it."""

    notes: list[str]


class TryOut(BaseModel):
    """How a try at a skill sheet went."""

    attempt: str
    passed: bool
    points: int
    of: int
    critical: list[str]
    why: str


class CreditOut(BaseModel):
    """How many hours of an earlier course count, and why."""

    counts: Number
    why: str


class CheckOut(BaseModel):
    """One thing that completion asks."""

    what: str
    met: bool
    do: str


class UncountedOut(BaseModel):
    """Hours that do not count, and why."""

    hours: Number
    why: str


class CompletionOut(BaseModel):
    """How far somebody is in a course; `eligible` for a certificate."""

    completed: bool
    eligible: bool
    progress: Number
    missing: list[str]
    checks: list[CheckOut]
    done: dict[str, Number]
    planned: dict[str, Number]
    uncounted: list[UncountedOut]
    notes: list[str]


class InCourseOut(BaseModel):
    """Somebody's place in a course: what was recorded of it, and how it stands by all that is known now."""

    completed: bool
    eligible: bool | None  # When it was completed; null before.
    progress: Number
    missing: list[str]
    checks: list[CheckOut]
    done: dict[str, Number]
    planned: dict[str, Number]
    uncounted: list[UncountedOut]
    notes: list[str]
    eligible_now: bool
    status: Literal["enrolled", "left", "completed"]
    completed_on: str | None
    why: str


class AttemptOut(BaseModel):
    """A try at a skill sheet."""

    id: str
    person: str
    sheet: str
    version: str
    day: str
    done: list[str]
    critical: list[str]
    points: int
    of: int
    passed: bool
    examiner: str
    struck: bool


class HeldSessionOut(BaseModel):
    """Hours that were given; `counts`: by an instructor who may."""

    session: str
    day: str
    topic: str
    hours: float
    instructor: str
    struck: bool
    counts: bool


class _PersonOf(BaseModel):
    person: str


class PersonInCourseOut(InCourseOut, _PersonOf):
    """Somebody in a course, and how far they are."""


class CourseWholeOut(CourseOut):
    """A course with its sessions, and how far everybody in it is."""

    sessions: list[HeldSessionOut]
    attempts: list[AttemptOut]
    people: list[PersonInCourseOut]


class _CourseOf(BaseModel):
    course: str
    level: str
    attempts: list[AttemptOut]


class OwnCourseOut(InCourseOut, _CourseOf):
    """A course that somebody is in, with their tries."""


class PartOut(BaseModel):
    """A component of a renewal: hours asked, counted, missing."""

    name: str
    asked: Number
    counted: Number
    missing: Number


class DistributiveOut(BaseModel):
    """Hours without an instructor: counted, and the most that count; null where that is not recorded."""

    counted: Number
    max: Number | None


class UncountedEntryOut(BaseModel):
    """Hours that do not count towards a renewal, and why."""

    entry: str
    hours: Number
    why: str


class RenewalProgressOut(BaseModel):
    """How far somebody is with a renewal, and by which rule."""

    model: str
    total: Number
    counted: Number
    fraction: Number
    done: bool
    split_known: bool
    parts: list[PartOut]
    distributive: DistributiveOut
    missing: list[str]
    uncounted: list[UncountedEntryOut]
    notes: list[str]
    unconfirmed: bool
    rule: str
    source: str


class RenewalOut(BaseModel):
    """A credential that is to be renewed; null where no rule says what that asks."""

    credential: str
    kind: str
    authority: str
    level: str
    start: str
    ends: str
    what: str
    progress: RenewalProgressOut | None


class EducationOut(BaseModel):
    """Hours of continuing education."""

    entry: str
    day: str
    hours: float
    component: str
    format: str
    topic: str
    about_children: bool
    accredited: bool


class TrainingOfOut(BaseModel):
    """Somebody's courses, their hours, and what they still owe."""

    person: str
    on: str
    courses: list[OwnCourseOut]
    renewals: list[RenewalOut]
    education: list[EducationOut]


class EntryIdOut(BaseModel):
    """The entry's id."""

    entry: str


class ShiftOut(BaseModel):
    """A shift of a site, and its hours of the week."""

    hours: str
    name: str


class MemberOut(BaseModel):
    """Who is of a team, in these hours of the week."""

    person: str
    hours: str
    start: str
    end: str | None


class TeamOut(BaseModel):
    """An employer's team on a site, and how many of it are enough."""

    id: str
    agency: str
    site: str
    state: str
    level: str
    asks: str
    least: int
    shifts: list[ShiftOut]
    members: list[MemberOut]


class TeamsOut(BaseModel):
    """The response teams of the caller's agencies."""

    teams: list[TeamOut]


class TeamIdOut(BaseModel):
    """The team's id."""

    team: str


class GapOut(BaseModel):
    """A time with too few on site."""

    start: str
    end: str


class StretchOut(BaseModel):
    """A time with the same members on site: those who count, and those whose licence does not hold."""

    start: str
    end: str
    who: list[str]
    not_counted: list[str]
    enough: bool


class CoveredShiftOut(BaseModel):
    """How far a shift is covered; no fraction where there is no time to cover."""

    name: str
    hours: Number
    covered_hours: Number
    fraction: Number | None
    gaps: list[GapOut]
    stretches: list[StretchOut]


class CoverageOut(BaseModel):
    """Who of a team is on site when, shift by shift."""

    team: str
    site: str
    least: int
    start: str
    end: str
    shifts: list[CoveredShiftOut]


class WorthOut(BaseModel):
    """The minutes a team gains in a year beside the hours it costs."""

    team: str
    members: int
    covered: Number
    gained_min_per_call: Number
    answered_per_year: Number
    gained_min_per_year: Number
    training_h: Number
    response_h: Number
    away_h: Number
    gained_min_per_hour_away: Number | None
    words: str

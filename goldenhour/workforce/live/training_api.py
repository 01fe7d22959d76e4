"""Training over HTTP, one gesture each. Nothing here knows a patient: employers see sites, shifts, people and hours."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field

from goldenhour.access.roles import EVERY
from goldenhour.access.rules import Asked, Caller, inside, officer, own_person, people
from goldenhour.access.wire import iso
from goldenhour.errors import BadInput
from goldenhour.workforce import response_teams, training
from goldenhour.workforce.live import queries
from goldenhour.workforce.live import training_queries as reading
from goldenhour.workforce.live import training_services as services
from goldenhour.workforce.live.queries import Agencies
from goldenhour.workforce.live.services import By
from goldenhour.workforce.live.training_shapes import (
    ApprovalIdOut,
    CompletionOut,
    CourseHoursOut,
    CourseOut,
    CoursesOut,
    CourseWholeOut,
    CoverageOut,
    CreditOut,
    EntryIdOut,
    NotesOut,
    ProgrammeApprovalsOut,
    SheetsOut,
    TeamIdOut,
    TeamsOut,
    TrainingOfOut,
    TryOut,
    WorthOut,
)
from goldenhour.workforce.recertification import Progress

router = Router(tags=["workforce: training"])

_LONGEST = timedelta(days=366)
_ID = Field(max_length=120)
_PERSON = Field(max_length=60)
_REASON = Field(min_length=1, max_length=300)
_HOURS = Field(gt=0, le=training.MOST_HOURS)


def _agencies(who: Caller) -> Agencies:
    return None if EVERY in who.agencies else who.agencies


def _by(request: Asked, id: UUID) -> By:  # noqa: A002 -- As on the envelope.
    who = request.auth
    return By(actor=who.actor, at=who.at, agencies=_agencies(who), device=who.device, id=str(id))


class Gesture(Schema):
    """Every gesture has an id of its own; the same one again is harmless."""

    model_config = ConfigDict(extra="forbid")

    id: UUID


class ApprovalIn(Gesture):
    """A state's approval of a programme; `until` is the first day it no longer holds."""

    programme: str = _ID
    state: str = Field(max_length=10)
    levels: tuple[str, ...] = Field(max_length=20)
    start: date
    until: date | None = None
    source: str = Field(min_length=1, max_length=300)


class ApprovalEndIn(Gesture):
    """An approval that ended; `end` is the first day it no longer holds."""

    approval: str = Field(max_length=36)
    end: date
    reason: str = _REASON


class CourseIn(Gesture):
    """A course; `hours` by topic, `end` the first day after it."""

    course: str = _ID
    programme: str = _ID
    level: str = Field(max_length=60)
    state: str = Field(max_length=10)
    place_kind: str = Field(max_length=20)
    place: str = Field(default="", max_length=200)
    hours: dict[str, float] = Field(max_length=40)
    sheets: tuple[str, ...] = Field(default=(), max_length=100)
    start: date
    end: date | None = None


class ReasonIn(Gesture):
    """Why."""

    reason: str = _REASON


class EnrolIn(Gesture):
    """Somebody who takes part."""

    person: str = _PERSON


class LeaveIn(Gesture):
    """Somebody who takes part no longer."""

    person: str = _PERSON
    reason: str = Field(default="", max_length=300)


class SessionIn(Gesture):
    """Hours that were given; `attended` holds hours by person."""

    session: str = _PERSON
    day: date
    topic: str = Field(max_length=40)
    hours: float = _HOURS
    instructor: str = _PERSON
    attended: dict[str, float] = Field(default={}, max_length=500)


class SessionStrikeIn(ReasonIn):
    """A session that was entered wrongly."""

    session: str = _PERSON


class AttendanceIn(Gesture):
    """How long somebody was in a session; 0 is not at all."""

    session: str = _PERSON
    person: str = _PERSON
    hours: float = Field(ge=0, le=training.MOST_HOURS)


class TryIn(Gesture):
    """A try at a skill sheet: steps and critical fails that were seen."""

    person: str = _PERSON
    sheet: str = Field(max_length=60)
    day: date | None = None
    done: tuple[str, ...] = Field(default=(), max_length=100)
    critical: tuple[str, ...] = Field(default=(), max_length=100)
    examiner: str = _PERSON


class TryStrikeIn(ReasonIn):
    """A try that was entered wrongly."""

    attempt: str = Field(max_length=36)


class CreditIn(Gesture):
    """Hours of an earlier course."""

    person: str = _PERSON
    level: str = Field(max_length=60)
    hours: float = _HOURS


class CompleteIn(Gesture):
    """Somebody did all that the course asks; by default today."""

    person: str = _PERSON
    day: date | None = None


class EducationIn(Gesture):
    """Hours of continuing education."""

    day: date
    hours: float = Field(gt=0, le=24)
    component: str = Field(default="", max_length=40)
    format: str = Field(default="in_person", max_length=20)
    topic: str = Field(default="", max_length=40)
    about_children: bool = False
    accredited: bool = True
    provider: str = Field(default="", max_length=200)


class EducationStrikeIn(ReasonIn):
    """Hours that were entered wrongly."""

    entry: str = Field(max_length=36)


class TeamIn(Gesture):
    """A response team on a site; `shifts` holds hours of the week by name."""

    team: str = _ID
    site: str = Field(min_length=1, max_length=200)
    state: str = Field(max_length=10)
    level: str = Field(default="emr", max_length=60)
    asks: str = Field(default="licence", max_length=20)
    least: int = Field(default=1, ge=1, le=50)
    shifts: dict[str, str] = Field(max_length=40)


class MemberIn(Gesture):
    """A member and their hours of the week on site."""

    person: str = _PERSON
    hours: str = Field(max_length=300)
    start: date
    end: date | None = None


class MemberLeaveIn(Gesture):
    """A member who leaves; `end` is the first day."""

    person: str = _PERSON
    end: date
    reason: str = Field(default="", max_length=300)


class AbsenceIn(Gesture):
    """A member who is away. No reason is asked."""

    person: str = _PERSON
    start: AwareDatetime
    end: AwareDatetime


class HoursAsk(Schema):
    """A level's course on a day."""

    model_config = ConfigDict(extra="forbid")

    level: str = Field(max_length=60)
    on: date
    place: str = Field(default="", max_length=10)


class DayAsk(Schema):
    """A day, by default today."""

    model_config = ConfigDict(extra="forbid")

    on: date | None = None


class SpanAsk(Schema):
    """A time, by default the week from now."""

    model_config = ConfigDict(extra="forbid")

    start: AwareDatetime | None = None
    end: AwareDatetime | None = None


class WorthAsk(SpanAsk):
    """What is known of a site. Minutes may be several, separated by commas, as measured."""

    emergencies_per_year: float = Field(ge=0, le=1e6)
    ambulance_min: str = Field(max_length=2000)
    team_min: str = Field(max_length=2000)
    training_h_per_member: float = Field(ge=0, le=5000)
    responders_per_call: float = Field(default=2, ge=0, le=50)
    away_min_per_call: float = Field(ge=0, le=1440)


# ---------------------------------------------------------------- what is answered


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def approval_entry(row: reading.ApprovalRow) -> dict[str, Any]:
    """Return an approval as the API says it."""
    return {
        "id": row.id,
        "programme": row.programme,
        "state": row.state,
        "levels": row.levels,
        "start": row.start.isoformat(),
        "until": _day(row.end),
        "source": row.source,
    }


def course_entry(row: reading.CourseRow) -> dict[str, Any]:
    """Return a course as the API says it, with what is said of its level's hours."""
    course = reading.course_of(row)
    known = training.course_hours(row.level, row.start, place=row.state)
    return {
        "id": row.id,
        "agency": row.agency,
        "programme": row.programme,
        "level": row.level,
        "state": row.state,
        "place_kind": row.place_kind,
        "place": row.place,
        "hours": dict(course.hours),
        "total": course.total,
        "sheets": list(course.sheets),
        "start": row.start.isoformat(),
        "end": _day(row.end),
        "cancelled": row.cancelled,
        "known_hours": hours_entry(known, course.total),
    }


def hours_entry(known: training.CourseHours, planned: float | None = None) -> dict[str, Any]:
    """Return the ranges of a level's course as the API says them."""
    return {
        "level": known.level,
        "words": known.words,
        "agree": known.agree,
        "ranges": [
            {
                "basis": one.basis, "low": one.low, "high": one.high, "beyond": one.beyond, "detail": one.detail,
                "place": one.place, "dated": one.dated, "unconfirmed": one.unconfirmed, "source": one.source,
                "judged": None if planned is None else one.judge(planned),
            }
            for one in known.ranges
        ],
    }  # fmt: skip


def completion_entry(found: training.Completion) -> dict[str, Any]:
    """Return how far somebody is in a course as the API says it."""
    return {
        "completed": found.completed,
        "eligible": found.eligible,
        "progress": found.progress,
        "missing": list(found.missing),
        "checks": [{"what": one.what, "met": one.met, "do": one.do} for one in found.checks],
        "done": dict(found.done),
        "planned": dict(found.planned),
        "uncounted": [{"hours": hours, "why": why} for hours, why in found.uncounted],
        "notes": list(found.notes),
    }


def place_entry(row: reading.EnrolmentRow, found: training.Completion) -> dict[str, Any]:
    """Return somebody's place in a course: what was recorded of it, and how it stands by all that is known now."""
    now = completion_entry(found)
    return {
        **now,
        "eligible_now": now["eligible"],
        "status": row.status,
        "completed_on": _day(row.completed_on),
        "eligible": row.eligible,
        "why": row.why,
    }


def attempt_entry(row: reading.AttemptRow) -> dict[str, Any]:
    """Return a try at a sheet as the API says it."""
    return {
        "id": row.id,
        "person": row.person,
        "sheet": row.sheet,
        "version": row.version,
        "day": row.day.isoformat(),
        "done": row.done,
        "critical": row.critical,
        "points": row.points,
        "of": row.of,
        "passed": row.passed,
        "examiner": row.examiner,
        "struck": row.struck,
    }


def progress_entry(progress: Progress) -> dict[str, Any]:
    """Return how far somebody is with a renewal as the API says it."""
    asked = progress.requirement
    return {
        "model": asked.model,
        "total": asked.total,
        "counted": progress.counted,
        "fraction": progress.fraction,
        "done": progress.done,
        "split_known": asked.split_known,
        "parts": [
            {"name": one.name, "asked": one.asked, "counted": one.counted, "missing": one.missing}
            for one in progress.parts
        ],
        "distributive": {"counted": progress.distributive_counted, "max": asked.distributive_max},
        "missing": list(progress.missing),
        "uncounted": [{"entry": entry, "hours": hours, "why": why} for entry, hours, why in progress.uncounted],
        "notes": list(progress.notes),
        "unconfirmed": asked.unconfirmed,
        "rule": asked.id,
        "source": asked.source,
    }


def renewal_entry(one: reading.Renewal) -> dict[str, Any]:
    """Return a renewal as the API says it."""
    return {
        "credential": one.credential.id,
        "kind": one.credential.kind.value,
        "authority": one.authority,
        "level": one.level,
        "start": one.start.isoformat(),
        "ends": one.ends.isoformat(),
        "what": one.what,
        "progress": progress_entry(one.progress) if one.progress else None,
    }


# ---------------------------------------------------------------- what is known, for anybody


@router.get("/workforce/training/hours", auth=inside, response=CourseHoursOut)
def get_hours(request: Asked, said: Query[HoursAsk]) -> dict[str, Any]:  # noqa: ARG001
    """Return how long a level's course is, by each basis, and whether they agree."""
    return hours_entry(training.course_hours(said.level, said.on, place=said.place))


@router.get("/workforce/training/sheets", auth=inside, response=SheetsOut)
def list_sheets(request: Asked, said: Query[DayAsk]) -> dict[str, Any]:
    """Return the skill sheets in force on a day, and the topics that hours can be about."""
    sheets = training.sheets_on(said.on or request.auth.at.date())
    return {
        "topics": dict(training.topics()),
        "sheets": [
            {
                "id": one.id, "version": one.version, "title": one.title, "skill": one.skill,
                "levels": sorted(one.levels), "approved": one.approved, "steps": dict(one.steps),
                "critical": dict(one.critical), "pass_points": one.pass_points, "source": one.source,
            }
            for one in sheets.values()
        ],
    }  # fmt: skip


# ---------------------------------------------------------------- programmes and courses


@router.get("/workforce/training/approvals", auth=people, response=ProgrammeApprovalsOut)
def list_approvals(request: Asked) -> dict[str, Any]:
    """Return the approvals of the caller's agencies' programmes."""
    return {"approvals": [approval_entry(row) for row in reading.list_approvals(agencies=_agencies(request.auth))]}


@router.post("/workforce/training/approvals", auth=officer, response={201: ApprovalIdOut})
def approve_programme(request: Asked, body: ApprovalIn) -> Status[dict[str, str]]:
    """Record a state's approval of a programme."""
    approval = services.programme_approve(
        programme=body.programme,
        state=body.state,
        levels=body.levels,
        start=body.start,
        until=body.until,
        source=body.source,
        by=_by(request, body.id),
    )
    return Status(201, {"approval": approval})


@router.post("/workforce/training/approvals/end", auth=officer, response={204: None})
def end_approval(request: Asked, body: ApprovalEndIn) -> Status[None]:
    """Let an approval hold no longer."""
    services.approval_end(approval=body.approval, end=body.end, reason=body.reason, by=_by(request, body.id))
    return Status(204, None)


@router.get("/workforce/courses", auth=people, response=CoursesOut)
def list_courses(request: Asked) -> dict[str, Any]:
    """Return the courses of the caller's agencies."""
    return {"courses": [course_entry(row) for row in reading.list_courses(agencies=_agencies(request.auth))]}


@router.post("/workforce/courses", auth=officer, response={201: CourseOut})
def open_course(request: Asked, body: CourseIn) -> Status[dict[str, Any]]:
    """Open a course; the answer shows how its hours stand beside what is known."""
    said = body.dict(exclude={"id"})
    course = services.course_open(new=services.NewCourse(**said), by=_by(request, body.id))
    return Status(201, course_entry(reading.get_course(course, agencies=_agencies(request.auth))))


@router.post("/workforce/courses/{path:course}/cancel", auth=officer, response={204: None})
def cancel_course(request: Asked, course: str, body: ReasonIn) -> Status[None]:
    """Cancel a course."""
    services.course_cancel(course=course, reason=body.reason, by=_by(request, body.id))
    return Status(204, None)


@router.post("/workforce/courses/{path:course}/enrol", auth=officer, response={204: None})
def enrol(request: Asked, course: str, body: EnrolIn) -> Status[None]:
    """Let somebody take part."""
    services.course_enrol(course=course, person=body.person, by=_by(request, body.id))
    return Status(204, None)


@router.post("/workforce/courses/{path:course}/leave", auth=officer, response={204: None})
def leave(request: Asked, course: str, body: LeaveIn) -> Status[None]:
    """Let somebody take part no longer."""
    services.course_leave(course=course, person=body.person, reason=body.reason, by=_by(request, body.id))
    return Status(204, None)


@router.post("/workforce/courses/{path:course}/sessions", auth=officer, response={201: NotesOut})
def hold_session(request: Asked, course: str, body: SessionIn) -> Status[dict[str, Any]]:
    """Record hours that were given, and who was there."""
    notes = services.session_hold(
        course=course, new=services.NewSession(**body.dict(exclude={"id"})), by=_by(request, body.id)
    )
    return Status(201, {"notes": list(notes)})


@router.post("/workforce/courses/{path:course}/sessions/strike", auth=officer, response={204: None})
def strike_session(request: Asked, course: str, body: SessionStrikeIn) -> Status[None]:
    """Take back a session that was entered wrongly."""
    services.session_strike(course=course, session=body.session, reason=body.reason, by=_by(request, body.id))
    return Status(204, None)


@router.post("/workforce/courses/{path:course}/attendance", auth=officer, response={204: None})
def set_attendance(request: Asked, course: str, body: AttendanceIn) -> Status[None]:
    """Correct how long somebody was in a session."""
    services.attendance_set(
        course=course, session=body.session, person=body.person, hours=body.hours, by=_by(request, body.id)
    )
    return Status(204, None)


@router.post("/workforce/courses/{path:course}/sheets", auth=officer, response={201: TryOut})
def mark_sheet(request: Asked, course: str, body: TryIn) -> Status[dict[str, Any]]:
    """Record a try at a skill sheet."""
    said = body.dict(exclude={"id"}) | {"day": body.day or request.auth.at.date()}
    marked = services.sheet_mark(course=course, seen=services.Try(**said), by=_by(request, body.id))
    return Status(
        201,
        {
            "attempt": str(body.id),
            "passed": marked.passed,
            "points": marked.points,
            "of": marked.of,
            "critical": list(marked.critical),
            "why": marked.why,
        },
    )


@router.post("/workforce/courses/{path:course}/sheets/strike", auth=officer, response={204: None})
def strike_sheet(request: Asked, course: str, body: TryStrikeIn) -> Status[None]:
    """Take back a try that was entered wrongly."""
    services.sheet_strike(course=course, attempt=body.attempt, reason=body.reason, by=_by(request, body.id))
    return Status(204, None)


@router.post("/workforce/courses/{path:course}/credits", auth=officer, response={201: CreditOut})
def claim_credit(request: Asked, course: str, body: CreditIn) -> Status[dict[str, Any]]:
    """Record hours of an earlier course; say how many count."""
    counts, why = services.credit_claim(
        course=course, person=body.person, level=body.level, hours=body.hours, by=_by(request, body.id)
    )
    return Status(201, {"counts": counts, "why": why})


@router.post("/workforce/courses/{path:course}/complete", auth=officer, response={201: CompletionOut})
def complete(request: Asked, course: str, body: CompleteIn) -> Status[dict[str, Any]]:
    """Record that somebody did all that the course asks, and whether they are eligible for a certificate."""
    found = services.course_complete(
        course=course, person=body.person, day=body.day or request.auth.at.date(), by=_by(request, body.id)
    )
    return Status(201, completion_entry(found))


@router.get("/workforce/courses/{path:course}", auth=people, response=CourseWholeOut)
def get_course(request: Asked, course: str) -> dict[str, Any]:
    """Return a course with its sessions, and how far everybody in it is."""
    row = reading.get_course(course, agencies=_agencies(request.auth))
    whole, day = reading.course_whole(row), request.auth.at.date()
    enrolled = reading.list_enrolled(course)
    return {
        **course_entry(row),
        "sessions": [
            {
                "session": one.session, "day": one.day.isoformat(), "topic": one.topic, "hours": one.hours,
                "instructor": one.instructor, "struck": one.struck,
                "counts": not one.struck and whole.qualified[one.session],
            }
            for one in reading.list_sessions(course)
        ],
        "attempts": [attempt_entry(one) for one in reading.list_attempts(course)],
        "people": [
            {
                "person": one.person,
                **place_entry(one, reading.completion_of(whole, one.person, one.completed_on or day)),
            }
            for one in enrolled
        ],
    }  # fmt: skip


# ---------------------------------------------------------------- somebody's own training


@router.get("/workforce/people/{person}/training", auth=own_person, response=TrainingOfOut)
def get_training(request: Asked, person: str, said: Query[DayAsk]) -> dict[str, Any]:
    """Return somebody's courses, their hours, and how far they are with every renewal: what they still owe."""
    who = request.auth
    own = who.person == person and not who.agencies
    known = queries.get_person(person, agencies=None if own else _agencies(who), at=who.at)
    day = said.on or who.at.date()
    courses = []
    for one in reading.list_courses_of(known.id, agencies=None if own else _agencies(who)):
        whole = reading.course_whole(reading.get_course(one.course, agencies=None))
        found = reading.completion_of(whole, known.id, one.completed_on or day)
        tries = [attempt_entry(each) for each in reading.list_attempts(one.course, known.id)]
        courses.append(
            {"course": one.course, "level": whole.row.level, "attempts": tries, **place_entry(one, found)}
        )  # fmt: skip
    return {
        "person": known.id,
        "on": day.isoformat(),
        "courses": courses,
        "renewals": [renewal_entry(one) for one in reading.list_renewals(known, day)],
        "education": [
            {"entry": one.id, "day": one.day.isoformat(), "hours": one.hours, "component": one.component,
             "format": one.format, "topic": one.topic, "about_children": one.about_children,
             "accredited": one.accredited}
            for one in reading.list_hours(known.id)
        ],
    }  # fmt: skip


@router.post("/workforce/people/{person}/education", auth=officer, response={201: EntryIdOut})
def record_education(request: Asked, person: str, body: EducationIn) -> Status[dict[str, str]]:
    """Record hours of continuing education."""
    entry = services.education_record(
        person=person, new=services.NewHours(**body.dict(exclude={"id"})), by=_by(request, body.id)
    )
    return Status(201, {"entry": entry})


@router.post("/workforce/people/{person}/education/strike", auth=officer, response={204: None})
def strike_education(request: Asked, person: str, body: EducationStrikeIn) -> Status[None]:
    """Take back hours that were entered wrongly."""
    services.education_strike(person=person, entry=body.entry, reason=body.reason, by=_by(request, body.id))
    return Status(204, None)


# ---------------------------------------------------------------- workplace response teams


def team_entry(row: reading.TeamRow, members: Sequence[reading.MemberRow]) -> dict[str, Any]:
    """Return a team as the API says it."""
    return {
        "id": row.id,
        "agency": row.agency,
        "site": row.site,
        "state": row.state,
        "level": row.level,
        "asks": row.asks,
        "least": row.least,
        "shifts": row.shifts,
        "members": [
            {"person": one.person, "hours": one.hours, "start": one.start.isoformat(), "end": _day(one.end)}
            for one in members
        ],
    }


@router.get("/workforce/teams", auth=people, response=TeamsOut)
def list_teams(request: Asked) -> dict[str, Any]:
    """Return the response teams of the caller's agencies."""
    teams = reading.list_teams(agencies=_agencies(request.auth))
    return {"teams": [team_entry(row, reading.list_members(row.id)) for row in teams]}


@router.post("/workforce/teams", auth=officer, response={201: TeamIdOut})
def set_team(request: Asked, body: TeamIn) -> Status[dict[str, str]]:
    """Say that an employer has a team on a site."""
    team = services.team_set(new=services.NewTeam(**body.dict(exclude={"id"})), by=_by(request, body.id))
    return Status(201, {"team": team})


@router.post("/workforce/teams/{path:team}/members", auth=officer, response={204: None})
def join_team(request: Asked, team: str, body: MemberIn) -> Status[None]:
    """Let somebody be of a team."""
    services.team_join(
        team=team, person=body.person, hours=body.hours, start=body.start, end=body.end, by=_by(request, body.id)
    )
    return Status(204, None)


@router.post("/workforce/teams/{path:team}/leave", auth=officer, response={204: None})
def leave_team(request: Asked, team: str, body: MemberLeaveIn) -> Status[None]:
    """Let somebody be of a team no longer."""
    services.team_leave(team=team, person=body.person, end=body.end, reason=body.reason, by=_by(request, body.id))
    return Status(204, None)


@router.post("/workforce/teams/{path:team}/absences", auth=officer, response={204: None})
def set_absence(request: Asked, team: str, body: AbsenceIn) -> Status[None]:
    """Say that a member is away for a time."""
    services.team_absence(team=team, person=body.person, start=body.start, end=body.end, by=_by(request, body.id))
    return Status(204, None)


@router.get("/workforce/teams/{path:team}/coverage", auth=people, response=CoverageOut)
def get_coverage(request: Asked, team: str, said: Query[SpanAsk]) -> dict[str, Any]:
    """Return who of a team is on site when, shift by shift."""
    row = reading.get_team(team, agencies=_agencies(request.auth))
    start, end = _span(said, request)
    shifts = reading.cover_team(row, start, end)
    return {
        "team": row.id,
        "site": row.site,
        "least": row.least,
        "start": iso(start),
        "end": iso(end),
        "shifts": [
            {
                "name": one.name,
                "hours": one.coverage.hours,
                "covered_hours": one.coverage.covered_hours,
                "fraction": one.coverage.fraction,
                "gaps": [{"start": iso(a), "end": iso(b)} for a, b in one.coverage.gaps],
                "stretches": [
                    {"start": iso(each.start), "end": iso(each.end), "who": list(each.who),
                     "not_counted": list(each.not_counted), "enough": each.enough}
                    for each in one.coverage.stretches
                ],
            }
            for one in shifts
        ],
    }  # fmt: skip


@router.get("/workforce/teams/{path:team}/worth", auth=people, response=WorthOut)
def get_worth(request: Asked, team: str, said: Query[WorthAsk]) -> dict[str, Any]:
    """Return the minutes a team gains in a year beside the hours it costs, at the coverage of the time asked for."""
    row = reading.get_team(team, agencies=_agencies(request.auth))
    start, end = _span(said, request)
    shifts = reading.cover_team(row, start, end)
    hours = sum(one.coverage.hours for one in shifts)
    covered = sum(one.coverage.covered_hours for one in shifts) / hours if hours else 0.0
    members = {one.person for one in reading.list_members(row.id, on=start.date())}
    found = response_teams.worth(
        emergencies_per_year=said.emergencies_per_year,
        ambulance_min=_numbers(said.ambulance_min, "ambulance_min"),
        team_min=_numbers(said.team_min, "team_min"),
        covered=covered,
        members=len(members),
        training_h_per_member=said.training_h_per_member,
        responders_per_call=said.responders_per_call,
        away_min_per_call=said.away_min_per_call,
    )
    return {
        "team": row.id,
        "members": len(members),
        "covered": covered,
        "gained_min_per_call": found.gained_min_per_call,
        "answered_per_year": found.answered_per_year,
        "gained_min_per_year": found.gained_min_per_year,
        "training_h": found.training_h,
        "response_h": found.response_h,
        "away_h": found.away_h,
        "gained_min_per_hour_away": found.gained_min_per_hour_away,
        "words": found.words,
    }


def _span(said: SpanAsk, request: Asked) -> tuple[Any, Any]:
    """Return the time asked for, at most a year."""
    start = said.start or request.auth.at
    end = said.end or start + timedelta(days=7)
    if not start < end <= start + _LONGEST:
        raise BadInput(
            code="bad_time", what="The time must end after it starts, and within a year.", do="Correct it.", where="end"
        )
    return start, end


def _numbers(text: str, where: str) -> list[float]:
    """Return numbers separated by commas."""
    try:
        return [float(one) for one in text.split(",") if one.strip()]
    except ValueError:
        raise BadInput(
            code="bad_number", what=f"{text!r} is no number.", do="Write 18 or 15,18,22.", where=where
        ) from None

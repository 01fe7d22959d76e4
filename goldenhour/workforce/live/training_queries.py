"""Reading training. Every question takes the agencies it may see: None is all, a set is only theirs.

A course, programme or team belongs to the agency in its id; people are seen as `queries` lets them be seen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from goldenhour.errors import NotFound
from goldenhour.workforce import recertification, response_teams, training
from goldenhour.workforce.credentials import Credential, Kind, Person, What, is_within, midnight, zone_of
from goldenhour.workforce.levels import levels
from goldenhour.workforce.live import queries
from goldenhour.workforce.live.models import (
    Attendance,
    Education,
    Enrolment,
    ProgrammeApproval,
    ResponseTeam,
    SheetAttempt,
    TeamAbsence,
    TeamMember,
    TrainingCourse,
    TrainingSession,
)
from goldenhour.workforce.live.queries import Agencies
from goldenhour.workforce.recertification import Hours, Progress
from goldenhour.workforce.response_teams import Coverage, Presence
from goldenhour.workforce.shifts import Shifts, Span
from goldenhour.workforce.training import Approval, Attended, Completion, Course, Credit

CourseRow = TrainingCourse
EnrolmentRow = Enrolment
AttemptRow = SheetAttempt
SessionRow = TrainingSession
TeamRow = ResponseTeam
MemberRow = TeamMember
ApprovalRow = ProgrammeApproval


def agency_of(qualified: str) -> str:
    """Return the agency in the id of a course, programme or team."""
    return qualified.partition("/")[0]


def may_see(qualified: str, agencies: Agencies) -> bool:
    """Return whether something of that id is for these agencies to see."""
    return agencies is None or agency_of(qualified) in agencies


def _not_there(what: str) -> NotFound:
    return NotFound(code=f"no_{what}", what=f"There is no {what} of that id here.", do="Pick one from the list.")


# ---------------------------------------------------------------- programmes and courses


def list_approvals(*, agencies: Agencies, programme: str = "") -> list[ApprovalRow]:
    """Return the approvals of programmes, by programme and day."""
    rows = ProgrammeApproval.objects.order_by("programme", "state", "start", "id")
    if programme:
        rows = rows.filter(programme=programme)
    return [row for row in rows if may_see(row.programme, agencies)]


def get_approval(approval: str, *, agencies: Agencies) -> ApprovalRow:
    """Return an approval.

    Raises:
        NotFound: there is none of that id, or not for these agencies to see.
    """
    row = ProgrammeApproval.objects.filter(pk=approval).first()
    if row is None or not may_see(row.programme, agencies):
        raise _not_there(what="approval")
    return row


def list_courses(*, agencies: Agencies) -> list[CourseRow]:
    """Return the courses, the latest first."""
    rows = TrainingCourse.objects.order_by("-start", "id")
    return list(rows if agencies is None else rows.filter(agency__in=agencies))


def get_course(course: str, *, agencies: Agencies) -> CourseRow:
    """Return a course.

    Raises:
        NotFound: there is none of that id, or not for these agencies to see.
    """
    row = TrainingCourse.objects.filter(pk=course).first()
    if row is None or not may_see(course, agencies):
        raise _not_there(what="course")
    return row


def course_of(row: CourseRow) -> Course:
    """Return a course as the pure front takes it."""
    return Course(
        id=row.id,
        level=row.level,
        programme=row.programme,
        agency=row.agency,
        state=row.state,
        place_kind=row.place_kind,
        hours={one["topic"]: float(one["hours"]) for one in row.hours},
        sheets=tuple(row.sheets),
        start=row.start,
        end=row.end,
    )


def list_sessions(course: str) -> list[SessionRow]:
    """Return the sessions of a course, in the order of their days, struck ones too."""
    return list(TrainingSession.objects.filter(course=course).order_by("day", "session"))


def find_session(course: str, session: str) -> SessionRow | None:
    """Return a session, if there is one of that id."""
    return TrainingSession.objects.filter(course=course, session=session).first()


def list_enrolled(course: str) -> list[EnrolmentRow]:
    """Return everybody who is or was in a course, by id."""
    return list(Enrolment.objects.filter(course=course).order_by("person"))


def find_enrolment(course: str, person: str) -> EnrolmentRow | None:
    """Return somebody's place in a course, if they have or had one."""
    return Enrolment.objects.filter(course=course, person=person).first()


def list_attempts(course: str, person: str = "") -> list[AttemptRow]:
    """Return the tries at skill sheets in a course, the oldest first, struck ones too."""
    rows = SheetAttempt.objects.filter(course=course).order_by("position")
    return list(rows.filter(person=person) if person else rows)


def find_attempt(attempt: str) -> AttemptRow | None:
    """Return a try, if there is one of that id."""
    return SheetAttempt.objects.filter(pk=attempt).first()


def passed_sheets(attempts: Iterable[AttemptRow]) -> frozenset[str]:
    """Return the sheets whose last try that still counts was passed. `attempts` are the oldest first."""
    last = {one.sheet: one.passed for one in attempts if not one.struck}
    return frozenset(sheet for sheet, passed in last.items() if passed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _CourseWhole:
    """A course with what is the same for everybody in it: who taught, and the programme's approvals."""

    row: CourseRow
    course: Course
    sessions: tuple[SessionRow, ...]
    qualified: dict[str, bool]  # By session.
    approvals: tuple[Approval, ...]


def course_whole(row: CourseRow) -> _CourseWhole:
    """Return a course with its sessions, its instructors' standing on their days, and its approvals."""
    sessions = tuple(one for one in list_sessions(row.id) if not one.struck)
    ids = {one.instructor for one in sessions}
    people = (
        {one.id: one for one in queries.list_people(agencies=None, at=midnight(row.start, "US"), ids=ids)}
        if ids
        else {}
    )
    approvals = ProgrammeApproval.objects.filter(programme=row.programme).order_by("start", "id")
    return _CourseWhole(
        row=row,
        course=course_of(row),
        sessions=sessions,
        qualified={
            one.session: one.instructor in people and training.may_teach(people[one.instructor], row.level, one.day)
            for one in sessions
        },
        approvals=tuple(
            Approval(state=one.state, levels=frozenset(one.levels), start=one.start, end=one.end, source=one.source)
            for one in approvals
        ),
    )


def completion_of(whole: _CourseWhole, person: str, on: date) -> Completion:
    """Return how far somebody is in a course on a day."""
    hours = dict(
        Attendance.objects.filter(course=whole.row.id, person=person).values_list("session", "hours")
    )  # fmt: skip
    enrolment = find_enrolment(whole.row.id, person)
    return training.completion(
        whole.course,
        attended=[
            Attended(
                session=one.session,
                day=one.day,
                topic=one.topic,
                hours=hours[one.session],
                instructor_qualified=whole.qualified[one.session],
            )
            for one in whole.sessions
            if one.session in hours
        ],
        passed=passed_sheets(one for one in list_attempts(whole.row.id, person) if one.day <= on),
        approvals=whole.approvals,
        on=on,
        credits_brought=[Credit(**one) for one in enrolment.credits] if enrolment else (),
    )


def list_courses_of(person: str, *, agencies: Agencies) -> list[EnrolmentRow]:
    """Return somebody's places in courses of these agencies, by course."""
    rows = Enrolment.objects.filter(person=person).order_by("course")
    return [row for row in rows if may_see(row.course, agencies)]


# ---------------------------------------------------------------- continuing education


def list_hours(person: str) -> list[Hours]:
    """Return somebody's hours of continuing education, by day. Whether they may be seen was asked before."""
    return [
        Hours(
            id=row.id,
            day=row.day,
            hours=row.hours,
            component=row.component,
            format=row.format,
            topic=row.topic,
            about_children=row.about_children,
            accredited=row.accredited,
        )
        for row in Education.objects.filter(person=person).order_by("day", "id")
    ]


def has_hours(person: str, entry: str) -> bool:
    """Return whether somebody has hours of that id."""
    return Education.objects.filter(pk=entry, person=person).exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """A licence or certificate that ends, and how far somebody is with renewing it."""

    credential: Credential
    authority: str
    level: str
    start: date
    ends: date  # The last day of the term.
    progress: Progress | None  # None: what is asked is not recorded.
    what: str  # In words: how far, or that it is not recorded.


def list_renewals(person: Person, on: date) -> list[Renewal]:
    """Return what somebody renews on a day: each licence and NREMT certificate that holds and has an end."""
    hours = list_hours(person.id)
    found = []
    for one in person.credentials:
        span = one.on(on)
        authority = _authority(one)
        term = _term(one, on)
        if not span.status.holds or not span.level or not authority or term is None:
            continue
        start, ends = term
        asked = next(iter(recertification.requirements(authority, span.level, ends)), None)
        progress = recertification.progress(asked, hours, ends=ends, start=start) if asked else None
        found.append(
            Renewal(
                credential=one,
                authority=authority,
                level=span.level,
                start=start,
                ends=ends,
                progress=progress,
                what=_renewal_words(one, span.level, progress),
            )
        )
    return sorted(found, key=lambda each: (each.ends, each.credential.id))


def _authority(one: Credential) -> str:
    """Return whose rules renew a credential: the state of a licence, or the NREMT; "" for others."""
    if one.kind is Kind.LICENCE:
        return one.place
    return "nremt" if one.kind is Kind.CERTIFICATE and one.issuer.casefold() == "nremt" else ""


def _term(one: Credential, on: date) -> tuple[date, date] | None:
    """Return the first and last day of the term that holds a day; None where no end is stated."""
    begun = [change for change in one.history if change.what in {What.ISSUED, What.RENEWED} and change.day <= on]
    until = next((span.start for span in one.spans if span.start > on and not span.status.holds), None)
    if not begun or until is None:
        return None
    return begun[-1].day, until - timedelta(days=1)


def _renewal_words(one: Credential, level: str, progress: Progress | None) -> str:
    name = levels()[level].name
    if progress is None:
        return f"What {one.place if one.kind is Kind.LICENCE else 'the NREMT'} asks of {name} to renew is not recorded."
    if progress.done:
        return f"All {progress.requirement.total:g} h are done."
    return f"{progress.counted:g} of {progress.requirement.total:g} h count. {' '.join(progress.missing)}"


# ---------------------------------------------------------------- workplace response teams


def list_teams(*, agencies: Agencies) -> list[TeamRow]:
    """Return the response teams, by id."""
    rows = ResponseTeam.objects.order_by("id")
    return list(rows if agencies is None else rows.filter(agency__in=agencies))


def get_team(team: str, *, agencies: Agencies) -> TeamRow:
    """Return a response team.

    Raises:
        NotFound: there is none of that id, or not for these agencies to see.
    """
    row = ResponseTeam.objects.filter(pk=team).first()
    if row is None or not may_see(team, agencies):
        raise _not_there(what="team")
    return row


def list_members(team: str, *, on: date | None = None) -> list[MemberRow]:
    """Return the members of a team, by id and day; with `on` only those of that day."""
    rows = TeamMember.objects.filter(team=team).order_by("person", "start", "id")
    return [row for row in rows if on is None or (row.start <= on and (row.end is None or on < row.end))]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftCoverage:
    """One shift of a site, and who of its team is there."""

    name: str
    coverage: Coverage


def cover_team(team: TeamRow, start: datetime, end: datetime) -> list[ShiftCoverage]:
    """Return who of a team is on site in each of its shifts, between two moments."""
    zone = zone_of(team.state)
    presences = _presences(team, start, end)
    people = queries.list_people(agencies=None, at=start, ids={one.person for one in presences}) if presences else []
    holds = {one.id: _holding(one, team) for one in people}
    return [
        ShiftCoverage(
            name=shift["name"],
            coverage=response_teams.coverage(
                Shifts.parse(shift["hours"]).spans(start, end, zone), presences, holds=holds, least=team.least
            ),
        )
        for shift in team.shifts
    ]


def _presences(team: TeamRow, start: datetime, end: datetime) -> list[Presence]:
    """Return when members are on site: their hours of the week, without their absences."""
    zone = zone_of(team.state)
    away: dict[str, list[Span]] = {}
    for row in TeamAbsence.objects.filter(team=team.id, start__lt=end, end__gt=start):
        away.setdefault(row.person, []).append((row.start, row.end))
    found = []
    for member in list_members(team.id):
        begin = max(start, midnight(member.start, team.state))
        to = end if member.end is None else min(end, midnight(member.end, team.state))
        if begin >= to:
            continue
        for span in _without(Shifts.parse(member.hours).spans(begin, to, zone), away.get(member.person, [])):
            found.append(Presence(person=member.person, start=span[0], end=span[1]))  # noqa: PERF401 -- It reads better.
    return found


def _without(spans: Sequence[Span], gone: Sequence[Span]) -> list[Span]:
    """Return what is left of some spans without others."""
    left = list(spans)
    for start, end in gone:
        left = [
            part for begin, to in left for part in ((begin, min(to, start)), (max(begin, end), to)) if part[0] < part[1]
        ]
    return left


def _holding(person: Person, team: TeamRow) -> list[Span]:
    """Return when somebody holds what their team asks: a licence of its state, or a certificate, at its level."""
    kind = Kind.LICENCE if team.asks == Kind.LICENCE else Kind.CERTIFICATE
    found: list[Span] = []
    for one in person.credentials:
        if one.kind is not kind or (kind is Kind.LICENCE and one.place != team.state):
            continue
        for span in one.spans:
            if span.status.holds and span.level and (span.level == team.level or is_within(team.level, span.level)):
                last = midnight(span.end, one.place) if span.end else _FOREVER
                found.append((midnight(span.start, one.place), last))
    return found


_FOREVER = midnight(date(9999, 1, 1), "US")

"""What the log says of training, as tables: approvals, courses, sessions, skill sheets, hours, response teams."""

from datetime import date, datetime

from goldenhour.log.event import Recorded
from goldenhour.log.live.projections import projects
from goldenhour.workforce import events
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


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _agency(qualified: str) -> str:
    return qualified.partition("/")[0]


@projects(events.ProgrammeApproved)
def show_approval(fact: events.ProgrammeApproved, _where: Recorded) -> None:
    """Show a state's approval."""
    ProgrammeApproval.objects.create(
        id=fact.approval,
        programme=fact.programme,
        agency=_agency(fact.programme),
        state=fact.state,
        levels=list(fact.levels),
        start=date.fromisoformat(fact.start),
        end=_day(fact.until),
        source=fact.source,
    )


@projects(events.ProgrammeApprovalEnded)
def show_approval_ended(fact: events.ProgrammeApprovalEnded, _where: Recorded) -> None:
    """Show that an approval ended."""
    ProgrammeApproval.objects.filter(pk=fact.approval).update(end=date.fromisoformat(fact.end))


@projects(events.CourseOpened)
def show_course(fact: events.CourseOpened, _where: Recorded) -> None:
    """Show a course."""
    TrainingCourse.objects.create(
        id=fact.course,
        agency=_agency(fact.course),
        programme=fact.programme,
        level=fact.level,
        state=fact.state,
        place_kind=fact.place_kind,
        place=fact.place,
        hours=list(fact.hours),
        sheets=list(fact.sheets),
        start=date.fromisoformat(fact.start),
        end=_day(fact.end),
    )


@projects(events.CourseCancelled)
def show_cancelled(fact: events.CourseCancelled, _where: Recorded) -> None:
    """Show a course as cancelled."""
    TrainingCourse.objects.filter(pk=fact.course).update(cancelled=True)


@projects(events.CourseEnrolled)
def show_enrolled(fact: events.CourseEnrolled, _where: Recorded) -> None:
    """Show somebody in a course; who had left is in it again, with what they did before."""
    Enrolment.objects.update_or_create(course=fact.course, person=fact.person, defaults={"status": "enrolled"})


@projects(events.CourseLeft)
def show_left(fact: events.CourseLeft, _where: Recorded) -> None:
    """Show that somebody left."""
    Enrolment.objects.filter(course=fact.course, person=fact.person).update(status="left")


@projects(events.SessionHeld)
def show_session(fact: events.SessionHeld, _where: Recorded) -> None:
    """Show a session and who was in it."""
    TrainingSession.objects.create(
        course=fact.course,
        session=fact.session,
        day=date.fromisoformat(fact.day),
        topic=fact.topic,
        hours=fact.hours,
        instructor=fact.instructor,
    )
    Attendance.objects.bulk_create(
        Attendance(course=fact.course, session=fact.session, person=one["person"], hours=one["hours"])
        for one in fact.attended
    )


@projects(events.SessionStruck)
def show_session_struck(fact: events.SessionStruck, _where: Recorded) -> None:
    """Let a session count no longer."""
    TrainingSession.objects.filter(course=fact.course, session=fact.session).update(struck=True)


@projects(events.AttendanceSet)
def show_attendance(fact: events.AttendanceSet, _where: Recorded) -> None:
    """Show the hours somebody was there."""
    Attendance.objects.filter(course=fact.course, session=fact.session, person=fact.person).delete()
    if fact.hours > 0:
        Attendance.objects.create(
            course=fact.course, session=fact.session, person=fact.person, hours=fact.hours
        )  # fmt: skip


@projects(events.SkillSheetMarked)
def show_attempt(fact: events.SkillSheetMarked, where: Recorded) -> None:
    """Show a try at a sheet."""
    SheetAttempt.objects.create(
        id=fact.attempt,
        course=fact.course,
        person=fact.person,
        sheet=fact.sheet,
        version=fact.version,
        day=date.fromisoformat(fact.day),
        done=list(fact.done),
        critical=list(fact.critical),
        points=fact.points,
        of=fact.of,
        passed=fact.passed,
        examiner=fact.examiner,
        position=where.position,
    )


@projects(events.SkillSheetStruck)
def show_attempt_struck(fact: events.SkillSheetStruck, _where: Recorded) -> None:
    """Let a try count no longer."""
    SheetAttempt.objects.filter(pk=fact.attempt).update(struck=True)


@projects(events.CreditClaimed)
def show_credit(fact: events.CreditClaimed, _where: Recorded) -> None:
    """Show hours that somebody brings."""
    own = Enrolment.objects.get(course=fact.course, person=fact.person)
    own.credits = [*own.credits, {"level": fact.level, "hours": fact.hours}]
    own.save(update_fields=["credits"])


@projects(events.CourseCompleted)
def show_completed(fact: events.CourseCompleted, _where: Recorded) -> None:
    """Show that somebody completed a course."""
    Enrolment.objects.filter(course=fact.course, person=fact.person).update(
        status="completed", completed_on=date.fromisoformat(fact.day), eligible=fact.eligible, why=fact.why
    )


@projects(events.EducationRecorded)
def show_education(fact: events.EducationRecorded, _where: Recorded) -> None:
    """Show hours of continuing education."""
    Education.objects.create(
        id=fact.entry,
        person=fact.person,
        day=date.fromisoformat(fact.day),
        hours=fact.hours,
        component=fact.component,
        format=fact.format,
        topic=fact.topic,
        about_children=fact.about_children,
        accredited=fact.accredited,
        provider=fact.provider,
    )


@projects(events.EducationStruck)
def show_education_struck(fact: events.EducationStruck, _where: Recorded) -> None:
    """Let hours count no longer."""
    Education.objects.filter(pk=fact.entry).delete()


@projects(events.TeamSet)
def show_team(fact: events.TeamSet, _where: Recorded) -> None:
    """Show a team as it is now."""
    ResponseTeam.objects.update_or_create(
        id=fact.team,
        defaults={
            "agency": _agency(fact.team),
            "site": fact.site,
            "state": fact.state,
            "level": fact.level,
            "asks": fact.asks,
            "least": fact.least,
            "shifts": list(fact.shifts),
        },
    )


@projects(events.TeamJoined)
def show_member(fact: events.TeamJoined, _where: Recorded) -> None:
    """Show somebody in a team; from that day on any other hours of theirs are over."""
    start = date.fromisoformat(fact.start)
    _end_member(fact.team, fact.person, start)
    TeamMember.objects.create(
        team=fact.team, person=fact.person, hours=fact.hours, start=start, end=_day(fact.end)
    )  # fmt: skip


@projects(events.TeamLeft)
def show_member_left(fact: events.TeamLeft, _where: Recorded) -> None:
    """Show that somebody left a team."""
    _end_member(fact.team, fact.person, date.fromisoformat(fact.end))


def _end_member(team: str, person: str, end: date) -> None:
    """End what holds from a day on; what would only begin then never does."""
    own = TeamMember.objects.filter(team=team, person=person)
    own.filter(start__gte=end).delete()
    for row in own:
        if row.end is None or row.end > end:
            TeamMember.objects.filter(pk=row.pk).update(end=end)


@projects(events.TeamAbsenceSet)
def show_absence(fact: events.TeamAbsenceSet, _where: Recorded) -> None:
    """Show that a member is away."""
    TeamAbsence.objects.create(
        team=fact.team,
        person=fact.person,
        start=datetime.fromisoformat(fact.start),
        end=datetime.fromisoformat(fact.end),
    )

"""What can be done in training. Each function is one gesture of one person.

A course, programme or team belongs to the agency in its id; only who acts for that agency finds it. People are those
the actor may see. A day in the future is refused: what has not been cannot be entered as done.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from goldenhour.errors import NotFound, Refused
from goldenhour.workforce import recertification, training
from goldenhour.workforce.credentials import Kind, Person, day_words
from goldenhour.workforce.entry import bad, level_key, one_of, place_of, unreadable
from goldenhour.workforce.events import (
    AttendanceSet,
    CourseCancelled,
    CourseCompleted,
    CourseEnrolled,
    CourseLeft,
    CourseOpened,
    CreditClaimed,
    EducationRecorded,
    EducationStruck,
    ProgrammeApprovalEnded,
    ProgrammeApproved,
    SessionHeld,
    SessionStruck,
    SkillSheetMarked,
    SkillSheetStruck,
    TeamAbsenceSet,
    TeamJoined,
    TeamLeft,
    TeamSet,
)
from goldenhour.workforce.history import text_of
from goldenhour.workforce.live import queries
from goldenhour.workforce.live import training_queries as reading
from goldenhour.workforce.live.models import ResponseTeam, TrainingCourse
from goldenhour.workforce.live.services import By, writing_as
from goldenhour.workforce.shifts import Shifts

_QUALIFIED = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}/[a-z0-9][a-z0-9._-]{0,38}")
_SESSION = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
_LEAST_MEMBERS, _MOST_MEMBERS = 1, 50
ASKS = (Kind.LICENCE.value, Kind.CERTIFICATE.value)


def _own_id(text: str, where: str, by: By) -> str:
    """Return the id of a course, programme or team of an agency the actor acts for.

    Raises:
        BadInput: it is none.
        NotFound: the agency is not theirs.
    """
    found = text.strip().lower()
    if not _QUALIFIED.fullmatch(found):
        do = "Write the agency's id, a slash and a short name, such as mill/emr-2026."
        raise bad(where=where, what="The id cannot be read.", do=do)
    if not reading.may_see(found, by.agencies):
        raise NotFound(
            code="not_found",
            what="There is nothing of that name for your account.",
            do="Check the name and the agency.",
        )
    return found


def _new_id(by: By) -> str:
    """Return the id of what a command makes: the command's own, so that the same command again means the same."""
    return by.id or str(uuid4())


def _seen(person: str, by: By) -> Person:
    return queries.get_person(person, agencies=by.agencies, at=by.at)


def _plain(text: str, where: str) -> str:
    if unreadable(text):
        raise bad(where=where, what="It holds unreadable signs, or is too long.", do="Use plain text on one line.")
    return text.strip()


def _has_been(day: date, by: By, where: str) -> None:
    """Refuse a day that has come nowhere on earth yet."""
    if day > (by.at + timedelta(hours=14)).date():
        raise bad(where=where, what=f"{day} has not come yet.", do="Enter what was done when it is done.")


# ---------------------------------------------------------------- programmes


def programme_approve(
    *, programme: str, state: str, levels: Sequence[str], start: date, until: date | None, source: str, by: By
) -> str:
    """Record a state's approval of a programme; return the approval's id.

    Raises:
        BadInput: something cannot be read, or it has no source.
        Refused: the state has approved it for one of these levels on some of these days before.
    """
    own, place = _own_id(programme, "programme", by), place_of(state)
    keys = tuple(sorted({level_key(one, place=place, on=start) for one in levels}))
    if not keys or "" in keys:
        raise bad(where="levels", what="No level is named.", do="Say for which levels it is approved.")
    if not source.strip():
        raise bad(where="source", what="It has no source.", do="Say where the approval stands written.")
    if until is not None and until <= start:
        raise bad(where="until", what="It ends before it begins.", do="`until` is the first day it no longer holds.")
    made = _new_id(by)
    with writing_as(f"programme/{own}", by) as record:
        if record.earlier:
            return made
        for row in reading.list_approvals(agencies=None, programme=own):
            both = set(row.levels) & set(keys)
            if row.state == place and both and (row.end is None or start < row.end) and (until or date.max) > row.start:
                raise Refused(
                    code="approved_already",
                    what=f"{place} has approved {own} for {', '.join(sorted(both))} from {row.start} already.",
                    do="End that approval first, or record other days.",
                )
        record(
            ProgrammeApproved(
                approval=made,
                programme=own,
                state=place,
                levels=keys,
                start=text_of(start),
                until=text_of(until),
                source=_plain(source, "source"),
            )
        )
        return made


def approval_end(*, approval: str, end: date, reason: str, by: By) -> None:
    """Let an approval hold no longer, `end` being the first day of it.

    Raises:
        NotFound: there is no such approval.
        Refused: it began on that day or later, or was over before.
    """
    known = reading.get_approval(approval, agencies=by.agencies)
    with writing_as(f"programme/{known.programme}", by) as record:
        if record.earlier:
            return
        row = reading.get_approval(approval, agencies=by.agencies)
        if end <= row.start or (row.end is not None and row.end <= end):
            said = f"from {row.start}" + (f" until {row.end}" if row.end else "")
            raise Refused(
                code="not_in_force",
                what=f"The approval holds {said}; it cannot end on {end}.",
                do="Give a day after its first and before its end.",
            )
        record(
            ProgrammeApprovalEnded(
                approval=row.id, programme=row.programme, end=text_of(end), reason=_plain(reason, "reason")
            )
        )


# ---------------------------------------------------------------- courses


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCourse:
    """A course as it was entered."""

    course: str
    programme: str
    level: str
    state: str
    place_kind: str
    hours: Mapping[str, float]
    sheets: tuple[str, ...] = ()
    place: str = ""
    start: date
    end: date | None = None


def course_open(*, new: NewCourse, by: By) -> str:
    """Open a course; return its id.

    Raises:
        BadInput: something about it is wrong.
        Refused: the id is taken.
    """
    own = _own_id(new.course, "course", by)
    state = place_of(new.state)
    course = training.Course(
        id=own,
        level=level_key(new.level, place=state, on=new.start),
        programme=_own_id(new.programme, "programme", By(actor=by.actor, at=by.at)),
        agency=reading.agency_of(own),
        state=state,
        place_kind=one_of(new.place_kind, training.PLACES, "place_kind"),
        hours=new.hours,
        sheets=new.sheets,
        start=new.start,
        end=new.end,
    )
    training.check_course(course)
    fact = CourseOpened(
        course=own,
        programme=course.programme,
        level=course.level,
        state=state,
        place_kind=course.place_kind,
        place=_plain(new.place, "place"),
        hours=tuple({"topic": topic, "hours": float(hours)} for topic, hours in course.hours.items()),
        sheets=tuple(dict.fromkeys(course.sheets)),
        start=text_of(course.start),
        end=text_of(course.end),
    )
    with writing_as(f"course/{own}", by) as record:
        if record.earlier:
            return own
        if TrainingCourse.objects.filter(pk=own).exists():
            raise Refused(code="course_taken", what=f"The id {own} is taken.", do="Give the course another one.")
        record(fact)
    return own


def _running(course: str, by: By) -> reading.CourseRow:
    """Return a course that is held; called while the log is held."""
    row = reading.get_course(course, agencies=by.agencies)
    if row.cancelled:
        raise Refused(code="course_cancelled", what=f"The course {row.id} is cancelled.", do="Open another one.")
    return row


def course_cancel(*, course: str, reason: str, by: By) -> None:
    """Say that a course is not held, or not to its end. What was done in it stays.

    Raises:
        NotFound: there is no such course.
    """
    with writing_as(f"course/{course}", by) as record:
        if record.earlier:
            return
        if not reading.get_course(course, agencies=by.agencies).cancelled:
            record(CourseCancelled(course=course, reason=_plain(reason, "reason")))


def course_enrol(*, course: str, person: str, by: By) -> None:
    """Let somebody take part in a course; taking part already, nothing changes.

    Raises:
        NotFound: there is no such course or person.
        Refused: the course is cancelled or over, or they have completed it.
    """
    with writing_as(f"course/{course}", by) as record:
        if record.earlier:
            return
        row, who = _running(course, by), _seen(person, by)
        if row.end is not None and row.end <= by.at.date():
            raise Refused(code="course_over", what=f"The course ended before {row.end}.", do="Pick one that goes on.")
        own = reading.find_enrolment(course, who.id)
        if own is not None and own.status == "completed":
            raise Refused(
                code="completed_already",
                what=f"{who.id} completed this course on {own.completed_on}.",
                do="Nothing is left to do here.",
            )
        if own is None or own.status != "enrolled":
            record(CourseEnrolled(course=course, person=who.id))


def course_leave(*, course: str, person: str, reason: str, by: By) -> None:
    """Let somebody take part no longer. What they did stays on record.

    Raises:
        NotFound: there is no such course, or they are not in it.
    """
    with writing_as(f"course/{course}", by) as record:
        if record.earlier:
            return
        _enrolled(reading.get_course(course, agencies=by.agencies), person)
        record(CourseLeft(course=course, person=person, reason=_plain(reason, "reason")))


def _enrolled(row: reading.CourseRow, person: str) -> reading.EnrolmentRow:
    """Return somebody's place in a course, or refuse it."""
    own = reading.find_enrolment(row.id, person)
    if own is None or own.status == "left":
        raise NotFound(code="not_enrolled", what=f"{person} is not in {row.id}.", do="Enrol them first.")
    return own


# ---------------------------------------------------------------- sessions and attendance


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSession:
    """Hours of a course as they were entered."""

    session: str
    day: date
    topic: str
    hours: float
    instructor: str
    attended: Mapping[str, float]  # Hours by person.


def session_hold(*, course: str, new: NewSession, by: By) -> tuple[str, ...]:
    """Record hours that were given, and who was there; return what is worth knowing about it.

    Hours whose instructor is not qualified that day are kept and count nothing until a credential on record says
    otherwise.

    Raises:
        NotFound: there is no such course or instructor, or somebody is not enrolled.
        BadInput: the topic, the hours or the day are wrong.
        Refused: the session is there already, or the course is cancelled.
    """
    if not _SESSION.fullmatch(new.session):
        raise bad(where="session", what="The id cannot be read.", do="Write letters, digits and dashes, such as s1.")
    training.check_topics({new.topic: new.hours}, where="topic")
    _has_been(new.day, by, "day")
    for person, hours in new.attended.items():
        _check_attendance(hours, new.hours, person)
    with writing_as(f"course/{course}", by) as record:
        row = reading.get_course(course, agencies=by.agencies) if record.earlier else _running(course, by)
        teacher = _seen(new.instructor, by)
        said = _session_notes(row, new, teacher)
        if record.earlier:
            return said
        if reading.find_session(course, new.session) is not None:
            raise Refused(
                code="session_taken", what=f"The session {new.session} is there already.", do="Give it another id."
            )
        for person in new.attended:
            _enrolled(row, person)
        record(
            SessionHeld(
                course=course,
                session=new.session,
                day=text_of(new.day),
                topic=new.topic,
                hours=float(new.hours),
                instructor=teacher.id,
                attended=tuple({"person": who, "hours": float(hours)} for who, hours in new.attended.items()),
            )
        )
        return said


def _check_attendance(hours: float, most: float, person: str) -> None:
    if not 0 <= hours <= most:  # Also refuses NaN.
        raise bad(
            where=f"attended, {person}",
            what=f"{hours} is not between 0 and the session's {most:g} h.",
            do="Correct it.",
        )


def _session_notes(row: reading.CourseRow, new: NewSession, teacher: Person) -> tuple[str, ...]:
    said = []
    if not training.may_teach(teacher, row.level, new.day):
        said.append(f"{teacher.id} is not qualified to teach it on {new.day}: these hours count nothing.")
    if new.day < row.start or (row.end is not None and new.day >= row.end):
        said.append("It lies outside the course's days: these hours count nothing.")
    if new.topic not in {one["topic"] for one in row.hours}:
        said.append(f"The course plans no hours about {new.topic}.")
    return tuple(said)


def session_strike(*, course: str, session: str, reason: str, by: By) -> None:
    """Say that a session was entered wrongly.

    Raises:
        NotFound: there is no such course or session that counts.
    """
    with writing_as(f"course/{course}", by) as record:
        if record.earlier:
            return
        reading.get_course(course, agencies=by.agencies)
        _counting_session(course, session)
        record(SessionStruck(course=course, session=session, reason=_plain(reason, "reason")))


def _counting_session(course: str, session: str) -> reading.SessionRow:
    row = reading.find_session(course, session)
    if row is None or row.struck:
        raise NotFound(
            code="no_session", what=f"There is no session {session} that counts.", do="Pick one of the list."
        )
    return row


def attendance_set(*, course: str, session: str, person: str, hours: float, by: By) -> None:
    """Correct how long somebody was in a session; 0 is not at all.

    Raises:
        NotFound: there is no such course or session, or they are not enrolled.
        BadInput: the hours are more than the session had.
    """
    with writing_as(f"course/{course}", by) as record:
        if record.earlier:
            return
        row = reading.get_course(course, agencies=by.agencies)
        _check_attendance(hours, _counting_session(course, session).hours, person)
        _enrolled(row, person)
        record(AttendanceSet(course=course, session=session, person=person, hours=float(hours)))


# ---------------------------------------------------------------- skill sheets, credits, completion


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """A try at a skill sheet as an examiner marked it."""

    person: str
    sheet: str
    day: date
    done: tuple[str, ...]
    critical: tuple[str, ...]
    examiner: str


def sheet_mark(*, course: str, seen: Try, by: By) -> training.Marked:
    """Record a try at a skill sheet; return how it went. A failed one can be tried again, and stays on record.

    Raises:
        NotFound: there is no such course or examiner, or they are not enrolled.
        BadInput: the sheet, a step or a critical fail is none, or the day has not come.
        Refused: it is passed already, the examiner may not examine, or examines themselves.
    """
    sheet = training.get_sheet(seen.sheet, seen.day)
    marked = training.mark(sheet, done=seen.done, critical=seen.critical)
    _has_been(seen.day, by, "day")
    with writing_as(f"course/{course}", by) as record:
        if record.earlier:
            return marked
        row, examiner = _running(course, by), _seen(seen.examiner, by)
        _enrolled(row, seen.person)
        _may_examine(row, examiner, seen)
        if seen.sheet in reading.passed_sheets(reading.list_attempts(course, seen.person)):
            raise Refused(
                code="passed_already",
                what=f"{seen.person} has passed {sheet.id} in this course.",
                do="Strike that try first if it was entered wrongly.",
            )
        record(
            SkillSheetMarked(
                course=course,
                attempt=_new_id(by),
                person=seen.person,
                sheet=sheet.id,
                version=sheet.version,
                day=text_of(seen.day),
                done=tuple(step for step in sheet.steps if step in seen.done),
                critical=marked.critical,
                points=marked.points,
                of=marked.of,
                passed=marked.passed,
                examiner=examiner.id,
            )
        )
    return marked


def _may_examine(row: reading.CourseRow, examiner: Person, seen: Try) -> None:
    if examiner.id == seen.person:
        raise Refused(code="own_examiner", what="Nobody examines themselves.", do="Name another examiner.")
    if not training.may_teach(examiner, row.level, seen.day):
        raise Refused(
            code="examiner_not_qualified",
            what=f"{examiner.id} holds no instructor's credential for this level on {day_words(seen.day)}.",
            do="Name an examiner who does, or record the credential first.",
        )


def sheet_strike(*, course: str, attempt: str, reason: str, by: By) -> None:
    """Say that a try was entered wrongly. It stays on record, and counts no longer.

    Raises:
        NotFound: there is no such course or try that counts.
    """
    with writing_as(f"course/{course}", by) as record:
        if record.earlier:
            return
        reading.get_course(course, agencies=by.agencies)
        row = reading.find_attempt(attempt)
        if row is None or row.course != course or row.struck:
            raise NotFound(code="no_attempt", what="There is no such try that counts.", do="Pick one of the list.")
        record(SkillSheetStruck(course=course, attempt=attempt, reason=_plain(reason, "reason")))


def credit_claim(*, course: str, person: str, level: str, hours: float, by: By) -> tuple[float, str]:
    """Record hours that somebody brings from an earlier course; return how many count, and why not more.

    Raises:
        NotFound: there is no such course, or they are not enrolled.
        BadInput: the level or the hours are none.
    """
    training.check_hours(hours, where="hours")
    key = level_key(level)
    if not key:
        raise bad(where="level", what="No level is named.", do="Say the level of the earlier course.")
    credit = training.Credit(level=key, hours=float(hours))
    with writing_as(f"course/{course}", by) as record:
        row = reading.get_course(course, agencies=by.agencies)
        if not record.earlier:
            _enrolled(_running(course, by), person)
            record(CreditClaimed(course=course, person=person, level=key, hours=credit.hours))
        return training.credit_for(row.level, credit, by.at.date())


def course_complete(*, course: str, person: str, day: date, by: By) -> training.Completion:
    """Record that somebody did all that a course asks; return what it rests on.

    They are eligible for a certificate only where the programme is approved on that day.

    Raises:
        NotFound: there is no such course, or they are not enrolled.
        Refused: something is missing, or they completed it before.
    """
    _has_been(day, by, "day")
    with writing_as(f"course/{course}", by) as record:
        row = reading.get_course(course, agencies=by.agencies) if record.earlier else _running(course, by)
        own = _enrolled(row, person)
        found = reading.completion_of(reading.course_whole(row), person, day)
        if record.earlier:
            return found
        if own.status == "completed":
            raise Refused(
                code="completed_already",
                what=f"{person} completed this course on {own.completed_on}.",
                do="Nothing is left to do here.",
            )
        if not found.completed:
            lacking = [one for one in found.missing if "approved" not in one]
            raise Refused(
                code="not_completed", what=f"{person} has not completed {course}.", do=" ".join(lacking)
            )  # fmt: skip
        approval = found.checks[-1]
        record(
            CourseCompleted(
                course=course,
                person=person,
                day=text_of(day),
                eligible=found.eligible,
                why=f"{approval.what} {approval.do}".strip(),
            )
        )
        return found


# ---------------------------------------------------------------- continuing education


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHours:
    """Hours of continuing education as they were entered."""

    day: date
    hours: float
    component: str = ""
    format: str = "in_person"
    topic: str = ""
    about_children: bool = False
    accredited: bool = True
    provider: str = ""


_MOST_A_DAY = 24.0
COMPONENTS = ("", "national", "local", "individual", "core", "elective")


def education_record(*, person: str, new: NewHours, by: By) -> str:
    """Record hours of continuing education; return their id.

    Raises:
        NotFound: there is nobody of that id.
        BadInput: something about them is wrong.
    """
    training.check_hours(new.hours, where="hours")
    if new.hours > _MOST_A_DAY:
        raise bad(where="hours", what=f"{new.hours:g} h are more than a day has.", do="Enter each day by itself.")
    _has_been(new.day, by, "day")
    if new.topic:
        training.check_topics({new.topic: new.hours}, where="topic")
    component = "" if not new.component.strip() else one_of(new.component, COMPONENTS[1:], "component")
    made = _new_id(by)
    with writing_as(f"person/{person}", by) as record:
        if record.earlier:
            return made
        who = _seen(person, by)
        record(
            EducationRecorded(
                entry=made,
                person=who.id,
                day=text_of(new.day),
                hours=float(new.hours),
                component=component,
                format=one_of(new.format, recertification.FORMATS, "format"),
                topic=new.topic,
                about_children=new.about_children,
                accredited=new.accredited,
                provider=_plain(new.provider, "provider"),
            )
        )
    return made


def education_strike(*, person: str, entry: str, reason: str, by: By) -> None:
    """Say that hours were entered wrongly.

    Raises:
        NotFound: there is nobody of that id, or they have no such hours.
    """
    with writing_as(f"person/{person}", by) as record:
        if record.earlier:
            return
        who = _seen(person, by)
        if not reading.has_hours(who.id, entry):
            raise NotFound(code="no_hours", what=f"{who.id} has no such hours.", do="Pick some of the list.")
        record(EducationStruck(entry=entry, person=who.id, reason=_plain(reason, "reason")))


# ---------------------------------------------------------------- workplace response teams


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTeam:
    """A response team as it was entered."""

    team: str
    site: str
    state: str
    level: str = "emr"
    asks: str = "licence"
    least: int = 1
    shifts: Mapping[str, str]  # Hours of the week by the shift's name.


def team_set(*, new: NewTeam, by: By) -> str:
    """Say that an employer has a team on a site, like this from now on; return its id.

    Raises:
        BadInput: something about it is wrong.
    """
    own, state = _own_id(new.team, "team", by), place_of(new.state)
    level = level_key(new.level, place=state)
    if not level:
        raise bad(where="level", what="No level is named.", do="Say what members hold at least, such as emr.")
    if not _LEAST_MEMBERS <= new.least <= _MOST_MEMBERS:
        raise bad(where="least", what=f"{new.least} is no number of members.", do="Write 1 or more.")
    if not new.shifts:
        raise bad(where="shifts", what="No shift is named.", do='Give hours, such as {"day": "Mon-Fri 06:00-14:00"}.')
    for name, hours in new.shifts.items():
        Shifts.parse(hours, where=f"shifts, {_plain(name, 'shifts')}")
    fact = TeamSet(
        team=own,
        site=_plain(new.site, "site"),
        state=state,
        level=level,
        asks=one_of(new.asks, ASKS, "asks"),
        least=new.least,
        shifts=tuple({"name": name, "hours": hours.strip()} for name, hours in new.shifts.items()),
    )
    with writing_as(f"team/{own}", by) as record:
        if not record.earlier and not _is_so(fact):
            record(fact)
    return own


def _is_so(fact: TeamSet) -> bool:
    row = ResponseTeam.objects.filter(pk=fact.team).first()
    return row is not None and (row.site, row.state, row.level, row.asks, row.least, tuple(row.shifts)) == (
        fact.site, fact.state, fact.level, fact.asks, fact.least, fact.shifts,
    )  # fmt: skip


def team_join(*, team: str, person: str, hours: str, start: date, end: date | None, by: By) -> None:
    """Let somebody be of a team, at work on the site in these hours of the week; from then on other hours are over.

    Raises:
        NotFound: there is no such team or person.
        BadInput: the hours or days cannot be read.
    """
    Shifts.parse(hours, where="hours")
    if not hours.strip():
        raise bad(
            where="hours", what="No hours are given.", do='Write hours of the week, such as "Mon-Fri 06:00-14:00".'
        )
    if end is not None and end <= start:
        raise bad(where="end", what="It ends before it begins.", do="`end` is the first day they are not.")
    with writing_as(f"team/{team}", by) as record:
        if record.earlier:
            return
        row, who = reading.get_team(team, agencies=by.agencies), _seen(person, by)
        record(
            TeamJoined(team=row.id, person=who.id, hours=hours.strip(), start=text_of(start), end=text_of(end))
        )  # fmt: skip


def team_leave(*, team: str, person: str, end: date, reason: str, by: By) -> None:
    """Let somebody be of a team no longer, `end` being the first day of it.

    Raises:
        NotFound: there is no such team, or they are not of it.
    """
    with writing_as(f"team/{team}", by) as record:
        if record.earlier:
            return
        _member(reading.get_team(team, agencies=by.agencies), person)
        record(TeamLeft(team=team, person=person, end=text_of(end), reason=_plain(reason, "reason")))


def _member(row: reading.TeamRow, person: str) -> None:
    if not any(one.person == person for one in reading.list_members(row.id)):
        raise NotFound(code="not_a_member", what=f"{person} is not of {row.id}.", do="Pick somebody of the team.")


def team_absence(*, team: str, person: str, start: datetime, end: datetime, by: By) -> None:
    """Say that a member is not on site for a time. No reason is asked or kept.

    Raises:
        NotFound: there is no such team, or they are not of it.
        BadInput: it ends before it begins.
    """
    if end <= start:
        raise bad(where="end", what="It ends before it begins.", do="Correct the times.")
    with writing_as(f"team/{team}", by) as record:
        if record.earlier:
            return
        _member(reading.get_team(team, agencies=by.agencies), person)
        record(TeamAbsenceSet(team=team, person=person, start=start.isoformat(), end=end.isoformat()))

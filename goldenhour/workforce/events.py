"""What can happen among the people: credentials, training, who is aboard, and roles taken and given back.

Days are ISO dates on the licensing place's calendar; "" is no day. Who somebody is stands in personal fields, sealed
under a key of that person's own.
"""

from dataclasses import dataclass
from typing import Any

from goldenhour.log.event import Event, event, personal

# ---------------------------------------------------------------- people and credentials


@event("workforce.person_added", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded(Event):
    """Somebody came into the books."""

    person: str  # Their id, such as ke-0042: a number, never a name.
    given_name: str = personal()
    family_name: str = personal()
    born: str = personal()  # An ISO date.
    email: str = personal()
    phone: str = personal()
    languages: str = personal()  # Joined by ";".
    immunisations: str = personal()  # "hepatitis_b 2021", joined by ";".


@event("workforce.person_edited", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEdited(Event):
    """What is known of somebody is this from now on, all of it."""

    person: str
    given_name: str = personal()
    family_name: str = personal()
    born: str = personal()
    email: str = personal()
    phone: str = personal()
    languages: str = personal()
    immunisations: str = personal()


@event("workforce.affiliation_begun")
@dataclass(frozen=True, slots=True, kw_only=True)
class AffiliationBegun(Event):
    """Somebody serves in an agency from a day on, in this way; another way is a new one."""

    person: str
    agency: str
    service: str  # A value of credentials.Service.
    pay: str  # paid, volunteer.
    role: str
    practice: str  # The level the agency lets them practise at; "" for the licence's own.
    director: str  # The person id of their medical director; "" for none.
    start: str


@event("workforce.affiliation_ended")
@dataclass(frozen=True, slots=True, kw_only=True)
class AffiliationEnded(Event):
    """Somebody serves there no longer, in that way."""

    person: str
    agency: str
    end: str  # The first day of it.
    reason: str


@event("workforce.credential_issued", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialIssued(Event):
    """A state or a body gave somebody a credential."""

    person: str
    credential: str  # Its id, such as ke-0042:licence:EX:paramedic.
    kind: str  # A value of credentials.Kind.
    place: str  # The state; US for a body of the country.
    issuer: str
    level: str
    name: str
    start: str
    until: str  # The first day it no longer holds; "" where no end is stated.
    number: str = personal()


@event("workforce.credential_renewed", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialRenewed(Event):
    """It holds for another term."""

    person: str
    credential: str
    start: str
    until: str
    number: str = personal()  # "" when it kept its number.


@event("workforce.credential_lapsed", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialLapsed(Event):
    """It ended before its term did. The end of a term is no event: it follows from its dates."""

    person: str
    credential: str
    day: str
    reason: str = personal()


@event("workforce.credential_suspended", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialSuspended(Event):
    """Who issued it took it away for a time."""

    person: str
    credential: str
    day: str
    until: str  # "" until it is reinstated.
    reason: str = personal()


@event("workforce.credential_restricted", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialRestricted(Event):
    """Who issued it set a limit to it."""

    person: str
    credential: str
    day: str
    until: str
    reason: str = personal()  # The limit, in words.


@event("workforce.credential_reinstated", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialReinstated(Event):
    """What lay on it was lifted: a suspension, a limit, a revocation."""

    person: str
    credential: str
    day: str
    reason: str = personal()


@event("workforce.credential_revoked", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialRevoked(Event):
    """Who issued it took it away for good."""

    person: str
    credential: str
    day: str
    reason: str = personal()


@event("workforce.credential_surrendered", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialSurrendered(Event):
    """Its holder gave it back."""

    person: str
    credential: str
    day: str
    reason: str = personal()


@event("workforce.credential_corrected", personal_key="person")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialCorrected(Event):
    """It was entered wrongly. What is "" stays as it was."""

    person: str
    credential: str
    day: str  # From when on a correction that itself ends counts.
    start: str  # The right first day of the term.
    until: str  # The right first day after the term.
    level: str
    strikes: int  # The position of the event that should not have been entered; 0 for none.
    holds_until: str  # The first day the correction counts no longer, unless it is verified before; "" for ever.
    proposal: str  # Under which a second person confirmed it; "" where none was needed.
    number: str = personal()
    reason: str = personal()


@event("workforce.credential_verified")
@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialVerified(Event):
    """Somebody looked it up where it was issued and found it as it stands here. Whatever is done to it clears this."""

    person: str
    credential: str
    day: str
    how: str  # Where it was looked up, such as the state's register.


@event("workforce.people_imported")
@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleImported(Event):
    """A file of people was taken in; what it said is in the facts beside this one."""

    digest: str  # SHA-256 of the file.
    lines: int
    facts: int
    proposal: str


@event("workforce.change_proposed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProposed(Event):
    """A change waits for a second person. What it would do is kept aside, not in the log, until it is decided."""

    proposal: str
    kind: str  # import, correction.
    agencies: tuple[str, ...]  # Of the people it concerns.
    digest: str  # SHA-256 of what is kept aside.
    dropped: int  # How many would stand without a live licence on the worst day ...
    of: int  # ... out of how many who have one ...
    where: str  # ... in this agency or state ...
    day: str  # ... on this day. All nothing where the change waits for another reason.
    person: str  # Whom a correction concerns; "" for an import.
    credential: str


@event("workforce.change_confirmed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeConfirmed(Event):
    """A second person let a waiting change through."""

    proposal: str


@event("workforce.change_dropped")
@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDropped(Event):
    """A waiting change was turned down or withdrawn."""

    proposal: str
    reason: str


@event("workforce.calendar_opened")
@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarOpened(Event):
    """An agency's expiries got a secret address; one it had before is void."""

    agency: str
    token_hash: str  # SHA-256 of the secret part: the log does not open it.


@event("workforce.calendar_closed")
@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarClosed(Event):
    """The address answers no longer."""

    agency: str


# ---------------------------------------------------------------- rosters, who is aboard, roles


@event("workforce.seats_set")
@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsSet(Event):
    """An agency said which seats a unit has; what it said before holds no longer."""

    unit: str
    seats: tuple[dict[str, object], ...]  # {name, level, endorsements, required}


@event("workforce.duty_rostered")
@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRostered(Event):
    """Somebody is planned for a seat of a unit. A plan: who is aboard is a fact of its own."""

    duty: str
    person: str
    unit: str
    seat: str
    start: str  # ISO times with offset; until just before `end`.
    end: str
    hours: str  # Hours of the week within that time, such as "Mon-Fri 07:00-19:00"; "" is all of it.
    warnings: tuple[str, ...]  # What spoke against it, and was accepted.


@event("workforce.duty_struck")
@dataclass(frozen=True, slots=True, kw_only=True)
class DutyStruck(Event):
    """A planned duty holds no longer."""

    duty: str
    person: str
    unit: str
    reason: str


@event("workforce.crew_on")
@dataclass(frozen=True, slots=True, kw_only=True)
class CrewOn(Event):
    """Somebody is aboard a unit."""

    person: str
    unit: str
    seat: str
    station: str
    page: str  # The call whose page a volunteer on call accepted; "" otherwise.
    warnings: tuple[str, ...]  # What they were told at sign-on.
    supervisor: str  # Who let them aboard although the seat asks for more; "" where nothing stood against it.
    reason: str  # Why, in the supervisor's words.


@event("workforce.crew_off")
@dataclass(frozen=True, slots=True, kw_only=True)
class CrewOff(Event):
    """Somebody is no longer aboard."""

    person: str
    unit: str
    seat: str
    reason: str


@event("workforce.crew_unnamed")
@dataclass(frozen=True, slots=True, kw_only=True)
class CrewUnnamed(Event):
    """A unit whose crew was known by name is staffed by people nobody has named: its agency's word counts again."""

    unit: str


@event("workforce.role_taken")
@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTaken(Event):
    """Somebody took a command or management role: their care is out of the counted capacity until it is given back."""

    person: str
    unit: str  # Whose crew they are of; "" for nobody's.
    role: str  # Such as command, safety, staging.
    scope: str  # incident, shift.
    call_id: str  # Of the incident; "" for the shift.
    warnings: tuple[str, ...]  # What the unit can no longer do without them.


@event("workforce.role_given_back")
@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGivenBack(Event):
    """A role ended, and its holder's care counts again."""

    person: str
    unit: str
    role: str
    reason: str


@event("workforce.volunteer_on_call")
@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerOnCall(Event):
    """A volunteer offered to come when paged. Nobody is counted before they have accepted a page."""

    person: str
    unit: str
    start: str
    end: str


@event("workforce.volunteer_off_call")
@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerOffCall(Event):
    """A volunteer took the offer back."""

    person: str
    unit: str


# ---------------------------------------------------------------- training


@event("workforce.programme_approved")
@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeApproved(Event):
    """A state approved a programme's courses for some levels."""

    approval: str
    programme: str  # Qualified by agency, such as mill/first-aid-school.
    state: str
    levels: tuple[str, ...]
    start: str
    until: str  # The first day it no longer holds; "" where no end is stated.
    source: str  # Where it stands written.


@event("workforce.programme_approval_ended")
@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeApprovalEnded(Event):
    """A state's approval ended before its term did."""

    approval: str
    programme: str
    end: str  # The first day it no longer holds.
    reason: str


@event("workforce.course_opened")
@dataclass(frozen=True, slots=True, kw_only=True)
class CourseOpened(Event):
    """A course takes people in."""

    course: str  # Qualified by agency, such as mill/emr-2026.
    programme: str
    level: str
    state: str
    place_kind: str  # workplace, college, ...
    place: str
    hours: tuple[dict[str, Any], ...]  # {topic, hours}, as planned.
    sheets: tuple[str, ...]  # Skill sheets to pass.
    start: str
    end: str


@event("workforce.course_cancelled")
@dataclass(frozen=True, slots=True, kw_only=True)
class CourseCancelled(Event):
    """A course is not held, or not to its end."""

    course: str
    reason: str


@event("workforce.course_enrolled")
@dataclass(frozen=True, slots=True, kw_only=True)
class CourseEnrolled(Event):
    """Somebody takes part in a course."""

    course: str
    person: str


@event("workforce.course_left")
@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLeft(Event):
    """Somebody takes part no longer."""

    course: str
    person: str
    reason: str


@event("workforce.session_held")
@dataclass(frozen=True, slots=True, kw_only=True)
class SessionHeld(Event):
    """Hours of a course about one topic were given, and these were there."""

    course: str
    session: str
    day: str
    topic: str
    hours: float
    instructor: str
    attended: tuple[dict[str, Any], ...]  # {person, hours}


@event("workforce.session_struck")
@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStruck(Event):
    """A session was entered wrongly and counts no longer."""

    course: str
    session: str
    reason: str


@event("workforce.attendance_set")
@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceSet(Event):
    """Somebody was in a session for so many hours: what was said before was wrong. 0: not at all."""

    course: str
    session: str
    person: str
    hours: float


@event("workforce.skill_sheet_marked")
@dataclass(frozen=True, slots=True, kw_only=True)
class SkillSheetMarked(Event):
    """Somebody showed a skill. Every try is kept, passed or failed."""

    course: str
    attempt: str
    person: str
    sheet: str
    version: str  # Of the sheet, as it stood that day.
    day: str
    done: tuple[str, ...]  # Steps seen.
    critical: tuple[str, ...]  # Critical fails seen: one fails the sheet.
    points: int
    of: int
    passed: bool
    examiner: str


@event("workforce.skill_sheet_struck")
@dataclass(frozen=True, slots=True, kw_only=True)
class SkillSheetStruck(Event):
    """A try was entered wrongly and counts no longer."""

    course: str
    attempt: str
    reason: str


@event("workforce.credit_claimed")
@dataclass(frozen=True, slots=True, kw_only=True)
class CreditClaimed(Event):
    """Somebody brings hours of an earlier course. How many count, the rules say."""

    course: str
    person: str
    level: str  # Of the earlier course.
    hours: float


@event("workforce.course_completed")
@dataclass(frozen=True, slots=True, kw_only=True)
class CourseCompleted(Event):
    """Somebody did all that a course asks."""

    course: str
    person: str
    day: str
    eligible: bool  # For a certificate: whether the programme was approved that day.
    why: str


@event("workforce.education_recorded")
@dataclass(frozen=True, slots=True, kw_only=True)
class EducationRecorded(Event):
    """Somebody did hours of continuing education."""

    entry: str
    person: str
    day: str
    hours: float
    component: str  # national, local, individual, ...; "" not said.
    format: str
    topic: str
    about_children: bool
    accredited: bool
    provider: str


@event("workforce.education_struck")
@dataclass(frozen=True, slots=True, kw_only=True)
class EducationStruck(Event):
    """Hours were entered wrongly and count no longer."""

    entry: str
    person: str
    reason: str


@event("workforce.team_set")
@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSet(Event):
    """An employer has a response team on a site, like this from now on."""

    team: str  # Qualified by agency, such as mill/north-hall.
    site: str
    state: str
    level: str  # Members hold at least this.
    asks: str  # licence, certificate: by what they hold it.
    least: int  # So many must be on site.
    shifts: tuple[dict[str, Any], ...]  # {name, hours: "Mon-Fri 06:00-14:00"}


@event("workforce.team_joined")
@dataclass(frozen=True, slots=True, kw_only=True)
class TeamJoined(Event):
    """Somebody is of a team, and at work on the site in these hours of the week."""

    team: str
    person: str
    hours: str  # "Mon-Fri 06:00-14:00"; another way replaces it.
    start: str
    end: str  # The first day they are not; "" for no end.


@event("workforce.team_left")
@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLeft(Event):
    """Somebody is of the team no longer."""

    team: str
    person: str
    end: str
    reason: str


@event("workforce.team_absence_set")
@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAbsenceSet(Event):
    """A member is not on site although it is their hours: a holiday, an illness, work elsewhere. No reason is kept."""

    team: str
    person: str
    start: str  # ISO times with offset.
    end: str


# ---------------------------------------------------------------- rules of scope


@event("workforce.scope_rule_disputed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeRuleDisputed(Event):
    """Somebody says that a rule of scope of practice is wrong. Who and when stand on the envelope."""

    rule: str  # Id of the rule.
    place: str  # Whose book it stands in.
    words: str  # What is wrong with it.
    rules_hash: str  # Of the books in which it stood so.

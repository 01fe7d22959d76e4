"""The room's tables, made from the log: people and credentials, crews, training, each in a section of its own."""

from django.db import models

from goldenhour.log.live.projections import unlogged

# ---------------------------------------------------------------- people and credentials


class Person(models.Model):
    """Somebody of the service. Who they are is blanked when their key is destroyed."""

    id = models.CharField(primary_key=True, max_length=60)
    given_name = models.TextField(blank=True, default="")
    family_name = models.TextField(blank=True, default="")
    born = models.CharField(max_length=10, blank=True, default="")
    email = models.TextField(blank=True, default="")
    phone = models.TextField(blank=True, default="")
    languages = models.TextField(blank=True, default="")
    immunisations = models.TextField(blank=True, default="")
    added_at = models.DateTimeField()

    class Meta:
        db_table = "workforce_person"

    def __str__(self) -> str:
        """Return the id; never who it is."""
        return self.id


class Affiliation(models.Model):
    """Somebody's place in an agency, `[start, end)`."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    agency = models.CharField(max_length=80)
    service = models.CharField(max_length=20)
    pay = models.CharField(max_length=20)
    role = models.CharField(max_length=40)
    practice = models.CharField(max_length=60, blank=True)
    director = models.CharField(max_length=60, blank=True)
    start = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        db_table = "workforce_affiliation"
        indexes = [models.Index(fields=["agency", "end"], name="workforce_people_of_agency")]

    def __str__(self) -> str:
        """Return who serves where."""
        return f"{self.person_id} {self.agency}"


class Credential(models.Model):
    """Something that somebody holds or held. How it stands on a day is in its spans."""

    id = models.CharField(primary_key=True, max_length=200)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="credentials")
    kind = models.CharField(max_length=20)
    place = models.CharField(max_length=10)
    issuer = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=80, blank=True)
    number = models.TextField(blank=True, default="")
    verified_at = models.DateTimeField(null=True)  # None: not since it was last changed.
    verified_by = models.TextField(blank=True, default="")

    class Meta:
        db_table = "workforce_credential"
        indexes = [models.Index(fields=["kind", "place"], name="workforce_credentials_by_kind")]

    def __str__(self) -> str:
        """Return its id."""
        return self.id


class CredentialChange(models.Model):
    """One thing that was done to a credential."""

    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="changes")
    position = models.BigIntegerField()
    what = models.CharField(max_length=20)
    day = models.DateField()
    until = models.DateField(null=True)
    start = models.DateField(null=True)
    level = models.CharField(max_length=60, blank=True, default="")
    strikes = models.BigIntegerField(default=0)
    holds_until = models.DateField(null=True)
    words = models.TextField(blank=True, default="")
    actor = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "workforce_credential_change"
        constraints = [models.UniqueConstraint(fields=["position"], name="workforce_change_once")]

    def __str__(self) -> str:
        """Return what was done when."""
        return f"{self.credential_id} {self.what} {self.day}"


class CredentialSpan(models.Model):
    """Days on which a credential stands in one way, `[start, end)`."""

    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="spans")
    start = models.DateField()
    end = models.DateField(null=True)
    status = models.CharField(max_length=20)
    level = models.CharField(max_length=60, blank=True)
    words = models.JSONField(default=list)

    class Meta:
        db_table = "workforce_credential_span"
        constraints = [models.UniqueConstraint(fields=["credential", "start"], name="workforce_one_span_a_day")]
        indexes = [models.Index(fields=["status", "end"], name="workforce_spans_by_end")]

    def __str__(self) -> str:
        """Return the days."""
        return f"{self.credential_id} {self.status} [{self.start}, {self.end})"


class Proposal(models.Model):
    """A change that waits, or waited, for a second person."""

    id = models.CharField(primary_key=True, max_length=36)
    kind = models.CharField(max_length=20)
    agencies = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    dropped = models.IntegerField()
    of = models.IntegerField()
    where = models.CharField(max_length=80, blank=True)
    day = models.CharField(max_length=10, blank=True)
    person = models.CharField(max_length=60, blank=True)
    credential = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, default="waiting")  # waiting, confirmed, dropped
    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    decided_by = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "workforce_proposal"

    def __str__(self) -> str:
        """Return its id and state."""
        return f"{self.id} {self.state}"


@unlogged
class PendingChange(models.Model):
    """What a waiting proposal would do. Kept out of the log, and gone once it is decided: it may hold many names."""

    proposal = models.CharField(primary_key=True, max_length=36)
    body = models.TextField()

    class Meta:
        db_table = "workforce_pending_change"

    def __str__(self) -> str:
        """Return whose it is."""
        return self.proposal


class CalendarFeed(models.Model):
    """The secret address of an agency's expiries."""

    agency = models.CharField(primary_key=True, max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    opened_by = models.TextField()
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "workforce_calendar_feed"

    def __str__(self) -> str:
        """Return whose it is."""
        return self.agency


class RuleDispute(models.Model):
    """Somebody's word that a rule of scope of practice is wrong."""

    position = models.BigIntegerField(primary_key=True)
    rule = models.CharField(max_length=200)
    place = models.CharField(max_length=80)
    words = models.TextField()
    rules_hash = models.CharField(max_length=80)
    said_by = models.TextField()
    said_at = models.DateTimeField()

    class Meta:
        db_table = "workforce_rule_dispute"

    def __str__(self) -> str:
        """Return which rule it is about."""
        return self.rule


# ---------------------------------------------------------------- crews


class Seat(models.Model):
    """One seat of a unit, and what it asks."""

    unit = models.CharField(max_length=120)
    name = models.CharField(max_length=40)
    level = models.CharField(max_length=20, blank=True)
    endorsements = models.JSONField(default=list)
    required = models.BooleanField(default=True)

    class Meta:
        db_table = "workforce_seat"
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="workforce_seat_once")]

    def __str__(self) -> str:
        """Return which seat it is."""
        return f"{self.name} of {self.unit}"


class RosteredDuty(models.Model):
    """Somebody planned for a seat, `[start, end)`, in these hours of the week."""

    id = models.CharField(primary_key=True, max_length=36)
    person = models.CharField(max_length=60)
    unit = models.CharField(max_length=120)
    seat = models.CharField(max_length=40)
    start = models.DateTimeField()
    end = models.DateTimeField()
    hours = models.TextField(blank=True)

    class Meta:
        db_table = "workforce_rostered_duty"
        indexes = [
            models.Index(fields=["unit", "end"], name="workforce_duties_of_unit"),
            models.Index(fields=["person", "end"], name="workforce_duties_of_person"),
        ]

    def __str__(self) -> str:
        """Return who sits where."""
        return f"{self.person} {self.seat} of {self.unit}"


class Aboard(models.Model):
    """Somebody aboard a unit: one unit at a time, and a seat holds one."""

    person = models.CharField(primary_key=True, max_length=60)
    unit = models.CharField(max_length=120)
    seat = models.CharField(max_length=40)
    station = models.CharField(max_length=80, blank=True)
    page = models.CharField(max_length=40, blank=True)  # The call whose page a volunteer accepted.
    supervisor = models.TextField(blank=True)
    since = models.DateTimeField()

    class Meta:
        db_table = "workforce_aboard"
        constraints = [models.UniqueConstraint(fields=["unit", "seat"], name="workforce_a_seat_holds_one")]

    def __str__(self) -> str:
        """Return who is where."""
        return f"{self.person} aboard {self.unit}"


class Role(models.Model):
    """A command or management role that somebody holds now."""

    person = models.CharField(primary_key=True, max_length=60)
    unit = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=40)
    scope = models.CharField(max_length=20)
    call_id = models.CharField(max_length=40, blank=True)
    since = models.DateTimeField()

    class Meta:
        db_table = "workforce_role"
        indexes = [models.Index(fields=["unit"], name="workforce_roles_of_unit")]

    def __str__(self) -> str:
        """Return who has which."""
        return f"{self.person} has {self.role}"


class VolunteerOffer(models.Model):
    """A volunteer on call for a unit, `[start, end)`. Not aboard, and not counted, before they accept a page."""

    person = models.CharField(max_length=60)
    unit = models.CharField(max_length=120)
    start = models.DateTimeField()
    end = models.DateTimeField()

    class Meta:
        db_table = "workforce_volunteer_offer"
        constraints = [models.UniqueConstraint(fields=["person", "unit"], name="workforce_one_offer_a_unit")]

    def __str__(self) -> str:
        """Return who offered what."""
        return f"{self.person} on call for {self.unit}"


class CrewMark(models.Model):
    """The last fact that changed what a unit's crew may count for, so that an answer can be kept until the next."""

    unit = models.CharField(primary_key=True, max_length=120)
    event_id = models.CharField(max_length=36)
    named = models.BooleanField()  # Whether who is aboard (also nobody) is known by name.
    since = models.DateTimeField()

    class Meta:
        db_table = "workforce_crew_mark"

    def __str__(self) -> str:
        """Return whose it is."""
        return self.unit


# ---------------------------------------------------------------- training


class ProgrammeApproval(models.Model):
    """A state's approval of a programme, `[start, end)`."""

    id = models.CharField(primary_key=True, max_length=36)
    programme = models.CharField(max_length=120)
    agency = models.CharField(max_length=80)
    state = models.CharField(max_length=40)
    levels = models.JSONField(default=list)
    start = models.DateField()
    end = models.DateField(null=True)
    source = models.TextField()

    class Meta:
        db_table = "workforce_programme_approval"
        indexes = [models.Index(fields=["programme"], name="workforce_approvals")]

    def __str__(self) -> str:
        """Return whose it is."""
        return f"{self.programme} {self.state}"


class TrainingCourse(models.Model):
    """A course as it was opened."""

    id = models.CharField(primary_key=True, max_length=120)
    agency = models.CharField(max_length=80)
    programme = models.CharField(max_length=120)
    level = models.CharField(max_length=60)
    state = models.CharField(max_length=40)
    place_kind = models.CharField(max_length=20)
    place = models.TextField(blank=True)
    hours = models.JSONField(default=list)
    sheets = models.JSONField(default=list)
    start = models.DateField()
    end = models.DateField(null=True)
    cancelled = models.BooleanField(default=False)

    class Meta:
        db_table = "workforce_course"
        indexes = [models.Index(fields=["agency"], name="workforce_courses_of_agency")]

    def __str__(self) -> str:
        """Return its id."""
        return self.id


class Enrolment(models.Model):
    """Somebody in a course."""

    course = models.CharField(max_length=120)
    person = models.CharField(max_length=60)
    status = models.CharField(max_length=20, default="enrolled")  # enrolled, left, completed
    credits = models.JSONField(default=list)  # {level, hours}
    completed_on = models.DateField(null=True)
    eligible = models.BooleanField(null=True)
    why = models.TextField(blank=True, default="")

    class Meta:
        db_table = "workforce_enrolment"
        constraints = [models.UniqueConstraint(fields=["course", "person"], name="workforce_enrolled_once")]
        indexes = [models.Index(fields=["person"], name="workforce_courses_of_person")]

    def __str__(self) -> str:
        """Return who is in which."""
        return f"{self.person} in {self.course}"


class TrainingSession(models.Model):
    """Hours of a course about one topic."""

    course = models.CharField(max_length=120)
    session = models.CharField(max_length=60)
    day = models.DateField()
    topic = models.CharField(max_length=40)
    hours = models.FloatField()
    instructor = models.CharField(max_length=60)
    struck = models.BooleanField(default=False)

    class Meta:
        db_table = "workforce_session"
        constraints = [models.UniqueConstraint(fields=["course", "session"], name="workforce_session_once")]

    def __str__(self) -> str:
        """Return which it is."""
        return f"{self.session} of {self.course}"


class Attendance(models.Model):
    """Somebody in a session."""

    course = models.CharField(max_length=120)
    session = models.CharField(max_length=60)
    person = models.CharField(max_length=60)
    hours = models.FloatField()

    class Meta:
        db_table = "workforce_attendance"
        constraints = [
            models.UniqueConstraint(fields=["course", "session", "person"], name="workforce_attendance_once")
        ]

    def __str__(self) -> str:
        """Return who was in which."""
        return f"{self.person} in {self.session} of {self.course}"


class SheetAttempt(models.Model):
    """One try at a skill sheet, kept whatever came of it."""

    id = models.CharField(primary_key=True, max_length=36)
    course = models.CharField(max_length=120)
    person = models.CharField(max_length=60)
    sheet = models.CharField(max_length=60)
    version = models.CharField(max_length=80)
    day = models.DateField()
    done = models.JSONField(default=list)
    critical = models.JSONField(default=list)
    points = models.IntegerField()
    of = models.IntegerField()
    passed = models.BooleanField()
    examiner = models.CharField(max_length=60)
    struck = models.BooleanField(default=False)
    position = models.BigIntegerField()

    class Meta:
        db_table = "workforce_sheet_attempt"
        indexes = [models.Index(fields=["course", "person"], name="workforce_attempts")]

    def __str__(self) -> str:
        """Return who tried what."""
        return f"{self.person} {self.sheet}"


class Education(models.Model):
    """Hours of continuing education."""

    id = models.CharField(primary_key=True, max_length=36)
    person = models.CharField(max_length=60)
    day = models.DateField()
    hours = models.FloatField()
    component = models.CharField(max_length=40, blank=True)
    format = models.CharField(max_length=20)
    topic = models.CharField(max_length=40, blank=True)
    about_children = models.BooleanField()
    accredited = models.BooleanField()
    provider = models.TextField(blank=True)

    class Meta:
        db_table = "workforce_education"
        indexes = [models.Index(fields=["person"], name="workforce_education_of_person")]

    def __str__(self) -> str:
        """Return whose it is."""
        return f"{self.person} {self.day}"


class ResponseTeam(models.Model):
    """An employer's response team on a site."""

    id = models.CharField(primary_key=True, max_length=120)
    agency = models.CharField(max_length=80)
    site = models.TextField()
    state = models.CharField(max_length=40)
    level = models.CharField(max_length=60)
    asks = models.CharField(max_length=20)
    least = models.IntegerField()
    shifts = models.JSONField(default=list)

    class Meta:
        db_table = "workforce_response_team"
        indexes = [models.Index(fields=["agency"], name="workforce_teams_of_agency")]

    def __str__(self) -> str:
        """Return its id."""
        return self.id


class TeamMember(models.Model):
    """Somebody of a team, `[start, end)`, on site in these hours of the week."""

    team = models.CharField(max_length=120)
    person = models.CharField(max_length=60)
    hours = models.TextField(blank=True)
    start = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        db_table = "workforce_team_member"
        indexes = [models.Index(fields=["team"], name="workforce_members_of_team")]

    def __str__(self) -> str:
        """Return who is of which."""
        return f"{self.person} of {self.team}"


class TeamAbsence(models.Model):
    """A member not on site, `[start, end)`."""

    team = models.CharField(max_length=120)
    person = models.CharField(max_length=60)
    start = models.DateTimeField()
    end = models.DateTimeField()

    class Meta:
        db_table = "workforce_team_absence"
        indexes = [models.Index(fields=["team", "end"], name="workforce_absences_of_team")]

    def __str__(self) -> str:
        """Return who is away."""
        return f"{self.person} away from {self.team}"

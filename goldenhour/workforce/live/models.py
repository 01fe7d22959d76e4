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

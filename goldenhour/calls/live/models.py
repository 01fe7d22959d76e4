"""The calls as the log tells them."""

from django.db import models


class Call(models.Model):
    """A call for help."""

    id = models.CharField(primary_key=True, max_length=40)  # The number people read out, such as 26-0001.
    year = models.IntegerField()  # Two digits, of the place's own calendar.
    serial = models.IntegerField()  # Within the year, from 1.
    event_id = models.CharField(max_length=36, unique=True)
    received_at = models.DateTimeField()
    lon = models.FloatField()
    lat = models.FloatField()
    address = models.TextField(blank=True, default="")
    callback = models.CharField(max_length=80, blank=True, default="")
    nature = models.CharField(max_length=60)
    said_nature = models.CharField(max_length=60, default="")  # As people said, not as triage found.
    priority = models.IntegerField()
    said_priority = models.IntegerField(null=True)  # By a person, the last time; triage only raises it.
    patients = models.IntegerField()
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=60, blank=True, default="")
    sent_at = models.DateTimeField(null=True)  # When dispatch had it, where it was typed as a draft.
    version = models.IntegerField(default=0)  # Of its details.
    changed_at = models.DateTimeField(null=True)
    changed_by = models.CharField(max_length=120, default="")
    details = models.JSONField(default=dict)  # Age, sex, language, ...: see calls.details.
    sealed = models.JSONField(default=dict)  # The details that identify somebody.
    claimed_by = models.CharField(max_length=120, default="")  # Who works on it; "" for nobody.
    claimed_since = models.DateTimeField(null=True)
    claim_seen_at = models.DateTimeField(null=True)  # When they last did something there.
    claim_doing = models.CharField(max_length=20, default="")
    split_from = models.CharField(max_length=40, default="")  # The call that it was made out of.
    place_changed_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)  # The last time.
    reopened_by = models.CharField(max_length=120, default="")
    reopened_why = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "serial"], name="calls_number_is_unique")]
        indexes = [
            models.Index(fields=["closed_at", "received_at"], name="calls_open_first"),
            models.Index(fields=["lat", "lon"], name="calls_by_place"),
        ]

    def __str__(self) -> str:
        """Return its number; never where or who."""
        return self.id


class DraftState(models.TextChoices):
    """What became of a draft."""

    OPEN = "open"
    SENT = "sent"  # It is a call.
    HANDLED = "handled"  # It was dealt with otherwise: see its disposition.
    DUPLICATE = "duplicate"  # Another call is about the same.
    DISCARDED = "discarded"


class Draft(models.Model):
    """A call while it is typed."""

    id = models.CharField(primary_key=True, max_length=40)  # The number it has as a call, too.
    year = models.IntegerField()
    serial = models.IntegerField()
    event_id = models.CharField(max_length=36, unique=True)
    rang_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=DraftState.choices, default=DraftState.OPEN)
    owner = models.CharField(max_length=120)
    owned_since = models.DateTimeField()
    version = models.IntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120)
    fields = models.JSONField(default=dict)
    sealed = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "serial"], name="calls_draft_number_is_unique")]
        indexes = [models.Index(fields=["state", "rang_at"], name="calls_drafts_open_first")]

    def __str__(self) -> str:
        """Return its number; never where or who."""
        return self.id


class Location(models.Model):
    """Where a phone said it is."""

    call_id = models.CharField(max_length=40, db_index=True)
    position = models.BigIntegerField()  # In the log: the order in which it was heard.
    at = models.DateTimeField()
    lon = models.FloatField()
    lat = models.FloatField()
    accuracy_m = models.FloatField(null=True)
    source = models.CharField(max_length=20)

    def __str__(self) -> str:
        """Return which call it is about."""
        return f"a location of {self.call_id}"


class TextLine(models.Model):
    """One line of a conversation in text messages."""

    call_id = models.CharField(max_length=40, db_index=True)
    position = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    direction = models.CharField(max_length=4)
    text = models.TextField()

    def __str__(self) -> str:
        """Return which call it is about."""
        return f"a text of {self.call_id}"


class Interpreter(models.Model):
    """The interpreter of a call."""

    call_id = models.CharField(primary_key=True, max_length=40)
    language = models.CharField(max_length=40)
    wanted_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return which call it is about."""
        return f"interpreter of {self.call_id}"


class Asking(models.Model):
    """Where the questions of a call stand."""

    call_id = models.CharField(primary_key=True, max_length=40)
    card = models.CharField(max_length=60, default="")  # The one that the call taker picked.
    determinant = models.CharField(max_length=120, default="")
    label = models.CharField(max_length=200, default="")
    priority = models.IntegerField(null=True)
    response = models.CharField(max_length=20, default="")
    nature = models.CharField(max_length=60, default="")
    card_version = models.CharField(max_length=120, default="")
    rules_hash = models.CharField(max_length=80, default="")
    training = models.BooleanField(default=False)
    reached_at = models.DateTimeField(null=True)
    recognised_at = models.DateTimeField(null=True)
    recognised_by = models.CharField(max_length=120, default="")
    first_compression_at = models.DateTimeField(null=True)
    first_compression_by = models.CharField(max_length=120, default="")
    script = models.CharField(max_length=60, default="")  # That the last step was told from.
    step = models.CharField(max_length=60, default="")
    step_answer = models.CharField(max_length=60, default="")
    stopped = models.CharField(max_length=60, default="")  # The script that nothing more is told from.
    stopped_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return which call it is about."""
        return f"triage of {self.call_id}"


class Answer(models.Model):
    """What was answered to one question, once."""

    call_id = models.CharField(max_length=40, db_index=True)
    position = models.BigIntegerField()  # The highest of a question stands.
    question = models.CharField(max_length=120)
    answer = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    def __str__(self) -> str:
        """Return which call it is about."""
        return f"an answer of {self.call_id}"


class Told(models.Model):
    """What a caller was told."""

    call_id = models.CharField(max_length=40, db_index=True)
    position = models.BigIntegerField()
    script = models.CharField(max_length=60)
    step = models.CharField(max_length=60)
    answer = models.CharField(max_length=60, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    def __str__(self) -> str:
        """Return which call it is about."""
        return f"a step told to {self.call_id}"


class CardApproval(models.Model):
    """A medical director stands for a version of a card or script."""

    kind = models.CharField(max_length=10)
    card = models.CharField(max_length=60)
    version = models.CharField(max_length=120)
    words = models.CharField(max_length=64)
    by = models.CharField(max_length=120)
    approved_at = models.DateTimeField()
    start = models.DateField()
    until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "card", "version"], name="calls_approved_once_at_a_time")
        ]

    def __str__(self) -> str:
        """Return what is approved."""
        return f"{self.kind} {self.version}"


class PremiseNote(models.Model):
    """What matters at a place."""

    id = models.CharField(primary_key=True, max_length=36)
    lon = models.FloatField()
    lat = models.FloatField()
    kind = models.CharField(max_length=20)
    address = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    author = models.CharField(max_length=120)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["lat", "lon"], name="calls_notes_by_place")]

    def __str__(self) -> str:
        """Return its id; never where or what."""
        return self.id


class CallNote(models.Model):
    """What somebody wrote down on a call."""

    id = models.CharField(primary_key=True, max_length=36)  # Of the event that wrote it.
    position = models.BigIntegerField()
    call_id = models.CharField(max_length=40, db_index=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    shown_to = models.CharField(max_length=20)
    text = models.TextField()
    struck_at = models.DateTimeField(null=True)
    struck_by = models.CharField(max_length=120, default="")
    struck_reason = models.CharField(max_length=300, default="")

    def __str__(self) -> str:
        """Return which call it is about."""
        return f"a note of {self.call_id}"


class Link(models.Model):
    """Two incidents of one event; `call_id` is the lower number."""

    call_id = models.CharField(max_length=40)
    other = models.CharField(max_length=40, db_index=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call_id", "other"], name="calls_linked_once")]

    def __str__(self) -> str:
        """Return both numbers."""
        return f"{self.call_id} and {self.other}"


class Duplicate(models.Model):
    """A call that is about the same as another."""

    call_id = models.CharField(primary_key=True, max_length=40)
    same_as = models.CharField(max_length=40, db_index=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    reason = models.CharField(max_length=300, blank=True, default="")

    def __str__(self) -> str:
        """Return both numbers."""
        return f"{self.call_id} is {self.same_as}"


class Given(models.Model):
    """What was done about a call beside sending units."""

    call_id = models.CharField(primary_key=True, max_length=40)  # The latest; former ones stay in the log.
    kind = models.CharField(max_length=30, db_index=True)
    to = models.CharField(max_length=120, blank=True, default="")
    note = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    def __str__(self) -> str:
        """Return which call it is about."""
        return f"disposition of {self.call_id}"


class FollowUp(models.Model):
    """Somebody is to see to a call again."""

    id = models.CharField(primary_key=True, max_length=36)
    call_id = models.CharField(max_length=40, db_index=True)
    kind = models.CharField(max_length=30)
    due_at = models.DateTimeField()
    note = models.TextField(blank=True, default="")
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=120, blank=True, default="")
    outcome = models.CharField(max_length=20, blank=True, default="")
    done_note = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["done_at", "due_at"], name="calls_follow_ups_due")]

    def __str__(self) -> str:
        """Return which call it is about."""
        return f"follow-up of {self.call_id}"


class Callback(models.Model):
    """Somebody rang a caller back."""

    call_id = models.CharField(max_length=40, db_index=True)
    position = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    outcome = models.CharField(max_length=20)

    def __str__(self) -> str:
        """Return which call it is about."""
        return f"a callback of {self.call_id}"


class Review(models.Model):
    """A call that is listened to again."""

    call_id = models.CharField(primary_key=True, max_length=40)
    why = models.CharField(max_length=10)  # arrest or share
    listed_at = models.DateTimeField(db_index=True)
    review = models.CharField(max_length=36, default="")  # Of the latest review, "" before the first.
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=120, default="")
    findings = models.JSONField(default=dict)

    def __str__(self) -> str:
        """Return which call it is."""
        return f"review of {self.call_id}"


class ChecklistTick(models.Model):
    """An item of a checklist that a crew has ticked."""

    call_id = models.CharField(max_length=40)
    unit = models.CharField(max_length=120)
    checklist = models.CharField(max_length=60)
    item = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call_id", "unit", "checklist", "item"], name="calls_ticked_once")
        ]

    def __str__(self) -> str:
        """Return which list of which call."""
        return f"{self.checklist} of {self.call_id}"

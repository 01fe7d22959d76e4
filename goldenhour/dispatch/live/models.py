"""Who is on which call, what was recommended, and who waits."""

from django.db import models
from django.db.models import Q


class Assignment(models.Model):
    """A unit on a call. The desk's live picture; the log holds the history."""

    call_id = models.CharField(max_length=40)
    unit = models.CharField(max_length=120)
    slot = models.CharField(max_length=60, blank=True)
    assigned_at = models.DateTimeField()
    assigned_by = models.CharField(max_length=120, blank=True, default="")
    expected_arrival_s = models.FloatField()
    reason = models.TextField(blank=True)
    override = models.BooleanField()
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.CharField(max_length=120, blank=True, default="")
    cleared_because = models.TextField(blank=True, default="")
    moved_to = models.CharField(max_length=40, blank=True, default="")  # The call that it went over to.
    retargeted_at = models.DateTimeField(null=True)  # When its call turned out to be elsewhere, the last time.

    class Meta:  # The rule once more, where nothing can get past it.
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(cleared_at=None), name="dispatch_unit_on_one_call_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["call_id"], name="dispatch_units_of_call")]

    def __str__(self) -> str:
        """Return who is on what."""
        return f"{self.unit} on {self.call_id}"


class Advice(models.Model):
    """The latest recommendation for a call, with its reasons."""

    call_id = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField()
    policy = models.CharField(max_length=60)
    plan = models.CharField(max_length=120)
    rules_hash = models.CharField(max_length=80)
    chosen = models.JSONField(default=list)
    passed_over = models.JSONField(default=list)
    shortfalls = models.JSONField(default=list)

    def __str__(self) -> str:
        """Return which call it is for."""
        return f"advice for {self.call_id}"


class Staging(models.Model):
    """Where the units of a call wait, away from the scene, until somebody says that they may enter."""

    call_id = models.CharField(primary_key=True, max_length=40)
    lon = models.FloatField()
    lat = models.FloatField()
    where = models.TextField(blank=True)
    reason = models.CharField(max_length=40)  # A key of dispatch.staging.
    note = models.TextField(blank=True)
    since = models.DateTimeField()
    by = models.CharField(max_length=120)

    def __str__(self) -> str:
        """Return which call it is; never where."""
        return f"staging for {self.call_id}"


class CoResponder(models.Model):
    """A service that the house does not run was asked for help on a call. A task, never a unit."""

    id = models.CharField(primary_key=True, max_length=36)
    call_id = models.CharField(max_length=40, db_index=True)
    service = models.CharField(max_length=60)  # A key of dispatch.co_responders, with the task.
    task = models.CharField(max_length=60)
    makes_safe = models.BooleanField()
    note = models.TextField(blank=True)
    state = models.CharField(max_length=12)  # A value of co_responders.State.
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    since = models.DateTimeField()  # In that state, and who entered it.
    by = models.CharField(max_length=120)
    said_by = models.CharField(max_length=120, blank=True, default="")
    words = models.TextField(blank=True, default="")
    due_at = models.DateTimeField(null=True)
    there_at = models.DateTimeField(null=True)
    safe_at = models.DateTimeField(
        null=True
    )  # When it said that the scene is safe; null where it did not, or took it back.
    safe_said_by = models.CharField(max_length=120, blank=True, default="")

    def __str__(self) -> str:
        """Return who was asked, for which call."""
        return f"{self.service} for {self.call_id}"


class Waiting(models.Model):
    """A call whose slots nobody was free for."""

    call_id = models.CharField(primary_key=True, max_length=40)
    slots = models.JSONField(default=list)
    since = models.DateTimeField()

    def __str__(self) -> str:
        """Return which call waits."""
        return f"{self.call_id} waits"


class Held(models.Model):
    """A call that somebody lets wait on purpose."""

    call_id = models.CharField(primary_key=True, max_length=40)
    reason = models.CharField(max_length=300)
    since = models.DateTimeField()
    by = models.CharField(max_length=120)

    def __str__(self) -> str:
        """Return which call is held."""
        return f"{self.call_id} is held"


class Acknowledged(models.Model):
    """The last acknowledgement of an alarm: it is silent up to that step."""

    quantity = models.CharField(max_length=20)
    about = models.CharField(max_length=120)  # A call, a unit or a request.
    since = models.DateTimeField()
    step = models.IntegerField()
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["quantity", "about"], name="dispatch_one_word_an_alarm")]

    def __str__(self) -> str:
        """Return which alarm it is."""
        return f"{self.quantity} of {self.about}"


class AidState(models.TextChoices):
    """How far a request for mutual aid has come."""

    ASKED = "asked"
    ACCEPTED = "accepted"  # A unit is on its way, or on the board.
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    RELEASED = "released"  # The unit went home.


class Aid(models.Model):
    """A neighbour was asked for a unit."""

    id = models.CharField(primary_key=True, max_length=36)
    call_id = models.CharField(max_length=40, db_index=True)
    neighbour = models.CharField(max_length=80)
    agreement = models.CharField(max_length=160)
    type = models.CharField(max_length=40)
    level = models.CharField(max_length=40, blank=True)
    scope = models.CharField(max_length=10)
    scope_why = models.TextField(blank=True)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=AidState.choices, default=AidState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    answered_at = models.DateTimeField(null=True)
    said_by = models.CharField(max_length=120, blank=True, default="")
    reason = models.TextField(blank=True, default="")  # Why it was declined, withdrawn or released.
    unit = models.CharField(max_length=120, blank=True, default="", db_index=True)
    due_at = models.DateTimeField(null=True)  # When the neighbour said that the unit will be there.
    left = models.IntegerField(null=True)
    arrived_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return whom it is from, for which call."""
        return f"aid of {self.neighbour} for {self.call_id}"


class Posting(models.Model):
    """A unit that was ordered to another post than its own; over with its next call."""

    unit = models.CharField(primary_key=True, max_length=120)
    post = models.CharField(max_length=80)
    since = models.DateTimeField()
    by = models.CharField(max_length=120)

    def __str__(self) -> str:
        """Return who is where."""
        return f"{self.unit} at {self.post}"


class DeclinedMove(models.Model):
    """A move-up that was proposed and not followed."""

    unit = models.CharField(max_length=120)
    post = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    reason = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "post"], name="dispatch_one_word_a_move")]

    def __str__(self) -> str:
        """Return which move it was."""
        return f"{self.unit} not to {self.post}"

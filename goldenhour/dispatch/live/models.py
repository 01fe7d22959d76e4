"""Who is on which call, what was recommended, and who waits."""

from django.db import models
from django.db.models import Q


class Assignment(models.Model):
    """A unit on a call. The desk's live picture; the log holds the history."""

    call_id = models.CharField(max_length=40)
    unit = models.CharField(max_length=120)
    slot = models.CharField(max_length=60, blank=True)
    assigned_at = models.DateTimeField()
    expected_arrival_s = models.FloatField()
    reason = models.TextField(blank=True)
    override = models.BooleanField()
    cleared_at = models.DateTimeField(null=True)
    cleared_because = models.TextField(blank=True, default="")

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


class Waiting(models.Model):
    """A call whose slots nobody was free for."""

    call_id = models.CharField(primary_key=True, max_length=40)
    slots = models.JSONField(default=list)
    since = models.DateTimeField()

    def __str__(self) -> str:
        """Return which call waits."""
        return f"{self.call_id} waits"

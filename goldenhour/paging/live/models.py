"""Paging as the log tells it: where messages go, what waits for each, who on call was asked and what they answered.

Addresses and secrets stand in no table: they are sealed in the log, and a row names the position where.
"""

from django.db import models

from goldenhour.log.live.projections import unlogged


class Destination(models.Model):
    """An address outside: an agency's, or a person's own."""

    id = models.CharField(primary_key=True, max_length=36)
    kind = models.CharField(max_length=10)
    label = models.CharField(max_length=80)
    agency = models.CharField(max_length=80, blank=True)
    station = models.CharField(max_length=80, blank=True)
    person = models.CharField(max_length=60, blank=True)
    gets = models.JSONField(default=list)
    detail = models.CharField(max_length=10)
    host = models.CharField(max_length=260, blank=True)
    position = models.BigIntegerField()  # Of the fact with its address.
    secrets = models.JSONField(default=list)  # [{position, until}], the newest first; until is null for that one.
    since = models.DateTimeField()
    failures = models.IntegerField(default=0)  # Attempts in a row.
    paused_until = models.DateTimeField(null=True)  # By the machine, after a failure.
    stopped_at = models.DateTimeField(null=True)  # Paused by an administrator, until they resume it.
    heard_at = models.DateTimeField(null=True)  # When it last took a message.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["ended_at", "person"], name="paging_destinations_by_whom")]

    def __str__(self) -> str:
        """Return its id; never where it leads."""
        return self.id


class MessageState(models.TextChoices):
    """What became of a message."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"  # Given up: a dead letter.
    DROPPED = "dropped"  # Its destination is no more.


class Message(models.Model):
    """One message to one destination: the outbox, and what became of it. Its words are made when it goes."""

    id = models.CharField(primary_key=True, max_length=36)
    destination = models.CharField(max_length=36)
    what = models.CharField(max_length=20)
    call_id = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=120, blank=True)
    alert = models.CharField(max_length=36, blank=True)
    position = models.BigIntegerField()  # Of the fact it follows from.
    queued_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.WAITING)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    said = models.TextField(blank=True, default="")  # How the last attempt ended.
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_at"], name="paging_messages_due"),
            models.Index(fields=["destination", "state"], name="paging_messages_of"),
            models.Index(fields=["call_id"], name="paging_messages_of_call"),
        ]

    def __str__(self) -> str:
        """Return its id and state."""
        return f"{self.id} {self.state}"


@unlogged
class Lease(models.Model):
    """Which messages somebody is delivering just now, so that two processes do not both."""

    message = models.CharField(primary_key=True, max_length=36)
    until = models.DateTimeField()

    def __str__(self) -> str:
        """Return the message's id."""
        return self.message


class Alert(models.Model):
    """A page to the people on call of a unit that is sent to a call."""

    id = models.CharField(primary_key=True, max_length=36)
    call_id = models.CharField(max_length=40)
    unit = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    since = models.DateTimeField()  # From when on people are asked: of its opening, or reopening.
    paged_at = models.DateTimeField()
    round = models.IntegerField(default=1)
    state = models.CharField(max_length=10, default="open")  # A value of alerts.State.
    because = models.CharField(max_length=20, blank=True, default="")
    closed_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    missing = models.TextField(blank=True, default="")  # When it was escalated.
    next_unit = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["call_id", "unit"], name="paging_alerts_of_call"),
            models.Index(fields=["state"], name="paging_alerts_by_state"),
        ]

    def __str__(self) -> str:
        """Return who was paged for what."""
        return f"{self.unit} for {self.call_id}"


class AskedPerson(models.Model):
    """Somebody on call who was paged, and what they answered."""

    alert = models.CharField(max_length=36)
    person = models.CharField(max_length=60)
    paged_at = models.DateTimeField()
    answer = models.CharField(max_length=10, blank=True, default="")  # A value of alerts.Answer.
    answered_at = models.DateTimeField(null=True)
    eta_s = models.IntegerField(null=True)
    counts = models.TextField(blank=True, default="")  # Why they take no seat although they come.

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "person"], name="paging_asked_once")]
        indexes = [models.Index(fields=["person"], name="paging_asked_by_person")]

    def __str__(self) -> str:
        """Return who was asked."""
        return f"{self.person} {self.answer}"

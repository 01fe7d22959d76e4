"""The facilities where patients can go, who asked to be passed over, and who is on the way there."""

from django.db import models
from django.db.models import Q


class Facility(models.Model):
    """A hospital or equivalent facility."""

    id = models.CharField(primary_key=True, max_length=80)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    lon = models.FloatField()
    lat = models.FloatField()
    capabilities = models.JSONField(default=list)

    def __str__(self) -> str:
        """Return its name."""
        return self.name


class Standing(models.Model):
    """How one service of a facility, or all of it, stands when it is not simply open: advice, never a wall."""

    facility = models.CharField(max_length=80)
    service = models.CharField(max_length=80, blank=True)  # "": the whole facility.
    level = models.CharField(max_length=20)
    until = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    since = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facility", "service"], name="hospitals_one_level_a_service")]

    def __str__(self) -> str:
        """Return who asks for what."""
        return f"{self.facility} {self.service}: {self.level}"


class Beds(models.Model):
    """A facility's latest count of free beds."""

    facility = models.CharField(primary_key=True, max_length=80)
    beds = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    def __str__(self) -> str:
        """Return whose beds they are."""
        return f"beds of {self.facility}"


class Destination(models.Model):
    """Where a unit takes its patient."""

    call_id = models.CharField(max_length=40)
    unit = models.CharField(max_length=120)
    facility = models.CharField(max_length=80)
    reason = models.TextField(blank=True)
    chosen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # The unit is free again, or chose another door.
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=120, default="")
    stamp_id = models.CharField(max_length=36, default="")  # Of the transfer of care that the acceptance stamped.
    signed_at = models.DateTimeField(null=True)  # Or refused.
    signed_role = models.CharField(max_length=40, default="")
    signed_name = models.CharField(max_length=200, default="")
    refusal = models.TextField(default="")  # Why nobody signed.

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(ended_at=None), name="hospitals_unit_goes_to_one_place_at_a_time"
            )
        ]
        indexes = [
            models.Index(fields=["call_id"], name="hospitals_of_call"),
            models.Index(fields=["facility", "ended_at"], name="hospitals_who_comes"),
        ]

    def __str__(self) -> str:
        """Return who goes where."""
        return f"{self.unit} to {self.facility}"


class Prealert(models.Model):
    """What a hospital was told of a patient who comes."""

    id = models.CharField(primary_key=True, max_length=36)
    call_id = models.CharField(max_length=40)
    unit = models.CharField(max_length=120)
    facility = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=10)
    follows = models.CharField(max_length=36, default="")
    age = models.CharField(max_length=10, default="")
    age_unit = models.CharField(max_length=10, default="")
    sex = models.CharField(max_length=10, default="")
    complaint = models.TextField(default="")
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=120)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=120, default="")
    ended_at = models.DateTimeField(null=True)  # Withdrawn, or the unit is free again.
    ended_because = models.TextField(default="")  # "" where the patient came.

    class Meta:
        indexes = [
            models.Index(fields=["facility", "ended_at"], name="hospitals_alerts_of_door"),
            models.Index(fields=["call_id", "unit"], name="hospitals_alerts_of_unit"),
        ]

    def __str__(self) -> str:
        """Return which call it is about; never who."""
        return f"pre-alert of {self.call_id}"

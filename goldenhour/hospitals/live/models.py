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


class Diversion(models.Model):
    """A facility that asks to be passed over: advice, never a wall."""

    facility = models.CharField(primary_key=True, max_length=80)
    services = models.JSONField(default=list)  # Empty: the whole facility.
    until = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        """Return who diverts."""
        return f"{self.facility} diverts"


class Destination(models.Model):
    """Where a unit takes its patient."""

    call_id = models.CharField(max_length=40)
    unit = models.CharField(max_length=120)
    facility = models.CharField(max_length=80)
    reason = models.TextField(blank=True)
    chosen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # The unit is free again, or chose another door.

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(ended_at=None), name="hospitals_unit_goes_to_one_place_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["call_id"], name="hospitals_of_call")]

    def __str__(self) -> str:
        """Return who goes where."""
        return f"{self.unit} to {self.facility}"

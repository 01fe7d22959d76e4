"""The fleet as the log tells it: every unit, and every step it reported."""

from django.db import models

from goldenhour.fleet.status import Status


class Unit(models.Model):
    """A unit, its status, and where it was last known to stand, with the legs it has set off on since.

    `stands` is a place {kind, id, lon, lat}; `legs` are [{to: place, priority, at}], each begun where the one before
    had come to. Roads turn them into a position (whereabouts): an estimate, until a vehicle reports its own.
    """

    id = models.CharField(primary_key=True, max_length=120)  # Qualified by agency, such as demo-ems/M12.
    call_sign = models.CharField(max_length=40)
    agency = models.CharField(max_length=80)
    type = models.CharField(max_length=40)
    station = models.CharField(max_length=80)
    crew = models.IntegerField()
    levels = models.JSONField(default=list)
    skills = models.JSONField(default=list)
    can_transport = models.BooleanField()
    turnout_s = models.FloatField()
    status = models.CharField(max_length=20, default=Status.OUT_OF_SERVICE)
    since = models.DateTimeField()
    call_id = models.CharField(max_length=40, blank=True, default="")  # Its latest call, "" when it had none.
    on_job = models.BooleanField(default=False)  # Whether it is still on that call.
    stands = models.JSONField(default=dict)
    stands_since = models.DateTimeField()
    legs = models.JSONField(default=list)

    def __str__(self) -> str:
        """Return what people call it."""
        return self.call_sign


class UnitTime(models.Model):
    """One reported step of a unit."""

    event_id = models.CharField(max_length=36, unique=True)
    unit = models.CharField(max_length=120)
    call_id = models.CharField(max_length=40, blank=True)
    run = models.IntegerField(
        default=1
    )  # A unit sent to the same call again begins a second run, with times of its own.
    stamp = models.CharField(max_length=40)
    at = models.DateTimeField()
    flags = models.JSONField(default=list)
    struck = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["call_id", "unit"], name="fleet_times_of_call"),
            models.Index(fields=["unit", "at"], name="fleet_times_of_unit"),
        ]

    def __str__(self) -> str:
        """Return who did what when."""
        return f"{self.unit} {self.stamp} {self.at:%H:%M:%S}"

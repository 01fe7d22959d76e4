"""The fleet as the log tells it: every unit, and every step it reported."""

from django.db import models

from goldenhour.fleet.status import Status


class Unit(models.Model):
    """A unit, its status, and where it is or is heading.

    Where: it stands at (lon, lat) since `located_at`; or, with `to_kind` set, it left there at `located_at` for
    (to_lon, to_lat) by road in travel mode `mode`. An estimate from its steps, until a vehicle reports positions.
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
    call_id = models.CharField(max_length=40, blank=True, default="")  # The call it is on, "" for none.
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    located_at = models.DateTimeField(null=True)
    to_kind = models.CharField(max_length=10, blank=True, default="")  # call, hospital, station; "" when it stands.
    to_id = models.CharField(max_length=80, blank=True, default="")
    to_lon = models.FloatField(null=True)
    to_lat = models.FloatField(null=True)
    mode = models.CharField(max_length=40, blank=True, default="")

    def __str__(self) -> str:
        """Return what people call it."""
        return self.call_sign


class UnitTime(models.Model):
    """One reported step of a unit."""

    event_id = models.CharField(max_length=36, unique=True)
    unit = models.CharField(max_length=120)
    call_id = models.CharField(max_length=40, blank=True)
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

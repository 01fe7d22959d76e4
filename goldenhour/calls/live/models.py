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
    priority = models.IntegerField()
    patients = models.IntegerField()
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "serial"], name="calls_number_is_unique")]
        indexes = [models.Index(fields=["closed_at", "received_at"], name="calls_open_first")]

    def __str__(self) -> str:
        """Return its number; never where or who."""
        return self.id

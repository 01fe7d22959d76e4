"""The fleet as the log tells it: every unit, and every step it reported; and beside the log, where vehicles are."""

from django.db import models

from goldenhour.fleet.status import Status
from goldenhour.log.live.projections import unlogged


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
    struck_reason = models.TextField(blank=True, default="")
    struck_by = models.CharField(max_length=120, blank=True, default="")
    struck_at = models.DateTimeField(null=True)
    actor = models.CharField(max_length=120, blank=True, default="")
    basis = models.CharField(max_length=20, blank=True, default="")  # A value of fleet.taps.Basis.
    entered_at = models.DateTimeField(null=True)  # By the site's clock.
    device = models.CharField(max_length=64, blank=True, default="")
    device_at = models.DateTimeField(null=True)  # By the device's own clock, uncorrected.
    offset_ms = models.BigIntegerField(null=True)
    tap = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["call_id", "unit"], name="fleet_times_of_call"),
            models.Index(fields=["unit", "at"], name="fleet_times_of_unit"),
        ]

    def __str__(self) -> str:
        """Return who did what when."""
        return f"{self.unit} {self.stamp} {self.at:%H:%M:%S}"


class PositionToken(models.Model):
    """The right of one device to report the position of one unit. Only the hash of its secret is kept."""

    id = models.CharField(primary_key=True, max_length=36)
    unit = models.CharField(max_length=120)
    label = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=120)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["unit"], name="fleet_tokens_of_unit")]

    def __str__(self) -> str:
        """Return whose device it is."""
        return f"{self.unit} {self.label}"


class CrewPhone(models.Model):
    """A phone that shows the page of a unit's crew."""

    unit = models.CharField(max_length=120)
    phone = models.CharField(max_length=64)
    since = models.DateTimeField()
    by = models.CharField(max_length=120)
    offset_ms = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "phone"], name="fleet_phone_once_a_unit")]

    def __str__(self) -> str:
        """Return whose it is."""
        return f"phone of {self.unit}"


class Par(models.Model):
    """That a crew is asked at intervals whether it is all right."""

    unit = models.CharField(primary_key=True, max_length=120)
    call_id = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    because = models.CharField(max_length=60)
    interval_s = models.FloatField()
    grace_s = models.FloatField()
    source = models.TextField()
    ask_at = models.DateTimeField(db_index=True)  # When it is asked next, or was asked and has not answered.
    missed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return who is asked."""
        return f"PAR of {self.unit}"


class Mayday(models.Model):
    """That a crew is in danger."""

    unit = models.CharField(primary_key=True, max_length=120)
    call_id = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=120, blank=True, default="")

    def __str__(self) -> str:
        """Return whose it is."""
        return f"mayday of {self.unit}"


class AllRight(models.Model):
    """When a crew on a call last said that it is all right. It stays after nobody asks any more."""

    unit = models.CharField(primary_key=True, max_length=120)
    call_id = models.CharField(max_length=40)
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return who said so."""
        return f"{self.unit} is all right"


class TransportAsk(models.Model):
    """That a crew asked for an ambulance or a helicopter."""

    id = models.CharField(primary_key=True, max_length=36)  # Of the event that asked.
    unit = models.CharField(max_length=120)
    call_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    answer = models.CharField(max_length=20, blank=True, default="")  # "" until somebody saw to it.
    words = models.CharField(max_length=300, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["unit", "call_id"], name="fleet_asks_of_unit")]

    def __str__(self) -> str:
        """Return who asks for what."""
        return f"{self.unit} asks for {self.kind}"


class Reassessed(models.Model):
    """When a crew last looked at its waiting patient again."""

    unit = models.CharField(max_length=120)
    call_id = models.CharField(max_length=40)
    at = models.DateTimeField()
    times = models.IntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "call_id"], name="fleet_reassessed_once_a_call")]

    def __str__(self) -> str:
        """Return who on which call."""
        return f"{self.unit} on {self.call_id}"


@unlogged
class LatestFix(models.Model):
    """The newest position that a unit's device reported."""

    unit = models.CharField(primary_key=True, max_length=120)
    lon = models.FloatField()
    lat = models.FloatField()
    at = models.DateTimeField()  # When the device was there.
    received_at = models.DateTimeField(db_index=True)
    accuracy_m = models.FloatField(null=True)
    speed_mps = models.FloatField(null=True)
    course = models.FloatField(null=True)  # Degrees from north.
    token = models.CharField(max_length=36)  # Of the device, by its id.

    def __str__(self) -> str:
        """Return whose it is."""
        return f"position of {self.unit}"


@unlogged
class TrackPoint(models.Model):
    """A point of a unit's track, thinned."""

    unit = models.CharField(max_length=120)
    at = models.DateTimeField()
    lon = models.FloatField()
    lat = models.FloatField()
    accuracy_m = models.FloatField(null=True)
    speed_mps = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "at"], name="fleet_one_point_a_time")]

    def __str__(self) -> str:
        """Return whose it is, and when."""
        return f"{self.unit} {self.at:%H:%M:%S}"


@unlogged
class Arrival(models.Model):
    """That a unit seems to have come to where it was going: what a person may confirm."""

    unit = models.CharField(primary_key=True, max_length=120)
    call_id = models.CharField(max_length=40)
    stamp = models.CharField(max_length=40)
    since = models.DateTimeField()
    sure = models.BooleanField(default=False)  # It stood there long enough to be asked about.
    dismissed = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Return who seems to be where."""
        return f"{self.unit} {self.stamp} {self.since:%H:%M:%S}"

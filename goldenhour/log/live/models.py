"""The log's own tables. None is a projection; the database refuses to change or delete an event."""

from django.db import models

COLUMNS = (  # In the order of codec.Stored.
    "position",
    "event_id",
    "stream",
    "name",
    "version",
    "at",
    "recorded_at",
    "actor",
    "agency",
    "device",
    "salt",
    "payload",
    "hash",
)


class LoggedEvent(models.Model):
    """One event as stored. The chain's hash covers every column."""

    position = models.BigIntegerField(primary_key=True)
    event_id = models.CharField(max_length=36, unique=True, db_column="id")
    stream = models.TextField()
    name = models.TextField()
    version = models.IntegerField()
    at = models.CharField(max_length=27)  # codec.time_text: the same bytes on every database.
    recorded_at = models.CharField(max_length=27)
    actor = models.TextField()
    agency = models.TextField()
    device = models.TextField()
    salt = models.BinaryField()
    payload = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "log_event"
        indexes = [models.Index(fields=["stream", "position"], name="log_event_by_stream")]

    def __str__(self) -> str:
        return f"{self.position} {self.name} {self.stream}"


class LogHead(models.Model):
    """The one row that a writer locks: where the log ends."""

    position = models.BigIntegerField()
    hash = models.BinaryField()
    epoch = models.TextField()

    class Meta:
        db_table = "log_head"

    def __str__(self) -> str:
        return f"{self.position} in epoch {self.epoch}"


class PersonalKey(models.Model):
    """The key of one person's (or call's) personal fields. Deleting it is the lawful way to forget."""

    id = models.CharField(max_length=36, primary_key=True)
    name = models.TextField(unique=True)
    secret = models.BinaryField()

    class Meta:
        db_table = "log_personal_key"

    def __str__(self) -> str:
        return self.name

from django.db import models
from django.db.models import Q

from goldenhour.log.live.projections import unlogged


class Call(models.Model):
    call_id = models.TextField(primary_key=True)
    priority = models.IntegerField()
    callback = models.TextField()
    taken_at = models.DateTimeField()


class Assignment(models.Model):
    call = models.ForeignKey(Call, on_delete=models.CASCADE)
    unit = models.TextField()
    sent_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    passed_over = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(cleared_at=None), name="desk_unit_on_one_call")
        ]


@unlogged
class Position(models.Model):
    unit = models.TextField(primary_key=True)
    lon = models.FloatField()

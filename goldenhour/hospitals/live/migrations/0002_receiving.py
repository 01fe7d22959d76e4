from django.db import migrations, models


def by_service(apps, _schema):
    """Let each service that a facility diverts stand by itself."""
    standing = apps.get_model("hospitals", "Standing")
    for one in apps.get_model("hospitals", "Diversion").objects.all():
        for service in one.services or [""]:
            standing.objects.create(
                facility=one.facility,
                service=service,
                level="diversion",
                until=one.until,
                reason=one.reason,
                since=one.since,
                by="",
            )


class Migration(migrations.Migration):
    dependencies = [("hospitals", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("facility", models.CharField(max_length=80)),
                ("service", models.CharField(blank=True, max_length=80)),
                ("level", models.CharField(max_length=20)),
                ("until", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("since", models.DateTimeField()),
                ("by", models.CharField(max_length=120)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("facility", "service"), name="hospitals_one_level_a_service")
                ]
            },
        ),
        migrations.RunPython(by_service, migrations.RunPython.noop),
        migrations.DeleteModel(name="Diversion"),
        migrations.CreateModel(
            name="Beds",
            fields=[
                ("facility", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("beds", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="Prealert",
            fields=[
                ("id", models.CharField(max_length=36, primary_key=True, serialize=False)),
                ("call_id", models.CharField(max_length=40)),
                ("unit", models.CharField(max_length=120)),
                ("facility", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=40)),
                ("code", models.CharField(max_length=10)),
                ("follows", models.CharField(default="", max_length=36)),
                ("age", models.CharField(default="", max_length=10)),
                ("age_unit", models.CharField(default="", max_length=10)),
                ("sex", models.CharField(default="", max_length=10)),
                ("complaint", models.TextField(default="")),
                ("sent_at", models.DateTimeField()),
                ("sent_by", models.CharField(max_length=120)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("acknowledged_by", models.CharField(default="", max_length=120)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.TextField(default="")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["facility", "ended_at"], name="hospitals_alerts_of_door"),
                    models.Index(fields=["call_id", "unit"], name="hospitals_alerts_of_unit"),
                ]
            },
        ),
        migrations.AddField("destination", "accepted_at", models.DateTimeField(null=True)),
        migrations.AddField("destination", "accepted_by", models.CharField(default="", max_length=120)),
        migrations.AddField("destination", "stamp_id", models.CharField(default="", max_length=36)),
        migrations.AddField("destination", "signed_at", models.DateTimeField(null=True)),
        migrations.AddField("destination", "signed_role", models.CharField(default="", max_length=40)),
        migrations.AddField("destination", "signed_name", models.CharField(default="", max_length=200)),
        migrations.AddField("destination", "refusal", models.TextField(default="")),
        migrations.AddIndex("destination", models.Index(fields=["facility", "ended_at"], name="hospitals_who_comes")),
    ]

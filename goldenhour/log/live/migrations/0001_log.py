# The tables of the log. Its guards (triggers) are put in place after every migration: see guards.py and apps.py.

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LogHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.BigIntegerField()),
                ("hash", models.BinaryField()),
                ("epoch", models.TextField()),
            ],
            options={
                "db_table": "log_head",
            },
        ),
        migrations.CreateModel(
            name="PersonalKey",
            fields=[
                ("id", models.CharField(max_length=36, primary_key=True, serialize=False)),
                ("name", models.TextField(unique=True)),
                ("secret", models.BinaryField()),
            ],
            options={
                "db_table": "log_personal_key",
            },
        ),
        migrations.CreateModel(
            name="LoggedEvent",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_id", models.CharField(db_column="id", max_length=36, unique=True)),
                ("stream", models.TextField()),
                ("name", models.TextField()),
                ("version", models.IntegerField()),
                ("at", models.CharField(max_length=27)),
                ("recorded_at", models.CharField(max_length=27)),
                ("actor", models.TextField()),
                ("agency", models.TextField()),
                ("device", models.TextField()),
                ("salt", models.BinaryField()),
                ("payload", models.BinaryField()),
                ("hash", models.BinaryField()),
            ],
            options={
                "db_table": "log_event",
                "indexes": [models.Index(fields=["stream", "position"], name="log_event_by_stream")],
            },
        ),
    ]

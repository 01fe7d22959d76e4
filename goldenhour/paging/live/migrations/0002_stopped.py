from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("paging", "0001_outbox")]

    operations = [
        migrations.AddField(model_name="destination", name="stopped_at", field=models.DateTimeField(null=True)),
    ]

"""How many people an act that is undone leaves as they are, because they asked for something since."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("subscribers", "0003_other_columns")]
    operations = [
        migrations.AddField(
            model_name="bulkact",
            name="kept",
            field=models.PositiveIntegerField(default=0, verbose_name="ont gardé leur choix au retour"),
        ),
    ]

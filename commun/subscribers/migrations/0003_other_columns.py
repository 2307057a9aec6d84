"""What other columns of a file of addresses say is read too, and given back with the lines that were refused."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("subscribers", "0002_seals")]
    operations = [
        migrations.AddField(
            model_name="import",
            name="others",
            field=models.JSONField(
                blank=True, help_text="None: guessed by their headings.", null=True, verbose_name="autres colonnes"
            ),
        ),
        migrations.AddField(
            model_name="importrefusal",
            name="others",
            field=models.JSONField(default=dict, verbose_name="autres colonnes"),
        ),
    ]

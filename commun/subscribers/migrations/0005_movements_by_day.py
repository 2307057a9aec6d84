"""Who came and who left between two moments is found among all proofs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("subscribers", "0004_bulkact_kept")]
    operations = [
        migrations.AddIndex(
            model_name="consentevent",
            index=models.Index(
                fields=["at"],
                name="subscribers_consentevent_moved",
                condition=models.Q(kind__in=("unsubscribed", "complained", "erased", "confirmed")),
            ),
        ),
    ]

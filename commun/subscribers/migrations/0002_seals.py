"""What the database itself refuses: a proof of consent, and the words that were agreed to, stay as they are."""

from django.db import migrations

from commun.common.seals import Seal


class Migration(migrations.Migration):
    dependencies = [("subscribers", "0001_tables")]
    operations = [Seal("subscribers_consentwording", "subscribers_consentevent")]

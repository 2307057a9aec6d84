"""What the database itself refuses: a changed event of the box, a changed answer. Who cast a ballot can be forgotten."""

from django.db import migrations

from commun.common.seals import Seal

ANSWER = ("vote_id", "elector_id", "number", "grades", "roles", "salt", "commitment", "submission", "cast_at")


class Migration(migrations.Migration):
    dependencies = [("votes", "0001_tables")]
    operations = [Seal("votes_entry"), Seal("votes_ballot", columns=ANSWER)]

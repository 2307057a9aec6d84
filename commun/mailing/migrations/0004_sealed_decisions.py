"""Decisions about sends are written once, as proofs of consent are."""

from django.db import migrations

TABLE = "mailing_decision"


def seal(apps, schema_editor):
    """As for the other sealed tables (0002), whose function serves again on PostgreSQL."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_sealed BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION mailing_refuse_change()"
        )
    else:
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_sealed BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, 'sealed row'); END"
        )


def unseal(apps, schema_editor):
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {TABLE}_sealed{on}")


class Migration(migrations.Migration):
    dependencies = [("mailing", "0003_returns_by_mail")]
    operations = [migrations.RunPython(seal, unseal)]

from django.db import migrations


def as_it_is(apps, schema_editor):
    """The bytes are compressed already, where that is worth it: PostgreSQL need not try again at each receipt."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE inbound_rawbody ALTER COLUMN compressed SET STORAGE EXTERNAL")


def by_default(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE inbound_rawbody ALTER COLUMN compressed SET STORAGE EXTENDED")


class Migration(migrations.Migration):
    dependencies = [("inbound", "0001_tables")]

    operations = [migrations.RunPython(as_it_is, by_default)]

"""PostgreSQL: a French text search that finds « mobilité » when one types « mobilite ». SQLite's index already does."""

from django.db import migrations

_CREATE = """
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE TEXT SEARCH CONFIGURATION french_unaccent (COPY = french);
ALTER TEXT SEARCH CONFIGURATION french_unaccent
  ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
"""
_DROP = "DROP TEXT SEARCH CONFIGURATION IF EXISTS french_unaccent"


def _on_postgresql(sql):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql)

    return run


class Migration(migrations.Migration):
    dependencies = [("common", "0001_tables")]
    operations = [migrations.RunPython(_on_postgresql(_CREATE), _on_postgresql(_DROP))]

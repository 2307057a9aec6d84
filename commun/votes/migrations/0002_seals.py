"""What the database itself refuses: a changed event of the box, a changed answer."""

from django.db import migrations

ANSWER = ("vote_id", "elector_id", "number", "grades", "roles", "salt", "commitment", "submission", "cast_at")


def seal(apps, schema_editor):
    """Events cannot change, nor what a ballot answers (who cast it can be forgotten). On PostgreSQL neither can be
    deleted (TRUNCATE, which empties test databases, fires no row trigger). SQLite empties its tests with DELETE: there,
    only the code refuses it."""
    columns = ", ".join(ANSWER)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION votes_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'sealed row' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        schema_editor.execute(
            "CREATE TRIGGER votes_entry_sealed BEFORE UPDATE OR DELETE ON votes_entry "
            "FOR EACH ROW EXECUTE FUNCTION votes_refuse_change()"
        )
        schema_editor.execute(
            f"CREATE TRIGGER votes_ballot_sealed BEFORE UPDATE OF {columns} OR DELETE ON votes_ballot "
            "FOR EACH ROW EXECUTE FUNCTION votes_refuse_change()"
        )
    else:
        schema_editor.execute(
            "CREATE TRIGGER votes_entry_sealed BEFORE UPDATE ON votes_entry BEGIN SELECT RAISE(ABORT, 'sealed row'); END"
        )
        schema_editor.execute(
            f"CREATE TRIGGER votes_ballot_sealed BEFORE UPDATE OF {columns} ON votes_ballot "
            "BEGIN SELECT RAISE(ABORT, 'sealed row'); END"
        )


def unseal(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in ("votes_entry", "votes_ballot"):
        schema_editor.execute(f"DROP TRIGGER {table}_sealed{f' ON {table}' if postgresql else ''}")
    if postgresql:
        schema_editor.execute("DROP FUNCTION votes_refuse_change()")


class Migration(migrations.Migration):
    dependencies = [("votes", "0001_initial")]
    operations = [migrations.RunPython(seal, unseal)]

"""What the database itself refuses, and the operators most French readers use."""

from django.db import migrations

SEALED = ("mailing_message", "mailing_consentwording", "mailing_consentevent")

OPERATORS = {
    "orange": ("Orange", ("orange.fr", "wanadoo.fr", "wanadoo.com", "orange.com", "voila.fr")),
    "gmail": ("Gmail", ("gmail.com", "googlemail.com")),
    "microsoft": (
        "Microsoft",
        ("outlook.com", "outlook.fr", "hotmail.com", "hotmail.fr", "live.com", "live.fr", "msn.com"),
    ),
    "yahoo": ("Yahoo", ("yahoo.fr", "yahoo.com", "ymail.com", "rocketmail.com", "aol.com", "aol.fr")),
    "laposte": ("La Poste", ("laposte.net",)),
    "sfr": (
        "SFR",
        ("sfr.fr", "neuf.fr", "cegetel.net", "9online.fr", "club-internet.fr", "numericable.fr", "noos.fr", "9business.fr"),
    ),
    "free": ("Free", ("free.fr", "aliceadsl.fr", "libertysurf.fr", "online.fr", "infonie.fr", "freesbee.fr")),
}


def seal(apps, schema_editor):
    """Sealed rows cannot change. On PostgreSQL they cannot be deleted either (TRUNCATE, which empties
    test databases, fires no row trigger). SQLite empties its tests with DELETE: there, only the code refuses it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION mailing_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'sealed row' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        for table in SEALED:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_sealed BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION mailing_refuse_change()"
            )
    else:
        for table in SEALED:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_sealed BEFORE UPDATE ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'sealed row'); END"
            )


def unseal(apps, schema_editor):
    for table in SEALED:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {table}_sealed{on}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION mailing_refuse_change()")


def add_operators(apps, schema_editor):
    operator, domain = apps.get_model("mailing", "Operator"), apps.get_model("mailing", "OperatorDomain")
    for slug, (name, domains) in OPERATORS.items():
        row = operator.objects.create(slug=slug, name=name)
        domain.objects.bulk_create(domain(domain=each, operator=row) for each in domains)


class Migration(migrations.Migration):
    dependencies = [("mailing", "0001_initial")]
    operations = [
        migrations.RunPython(add_operators, migrations.RunPython.noop),
        migrations.RunPython(seal, unseal),
    ]

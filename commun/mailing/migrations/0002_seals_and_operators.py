"""What the database itself refuses, and the operators most French readers use."""

from django.db import migrations

from commun.common.seals import Seal

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


def add_operators(apps, schema_editor):
    operator, domain = apps.get_model("mailing", "Operator"), apps.get_model("mailing", "OperatorDomain")
    for slug, (name, domains) in OPERATORS.items():
        row = operator.objects.create(slug=slug, name=name)
        domain.objects.bulk_create(domain(domain=each, operator=row) for each in domains)


def leave_room_on_pages(apps, schema_editor):
    """Each row is updated once, where it lies: the page needs room for both versions."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE mailing_delivery SET (fillfactor = 40)")


class Migration(migrations.Migration):
    dependencies = [("mailing", "0001_tables")]
    operations = [
        migrations.RunPython(add_operators, migrations.RunPython.noop),
        migrations.RunPython(leave_room_on_pages, migrations.RunPython.noop),
        Seal("mailing_message", "mailing_decision"),
    ]

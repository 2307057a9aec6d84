"""Moderation wrote anywhere in the site: from now on, in the sections where what is given is published."""

from django.db import migrations


def take_back(apps, schema_editor):
    granted = apps.get_model("wagtailcore", "GroupPagePermission").objects.using(schema_editor.connection.alias)
    granted.filter(group__name="modération", page__depth=1).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0002_remove_default_groups"),
        ("wagtailcore", "0095_groupsitepermission"),
    ]

    operations = [migrations.RunPython(take_back, migrations.RunPython.noop)]

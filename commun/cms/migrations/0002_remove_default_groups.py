"""Wagtail comes with two groups of its own; ours are the four of `accounts`, and two ways would be one too many."""

from django.db import migrations


def remove(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=("Editors", "Moderators"), user__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_tables"),
        ("accounts", "0001_tables"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0095_groupsitepermission"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [migrations.RunPython(remove, migrations.RunPython.noop)]

"""Files that were there had been examined; those of forms under way join them, in one table."""

from django.db import migrations


def stand(apps, schema_editor):
    File = apps.get_model("contributions", "File")
    DraftFile = apps.get_model("contributions", "DraftFile")
    File.objects.filter(refused="").update(state="kept")
    File.objects.exclude(refused="").update(state="refused", file="")
    shared = ("draft_id", "name", "file", "content_type", "size", "pages", "width", "height", "alt_text", "sha256")
    for one in DraftFile.objects.order_by("pk").iterator():
        File.objects.create(state="kept", **{name: getattr(one, name) for name in shared})


class Migration(migrations.Migration):

    dependencies = [
        ('contributions', '0003_examined_files'),
    ]

    operations = [
        migrations.RunPython(stand, migrations.RunPython.noop),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agenda', '0002_calendar_entries'),
    ]

    operations = [
        migrations.AlterField(
            model_name='newspage',
            name='until',
            field=models.DateField(blank=True, help_text='Fin d’un recrutement, d’un salon… Ensuite, le site la dit terminée et la lettre ne la propose plus.', null=True, verbose_name='d’actualité jusqu’au'),
        ),
    ]

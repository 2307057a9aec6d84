from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsletters', '0003_words_of_pictures'),
    ]

    operations = [
        migrations.AddField(
            model_name='submission',
            name='lighter',
            field=models.JSONField(null=True, verbose_name='images allégées'),
        ),
    ]

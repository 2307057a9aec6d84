from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsletters', '0002_hidden_and_pictures'),
    ]

    operations = [
        migrations.AddField(
            model_name='submission',
            name='lighter',
            field=models.JSONField(null=True, verbose_name='images allégées'),
        ),
    ]

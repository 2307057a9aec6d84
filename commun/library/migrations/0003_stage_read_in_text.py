from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0002_finding'),
    ]

    operations = [
        migrations.AlterField(
            model_name='resourcepage',
            name='stage',
            field=models.CharField(blank=True, choices=[('idea', 'Nous y pensons'), ('preparing', 'Nous préparons'), ('doing', 'C’est en cours'), ('stuck', 'Nous avons commencé et nous sommes bloqués')], help_text='Où en est une collectivité à qui cela sert le plus. Rien de choisi : lu dans le titre et le résumé.', max_length=9, verbose_name='utile surtout quand'),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agenda', '0003_news_until_governs_the_site'),
    ]

    operations = [
        migrations.AddField(
            model_name='eventpage',
            name='kind',
            field=models.CharField(blank=True, choices=[('rencontre', 'Rencontre'), ('atelier', 'Atelier'), ('formation', 'Formation'), ('visite', 'Visite'), ('webinaire', 'Webinaire'), ('salon', 'Salon, congrès')], help_text='L’agenda se filtre et se suit par type.', max_length=12, verbose_name='type'),
        ),
    ]

import commun.freshness.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=2000, verbose_name='adresse')),
                ('key', models.CharField(help_text='SHA-256 of the address: long ones cannot be unique.', max_length=64, unique=True)),
                ('state', models.CharField(choices=[('new', 'Pas encore vérifié'), ('fine', 'Mène quelque part'), ('shy', 'Ne se laisse pas vérifier'), ('failing', 'N’a pas répondu'), ('dead', 'Mort'), ('left', 'Mis de côté')], default='new', max_length=7, verbose_name='état')),
                ('strikes', models.PositiveSmallIntegerField(default=0, verbose_name='échecs de suite')),
                ('failing_since', models.DateTimeField(blank=True, null=True, verbose_name='en échec depuis')),
                ('why', models.CharField(blank=True, max_length=12)),
                ('status', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('moved_to', models.CharField(blank=True, max_length=2000, verbose_name='déménagé vers')),
                ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='vérifié le')),
                ('check_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='prochaine vérification')),
            ],
            options={
                'verbose_name': 'lien vers un autre site',
                'verbose_name_plural': 'liens vers d’autres sites',
            },
        ),
        migrations.CreateModel(
            name='LinkPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='freshness.link')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=commun.freshness.models.new_reference, editable=False, max_length=16, unique=True)),
                ('state', models.CharField(choices=[('new', 'Reçu'), ('mended', 'Corrigé'), ('left', 'Sans suite'), ('spam', 'Indésirable')], default='new', max_length=6, verbose_name='état')),
                ('kind', models.CharField(choices=[('outdated', 'C’est dépassé : un chiffre, une date, un fait a changé'), ('error', 'Il y a une erreur'), ('link', 'Un lien ne mène plus nulle part'), ('duplicate', 'La même chose existe déjà sur une autre page')], max_length=9, verbose_name='ce qui ne va pas')),
                ('page_title', models.CharField(max_length=255, verbose_name='page')),
                ('text', models.TextField(max_length=2000, verbose_name='en quelques mots')),
                ('address', models.EmailField(blank=True, max_length=254, verbose_name='adresse')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='adresse confirmée le')),
                ('received_at', models.DateTimeField(db_index=True, verbose_name='reçu le')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='réponse')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='répondu le')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'verbose_name': 'signalement',
                'verbose_name_plural': 'signalements',
                'ordering': ('received_at', 'pk'),
                'permissions': [('keep_true', 'Peut tenir à jour ce qui est publié')],
            },
        ),
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=commun.freshness.models.new_reference, editable=False, max_length=16, unique=True)),
                ('state', models.CharField(choices=[('true', 'Rien à vérifier'), ('asked', 'À confirmer'), ('changed', 'A changé'), ('over', 'N’est plus vrai')], default='true', max_length=7, verbose_name='état')),
                ('why', models.CharField(blank=True, choices=[('age', 'Personne ne l’a vérifiée depuis dix-huit mois'), ('figures', 'Un de ses chiffres a dépassé sa date de relecture')], max_length=7, verbose_name='pourquoi')),
                ('asked_of', models.CharField(blank=True, choices=[('contributor', 'la personne qui l’a donnée'), ('member', 'une personne de la collectivité'), ('team', 'la rédaction')], max_length=11, verbose_name='demandé à')),
                ('asked_at', models.DateTimeField(blank=True, null=True, verbose_name='demandé le')),
                ('asked_hash', models.CharField(blank=True, db_index=True, max_length=64)),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='ce qui a changé')),
                ('moved_at', models.DateTimeField(verbose_name='dernier mouvement')),
                ('links_of', models.DateTimeField(blank=True, null=True)),
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='freshness_watch', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'verbose_name': 'page tenue à jour',
                'verbose_name_plural': 'pages tenues à jour',
            },
        ),
        migrations.AddConstraint(
            model_name='linkplace',
            constraint=models.UniqueConstraint(fields=('link', 'page'), name='freshness_link_once_a_page'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['new', 'fine', 'shy', 'failing', 'dead', 'left'])), name='freshness_link_state_known'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['new', 'mended', 'left', 'spam'])), name='freshness_report_state_known'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'new')), models.Q(models.Q(('state', 'new'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='freshness_report_answered_has_its_date'),
        ),
        migrations.AddIndex(
            model_name='watch',
            index=models.Index(condition=models.Q(('state', 'true'), _negated=True), fields=['state', 'asked_at'], name='freshness_watch_open'),
        ),
        migrations.AddConstraint(
            model_name='watch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['true', 'asked', 'changed', 'over'])), name='freshness_watch_state_known'),
        ),
        migrations.AddConstraint(
            model_name='watch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'asked'), _negated=True), models.Q(('asked_at__isnull', False), models.Q(('asked_of', ''), _negated=True)), _connector='OR'), name='freshness_watch_asked_of_somebody'),
        ),
    ]

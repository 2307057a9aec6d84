import commun.mailing.types
import commun.subscribers.types
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=100, unique=True, verbose_name='identifiant')),
                ('name', models.CharField(max_length=150, verbose_name='nom')),
                ('active', models.BooleanField(default=True, verbose_name='proposé')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='ordre')),
            ],
            options={
                'verbose_name': 'sujet',
                'verbose_name_plural': 'sujets',
                'ordering': ('position', 'name'),
            },
        ),
        migrations.CreateModel(
            name='Subscriber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=commun.mailing.types.new_recipient_key, editable=False, max_length=22, unique=True, verbose_name='clé opaque')),
                ('address', models.CharField(max_length=254, unique=True, verbose_name='adresse électronique')),
                ('address_hash', models.CharField(editable=False, max_length=64, unique=True, verbose_name='empreinte')),
                ('domain', models.CharField(editable=False, max_length=253, verbose_name='domaine')),
                ('state', models.CharField(choices=[('pending', 'à confirmer'), ('active', 'abonné·e'), ('unsubscribed', 'désabonné·e')], default=commun.subscribers.types.SubscriberState['PENDING'], max_length=12, verbose_name='état')),
                ('preference', models.CharField(choices=[('every_issue', 'tous les numéros'), ('chosen_topics', 'seulement des thématiques choisies')], default=commun.subscribers.types.Preference['EVERY_ISSUE'], max_length=13, verbose_name='reçoit')),
                ('paused_until', models.DateField(blank=True, null=True, verbose_name='en pause jusqu’au')),
                ('created_at', models.DateTimeField(verbose_name='demande')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmation')),
                ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='départ')),
                ('score', models.FloatField(default=0, verbose_name='score de rejets')),
                ('scored_at', models.DateTimeField(blank=True, null=True, verbose_name='score calculé le')),
                ('topics', models.ManyToManyField(blank=True, related_name='subscribers', to='subscribers.topic', verbose_name='thématiques choisies')),
            ],
            options={
                'verbose_name': 'abonné·e',
                'verbose_name_plural': 'abonné·e·s',
                'indexes': [models.Index(fields=['state', 'created_at'], name='subscribers_subscriber_purge')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'active', 'unsubscribed'])), name='subscribers_subscriber_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'active'), _negated=True), ('confirmed_at__isnull', False), _connector='OR'), name='subscribers_subscriber_active_confirmed')],
            },
        ),
        migrations.CreateModel(
            name='ConsentWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='empreinte')),
                ('text', models.TextField(verbose_name='texte exact')),
                ('first_used_at', models.DateTimeField(verbose_name='premier usage')),
            ],
            options={
                'verbose_name': 'texte de consentement',
                'verbose_name_plural': 'textes de consentement',
            },
        ),
        migrations.CreateModel(
            name='ConsentEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(db_index=True, max_length=64, verbose_name='empreinte de la personne')),
                ('kind', models.CharField(choices=[('requested', 'demande'), ('confirmed', 'confirmation'), ('imported', 'import'), ('preferences', 'préférences'), ('unsubscribed', 'désabonnement'), ('returned', 'retour'), ('complained', 'plainte'), ('erased', 'effacement'), ('address', 'changement d’adresse')], max_length=16, verbose_name='acte')),
                ('at', models.DateTimeField(verbose_name='le')),
                ('method', models.CharField(max_length=32, verbose_name='moyen')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('basis', models.CharField(default=commun.subscribers.types.LegalBasis['CONSENT'], max_length=20, verbose_name='base légale')),
                ('wording', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='subscribers.consentwording', verbose_name='texte exact')),
                ('detail', models.JSONField(default=dict, verbose_name='détail')),
            ],
            options={
                'verbose_name': 'preuve de consentement',
                'verbose_name_plural': 'preuves de consentement',
                'ordering': ('at', 'pk'),
            },
        ),
    ]

import commun.mailing.types
import commun.subscribers.types
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True


    dependencies = [
        ('territories', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            name='Segment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='nom')),
                ('conditions', models.JSONField(verbose_name='conditions')),
                ('created_at', models.DateTimeField(verbose_name='enregistré le')),
            ],
            options={
                'verbose_name': 'segment',
                'verbose_name_plural': 'segments',
                'ordering': ('name',),
            },
        ),
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
            name='BulkAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('add_topic', 'Ajouter une thématique à leur choix'), ('remove_topic', 'Retirer une thématique de leur choix'), ('every_issue', 'Leur envoyer tous les numéros'), ('pause', 'Mettre en pause jusqu’à une date'), ('resume', 'Mettre fin à leur pause'), ('leave', 'Désabonner')], max_length=12, verbose_name='acte')),
                ('conditions', models.JSONField(verbose_name='conditions')),
                ('until', models.DateField(null=True, verbose_name='jusqu’au')),
                ('why', models.CharField(max_length=200, verbose_name='motif')),
                ('expected', models.PositiveIntegerField(verbose_name='personnes annoncées')),
                ('state', models.CharField(choices=[('doing', 'en cours'), ('done', 'fait'), ('undoing', 'retour en cours'), ('undone', 'défait')], default='doing', max_length=7, verbose_name='état')),
                ('cursor', models.PositiveBigIntegerField(default=0, verbose_name='jusqu’à')),
                ('created_at', models.DateTimeField(verbose_name='demandé le')),
                ('touched_at', models.DateTimeField(verbose_name='dernier signe')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='terminé le')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('topic', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subscribers.topic', verbose_name='thématique')),
            ],
            options={
                'verbose_name': 'acte groupé',
                'verbose_name_plural': 'actes groupés',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='ConsentEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(db_index=True, max_length=64, verbose_name='empreinte de la personne')),
                ('kind', models.CharField(choices=[('requested', 'demande'), ('confirmed', 'confirmation'), ('imported', 'import'), ('preferences', 'préférences'), ('unsubscribed', 'désabonnement'), ('returned', 'retour'), ('complained', 'plainte'), ('erased', 'effacement'), ('address', 'changement d’adresse'), ('undone', 'import défait')], max_length=16, verbose_name='acte')),
                ('at', models.DateTimeField(verbose_name='le')),
                ('method', models.CharField(max_length=32, verbose_name='moyen')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('basis', models.CharField(default=commun.subscribers.types.LegalBasis['CONSENT'], max_length=20, verbose_name='base légale')),
                ('detail', models.JSONField(default=dict, verbose_name='détail')),
                ('wording', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='subscribers.consentwording', verbose_name='texte exact')),
            ],
            options={
                'verbose_name': 'preuve de consentement',
                'verbose_name_plural': 'preuves de consentement',
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='fichier')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('basis', models.CharField(default=commun.subscribers.types.LegalBasis['CONSENT'], max_length=20, verbose_name='base légale')),
                ('column', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='colonne des adresses')),
                ('state', models.CharField(choices=[('trying', 'essai en cours'), ('tried', 'à confirmer'), ('adding', 'ajout en cours'), ('done', 'terminé'), ('aside', 'abandonné'), ('unread', 'illisible'), ('undoing', 'retrait en cours'), ('undone', 'défait')], default='trying', max_length=8, verbose_name='état')),
                ('size', models.PositiveBigIntegerField(verbose_name='octets')),
                ('position', models.PositiveBigIntegerField(default=0, verbose_name='octets lus')),
                ('report', models.JSONField(default=dict, verbose_name='compte rendu')),
                ('problem', models.CharField(blank=True, max_length=300, verbose_name='empêchement')),
                ('created_at', models.DateTimeField(verbose_name='apporté le')),
                ('touched_at', models.DateTimeField(verbose_name='dernier signe')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='terminé le')),
                ('purged_at', models.DateTimeField(blank=True, null=True, verbose_name='fichier oublié le')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('given_back', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='again', to='subscribers.import', verbose_name='corrige')),
                ('topics', models.ManyToManyField(blank=True, related_name='+', to='subscribers.topic', verbose_name='thématiques')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='ImportRefusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField(verbose_name='ligne')),
                ('cell', models.CharField(max_length=254, verbose_name='contenu')),
                ('why', models.CharField(max_length=200, verbose_name='raison')),
                ('imported', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refusals', to='subscribers.import')),
            ],
            options={
                'verbose_name': 'ligne refusée',
                'verbose_name_plural': 'lignes refusées',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='LeavingReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='jour')),
                ('reason', models.CharField(choices=[('too_much', 'Je reçois trop de messages'), ('elsewhere', 'Ce n’est plus mon métier, ou j’ai changé de poste'), ('not_for_us', 'Ce n’est pas utile à une collectivité comme la mienne'), ('unasked', 'Je n’avais rien demandé'), ('other', 'Une autre raison')], max_length=10, verbose_name='raison')),
                ('number', models.PositiveIntegerField(default=0, verbose_name='nombre')),
            ],
            options={
                'verbose_name': 'raison de départ',
                'verbose_name_plural': 'raisons de départ',
                'constraints': [models.UniqueConstraint(fields=('day', 'reason'), name='subscribers_leavingreason_once')],
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
                ('confirmed_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='confirmation')),
                ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='départ')),
                ('score', models.FloatField(default=0, verbose_name='score de rejets')),
                ('scored_at', models.DateTimeField(blank=True, null=True, verbose_name='score calculé le')),
                ('brought_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='brought', to='subscribers.import', verbose_name='apporté·e par')),
                ('departement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.territory', verbose_name='département')),
                ('topics', models.ManyToManyField(blank=True, related_name='subscribers', to='subscribers.topic', verbose_name='thématiques choisies')),
            ],
            options={
                'verbose_name': 'abonné·e',
                'verbose_name_plural': 'abonné·e·s',
            },
        ),
        migrations.CreateModel(
            name='ImportPiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('imported', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='subscribers.import')),
            ],
            options={
                'verbose_name': 'morceau de fichier',
                'verbose_name_plural': 'morceaux de fichier',
                'constraints': [models.UniqueConstraint(fields=('imported', 'number'), name='subscribers_importpiece_once')],
            },
        ),
        migrations.CreateModel(
            name='BulkChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='subscribers.bulkact')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subscribers.subscriber')),
            ],
            options={
                'verbose_name': 'changement',
                'verbose_name_plural': 'changements',
                'constraints': [models.UniqueConstraint(fields=('act', 'person'), name='subscribers_bulkchange_once')],
            },
        ),
        migrations.AddIndex(
            model_name='subscriber',
            index=models.Index(fields=['state', 'created_at'], name='subscribers_subscriber_purge'),
        ),
        migrations.AddIndex(
            model_name='subscriber',
            index=models.Index(fields=['domain', 'id'], name='subscribers_subscriber_domain'),
        ),
        migrations.AddIndex(
            model_name='subscriber',
            index=models.Index(condition=models.Q(('left_at__isnull', False)), fields=['left_at'], name='subscribers_subscriber_left'),
        ),
        migrations.AddIndex(
            model_name='subscriber',
            index=models.Index(condition=models.Q(('score__gt', 0)), fields=['score'], name='subscribers_subscriber_score'),
        ),
        migrations.AddIndex(
            model_name='subscriber',
            index=models.Index(condition=models.Q(('paused_until__isnull', False)), fields=['paused_until'], name='subscribers_subscriber_paused'),
        ),
        migrations.AddConstraint(
            model_name='subscriber',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'active', 'unsubscribed'])), name='subscribers_subscriber_state_known'),
        ),
        migrations.AddConstraint(
            model_name='subscriber',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'active'), _negated=True), ('confirmed_at__isnull', False), _connector='OR'), name='subscribers_subscriber_active_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['trying', 'tried', 'adding', 'done', 'aside', 'unread', 'undoing', 'undone'])), name='subscribers_import_state_known'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(('position__lte', models.F('size'))), name='subscribers_import_within_its_file'),
        ),
        migrations.AddConstraint(
            model_name='bulkact',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['doing', 'done', 'undoing', 'undone'])), name='subscribers_bulkact_state_known'),
        ),
    ]

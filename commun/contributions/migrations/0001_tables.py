import commun.common.storage
import commun.contributions.models.contributions
import commun.contributions.models.drafts
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('library', '0001_tables'),
        ('territories', '0001_tables'),
        ('wagtailcore', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=commun.contributions.models.contributions.new_reference, editable=False, max_length=16, unique=True)),
                ('kind', models.CharField(choices=[('resource', 'Ressource'), ('event', 'Événement'), ('news', 'Actualité'), ('need', 'Besoin'), ('proposal', 'Proposition de thématique'), ('question', 'Question ou remarque')], max_length=10, verbose_name='nature')),
                ('state', models.CharField(choices=[('received', 'Reçue'), ('in_review', 'En cours de lecture'), ('waiting', 'En attente d’une réponse'), ('accepted', 'Retenue'), ('published', 'Publiée'), ('declined', 'Non retenue'), ('spam', 'Indésirable'), ('merged', 'Rattachée à une autre'), ('withdrawn', 'Retirée')], default='received', max_length=10, verbose_name='état')),
                ('source', models.CharField(choices=[('mail', 'Courriel'), ('form', 'Formulaire'), ('split', 'Partie d’une autre'), ('feed', 'Flux d’un partenaire')], max_length=5, verbose_name='voie')),
                ('trust', models.CharField(choices=[('proven', 'Adresse prouvée'), ('unknown', 'Adresse non vérifiée'), ('failing', 'Expéditeur douteux')], default='unknown', max_length=8, verbose_name='confiance')),
                ('title', models.CharField(max_length=200, verbose_name='titre')),
                ('text', models.TextField(blank=True, verbose_name='texte')),
                ('fields', models.JSONField(blank=True, default=dict)),
                ('suggestions', models.JSONField(blank=True, default=list)),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='nom')),
                ('address', models.EmailField(blank=True, max_length=254, verbose_name='adresse')),
                ('address_hash', models.CharField(blank=True, db_index=True, help_text='Keyed, to count by sender.', max_length=64)),
                ('thanks', models.BooleanField(default=False, verbose_name='accepte d’être remerciée par son nom')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.organisation')),
                ('organisation_name', models.CharField(blank=True, max_length=160, verbose_name='structure (saisie libre)')),
                ('in_its_name', models.BooleanField(default=False, help_text='Proven by a mandate.', verbose_name='au nom de la structure')),
                ('territory', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.territory')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='library.themepage')),
                ('licence', models.CharField(blank=True, choices=[('licence-ouverte-2.0', 'Licence Ouverte 2.0 (Etalab)'), ('cc-by', 'Creative Commons BY 4.0 (citer l’auteur)'), ('cc-by-sa', 'Creative Commons BY-SA 4.0 (citer, partager de même)'), ('cc-by-nc-sa', 'Creative Commons BY-NC-SA 4.0 (citer, sans commerce, partager de même)'), ('cc-by-nc-nd', 'Creative Commons BY-NC-ND 4.0 (citer, sans commerce ni modification)'), ('tous-droits-reserves', 'Tous droits réservés')], max_length=24, verbose_name='licence')),
                ('assigned_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('received_at', models.DateTimeField(db_index=True, verbose_name='reçue le')),
                ('moved_at', models.DateTimeField(verbose_name='dernier mouvement')),
                ('acknowledged_at', models.DateTimeField(blank=True, null=True)),
                ('forgotten_at', models.DateTimeField(blank=True, null=True)),
                ('part_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='contributions.contribution')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='contributions.contribution')),
                ('page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('became', models.CharField(blank=True, max_length=40)),
                ('told', models.TextField(blank=True)),
                ('issue_number', models.PositiveIntegerField(blank=True, null=True, verbose_name='parue dans le numéro')),
            ],
            options={
                'verbose_name': 'contribution',
                'verbose_name_plural': 'contributions',
                'ordering': ('-received_at', '-pk'),
                'permissions': [('moderate', 'Peut lire et décider des contributions')],
                'indexes': [models.Index(fields=['state', '-received_at'], name='contributions_inbox')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['received', 'in_review', 'waiting', 'accepted', 'published', 'declined', 'spam', 'merged', 'withdrawn'])), name='contributions_contribution_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state', 'merged')), models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='contributions_merged_says_into_which'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('pk')), _negated=True), _connector='OR'), name='contributions_not_merged_into_itself'), models.CheckConstraint(condition=models.Q(('in_its_name', False), ('organisation__isnull', False), _connector='OR'), name='contributions_in_the_name_of_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='contributions.contribution')),
                ('direction', models.CharField(choices=[('in', 'Reçu'), ('out', 'Envoyé')], max_length=3)),
                ('subject', models.CharField(blank=True, max_length=300)),
                ('text', models.TextField()),
                ('rest', models.TextField(blank=True)),
                ('sender_name', models.CharField(blank=True, max_length=120)),
                ('message_id', models.CharField(blank=True, max_length=400)),
                ('raw_id', models.BigIntegerField(blank=True, help_text='Of the received bytes, while they are kept.', null=True)),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('authentication', models.JSONField(blank=True, default=dict)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ('at', 'pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('raw_id__isnull', False)), fields=('raw_id', 'contribution'), name='contributions_message_received_once')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='contributions.contribution')),
                ('act', models.CharField(choices=[('receive', 'Reçue'), ('acknowledge', 'Accusé de réception envoyé'), ('claim', 'Adresse confirmée'), ('assign', 'Confiée'), ('edit', 'Corrigée'), ('ask', 'Question posée'), ('answer', 'Réponse reçue'), ('remind', 'Rappel envoyé'), ('accept', 'Retenue'), ('decline', 'Non retenue'), ('spam', 'Classée indésirable'), ('merge', 'Rattachée à une autre'), ('split', 'Séparée en deux'), ('withdraw', 'Retirée par son auteur'), ('publish', 'Publiée'), ('undo', 'Annulation')], max_length=12)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
                ('before', models.CharField(blank=True, choices=[('received', 'Reçue'), ('in_review', 'En cours de lecture'), ('waiting', 'En attente d’une réponse'), ('accepted', 'Retenue'), ('published', 'Publiée'), ('declined', 'Non retenue'), ('spam', 'Indésirable'), ('merged', 'Rattachée à une autre'), ('withdrawn', 'Retirée')], max_length=10)),
                ('after', models.CharField(blank=True, choices=[('received', 'Reçue'), ('in_review', 'En cours de lecture'), ('waiting', 'En attente d’une réponse'), ('accepted', 'Retenue'), ('published', 'Publiée'), ('declined', 'Non retenue'), ('spam', 'Indésirable'), ('merged', 'Rattachée à une autre'), ('withdrawn', 'Retirée')], max_length=10)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('payload', models.JSONField(blank=True, default=dict)),
                ('undone_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undoes', to='contributions.event')),
            ],
            options={
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='FormDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=commun.contributions.models.drafts.new_key, editable=False, max_length=40, unique=True)),
                ('kind', models.CharField(choices=[('resource', 'Ressource'), ('event', 'Événement'), ('news', 'Actualité'), ('need', 'Besoin'), ('proposal', 'Proposition de thématique'), ('question', 'Question ou remarque')], max_length=10)),
                ('data', models.JSONField(blank=True, default=dict)),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField()),
                ('touched_at', models.DateTimeField(db_index=True)),
                ('given_at', models.DateTimeField(blank=True, help_text='Waits for its address to be confirmed.', null=True)),
                ('contribution', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='contributions.contribution')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('contribution__isnull', True), ('given_at__isnull', False), _connector='OR'), name='contributions_draft_given_before_received')],
            },
        ),
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('draft', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='contributions.formdraft')),
                ('contribution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='contributions.contribution')),
                ('state', models.CharField(choices=[('waiting', 'En cours d’examen'), ('kept', 'Gardé'), ('refused', 'Non gardé')], default='waiting', max_length=8, verbose_name='état')),
                ('name', models.CharField(max_length=160)),
                ('file', models.FileField(blank=True, max_length=200, storage=commun.common.storage.private_storage, upload_to=commun.common.storage.unguessable)),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('pages', models.PositiveIntegerField(blank=True, null=True)),
                ('width', models.PositiveIntegerField(blank=True, null=True)),
                ('height', models.PositiveIntegerField(blank=True, null=True)),
                ('alt_text', models.CharField(blank=True, max_length=255, verbose_name='ce que montre l’image')),
                ('sha256', models.CharField(blank=True, help_text='Of the bytes that came: the same twice is one.', max_length=64)),
                ('refused', models.CharField(blank=True, help_text='Why it was not kept; stable word.', max_length=40, verbose_name='refus')),
                ('to_tell', models.BooleanField(default=False, help_text='Refused since whoever gave it was last written to.')),
                ('came_at', models.DateTimeField(blank=True, null=True)),
                ('place', models.PositiveSmallIntegerField(default=0, help_text='In its sending: first files of all come first.')),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('retry_at', models.DateTimeField(blank=True, null=True)),
                ('pixels', models.PositiveIntegerField(default=0, help_text='That were decoded.')),
                ('spent_ms', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ('pk',),
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['attempts', 'place', 'id'], name='contributions_to_examine')],
                'constraints': [models.CheckConstraint(condition=models.Q(('draft__isnull', True), ('contribution__isnull', True), _connector='XOR'), name='contributions_file_of_a_form_or_a_contribution'), models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('state', 'refused'), models.Q(('refused', ''), _negated=True)), models.Q(('refused', ''), ('state__in', ['waiting', 'kept']), models.Q(('file', ''), _negated=True)), _connector='OR'), name='contributions_file_there_or_refused'), models.CheckConstraint(condition=models.Q(models.Q(('retry_at__isnull', False), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('retry_at__isnull', True)), _connector='OR'), name='contributions_file_waits_for_its_turn')],
            },
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Comme l’équipe l’appelle : « Agenda de la Ville de Lyon ».', max_length=160, verbose_name='nom')),
                ('url', models.URLField(error_messages={'unique': 'Ce flux est déjà dans la liste.'}, help_text='Un agenda (.ics), un flux RSS ou Atom, ou l’export JSON d’un agenda public.', max_length=1000, unique=True, verbose_name='adresse du flux')),
                ('state', models.CharField(choices=[('new', 'Pas encore lu'), ('read', 'Lu'), ('refused', 'Refusé'), ('stopped', 'Arrêté')], default='new', max_length=7, verbose_name='état')),
                ('why', models.CharField(blank=True, max_length=12)),
                ('etag', models.CharField(blank=True, max_length=200)),
                ('modified', models.CharField(blank=True, max_length=100)),
                ('moved_to', models.CharField(blank=True, max_length=2000, verbose_name='déménagé vers')),
                ('entries_found', models.PositiveIntegerField(default=0, verbose_name='entrées à venir')),
                ('added_at', models.DateTimeField(verbose_name='ajouté le')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='lu le')),
                ('next_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='prochaine lecture')),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.organisation', verbose_name='partenaire')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='library.themepage', verbose_name='thématique')),
            ],
            options={
                'verbose_name': 'flux d’un partenaire',
                'verbose_name_plural': 'flux de partenaires',
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='FeedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(max_length=255)),
                ('digest', models.CharField(max_length=64)),
                ('seen_at', models.DateTimeField(db_index=True)),
                ('contribution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='contributions.contribution')),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='contributions.feed')),
            ],
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['new', 'read', 'refused', 'stopped'])), name='contributions_feed_state_known'),
        ),
        migrations.AddConstraint(
            model_name='feedentry',
            constraint=models.UniqueConstraint(fields=('feed', 'uid'), name='contributions_feed_entry_once'),
        ),
    ]

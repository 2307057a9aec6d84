import commun.territories.model_fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cms', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Territory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('commune', 'Commune'), ('epci', 'Intercommunalité'), ('ept', 'Établissement public territorial'), ('departement', 'Département'), ('region', 'Région'), ('com', 'Collectivité d’outre-mer')], max_length=12, verbose_name='type')),
                ('code', models.CharField(max_length=9, verbose_name='code')),
                ('siren', models.CharField(blank=True, db_index=True, max_length=9, verbose_name='SIREN')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('search_name', models.CharField(editable=False, max_length=120)),
                ('population', models.PositiveIntegerField(blank=True, null=True, verbose_name='population municipale')),
                ('departement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.territory')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.territory')),
                ('epci', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='territories.territory')),
                ('postcodes', models.JSONField(blank=True, default=list, verbose_name='codes postaux')),
                ('vintage', models.PositiveSmallIntegerField(help_text='Dernier millésime où ce territoire existe.', verbose_name='millésime')),
                ('obsolete', models.BooleanField(default=False, verbose_name='n’existe plus')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='territories.territory', verbose_name='remplacé par')),
            ],
            options={
                'verbose_name': 'territoire',
                'verbose_name_plural': 'territoires',
                'ordering': ('search_name', 'code'),
                'indexes': [models.Index(fields=['search_name'], name='territories_name'), models.Index(fields=['code'], name='territories_code')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'code'), name='territories_territory_once'), models.UniqueConstraint(condition=models.Q(('obsolete', False), models.Q(('siren', ''), _negated=True)), fields=('siren',), name='territories_territory_siren_once'), models.CheckConstraint(condition=models.Q(('obsolete', True), ('successor', None), _connector='OR'), name='territories_territory_successor_of_obsolete')],
            },
        ),
        migrations.CreateModel(
            name='SearchKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='search_keys', to='territories.territory')),
                ('text', models.CharField(db_index=True, max_length=120)),
                ('label', models.CharField(blank=True, help_text='The name it comes from, when not the official one.', max_length=120)),
                ('kind', models.CharField(choices=[('officiel', 'Nom officiel'), ('deleguee', 'Commune déléguée'), ('associee', 'Commune associée'), ('arrondissement', 'Arrondissement municipal'), ('ancienne', 'Ancienne commune'), ('code_postal', 'Code postal')], max_length=14)),
                ('whole', models.BooleanField(help_text='The text is the whole name, not its end.')),
            ],
            options={
                'verbose_name': 'clé de recherche',
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='territories_searchkey_text')],
            },
        ),
        migrations.CreateModel(
            name='RegisterImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vintage', models.PositiveSmallIntegerField()),
                ('source', models.CharField(max_length=300)),
                ('sha256', models.CharField(max_length=64)),
                ('imported_at', models.DateTimeField()),
                ('counts', models.JSONField()),
                ('became_obsolete', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'chargement du registre',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='nom')),
                ('search_name', commun.territories.model_fields.PlainTextField(blank=True, editable=False, max_length=160, source='name')),
                ('slug', models.SlugField(max_length=120, unique=True, verbose_name='adresse dans l’annuaire')),
                ('kind', models.CharField(choices=[('collectivite', 'Collectivité'), ('syndicat', 'Syndicat, PETR, établissement public local'), ('etat', 'État et ses opérateurs'), ('association', 'Association'), ('entreprise', 'Entreprise'), ('autre', 'Autre')], default='collectivite', max_length=14, verbose_name='type')),
                ('territory', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='territories.territory', verbose_name='territoire du registre')),
                ('siren', models.CharField(blank=True, help_text='Neuf chiffres ; les espaces sont permis.', max_length=14, verbose_name='SIREN')),
                ('website', models.URLField(blank=True, verbose_name='site internet')),
                ('presentation', models.TextField(blank=True, max_length=2000, verbose_name='présentation')),
                ('logo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cms.communimage', verbose_name='logo')),
                ('is_partner', models.BooleanField(default=False, verbose_name='partenaire du réseau')),
                ('is_checked', models.BooleanField(default=False, help_text='Par la modération. Sans cela, l’organisation ne paraît pas, et personne n’agit en son nom.', verbose_name='vérifiée')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créée le')),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'ordering': ('name', 'pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('territory__isnull', False)), fields=('territory',), name='territories_organisation_place_once'), models.UniqueConstraint(condition=models.Q(('siren', ''), _negated=True), fields=('siren',), name='territories_organisation_siren_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'collectivite'), _negated=True), ('territory__isnull', False), models.Q(('siren', ''), _negated=True), _connector='OR'), name='territories_organisation_identified')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='territories.organisation', verbose_name='organisation')),
                ('at', models.DateTimeField(verbose_name='le')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='raison')),
                ('before', models.JSONField(default=dict, verbose_name='avant')),
                ('after', models.JSONField(default=dict, verbose_name='après')),
            ],
            options={
                'verbose_name': 'changement d’une organisation',
                'ordering': ('pk',),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='personne')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='territories.organisation', verbose_name='collectivité')),
                ('state', models.CharField(choices=[('active', 'En cours'), ('pending', 'En attente d’accord'), ('suspended', 'Suspendu : un courriel est revenu'), ('ended', 'Terminé')], default='active', max_length=10, verbose_name='état')),
                ('role', models.CharField(blank=True, max_length=120, verbose_name='fonction')),
                ('level', models.PositiveSmallIntegerField(choices=[(0, 'M0 – déclaré'), (1, 'M1 – adresse vérifiée'), (2, 'M2 – confirmé par la collectivité'), (3, 'M3 – lettre signée ou délibération')], default=0, verbose_name='niveau')),
                ('method', models.CharField(choices=[('declared', 'Déclaration'), ('address', 'Adresse officielle de la collectivité'), ('domain', 'Adresse au nom de domaine de la collectivité'), ('code', 'Code reçu à l’adresse officielle'), ('check', 'Vérification par l’équipe (rappel, courrier)'), ('letter', 'Lettre signée ou délibération')], default='declared', max_length=16, verbose_name='preuve')),
                ('is_referent', models.BooleanField(default=False, verbose_name='référent·e')),
                ('declared_at', models.DateTimeField(verbose_name='déclarée le')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='prouvée le')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vérifiée par')),
                ('expires_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='expire le')),
                ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='rappel d’expiration envoyé le')),
                ('approval_asked_at', models.DateTimeField(blank=True, null=True, verbose_name='accord demandé le')),
                ('suspended_at', models.DateTimeField(blank=True, null=True, verbose_name='suspendue le')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='terminée le')),
                ('end', models.CharField(blank=True, choices=[('left', 'La personne a quitté la collectivité'), ('refused', 'Refusé'), ('erased', 'Compte effacé')], max_length=10, verbose_name='motif de fin')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='relais')),
            ],
            options={
                'verbose_name': 'mandat',
                'verbose_name_plural': 'mandats',
                'ordering': ('pk',),
                'permissions': [('check_mandate', 'Peut vérifier les mandats')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['active', 'pending', 'suspended', 'ended'])), name='territories_membership_state_known'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('user', 'organisation'), name='territories_membership_open_once'), models.UniqueConstraint(condition=models.Q(('is_referent', True)), fields=('organisation',), name='territories_membership_one_referent'), models.CheckConstraint(condition=models.Q(('is_referent', False), models.Q(('ended_at', None), ('level__gte', 1), models.Q(('state', 'pending'), _negated=True)), _connector='OR'), name='territories_membership_referent_is_verified'), models.CheckConstraint(condition=models.Q(models.Q(('expires_at', None), ('level', 0), ('verified_at', None)), models.Q(('expires_at__isnull', False), ('level__gte', 1), ('level__lte', 3), ('verified_at__isnull', False)), _connector='OR'), name='territories_membership_proof_is_dated'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'ended'), models.Q(('end', ''), _negated=True), ('ended_at__isnull', False)), models.Q(models.Q(('state', 'ended'), _negated=True), ('end', ''), ('ended_at', None)), _connector='OR'), name='territories_membership_end_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'pending'), _negated=True), models.Q(('approval_asked_at__isnull', False), ('level__gte', 1)), _connector='OR'), name='territories_membership_pending_since'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'suspended'), _negated=True), ('suspended_at__isnull', False), _connector='OR'), name='territories_membership_suspended_since')],
            },
        ),
        migrations.CreateModel(
            name='MandateEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='territories.membership')),
                ('kind', models.CharField(choices=[('declared', 'Déclaré'), ('proved', 'Prouvé'), ('approved', 'Accord donné'), ('refused', 'Refusé'), ('renewed', 'Renouvelé'), ('expired', 'Expiré'), ('suspended', 'Suspendu'), ('resumed', 'Repris'), ('left', 'Départ'), ('handed_over', 'Relais reçu'), ('undone', 'Décision annulée'), ('erased', 'Effacé'), ('code_sent', 'Code envoyé'), ('code_locked', 'Code bloqué'), ('asked', 'Vérification demandée'), ('refused_proof', 'Preuve refusée')], max_length=16)),
                ('level', models.PositiveSmallIntegerField(choices=[(0, 'M0 – déclaré'), (1, 'M1 – adresse vérifiée'), (2, 'M2 – confirmé par la collectivité'), (3, 'M3 – lettre signée ou délibération')], default=0)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'verbose_name': 'événement d’un mandat',
                'ordering': ('pk',),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='OfficialAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('territory', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='official_address', to='territories.territory', verbose_name='territoire')),
                ('email', models.EmailField(max_length=254, verbose_name='adresse officielle')),
                ('domain', models.CharField(db_index=True, editable=False, max_length=253, verbose_name='nom de domaine')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('dated', models.DateField(verbose_name='date de la source')),
                ('bounced_at', models.DateTimeField(blank=True, null=True, verbose_name='revenue le')),
            ],
            options={
                'verbose_name': 'adresse officielle',
                'verbose_name_plural': 'adresses officielles',
                'indexes': [models.Index(fields=['email'], name='territories_official_email')],
                'constraints': [models.CheckConstraint(condition=models.Q(('domain', ''), _negated=True), name='territories_officialaddress_domain')],
            },
        ),
        migrations.CreateModel(
            name='MandateCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='territories.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.organisation')),
                ('digest', models.CharField(max_length=64)),
                ('sent_at', models.DateTimeField(db_index=True)),
                ('expires_at', models.DateTimeField()),
                ('wrong', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'code de mandat',
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('wrong__lte', 5)), name='territories_mandatecode_guesses')],
            },
        ),
        migrations.CreateModel(
            name='MandateRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='territories.membership', verbose_name='mandat')),
                ('kind', models.CharField(choices=[('check', 'Vérification par l’équipe'), ('letter', 'Lettre signée ou délibération')], max_length=8, verbose_name='demande')),
                ('message', models.TextField(blank=True, max_length=1000, verbose_name='précisions')),
                ('asked_at', models.DateTimeField(verbose_name='demandée le')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='décidée le')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('accepted', models.BooleanField(blank=True, null=True, verbose_name='acceptée')),
                ('evidence', models.CharField(blank=True, max_length=500, verbose_name='ce qui a été vérifié')),
                ('before', models.JSONField(blank=True, null=True, verbose_name='mandat avant la décision')),
                ('forgotten_at', models.DateTimeField(blank=True, null=True, verbose_name='pièces effacées le')),
            ],
            options={
                'verbose_name': 'demande de vérification',
                'verbose_name_plural': 'demandes de vérification',
                'ordering': ('asked_at', 'pk'),
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('membership',), name='territories_mandaterequest_open_once'), models.CheckConstraint(condition=models.Q(models.Q(('accepted', None), ('decided_at', None)), models.Q(('accepted__isnull', False), ('decided_at__isnull', False)), _connector='OR'), name='territories_mandaterequest_decided'), models.CheckConstraint(condition=models.Q(models.Q(('accepted', True), _negated=True), models.Q(('evidence', ''), _negated=True), ('forgotten_at__isnull', False), _connector='OR'), name='territories_mandaterequest_says_why')],
            },
        ),
        migrations.CreateModel(
            name='MandateDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='document', to='territories.mandaterequest')),
                ('name', models.CharField(max_length=120)),
                ('mime', models.CharField(max_length=40)),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'pièce d’une demande',
                'default_permissions': (),
            },
        ),
    ]

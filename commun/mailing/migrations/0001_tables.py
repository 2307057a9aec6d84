import commun.mailing.types
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='DeliverabilityReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(null=True, verbose_name='demandé le')),
                ('done_at', models.DateTimeField(null=True, verbose_name='fait le')),
                ('findings', models.JSONField(default=list, verbose_name='constats')),
            ],
            options={
                'verbose_name': 'délivrabilité',
                'verbose_name_plural': 'délivrabilité',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='mailing_deliverability_single')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=250, verbose_name='objet')),
                ('preheader', models.CharField(blank=True, max_length=250, verbose_name='texte d’aperçu')),
                ('html', models.TextField(verbose_name='HTML')),
                ('text', models.TextField(verbose_name='texte')),
                ('headers', models.JSONField(default=dict, verbose_name='en-têtes')),
                ('raw', models.BinaryField(verbose_name='octets finis')),
                ('hash', models.CharField(db_index=True, max_length=64, verbose_name='empreinte')),
                ('sealed_at', models.DateTimeField(verbose_name='scellé le')),
            ],
            options={
                'verbose_name': 'message scellé',
                'verbose_name_plural': 'messages scellés',
            },
        ),
        migrations.CreateModel(
            name='Send',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=32, verbose_name='nature')),
                ('slug', models.CharField(blank=True, max_length=150, verbose_name='nom')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sends', to='mailing.message', verbose_name='message')),
                ('state', models.CharField(choices=[('scheduled', 'programmé'), ('freezing', 'destinataires en cours de liste'), ('sending', 'en cours'), ('paused', 'en pause'), ('held', 'retenu'), ('cancelled', 'annulé'), ('finished', 'terminé')], default=commun.mailing.types.SendState['SCHEDULED'], max_length=10, verbose_name='état')),
                ('state_reason', models.CharField(blank=True, max_length=64, verbose_name='raison de l’état')),
                ('waiting_for', models.CharField(blank=True, max_length=64, verbose_name='attend')),
                ('audience', models.CharField(default='list', max_length=32, verbose_name='destinataires')),
                ('audience_words', models.JSONField(blank=True, default=dict, verbose_name='choix des destinataires')),
                ('idempotency_key', models.CharField(max_length=100, verbose_name='clé d’unicité')),
                ('scheduled_at', models.DateTimeField(verbose_name='programmé le')),
                ('created_at', models.DateTimeField(verbose_name='créé le')),
                ('confirmed_at', models.DateTimeField(verbose_name='confirmé le')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='commencé le')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='terminé le')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('freeze_cursor', models.BigIntegerField(default=0)),
                ('total', models.PositiveIntegerField(blank=True, null=True, verbose_name='nombre de destinataires')),
                ('completion_told_at', models.DateTimeField(blank=True, null=True)),
                ('ledger_checked_at', models.DateTimeField(blank=True, null=True, verbose_name='registre contrôlé le')),
                ('ledger_fault', models.CharField(blank=True, max_length=50, verbose_name='défaut du registre')),
            ],
            options={
                'verbose_name': 'envoi',
                'verbose_name_plural': 'envois',
                'ordering': ('-pk',),
                'permissions': [('control_send', 'Peut mettre en pause, reprendre ou annuler un envoi'), ('operate_mail', 'Peut décider des envois incertains, des adresses écartées et du rythme')],
                'indexes': [models.Index(fields=['state', 'scheduled_at'], name='mailing_send_due')],
                'constraints': [models.UniqueConstraint(fields=('idempotency_key',), name='mailing_send_once_per_key'), models.CheckConstraint(condition=models.Q(('state__in', ['scheduled', 'freezing', 'sending', 'paused', 'held', 'cancelled', 'finished'])), name='mailing_send_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'finished'), _negated=True), ('total__isnull', False), _connector='OR'), name='mailing_send_finished_is_frozen')],
            },
        ),
        migrations.CreateModel(
            name='Lease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('worker', models.CharField(max_length=64)),
                ('machine', models.CharField(max_length=64)),
                ('journal', models.CharField(max_length=100)),
                ('beat', models.PositiveBigIntegerField(default=0)),
                ('opened_at', models.DateTimeField()),
                ('beat_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['id'], name='mailing_lease_open')],
            },
        ),
        migrations.CreateModel(
            name='Operator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=32, unique=True, verbose_name='identifiant')),
                ('name', models.CharField(max_length=100, verbose_name='nom')),
                ('rate_per_minute', models.PositiveIntegerField(blank=True, null=True, verbose_name='messages par minute')),
                ('daily_cap', models.PositiveIntegerField(blank=True, null=True, verbose_name='messages par jour')),
                ('paused_until', models.DateTimeField(blank=True, null=True, verbose_name='en pause jusqu’à')),
                ('pause_reason', models.CharField(blank=True, max_length=64, verbose_name='raison de la pause')),
                ('alarm', models.CharField(blank=True, max_length=300, verbose_name='alerte')),
                ('alarm_at', models.DateTimeField(blank=True, null=True, verbose_name='alerte depuis')),
            ],
            options={
                'verbose_name': 'opérateur',
                'verbose_name_plural': 'opérateurs',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='Frontier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('send', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='frontiers', to='mailing.send')),
                ('operator', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mailing.operator')),
                ('next', models.PositiveIntegerField(default=1)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('send', 'operator'), name='mailing_frontier_once'), models.UniqueConstraint(condition=models.Q(('operator__isnull', True)), fields=('send',), name='mailing_frontier_once_of_nobody'), models.CheckConstraint(condition=models.Q(('next__gte', 1), ('next__lte', django.db.models.expressions.CombinedExpression(models.F('last'), '+', models.Value(1)))), name='mailing_frontier_within_its_rows')],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('frontier', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='mailing.frontier')),
                ('first', models.PositiveIntegerField()),
                ('last', models.PositiveIntegerField()),
                ('lease', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mailing.lease')),
                ('slow', models.PositiveSmallIntegerField(default=0)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['frontier', 'first'], name='mailing_claim_open'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['lease'], name='mailing_claim_leased')],
                'constraints': [models.CheckConstraint(condition=models.Q(('first__lte', models.F('last'))), name='mailing_claim_is_a_range')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(blank=True, max_length=254, verbose_name='adresse')),
                ('state', models.CharField(choices=[('pending', 'en attente'), ('claimed', 'confié à un travailleur'), ('attempting', 'en cours de remise'), ('accepted', 'acceptée par le relais'), ('refused', 'refusée'), ('deferred', 'différée'), ('uncertain', 'incertaine'), ('excluded', 'écartée')], default=commun.mailing.types.DeliveryState['PENDING'], max_length=10, verbose_name='état')),
                ('reason', models.CharField(blank=True, max_length=32, verbose_name='raison')),
                ('lease', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mailing.lease')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='tentatives')),
                ('not_before', models.DateTimeField(blank=True, null=True, verbose_name='pas avant')),
                ('first_attempt_at', models.DateTimeField(blank=True, null=True, verbose_name='première tentative')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='depuis')),
                ('code', models.PositiveSmallIntegerField(default=0, verbose_name='code SMTP')),
                ('enhanced', models.CharField(blank=True, max_length=12, verbose_name='code étendu')),
                ('diagnostic', models.CharField(blank=True, max_length=500, verbose_name='réponse')),
                ('relay', models.CharField(blank=True, max_length=100, verbose_name='relais')),
                ('send', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='mailing.send')),
                ('recipient_key', models.CharField(max_length=22, verbose_name='clé opaque')),
                ('frontier', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mailing.frontier')),
                ('position', models.PositiveIntegerField()),
                ('aside', models.CharField(blank=True, default=commun.mailing.types.Aside['NONE'], max_length=9)),
                ('withdrawn', models.CharField(blank=True, max_length=32, verbose_name='retrait demandé')),
            ],
            options={
                'verbose_name': 'destinataire',
                'verbose_name_plural': 'destinataires',
                'indexes': [models.Index(condition=models.Q(('aside', ''), _negated=True), fields=['frontier', 'aside'], name='mailing_delivery_aside'), models.Index(condition=models.Q(('aside', 'deferred')), fields=['not_before'], name='mailing_delivery_deferred'), models.Index(condition=models.Q(('aside__in', ['held', 'uncertain'])), fields=['lease'], name='mailing_delivery_leased')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('address', ''), _negated=True), fields=('send', 'address'), name='mailing_delivery_once_per_address'), models.UniqueConstraint(fields=('send', 'recipient_key'), name='mailing_delivery_once_per_key'), models.UniqueConstraint(fields=('frontier', 'position'), name='mailing_delivery_once_per_position'), models.CheckConstraint(condition=models.Q(models.Q(('aside', ''), ('state__in', ['accepted', 'refused', 'excluded'])), models.Q(('aside__in', ['', 'again', 'held', 'withdrawn']), ('state', 'pending')), models.Q(('aside', 'deferred'), ('state', 'deferred')), models.Q(('aside', 'uncertain'), ('state', 'uncertain')), _connector='OR'), name='mailing_delivery_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('aside', 'held'), ('lease__isnull', False)), ('aside', 'uncertain'), models.Q(models.Q(('aside__in', ['held', 'uncertain']), _negated=True), ('lease__isnull', True)), _connector='OR'), name='mailing_delivery_held_by_a_lease'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'deferred'), _negated=True), ('not_before__isnull', False), _connector='OR'), name='mailing_delivery_deferred_until'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['refused', 'excluded']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='mailing_delivery_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('send', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='mailing.send')),
                ('delivery', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mailing.delivery')),
                ('action', models.CharField(max_length=24, verbose_name='décision')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='lignes')),
                ('detail', models.CharField(blank=True, max_length=300, verbose_name='détail')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(verbose_name='le')),
            ],
            options={
                'verbose_name': 'décision',
                'verbose_name_plural': 'décisions',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='OperatorDomain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(max_length=253, unique=True, verbose_name='domaine')),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='domains', to='mailing.operator', verbose_name='opérateur')),
            ],
            options={
                'verbose_name': 'domaine d’opérateur',
                'verbose_name_plural': 'domaines d’opérateurs',
            },
        ),
        migrations.CreateModel(
            name='OperatorDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=32)),
                ('day', models.DateField()),
                ('count', models.PositiveIntegerField(default=0)),
                ('minute', models.PositiveBigIntegerField(default=0)),
                ('minute_count', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('scope', 'day'), name='mailing_operatorday_once')],
            },
        ),
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rate_per_minute', models.PositiveIntegerField(blank=True, null=True, verbose_name='messages par minute, en tout')),
                ('operator_rate_per_minute', models.PositiveIntegerField(blank=True, null=True, verbose_name='messages par minute, pour un opérateur qui n’a pas son rythme')),
                ('warmup_from', models.DateField(blank=True, null=True, verbose_name='montée en charge depuis le')),
                ('warmup_first_cap', models.PositiveIntegerField(default=500, verbose_name='plafond du premier jour')),
                ('warmup_growth', models.FloatField(default=1.5, verbose_name='facteur par jour')),
            ],
            options={
                'verbose_name': 'rythme d’envoi',
                'verbose_name_plural': 'rythme d’envoi',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='mailing_policy_single')],
            },
        ),
        migrations.CreateModel(
            name='MachineFault',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('worker', models.CharField(max_length=64, unique=True, verbose_name='travailleur')),
                ('host', models.CharField(max_length=255, verbose_name='machine')),
                ('kind', models.CharField(max_length=32, verbose_name='défaut')),
                ('since', models.DateTimeField(verbose_name='depuis')),
                ('told_at', models.DateTimeField(verbose_name='dit pour la dernière fois')),
            ],
            options={
                'verbose_name': 'défaut d’une machine',
                'verbose_name_plural': 'défauts de machines',
            },
        ),
        migrations.CreateModel(
            name='Relay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='relais')),
                ('ok_at', models.DateTimeField(null=True, verbose_name='dernier succès')),
                ('failed_at', models.DateTimeField(null=True, verbose_name='dernier échec')),
                ('error', models.CharField(blank=True, max_length=200, verbose_name='erreur')),
                ('fault', models.CharField(blank=True, max_length=32, verbose_name='ce qui l’empêche')),
                ('open_until', models.DateTimeField(null=True, verbose_name='évité jusqu’à')),
            ],
            options={
                'verbose_name': 'relais',
                'verbose_name_plural': 'relais',
            },
        ),
        migrations.CreateModel(
            name='BounceEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('delivery', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='mailing.delivery')),
                ('address_hash', models.CharField(blank=True, db_index=True, max_length=64, verbose_name='empreinte')),
                ('kind', models.CharField(choices=[('smtp', 'refus du relais'), ('failure', 'avis de non-remise'), ('delay', 'avis de retard'), ('complaint', 'plainte'), ('auto_reply', 'réponse automatique'), ('challenge', 'demande de vérification'), ('other', 'autre')], max_length=12, verbose_name='nature')),
                ('verdict', models.CharField(blank=True, choices=[('hard', 'adresse morte'), ('soft', 'refus provisoire'), ('policy', 'refus de l’expéditeur'), ('message', 'message refusé'), ('none', 'ne dit rien de l’adresse')], max_length=8, verbose_name='conclusion')),
                ('code', models.PositiveSmallIntegerField(default=0)),
                ('enhanced', models.CharField(blank=True, max_length=12)),
                ('diagnostic', models.CharField(blank=True, max_length=500)),
                ('source', models.CharField(blank=True, max_length=64, verbose_name='source')),
                ('at', models.DateTimeField(db_index=True, verbose_name='le')),
                ('fingerprint', models.CharField(max_length=64, unique=True)),
            ],
            options={
                'verbose_name': 'retour',
                'verbose_name_plural': 'retours',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='ServiceMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(blank=True, max_length=254, verbose_name='adresse')),
                ('state', models.CharField(choices=[('pending', 'en attente'), ('claimed', 'confié à un travailleur'), ('attempting', 'en cours de remise'), ('accepted', 'acceptée par le relais'), ('refused', 'refusée'), ('deferred', 'différée'), ('uncertain', 'incertaine'), ('excluded', 'écartée')], default=commun.mailing.types.DeliveryState['PENDING'], max_length=10, verbose_name='état')),
                ('reason', models.CharField(blank=True, max_length=32, verbose_name='raison')),
                ('lease', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mailing.lease')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='tentatives')),
                ('not_before', models.DateTimeField(blank=True, null=True, verbose_name='pas avant')),
                ('first_attempt_at', models.DateTimeField(blank=True, null=True, verbose_name='première tentative')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='depuis')),
                ('code', models.PositiveSmallIntegerField(default=0, verbose_name='code SMTP')),
                ('enhanced', models.CharField(blank=True, max_length=12, verbose_name='code étendu')),
                ('diagnostic', models.CharField(blank=True, max_length=500, verbose_name='réponse')),
                ('relay', models.CharField(blank=True, max_length=100, verbose_name='relais')),
                ('sender', models.CharField(blank=True, max_length=254, verbose_name='expéditeur')),
                ('raw', models.BinaryField(verbose_name='octets finis')),
                ('eight_bit', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(verbose_name='demandé le')),
                ('expires_at', models.DateTimeField(verbose_name='inutile après')),
                ('blanked_at', models.DateTimeField(blank=True, null=True, verbose_name='vidé le')),
            ],
            options={
                'verbose_name': 'message de service',
                'verbose_name_plural': 'messages de service',
                'ordering': ('-pk',),
                'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['id'], name='mailing_servicemail_claimable'), models.Index(condition=models.Q(('state', 'deferred')), fields=['not_before'], name='mailing_servicemail_deferred'), models.Index(condition=models.Q(('state__in', ['claimed', 'attempting'])), fields=['lease'], name='mailing_servicemail_leased'), models.Index(fields=['blanked_at', 'settled_at'], name='mailing_servicemail_blank')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'claimed', 'attempting', 'accepted', 'refused', 'deferred', 'uncertain', 'excluded'])), name='mailing_servicemail_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('lease__isnull', False), ('state__in', ['claimed', 'attempting'])), ('state__in', ['accepted', 'refused', 'uncertain', 'excluded']), models.Q(('lease__isnull', True), ('state__in', ['pending', 'deferred'])), _connector='OR'), name='mailing_servicemail_held_by_a_lease')],
            },
        ),
        migrations.CreateModel(
            name='Suppression',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address_hash', models.CharField(db_index=True, max_length=64, verbose_name='empreinte')),
                ('reason', models.CharField(choices=[('hard_bounce', 'adresse morte'), ('soft_bounces', 'rejets répétés'), ('complaint', 'plainte'), ('erasure', 'effacement demandé'), ('left_tool', 'partie d’un autre outil'), ('cleaned_tool', 'écartée par un autre outil'), ('manual', 'décision de l’équipe')], max_length=12, verbose_name='raison')),
                ('evidence', models.TextField(blank=True, verbose_name='preuve')),
                ('created_at', models.DateTimeField(verbose_name='depuis')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='levée le')),
                ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lifted_why', models.CharField(blank=True, max_length=200, verbose_name='motif de la levée')),
            ],
            options={
                'verbose_name': 'adresse écartée',
                'verbose_name_plural': 'adresses écartées',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['hard_bounce', 'soft_bounces', 'complaint', 'erasure', 'left_tool', 'cleaned_tool', 'manual'])), name='mailing_suppression_reason_known'), models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('address_hash', 'reason'), name='mailing_suppression_standing_once')],
            },
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('mailing', '0001_tables'),
        ('territories', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='adresse')),
                ('title', models.CharField(max_length=200, verbose_name='titre')),
                ('presentation', models.TextField(blank=True, max_length=4000, verbose_name='présentation')),
                ('method', models.CharField(choices=[('majority_judgment', 'Jugement majoritaire (quatre mentions)'), ('approval', 'Approbation (oui ou non)')], default='majority_judgment', max_length=20, verbose_name='mode de scrutin')),
                ('kinds', models.JSONField(default=list, verbose_name='types de territoires électeurs')),
                ('ladder', models.JSONField(default=list, verbose_name='départage')),
                ('public_value_name', models.CharField(blank=True, max_length=300, verbose_name='valeur publique du tirage')),
                ('note', models.TextField(blank=True, max_length=4000, verbose_name='précisions de l’organisateur')),
                ('opens_at', models.DateTimeField(verbose_name='ouverture')),
                ('closes_at', models.DateTimeField(verbose_name='clôture')),
                ('state', models.CharField(choices=[('draft', 'brouillon'), ('scheduled', 'programmé'), ('open', 'ouvert'), ('closed', 'clos, tirage attendu'), ('decided', 'clos'), ('cancelled', 'annulé')], default='draft', max_length=10, verbose_name='état')),
                ('rules', models.TextField(blank=True, help_text='Written when the vote is scheduled, then sealed.', verbose_name='règles')),
                ('profiles', models.JSONField(blank=True, editable=False, null=True, verbose_name='profils')),
                ('public_value', models.CharField(blank=True, max_length=300, verbose_name='valeur tirée')),
                ('reminder_days', models.PositiveSmallIntegerField(default=5, verbose_name='rappel, en jours avant la clôture')),
                ('cancelled_reason', models.CharField(blank=True, max_length=500, verbose_name='motif de l’annulation')),
                ('cancellation_told_at', models.DateTimeField(blank=True, null=True, verbose_name='annulation annoncée aux votants le')),
                ('departure', models.TextField(blank=True, max_length=4000, verbose_name='raisons d’une autre décision que le classement')),
                ('departure_at', models.DateTimeField(blank=True, null=True, verbose_name='raisons publiées le')),
                ('created_at', models.DateTimeField(verbose_name='créé le')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scheduled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cancelled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'vote',
                'verbose_name_plural': 'votes',
                'ordering': ('-closes_at', '-pk'),
                'permissions': [('schedule_vote', 'Peut programmer un vote, y inviter, l’annuler et publier son tirage'), ('strike_elector', 'Peut radier un électeur')],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='votes_vote_opens_before_it_closes'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'scheduled', 'open', 'closed', 'decided', 'cancelled'])), name='votes_vote_state_known'), models.CheckConstraint(condition=models.Q(('profiles', None), ('state__in', ['closed', 'decided']), _connector='OR'), name='votes_vote_no_count_before_closing'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('rules', ''), _negated=True), _connector='OR'), name='votes_vote_rules_before_opening'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), models.Q(('cancelled_reason', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancelled_reason', '')), _connector='OR'), name='votes_vote_cancelled_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vote', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='votes.vote', verbose_name='vote')),
                ('number', models.PositiveSmallIntegerField(verbose_name='numéro')),
                ('title', models.CharField(max_length=200, verbose_name='intitulé')),
                ('summary', models.TextField(blank=True, max_length=1000, verbose_name='en bref')),
                ('link', models.CharField(blank=True, max_length=300, verbose_name='page à lire')),
            ],
            options={
                'verbose_name': 'proposition',
                'verbose_name_plural': 'propositions',
                'ordering': ('number',),
                'constraints': [models.UniqueConstraint(fields=('vote', 'number'), name='votes_option_number_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='votes_option_number_from_one')],
            },
        ),
        migrations.CreateModel(
            name='Elector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='electors', to='votes.vote', verbose_name='vote')),
                ('key', models.CharField(max_length=40, verbose_name='identifiant au registre')),
                ('kind', models.CharField(max_length=14, verbose_name='type')),
                ('label', models.CharField(max_length=300, verbose_name='nom')),
                ('departement', models.CharField(blank=True, max_length=9, verbose_name='code du département')),
                ('region', models.CharField(blank=True, max_length=120, verbose_name='région')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.organisation', verbose_name='organisation')),
                ('struck_off_at', models.DateTimeField(blank=True, null=True, verbose_name='radié le')),
                ('struck_off_reason', models.CharField(blank=True, max_length=300, verbose_name='motif de la radiation')),
                ('last_number', models.PositiveIntegerField(blank=True, null=True, verbose_name='dernier bulletin')),
            ],
            options={
                'verbose_name': 'électeur',
                'verbose_name_plural': 'électeurs',
                'ordering': ('pk',),
                'indexes': [models.Index(fields=['vote', 'label'], name='votes_elector_by_label')],
                'constraints': [models.UniqueConstraint(fields=('vote', 'key'), name='votes_elector_key_once'), models.UniqueConstraint(condition=models.Q(('organisation__isnull', False)), fields=('vote', 'organisation'), name='votes_elector_organisation_once'), models.CheckConstraint(condition=models.Q(models.Q(('struck_off_at', None), ('struck_off_reason', '')), models.Q(('struck_off_at__isnull', False), models.Q(('struck_off_reason', ''), _negated=True)), _connector='OR'), name='votes_elector_struck_off_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Voice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='votes.vote', verbose_name='vote')),
                ('elector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='votes.elector', verbose_name='électeur')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'voix',
                'verbose_name_plural': 'voix',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('vote', 'organisation'), name='votes_voice_one_elector_per_body')],
            },
        ),
        migrations.CreateModel(
            name='BallotBox',
            fields=[
                ('vote', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='box', serialize=False, to='votes.vote', verbose_name='vote')),
                ('height', models.PositiveIntegerField(verbose_name='hauteur')),
                ('head', models.CharField(max_length=64, verbose_name='tête')),
                ('last_at', models.DateTimeField(verbose_name='dernier événement')),
                ('cast', models.PositiveIntegerField(default=0, verbose_name='bulletins déposés')),
                ('closes_at', models.DateTimeField(verbose_name='clôture')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='close le')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='annulée le')),
            ],
            options={
                'verbose_name': 'urne',
                'verbose_name_plural': 'urnes',
                'constraints': [models.CheckConstraint(condition=models.Q(('closed_at', None), ('closed_at__gte', models.F('closes_at')), _connector='OR'), name='votes_ballotbox_closed_in_time'), models.CheckConstraint(condition=models.Q(('closed_at', None), ('cancelled_at', None), _connector='OR'), name='votes_ballotbox_closed_or_cancelled')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='votes.vote', verbose_name='vote')),
                ('height', models.PositiveIntegerField(verbose_name='hauteur')),
                ('kind', models.CharField(choices=[('setup', 'règles scellées'), ('open', 'ouverture'), ('cast', 'bulletin scellé'), ('strike', 'radiation'), ('close', 'clôture'), ('cancel', 'annulation'), ('ballot', 'bulletin ouvert'), ('result', 'résultat')], max_length=6, verbose_name='nature')),
                ('text', models.TextField(verbose_name='événement')),
                ('hash', models.CharField(max_length=64, verbose_name='empreinte')),
            ],
            options={
                'verbose_name': 'événement de l’urne',
                'verbose_name_plural': 'événements de l’urne',
                'ordering': ('height',),
                'constraints': [models.UniqueConstraint(fields=('vote', 'height'), name='votes_entry_height_once')],
            },
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='votes.vote', verbose_name='vote')),
                ('elector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='votes.elector', verbose_name='électeur')),
                ('number', models.PositiveIntegerField(verbose_name='numéro')),
                ('grades', models.CharField(max_length=40, verbose_name='mentions')),
                ('roles', models.CharField(max_length=40, verbose_name='engagements')),
                ('salt', models.CharField(max_length=64, verbose_name='sel')),
                ('commitment', models.CharField(max_length=64, verbose_name='empreinte')),
                ('submission', models.CharField(max_length=43, verbose_name='formulaire')),
                ('cast_at', models.DateTimeField(verbose_name='déposé le')),
                ('cast_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='annoncé le')),
            ],
            options={
                'verbose_name': 'bulletin',
                'verbose_name_plural': 'bulletins',
                'default_permissions': (),
                'indexes': [models.Index(condition=models.Q(('told_at', None)), fields=['elector'], name='votes_ballot_untold')],
                'constraints': [models.UniqueConstraint(fields=('vote', 'number'), name='votes_ballot_number_once'), models.UniqueConstraint(fields=('submission',), name='votes_ballot_form_once')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='votes.vote', verbose_name='vote')),
                ('kind', models.CharField(choices=[('invitation', 'Invitation'), ('reminder', 'Rappel')], max_length=10, verbose_name='nature')),
                ('asked_at', models.DateTimeField(verbose_name='demandée le')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='partie le')),
                ('send', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mailing.send')),
            ],
            options={
                'verbose_name': 'invitation à voter',
                'verbose_name_plural': 'invitations à voter',
                'ordering': ('pk',),
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('vote', 'kind'), name='votes_invitation_once'), models.CheckConstraint(condition=models.Q(('sent_at', None), ('send__isnull', False), _connector='OR'), name='votes_invitation_sent_is_a_send')],
            },
        ),
        migrations.CreateModel(
            name='Invited',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('elector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='votes.elector', verbose_name='électeur')),
                ('recipient_key', models.CharField(db_index=True, max_length=22)),
            ],
            options={
                'verbose_name': 'adresse invitée',
                'verbose_name_plural': 'adresses invitées',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('elector', 'recipient_key'), name='votes_invited_once')],
            },
        ),
        migrations.CreateModel(
            name='InvitationRefusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient_key', models.CharField(max_length=22, unique=True)),
                ('refused_at', models.DateTimeField(verbose_name='refusé le')),
            ],
            options={
                'verbose_name': 'refus d’invitation',
                'verbose_name_plural': 'refus d’invitation',
                'default_permissions': (),
            },
        ),
    ]

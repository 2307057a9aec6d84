import commun.inbound.types
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='RawMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient', models.CharField(blank=True, max_length=320, verbose_name='destinataire')),
                ('mail_from', models.CharField(blank=True, max_length=320, verbose_name='expéditeur de l’enveloppe')),
                ('transport', models.CharField(choices=[('pipe', 'tube'), ('lmtp', 'LMTP'), ('imap', 'IMAP'), ('webhook', 'webhook')], max_length=8, verbose_name='moyen')),
                ('received_at', models.DateTimeField(verbose_name='reçu le')),
                ('size', models.PositiveIntegerField(verbose_name='octets')),
                ('sha256', models.CharField(max_length=64, verbose_name='empreinte')),
                ('fingerprint', models.CharField(max_length=64, unique=True)),
                ('route', models.CharField(blank=True, max_length=64, verbose_name='route')),
                ('state', models.CharField(choices=[('received', 'reçu'), ('processing', 'en cours'), ('processed', 'traité'), ('quarantined', 'en quarantaine')], default=commun.inbound.types.RawState['RECEIVED'], max_length=12, verbose_name='état')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='tentatives')),
                ('retry_at', models.DateTimeField(verbose_name='pas avant')),
                ('outcome', models.CharField(blank=True, max_length=64, verbose_name='suite donnée')),
                ('error', models.CharField(blank=True, max_length=200, verbose_name='erreur')),
                ('handled_at', models.DateTimeField(blank=True, null=True, verbose_name='traité le')),
                ('purge_at', models.DateTimeField(blank=True, null=True, verbose_name='à purger le')),
                ('purged_at', models.DateTimeField(blank=True, null=True, verbose_name='purgé le')),
            ],
            options={
                'verbose_name': 'message reçu',
                'verbose_name_plural': 'messages reçus',
                'ordering': ('-pk',),
                'indexes': [models.Index(condition=models.Q(('state__in', ['received', 'processing'])), fields=['retry_at'], name='inbound_raw_waiting'), models.Index(condition=models.Q(('purged_at__isnull', True)), fields=['purge_at'], name='inbound_raw_purge'), models.Index(fields=['mail_from'], name='inbound_raw_sender')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['received', 'processing', 'processed', 'quarantined'])), name='inbound_rawmessage_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'processed'), _negated=True), models.Q(('handled_at__isnull', False), ('purge_at__isnull', False)), ('purged_at__isnull', False), _connector='OR'), name='inbound_rawmessage_processed_is_dated'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'quarantined'), _negated=True), models.Q(('error', ''), _negated=True), _connector='OR'), name='inbound_rawmessage_quarantine_says_why')],
            },
        ),
        migrations.CreateModel(
            name='RawBody',
            fields=[
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='body', serialize=False, to='inbound.rawmessage')),
                ('compressed', models.BinaryField(verbose_name='octets compressés')),
            ],
            options={
                'verbose_name': 'contenu reçu',
                'verbose_name_plural': 'contenus reçus',
            },
        ),
    ]

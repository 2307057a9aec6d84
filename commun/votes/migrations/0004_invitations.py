"""Who was invited to vote, and who asked not to be."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mailing', '0001_tables'),
        ('votes', '0003_told_and_cancelled'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
        migrations.AlterModelOptions(
            name='vote',
            options={'ordering': ('-closes_at', '-pk'), 'permissions': [('schedule_vote', 'Peut programmer un vote, y inviter, l’annuler et publier son tirage'), ('strike_elector', 'Peut radier un électeur')], 'verbose_name': 'vote', 'verbose_name_plural': 'votes'},
        ),
        migrations.AddField(
            model_name='vote',
            name='reminder_days',
            field=models.PositiveSmallIntegerField(default=5, verbose_name='rappel, en jours avant la clôture'),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('invitation', 'Invitation'), ('reminder', 'Rappel')], max_length=10, verbose_name='nature')),
                ('asked_at', models.DateTimeField(verbose_name='demandée le')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='partie le')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('send', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mailing.send')),
                ('vote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='votes.vote', verbose_name='vote')),
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
                ('recipient_key', models.CharField(db_index=True, max_length=22)),
                ('elector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='votes.elector', verbose_name='électeur')),
            ],
            options={
                'verbose_name': 'adresse invitée',
                'verbose_name_plural': 'adresses invitées',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('elector', 'recipient_key'), name='votes_invited_once')],
            },
        ),
    ]

"""Ballots are told, votes can be cancelled, the organiser gives reasons for departing from the ranking."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('votes', '0002_seals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='vote',
            options={'ordering': ('-closes_at', '-pk'), 'permissions': [('schedule_vote', 'Peut programmer un vote, l’annuler et publier son tirage'), ('strike_elector', 'Peut radier un électeur')], 'verbose_name': 'vote', 'verbose_name_plural': 'votes'},
        ),
        migrations.RemoveConstraint(
            model_name='vote',
            name='votes_vote_state_known',
        ),
        migrations.AddField(
            model_name='ballot',
            name='told_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='annoncé le'),
        ),
        migrations.AddField(
            model_name='ballotbox',
            name='cancelled_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='annulée le'),
        ),
        migrations.AddField(
            model_name='vote',
            name='cancellation_told_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='annulation annoncée aux votants le'),
        ),
        migrations.AddField(
            model_name='vote',
            name='cancelled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='vote',
            name='cancelled_reason',
            field=models.CharField(blank=True, max_length=500, verbose_name='motif de l’annulation'),
        ),
        migrations.AddField(
            model_name='vote',
            name='departure',
            field=models.TextField(blank=True, max_length=4000, verbose_name='raisons d’une autre décision que le classement'),
        ),
        migrations.AddField(
            model_name='vote',
            name='departure_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='raisons publiées le'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='kind',
            field=models.CharField(choices=[('setup', 'règles scellées'), ('open', 'ouverture'), ('cast', 'bulletin scellé'), ('strike', 'radiation'), ('close', 'clôture'), ('cancel', 'annulation'), ('ballot', 'bulletin ouvert'), ('result', 'résultat')], max_length=6, verbose_name='nature'),
        ),
        migrations.AlterField(
            model_name='vote',
            name='state',
            field=models.CharField(choices=[('draft', 'brouillon'), ('scheduled', 'programmé'), ('open', 'ouvert'), ('closed', 'clos, tirage attendu'), ('decided', 'clos'), ('cancelled', 'annulé')], default='draft', max_length=10, verbose_name='état'),
        ),
        migrations.AddIndex(
            model_name='ballot',
            index=models.Index(condition=models.Q(('told_at', None)), fields=['elector'], name='votes_ballot_untold'),
        ),
        migrations.AddConstraint(
            model_name='ballotbox',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), ('cancelled_at', None), _connector='OR'), name='votes_ballotbox_closed_or_cancelled'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'scheduled', 'open', 'closed', 'decided', 'cancelled'])), name='votes_vote_state_known'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), models.Q(('cancelled_reason', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancelled_reason', '')), _connector='OR'), name='votes_vote_cancelled_for_a_reason'),
        ),
        # Ballots already in a box: whoever had to hear of them has seen the vote since.
        migrations.RunSQL("UPDATE votes_ballot SET told_at = cast_at", migrations.RunSQL.noop),
    ]

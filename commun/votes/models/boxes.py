"""The ballot box: a chain of sealed events, and the ballots whose commitments stand in it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from commun.common.sealed import Sealed
from commun.votes.models.electors import Elector
from commun.votes.models.votes import Vote
from commun.votes.types import EntryKind


class BallotBox(models.Model):
    """Head of the chain of one vote. Its row is the lock under which everything is written in the box; what decides
    whether a ballot is still in time stands here too, so that it is read under that lock.

    Personal data: none.
    """

    vote = models.OneToOneField(Vote, models.PROTECT, primary_key=True, related_name="box", verbose_name="vote")
    height = models.PositiveIntegerField("hauteur")
    head = models.CharField("tête", max_length=64)
    last_at = models.DateTimeField("dernier événement")
    cast = models.PositiveIntegerField("bulletins déposés", default=0)
    closes_at = models.DateTimeField("clôture")
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "urne"
        verbose_name_plural = "urnes"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("closes_at")), name="votes_ballotbox_closed_in_time"
            ),
            # A cancelled vote has no result, a vote with a result is not cancelled.
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(cancelled_at=None), name="votes_ballotbox_closed_or_cancelled"
            ),
        ]

    def __str__(self) -> str:
        return f"urne {self.pk}"

    def takes_at(self, at: datetime) -> bool:
        """Whether a ballot may still enter at this instant, read under the lock."""
        return self.closed_at is None and self.cancelled_at is None and at < self.closes_at


class Entry(Sealed):
    """One event of the chain: `text` is what was hashed, byte for byte. Written once.

    Personal data: none (electors are institutions; nobody's name enters the box).
    """

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="entries", verbose_name="vote")
    height = models.PositiveIntegerField("hauteur")
    kind = models.CharField("nature", max_length=6, choices=EntryKind)
    text = models.TextField("événement")
    hash = models.CharField("empreinte", max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "événement de l’urne"
        verbose_name_plural = "événements de l’urne"
        ordering = ("height",)
        constraints = [
            # Two events cannot follow the same one.
            models.UniqueConstraint(fields=["vote", "height"], name="votes_entry_height_once"),
        ]

    def __str__(self) -> str:
        return f"événement {self.height}"


class Ballot(models.Model):
    """What an elector answered, one digit per option in `grades` and `roles`; shown to nobody before closing.

    The last ballot of an elector counts. Replaced ones stay sealed for ever: their salt is never published.

    Personal data: the account that cast it, so that a collectivité can settle who spoke for it; forgotten 90 days after
    closing, or when the person is erased. The ballot stays: it is the collectivité's.
    """

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="ballots", verbose_name="vote")
    elector = models.ForeignKey(Elector, models.PROTECT, related_name="ballots", verbose_name="électeur")
    number = models.PositiveIntegerField("numéro")
    grades = models.CharField("mentions", max_length=40)
    roles = models.CharField("engagements", max_length=40)
    salt = models.CharField("sel", max_length=64)
    commitment = models.CharField("empreinte", max_length=64)
    submission = models.CharField("formulaire", max_length=43)
    cast_at = models.DateTimeField("déposé le")
    cast_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    # When the members and the official address were told that it stands in the box.
    told_at = models.DateTimeField("annoncé le", null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "bulletin"
        verbose_name_plural = "bulletins"
        default_permissions = ()  # there is no screen, and no right, to see or change a ballot
        constraints = [
            models.UniqueConstraint(fields=["vote", "number"], name="votes_ballot_number_once"),
            # A form sent twice is one ballot.
            models.UniqueConstraint(fields=["submission"], name="votes_ballot_form_once"),
        ]
        indexes = [models.Index(fields=["elector"], name="votes_ballot_untold", condition=Q(told_at=None))]

    def __str__(self) -> str:
        return f"bulletin {self.number}"

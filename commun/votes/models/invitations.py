"""Who was invited to vote, and who asked not to be."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from commun.votes.models.electors import Elector
from commun.votes.models.votes import Vote
from commun.votes.types import InvitationKind


class Invitation(models.Model):
    """The one invitation, or the one reminder, of a vote: asked for, then handed to `mailing` as a send.

    Personal data: who asked for it (an account), to answer for it; kept as long as the vote.
    """

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="invitations", verbose_name="vote")
    kind = models.CharField("nature", max_length=10, choices=InvitationKind)
    asked_at = models.DateTimeField("demandée le")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField("partie le", null=True, blank=True)
    send = models.ForeignKey("mailing.Send", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "invitation à voter"
        verbose_name_plural = "invitations à voter"
        ordering = ("pk",)
        default_permissions = ()
        constraints = [
            # Each exactly once, however often the button is pressed and however many workers sweep.
            models.UniqueConstraint(fields=["vote", "kind"], name="votes_invitation_once"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(send__isnull=False), name="votes_invitation_sent_is_a_send"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Invited(models.Model):
    """One address invited for one elector. An address that acts for two has two rows, and received one mail.

    Personal data: a keyed hash of the address (`recipient_key`), so that its own page says for whom it may vote;
    deleted 90 days after the vote is over, or when the person is erased.
    """

    elector = models.ForeignKey(Elector, models.PROTECT, related_name="+", verbose_name="électeur")
    recipient_key = models.CharField(max_length=22, db_index=True)

    wagtail_reference_index_ignore: ClassVar[bool] = True

    class Meta:
        verbose_name = "adresse invitée"
        verbose_name_plural = "adresses invitées"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["elector", "recipient_key"], name="votes_invited_once"),
        ]

    def __str__(self) -> str:
        return f"invité {self.pk}"


class InvitationRefusal(models.Model):
    """An address that wants no invitation to vote any more, whatever the vote.

    Personal data: a keyed hash of the address, to respect its refusal; kept as long as the refusal stands.
    """

    recipient_key = models.CharField(max_length=22, unique=True)
    refused_at = models.DateTimeField("refusé le")

    class Meta:
        verbose_name = "refus d’invitation"
        verbose_name_plural = "refus d’invitation"
        default_permissions = ()

    def __str__(self) -> str:
        return f"refus {self.pk}"

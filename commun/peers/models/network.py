"""The network as it was computed last: who did something with whom, and its numbers that day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Bond(models.Model):
    """Two bodies that did something together, written again at each computation.

    Personal data: none (two institutions).
    """

    first = models.ForeignKey("territories.Organisation", models.PROTECT, related_name="+")
    second = models.ForeignKey("territories.Organisation", models.PROTECT, related_name="+")
    kinds = models.JSONField(default=list)
    acts = models.PositiveIntegerField()
    since = models.DateTimeField()
    last = models.DateTimeField()
    # What anybody may see of it; none: for the two and the team alone.
    public_kinds = models.JSONField(default=list)
    public_last = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "lien de coopération"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="peers_bond_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="peers_bond_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}–{self.second_id}"


class Snapshot(models.Model):
    """The numbers of one day: those that everybody sees, and those for the team.

    Personal data: none.
    """

    at = models.DateTimeField("calculé le", db_index=True)
    # Of what is public alone, so that no difference of two numbers tells a private one.
    public = models.JSONField(default=dict)
    # For the team; kept for the latest alone.
    team = models.JSONField(default=dict)

    class Meta:
        verbose_name = "état du réseau"
        ordering = ("-at", "-pk")
        default_permissions = ()

    def __str__(self) -> str:
        return f"réseau {self.pk}"


class Suggestion(models.Model):
    """The team told two bodies that they might meet.

    Personal data: who of the team did (account), to answer for it (legitimate interest); blanked on erasure, deleted
    after a year.
    """

    first = models.ForeignKey("territories.Organisation", models.PROTECT, related_name="+")
    second = models.ForeignKey("territories.Organisation", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "rencontre suggérée"
        ordering = ("-at", "-pk")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="peers_suggestion_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}–{self.second_id}"

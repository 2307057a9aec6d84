"""Whom we must not write to."""

from __future__ import annotations

from django.db import models

from commun.mailing.types import SuppressionReason


class Suppression(models.Model):
    """An address we must not write to, known by its keyed hash alone.

    Personal data: keyed hash of an address, reason and evidence, so as not to write to it again; until lifted.
    """

    address_hash = models.CharField("empreinte", max_length=64, db_index=True)
    reason = models.CharField(
        "raison",
        max_length=12,
        choices=[
            ("hard_bounce", "adresse morte"),
            ("soft_bounces", "rejets répétés"),
            ("complaint", "plainte"),
            ("erasure", "effacement demandé"),
            ("left_tool", "partie d’un autre outil"),
            ("cleaned_tool", "écartée par un autre outil"),
            ("manual", "décision de l’équipe"),
        ],
    )
    evidence = models.TextField("preuve", blank=True)
    created_at = models.DateTimeField("depuis")
    lifted_at = models.DateTimeField("levée le", null=True, blank=True)
    lifted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    lifted_why = models.CharField("motif de la levée", max_length=200, blank=True)

    class Meta:
        verbose_name = "adresse écartée"
        verbose_name_plural = "adresses écartées"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reason__in=[r.value for r in SuppressionReason]),
                name="mailing_suppression_reason_known",
            ),
            # One standing suppression per address and reason: repeating evidence changes nothing.
            models.UniqueConstraint(
                fields=["address_hash", "reason"],
                condition=models.Q(lifted_at__isnull=True),
                name="mailing_suppression_standing_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.pk}"

"""What came back from a send."""

from __future__ import annotations

from django.db import models

from commun.mailing.models.deliveries import Delivery


class BounceEvent(models.Model):
    """One refusal, complaint or automatic answer, as evidence: dated and kept.

    Personal data: keyed hash of the address and what its server said, to stop writing to dead addresses;
    kept three years.
    """

    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, blank=True, related_name="events")
    address_hash = models.CharField("empreinte", max_length=64, blank=True, db_index=True)
    kind = models.CharField(
        "nature",
        max_length=12,
        choices=[
            ("smtp", "refus du relais"),
            ("failure", "avis de non-remise"),
            ("delay", "avis de retard"),
            ("complaint", "plainte"),
            ("auto_reply", "réponse automatique"),
            ("challenge", "demande de vérification"),
            ("other", "autre"),
        ],
    )
    verdict = models.CharField(
        "conclusion",
        max_length=8,
        blank=True,
        choices=[
            ("hard", "adresse morte"),
            ("soft", "refus provisoire"),
            ("policy", "refus de l’expéditeur"),
            ("message", "message refusé"),
            ("none", "ne dit rien de l’adresse"),
        ],
    )
    code = models.PositiveSmallIntegerField(default=0)
    enhanced = models.CharField(max_length=12, blank=True)
    diagnostic = models.CharField(max_length=500, blank=True)
    source = models.CharField("source", max_length=64, blank=True)
    at = models.DateTimeField("le", db_index=True)
    # The same report delivered twice is one event.
    fingerprint = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "retour"
        verbose_name_plural = "retours"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

"""A message that puts a letter right, to those who received it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Erratum(models.Model):
    """Sealed and approved like a letter. At most one stands per issue until it has left; what was sent stays.

    Personal data: who wrote, approved and withdrew it (accounts), to answer for what was sent; kept with the issue.
    """

    issue = models.ForeignKey("newsletters.IssuePage", models.PROTECT, related_name="errata", verbose_name="numéro")
    corrects = models.ForeignKey("mailing.Send", models.PROTECT, related_name="+", verbose_name="envoi corrigé")
    reason = models.CharField("raison", max_length=200)
    words = models.TextField("texte", max_length=4000)
    with_uncertain = models.BooleanField("aussi aux remises incertaines", default=False)
    message = models.ForeignKey("mailing.Message", models.PROTECT, related_name="+", verbose_name="message")
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="écrit par")
    written_at = models.DateTimeField("écrit le")
    approved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="approuvé par"
    )
    approved_at = models.DateTimeField("approuvé le", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="retiré par"
    )
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)
    send = models.OneToOneField(
        "mailing.Send", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="envoi"
    )

    class Meta:
        verbose_name = "rectificatif"
        verbose_name_plural = "rectificatifs"
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["issue"],
                condition=Q(withdrawn_at__isnull=True, send__isnull=True),
                name="newsletters_erratum_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(send__isnull=True) | Q(approved_at__isnull=False), name="newsletters_erratum_sent_approved"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("written_by")),
                name="newsletters_erratum_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"rectificatif {self.pk}"

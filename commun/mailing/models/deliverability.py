"""What the world sees of our sending domain, as last looked at."""

from __future__ import annotations

from django.db import models


class DeliverabilityReport(models.Model):
    """One row: the last look at DNS. `findings` is a list of `deliverability.Finding` as JSON.

    Personal data: none.
    """

    asked_at = models.DateTimeField("demandé le", null=True)
    done_at = models.DateTimeField("fait le", null=True)
    findings = models.JSONField("constats", default=list)

    class Meta:
        verbose_name = "délivrabilité"
        verbose_name_plural = "délivrabilité"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="mailing_deliverability_single")]

    def __str__(self) -> str:
        return "délivrabilité"

"""What people did and said about an issue, in order: who, when, why."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from commun.newsletters.types import Act


class JournalEntry(models.Model):
    """One act, with its words. Append-only: an issue that left is answered for.

    Personal data: who acted (account) and what she wrote, to answer for what was sent; kept with the issue.
    """

    issue = models.ForeignKey("newsletters.IssuePage", models.PROTECT, related_name="journal", verbose_name="numéro")
    submission = models.ForeignKey(
        "newsletters.Submission", models.PROTECT, null=True, related_name="journal", verbose_name="soumission"
    )
    act = models.CharField("acte", max_length=24, choices=Act)
    words = models.TextField("mots", max_length=2000, blank=True)
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies", verbose_name="en réponse à")
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="par")
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "journal du numéro"
        ordering = ("-pk",)
        constraints = [
            # Whoever must mend an issue is told what is wrong with it.
            models.CheckConstraint(
                condition=~Q(act__in=["refused", "withdrawn", "answered"]) | ~Q(words=""),
                name="newsletters_journal_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"journal {self.pk}"

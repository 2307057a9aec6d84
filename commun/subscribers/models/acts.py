"""What the team did to many people at once, and how each was before."""

from __future__ import annotations

from django.db import models

from commun.subscribers.lives import BULK_ACT
from commun.subscribers.types import BulkKind, BulkState


class BulkAct(models.Model):
    """One act on whoever answered to conditions. `conditions`: `segments.as_json`.

    Personal data: none; the proofs say what was done to whom.
    """

    kind = models.CharField("acte", max_length=12, choices=BulkKind.choices)
    conditions = models.JSONField("conditions")
    topic = models.ForeignKey(
        "subscribers.Topic", models.PROTECT, null=True, related_name="+", verbose_name="thématique"
    )
    until = models.DateField("jusqu’au", null=True)
    why = models.CharField("motif", max_length=200)
    expected = models.PositiveIntegerField("personnes annoncées")
    state = models.CharField("état", max_length=7, choices=BULK_ACT.choices, default=BulkState.DOING)
    kept = models.PositiveIntegerField("ont gardé leur choix au retour", default=0)
    cursor = models.PositiveBigIntegerField("jusqu’à", default=0)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="par")
    created_at = models.DateTimeField("demandé le")
    touched_at = models.DateTimeField("dernier signe")
    ended_at = models.DateTimeField("terminé le", null=True)

    class Meta:
        verbose_name = "acte groupé"
        verbose_name_plural = "actes groupés"
        ordering = ("-pk",)
        constraints = [models.CheckConstraint(condition=BULK_ACT.known(), name="subscribers_bulkact_state_known")]

    def __str__(self) -> str:
        return f"acte groupé {self.pk}"


class BulkChange(models.Model):
    """One person, before and after: what undoing needs.

    Personal data: what she had chosen, to undo what the team did; 30 days after the act, or until erasure.
    """

    act = models.ForeignKey(BulkAct, models.CASCADE, related_name="changes")
    person = models.ForeignKey("subscribers.Subscriber", models.CASCADE, related_name="+")
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        verbose_name = "changement"
        verbose_name_plural = "changements"
        constraints = [models.UniqueConstraint(fields=["act", "person"], name="subscribers_bulkchange_once")]

    def __str__(self) -> str:
        return f"changement {self.pk}"

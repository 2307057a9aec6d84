"""Why people leave, where they care to say."""

from __future__ import annotations

from django.db import models

from commun.subscribers.types import WhyLeave


class LeavingReason(models.Model):
    """How many said so on a day: neither who, nor at what hour.

    Personal data: none.
    """

    day = models.DateField("jour")
    reason = models.CharField("raison", max_length=10, choices=WhyLeave.choices)
    number = models.PositiveIntegerField("nombre", default=0)

    class Meta:
        verbose_name = "raison de départ"
        verbose_name_plural = "raisons de départ"
        constraints = [models.UniqueConstraint(fields=["day", "reason"], name="subscribers_leavingreason_once")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.day}"

"""What is wrong on the machines that send."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

FORGOTTEN_AFTER = timedelta(minutes=1)  # a worker tells of it every ten seconds; one that died tells nothing


class MachineFaultQuerySet(models.QuerySet["MachineFault"]):
    def recent(self, *, now: datetime) -> MachineFaultQuerySet:
        """Those whose worker still speaks of them."""
        return self.filter(told_at__gt=now - FORGOTTEN_AFTER)


class MachineFault(models.Model):
    """A fault that stands on a worker's machine (journal unwritable, clock that jumped…), told by that worker.

    Personal data: none.
    """

    worker = models.CharField("travailleur", max_length=64, unique=True)
    host = models.CharField("machine", max_length=255)
    kind = models.CharField("défaut", max_length=32)  # a `WaitingFor`
    since = models.DateTimeField("depuis")
    told_at = models.DateTimeField("dit pour la dernière fois")

    objects = MachineFaultQuerySet.as_manager()

    class Meta:
        verbose_name = "défaut d’une machine"
        verbose_name_plural = "défauts de machines"

    def __str__(self) -> str:
        return f"{self.kind} {self.host}"

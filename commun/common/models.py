from __future__ import annotations

from django.db import models


class PeriodicRun(models.Model):
    """When each periodic sweep runs next, and how it went.

    Personal data: none.
    """

    name = models.CharField(max_length=100, unique=True)
    next_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=100, blank=True)
    runs = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class WorkerBeat(models.Model):
    """Sign of life of each worker process; the state page and the engine read it.

    Personal data: none.
    """

    worker = models.CharField(max_length=64, unique=True, help_text="Opaque name, drawn at start.")
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)
    stopped_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.worker


class HostTurn(models.Model):
    """When a host that we fetch from may be asked again, and who asks it now (`turns`).

    Personal data: none.
    """

    host = models.CharField(max_length=255, unique=True)
    free_at = models.DateTimeField(db_index=True)
    key = models.CharField(max_length=16, blank=True, help_text="Opaque: of whoever holds the turn.")

    def __str__(self) -> str:
        return self.host


class PublicMove(models.Model):
    """Writes that show: their sum is the number of what the public sees (`common.public`). Triggers alone write here.

    Personal data: none.
    """

    n = models.BigIntegerField(default=1)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return str(self.n)


class Visit(models.Model):
    """How often a public page was shown in a day, robots left out: neither who, nor from where, nor after what.

    Personal data: none.
    """

    path = models.CharField("adresse", max_length=300)
    day = models.DateField("jour")
    visits = models.PositiveIntegerField("visites", default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "visites d’une page en un jour"
        verbose_name_plural = "visites des pages, par jour"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["path", "day"], name="common_visit_once")]
        indexes = [models.Index(fields=["day"], name="common_visit_day")]

    def __str__(self) -> str:
        return f"{self.path} {self.day}"


class Withdrawal(models.Model):
    """That somebody left, complained, was put aside or erased; also a line of a file (`withdrawals`).

    Personal data: keyed hash of an address and what was asked, so that a restored backup does not write to it again;
    90 days here, the line until the operator has no older backup.
    """

    at = models.DateTimeField("le", db_index=True)
    kind = models.CharField("acte", max_length=40)
    who = models.CharField("empreinte", max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "retrait"
        verbose_name_plural = "retraits"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

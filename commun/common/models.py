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

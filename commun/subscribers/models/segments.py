"""Conditions the team keeps under a name."""

from __future__ import annotations

from django.db import models


class Segment(models.Model):
    """Readers who answer to conditions, whoever they are on the day one looks. `conditions`: `segments.as_json`.

    Personal data: none; a domain may be a small town hall's, whose people are not named by it.
    """

    name = models.CharField("nom", max_length=100, unique=True)
    conditions = models.JSONField("conditions")
    created_at = models.DateTimeField("enregistré le")

    class Meta:
        verbose_name = "segment"
        verbose_name_plural = "segments"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

"""Which subject of subscription stands for which theme."""

from __future__ import annotations

from django.db import models


class ThemeTopic(models.Model):
    """The topic readers of a theme subscribed to; it follows the theme when its title or its address change.

    Personal data: none.
    """

    theme = models.OneToOneField("library.ThemePage", models.PROTECT, related_name="+", verbose_name="thématique")
    topic = models.OneToOneField("subscribers.Topic", models.PROTECT, related_name="+", verbose_name="sujet")

    class Meta:
        verbose_name = "sujet d’une thématique"
        verbose_name_plural = "sujets des thématiques"

    def __str__(self) -> str:
        return str(self.topic_id)

"""Whom the team sends a letter to before it leaves, and what they say of it."""

from __future__ import annotations

from django.db import models


class TrialList(models.Model):
    """Addresses of people who look at a letter before it leaves, under a name.

    Personal data: e-mail addresses that the team wrote down, to send trials of the letter; until the team removes them,
    or erasure.
    """

    name = models.CharField("nom", max_length=80, unique=True)
    addresses = models.TextField("adresses", help_text="Une par ligne.")

    class Meta:
        verbose_name = "liste d’essai"
        verbose_name_plural = "listes d’essai"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def all(self) -> list[str]:
        return self.addresses.split()


class TrialAnswer(models.Model):
    """What somebody answered to a trial. Nothing proves who wrote it: it is read, and acts on nothing.

    Personal data: address and words of whoever answered, to mend the letter; until erasure, or a year after.
    """

    issue = models.ForeignKey(
        "newsletters.IssuePage", models.CASCADE, related_name="trial_answers", verbose_name="numéro"
    )
    address = models.CharField("adresse", max_length=254)
    words = models.TextField("mots", max_length=8000)
    at = models.DateTimeField("reçu le", db_index=True)

    class Meta:
        verbose_name = "réponse à un essai"
        verbose_name_plural = "réponses à un essai"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"réponse {self.pk}"

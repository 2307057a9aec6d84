"""Files of addresses that the team brings, and what became of each."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from commun.subscribers.lives import IMPORT
from commun.subscribers.types import ImportState, LegalBasis


class Import(models.Model):
    """A file of addresses: on what grounds, how far it is read, what became of it. It is tried before it adds anybody.

    Personal data: the file and its refused lines (addresses), to add people and to let the team mend what cannot be
    read; until 30 days after its end, then counts alone.
    """

    name = models.CharField("fichier", max_length=200)
    source = models.CharField("source", max_length=200)
    basis = models.CharField("base légale", max_length=20, default=LegalBasis.CONSENT)
    topics = models.ManyToManyField("subscribers.Topic", verbose_name="thématiques", blank=True, related_name="+")
    column = models.PositiveSmallIntegerField("colonne des adresses", null=True, blank=True)
    others = models.JSONField("autres colonnes", null=True, blank=True, help_text="None: guessed by their headings.")
    given_back = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="again", verbose_name="corrige"
    )
    state = models.CharField("état", max_length=8, choices=IMPORT.choices, default=ImportState.TRYING)
    size = models.PositiveBigIntegerField("octets")
    position = models.PositiveBigIntegerField("octets lus", default=0)
    report = models.JSONField("compte rendu", default=dict)
    problem = models.CharField("empêchement", max_length=300, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="par")
    created_at = models.DateTimeField("apporté le")
    touched_at = models.DateTimeField("dernier signe")
    ended_at = models.DateTimeField("terminé le", null=True, blank=True)
    purged_at = models.DateTimeField("fichier oublié le", null=True, blank=True)

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "imports"
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(condition=IMPORT.known(), name="subscribers_import_state_known"),
            models.CheckConstraint(condition=Q(position__lte=F("size")), name="subscribers_import_within_its_file"),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def percent(self) -> int:
        return min(100, 100 * self.position // max(self.size, 1))


class ImportPiece(models.Model):
    """A part of the file, so that any machine's worker may read it.

    Personal data: the addresses of the file, to add people; until 30 days after the last act on the import.
    """

    imported = models.ForeignKey(Import, models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name = "morceau de fichier"
        verbose_name_plural = "morceaux de fichier"
        constraints = [
            models.UniqueConstraint(fields=["imported", "number"], name="subscribers_importpiece_once"),
        ]

    def __str__(self) -> str:
        return f"morceau {self.number}"


class ImportRefusal(models.Model):
    """A line that could not be taken, given back to be mended.

    Personal data: what stands where the address should, and what the other columns say of her, to mend the one and lose
    none of the others; until 30 days after the last act on the import.
    """

    imported = models.ForeignKey(Import, models.CASCADE, related_name="refusals")
    line = models.PositiveIntegerField("ligne")
    cell = models.CharField("contenu", max_length=254)
    why = models.CharField("raison", max_length=200)
    others = models.JSONField("autres colonnes", default=dict)

    class Meta:
        verbose_name = "ligne refusée"
        verbose_name_plural = "lignes refusées"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"ligne {self.line}"

"""The official register of places, as loaded from the embedded file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from commun.territories.querysets import TerritoryQuerySet
from commun.territories.types import NameKind, TerritoryKind


class Territory(models.Model):
    """A place of the official register: commune, intercommunal body, département, région.

    Rows are never deleted: what a newer vintage no longer has becomes obsolete and, where the register tells, points to
    its successor. `code` is the INSEE code, or the SIREN for an EPCI or EPT.

    Personal data: none.
    """

    kind = models.CharField("type", max_length=12, choices=TerritoryKind)
    code = models.CharField("code", max_length=9)
    siren = models.CharField("SIREN", max_length=9, blank=True, db_index=True)
    name = models.CharField("nom", max_length=120)
    search_name = models.CharField(max_length=120, editable=False)
    population = models.PositiveIntegerField("population municipale", null=True, blank=True)
    departement = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    epci = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="members")
    postcodes = models.JSONField("codes postaux", default=list, blank=True)
    vintage = models.PositiveSmallIntegerField("millésime", help_text="Dernier millésime où ce territoire existe.")
    obsolete = models.BooleanField("n’existe plus", default=False)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="remplacé par"
    )

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = "territoire"
        verbose_name_plural = "territoires"
        ordering = ("search_name", "code")
        indexes = [
            models.Index(fields=["search_name"], name="territories_name"),
            models.Index(fields=["code"], name="territories_code"),
        ]
        constraints = [
            # The natural key of the register, and of the electorate.
            models.UniqueConstraint(fields=["kind", "code"], name="territories_territory_once"),
            # One legal person is one place; a place that is gone may have handed its SIREN on.
            models.UniqueConstraint(
                fields=["siren"],
                condition=Q(obsolete=False) & ~Q(siren=""),
                name="territories_territory_siren_once",
            ),
            models.CheckConstraint(
                condition=Q(obsolete=True) | Q(successor=None), name="territories_territory_successor_of_obsolete"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def key(self) -> str:
        """`commune:93066`: the register's own identifier, that outlives a database."""
        return f"{self.kind}:{self.code}"

    @property
    def label(self) -> str:
        """The name with what tells it from its homonyms; read it from `objects.with_parents()` in lists."""
        parents = [parent.name for parent in (self.departement, self.epci) if parent is not None]
        if not parents and self.kind in {TerritoryKind.DEPARTEMENT, TerritoryKind.REGION, TerritoryKind.COM}:
            parents = [self.get_kind_display().lower()]
        elif self.kind == TerritoryKind.DEPARTEMENT:
            parents = ["département"]
        suffix = f" ({', '.join(parents)})" if parents else ""
        return f"{self.name}{suffix}{' — n’existe plus' if self.obsolete else ''}"


class SearchKey(models.Model):
    """One text by whose beginning a territory is found: each start of a name, each postcode.

    Rebuilt whole at every import of the register; nothing points to it.

    Personal data: none.
    """

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="search_keys")
    text = models.CharField(max_length=120, db_index=True)
    label = models.CharField(max_length=120, blank=True, help_text="The name it comes from, when not the official one.")
    kind = models.CharField(max_length=14, choices=NameKind)
    whole = models.BooleanField(help_text="The text is the whole name, not its end.")

    class Meta:
        verbose_name = "clé de recherche"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="territories_searchkey_text"),
        ]

    def __str__(self) -> str:
        return self.text


class RegisterImport(models.Model):
    """Each loading of the register: which file, which vintage, what changed.

    Personal data: none.
    """

    vintage = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    counts = models.JSONField()
    became_obsolete = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "chargement du registre"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.vintage}"

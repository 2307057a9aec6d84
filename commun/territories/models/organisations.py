"""Those who act in the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from commun.common.fields import NameField
from commun.territories.model_fields import PlainTextField
from commun.territories.siren import clean_siren
from commun.territories.types import OrganisationKind

if TYPE_CHECKING:
    from commun.territories.models.register import Territory


class Organisation(models.Model):
    """A collectivité (of the register, or entered with its SIREN), a partner, an association.

    Personal data: none (institutions; a contact person never stands here).
    """

    name = NameField("nom", max_length=160)
    search_name = PlainTextField(max_length=160, source="name")
    slug = models.SlugField("adresse dans l’annuaire", max_length=120, unique=True)
    kind = models.CharField("type", max_length=14, choices=OrganisationKind, default=OrganisationKind.COLLECTIVITE)
    territory = models.ForeignKey(
        "territories.Territory",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name="territoire du registre",
    )
    siren = models.CharField("SIREN", max_length=14, blank=True, help_text="Neuf chiffres ; les espaces sont permis.")
    website = models.URLField("site internet", blank=True)
    presentation = models.TextField("présentation", blank=True, max_length=2000)
    logo = models.ForeignKey(
        "cms.CommunImage", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="logo"
    )
    is_partner = models.BooleanField("partenaire du réseau", default=False)
    is_checked = models.BooleanField(
        "vérifiée",
        default=True,
        help_text="Décochée pour une saisie libre que la modération n’a pas encore relue : elle ne paraît pas.",
    )
    created_at = models.DateTimeField("créée le", auto_now_add=True)

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisations"
        ordering = ("name", "pk")
        constraints = [
            # One collectivité, one ballot: it must not exist twice.
            models.UniqueConstraint(
                fields=["territory"], condition=Q(territory__isnull=False), name="territories_organisation_place_once"
            ),
            models.UniqueConstraint(
                fields=["siren"], condition=~Q(siren=""), name="territories_organisation_siren_once"
            ),
            # A collectivité is either in the register or named by its SIREN (overseas communes have none).
            models.CheckConstraint(
                condition=~Q(kind=OrganisationKind.COLLECTIVITE) | Q(territory__isnull=False) | ~Q(siren=""),
                name="territories_organisation_identified",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name with what tells it from its homonyms."""
        place = self.place
        return f"{self.name} ({place.departement.name})" if place is not None and place.departement else self.name

    @property
    def place(self) -> Territory | None:
        """The place it is today: the successor where its own was merged."""
        return self.territory and (self.territory.successor or self.territory)

    def clean(self) -> None:
        super().clean()
        if self.siren:
            try:
                self.siren = clean_siren(self.siren)
            except ValueError:
                message = "Ce numéro SIREN n’est pas valable : vérifiez ses neuf chiffres."
                raise ValidationError({"siren": message}) from None
        if self.kind == OrganisationKind.COLLECTIVITE and self.territory is None and not self.siren:
            message = "Choisissez le territoire dans le registre, ou indiquez le SIREN."
            raise ValidationError({"territory": message})

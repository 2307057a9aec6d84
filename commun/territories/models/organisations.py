"""Those who act in the network."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from commun.common.fields import NameField
from commun.territories import former_addresses, identity
from commun.territories.model_fields import PlainTextField
from commun.territories.models.register import Territory
from commun.territories.siren import clean_siren
from commun.territories.types import OrganisationKind

FROZEN = (
    "Type, territoire et SIREN ne changent plus ici : des personnes ont prouvé qu’elles agissent pour cet organisme, "
    "ou un vote en cours le compte. La modération peut les corriger, depuis « Mandats »."
)


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
    siren = models.CharField("SIREN", max_length=14, blank=True, help_text="Neuf chiffres ; les espaces sont permis.")
    website = models.URLField("site internet", blank=True)
    presentation = models.TextField("présentation", blank=True, max_length=2000)
    logo = models.ForeignKey(
        "cms.CommunImage", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="logo"
    )
    is_partner = models.BooleanField("partenaire du réseau", default=False)
    is_checked = models.BooleanField(
        "vérifiée",
        default=False,
        help_text="Par la modération. Sans cela, l’organisation ne paraît pas, et personne n’agit en son nom.",
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

    @property
    def body_key(self) -> str:
        """One for all the organisations that are one body today: its place, or itself where it has none."""
        place = self.place
        return place.key if place is not None else f"organisation:{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Not business, but a wall: a form, a copy, a shell all end here. The moderation's services go round it, with
        their line in the log. Raises `IdentityFrozen`, `CheckedByModeration`."""
        with transaction.atomic():
            stored = None
            if not self._state.adding:
                # Locked: a mandate is proved under the same lock.
                known = type(self)._default_manager.select_for_update(of=("self",)).filter(pk=self.pk)
                stored = known.values(*identity.IDENTITY, "is_checked", "slug").first()
            if stored is not None:
                identity.guard(stored=stored, organisation=self)
                if (fields := kwargs.get("update_fields")) is not None and stored["is_checked"] != self.is_checked:
                    kwargs["update_fields"] = {*fields, "is_checked"}
            super().save(*args, **kwargs)
            if stored is not None and stored["is_checked"]:
                self._keep_address(stored["slug"], written=kwargs.get("update_fields"))

    def _keep_address(self, old: str, *, written: Any) -> None:
        if old != self.slug and (written is None or "slug" in written):
            former_addresses.lead(old=old, new=self.slug)
        if not self.is_checked:
            former_addresses.leave(slug=self.slug)

    def clean(self) -> None:
        super().clean()
        if self.siren:
            try:
                self.siren = clean_siren(self.siren)
            except ValueError:
                message = "Ce numéro SIREN n’est pas valable : vérifiez ses neuf chiffres."
                raise ValidationError({"siren": message}) from None
        if self.kind == OrganisationKind.COLLECTIVITE and self.territory is None and not self.siren:
            message = "Choisissez le territoire dans le registre, ou indiquez le SIREN."
            raise ValidationError({"territory": message})
        self._check_one_body()
        self._check_frozen()

    def _check_frozen(self) -> None:
        """As `save` refuses, in words, for forms."""
        stored = type(self)._default_manager.filter(pk=self.pk).values(*identity.IDENTITY).first()
        if stored is None or not identity.changed(stored=stored, organisation=self):
            return
        if identity.frozen_by(organisation=self, places=(stored["territory_id"], self.territory_id)):
            raise ValidationError(FROZEN)

    def _check_one_body(self) -> None:
        """Two identities in one row would be two bodies."""
        if not self.siren:
            return
        place = self.territory
        if place is not None and place.siren and place.siren != self.siren:
            raise ValidationError({"siren": f"Le SIREN de {place.name} est {place.siren} : corrigez l’un ou l’autre."})
        known = Territory.objects.current().filter(siren=self.siren).first()
        if known is not None and known.pk != self.territory_id:
            raise ValidationError({"siren": f"Ce SIREN est celui de {known.label} : choisissez ce territoire."})


class OrganisationChange(models.Model):
    """What the moderation changed of a body: append-only.

    Personal data: who decided (account), to answer for it (legitimate interest); kept as long as the organisation, the
    account behind it is blanked on erasure.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="changes", verbose_name="organisation")
    at = models.DateTimeField("le")
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField("raison", max_length=500, blank=True)
    # Columns that changed, as they were and as they are.
    before = models.JSONField("avant", default=dict)
    after = models.JSONField("après", default=dict)

    class Meta:
        verbose_name = "changement d’une organisation"
        ordering = ("pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"changement {self.pk}"

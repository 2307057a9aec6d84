"""Pages of the library, made for a test."""

from __future__ import annotations

from datetime import date

import factory
from factory.django import DjangoModelFactory
from wagtail.models import Page

from commun.cms.api import Licence
from commun.library import api
from commun.territories.api import Organisation, OrganisationKind, Territory, TerritoryKind
from tests.cms.factories import DocumentFactory, ImageFactory, PublishedPageFactory, home

__all__ = ["DocumentFactory", "ImageFactory"]


class TerritoryFactory(DjangoModelFactory):
    kind = TerritoryKind.COMMUNE
    code = factory.Sequence(lambda number: f"{90000 + number}")
    name = factory.Sequence(lambda number: f"Exemple-sur-Loire {number}")
    search_name = factory.LazyAttribute(lambda place: place.name.lower())
    vintage = 2026

    class Meta:
        model = Territory


class OrganisationFactory(DjangoModelFactory):
    name = factory.Sequence(lambda number: f"Association d’Exemple {number}")
    slug = factory.Sequence(lambda number: f"association-exemple-{number}")
    kind = OrganisationKind.ASSOCIATION
    is_checked = True

    class Meta:
        model = Organisation


class LibraryPageFactory(PublishedPageFactory):
    section: type[Page] = api.ResourceIndexPage

    class Meta:
        abstract = True
        exclude = ("section",)

    @classmethod
    def default_parent(cls) -> Page:
        api.ensure_sections(home=home())
        return cls.section.objects.get()


class ThemeFactory(LibraryPageFactory):
    section = api.ThemeIndexPage
    title = factory.Sequence(lambda number: f"Thématique {number}")
    summary = "Ce que l’on y apprend, en deux phrases."
    planned_month = date(2026, 11, 1)

    class Meta:
        model = api.ThemePage


class ResourceFactory(LibraryPageFactory):
    title = factory.Sequence(lambda number: f"Ressource {number}")
    summary = "De quoi il s’agit, pour qui, avec quel résultat."
    licence = Licence.OPEN
    credit = "La rédaction"

    class Meta:
        abstract = True


class ExperienceFactory(ResourceFactory):
    context = "<p>On partait de loin.</p>"

    class Meta:
        model = api.ExperiencePage


class ArticleFactory(ResourceFactory):
    class Meta:
        model = api.ArticlePage


class GuideFactory(ResourceFactory):
    class Meta:
        model = api.GuidePage


class KitFactory(ResourceFactory):
    class Meta:
        model = api.KitPage


class SheetFactory(PublishedPageFactory):
    """Give it its kit: `SheetFactory(parent=kit)`."""

    title = factory.Sequence(lambda number: f"Fiche {number}")
    summary = "Une page à garder sous la main."

    class Meta:
        model = api.SheetPage


class ConceptFactory(ResourceFactory):
    section = api.ConceptIndexPage

    class Meta:
        model = api.ConceptPage

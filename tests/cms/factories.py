"""Images, documents and pages under a list of the site, made for a test."""

from __future__ import annotations

from typing import Any

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Page, Site
from wagtail_factories import ImageFactory as BaseImageFactory
from wagtail_factories import PageFactory

from commun.cms.api import CommunDocument, CommunImage, Licence


class ImageFactory(BaseImageFactory):
    title = factory.Sequence(lambda number: f"Image {number}")
    alt_text = "Des habitantes et des habitants peignent un banc."
    credit = "Ville d’Exemple"
    licence = Licence.CC_BY_SA
    collection = None

    class Meta:
        model = CommunImage

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("collection") is None:
            kwargs.pop("collection", None)  # the root collection
        return super()._create(model_class, *args, **kwargs)


class DocumentFactory(factory.django.DjangoModelFactory):
    title = factory.Sequence(lambda number: f"Modèle de convention {number}")
    file = factory.Sequence(lambda number: ContentFile(b"%PDF-1.4", name=f"convention-{number}.pdf"))
    credit = "Ville d’Exemple"
    licence = Licence.OPEN

    class Meta:
        model = CommunDocument


def home() -> Page:
    """The root page of the site, whatever its type."""
    return Site.objects.get(is_default_site=True).root_page


class PublishedPageFactory(PageFactory):
    """A published page. Its parent is the list it belongs to, unless told. Relations are given as lists."""

    first_published_at = factory.LazyFunction(timezone.now)
    last_published_at = factory.SelfAttribute("first_published_at")

    class Meta:
        abstract = True

    @classmethod
    def default_parent(cls) -> Page:
        return home()

    @classmethod
    def _create_instance(cls, model_class: Any, parent: Page | None, kwargs: dict[str, Any]) -> Any:
        """Saved once, its relations with it."""
        many = {field.name for field in model_class._meta.get_fields() if isinstance(field, ParentalManyToManyField)}
        relations = {name: kwargs.pop(name) for name in many & set(kwargs)}
        page = model_class(**kwargs)
        for name, values in relations.items():
            setattr(page, name, values)
        (parent or cls.default_parent()).add_child(instance=page)
        return page

"""Resources: one concrete base holds what all have, so that a mixed list is one query. See decision 0010."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from commun.cms.blocks import RichBody
from commun.cms.models import BasePage, FramePage
from commun.cms.types import Licence
from commun.common.fields import ChoicesField
from commun.library.panels import BODY, DOCUMENTS, IN_SHORT, LINKS, RIGHTS, tabs
from commun.library.types import Audience, Obstacle, ResourceKind, Stage


class ResourceIndexPage(FramePage):
    """Every resource, `/ressources/`.

    Personal data: none.
    """

    introduction = models.TextField("introduction", blank=True, max_length=600)

    content_panels: ClassVar[list[Any]] = [*FramePage.content_panels, FieldPanel("introduction")]
    subpage_types: ClassVar[list[str]] = [
        "library.ExperiencePage",
        "library.ArticlePage",
        "library.GuidePage",
        "library.KitPage",
    ]
    template = "library/resource_index.html"

    class Meta:
        verbose_name = "liste des ressources"
        verbose_name_plural = "listes des ressources"


class ConceptIndexPage(FramePage):
    """Every concept, `/concepts/`.

    Personal data: none.
    """

    introduction = models.TextField("introduction", blank=True, max_length=600)

    content_panels: ClassVar[list[Any]] = [*FramePage.content_panels, FieldPanel("introduction")]
    subpage_types: ClassVar[list[str]] = ["library.ConceptPage"]
    template = "library/concept_index.html"

    class Meta:
        verbose_name = "liste des concepts"
        verbose_name_plural = "listes des concepts"


class ResourcePage(BasePage):
    """What every resource has. Only its types are created.

    Personal data: the name of the person credited, where she asked for it, as long as the resource or until she no
    longer wants it.
    """

    served_with: ClassVar[tuple[str, ...]] = ("cover_image", "contributor")

    summary = models.TextField(
        "en bref", max_length=500, help_text="Deux ou trois phrases : de quoi s’agit-il, pour qui, avec quel résultat."
    )
    cover_image = models.ForeignKey(
        "cms.CommunImage", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="image"
    )
    body = StreamField(RichBody(), verbose_name="texte", blank=True)
    themes = ParentalManyToManyField(
        "library.ThemePage", blank=True, related_name="resources", verbose_name="thématiques"
    )
    territories = ParentalManyToManyField(
        "territories.Territory",
        blank=True,
        related_name="+",
        verbose_name="territoires",
        help_text="Où cela se passe. Rien si la ressource vaut partout.",
    )
    organisations = ParentalManyToManyField(
        "territories.Organisation", blank=True, related_name="+", verbose_name="organisations"
    )
    contributor = models.ForeignKey(
        "territories.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisation créditée",
        help_text="Celle qui a donné la ressource, ou de qui elle vient.",
    )
    credit = models.CharField(
        "mention de crédit",
        max_length=200,
        blank=True,
        help_text="Facultative : auteurs, photographe… Le nom d’une personne, seulement avec son accord.",
    )
    licence = models.CharField("licence", max_length=24, choices=Licence)
    source_label = models.CharField(
        "intitulé de la source", max_length=160, blank=True, help_text="« Le dossier complet sur le site de la Ville »"
    )
    source_url = models.URLField("adresse de la source", blank=True, max_length=500)
    audiences = ChoicesField("avec qui", among=Audience, help_text="Rien de coché : lu dans le résumé.")
    obstacles = ChoicesField(
        "freins que cela aide à lever",
        among=Obstacle,
        help_text="Rien de coché : lu dans ce qui n’a pas marché, les moyens et le résumé.",
    )
    stage = models.CharField(
        "utile surtout quand",
        max_length=9,
        choices=Stage,
        blank=True,
        help_text="Où en est une collectivité à qui cela sert le plus. Rien de choisi : lu dans le titre et le résumé.",
    )
    reviewed_on = models.DateField(
        "vérifiée le",
        null=True,
        blank=True,
        help_text="Dernière fois que quelqu’un a vérifié que tout est encore exact.",
    )

    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
        index.SearchField("credit"),
        index.RelatedFields("territories", [index.SearchField("name")]),
        index.RelatedFields("organisations", [index.SearchField("name")]),
        index.RelatedFields("themes", [index.SearchField("title"), index.SearchField("vocabulary")]),
    ]
    is_creatable = False
    subpage_types: ClassVar[list[str]] = []
    parent_page_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "ressource"
        verbose_name_plural = "ressources"

    @property
    def kind(self) -> ResourceKind:
        return ResourceKind(self.cached_content_type.model.removesuffix("page"))

    def clean(self) -> None:
        super().clean()
        if self.source_label and not self.source_url:
            raise ValidationError({"source_url": "Donnez l’adresse de cette source."})
        if self.licence and Licence(self.licence).asks_credit and not (self.contributor_id or self.credit.strip()):
            message = (
                "Cette licence oblige à nommer l’auteur : choisissez l’organisation créditée ou écrivez la mention."
            )
            raise ValidationError({"credit": message})


class ResourceDocument(Orderable):
    """A document to use again, given with a resource.

    Personal data: none.
    """

    page = ParentalKey(ResourcePage, related_name="documents")
    document = models.ForeignKey("cms.CommunDocument", models.PROTECT, related_name="+", verbose_name="document")
    note = models.CharField("à quoi il sert", max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "document à réutiliser"
        verbose_name_plural = "documents à réutiliser"
        constraints = [
            models.UniqueConstraint(
                fields=["page", "document"],
                name="library_document_once",
                violation_error_message="Ce document est déjà dans la liste.",
            ),
        ]

    def __str__(self) -> str:
        return self.note or str(self.document_id)


def _screen(*panels: Any) -> Any:
    return tabs(
        content=[*BasePage.content_panels, IN_SHORT, *panels],
        links=LINKS,
        rights=RIGHTS,
        promote=BasePage.promote_panels,
        settings=BasePage.settings_panels,
    )


class ArticlePage(ResourcePage):
    """Something to read: an analysis, a report, an interview.

    Personal data: see `ResourcePage`; the same, for the same reason, as long as the article.
    """

    edit_handler: ClassVar[Any] = _screen(BODY, DOCUMENTS)
    parent_page_types: ClassVar[list[str]] = ["library.ResourceIndexPage"]
    template = "library/article.html"

    class Meta:
        verbose_name = "article"
        verbose_name_plural = "articles"


class GuidePage(ResourcePage):
    """How to do something, step by step.

    Personal data: see `ResourcePage`; the same, for the same reason, as long as the guide.
    """

    edit_handler: ClassVar[Any] = _screen(BODY, DOCUMENTS)
    parent_page_types: ClassVar[list[str]] = ["library.ResourceIndexPage"]
    template = "library/guide.html"

    class Meta:
        verbose_name = "guide"
        verbose_name_plural = "guides"


class KitPage(ResourcePage):
    """A set of sheets, in order; its sheets are its children.

    Personal data: see `ResourcePage`; the same, for the same reason, as long as the kit.
    """

    edit_handler: ClassVar[Any] = _screen(BODY, DOCUMENTS)
    parent_page_types: ClassVar[list[str]] = ["library.ResourceIndexPage"]
    subpage_types: ClassVar[list[str]] = ["library.SheetPage"]
    template = "library/kit.html"

    class Meta:
        verbose_name = "kit"
        verbose_name_plural = "kits"


class SheetPage(BasePage):
    """One sheet of a kit. Themes, places and rights are the kit's.

    Personal data: none.
    """

    summary = models.TextField("en bref", max_length=300, blank=True)
    body = StreamField(RichBody(), verbose_name="texte", blank=True)

    edit_handler: ClassVar[Any] = tabs(
        content=[*BasePage.content_panels, FieldPanel("summary"), BODY],
        promote=BasePage.promote_panels,
        settings=BasePage.settings_panels,
    )
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["library.KitPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "library/sheet.html"

    class Meta:
        verbose_name = "fiche"
        verbose_name_plural = "fiches"


class ConceptPage(ResourcePage):
    """A notion explained: what it means, where it comes from, what it changes.

    Personal data: see `ResourcePage`; the same, for the same reason, as long as the concept.
    """

    edit_handler: ClassVar[Any] = _screen(BODY, DOCUMENTS)
    parent_page_types: ClassVar[list[str]] = ["library.ConceptIndexPage"]
    template = "library/concept.html"

    class Meta:
        verbose_name = "concept"
        verbose_name_plural = "concepts"

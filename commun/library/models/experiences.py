"""Experiences: what a territory did, what it took, what it gave, and what did not work."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from commun.cms.blocks import SHORT_TEXT_FEATURES
from commun.cms.models import BasePage
from commun.common.fields import RichTextField
from commun.library.blocks import StepsBlock
from commun.library.models.resources import ResourcePage
from commun.library.panels import DOCUMENTS, IN_SHORT, LINKS, RIGHTS, tabs
from commun.library.types import ReviewRule


class ExperiencePage(ResourcePage):
    """What a territory did, told so that another can do it.

    Personal data: see `ResourcePage`; the same, for the same reason, as long as the experience.
    """

    context = RichTextField(
        "contexte", blank=True, features=SHORT_TEXT_FEATURES, help_text="D’où l’on partait, et pourquoi."
    )
    steps = StreamField(StepsBlock(), verbose_name="étapes", blank=True)
    means_cost = models.TextField(
        "coût", blank=True, max_length=600, help_text="Montants, qui a payé, ce qui a été prêté ou donné."
    )
    means_time = models.TextField(
        "temps", blank=True, max_length=600, help_text="De la première idée au résultat ; heures passées."
    )
    means_people = models.TextField("personnes", blank=True, max_length=600, help_text="Qui a fait quoi, et combien.")
    what_failed = RichTextField(
        "ce qui n’a pas marché",
        blank=True,
        features=SHORT_TEXT_FEATURES,
        help_text="La partie la plus utile à qui veut s’en inspirer.",
    )
    testifies_until = models.DateField(
        "prête à témoigner jusqu’au",
        null=True,
        blank=True,
        help_text="La collectivité accepte d’être contactée jusqu’à cette date. Vide : elle ne l’a pas dit.",
    )

    edit_handler: ClassVar[Any] = tabs(
        content=[
            *BasePage.content_panels,
            IN_SHORT,
            FieldPanel("context"),
            FieldPanel("steps"),
            FieldPanel("what_failed"),
            FieldPanel("body", heading="Texte complémentaire"),
        ],
        extra=[
            (
                "Moyens et résultats",
                [
                    MultiFieldPanel(
                        [FieldPanel("means_cost"), FieldPanel("means_time"), FieldPanel("means_people")],
                        heading="Moyens",
                    ),
                    InlinePanel(
                        "figures",
                        heading="Résultats",
                        label="Chiffre",
                        help_text="Un chiffre n’est publié qu’avec sa date et sa source.",
                    ),
                    DOCUMENTS,
                    FieldPanel("testifies_until"),
                ],
            )
        ],
        links=LINKS,
        rights=RIGHTS,
        promote=BasePage.promote_panels,
        settings=BasePage.settings_panels,
    )
    search_fields: ClassVar[list[Any]] = [
        *ResourcePage.search_fields,
        index.SearchField("context"),
        index.SearchField("steps"),
        index.SearchField("what_failed"),
        index.FilterField("testifies_until"),
    ]
    parent_page_types: ClassVar[list[str]] = ["library.ResourceIndexPage"]
    template = "library/experience.html"

    class Meta:
        verbose_name = "expérience"
        verbose_name_plural = "expériences"


class ExperienceFigure(Orderable):
    """A result in one figure, with its date and its source.

    Personal data: none.
    """

    page = ParentalKey(ExperiencePage, related_name="figures")
    value = models.CharField("chiffre", max_length=40, help_text="Avec son unité : « 120 foyers », « 38 % ».")
    label = models.CharField("ce qu’il compte", max_length=200)
    date = models.DateField("date du chiffre", help_text="Quand il a été mesuré ou publié.")
    source = models.CharField("source", max_length=200, help_text="Qui l’a mesuré ou publié.")
    source_url = models.URLField("lien vers la source", blank=True, max_length=500)
    review_after = models.PositiveSmallIntegerField(
        "à relire après",
        choices=ReviewRule,
        default=ReviewRule.TWO_YEARS,
        help_text="Un budget annuel vieillit en un an ; un résultat acquis ne change plus.",
    )

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("value"), FieldPanel("label")]),
        FieldRowPanel([FieldPanel("date"), FieldPanel("source"), FieldPanel("source_url")]),
        FieldPanel("review_after"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "résultat chiffré"
        verbose_name_plural = "résultats chiffrés"
        constraints = [
            # A figure without a source is an opinion; its date is not null.
            models.CheckConstraint(
                condition=~Q(value="") & ~Q(label="") & ~Q(source=""),
                name="library_figure_complete",
                violation_error_message="Un chiffre a besoin de ce qu’il compte et de sa source.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.label}"

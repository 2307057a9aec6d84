"""Themes: what an issue, and everything attached to it, is about. Together they are the editorial calendar."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from commun.cms.blocks import TEXT_FEATURES
from commun.cms.models import BasePage, FramePage
from commun.common.fields import RichTextField
from commun.library.panels import tabs


class ThemeIndexPage(FramePage):
    """Every theme, `/thematiques/`.

    Personal data: none.
    """

    introduction = models.TextField("introduction", blank=True, max_length=600)

    content_panels: ClassVar[list[Any]] = [*FramePage.content_panels, FieldPanel("introduction")]
    subpage_types: ClassVar[list[str]] = ["library.ThemePage"]
    template = "library/theme_index.html"

    class Meta:
        verbose_name = "liste des thématiques"
        verbose_name_plural = "listes des thématiques"


class ThemePage(BasePage):
    """A theme, with the month of its issue and the date until which contributions are called for.

    Personal data: none.
    """

    served_with: ClassVar[tuple[str, ...]] = ("cover_image",)

    summary = models.TextField(
        "en bref",
        max_length=500,
        help_text="Deux ou trois phrases : elles ouvrent la page et présentent le thème ailleurs.",
    )
    introduction = RichTextField("introduction", blank=True, features=TEXT_FEATURES)
    question = models.CharField(
        "question posée aux collectivités",
        max_length=200,
        blank=True,
        help_text="L’invitation à dire son besoin : « De quoi avez-vous besoin pour… ? »",
    )
    cover_image = models.ForeignKey(
        "cms.CommunImage", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="image"
    )
    planned_month = models.DateField(
        "mois du numéro",
        null=True,
        blank=True,
        db_index=True,
        help_text="Le mois où paraît la lettre sur ce thème ; le jour ne compte pas.",
    )
    call_until = models.DateField(
        "contributions jusqu’au",
        null=True,
        blank=True,
        help_text="Dernier jour de l’appel à contributions. Vide : l’appel n’est pas ouvert.",
    )
    vocabulary = models.TextField(
        "mots-clés",
        blank=True,
        max_length=1500,
        help_text="Un mot ou une expression par ligne : ce que les gens écrivent quand ils parlent de ce thème. "
        "Sert à retrouver et à rapprocher.",
    )

    edit_handler: ClassVar[Any] = tabs(
        content=[
            *BasePage.content_panels,
            MultiFieldPanel([FieldPanel("summary"), FieldPanel("cover_image")], heading="En bref"),
            FieldPanel("introduction"),
            FieldPanel("question"),
        ],
        links=[
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("planned_month"), FieldPanel("call_until")])], heading="Calendrier éditorial"
            ),
            FieldPanel("vocabulary"),
        ],
        links_heading="Calendrier et mots-clés",
        promote=BasePage.promote_panels,
        settings=BasePage.settings_panels,
    )
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("introduction"),
        index.SearchField("vocabulary"),
        index.FilterField("planned_month"),
    ]
    parent_page_types: ClassVar[list[str]] = ["library.ThemeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "library/theme.html"

    class Meta:
        verbose_name = "thématique"
        verbose_name_plural = "thématiques"

    @property
    def keywords(self) -> list[str]:
        return self.vocabulary.splitlines()

    def clean(self) -> None:
        super().clean()
        words = (" ".join(line.strip(" ,;").split()) for line in self.vocabulary.splitlines())
        self.vocabulary = "\n".join(dict.fromkeys(word for word in words if word))
        if self.planned_month:
            self.planned_month = self.planned_month.replace(day=1)
            if self.call_until and self.call_until.replace(day=1) > self.planned_month:
                message = "L’appel ne peut pas se terminer après le mois du numéro."
                raise ValidationError({"call_until": message})

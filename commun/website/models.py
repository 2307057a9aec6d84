"""Pages that belong to no other room: the home page and the legal ones."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from commun.cms.blocks import RichBody
from commun.cms.models import BasePage, FramePage
from commun.website.starters import STARTERS


class HomePage(FramePage):
    """The first page. What it shows of other rooms is put together by template tags.

    Personal data: none.
    """

    headline = models.CharField(
        "accroche", max_length=120, default="Faire participer, coopérer : ce qui marche ailleurs"
    )
    introduction = models.TextField(
        "introduction",
        max_length=600,
        default="Communes, intercommunalités, départements et régions partagent ici ce qu’elles ont essayé avec leurs "
        "habitants : le récit, les moyens, les chiffres, et ce qui n’a pas marché.",
    )
    giving = models.TextField(
        "comment contribuer",
        max_length=600,
        default="Un récit, un guide, une date, un besoin : un simple courriel suffit. La rédaction le met en forme "
        "avec vous, vous le relisez, et votre collectivité est créditée.",
    )

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("headline"), FieldPanel("introduction")], heading="Ouverture"),
        FieldPanel("giving"),
    ]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    max_count = 1
    template = "website/home.html"

    class Meta:
        verbose_name = "accueil"
        verbose_name_plural = "accueils"


class LegalPageForm(WagtailAdminPageForm):
    """What the law asks for stays at its address, and is not given a date when it goes away."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.is_fixed:
            for name in {"slug", "go_live_at", "expire_at"} & set(self.fields):
                self.fields[name].disabled = True


class LegalPage(BasePage):
    """A text the law, or good manners, ask for. Starters are made once; the team edits them, and adds others.

    Personal data: none.
    """

    summary = models.TextField("en bref", max_length=400, blank=True)
    body = StreamField(RichBody(), verbose_name="texte", blank=True)
    updated_on = models.DateField("à jour le", null=True, blank=True)

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("updated_on"),
        FieldPanel("body"),
    ]
    base_form_class = LegalPageForm
    search_fields: ClassVar[list[Any]] = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["website.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "website/legal.html"

    class Meta:
        verbose_name = "page d’information"
        verbose_name_plural = "pages d’information"

    @property
    def is_fixed(self) -> bool:
        """Made by `migrate`, linked to by forms and mails."""
        return self.slug in {starter.slug for starter in STARTERS}

"""What every page of the site has."""

from __future__ import annotations

from typing import Any, ClassVar

from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import Page, PageViewRestriction

from commun.common.characters import clean_name


class BasePage(Page):
    """Base of our pages: how they appear in search engines, and nothing an editor would not use.

    Personal data: none here (see the page types).
    """

    content_panels: ClassVar[list[Any]] = [TitleFieldPanel("title")]
    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("slug", heading="Adresse de la page"),
                FieldPanel(
                    "seo_title",
                    heading="Titre dans les moteurs de recherche",
                    help_text="Vide : le titre de la page.",
                ),
                FieldPanel(
                    "search_description",
                    heading="Description dans les moteurs de recherche",
                    help_text="Une ou deux phrases. Vide : le résumé de la page.",
                ),
            ],
            heading="Dans les moteurs de recherche",
        ),
    ]

    # Everything we publish is public: a page one cannot read yet is a draft.
    private_page_options: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        for name in ("title", "seo_title"):
            setattr(self, name, clean_name(getattr(self, name)))

    def get_view_restrictions(self) -> Any:
        """None ever, hence no question to the database about it."""
        return PageViewRestriction.objects.none()

    @property
    def meta_title(self) -> str:
        return self.seo_title or self.title

    @property
    def meta_description(self) -> str:
        """What search engines show: the editor's words, or the page's own summary where it has one."""
        return self.search_description or getattr(self, "summary", "")

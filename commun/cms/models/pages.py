"""What every page of the site has."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageViewRestriction

from commun.cms.listening import tell
from commun.cms.previews import preview
from commun.cms.rights import PageRights, rights_of
from commun.common.characters import clean_name

# What a draft moves in the row of a page: nothing that readers see.
_OF_DRAFTS = frozenset(
    {"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes", COMMENTS_RELATION_NAME}
)
_IN_SEARCH = (
    FieldPanel(
        "seo_title",
        heading="Titre dans les moteurs de recherche",
        help_text="Vide : le titre de la page.",
    ),
    FieldPanel(
        "search_description",
        heading="Description dans les moteurs de recherche",
        help_text="Une ou deux phrases. Vide : le résumé de la page.",
    ),
)


class BasePage(Page):
    """Base of our pages: how they appear in search engines, and nothing an editor would not use.

    Personal data: none here (see the page types).
    """

    content_panels: ClassVar[list[Any]] = [TitleFieldPanel("title")]
    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("slug", heading="Adresse de la page"), *_IN_SEARCH],
            heading="Dans les moteurs de recherche",
        ),
    ]

    # Read with the page when it is served.
    served_with: ClassVar[tuple[str, ...]] = ()

    # Everything we publish is public: a page one cannot read yet is a draft.
    private_page_options: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    @property
    def is_fixed(self) -> bool:
        """Part of the frame of the site: nobody moves it, copies it, takes it off line or deletes it."""
        return False

    def permissions_for_user(self, user: Any) -> PageRights:
        return rights_of(page=self, user=user)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Listeners are told once relations are written, and if they fail nothing is saved."""
        fields = kwargs.get("update_fields")
        saved = super().save(*args, **kwargs)
        if fields is None or not _OF_DRAFTS.issuperset(fields):
            tell(self)
        return saved

    def clean(self) -> None:
        super().clean()
        for name in ("title", "seo_title"):
            setattr(self, name, clean_name(getattr(self, name)))

    def make_preview_request(
        self,
        original_request: HttpRequest | None = None,
        preview_mode: str | None = None,
        extra_request_attrs: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """As Wagtail's, without loading the middleware each time."""
        request = WSGIRequest(self._get_dummy_headers(original_request))
        for name, value in (extra_request_attrs or {}).items():
            setattr(request, name, value)
        return preview(request=request, serve=self.serve_preview, mode=preview_mode)

    def get_view_restrictions(self) -> Any:
        """None ever, hence no question to the database about it."""
        return PageViewRestriction.objects.none()

    @property
    def meta_title(self) -> str:
        return self.seo_title or self.title

    @property
    def meta_description(self) -> str:
        """What search engines show: the editor's words, or the page's own summary where it has one."""
        return self.search_description or getattr(self, "summary", "") or getattr(self, "introduction", "")


class FramePage(BasePage):
    """A page that stands where `migrate` made it: home and the sections. Its address is the code's, and it is never off
    line: neither is a field of its form.

    Personal data: none here (see the page types).
    """

    max_count = 1

    promote_panels: ClassVar[list[Any]] = [MultiFieldPanel(list(_IN_SEARCH), heading="Dans les moteurs de recherche")]
    settings_panels: ClassVar[list[Any]] = []

    class Meta:
        abstract = True

    @property
    def is_fixed(self) -> bool:
        return True

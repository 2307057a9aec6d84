"""The issue an editor composes, and the archive it stands in."""

from __future__ import annotations

from typing import Any, ClassVar

from csp.constants import UNSAFE_INLINE
from django.db import models
from django.http import Http404, HttpRequest
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail.url_routing import RouteResult

from commun.cms.models import BasePage, FramePage
from commun.newsletters.blocks import IssueBody
from commun.newsletters.locking import lock_of
from commun.newsletters.rendering.mailboxes import MAILBOXES, views
from commun.newsletters.types import Document

_PREVIEWS = {
    Document.WEB.value: "newsletters/issue.html",
    Document.EMAIL.value: "newsletters/previews/email.html",
    Document.TEXT.value: "newsletters/previews/text.html",
}


COPY_TO_FORWARD = "faire-suivre"


class IssueIndexPage(FramePage):
    """The archive, `/lettre/`.

    Personal data: none.
    """

    introduction = models.TextField("introduction", blank=True, max_length=600)

    content_panels: ClassVar[list[Any]] = [*FramePage.content_panels, FieldPanel("introduction")]
    subpage_types: ClassVar[list[str]] = ["newsletters.IssuePage"]
    template = "newsletters/issue_index.html"

    class Meta:
        verbose_name = "archive de la lettre"
        verbose_name_plural = "archives de la lettre"

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """An issue answers at its number; at its slug too, from where `serve_issue` leads to the number."""
        if path_components and path_components[0].isdecimal():
            number = int(path_components[0][:9])
            issue = IssuePage.objects.child_of(self).filter(number=number).first()
            if issue is None:
                raise Http404("issue")
            return issue.route(request, path_components[1:])
        return super().route(request, path_components)


class IssuePage(BasePage):
    """One issue of the letter, as its editors compose it. What readers get is frozen in a `Submission`.

    Personal data: none.
    """

    number = models.PositiveIntegerField(
        "numéro", unique=True, error_messages={"unique": "Un autre numéro de la lettre porte déjà ce chiffre."}
    )
    date = models.DateField("date de parution")
    theme = models.ForeignKey("library.ThemePage", models.PROTECT, related_name="issues", verbose_name="thématique")
    subject = models.CharField(
        "objet du message",
        max_length=150,
        blank=True,
        help_text="60 caractères au plus : les téléphones coupent la suite. Vide : le titre.",
    )
    preheader = models.CharField(
        "texte d’aperçu",
        max_length=200,
        blank=True,
        help_text="Ce que les messageries montrent à côté de l’objet : une phrase qui donne envie.",
    )
    welcome = models.TextField(
        "mot d’accueil", max_length=400, blank=True, help_text="Une phrase qui dit ce qu’est cette lettre."
    )
    body = StreamField(IssueBody(), verbose_name="rubriques", blank=True)

    # No « Publication » tab: an issue is published by its sending, never by hand.
    edit_handler: ClassVar[Any] = TabbedInterface(
        [
            ObjectList(
                [
                    # « Vérifier et envoyer » would hide in the menu of the save button.
                    HelpPanel(template="newsletters/panels/next.html"),
                    FieldPanel("title"),
                    MultiFieldPanel(
                        [FieldRowPanel([FieldPanel("number"), FieldPanel("date")]), FieldPanel("theme")],
                        heading="Le numéro",
                    ),
                    MultiFieldPanel(
                        [
                            FieldPanel("subject"),
                            FieldPanel("preheader"),
                            HelpPanel(template="newsletters/panels/first_lines.html"),
                            FieldPanel("welcome"),
                        ],
                        heading="Le message",
                    ),
                    FieldPanel("body"),
                    CommentPanel(),
                ],
                heading="Contenu",
            ),
            ObjectList(BasePage.promote_panels, heading="Référencement"),
        ]
    )
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("preheader"),
        index.SearchField("body"),
        index.FilterField("number"),
        index.FilterField("date"),
    ]
    parent_page_types: ClassVar[list[str]] = ["newsletters.IssueIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "newsletters/issue.html"

    class Meta:
        verbose_name = "numéro de la lettre"
        verbose_name_plural = "numéros de la lettre"

    def get_lock(self) -> Any:
        """Wagtail asks before anybody edits."""
        return lock_of(self) or super().get_lock()

    @property
    def sections(self) -> list[Any]:
        """Those that leave, in their order: what is hidden stays in the draft. Findings count them from 1."""
        return [section for section in self.body if not section.value.get("hidden")]

    @property
    def summary(self) -> str:
        return self.preheader

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return [(view.slug, view.name) for view in views()]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return _PREVIEWS.get(
            mode_name, "newsletters/previews/mailbox.html" if mode_name in MAILBOXES else self.template
        )

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {**super().get_preview_context(request, mode_name), "mode": mode_name}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """E-mail carries its style on each element, which the policy of our pages refuses."""
        response = super().serve_preview(request, mode_name)
        if mode_name == Document.EMAIL or mode_name in MAILBOXES:
            response._csp_update = {"style-src": [UNSAFE_INLINE]}
        return response

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Beside the page, a copy of it that one forwards."""
        if path_components == [COPY_TO_FORWARD] and self.live:
            return RouteResult(self, kwargs={"copy": True})
        return super().route(request, path_components)

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        """`/lettre/<number>/`: an address one can say aloud, that outlives titles."""
        parts = super().get_url_parts(request)
        if not parts or parts[2] is None:
            return parts
        site_id, root, path = parts
        return site_id, root, f"{path.rstrip('/').rpartition('/')[0]}/{self.number}/"

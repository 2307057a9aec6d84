"""What pages of the letter show."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.utils.safestring import SafeString, mark_safe

from commun.newsletters.models import IssuePage
from commun.newsletters.rendering import Documents
from commun.newsletters.rendering.values import Image
from commun.newsletters.selectors.issues import published_issues
from commun.newsletters.selectors.web import WebEdition, web_edition
from commun.newsletters.services.freeze import freeze
from commun.newsletters.services.images import ImageStore

register = template.Library()
PER_PAGE = 12


@register.simple_tag(takes_context=True)
def issue_edition(context: Any, issue: IssuePage) -> WebEdition:
    """What was sent, corrected since; in a preview, what would be sent; on the screen of a sending, what it shows."""
    shown = context.get("edition")
    if shown is None:
        shown = WebEdition(_preview(issue).web) if _is_preview(context) else web_edition(issue=issue)
    return WebEdition(mark_safe(shown.html), shown.corrections)  # noqa: S308 - the renderer escapes what it is given


@register.simple_tag
def issue_preview(issue: IssuePage, document: str) -> SafeString:
    """A document of a draft (`email`, `text`) as it would leave."""
    return mark_safe(getattr(_preview(issue), document))  # noqa: S308 - the renderer escapes what it is given


@register.simple_tag(takes_context=True)
def issues_page(context: Any) -> PageOfList[Any]:
    """The archive, twelve issues at a time (`?page=`)."""
    number = context["request"].GET.get("page", "1")
    return Paginator(published_issues(), PER_PAGE).get_page(number)


@register.simple_tag
def issue_cover(issue: IssuePage) -> Image | None:
    """The picture of its theme, small; None when there is none, or no longer."""
    cover = issue.theme.cover_image
    try:
        return ImageStore().picture(cover, cropped=True) if cover else None
    except OSError:
        return None


def _is_preview(context: Any) -> bool:
    return bool(getattr(context.get("request"), "is_preview", False))


def _preview(issue: IssuePage) -> Documents:
    return freeze(issue=issue).documents

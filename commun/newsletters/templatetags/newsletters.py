"""What pages of the letter show."""

from __future__ import annotations

from dataclasses import replace
from email.utils import parseaddr
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from commun.common.memory import remember
from commun.newsletters.engine import DjangoTemplates
from commun.newsletters.locking import lock_of
from commun.newsletters.models import IssuePage
from commun.newsletters.rendering import Documents, render_section
from commun.newsletters.rendering.first_lines import first_lines
from commun.newsletters.rendering.mailboxes import MAILBOXES, shown_in, views
from commun.newsletters.rendering.specimens import HOME, SPECIMENS
from commun.newsletters.selectors.archive import Archive, Place, place_of_issue, read_archive
from commun.newsletters.selectors.web import WebEdition, web_edition
from commun.newsletters.services.freeze import freeze

register = template.Library()


@register.simple_tag(takes_context=True)
def issue_edition(context: Any, issue: IssuePage) -> WebEdition:
    """What was sent, corrected since; in a preview, what would be sent; on the screen of a sending, what it shows."""
    shown = context.get("edition")
    if shown is None and _is_preview(context):
        shown = WebEdition(_preview(issue).web)
    elif shown is None:
        request = context.get("request")
        shown = remember(request=request, key=f"edition:{issue.pk}", compute=lambda: web_edition(issue=issue))
    return replace(shown, html=mark_safe(shown.html))  # noqa: S308 - the renderer escapes what it is given


@register.simple_tag
def issue_preview(issue: IssuePage, document: str) -> SafeString:
    """A document of a draft (`email`, `text`) as it would leave."""
    return mark_safe(getattr(_preview(issue), document))  # noqa: S308 - the renderer escapes what it is given


@register.simple_tag(takes_context=True)
def issue_in_mailbox(context: Any, issue: IssuePage, mailbox: str) -> SafeString:
    """A draft as that mailbox would show it; beside the form, the panel says what one looks at."""
    email, one = _preview(issue).email, MAILBOXES[mailbox]
    in_panel = getattr(context.get("request"), "in_preview_panel", False)
    shown = one.show(email) if in_panel else shown_in(email=email, mailbox=one)
    return mark_safe(shown)  # noqa: S308 - the renderer escapes what it is given


@register.simple_tag
def section_specimen(kind: str) -> SafeString:
    """What a section of that kind looks like, with invented facts."""
    drawing = static("newsletters/specimen.svg")
    shown = render_section(block=SPECIMENS[kind], engine=DjangoTemplates(), home=HOME, images=drawing)
    return mark_safe(shown)  # noqa: S308 - the renderer escapes what it is given


@register.simple_tag(takes_context=True)
def issues_archive(context: Any) -> Archive:
    """The archive, twelve issues at a time (`?annee=2026&thematique=eau&page=2`)."""
    return read_archive(query=context["request"].GET)


@register.simple_tag(takes_context=True)
def issue_place(context: Any, issue: IssuePage) -> Place:
    request = context.get("request")
    return remember(request=request, key=f"place:{issue.pk}", compute=lambda: place_of_issue(issue=issue))


@register.simple_tag
def letter_checks(edited: Any) -> dict[str, Any] | None:
    """For the panel of checks of Wagtail's editor; None where what is edited is no letter."""
    if not isinstance(edited, IssuePage):
        return None
    lock = lock_of(edited) if edited.pk else None
    url = reverse("newsletters:live_checks", args=[edited.pk]) if edited.pk and lock is None else ""
    return {"lock": lock, "url": url}


@register.simple_tag
def letter_previews(edited: Any) -> dict[str, Any] | None:
    """For the panel of previews of Wagtail's editor; None where what is edited is no letter."""
    return {"notes": {view.slug: view.note for view in views()}} if isinstance(edited, IssuePage) else None


@register.simple_tag
def letter_first_lines() -> dict[str, Any]:
    """What lists of messages show of a letter, and under whose name."""
    name, address = parseaddr(settings.MAIL_FROM)
    return {"sender": name or address, "lines": first_lines()}


def _is_preview(context: Any) -> bool:
    return bool(getattr(context.get("request"), "is_preview", False))


def _preview(issue: IssuePage) -> Documents:
    return freeze(issue=issue).documents

"""From what somebody gave to a draft an editor finishes."""

from __future__ import annotations

from django.db import transaction

from commun.accounts.models import User
from commun.agenda.exceptions import AgendaSectionMissing
from commun.agenda.kinds import kind_said
from commun.agenda.models import AgendaIndexPage, EventPage, NewsIndexPage, NewsPage
from commun.agenda.types import EventDraft, NewsDraft
from commun.common import richtext

_SHARED = (
    "title",
    "summary",
    "start",
    "end",
    "all_day",
    "time_zone",
    "place",
    "is_online",
    "video_url",
    "website_url",
    "registration_url",
    "organiser",
    "organiser_name",
    "territory",
    "cover_image_id",
)

_NEWS = ("title", "kind", "summary", "partner", "when", "until", "link_url", "link_label", "cover_image_id")


def create_event_draft(*, draft: EventDraft, owner: User | None = None) -> EventPage:
    """Make an unpublished event with its first revision; its address and its kind come from its title.

    Raises `AgendaSectionMissing` without an agenda, `ValidationError` when it would end before it starts.
    """
    parent = AgendaIndexPage.objects.first()
    if parent is None:
        raise AgendaSectionMissing
    text = richtext.from_text(draft.body)
    kind = kind_said(draft.title) or ""
    page = EventPage(live=False, owner=owner, kind=kind, **{name: getattr(draft, name) for name in _SHARED})
    page.body = [("paragraph", text)] if text else []
    page.themes = list(draft.themes)
    page.clean()  # Wagtail checks little of a draft; dates that cannot be are no draft
    with transaction.atomic():
        parent.add_child(instance=page)
        page.clean_fields(exclude=[] if page.summary else ["summary"])  # which an editor fills before publishing
        page.save_revision(user=owner, log_action=True, clean=False)
    return page


def create_news_draft(*, draft: NewsDraft, owner: User | None = None) -> NewsPage:
    """Make an unpublished piece of news with its first revision. Raises `AgendaSectionMissing`, `ValidationError`."""
    parent = NewsIndexPage.objects.first()
    if parent is None:
        raise AgendaSectionMissing
    text = richtext.from_text(draft.body)
    page = NewsPage(live=False, owner=owner, date=draft.announced_on, **{name: getattr(draft, name) for name in _NEWS})
    page.body = [("paragraph", text)] if text else []
    page.themes = list(draft.themes)
    page.clean()
    with transaction.atomic():
        parent.add_child(instance=page)
        page.clean_fields(exclude=[] if page.summary else ["summary"])  # which an editor fills before publishing
        page.save_revision(user=owner, log_action=True, clean=False)
    return page

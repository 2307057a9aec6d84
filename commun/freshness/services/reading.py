"""Where our pages lead: read anew whenever a page was published since."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import urldefrag, urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Q
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Page

from commun.agenda.api import EventPage
from commun.freshness.models import Link, LinkPlace, Watch
from commun.freshness.registry import pages_under_way
from commun.library.api import ArticlePage, ConceptPage, ExperiencePage, GuidePage, KitPage, SheetPage

LOT = 200
MOST_LINKS = 100  # of one page
_WATCHED: tuple[type[Page], ...] = (
    ExperiencePage, ArticlePage, GuidePage, KitPage, ConceptPage, SheetPage, EventPage,
)  # fmt: skip
_HREF = re.compile(r"""href=["'](https?://[^"'<>\s]+)""", re.IGNORECASE)
_LONGEST = 2000


def read_links(*, now: datetime) -> int:
    """Read the pages that changed, and those under way (periodic); how many."""
    types = ContentType.objects.get_for_models(*_WATCHED).values()
    unread = Q(freshness_watch__isnull=True) | ~Q(freshness_watch__links_of=F("last_published_at"))
    unread |= Q(freshness_watch__links_of__isnull=True)
    pages = Page.objects.live().filter(unread, content_type__in=types, last_published_at__isnull=False)
    found = list(pages.order_by("pk")[:LOT])
    for page in found:
        _read(page, now=now)
    drafts = {page.pk: page for page in pages_under_way()}
    for page in drafts.values():
        _place(page, links=links_in(page), now=now)
    over = Q(page__live=False) | ~Q(page__content_type__in=types)
    LinkPlace.objects.filter(over).exclude(page__in=drafts).delete()
    _leave_past_events(now=now)
    return len(found) + len(drafts)


def _leave_past_events(*, now: datetime) -> None:
    """Nobody follows the links of what is over."""
    LinkPlace.objects.filter(page__in=EventPage.objects.filter(end__lt=now).values("pk")).delete()


@transaction.atomic
def _read(page: Page, *, now: datetime) -> None:
    watch, _ = Watch.objects.get_or_create(page=page, defaults={"moved_at": now})
    _place(page, links=links_in(page.specific), now=now)
    Watch.objects.filter(pk=watch.pk).update(links_of=page.last_published_at)


@transaction.atomic
def _place(page: Page, *, links: list[str], now: datetime) -> None:
    wanted = {hashlib.sha256(url.encode()).hexdigest(): url for url in links}
    LinkPlace.objects.filter(page=page).exclude(link__key__in=wanted).delete()
    rows = [Link(url=url, key=key, check_at=now) for key, url in wanted.items()]
    Link.objects.bulk_create(rows, ignore_conflicts=True)
    places = [
        LinkPlace(link_id=pk, page=page) for pk in Link.objects.filter(key__in=wanted).values_list("pk", flat=True)
    ]
    LinkPlace.objects.bulk_create(places, ignore_conflicts=True)


def links_in(page: Any) -> list[str]:
    """Addresses of other sites that this page gives, each once, in their order: of its fields and of its rows."""
    own = urlsplit(settings.SITE_URL).hostname
    found: dict[str, None] = {}
    for text in _texts(page):
        for url in _addresses(text):
            bare = urldefrag(url).url
            if len(bare) <= _LONGEST and _host(bare) not in {None, "", own}:
                found.setdefault(bare)
    return list(found)[:MOST_LINKS]


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _addresses(text: str) -> Iterator[str]:
    if text.startswith(("http://", "https://")) and not re.search(r"\s", text):
        yield text
    else:
        yield from (unescape(found) for found in _HREF.findall(text))


def _texts(row: Any) -> Iterator[str]:
    for field in row._meta.concrete_fields:
        if isinstance(field, StreamField):
            yield from _leaves(list(getattr(row, field.name).raw_data))
        elif isinstance(field, models.TextField | models.URLField):
            yield str(getattr(row, field.name) or "")
    for relation in get_all_child_relations(type(row)) if isinstance(row, ClusterableModel) else ():
        for child in getattr(row, relation.get_accessor_name()).all():
            yield from _texts(child)


def _leaves(raw: Any) -> Iterator[str]:
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict):
        for value in raw.values():
            yield from _leaves(value)
    elif isinstance(raw, list | tuple):
        for value in raw:
            yield from _leaves(value)

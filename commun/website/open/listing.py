"""Lists that other sites include: the same HTML by oEmbed and at an address.

Links and nothing else: no script, no style, nothing that follows whoever reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from wagtail.models import Page, Site

from commun.agenda.api import AgendaIndexPage, EventPage, upcoming_events
from commun.common import clock, french
from commun.library.api import ResourceIndexPage, ResourcePage, ThemePage, published_resources, resources
from commun.newsletters.api import IssueIndexPage, published_issues

_MOST = 8


@dataclass(frozen=True)
class Item:
    title: str
    url: str
    note: str


@dataclass(frozen=True)
class Listing:
    title: str
    url: str
    items: Sequence[Item]

    @property
    def html(self) -> str:
        said = {"listing": self, "site_name": settings.SITE_NAME, "site_url": f"{settings.SITE_URL}/"}
        return render_to_string("website/open/listing.html", said)


def listing_of(address: str) -> Listing | None:
    """Of an address of ours: a theme, the agenda, the library, the archive, the home page, one page. None of others."""
    parts = urlsplit(address)
    if (parts.netloc and f"{parts.scheme}://{parts.netloc}" != settings.SITE_URL) or "\x00" in parts.path:
        return None
    page = _page_at(parts.path or "/")
    if page is None:
        return None
    title = "Dernières ressources" if page.depth == 2 else page.title
    return Listing(title, f"{settings.SITE_URL}{page.get_url()}", _items(page))


def _items(page: Page) -> list[Item]:
    if isinstance(page, ThemePage):
        return [_of_page(one) for one in resources(theme=page)[:_MOST]]
    if isinstance(page, AgendaIndexPage):
        return [_of_event(one) for one in upcoming_events(now=clock.now(), limit=_MOST)]
    if isinstance(page, IssueIndexPage):
        return [_of_page(one, note=french.month(one.date)) for one in published_issues()[:_MOST]]
    if isinstance(page, ResourceIndexPage) or page.depth == 2:
        return [_of_page(one) for one in published_resources(limit=_MOST)]
    return [_of_event(page) if isinstance(page, EventPage) else _of_page(page)]


def _page_at(path: str) -> Page | None:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None or len(path) > 500:
        return None
    steps = path.strip("/")
    url_path = f"{site.root_page.url_path}{steps}/" if steps else site.root_page.url_path
    found = Page.objects.live().filter(url_path=url_path).first()
    return None if found is None else found.specific


def _of_page(page: Page, *, note: str = "") -> Item:
    if not note and isinstance(page, ResourcePage):
        note = page.kind.label
    return Item(page.title, f"{settings.SITE_URL}{page.get_url()}", note)


def _of_event(event: EventPage) -> Item:
    return Item(event.title, f"{settings.SITE_URL}{event.get_url()}", str(event.when_and_where))

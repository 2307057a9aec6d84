"""What a page tells machines of itself: search engines, and whoever shows a link to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from commun.agenda.api import EventPage, NewsPage
from commun.cms.api import Licence, NetworkSettings
from commun.library.api import ResourcePage, ThemePage
from commun.website.open.picture import HEIGHT, WIDTH
from commun.website.types import Link

_SCHEMA = "https://schema.org"
_SHOWN = "fill-1200x630-c75"  # the shape that shared links have
# What would end the script it stands in, or open another.
_UNSAFE = {ord(">"): "\\u003e", ord("<"): "\\u003c", ord("&"): "\\u0026"}


@dataclass(frozen=True, kw_only=True)
class Picture:
    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, kw_only=True)
class Heading:
    """`address`: whole, the one to remember; `listing`: its oEmbed; `feeds`: what follows this page."""

    address: str
    kind: str
    picture: Picture
    listing: str
    feeds: Sequence[Link]
    data: SafeString


def heading(*, page: Page, request: HttpRequest, network: NetworkSettings) -> Heading | None:
    """None for a page that nobody may come back to: a draft's preview."""
    path = page.get_url(request=request)
    if not path or not page.live or getattr(request, "is_preview", False):
        return None
    number = request.GET.get("page", "")
    address = f"{settings.SITE_URL}{path}" + (f"?page={number}" if number.isdecimal() and number != "1" else "")
    picture = _picture(page)
    return Heading(
        address=address,
        kind="website" if page.depth <= 3 else "article",
        picture=picture,
        listing=f"{settings.SITE_URL}{reverse('website:oembed')}?{urlencode({'url': f'{settings.SITE_URL}{path}'})}",
        feeds=_feeds(page),
        data=_script(_described(page, address=address, picture=picture, network=network)),
    )


def _feeds(page: Page) -> list[Link]:
    if not isinstance(page, ThemePage):
        return []
    return [Link(label=f"Ressources : {page.title}", url=f"/flux/ressources.xml?thematique={page.slug}")]


def _picture(page: Page) -> Picture:
    """Its own; else one that says its title."""
    cover = getattr(page, "cover_image", None)
    try:
        shown = cover.get_rendition(_SHOWN) if cover is not None else None
    except (SourceImageIOError, OSError):
        shown = None
    if cover is None or shown is None:
        path = reverse("website:picture", args=[page.translation_key])
        return Picture(url=f"{settings.SITE_URL}{path}", width=WIDTH, height=HEIGHT, alt=page.title)
    url = shown.url if shown.url.startswith("http") else f"{settings.SITE_URL}{shown.url}"
    return Picture(url=url, width=shown.width, height=shown.height, alt=cover.alt_text)


def _described(page: Page, *, address: str, picture: Picture, network: NetworkSettings) -> list[dict[str, Any]]:
    publisher = {
        "@type": "Organization",
        "name": network.publisher,
        "url": f"{settings.SITE_URL}/",
    }
    said: dict[str, Any] = {"name": page.title, "url": address, "inLanguage": "fr", "image": picture.url}
    if description := getattr(page, "meta_description", ""):
        said["description"] = description
    if isinstance(page, EventPage):
        return [{"@context": _SCHEMA, "@type": "Event", **said, **_event(page)}]
    if isinstance(page, ResourcePage | NewsPage):
        kind = "NewsArticle" if isinstance(page, NewsPage) else "Article"
        return [
            {
                "@context": _SCHEMA,
                "@type": kind,
                "headline": page.title[:110],
                **said,
                **_article(page),
                "publisher": publisher,
            }
        ]
    if page.depth == 2:
        return [{"@context": _SCHEMA, "@type": "WebSite", **said, "name": network.name, "publisher": publisher}]
    return []


def _event(event: EventPage) -> dict[str, Any]:
    """https://schema.org/Event: the clock is that of the place."""
    mode = "Mixed" if event.is_online and event.place else "Online" if event.is_online else "Offline"
    found: dict[str, Any] = {
        "startDate": event.first_day.isoformat() if event.all_day else event.local_start.isoformat(),
        "endDate": event.last_day.isoformat() if event.all_day else event.local_end.isoformat(),
        "eventStatus": f"{_SCHEMA}/{'EventCancelled' if event.is_cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"{_SCHEMA}/{mode}EventAttendanceMode",
    }
    places: list[dict[str, Any]] = []
    if event.place:
        places.append({"@type": "Place", "name": event.place, "address": event.place})
    if event.is_online:
        places.append(
            {"@type": "VirtualLocation", "url": event.video_url or event.registration_url or event.website_url}
        )
    if places:
        found["location"] = places
    if event.organiser_label:
        found["organizer"] = {"@type": "Organization", "name": event.organiser_label}
    return found


def _article(page: Any) -> dict[str, Any]:
    """Institutions only: who is credited in person stays on the page."""
    found: dict[str, Any] = {}
    if page.first_published_at:
        found["datePublished"] = page.first_published_at.isoformat()
    if page.last_published_at:
        found["dateModified"] = page.last_published_at.isoformat()
    author = getattr(page, "contributor", None) or getattr(page, "partner", None)
    if author is not None:
        found["author"] = {"@type": "Organization", "name": author.name}
    licence = getattr(page, "licence", "")
    if licence and Licence(licence).url:
        found["license"] = Licence(licence).url
    return found


def _script(data: list[dict[str, Any]]) -> SafeString:
    text = json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False) if data else ""
    return mark_safe(text.translate(_UNSAFE))  # noqa: S308 - nothing in it can end the script it stands in

"""What a page tells machines of itself: search engines, and whoever shows a link to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from commun.cms.api import NetworkSettings
from commun.common.signing import keyed_hash
from commun.library.api import ThemePage
from commun.website.linked_data import describe, script
from commun.website.open.picture import HEIGHT, WIDTH
from commun.website.types import Frame, Link

_SHOWN = "fill-1200x630-c75"  # the shape that shared links have
_LONGEST = 160  # of the words of a drawn picture


@dataclass(frozen=True, kw_only=True)
class Picture:
    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, kw_only=True)
class Heading:
    """`address`: whole, the one to remember; `listing`: its oEmbed, where it has one; `feeds`: what follows this page;
    `data`: what it is, in linked data."""

    address: str
    kind: str
    title: str
    picture: Picture
    listing: str = ""
    feeds: Sequence[Link] = ()
    data: SafeString | None = None


def heading(*, page: Page, request: HttpRequest, network: NetworkSettings) -> Heading | None:
    """Of a page of the tree. None where nobody may come back to it: a draft's preview."""
    path = page.get_url(request=request)
    if not path or not page.live or getattr(request, "is_preview", False):
        return None
    address, picture = _address(path, request=request), _picture(page)
    specific: Any = page
    return Heading(
        address=address,
        kind="website" if page.depth <= 3 else "article",
        title=specific.meta_title,
        picture=picture,
        listing=f"{settings.SITE_URL}{reverse('website:oembed')}?{urlencode({'url': f'{settings.SITE_URL}{path}'})}",
        feeds=_feeds(page),
        data=script(describe(page, address=address, picture=picture.url, network=network)),
    )


def heading_of_view(*, title: str, request: HttpRequest, frame: Frame) -> Heading:
    """Of a page that a room makes. Its picture says its title and the section it is of."""
    section = next((link.label for link in (*frame.menu, *frame.legal) if link.inside and not link.current), "")
    asked = {"titre": title[:_LONGEST], "rubrique": section}
    path = reverse("website:picture_of_view", args=[seal_of_picture(title=asked["titre"], section=section)])
    url = f"{settings.SITE_URL}{path}?{urlencode(asked)}"
    return Heading(
        address=_address(request.path, request=request),
        kind="website",
        title=title,
        picture=Picture(url=url, width=WIDTH, height=HEIGHT, alt=title),
    )


def seal_of_picture(*, title: str, section: str) -> str:
    """Without it, anybody would have the network say anything."""
    return keyed_hash(purpose="website.picture", value=f"{section}\n{title}")[:32]


def _address(path: str, *, request: HttpRequest) -> str:
    number = request.GET.get("page", "")
    return f"{settings.SITE_URL}{path}" + (f"?page={number}" if number.isdecimal() and number != "1" else "")


def _feeds(page: Page) -> list[Link]:
    if not isinstance(page, ThemePage):
        return []
    feeds = (("Ressources", "resource_feed"), ("Actualités", "news_feed"), ("La lettre", "letter_feed"))
    return [
        Link(label=f"{what} : {page.title}", url=f"{reverse(f'website:{name}')}?thematique={page.slug}")
        for what, name in feeds
    ]


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

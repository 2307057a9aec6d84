"""The map of the site: sections, the latest pages of each, and ways into the rest. As long with ten pages as with ten
thousand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from commun.cms.api import site_of
from commun.common.memory import remember
from commun.library.api import ResourceKind
from commun.website.dates import VIEWS
from commun.website.selectors import get_frame
from commun.website.types import Link

SHOWN = 12
_KINDS = tuple(kind for kind in ResourceKind if kind != ResourceKind.CONCEPT)
# What leads into a section otherwise than page by page.
_WAYS = {
    "ressources": [(f"Type : {kind.label.lower()}", f"?type={kind.value}") for kind in _KINDS],
    "agenda": [(label, f"?vue={view}") for view, label in VIEWS.items() if view],
}


@dataclass(frozen=True, kw_only=True)
class Section:
    """`ways`: other ways in. `pages`: the latest; `total`, how many there are."""

    link: Link
    ways: Sequence[Link]
    pages: Sequence[Link]
    total: int

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.pages)


@dataclass(frozen=True, kw_only=True)
class SiteMap:
    sections: Sequence[Section]
    views: Sequence[Link]
    legal: Sequence[Link]
    feeds: Sequence[Link]


def site_map(*, request: HttpRequest) -> SiteMap:
    sections = remember(request=request, key="site-map", compute=lambda: _sections(request=request))
    frame = get_frame(request=request)
    shown = {section.link.url for section in sections}
    views = [link for link in frame.menu if link.url not in shown]
    views += [Link(label=label, url=url) for label, url in _VIEWS if url]
    return SiteMap(sections=sections, views=views, legal=frame.legal, feeds=feeds())


_VIEWS = (
    ("S’abonner à la lettre", "/abonnement/"),
    ("Rechercher sur le site", "/recherche/"),
    ("Le réseau en nombres", "/reseau/"),
    ("Où en sommes-nous ensemble ?", "/ensemble/"),
    ("Mon espace", "/mon-espace/"),
)


def feeds() -> list[Link]:
    """What news readers and calendars follow."""
    return [
        Link(label="Nouvelles ressources (Atom)", url=reverse("website:resource_feed")),
        Link(label="Actualités des partenaires (Atom)", url=reverse("website:news_feed")),
        Link(label="Numéros de la lettre (Atom)", url=reverse("website:letter_feed")),
        Link(label="Agenda (pour votre agenda)", url=reverse("agenda:calendar")),
    ]


def _sections(*, request: HttpRequest) -> list[Section]:
    site = site_of(request=request)
    tops = site.root_page.get_children().live().in_menu().order_by("path") if site is not None else []
    return [_section(top, request=request) for top in tops]


def _section(top: Page, *, request: HttpRequest) -> Section:
    url = top.get_url(request=request) or "/"
    under = top.get_children().live()
    latest = list(under.order_by(F("first_published_at").desc(nulls_last=True), "-pk")[: SHOWN + 1])
    return Section(
        link=Link(label=top.title, url=url),
        ways=[Link(label=label, url=f"{url}{query}") for label, query in _WAYS.get(top.slug, ())],
        pages=[Link(label=page.title, url=page.get_url(request=request) or "/") for page in latest[:SHOWN]],
        total=under.count() if len(latest) > SHOWN else len(latest),
    )

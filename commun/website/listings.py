"""Lists that pages show, and what the page of a resource shows beside its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page as Paged
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse

from commun.agenda import api as agenda
from commun.cms.api import Licence, on_line
from commun.common.memory import remember
from commun.common.selects import Select
from commun.library import api as library
from commun.territories.api import Organisation, Territory

PAGE_SIZE = 12


def paginate(items: Any, *, query: Mapping[str, str], size: int = PAGE_SIZE) -> Paged[Any]:
    """A page that always exists: an absurd number gives the last."""
    return Paginator(items, size).get_page(query.get("page"))


def theme_select(*, request: HttpRequest, chosen: library.ThemePage | None) -> Select:
    themes = library.published_themes().prefetch_related(None).select_related(None).values_list("slug", "title")
    return Select(
        name="thematique",
        label="Thématique",
        every="Toutes les thématiques",
        choices=remember(request=request, key="theme-choices", compute=lambda: list(themes)),
        chosen=chosen.slug if chosen is not None else "",
    )


def kind_select(*, choices: Sequence[tuple[str, str]], chosen: str | None) -> Select:
    return Select(name="type", label="Type", every="Tous les types", choices=choices, chosen=chosen or "")


@dataclass(frozen=True, kw_only=True)
class NewsList:
    filters: agenda.NewsFilters
    paged: Paged[Any]
    selects: Sequence[Select]

    @property
    def feed(self) -> str:
        query = urlencode(self.filters.params)
        return reverse("website:news_feed") + (f"?{query}" if query else "")


def list_news(*, request: HttpRequest, now: datetime) -> NewsList:
    """Whatever the address says."""
    filters = agenda.read_news_filters(request.GET)
    found = agenda.news(now=now, theme=filters.theme, kind=filters.kind)
    selects = (
        theme_select(request=request, chosen=filters.theme),
        kind_select(choices=agenda.NewsKind.choices, chosen=filters.kind),
    )
    return NewsList(filters=filters, paged=paginate(found, query=request.GET), selects=selects)


@dataclass(frozen=True)
class Reuse:
    """Under what terms a page may be used again, and the line that credits it, ready to copy."""

    licence_url: str
    attribution: str


def reuse_of(page: library.ResourcePage) -> Reuse:
    return _reuse(page=page, title=f"« {page.title} »", shown=page)


def _reuse(*, page: library.ResourcePage, title: str, shown: library.ResourcePage | library.SheetPage) -> Reuse:
    licence = Licence(page.licence) if page.licence else Licence.RESERVED
    author = page.contributor.name if page.contributor is not None else settings.SITE_NAME
    year = f", {page.first_published_at.year}" if page.first_published_at else ""
    address = f"{settings.SITE_URL}{shown.get_url() or '/'}"
    return Reuse(licence.url, f"{title}, {author}{year}, {licence.short}, {address}")


def reuse_of_sheet(sheet: library.SheetPage, *, kit: library.KitPage) -> Reuse:
    """As of its kit, whose rights are its own, under its own name and address."""
    return _reuse(page=kit, title=f"« {sheet.title} », fiche de « {kit.title} »", shown=sheet)


@dataclass(frozen=True)
class ResourceParts:
    themes: Sequence[library.ThemePage]
    territories: Sequence[Territory]
    organisations: Sequence[Organisation]
    documents: Sequence[Any]
    figures: Sequence[Any]
    reuse: Reuse


def resource_parts(*, page: library.ResourcePage) -> ResourceParts:
    return ResourceParts(
        themes=on_line(page.themes.all()),
        territories=list(page.territories.select_related("departement", "epci")),
        organisations=list(page.organisations.select_related("territory__departement", "territory__successor")),
        documents=list(page.documents.select_related("document")),
        figures=list(page.figures.all()) if hasattr(page, "figures") else [],
        reuse=reuse_of(page),
    )

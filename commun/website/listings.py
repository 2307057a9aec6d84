"""Lists that pages show: resources, agenda, search. They read several rooms at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page as Paged
from django.core.paginator import Paginator
from django.http import HttpRequest
from wagtail.models import Page

from commun.agenda import api as agenda
from commun.library import api as library
from commun.territories.api import Organisation, Territory
from commun.website.memory import remember

PAGE_SIZE = 12


def paginate(items: Any, *, query: Mapping[str, str], size: int = PAGE_SIZE) -> Paged[Any]:
    """A page that always exists: an absurd number gives the last."""
    return Paginator(items, size).get_page(query.get("page"))


def _theme_choices(*, request: HttpRequest) -> list[library.ThemePage]:
    bare = library.published_themes().prefetch_related(None).select_related(None)
    return remember(request=request, key="theme-choices", compute=lambda: list(bare))


@dataclass(frozen=True)
class ResourceList:
    page: Paged[Any]
    kinds: Sequence[tuple[str, str]]
    themes: Sequence[library.ThemePage]
    kind: str
    theme: str
    words: str
    total: int

    @property
    def is_filtered(self) -> bool:
        return bool(self.kind or self.theme or self.words)


def list_resources(*, request: HttpRequest) -> ResourceList:
    """Unknown filters are ignored, never an error."""
    query = request.GET
    kinds = [(kind.value, kind.label) for kind in library.ResourceKind if kind != library.ResourceKind.CONCEPT]
    themes = _theme_choices(request=request)
    kind = query.get("type", "") if query.get("type", "") in dict(kinds) else ""
    theme = next((one for one in themes if one.slug == query.get("thematique")), None)
    words = " ".join(query.get("mots", "").replace("\x00", "").split())[:100]
    found = library.resources(theme=theme, kinds=[library.ResourceKind(kind)] if kind else None)
    found = found.prefetch_related(None).prefetch_related("cover_image__renditions", "territories__departement")
    if words:
        ranked = [page.pk for page in library.ResourcePage.objects.live().search(words)[:500]]
        found = found.filter(pk__in=ranked)
    page = paginate(found, query=query)
    return ResourceList(
        page=page,
        kinds=kinds,
        themes=themes,
        kind=kind,
        theme=theme.slug if theme else "",
        words=words,
        total=page.paginator.count,
    )


@dataclass(frozen=True)
class AgendaList:
    events: Sequence[agenda.EventPage]
    past: Paged[Any]
    themes: Sequence[library.ThemePage]
    theme: library.ThemePage | None


def list_agenda(*, request: HttpRequest, now: datetime) -> AgendaList:
    query = request.GET
    themes = _theme_choices(request=request)
    theme = next((one for one in themes if one.slug == query.get("thematique")), None)
    return AgendaList(
        events=list(agenda.events(theme=theme).filter(end__gte=now).prefetch_related(None)),
        past=paginate(agenda.past_events(now=now, theme=theme).prefetch_related(None), query=query, size=9),
        themes=themes,
        theme=theme,
    )


@dataclass(frozen=True)
class ResourceParts:
    themes: Sequence[library.ThemePage]
    territories: Sequence[Territory]
    organisations: Sequence[Organisation]
    documents: Sequence[Any]
    figures: Sequence[Any]


def resource_parts(*, page: library.ResourcePage) -> ResourceParts:
    return ResourceParts(
        themes=list(page.themes.all()),
        territories=list(page.territories.select_related("departement", "epci")),
        organisations=list(page.organisations.select_related("territory__departement", "territory__successor")),
        documents=list(page.documents.select_related("document")),
        figures=list(page.figures.all()) if hasattr(page, "figures") else [],
    )


@dataclass(frozen=True)
class Result:
    page: Page
    kind: str
    summary: str


def search_pages(*, words: str, query: Mapping[str, str]) -> Paged[Any]:
    """Published pages that answer, the closest first; indexes and the home page are not answers."""
    from django.contrib.contenttypes.models import ContentType

    models = [
        library.ThemePage, library.ExperiencePage, library.ArticlePage, library.GuidePage, library.KitPage,
        library.SheetPage, library.ConceptPage, agenda.EventPage, agenda.NewsPage,
    ]  # fmt: skip
    types = ContentType.objects.get_for_models(*models).values()
    pages = Page.objects.live().filter(content_type__in=list(types))
    return paginate(pages.search(words, operator="and"), query=query, size=15)


def as_results(pages: Sequence[Page]) -> list[Result]:
    by_pk: dict[int, Any] = {page.pk: page for page in Page.objects.filter(pk__in=[p.pk for p in pages]).specific()}
    return [
        Result(by_pk[page.pk], by_pk[page.pk]._meta.verbose_name.capitalize(), getattr(by_pk[page.pk], "summary", ""))
        for page in pages
        if page.pk in by_pk
    ]

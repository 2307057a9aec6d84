"""Atom feeds (RFC 4287): what is new, for news readers and for other sites."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import conditional_page, require_safe

from commun.agenda import api as agenda
from commun.cms.api import get_network, on_line
from commun.common import clock
from commun.common.kept import kept
from commun.finding import api as finding
from commun.library import api as library
from commun.newsletters import api as newsletters
from commun.territories.api import Territory, TerritoryKind, get_by_key, places_within
from commun.website import searching

_HOLDS = 30


class _Feed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """Of a feed without entries, always the same: an empty one is not news."""
        return super().latest_post_date() if self.items else datetime(2020, 1, 1, tzinfo=UTC)


@kept(*searching.OF_FEED, "territoire")
@require_safe
@conditional_page
def resources(request: HttpRequest) -> HttpResponse:
    """The latest resources: all, or those that the same address finds in their list (`?thematique=eau&q=puits`), or
    that a place holds (`?territoire=departement:35`)."""
    kinds = library.ResourceKind.values if request.GET.get("type") else searching.RESOURCES.kinds
    scope = replace(searching.RESOURCES, kinds=kinds)
    asked, _ = searching.read_asked(request=request, scope=scope, now=clock.now())
    key = request.GET.get("territoire", "")[:30]
    place = get_by_key(key=key) if key else None
    if not searching.is_known(asked, query=request.GET) or (key and place is None):
        raise Http404("feed")
    within = _within(place) if place is not None else {}
    latest = replace(asked, chosen={**asked.chosen, **within}, order=finding.Order.LATEST)
    keys = [int(one) for one in finding.keys_of(entries=finding.find(latest).found[:_HOLDS])]
    pages = library.resources(kinds=library.ResourceKind).filter(pk__in=keys).prefetch_related(None)
    found = {page.pk: page for page in pages.prefetch_related("themes")}
    return _answer(
        request,
        title=_titled("Ressources", searching.covers(asked, request=request), place.label if place is not None else ""),
        subtitle="Les dernières expériences, guides, articles et kits.",
        page=searching.RESOURCES.address,
        entries=[
            _Item(page, page.first_published_at, on_line(page.themes.all())) for key in keys if (page := found.get(key))
        ],
    )


def _within(place: Territory) -> dict[str, list[str]]:
    """The place, and those that it holds."""
    if place.kind in {TerritoryKind.DEPARTEMENT, TerritoryKind.REGION}:
        return {place.kind: [place.code]}
    return {"place": [one.key for one in places_within(key=place.key)]}


@kept("thematique", "type")
@require_safe
@conditional_page
def news(request: HttpRequest) -> HttpResponse:
    """What was announced last: all, or of a theme, of a kind."""
    filters = agenda.read_news_filters(request.GET)
    if not filters.is_known:
        raise Http404("feed")
    found = agenda.news(now=clock.now(), theme=filters.theme, kind=filters.kind).prefetch_related(None)
    return _answer(
        request,
        title=_titled("Actualités", filters.covers),
        subtitle="Ce qu’annoncent les partenaires du réseau.",
        page="/actualites/",
        entries=[
            _Item(page, _morning(page.date), on_line(page.themes.all()))
            for page in found.prefetch_related("themes")[:_HOLDS]
        ],
    )


@kept("thematique")
@require_safe
@conditional_page
def letter(request: HttpRequest) -> HttpResponse:
    """The last issues: all, or those of a theme."""
    slug = request.GET.get("thematique", "")
    theme = library.theme_at(slug=slug)
    if theme is None and slug:
        raise Http404("feed")
    issues = newsletters.published_issues()
    found = issues.filter(theme=theme) if theme is not None else issues
    return _answer(
        request,
        title=_titled("La lettre", theme.title if theme is not None else ""),
        subtitle="Chaque numéro, quand il paraît.",
        page="/lettre/",
        entries=[_Item(issue, _morning(issue.date), [issue.theme]) for issue in found[:_HOLDS]],
    )


def _titled(what: str, *covered: str) -> str:
    said = ", ".join(filter(None, covered))
    return f"{what} : {said}" if said else what


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


@dataclass(frozen=True)
class _Item:
    page: Any
    at: datetime | None
    themes: Iterable[library.ThemePage]


def _answer(
    request: HttpRequest,
    *,
    title: str,
    subtitle: str,
    page: str,
    entries: Sequence[_Item],
) -> HttpResponse:
    site = settings.SITE_URL
    network = get_network(request=request)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    feed = _Feed(
        title=f"{title} – {settings.SITE_NAME}",
        link=f"{site}{page}{query}",
        description=None,
        subtitle=subtitle,
        language="fr",
        author_name=network.publisher,
        feed_url=f"{site}{request.path}{query}",
    )
    for entry in entries:
        feed.add_item(
            title=entry.page.title,
            link=f"{site}{entry.page.get_url(request=request) or '/'}",
            description=entry.page.summary,
            # Of the page, whatever its address becomes and whatever the site is called.
            unique_id=f"urn:uuid:{entry.page.translation_key}",
            pubdate=entry.at,
            updateddate=entry.page.last_published_at or entry.at,
            categories=[theme.title for theme in entry.themes],
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=900"
    return response

"""Atom feeds (RFC 4287): what is new, for news readers and for other sites."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import conditional_page, require_safe

from commun.agenda import api as agenda
from commun.cms.api import get_network
from commun.common import clock
from commun.common.kept import kept
from commun.library import api as library
from commun.territories.api import get_by_key, places_within

_HOLDS = 30


class _Feed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """Of a feed without entries, always the same: an empty one is not news."""
        return super().latest_post_date() if self.items else datetime(2020, 1, 1, tzinfo=UTC)


@kept("thematique", "type", "territoire")
@require_safe
@conditional_page
def resources(request: HttpRequest) -> HttpResponse:
    """The latest resources: all, or of a theme, of a kind, of a place (`?thematique=eau&territoire=region:53`)."""
    slug, kind = request.GET.get("thematique", "")[:255], request.GET.get("type", "")
    theme = library.published_themes().prefetch_related(None).filter(slug=slug).first() if slug else None
    key = request.GET.get("territoire", "")[:30]
    place = get_by_key(key=key) if key else None
    if (slug and theme is None) or (kind and kind not in library.ResourceKind.values) or (key and place is None):
        raise Http404("feed")
    kinds = [library.ResourceKind(kind)] if kind else None
    found = library.resources(theme=theme, kinds=kinds).prefetch_related(None).prefetch_related("themes")
    if place is not None:
        found = found.filter(territories__in=places_within(key=key)).distinct()
    said = (theme and theme.title, kind and library.ResourceKind(kind).label, place and place.label)
    covers = ", ".join(str(one) for one in said if one)
    return _answer(
        request,
        title=f"Ressources : {covers}" if covers else "Ressources",
        subtitle="Les dernières expériences, guides, articles et kits.",
        page="/ressources/",
        entries=[(page, page.first_published_at) for page in found[:_HOLDS]],
    )


@kept()
@require_safe
@conditional_page
def news(request: HttpRequest) -> HttpResponse:
    found = agenda.news(now=clock.now()).prefetch_related(None).prefetch_related("themes")[:_HOLDS]
    return _answer(
        request,
        title="Actualités",
        subtitle="Ce qu’annoncent les partenaires du réseau.",
        page="/actualites/",
        entries=[(page, timezone.make_aware(datetime.combine(page.date, time(9)))) for page in found],
    )


def _answer(
    request: HttpRequest,
    *,
    title: str,
    subtitle: str,
    page: str,
    entries: Sequence[tuple[Any, datetime | None]],
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
    for entry, at in entries:
        feed.add_item(
            title=entry.title,
            link=f"{site}{entry.get_url(request=request) or '/'}",
            description=entry.summary,
            # Of the page, whatever its address becomes and whatever the site is called.
            unique_id=f"urn:uuid:{entry.translation_key}",
            pubdate=at,
            updateddate=entry.last_published_at or at,
            categories=[theme.title for theme in entry.themes.all()],
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=900"
    return response

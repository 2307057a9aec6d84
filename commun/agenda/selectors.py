"""Reading the agenda."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from wagtail.models import PageQuerySet

from commun.agenda.models import EventPage, NewsPage
from commun.agenda.types import EventKind, Filters, NewsFilters, NewsKind, Where
from commun.common import french
from commun.library.api import ThemePage, theme_at
from commun.territories.api import TerritoryKind, names_by_code

# What is over stays this long in a calendar somebody subscribed to.
FEED_KEEPS = timedelta(days=92)
FEED_HOLDS = 1000


def read_filters(query: Mapping[str, str]) -> Filters:
    """`?thematique=eau&region=53&ou=en-ligne&type=atelier`: what it does not know is left out, and told."""
    slug, code, where, kind = (query.get(name, "")[:255] for name in ("thematique", "region", "ou", "type"))
    theme = theme_at(slug=slug)
    name = names_by_code(kind=TerritoryKind.REGION).get(code) if code else None
    return Filters(
        theme=theme,
        region=(code, french.name(name)) if name else None,
        where=Where(where) if where in Where.values else None,
        kind=EventKind(kind) if kind in EventKind.values else None,
        is_known=bool(
            (theme or not slug)
            and (name or not code)
            and (where in Where.values or not where)
            and (kind in EventKind.values or not kind)
        ),
    )


def read_news_filters(query: Mapping[str, str]) -> NewsFilters:
    """`?thematique=eau&type=recrutement`: what it does not know is left out, and told."""
    slug, kind = query.get("thematique", ""), query.get("type", "")
    theme = theme_at(slug=slug)
    return NewsFilters(
        theme=theme,
        kind=NewsKind(kind) if kind in NewsKind.values else None,
        is_known=(theme is not None or not slug) and (kind in NewsKind.values or not kind),
    )


def events(*, theme: ThemePage | None = None, filters: Filters | None = None) -> PageQuerySet[EventPage]:
    """Published events, the earliest first, as a query set; with what a line of the agenda shows already fetched.

    What happens online alone is in no région.
    """
    filters = filters or Filters(theme=theme)
    found = EventPage.objects.live()
    if filters.theme is not None:
        found = found.filter(themes=filters.theme)
    if filters.region is not None:
        code, _ = filters.region
        here = Q(territory__kind=TerritoryKind.REGION, territory__code=code)
        found = found.filter(here | Q(territory__region__code=code) | Q(territory__successor__region__code=code))
    if filters.where is not None:
        # A meeting in a place that one may also follow from afar is both.
        on_site = Q(is_online=False) | ~Q(place="")
        found = found.filter(Q(is_online=True) if filters.where is Where.ONLINE else on_site)
    if filters.kind is not None:
        found = found.filter(kind=filters.kind)
    return (
        found.select_related("cover_image", "organiser", "territory__departement", "territory__epci")
        .prefetch_related("cover_image__renditions", "themes")
        .order_by("start", "pk")
    )


def upcoming_events(*, now: datetime, theme: ThemePage | None = None, limit: int | None = None) -> list[EventPage]:
    """Published events that are not over, those under way included, the earliest first. Cancelled ones say so."""
    return list(events(theme=theme).filter(end__gte=now)[:limit])


def past_events(*, now: datetime, theme: ThemePage | None = None) -> PageQuerySet[EventPage]:
    """Published events that are over, the latest first, as a query set."""
    return events(theme=theme).filter(end__lt=now).order_by("-start", "-pk")


def feed_events(*, now: datetime, filters: Filters) -> list[EventPage]:
    """What a subscribed calendar holds: the last three months, and what comes: the nearest thousand."""
    found = events(filters=filters).filter(end__gte=now - FEED_KEEPS)
    return list(found.prefetch_related(None).prefetch_related("themes")[:FEED_HOLDS])


def news(*, now: datetime, theme: ThemePage | None = None, kind: NewsKind | None = None) -> PageQuerySet[NewsPage]:
    """Published news already announced, the latest first, as a query set; with what a card shows already fetched."""
    found = NewsPage.objects.live().filter(date__lte=timezone.localdate(now))
    if theme is not None:
        found = found.filter(themes=theme)
    if kind is not None:
        found = found.filter(kind=kind)
    return (
        found.select_related("cover_image", "partner")
        .prefetch_related("cover_image__renditions", "themes")
        .order_by("-date", "-pk")
    )


def recent_news(*, now: datetime, theme: ThemePage | None = None, limit: int | None = None) -> list[NewsPage]:
    """Published news already announced and still of interest, the latest first."""
    today = timezone.localdate(now)
    current = news(now=now, theme=theme).filter(Q(until__isnull=True) | Q(until__gte=today))
    return list(current[:limit])


def next_change(after: datetime) -> datetime | None:
    """The next moment at which an event begins or is over."""
    live = EventPage.objects.live()
    begins = live.filter(start__gt=after).order_by("start").values_list("start", flat=True).first()
    ends = live.filter(end__gte=after).order_by("end").values_list("end", flat=True).first()
    # An event is still to come in the very instant of its end.
    return min((one for one in (begins, ends and ends + timedelta(microseconds=1)) if one is not None), default=None)


def events_together(*, now: datetime) -> list[tuple[datetime, tuple[int, ...]]]:
    """When each past event that several organisations prepared began, and which (primary keys). One query."""
    past = EventPage.objects.live().filter(start__lte=now, is_cancelled=False)
    dates: dict[int, datetime] = {}
    found: dict[int, dict[int, None]] = {}
    shared = past.filter(partners__isnull=False).order_by("pk", "partners")
    for page, at, organiser, partner in shared.values_list("pk", "start", "organiser", "partners"):
        dates[page] = at
        parties = found.setdefault(page, {organiser: None} if organiser is not None else {})
        parties[partner] = None
    return [(dates[page], tuple(parties)) for page, parties in found.items() if len(parties) > 1]

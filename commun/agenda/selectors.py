"""Reading the agenda."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from wagtail.models import PageQuerySet

from commun.agenda.models import EventPage, NewsPage
from commun.library.api import ThemePage

# What is over stays this long in a calendar somebody subscribed to.
FEED_KEEPS = timedelta(days=92)


def events(*, theme: ThemePage | None = None) -> PageQuerySet[EventPage]:
    """Published events, the earliest first, as a query set; with what a line of the agenda shows already fetched."""
    found = EventPage.objects.live()
    if theme is not None:
        found = found.filter(themes=theme)
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


def feed_events(*, now: datetime, theme: ThemePage | None = None) -> list[EventPage]:
    """What a subscribed calendar holds: everything to come, and the last three months."""
    return list(events(theme=theme).filter(end__gte=now - FEED_KEEPS))


def news(*, theme: ThemePage | None = None) -> PageQuerySet[NewsPage]:
    """Published news, the latest first, as a query set; with what a card shows already fetched."""
    found = NewsPage.objects.live()
    if theme is not None:
        found = found.filter(themes=theme)
    return (
        found.select_related("cover_image", "partner")
        .prefetch_related("cover_image__renditions", "themes")
        .order_by("-date", "-pk")
    )


def recent_news(*, now: datetime, theme: ThemePage | None = None, limit: int | None = None) -> list[NewsPage]:
    """Published news already announced and still of interest, the latest first."""
    today = timezone.localdate(now)
    current = news(theme=theme).filter(Q(until__isnull=True) | Q(until__gte=today), date__lte=today)
    return list(current[:limit])

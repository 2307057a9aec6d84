"""What still holds on the day an issue appears: composing proposes nothing else, and the checks refuse it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from commun.agenda.api import EventPage, NewsPage
from commun.newsletters.rendering.dates import written_dates

NEWS_KEEPS = timedelta(days=365)  # older, it is no news
NEWS_FRESH = timedelta(days=120)  # two issues: what composing takes by itself


def news_ends(page: NewsPage) -> date | None:
    """Its last day: what its partner said, else the last date it announces, as understood the day it came out."""
    said: Any = page.until
    meant = [written.next_after(page.date) for written in written_dates(page.when)]
    return said or max((day for day in meant if day), default=None)


def is_current_news(page: NewsPage, *, day: date) -> bool:
    ends = news_ends(page)
    return page.date >= day - NEWS_FRESH and (ends is None or ends >= day)


def is_current_event(page: EventPage, *, day: date) -> bool:
    return page.last_day >= day and not page.is_cancelled

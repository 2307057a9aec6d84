"""While somebody types an event: those on the same days whose titles look alike."""

from __future__ import annotations

from datetime import datetime, timedelta

from wagtail.models import PageQuerySet

from commun.agenda.api import EventPage, events
from commun.finding.analysis import roots_in

MOST = 3
_ENOUGH = 0.25  # of the words of both titles
_LOOKED_AT = 300


def alike_events(
    *, title: str, start: datetime, end: datetime | None, among: PageQuerySet[EventPage] | None = None
) -> list[EventPage]:
    """At most three, the closest first. `among`: those of the agenda, unless others are named. One query: its days, and
    a day on either side."""
    roots = frozenset(roots_in(title))
    if not roots:
        return []
    first, last = start - timedelta(days=1), (end or start) + timedelta(days=1)
    pages = events() if among is None else among
    found = []
    for page in pages.filter(start__lte=last, end__gte=first).prefetch_related(None)[:_LOOKED_AT]:
        theirs = frozenset(roots_in(page.title))
        score = len(roots & theirs) / len(roots | theirs)
        if score >= _ENOUGH:
            found.append((score, page))
    return [page for _, page in sorted(found, key=lambda one: (-one[0], one[1].start, one[1].pk))[:MOST]]

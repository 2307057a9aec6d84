"""A page to confirm, and one of which a reader says something."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from hashlib import sha256

from django.utils import timezone

from commun.demo.content import freshness as content
from commun.demo.content.markup import to_text
from commun.demo.content.shapes import Entry
from commun.demo.services.shelf import Shelf
from commun.freshness import api


def looked_at_on(*, entry: Entry, now: datetime) -> date:
    """Within the year, on a day of its own; for one of them, as long ago as its text says."""
    if entry.slug == content.STALE:
        return entry.reviewed
    days = 20 + int(sha256(entry.slug.encode()).hexdigest()[:4], 16) % 300
    return max(entry.reviewed, timezone.localdate(now) - timedelta(days=days))


def load_freshness(*, shelf: Shelf, now: datetime) -> None:
    """Once: what the team answered since is left alone."""
    page = shelf.pages[content.REPORTED]
    if api.has_reports(page_id=page.pk):
        return
    at = now - timedelta(days=content.REPORTED_DAYS_AGO)
    api.report(page=page, kind=content.REPORT_KIND, text=to_text(content.REPORT), address="", now=at)

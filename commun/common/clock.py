"""The one place that reads the wall clock, so that tests can hold it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Aware UTC date and time."""
    return timezone.now()


def today() -> date:
    """Today in the site's own time zone (Europe/Paris)."""
    return timezone.localdate()

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


def database_now() -> datetime:
    """The database's own instant, aware: one clock for all machines. Inside a transaction it goes on moving."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Not CURRENT_TIMESTAMP, which is when the transaction began: maybe long before a lock was granted.
            cursor.execute("SELECT CLOCK_TIMESTAMP()")
            return cursor.fetchone()[0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT STRFTIME('%Y-%m-%dT%H:%M:%f+00:00', 'NOW')")
        return datetime.fromisoformat(cursor.fetchone()[0])

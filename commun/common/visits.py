"""Visits of public pages, by path and day. No cookie, no address, nothing that follows anybody.

Counted in the memory of each process and written down together every minute or so: a process that is killed loses what
it had not written, and no page waits for a count.
"""

from __future__ import annotations

import atexit
import logging
import re
import threading
import time
from collections import Counter
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection, models
from django.http import HttpRequest
from django.utils import timezone

from commun.common import clock

KEPT = timedelta(days=3 * 366)
_LONGEST = 300
_MOST = 2000  # paths that wait to be written
_ROBOTS = re.compile(
    r"bot|crawl|spider|slurp|preview|fetch|scan|monitor|check|curl|wget|python|java/|go-http|headless|lighthouse|feed|"
    r"index|archiver|facebookexternal|whatsapp|http",
    re.IGNORECASE,
)
logger = logging.getLogger("commun.visits")


class _Waiting:
    """What this process has counted and not written."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._visits: Counter[tuple[str, date]] = Counter()
        self._written_at = time.monotonic()

    def add(self, path: str, day: date) -> None:
        with self._lock:
            self._visits[path, day] += 1

    @property
    def is_due(self) -> bool:
        since, every = time.monotonic() - self._written_at, settings.VISITS_WRITTEN_SECONDS
        return bool(every) and (len(self._visits) > _MOST or since > every)

    def take(self) -> list[tuple[str, date, int]]:
        """In one order: two processes that write the same pages wait for each other in turn."""
        with self._lock:
            taken = sorted((path, day, number) for (path, day), number in self._visits.items())
            self._visits.clear()
            self._written_at = time.monotonic()
        return taken


_waiting = _Waiting()


def count(request: HttpRequest) -> None:
    """A page was shown. Programs say what they are, or nothing; what a browser fetches ahead is not read yet."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    ahead = f"{request.META.get('HTTP_SEC_PURPOSE', '')}{request.META.get('HTTP_PURPOSE', '')}"
    path = request.path_info
    if request.method != "GET" or len(path) > _LONGEST or "prefetch" in ahead:
        return
    if not agent or _ROBOTS.search(agent):
        return
    _waiting.add(path, clock.today())
    if _waiting.is_due:
        write()


def write() -> int:
    """What waits is written down. How many pages."""
    rows = _waiting.take()
    if not rows:
        return 0
    from commun.common.models import Visit

    table = Visit._meta.db_table
    marks = ", ".join(["(%s, %s, %s)"] * len(rows))
    values = [value for row in rows for value in row]
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (path, day, visits) VALUES {marks} "  # noqa: S608 (our own table, and marks)
                f"ON CONFLICT (path, day) DO UPDATE SET visits = {table}.visits + excluded.visits",
                values,
            )
    except DatabaseError as error:
        logger.warning("visits lost pages=%s error=%s", len(rows), type(error).__name__)
        return 0
    return len(rows)


def of(*, paths: list[str], since: date) -> dict[str, int]:
    """Visits of these pages since that day, by path; of a page without any, nothing."""
    from commun.common.models import Visit

    found = Visit.objects.filter(path__in=paths, day__gte=since).values("path").annotate(n=models.Sum("visits"))
    return {row["path"]: row["n"] for row in found}


def by_day(*, path: str, since: date, until: date) -> dict[date, int]:
    """Visits of one page, from the first day to the last; a day without any is not there."""
    from commun.common.models import Visit

    found = Visit.objects.filter(path=path, day__gte=since, day__lte=until)
    return dict(found.order_by("day").values_list("day", "visits"))


def most_visited(*, since: date, most: int = 20) -> list[tuple[str, int]]:
    """Paths and their visits since that day, the most visited first."""
    from commun.common.models import Visit

    found = Visit.objects.filter(day__gte=since).values("path").annotate(n=models.Sum("visits"))
    return [(row["path"], row["n"]) for row in found.order_by("-n", "path")[:most]]


def forget_old(*, now: datetime) -> int:
    """Periodic: counts of more than three years."""
    from commun.common.models import Visit

    return Visit.objects.filter(day__lt=timezone.localdate(now - KEPT)).delete()[0]


def _write_last() -> None:
    if settings.VISITS_WRITTEN_SECONDS:
        write()


atexit.register(_write_last)

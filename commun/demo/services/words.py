"""From the content's small markup to what our pages hold."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from commun.demo.content.markup import to_html, to_text
from commun.demo.content.shapes import Later, When

PARIS = ZoneInfo("Europe/Paris")
Body = list[tuple[str, Any]]


def body_of(source: str) -> Body:
    """Headings become heading blocks (they make the page's outline); what stands between them, paragraph blocks."""
    blocks: Body = []
    waiting: list[str] = []

    def flush() -> None:
        if waiting:
            blocks.append(("paragraph", to_html("\n\n".join(waiting))))
            waiting.clear()

    for part in re.split(r"\n\s*\n", source.strip()):
        if part.startswith("## "):
            heading, _, rest = part.partition("\n")
            flush()
            blocks.append(("heading", {"text": to_text(heading[3:]), "level": "h2"}))
            if rest.strip():
                waiting.append(rest)
        elif part.strip():
            waiting.append(part)
    flush()
    return blocks


def day_of(when: When, *, now: datetime) -> date:
    if isinstance(when, Later):
        return when.day(today=timezone.localdate(now))
    return timezone.localdate(when) if isinstance(when, datetime) else when


def morning_of(day: date) -> datetime:
    return datetime.combine(day, time(9, 0), tzinfo=PARIS)


def span_of(start: datetime | Later, end: datetime | Later, *, now: datetime) -> tuple[datetime, datetime]:
    """The two instants of an event. An end told from the day of loading follows the start wherever it was moved."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        return start, end
    if isinstance(start, Later) and isinstance(end, Later):
        first = day_of(start, now=now)
        last = first + timedelta(days=end.days - start.days)
        return datetime.combine(first, start.at, tzinfo=PARIS), datetime.combine(last, end.at, tzinfo=PARIS)
    raise TypeError("an event starts and ends in the same way: both dates, or both told from today")

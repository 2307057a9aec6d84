"""The editorial calendar as a year: what each month holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q
from django.utils import timezone

from commun.agenda.api import EventPage
from commun.common import french
from commun.newsletters.models import IssuePage
from commun.newsletters.types import IssueState
from commun.votes.api import Vote, VoteState

MONTHS = 12
AHEAD = 36  # months in which a theme may be put: nobody plans further


@dataclass(kw_only=True)
class Month:
    """`first`: its first day. `calls` and `votes` are (day, what happens, name), by day; `events`: how many begin."""

    first: date
    themes: list[Any] = field(default_factory=list)
    issues: list[tuple[IssuePage, IssueState]] = field(default_factory=list)
    calls: list[tuple[date, str]] = field(default_factory=list)
    votes: list[tuple[date, str, Vote]] = field(default_factory=list)
    events: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.themes or self.issues or self.calls or self.votes or self.events)


def month_after(first: date, number: int) -> date:
    """The first day of the month that many later (or earlier)."""
    months = first.year * 12 + first.month - 1 + number
    return date(months // 12, months % 12 + 1, 1)


def months_to_choose(*, first: date) -> Sequence[tuple[int, list[tuple[str, str]]]]:
    """From that month on, by year: (year, [(« 2027-03 », « mars 2027 »)])."""
    found: dict[int, list[tuple[str, str]]] = {}
    for number in range(AHEAD):
        month = month_after(first, number)
        found.setdefault(month.year, []).append((month.isoformat()[:7], french.month(month)))
    return list(found.items())


def year_from(*, first: date, themes: Iterable[Any], issues: Iterable[tuple[IssuePage, IssueState]]) -> Sequence[Month]:
    """Twelve months from that of `first`. `themes`: entries of `library`'s calendar; two queries of its own."""
    months = {month_after(first, number): Month(first=month_after(first, number)) for number in range(MONTHS)}

    def month_of(day: date | None) -> Month | None:
        return months.get(day.replace(day=1)) if day else None

    for entry in themes:
        if (month := month_of(entry.planned_month)) is not None:
            month.themes.append(entry)
        if (month := month_of(entry.call_until)) is not None:
            month.calls.append((entry.call_until, entry.theme.title))
    for issue, state in issues:
        if (month := month_of(issue.date)) is not None:
            month.issues.append((issue, state))
    for day, what, vote in _votes(first=first):
        if (month := month_of(day)) is not None:
            month.votes.append((day, what, vote))
    for day, number in _events(first=first).items():
        months[day].events = number
    for month in months.values():
        month.calls.sort()
        month.votes.sort(key=lambda one: one[0])
    return list(months.values())


def _span(first: date) -> tuple[datetime, datetime]:
    zone = timezone.get_current_timezone()
    ends = month_after(first, MONTHS)
    return datetime.combine(first.replace(day=1), time(), zone), datetime.combine(ends, time(), zone)


def _votes(*, first: date) -> Iterable[tuple[date, str, Vote]]:
    begins, ends = _span(first)
    within = Q(opens_at__gte=begins, opens_at__lt=ends) | Q(closes_at__gte=begins, closes_at__lt=ends)
    for vote in Vote.objects.filter(within).exclude(state__in=[VoteState.DRAFT, VoteState.CANCELLED]):
        yield timezone.localdate(vote.opens_at), "ouverture", vote
        yield timezone.localdate(vote.closes_at), "clôture", vote


def _events(*, first: date) -> Counter[date]:
    begins, ends = _span(first)
    starts = EventPage.objects.live().filter(start__gte=begins, start__lt=ends).values_list("start", flat=True)
    return Counter(timezone.localdate(start).replace(day=1) for start in starts)

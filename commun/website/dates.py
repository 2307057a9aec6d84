"""The agenda as its address asks for it: what comes, a month as a table, or what is over; narrowed by a few filters."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page as Paged
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from commun.agenda import api as agenda
from commun.common import french
from commun.common.memory import remember
from commun.common.selects import Select
from commun.territories.api import TerritoryKind, names_by_code
from commun.website.listings import kind_select, paginate, theme_select

PAGE_SIZE = 20
_A_DAY = 4  # events of a day that a month shows
_MOST = 800  # events of a month that are read
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_DAY = re.compile(r"20\d\d-\d\d-\d\d")
VIEWS = {"": "À venir", "mois": "Mois par mois", "passes": "Passés"}


@dataclass(frozen=True, kw_only=True)
class Day:
    """A cell: `more`, how many events are not shown."""

    on: date
    events: Sequence[agenda.EventPage]
    more: int
    outside: bool
    is_today: bool

    @property
    def number(self) -> str:
        return french.short_day(self.on).split()[0]

    @property
    def iso(self) -> str:
        return self.on.isoformat()


@dataclass(frozen=True, kw_only=True)
class Month:
    """`weeks` of seven days, from Monday."""

    first: date
    weeks: Sequence[Sequence[Day]]
    count: int

    @property
    def name(self) -> str:
        return self.first.isoformat()[:7]

    @property
    def before(self) -> str:
        return (self.first - timedelta(days=1)).isoformat()[:7]

    @property
    def after(self) -> str:
        return (self.first + timedelta(days=31)).isoformat()[:7]


@dataclass(frozen=True, kw_only=True)
class AgendaList:
    view: str
    filters: agenda.Filters
    selects: Sequence[Select]
    paged: Paged[Any] | None
    month: Month | None
    day: date | None

    views = tuple(VIEWS.items())

    @property
    def is_past(self) -> bool:
        return self.view == "passes"

    @property
    def feed_path(self) -> str:
        query = urlencode(self.filters.params)
        return reverse("agenda:calendar") + (f"?{query}" if query else "")

    @property
    def feed_url(self) -> str:
        """To be copied: whole."""
        return settings.SITE_URL + self.feed_path

    @property
    def subscribe_url(self) -> str:
        """What calendars on telephones and computers open (`webcal:`)."""
        return f"webcal://{self.feed_url.partition('://')[2]}"


def list_agenda(*, request: HttpRequest, now: datetime) -> AgendaList:
    """Whatever the address says: what it does not know is ignored."""
    query = request.GET
    filters = agenda.read_filters(query)
    view = query.get("vue", "") if query.get("vue") in VIEWS else ""
    day = _day(query.get("jour", ""))
    # A line of the agenda shows the event alone.
    found = agenda.events(filters=filters).prefetch_related(None).select_related(None).defer("body")
    month = _month(query.get("mois", ""), found=found, now=now) if view == "mois" else None
    paged = None
    if view == "passes":
        paged = paginate(found.filter(end__lt=now).order_by("-start", "-pk"), query=query, size=PAGE_SIZE)
    elif day is not None:
        # Days are those of each event's own clock: Papeete's afternoon is Paris's night.
        wide = _around(found, first=day - timedelta(days=1), last=day + timedelta(days=1))[:_MOST]
        paged = paginate([one for one in wide if one.first_day <= day <= one.last_day], query=query, size=PAGE_SIZE)
    elif month is None:
        paged = paginate(found.filter(end__gte=now), query=query, size=PAGE_SIZE)
    return AgendaList(
        view=view,
        filters=filters,
        selects=_selects(filters, request=request),
        paged=paged,
        month=month,
        day=day if view == "" else None,
    )


def title_of(title: str, *, query: Mapping[str, str]) -> str:
    """What the window is called: each month and each day has its own."""
    day = _day(query.get("jour", ""))
    named = _MONTH.fullmatch(query.get("mois", "")) if query.get("vue") == "mois" else None
    if named:
        return f"{title}, {french.month(date(int(named[1]), int(named[2]), 1))}"
    if query.get("vue") == "passes":
        return f"{title}, rendez-vous passés"
    return f"{title}, {french.weekday(day)}" if day is not None and not query.get("vue") else title


def _selects(filters: agenda.Filters, *, request: HttpRequest) -> Sequence[Select]:
    return (
        theme_select(request=request, chosen=filters.theme),
        Select(
            name="region",
            label="Région",
            every="Toutes les régions",
            choices=[(code, french.name(name)) for code, name in _regions(request=request).items()],
            chosen=filters.region[0] if filters.region else "",
        ),
        Select(
            name="ou",
            label="Sur place ou à distance",
            every="Les deux",
            choices=agenda.Where.choices,
            chosen=filters.where or "",
        ),
        kind_select(choices=agenda.EventKind.choices, chosen=filters.kind),
    )


def _regions(*, request: HttpRequest) -> dict[str, str]:
    return remember(
        request=request, key=f"places:{TerritoryKind.REGION}", compute=lambda: names_by_code(kind=TerritoryKind.REGION)
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _around(found: QuerySet[agenda.EventPage], *, first: date, last: date) -> QuerySet[agenda.EventPage]:
    start = timezone.make_aware(datetime.combine(first, time.min))
    end = timezone.make_aware(datetime.combine(last, time.max))
    return found.filter(end__gte=start, start__lte=end)


def _month(text: str, *, found: QuerySet[agenda.EventPage], now: datetime) -> Month:
    today = timezone.localdate(now)
    named = _MONTH.fullmatch(text)
    first = date(int(named[1]), int(named[2]), 1) if named else today.replace(day=1)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    start, end = weeks[0][0], weeks[-1][-1]
    by_day: dict[date, list[agenda.EventPage]] = defaultdict(list)
    wide = _around(found, first=start - timedelta(days=1), last=end + timedelta(days=1))[:_MOST]
    of_month = 0
    for event in wide:
        of_month += event.first_day.replace(day=1) <= first <= event.last_day
        day = max(event.first_day, start)
        while day <= min(event.last_day, end):
            by_day[day].append(event)
            day += timedelta(days=1)
    cells = [
        [
            Day(
                on=on,
                events=by_day[on][:_A_DAY],
                more=max(0, len(by_day[on]) - _A_DAY),
                outside=on.month != first.month,
                is_today=on == today,
            )
            for on in week
        ]
        for week in weeks
    ]
    return Month(first=first, weeks=cells, count=of_month)

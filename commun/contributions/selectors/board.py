"""What the next issue still lacks: what is published, drafted and given on its theme; which régions are never heard."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from commun.contributions.models import Contribution
from commun.contributions.types import OPEN, Kind, State
from commun.cooperation.api import needs_waiting
from commun.library.api import CalendarEntry, ResourceKind, ResourcePage, ThemePage, themes_calendar
from commun.territories.api import Territory, TerritoryKind


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One line of the picture and of its table. `share` of the longest, in percent."""

    label: str
    count: int
    share: int


@dataclass(frozen=True, kw_only=True)
class Board:
    """`entry` is None when no theme is planned from this month on. `given` counts open contributions of the theme."""

    entry: CalendarEntry | None
    kinds: list[Bar]
    given: dict[Kind, int]
    needs_to_read: int
    needs_without_answer: int
    regions: list[Bar]
    calendar: list[CalendarEntry]


def next_theme(*, calendar: list[CalendarEntry], today: date) -> CalendarEntry | None:
    """The theme being prepared: the first whose month is this one or later."""
    month = today.replace(day=1)
    return next((entry for entry in calendar if entry.planned_month and entry.planned_month >= month), None)


def read_board(*, today: date) -> Board:
    calendar = themes_calendar()
    entry = next_theme(calendar=calendar, today=today)
    counts = entry.counts if entry else {}
    opened = Contribution.objects.filter(state__in=OPEN)
    return Board(
        entry=entry,
        kinds=_bars([(kind.label, counts.get(kind, 0)) for kind in ResourceKind]),
        given=_given(theme=entry.theme) if entry else {},
        needs_to_read=opened.filter(kind=Kind.NEED).count(),
        needs_without_answer=needs_waiting()[0],
        regions=_regions(),
        calendar=[one for one in calendar if one.planned_month and one.planned_month >= today.replace(day=1)],
    )


def _given(*, theme: ThemePage) -> dict[Kind, int]:
    rows = Contribution.objects.filter(state__in=[*OPEN, State.ACCEPTED], theme=theme)
    found = dict(rows.order_by().values_list("kind").annotate(number=Count("pk")))
    return {kind: found.get(kind.value, 0) for kind in Kind}


def _regions() -> list[Bar]:
    """Published resources by région of the places they speak of, the least heard first; a région never heard has 0."""
    regions = dict(Territory.objects.filter(kind=TerritoryKind.REGION, obsolete=False).values_list("pk", "name"))
    heard: Counter[int] = Counter()
    places = ResourcePage.objects.live().filter(territories__isnull=False).order_by()
    for own, region, number in places.values_list("territories", "territories__region").annotate(number=Count("pk")):
        heard[own if own in regions else region] += number
    return _bars(sorted(((name, heard[pk]) for pk, name in regions.items()), key=lambda one: (one[1], one[0])))


def _bars(counts: list[tuple[str, int]]) -> list[Bar]:
    most = max((number for _, number in counts), default=0) or 1
    return [Bar(label=label, count=number, share=number * 100 // most) for label, number in counts]

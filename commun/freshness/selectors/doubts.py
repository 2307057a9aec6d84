"""What one should know of pages before a letter sends people there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from commun.freshness.models import Link, LinkPlace, Report, Watch
from commun.freshness.types import LinkState, PageState, ReportState


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """`state`: "asked", "changed" or "over", "" where nobody doubts it; `reports` that wait; `dead` addresses on it."""

    state: str = ""
    reports: int = 0
    dead: tuple[str, ...] = ()


def doubts_about(*, page_ids: Collection[int]) -> dict[int, Doubt]:
    """Of these pages, those one should look at. Three queries."""
    states = dict(Watch.objects.filter(page__in=page_ids).exclude(state=PageState.TRUE).values_list("page", "state"))
    reports: dict[int, int] = defaultdict(int)
    for pk in Report.objects.filter(page__in=page_ids, state=ReportState.NEW).values_list("page", flat=True):
        if pk is not None:
            reports[pk] += 1
    dead: dict[int, list[str]] = defaultdict(list)
    places = LinkPlace.objects.filter(page__in=page_ids, link__state=LinkState.DEAD).order_by("link__url")
    for pk, url in places.values_list("page", "link__url"):
        dead[pk].append(url)
    found = states.keys() | reports.keys() | dead.keys()
    return {pk: Doubt(state=states.get(pk, ""), reports=reports[pk], dead=tuple(dead[pk])) for pk in found}


def has_reports(*, page_id: int) -> bool:
    """Whether anybody ever reported something about this page."""
    return Report.objects.filter(page=page_id).exists()


def dead_among(*, urls: Collection[str]) -> set[str]:
    """Of these addresses, those that are known to lead nowhere."""
    return set(Link.objects.filter(url__in=urls, state=LinkState.DEAD).values_list("url", flat=True))

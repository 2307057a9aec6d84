"""What must be looked at, one entry a page, the most urgent first: a reader waits, somebody says that it changed, links
lead nowhere, nobody knows any more."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet, Value
from wagtail.models import Page

from commun.accounts.models import User
from commun.freshness.exceptions import NotYours
from commun.freshness.models import Link, LinkPlace, Report, Watch
from commun.freshness.types import Asked, LinkState, PageState, ReportState

KEEP_TRUE = "freshness.keep_true"
SHOWN = 100


@dataclass(kw_only=True)
class Entry:
    """One page. `since`: of what has waited longest."""

    page: Page
    since: datetime
    reports: int = 0
    said: str = ""  # what whoever was asked answered
    dead: int = 0
    is_stale: bool = False


@dataclass(frozen=True, kw_only=True)
class Board:
    entries: list[Entry]
    total: int  # pages, shown or not
    counts: dict[str, int]


def read_board(*, user: User, heap: str = "") -> Board:
    """`heap`: one kind of reason alone. Raises `NotYours`."""
    _require(user)
    waiting = _waiting()
    counts = Counter(reason for found in waiting.values() for reason in found)
    chosen = {pk: found for pk, found in waiting.items() if not heap or heap in found}
    order = sorted(chosen, key=lambda pk: _urgency(chosen[pk]))
    pages = Page.objects.in_bulk(order[:SHOWN])
    entries = [_entry(pages[pk], chosen[pk]) for pk in order[:SHOWN] if pk in pages]
    return Board(entries=entries, total=len(chosen), counts=counts)


def pages_waiting() -> tuple[int, datetime | None]:
    """How many pages, and since when the oldest."""
    waiting = _waiting()
    oldest = min((since for found in waiting.values() for _, since in found.values()), default=None)
    return len(waiting), oldest


def _urgency(found: dict[str, tuple[int, datetime]]) -> tuple[int, datetime]:
    return min(_RANKS[one] for one in found), min(since for _, since in found.values())


_RANKS = {"reports": 0, "over": 1, "changed": 1, "dead": 2, "stale": 3}
_Found = dict[int, dict[str, tuple[int, datetime]]]  # page → reason → how many, since when


def _waiting() -> _Found:
    """One query, which the menu of every screen asks too."""
    reported = Report.objects.filter(state=ReportState.NEW, page__live=True)
    doubted = Watch.objects.filter(page__live=True).filter(
        Q(state__in=[PageState.CHANGED, PageState.OVER]) | Q(state=PageState.ASKED, asked_of=Asked.TEAM)
    )
    dead = LinkPlace.objects.filter(link__state=LinkState.DEAD, page__live=True)
    rows = _told(reported, reason=Value("reports"), since="received_at").union(
        _told(doubted, reason=F("state"), since="moved_at"),
        _told(dead, reason=Value("dead"), since="link__failing_since"),
    )
    found: _Found = {}
    for page, reason, number, since in rows:
        found.setdefault(page, {})["stale" if reason == PageState.ASKED else reason] = (number, since)
    return found


def _told(rows: QuerySet[Any], *, reason: Any, since: str) -> QuerySet[Any, Any]:
    """(page, reason, how many, since when)"""
    by_page = rows.order_by().annotate(reason=reason).values("page", "reason")
    return by_page.annotate(number=Count("pk"), oldest=Min(since)).values_list("page", "reason", "number", "oldest")


def _entry(page: Page, found: dict[str, tuple[int, datetime]]) -> Entry:
    entry = Entry(page=page, since=min(since for _, since in found.values()))
    entry.reports = found.get("reports", (0, None))[0]
    entry.dead = found.get("dead", (0, None))[0]
    entry.is_stale = "stale" in found
    entry.said = next((reason for reason in ("over", "changed") if reason in found), "")
    return entry


@dataclass(frozen=True, kw_only=True)
class Detail:
    """All that is known of one page."""

    page: Page
    watch: Watch | None
    reports: list[Report] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    others: int = 0  # of its links, those that answer or wait


def read_page(*, user: User, page_id: int) -> Detail:
    """Raises `NotYours`, `Page.DoesNotExist`."""
    _require(user)
    page = Page.objects.get(pk=page_id, depth__gt=2)
    links = Link.objects.filter(places__page=page).order_by("-failing_since", "url")
    shown = list(links.filter(state__in=[LinkState.DEAD, LinkState.FAILING, LinkState.LEFT])[:SHOWN])
    return Detail(
        page=page,
        watch=Watch.objects.filter(page=page).first(),
        reports=list(Report.objects.filter(page=page).select_related("answered_by").order_by("-received_at")[:SHOWN]),
        links=shown,
        others=links.count() - len(shown),
    )


def _require(user: User) -> None:
    if not user.has_perm(KEEP_TRUE):
        raise NotYours

"""What must be looked at, one entry a page, the most urgent first: a reader waits, somebody says that it changed, links
lead nowhere, nobody knows any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Min
from wagtail.models import Page

from commun.accounts.models import User
from commun.freshness.exceptions import NotYours
from commun.freshness.models import Link, LinkPlace, Report, Watch
from commun.freshness.types import Asked, LinkState, PageState, ReportState

KEEP_TRUE = "freshness.keep_true"
SHOWN = 100
_SAID = (PageState.CHANGED, PageState.OVER)


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
    """Three queries, however many."""
    found: _Found = {}
    new = Report.objects.filter(state=ReportState.NEW, page__live=True).values("page").order_by()
    new = new.annotate(n=Count("pk"), since=Min("received_at"))
    _add(found, ((row["page"], "reports", row["n"], row["since"]) for row in new))
    open_rows = Watch.objects.filter(page__live=True).exclude(state=PageState.TRUE)
    rows = open_rows.values_list("page", "state", "asked_of", "asked_at", "moved_at")
    _add(
        found,
        (
            (page, str(state) if state in _SAID else "stale", 1, moved_at if state in _SAID else asked_at or moved_at)
            for page, state, asked_of, asked_at, moved_at in rows
            if state in _SAID or asked_of == Asked.TEAM
        ),
    )
    dead = LinkPlace.objects.filter(link__state=LinkState.DEAD, page__live=True).values("page").order_by()
    dead = dead.annotate(n=Count("pk"), since=Min("link__failing_since"))
    _add(found, ((row["page"], "dead", row["n"], row["since"]) for row in dead if row["since"]))
    return found


def _add(found: _Found, rows: Iterable[tuple[int, str, int, datetime]]) -> None:
    for page, reason, number, since in rows:
        found.setdefault(page, {})[reason] = (number, since)


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

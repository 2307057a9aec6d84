"""« Aujourd’hui »: what the calendar asks for, what waits and since when, the next issue's gaps, what the last one did.

One read for the screen and for the counts of the menu: what a person may not open is neither asked nor shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar, cast

from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from commun.common import clock, french
from commun.contributions.api import contributions_waiting
from commun.cooperation.api import needs_waiting, proposals_waiting
from commun.freshness.api import pages_waiting
from commun.library.api import themes_calendar
from commun.newsletters.api import (
    Gaps,
    Glance,
    IssuePage,
    IssueState,
    departures,
    gaps_of,
    glance_at,
    issues_overview,
    messages_to_approve,
)
from commun.territories.api import mandates_waiting
from commun.website.state import read_state

SOON_DAYS = 21
KEPT = 60  # seconds
DRAFTS = 3  # the latest, of which what they lack is said: each is made whole to know it
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Wait:
    """A heap somebody must look at. `name` is the menu item it belongs to; `days` the age of its oldest."""

    name: str
    words: str
    number: int
    url: str
    days: int = 0

    @property
    def age(self) -> str:
        return f"jusqu’à {french.count(self.days, 'jour')} d’attente" if self.days >= 1 else ""

    @property
    def is_late(self) -> bool:
        return self.days > 7


_HEAPS: tuple[tuple[str, str, str, str, Callable[[], tuple[int, datetime | None]]], ...] = (
    (
        "letter-issues",
        "message à relire et approuver|messages à relire et approuver",
        "newsletters:issues",
        "newsletters.approve_issue",
        messages_to_approve,
    ),
    (
        "contributions",
        "contribution à lire|contributions à lire",
        "contributions_team:index",
        "contributions.moderate",
        contributions_waiting,
    ),
    (
        "besoins",
        "besoin sans réponse|besoins sans réponse",
        "cooperation_team:needs",
        "cooperation.answer_needs",
        needs_waiting,
    ),
    (
        "propositions",
        "proposition de thématique|propositions de thématiques",
        "cooperation_team:proposals",
        "cooperation.shortlist_proposals",
        proposals_waiting,
    ),
    (
        "a-verifier",
        "page à vérifier|pages à vérifier",
        "freshness_team:index",
        "freshness.keep_true",
        pages_waiting,
    ),
    (
        "mandats",
        "mandat à vérifier|mandats à vérifier",
        "mandates_team:index",
        "territories.check_mandate",
        mandates_waiting,
    ),
)
_ISSUE_WORDS = {
    IssueState.SUBMITTED: "attend une approbation",
    IssueState.APPROVED: "est approuvé : il peut partir",
    IssueState.SENDING: "est en train de partir",
    IssueState.PAUSED: "est en pause au milieu de son envoi",
    IssueState.HELD: "est retenu : une personne doit confirmer",
}


def waits(*, user: Any, now: datetime) -> list[Wait]:
    """What waits and this person may look at; a query each."""
    found = []
    for name, words, url, permission, count in _HEAPS:
        if user.has_perm(permission):
            number, oldest = count()
            if number:
                days = (now - oldest).days if oldest else 0
                said = french.plural(number, words)
                found.append(Wait(name=name, words=said, number=number, url=reverse(url), days=days))
    return found


def _kept(*, key: str, compute: Callable[[], T]) -> T:
    """What takes many questions, by each process, for a minute."""
    found: Any = caches["local"].get_or_set(f"today:{key}", lambda: (compute(),), KEPT)
    return cast(T, found[0])


def _alarms(*, user: Any) -> list[Wait]:
    """What « État du site » says is wrong, or will not last. On this screen alone: the menu is on all of them."""
    if not user.has_perm("mailing.operate_mail"):
        return []
    number = _kept(key="alarms", compute=lambda: len(read_state(now=clock.now()).troubles))
    words = french.plural(number, "alarme sur l’état du site|alarmes sur l’état du site")
    return [Wait(name="etat-du-site", words=words, number=number, url=reverse("site_state"))] if number else []


@dataclass(frozen=True, kw_only=True)
class Coming:
    """A date the calendar asks for. `is_month`: its day does not count. `missing`: what the theme still lacks."""

    what: str
    day: date
    today: date
    url: str
    is_month: bool = False
    missing: tuple[str, ...] = ()

    @property
    def when(self) -> str:
        if self.is_month:
            now = (self.day.year, self.day.month) == (self.today.year, self.today.month)
            return "ce mois-ci" if now else f"en {french.month(self.day)}"
        left = (self.day - self.today).days
        if left < 0:
            return "c’est passé"
        return {0: "aujourd’hui", 1: "demain"}.get(left, f"dans {french.count(left, 'jour')}")


@dataclass(frozen=True, kw_only=True)
class Today:
    day: str
    waits: list[Wait]
    coming: list[Coming]
    issues: list[tuple[Any, str, str]]  # those under way, with where each stands and what a draft lacks
    last: Any | None  # the last that was sent
    went: str = ""  # how that one went, in a sentence


def read_today(*, user: Any, waiting: list[Wait]) -> Today:
    now = clock.now()
    today = timezone.localdate(now)
    shown = user.has_perm("newsletters.submit_issue") or user.has_perm("newsletters.send_issue")
    overview = issues_overview() if shown else []
    composed = {issue.theme_id for issue, _ in overview}
    last = next((issue for issue, state in overview if state == IssueState.SENT), None)
    leaving = departures() if any(state == IssueState.SCHEDULED for _, state in overview) else {}
    drafts = [issue for issue, state in overview if state == IssueState.DRAFT]
    lacking = {issue.pk: _lacking(issue) for issue in drafts[:DRAFTS]}
    return Today(
        day=french.weekday(today),
        waits=[*_alarms(user=user), *waiting],
        coming=_coming(today=today, composed=composed) if shown else [],
        issues=[
            (issue, _said_of(state, leaves=leaving.get(issue.pk)), lacking.get(issue.pk, ""))
            for issue, state in overview
            if state not in {IssueState.SENT, IssueState.STOPPED}
        ],
        last=last,
        went=_kept(key=f"went:{last.pk}", compute=lambda: _went(glance_at(issue=last))) if last else "",
    )


def _lacking(issue: IssuePage) -> str:
    key = f"gaps:{issue.pk}:{issue.latest_revision_id}"
    return _kept(key=key, compute=lambda: _said_of_gaps(gaps_of(issue=issue)))


def _said_of_gaps(gaps: Gaps) -> str:
    """The sections to fill first; then how much there is to put right in all."""
    if not gaps.blocking:
        return "Rien n’empêche de le soumettre."
    empty = f"À remplir : {', '.join(gaps.empty)}. " if gaps.empty else ""
    return f"{empty}{french.count(gaps.blocking, 'point bloquant|points bloquants')} avant de le soumettre."


def _went(glance: Glance | None) -> str:
    if glance is None:
        return ""
    accepted = french.count(glance.accepted, "message accepté|messages acceptés")
    left, given = french.count(glance.departures, "départ"), french.count(glance.contributions, "contribution")
    return f"{accepted} par les messageries ; depuis, {left} et {given}."


def _said_of(state: IssueState, *, leaves: datetime | None) -> str:
    if leaves is not None:
        return f"part le {french.moment(timezone.localtime(leaves))}, si personne ne l’arrête"
    return _ISSUE_WORDS.get(state, "est un brouillon")


def _coming(*, today: date, composed: set[int]) -> list[Coming]:
    """Deadlines of calls, and the next issue to compose with what its theme lacks."""
    found: list[Coming] = []
    ahead = [
        entry for entry in themes_calendar() if entry.planned_month and entry.planned_month >= today.replace(day=1)
    ]
    for entry in ahead:
        if entry.call_until and entry.call_until >= today:
            what = f"Fin de l’appel « {entry.theme.title} »"
            url = reverse("wagtailadmin_pages:edit", args=[entry.theme.pk])
            found.append(Coming(what=what, day=entry.call_until, today=today, url=url))
    following = next((entry for entry in ahead if entry.theme.pk not in composed), None)
    if following is not None and following.planned_month is not None:
        found.append(
            Coming(
                what=f"Prochain numéro à composer : « {following.theme.title} »",
                day=following.planned_month,
                today=today,
                is_month=True,
                url=reverse("newsletters:compose", args=[following.theme.pk]),
                missing=tuple(code.label for code in following.missing),
            )
        )
    return sorted(found, key=lambda one: one.day)

"""Reading needs: one, for whoever may; the team's list; counts by place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from commun.accounts.models import User
from commun.cooperation.links import read_need_token
from commun.cooperation.models import Need
from commun.cooperation.types import NeedEnd, NeedState
from commun.territories.api import Organisation, mandated_organisation_ids

ANSWER = "cooperation.answer_needs"
PAGE = 50
# Heap → its states. The first is what one comes for.
HEAPS: dict[str, tuple[NeedState, ...]] = {
    "a-traiter": (NeedState.NEW, NeedState.LOOKED_AT),
    "repondus": (NeedState.ANSWERED,),
    "clos": (NeedState.CLOSED,),
}
_SHOWN = ("theme", "territory__departement", "organisation__territory__departement", "assigned_to")


@dataclass(frozen=True, kw_only=True)
class Filters:
    heap: str = "a-traiter"
    theme_id: int | None = None
    departement: str = ""  # INSEE code
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class NeedPage:
    rows: Sequence[Need]
    next: int | None  # primary key to ask the next page with


def get_need_for(*, user: User | AnonymousUser, pk: int) -> Need:
    """For the team. Raises `Need.DoesNotExist`, also for whoever may not read it."""
    if not (isinstance(user, User) and user.has_perm(ANSWER)):
        raise Need.DoesNotExist
    return Need.objects.select_related(*_SHOWN).get(pk=pk)


def get_need_by_token(*, token: str) -> Need:
    """Behind the link sent to whoever stated it. Raises `ForgedLink`, `Need.DoesNotExist`."""
    return Need.objects.select_related(*_SHOWN).get(reference=read_need_token(token))


def needs_of(*, user: User, at: datetime) -> QuerySet[Need]:
    """Hers, and those stated in the name of a collectivité she may act for; the latest first."""
    theirs = Q(organisation__in=list(mandated_organisation_ids(user=user, at=at)), in_its_name=True)
    return Need.objects.filter(Q(user=user) | theirs).select_related("theme").order_by("-stated_at", "-pk")


def needs_in_the_name_of(
    *, organisations: Collection[Organisation] | None = None, theme_id: int | None = None, shown_only: bool = False
) -> QuerySet[Need]:
    """What these asked for in their own name, and did not give up, or everybody on a theme; the latest first.

    `shown_only`: what others may read, for whoever acts for none of these.
    """
    found = Need.objects.filter(in_its_name=True).filter(~Q(state=NeedState.CLOSED) | Q(end=NeedEnd.SOLVED))
    if shown_only:
        found = found.filter(is_shown=True)
    if organisations is not None:
        found = found.filter(organisation__in=[one.pk for one in organisations])
    if theme_id is not None:
        found = found.filter(theme=theme_id)
    near = ("theme", "organisation__territory__departement", "organisation__territory__successor__departement")
    return found.select_related(*near).order_by("-stated_at", "-pk")


def needs_for_the_letter(*, references: Collection[str] | None = None) -> QuerySet[Need]:
    """Open needs that agreed to stand in the letter, the latest first; of these references alone, where some are
    given. What was agreed before and no longer is, or was solved meanwhile, is not among them."""
    found = Need.objects.filter(is_shown=True, in_its_name=True, organisation__is_checked=True)
    found = found.exclude(state=NeedState.CLOSED)
    if references is not None:
        found = found.filter(reference__in=references)
    return found.select_related("theme", "organisation__territory__departement").order_by("-stated_at", "-pk")


def team_list(*, filters: Filters, before: int | None = None) -> NeedPage:
    """What waits comes oldest first: age is what matters; the rest latest first. `before`: last key already read."""
    waiting = filters.heap == "a-traiter"
    found = _narrowed(filters=filters).filter(state__in=HEAPS[filters.heap]).select_related(*_SHOWN)
    if before is not None:
        found = found.filter(pk__gt=before) if waiting else found.filter(pk__lt=before)
    rows = list(found.order_by("pk" if waiting else "-pk")[: PAGE + 1])
    return NeedPage(rows=rows[:PAGE], next=rows[PAGE - 1].pk if len(rows) > PAGE else None)


def heap_counts(*, filters: Filters) -> Mapping[str, int]:
    """How many in each heap, under the same filters: one query."""
    by_state = dict(_narrowed(filters=filters).order_by().values_list("state").annotate(number=Count("pk")))
    return {heap: sum(by_state.get(state, 0) for state in states) for heap, states in HEAPS.items()}


def _narrowed(*, filters: Filters) -> QuerySet[Need]:
    found = Need.objects.all()
    if filters.theme_id is not None:
        found = found.filter(theme=filters.theme_id)
    if filters.departement:
        found = found.filter(_in_departement(filters.departement))
    for word in filters.words.split()[:6]:
        wanted = Q(title__icontains=word) | Q(text__icontains=word) | Q(organisation_name__icontains=word)
        found = found.filter(wanted | Q(organisation__name__icontains=word) | Q(territory__name__icontains=word))
    return found


def _in_departement(code: str) -> Q:
    return Q(territory__departement__code=code) | Q(territory__kind="departement", territory__code=code)


def counts_by_departement(*, filters: Filters) -> Mapping[str, int]:
    """INSEE code of the département → how many needs of this heap; "" for those whose place is not known."""
    found = _narrowed(filters=filters).filter(state__in=HEAPS[filters.heap])
    rows = found.order_by().values_list("territory__kind", "territory__code", "territory__departement__code")
    counts: dict[str, int] = {}
    for kind, code, departement, number in rows.annotate(number=Count("pk")):
        key = (code if kind == "departement" else departement) or ""
        counts[key] = counts.get(key, 0) + number
    return counts


def counts_by_theme(*, filters: Filters) -> Sequence[tuple[str, int]]:
    """Title of the theme, how many needs of this heap; the most asked first."""
    found = _narrowed(filters=filters).filter(state__in=HEAPS[filters.heap]).order_by()
    rows = found.values_list("theme__title").annotate(number=Count("pk"))
    return sorted(((title or "Sans thématique", number) for title, number in rows), key=lambda row: (-row[1], row[0]))

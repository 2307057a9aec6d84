"""The team's inbox: what waits, filtered, counted, a page at a time by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from commun.accounts.models import User
from commun.contributions.models import Contribution
from commun.contributions.selectors.contributions import MODERATE
from commun.contributions.types import OPEN, Kind, State

PAGE = 50
# Heap → its states. The first is what one comes for.
HEAPS: dict[str, tuple[State, ...]] = {
    "a-traiter": (State.RECEIVED, State.IN_REVIEW),
    "en-attente": (State.WAITING,),
    "retenues": (State.ACCEPTED,),
    "publiees": (State.PUBLISHED,),
    "closes": (State.DECLINED, State.MERGED, State.WITHDRAWN),
    "indesirables": (State.SPAM,),
}
WAITING = frozenset({"a-traiter", "en-attente"})  # heaps in which somebody waits for us, or we for somebody


@dataclass(frozen=True, kw_only=True)
class Filters:
    heap: str = "a-traiter"
    kind: str = ""
    theme_id: int | None = None
    holder: str = ""  # "moi", "personne"
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class InboxPage:
    rows: Sequence[Contribution]  # each with its `file_count`
    next: int | None  # primary key to ask the next page with


def inbox(*, filters: Filters, user: User, beyond: int | None = None) -> InboxPage:
    """What waits: the oldest first; what is over: the latest. `beyond`: the last key of the page already read."""
    found = _narrowed(filters=filters, user=user).filter(state__in=HEAPS[filters.heap])
    waits = filters.heap in WAITING
    if beyond is not None:
        found = found.filter(pk__gt=beyond) if waits else found.filter(pk__lt=beyond)
    found = found.select_related("theme", "territory__departement", "assigned_to", "organisation")
    found = found.annotate(file_count=Count("files", filter=Q(files__refused="")))
    rows = list(found.order_by("pk" if waits else "-pk")[: PAGE + 1])
    return InboxPage(rows=rows[:PAGE], next=rows[PAGE - 1].pk if len(rows) > PAGE else None)


def _narrowed(*, filters: Filters, user: User) -> QuerySet[Contribution]:
    found = Contribution.objects.all()
    if filters.kind in Kind.values:
        found = found.filter(kind=filters.kind)
    if filters.theme_id is not None:
        found = found.filter(theme=filters.theme_id)
    if filters.holder == "moi":
        found = found.filter(assigned_to=user)
    elif filters.holder == "personne":
        found = found.filter(assigned_to=None)
    return named(words=filters.words, among=found)


def named(*, words: str, among: QuerySet[Contribution] | None = None) -> QuerySet[Contribution]:
    """Those whose title, giver or structure hold each of these words; or whose address or reference one is."""
    found = Contribution.objects.all() if among is None else among
    for word in words.split()[:6]:
        wanted = Q(title__icontains=word) | Q(name__icontains=word) | Q(organisation_name__icontains=word)
        found = found.filter(wanted | Q(address__iexact=word) | Q(reference=word))
    return found


def heap_counts(*, filters: Filters, user: User) -> Mapping[str, int]:
    """How many in each heap, under the same filters: one query."""
    by_state = dict(_narrowed(filters=filters, user=user).order_by().values_list("state").annotate(number=Count("pk")))
    return {heap: sum(by_state.get(state, 0) for state in states) for heap, states in HEAPS.items()}


def holders() -> QuerySet[User]:
    """Those to whom a contribution may be given."""
    app, _, codename = MODERATE.partition(".")
    wanted = Q(groups__permissions__content_type__app_label=app, groups__permissions__codename=codename)
    return User.objects.filter(wanted | Q(is_superuser=True), is_active=True).distinct().order_by("first_name", "pk")


def waiting_count() -> int:
    return Contribution.objects.filter(state__in=OPEN).count()

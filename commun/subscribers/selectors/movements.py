"""Who came and who left between two moments: numbers alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from commun.subscribers import wording
from commun.subscribers.models import ConsentEvent, LeavingReason
from commun.subscribers.types import DEPARTURES, WhyLeave

_LEFT = (*DEPARTURES, "erased")
_THERE = ("confirmed", "imported", "returned", "address")  # after any of these, the letter arrives


@dataclass(frozen=True, kw_only=True)
class Movements:
    """`joined` by themselves, files apart; `left` by the way they took; `reasons` some of them gave, in words."""

    joined: int
    left: Mapping[str, int]
    reasons: Mapping[str, int]

    @property
    def departures(self) -> int:
        return sum(self.left.values())


def movements(*, since: datetime, until: datetime) -> Movements:
    """Three queries, on proofs: what people have erased since changes no number. Whoever came back is not counted among
    those who left; an erasure is a departure."""
    ways = _departures(since=since, until=until).values_list("method").annotate(number=Count("pk"))
    days = {"day__gte": timezone.localdate(since), "day__lte": timezone.localdate(until)}
    said = LeavingReason.objects.filter(**days).order_by().values_list("reason").annotate(number=Sum("number"))
    return Movements(
        joined=_arrivals(since=since, until=until),
        left={wording.method_label(method): number for method, number in ways},
        reasons={WhyLeave(reason).label: number for reason, number in said},
    )


def _lives() -> QuerySet[ConsentEvent]:
    """What was proved of an address; that its owner moved to another says nothing of who comes or leaves."""
    return ConsentEvent.objects.exclude(kind="address", detail__has_key="devient")


def _arrivals(*, since: datetime, until: datetime) -> int:
    """Who confirmed, and did not receive the letter before."""
    told = _lives().filter(subject=OuterRef("subject"), at__lt=since, kind__in=(*_LEFT, *_THERE, "undone"))
    was = told.order_by("-at", "-pk").values("kind")[:1]
    came = ConsentEvent.objects.filter(kind="confirmed", at__gte=since, at__lt=until).order_by()
    new = came.annotate(was=Subquery(was)).filter(Q(was=None) | ~Q(was__in=_THERE))
    return new.values("subject").distinct().count()


def _departures(*, since: datetime, until: datetime) -> QuerySet[ConsentEvent]:
    """Proofs of who received the letter until then, and has not come back: an erasure leaves no other trace of it."""
    hers = _lives().filter(subject=OuterRef("subject")).order_by()
    before = hers.filter(Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), pk__lt=OuterRef("pk")))
    was = before.filter(kind__in=(*_LEFT, *_THERE, "undone")).order_by("-at", "-pk").values("kind")[:1]
    back = hers.filter(kind__in=("confirmed", "imported", "returned"), at__gt=OuterRef("at"))
    left = ConsentEvent.objects.filter(kind__in=_LEFT, at__gte=since, at__lt=until).order_by()
    return left.annotate(was=Subquery(was)).filter(~Exists(back), was__in=_THERE)

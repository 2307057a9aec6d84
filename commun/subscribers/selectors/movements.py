"""Who came and who left between two moments: numbers alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Sum
from django.utils import timezone

from commun.subscribers import wording
from commun.subscribers.models import ConsentEvent, LeavingReason, Subscriber
from commun.subscribers.types import WhyLeave

_DEPARTURES = ("unsubscribed", "complained")


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
    """Three queries. Whoever came back since is not counted among those who left."""
    came = Subscriber.objects.filter(confirmed_at__gte=since, confirmed_at__lt=until, brought_by=None)
    gone = Subscriber.objects.filter(left_at__gte=since, left_at__lt=until).values("address_hash")
    acts = ConsentEvent.objects.filter(subject__in=gone, kind__in=_DEPARTURES, at__gte=since, at__lt=until)
    ways = acts.order_by().values_list("method").annotate(number=Count("subject", distinct=True))
    days = {"day__gte": timezone.localdate(since), "day__lte": timezone.localdate(until)}
    said = LeavingReason.objects.filter(**days).order_by().values_list("reason").annotate(number=Sum("number"))
    return Movements(
        joined=came.count(),
        left={wording.method_label(method): number for method, number in ways},
        reasons={WhyLeave(reason).label: number for reason, number in said},
    )

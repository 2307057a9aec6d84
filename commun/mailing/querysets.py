"""What a delivery stands for now: the one place that says it."""

from __future__ import annotations

from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Value, When

from commun.mailing.types import Aside, DeliveryState, SendState

Row = TypeVar("Row", bound=models.Model)

_OPEN = (DeliveryState.PENDING, DeliveryState.DEFERRED)


class DeliveryQuerySet(models.QuerySet[Row]):
    def with_life(self) -> models.QuerySet[Any]:
        """Adds `life`, a `DeliveryState`, and `why`, the reason for it.

        The row alone does not say that a worker holds it (its range does), nor that its send is cancelled (the send
        does): claiming a range and cancelling a million write one row each.
        """
        waiting = Case(When(send__state=SendState.CANCELLED, then=Value(_EXCLUDED)), default=F("state"))
        # In this order: whether a range is held is asked only of what the frontier has passed, a hundred rows a worker.
        passed = Case(When(_is_held(), then=Value(DeliveryState.CLAIMED.value)), default=waiting)
        return self.annotate(
            life=Case(
                When(aside=Aside.HELD, then=Value(DeliveryState.CLAIMED.value)),
                When(aside__in=_IN_A_RANGE, state=DeliveryState.PENDING, position__lt=F("frontier__next"), then=passed),
                When(state__in=_OPEN, then=waiting),
                default=F("state"),
                output_field=models.CharField(),
            ),
            why=Case(
                When(send__state=SendState.CANCELLED, state__in=_OPEN, then=Value("cancelled")),
                default=F("reason"),
                output_field=models.CharField(),
            ),
        )


_EXCLUDED = DeliveryState.EXCLUDED.value
_IN_A_RANGE = (Aside.NONE, Aside.WITHDRAWN)


def _is_held() -> Exists:
    ranges = apps.get_model("mailing", "Claim").objects.filter(
        frontier=OuterRef("frontier"), first__lte=OuterRef("position"), last__gte=OuterRef("position")
    )
    return Exists(ranges.filter(closed_at__isnull=True, lease__isnull=False))

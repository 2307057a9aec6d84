"""How much was given between two moments."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count

from commun.contributions.models import Contribution
from commun.contributions.types import Kind, State


def received_between(*, since: datetime, until: datetime) -> dict[Kind, int]:
    """By what it is; what nobody wanted left out."""
    found = Contribution.objects.filter(received_at__gte=since, received_at__lt=until).exclude(state=State.SPAM)
    return {Kind(kind): number for kind, number in found.order_by().values_list("kind").annotate(number=Count("pk"))}

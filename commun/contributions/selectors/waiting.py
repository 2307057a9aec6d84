"""What waits for the moderation, and since when."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Min

from commun.contributions.models import Contribution
from commun.contributions.types import OPEN


def contributions_waiting() -> tuple[int, datetime | None]:
    """How many, and when the oldest came."""
    found = Contribution.objects.filter(state__in=OPEN).aggregate(number=Count("pk"), oldest=Min("received_at"))
    return found["number"], found["oldest"]

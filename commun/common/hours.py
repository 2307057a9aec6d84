"""Hours at which one writes to people."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

SATURDAY = 5
OPENS, CLOSES = 9, 17  # of a town hall


def on_a_week_day(at: datetime, *, opens: int = OPENS, closes: int = CLOSES) -> bool:
    """Whether it is between these hours of a week day, on the clock of Paris."""
    local = timezone.localtime(at)
    return local.weekday() < SATURDAY and opens <= local.hour < closes

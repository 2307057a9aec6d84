"""What waits for whoever checks mandates, and since when."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Min

from commun.territories.selectors.proofs import members_waiting, requests_to_check


def mandates_waiting() -> tuple[int, datetime | None]:
    """Proofs to read and members to agree to: how many, and when the oldest asked."""
    asked = requests_to_check().order_by().aggregate(number=Count("pk"), oldest=Min("asked_at"))
    members = members_waiting().order_by().aggregate(number=Count("pk"), oldest=Min("approval_asked_at"))
    times = [at for at in (asked["oldest"], members["oldest"]) if at]
    return asked["number"] + members["number"], min(times, default=None)

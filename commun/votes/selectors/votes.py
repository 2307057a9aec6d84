"""Reading votes themselves."""

from __future__ import annotations

from datetime import datetime

from commun.votes.models import Vote


def next_change(after: datetime) -> datetime | None:
    """The next moment at which a vote opens or closes."""
    votes = Vote.objects.public()
    opens = votes.filter(opens_at__gt=after).order_by("opens_at").values_list("opens_at", flat=True).first()
    closes = votes.filter(closes_at__gt=after).order_by("closes_at").values_list("closes_at", flat=True).first()
    return min((one for one in (opens, closes) if one is not None), default=None)

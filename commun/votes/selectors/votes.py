"""Reading votes themselves."""

from __future__ import annotations

from datetime import datetime

from commun.votes.models import Vote
from commun.votes.types import VoteState


def ended_since(*, since: datetime, limit: int) -> list[Vote]:
    """Those of which something was said for the first time since, once nobody votes any more: that it is closed, its
    result, that it is cancelled. The latest first. No event enters a box after these."""
    over = Vote.objects.filter(state__in=[VoteState.CLOSED, VoteState.DECIDED, VoteState.CANCELLED])
    return list(over.filter(box__last_at__gte=since).order_by("-box__last_at", "-pk")[:limit])


def next_change(after: datetime) -> datetime | None:
    """The next moment at which a vote opens or closes."""
    votes = Vote.objects.public()
    opens = votes.filter(opens_at__gt=after).order_by("opens_at").values_list("opens_at", flat=True).first()
    closes = votes.filter(closes_at__gt=after).order_by("closes_at").values_list("closes_at", flat=True).first()
    return min((one for one in (opens, closes) if one is not None), default=None)

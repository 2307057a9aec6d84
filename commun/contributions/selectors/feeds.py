"""What came of partners' feeds."""

from __future__ import annotations

from django.db.models import QuerySet

from commun.contributions.models import Contribution, Feed
from commun.contributions.types import OPEN


def came_of(*, feed: Feed) -> QuerySet[Contribution]:
    """The contributions that this feed made or changed, the latest first."""
    found = Contribution.objects.filter(pk__in=feed.entries.values("contribution"))
    return found.order_by("-received_at", "-pk")


def waiting_of(*, feed: Feed) -> int:
    """How many of them wait for a decision."""
    return came_of(feed=feed).filter(state__in=OPEN).count()

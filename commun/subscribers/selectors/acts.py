"""Acts of the team on many people that can still be looked at, and undone."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from commun.subscribers.models import BulkAct, BulkChange, Subscriber
from commun.subscribers.types import ACT_UNDOABLE


def recent_acts(*, now: datetime) -> QuerySet[BulkAct]:
    """Those under way, and those that ended within the time an act can be undone; the latest first."""
    recent = Q(ended_at=None) | Q(ended_at__gte=now - ACT_UNDOABLE)
    return BulkAct.objects.filter(recent).select_related("by", "topic").order_by("-pk")


def acts_that_changed(*, person: Subscriber) -> list[BulkAct]:
    """Those that changed her, as long as how she was before is kept; the latest first."""
    changes = BulkChange.objects.filter(person=person).select_related("act__by", "act__topic").order_by("-act")
    return [change.act for change in changes]

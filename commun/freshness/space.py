"""What « Mon espace » shows of this room."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from commun.accounts.api import SpaceEntry, SpaceSection
from commun.accounts.models import User
from commun.common import french
from commun.freshness.models import Watch
from commun.freshness.services.asking import hash_of, question_path
from commun.freshness.types import PageState

_SHOWN = 20


def still_true_section(user: User, now: datetime) -> SpaceSection | None:
    """Pages about which she was asked by mail whether they are still true; nothing where there are none."""
    if not user.email:
        return None
    asked = Watch.objects.filter(state=PageState.ASKED, asked_hash=hash_of(user.email), page__live=True)
    entries = [
        SpaceEntry(
            text=row.page.title,
            url=question_path(row),
            detail=f"demandé le {french.day(timezone.localtime(row.asked_at))}" if row.asked_at else "",
            asks="Dire si c’est toujours vrai",
        )
        for row in asked.select_related("page").order_by("asked_at", "pk")[:_SHOWN]
    ]
    return SpaceSection(title="Toujours vrai ?", entries=entries) if entries else None

"""Contributions, for the team's search: for whoever moderates."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from commun.accounts.api import Hit
from commun.accounts.models import User
from commun.common import french
from commun.contributions.selectors.contributions import MODERATE
from commun.contributions.selectors.inbox import named


def find(user: User, words: str, most: int) -> Sequence[Hit]:
    """By title, name, structure, exact address or reference."""
    if not user.has_perm(MODERATE):
        return []
    return [
        Hit(
            label=row.title or "(sans titre)",
            url=reverse("contributions_team:detail", args=[row.pk]),
            detail=f"{row.get_kind_display()}, {row.get_state_display().lower()}, "
            f"{french.day(timezone.localdate(row.received_at))}",
        )
        for row in named(words=words).order_by("-pk")[:most]
    ]

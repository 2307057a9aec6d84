"""Whom the public page thanks: people who agreed, for what was published."""

from __future__ import annotations

from django.db.models import QuerySet

from commun.contributions.models import Contribution
from commun.contributions.types import State, Trust


def thanked() -> QuerySet[Contribution]:
    """The latest first. Only who agreed, proved her address, and whose gift is published; never an address."""
    given = Contribution.objects.filter(thanks=True, state=State.PUBLISHED, trust=Trust.PROVEN, forgotten_at=None)
    return (
        given.exclude(name="")
        .select_related("organisation__territory__departement", "page")
        .order_by("-moved_at", "-pk")
    )

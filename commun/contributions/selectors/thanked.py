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


def agreed_by(*, address: str) -> QuerySet[Contribution]:
    """What this person gave and agreed to be named for, whatever became of it: she proved her address. Latest first."""
    hers = Contribution.objects.filter(address=address, thanks=True, trust=Trust.PROVEN, forgotten_at=None)
    return hers.exclude(state=State.SPAM).order_by("-received_at", "-pk")

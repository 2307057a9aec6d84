"""What « Mon espace » shows of this room."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from commun.accounts.api import SpaceAction, SpaceEntry, SpaceSection
from commun.accounts.models import User
from commun.common import french
from commun.contributions import links
from commun.contributions.models import Contribution
from commun.contributions.types import Trust, state_label


def section(user: User, now: datetime) -> SpaceSection:
    """What she gave, signed in or from the address of her account once it was proven; the latest twenty."""
    by_mail = Contribution.objects.filter(address=user.email, trust=Trust.PROVEN)
    mine = Contribution.objects.filter(user=user) | by_mail
    return SpaceSection(
        title="Mes contributions",
        entries=[
            SpaceEntry(
                text=row.title,
                url=links.page_url(reference=row.reference),
                detail=f"{row.get_kind_display()}, {french.day(timezone.localtime(row.received_at))}",
                badge=state_label(kind=row.kind, state=row.state),
            )
            for row in mine.filter(forgotten_at=None).order_by("-received_at", "-pk")[:20]
        ],
        empty="Vous n’avez encore rien donné.",
        actions=[SpaceAction(label="Contribuer", url=reverse("contributions:choose"))],
    )

"""What a reader of the letter gave, for the team's page about her."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from commun.accounts.api import Hit
from commun.accounts.models import User
from commun.common import french
from commun.contributions.selectors.contributions import MODERATE
from commun.contributions.selectors.thanked import agreed_by
from commun.contributions.types import state_label

MOST = 50
TITLE = "Ce qu’elle a donné"
WHY = (
    "Sous la même adresse, prouvée, et avec son accord pour être remerciée par son nom. "
    "Le reste n’est pas rapproché de son abonnement."
)


def find(user: User, address: str) -> Sequence[Hit]:
    """Whoever does not moderate reads what it is; the conversation is not hers to open."""
    opens = user.has_perm(MODERATE)
    return [
        Hit(
            label=row.title or "(sans titre)",
            url=reverse("contributions_team:detail", args=[row.pk]) if opens else "",
            detail=f"{row.get_kind_display()}, {french.day(timezone.localdate(row.received_at))}, "
            f"{state_label(kind=row.kind, state=row.state).lower()}",
        )
        for row in agreed_by(address=address)[:MOST]
    ]

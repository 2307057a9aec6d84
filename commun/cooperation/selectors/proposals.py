"""Reading theme proposals."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, QuerySet

from commun.accounts.models import User
from commun.cooperation.models import ThemeProposal
from commun.cooperation.types import ProposalState

SHORTLIST = "cooperation.shortlist_proposals"
MOST = 300


def standing(*, state: ProposalState) -> Sequence[ThemeProposal]:
    """Proposals in this state, with `attached_count`: how many say the same. The most shared first, then the oldest."""
    found = ThemeProposal.objects.filter(state=state).select_related("organisation__territory__departement", "vote")
    return list(found.annotate(attached_count=Count("merged")).order_by("-attached_count", "pk")[:MOST])


def proposals_of(*, user: User) -> QuerySet[ThemeProposal]:
    return ThemeProposal.objects.filter(user=user).select_related("vote", "merged_into").order_by("-proposed_at", "-pk")

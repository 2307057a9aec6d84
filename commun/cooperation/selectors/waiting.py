"""What waits for the team, and since when."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Min

from commun.cooperation.models import Need, ThemeProposal
from commun.cooperation.types import NeedState, ProposalState


def needs_waiting() -> tuple[int, datetime | None]:
    """Needs that nobody answered: how many, and when the oldest was stated."""
    waiting = Need.objects.filter(state__in=[NeedState.NEW, NeedState.LOOKED_AT])
    found = waiting.aggregate(number=Count("pk"), oldest=Min("stated_at"))
    return found["number"], found["oldest"]


def proposals_waiting() -> tuple[int, datetime | None]:
    """Themes proposed for a vote, on which nothing is decided."""
    waiting = ThemeProposal.objects.filter(state=ProposalState.NEW)
    found = waiting.aggregate(number=Count("pk"), oldest=Min("proposed_at"))
    return found["number"], found["oldest"]

"""How long this room remembers who stated a need or proposed a theme, and how it is forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from commun.cooperation.models import Need, NeedAnswer, Start, StartEvent, ThemeProposal
from commun.cooperation.services.starting import drop_unproved
from commun.cooperation.types import NeedState, ProposalState

KEPT = timedelta(days=3 * 365)


def forget_old(*, now: datetime) -> int:
    """Three years after the last word, who it was goes (periodic); what was needed or proposed stays."""
    needs = Need.objects.filter(forgotten_at=None, state=NeedState.CLOSED, moved_at__lt=now - KEPT)
    proposals = ThemeProposal.objects.filter(forgotten_at=None, moved_at__lt=now - KEPT).exclude(
        state=ProposalState.NEW
    )
    # One attached to another is told of each step of that one.
    proposals = proposals.exclude(merged_into__moved_at__gte=now - KEPT)
    starts = Start.objects.filter(forgotten_at=None, ask_at=None, moved_at__lt=now - KEPT)
    return (
        forget_needs(needs=needs, now=now)
        + forget_proposals(proposals=proposals, now=now)
        + forget_starts(starts=starts, now=now)
    )


def forget_needs(*, needs: QuerySet[Need], now: datetime) -> int:
    """Blank who stated them and what she wrote since, and no longer ask for news; how many."""
    ids = list(needs.values_list("pk", flat=True))
    NeedAnswer.objects.filter(need__in=ids, from_team=False).update(text="", by=None)
    return Need.objects.filter(pk__in=ids).update(
        name="", address="", answer_to="", user=None, remind_at=None, forgotten_at=now
    )


def forget_proposals(*, proposals: QuerySet[ThemeProposal], now: datetime) -> int:
    ids = list(proposals.values_list("pk", flat=True))
    return ThemeProposal.objects.filter(pk__in=ids).update(name="", address="", user=None, forgotten_at=now)


def forget_starts(*, starts: QuerySet[Start], now: datetime) -> int:
    """Blank who followed them, and no longer ask; those that nobody had proved go whole; how many."""
    ids = list(starts.values_list("pk", flat=True))
    StartEvent.objects.filter(start__in=ids).update(by=None)
    gone = drop_unproved(Start.objects.filter(pk__in=ids))
    return gone + Start.objects.filter(pk__in=ids).update(user=None, ask_at=None, forgotten_at=now)

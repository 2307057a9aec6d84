"""What « Mon espace » and the directory show of this room."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from commun.accounts.api import SpaceAction, SpaceEntry, SpaceSection
from commun.accounts.models import User
from commun.common import french
from commun.territories.api import Organisation, PublicEntry, PublicSection
from commun.votes.models import Elector, Vote
from commun.votes.selectors.electors import electors_of
from commun.votes.types import VoteState


def section(user: User, now: datetime) -> SpaceSection:
    """Open votes in which she may act, one line per elector."""
    entries = []
    for vote in Vote.objects.filter(state=VoteState.OPEN, closes_at__gt=now).order_by("closes_at"):
        closing = french.moment(timezone.localtime(vote.closes_at))
        entries += [
            SpaceEntry(
                text=vote.title,
                url=reverse("votes:ballot", args=[vote.slug, one.pk]),
                detail=f"{french.name(one.label)}, jusqu’au {closing}",
                badge="Bulletin déposé" if one.last_number else "À voter",
                asks="" if one.last_number else "Voter",
            )
            for one in electors_of(user=user, vote=vote, now=now).filter(struck_off_at=None)
        ]
    return SpaceSection(
        title="Mes votes",
        entries=entries,
        empty="Aucun vote n’attend votre collectivité.",
        actions=[SpaceAction(label="Tous les votes", url=reverse("votes:index"))],
    )


def public_section(organisation: Organisation, now: datetime) -> PublicSection | None:
    """Votes over in which it took part. Of an open vote nothing is said: who voted is part of what stays hidden."""
    took_part = Elector.objects.filter(
        organisation=organisation,
        last_number__isnull=False,
        struck_off_at=None,
        vote__state__in=(VoteState.CLOSED, VoteState.DECIDED),
    ).select_related("vote")
    entries = [
        PublicEntry(
            text=one.vote.title,
            url=reverse("votes:vote", args=[one.vote.slug]),
            detail=french.month(timezone.localtime(one.vote.closes_at)),
        )
        for one in took_part.order_by("-vote__closes_at")[:20]
    ]
    return PublicSection(title="A pris part aux votes", entries=entries)

"""What « Mon espace » and the directory show of this room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from commun.accounts.api import SpaceAction, SpaceEntry, SpaceSection
from commun.accounts.models import User
from commun.common import french
from commun.territories.api import Organisation, PublicEntry, PublicSection
from commun.votes.models import Elector
from commun.votes.selectors.electors import electors_around, electors_reached
from commun.votes.types import VoteState

MOST_PAST = 10
_MOST = 60
_WHERE = {
    VoteState.OPEN: "Dépouillement en cours",
    VoteState.CLOSED: "Tirage attendu",
    VoteState.DECIDED: "Résultat publié",
    VoteState.CANCELLED: "Annulé",
}


def section(user: User, now: datetime) -> SpaceSection:
    """Open votes in which she may act, one line per elector; then those in which her collectivités took part: that they
    did and when, never how."""
    around = list(electors_around(user=user, now=now)[:_MOST])
    votes = {one.vote_id: one.vote for one in around if one.is_open}
    reached = electors_reached(user=user, votes=votes.values(), now=now)
    to_vote = sorted((one for one in around if one in reached), key=lambda one: one.vote.closes_at)
    return SpaceSection(
        title="Mes votes",
        entries=[_to_vote(one) for one in to_vote] + [_past(one) for one in around if not one.is_open][:MOST_PAST],
        empty="Aucun vote n’attend votre collectivité, et elle n’a encore pris part à aucun.",
        actions=[SpaceAction(label="Tous les votes", url=reverse("votes:index"))],
    )


def _to_vote(elector: Elector) -> SpaceEntry:
    closing = french.moment(timezone.localtime(elector.vote.closes_at))
    return SpaceEntry(
        text=elector.vote.title,
        url=reverse("votes:ballot", args=[elector.vote.slug, elector.pk]),
        detail=f"{french.name(elector.label)}, jusqu’au {closing}",
        badge="Bulletin déposé" if elector.last_number else "À voter",
        asks="" if elector.last_number else "Voter",
    )


def _past(elector: Any) -> SpaceEntry:
    return SpaceEntry(
        text=elector.vote.title,
        url=reverse("votes:vote", args=[elector.vote.slug]),
        detail=f"{french.name(elector.label)}, bulletin déposé le {french.day(timezone.localtime(elector.voted_at))}",
        badge=_WHERE[VoteState(elector.vote.state)],
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

"""What « Mon espace » shows of this room."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from commun.accounts.api import SpaceAction, SpaceEntry, SpaceSection
from commun.accounts.models import User
from commun.common import french
from commun.territories.models import Membership
from commun.territories.selectors.mandates import memberships_of, waiting_for
from commun.territories.types import MandateLevel, MembershipState


def section(user: User, now: datetime) -> SpaceSection:
    """Her collectivités and what each mandate is worth; who waits for her word comes first."""
    entries = [
        SpaceEntry(
            text=f"{one.user} attend votre accord",
            url=reverse("territories:mandates"),
            detail=french.name(one.organisation.label),
            badge="À décider",
            asks="Confirmer ou refuser",
        )
        for one in waiting_for(user=user, at=now)
    ]
    mine = memberships_of(user=user, at=now, level=MandateLevel.M0)
    entries += [
        SpaceEntry(
            text=french.name(one.organisation.label),
            url=reverse("territories:mandate", args=[one.pk]),
            detail=one.role,
            badge=_badge(one, now=now),
        )
        for one in mine
    ]
    label = "Ajouter une autre collectivité" if mine else "Ajouter ma collectivité"
    return SpaceSection(
        title="Mes collectivités",
        entries=entries,
        empty="Dites au nom de quelle collectivité vous agissez : vous pourrez voter, donner une ressource.",
        actions=[SpaceAction(label=label, url=reverse("territories:add"))],
    )


def _badge(one: Membership, *, now: datetime) -> str:
    if one.state != MembershipState.ACTIVE:
        return MembershipState(one.state).label.partition(" :")[0]
    held = one.held_level(at=now)
    if held == MandateLevel.M0:
        return "À prouver"
    return "Vérifié" if one.organisation.is_checked else "Organisme à vérifier"

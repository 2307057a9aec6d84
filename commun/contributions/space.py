"""What « Mon espace » shows of this room."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from commun.accounts.api import SpaceAction, SpaceEntry, SpaceSection
from commun.accounts.models import User
from commun.common import french
from commun.contributions import links
from commun.contributions.models import Contribution
from commun.contributions.types import Kind, State, Trust, state_label
from commun.territories.api import mandated_organisation_ids

_MOST = 20


def sections(user: User, now: datetime) -> list[SpaceSection]:
    """What she gave, signed in or from the address of her account once it was proven, and what colleagues gave in the
    name of the collectivités she may act for; the latest. Needs that nobody has accepted stand with those that were;
    what became a need or a proposal is told there alone."""
    by_mail = Q(address=user.email, trust=Trust.PROVEN)
    theirs = Q(organisation__in=list(mandated_organisation_ids(user=user, at=now)), in_its_name=True)
    handed_on = Q(kind=Kind.NEED) | Q(kind=Kind.PROPOSAL, user=user)
    rows = Contribution.objects.filter(Q(user=user) | by_mail | theirs).filter(forgotten_at=None)
    rows = rows.exclude(handed_on, state=State.ACCEPTED).order_by("-received_at", "-pk")[:_MOST]
    needs = [row for row in rows if row.kind == Kind.NEED]
    return [
        SpaceSection(title="Mes besoins", entries=[_entry(row, user=user) for row in needs]),
        SpaceSection(
            title="Nos contributions",
            entries=[_entry(row, user=user) for row in rows if row not in needs],
            empty="Vous n’avez encore rien donné.",
            actions=[SpaceAction(label="Contribuer", url=reverse("contributions:choose"))],
        ),
    ]


def _entry(row: Contribution, *, user: User) -> SpaceEntry:
    """A colleague's conversation with the team is hers: what she gave is named, and leads nowhere."""
    mine = row.user_id == user.pk or (row.address == user.email and row.trust == Trust.PROVEN)
    said = f"{row.get_kind_display()}, {french.day(timezone.localtime(row.received_at))}"
    return SpaceEntry(
        text=row.title,
        url=links.page_url(reference=row.reference) if mine else "",
        detail=said if mine else f"{said}, par une personne de votre collectivité",
        badge=state_label(kind=row.kind, state=row.state),
        asks="Répondre à la rédaction" if mine and row.state == State.WAITING else "",
    )

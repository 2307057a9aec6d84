"""Electors: whom a person may vote for, who took part."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from commun.accounts.models import User
from commun.territories.api import Organisation, OrganisationKind, TerritoryKind, mandated_organisation_ids
from commun.votes.models import Elector, Vote
from commun.votes.types import Turnout, TurnoutRow

ELSEWHERE = "Sans région"


def electors_of(*, user: User | AnonymousUser, vote: Vote, now: datetime) -> QuerySet[Elector]:
    """The electors of this vote for which this person may act now, struck off or not. Nobody's, for a stranger."""
    if not isinstance(user, User) or not user.is_active:
        return Elector.objects.none()
    held = mandated_organisation_ids(user=user, at=now)
    if not held:
        return Elector.objects.none()
    return Elector.objects.filter(vote=vote).acted_for_by(places=_places_of(held)).order_by("label", "pk")


def _places_of(held: Collection[int]) -> dict[int, str]:
    """Collectivités among these organisations (an association of the place votes for nobody) → key of their place, that
    of its successor where it was merged, or "" for one entered with its SIREN alone."""
    rows = Organisation.objects.filter(pk__in=held, kind=OrganisationKind.COLLECTIVITE).values_list(
        "pk", "territory__kind", "territory__code", "territory__successor__kind", "territory__successor__code"
    )
    return {
        pk: f"{new_kind}:{new_code}" if new_kind else f"{kind}:{code}" if kind else ""
        for pk, kind, code, new_kind, new_code in rows
    }


def get_turnout(*, vote: Vote) -> Turnout:
    """Over the whole list, over members of the network, by kind and by région. Reads no ballot."""
    standing = Elector.objects.filter(vote=vote).standing()
    voted = Count("pk", filter=Q(last_number__isnull=False))
    member = Q(organisation__isnull=False)
    whole = standing.aggregate(
        electors=Count("pk"),
        voted=voted,
        members=Count("pk", filter=member),
        members_voted=Count("pk", filter=member & Q(last_number__isnull=False)),
    )
    kinds = standing.values_list("kind").annotate(electors=Count("pk"), voted=voted).order_by("kind")
    regions = standing.values_list("region").annotate(electors=Count("pk"), voted=voted).order_by("region")
    return Turnout(
        whole=TurnoutRow(label="Ensemble", electors=whole["electors"], voted=whole["voted"]),
        members=TurnoutRow(
            label="Collectivités présentes dans le réseau", electors=whole["members"], voted=whole["members_voted"]
        ),
        kinds=[TurnoutRow(label=_kind(kind), electors=of, voted=did) for kind, of, did in kinds],
        regions=[TurnoutRow(label=region or ELSEWHERE, electors=of, voted=did) for region, of, did in regions],
    )


def _kind(kind: str) -> str:
    return TerritoryKind(kind).label if kind in TerritoryKind.values else kind

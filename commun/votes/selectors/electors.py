"""Electors: whom a person may vote for, who took part."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from commun.accounts.models import User
from commun.territories.api import Organisation, TerritoryKind
from commun.votes import registry
from commun.votes.models import Elector, Vote
from commun.votes.types import Turnout, TurnoutRow

ELSEWHERE = "Sans région"


def electors_of(*, user: User | AnonymousUser, vote: Vote, now: datetime) -> QuerySet[Elector]:
    """The electors of this vote for which this person may act now, struck off or not. Nobody's, for a stranger."""
    if not isinstance(user, User) or not user.is_active:
        return Elector.objects.none()
    held = registry.organisations_of(user=user, now=now)
    if not held:
        return Elector.objects.none()
    organisations = Organisation.objects.filter(pk__in=held).select_related("territory__successor")
    places = {one.pk: one.place.key if one.place else "" for one in organisations}
    return Elector.objects.filter(vote=vote).acted_for_by(organisations=places).order_by("label", "pk")


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

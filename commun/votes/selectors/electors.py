"""Electors: whom a person may vote for, who took part."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from commun.accounts.models import User
from commun.territories.api import (
    Organisation,
    OrganisationKind,
    TerritoryKind,
    get_by_key,
    mandated_organisation_ids,
    members_of,
    official_address_at,
)
from commun.votes.models import Elector, Vote
from commun.votes.types import Turnout, TurnoutRow, VoteState

ELSEWHERE = "Sans région"


def electors_of(*, user: User | AnonymousUser, vote: Vote, now: datetime) -> QuerySet[Elector]:
    """The electors of this vote for which this person may act now, struck off or not. Nobody's, for a stranger."""
    if not isinstance(user, User) or not user.is_active:
        return Elector.objects.none()
    held = mandated_organisation_ids(user=user, at=now)
    if not held:
        return Elector.objects.none()
    return Elector.objects.filter(vote=vote).acted_for_by(places=_places_of(held)).order_by("label", "pk")


def voters_of(*, elector: Elector, at: datetime) -> list[User]:
    """Who may act now for this elector: those for whom `electors_of` finds it."""
    candidates: dict[int, User] = {}
    for organisation in _bodies_of(elector):
        for membership in members_of(organisation=organisation, at=at):
            candidates[membership.user_id] = membership.user
    return [
        user
        for user in candidates.values()
        if electors_of(user=user, vote=elector.vote, now=at).filter(pk=elector.pk).exists()
    ]


def _bodies_of(elector: Elector) -> list[Organisation]:
    """The organisation attached at opening; else those of its place. `members_of` follows mergers from there."""
    if elector.organisation is not None:
        return [elector.organisation]
    kind, _, code = elector.key.partition(":")
    at_place = Q(territory__kind=kind, territory__code=code)
    merged = Q(territory__successor__kind=kind, territory__successor__code=code)
    found = Organisation.objects.filter(at_place | merged, kind=OrganisationKind.COLLECTIVITE)
    return list(found.select_related("territory__successor").order_by("pk"))


def official_address_for(*, elector: Elector) -> str:
    """The official address of its place, as long as mail arrives there; or ""."""
    place = get_by_key(key=elector.key)
    found = official_address_at(place=place) if place is not None else None
    return found.email.lower() if found is not None else ""


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


def open_votes(*, at: datetime) -> list[Vote]:
    """Votes in which a ballot may be cast now, the first to close first."""
    return list(Vote.objects.filter(state=VoteState.OPEN, closes_at__gt=at).order_by("closes_at", "pk"))


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

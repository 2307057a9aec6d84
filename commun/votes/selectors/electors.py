"""Electors: whom a person may vote for, who took part."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When

from commun.accounts.models import User
from commun.common import public
from commun.territories.api import (
    MandateLevel,
    Organisation,
    OrganisationKind,
    Territory,
    TerritoryKind,
    collectivites,
    get_by_key,
    mandated_collectivites,
    members_of,
    memberships_of,
    official_address_at,
)
from commun.votes import veil
from commun.votes.models import Ballot, Elector, Voice, Vote
from commun.votes.types import Turnout, TurnoutRow, VoteState

ELSEWHERE = "Sans région"


def electors_of(*, user: User | AnonymousUser, vote: Vote, now: datetime) -> QuerySet[Elector]:
    """The electors of this vote for which this person may act now, struck off or not. Nobody's, for a stranger."""
    reached = electors_reached(user=user, votes=[vote], now=now)
    return Elector.objects.filter(pk__in=[one.pk for one in reached]).order_by("label", "pk")


def engages(*, user: User, elector: Elector, now: datetime) -> bool:
    """Whether her mandate for this elector is a signed letter or a délibération: then she may make it a stakeholder."""
    signed = {one.organisation_id for one in memberships_of(user=user, at=now, level=MandateLevel.M3)}
    return elector.organisation_id in signed or elector.key in collectivites(signed).values()


def electors_reached(*, user: User | AnonymousUser, votes: Collection[Vote], now: datetime) -> dict[Elector, set[int]]:
    """Those electors of these votes → the bodies by which she reaches them that have spoken for none yet in their vote.
    As many questions for several votes as for one.

    In each vote a body speaks for one elector: the one it was attached to at opening, else the one it first voted for,
    else that of the place where it is. An elector that a body is attached to is reached, beside it, by those of the
    same place only.
    """
    if not votes or not isinstance(user, User) or not user.is_active:
        return {}
    places = mandated_collectivites(user=user, at=now)
    if not places:
        return {}
    keys = {key for key in places.values() if key}
    electors = Elector.objects.filter(vote__in=votes).order_by()
    # Each by its own index: at the first ballots of a vote, nothing is known yet of how many electors it has.
    rows = list(electors.filter(organisation__in=places).union(electors.filter(key__in=keys), all=True))
    fixed = {(one.vote_id, one.organisation_id): one for one in rows if one.organisation_id in places}
    if any((vote.pk, body) not in fixed for vote in votes for body in places):
        for voice in Voice.objects.filter(vote__in=votes, organisation__in=places).select_related("elector"):
            fixed.setdefault((voice.vote_id, voice.organisation_id), voice.elector)
    reached: dict[Elector, set[int]] = {elector: set() for elector in fixed.values()}
    # Those of her places, but where the body has been moved away since opening: they are its own.
    here = [one for one in rows if one.key in keys]
    unknown = {one.organisation_id for one in here if one.organisation_id is not None} - places.keys()
    others = collectivites(unknown) if unknown else {}
    for one in here:
        if one.organisation_id is None or (places | others).get(one.organisation_id) == one.key:
            free = {body for body, key in places.items() if key == one.key and (one.vote_id, body) not in fixed}
            if free:
                reached.setdefault(one, set()).update(free)
    return reached


def electors_around(*, user: User, now: datetime) -> QuerySet[Any]:
    """Electors of what she may act for now: those of open votes (`electors_reached` says which are hers to vote for),
    and those that took part in votes which take no ballot any more. The vote loaded; `voted_at`: when the last ballot
    came in; the first to close first, then the latest closed."""
    bodies = mandated_collectivites(user=user, at=now)
    if not bodies:
        return Elector.objects.none()
    # What a body voted for before it was merged is told by its voice.
    spoken = Voice.objects.filter(organisation__in=bodies).values("elector")
    hers = Q(organisation__in=bodies) | Q(pk__in=spoken) | Q(key__in={key for key in bodies.values() if key})
    is_open = Q(vote__state=VoteState.OPEN, vote__closes_at__gt=now)
    over = Q(vote__state__in=(VoteState.OPEN, VoteState.CLOSED, VoteState.DECIDED, VoteState.CANCELLED))
    last = Ballot.objects.filter(vote=OuterRef("vote"), number=OuterRef("last_number"))
    found = Elector.objects.standing().filter(hers, is_open | over & Q(last_number__isnull=False))
    dated = found.select_related("vote").annotate(
        voted_at=Subquery(last.values("cast_at")[:1]), is_open=Case(When(is_open, then=True), default=False)
    )
    return dated.order_by("-is_open", "-vote__closes_at", "label", "pk")


def voters_of(*, elector: Elector, at: datetime) -> list[User]:
    """Who may act now for this elector: those for whom `electors_of` finds it."""
    candidates: dict[int, User] = {}
    for organisation in _bodies_of(elector):
        for membership in members_of(organisation=organisation, at=at):
            candidates[membership.user_id] = membership.user
    return [
        user for user in candidates.values() if elector in electors_reached(user=user, votes=[elector.vote], now=at)
    ]


def _bodies_of(elector: Elector) -> list[Organisation]:
    """The organisation attached at opening; else those of its place; and those that have voted for it. `members_of`
    follows mergers from there."""
    spoke = Q(pk__in=Voice.objects.filter(elector=elector).values("organisation"))
    if elector.organisation_id is not None:
        whose = spoke | Q(pk=elector.organisation_id)
    else:
        kind, _, code = elector.key.partition(":")
        at_place = Q(territory__kind=kind, territory__code=code)
        merged = Q(territory__successor__kind=kind, territory__successor__code=code)
        whose = spoke | Q(at_place | merged, kind=OrganisationKind.COLLECTIVITE)
    return list(Organisation.objects.filter(whose).select_related("territory__successor").order_by("pk"))


def holds_identity(organisation: Organisation, places: Collection[int]) -> str:
    """Why a body stays what it is: an open vote counts it, or counts the place it is at or would be moved to."""
    rows = Territory.objects.filter(pk__in=places).values_list("kind", "code", "successor__kind", "successor__code")
    keys = {f"{kind}:{code}" for *one, new_kind, new_code in rows for kind, code in (one, (new_kind, new_code)) if kind}
    counted = Q(key__in=keys)
    if organisation.pk is not None:
        counted |= Q(organisation=organisation.pk) | Q(voices__organisation=organisation.pk)
    return "vote" if Elector.objects.filter(counted, vote__state=VoteState.OPEN).exists() else ""


def official_address_for(*, elector: Elector) -> str:
    """The official address of its place, as long as mail arrives there; or ""."""
    place = get_by_key(key=elector.key)
    found = official_address_at(place=place) if place is not None else None
    return found.email.lower() if found is not None else ""


def open_votes(*, at: datetime) -> list[Vote]:
    """Votes in which a ballot may be cast now, the first to close first."""
    return list(Vote.objects.filter(state=VoteState.OPEN, closes_at__gt=at).order_by("closes_at", "pk"))


def ballots_between(*, since: datetime, until: datetime) -> int:
    """How many were cast in that time, those put in place of another too; nothing of what they say."""
    return Ballot.objects.filter(cast_at__gte=since, cast_at__lt=until).count()


def get_turnout(*, vote: Vote) -> Turnout:
    """Over the whole list, over members of the network, by kind and by région. Reads no ballot. The total is public
    (the box's own height tells it); until the box is, other numbers are shown where they say nothing of one elector."""
    if vote.state == VoteState.OPEN:
        public.refuse()  # each ballot changes it, and renews no page
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
    members = ("Collectivités présentes dans le réseau", whole["members"], whole["members_voted"])
    return Turnout(
        whole=TurnoutRow(label="Ensemble", electors=whole["electors"], voted=whole["voted"]),
        members=_rows(vote, [members])[0],
        kinds=_rows(vote, [(_kind(kind), of, did) for kind, of, did in kinds]),
        regions=_rows(vote, [(region or ELSEWHERE, of, did) for region, of, did in regions]),
    )


def _rows(vote: Vote, counts: Sequence[tuple[str, int, int]]) -> list[TurnoutRow]:
    hidden = set() if vote.box_is_public else veil.veiled([(of, did) for _, of, did in counts])
    return [
        TurnoutRow(label=label, electors=of, voted=None if place in hidden else did)
        for place, (label, of, did) in enumerate(counts)
    ]


def _kind(kind: str) -> str:
    return TerritoryKind(kind).label if kind in TerritoryKind.values else kind

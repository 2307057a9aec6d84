"""Organisations as the public directory shows them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, Max, Q, QuerySet, When

from commun.territories.models import Organisation
from commun.territories.registry import organisations_found
from commun.territories.selectors.organisations import listed
from commun.territories.types import MembershipState, OrganisationKind


def directory(*, query: str, kind: str, at: datetime) -> QuerySet[Organisation]:
    """Those that somebody acts for, and partners; by name. `level` is the highest mandate held for each, or None.

    Whoever types a name also learns that it is known here while nobody acts for it yet: after the others.
    """
    held = Q(
        memberships__state=MembershipState.ACTIVE,
        memberships__level__gte=1,
        memberships__expires_at__gt=at,
        memberships__user__is_active=True,
    )
    found = listed().annotate(level=Max("memberships__level", filter=held))
    takes_part = Q(level__isnull=False) | Q(is_partner=True)
    if kind in OrganisationKind.values:
        found = found.filter(kind=kind)
    if not query:
        return found.filter(takes_part).order_by("search_name", "pk")
    found = found.filter(pk__in=organisations_found(query=query))
    return found.order_by(Case(When(takes_part, then=0), default=1), "search_name", "pk")

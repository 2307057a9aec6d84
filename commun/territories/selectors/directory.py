"""Organisations as the public directory shows them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, Q, QuerySet

from commun.territories.models import Organisation
from commun.territories.names import plain
from commun.territories.selectors.organisations import listed
from commun.territories.types import MembershipState, OrganisationKind


def directory(*, query: str, kind: str, at: datetime) -> QuerySet[Organisation]:
    """Those that somebody acts for, and partners; by name. `level` is the highest mandate held for each, or None."""
    held = Q(
        memberships__state=MembershipState.ACTIVE,
        memberships__level__gte=1,
        memberships__expires_at__gt=at,
        memberships__user__is_active=True,
    )
    found = listed().annotate(level=Max("memberships__level", filter=held))
    found = found.filter(Q(level__isnull=False) | Q(is_partner=True))
    if kind in OrganisationKind.values:
        found = found.filter(kind=kind)
    for word in plain(query).split()[:8]:
        place = Q(territory__departement__search_name__contains=word) | Q(territory__departement__code=word.upper())
        found = found.filter(Q(search_name__contains=word) | place)
    return found.order_by("search_name", "pk")

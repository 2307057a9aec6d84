"""Organisations as the public directory shows them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from commun.territories.models import Membership, Organisation
from commun.territories.selectors.organisations import listed
from commun.territories.types import MembershipState


def taking_part(*, at: datetime) -> set[int]:
    """Those that somebody acts for, and partners: what the directory lists. Others are found by whoever types them."""
    found = _with_level(at=at).filter(Q(level__isnull=False) | Q(is_partner=True))
    return set(found.order_by().values_list("pk", flat=True))


def in_directory(*, ids: Collection[int], at: datetime) -> dict[int, Organisation]:
    """Those of these that may be shown to anybody. `level` is the highest mandate held for each, or None."""
    return {one.pk: one for one in _with_level(at=at).filter(pk__in=ids).order_by()}


def _with_level(*, at: datetime) -> QuerySet[Organisation]:
    held = Q(
        memberships__state=MembershipState.ACTIVE,
        memberships__level__gte=1,
        memberships__expires_at__gt=at,
        memberships__user__is_active=True,
    )
    return listed().annotate(level=Max("memberships__level", filter=held))


def next_change(after: datetime) -> datetime | None:
    """The next moment at which a mandate is over."""
    held = Membership.objects.filter(state=MembershipState.ACTIVE, expires_at__gt=after)
    return held.order_by("expires_at").values_list("expires_at", flat=True).first()

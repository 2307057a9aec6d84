"""Organisations as the public directory shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Case, Max, Q, QuerySet, When

from commun.common import french
from commun.territories.models import Membership, Organisation
from commun.territories.registry import FoundOrganisations
from commun.territories.selectors.organisations import listed
from commun.territories.types import MembershipState, OrganisationKind


def directory(*, answers: FoundOrganisations | None, kind: str, at: datetime) -> QuerySet[Organisation]:
    """Those that somebody acts for, and partners; by name. `level` is the highest mandate held for each, or None.

    `answers`: to what was typed, if anything was. Whoever types a name also learns that it is known here while nobody
    acts for it yet: after the others.
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
    if answers is None:
        return found.filter(takes_part).order_by("search_name", "pk")
    found = found.filter(pk__in=answers.numbers)
    return found.order_by(Case(When(takes_part, then=0), default=1), "search_name", "pk")


def with_reasons(
    *, organisations: Sequence[Organisation], answers: FoundOrganisations | None
) -> list[tuple[Organisation, Any]]:
    """Each with why it answers (`FoundOrganisations.told`), None where nothing was typed."""
    labels = {one.pk: french.name(one.label) for one in organisations}
    hits = answers.told(labels=labels) if answers is not None else {}
    return [(one, hits.get(one.pk)) for one in organisations]


def next_change(after: datetime) -> datetime | None:
    """The next moment at which a mandate is over."""
    held = Membership.objects.filter(state=MembershipState.ACTIVE, expires_at__gt=after)
    return held.order_by("expires_at").values_list("expires_at", flat=True).first()

"""Reading organisations."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from commun.territories.models import Organisation, Territory
from commun.territories.names import plain
from commun.territories.siren import clean_siren
from commun.territories.types import OrganisationKind


def listed() -> QuerySet[Organisation]:
    """Organisations that may be shown to anybody."""
    return Organisation.objects.filter(is_checked=True).select_related("territory__departement", "territory__successor")


def organisations_at(places: Collection[int]) -> QuerySet[Organisation]:
    """Those at these places, or at one that was merged into them; their `place` loaded."""
    # Places first, as in `acting_for`.
    whole = Territory.objects.filter(Q(pk__in=places) | Q(successor__in=places)).order_by()
    return _with_place().filter(territory__in=whole.values("pk"))


def same_body(organisation: Organisation) -> dict[int, Organisation]:
    """The organisation, what it merged into and what merged into that, by id; what a list shows of them loaded."""
    territory = organisation.territory
    if territory is None:
        return {organisation.pk: organisation}
    found = organisations_at([territory.successor_id or territory.pk])
    names = ("territory__departement", "territory__successor__departement")
    return {one.pk: one for one in found.select_related(*names)}


def collectivites(ids: Collection[int]) -> dict[int, str]:
    """The collectivités among these organisations → what `keys_of_collectivites` says."""
    return keys_of_collectivites(_with_place().filter(pk__in=ids))


def keys_of_collectivites(organisations: Iterable[Organisation]) -> dict[int, str]:
    """Ids of the collectivités among them (an association of the place is none) → key of the place where each is today,
    "" for one entered with its SIREN alone."""
    found = [one for one in organisations if one.kind == OrganisationKind.COLLECTIVITE]
    return {one.pk: one.place.key if one.place else "" for one in found}


def _with_place() -> QuerySet[Organisation]:
    return Organisation.objects.select_related("territory__successor").order_by()


def search_organisations(*, query: str, limit: int = 10) -> list[Organisation]:
    """Listed organisations whose name has every word typed, or whose SIREN it is; by name."""
    try:
        wanted = Q(siren=clean_siren(query))
    except ValueError:
        words = plain(query).split()
        if not words:
            return []
        wanted = Q(*(Q(search_name__contains=word) for word in words[:8]))
    return list(listed().filter(wanted).order_by("search_name", "pk")[:limit])

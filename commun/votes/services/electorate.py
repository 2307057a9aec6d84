"""The usual electorate: every place of the register, member of the network or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from commun.territories.api import Organisation, OrganisationKind, Territory, TerritoryKind
from commun.votes.types import ElectorDraft


def from_register(kinds: Sequence[str]) -> Iterable[ElectorDraft]:
    """Every current place of these kinds, with the collectivité that acts for it where the network knows it."""
    acting = _acting_organisations()
    # Made once each: a row of its parents for each of 35,000 communes would be most of the time that opening takes.
    parents = Territory.objects.exclude(kind=TerritoryKind.COMMUNE).in_bulk()
    places = Territory.objects.current().filter(kind__in=kinds)
    for place in places.order_by("pk").iterator(chunk_size=2000):
        for name in ("departement", "region", "epci"):
            above = getattr(place, f"{name}_id")
            setattr(place, name, parents[above] if above else None)
        departement, region = place.departement, place.region
        yield ElectorDraft(
            key=place.key,
            kind=place.kind,
            label=place.label,
            departement=place.code if place.kind == "departement" else departement.code if departement else "",
            region=place.name if place.kind == "region" else region.name if region else "",
            organisation=acting.get(place.pk),
        )


def _acting_organisations() -> dict[int, int]:
    """Place → organisation. A place merged into another hands its organisation on only where the other has none."""
    rows = Organisation.objects.filter(kind=OrganisationKind.COLLECTIVITE, territory__isnull=False).values_list(
        "pk", "territory_id", "territory__successor_id"
    )
    inherited, own = {}, {}
    for pk, territory, successor in rows:
        if successor:
            inherited[successor] = pk
        elif territory:
            own[territory] = pk
    return inherited | own

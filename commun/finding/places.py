"""How a place is found: its name today, the names it had, its postcodes, its département and its région; and the facets
by which what happens there is near somewhere else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from commun.finding.analysis import STRATA, stratum_of
from commun.finding.types import Named
from commun.territories.api import Territory, TerritoryKind, former_names


def today(territory: Territory) -> Territory:
    """The place it is today: its successor where it was merged."""
    return territory.successor or territory


def names_of(places: Iterable[Territory], *, former: Mapping[int, Collection[str]]) -> list[Named]:
    """`former`: names each place was known by (`former_of`)."""
    found: list[Named] = []
    for place in map(today, places):
        found.append(Named(place.get_kind_display(), place.name))
        found += [Named("Ancienne commune", name) for name in former.get(place.pk, ())]
        found += [Named("Code postal", code) for code in place.postcodes]
        for parent in (place.departement, place.region):
            if parent is not None:
                found.append(Named(parent.get_kind_display(), f"{parent.name} ({parent.code})"))
    return found


def former_of(places: Iterable[Territory]) -> dict[int, list[str]]:
    """Former and delegated communes of each place, by its number: one query."""
    found: dict[int, list[str]] = defaultdict(list)
    for pk, name in former_names(territory_ids={today(place).pk for place in places}):
        found[pk].append(name)
    return found


def facets_of(places: Iterable[Territory]) -> dict[str, set[str]]:
    """`place`: itself; `within`: what it lies in, itself included; `stratum`: of communes alone."""
    found: dict[str, set[str]] = defaultdict(set)
    for place in map(today, places):
        found["place"].add(place.key)
        if place.kind == TerritoryKind.COMMUNE and (stratum := stratum_of(place.population)):
            found["stratum"].add(str(STRATA.index(stratum)))
        departement = place if place.kind == TerritoryKind.DEPARTEMENT else place.departement
        region = place if place.kind == TerritoryKind.REGION else place.region
        if departement is not None:
            found["departement"].add(departement.code)
        if region is not None:
            found["region"].add(region.code)
    return found

"""What is published, as `matching` compares it: read from `finding`, a few rows a need, nothing kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from commun.cooperation.matching import Facts, Held, Kind, Place
from commun.finding import api as finding
from commun.finding.analysis import STRATA, Obstacle, roots_in
from commun.territories.api import Territory, TerritoryKind

_KINDS = tuple(kind.value for kind in Kind if kind != Kind.PEER)
# Of a need: its title comes first, and nobody reads a word for a page.
_MOST_ROOTS = 60


class Published:
    """A shelf: pages of the library and of the agenda that everybody may read."""

    def __init__(self) -> None:
        self._said = finding.Said(weights={}, unit=1.0)

    @property
    def unit(self) -> float:
        return self._said.unit

    def weigh(self, roots: Collection[str]) -> Mapping[str, float]:
        self._said = finding.say(roots=list(roots)[:_MOST_ROOTS])
        return self._said.weights

    def find(self, weights: Mapping[str, float], *, theme: str) -> list[Held]:
        found = finding.alike(weights=weights, kinds=_KINDS, facet=f"theme:{theme}" if theme else "")
        return [Held(_facts(one), one.worths) for one in found if "state" not in one.facets]


def page_key(pk: int) -> str:
    return f"page:{pk:010}"


def _facts(one: finding.Alike) -> Facts:
    def values(name: str) -> frozenset[str]:
        return one.facets.get(name, frozenset())

    return Facts(
        key=page_key(int(one.key)),
        kind=Kind(one.kind),
        # What it shares with the need's title is among its words.
        title=frozenset(roots_in(one.title)) if one.worths else frozenset(),
        themes=values("theme"),
        obstacles=frozenset(Obstacle(value) for value in values("obstacle")),
        strata=frozenset((TerritoryKind.COMMUNE.value, STRATA[int(value)]) for value in values("stratum")),
        places=values("place"),
        departements=values("departement"),
        regions=values("region"),
        until=one.until,
    )


def place_of(territory: Territory, *, named: bool = False) -> Place:
    """A place of the register as it is today; `named` tells the names of its département and région too."""
    today = territory.successor or territory
    departement = today if today.kind == TerritoryKind.DEPARTEMENT else today.departement
    region = today if today.kind == TerritoryKind.REGION else today.region
    return Place(
        kind=today.kind,
        key=today.key,
        population=today.population,
        departement=departement.code if departement else "",
        departement_name=departement.name if named and departement else "",
        region=region.code if region else "",
        region_name=region.name if named and region else "",
    )
